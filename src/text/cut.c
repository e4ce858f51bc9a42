// SPDX-License-Identifier: MIT
// The first half of the text stage: pieces with their keys, before any language is known. The lang stage counts them, the second half
// (text.c) makes tokens of them: a report is cut, folded and hashed once.
//
// Layout: document.tokens in the order of the text; document.folds holds all keys one behind the other. Both are sized from the length
// of the text before the first piece, so that a report is cut without growing anything.
//
// Most pieces are plain words and marks of ASCII. Of ASCII letters eight are taken at a time: the word's end, its key and its capitals come
// out of the same two or three loads; other letters are decoded and looked up once, and copied in one piece where folding
// changes none of them. What an apostrophe or an ignored character touches, initials and numbers go the long way, through word_next and
// word_fold; both ways give the same pieces (tests/unit/text_cut_test.c).
//
// Invariants
//   1. Pieces do not overlap, come in order and lie inside their paragraph.
//   2. Keys are at most FOLD_MAX_PIECE * 12 bytes: of a longer piece (no word of any language) only the beginning is folded.
#include <assert.h>

#include "base/map.h"
#include "text/text.h"
#include "unicode/char.h"
#include "unicode/utf8.h"
#include "unicode/word.h"

enum {
    FOLD_MAX_PIECE = 1024,       // bytes of a piece that are folded
    BYTES_PER_TOKEN = 6,         // first guess: text bytes a token, blanks included
    CHUNK = 8,                   // bytes looked at together
    FAST_MAX = 256,              // bytes of keys that are written without a look at the room for them
};

struct cutter {
    struct document *document;
    size_t fold_len, fold_room;  // of document->folds
    struct slice text;           // the document's text up to the paragraph's end
    size_t offset;               // what is not yet cut
    size_t before;               // where the piece before ended; the paragraph's begin before its first piece
    bool first;                  // no piece of the paragraph was cut yet
};

static const uint8_t kind_of[] = {
    [WORD_NONE] = TOKEN_SYMBOL,     [WORD_WORD] = TOKEN_WORD,     [WORD_NUMBER] = TOKEN_NUMBER,
    [WORD_PUNCT] = TOKEN_PUNCT,     [WORD_SYMBOL] = TOKEN_SYMBOL,
};

static void reserve_folds(struct cutter *cutter, size_t more)
{
    if (cutter->fold_len + more <= cutter->fold_room)
        return;
    size_t room = cutter->fold_room * 2 + more;
    char *folds = arena_take(cutter->document->arena, room);
    if (cutter->fold_len)
        memcpy(folds, cutter->document->folds, cutter->fold_len);
    cutter->document->folds = folds;
    cutter->fold_room = room;
}

// The part of a piece that is folded: all of it, but for pieces that are no words.
static struct slice foldable(struct slice piece)
{
    if (piece.len <= FOLD_MAX_PIECE)
        return piece;
    size_t len = FOLD_MAX_PIECE;
    while ((piece.at[len] & 0xC0) == 0x80)
        len--;
    return slice_make(piece.at, len);
}

static inline bool is_upper(uint32_t c)
{
    return c < 0x80 ? c - 'A' < 26u : char_is_upper(c);
}

// Capital letters count where a script has them; full stops and apostrophes inside say nothing.
uint8_t text_case_flags(struct slice word)
{
    size_t at = 0;
    if (!is_upper(utf8_next(word.at, &at)))
        return 0;
    uint32_t letters = 1;
    while (at < word.len) {
        uint32_t c = utf8_next(word.at, &at);
        if (c == '.' || c == '\'' || c == 0x2019)
            continue;
        if (!is_upper(c))
            return TOKEN_CAPITAL;
        letters++;
    }
    return letters > 1 ? TOKEN_CAPITAL | TOKEN_ALL_CAPS : TOKEN_CAPITAL;
}

// White space between two pieces; ignored characters alone are none.
static bool has_space(struct slice text, size_t begin, size_t end)
{
    while (begin < end)
        if (text.at[begin] == ' ' || char_class(utf8_next(text.at, &begin)) == CHAR_SPACE)
            return true;
    return false;
}

