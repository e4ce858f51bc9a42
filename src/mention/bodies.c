// SPDX-License-Identifier: MIT
// Bodies and meetings: nouns (nouns.c) that stand side by side or are tied by a genitive, linked to one meeting.
//
// A meeting takes the type of its body ("the 14th session of the Association Council", "आयोग की पांचवीं बैठक", "बैठक का 10वां दौर"). A body
// that is itself an event (consultations, dialogue, summit), or that carries an ordinal, is a meeting, too.
#include "mention/bodies.h"

#define NAME_WORDS 3        // of what is negotiated, before the noun
#define PERIOD_REACH 9      // units behind a meeting among which the time is looked for within which it is counted
#define RELATIVE_STEPS 9    // units of a relative clause among which an ordinal is looked for

static bool stays_alone(const struct noun *n)
{
    return !n->body && (n->type == MEETING_VISIT || n->type == MEETING_CALL);
}

// Nothing, a genitive mark, or a genitive and a determiner lies between the two.
static bool linked(const struct finder *f, const struct noun *a, const struct noun *b)
{
    if (stays_alone(a) || stays_alone(b))
        return false;
    uint32_t at = a->last;
    while (is_mark(f, at, '"') || is_mark(f, at, '\''))     // a quoted name, or the genitive of a plural
        at++;
    if (at == b->first)
        return true;
    if (!(classes_at(f, at) & GRAMMAR(OF)) && !(features_at(f, at, LEXICON_GRAMMAR) & FEATURE(GEN)))
        return false;
    uint32_t next = skip_determiners(f, unit_last(f, at));
    for (int n = 0; n < NAME_WORDS && next < b->first && !b->body && f->pack->config.case_marks == CASE_BEFORE; n++) {
        bool name = f->covering[next] == SPAN_NONE && f->tokens[next].kind == TOKEN_WORD && (f->tokens[next].flags & TOKEN_CAPITAL);
        if (!name)
            break;
        next++;     // "the round of the USMCA negotiations"
    }
    return next == b->first;
}

// Two bodies are linked only when one is part of the other's name; a body beside a body is another body.
static bool may_join(const struct noun *a, const struct noun *b) { return !(a->body && b->body && !a->event && !b->event); }

static void add_body(struct finder *f, const struct noun *n)
{
    struct mention *m = finder_add(f, MENTION_BODY, n->first, n->last);
    m->code = n->type;
    m->ordinal = n->ordinal;
    m->lexeme = n->lexeme;
    m->parties = n->parties;
    m->flags = n->flags;
    finder_take(f, n->first, n->last, TAKEN_BODY);
}

// "His first visit" counts the visitor's visits, not sessions of anything.
static bool is_counted(uint8_t type) { return type != MEETING_VISIT && type != MEETING_CALL; }

// "The session, which was the seventh, …": a relative clause right behind the noun that says which one of a row it is; 0 if none does.
static int32_t ordinal_in_relative(const struct finder *f, uint32_t at)
{
    for (int n = 0; n < 4 && at < f->last && f->tokens[at].kind != TOKEN_PUNCT && !(classes_at(f, at) & GRAMMAR(WHICH)) &&
                    !(f->kinds[at] & (KIND(MEETING) | KIND(BODY))); n++)
        at = unit_last(f, at);      // "was set at that session which was the seventh"
    at += is_mark(f, at, ',');
    if (!(classes_at(f, at) & GRAMMAR(WHICH)))
        return 0;
    at = unit_last(f, at);
    for (int n = 0; n < RELATIVE_STEPS && at < f->last && f->tokens[at].kind != TOKEN_PUNCT; n++, at = unit_last(f, at)) {
        uint32_t last;
        int32_t ordinal = ordinal_at(f, at, &last);
        if (!ordinal)
            continue;
        bool noun = last < f->last && (classes_at(f, unit_last(f, last)) & GRAMMAR(BE));    // "the seventh link was"
        return noun || (classes_at(f, last) & GRAMMAR(BE)) || is_mark(f, last, ',') ? ordinal : 0;
    }
    return 0;
}

