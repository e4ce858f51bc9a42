// SPDX-License-Identifier: MIT
// Properties of code points, from tables that tools/gen_unicode.c writes with ICU at build time: no ICU is needed at run time.
#ifndef KARAR_UNICODE_CHAR_H
#define KARAR_UNICODE_CHAR_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "unicode/tables.h"

enum char_class {
    CHAR_OTHER,
    CHAR_SPACE,       // White_Space
    CHAR_LETTER,      // L*, M*, Nl, and ZWJ/ZWNJ inside a word
    CHAR_DIGIT,       // Nd
    CHAR_PUNCT,       // P*
    CHAR_SYMBOL,      // S*, No
    CHAR_CONTROL,     // Cc but white space
    CHAR_IGNORED,     // format characters without meaning for reading: soft hyphen, BOM, bidirectional controls, variation selectors
};

enum script { SCRIPT_COMMON, SCRIPT_LATIN, SCRIPT_CYRILLIC, SCRIPT_DEVANAGARI, SCRIPT_ARABIC, SCRIPT_OTHER };

// The look-ups are inline: every stage before match asks them for every code point, and a call each was a tenth of the reader's time.
// A number that is no code point has no properties and folds to itself.
static inline uint32_t char_property(uint32_t code_point)
{
    if (code_point > 0x10FFFF) return 0;
    return property_stage2[(uint32_t)property_stage1[code_point >> BLOCK_SHIFT] << BLOCK_SHIFT | (code_point & BLOCK_MASK)];
}
static inline enum char_class char_class(uint32_t code_point) { return (enum char_class)PROPERTY_CLASS(char_property(code_point)); }
static inline enum script char_script(uint32_t code_point) { return (enum script)PROPERTY_SCRIPT(char_property(code_point)); }
static inline bool char_is_upper(uint32_t code_point) { return PROPERTY_UPPER(char_property(code_point)); }  // upper or title case
static inline int char_digit(uint32_t code_point) { return PROPERTY_DIGIT(char_property(code_point)); }  // 0–9 of any script, else -1

// The matching key of a code point: up to three code points (none where it is dropped). Lower case; Latin marks stripped; ё→е; stress
// mark, harakat, tatweel, nukta, ZWJ, ZWNJ and ignored characters dropped; look-alikes of the Arabic script to one letter; chandrabindu
// to anusvara; digits to ASCII; dashes to '-'; typographic quotes to ' and ". Text is in NFC.
static inline int char_fold(uint32_t code_point, uint32_t out[3])
{
    out[0] = code_point;
    if (code_point > 0x10FFFF) return 1;
    uint32_t block = (uint32_t)fold_stage1[code_point >> BLOCK_SHIFT] << BLOCK_SHIFT;
    uint32_t entry = fold_stage2[block | (code_point & BLOCK_MASK)];
    if (entry == 0) return 1;
    if (entry == 1) return 0;
    memcpy(out, fold_entries[entry], sizeof fold_entries[entry]);
    return 1 + (out[1] != 0) + (out[2] != 0);
}

// ISO 15924 name ("Latn") to script; SCRIPT_OTHER if unknown.
enum script script_from_name(const char *name, int len);

#endif
