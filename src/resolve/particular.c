// SPDX-License-Identifier: MIT
// Which date and place are a meeting's: one ranking of all mentions that might tell them, by the weights of their traits.
//
// The best one counts if it weighs more than nothing, for where nothing fits nothing is said. The sentence of each place in the text that
// speaks of the meeting is asked first; what none of them tells, the sentences around may. A date that cannot be resolved competes, too:
// where "today" fits best and the day of the report is not known, no other date is taken for it.
#include "resolve/particular.h"

#define AROUND 3            // sentences before and behind that are asked
#define HERE_GAP 3          // tokens behind the meeting's words in which "here" is its place, whatever else is named

// Learned by tools/weigh.py; the columns are those of enum weighing.
static const int8_t weights[TRAIT_COUNT][WEIGHING_COUNT] = {
    //                       own sentence   around
    //                       date  place    date  place
    [TRAIT_ANY]           = {   1,   -5,      -1,   -3},
    [TRAIT_CLAUSE]        = {   0,   -4,       0,    0},
    [TRAIT_FAR_3]         = {  -1,   -3,       0,    0},
    [TRAIT_FAR_7]         = {   0,   -9,       0,    0},
    [TRAIT_FAR_15]        = {   0,    2,       0,    0},
    [TRAIT_NEAREST]       = {   6,    5,       0,    0},
    [TRAIT_AHEAD_FINAL]   = {   0,    8,       0,    0},
    [TRAIT_BEFORE_2]      = {   0,    0,      -3,    0},
    [TRAIT_BEHIND_1]      = {   0,    0,       0,   -7},
    [TRAIT_BEHIND_2]      = {   0,    0,      -3,   -8},
    [TRAIT_PARAGRAPH]     = {   0,    0,      -8,   -9},
    [TRAIT_TITLE]         = { -13,   -4,       0,    0},
    [TRAIT_STAMP]         = {   0,    0,       5,    0},
    [TRAIT_NEWS]          = {   0,    0,       9,    0},
    [TRAIT_MARKED]        = {   3,    0,       0,    3},
    [TRAIT_BARE]          = {   0,  -13,       0,    0},
    [TRAIT_GOAL]          = {   0,   -3,       0,    0},
    [TRAIT_HOST]          = {   0,    3,       0,    0},
    [TRAIT_ALIKE]         = {   4,    3,       0,    0},
    [TRAIT_EDGE]          = { -10,    0,     -12,    0},
    [TRAIT_TIME_CLAUSE]   = {  -9,    0,       0,    0},
    [TRAIT_ONLY]          = {   0,    0,       6,   -3},
    [TRAIT_OWN_MEETING]   = {  -6,   -8,       0,   -6},
    [TRAIT_TAKEN]         = {   0,    0,       0,   12},
    [TRAIT_NAME_PART]     = {   0,   -8,       0,    0},
    [TRAIT_BESIDE]        = {   9,    7,       6,    0},
    [TRAIT_MONTH]         = {  -3,    0,       0,    0},
    [TRAIT_YEAR]          = {  -6,    0,       0,    0},
    [TRAIT_RECENT]        = {   0,    0,       6,    0},
    [TRAIT_COMING]        = {   8,    0,       0,    0},
    [TRAIT_OPEN]          = {   0,    0,      18,    0},
    [TRAIT_CITY]          = {   0,   19,       0,    0},
    [TRAIT_OF_PARTY]      = {   0,    4,       0,    3},
    [TRAIT_VISIT]         = {   0,   -8,       0,    0},
    [TRAIT_BY_VERB]       = {   0,   -7,       0,    0},
};

static int32_t weigh(enum weighing by, uint64_t traits)
{
    int32_t sum = 0;
    for (uint64_t left = traits; left; left &= left - 1)
        sum += weights[__builtin_ctzll(left)][by];
    return sum;
}

// The city that weighs most, and the mention of any kind that does; MENTION_NONE where nothing weighs more than nothing.
struct best {
    uint32_t mention, city;
};

#define MARKED_OUTRIGHT (UINT64_C(1) << TRAIT_MARKED | UINT64_C(1) << TRAIT_ALIKE | UINT64_C(1) << TRAIT_NEAREST)

// Among the mentions from `first` to `last`; `meeting` is the draft, if there is one.
static struct best best_of(const struct seeker *s, uint32_t first, uint32_t last, enum weighing by, uint32_t meeting)
{
    struct document *document = s->work->document;
    struct best best = {MENTION_NONE, MENTION_NONE};
    int32_t most = 0, most_city = 0;
    uint32_t at = CLAIM_NONE;
    bool date = by == WEIGH_DATE || by == WEIGH_DATE_AROUND;
    for (uint32_t i = first; i < last; i++) {
        if (date ? !may_date(s, i) : !may_place(s, i))
            continue;
        uint64_t traits = traits_of(s, i);
        int32_t weight = weigh(by, traits);
        vec_push(document->arena, &document->weighed,
                 ((struct weighed){i, meeting, s->candidate->first, traits, weight, (uint8_t)by, false}));
        // "will be held in Oman": a state, too, is told outright by its mark beside the meeting's own verb
        bool outright = !date && weight == 0 && (traits & MARKED_OUTRIGHT) == MARKED_OUTRIGHT;
        if (weight > most || (outright && best.mention == MENTION_NONE)) {
            most = weight;
            best.mention = i;
            at = document->weighed.count - 1;
        }
        if ((traits >> TRAIT_CITY & 1) && weight > most_city) {
            most_city = weight;
            best.city = i;
        }
    }
    if (at != CLAIM_NONE)
        document->weighed.at[at].taken = true;
    return best;
}

