// SPDX-License-Identifier: MIT
// Tokens: the pieces of cut.c, each with its key's number in the pack's vocabulary. Later stages compare numbers; they look at bytes only
// for names.
//
// Tokens take the place of the pieces: a piece that is a full stop may belong to the word before it, pieces of a paragraph that no pack
// reads are dropped, so that there are never more of them. Only where a pack mends slips of the typist, or cuts endings off, may one piece
// become several tokens: then they get an array of their own.
//
// Invariants
//   1. Tokens do not overlap, come in order, lie inside their paragraph and inside one sentence.
//   2. A paragraph without a pack has no tokens.
//   3. The keys of neighbouring pieces lie one behind the other: joined words have a joined key.
//
// A full stop belongs to the token before it in two cases: the cutter took it (initials), or the pack lists the abbreviation. Sentences
// are then cut by sentence.c, which sees such a stop no more.
#include "text/text.h"

#include <assert.h>

#include "pack/ending.h"
#include "pack/pack.h"
#include "pack/spelling.h"
#include "pack/trie.h"
#include "text/sentence.h"
#include "text/slip.h"
#include "unicode/utf8.h"
#include "unicode/word.h"

// Pieces whose place in the vocabulary is asked for early, and, when that has come, its key: they are seldom in the cache.
#define AHEAD 24
#define KEYS_AHEAD 10
#define ABBREVIATION_MAX 24      // bytes; longer words are never looked up among the abbreviations
#define JOINED_MAX 1024          // bytes of a piece that may go on from the one before
#define BROKEN_MAX 48            // bytes of a word that a blank has broken
#define BROKEN_LETTERS 3         // its letters, at least

// The tokens of a document while they are made.
struct taker {
    struct document *document;
    const struct pack *pack;
    struct slice text;           // the document's text up to the paragraph's end
    uint32_t piece_count;        // of all paragraphs
    VEC(struct token) tokens;
};

// A single code point: an initial where the script has no capitals.
static bool is_single_letter(struct slice word)
{
    size_t at = 0;
    utf8_next(word.at, &at);
    return at == word.len;
}

// A full stop stands right behind the word, and it belongs to it: an initial, or an abbreviation of the pack. `hash`: of its key.
static bool takes_stop(const struct taker *taker, const struct token *word, uint32_t hash, const struct token *next)
{
    const struct document *document = taker->document;
    size_t at = next->begin;
    if (next->begin != word->end || word->end - word->begin > ABBREVIATION_MAX || document->text.at[at] == ' ')
        return false;
    if (!sentence_stop_may_abbreviate(utf8_next(document->text.at, &at)))
        return false;
    bool plain = taker->pack->config.plain_names;
    if (plain && is_single_letter(slice_make(document->text.at + word->begin, word->end - word->begin)))
        return true;
    uint32_t written = words_get(&taker->pack->abbreviations, slice_make(document->folds + word->fold, word->fold_len), hash);
    return written == ABBREVIATION_ANY || (written == ABBREVIATION_CAPITAL && (plain || word->flags & TOKEN_CAPITAL));
}

// The piece as a token, with its number in the vocabulary still to come.
static struct token *add_token(struct taker *taker, const struct token *piece)
{
    struct token *token = vec_add(taker->document->arena, &taker->tokens);
    *token = *piece;
    return token;
}

// The number of a piece in the vocabulary, 0 if it is in none. `hash`: of its key.
static uint32_t word_of(const struct taker *taker, const struct token *piece, uint32_t hash)
{
    return words_get(&taker->pack->words, slice_make(taker->document->folds + piece->fold, piece->fold_len), hash);
}

static void set_word(const struct taker *taker, struct token *token, uint32_t word)
{
    token->word = word;
    trie_prefetch_word(taker->pack->trie, word);
}

