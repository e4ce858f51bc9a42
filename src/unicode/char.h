// SPDX-License-Identifier: MIT
// Properties of code points, from tables that tools/gen_unicode.c writes with ICU at build time: no ICU is needed at run time.
#ifndef KARAR_UNICODE_CHAR_H
#define KARAR_UNICODE_CHAR_H

#include <stdbool.h>
#include <stdint.h>

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

enum char_class char_class(uint32_t code_point);
enum script char_script(uint32_t code_point);
bool char_is_upper(uint32_t code_point);  // upper or title case
int char_digit(uint32_t code_point);      // 0–9 of any script, -1 otherwise

// The matching key of a code point: up to three code points (none where it is dropped). Lower case; Latin marks stripped; ё→е; stress
// mark, harakat, tatweel, nukta, ZWJ, ZWNJ and ignored characters dropped; look-alikes of the Arabic script to one letter; chandrabindu
// to anusvara; digits to ASCII; dashes to '-'; typographic quotes to ' and ". Text is in NFC.
int char_fold(uint32_t code_point, uint32_t out[3]);

// ISO 15924 name ("Latn") to script; SCRIPT_OTHER if unknown.
enum script script_from_name(const char *name, int len);

#endif