// "The round, the sixth since 2019, …": an ordinal that counts nothing else, between the comma behind the noun and the next mark.
static int32_t ordinal_in_apposition(const struct finder *f, uint32_t at)
{
    if (f->pack->config.head != HEAD_INITIAL || !is_mark(f, at, ','))
        return 0;
    uint32_t first = skip_determiners(f, at + 1), last = first;
    int32_t ordinal = first < f->last ? ordinal_at(f, first, &last) : 0;
    bool alone = last < f->last && ((classes_at(f, last) & ~(GRAMMAR(AND) | GRAMMAR(DETERMINER))) || f->tokens[last].kind == TOKEN_PUNCT);
    return ordinal && alone && !(classes_at(f, last) & GRAMMAR(OCCASION)) ? ordinal : 0;
}

// "This meeting is the third between the two": where verbs follow their subject, an ordinal that counts nothing else is said of the noun.
static int32_t ordinal_in_predicate(const struct finder *f, uint32_t at)
{
    uint32_t verb = at;
    if (f->pack->config.head != HEAD_INITIAL || pack_inflects(f->pack))
        return 0;
    while (at < f->last && (classes_at(f, at) & (GRAMMAR(BE) | GRAMMAR(WILL) | GRAMMAR(HAVE))))
        at = unit_last(f, at);
    uint32_t first = at < f->last ? skip_determiners(f, at) : at, last = first;
    int32_t ordinal = at > verb && first > at && first < f->last ? ordinal_at(f, first, &last) : 0;
    const uint64_t behind = GRAMMAR(BETWEEN) | GRAMMAR(SINCE) | GRAMMAR(OF) | GRAMMAR(AND) | GRAMMAR(IN);
    bool alone = last >= f->last || (classes_at(f, last) & behind) || f->tokens[last].kind == TOKEN_PUNCT;
    bool pause = ordinal == 1 && last < f->last && (classes_at(f, last) & (GRAMMAR(IN) | GRAMMAR(SINCE)));    // "the first in five years"
    return ordinal && alone && !pause ? ordinal : 0;
}

// "The third meeting of the presidents in two years", "… this year": how often they met within a time, no number of a row.
static bool is_counted_within(const struct finder *f, uint32_t at)
{
    for (uint32_t steps = 0; pack_inflects(f->pack) && steps < PERIOD_REACH && at < f->last; steps++, at = unit_last(f, at)) {
        if (f->tokens[at].kind == TOKEN_PUNCT || trigger_at(f, at) != SPAN_NONE)
            return false;
        const struct lexeme *time = f->kinds[at] & KIND(TIME) ? lexeme_at(f, at, LEXICON_TIME) : NULL;
        if (time && time->number == 0 && time->attribute >= TIME_MONTH)
            return true;
        uint32_t next = unit_last(f, at);
        bool number = next < f->last && (f->tokens[next].kind == TOKEN_NUMBER || (kinds_at(f, next) & KIND(NUMBER)));
        if ((classes_at(f, at) & GRAMMAR(FOR)) && (number || (classes_at(f, next) & GRAMMAR(PREVIOUS))))
            return true;
    }
    return false;
}

static void add_meeting(struct finder *f, const struct noun *n, uint32_t first, uint32_t last)
{
    int32_t ordinal = n->ordinal ? n->ordinal : ordinal_in_relative(f, last);
    ordinal = ordinal ? ordinal : ordinal_in_apposition(f, last);
    ordinal = ordinal ? ordinal : ordinal_in_predicate(f, last);
    struct mention *m = finder_add(f, MENTION_MEETING, first, last);
    m->code = n->type;
    bool row = n->body || n->type != MEETING_MEETING || (n->flags & MENTION_ROUND) || !ordinal || !is_counted_within(f, last);
    m->ordinal = is_counted(n->type) && row ? ordinal : 0;
    m->lexeme = n->lexeme;
    m->parties = n->parties;
    m->flags = n->flags;
    finder_take(f, first, last, TAKEN_MEETING);
}