// The token of a word; `next` is the piece behind it, NULL at the paragraph's end. Returns whether that is its full stop.
static bool add_word(struct taker *taker, const struct token *piece, uint32_t word, uint32_t hash, const struct token *next)
{
    const struct document *document = taker->document;
    struct token *token = add_token(taker, piece);
    bool takes = false;
    if (document->text.at[token->end - 1] == '.') {
        token->flags |= TOKEN_ABBREVIATION;
    } else if (next && takes_stop(taker, token, hash, next)) {
        token->flags |= TOKEN_ABBREVIATION;
        token->end = next->end;
        takes = true;
    }
    if ((token->flags & TOKEN_ABBREVIATION) && (token->flags & TOKEN_CAPITAL) &&
        is_single_letter(slice_make(document->folds + token->fold, token->fold_len)))
        token->flags |= TOKEN_INITIAL;
    set_word(taker, token, word);
    return takes;
}

static void add_plain(struct taker *taker, const struct token *piece)
{
    struct token *token = add_token(taker, piece);
    set_word(taker, token, word_of(taker, token, token->word));
}

// Its key was hashed when it was cut.
static bool add_piece_word(struct taker *taker, const struct token *piece, const struct token *next)
{
    return add_word(taker, piece, word_of(taker, piece, piece->word), piece->word, next);
}

static bool add_part(struct taker *taker, const struct token *part, const struct token *next)
{
    uint32_t hash = map_hash(slice_make(taker->document->folds + part->fold, part->fold_len));
    return add_word(taker, part, word_of(taker, part, hash), hash, next);
}

// ---- slips of the typist --------------------------------------------------------------------------------------------------
// The piece goes on from the word before it, over a blank that stands inside the word: one token.
static bool join_before(struct taker *taker, const struct token *piece)
{
    const struct document *document = taker->document;
    struct token *before = &taker->tokens.at[taker->tokens.count - 1];
    if (before->kind != TOKEN_WORD || (before->flags & TOKEN_ABBREVIATION) || piece->end - piece->begin > JOINED_MAX)
        return false;
    for (uint32_t at = before->end; at < piece->begin; at++)
        if (document->text.at[at] != ' ')
            return false;
    if (before->fold_len + piece->fold_len > UINT16_MAX)
        return false;
    assert(before->fold + before->fold_len == piece->fold);
    before->fold_len = (uint16_t)(before->fold_len + piece->fold_len);
    before->end = piece->end;
    struct slice fold = slice_make(document->folds + before->fold, before->fold_len);
    before->word = words_get(&taker->pack->words, fold, map_hash(fold));
    return true;
}

// Of the last two words one is unknown, and both together are a word: the blank between them is a slip, or a line once ended there.
static void join_broken(struct taker *taker)
{
    const struct document *document = taker->document;
    if (taker->tokens.count < 2)
        return;
    struct token *last = &taker->tokens.at[taker->tokens.count - 1], *before = last - 1;
    bool words = before->kind == TOKEN_WORD && last->kind == TOKEN_WORD && !((before->flags | last->flags) & TOKEN_ABBREVIATION);
    if (!words || (before->word && last->word) || last->begin != before->end + 1 || document->text.at[before->end] != ' ')
        return;
    struct slice fold = slice_make(document->folds + before->fold, (size_t)before->fold_len + last->fold_len);
    size_t least = utf8_count(slice_make(fold.at, before->fold_len)) == 1 ? BROKEN_LETTERS - 1 : BROKEN_LETTERS;   // no word by itself
    bool may_be = fold.len <= BROKEN_MAX && utf8_count(fold) >= least;
    uint32_t word = may_be ? words_get(&taker->pack->words, fold, map_hash(fold)) : 0;
    if (!word)
        return;
    before->word = word;
    before->end = last->end;
    before->fold_len = (uint16_t)fold.len;
    taker->tokens.count--;
}

