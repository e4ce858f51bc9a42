// SPDX-License-Identifier: MIT
// Clauses put into another one: "the flights, suspended in 2020, will be resumed", "on the railway, whose first stone …, they exchanged
// views". What stands before such an insertion is governed over it, by what goes on behind it.
//
// An insertion opens with a mark and a relative pronoun or a participle, before the clause around it has had its verb. Where verbs come
// first it closes at the mark with the verb of the outer clause right behind; a matter put in front ("on …") has its subject there. Where
// verbs come last it closes with the verb of its own.
#include "frame/insertion.h"

#define OPENING_REACH 3     // tokens behind the mark in which the relative pronoun stands ("most of whom")

static bool is_comma(const struct clause_view *view, uint32_t token)
{
    return view->boundary[token - view->first] == BOUNDARY_COMMA && clause_is_punct(view, token);
}

// Features of the triggers that begin at the token.
static uint32_t trigger_features(const struct clause_view *view, uint32_t token)
{
    const struct span_layer *triggers = &view->document->triggers;
    uint32_t at = token < view->last ? triggers->covering[token] : SPAN_NONE, features = 0;
    for (; at < triggers->count && triggers->at[at].first == token; at++)
        features |= triggers->at[at].features;
    return features;
}

static bool is_auxiliary(const struct clause_view *view, uint32_t token)
{
    uint64_t auxiliary = GRAMMAR(WILL) | GRAMMAR(MAY) | GRAMMAR(MUST) | GRAMMAR(BE) | GRAMMAR(HAVE) | GRAMMAR(DO);
    return (clause_classes(view, token) & auxiliary) && !(clause_classes(view, token) & CLAUSE_CASE);
}

static bool is_finite_trigger(const struct clause_view *view, uint32_t token)
{
    uint32_t features = trigger_features(view, token);
    bool attribute = pack_inflects(view->pack) && (features & FEATURE(PART)) && !(features & CLAUSE_FINITE);
    return (features & CLAUSE_FINITE) && !attribute;
}

static bool begins_verb(const struct clause_view *view, uint32_t token)
{
    return is_auxiliary(view, token) || is_finite_trigger(view, token);
}

static bool has_verb(const struct clause_view *view, uint32_t from, uint32_t to)
{
    for (uint32_t token = from; token < to; token++)
        if (begins_verb(view, token))
            return true;
    return false;
}

// First token of what the mark at `token` goes on with: behind the last clause boundary or "that".
static uint32_t part_begin(const struct clause_view *view, uint32_t token)
{
    uint32_t at = token;
    while (at > view->first && view->boundary[at - 1 - view->first] < BOUNDARY_THAT)
        at--;
    return at;
}

static uint32_t relative_behind(const struct clause_view *view, uint32_t mark)
{
    for (uint32_t token = mark + 1; token <= mark + OPENING_REACH && token < view->last && !clause_is_punct(view, token); token++)
        if (clause_classes(view, token) & GRAMMAR(WHICH))
            return token;
    return view->last;
}

// Verbs first: the closing mark of what opens at `mark`, whose own words begin at `from`; view->last if it does not close.
static uint32_t close_before_verb(const struct clause_view *view, uint32_t mark, uint32_t from)
{
    uint32_t begin = part_begin(view, mark);
    bool in_front = clause_classes(view, begin) & (GRAMMAR(ON) | GRAMMAR(ABOUT));
    for (uint32_t token = from + 1; token + 1 < view->last && view->boundary[token - view->first] < BOUNDARY_THAT; token++) {
        if (!is_comma(view, token))
            continue;
        uint64_t behind = clause_classes(view, token + 1);
        bool subject = in_front && (behind & (GRAMMAR(DETERMINER) | GRAMMAR(PRONOUN))) && has_verb(view, from, token);
        if (begins_verb(view, token + 1) || subject)
            return token;
    }
    return view->last;
}

static void put_in(struct clause_view *view, uint32_t mark, uint32_t close)
{
    view->over[mark - view->first] = (uint16_t)(close - view->first);
    view->inserts = true;
}

static void open_before_verb(struct clause_view *view, uint32_t mark)
{
    uint32_t relative = relative_behind(view, mark);
    bool participle = trigger_features(view, mark + 1) & FEATURE(PART);
    if (relative == view->last && !participle)
        return;
    uint32_t close = close_before_verb(view, mark, relative == view->last ? mark + 1 : relative);
    if (close < view->last && !has_verb(view, part_begin(view, mark), mark))
        put_in(view, mark, close);
}

// Verbs last: the relative pronoun at `token` stands in a clause that has had no verb, and the clause goes on behind that of the relative.
static void open_after_noun(struct clause_view *view, uint32_t token)
{
    uint32_t mark = token > view->first && is_comma(view, token - 1) ? token - 1 : token, close = token + 1;
    uint32_t begin = part_begin(view, mark);
    if (begin + 1 >= mark)
        return;
    for (uint32_t at = begin; at < mark; at++)
        if (clause_features(view, at) & CLAUSE_FINITE && !(clause_classes(view, at) & CLAUSE_CASE))
            return;
    while (close < view->last && view->boundary[close - view->first] != BOUNDARY_HARD)
        close++;
    if (close + 1 < view->last && clause_is_punct(view, close))
        put_in(view, mark, close);
}

void insertions_find(struct clause_view *view)
{
    bool final = view->pack->config.head == HEAD_FINAL;
    for (uint32_t token = view->first + 1; token + 2 < view->last; token++) {
        if (view->boundary[token - view->first] == BOUNDARY_NONE)
            continue;   // neither a comma nor a relative pronoun
        if (final ? !(clause_classes(view, token) & GRAMMAR(WHICH)) : !is_comma(view, token))
            continue;
        if (final)
            open_after_noun(view, token);
        else
            open_before_verb(view, token);
    }
}
