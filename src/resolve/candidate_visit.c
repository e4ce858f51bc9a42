// SPDX-License-Identifier: MIT
// Where a visit goes: to one state, or to each of those that its words name ("visits to Baku and Yerevan").
//
// What stands right beside the visit's noun or verb is where it goes, and what is listed with that; a tour of several states is a visit to
// each. One that does not say where it goes keeps the place that its clause names.
#include "resolve/candidates.h"

#define GOAL_GAP 3      // tokens at most between a visit and where it goes: "to the", "के"

struct goal {
    uint16_t city, state;
};

// The state or city that the mention may name as a goal.
static bool may_be_goal(const struct work *work, const struct candidate *c, const struct mention *m, struct goal *ret)
{
    bool inside = m->kind == MENTION_PARTY && (m->flags & MENTION_INSIDE);
    bool own = inside && c->mention != MENTION_NONE && m->outer == c->mention;
    if (inside && c->from_frame) {      // the verb's own noun names where it goes
        const struct mention *noun = work_mention(work, m->outer);
        own |= noun->kind == MENTION_MEETING && noun->code == MEETING_VISIT && noun->first <= c->first && c->first < noun->last;
    }
    if (m->flags & MENTION_DATELINE)
        return false;
    if (m->kind == MENTION_PLACE && m->state != PARTY_NONE) {
        *ret = (struct goal){m->city, m->state};
        return true;
    }
    if (m->kind != MENTION_PARTY || m->role != PARTY_ROLE_NAME || !work->world->parties.at[m->code].state)
        return false;
    *ret = (struct goal){CITY_NONE, m->code};
    return own || !(m->flags & MENTION_INSIDE);
}

// At most marks of where to and articles stand between the two.
static bool is_beside(const struct work *work, uint32_t from, uint32_t to)
{
    uint64_t marks = GRAMMAR(TO) | GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(OF) | GRAMMAR(FOR) | GRAMMAR(DETERMINER);
    if (to < from || to - from > GOAL_GAP)
        return false;
    for (uint32_t token = from; token < to; token++)
        if (!(work_grammar(work, token) & marks))
            return false;
    return true;
}

// At most "and", a comma and marks of where to stand between the two.
static bool are_listed(const struct work *work, uint32_t from, uint32_t to)
{
    uint64_t marks = GRAMMAR(AND) | GRAMMAR(TO) | GRAMMAR(IN) | GRAMMAR(OF);
    if (to < from || to - from > GOAL_GAP)
        return false;
    bool parted = false;
    for (uint32_t token = from; token < to; token++) {
        bool punct = work->document->tokens.at[token].kind == TOKEN_PUNCT, joint = (work_grammar(work, token) & GRAMMAR(AND)) || punct;
        if (!joint && !(work_grammar(work, token) & marks))
            return false;
        parted |= joint;
    }
    return parted;
}

static uint32_t add_goal(struct goal goals[GOALS_MAX], uint32_t count, struct goal goal)
{
    for (uint32_t i = 0; i < count; i++) {
        if (goals[i].state != goal.state)
            continue;
        if (goals[i].city == CITY_NONE)
            goals[i].city = goal.city;
        return count;
    }
    if (count < GOALS_MAX)
        goals[count++] = goal;
    return count;
}

// Behind the visit's words and those that say whose it is: "the visit of premier X to Baku".
static uint32_t behind_visitor(const struct work *work, const struct candidate *c)
{
    uint32_t first, last, end = c->last;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind != MENTION_PERSON || (m->flags & MENTION_INSIDE) || m->first < c->last || !is_beside(work, c->last, m->first))
            continue;
        end = m->last;
        break;
    }
    return end;
}

// Behind the visit where verbs come first, before it where they come last.
static uint32_t goals_of(const struct work *work, const struct candidate *c, struct goal goals[GOALS_MAX])
{
    uint32_t first, last, count = 0, edge = MENTION_NONE;
    bool initial = work_pack(work, c->sentence)->config.head == HEAD_INITIAL;
    struct goal goal;
    uint32_t from = initial && !c->from_frame ? behind_visitor(work, c) : c->last;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; initial && i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->first < from || !may_be_goal(work, c, m, &goal))
            continue;
        if (edge == MENTION_NONE ? !is_beside(work, from, m->first) : m->first >= edge && !are_listed(work, edge, m->first))
            break;
        count = add_goal(goals, count, goal);
        edge = m->last;
    }
    for (uint32_t i = last; !initial && i-- > first;) {
        const struct mention *m = work_mention(work, i);
        bool inside = m->outer == c->mention && c->mention != MENTION_NONE && (m->flags & MENTION_INSIDE);
        if ((m->last > c->first && !inside) || !may_be_goal(work, c, m, &goal))
            continue;
        bool near = inside || (edge == MENTION_NONE ? is_beside(work, m->last, c->first)
                                                    : m->last > edge || are_listed(work, m->last, edge));
        if (!near)
            break;
        count = add_goal(goals, count, goal);
        edge = m->first;
    }
    return count;
}

// Without the other states that the same words send the visitor to.
static void drop_other_goals(struct party_set *parties, const struct goal *goals, uint32_t count, uint32_t own)
{
    struct party_set kept = {.count = 0};
    for (uint8_t p = 0; p < parties->count; p++) {
        bool other = false;
        for (uint32_t i = 0; i < count; i++)
            other |= i != own && goals[i].state == parties->at[p];
        if (!other)
            party_set_add(&kept, parties->at[p]);
    }
    *parties = kept;
}

uint32_t visits_of(const struct work *work, const struct candidate *c, struct candidate visits[GOALS_MAX])
{
    struct goal goals[GOALS_MAX];
    uint32_t count = c->type == MEETING_VISIT ? goals_of(work, c, goals) : 0;
    visits[0] = *c;
    for (uint32_t i = 0; i < count; i++) {
        visits[i] = *c;
        visits[i].city = goals[i].city;
        visits[i].state = goals[i].state;
        visits[i].goal = true;
        visits[i].plural = false;
        drop_other_goals(&visits[i].soft, goals, count, i);
    }
    return count ? count : 1;
}
