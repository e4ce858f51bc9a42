// SPDX-License-Identifier: MIT
// People: names tied to offices, then names alone, then what the whole report tells of each.
//
// First pass, sentence by sentence: every chain of offices is tied to the name behind it ("Energy Minister X", "ऊर्जा मंत्री X"), behind a
// comma ("the Permanent Secretary of Y, X,") or before it ("X, Foreign Minister of Y"); a plural takes a list of names. Honorifics, and
// places where only a person can stand (who chaired, who said), tie names without office. An office without a name is a mention that
// names no person, linked to the one person of the report who holds it.
// Second pass: words of known names found alone ("Leghari", "लेघारी ने").
// Last, over the document: counterparts take the office of the one they face, and people without a named party take the party that is
// left when the other side's holder of the same office is known, or the state that the dateline writes from.
// Invariant: name tokens are marked TAKEN_NAME, so no topic, place or party is read inside a name.
#include "mention/people.h"

#define LIST_MAX 12         // names of one list
#define COMPLEMENT_UNITS 9  // of what an office is of
#define LOOK_BACK 40        // people mentions searched for the one whom a counterpart faces

static void mark(struct finder *f, uint32_t first, uint32_t last, uint8_t taken)
{
    for (uint32_t t = first; t < last; t++)
        f->taken[t] |= taken;
}

// Mentions inside a name are no mentions ("Jordan" in "Jordan Bardella"): they are dropped when the layer is closed.
static struct mention *add_person(struct finder *f, uint32_t first, uint32_t last, uint32_t name_first, uint32_t name_last,
                                  const struct office_chain *chain)
{
    uint32_t person = name_first < name_last ? person_note(f, name_first, name_last) : MENTION_NONE;
    mark(f, name_first, name_last, TAKEN_NAME);
    struct mention *m = finder_add(f, MENTION_PERSON, first, last);
    m->entity = person;
    if (chain) {
        m->code = chain->office;
        m->lexeme = chain->lexeme;
        m->parties = chain->parties;
        if (chain->plural)
            m->flags |= MENTION_PLURAL;
    }
    if (person != MENTION_NONE) {
        struct person *p = &f->document->people.at[person];
        if (p->name_first == name_first)
            p->mention = f->document->mentions.count - 1;
        uint16_t party = chain && chain->parties.count == 1 ? chain->parties.at[0] : PARTY_NONE;
        bool led = f->delegation_party != PARTY_NONE && f->delegation_sentence == f->sentence;
        if (led && (!chain || !chain->parties.count)) {
            party = f->delegation_party;
            f->delegation_party = PARTY_NONE;   // the first one named leads it
        }
        person_know(f, person, chain ? chain->office : CODE_NONE, chain ? chain->portfolio : 0, party);
    }
    return m;
}

static void set_marks(const struct finder *f, struct mention *m)
{
    uint64_t classes = 0;
    if (f->pack->config.case_marks == CASE_AFTER)
        classes = classes_at(f, m->last);
    else if (m->first > f->first)
        classes = classes_at(f, unit_first(f, m->first - 1));
    if (classes & (GRAMMAR(AGENT) | GRAMMAR(BY)))
        m->flags |= MENTION_AGENT;
    if (classes & GRAMMAR(WITH))
        m->flags |= MENTION_WITH;
}

static bool is_honorific(const struct finder *f, uint32_t at, uint8_t side)
{
    const struct lexeme *lexeme = lexeme_at(f, at, LEXICON_HONORIFIC);
    return lexeme && lexeme->value == side;
}

static uint32_t skip_honorifics(const struct finder *f, uint32_t at)
{
    for (int n = 0; n < 4 && is_honorific(f, at, HONORIFIC_BEFORE); n++) {
        at = unit_last(f, at);
        if (is_mark(f, at, '.'))
            at++;
    }
    return at;
}

static uint32_t skip_after_honorifics(const struct finder *f, uint32_t at)
{
    while (is_honorific(f, at, HONORIFIC_AFTER))
        at = unit_last(f, at);
    return at;
}

static bool closes_apposition(const struct finder *f, uint32_t at)
{
    return at >= f->last || f->tokens[at].kind == TOKEN_PUNCT || (classes_at(f, at) & (GRAMMAR(AND) | GRAMMAR(AGENT)));
}

// ---- names of a chain -----------------------------------------------------------------------------------------------------

// "President X of the Dominican Republic", "X for Kenya", "Y for Nairobi": the state stands behind the name. Sets the token behind it.
static uint16_t party_of_holder(const struct finder *f, uint32_t name_last, uint32_t *ret_last)
{
    uint64_t classes = classes_at(f, name_last);
    bool speaks_for = (classes & GRAMMAR(FOR)) && f->pack->config.head == HEAD_INITIAL && !pack_inflects(f->pack);
    if (f->pack->config.case_marks == CASE_AFTER || !((classes & GRAMMAR(OF)) || speaks_for))
        return PARTY_NONE;
    uint32_t at = skip_determiners(f, unit_last(f, name_last));
    const struct lexeme *city = lexeme_at(f, at, LEXICON_CITY);
    *ret_last = unit_last(f, at);
    if (city && party_at(f, at) == PARTY_NONE && f->world->cities.at[city->value].capital)
        return speaks_for ? f->world->cities.at[city->value].state : PARTY_NONE;
    return party_at(f, at);
}

