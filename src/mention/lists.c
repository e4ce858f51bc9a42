// SPDX-License-Identifier: MIT
// Offices in the plural: the list of names behind them, and offices that several hold whose names stand elsewhere.
//
// "Ministers X and Y" gives each name the office; of states in the same order, each its own. "The defence ministers of A, B and C" without
// names is a shared office: whoever is later called "B's Y", or stands in a row of as many names, holds it.
#include "mention/people.h"

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
uint32_t list_add(struct finder *f, uint32_t at, const struct office_chain *chain)
{
    uint8_t index = 0;      // of the states that the chain names in the same order
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
        person_set_marks(f, person_add(f, begin, end, next, end, &one));
        at = behind == end || party == PARTY_NONE ? end : behind;
    }
    return at;
}

// "The health ministers, क्यूबा के X और अंगोला की Y": each name behind its state. Returns the end of the list, or chain->last.
uint32_t list_add_of_states(struct finder *f, const struct office_chain *chain)
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
        person_set_marks(f, person_add(f, first, end, first, end, &one));
        at = end;
    }
    return at;
}

// "The heads of government X Y and Z W": a form of both numbers is plural where a second name of two words follows.
bool list_follows(const struct finder *f, const struct office_chain *chain, uint32_t at)
{
    if (!chain->many || !pack_inflects(f->pack) || !(classes_at(f, at) & GRAMMAR(AND)))
        return false;
    uint32_t first = unit_last(f, at), end = name_from(f, first);
    return name_word_count(f, first, end) >= 2;
}

void list_note_shared(struct finder *f, const struct office_chain *chain)
{
    if (!chain->parties.count || chain->office == OFFICE_OFFICIAL)
        return;
    struct shared_office shared = {.parties = chain->parties, .office = chain->office, .portfolio = chain->portfolio,
                                   .lexeme = chain->lexeme, .sentence = f->sentence};
    vec_push(f->arena, &f->shared_offices, shared);
    if (!f->shared_by_party)
        f->shared_by_party = ARENA_ARRAY(f->arena, uint32_t, f->world->parties.count + 1);
    for (uint8_t k = 0; k < chain->parties.count; k++)
        f->shared_by_party[chain->parties.at[k]] = f->shared_offices.count;
    f->shared_by_count[chain->parties.count] = f->shared_offices.count;
}

// The office that the report gives to several at once, of whom one is of this party: "the defence ministers of X, Y and Z".
const struct shared_office *office_shared(const struct finder *f, uint16_t party)
{
    uint32_t number = f->shared_by_party ? f->shared_by_party[party] : 0;
    return number ? &f->shared_offices.at[number - 1] : NULL;
}

// How many people without office stand in a row from mention `at` on, with no more than a comma and an "and" between them.
static uint32_t row_at(const struct document *d, uint32_t at)
{
    uint32_t row = 0;
    while (at + row < d->mentions.count && row < PARTY_SET_MAX) {
        const struct mention *m = &d->mentions.at[at + row];
        bool bare = m->kind == MENTION_PERSON && m->entity != MENTION_NONE && d->people.at[m->entity].office == CODE_NONE;
        if (!bare || (row && (m->first > m[-1].last + 2 || m->sentence != m[-1].sentence)))
            break;
        row++;
    }
    return row;
}

// "The foreign ministers of Turkey, Romania and Poland sat down: … A, B and C went over": as many names in a row as states hold the
// office, in the same order.
void list_tie_rows(struct finder *f)
{
    struct document *d = f->document;
    for (uint32_t i = 0; i < d->mentions.count && f->shared_offices.count; i++) {
        uint32_t row = row_at(d, i);
        if (row < 2)
            continue;
        uint32_t number = f->shared_by_count[row];
        const struct shared_office *shared = number ? &f->shared_offices.at[number - 1] : NULL;
        for (uint32_t k = 0; shared && k < row; k++) {  // whose they are known to be, the order must not deny
            uint16_t party = d->people.at[d->mentions.at[i + k].entity].party;
            if (party != PARTY_NONE && party != shared->parties.at[k])
                shared = NULL;
        }
        for (uint32_t k = 0; shared && k < row; k++)
            person_know(f, d->mentions.at[i + k].entity, shared->office, shared->portfolio, shared->parties.at[k]);
        i += row - 1;
    }
}

// The one person of the party of whom no office is told, MENTION_NONE if there are none or several or the office is held. Heads of state go
// without their office anywhere; others are named beside it: "the foreign ministers of A and B" elsewhere are not A's X.
static uint32_t free_holder(const struct finder *f, const struct shared_office *shared, uint16_t party)
{
    const struct document *d = f->document;
    uint32_t found = MENTION_NONE;
    for (uint32_t i = 0; i < d->people.count; i++) {
        const struct person *p = &d->people.at[i];
        if (p->party != party)
            continue;
        if (p->office == shared->office)
            return MENTION_NONE;
        if (p->office != CODE_NONE || p->name_first >= p->name_last)
            continue;
        uint32_t sentence = d->tokens.at[p->name_first].sentence;
        bool near = sentence + 1 >= shared->sentence && sentence <= shared->sentence + 1;
        if (!near && shared->office != OFFICE_HEAD_OF_STATE)
            return MENTION_NONE;
        if (found != MENTION_NONE)
            return MENTION_NONE;
        found = i;
    }
    return found;
}

// "The presidents of A, B and C signed … X: … Y: … Z: …", where it is known whose X, Y and Z are: each holds the office.
void list_tie_shared(struct finder *f)
{
    for (uint32_t i = 0; i < f->shared_offices.count; i++) {
        const struct shared_office *shared = &f->shared_offices.at[i];
        uint32_t holders[PARTY_SET_MAX], count = 0;
        if (shared->parties.count < 2 || !is_single_office(shared->office))
            continue;
        while (count < shared->parties.count) {
            holders[count] = free_holder(f, shared, shared->parties.at[count]);
            if (holders[count] == MENTION_NONE)
                break;
            count++;
        }
        for (uint32_t k = 0; count == shared->parties.count && k < count; k++)
            person_know(f, holders[k], shared->office, shared->portfolio, PARTY_NONE);
    }
}
