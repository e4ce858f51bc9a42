// SPDX-License-Identifier: MIT
// Where verbs come last, a matter and what is said of it often stand in two clauses that point at each other:
// the one that names the matter has a verb of being alone, and the relative clause beside it, before or behind, has the verb that tells how
// firm the matter is. A pronoun or determiner in the first must point at the second, or nothing is taken from there.
#include "frame/correlative.h"

static uint8_t stance_of(const struct clause_view *view, const struct frame *frame)
{
    return view->pack->rules.at[frame->rule].commitment.value;
}

// A word that points along ("those", "among them") stands among the first two words behind `mark`.
static bool points_along(const struct clause_view *view, uint32_t mark)
{
    const uint64_t pointing = GRAMMAR(DETERMINER) | GRAMMAR(PRONOUN) | GRAMMAR(INCLUDING);
    return (clause_classes(view, mark + 1) & pointing) || (clause_classes(view, mark + 2) & pointing);
}

// Nearest frame within [from, to) that tells how firm something is.
static uint32_t stance_within(const struct clause_view *view, const struct frame *frames, uint32_t count, uint32_t from, uint32_t to)
{
    for (uint32_t i = 0; i < count; i++) {
        uint8_t value = stance_of(view, &frames[i]);
        if (frames[i].first >= from && frames[i].last <= to && value < VALUE_UNSET && value != CODE_NONE)
            return i;
    }
    return FRAME_NONE;
}

// A relative pronoun stands among the first words of the clause of this frame.
static bool is_in_relative(const struct clause_view *view, const struct frame *frame)
{
    uint32_t begin = clause_begin(view, frame->first);
    return (clause_classes(view, begin) | clause_classes(view, begin + 1) | clause_classes(view, begin + 2)) & GRAMMAR(WHICH);
}

// "On which matters talk was, among them X and Y are": the relative clause before the matter's own, which points back at it.
static uint32_t governor_in_clause_before(const struct clause_view *view, const struct frame *frames, uint32_t count, uint32_t first)
{
    for (uint32_t i = count; i-- > 0;) {
        uint32_t end = frames[i].verb_last > frames[i].last ? frames[i].verb_last : frames[i].last;
        uint8_t value = stance_of(view, &frames[i]);
        if (end >= first || value >= VALUE_UNSET || value == CODE_NONE || (frames[i].flags & (FRAME_NONFINITE | FRAME_NOUN)))
            continue;
        bool mark = clause_is_punct(view, end);
        return points_along(view, mark ? end : end - 1) && is_in_relative(view, &frames[i]) ? i : FRAME_NONE;
    }
    return FRAME_NONE;
}

uint32_t correlative_governor(const struct clause_view *view, const struct frame *frames, uint32_t count, const struct mention *m)
{
    if (view->pack->config.head != HEAD_FINAL || m->kind != MENTION_TOPIC)
        return FRAME_NONE;
    uint32_t end = clause_end(view, m->last - 1);
    uint32_t which = clause_is_punct(view, end) ? end + 1 : end, found = FRAME_NONE;
    if (end < view->last && (clause_classes(view, which) & GRAMMAR(WHICH))) {
        bool pointed = false;
        for (uint32_t token = m->last; token < end; token++)
            pointed |= (clause_classes(view, token) & (GRAMMAR(DETERMINER) | GRAMMAR(PRONOUN))) != 0;
        uint32_t inside = which;
        while (clause_classes(view, inside + 1) & GRAMMAR(WHICH))
            inside++;
        found = pointed ? stance_within(view, frames, count, which, clause_end(view, inside)) : FRAME_NONE;
    }
    return found != FRAME_NONE ? found : governor_in_clause_before(view, frames, count, m->first);
}