// "The ministers of A, X, and of B, Y": over "of B," to the next name; PARTY_NONE if nothing of the sort stands there.
static uint16_t skip_next_party(const struct finder *f, uint32_t *at)
{
    if (f->pack->config.case_marks != CASE_BEFORE || !(classes_at(f, *at) & GRAMMAR(OF)))
        return PARTY_NONE;
    uint32_t state = skip_determiners(f, unit_last(f, *at));
    uint16_t party = party_at(f, state);
    if (party != PARTY_NONE)
        *at = unit_last(f, state) + is_mark(f, unit_last(f, state), ',');
    return party;
}

// "Ministers X and Y": further names of the list, each a person with the office.
static uint32_t add_list(struct finder *f, uint32_t at, const struct office_chain *chain, uint8_t index)
{
    for (int n = 0; n < LIST_MAX; n++) {
        uint32_t next = at;
        next = skip_brackets(f, next, BRACKET_TOKENS);     // "X (economy) and Y (trade)"
        if (is_mark(f, next, ','))
            next++;
        if (classes_at(f, next) & GRAMMAR(AND))
            next = unit_last(f, next);
        if (next == at)
            break;
        uint16_t party = skip_next_party(f, &next);
        next = skip_honorifics(f, skip_determiners(f, next));
        uint32_t begin = next;
        uint16_t own = pack_inflects(f->pack) ? party_at(f, next) : PARTY_NONE;   // "the presidents of A X and of B Y"
        if (own != PARTY_NONE)
            next = unit_last(f, next);
        uint32_t end = name_from(f, next);
        if (end == next)
            break;
        struct office_chain one = *chain;
        one.plural = false;
        one.parties.count = 0;
        uint32_t behind = end;
        if (own != PARTY_NONE)
            party = own;
        else if (party == PARTY_NONE)
            party = party_of_holder(f, end, &behind);
        if (party != PARTY_NONE)
            party_set_add(&one.parties, party);
        else if (chain->parties.count > ++index)
            party_set_add(&one.parties, chain->parties.at[index]);
        set_marks(f, add_person(f, begin, end, next, end, &one));
        at = behind == end || party == PARTY_NONE ? end : behind;
    }
    return at;
}

// "The health ministers, क्यूबा के X और अंगोला की Y": each name behind its state. Returns the end of the list, or chain->last.
static uint32_t add_list_of_states(struct finder *f, const struct office_chain *chain)
{
    uint32_t at = chain->last;
    if (f->pack->config.case_marks != CASE_AFTER)
        return at;
    for (int n = 0; n < LIST_MAX; n++) {
        uint32_t next = is_mark(f, at, ',') || is_mark(f, at, '-') || is_mark(f, at, ':') || is_mark(f, at, '(') ? at + 1 : at;
        if (classes_at(f, next) & GRAMMAR(AND))
            next = unit_last(f, next);
        uint16_t party = party_at(f, next);
        uint32_t mark = party == PARTY_NONE ? next : unit_last(f, next);
        if (next == at || party == PARTY_NONE || !(classes_at(f, mark) & GRAMMAR(OF)))
            break;
        uint32_t first = skip_honorifics(f, unit_last(f, mark)), end = name_from(f, first);
        if (end == first)
            break;
        struct office_chain one = *chain;
        one.plural = false;
        one.parties = (struct party_set){.at = {party}, .count = 1};
        set_marks(f, add_person(f, first, end, first, end, &one));
        at = end;
    }
    return at;
}

static bool is_verb(const struct finder *f, uint32_t at)
{
    const struct span_layer *triggers = &f->document->triggers;
    uint32_t span = triggers->covering ? triggers->covering[at] : SPAN_NONE;
    uint32_t features = span == SPAN_NONE ? 0 : triggers->at[span].features;
    return features & (FEATURE(PAST) | FEATURE(PRES) | FEATURE(FUT) | FEATURE(INF) | FEATURE(PART) | FEATURE(GER));
}

// Where endings join words, what an office is of may stand before the name in words of no lexicon ("the minister [of] public works X",
// "the ambassador of Y in Moscow X"). Returns where a name of two words begins behind such words, `at` if there is none: a single unknown
// word may be a verb.
static uint32_t over_complement(const struct finder *f, uint32_t at, struct office_chain *chain)
{
    uint32_t unknown = 0, known = 0, next = at;
    uint16_t party = PARTY_NONE;
    for (int n = 0; n < COMPLEMENT_UNITS && next < f->last && !is_verb(f, next); n++) {
        if (is_mark(f, next, ',') && (kinds_at(f, next + 1) & FIELD_KINDS))
            next++;     // "the minister of agriculture, fishing and forests X"
        if (f->tokens[next].kind != TOKEN_WORD)
            return at;
        uint32_t end = name_from(f, next);
        uint64_t classes = classes_at(f, next);
        if (name_word_count(f, next, end) >= 2) {
            if (unknown + known == 0 || (unknown == 1 && !known))
                return at;
            if (!chain->parties.count && party != PARTY_NONE)
                party_set_add(&chain->parties, party);
            chain->last = next;
            return next;
        }
        uint32_t behind = unit_last(f, next);
        const struct lexeme *city = lexeme_at(f, next, LEXICON_CITY);
        bool joint = classes & (GRAMMAR(ON) | GRAMMAR(ABOUT));   // "the agency for tourism", "for questions of enlargement"
        if (city && chain->office == OFFICE_GOVERNOR) {     // "the mayor of Nairobi X"
            party = party == PARTY_NONE ? f->world->cities.at[city->value].state : party;
            known++;
            next = behind;
        } else if (joint) {
            next = behind;
        } else if ((classes & (GRAMMAR(IN) | GRAMMAR(DURING))) && (kinds_at(f, behind) & (KIND(CITY) | PARTY_KINDS))) {   // where he serves
            known++;
            next = unit_last(f, behind);
        } else if (party_at(f, next) != PARTY_NONE) {
            party = party == PARTY_NONE ? party_at(f, next) : party;
            known++;
            next = behind;
        } else if (kinds_at(f, next) & (FIELD_KINDS | KIND(ORGAN) | KIND(PLACE) | KIND(BODY) | KIND(SIDE))) {
            known++;
            next = behind;
        } else if (f->covering[next] == SPAN_NONE && !(f->tokens[next].flags & TOKEN_CAPITAL)) {
            unknown++;
            next = behind;
        } else if ((kinds_at(f, next) & KIND(ORDINARY)) || (classes & GRAMMAR(AND))) {
            if (classes & ~(GRAMMAR(AND) | GRAMMAR(DETERMINER)))
                return at;
            next = behind;
        } else {
            return at;
        }
    }
    return at;
}

