// SPDX-License-Identifier: MIT
// People, first pass: every chain of offices of a sentence with the name that belongs to it, and names behind an honorific.
//
// A chain of offices is tied to the name beside it (apposition.c); a plural takes a list of names (lists.c). An office without a name is a
// mention that names no person; when the whole report is read it is linked to the one person who holds it (whose.c).
// Invariant: name tokens are marked TAKEN_NAME, so no topic, place or party is read inside a name.
#include "mention/people.h"

// "X received the delegation of Peru": a verb of meeting or hosting stands between the two.
static bool is_received(const struct finder *f, uint32_t from, uint32_t to)
{
    for (uint32_t t = from; t < to; t++)
        for (uint32_t group = trigger_at(f, t), i = group, end = group == SPAN_NONE ? group : triggers_end(f, group); i < end; i++)
            if (rule_of(f, i)->makes == MEETING_MEETING || rule_of(f, i)->role == ROLE_HOST)
                return true;
    return false;
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
        if (!m->parties.count && !is_received(f, m->last, chain->first))
            person_know(f, m->entity, CODE_NONE, 0, f->delegation_party);
        return;
    }
}

// Words that a body or a name has claimed stay theirs; the chain begins behind them, at `core` at the latest.
static void leave_claimed(const struct finder *f, struct office_chain *chain, uint32_t core)
{
    for (uint32_t t = chain->first; t < core; t++)
        if (f->taken[t] & (TAKEN_BODY | TAKEN_NAME))
            chain->first = t + 1;
}

// The holder behind the chain, [first, end), and of a plural the list that goes on from there. Returns the end of all.
static uint32_t add_holders(struct finder *f, struct office_chain *chain, uint32_t first, uint32_t end)
{
    uint32_t last = skip_after_honorifics(f, end), behind = end;
    uint16_t party = chain->parties.count ? PARTY_NONE : party_of_holder(f, end, &behind);
    struct office_chain one = *chain;
    one.plural = false;
    party_set_add(&one.parties, party);
    if (!chain->plural)
        chain->parties = one.parties;
    else if (one.parties.count > 1)
        one.parties.count = 1;      // the states stand in the order of the names
    person_set_marks(f, person_add(f, chain->first, last, first, end, &one));
    if (!chain->plural && !list_follows(f, chain, last))
        return last;
    return list_add(f, party == PARTY_NONE ? last : behind, chain);
}

// "General X, Kenya's chief of defence": an office behind the comma of somebody named with another tells whose office-holder he is.
static void know_further_office(struct finder *f, const struct office_chain *chain)
{
    struct document *d = f->document;
    uint32_t comma = chain->first - 1;
    if (f->pack->config.case_marks != CASE_BEFORE || pack_inflects(f->pack) || chain->plural || chain->theirs ||
        chain->parties.count > 1 ||
        chain->first < f->first + 2 || !d->mentions.count)
        return;
    const struct mention *before = &d->mentions.at[d->mentions.count - 1];
    if (!is_mark(f, comma, ',') || before->kind != MENTION_PERSON || before->entity == MENTION_NONE || before->last != comma)
        return;
    bool own = chain->parties.count || d->people.at[before->entity].office == CODE_NONE;     // "his guest, X, minister of"
    if (own)
        person_know(f, before->entity, chain->office, chain->portfolio, chain->parties.count ? chain->parties.at[0] : PARTY_NONE);
}

static uint32_t find_office(struct finder *f, uint32_t at)
{
    struct office_chain chain;
    office_read(f, at, &chain);
    if (chain.office == OFFICE_DELEGATION)
        note_delegation(f, &chain);
    leave_claimed(f, &chain, at);
    if (chain.card) {       // "X Y, son of Z Minister of …": the card of one who was named before
        uint32_t first = name_until(f, chain.first, f->first);
        finder_take(f, chain.first, chain.last, TAKEN_OFFICE);
        if (first < chain.first && !(f->taken[first] & TAKEN_NAME)) {
            person_set_marks(f, person_add(f, first, chain.last, first, chain.first, &chain));
            return chain.last;
        }
    }
    uint32_t name_first = 0, name_last = 0, end = name_behind(f, &chain, &name_first);
    finder_take(f, chain.first, chain.last, TAKEN_OFFICE);
    if (end > chain.last)
        return add_holders(f, &chain, name_first, end);
    name_first = name_before(f, &chain, &name_last);
    if (name_first < chain.first) {
        if (!chain.parties.count)
            party_set_add(&chain.parties, party_put_before(f, name_first));
        person_set_marks(f, person_add(f, name_first, chain.last, name_first, name_last, &chain));
        return chain.last;
    }
    if (chain.office == OFFICE_DELEGATION)
        return chain.last;
    know_further_office(f, &chain);
    end = chain.plural ? list_add_of_states(f, &chain) : chain.last;
    if (end > chain.last)
        return end;
    if (chain.plural)
        list_note_shared(f, &chain);
    person_set_marks(f, person_add(f, chain.first, chain.last, 0, 0, &chain));
    return chain.last;
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
            finder_take(f, chain.first, chain.last, TAKEN_OFFICE);
            person_set_marks(f, person_add(f, at, chain.last, first, end, &chain));
            return chain.last;
        }
        if (!(kinds_at(f, comma) & (FIELD_KINDS | KIND(ORDINARY) | PARTY_KINDS | KIND(GRAMMAR))))
            break;
        comma = unit_last(f, comma);
    }
    person_set_marks(f, person_add(f, at, skip_after_honorifics(f, end), first, end, NULL));
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
