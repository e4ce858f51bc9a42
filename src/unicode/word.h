// SPDX-License-Identifier: MIT
// Words, numbers and marks of a text, one after the other. The text stage and the pack loader cut with this one function, so that a
// form of a lexicon and the same words in a report always give the same tokens.
#ifndef KARAR_UNICODE_WORD_H
#define KARAR_UNICODE_WORD_H

#include <stddef.h>

#include "base/slice.h"

enum word_kind { WORD_NONE, WORD_WORD, WORD_NUMBER, WORD_PUNCT, WORD_SYMBOL };

// The next piece of valid text at or after *offset, which moves behind it; white space, controls and ignored characters between pieces
// are skipped. At the end: an empty slice and WORD_NONE.
//   WORD    letters and marks, inner apostrophes (o'clock). A final apostrophe and s is a word of its own (Ann | 's). Initials joined
//           by full stops keep them (U.S., т.е., यू.ए.ई.), and so does a single capital before a full stop (N. Korea -> N. | Korea).
//           A full stop that only an abbreviation list can explain (Mr.) is left to the caller.
//   NUMBER  digits with inner . : / before a digit, and inner comma before one to three digits (1,000  10,00,000  1,5  12.05.2024).
//           "25-27" gives three pieces, "10th" two.
//   PUNCT, SYMBOL  one code point.
struct slice word_next(struct slice text, size_t *offset, enum word_kind *ret_kind);

// What a byte of ASCII is that is a piece by itself: a mark, but for the apostrophe; else WORD_NONE.
static inline enum word_kind word_ascii_mark(unsigned char byte)
{
    switch (byte) {
    case '!': case '"': case '#': case '%': case '&': case '(': case ')': case '*': case ',': case '-': case '.': case '/': case ':':
    case ';': case '?': case '@': case '[': case '\\': case ']': case '_': case '{': case '}':
        return WORD_PUNCT;
    case '$': case '+': case '<': case '=': case '>': case '^': case '`': case '|': case '~':
        return WORD_SYMBOL;
    default:
        return WORD_NONE;
    }
}

// Room that word_fold may need for a piece of `len` bytes.
#define WORD_FOLD_ROOM(len) ((size_t)12 * (len))
// Writes the matching key of a piece: char_fold of each code point, the full stops of a WORD dropped. Returns its length in bytes.
size_t word_fold(struct slice piece, enum word_kind kind, char *out);

#endif