// "King Abdulaziz Foundation", "Prince Sultan University": what follows the name makes an institution of it.
static bool names_institution(const struct finder *f, uint32_t last)
{
    bool capital = last < f->last && !f->pack->config.plain_names && (f->tokens[last].flags & TOKEN_CAPITAL);
    return capital && (kinds_at(f, last) & (KIND(ORGAN) | KIND(PLACE))) && f->paragraph_role == PARAGRAPH_BODY;
}

// A name right behind the chain, or behind a comma that a second one closes. Returns the end of the person, or chain->last.
static uint32_t name_behind(struct finder *f, struct office_chain *chain, uint32_t *ret_first)
{
    uint32_t at = chain->last;
    bool comma = is_mark(f, at, ',') || is_mark(f, at, ':') || is_mark(f, at, '-');
    uint32_t first = skip_honorifics(f, comma ? at + 1 : skip_named_place(f, at));
    uint32_t end = name_from(f, first);
    bool listed_fields = is_mark(f, at, ',') && (kinds_at(f, at + 1) & FIELD_KINDS);
    if (end == first && (!comma || listed_fields) && pack_inflects(f->pack) && !chain->plural) {
        first = over_complement(f, at, chain);
        end = first > at ? name_from(f, first) : first;
    }
    if (end == first || names_institution(f, end))
        return chain->last;
    if (comma && first == at + 1 && !closes_apposition(f, end))
        return chain->last;
    if (comma && (kinds_at(f, skip_determiners(f, end + 1)) & KIND(OFFICE)) && is_mark(f, end, ',') && !chain->theirs)
        return chain->last;     // "…, X, minister of": the name belongs to what follows
    // "X – minister of A Y – minister of B": in a list whose lines ran together each name stands before its dash
    bool listed = chain->first > f->first && is_mark(f, chain->first - 1, '-') && is_mark(f, end, '-');
    if (listed && !is_joint(f, end) && (kinds_at(f, skip_determiners(f, end + 1)) & (KIND(OFFICE) | KIND(ORDINARY))))
        return chain->last;
    *ret_first = first;
    return end;
}

// A name before the chain: "X, Foreign Minister of Y". Returns its first token, or chain->first.
static uint32_t name_before(const struct finder *f, const struct office_chain *chain, uint32_t *ret_last)
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
    uint32_t first = name_until(f, end, f->first);
    // a place and its state, or a list of anything capitalised, is no name: two words at least, or a known one
    if (first == end || (name_word_count(f, first, end) < 2 && person_by_word(f, first) == MENTION_NONE))
        return chain->first;
    *ret_last = end;
    return first;
}

// "The Pakistani delegation was led by X", "X led the Pakistani delegation": X is of that party unless the words say otherwise.
static void note_delegation(struct finder *f, const struct office_chain *chain)
{
    struct document *d = f->document;
    if (chain->parties.count != 1)
        return;
    if (f->pack->config.case_marks == CASE_AFTER && (classes_at(f, chain->last) & (GRAMMAR(OBJECT) | GRAMMAR(WITH))))
        return;     // who speaks to the delegation does not lead it
    f->delegation_sentence = f->sentence;
    f->delegation_party = chain->parties.at[0];
    for (uint32_t i = d->mentions.count; i-- > 0 && d->mentions.at[i].sentence == f->sentence;) {
        struct mention *m = &d->mentions.at[i];
        if (m->kind != MENTION_PERSON || m->entity == MENTION_NONE)
            continue;
        if (!m->parties.count)
            person_know(f, m->entity, CODE_NONE, 0, f->delegation_party);
        return;
    }
}


// "The heads of government X Y and Z W": a form of both numbers is plural where a second name of two words follows.
static bool lists_names(const struct finder *f, const struct office_chain *chain, uint32_t at)
{
    if (!chain->many || !pack_inflects(f->pack) || !(classes_at(f, at) & GRAMMAR(AND)))
        return false;
    uint32_t first = unit_last(f, at), end = name_from(f, first);
    return name_word_count(f, first, end) >= 2;
}

