// SPDX-License-Identifier: MIT
// Parties and places. A state or organisation by name, adjective, inhabitants or prefix is a PARTY; a city is a PLACE, unless it is
// a capital that acts for its state ("Moscow and Islamabad agreed", "talks with Beijing").
//
// Case marks make the difference: a locative turns a name into a place, an agent, a "with" or a "between" into an actor. Marks
// reach over coordination ("पाकिस्तान और रूस ने", "in Moscow and Tehran"), so neighbours in a list take each other's marks. A locative
// behind two coordinated states means "between" and marks no place. A city that its state follows or precedes ("Canberra,
// Australia", "रूस के कज़ान शहर में") takes the state into its span.
// A form that several states share is decided by what else the text names, else by the pack's order.
#include "mention/finder.h"

#include <string.h>

#define PREPOSITIONS                                                                                                    \
    (GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(TO) | GRAMMAR(FROM) | GRAMMAR(OF) | GRAMMAR(FOR) | GRAMMAR(ABOUT) | GRAMMAR(BEFORE) | \
     GRAMMAR(AFTER) | GRAMMAR(DURING) | GRAMMAR(UNDER) | GRAMMAR(UNTIL) | GRAMMAR(SINCE))
#define VENUE_TOKENS 8  // of a venue's name between its preposition and the comma before the city
#define EMPHATIC_BYTES 6    // two letters, or three of two bytes
#define LIST_MAX 16     // members of a coordination that pass marks on

// A named party or city of the sentence, before it is known what it stands for.
struct item {
    uint32_t first, last;
    uint16_t party, city;   // city 0xFFFF: none
    uint8_t role;
    uint16_t flags;
    bool between;
    bool with_only;     // the mark says "with" and nothing else (not "from")
};
typedef VEC(struct item) item_vec;

static uint16_t flags_of(uint64_t classes)
{
    uint16_t flags = 0;
    if (classes & (GRAMMAR(AGENT) | GRAMMAR(BY)))
        flags |= MENTION_AGENT;
    if (classes & GRAMMAR(WITH))
        flags |= MENTION_WITH;
    if (classes & GRAMMAR(IN))
        flags |= MENTION_LOCATIVE;
    if ((classes & GRAMMAR(FROM)) && !(classes & (GRAMMAR(WITH) | GRAMMAR(BY) | GRAMMAR(AGENT) | GRAMMAR(OF))))
        flags |= MENTION_ORIGIN;
    if ((classes & (GRAMMAR(ABOUT) | GRAMMAR(AGAINST))) && !(classes & (GRAMMAR(WITH) | GRAMMAR(BY) | GRAMMAR(AGENT) | GRAMMAR(FROM))))
        flags |= MENTION_SPOKEN_OF;
    return flags;
}

static bool is_venue(const struct finder *f, uint32_t at)
{
    return kinds_at(f, at) & (KIND(PLACE) | KIND(ORGAN));
}

static const struct lexeme *place_word(const struct finder *f, uint32_t at)
{
    return at < f->last ? lexeme_at(f, at, LEXICON_PLACE) : NULL;
}

// A word for a building, a town or a capital.
static bool is_room(const struct finder *f, uint32_t at)
{
    const struct lexeme *place = place_word(f, at);
    return place && (place->value == PLACE_ROOM || place->value == PLACE_CAPITAL);
}

#define MARK_UNITS 6        // between a mark and the name: "in the big southern port city of"