// `folded`: the piece's key, which stands at the end of the document's keys.
static void add_piece(struct cutter *cutter, size_t begin, size_t end, enum token_kind kind, uint8_t flags, struct slice folded)
{
    struct document *document = cutter->document;
    if (cutter->first || has_space(cutter->text, cutter->before, begin))
        flags |= TOKEN_SPACE_BEFORE;
    struct token *token = vec_add(document->arena, &document->tokens);
    token->begin = (uint32_t)begin;
    token->end = (uint32_t)end;
    token->fold = (uint32_t)cutter->fold_len;
    token->fold_len = (uint16_t)folded.len;
    token->kind = (uint8_t)kind;
    token->flags = flags;
    token->word = map_hash(folded);
    token->sentence = 0;
    cutter->first = false;
    cutter->before = cutter->offset = end;
    cutter->fold_len += folded.len;
}

static inline bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0xFF07;
}

static bool cut_any(struct cutter *cutter)
{
    enum word_kind kind;
    struct slice piece = word_next(cutter->text, &cutter->offset, &kind);
    if (kind == WORD_NONE)
        return false;
    struct slice folded = foldable(piece);
    reserve_folds(cutter, WORD_FOLD_ROOM(folded.len));
    char *out = cutter->document->folds + cutter->fold_len;
    size_t fold_len = word_fold(folded, kind, out), begin = (size_t)(piece.at - cutter->text.at);
    add_piece(cutter, begin, begin + piece.len, kind_of[kind], kind == WORD_WORD ? text_case_flags(piece) : 0, slice_make(out, fold_len));
    return true;
}

// Bytes of the chunk that are no ASCII letters, a bit each.
static inline uint64_t no_letters(uint64_t chunk)
{
    return ~bytes_between(chunk | BYTES_OF(0x20), 'a', 'z') & BYTES_OF(0x80);
}

// A word of ASCII letters that nothing may continue; false if it is none. `begin`: where it stands, `chunk`: its first bytes.
static bool cut_ascii_word(struct cutter *cutter, size_t begin, uint64_t chunk)
{
    struct slice text = cutter->text;
    char *fold = cutter->document->folds + cutter->fold_len;
    uint64_t others = no_letters(chunk), lower = 0;
    bool capital = ~chunk & 0x20;
    size_t len = 0;
    while (others == 0) {
        uint64_t key = chunk | BYTES_OF(0x20);
        memcpy(fold + len, &key, sizeof key);
        lower |= chunk << 2;
        len += CHUNK;
        if (text.len - begin - len <= CHUNK || len + CHUNK > FAST_MAX)
            return false;
        chunk = bytes_load(text.at + begin + len);
        others = no_letters(chunk);
    }
    size_t rest = (size_t)__builtin_ctzll(others) / 8;
    unsigned char next = (unsigned char)(chunk >> 8 * rest);
    uint64_t mask = (UINT64_C(1) << 8 * rest) - 1, key = (chunk | BYTES_OF(0x20)) & mask;
    memcpy(fold + len, &key, sizeof key);
    lower |= chunk << 2 & mask;
    len += rest;
    if (next >= 0x80 || next == '\'' || (next == '.' && len == 1))
        return false;
    bool all = (lower & BYTES_OF(0x80)) == 0 && len > 1;
    uint8_t flags = capital ? (all ? TOKEN_CAPITAL | TOKEN_ALL_CAPS : TOKEN_CAPITAL) : 0;
    add_piece(cutter, begin, begin + len, TOKEN_WORD, flags, slice_make(fold, len));
    return true;
}

// The end of the letters from `at` on that fold to themselves and are no capitals, as most letters beyond ASCII do; counts them.
static size_t plain_letters_end(struct slice text, size_t at, uint32_t *letters)
{
    for (size_t next = at; at < text.len; at = next, ++*letters)
        if (!PROPERTY_IS_PLAIN(char_property(utf8_next(text.at, &next)), CHAR_LETTER))
            break;
    return at;
}