static struct seeker seeker_of(const struct work *work, const struct candidate *c)
{
    struct seeker s = {.work = work, .candidate = c, .own_verb = FRAME_NONE, .centre = c->sentence};
    work_clause(work, c->first, &s.clause_first, &s.clause_last);
    if (c->mention != MENTION_NONE)
        s.own_verb = work->document->governed_by[c->mention];
    return s;
}

// A state, and the city in it that weighs most of all cities, are one place.
static void take_place(const struct work *work, struct best best, uint16_t *city, uint16_t *state)
{
    if (best.mention == MENTION_NONE)
        return;
    const struct mention *m = work_mention(work, best.mention);
    *state = m->kind == MENTION_PARTY ? m->code : m->state;
    bool narrower = best.city != MENTION_NONE && work_mention(work, best.city)->state == *state;
    *city = narrower ? work_mention(work, best.city)->city : m->kind == MENTION_PLACE ? m->city : CITY_NONE;
}

// "Here", or "in the capital" of a report that was written in one.
static bool says_here(const struct work *work, uint32_t first, uint32_t last)
{
    const struct span_layer *layer = &work->document->lexicon;
    const struct mention *dateline = work_dateline(work);
    bool capital = dateline && dateline->city != CITY_NONE && work->world->cities.at[dateline->city].capital;
    for (uint32_t token = first; token < last; token++) {
        const struct pack *pack = work_pack(work, work->document->tokens.at[token].sentence);
        if (!(pack->groups.at[work->document->groups[token]].kinds >> LEXICON_PLACE & 1))
            continue;
        uint32_t at = layer->covering[token];
        for (uint32_t i = at; i < layer->count && layer->at[i].first == layer->at[at].first; i++) {
            const struct lexeme *lexeme = &pack->lexemes.at[layer->at[i].lexeme];
            if (lexeme->kind == LEXICON_PLACE && (lexeme->value == PLACE_HERE || (lexeme->value == PLACE_CAPITAL && capital)))
                return true;
        }
    }
    return false;
}

void rank_sentence(const struct work *work, struct candidate *c)
{
    struct seeker s = seeker_of(work, c);
    uint32_t first, last;
    c->weighed_first = work->document->weighed.count;
    work_sentence_mentions(work, c->sentence, &first, &last);
    struct best date = best_of(&s, first, last, WEIGH_DATE, CLAIM_NONE), place = best_of(&s, first, last, WEIGH_PLACE, CLAIM_NONE);
    c->weighed_last = work->document->weighed.count;
    c->date = (struct date_range){0};
    c->now = false;
    if (date.mention != MENTION_NONE) {
        c->date = work_mention(work, date.mention)->date;
        c->now = date_is_none(c->date) && is_of_now(work, work_mention(work, date.mention));
    }
    c->city = CITY_NONE;
    c->state = PARTY_NONE;
    take_place(work, place, &c->city, &c->state);
    bool named = place.mention != MENTION_NONE;
    uint32_t near = c->last + HERE_GAP < s.clause_last ? c->last + HERE_GAP : s.clause_last;
    if (work_dateline(work) && says_here(work, named ? c->last : s.clause_first, named ? near : s.clause_last)) {
        c->city = work_dateline(work)->city;    // where the report was written
        c->state = work_dateline(work)->state;
    }
}

void rank_around(const struct work *work, const draft_vec *drafts, struct draft *d, bool first_held)
{
    const struct document *document = work->document;
    struct seeker s = seeker_of(work, &d->founder);
    uint32_t from, to, first, last, ignored;
    s.drafts = drafts;
    s.draft = d;
    s.first_held = first_held;
    while (s.centre + 1 < document->sentences.count &&
           document->paragraphs.at[document->sentences.at[s.centre].paragraph].role != PARAGRAPH_BODY)
        s.centre++;     // a headline is told below
    from = s.centre > AROUND ? s.centre - AROUND : 0;
    to = s.centre + AROUND < document->sentences.count ? s.centre + AROUND : document->sentences.count - 1;
    work_sentence_mentions(work, from, &first, &ignored);
    work_sentence_mentions(work, to, &ignored, &last);
    if (date_is_none(d->claim.date) && !d->now) {
        struct best date = best_of(&s, first, last, WEIGH_DATE_AROUND, d->index);
        if (date.mention != MENTION_NONE)
            d->claim.date = work_mention(work, date.mention)->date;
    }
    if (d->claim.city != CITY_NONE || d->claim.type == MEETING_CALL)
        return;
    struct best place = best_of(&s, first, last, WEIGH_PLACE_AROUND, d->index);
    if (place.mention != MENTION_NONE && (d->claim.state == PARTY_NONE || work_mention(work, place.mention)->state == d->claim.state))
        take_place(work, place, &d->claim.city, &d->claim.state);
}