// The mark that stands before the unit, over determiners, adjectives and words for a place: "in the capital Moscow", "in the Swiss city of
// Geneva", "in Kazakhstan's Astana", "on the island of Bali".
static uint64_t mark_before(const struct finder *f, uint32_t at)
{
    bool city = kinds_at(f, at) & KIND(CITY), room = false, owned = false;
    uint16_t state = city ? f->world->cities.at[lexeme_at(f, at, LEXICON_CITY)->value].state : PARTY_NONE;
    for (int n = 0; n < MARK_UNITS && at > f->first; n++) {
        uint32_t unit = unit_first(f, at - 1);
        uint64_t classes = classes_at(f, unit);
        const struct lexeme *place = place_word(f, unit);
        if (place && place->value == PLACE_HERE && city)    // "in the capital" is one form
            return GRAMMAR(IN);
        // "in [the] Swiss Geneva", where an adjective of the state may stand before its city
        // and "in the Swiss capital Berne"
        bool adjective = (pack_inflects(f->pack) || (kinds_at(f, at) & KIND(PLACE))) && (kinds_at(f, unit) & KIND(STATE)) &&
                         party_role_at(f, unit) == PARTY_ROLE_ADJECTIVE;
        bool owner = owned && (kinds_at(f, unit) & KIND(STATE)) && party_at(f, unit) == state;
        bool of = city && (classes & GRAMMAR(OF)) && unit > f->first && is_room(f, unit - 1);
        // "in the southern port city": before such a word an unknown one may be an adjective
        bool unknown = room && !f->kinds[unit] && f->tokens[unit].kind == TOKEN_WORD && !(f->tokens[unit].flags & TOKEN_CAPITAL) &&
                       trigger_at(f, unit) == SPAN_NONE;
        bool part = (classes & GRAMMAR(DETERMINER)) || (kinds_at(f, unit) & (KIND(ORDINARY) | KIND(PLACE)));
        if (!part && !adjective && !owner && !of && !unknown)
            return room && (classes & GRAMMAR(ON)) ? GRAMMAR(IN) : classes;
        owned = city && (features_at(f, unit, LEXICON_GRAMMAR) & FEATURE(GEN));
        room |= is_room(f, unit);
        at = unit;
    }
    return 0;
}

// A small word that stresses the one before it and stands between it and its mark ("दिल्ली ही में").
static bool is_emphatic(const struct finder *f, uint32_t at)
{
    return kinds_at(f, at) == KIND(ORDINARY) && f->tokens[at].end - f->tokens[at].begin <= EMPHATIC_BYTES;
}

// The mark behind the unit, over a word for city or province or what is said of it in brackets; "on" behind a venue says where.
static uint64_t mark_after(const struct finder *f, uint32_t at)
{
    bool venue = false;
    at = at < f->last && is_mark(f, at, '(') ? skip_brackets(f, at, BRACKET_TOKENS) : at;
    for (int n = 0; n < 2 && at < f->last; n++) {
        uint64_t classes = classes_at(f, at);
        if (classes || !(is_venue(f, at) || is_emphatic(f, at)))
            return venue && (classes & GRAMMAR(ON)) ? classes | GRAMMAR(IN) : classes;
        venue |= is_room(f, at);
        at = unit_last(f, at);
    }
    return 0;
}

// "At the Peace Palace, The Hague", "at Hyderabad House, New Delhi": the mark that stands before the capitalised venue before the comma.
static uint64_t mark_before_venue(const struct finder *f, uint32_t at)
{
    if (at < f->first + 3 || !is_mark(f, at - 1, ','))
        return 0;
    uint32_t words = 0;
    for (uint32_t t = at - 1; t > f->first && at - t < VENUE_TOKENS; words++) {
        uint32_t unit = unit_first(f, t - 1);
        uint64_t classes = classes_at(f, unit);
        if (classes & GRAMMAR(IN))
            return words && !(kinds_at(f, unit + 1) & (KIND(CITY) | PARTY_KINDS)) ? GRAMMAR(IN) : 0;
        bool small = classes & (GRAMMAR(DETERMINER) | GRAMMAR(OF));
        if (!small && !(f->tokens[unit].flags & TOKEN_CAPITAL) && !is_venue(f, unit) && !is_mark(f, unit, '\''))
            return 0;
        t = unit;
    }
    return 0;
}

#define VENUE_UNITS 5       // between a city's genitive and the venue's mark

