// SPDX-License-Identifier: MIT
// Tokens: text cut by the same function that cuts the packs' forms, each piece with its matching key and the key's number in the pack's
// vocabulary. Later stages compare numbers; they look at bytes only for names.
//
// Layout: document.tokens in the order of the text; document.folds holds all keys one behind the other. Both are sized from the length
// of the text before the first token, so that a report is cut without growing anything.
//
// Invariants
//   1. Tokens do not overlap, come in order, lie inside their paragraph and inside one sentence.
//   2. Keys are at most FOLD_MAX_PIECE * 12 bytes: of a longer piece (no word of any language) only the beginning is folded.
//   3. A paragraph without a pack has no tokens.
//
// A full stop belongs to the token before it in two cases: the cutter took it (initials), or the pack lists the abbreviation. Sentences
// are then cut by sentence.c, which sees such a stop no more.
#include "text/text.h"

#include <assert.h>

#include "pack/ending.h"
#include "pack/pack.h"
#include "pack/spelling.h"
#include "text/sentence.h"
#include "text/slip.h"
#include "unicode/char.h"
#include "unicode/utf8.h"
#include "unicode/word.h"

enum {
    FOLD_MAX_PIECE = 1024,       // bytes of a piece that are folded
    BYTES_PER_TOKEN = 6,         // first guess: text bytes a token, blanks included
    BROKEN_MAX = 48,             // bytes of a word that a blank has broken
    BROKEN_LETTERS = 3,          // its letters, at least
    ABBREVIATION_MAX = 24,       // bytes; longer words are never looked up among the abbreviations
};

