// SPDX-License-Identifier: MIT
// What the first look knows of names, and the hashes of runs of letters or digits by which it finds them. (Inside src/glance only.)
#ifndef KARAR_GLANCE_NAMES_H
#define KARAR_GLANCE_NAMES_H

#include "doc/party_set.h"
#include "glance/glance.h"

#define RUN_MAX 64u             // bytes of a run that count
#define FILTER_BITS 11          // of words
#define FIRST_BITS 17
#define SINGLE_BITS 19
#define PAIR_BITS 18
#define PARTY_MANY 0xFFFEu      // more than one
#define ONLY_OTHER (1u << SCRIPT_OTHER)

struct name {
    uint64_t hash;
    uint16_t party;
    bool capital;               // one word that is a common one without its capital letter
};

struct glance {
    struct arena *arena;
    uint64_t *triggers;             // filter: of each name whose last run is of ASCII or digits one run
    uint64_t *firsts;               // bitmap: those of them behind which the last run follows
    uint64_t *singles, *pairs;      // bitmaps: of names of one run, and of the last two of longer ones
    struct name *slots;             // open addressing; hash 0: empty
    uint32_t room;                  // power of two
    VEC(struct name) names;         // until finished
    uint32_t opaque;
    bool always;                    // a form without letters: every text is let through
    const struct pack *adding;
};

static inline uint64_t mix(uint64_t hash, uint64_t chunk)
{
    hash = (hash ^ chunk) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

static inline uint64_t hash_run(const char *at, size_t len)
{
    uint64_t hash = 0;
    for (; len > 8; at += 8, len -= 8)
        hash = mix(hash, bytes_load(at));
    return mix(hash, bytes_load_short(at, len));
}

static inline uint64_t hash_pair(uint64_t first, uint64_t second)
{
    return mix(first * 3, second) | 1;      // never that of an empty slot
}

static inline bool has_bit(const uint64_t *bits, uint64_t hash, int count)
{
    uint64_t bit = hash >> (64 - count);
    return bits[bit / 64] >> (bit % 64) & 1;
}

static inline void set_bit(uint64_t *bits, uint64_t hash, int count)
{
    uint64_t bit = hash >> (64 - count);
    bits[bit / 64] |= UINT64_C(1) << (bit % 64);
}

// The two bits of a run in its word of the filter.
static inline uint64_t last_bits(uint64_t hash)
{
    return UINT64_C(1) << (hash >> 46 & 63) | UINT64_C(1) << (hash >> 40 & 63);
}

static inline bool filter_has(const uint64_t *filter, uint64_t hash)
{
    uint64_t bits = last_bits(hash);
    return (filter[hash >> (64 - FILTER_BITS)] & bits) == bits;
}

static inline void filter_add(uint64_t *filter, uint64_t hash)
{
    filter[hash >> (64 - FILTER_BITS)] |= last_bits(hash);
}

// What the filters know of a run: a hash of its last eight bytes.
static inline uint64_t hash_end(const char *at, size_t len)
{
    return len < 8 ? mix(0, bytes_load_short(at, len)) : mix(0, bytes_load(at + len - 8));
}

// The party that a name's hash stands for, PARTY_NONE, or PARTY_MANY. `capital`: the run begins with one, or it is not known.
uint16_t find_party(const struct glance *glance, uint64_t hash, bool capital);

// ---- runs -------------------------------------------------------------------------------------------------------------
struct run {
    char bytes[RUN_MAX + 16];
    size_t len;
    uint32_t letters;           // code points
    bool capital;               // the first one
    bool lost;                  // holds what the look cannot follow
    uint32_t scripts;           // bits
};

// The run of letters that begins at `at`, code point by code point; returns its end. Nothing is added if no letter stands there.
size_t take_run(struct slice text, size_t at, struct run *run);

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_letter(char c)
{
    return (unsigned char)(c | 0x20) - (unsigned)'a' < 26u;
}

static inline size_t digits_end(struct slice text, size_t at)
{
    while (at < text.len && is_digit(text.at[at]))
        at++;
    return at;
}

// Of their beginning: numbers of names are short.
static inline uint64_t hash_digits(struct slice text, size_t at, size_t end)
{
    return hash_run(text.at + at, end - at < 8 ? end - at : 8);
}

#endif
