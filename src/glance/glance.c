// SPDX-License-Identifier: MIT
// Names of parties are looked for by runs of letters: a name's last two runs (or its only one), folded and hashed, in bitmaps that stay in
// the cache; what hits is looked up. Two different parties end the look.
//
// Why nothing is lost. A party reaches a record only by a lexicon's form of a state, organisation, city, office of one state, or of a
// person who is known to act for one. A form matches tokens whose keys are its words. A key is the fold of its text without full stops; cut
// into runs of letters and of digits, form and text give the same runs, for a run is folded code point by code point, however the text is
// cut into tokens. Initials (U.S.) are the one case in which tokens join runs: single letters with a full stop between are looked up joined
// as well. A name that is a common word, too, counts only with its capital letter, as in src/mention/view.c. Where this does not hold the
// look gives up and lets the text through: code points that normal form may change, control characters, bytes that are no UTF-8, letters of
// scripts whose packs mend what is written, and texts without any letter. Longer runs are compared by their first RUN_MAX bytes, on both
// sides.
//
// Speed: of 64 bytes at a time it is told at once which are letters, digits or no ASCII. The last eight bytes of each run are asked of a
// filter that fits the nearest cache, two bits of one word each, in which of every name the rarer of its last two runs stands: nearly every
// word of a text is let go there, without a branch that depends on it, and most blocks with all their words. What hits, initials, and what
// is no ASCII is looked at exactly, from a run before it on; no byte is looked at exactly twice.
#include "glance/glance.h"

#include "glance/exact.h"
#include "unicode/utf8.h"

#define LOOK_MAX ((size_t)8 << 20)  // longer texts are not looked at

// A run of ASCII; `at` NULL: not known.
struct plain_run {
    const char *at;
    size_t len;
};

static uint64_t hash_plain(struct plain_run run)
{
    return is_digit(*run.at) && run.len > 8 ? hash_run(run.at, 8) : hash_ascii(run.at, run.len);
}

// The filter has the run's end: is it the last run of a name?
static bool ends_name(const struct glance *glance, struct plain_run run, struct plain_run before)
{
    uint64_t hash = hash_plain(run);
    if (has_bit(glance->singles, hash, SINGLE_BITS) && find_party(glance, hash | 1, is_capital(*run.at)) != PARTY_NONE)
        return true;
    if (!before.at || (before.len == 1 && before.at[1] == '.'))
        return true;            // perhaps
    uint64_t pair = hash_pair(hash_plain(before), hash);
    return has_bit(glance->pairs, pair, PAIR_BITS) && find_party(glance, pair, true) != PARTY_NONE;
}

// The same as `hash_end` has it. Eight bytes before the run's end may be read.
static inline uint64_t hash_plain_end(struct plain_run run)
{
    uint64_t bytes = bytes_load(run.at + run.len - 8) | BYTES_OF(0x20);
    uint64_t over = run.len - UINT64_C(8), shorter = 0 - (over >> 63);
    return mix(0, bytes >> 8 * ((0 - over) & shorter));     // no branch: lengths are what no processor foresees
}

// Runs of one kind in a block: where they begin, and the last byte of each. `whole`: what is of the kind, `before` the same of the block
// before, `behind` of the byte after the block.
struct edges {
    uint64_t begins, ends;
};

static inline struct edges edges_of(uint64_t whole, uint64_t before, bool behind)
{
    return (struct edges){whole & ~(whole << 1 | before >> 63), whole & ~(whole >> 1 | (uint64_t)behind << 63)};
}

// Going over the blocks of a text.
struct walk {
    struct block before;        // the last block
    struct plain_run last;      // the last run that ended
    bool half;                  // it may be the one before a name's last
};

// A block of which something must be looked at exactly: what is no ASCII, initials, the runs of a name. `at`: its bytes.
static inline bool asks_for_more(const struct glance *glance, const char *at, const struct block *block, struct walk *walk)
{
    const struct block *before = &walk->before;
    struct edges letters = edges_of(block->letters, before->letters, is_letter(at[64]));
    struct edges digits = edges_of(block->digits, before->digits, is_digit(at[64]));
    // single letters; of the block before those that stand in its last two bytes
    uint64_t singles = letters.begins & letters.ends, earlier_singles = before->letters & ~(before->letters << 1) & ~(before->letters >> 1);
    uint64_t begins = letters.begins | digits.begins, ends = letters.ends | digits.ends;
    uint64_t whole = block->letters & 1 ? before->letters : block->digits & 1 ? before->digits : 0;
    struct plain_run earlier = walk->last, run;
    bool half = walk->half;
    walk->last.at = NULL;
    walk->half = half && !ends;
    if (half || block->high || before->high >> 62 || (singles & (singles << 2 | earlier_singles >> 62)))
        return true;
    const char *begin_before = NULL;
    if (whole >> 63) {          // a run that began there
        size_t there = ~whole ? (size_t)__builtin_clzll(~whole) : 64;
        if (!ends || there == 64)
            return true;        // a long one
        begin_before = at - there;
    }
    while (ends) {
        const char *begin = begin_before, *end = at + __builtin_ctzll(ends) + 1;
        ends &= ends - 1;
        if (!begin) {
            begin = at + __builtin_ctzll(begins);
            begins &= begins - 1;
        }
        begin_before = NULL;
        run = (struct plain_run){begin, (size_t)(end - begin)};
        uint64_t hash = hash_plain_end(run);
        if (__builtin_expect(filter_has(glance->triggers, hash), 0)) {
            walk->half = !ends && has_bit(glance->firsts, hash, FIRST_BITS);
            if (has_bit(glance->firsts, hash, FIRST_BITS) || ends_name(glance, run, earlier))
                return true;
        }
        earlier = run;
    }
    walk->last = earlier;
    return false;
}

// Of eight bytes those that no text has.
static inline uint64_t controls_of(uint64_t word)
{
    uint64_t odd = bytes_less(word, 0x20) | bytes_equal(word, 0x7F);
    return odd & ~(bytes_equal(word, '\n') | bytes_equal(word, '\r') | bytes_equal(word, '\t'));
}

// Control characters make a text no text; the reader tells.
static bool has_controls(struct slice text)
{
    for (size_t i = 0; i < text.len; i += 8) {
        size_t left = text.len - i;
        if (controls_of(left >= 8 ? bytes_load(text.at + i) : bytes_load_short(text.at + i, left) | BYTES_OF(' ') << 8 * left))
            return true;
    }
    return false;
}

bool glance_may_state(const struct glance *glance, struct slice text)
{
    struct look look = {.glance = glance, .party = PARTY_NONE};
    struct walk walk = {0};
    bool sound = false;         // the text is UTF-8: asked when it is no ASCII
    size_t at = 0;
    if (glance->always || text.len > LOOK_MAX)
        return true;
    for (; at + BLOCK_ROOM <= text.len && !look.done; at += 64) {
        const struct block block = tell_block(text.at + at);
        if ((block.controls && has_controls(slice_make(text.at + at, 64))) || (block.high && !sound && utf8_valid_prefix(text) < text.len))
            return true;
        sound |= block.high != 0;
        look.letters |= block.letters != 0;
        if (!at || asks_for_more(glance, text.at + at, &block, &walk))
            see_exactly(&look, text, at, at + 64);
        walk.before = block;
    }
    struct slice rest = slice_make(text.at + at, text.len - at);
    if (look.done || has_controls(rest) || (!sound && utf8_valid_prefix(rest) < rest.len))
        return true;
    see_exactly(&look, text, at, text.len);
    if (!look.done && look.at < text.len)
        see_rest(&look, text, look.at);
    return look.done || !look.letters;
}
