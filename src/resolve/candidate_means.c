// SPDX-License-Identifier: MIT
// Meetings held by a means: by telephone, by video link.
//
// Words for a means make a call of the talks in their clause, whether a noun or a verb tells of these, and no call of their own beside
// them; a session that the clause names stays a session.
#include "resolve/candidates.h"

// "Held talks by video link": words in the meeting's clause that make a call of it.
bool is_remote(const struct work *work, const struct candidate *c)
{
    uint32_t first, last;
    work_sentence_frames(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct frame *frame = &work->document->frames.at[i];
        bool here = frame->clause_first <= c->first && c->first < frame->clause_last;
        bool means = (frame->flags & FRAME_NOUN) || work_pack(work, c->sentence)->config.head == HEAD_FINAL;
        if (here && work_rule(work, i)->makes == MEETING_CALL && means)
            return true;
    }
    return false;
}

// "By video link the working group held its session": the means of a session that the clause names, and no call of its own.
bool is_means(const struct work *work, const struct frame *frame)
{
    uint32_t first, last;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool here = m->first >= frame->clause_first && m->first < frame->clause_last && !(m->flags & MENTION_INSIDE);
        if (here && m->kind == MENTION_MEETING && m->code != MEETING_VISIT && m->code != MEETING_CALL && m->code != MEETING_MEETING)
            return frame->flags & FRAME_NOUN;
    }
    return false;
}

// True if the frame's clause names a meeting that says the same thing ("met for the fifth round of consultations").
bool has_meeting_noun(const struct work *work, const struct frame *frame)
{
    uint32_t first, last;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool noun = (m->kind == MENTION_MEETING || (m->kind == MENTION_BODY && m->ordinal)) && !(m->flags & MENTION_INSIDE);
        bool governed = work->document->governed_by[i] != FRAME_NONE &&
                        &work->document->frames.at[work->document->governed_by[i]] == frame;
        if (noun && governed && m->code != MEETING_VISIT && !is_occasion(work, m, work->document->governed_by[i]))
            return true;
    }
    return false;
}

// "They met by video link": the means of the meeting that the clause's verb tells of, and no call of its own.
bool is_means_of_verb(const struct work *work, uint32_t index)
{
    const struct frame *means = &work->document->frames.at[index];
    uint32_t first, last;
    if (!(means->flags & FRAME_NOUN))
        return false;
    work_sentence_frames(work, means->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct frame *verb = &work->document->frames.at[i];
        bool here = means->first >= verb->clause_first && means->first < verb->clause_last;
        if (here && !(verb->flags & (FRAME_NOUN | FRAME_NOT)) && work_rule(work, i)->makes == MEETING_MEETING)
            return !has_meeting_noun(work, verb);
    }
    return false;
}