// Parties that stand beside a meeting noun: "talks between X and Y", "meeting with X", "summit of X".
static void parties_beside(const struct finder *f, struct noun *n)
{
    if (f->pack->config.case_marks == CASE_AFTER || n->last >= f->last)
        return;
    uint64_t classes = classes_at(f, n->last);
    bool with = classes & (GRAMMAR(BETWEEN) | GRAMMAR(WITH) | GRAMMAR(OF) | GRAMMAR(TO));
    if (with)
        parties_after(f, unit_last(f, n->last), &n->parties);
    else if (pack_inflects(f->pack) && (kinds_at(f, n->last) & PARTY_KINDS))
        parties_after(f, n->last, &n->parties);
}

// The chain of nouns from `i` on that are linked becomes one meeting; returns the noun behind it.
static uint32_t add_chain(struct finder *f, noun_vec *nouns, uint32_t i)
{
    uint32_t end = i + 1;
    struct noun whole = nouns->at[i];
    bool body = whole.body, counted = !whole.body && whole.ordinal;
    while (end < nouns->count && linked(f, &nouns->at[end - 1], &nouns->at[end]) && may_join(&nouns->at[end - 1], &nouns->at[end])) {
        const struct noun *n = &nouns->at[end++];
        // a body names the type; between two meeting nouns the one that is no mere "session" does
        bool summit = whole.type == MEETING_FORUM && n->type == MEETING_SUMMIT && !body;    // "the summit of the conference"
        if ((n->body && !body) || (n->body == body && whole.type == MEETING_SESSION) || summit) {
            whole.type = n->type;
            whole.lexeme = n->lexeme;
        }
        body |= n->body;
        whole.event |= n->event || !n->body;
        if (n->ordinal && (!whole.ordinal || (!n->body && !counted)))
            whole.ordinal = n->ordinal;
        counted |= !n->body && n->ordinal;
        whole.flags |= n->flags & (MENTION_PAST_REF | MENTION_NEXT_REF | MENTION_ROUND);
        party_set_add_all(&whole.parties, &n->parties);
        whole.last = n->last;
    }
    for (uint32_t k = i; k < end; k++)
        if (nouns->at[k].body) {
            struct noun named = nouns->at[k];
            if (!named.parties.count)
                named.parties = whole.parties;
            add_body(f, &named);
        }
    if (!body && whole.type == MEETING_SESSION && whole.last < f->last && needs_two(f, whole.last)) {   // "the session of the committee"
        whole.type = MEETING_COMMISSION;
        whole.last = unit_last(f, whole.last);
    }
    if (body && !whole.ordinal && end == i + 1 && pack_inflects(f->pack) && whole.type < MEETING_MEETING)
        whole.ordinal = ordinal_in_apposition(f, whole.last);   // "the commission will sit, the sixth in the row"
    if (!body || whole.event || whole.ordinal || (whole.flags & (MENTION_PAST_REF | MENTION_NEXT_REF) && end - i > 1)) {
        if (!body || end - i > 1)
            parties_beside(f, &whole);
        add_meeting(f, &whole, whole.first, whole.last);
    }
    return end;
}

void bodies_find(struct finder *f)
{
    noun_vec nouns = {0};
    // a noun may stand around its parties where words inflect, and be left out behind an ordinal, which may be Roman, or "the next"
    bool ordinal = f->here & (KIND(NUMBER) | HERE_NUMBERS | HERE_ROMAN);
    bool adjective = ordinal || (f->here_classes & (GRAMMAR(PREVIOUS) | GRAMMAR(NEXT)));
    if (!(f->here & NOUN_KINDS) && !f->aliases.count && !adjective && !pack_inflects(f->pack))
        return;
    nouns_collect(f, &nouns);
    count_occasions(f, &nouns);
    for (uint32_t i = 0; i < nouns.count;)
        i = add_chain(f, &nouns, i);
}
