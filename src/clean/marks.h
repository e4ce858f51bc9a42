// SPDX-License-Identifier: MIT
// Marks of punctuation that the clean stage reads before any language is known. Part of the clean stage.
#ifndef KARAR_CLEAN_MARKS_H
#define KARAR_CLEAN_MARKS_H

#include <stdbool.h>
#include <stdint.h>

static inline bool mark_ends_sentence(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x0964 || c == 0x0965 || c == 0x06D4 || c == 0x061F;
}

static inline bool mark_closes(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || c == 0xBB;
}

// Opens an item of a list.
static inline bool mark_is_bullet(uint32_t c)
{
    switch (c) {
    case '*': case '-': case '>': case 0xB7: case 0xBB: case 0x2013: case 0x2014: case 0x2022: case 0x2023: case 0x203A: case 0x2192:
    case 0x25A0: case 0x25AA: case 0x25B6: case 0x25BA: case 0x25CF: case 0x25E6: case 0x2605: case 0x2713: case 0x2714: case 0x27A4:
        return true;
    default:
        return false;
    }
}

// Stands between the entries of a menu, a breadcrumb or a row of buttons.
static inline bool mark_separates(uint32_t c)
{
    switch (c) {
    case '|': case '>': case '<': case '*': case '[': case '#': case 0xAB: case 0xBB: case 0xB7: case 0x2022: case 0x203A: case 0x2039:
    case 0x2190: case 0x2192: case 0x2630: case 0x25BA: case 0x25BC: case 0x25CF: case 0x2605: case 0x2606: case 0xFF5C: case 0xA9:
        return true;
    default:
        return false;
    }
}

#endif