static uint32_t find_office(struct finder *f, uint32_t at)
{
    struct office_chain chain;
    office_read(f, at, &chain);
    if (chain.office == OFFICE_DELEGATION)
        note_delegation(f, &chain);
    for (uint32_t t = chain.first; t < chain.last; t++)
        if (f->taken[t] & (TAKEN_BODY | TAKEN_NAME))
            chain.first = t + 1 <= at ? t + 1 : chain.first;
    uint32_t name_first = 0, name_last = 0, end = name_behind(f, &chain, &name_first);
    mark(f, chain.first, chain.last, TAKEN_OFFICE);
    if (end > chain.last) {
        uint32_t behind = end;
        uint16_t holder = chain.parties.count ? PARTY_NONE : party_of_holder(f, end, &behind);
        if (!chain.plural)
            party_set_add(&chain.parties, holder);
        struct office_chain one = chain;
        if (chain.plural && holder != PARTY_NONE)
            party_set_add(&one.parties, holder);
        if (chain.plural && chain.parties.count > 1)
            one.parties.count = 1;
        one.plural = false;
        uint32_t last = skip_after_honorifics(f, end);
        struct mention *m = add_person(f, chain.first, last, name_first, end, &one);
        set_marks(f, m);
        chain.plural |= lists_names(f, &chain, last);
        return chain.plural ? add_list(f, holder == PARTY_NONE ? last : behind, &chain, 0) : last;
    }
    uint32_t first = name_before(f, &chain, &name_last);
    if (first < chain.first) {
        set_marks(f, add_person(f, first, chain.last, first, name_last, &chain));
        return chain.last;
    }
    if (chain.plural && chain.office != OFFICE_DELEGATION) {
        uint32_t listed = add_list_of_states(f, &chain);
        if (listed > chain.last)
            return listed;
    }
    if (chain.plural && chain.parties.count && chain.office != OFFICE_OFFICIAL && chain.office != OFFICE_DELEGATION) {
        struct shared_office shared = {.parties = chain.parties, .office = chain.office, .portfolio = chain.portfolio,
                                       .lexeme = chain.lexeme};
        vec_push(f->arena, &f->shared_offices, shared);
    }
    if (chain.office != OFFICE_DELEGATION)
        set_marks(f, add_person(f, chain.first, chain.last, 0, 0, &chain));
    return chain.last;
}

// ---- names without office -------------------------------------------------------------------------------------------------

static bool personal_trigger(const struct finder *f, uint32_t at)
{
    const struct span_layer *triggers = &f->document->triggers;
    if (at < f->first || at >= f->last || !triggers->covering || triggers->covering[at] == SPAN_NONE)
        return false;
    for (uint32_t i = triggers->covering[at]; i < triggers->count && triggers->at[i].first == triggers->at[triggers->covering[at]].first;
         i++) {
        const struct rule *rule = &f->pack->rules.at[f->pack->lexemes.at[triggers->at[i].lexeme].value];
        if (rule->role != ROLE_NONE || rule->makes == MEETING_MEETING || rule->makes == MEETING_CALL)
            return true;
    }
    return false;
}

// The party that a name without office belongs to by what stands beside it: "Japan's X", "X of Japan", "जापान की ओर से X".
static uint16_t party_beside(const struct finder *f, uint32_t first, uint32_t last)
{
    uint32_t at = first;
    bool tied = false;
    for (int n = 0; n < 3 && at > f->first; n++) {
        uint32_t unit = unit_first(f, at - 1);
        uint64_t classes = classes_at(f, unit);
        if (party_at(f, unit) != PARTY_NONE)
            return tied || party_role_at(f, unit) == PARTY_ROLE_ADJECTIVE ? party_at(f, unit) : PARTY_NONE;
        bool genitive = (features_at(f, unit, LEXICON_GRAMMAR) & FEATURE(GEN)) ||
                        (f->pack->config.case_marks == CASE_AFTER && (classes & (GRAMMAR(OF) | GRAMMAR(AGENT))));
        if (!genitive && !is_mark(f, unit, ','))
            break;
        tied |= genitive;
        at = unit;
    }
    return party_of_holder(f, last, &at);
}

// The office that the report gives to several at once, of whom one is of this party: "the defence ministers of X, Y and Z".
static const struct shared_office *office_shared(const struct finder *f, uint16_t party)
{
    for (uint32_t i = f->shared_offices.count; i-- > 0;) {
        const struct party_set *set = &f->shared_offices.at[i].parties;
        for (uint8_t k = 0; k < set->count; k++)
            if (set->at[k] == party)
                return &f->shared_offices.at[i];
    }
    return NULL;
}

// Something that only a person does stands right beside the name.
static bool stands_as_person(const struct finder *f, uint32_t first, uint32_t last)
{
    uint64_t behind = classes_at(f, last), before = first > f->first ? classes_at(f, first - 1) : 0;
    if (f->pack->config.case_marks == CASE_AFTER)
        return (behind & GRAMMAR(AGENT)) && name_word_count(f, first, last) >= 2;
    if (behind & GRAMMAR(SAID) || personal_trigger(f, last))
        return true;
    if ((before & GRAMMAR(BY)) && first > f->first + 1 && personal_trigger(f, unit_first(f, first - 1) - 1))
        return true;
    if ((before & GRAMMAR(WITH)) && first > f->first + 1 && (kinds_at(f, unit_first(f, first - 1) - 1) & KIND(MEETING)))
        return true;    // "talks with X"
    return first > f->first && personal_trigger(f, first - 1) && !(before & ~GRAMMAR(SAID));
}

static bool beside_person(const struct finder *f, uint32_t first)
{
    // "Minister X and Luxembourg's Y"
    if (f->pack->config.case_marks == CASE_BEFORE && first > f->first && (features_at(f, first - 1, LEXICON_GRAMMAR) & FEATURE(GEN)) &&
        first > f->first + 1 && party_at(f, unit_first(f, first - 2)) != PARTY_NONE)
        first = unit_first(f, first - 2);
    return first > f->first + 1 && (classes_at(f, first - 1) & GRAMMAR(AND)) && (f->taken[unit_first(f, first - 1) - 1] & TAKEN_NAME);
}

