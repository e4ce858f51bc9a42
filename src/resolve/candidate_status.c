// SPDX-License-Identifier: MIT
// Whether a meeting candidate was held, lies ahead or was undone.
//
// The verb says it first, and one that calls the meeting off reaches over what is put in between. Where no verb tells, the clause's words
// for time do; last the date.
#include "resolve/candidates.h"

#define NAME_BEFORE 6       // capitalised words and hyphens of a meeting's name before its noun
#define SETTING_WORDS 4     // words between the preposition and the meeting's noun

uint8_t status_from_flags(uint32_t flags)
{
    return flags & (FRAME_FUTURE | FRAME_MAY) ? MEETING_STATUS_PLANNED : MEETING_STATUS_HELD;
}

// "Said at the meeting that they will build": what a content clause behind the mention tells is not of the meeting.
static uint32_t before_content(const struct work *work, uint32_t from, uint32_t to)
{
    uint32_t token = from;
    while (token < to && !(work_grammar(work, token) & GRAMMAR(THAT)))
        token++;
    return token;
}

// A verb in the future whose clause holds the mention tells that it lies ahead, even if its rule has no word on meetings.
static bool is_ahead(const struct work *work, const struct candidate *c)
{
    uint32_t first, last, frame_first, frame_last;
    work_clause(work, c->first, &first, &last);
    last = before_content(work, c->last, last);
    for (uint32_t token = first; token < last; token++)
        if (work_grammar(work, token) & GRAMMAR(WILL))
            return true;
    work_sentence_frames(work, c->sentence, &frame_first, &frame_last);
    for (uint32_t i = frame_first; i < frame_last; i++) {
        const struct frame *frame = &work->document->frames.at[i];
        bool covers = frame->clause_first <= c->first && c->first < frame->clause_last && frame->first < last;
        if (covers && (frame->flags & FRAME_FUTURE))
            return true;
    }
    return false;
}

uint32_t before_name(const struct work *work, const struct mention *m)
{
    uint32_t token = work_with_articles(work, m), first = work->document->sentences.at[m->sentence].first;
    bool capitals = !work_pack(work, m->sentence)->config.plain_names;
    for (int words = 0; capitals && words < NAME_BEFORE && token > first + 1; words++) {
        const struct token *before = &work->document->tokens.at[token - 1];
        bool joint = before->kind == TOKEN_PUNCT && before->end - before->begin <= 3 && words && (before[-1].flags & TOKEN_CAPITAL);
        if (!joint && !(before->kind == TOKEN_WORD && (before->flags & TOKEN_CAPITAL)))
            break;
        token--;
    }
    while (token > first && (work_grammar(work, token - 1) & GRAMMAR(DETERMINER)))
        token--;
    return token;
}

// "Will further the vision set out at the summit": a participle right before the mark of place tells that it is over.
static bool follows_participle(const struct work *work, const struct candidate *c)
{
    const struct span_layer *triggers = &work->document->triggers;
    if (c->mention == MENTION_NONE || work_pack(work, c->sentence)->config.head != HEAD_INITIAL || !triggers->covering)
        return false;
    uint32_t token = before_name(work, work_mention(work, c->mention)), first = work->document->sentences.at[c->sentence].first;
    if (token < first + 2 || !(work_grammar(work, token - 1) & (GRAMMAR(IN) | GRAMMAR(DURING) | GRAMMAR(BY))))
        return false;
    uint32_t at = triggers->covering[token - 2];
    return at != SPAN_NONE && triggers->at[at].last == token - 1 && (triggers->at[at].features & FEATURE(PART)) &&
           !(work_grammar(work, triggers->at[at].first - (triggers->at[at].first > first)) & (GRAMMAR(BE) | GRAMMAR(WILL)));
}

// "In an interview before his visit to X", "ahead of the summit in Y": what is told ahead of them tells that they are to come.
bool is_before_event(const struct work *work, const struct candidate *c)
{
    const struct sentence *sentence = &work->document->sentences.at[c->sentence];
    if (c->type != MEETING_VISIT && c->type != MEETING_SUMMIT && c->type != MEETING_FORUM)
        return false;
    if (work_pack(work, c->sentence)->config.head == HEAD_FINAL)    // the verb's own last word may be the mark's first
        return ((c->last < sentence->last ? work_grammar(work, c->last) : 0) | work_grammar(work, c->last - 1)) &
               (GRAMMAR(BEFORE) | GRAMMAR(UNTIL));
    if (c->mention == MENTION_NONE)
        return false;
    uint32_t token = work_with_articles(work, work_mention(work, c->mention));
    return token > sentence->first && (work_grammar(work, token - 1) & GRAMMAR(BEFORE));
}