// "कोलकाता के एक होटल में": where marks follow, the mark of a venue is that of the city whose it is.
static uint64_t mark_of_venue(const struct finder *f, uint32_t at)
{
    bool venue = false;
    if (!(classes_at(f, at) & GRAMMAR(OF)))
        return 0;
    at = unit_last(f, at);
    for (int n = 0; n < VENUE_UNITS && at < f->last; n++) {
        uint64_t classes = classes_at(f, at);
        if (venue && (classes & GRAMMAR(IN)))
            return classes;
        bool unknown = f->covering[at] == SPAN_NONE && f->tokens[at].kind == TOKEN_WORD;
        venue = kinds_at(f, at) & KIND(PLACE);
        if (!venue && !unknown && !(classes & GRAMMAR(DETERMINER)) && !(kinds_at(f, at) & (KIND(ORDINARY) | KIND(CITY) | KIND(NUMBER))))
            return 0;
        if (classes & ~GRAMMAR(DETERMINER))
            return 0;
        at = unit_last(f, at);
    }
    return 0;
}

static uint64_t marks_of(const struct finder *f, uint32_t first, uint32_t last)
{
    switch (f->pack->config.case_marks) {
    case CASE_AFTER:
        return mark_after(f, last);
    case CASE_ENDINGS: {
        uint64_t before = mark_before(f, first);
        // "c" or "в" of an ending language need no check of the ending: the preposition alone tells
        return before;
    }
    default: {
        uint64_t before = mark_before(f, first);
        return before || f->pack->config.plain_names ? before : mark_before_venue(f, first);
    }
    }
}

// "The X-led bloc", "X-backed fighters": a hyphen joins the name to a common word.
static bool describes_by_compound(const struct finder *f, uint32_t last)
{
    if (f->pack->config.plain_names || last + 1 >= f->last || !is_mark(f, last, '-') || !is_joint(f, last))
        return false;
    const struct token *next = &f->tokens[last + 1];
    bool small = next->kind == TOKEN_WORD && !(next->flags & TOKEN_CAPITAL);
    return small && !(kinds_at(f, last + 1) & (PARTY_KINDS | KIND(CITY) | KIND(PLACE)));
}

// Where marks follow, a verb of arriving right behind the place says the same as a mark: "काठमांडू पहुंचे".
static bool goes_there(const struct finder *f, uint32_t at)
{
    const struct span_layer *triggers = &f->document->triggers;
    if (f->pack->config.case_marks != CASE_AFTER || at >= f->last || triggers->covering[at] == SPAN_NONE)
        return false;
    uint32_t group = triggers->covering[at];
    if (triggers->at[group].first != at)
        return false;
    return f->pack->rules.at[f->pack->lexemes.at[triggers->at[group].lexeme].value].role == ROLE_ARRIVE;
}

// "The Indonesian capital", "जापान की राजधानी", "the capital of Peru": the city that the word for a capital at `at` stands for; none if it
// is named beside the word.
static uint16_t capital_meant(const struct finder *f, uint32_t at)
{
    const struct lexeme *place = lexeme_at(f, at, LEXICON_PLACE);
    if (!place || place->value != PLACE_CAPITAL)
        return CITY_NONE;
    uint32_t behind = unit_last(f, at), before = at > f->first ? unit_first(f, at - 1) : at;
    if (kinds_at(f, behind) & KIND(CITY))
        return CITY_NONE;
    uint16_t party = before < at ? party_at(f, before) : PARTY_NONE;
    bool tied = party != PARTY_NONE && (party_role_at(f, before) == PARTY_ROLE_ADJECTIVE);
    if (f->pack->config.case_marks == CASE_AFTER && before > f->first && (classes_at(f, before) & GRAMMAR(OF))) {
        party = party_at(f, unit_first(f, before - 1));
        tied = party != PARTY_NONE;
    } else if (!tied && (features_at(f, before, LEXICON_GRAMMAR) & FEATURE(GEN)) && before > f->first) {     // "Kenya's capital"
        party = party_at(f, unit_first(f, before - 1));
        tied = party != PARTY_NONE;
    } else if (!tied && f->pack->config.case_marks != CASE_AFTER) {
        uint32_t next = classes_at(f, behind) & GRAMMAR(OF) ? unit_last(f, behind) : behind;
        party = next > behind || pack_inflects(f->pack) ? party_at(f, skip_determiners(f, next)) : PARTY_NONE;
        tied = party != PARTY_NONE;
    }
    return tied && f->world->parties.at[party].state ? f->world->parties.at[party].capital : CITY_NONE;
}

