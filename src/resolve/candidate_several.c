// SPDX-License-Identifier: MIT
// Several candidates of one place in the text.
//
// A verb names several persons whom somebody met, talks in the plural were held with several states, a visit goes to several places,
// sessions were held in several years: each is a candidate of its own, all with the same subject.
#include "resolve/candidates.h"

#define EACH_BACK 2         // sentences before it in which the subject of talks may be named
#define SITTINGS_MAX 6      // of one plural

static void push_visits(const struct work *work, candidate_vec *candidates, const struct candidate *c)
{
    struct candidate visits[GOALS_MAX];
    uint32_t count = visits_of(work, c, visits);
    for (uint32_t i = 0; i < count && candidates->count < CANDIDATES_MAX; i++)
        vec_push(work->document->arena, candidates, visits[i]);
}

// Where and when the sessions were of which a plural tells.
struct sittings {
    uint32_t dates[SITTINGS_MAX], places[SITTINGS_MAX];     // mentions
    uint32_t date_count, place_count;
};

// The dates and cities that the plural's own verb governs, or nothing else does; no month twice, for "on 5 and 6 May" is one meeting.
static struct sittings sittings_of(const struct work *work, const struct candidate *c)
{
    const struct frame *frame = &work->document->frames.at[c->frame];
    struct sittings found = {.date_count = 0};
    uint32_t first, last;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        uint32_t governor = work->document->governed_by[i];
        bool by_other = governor != FRAME_NONE && governor != c->frame;
        bool inside = m->first >= frame->clause_first && m->first < frame->clause_last;
        if (by_other || !inside || (m->flags & (MENTION_INSIDE | MENTION_DATELINE)))
            continue;
        if (m->kind == MENTION_PLACE && m->city != CITY_NONE && found.place_count < SITTINGS_MAX)
            found.places[found.place_count++] = i;
        if (m->kind != MENTION_DATE || date_is_none(m->date) || found.date_count == SITTINGS_MAX)
            continue;
        struct date_range date = m->date;
        for (uint32_t k = 0; k < found.date_count; k++) {
            struct date_range other = work_mention(work, found.dates[k])->date;
            if (other.first.year == date.first.year && (!date.first.month || other.first.month == date.first.month))
                return (struct sittings){.date_count = 0};
        }
        found.dates[found.date_count++] = i;
    }
    return found;
}

// "The previous sessions were held in Lima in May 2023 and in Quito in June 2024": one each, the first date with the first place. A noun
// that looks alike in both numbers tells of several where there are as many dates as places.
static bool push_sittings(const struct work *work, candidate_vec *candidates, const struct candidate *c)
{
    bool sessions = !c->ordinal && c->told && c->mention != MENTION_NONE && c->frame != FRAME_NONE && c->type != MEETING_VISIT;
    struct sittings at = sessions ? sittings_of(work, c) : (struct sittings){.date_count = 0};
    uint32_t count = at.date_count;
    if (count < 2 || (at.place_count > 1 || !c->plural ? at.place_count != count : false))
        return false;
    for (uint32_t k = 0; k < count && candidates->count < CANDIDATES_MAX; k++) {
        struct candidate one = *c;
        one.plural = false;
        one.further = k > 0;
        one.date = work_mention(work, at.dates[k])->date;
        if (at.place_count) {
            const struct mention *place = work_mention(work, at.places[at.place_count > 1 ? k : 0]);
            one.city = place->city;
            one.state = place->state;
        }
        vec_push(work->document->arena, candidates, one);
    }
    return true;
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
    else if (!push_sittings(work, candidates, c))
        push_visits(work, candidates, c);
}
