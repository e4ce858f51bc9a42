// SPDX-License-Identifier: MIT
// UTF-8: the check at the door, and the small helpers behind it.
//
// Sequences are checked by their second byte, whose range depends on the first (Unicode, table 3-7): that rules out overlong forms,
// surrogates and code points past U+10FFFF; the bytes behind it range over 80..BF. Sixteen bytes are checked at a time, each against the
// three before it; where they are not in order, and at both ends, sequence by sequence.
#include "unicode/utf8.h"

#include <assert.h>

#define BLOCK 16

typedef unsigned char block __attribute__((vector_size(BLOCK)));

static block load_block(const char *at)
{
    block bytes;
    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

// Some byte of the block has its top bit set; of a comparison's result: is true.
static bool any_top(block bytes)
{
    uint64_t words[2];
    memcpy(words, &bytes, sizeof words);
    return ((words[0] | words[1]) & BYTES_OF(0x80)) != 0;
}

// Each of the sixteen bytes at `at` may stand behind the three bytes before it.
static bool is_in_order(const char *at)
{
    block byte = load_block(at), one = load_block(at - 1), two = load_block(at - 2), three = load_block(at - 3);
    if (!any_top(byte | three)) return true;
    block continues = (block)((one >= 0xC0) | (two >= 0xE0) | (three >= 0xF0));
    block bad = continues ^ (block)((byte & 0xC0) == 0x80);
    bad |= (block)((byte == 0xC0) | (byte == 0xC1) | (byte > 0xF4));
    bad |= (block)(((one == 0xE0) & (byte < 0xA0)) | ((one == 0xED) & (byte > 0x9F)));
    bad |= (block)(((one == 0xF0) & (byte < 0x90)) | ((one == 0xF4) & (byte > 0x8F)));
    return !any_top(bad);
}

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

// Length of the valid sequence at `at`, 0 if it is none.
static size_t sequence_length(const unsigned char *at, size_t left)
{
    unsigned char lead = at[0];
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    if (lead < 0xE0) return left >= 2 && is_continuation(at[1]) ? 2 : 0;
    if (lead < 0xF0) {
        if (left < 3 || !is_continuation(at[1]) || !is_continuation(at[2])) return 0;
        if ((lead == 0xE0 && at[1] < 0xA0) || (lead == 0xED && at[1] > 0x9F)) return 0;
        return 3;
    }
    if (left < 4 || !is_continuation(at[1]) || !is_continuation(at[2]) || !is_continuation(at[3])) return 0;
    if ((lead == 0xF0 && at[1] < 0x90) || (lead == 0xF4 && at[1] > 0x8F)) return 0;
    return 4;
}

// From a sequence's begin on: behind the blocks that are in order, without the sequence that the last of them may cut off.
static size_t pass_blocks(struct slice text, size_t begin)
{
    size_t end = begin;
    while (end + BLOCK <= text.len && is_in_order(text.at + end)) end += BLOCK;
    if (end == begin) return begin;
    do end--;
    while (is_continuation((unsigned char)text.at[end]));
    return end;
}

size_t utf8_valid_prefix(struct slice text)
{
    size_t i = 0;
    bool passed = false;
    while (i < text.len) {
        if (i >= 3 && !passed) {
            i = pass_blocks(text, i);
            passed = true;
        }
        size_t len = sequence_length((const unsigned char *)text.at + i, text.len - i);
        if (len == 0) break;
        i += len;
    }
    return i;
}

uint32_t utf8_before(const char *text, size_t offset)
{
    assert(offset > 0);
    size_t start = offset - 1;
    while (start > 0 && is_continuation((unsigned char)text[start])) start--;
    return utf8_next(text, &start);
}

int utf8_put(uint32_t code_point, char out[4])
{
    assert(code_point <= 0x10FFFF);
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xC0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xE0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

struct slice utf8_prefix(struct slice text, size_t count)
{
    size_t at = 0;
    while (at < text.len && count--) utf8_next(text.at, &at);
    return slice_make(text.at, at);
}

size_t utf8_count(struct slice text)
{
    size_t count = text.len, i = 0;
    for (; i + 8 <= text.len; i += 8) {  // continuation bytes: the top bit set, the one below it not
        uint64_t word = bytes_load(text.at + i);
        count -= bytes_count(word & ~word << 1 & BYTES_OF(0x80));
    }
    for (; i < text.len; i++) count -= is_continuation((unsigned char)text.at[i]);
    return count;
}
