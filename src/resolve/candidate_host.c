// SPDX-License-Identifier: MIT
// Verbs that are a meeting only by whom they concern.
//
// Who hosts a person meets him, who hosts a session does not. Who tells the holder of an office something meets him. Who calls on somebody
// met him, unless he called on him to do something. The other verbs of meeting tell it by themselves (candidates.c).
#include "resolve/candidates.h"

// "Will host the premier for a state visit": the visit is the meeting.
static bool hosts_visit(const struct work *work, uint32_t index)
{
    uint32_t first, last;
    work_sentence_mentions(work, work->document->frames.at[index].sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work_mention(work, i)->kind == MENTION_MEETING && work_mention(work, i)->code == MEETING_VISIT &&
            work->document->governed_by[i] == index && work_mention(work, i)->first >= work->document->frames.at[index].first)
            return work_pack(work, work_mention(work, i)->sentence)->config.head == HEAD_INITIAL;
    return false;
}

// Who stands before an active verb that comes first hosts, and is not hosted; nor is the verb's own word ("is to host").
static bool may_be_hosted(const struct work *work, const struct mention *m, const struct frame *frame)
{
    bool initial = work_pack(work, m->sentence)->config.head == HEAD_INITIAL && !pack_inflects(work_pack(work, m->sentence));
    return !initial || (frame->flags & FRAME_PASSIVE) || m->first >= frame->last;
}

// "The king received the envoy": who hosts a person meets him. Hosting a session is no meeting of its own.
bool candidate_hosts_person(const struct work *work, uint32_t index)
{
    const struct frame *frame = &work->document->frames.at[index];
    uint32_t first, last;
    if (work_rule(work, index)->role != ROLE_HOST || work_rule(work, index)->makes < VALUE_UNSET)
        return false;
    if ((frame->flags & FRAME_NOUN) && work_pack(work, frame->sentence)->config.head == HEAD_FINAL)
        return false;   // "as the host of": a noun alone tells of no reception
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)     // one verb for to host and to adopt: what is adopted here is a document
        if (work_mention(work, i)->kind == MENTION_INSTRUMENT && work->document->governed_by[i] == index)
            return false;
    for (uint32_t i = first; i < last; i++)
        if (work_mention(work, i)->kind == MENTION_PERSON && !(work_mention(work, i)->flags & MENTION_AGENT) &&
            work->document->governed_by[i] == index && may_be_hosted(work, work_mention(work, i), frame))
            return !hosts_visit(work, index);
    return false;
}

// "Called on the premier", but not "called on the premier to resign": a verb that is both, of meeting somebody and of asking him.
// "Told his counterpart": who is told stands right behind the verb, and holds an office.
static bool tells_nobody(const struct work *work, uint32_t index)
{
    const struct frame *frame = &work->document->frames.at[index];
    uint32_t first, last;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool office = m->kind == MENTION_PERSON && m->code != CODE_NONE && m->code != OFFICE_OTHER && m->code != OFFICE_BUSINESS;
        if (office && m->last > frame->last && m->first <= frame->last && !(m->flags & MENTION_INSIDE))
            return false;
    }
    return true;
}

bool candidate_asks_somebody(const struct work *work, uint32_t index)
{
    const struct frame *frame = &work->document->frames.at[index];
    uint32_t first, last;
    if (work_rule(work, index)->role == ROLE_SAY)
        return tells_nobody(work, index);
    if (work_rule(work, index)->commitment.value != STANCE_PROPOSED)
        return false;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind != MENTION_PERSON || (m->flags & MENTION_INSIDE) || work_with_articles(work, m) != frame->last)
            continue;
        bool end = m->last >= work->document->sentences.at[m->sentence].last;
        return !end && (work_grammar(work, m->last) & (GRAMMAR(TO) | GRAMMAR(FOR) | GRAMMAR(NOT)));
    }
    return true;
}
