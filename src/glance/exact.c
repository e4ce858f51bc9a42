// SPDX-License-Identifier: MIT
// The look at every run of a piece of the text: names of one run and of several, initials, letters beyond ASCII.
//
// A piece may begin behind any run with which a name may not go on: a word of several letters before the first run that counts is enough,
// for names are told by their last two runs, and initials have one letter each.
#include "glance/exact.h"

#include "unicode/char.h"
#include "unicode/utf8.h"

static void found(struct look *look, uint64_t hash, bool capital)
{
    uint16_t party = find_party(look->glance, hash, capital);
    if (party == PARTY_NONE || party == look->party)
        return;
    look->done = party == PARTY_MANY || look->party != PARTY_NONE;
    look->party = party;
}

static void see_hash(struct look *look, uint64_t hash, bool capital)
{
    const struct glance *glance = look->glance;
    uint64_t pair = hash_pair(look->before, hash);
    if (__builtin_expect(has_bit(glance->singles, hash, SINGLE_BITS), 0))
        found(look, hash | 1, capital);
    if (__builtin_expect(has_bit(glance->pairs, pair, PAIR_BITS), 0))
        found(look, pair, true);
    if (__builtin_expect(look->joined != 0, 0))
        found(look, hash_pair(look->joined, hash), true);
    look->before = hash;
    look->joined = 0;
}

// Single letters with a full stop between them are one word without it: its hash, 0 if there are none before this one. (Of "U.S.Senate"
// the last part is a word of its own.)
static uint64_t see_initial(struct look *look, struct slice text, const char *bytes, size_t len, bool single, size_t begin, size_t end)
{
    bool goes_on = look->chain_len && look->chain_end + 1 == begin && text.at[begin - 1] == '.';
    if (!single) {
        look->chain_len = 0;
        return 0;
    }
    if (goes_on && look->chain_len + len > CHAIN_MAX) {
        look->done = true;      // more initials than any name has
        return 0;
    }
    if (!goes_on) {
        look->chain_len = 0;
        look->chain_before = look->before;
    }
    memcpy(look->chain + look->chain_len, bytes, len);
    look->chain_len += len;
    look->chain_end = end;
    if (!goes_on)
        return 0;
    uint64_t joined = hash_run(look->chain, look->chain_len);
    found(look, joined | 1, true);
    found(look, hash_pair(look->chain_before, joined), true);
    return joined;
}

// A run that is not all ASCII, or stands at the text's end; returns its end, behind at least one code point.
static size_t see_run(struct look *look, struct slice text, size_t at)
{
    struct run run;
    size_t end = take_run(text, at, &run);
    if (run.lost || (run.scripts & look->glance->opaque)) {
        look->done = true;
    } else if (run.letters) {
        look->letters = true;
        uint64_t joined = see_initial(look, text, run.bytes, run.len, run.letters == 1, at, end);
        see_hash(look, hash_run(run.bytes, run.len), run.capital);
        look->joined = joined;
    }
    if (end == at)
        utf8_next(text.at, &end);
    return end;
}

// The runs of the block that begins at `at`; returns where to go on, behind `at`. A run that goes on behind the block is left to the next.
static inline size_t see_block(struct look *look, struct slice text, size_t at)
{
    const struct block block = tell_block(text.at + at);
    for (uint64_t rest = block.letters | block.digits | block.high; rest && !look->done;) {
        size_t begin = (size_t)__builtin_ctzll(rest);
        bool number = block.digits >> begin & 1;
        uint64_t others = ~(number ? block.digits : block.letters) & UINT64_MAX << begin;
        if (!others)
            return begin ? at + begin : see_run(look, text, at);
        size_t end = (size_t)__builtin_ctzll(others);
        if (__builtin_expect((block.high >> begin | (block.high >> end & (uint64_t)!number)) & 1, 0))
            return see_run(look, text, at + begin);
        const char *run = text.at + at + begin;
        rest &= UINT64_MAX << end;
        if (number) {
            see_hash(look, hash_digits(text, at + begin, at + end), false);
            continue;
        }
        uint64_t joined = 0;
        if (__builtin_expect(end == begin + 1, 0))
            joined = see_initial(look, text, &(char){(char)(*run | 0x20)}, 1, true, at + begin, at + end);
        look->letters = true;
        see_hash(look, hash_ascii(run, end - begin), is_capital(*run));
        look->joined = joined;
    }
    return at + 64;
}

// With blanks behind it, and the byte before it, a block may be read from each place.
void see_rest(struct look *look, struct slice text, size_t at)
{
    char rest[BLOCK_ROOM * 2];
    size_t base = at ? at - 1 : 0;
    memset(rest, ' ', sizeof rest);
    memcpy(rest, text.at + base, text.len - base);
    look->chain_end -= base;
    struct slice padded = slice_make(rest, text.len - base + BLOCK_ROOM);
    for (at -= base; at + BLOCK_ROOM <= padded.len && !look->done;)
        at = see_block(look, padded, at);
}

static bool in_run(char c)
{
    return is_letter(c) || is_digit(c) || (unsigned char)c >= 0x80;
}

// Two letters or digits of ASCII side by side: there is a run of more than one letter.
static bool has_word(struct slice text, size_t begin, size_t end)
{
    bool before = false;
    for (size_t i = begin; i < end; i++) {
        bool plain = is_letter(text.at[i]) || is_digit(text.at[i]);
        if (plain && before)
            return true;
        before = plain;
    }
    return false;
}

// From where to look exactly at what stands at `at`: the begin of a run before its own, initials between them passed over; what was looked
// at exactly bounds it. What is no ASCII may be anything and is passed over, too.
static size_t run_before(const struct look *look, struct slice text, size_t at)
{
    size_t begin = at, end;
    while (begin > look->at && in_run(text.at[begin - 1]))
        begin--;
    do {
        for (end = begin; end > look->at && !in_run(text.at[end - 1]);)
            end--;
        for (begin = end; begin > look->at && in_run(text.at[begin - 1]);)
            begin--;
    } while (begin > look->at && !has_word(text, begin, end));
    return begin;
}

void see_exactly(struct look *look, struct slice text, size_t from, size_t to)
{
    size_t at = from > look->at && look->at >= look->owed ? run_before(look, text, from) : look->at;
    if (at > look->at) {
        look->before = look->joined = 0;
        look->chain_len = 0;
    }
    while (at < to && at + BLOCK_ROOM <= text.len && !look->done)
        at = see_block(look, text, at);
    look->at = at;
    look->owed = to;            // the text's end may be too near
}