// "The line will open in May, the ministers said after their talks": where words inflect, a finite verb of the past governs the meeting
// that is its setting.
static bool is_past_setting(const struct work *work, const struct candidate *c)
{
    uint32_t governor = c->mention == MENTION_NONE ? FRAME_NONE : work->document->governed_by[c->mention];
    if (governor == FRAME_NONE || !pack_inflects(work_pack(work, c->sentence)))
        return false;
    const struct mention *m = work_mention(work, c->mention);
    const struct frame *verb = &work->document->frames.at[governor];
    const uint32_t open = FRAME_FUTURE | FRAME_MAY | FRAME_NOT | FRAME_IF | FRAME_NOUN | FRAME_ATTRIBUTE;
    bool told = (verb->flags & FRAME_PAST) && !(verb->flags & open);
    uint32_t token = work_with_articles(work, m), first = work->document->sentences.at[m->sentence].first;
    bool after = token > first && (work_grammar(work, token - 1) & GRAMMAR(AFTER));
    return told && (after || is_setting(work, m));
}

uint8_t status_from_clause(const struct work *work, const struct candidate *c)
{
    if (is_past_setting(work, c))
        return MEETING_STATUS_HELD;
    if (c->past_ref || follows_participle(work, c))
        return MEETING_STATUS_HELD;
    return c->next_ref || is_ahead(work, c) ? MEETING_STATUS_PLANNED : MEETING_STATUS_HELD;
}

// "The commission sits again in 2021", "the conference on 10 October": what a verb not in the past, or none, sets on a day to come is
// planned.
void plan_by_date(const struct work *work, struct candidate *c)
{
    struct date_range published = work->document->published;
    bool known = !date_is_none(published) && published.first.day && !date_is_none(c->date) && !date_overlaps(c->date, published);
    bool present = c->told ? c->frame != FRAME_NONE && !(work->document->frames.at[c->frame].flags & FRAME_PAST) : !c->past_ref;
    if (known && present && c->status == MEETING_STATUS_HELD &&
        date_day_number(c->date.first) > date_day_number(published.first))
        c->status = MEETING_STATUS_PLANNED;
}

// "To the summit", where endings tell direction from place: the noun's form is none of a place.
static bool is_direction(const struct work *work, const struct mention *m)
{
    const struct span_layer *layer = &work->document->lexicon;
    uint32_t cases = FEATURE(NOM) | FEATURE(GEN) | FEATURE(DAT) | FEATURE(ACC) | FEATURE(INS) | FEATURE(LOC), features = 0;
    for (uint32_t token = m->first; token < m->last && !features; token++) {
        uint32_t at = layer->covering[token];
        for (uint32_t i = at; at != SPAN_NONE && i < layer->count && layer->at[i].first == layer->at[at].first; i++)
            if (layer->at[i].lexeme == m->lexeme)
                features |= layer->at[i].features;
    }
    return (features & cases) && !(features & FEATURE(LOC));
}

// "Flew in for the talks", "went to the summit": the mark says what somebody does something for, or where he goes.
bool is_purpose(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    if (work_pack(work, m->sentence)->config.head == HEAD_FINAL)
        return m->last < sentence->last && (work_grammar(work, m->last) & GRAMMAR(FOR));
    uint32_t token = before_name(work, m);
    uint64_t mark = token > sentence->first ? work_grammar(work, token - 1) : 0;
    bool goes = pack_inflects(work_pack(work, m->sentence)) && (mark & (GRAMMAR(IN) | GRAMMAR(ON))) && is_direction(work, m);
    return goes || (mark & (GRAMMAR(FOR) | GRAMMAR(TO)));
}

