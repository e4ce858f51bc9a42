// SPDX-License-Identifier: MIT
// UTF-8 in and out. Behind ingest all text is valid; utf8_next relies on it, utf8_check is the door.
#ifndef KARAR_UNICODE_UTF8_H
#define KARAR_UNICODE_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

// Length of the longest valid prefix in bytes (= text.len if all is valid: no surrogates, no overlong forms, none over U+10FFFF).
size_t utf8_valid_prefix(struct slice text);
// Code point at *offset of VALID text; moves *offset behind it.
static inline uint32_t utf8_next(const char *text, size_t *offset)
{
    const unsigned char *at = (const unsigned char *)text + *offset;
    if (at[0] < 0x80) {
        *offset += 1;
        return at[0];
    }
    if (at[0] < 0xE0) {
        *offset += 2;
        return (uint32_t)(at[0] & 0x1F) << 6 | (at[1] & 0x3F);
    }
    if (at[0] < 0xF0) {
        *offset += 3;
        return (uint32_t)(at[0] & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
    }
    *offset += 4;
    return (uint32_t)(at[0] & 0x07) << 18 | (uint32_t)(at[1] & 0x3F) << 12 | (uint32_t)(at[2] & 0x3F) << 6 | (at[3] & 0x3F);
}
// Code point that ends at `offset` (> 0) of valid text.
uint32_t utf8_before(const char *text, size_t offset);
// Writes 1–4 bytes, returns their number.
int utf8_put(uint32_t code_point, char out[4]);
// The first `count` code points, all if there are fewer.
struct slice utf8_prefix(struct slice text, size_t count);
// Number of code points.
size_t utf8_count(struct slice text);

#endif
