// SPDX-License-Identifier: MIT
// Bytes that come from outside: whether they are text, and comparing secrets.
//
// Nothing here knows what the bytes are for.
// The check is that of the Unicode standard (table 3-7): no overlong form, no surrogate, nothing above U+10FFFF.
#include "serve/text.h"

// The length of a well-formed character at `at`, 0 if there is none.
static size_t character(const unsigned char *at, size_t left)
{
    if (at[0] < 0x80)
        return at[0] != 0;
    size_t len = at[0] >= 0xC2 && at[0] <= 0xDF ? 2 : at[0] >= 0xE0 && at[0] <= 0xEF ? 3 : at[0] >= 0xF0 && at[0] <= 0xF4 ? 4 : 0;
    if (len == 0 || len > left)
        return 0;
    unsigned low = at[0] == 0xE0 ? 0xA0 : at[0] == 0xF0 ? 0x90 : 0x80;
    unsigned high = at[0] == 0xED ? 0x9F : at[0] == 0xF4 ? 0x8F : 0xBF;
    if (at[1] < low || at[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if (at[i] < 0x80 || at[i] > 0xBF)
            return 0;
    return len;
}

bool text_is_clean(struct slice text)
{
    for (size_t at = 0; at < text.len;) {
        size_t len = character((const unsigned char *)text.at + at, text.len - at);
        if (len == 0)
            return false;
        at += len;
    }
    return true;
}

int text_hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool text_same_secret(struct slice a, struct slice b)
{
    unsigned char differs = a.len != b.len;
    for (size_t i = 0; i < a.len && i < b.len; i++)
        differs |= (unsigned char)(a.at[i] ^ b.at[i]);
    return differs == 0;
}
