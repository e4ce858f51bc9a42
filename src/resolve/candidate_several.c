// SPDX-License-Identifier: MIT
// Several candidates of one place in the text.
//
// A verb names several persons whom somebody met, talks in the plural were held with several states, a visit goes to several places: each
// is a candidate of its own, all with the same subject.
#include "resolve/candidates.h"

#define EACH_BACK 2         // sentences before it in which the subject of talks may be named
#define EACH_REACH 3        // tokens between a plural of talks and those with whom they were held
#define NEAR_TALKS 3        // tokens between talks and those with whom they are held

static void push_visits(const struct work *work, candidate_vec *candidates, const struct candidate *c)
{
    struct candidate visits[GOALS_MAX];
    uint32_t count = visits_of(work, c, visits);
    for (uint32_t i = 0; i < count && candidates->count < CANDIDATES_MAX; i++)
        vec_push(work->document->arena, candidates, visits[i]);
}

// "Held meetings with officials from X, Y and Z", "met his X and Y counterparts": talks in the plural, or a verb, with several whose states
// the mention lists. Returns them, NULL if there are none.
static const struct party_set *states_met(const struct work *work, const struct candidate *c)
{
    uint32_t first, last;
    bool several = c->from_frame || c->plural;
    if (c->type != MEETING_MEETING || !several || c->ordinal || c->heads.count >= LEADERS_LEAST)
        return NULL;
    bool hosts = c->frame != FRAME_NONE && work_rule(work, c->frame)->role == ROLE_HOST;   // who is hosted sits together
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        // "met separately with his X and Y counterparts"
        bool object = c->from_frame && !hosts && m->first >= c->last && work->document->governed_by[i] == c->frame;
        bool met = (m->flags & MENTION_WITH) || object;
        bool with = m->kind == MENTION_PERSON && met && (m->flags & MENTION_PLURAL) && m->parties.count > 1;
        bool near = m->first >= c->last ? m->first - c->last <= NEAR_TALKS : m->last <= c->first && c->first - m->last <= NEAR_TALKS;
        if (with && near)
            return &m->parties;
    }
    return NULL;
}

// One candidate for each of the states, all with the same subject.
static void push_states(const struct work *work, candidate_vec *candidates, const struct candidate *c, const struct party_set *states)
{
    struct party_set subject = {.count = 0};
    for (uint8_t i = 0; i < c->met.count; i++)
        if (!party_set_has(states, c->met.at[i]))
            party_set_add(&subject, c->met.at[i]);
    for (uint8_t i = 0; i < states->count && candidates->count < CANDIDATES_MAX; i++) {
        struct candidate one = *c;
        one.plural = false;
        one.met = one.soft = subject;
        one.faced = (struct party_set){.count = 0};
        party_set_add(&one.met, states->at[i]);
        party_set_add(&one.soft, states->at[i]);
        party_set_add(&one.faced, states->at[i]);
        one.people_count = 0;
        for (uint32_t k = 0; k < c->people_count; k++) {
            uint16_t party = work->document->people.at[c->people[k]].party;
            if (party == states->at[i] || !party_set_has(states, party))
                one.people[one.people_count++] = c->people[k];
        }
        vec_push(work->document->arena, candidates, one);
    }
}

// One candidate for each of those whom somebody met, all with the same subject.
static void push_faces(const struct work *work, candidate_vec *candidates, const struct candidate *c)
{
    for (uint32_t k = 0; k < c->face_count && candidates->count < CANDIDATES_MAX; k++) {
        struct candidate one = *c;
        one.people_count = 0;
        one.faces[0] = c->faces[k];
        one.face_count = 1;
        one.further = k > 0;
        for (uint32_t i = 0; i < c->people_count; i++) {
            struct face person = {.person = c->people[i]};
            bool other = false;
            for (uint32_t j = 0; j < c->face_count; j++)
                other |= j != k && c->faces[j].person == person.person;
            if (!other)
                one.people[one.people_count++] = c->people[i];
        }
        vec_push(work->document->arena, candidates, one);
    }
}

// "Held meetings with officials from A, B and C": the holders of offices of several states behind a plural, MENTION_NONE.
static uint32_t met_each(const struct work *work, const struct candidate *c)
{
    uint32_t clause_first, clause_last, first, last;
    bool talks = c->plural && c->told && (c->type == MEETING_MEETING || c->type == MEETING_SESSION) && c->mention != MENTION_NONE;
    if (!talks || work_pack(work, c->sentence)->config.head != HEAD_INITIAL)
        return MENTION_NONE;
    work_clause(work, c->first, &clause_first, &clause_last);
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool behind = m->first >= c->last && m->first - c->last <= EACH_REACH && m->first < clause_last;
        if (m->kind == MENTION_PERSON && m->parties.count > 1 && behind && (m->flags & MENTION_WITH))
            return i;
    }
    return MENTION_NONE;
}

// For whom those act who met them: of a person in the clause, else of the one named last before it, else of the report's home.
static uint16_t subject_of_each(const struct work *work, const struct candidate *c, const struct party_set *parties)
{
    for (uint32_t i = 0; i < c->people_count; i++) {
        uint16_t party = work->document->people.at[c->people[i]].party;
        if (party != PARTY_NONE && !party_set_has(parties, party))
            return party;
    }
    for (uint32_t i = c->mention; i-- > 0 && work_mention(work, i)->sentence + EACH_BACK >= c->sentence;) {
        const struct mention *m = work_mention(work, i);
        bool named = m->kind == MENTION_PERSON && m->entity < work->document->people.count;
        uint16_t party = named ? work->document->people.at[m->entity].party : PARTY_NONE;
        if (party != PARTY_NONE && !party_set_has(parties, party))
            return party;
    }
    return work->home;
}

// A meeting with each of them, all with the same subject.
static void push_each(const struct work *work, candidate_vec *candidates, const struct candidate *c, uint32_t others)
{
    const struct party_set *parties = &work_mention(work, others)->parties;
    uint16_t subject = subject_of_each(work, c, parties);
    for (uint8_t k = 0; k < parties->count && candidates->count < CANDIDATES_MAX; k++) {
        struct candidate one = *c;
        one.plural = false;
        one.each = true;
        one.parties = (struct party_set){.at = {subject, parties->at[k]}, .count = 2};
        if (subject != PARTY_NONE && subject != parties->at[k])
            vec_push(work->document->arena, candidates, one);
    }
}

void candidates_push(const struct work *work, candidate_vec *candidates, const struct candidate *c)
{
    const struct party_set *states = states_met(work, c);
    uint32_t others = met_each(work, c);
    if (others != MENTION_NONE)
        push_each(work, candidates, c, others);
    else if (states)
        push_states(work, candidates, c, states);
    else if (are_met_apart(work, c))
        push_faces(work, candidates, c);
    else
        push_visits(work, candidates, c);
}