// "X and Y" where Y is surely a person.
static bool before_person(const struct finder *f, uint32_t last, int steps)
{
    if (is_mark(f, last, ',')) {    // "X, Y and Z"
        uint32_t end = name_from(f, last + 1);
        return end > last + 1 && name_word_count(f, last + 1, end) >= 2 && steps > 0 && before_person(f, end, steps - 1);
    }
    if (!(classes_at(f, last) & GRAMMAR(AND)))
        return false;
    uint32_t first = unit_last(f, last), end = name_from(f, first);
    return end > first && name_word_count(f, first, end) >= 2 &&
           ((f->taken[first] & TAKEN_NAME) || name_has_given(f, first, end) || person_find(f, first, end, false) != MENTION_NONE);
}

// "X of the Emirati foreign ministry": one of its officials.
static bool is_of_organ(const struct finder *f, uint32_t name_last)
{
    uint32_t at = name_last;
    if (f->pack->config.case_marks != CASE_BEFORE || !(classes_at(f, at) & (GRAMMAR(OF) | GRAMMAR(FROM))))
        return false;
    at = skip_determiners(f, unit_last(f, at));
    for (int n = 0; n < 3 && at < f->last && (party_at(f, at) != PARTY_NONE || (kinds_at(f, at) & FIELD_KINDS)); n++)
        at = unit_last(f, at);
    const struct lexeme *organ = lexeme_at(f, at, LEXICON_ORGAN);
    return organ && (organ->value == ORGAN_MINISTRY || organ->value == ORGAN_GOVERNMENT || organ->value == ORGAN_EMBASSY);
}

// "The foreign minister of A, X, his counterpart from B, Y, and the Cs' Z": who closes a list by a state's genitive holds the same office.
static void share_office(struct finder *f, uint32_t first, uint16_t party)
{
    struct document *d = f->document;
    bool genitive = first > f->first && (features_at(f, first - 1, LEXICON_GRAMMAR) & FEATURE(GEN));
    if (party == PARTY_NONE || !genitive || f->pack->config.head != HEAD_INITIAL || pack_inflects(f->pack))
        return;
    uint32_t self = d->mentions.at[d->mentions.count - 1].entity, holders = 0;
    uint8_t office = CODE_NONE;
    for (uint32_t i = 0; i + 1 < d->mentions.count; i++) {
        const struct mention *m = &d->mentions.at[i];
        if (m->sentence != f->sentence || m->kind != MENTION_PERSON || m->entity == MENTION_NONE || m->first > first)
            continue;
        if (m->code == OFFICE_FOREIGN_MINISTER || m->code == OFFICE_HEAD_OF_STATE || m->code == OFFICE_HEAD_OF_GOVERNMENT)
            office = (uint8_t)m->code;
        holders += m->code == OFFICE_COUNTERPART || (office != CODE_NONE && m->code == office);
    }
    if (holders > 1 && office != CODE_NONE)
        person_know(f, self, office, 0, party);
}

// A person of whom the text tells no office, but perhaps the party.
static void add_nameless(struct finder *f, uint32_t first, uint32_t last, uint16_t party)
{
    struct mention *m = add_person(f, first, skip_after_honorifics(f, last), first, last, NULL);
    if (party != PARTY_NONE)
        person_know(f, m->entity, CODE_NONE, 0, party);
    set_marks(f, m);
}

static uint32_t find_nameless_office(struct finder *f, uint32_t at)
{
    // a run of name words that no office claims
    uint32_t end = name_from(f, at);
    if (end == at)
        return at + 1;
    if (names_institution(f, end) && f->pack->config.head == HEAD_INITIAL && !pack_inflects(f->pack))
        return end;
    uint32_t words = name_word_count(f, at, end);
    bool given = name_has_given(f, at, end);
    uint16_t party = words >= 2 ? party_beside(f, at, end) : PARTY_NONE;
    const struct shared_office *shared = party != PARTY_NONE ? office_shared(f, party) : NULL;
    // "X of Japan": who is of a state by name is a person
    given |= party != PARTY_NONE && (classes_at(f, end) & GRAMMAR(OF)) && f->pack->config.case_marks == CASE_BEFORE &&
             f->world->parties.at[party].state;
    bool known = words >= 2 && (given || shared || beside_person(f, at) || before_person(f, end, LIST_MAX) || stands_as_person(f, at, end));
    if (shared && !(f->tokens[at].flags & TOKEN_QUOTED)) {
        struct office_chain chain = {.office = shared->office, .portfolio = shared->portfolio, .lexeme = shared->lexeme};
        party_set_add(&chain.parties, party);
        set_marks(f, add_person(f, at, skip_after_honorifics(f, end), at, end, &chain));
    } else if (known && !(f->tokens[at].flags & TOKEN_QUOTED) && f->paragraph_role == PARAGRAPH_BODY) {
        add_nameless(f, at, end, party);
        share_office(f, at, party);
        if (is_of_organ(f, end))
            person_know(f, f->document->mentions.at[f->document->mentions.count - 1].entity, OFFICE_OFFICIAL, 0, party);
    }
    return end;
}