// The word stands for a place, and is no lexicon's name of one.
static void collect_capital(struct finder *f, item_vec *items, uint32_t at)
{
    struct item item = {.first = at, .last = unit_last(f, at), .party = PARTY_NONE, .city = capital_meant(f, at)};
    if (item.city == CITY_NONE)
        return;
    item.flags = flags_of(marks_of(f, item.first, item.last)) & MENTION_LOCATIVE;
    if (goes_there(f, item.last))
        item.flags |= MENTION_LOCATIVE;
    vec_push(f->arena, items, item);
}

// "The session (Doha, 5 May)", "in May (Doha)": in brackets beside a date the city is where that was.
static bool in_brackets_with_date(const struct finder *f, const struct item *item)
{
    uint32_t first = item->first, last = item->last;
    if (first == f->first || !is_mark(f, first - 1, '(') || last + 1 >= f->last)
        return false;
    bool before = is_mark(f, last, ')') && first > f->first + 1 && (f->taken[first - 2] & TAKEN_DATE);
    return before || (is_mark(f, last, ',') && (f->taken[last + 1] & TAKEN_DATE));
}

// Where marks follow: "the session's hosting Doha will-do".
static bool is_named_as_host(const struct finder *f, uint32_t first)
{
    uint32_t before = f->pack->config.case_marks == CASE_AFTER && first > f->first ? trigger_at(f, first - 1) : SPAN_NONE;
    return before != SPAN_NONE && f->document->triggers.at[before].last == first && rule_of(f, before)->role == ROLE_HOST;
}

// "The embassy in Cairo has announced": where a mission is tells of no meeting's place.
static bool is_of_mission(const struct finder *f, uint32_t first)
{
    if (f->pack->config.case_marks != CASE_BEFORE || pack_inflects(f->pack) || first < f->first + 2 ||
        !(classes_at(f, first - 1) & GRAMMAR(IN)))
        return false;
    const struct lexeme *organ = lexeme_at(f, first - 2, LEXICON_ORGAN);
    return organ && organ->value == ORGAN_EMBASSY && !(features_at(f, unit_first(f, first - 2), LEXICON_ORGAN) & FEATURE(PL));
}

static void collect(struct finder *f, item_vec *items)
{
    for (uint32_t at = f->first, next; at < f->last; at = next) {
        uint32_t kinds = f->kinds[at];
        next = at + 1;      // the words of a unit are all of its kinds, or none
        if (!(kinds & (PARTY_KINDS | KIND(CITY) | KIND(PLACE))))
            continue;
        next = unit_last(f, at);
        if (kinds & KIND(PLACE))
            collect_capital(f, items, at);
        if (!(kinds & (PARTY_KINDS | KIND(CITY))) || (f->taken[at] & TAKEN_DATE))
            continue;
        struct item item = {.first = at, .last = unit_last(f, at), .party = party_at(f, at), .city = 0xFFFF};
        item.role = party_role_at(f, at);
        const struct lexeme *city = lexeme_at(f, at, LEXICON_CITY);
        if (city)
            item.city = city->value;
        bool alone = item.last - item.first == 1 && item.party == PARTY_NONE;
        if (city && alone && !f->pack->config.plain_names && !(f->tokens[at].flags & TOKEN_CAPITAL))
            continue;   // "Black Sea" as an adjective is no town of that name
        // capitals that are also small words need their capital letter
        if ((kinds & (KIND(GRAMMAR) | KIND(ORDINARY))) && !f->pack->config.plain_names && !(f->tokens[at].flags & TOKEN_CAPITAL))
            continue;
        uint64_t marks = marks_of(f, item.first, item.last);
        item.flags = flags_of(marks);
        if (item.role != PARTY_ROLE_NAME)
            item.flags &= (uint16_t)~MENTION_SPOKEN_OF;
        if (describes_by_compound(f, item.last))
            item.flags |= MENTION_SPOKEN_OF;
        if (is_of_mission(f, item.first))
            item.flags = (uint16_t)((item.flags & ~MENTION_LOCATIVE) | MENTION_INSIDE);
        item.between = marks & GRAMMAR(BETWEEN);
        item.with_only = (marks & GRAMMAR(WITH)) && !(marks & GRAMMAR(FROM));
        if (item.city != CITY_NONE && item.party == PARTY_NONE && f->pack->config.case_marks == CASE_AFTER && mark_of_venue(f, item.last))
            item.flags |= MENTION_LOCATIVE;
        if (item.city != CITY_NONE && (goes_there(f, item.last) || in_brackets_with_date(f, &item) || is_named_as_host(f, item.first)))
            item.flags |= MENTION_LOCATIVE;
        vec_push(f->arena, items, item);
    }
}