struct cutter {
    struct document *document;
    const struct pack *pack;
    size_t fold_len, fold_room;  // of document->folds
    struct slice text;           // the document's text up to the paragraph's end
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
static uint8_t case_flags(struct slice word)
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

// White space between two tokens; ignored characters alone are none.
static bool has_space(struct slice text, size_t begin, size_t end)
{
    while (begin < end)
        if (text.at[begin] == ' ' || char_class(utf8_next(text.at, &begin)) == CHAR_SPACE)
            return true;
    return false;
}

// A single code point: an initial where the script has no capitals.
static bool is_single_letter(struct slice word)
{
    size_t at = 0;
    utf8_next(word.at, &at);
    return at == word.len;
}

// The full stop behind the word at `offset` belongs to it: an initial, or an abbreviation of the pack.
static bool takes_stop(const struct cutter *cutter, struct slice word, struct slice fold, uint64_t hash, size_t offset, bool capital)
{
    if (offset >= cutter->text.len || cutter->text.at[offset] == ' ' || word.len > ABBREVIATION_MAX)
        return false;
    if (!sentence_stop_may_abbreviate(utf8_next(cutter->text.at, &offset)))
        return false;
    bool plain = cutter->pack->config.plain_names;
    if (plain && is_single_letter(word))
        return true;
    uint32_t written = map_get_hashed(&cutter->pack->abbreviations, fold, hash, 0);
    return written == ABBREVIATION_ANY || (written == ABBREVIATION_CAPITAL && (plain || capital));
}

static void add_token(struct cutter *cutter, struct slice piece, enum word_kind kind, size_t *offset, bool first)
{
    struct document *document = cutter->document;
    struct slice folded = foldable(piece);
    reserve_folds(cutter, WORD_FOLD_ROOM(folded.len));
    char *out = document->folds + cutter->fold_len;
    struct slice fold = slice_make(out, word_fold(folded, kind, out));
    uint64_t hash = slice_hash(fold);

    struct token token = {
        .begin = (uint32_t)(piece.at - document->text.at),
        .fold = (uint32_t)cutter->fold_len,
        .fold_len = (uint16_t)fold.len,
        .kind = kind_of[kind],
    };
    uint32_t before = first ? 0 : document->tokens.at[document->tokens.count - 1].end;
    if (first || has_space(document->text, before, token.begin))
        token.flags |= TOKEN_SPACE_BEFORE;
    if (kind == WORD_WORD) {
        token.flags |= case_flags(piece);
        if (piece.at[piece.len - 1] == '.') {
            token.flags |= TOKEN_ABBREVIATION;
        } else if (takes_stop(cutter, piece, fold, hash, *offset, token.flags & TOKEN_CAPITAL)) {
            token.flags |= TOKEN_ABBREVIATION;
            utf8_next(document->text.at, offset);
        }
    }
    if ((token.flags & TOKEN_ABBREVIATION) && (token.flags & TOKEN_CAPITAL) && is_single_letter(fold))
        token.flags |= TOKEN_INITIAL;
    token.end = (uint32_t)(token.flags & TOKEN_ABBREVIATION ? *offset : token.begin + piece.len);
    token.word = map_get_hashed(&cutter->pack->words, fold, hash, 0);
    cutter->fold_len += fold.len;
    vec_push(document->arena, &document->tokens, token);
}

// The piece goes on from the word before it, over a blank that stands inside the word: one token.
static bool join_before(struct cutter *cutter, struct slice piece)
{
    struct document *document = cutter->document;
    struct token *before = &document->tokens.at[document->tokens.count - 1];
    if (before->kind != TOKEN_WORD || (before->flags & TOKEN_ABBREVIATION) || piece.len > FOLD_MAX_PIECE)
        return false;
    for (const char *at = document->text.at + before->end; at < piece.at; at++)
        if (*at != ' ')
            return false;
    reserve_folds(cutter, WORD_FOLD_ROOM(piece.len));
    size_t added = word_fold(piece, WORD_WORD, document->folds + cutter->fold_len);
    if (before->fold_len + added > UINT16_MAX)
        return false;
    cutter->fold_len += added;
    before->fold_len = (uint16_t)(before->fold_len + added);
    before->end = (uint32_t)(piece.at - document->text.at + piece.len);
    struct slice fold = slice_make(document->folds + before->fold, before->fold_len);
    before->word = map_get(&cutter->pack->words, fold, 0);
    return true;
}

// Of the last two words one is unknown, and both together are a word: the blank between them is a slip, or a line once ended there.
static void join_broken(struct cutter *cutter)
{
    struct document *document = cutter->document;
    if (document->tokens.count < 2)
        return;
    struct token *last = &document->tokens.at[document->tokens.count - 1], *before = last - 1;
    bool words = before->kind == TOKEN_WORD && last->kind == TOKEN_WORD && !((before->flags | last->flags) & TOKEN_ABBREVIATION);
    if (!words || (before->word && last->word) || last->begin != before->end + 1 || document->text.at[before->end] != ' ')
        return;
    struct slice fold = slice_make(document->folds + before->fold, (size_t)before->fold_len + last->fold_len);
    uint32_t word = fold.len <= BROKEN_MAX && utf8_count(fold) >= BROKEN_LETTERS ? map_get(&cutter->pack->words, fold, 0) : 0;
    if (!word)
        return;
    before->word = word;
    before->end = last->end;
    before->fold_len = (uint16_t)fold.len;
    document->tokens.count--;
}

// A word as it stands in the text, or the words that it is once slips of the typist are mended.
static void add_word(struct cutter *cutter, struct slice piece, size_t *offset, bool first)
{
    if (!first && slip_goes_on(cutter->pack, piece) && join_before(cutter, piece))
        return;
    for (size_t len; (len = slip_first_word(cutter->pack, piece)) < piece.len; first = false) {
        size_t behind = (size_t)(piece.at - cutter->text.at) + len;
        add_token(cutter, slice_make(piece.at, len), WORD_WORD, &behind, first);
        piece = slice_make(piece.at + len, piece.len - len);
    }
    add_token(cutter, piece, WORD_WORD, offset, first);
    if (!first)
        join_broken(cutter);
}

// A word and its ending behind an apostrophe, or the ending alone behind a number: words of their own.
static void add_joined(struct cutter *cutter, struct slice piece, enum word_kind kind, size_t *offset, bool first)
{
    size_t begin = (size_t)(piece.at - cutter->text.at), end = kind == WORD_PUNCT ? ending_end(cutter->pack, cutter->text, begin) : 0;
    size_t len = kind == WORD_WORD ? ending_begin(cutter->pack, piece) : piece.len;
    if (end) {
        *offset = end;
        add_token(cutter, slice_make(piece.at, end - begin), WORD_WORD, offset, first);
        return;
    }
    if (len < piece.len) {
        size_t behind = begin + len;
        add_token(cutter, slice_make(piece.at, len), kind, &behind, first);
        piece = slice_make(piece.at + len, piece.len - len);
        first = false;
    }
    add_token(cutter, piece, kind, offset, first);
}

// The word says that what stands beside it is a place ("in").
static bool marks_place(const struct pack *pack, uint32_t word)
{
    uint32_t node = 0, count = 0;
    if (!word || !pack_step(pack, &node, word))
        return false;
    const struct pack_form *forms = pack_forms(pack, node, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct lexeme *lexeme = &pack->lexemes.at[forms[i].lexeme];
        if (lexeme->kind == LEXICON_GRAMMAR && (lexeme->classes & GRAMMAR(IN)))
            return true;
    }
    return false;
}

// A word of no lexicon may be a place's name in another spelling: a long one, or one that stands where a place does.
static void respell(const struct cutter *cutter, uint32_t first)
{
    struct document *document = cutter->document;
    for (uint32_t at = first; at < document->tokens.count; at++) {
        struct token *token = &document->tokens.at[at];
        if (token->word || token->kind != TOKEN_WORD)
            continue;
        uint32_t letters, word = spelling_find(cutter->pack, document_fold(document, at), &letters);
        uint32_t mark = cutter->pack->config.case_marks == CASE_AFTER ? at + 1 : at - 1;
        bool place = at == first || (mark < document->tokens.count && marks_place(cutter->pack, document->tokens.at[mark].word));
        if (word && (place || letters >= SPELLING_LETTERS_SURE))
            token->word = word;
    }
}

static void cut_paragraph(struct cutter *cutter, uint32_t index)
{
    struct document *document = cutter->document;
    const struct paragraph *paragraph = &document->paragraphs.at[index];
    uint32_t first = document->tokens.count;
    cutter->pack = paragraph->pack;
    cutter->text = slice_make(document->text.at, paragraph->end);
    size_t offset = paragraph->begin;
    while (offset < paragraph->end) {
        enum word_kind kind;
        struct slice piece = word_next(cutter->text, &offset, &kind);
        if (kind == WORD_NONE)
            break;
        assert(offset <= paragraph->end);
        if (kind == WORD_WORD && cutter->pack->config.slips)
            add_word(cutter, piece, &offset, document->tokens.count == first);
        else if (pack_joins_endings(cutter->pack) && (kind == WORD_WORD || kind == WORD_PUNCT))
            add_joined(cutter, piece, kind, &offset, document->tokens.count == first);
        else
            add_token(cutter, piece, kind, &offset, document->tokens.count == first);
    }
    if (document->tokens.count == first)
        return;
    if (cutter->pack->spelling_to.count)
        respell(cutter, first);
    sentence_mark_enclosed(document, first);
    sentence_cut(document, first, index, paragraph->pack);
}

void text_run(struct document *document)
{
    struct cutter cutter = {.document = document};
    size_t len = document->text.len;
    document->tokens.room = (uint32_t)(len / BYTES_PER_TOKEN) + 16;
    document->tokens.at = arena_take(document->arena, document->tokens.room * sizeof *document->tokens.at);
    cutter.fold_room = len + FOLD_MAX_PIECE;
    document->folds = arena_take(document->arena, cutter.fold_room);
    for (uint32_t i = 0; i < document->paragraphs.count; i++)
        if (document->paragraphs.at[i].pack)
            cut_paragraph(&cutter, i);
}