// Cuts the first `len` bytes off a piece.
static struct token cut_off(const struct document *document, struct token *piece, size_t len)
{
    char folded[WORD_FOLD_ROOM(JOINED_MAX)];
    struct token part = *piece;
    part.end = piece->begin + (uint32_t)len;
    part.fold_len = (uint16_t)word_fold(slice_make(document->text.at + piece->begin, len), WORD_WORD, folded);
    part.flags = text_case_flags(slice_make(document->text.at + part.begin, len)) | (piece->flags & TOKEN_SPACE_BEFORE);
    piece->fold += part.fold_len;
    piece->fold_len = (uint16_t)(piece->fold_len - part.fold_len);
    piece->begin = part.end;
    piece->flags = text_case_flags(slice_make(document->text.at + piece->begin, piece->end - piece->begin));
    return part;
}

// A word as it stands in the text, or the words that it is once slips are mended.
static bool add_mended(struct taker *taker, struct token piece, bool first, const struct token *next)
{
    const struct document *document = taker->document;
    struct slice written = slice_make(document->text.at + piece.begin, piece.end - piece.begin);
    uint32_t hash = piece.word, word;
    if (!first && slip_goes_on(taker->pack, written) && join_before(taker, &piece))
        return false;
    for (size_t len;;) {
        word = word_of(taker, &piece, hash);
        len = written.len <= JOINED_MAX ? slip_first_word(taker->pack, written, word != 0) : written.len;
        if (len == written.len)
            break;
        struct token part = cut_off(document, &piece, len);
        add_part(taker, &part, NULL);
        written = slice_make(written.at + len, written.len - len);
        first = false;
        hash = map_hash(slice_make(document->folds + piece.fold, piece.fold_len));
    }
    bool takes = add_word(taker, &piece, word, hash, next);
    if (!first)
        join_broken(taker);
    return takes;
}

// ---- endings behind an apostrophe -----------------------------------------------------------------------------------------
// A word and its ending behind an apostrophe, or the ending alone behind a number: words of their own. Returns how many further pieces,
// of those up to `last`, the tokens took.
static uint32_t add_joined(struct taker *taker, const struct token *piece, const struct token *last)
{
    const struct document *document = taker->document;
    struct token token = *piece;
    const struct token *next = piece + 1 < last ? piece + 1 : NULL;
    size_t end = token.kind == TOKEN_PUNCT ? ending_end(taker->pack, taker->text, token.begin) : 0;
    if (end) {
        assert(next && next->end == end && token.fold + token.fold_len == next->fold);
        token.kind = TOKEN_WORD;
        token.end = (uint32_t)end;
        token.fold_len = (uint16_t)(token.fold_len + next->fold_len);
        token.flags &= TOKEN_SPACE_BEFORE;
        return 1 + add_part(taker, &token, piece + 2 < last ? piece + 2 : NULL);
    }
    if (token.kind != TOKEN_WORD) {
        add_plain(taker, &token);
        return 0;
    }
    struct slice written = slice_make(document->text.at + token.begin, token.end - token.begin);
    size_t len = written.len <= JOINED_MAX ? ending_begin(taker->pack, written) : written.len;
    if (len == written.len)
        return add_piece_word(taker, &token, next);
    struct token part = cut_off(document, &token, len);
    add_part(taker, &part, NULL);
    return add_part(taker, &token, next);
}

// ---- spellings of places --------------------------------------------------------------------------------------------------
// The word says that what stands beside it is a place ("in").
static bool marks_place(const struct pack *pack, uint32_t word)
{
    return pack_word_classes(pack, word) & GRAMMAR(IN);
}

// A word of no lexicon may be a place's name in another spelling: a long one, or one that stands where a place does.
static void respell(const struct taker *taker, uint32_t first)
{
    const struct pack *pack = taker->pack;
    for (uint32_t at = first; at < taker->tokens.count; at++) {
        struct token *token = &taker->tokens.at[at];
        if (token->word || token->kind != TOKEN_WORD)
            continue;
        uint32_t letters, word = spelling_find(pack, slice_make(taker->document->folds + token->fold, token->fold_len), &letters);
        uint32_t mark = pack->config.case_marks == CASE_AFTER ? at + 1 : at - 1;
        bool place = at == first || (mark < taker->tokens.count && marks_place(pack, taker->tokens.at[mark].word));
        if (word && (place || letters >= SPELLING_LETTERS_SURE))
            token->word = word;
    }
}

