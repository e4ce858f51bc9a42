// SPDX-License-Identifier: MIT
// Where words stand in the stored text: token ranges to bytes, code points and the words themselves.
#ifndef KARAR_REPORT_PLACE_H
#define KARAR_REPORT_PLACE_H

#include "doc/document.h"

// Code points before every PLACE_STEP-th byte of the stored text, so that any offset is found by a short count.
struct places {
    const struct document *document;
    uint32_t *points;   // of the allocator of the document; NULL: every code point is a byte
};

// A place in the stored text: bytes and code points, half open, and its words.
struct place {
    uint32_t begin, end;
    uint32_t char_begin, char_end;
    struct slice words;
};

// The document must outlive `places`. STATUS_NO_MEMORY.
enum status places_init(struct places *places, const struct document *document);
void places_finish(struct places *places);

struct place place_of_tokens(const struct places *places, uint32_t first, uint32_t last);
// A range of bytes of document.text.
struct place place_of_text(const struct places *places, uint32_t begin, uint32_t end);

#endif