// "In the meeting they agreed …": the meeting is where it happens, not what the verb speaks of.
bool is_setting(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    uint64_t place = GRAMMAR(IN) | GRAMMAR(DURING);
    if (work_pack(work, m->sentence)->config.head == HEAD_FINAL)
        return m->last < sentence->last && (work_grammar(work, m->last) & place);
    uint32_t token = work_with_articles(work, m);
    bool endings = pack_inflects(work_pack(work, m->sentence));
    for (int words = 0; endings && words < SETTING_WORDS && token > sentence->first; words++) {    // "at their first in a year meeting"
        const struct token *before = &work->document->tokens.at[token - 1];
        bool word = before->kind == TOKEN_WORD && !(before->flags & TOKEN_CAPITAL);
        if (!word || (work_grammar(work, token - 1) & place) || work_in_trigger(work, token - 1))
            break;
        token--;
    }
    bool own = token > sentence->first && !work_in_trigger(work, token - 1);    // not "took part in"
    // a mark of several words ("on the margins of") has a case of its own
    uint32_t group = token > sentence->first ? work->document->lexicon.covering[token - 1] : SPAN_NONE;
    bool alone = group != SPAN_NONE && work->document->lexicon.at[group].last - work->document->lexicon.at[group].first == 1;
    if (endings && alone && (work_grammar(work, token - 1) & GRAMMAR(IN)) && is_direction(work, m))
        return false;
    return token > sentence->first && (own || !endings) && (work_grammar(work, token - 1) & place);
}

// "Eight papers were signed during the ninth session": it was held.
bool happened_during(const struct work *work, const struct mention *m, const struct frame *frame)
{
    bool during = m->last < work->document->sentences.at[m->sentence].last && (work_grammar(work, m->last) & GRAMMAR(DURING));
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL;
    bool past = (frame->flags & FRAME_PAST) && !(frame->flags & (FRAME_FUTURE | FRAME_MAY | FRAME_NOT | FRAME_IF));
    return during && final && m->ordinal && past;
}

bool was_before(const struct work *work, const struct mention *m, const struct frame *frame)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    uint32_t token = work_with_articles(work, m);
    const uint32_t untold = FRAME_FUTURE | FRAME_MAY | FRAME_NOT | FRAME_IF;
    bool initial = work_pack(work, m->sentence)->config.head == HEAD_INITIAL;
    // a headline tells in the present what is over: "X and Y agree to restore ties after talks in Z"
    bool headline = work_is_title(work, m->sentence) && !(frame->flags & (FRAME_NONFINITE | FRAME_NOUN));
    bool past = ((frame->flags & FRAME_PAST) || headline) && !(frame->flags & untold);
    return past && initial && token > sentence->first && (work_grammar(work, token - 1) & GRAMMAR(AFTER));
}

// "The session, which had been put off twice, was held": the verb behind the one that undid the meeting tells that it took place.
bool was_held_after(const struct work *work, uint32_t undoing, uint32_t governor)
{
    if (governor == FRAME_NONE || governor <= undoing || work_rule(work, governor)->meeting.value != MEETING_STATUS_HELD)
        return false;
    const uint32_t open = FRAME_FUTURE | FRAME_MAY | FRAME_NOT | FRAME_IF | FRAME_NOUN | FRAME_NONFINITE;
    const struct frame *frame = &work->document->frames.at[governor];
    return work_pack(work, frame->sentence)->config.head == HEAD_INITIAL && (frame->flags & FRAME_PAST) && !(frame->flags & open);
}

// "The session, due to open on Thursday, was called off": a verb that undoes a meeting reaches over what is put in between.
uint32_t undoing_frame(const struct work *work, const struct mention *m, uint32_t governor)
{
    uint32_t first, last;
    work_sentence_frames(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct frame *frame = &work->document->frames.at[i];
        uint8_t value = work_rule(work, i)->meeting.value;
        bool other = (frame->flags & FRAME_ATTRIBUTE) && governor != FRAME_NONE && governor != i;    // "broken off in May, will go on"
        bool undoes = !other && (value == MEETING_STATUS_POSTPONED || value == MEETING_STATUS_CANCELLED);
        // where the verb comes last, it undoes the meeting that stands right before it, though a participle before that says it was held
        bool near = frame->first <= m->last + 2 && !(frame->flags & FRAME_NOUN);
        bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL && near;
        bool around = final && frame->first <= m->first && frame->last > m->last;    // one trigger with its noun
        bool behind = frame->first >= m->last || around;
        if (undoes && !was_held_after(work, i, governor) && ((frame->flags & FRAME_PASSIVE) || final) &&
            !(frame->flags & (FRAME_NOT | FRAME_MAY | FRAME_IF)) && behind)
            return i;
    }
    return FRAME_NONE;
}
