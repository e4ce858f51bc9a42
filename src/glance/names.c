// SPDX-License-Identifier: MIT
// Making the tables of names: every form by which a party may reach a record, cut into runs as a text is. Of the last two runs, by which
// a name is told, the one that is likelier to be rare stands in the filter.
//
// The cutting itself, code point by code point, stands here as well; it tells what the look cannot follow.
#include "glance/names.h"

#include "pack/forms.h"
#include "unicode/char.h"
#include "unicode/utf8.h"

// ---- runs -------------------------------------------------------------------------------------------------------------
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

size_t take_run(struct slice text, size_t at, struct run *run)
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

// ---- names ------------------------------------------------------------------------------------------------------------
uint16_t find_party(const struct glance *glance, uint64_t hash, bool capital)
{
    for (uint32_t i = (uint32_t)hash & (glance->room - 1);; i = (i + 1) & (glance->room - 1)) {
        if (glance->slots[i].hash == hash)
            return glance->slots[i].capital && !capital ? PARTY_NONE : glance->slots[i].party;
        if (!glance->slots[i].hash)
            return PARTY_NONE;
    }
}

bool glance_is_opaque(const struct pack_config *config, bool respells)
{
    return config->slips || respells;
}

struct glance *glance_new(struct arena *arena, uint32_t opaque_scripts)
{
    struct glance *glance = ARENA_NEW(arena, struct glance);
    glance->arena = arena;
    glance->opaque = opaque_scripts;
    glance->triggers = ARENA_ARRAY(arena, uint64_t, 1u << FILTER_BITS);
    glance->firsts = ARENA_ARRAY(arena, uint64_t, (1u << FIRST_BITS) / 64);
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

struct trigger {
    uint64_t hash;
    size_t len;                 // 0: no ASCII
    bool number;
};

static struct trigger trigger_of(const char *at, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)at[i] >= 0x80)
            return (struct trigger){0};
    return (struct trigger){hash_end(at, len), len, is_digit(*at)};
}

// By the longer of a name's last two runs it is found in a text, or by a number: that is the rarer one ("Vatican City"). A last run that is
// no ASCII is looked at anyway.
static void add_trigger(struct glance *glance, const struct trigger runs[2])
{
    bool first = runs[0].len > runs[1].len && !runs[1].number;
    if (!runs[1].len)
        return;
    glance->always |= runs[!first].len >= RUN_MAX;      // its end is not kept
    filter_add(glance->triggers, runs[!first].hash);
    if (first)
        set_bit(glance->firsts, runs[0].hash, FIRST_BITS);
}

static void take_form(void *user, struct slice words, uint32_t kinds, const struct lexeme *lexeme)
{
    struct glance *glance = user;
    uint16_t party = party_of(glance->adding, lexeme);
    struct run run;
    struct trigger triggers[2] = {{0}};
    uint64_t hashes[2] = {0, 0};
    int runs = 0;
    if (party == PARTY_NONE)
        return;
    for (size_t at = 0; at < words.len;) {      // the last two say most: "state of X"
        bool number = is_digit(words.at[at]);
        size_t end = number ? digits_end(words, at) : take_run(words, at, &run);
        if (number || run.letters) {
            hashes[0] = hashes[1];
            hashes[1] = number ? hash_digits(words, at, end) : hash_run(run.bytes, run.len);
            triggers[0] = triggers[1];
            triggers[1] = number ? trigger_of(words.at + at, end - at) : trigger_of(run.bytes, run.len);
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
    uint64_t hash = runs == 1 ? hashes[1] | 1 : hash_pair(hashes[0], hashes[1]);
    if (runs == 1)
        set_bit(glance->singles, hashes[1], SINGLE_BITS);
    else
        set_bit(glance->pairs, hash, PAIR_BITS);
    // as src/mention/view.c has it
    uint32_t common = UINT32_C(1) << LEXICON_GRAMMAR | UINT32_C(1) << LEXICON_ORDINARY;
    bool capital = runs == 1 && (kinds & common) && lexeme->kind != LEXICON_OFFICE && !glance->adding->config.plain_names;
    vec_push(glance->arena, &glance->names, ((struct name){hash, party, capital}));
    add_trigger(glance, triggers);
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
