// SPDX-License-Identifier: MIT
// The name that belongs to an office: right behind it ("Energy Minister X", "ऊर्जा मंत्री X"), behind a comma ("the Permanent Secretary of
// Y, X,"), or before it ("X, Foreign Minister of Y").
//
// What an office is of may stand between the two in words of no lexicon; what stands behind a name may say whose the office is, or that
// the name is an institution's.
#include "mention/people.h"

#define COMPLEMENT_UNITS 9  // of what an office is of
#define DASH_REACH 12       // tokens between a dash and the last office behind it

static bool closes_apposition(const struct finder *f, uint32_t at)
{
    return at >= f->last || f->tokens[at].kind == TOKEN_PUNCT || (classes_at(f, at) & (GRAMMAR(AND) | GRAMMAR(AGENT)));
}

// "President X of the Dominican Republic", "X for Kenya", "Y for Nairobi", "Z from the Indian side": the state stands
// behind the name. Sets the token behind it.
uint16_t party_of_holder(const struct finder *f, uint32_t name_last, uint32_t *ret_last)
{
    uint64_t classes = classes_at(f, name_last);
    bool speaks_for = (classes & GRAMMAR(FOR)) && f->pack->config.head == HEAD_INITIAL && !pack_inflects(f->pack);
    if (f->pack->config.case_marks == CASE_BEFORE && !pack_inflects(f->pack) && is_mark(f, name_last, '(') &&
        party_at(f, name_last + 1) != PARTY_NONE && is_mark(f, unit_last(f, name_last + 1), ')')) {
        *ret_last = unit_last(f, name_last + 1) + 1;
        return party_at(f, name_last + 1);      // "X (Kenya)"
    }
    bool from = (classes & GRAMMAR(FROM)) && f->pack->config.case_marks == CASE_BEFORE && !pack_inflects(f->pack);
    if (f->pack->config.case_marks == CASE_AFTER || !((classes & GRAMMAR(OF)) || speaks_for || from))
        return PARTY_NONE;
    uint32_t at = skip_determiners(f, unit_last(f, name_last));
    const struct lexeme *city = lexeme_at(f, at, LEXICON_CITY);
    *ret_last = unit_last(f, at);
    if (city && party_at(f, at) == PARTY_NONE && f->world->cities.at[city->value].capital)
        return speaks_for ? f->world->cities.at[city->value].state : PARTY_NONE;
    return party_at(f, at);
}

// What an office is of, as far as it was read: words of no lexicon, words of the lexicon, and the party among them.
struct complement {
    uint32_t unknown, known;
    uint16_t party;
};

// Behind the unit at `at` if it may be part of what the office is of, else `at`.
static uint32_t complement_step(const struct finder *f, const struct office_chain *chain, uint32_t at, struct complement *c)
{
    uint32_t behind = unit_last(f, at), kinds = kinds_at(f, at);
    uint64_t classes = classes_at(f, at);
    const struct lexeme *city = lexeme_at(f, at, LEXICON_CITY);
    bool governed = city && chain->office == OFFICE_GOVERNOR;      // "the mayor of Nairobi X"
    uint16_t party = governed ? f->world->cities.at[city->value].state : party_at(f, at);
    if (!governed && (classes & (GRAMMAR(ON) | GRAMMAR(ABOUT))))     // "the agency for tourism", "for questions of enlargement"
        return behind;
    if (!governed && (classes & (GRAMMAR(IN) | GRAMMAR(DURING))) && (kinds_at(f, behind) & (KIND(CITY) | PARTY_KINDS))) {
        c->known++;     // where he serves
        return unit_last(f, behind);
    }
    if (governed || party != PARTY_NONE || (kinds & (FIELD_KINDS | KIND(ORGAN) | KIND(PLACE) | KIND(BODY) | KIND(SIDE)))) {
        c->party = c->party == PARTY_NONE ? party : c->party;
        c->known++;
        return behind;
    }
    if (f->covering[at] == SPAN_NONE && !(f->tokens[at].flags & TOKEN_CAPITAL)) {
        c->unknown++;
        return behind;
    }
    bool joins = (kinds & KIND(ORDINARY)) || (classes & GRAMMAR(AND));
    return joins && !(classes & ~(GRAMMAR(AND) | GRAMMAR(DETERMINER))) ? behind : at;
}

