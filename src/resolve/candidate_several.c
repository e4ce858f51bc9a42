// SPDX-License-Identifier: MIT
// Several candidates of one place in the text.
//
// A verb names several persons whom somebody met, talks in the plural were held with several states, a visit goes to several places: each
// is a candidate of its own, all with the same subject.
#include "resolve/candidates.h"

#define EACH_BACK 2         // sentences before it in which the subject of talks may be named

static void push_visits(const struct work *work, candidate_vec *candidates, const struct candidate *c)
{
    struct candidate visits[GOALS_MAX];
    uint32_t count = visits_of(work, c, visits);
    for (uint32_t i = 0; i < count && candidates->count < CANDIDATES_MAX; i++)
        vec_push(work->document->arena, candidates, visits[i]);
}

// For whom those act who met them: of a person in the clause, else of the one named last before it, else of the report's home.
static uint16_t subject_of_each(const struct work *work, const struct candidate *c, const struct party_set *parties)
{
    for (uint32_t i = 0; i < c->people_count; i++) {
        uint16_t party = work->document->people.at[c->people[i]].party;
        if (party != PARTY_NONE && !party_set_has(parties, party))
            return party;
    }
    for (uint8_t i = 0; i < c->met.count; i++)
        if (!party_set_has(parties, c->met.at[i]) && !party_set_has(&c->faced, c->met.at[i]))
            return c->met.at[i];
    uint32_t at = c->mention != MENTION_NONE ? c->mention : work->mention_from[c->sentence];
    for (uint32_t i = at; i-- > 0 && work_mention(work, i)->sentence + EACH_BACK >= c->sentence;) {
        const struct mention *m = work_mention(work, i);
        bool named = m->kind == MENTION_PERSON && m->entity < work->document->people.count;
        uint16_t party = named ? work->document->people.at[m->entity].party : PARTY_NONE;
        if (party != PARTY_NONE && !party_set_has(parties, party))
            return party;
    }
    return work->home;
}

// Those who met are of these two parties and no others.
static void pair_off(const struct work *work, struct candidate *c, uint16_t subject, uint16_t party)
{
    struct party_set pair = {.at = {subject, party}, .count = 2};
    c->met = c->soft = c->parties = pair;
    c->faced = (struct party_set){.at = {party}, .count = 1};
    c->each = true;
    uint32_t kept = 0;
    for (uint32_t k = 0; k < c->people_count; k++)
        if (party_set_has(&pair, work->document->people.at[c->people[k]].party))
            c->people[kept++] = c->people[k];
    c->people_count = kept;
}

// One candidate for each of those whom somebody met, all with the same subject.
static void push_faces(const struct work *work, candidate_vec *candidates, const struct candidate *c)
{
    struct party_set parties = {.count = 0};
    for (uint32_t k = 0; k < c->face_count; k++)
        party_set_add(&parties, c->faces[k].party);
    uint16_t subject = parties.count > 1 ? subject_of_each(work, c, &parties) : PARTY_NONE;
    for (uint32_t k = 0; k < c->face_count && candidates->count < CANDIDATES_MAX; k++) {
        struct candidate one = *c;
        one.faces[0] = c->faces[k];
        one.face_count = 1;
        one.plural = false;
        one.further = k > 0;
        one.people_count = 0;
        for (uint32_t i = 0; i < c->people_count; i++) {
            bool other = false;
            for (uint32_t j = 0; j < c->face_count; j++)
                other |= j != k && c->faces[j].person == c->people[i];
            if (!other)
                one.people[one.people_count++] = c->people[i];
        }
        if (subject != PARTY_NONE && subject != c->faces[k].party)
            pair_off(work, &one, subject, c->faces[k].party);
        vec_push(work->document->arena, candidates, one);
    }
}

void candidates_push(const struct work *work, candidate_vec *candidates, const struct candidate *c)
{
    if (are_met_apart(work, c))
        push_faces(work, candidates, c);
    else
        push_visits(work, candidates, c);
}