// The two items stand in one list: only a hyphen, comma or "and" lies between them.
static bool coordinated(const struct finder *f, const struct item *a, const struct item *b)
{
    uint32_t at = a->last;
    if (at == b->first)
        return a->role == PARTY_ROLE_PREFIX;
    // "in Ulaanbaatar and Mongolia's minister": a genitive opens a group of its own
    if (f->pack->config.case_marks == CASE_BEFORE && (features_at(f, b->last, LEXICON_GRAMMAR) & FEATURE(GEN)))
        return false;
    // "at the talks in Oslo, Kenya was represented": a comma alone joins no city to another state
    bool city = a->party == PARTY_NONE && a->city != CITY_NONE, state = b->party != PARTY_NONE && b->city == CITY_NONE;
    if (city && state && f->world->cities.at[a->city].state != b->party && is_mark(f, at, ',') && at + 1 == b->first)
        return false;
    if (at + 1 == b->first)
        return is_mark(f, at, '-') || is_mark(f, at, ',') || is_mark(f, at, '/') || (classes_at(f, at) & GRAMMAR(AND));
    if (is_mark(f, at, ','))
        at++;
    if (!(classes_at(f, at) & GRAMMAR(AND)))
        return false;
    return skip_determiners(f, unit_last(f, at)) == b->first;
}

static void spread_marks(struct finder *f, item_vec *items)
{
    for (uint32_t start = 0; start < items->count;) {
        uint32_t end = start + 1;
        while (end < items->count && end - start < LIST_MAX && coordinated(f, &items->at[end - 1], &items->at[end]))
            end++;
        uint16_t flags = 0;
        bool between = false;
        uint32_t states = 0;
        for (uint32_t i = start; i < end; i++) {
            flags |= items->at[i].flags;
            between |= items->at[i].between;
            states += items->at[i].party != PARTY_NONE;
        }
        // "X and Y in": between the two
        bool comma_place = end - start == 2 && items->at[start].city != 0xFFFF && items->at[start + 1].party != PARTY_NONE;
        if (states > 1 && !comma_place && f->pack->config.case_marks == CASE_AFTER)
            flags &= (uint16_t)~MENTION_LOCATIVE;
        for (uint32_t i = start; end - start > 1 && i < end; i++) {
            items->at[i].flags = flags;
            items->at[i].between = between;
            if (states > 1 && is_mark(f, items->at[start].last, '-'))   // "on the X-Y partnership": of two who deal
                items->at[i].flags &= (uint16_t)~MENTION_SPOKEN_OF;
        }
        start = end;
    }
}

static bool is_said(const struct finder *f, uint32_t at)
{
    if (at >= f->last)
        return false;
    if (classes_at(f, at) & (GRAMMAR(SAID) | GRAMMAR(WILL) | GRAMMAR(HAVE)))
        return true;
    const struct span_layer *triggers = &f->document->triggers;
    if (triggers->covering[at] == SPAN_NONE)
        return false;
    const struct span *span = &triggers->at[triggers->covering[at]];
    return span->first == at && (span->features & (FEATURE(PAST) | FEATURE(PRES) | FEATURE(FUT)));
}