// Where endings join words, what an office is of may stand before the name in words of no lexicon ("the minister [of] public works X",
// "the ambassador of Y in Moscow X"). Returns where a name of two words begins behind such words, `at` if there is none: a single unknown
// word may be a verb.
static uint32_t over_complement(const struct finder *f, uint32_t at, struct office_chain *chain)
{
    struct complement c = {.party = PARTY_NONE};
    uint32_t next = at;
    for (int n = 0; n < COMPLEMENT_UNITS && next < f->last && !is_verb(f, next); n++) {
        if (is_mark(f, next, ',') && (kinds_at(f, next + 1) & FIELD_KINDS))
            next++;     // "the minister of agriculture, fishing and forests X"
        if (f->tokens[next].kind != TOKEN_WORD)
            return at;
        if (name_word_count(f, next, name_from(f, next)) >= 2) {
            if (!c.known && c.unknown < 2)
                return at;
            if (!chain->parties.count)
                party_set_add(&chain->parties, c.party);
            chain->last = next;
            return next;
        }
        uint32_t behind = complement_step(f, chain, next, &c);
        if (behind == next)
            return at;
        next = behind;
    }
    return at;
}

// What an office is of goes on at the token: "of …", "of energy | and mines", "of the Peruvian | Congress", "of Peru's | Cusco region".
static bool goes_on(const struct finder *f, uint32_t at, const struct office_chain *chain)
{
    uint64_t classes = classes_at(f, at);
    if (classes & (GRAMMAR(OF) | GRAMMAR(FOR) | GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(TO)))
        return true;
    uint32_t before = unit_first(f, at - 1);
    if (at >= f->last || f->tokens[at].kind != TOKEN_WORD || before <= chain->core)
        return false;
    if (features_at(f, at, LEXICON_GRAMMAR) & FEATURE(GEN))
        return true;
    if (classes & GRAMMAR(AND))
        return f->kinds[before] & FIELD_KINDS;
    bool owner = (party_at(f, before) != PARTY_NONE && party_role_at(f, before) == PARTY_ROLE_ADJECTIVE) ||
                 (features_at(f, before, LEXICON_GRAMMAR) & FEATURE(GEN));
    return owner && name_word_count(f, at, name_from(f, at)) < 2;
}

// "The director of the ministry's Europe department, X, said": where prepositions join words, what an office is of may be anything up to a
// comma, if the name behind it is closed by another. Returns the comma, `at` if there is none.
static uint32_t over_phrase(const struct finder *f, uint32_t at, struct office_chain *chain)
{
    uint16_t party = PARTY_NONE;
    uint32_t next = at;
    if (f->pack->config.case_marks != CASE_BEFORE || pack_inflects(f->pack) || at <= f->first || !goes_on(f, at, chain))
        return at;
    for (int n = 0; n < COMPLEMENT_UNITS && next < f->last && f->tokens[next].kind != TOKEN_PUNCT; n++) {
        if (is_verb(f, next) || (kinds_at(f, next) & KIND(OFFICE)) || (f->taken[next] & (TAKEN_NAME | TAKEN_OFFICE)) ||
            (classes_at(f, next) & (GRAMMAR(WHICH) | GRAMMAR(BE) | GRAMMAR(HAVE) | GRAMMAR(WILL) | GRAMMAR(WITH))))
            return at;
        party = party == PARTY_NONE ? party_at(f, next) : party;
        next = unit_last(f, next);
    }
    uint32_t end = is_mark(f, next, ',') ? name_from(f, next + 1) : next;
    if (end <= next + 1 || name_word_count(f, next + 1, end) < 2 || !is_mark(f, end, ','))
        return at;
    if (!chain->parties.count)
        party_set_add(&chain->parties, party);
    chain->last = next;
    return next;
}

// "King Abdulaziz Foundation", "Prince Sultan University": what follows the name makes an institution of it.
bool names_institution(const struct finder *f, uint32_t last)
{
    bool capital = last < f->last && !f->pack->config.plain_names && (f->tokens[last].flags & TOKEN_CAPITAL);
    return capital && (kinds_at(f, last) & (KIND(ORGAN) | KIND(PLACE))) && f->paragraph_role == PARAGRAPH_BODY;
}

// "The main emitting countries": behind a vague word for an office ("main", "chief"), one unknown word before another noun is no name where
// nothing tells names from words.
static bool is_doubtful(const struct finder *f, const struct office_chain *chain, uint32_t first, uint32_t end)
{
    bool vague = chain->office == OFFICE_OFFICIAL || chain->office == OFFICE_OTHER;
    if (!vague || !f->pack->config.plain_names || f->pack->config.case_marks != CASE_AFTER || end != first + 1 || end >= f->last ||
        (f->kinds[first] & KIND(NAME)) || person_by_word(f, first) != MENTION_NONE)
        return false;
    return f->tokens[end].kind == TOKEN_WORD && !classes_at(f, end) && !is_verb(f, end) && !(kinds_at(f, end) & KIND(HONORIFIC));
}

