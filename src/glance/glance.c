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
// Speed: of 64 bytes at a time it is told at once which are letters, digits or no ASCII, so that one run's end need not be known before
// the next is found; a run of up to eight letters is one masked word. What is no ASCII goes by code point. Of names that end in ASCII the
// last runs alone stand in a filter that fits the nearest cache, two bits of one word each: nearly every word of a text is let go there.
#include "glance/glance.h"

#include "doc/party_set.h"
#include "pack/forms.h"
#include "unicode/char.h"
#include "unicode/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define RUN_MAX 64u             // bytes of a run that count
#define CHAIN_MAX 16u           // bytes of initials
#define LAST_BITS 12             // of words
#define SINGLE_BITS 19
#define PAIR_BITS 18
#define PARTY_MANY 0xFFFEu      // more than one
#define ONLY_OTHER (1u << SCRIPT_OTHER)
#define LOOK_MAX ((size_t)8 << 20)  // longer texts are not looked at

struct name {
    uint64_t hash;
    uint16_t party;
    bool capital;               // one word that is a common one without its capital letter
};

struct glance {
    struct arena *arena;
    uint64_t *lasts;                // filter: the last runs of names, where they are all ASCII or digits
    uint64_t *singles, *pairs;      // bitmaps: of names of one run, and of the last two of longer ones
    struct name *slots;             // open addressing; hash 0: empty
    uint32_t room;                  // power of two
    VEC(struct name) names;         // until finished
    uint32_t opaque;
    bool always;                    // a form without letters: every text is let through
    const struct pack *adding;
};

// ---- hashes -----------------------------------------------------------------------------------------------------------
static inline uint64_t mix(uint64_t hash, uint64_t chunk)
{
    hash = (hash ^ chunk) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

static uint64_t hash_run(const char *at, size_t len)
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

// The two bits of a hash in its word of the filter.
static inline uint64_t last_bits(uint64_t hash)
{
    return UINT64_C(1) << (hash >> 46 & 63) | UINT64_C(1) << (hash >> 40 & 63);
}

// `capital`: the run begins with one, or it is not known.
static uint16_t find_party(const struct glance *glance, uint64_t hash, bool capital)
{
    for (uint32_t i = (uint32_t)hash & (glance->room - 1);; i = (i + 1) & (glance->room - 1)) {
        if (glance->slots[i].hash == hash)
            return glance->slots[i].capital && !capital ? PARTY_NONE : glance->slots[i].party;
        if (!glance->slots[i].hash)
            return PARTY_NONE;
    }
}

// ---- runs -------------------------------------------------------------------------------------------------------------
struct run {
    char bytes[RUN_MAX + 16];
    size_t len;
    uint32_t letters;           // code points
    bool capital;               // the first one
    bool lost;                  // holds what the look cannot follow
    uint32_t scripts;           // bits
};

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0xFF07;
}

static void add_folded(struct run *run, uint32_t c)
{
    uint32_t folded[3];
    int count = char_fold(c, folded);
    for (int i = 0; i < count; i++)     // a name's form is folded before it is cut into runs, a text after
        run->lost |= char_class(folded[i]) != CHAR_LETTER || is_apostrophe(folded[i]);
    for (int i = 0; i < count && run->len < RUN_MAX; i++)
        run->len += (size_t)utf8_put(folded[i], run->bytes + run->len);
}

// A sign that becomes letters when it is folded.
static bool folds_to_letters(uint32_t c)
{
    uint32_t folded[3];
    int count = char_fold(c, folded);
    for (int i = 0; i < count; i++)
        if (char_class(folded[i]) == CHAR_LETTER && !is_apostrophe(folded[i]))
            return true;
    return false;
}

// The run of letters that begins at `at`, code point by code point; returns its end. Nothing is added if no letter stands there.
static size_t take_run(struct slice text, size_t at, struct run *run)
{
    *run = (struct run){.len = 0};
    while (at < text.len) {
        size_t next = at;
        uint32_t c = utf8_next(text.at, &next), property = char_property(c);
        enum char_class class = char_class(c);
        if (class == CHAR_DIGIT && c >= 0x80)
            run->lost = true;       // folds to a digit
        if (PROPERTY_COMBINING(property) || PROPERTY_QUICK(property) != QUICK_YES)
            run->lost |= run->scripts != ONLY_OTHER;    // normal form stays within a script
        if ((class != CHAR_LETTER && class != CHAR_IGNORED) || is_apostrophe(c)) {
            run->lost |= class == CHAR_CONTROL || (!run->letters && folds_to_letters(c));
            return at;
        }
        if (class == CHAR_LETTER) {
            run->capital |= !run->letters && char_is_upper(c);
            add_folded(run, c);
            run->letters++;
            run->scripts |= UINT32_C(1) << char_script(c);
        }
        at = next;
    }
    return at;
}