static bool hosts(const struct finder *f, uint32_t at)
{
    const struct span_layer *triggers = &f->document->triggers;
    uint64_t auxiliary = GRAMMAR(WILL) | GRAMMAR(BE) | GRAMMAR(HAVE) | GRAMMAR(TO) | GRAMMAR(MAY);
    for (int n = 0; n < 3 && at < f->last && triggers->covering[at] == SPAN_NONE && (classes_at(f, at) & auxiliary); n++)
        at = unit_last(f, at);      // "Moscow is to host"
    if (at >= f->last || triggers->covering[at] == SPAN_NONE)
        return false;
    const struct lexeme *lexeme = &f->pack->lexemes.at[triggers->at[triggers->covering[at]].lexeme];
    return f->pack->rules.at[lexeme->value].role == ROLE_HOST;
}

// "The session's hosting in May Hanoi did": the nearest trigger before the city, with no mark between.
static bool hosts_before(const struct finder *f, uint32_t first)
{
    const struct span_layer *triggers = &f->document->triggers;
    for (uint32_t at = first; at-- > f->first && f->tokens[at].kind != TOKEN_PUNCT;)
        if (triggers->covering[at] != SPAN_NONE)
            return rule_of(f, triggers->covering[at])->role == ROLE_HOST;
    return false;
}

// Where verbs come last: "Hanoi the session's hosting did".
static bool hosts_at_end(const struct finder *f, const struct item *item)
{
    const struct span_layer *triggers = &f->document->triggers;
    if (f->pack->config.head != HEAD_FINAL || !(item->flags & MENTION_AGENT))
        return false;
    for (uint32_t at = item->last; at < f->last; at++) {
        uint32_t group = triggers->covering[at];
        if (f->tokens[at].kind == TOKEN_PUNCT && !is_mark(f, at, ','))
            break;
        if (group != SPAN_NONE && rule_of(f, group)->role == ROLE_HOST)
            return true;
    }
    return hosts_before(f, item->first);
}

// A capital that stands for its government.
static bool acts(const struct finder *f, const item_vec *items, uint32_t i)
{
    const struct item *item = &items->at[i];
    if (!f->world->cities.at[item->city].capital || (item->flags & MENTION_LOCATIVE))
        return false;
    for (uint32_t t = item->first; t < item->last; t++)
        if (f->taken[t] & TAKEN_DATELINE)
            return false;
    if ((item->flags & MENTION_AGENT) || item->with_only || item->between)
        return true;
    const struct item *before = i ? item - 1 : NULL, *after = i + 1 < items->count ? item + 1 : NULL;
    bool joined = (before && coordinated(f, before, item) && !is_mark(f, item->first - 1, ',')) ||
                  (after && coordinated(f, item, after) && !is_mark(f, item->last, ','));
    if (joined)
        return true;
    uint64_t mark = f->pack->config.head == HEAD_INITIAL ? mark_before(f, item->first) : 0;
    if (f->pack->config.head == HEAD_INITIAL)       // "it will be for Moscow to host"
        return (is_said(f, item->last) && !(mark & PREPOSITIONS)) || ((mark & GRAMMAR(FOR)) && hosts(f, item->last));
    return false;
}

// The city's name, or the word for a capital that stands for it.
static uint32_t lexeme_of_city(const struct finder *f, const struct item *item)
{
    const struct span *named = span_at(f, item->first, LEXICON_CITY);
    return named ? named->lexeme : span_at(f, item->first, LEXICON_PLACE)->lexeme;
}

static struct mention *add_place(struct finder *f, const struct item *item, uint32_t first, uint32_t last)
{
    struct mention *m = finder_add(f, MENTION_PLACE, first, last);
    m->flags = item->flags & (MENTION_LOCATIVE | MENTION_AGENT | MENTION_WITH);
    if (item->city != 0xFFFF) {
        m->city = item->city;
        m->state = f->world->cities.at[item->city].state;
        m->lexeme = lexeme_of_city(f, item);
    } else {
        const struct party *state = &f->world->parties.at[item->party];
        m->state = item->party;
        if (state->capital != CITY_NONE && slice_eq(f->world->cities.at[state->capital].name, state->name))
            m->city = state->capital;   // "in Singapore": the city is the state
    }
    for (uint32_t t = first; t < last; t++)
        if (f->taken[t] & TAKEN_DATELINE)
            m->flags |= MENTION_DATELINE;
    return m;
}

