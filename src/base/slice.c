// SPDX-License-Identifier: MIT
// Operations on slices that are too long for the header: order, trimming, cutting at separators, numbers, hashing.
//
// A slice borrows its bytes, so nothing here allocates or fails. Cutting walks a slice from the left: each call returns the part before
// the separator and leaves the rest; {NULL, 0} marks the end, so that an empty last part ("a," has two parts) is told from no part.
#include "base/slice.h"

#include <assert.h>

int slice_compare(struct slice a, struct slice b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.at, b.at, common) : 0;
    if (order) return order;
    return (a.len > b.len) - (a.len < b.len);
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct slice slice_trim(struct slice a)
{
    while (a.len && is_blank(a.at[0])) a.at++, a.len--;
    while (a.len && is_blank(a.at[a.len - 1])) a.len--;
    return a;
}

// Cuts `len` bytes off the front and drops `separator_len` bytes behind them.
static struct slice cut_front(struct slice *rest, size_t len, size_t separator_len)
{
    struct slice part = {rest->at, len};
    rest->at += len + separator_len;
    rest->len -= len + separator_len;
    return part;
}

static struct slice cut_all(struct slice *rest)
{
    struct slice part = *rest;
    *rest = (struct slice){NULL, 0};
    return part;
}

struct slice slice_cut(struct slice *rest, char separator)
{
    const char *found = rest->len ? memchr(rest->at, separator, rest->len) : NULL;
    return found ? cut_front(rest, (size_t)(found - rest->at), 1) : cut_all(rest);
}

struct slice slice_cut_at(struct slice *rest, struct slice separator)
{
    assert(separator.len > 0);
    const char *found = rest->len ? memmem(rest->at, rest->len, separator.at, separator.len) : NULL;
    return found ? cut_front(rest, (size_t)(found - rest->at), separator.len) : cut_all(rest);
}

bool slice_to_int(struct slice a, int64_t *ret_value)
{
    size_t i = 0;
    bool negative = a.len && a.at[0] == '-';
    if (a.len && (a.at[0] == '-' || a.at[0] == '+')) i = 1;
    if (i == a.len) return false;

    int64_t value = 0;  // kept negative, as INT64_MIN has no positive twin
    for (; i < a.len; i++) {
        if (a.at[i] < '0' || a.at[i] > '9') return false;
        if (__builtin_mul_overflow(value, 10, &value) || __builtin_sub_overflow(value, a.at[i] - '0', &value)) return false;
    }
    if (!negative && __builtin_sub_overflow((int64_t)0, value, &value)) return false;
    *ret_value = value;
    return true;
}

uint64_t slice_hash(struct slice a)
{
    // eight bytes a step: a multiplication a byte would be a tenth of a report's time
    uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ a.len;
    size_t i = 0;
    for (; a.len - i >= 8; i += 8) {
        hash = (hash ^ bytes_load(a.at + i)) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    return (hash ^ bytes_load_short(a.at + i, a.len - i)) * UINT64_C(0x9e3779b97f4a7c15);  // the callers fold its halves together
}