static bool is_ascii(const struct run *run)
{
    for (size_t i = 0; i < run->len; i++)
        if ((unsigned char)run->bytes[i] >= 0x80)
            return false;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_end(struct slice text, size_t at)
{
    while (at < text.len && is_digit(text.at[at]))
        at++;
    return at;
}

// Of their beginning: numbers of names are short.
static uint64_t hash_digits(struct slice text, size_t at, size_t end)
{
    return hash_run(text.at + at, end - at < 8 ? end - at : 8);
}

// ---- making -----------------------------------------------------------------------------------------------------------
bool glance_is_opaque(const struct pack_config *config, bool respells)
{
    return config->slips || respells;
}

struct glance *glance_new(struct arena *arena, uint32_t opaque_scripts)
{
    struct glance *glance = ARENA_NEW(arena, struct glance);
    glance->arena = arena;
    glance->opaque = opaque_scripts;
    glance->lasts = ARENA_ARRAY(arena, uint64_t, 1u << LAST_BITS);
    glance->singles = ARENA_ARRAY(arena, uint64_t, (1u << SINGLE_BITS) / 64);
    glance->pairs = ARENA_ARRAY(arena, uint64_t, (1u << PAIR_BITS) / 64);
    return glance;
}

static uint16_t party_of(const struct pack *pack, const struct lexeme *lexeme)
{
    switch (lexeme->kind) {
    case LEXICON_STATE:
    case LEXICON_ORGANISATION: return lexeme->value;
    case LEXICON_CITY: return pack->world->cities.at[lexeme->value].state;
    case LEXICON_NAME: return lexeme->value == NAME_KNOWN ? (uint16_t)lexeme->number : PARTY_NONE;
    case LEXICON_OFFICE: return lexeme->party_count == 1 ? lexeme->parties[0] : lexeme->party_count ? PARTY_MANY : PARTY_NONE;
    default: return PARTY_NONE;
    }
}

static void take_form(void *user, struct slice words, uint32_t kinds, const struct lexeme *lexeme)
{
    struct glance *glance = user;
    uint16_t party = party_of(glance->adding, lexeme);
    struct run run;
    uint64_t hashes[2] = {0, 0};
    int runs = 0;
    bool ascii = false;
    if (party == PARTY_NONE)
        return;
    for (size_t at = 0; at < words.len;) {      // the last two say most: "state of X"
        bool number = is_digit(words.at[at]);
        size_t end = number ? digits_end(words, at) : take_run(words, at, &run);
        if (number || run.letters) {
            hashes[0] = hashes[1];
            hashes[1] = number ? hash_digits(words, at, end) : hash_run(run.bytes, run.len);
            ascii = number || is_ascii(&run);
            runs++;
        }
        if (end == at)
            utf8_next(words.at, &end);
        at = end;
    }
    if (!runs) {
        glance->always = true;
        return;
    }
    if (ascii)
        glance->lasts[hashes[1] >> (64 - LAST_BITS)] |= last_bits(hashes[1]);
    uint64_t hash = runs == 1 ? hashes[1] | 1 : hash_pair(hashes[0], hashes[1]);
    if (runs == 1)
        set_bit(glance->singles, hashes[1], SINGLE_BITS);
    else
        set_bit(glance->pairs, hash, PAIR_BITS);
    // as src/mention/view.c has it
    uint32_t common = UINT32_C(1) << LEXICON_GRAMMAR | UINT32_C(1) << LEXICON_ORDINARY;
    bool capital = runs == 1 && (kinds & common) && lexeme->kind != LEXICON_OFFICE && !glance->adding->config.plain_names;
    vec_push(glance->arena, &glance->names, ((struct name){hash, party, capital}));
}

void glance_add(struct glance *glance, const struct pack *pack, struct arena *scratch)
{
    glance->adding = pack;
    uint32_t wanted = UINT32_C(1) << LEXICON_STATE | UINT32_C(1) << LEXICON_ORGANISATION | UINT32_C(1) << LEXICON_CITY |
                      UINT32_C(1) << LEXICON_OFFICE | UINT32_C(1) << LEXICON_NAME;
    pack_each_form(pack, wanted, scratch, take_form, glance);
}

void glance_finish(struct glance *glance)
{
    glance->room = 1024;
    while (glance->room < glance->names.count * 2)
        glance->room *= 2;
    glance->slots = ARENA_ARRAY(glance->arena, struct name, glance->room);
    for (uint32_t n = 0; n < glance->names.count; n++) {
        const struct name *name = &glance->names.at[n];
        uint32_t i = (uint32_t)name->hash & (glance->room - 1);
        while (glance->slots[i].hash && glance->slots[i].hash != name->hash)
            i = (i + 1) & (glance->room - 1);
        const struct name *old = &glance->slots[i];
        bool other = old->hash && old->party != name->party;
        glance->slots[i] = (struct name){name->hash, other ? PARTY_MANY : name->party,
                                           name->capital && (!old->hash || old->capital)};
    }
}

// ---- looking ----------------------------------------------------------------------------------------------------------
struct look {
    const struct glance *glance;
    uint64_t before;            // hash of the run before, 0 none
    uint64_t joined;            // of the initials that end with the run before, 0 none
    uint16_t party;             // found so far
    bool letters;               // there are any
    bool done;                  // two parties, or what the look cannot follow
    char chain[CHAIN_MAX];      // initials so far
    size_t chain_len, chain_end;        // chain_end: where their last one ended
    uint64_t chain_before;              // hash of the run before the first of them
};

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

// A run of ASCII letters or of digits.
static inline void see_ascii(struct look *look, uint64_t hash, bool capital)
{
    uint64_t bits = last_bits(hash);
    if (__builtin_expect((look->glance->lasts[hash >> (64 - LAST_BITS)] & bits) == bits, 0)) {
        see_hash(look, hash, capital);
        return;
    }
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

// What 64 bytes are, a bit each.
struct block {
    uint64_t letters, digits, high;     // of ASCII the first two; what is none
};

#ifdef __SSE2__
static inline __m128i bytes_within(__m128i bytes, char first, char last)
{
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)(first - 1))), _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)(last + 1))));
}