// A dash between blanks stands a few words before: the offices there are those of the name before it.
static bool follows_dash(const struct finder *f, uint32_t at)
{
    for (uint32_t t = at; t > f->first && t + DASH_REACH > at; t--)
        if (is_mark(f, t - 1, '-') && has_space_before(f, t - 1))
            return true;
    return false;
}

// A name right behind the chain, or behind a comma that a second one closes. Returns the end of the person, or chain->last.
uint32_t name_behind(struct finder *f, struct office_chain *chain, uint32_t *ret_first)
{
    uint32_t at = chain->plural ? chain->last : over_phrase(f, chain->last, chain);
    bool comma = is_mark(f, at, ',') || is_mark(f, at, ':') || is_mark(f, at, '-');
    uint32_t open = comma ? skip_determiners(f, at + 1) : at;
    bool titled = comma && (kinds_at(f, open) & KIND(HONORIFIC));       // "…, the Honourable X"
    uint32_t first = skip_honorifics(f, titled ? open : comma ? at + 1 : skip_named_place(f, at));
    uint32_t end = name_from(f, first);
    bool listed_fields = is_mark(f, at, ',') && (kinds_at(f, at + 1) & FIELD_KINDS);
    if (end == first && (!comma || listed_fields) && pack_inflects(f->pack) && !chain->plural) {
        first = over_complement(f, at, chain);
        end = first > at ? name_from(f, first) : first;
    }
    if (end == first || names_institution(f, end) || is_doubtful(f, chain, first, end))
        return chain->last;
    if (comma && first == at + 1 && !closes_apposition(f, end))
        return chain->last;
    if (comma && (kinds_at(f, skip_determiners(f, end + 1)) & KIND(OFFICE)) && is_mark(f, end, ',') && !chain->theirs &&
        chain->office != OFFICE_COUNTERPART)
        return chain->last;     // "…, X, minister of": the name belongs to what follows
    // "X – minister of A Y – minister of B": in a list whose lines ran together each name stands before its dash
    bool listed = is_mark(f, end, '-') && follows_dash(f, chain->first);
    if (listed && !is_joint(f, end) && (kinds_at(f, skip_determiners(f, end + 1)) & (KIND(OFFICE) | KIND(ORDINARY))))
        return chain->last;
    *ret_first = first;
    return end;
}

// A name before the chain: "X, Foreign Minister of Y". Returns its first token, or chain->first.
uint32_t name_before(const struct finder *f, const struct office_chain *chain, uint32_t *ret_last)
{
    if (chain->first < f->first + 2)
        return chain->first;
    uint32_t comma = chain->first - 1;
    for (int n = 0; n < 2 && pack_inflects(f->pack) && comma > f->first + 1 && f->tokens[comma].kind == TOKEN_WORD &&
                    (kinds_at(f, comma) & KIND(ORDINARY)) && !classes_at(f, comma); n++)
        comma--;    // "X, the special assistant of"
    if (classes_at(f, comma) & GRAMMAR(DETERMINER))
        comma = comma > f->first ? unit_first(f, comma) - 1 : comma;
    bool copula = f->pack->config.head == HEAD_INITIAL && (classes_at(f, comma) & GRAMMAR(BE)) && comma > f->first + 2;
    if (copula && (classes_at(f, comma - 1) & GRAMMAR(WHICH)))      // "X, who is deputy director for …"
        comma -= 2;
    if (!is_mark(f, comma, ',') && !is_mark(f, comma, '(') && !is_mark(f, comma, '-'))
        return chain->first;
    if (f->taken[comma - 1] & TAKEN_NAME)
        return chain->first;
    uint32_t end = comma;
    for (uint32_t open = comma - 1; is_mark(f, comma - 1, ')') && open > f->first + 2 && comma - open < BRACKET_TOKENS; open--)
        if (is_mark(f, open, '(') && skip_brackets(f, open, BRACKET_TOKENS) == comma)
            end = open;     // "X (Kenya), minister of"
    uint32_t first = name_until(f, end, f->first);
    // a place and its state, or a list of anything capitalised, is no name: two words at least, or a known one
    if (first == end || (name_word_count(f, first, end) < 2 && person_by_word(f, first) == MENTION_NONE))
        return chain->first;
    *ret_last = end;
    return first;
}