static uint32_t find_honorific(struct finder *f, uint32_t at)
{
    uint32_t first = skip_honorifics(f, at), end = name_from(f, first);
    if (end == first)
        return unit_last(f, at);
    // "Mr X, Deputy Secretary": the office behind the comma belongs to him
    uint32_t comma = is_mark(f, end, ',') ? skip_determiners(f, end + 1) : end;
    for (int n = 0; comma > end && n < 3 && comma < f->last; n++) {
        if (kinds_at(f, comma) & KIND(OFFICE)) {
            struct office_chain chain;
            office_read(f, comma, &chain);
            mark(f, chain.first, chain.last, TAKEN_OFFICE);
            set_marks(f, add_person(f, at, chain.last, first, end, &chain));
            return chain.last;
        }
        if (!(kinds_at(f, comma) & (FIELD_KINDS | KIND(ORDINARY) | PARTY_KINDS | KIND(GRAMMAR))))
            break;
        comma = unit_last(f, comma);
    }
    set_marks(f, add_person(f, at, skip_after_honorifics(f, end), first, end, NULL));
    return end;
}

void people_find(struct finder *f)
{
    if (!(f->here & (KIND(OFFICE) | KIND(HONORIFIC))))
        return;
    for (uint32_t at = f->first; at < f->last;) {
        uint32_t kinds = f->kinds[at];
        if (!(kinds & (KIND(OFFICE) | KIND(HONORIFIC)))) {
            at++;       // the words of a unit are all of its kinds, or none
            continue;
        }
        uint32_t next = unit_last(f, at);
        if (f->taken[at] & (TAKEN_NAME | TAKEN_DATE | TAKEN_BODY | TAKEN_DATELINE)) {
            at = next;
            continue;
        }
        if (kinds & KIND(OFFICE))
            next = find_office(f, at);
        else if (is_honorific(f, at, HONORIFIC_BEFORE))
            next = find_honorific(f, at);
        at = next > at ? next : at + 1;
    }
}

// ---- second pass: names alone ---------------------------------------------------------------------------------------------

static bool may_be_bare(const struct finder *f, uint32_t at)
{
    const struct token *token = &f->tokens[at];
    if (token->kind != TOKEN_WORD || !(f->pack->config.plain_names || (token->flags & TOKEN_CAPITAL)))
        return false;
    if ((f->taken[at] & (TAKEN_NAME | TAKEN_OFFICE | TAKEN_DATE | TAKEN_BODY | TAKEN_DATELINE)))
        return false;
    return f->covering[at] == SPAN_NONE || (f->kinds[at] & KIND(NAME));
}

// "X Y of Z" of one of whom other sentences say only "President Y": the fuller name is the person's.
static void widen_name(struct finder *f, uint32_t person, uint32_t first, uint32_t last)
{
    const struct person *p = &f->document->people.at[person];
    uint32_t words = name_word_count(f, first, last);
    bool fuller = words == 2 && name_word_count(f, p->name_first, p->name_last) == 1 && !f->pack->config.plain_names;
    bool body = f->paragraph_role == PARAGRAPH_BODY && !(f->tokens[first].flags & TOKEN_QUOTED) && !is_verb(f, first);
    if (fuller && body && !pack_inflects(f->pack) && person_has_word(f, person, last - 1)) {
        struct person *own = &f->document->people.at[person];
        own->name_first = first;
        own->name_last = last;
    }
}

// "Y of Z", where another sentence gave the name alone.
static void know_party_beside(struct finder *f, uint32_t person, uint32_t first, uint32_t last)
{
    if (f->pack->config.case_marks == CASE_BEFORE && !pack_inflects(f->pack) && f->paragraph_role == PARAGRAPH_BODY)
        person_know(f, person, CODE_NONE, 0, party_beside(f, first, last));
}

static uint32_t find_bare(struct finder *f, uint32_t at)
{
    uint32_t end = name_from(f, at), person = MENTION_NONE;
    if (end == at)
        end = at + 1;
    person = person_find(f, at, end, true);
    if (person == MENTION_NONE) {
        person = person_by_word(f, at);
        if (person == MENTION_NONE)
            return find_nameless_office(f, at);
        end = at + 1;
    }
    // words beyond the name (a headline, an unknown word) do not belong to it
    while (end > at + 1 && !person_has_word(f, person, end - 1) && f->tokens[end - 1].kind == TOKEN_WORD)
        end--;
    struct mention *m = finder_add(f, MENTION_PERSON, at, skip_after_honorifics(f, end));
    m->entity = person;
    f->document->people.at[person].mentions++;
    widen_name(f, person, at, end);
    mark(f, at, end, TAKEN_NAME);
    set_marks(f, m);
    know_party_beside(f, person, at, end);
    return end;
}

void people_find_bare(struct finder *f)
{
    for (uint32_t at = f->first; at < f->last;)
        at = may_be_bare(f, at) ? find_bare(f, at) : at + 1;
}

// ---- what the report as a whole tells -------------------------------------------------------------------------------------

// The two parties that the report names most; PARTY_NONE where there are fewer.
static void main_parties(const struct finder *f, uint16_t pair[2])
{
    const struct document *d = f->document;
    uint32_t *counts = ARENA_ARRAY(f->arena, uint32_t, f->world->parties.count);
    pair[0] = pair[1] = PARTY_NONE;
    for (uint32_t i = 0; i < d->mentions.count; i++)
        if (d->mentions.at[i].kind == MENTION_PARTY && d->mentions.at[i].code < f->world->parties.count)
            counts[d->mentions.at[i].code]++;
    if (f->dateline_state != PARTY_NONE)
        counts[f->dateline_state]++;
    for (uint16_t p = 0; p < f->world->parties.count; p++) {
        if (!counts[p])
            continue;
        if (pair[0] == PARTY_NONE || counts[p] > counts[pair[0]]) {
            pair[1] = pair[0];
            pair[0] = p;
        } else if (pair[1] == PARTY_NONE || counts[p] > counts[pair[1]]) {
            pair[1] = p;
        }
    }
}