// ---- paragraphs -----------------------------------------------------------------------------------------------------------
// Paragraphs are short, and hardly one is in another language than the one before: what lies ahead may be the next one's.
ALWAYS_INLINE void ask_for_slot(const struct taker *taker, uint32_t piece)
{
    if (piece < taker->piece_count)
        words_prefetch(&taker->pack->words, taker->document->tokens.at[piece].word);
}

ALWAYS_INLINE void ask_for_key(const struct taker *taker, uint32_t piece)
{
    if (piece < taker->piece_count)
        words_prefetch_key(&taker->pack->words, taker->document->tokens.at[piece].word);
}

// For the first pieces of the document.
ALWAYS_INLINE void begin_ahead(const struct taker *taker)
{
    for (uint32_t i = 0; taker->pack && i < AHEAD; i++)
        ask_for_slot(taker, i);
    for (uint32_t i = 0; taker->pack && i < KEYS_AHEAD; i++)
        ask_for_key(taker, i);
}

// Makes tokens of the paragraph's pieces.
static void take_pieces(struct taker *taker, const struct paragraph *paragraph)
{
    struct document *document = taker->document;
    const struct pack *pack = taker->pack;
    const struct token *pieces = document->tokens.at;
    uint32_t first = taker->tokens.count;
    taker->text = slice_make(document->text.at, paragraph->end);
    for (uint32_t i = paragraph->first; i < paragraph->last; i++) {
        const struct token *piece = &pieces[i], *next = i + 1 < paragraph->last ? piece + 1 : NULL;
        ask_for_slot(taker, i + AHEAD);
        ask_for_key(taker, i + KEYS_AHEAD);
        if (piece->kind == TOKEN_WORD && pack->config.slips)
            i += add_mended(taker, *piece, taker->tokens.count == first, next);
        else if (pack_joins_endings(pack) && (piece->kind == TOKEN_WORD || piece->kind == TOKEN_PUNCT))
            i += add_joined(taker, piece, &pieces[paragraph->last]);
        else if (piece->kind == TOKEN_WORD)
            i += add_piece_word(taker, piece, next);
        else
            add_plain(taker, piece);
    }
    if (pack->spelling_to.count)
        respell(taker, first);
}

// A piece may become several tokens.
static bool may_cut_pieces(const struct document *document)
{
    for (uint32_t i = 0; i < document->paragraphs.count; i++) {
        const struct pack *pack = document->paragraphs.at[i].pack;
        if (pack && (pack->config.slips || pack_joins_endings(pack)))
            return true;
    }
    return false;
}

void text_run(struct document *document)
{
    struct taker taker = {.document = document, .piece_count = document->tokens.count};
    taker.tokens.room = document->tokens.count;
    taker.tokens.at = document->tokens.at;
    if (may_cut_pieces(document)) {
        taker.tokens.room += taker.tokens.room / 8 + 16;
        taker.tokens.at = arena_take(document->arena, taker.tokens.room * sizeof *taker.tokens.at);
    }
    taker.pack = document->pack;
    begin_ahead(&taker);
    for (uint32_t i = 0; i < document->paragraphs.count; i++) {
        struct paragraph *paragraph = &document->paragraphs.at[i];
        uint32_t first = taker.tokens.count;
        taker.pack = paragraph->pack;
        if (paragraph->pack)
            take_pieces(&taker, paragraph);
        paragraph->first = first;
        paragraph->last = taker.tokens.count;
    }
    document->tokens.at = taker.tokens.at;
    document->tokens.count = taker.tokens.count;
    document->tokens.room = taker.tokens.room;
    for (uint32_t i = 0; i < document->paragraphs.count; i++) {
        const struct paragraph *paragraph = &document->paragraphs.at[i];
        if (paragraph->first == paragraph->last)
            continue;
        sentence_mark_enclosed(document, paragraph->first, paragraph->last);
        sentence_cut(document, paragraph->first, paragraph->last, i, paragraph->pack);
    }
}