static void add_party(struct finder *f, const struct item *item, uint16_t party, uint8_t role)
{
    struct mention *m = finder_add(f, MENTION_PARTY, item->first, item->last);
    m->code = party;
    m->role = role;
    m->flags = item->flags;
    enum lexicon_kind kind = f->kinds[item->first] & KIND(STATE) ? LEXICON_STATE : LEXICON_ORGANISATION;
    m->lexeme = role == PARTY_ROLE_CAPITAL ? lexeme_of_city(f, item) : span_at(f, item->first, kind)->lexeme;
    for (uint32_t t = item->first; t < item->last; t++)
        if (f->taken[t] & TAKEN_DATELINE)
            m->flags |= MENTION_DATELINE;
}

// The state that belongs to the city at items[i] in the same phrase; 1 before, 2 behind, 0 none.
static int state_of_city(const struct finder *f, const item_vec *items, uint32_t i)
{
    const struct item *city = &items->at[i];
    uint16_t state = f->world->cities.at[city->city].state;
    if (i + 1 < items->count && items->at[i + 1].party == state && items->at[i + 1].role == PARTY_ROLE_NAME) {
        uint32_t at = city->last, next = items->at[i + 1].first;
        if (next == at || (next == at + 1 && (is_mark(f, at, ',') || is_mark(f, at, '(') || is_mark(f, at, '['))))
            return 2;
    }
    if (i > 0 && f->pack->config.case_marks == CASE_AFTER && items->at[i - 1].party == state) {
        uint32_t at = items->at[i - 1].last;
        if (at < city->first && (classes_at(f, at) & GRAMMAR(OF)) && city->first - at <= 5)
            return 1;
    }
    return 0;
}

static void emit(struct finder *f, item_vec *items)
{
    for (uint32_t i = 0; i < items->count; i++) {
        const struct item *item = &items->at[i];
        if (item->party != PARTY_NONE) {
            if (item->city != 0xFFFF && (item->flags & MENTION_LOCATIVE)) {     // a state that is its own capital
                add_place(f, item, item->first, item->last);
                continue;
            }
            add_party(f, item, item->party, item->role);
            struct item place = *item;
            if (goes_there(f, item->last) || is_named_as_host(f, item->first) ||    // "यूक्रेन पहुंचे": still somebody with whom to deal
                (f->pack->config.head == HEAD_INITIAL && hosts(f, item->last)) ||   // "Chile will host the session"
                hosts_at_end(f, item))
                place.flags |= MENTION_LOCATIVE;
            if ((place.flags & MENTION_LOCATIVE) && item->role == PARTY_ROLE_NAME && f->world->parties.at[item->party].state)
                add_place(f, &place, item->first, item->last);
            continue;
        }
        int neighbour = state_of_city(f, items, i);
        if (neighbour == 2) {
            struct item place = *item;
            place.flags |= items->at[i + 1].flags;
            add_place(f, &place, item->first, items->at[i + 1].last);
            add_party(f, &items->at[i + 1], items->at[i + 1].party, items->at[i + 1].role);
            i++;
        } else if (neighbour == 1) {
            add_place(f, item, items->at[i - 1].first, item->last);
        } else if (acts(f, items, i)) {
            add_party(f, item, f->world->cities.at[item->city].state, PARTY_ROLE_CAPITAL);
            if (hosts(f, item->last) || hosts_at_end(f, item)) {    // "Moscow hosted the talks": who, and where
                struct item place = *item;
                place.flags = MENTION_LOCATIVE;
                add_place(f, &place, item->first, item->last);
            }
        } else {
            add_place(f, item, item->first, item->last);
        }
    }
}

void places_find(struct finder *f)
{
    item_vec items = {0};
    if (!(f->here & (PARTY_KINDS | KIND(CITY) | KIND(PLACE))))
        return;
    collect(f, &items);
    if (!items.count)
        return;
    spread_marks(f, &items);
    emit(f, &items);
}