// The person whom a counterpart faces: the nearest one before in the text, else behind, who is not of the same party.
static uint32_t faced_by(const struct finder *f, uint32_t index)
{
    const struct document *d = f->document;
    const struct mention *self = &d->mentions.at[index];
    uint32_t looked = 0;
    for (uint32_t i = index; i-- > 0 && looked < LOOK_BACK;) {
        const struct mention *m = &d->mentions.at[i];
        if (m->kind != MENTION_PERSON || m->entity == MENTION_NONE || m->entity == self->entity)
            continue;
        looked++;
        const struct person *p = &d->people.at[m->entity];
        if (p->office != CODE_NONE && (self->parties.count != 1 || p->party != self->parties.at[0]))
            return m->entity;
    }
    for (uint32_t i = index + 1; i < d->mentions.count && i < index + LOOK_BACK; i++) {
        const struct mention *m = &d->mentions.at[i];
        if (m->kind == MENTION_PERSON && m->entity != MENTION_NONE && m->entity != self->entity &&
            d->people.at[m->entity].office != CODE_NONE)
            return m->entity;
    }
    return MENTION_NONE;
}

// Counterparts take the office of whom they face: "राजनाथ और जयशंकर अपने समकक्षों क और ख": in the same order.
static void know_counterparts(struct finder *f, uint32_t *facing)
{
    struct document *d = f->document;
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        struct mention *m = &d->mentions.at[i];
        if (m->kind != MENTION_PERSON || m->code != OFFICE_COUNTERPART || m->entity == MENTION_NONE)
            continue;
        uint32_t others[LIST_MAX], count = 0, row = 1;
        while (i + row < d->mentions.count && d->mentions.at[i + row].kind == MENTION_PERSON &&
               d->mentions.at[i + row].code == OFFICE_COUNTERPART)
            row++;
        for (uint32_t k = i; k-- > 0 && count < LIST_MAX && count < row;) {
            const struct mention *o = &d->mentions.at[k];
            if (o->sentence != m->sentence)
                break;
            if (o->kind == MENTION_PERSON && o->entity != MENTION_NONE && o->code != OFFICE_COUNTERPART &&
                d->people.at[o->entity].office != CODE_NONE)
                others[count++] = o->entity;
        }
        for (uint32_t run = 0; run < row; run++) {
            struct mention *one = &d->mentions.at[i + run];
            uint32_t faced = row > 1 && count == row ? others[row - 1 - run] : faced_by(f, i + run);
            if (faced == MENTION_NONE || one->entity == MENTION_NONE || faced == one->entity)
                continue;
            const struct person *p = &d->people.at[faced];
            facing[one->entity] = faced;
            person_know(f, one->entity, p->office, p->portfolio, one->parties.count == 1 ? one->parties.at[0] : PARTY_NONE);
            if (one->code == OFFICE_COUNTERPART && p->office != CODE_NONE)
                one->code = p->office;
        }
        i += row - 1;
    }
}

static bool office_taken(const struct finder *f, uint32_t self, uint8_t office, uint16_t party)
{
    const struct document *d = f->document;
    for (uint32_t i = 0; i < d->people.count; i++)
        if (i != self && d->people.at[i].office == office && d->people.at[i].party == party)
            return true;
    return false;
}

// Only what is sure: a counterpart is of the other party, and where one party's holder of an office that a state has once is known, the
// other holder is the other's. Whose the rest are is for the resolver to say, who knows which parties deal.
static void know_parties(struct finder *f, const uint16_t pair[2], const uint32_t *facing)
{
    struct document *d = f->document;
    if (pair[0] == PARTY_NONE)
        return;
    for (uint32_t i = 0; i < d->people.count && d->people.count <= 64; i++) {
        struct person *p = &d->people.at[i];
        if (p->party != PARTY_NONE || p->office == CODE_NONE)
            continue;
        uint32_t faced = facing[i];
        if (faced != MENTION_NONE) {
            uint16_t theirs = d->people.at[faced].party;
            if (theirs != PARTY_NONE && (theirs == pair[0] || theirs == pair[1]))
                p->party = theirs == pair[0] ? pair[1] : pair[0];
            continue;
        }
        bool single = p->office == OFFICE_HEAD_OF_STATE || p->office == OFFICE_HEAD_OF_GOVERNMENT ||
                      p->office == OFFICE_FOREIGN_MINISTER || p->office == OFFICE_SPEAKER;
        bool first = single && office_taken(f, i, p->office, pair[0]), second = single && office_taken(f, i, p->office, pair[1]);
        if (first != second)
            p->party = first ? pair[1] : pair[0];
    }
}

// "X is Pakistan's foreign minister", "X रूस के विदेश मंत्री": the nameless office beside a bare name is its holder's.
static void tie_offices(struct finder *f)
{
    struct document *d = f->document;
    const struct mention *name = NULL;
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        struct mention *m = &d->mentions.at[i];
        if (m->kind != MENTION_PERSON)
            continue;
        if (m->entity == MENTION_NONE && name && name->sentence == m->sentence && name->code == CODE_NONE &&
            !(m->flags & MENTION_PLURAL) && finder_enter(f, m->sentence)) {
            uint32_t at = name->last;
            bool copula = classes_at(f, at) & GRAMMAR(BE);
            if (copula)
                at = skip_determiners(f, unit_last(f, at));
            if (at == m->first && (copula || f->pack->config.case_marks == CASE_AFTER)) {
                m->entity = name->entity;
                person_know(f, name->entity, (uint8_t)m->code, 0, m->parties.count == 1 ? m->parties.at[0] : PARTY_NONE);
            }
        }
        name = m->entity != MENTION_NONE ? m : NULL;
    }
}

