// SPDX-License-Identifier: MIT
// Endings behind an apostrophe: looked up as they are written, folded, in the pack's two short lists.
//
// Of a word with several apostrophes only what stands behind the last one can be its ending; an ending has ENDING_MAX_BYTES at most, so
// that a look costs the same whatever the length of the word.
#include "pack/ending.h"

#include "unicode/utf8.h"
#include "unicode/word.h"

#define ENDING_MAX_BYTES 32u
#define APOSTROPHE_MAX_BYTES 3u

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0xFF07;
}

static bool is_ending(const struct pack *pack, struct slice word)
{
    char room[WORD_FOLD_ROOM(ENDING_MAX_BYTES)];
    if (word.len == 0 || word.len > ENDING_MAX_BYTES)
        return false;
    struct slice fold = slice_make(room, word_fold(word, WORD_WORD, room));
    for (uint32_t i = 0; i < pack->config.joined_endings.count; i++)
        if (slice_eq(pack->config.joined_endings.at[i], fold))
            return true;
    for (uint32_t i = 0; i < pack->config.ordinal_suffixes.count; i++)
        if (slice_eq(pack->config.ordinal_suffixes.at[i], fold))
            return true;
    return false;
}

size_t ending_end(const struct pack *pack, struct slice text, size_t at)
{
    enum word_kind kind;
    size_t offset = at;
    if (at >= text.len || !is_apostrophe(utf8_next(text.at, &offset)))
        return 0;
    size_t behind = offset;
    struct slice word = word_next(text, &offset, &kind);
    return kind == WORD_WORD && word.at == text.at + behind && is_ending(pack, word) ? behind + word.len : 0;
}

size_t ending_begin(const struct pack *pack, struct slice word)
{
    size_t mark = word.len;
    while (mark > 0 && word.len - mark <= ENDING_MAX_BYTES + APOSTROPHE_MAX_BYTES) {
        size_t behind = --mark;
        if (((unsigned char)word.at[mark] & 0xC0) == 0x80 || !is_apostrophe(utf8_next(word.at, &behind)))
            continue;
        return mark > 0 && is_ending(pack, slice_make(word.at + behind, word.len - behind)) ? mark : word.len;
    }
    return word.len;
}
