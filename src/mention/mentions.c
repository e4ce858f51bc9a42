// SPDX-License-Identifier: MIT
// The mention stage: runs the finders over the sentences, then puts what they found in order and nests it.
//
// Order of the passes: the day of the report; acronyms of bodies; then sentence by sentence dates, parties and places, bodies and
// meetings, offices with their people, instruments, organs and topics; then names alone, which need all the people known. The finders
// append in any order; at the end the layer is put in order, longer mentions before the shorter ones that begin with them, and a stack
// nests them.
// Invariants of the layer: ordered by `first`, then by descending `last`; `outer` is the smallest mention that holds the inner one;
// no mention lies within the words of a person's name.
#include "mention/mentions.h"

#include <string.h>

#include "mention/finder.h"

#define NESTING_MAX 16

typedef VEC(struct mention) mention_vec;

// Mentions in a person's name (a surname that is a city), other than the person, are nobody's.
static bool dropped(const struct finder *f, const struct mention *m)
{
    if (m->kind == MENTION_PERSON)
        return false;
    for (uint32_t t = m->first; t < m->last; t++)
        if (!(f->taken[t] & TAKEN_NAME))
            return false;
    return true;
}

// In the order of the text, wider first; of equal bounds the one that holds others first.
static bool stands_before(const struct mention *a, const struct mention *b)
{
    static const uint8_t rank[MENTION_KIND_COUNT] = {
        [MENTION_MEETING] = 0, [MENTION_BODY] = 1, [MENTION_PERSON] = 2, [MENTION_ORGAN] = 3, [MENTION_INSTRUMENT] = 4,
        [MENTION_PLACE] = 5, [MENTION_PARTY] = 6, [MENTION_DATE] = 7, [MENTION_TOPIC] = 8, [MENTION_SIDES] = 9, [MENTION_SOURCE] = 10,
        [MENTION_AMOUNT] = 11,
    };
    if (a->first != b->first)
        return a->first < b->first;
    return a->last != b->last ? a->last > b->last : rank[a->kind] < rank[b->kind];
}

// Counting sort by sentence, within which mentions that stand before each other are moved; returns where each old index went.
static uint32_t *order(struct finder *f)
{
    struct document *d = f->document;
    uint32_t count = d->mentions.count, kept = 0;
    uint32_t *end = ARENA_ARRAY(f->arena, uint32_t, (size_t)d->sentences.count + 1);     // of what is sorted of a sentence
    uint32_t *moved = arena_take(f->arena, ((size_t)count + 1) * sizeof *moved);
    uint32_t *old = arena_take(f->arena, ((size_t)count + 1) * sizeof *old);
    for (uint32_t i = 0; i < count; i++) {
        moved[i] = dropped(f, &d->mentions.at[i]) ? MENTION_NONE : 0;
        end[d->mentions.at[i].sentence + 1] += moved[i] == 0;
        kept += moved[i] == 0;
    }
    for (uint32_t s = 0; s < d->sentences.count; s++)
        end[s + 1] += end[s];
    uint32_t *begin = arena_take(f->arena, ((size_t)d->sentences.count + 1) * sizeof *begin);
    memcpy(begin, end, ((size_t)d->sentences.count + 1) * sizeof *begin);
    for (uint32_t i = 0; i < count; i++) {
        const struct mention *m = &d->mentions.at[i];
        if (moved[i] == MENTION_NONE)
            continue;
        uint32_t at = end[m->sentence]++;
        for (; at > begin[m->sentence] && stands_before(m, &d->mentions.at[old[at - 1]]); at--)
            old[at] = old[at - 1];
        old[at] = i;
    }
    struct mention *sorted = arena_take(f->arena, ((size_t)kept + 1) * sizeof *sorted);
    for (uint32_t i = 0; i < kept; i++) {
        sorted[i] = d->mentions.at[old[i]];
        moved[old[i]] = i;
    }
    d->mentions.at = sorted;
    d->mentions.count = kept;
    d->mentions.room = kept + 1;
    return moved;
}

// What lies in a name of a body, an organ or a person's office says nothing of its own; a meeting noun alone holds its parties and
// dates, but its topics speak for themselves ("trade talks").
static bool holds(const struct mention *outer, const struct mention *inner)
{
    switch (outer->kind) {
    case MENTION_BODY: case MENTION_PERSON: case MENTION_ORGAN: case MENTION_INSTRUMENT:
        return true;
    case MENTION_MEETING:
        return inner->kind != MENTION_TOPIC;
    case MENTION_PLACE:
        // "Canberra, Australia" holds the state; a state that is the place itself stands beside it
        return inner->kind == MENTION_PARTY && (inner->first != outer->first || inner->last != outer->last);
    default:
        return false;
    }
}

static void nest(struct finder *f)
{
    struct document *d = f->document;
    uint32_t stack[NESTING_MAX], depth = 0;
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        struct mention *m = &d->mentions.at[i];
        while (depth && d->mentions.at[stack[depth - 1]].last <= m->first)
            depth--;
        for (uint32_t k = depth; k-- > 0;) {
            const struct mention *outer = &d->mentions.at[stack[k]];
            if (outer->last >= m->last && holds(outer, m)) {
                m->outer = stack[k];
                m->flags |= MENTION_INSIDE;
                break;
            }
        }
        if (depth < NESTING_MAX)
            stack[depth++] = i;
    }
}

static void each_sentence(struct finder *f, void (*find)(struct finder *))
{
    for (uint32_t s = 0; s < f->document->sentences.count; s++)
        if (finder_enter(f, s))
            find(f);
}

static void find_most(struct finder *f)
{
    f->sentence_mentions[f->sentence] = f->document->mentions.count;
    dates_find(f);
    if (f->paragraph_role == PARAGRAPH_META)
        return;     // dates the report and says no more
    places_find(f);
    bodies_find(f);
    people_find(f);
    instruments_find(f);
    topics_find(f);
    amounts_find(f);
}

static void find_bare_people(struct finder *f)
{
    f->bare_mentions = f->document->mentions.count;
    if (f->paragraph_role != PARAGRAPH_META)
        people_find_bare(f);
}

static void close_layer(struct finder *f)
{
    const uint32_t *moved = order(f);
    for (uint32_t i = 0; i < f->document->people.count; i++) {
        struct person *p = &f->document->people.at[i];
        p->mention = p->mention == MENTION_NONE ? MENTION_NONE : moved[p->mention];
    }
    people_finish(f);
    nest(f);
}

void mention_run(struct document *document)
{
    if (document->given_date.first.year)
        document->published = document->given_date;
    if (!document->pack || !document->tokens.count)
        return;
    struct finder finder;
    finder_init(&finder, document);
    dates_published(&finder);
    each_sentence(&finder, bodies_find_aliases);
    each_sentence(&finder, find_most);
    each_sentence(&finder, find_bare_people);
    close_layer(&finder);
}
