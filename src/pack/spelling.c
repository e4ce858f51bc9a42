// SPDX-License-Identifier: MIT
// A key is made letter by letter: the longest row of spelling.tsv that matches at a place gives what stands for it, a letter of no row
// stands for itself, and a letter that repeats the one before it is left out. Words that share a key are taken for spellings of one name.
// It is short of vowels and so met by chance, too: whoever asks must know from the place of the word that a name may stand there.
#include "pack/spelling.h"

#include "unicode/utf8.h"

#define ROW_LETTERS 3       // letters of the longest `from`

void spelling_add_letters(struct pack *pack, struct slice from, struct slice to)
{
    struct slice fold = pack_fold(pack->arena, from);
    vec_push(pack->arena, &pack->spelling_to, to);
    if (fold.len)
        words_put(&pack->spelling_from, pack->arena, fold, pack->spelling_to.count);
}

// The row that begins at `at` of the word: its index from 1 and length, 0 if there is none.
static uint32_t row_at(const struct pack *pack, struct slice fold, size_t at, size_t *ret_len)
{
    size_t ends[ROW_LETTERS], next = at;
    int count = 0;
    while (count < ROW_LETTERS && next < fold.len) {
        utf8_next(fold.at, &next);
        ends[count++] = next;
    }
    *ret_len = count ? ends[0] - at : 0;
    while (count-- > 0) {
        struct slice letters = slice_make(fold.at + at, ends[count] - at);
        uint32_t row = words_get(&pack->spelling_from, letters, map_hash(letters));
        if (row == 0)
            continue;
        *ret_len = ends[count] - at;
        return row;
    }
    return 0;
}

// Writes the key; returns its length, 0 if the word has none.
static size_t write_key(const struct pack *pack, struct slice fold, char *out)
{
    size_t len = 0, before = 0;    // `before`: where the last piece begins
    for (size_t at = 0, step; at < fold.len; at += step) {
        uint32_t row = row_at(pack, fold, at, &step);
        struct slice piece = row == 0 ? slice_make(fold.at + at, step) : pack->spelling_to.at[row - 1];
        if (!piece.len || slice_eq(piece, slice_make(out + before, len - before)))
            continue;
        if (len + piece.len > SPELLING_KEY_MAX)
            return 0;
        before = len;
        memcpy(out + len, piece.at, piece.len);
        len += piece.len;
    }
    return len;
}

void spelling_add_word(struct pack *pack, struct slice fold, uint32_t word)
{
    char key[SPELLING_KEY_MAX];
    size_t len = pack->spelling_to.count ? write_key(pack, fold, key) : 0;
    if (len && utf8_count(slice_make(key, len)) >= SPELLING_LETTERS)
        words_put(&pack->spelt, pack->arena, slice_make(key, len), word);
}

uint32_t spelling_find(const struct pack *pack, struct slice fold, uint32_t *ret_letters)
{
    char key[SPELLING_KEY_MAX];
    size_t len = pack->spelling_to.count ? write_key(pack, fold, key) : 0;
    *ret_letters = len ? (uint32_t)utf8_count(slice_make(key, len)) : 0;
    struct slice spelt = slice_make(key, len);
    return *ret_letters >= SPELLING_LETTERS ? words_get(&pack->spelt, spelt, map_hash(spelt)) : 0;
}
