// SPDX-License-Identifier: MIT
// A summit or forum that is the occasion of other talks, or lies before or behind them: not these talks themselves.
//
// A mark of place or time before its noun tells it ("met on the sidelines of the summit"), or another meeting of which the sentence speaks
// first ("their meeting follows four months after the summit").
#include "resolve/candidates.h"

#define MARK_WORDS 3        // words between a mark of place or time and the meeting's noun
#define MARGIN_WORDS 3      // at least, of the mark that says so

// A mark of place or time belongs to the mention.
static bool is_where_or_when(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    uint64_t marks = GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(DURING) | GRAMMAR(AFTER) | GRAMMAR(BEFORE);
    if (work_pack(work, m->sentence)->config.head == HEAD_FINAL)
        return m->last < sentence->last && (work_grammar(work, m->last) & marks);
    for (uint32_t token = m->first; token > sentence->first && m->first - token < MARK_WORDS; token--) {
        const struct token *before = &work->document->tokens.at[token - 1];
        if (work_grammar(work, token - 1) & (marks | GRAMMAR(UNDER)))
            return true;
        if (before->kind != TOKEN_WORD || (work_grammar(work, token - 1) & ~GRAMMAR(DETERMINER)))
            return false;
    }
    return false;
}

// "Met on the sidelines of the summit": a summit or forum with a mark of place or time is the occasion of the meeting that the verb tells
// of, and not that meeting.
bool is_occasion(const struct work *work, const struct mention *m, uint32_t frame)
{
    bool large = m->code == MEETING_SUMMIT || m->code == MEETING_FORUM;
    return large && frame != FRAME_NONE && work_rule(work, frame)->makes == MEETING_MEETING && is_where_or_when(work, m);
}

// The clause of these talks names the summit or forum on whose occasion they are.
bool has_occasion(const struct work *work, const struct candidate *c, uint32_t frame)
{
    uint32_t first, last, clause_first, clause_last;
    bool initial = work_pack(work, c->sentence)->config.head == HEAD_INITIAL;
    if (frame == FRAME_NONE)
        return false;
    work_sentence_mentions(work, c->sentence, &first, &last);
    work_clause(work, c->first, &clause_first, &clause_last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool large = m->kind == MENTION_MEETING && (m->code == MEETING_SUMMIT || m->code == MEETING_FORUM);
        bool inside = m->first >= clause_first && m->first < clause_last;
        if (initial && large && inside && c->met.count > 1 && is_where_or_when(work, m))
            return true;
        if (!initial && m->kind == MENTION_MEETING && is_occasion(work, m, frame))
            return true;
    }
    return false;
}

// "On the margins of the summit": where marks stand before, a mark of place of several words.
bool on_margins(const struct work *work, const struct mention *m)
{
    const struct span_layer *layer = &work->document->lexicon;
    uint32_t token = before_name(work, m), group = token > 0 ? layer->covering[token - 1] : SPAN_NONE;
    bool before = work_pack(work, m->sentence)->config.case_marks == CASE_BEFORE && !pack_inflects(work_pack(work, m->sentence));
    if (!before || token <= work->document->sentences.at[m->sentence].first || group == SPAN_NONE)
        return false;
    uint32_t first, last;
    bool during = false;    // "the meeting took place during the summit"
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last && (work_grammar(work, token - 1) & GRAMMAR(DURING)); i++)
        during |= work_mention(work, i)->kind == MENTION_MEETING && work_mention(work, i)->last < m->first;
    return during || ((work_grammar(work, token - 1) & GRAMMAR(IN)) && layer->at[group].last - layer->at[group].first >= MARGIN_WORDS);
}

// "Their meeting follows four months after the historic summit": where marks stand before, another meeting is spoken of before the mark of
// time, or a verb of meeting.
bool is_told_by_other(const struct work *work, const struct mention *m)
{
    uint32_t token = before_name(work, m), begin = work->document->sentences.at[m->sentence].first, first, last;
    if (work_pack(work, m->sentence)->config.case_marks != CASE_BEFORE || pack_inflects(work_pack(work, m->sentence)))
        return false;
    for (uint32_t n = 0; n < MARK_WORDS && token > begin && !(work_grammar(work, token - 1) & ~GRAMMAR(DETERMINER)); n++)
        token--;
    if (token == begin || !(work_grammar(work, token - 1) & (GRAMMAR(AFTER) | GRAMMAR(BEFORE) | GRAMMAR(SINCE) | GRAMMAR(WHILE))))
        return false;
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work_mention(work, i)->kind == MENTION_MEETING && work_mention(work, i)->last < m->first)
            return true;
    work_sentence_frames(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last && work->document->frames.at[i].last < m->first; i++)
        if (work_rule(work, i)->makes == MEETING_MEETING)
            return true;
    return false;
}