static inline struct block tell_block(const char *at)
{
    struct block block = {0};
    for (int i = 0; i < 64; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
        __m128i letters = bytes_within(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z');     // of other bytes none becomes a letter
        block.letters |= (uint64_t)(unsigned)_mm_movemask_epi8(letters) << i;
        block.digits |= (uint64_t)(unsigned)_mm_movemask_epi8(bytes_within(bytes, '0', '9')) << i;
        block.high |= (uint64_t)(unsigned)_mm_movemask_epi8(bytes) << i;
    }
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
    }
    return block;
}
#endif

// The hash of a run of ASCII, as hash_run has it. Eight bytes behind its begin may be read.
static inline uint64_t hash_ascii(const char *at, size_t len)
{
    uint64_t hash = 0;
    for (; __builtin_expect(len > 8, 0); at += 8, len -= 8)
        hash = mix(hash, bytes_load(at) | BYTES_OF(0x20));
    return mix(hash, (bytes_load(at) | BYTES_OF(0x20)) & UINT64_MAX >> 8 * (8 - len));
}

#define BLOCK_ROOM 72u  // bytes that a look at a block may read

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
            see_ascii(look, hash_digits(text, at + begin, at + end), false);
            continue;
        }
        uint64_t joined = 0;
        if (__builtin_expect(end == begin + 1, 0))
            joined = see_initial(look, text, &(char){(char)(*run | 0x20)}, 1, true, at + begin, at + end);
        look->letters = true;
        see_ascii(look, hash_ascii(run, end - begin), (unsigned char)*run - (unsigned)'A' < 26u);
        look->joined = joined;
    }
    return at + 64;
}

// The blocks that can be read whole; returns where the rest begins.
static size_t see_blocks(struct look *look, struct slice text, size_t at)
{
    while (at + BLOCK_ROOM <= text.len && !look->done)
        at = see_block(look, text, at);
    return at;
}

// Control characters make a text no text; the reader tells.
static bool has_controls(struct slice text)
{
    uint64_t bad = 0;
    for (size_t i = 0; i < text.len; i += 8) {
        size_t left = text.len - i;
        uint64_t word = left >= 8 ? bytes_load(text.at + i) : bytes_load_short(text.at + i, left) | BYTES_OF(' ') << 8 * left;
        uint64_t odd = bytes_less(word, 0x20) | bytes_equal(word, 0x7F);
        if (odd)
            bad |= odd & ~(bytes_equal(word, '\n') | bytes_equal(word, '\r') | bytes_equal(word, '\t'));
    }
    return bad != 0;
}

bool glance_may_state(const struct glance *glance, struct slice text)
{
    struct look look = {.glance = glance, .party = PARTY_NONE};
    if (glance->always || text.len > LOOK_MAX || has_controls(text) || utf8_valid_prefix(text) < text.len)
        return true;
    size_t at = see_blocks(&look, text, 0);
    if (!look.done && at < text.len) {
        // The rest with blanks behind it, and the byte before it: a block may be read from each place.
        char rest[BLOCK_ROOM * 2];
        size_t base = at ? at - 1 : 0;
        memset(rest, ' ', sizeof rest);
        memcpy(rest, text.at + base, text.len - base);
        look.chain_end -= base;
        see_blocks(&look, slice_make(rest, text.len - base + BLOCK_ROOM), at - base);
    }
    return look.done || !look.letters;
}