// A word of letters beyond ASCII that nothing but letters may continue; false if it is none.
static bool cut_letters(struct cutter *cutter, size_t begin)
{
    struct slice text = cutter->text;
    char *fold = cutter->document->folds + cutter->fold_len;
    size_t at = begin, fold_len = 0;
    uint32_t letters = 0, upper = 0;
    bool capital = false;
    while (at < text.len) {
        size_t here = at, end = plain_letters_end(text, at, &letters);
        if (end - here + fold_len > FAST_MAX - WORD_FOLD_ROOM(1))
            return false;
        memcpy(fold + fold_len, text.at + here, end - here);
        fold_len += end - here;
        at = here = end;
        if (at == text.len)
            break;
        uint32_t c = utf8_next(text.at, &at), property = char_property(c), folded[3];
        if (c == '.' || is_apostrophe(c) || PROPERTY_CLASS(property) == CHAR_IGNORED)
            return false;
        if (PROPERTY_CLASS(property) != CHAR_LETTER) {
            at = here;
            break;
        }
        capital |= here == begin && PROPERTY_UPPER(property);
        upper += PROPERTY_UPPER(property);
        letters++;
        int count = char_fold(c, folded);
        for (int i = 0; i < count; i++)
            fold_len += (size_t)utf8_put(folded[i], fold + fold_len);
    }
    if (letters == 0)
        return false;
    uint8_t flags = capital ? (upper == letters && letters > 1 ? TOKEN_CAPITAL | TOKEN_ALL_CAPS : TOKEN_CAPITAL) : 0;
    add_piece(cutter, begin, at, TOKEN_WORD, flags, slice_make(fold, fold_len));
    return true;
}

static void cut_ascii_mark(struct cutter *cutter, size_t begin, enum word_kind kind)
{
    char *fold = cutter->document->folds + cutter->fold_len;
    *fold = cutter->text.at[begin];
    add_piece(cutter, begin, begin + 1, kind_of[kind], 0, slice_make(fold, 1));
}

// The next piece, behind a blank or at once, if it is of a frequent sort; false if it must go the long way.
static bool cut_fast(struct cutter *cutter)
{
    struct slice text = cutter->text;
    size_t begin = cutter->offset;
    begin += begin < text.len && text.at[begin] == ' ';
    if (text.len - begin <= CHUNK)
        return false;
    reserve_folds(cutter, FAST_MAX);
    unsigned char first = (unsigned char)text.at[begin];
    if (first >= 0x80)
        return cut_letters(cutter, begin);
    if ((first | 0x20u) - 'a' < 26u)
        return cut_ascii_word(cutter, begin, bytes_load(text.at + begin));
    enum word_kind mark = word_ascii_mark(first);
    if (mark == WORD_NONE)
        return false;
    cut_ascii_mark(cutter, begin, mark);
    return true;
}

void text_cut(struct document *document)
{
    struct cutter cutter = {.document = document};
    size_t len = document->text.len;
    document->tokens.room = (uint32_t)(len / BYTES_PER_TOKEN) + 16;
    document->tokens.at = arena_take(document->arena, document->tokens.room * sizeof *document->tokens.at);
    cutter.fold_room = len + FOLD_MAX_PIECE + FAST_MAX;
    document->folds = arena_take(document->arena, cutter.fold_room);
    for (uint32_t i = 0; i < document->paragraphs.count; i++) {
        struct paragraph *paragraph = &document->paragraphs.at[i];
        paragraph->first = document->tokens.count;
        cutter.text = slice_make(document->text.at, paragraph->end);
        cutter.offset = cutter.before = paragraph->begin;
        cutter.first = true;
        while (cutter.offset < paragraph->end)
            if (!cut_fast(&cutter) && !cut_any(&cutter))
                break;
        assert(cutter.before <= paragraph->end);
        paragraph->last = document->tokens.count;
    }
}
