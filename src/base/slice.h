// SPDX-License-Identifier: MIT
// A slice is a borrowed run of bytes; it never owns and need not end in NUL. Lengths are bytes.
#ifndef KARAR_BASE_SLICE_H
#define KARAR_BASE_SLICE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// A function whose body must come to stand where it is called. What only asks for memory early (__builtin_prefetch) needs it: gcc sees that
// such a function changes nothing and leaves out calls of it.
#define ALWAYS_INLINE static inline __attribute__((always_inline))

struct slice {
    const char *at;
    size_t len;
};

#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})

static inline struct slice slice_make(const char *at, size_t len) { return (struct slice){at, len}; }
static inline struct slice slice_from(const char *text) { return (struct slice){text, text ? strlen(text) : 0}; }
static inline bool slice_eq(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}
static inline bool slice_is(struct slice a, const char *text) { return slice_eq(a, slice_from(text)); }
static inline bool slice_starts(struct slice a, struct slice prefix)
{
    return a.len >= prefix.len && (prefix.len == 0 || memcmp(a.at, prefix.at, prefix.len) == 0);
}
static inline bool slice_ends(struct slice a, struct slice suffix)
{
    return a.len >= suffix.len && (suffix.len == 0 || memcmp(a.at + a.len - suffix.len, suffix.at, suffix.len) == 0);
}

// ---- eight bytes at a time: which of them ... , as a mask with the top bit of each such byte; exact, whatever the bytes are ----
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the first byte of a word is its lowest");
#define BYTES_OF(byte) (UINT64_C(0x0101010101010101) * (byte))
static inline uint64_t bytes_load(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}
// `len` bytes (0 to 8), zeros behind them: without a loop, since the lengths of words are what no processor foresees.
static inline uint64_t bytes_load_short(const char *at, size_t len)
{
    const unsigned char *bytes = (const unsigned char *)at;
    if (len >= 4) {
        uint32_t low, high;     // they overlap, and agree where they do
        memcpy(&low, at, sizeof low);
        memcpy(&high, at + len - 4, sizeof high);
        return low | (uint64_t)high << 8 * (len - 4);
    }
    if (len == 0)
        return 0;
    size_t middle = len / 2, last = len - 1;
    return bytes[0] | (uint64_t)bytes[middle] << 8 * middle | (uint64_t)bytes[last] << 8 * last;
}
// ... are less than `limit` (1 to 128).
static inline uint64_t bytes_less(uint64_t word, unsigned limit)
{
    uint64_t low = word & BYTES_OF(0x7F);
    return ~(low + BYTES_OF(0x80u - limit)) & ~word & BYTES_OF(0x80);
}
// How many bytes a mask has. (Baseline x86-64 has no instruction that counts bits: the compiler would call a function.)
static inline uint32_t bytes_count(uint64_t mask)
{
    return (uint32_t)((mask >> 7) * BYTES_OF(1) >> 56);
}
// ... are equal to `byte`.
static inline uint64_t bytes_equal(uint64_t word, unsigned char byte)
{
    return bytes_less(word ^ BYTES_OF(byte), 1);
}
// ... are from `first` to `last` (both under 128).
static inline uint64_t bytes_between(uint64_t word, unsigned first, unsigned last)
{
    return bytes_less(word, last + 1) & ~(first ? bytes_less(word, first) : 0);
}

// Order by bytes, shorter first on a tie: for sorting and binary search.
int slice_compare(struct slice a, struct slice b);
// Without ASCII blanks at both ends.
struct slice slice_trim(struct slice a);
// Cuts the part before the first `separator` off *rest and returns it; the separator is dropped. At the end *rest is {NULL, 0}
// and so is the next result.
struct slice slice_cut(struct slice *rest, char separator);
// As slice_cut with a separator of several bytes.
struct slice slice_cut_at(struct slice *rest, struct slice separator);
// Decimal, optional sign, whole slice; false if it is no number or does not fit.
bool slice_to_int(struct slice a, int64_t *ret_value);
// Spreads words over a table; not stable from one version to the next. Callers that want 32 bits fold the halves together.
uint64_t slice_hash(struct slice a);

#endif