// "The foreign ministers of Turkey, Romania and Poland sat down: … A, B and C went over": as many names in a row as states hold the
// office, in the same order.
static void tie_rows(struct finder *f)
{
    struct document *d = f->document;
    for (uint32_t i = 0; i < d->mentions.count && f->shared_offices.count; i++) {
        uint32_t row = 0, found = MENTION_NONE;
        while (i + row < d->mentions.count && row < PARTY_SET_MAX) {
            const struct mention *m = &d->mentions.at[i + row];
            bool bare = m->kind == MENTION_PERSON && m->entity != MENTION_NONE && d->people.at[m->entity].office == CODE_NONE;
            if (!bare || (row && m->first > m[-1].last + 2))
                break;
            row++;
        }
        for (uint32_t k = 0; k < f->shared_offices.count && row > 1; k++)
            if (f->shared_offices.at[k].parties.count == row)
                found = k;
        for (uint32_t k = 0; found != MENTION_NONE && k < row; k++) {
            const struct shared_office *shared = &f->shared_offices.at[found];
            person_know(f, d->mentions.at[i + k].entity, shared->office, shared->portfolio, shared->parties.at[k]);
        }
        i += row > 1 ? row - 1 : 0;
    }
}

// Some offices are named otherwise in some states; what the party is, may be known only now. Posts of organisations are unmistakable:
// the pack's row for one of them holds where that organisation is a main party and the words name no other.
static void choose_offices_again(struct finder *f, const uint16_t pair[2])
{
    struct document *d = f->document;
    for (uint32_t i = 0; i < d->people.count; i++) {
        struct person *p = &d->people.at[i];
        if (p->mention == MENTION_NONE || p->office == CODE_NONE || d->mentions.at[p->mention].code != p->office)
            continue;
        const struct mention *m = &d->mentions.at[p->mention];
        if (!finder_enter(f, m->sentence))
            continue;
        uint32_t at = m->first;
        while (at < m->last && !(f->kinds[at] & KIND(OFFICE)))
            at = unit_last(f, at);
        if (at >= m->last || m->lexeme == UINT32_MAX || f->pack->lexemes.at[m->lexeme].value != p->office ||
            office_choose(f, at, PARTY_NONE)->lexeme != m->lexeme)
            continue;
        for (int k = 0; k < 2 && !m->parties.count; k++) {
            // "Secretary of Defense": what it is, the state tells
            bool vague = (p->office == OFFICE_OFFICIAL || p->office == OFFICE_OTHER) && unit_last(f, at) > at + 1;
            bool another = p->party != PARTY_NONE && p->party != pair[k];
            if (pair[k] == PARTY_NONE || (f->world->parties.at[pair[k]].state && (!vague || another)))
                continue;
            if (office_choose(f, at, pair[k])->lexeme != m->lexeme)
                p->party = pair[k];
        }
        if (p->party != PARTY_NONE)
            p->office = (uint8_t)f->pack->lexemes.at[office_choose(f, at, p->party)->lexeme].value;
    }
}

// An office without a name stands for the one person of the report who holds it.
static void link_offices(struct finder *f)
{
    struct document *d = f->document;
    uint32_t holder[OFFICE_COUNT];
    uint32_t holders[OFFICE_COUNT] = {0};
    for (uint32_t i = 0; i < d->people.count; i++)
        if (d->people.at[i].office < OFFICE_COUNT) {
            holder[d->people.at[i].office] = i;
            holders[d->people.at[i].office]++;
        }
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        struct mention *m = &d->mentions.at[i];
        if (m->kind != MENTION_PERSON || m->entity != MENTION_NONE || (m->flags & MENTION_PLURAL) || m->code >= OFFICE_COUNT)
            continue;
        if (holders[m->code] != 1 || m->code == OFFICE_OFFICIAL || m->code == OFFICE_OTHER || m->code == OFFICE_BUSINESS ||
            m->code == OFFICE_MILITARY)
            continue;
        struct person *p = &d->people.at[holder[m->code]];
        if (!m->parties.count || p->party == PARTY_NONE || m->parties.at[0] == p->party)
            m->entity = holder[m->code];
        bool single = m->code == OFFICE_HEAD_OF_STATE || m->code == OFFICE_HEAD_OF_GOVERNMENT || m->code == OFFICE_FOREIGN_MINISTER;
        bool same = p->mention != MENTION_NONE && m->lexeme == d->mentions.at[p->mention].lexeme;
        if (single && same && p->party == PARTY_NONE && m->parties.count == 1)      // "The president of X arrived. President Y …"
            p->party = m->parties.at[0];
    }
}

void people_finish(struct finder *f)
{
    tie_offices(f);
    tie_rows(f);
    uint16_t pair[2];
    main_parties(f, pair);
    uint32_t *facing = ARENA_ARRAY(f->arena, uint32_t, (size_t)f->document->people.count + 1);
    for (uint32_t i = 0; i < f->document->people.count; i++)
        facing[i] = MENTION_NONE;
    know_counterparts(f, facing);
    know_parties(f, pair, facing);
    know_parties(f, pair, facing);      // who faces someone known only now
    choose_offices_again(f, pair);
    for (uint32_t i = 0; i < f->document->people.count; i++)    // a counterpart's office follows the one it was taken from
        if (facing[i] != MENTION_NONE)
            f->document->people.at[i].office = f->document->people.at[facing[i]].office;
    link_offices(f);
}
