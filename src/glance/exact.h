// SPDX-License-Identifier: MIT
// Looking at a text run by run, as the lexicon's forms were cut; and what 64 bytes of it are. (Inside src/glance only.)
#ifndef KARAR_GLANCE_EXACT_H
#define KARAR_GLANCE_EXACT_H

#include "glance/names.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define CHAIN_MAX 16u           // bytes of initials

struct look {
    const struct glance *glance;
    uint64_t before;            // hash of the run before, 0 none
    uint64_t joined;            // of the initials that end with the run before, 0 none
    uint16_t party;             // found so far
    bool letters;               // there are any
    bool done;                  // two parties, or what the look cannot follow
    size_t at;                  // all that this tells holds here: behind the last run that was looked at exactly
    size_t owed;                // up to here it must be
    char chain[CHAIN_MAX];      // initials so far
    size_t chain_len, chain_end;        // chain_end: where their last one ended
    uint64_t chain_before;              // hash of the run before the first of them
};

// Looks exactly at the runs that end behind `from` and begin before `to`.
void see_exactly(struct look *look, struct slice text, size_t from, size_t to);
// The rest of a text from `at`, too short for a block.
void see_rest(struct look *look, struct slice text, size_t at);

// ---- blocks -----------------------------------------------------------------------------------------------------------
// What 64 bytes are, a bit each.
struct block {
    uint64_t letters, digits, high;     // of ASCII the first two; what is none
    bool controls;                      // there are some, perhaps only ends of lines
};

#ifdef __SSE2__
// The bytes up to `most`, without sign.
static inline __m128i bytes_up_to(__m128i bytes, unsigned char most)
{
    return _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8((char)most)), bytes);
}

static inline struct block tell_block(const char *at)
{
    struct block block = {0};
    __m128i controls = _mm_setzero_si128();
    for (int i = 0; i < 64; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
        __m128i letters = bytes_up_to(_mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8('a')), 25);
        __m128i digits = bytes_up_to(_mm_sub_epi8(bytes, _mm_set1_epi8('0')), 9);
        controls = _mm_or_si128(controls, _mm_or_si128(bytes_up_to(bytes, 0x1F), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F))));
        block.letters |= (uint64_t)(unsigned)_mm_movemask_epi8(letters) << i;
        block.digits |= (uint64_t)(unsigned)_mm_movemask_epi8(digits) << i;
        block.high |= (uint64_t)(unsigned)_mm_movemask_epi8(bytes) << i;
    }
    block.controls = _mm_movemask_epi8(controls) != 0;
    return block;
}
#else
// The top bits of a mask's bytes, in its lowest eight.
static inline uint64_t gather(uint64_t mask)
{
    return (mask >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static inline struct block tell_block(const char *at)
{
    struct block block = {0};
    for (int i = 0; i < 64; i += 8) {
        uint64_t word = bytes_load(at + i);
        block.letters |= gather(bytes_between(word | BYTES_OF(0x20), 'a', 'z')) << i;
        block.digits |= gather(bytes_between(word, '0', '9')) << i;
        block.high |= gather(word & BYTES_OF(0x80)) << i;
        block.controls |= (bytes_less(word, 0x20) | bytes_equal(word, 0x7F)) != 0;
    }
    return block;
}
#endif

static inline bool is_capital(char c)
{
    return (unsigned char)c - (unsigned)'A' < 26u;
}

// The hash of a run of ASCII, as hash_run has it. Eight bytes behind its begin may be read.
static inline uint64_t hash_ascii(const char *at, size_t len)
{
    uint64_t hash = 0;
    for (; __builtin_expect(len > 8, 0); at += 8, len -= 8)
        hash = mix(hash, bytes_load(at) | BYTES_OF(0x20));
    return mix(hash, (bytes_load(at) | BYTES_OF(0x20)) & UINT64_MAX >> 8 * (8 - len));
}

#define BLOCK_ROOM 72u  // bytes that a look at a block may read

#endif
