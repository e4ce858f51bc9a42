// SPDX-License-Identifier: MIT
// A missing blank is told in two ways. A letter that only ends words ("ے") has nothing behind it but the next word. Behind a letter that
// does not join the next one ("ر") a word may end or go on: there the piece is cut if it is no word of the pack and both its parts are, the
// first as long as can be. A part of less than three letters must be a small word of the grammar, lest every name fall to pieces.
#include "text/slip.h"

#include "unicode/char.h"
#include "unicode/utf8.h"
#include "unicode/word.h"

enum {
    PIECE_MAX = 64,         // bytes; longer pieces are no words of any language
    PART_LETTERS = 3,       // letters of a part that may be any word
    SMALL_LETTERS = 2,      // letters of a part that must be a small word
};

// Small words before and behind the cut; the mark of the agent is left out behind it, since verbs end like it.
#define SMALL_FIRST                                                                                                             \
    (GRAMMAR(AND) | GRAMMAR(OF) | GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(WITH) | GRAMMAR(AGENT) | GRAMMAR(OBJECT) | GRAMMAR(FROM) | \
     GRAMMAR(PRONOUN) | GRAMMAR(BE) | GRAMMAR(DO))
#define SMALL_SECOND (GRAMMAR(OF) | GRAMMAR(OBJECT) | GRAMMAR(BE))

static bool has_letter(struct slice letters, uint32_t c)
{
    for (size_t at = 0; at < letters.len;)
        if (utf8_next(letters.at, &at) == c)
            return true;
    return false;
}

static uint32_t word_of(const struct pack *pack, struct slice part)
{
    char folded[WORD_FOLD_ROOM(PIECE_MAX)];
    struct slice key = slice_make(folded, word_fold(part, WORD_WORD, folded));
    return words_get(&pack->words, key, map_hash(key));
}

// The word says nothing by itself but that it is no name: such lists are long, and full of rare words.
static bool is_ordinary(const struct pack *pack, uint32_t word)
{
    uint32_t node = 0, count = 0;
    if (!pack_step(pack, &node, word))
        return false;
    const struct pack_form *forms = pack_forms(pack, node, &count);
    bool ordinary = count > 0;
    for (uint32_t i = 0; i < count; i++)
        ordinary &= pack->lexemes.at[forms[i].lexeme].kind == LEXICON_ORDINARY;
    return ordinary;
}

static bool is_part(const struct pack *pack, struct slice part, uint64_t small)
{
    uint32_t letters = (uint32_t)utf8_count(part), word = word_of(pack, part);
    if (!word)
        return false;
    if (letters < PART_LETTERS)
        return pack_word_classes(pack, word) & (letters < SMALL_LETTERS ? small & GRAMMAR(AND) : small);
    return !is_ordinary(pack, word);
}

// The cut behind the last letter at which both parts of what is no word are; the piece's length if there is none.
static size_t cut_between_words(const struct pack *pack, struct slice piece)
{
    size_t best = piece.len;
    if (piece.len > PIECE_MAX)
        return best;
    for (size_t at = 0; at < piece.len;) {
        uint32_t c = utf8_next(piece.at, &at);
        if (at < piece.len && has_letter(pack->config.open_letters, c) && is_part(pack, slice_make(piece.at, at), SMALL_FIRST) &&
            is_part(pack, slice_make(piece.at + at, piece.len - at), SMALL_SECOND))
            best = at;
    }
    return best;
}

// A bit for the last byte of each letter: what the words of a text are looked through for is seldom there.
static uint64_t last_bytes(struct slice letters)
{
    uint64_t bits = 0;
    for (size_t at = 0; at < letters.len;)
        bits |= UINT64_C(1) << (utf8_next(letters.at, &at) & 63);
    return bits;
}

size_t slip_first_word(const struct pack *pack, struct slice piece, bool known)
{
    struct slice finals = pack->config.final_letters;
    uint64_t may_be_final = last_bytes(finals);
    for (size_t at = 0; at < piece.len && finals.len;) {
        uint32_t c = utf8_next(piece.at, &at);
        if ((may_be_final >> (c & 63) & 1) && at < piece.len && has_letter(finals, c) &&
            utf8_count(slice_make(piece.at + at, piece.len - at)) > 1)
            return at;
    }
    return pack->config.open_letters.len && !known ? cut_between_words(pack, piece) : piece.len;
}

bool slip_goes_on(const struct pack *pack, struct slice piece)
{
    size_t at = 0;
    return has_letter(pack->config.inner_letters, utf8_next(piece.at, &at));
}
