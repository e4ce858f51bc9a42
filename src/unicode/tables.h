// SPDX-License-Identifier: MIT
// The tables that tools/gen_unicode.c writes at build time. For char.h and normal.c alone.
//
// Two-stage tables: the first gives the number of a block of 64 code points, the second holds the blocks that differ.
#ifndef KARAR_UNICODE_TABLES_H
#define KARAR_UNICODE_TABLES_H

#include <stdint.h>

#define BLOCK_SHIFT 6
#define BLOCK_MASK 63u
#define BLOCK_COUNT (0x110000 >> BLOCK_SHIFT)

// A property word: class in bits 0–2, script in 3–5, upper in 6, folds to something else in 7, digit + 1 in 8–11, combining class in
// 16–23, NFC quick check in 24–25.
enum { QUICK_YES, QUICK_NO, QUICK_MAYBE };
#define PROPERTY_CLASS(word) ((word) & 7u)
#define PROPERTY_SCRIPT(word) ((word) >> 3 & 7u)
#define PROPERTY_UPPER(word) ((word) >> 6 & 1u)
#define PROPERTY_FOLDS(word) ((word) >> 7 & 1u)
#define PROPERTY_IS_PLAIN(word, class) (((word) & 0xC7u) == (class))     // of the class, no capital, and folds to itself
#define PROPERTY_DIGIT(word) ((int)((word) >> 8 & 15u) - 1)
#define PROPERTY_COMBINING(word) ((word) >> 16 & 255u)
#define PROPERTY_QUICK(word) ((word) >> 24 & 3u)
extern const uint16_t property_stage1[BLOCK_COUNT];
extern const uint32_t property_stage2[];

// What a code point folds to: 0 itself, 1 nothing, else an entry of fold_entries (up to three code points, 0 behind the last).
extern const uint16_t fold_stage1[BLOCK_COUNT];
extern const uint16_t fold_stage2[];
extern const uint32_t fold_entries[][3];

// A bit for each code point of a block (lowest bit first) that NFC must look at: it has a combining class or its quick check is not YES.
extern const uint8_t active_stage1[BLOCK_COUNT];
extern const uint64_t active_stage2[];

// Canonical decompositions in full, ascending by code point; Hangul syllables are left to arithmetic.
struct decomposition {
    uint32_t code_point;
    uint16_t start, len;  // in decomposed
};
extern const struct decomposition decompositions[];
extern const uint32_t decomposition_count;
extern const uint32_t decomposed[];

// Primary composites, ascending by `pair` (first code point in the high half). Without Hangul.
struct composition {
    uint64_t pair;
    uint32_t composed;
};
extern const struct composition compositions[];
extern const uint32_t composition_count;

#endif
