// SPDX-License-Identifier: MIT
// Who chaired a meeting.
//
// Verbs and titles of chairing are bound to the meeting of their sentence, else to the session that the report is about. A title in the
// singular names one chair, a verb all persons in its clause; "both" are the two whom the sentence before names.
#include "resolve/draft.h"

static struct draft *draft_of_frame(const struct work *work, draft_vec *drafts, const struct frame *frame)
{
    struct draft *nearest = NULL;
    uint32_t first, last;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        uint32_t meeting = work->mention_meeting[i];
        if (meeting != CLAIM_NONE && (!nearest || work_mention(work, i)->first < frame->clause_last))
            nearest = &drafts->at[meeting];
    }
    if (nearest)
        return nearest;
    for (uint32_t i = 0; i < drafts->count; i++) {  // the report's focus: the first session spoken of so far, else the last talks
        struct draft *d = &drafts->at[i];
        if (d->claim.type == MEETING_CALL || (nearest && d->first_sentence > frame->sentence))
            continue;
        if (d->claim.type < MEETING_MEETING && d->first_sentence <= frame->sentence)
            return d;
        nearest = d;
    }
    return nearest;
}

// False if the mention is nobody of the record.
static bool add_chair(const struct work *work, struct draft *d, uint32_t person)
{
    uint32_t claim = person < work->document->people.count ? work->person_claim[person] : CLAIM_NONE;
    if (claim == CLAIM_NONE)
        return false;
    for (uint32_t i = 0; i < d->claim.chairs.count; i++)
        if (d->claim.chairs.at[i] == claim)
            return true;
    vec_push(work->document->arena, &d->claim.chairs, claim);
    return true;
}

// A noun that chairs is a title where verbs follow their subject; where they close the sentence it is the act ("in the chair of").
static bool is_title(const struct work *work, const struct frame *frame)
{
    return (frame->flags & FRAME_NOUN) && work_pack(work, frame->sentence)->config.head == HEAD_INITIAL;
}

// "The co-chairman of the commission, X, met Y": a noun in the singular names one chair, who stands nearest behind it, else before it;
// a verb or a plural all in the clause. Returns the mention, MENTION_NONE if all are meant.
static uint32_t one_chair(const struct work *work, const struct frame *frame)
{
    const struct span_layer *triggers = &work->document->triggers;
    uint32_t at = triggers->covering[frame->first], first, last, found = MENTION_NONE;
    bool noun = is_title(work, frame) && at != SPAN_NONE && (triggers->at[at].features & FEATURE(SG));
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; noun && i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind != MENTION_PERSON || m->entity == MENTION_NONE || m->first < frame->clause_first || m->first >= frame->clause_last)
            continue;
        if (m->last > frame->first)
            return i;
        found = i;
    }
    return found;
}

// What a chairman by title chairs is a session; talks have no chair because one who takes part in them heads a commission, too.
static bool may_chair(const struct work *work, const struct frame *frame, const struct draft *d)
{
    bool session = d->claim.type == MEETING_COMMISSION || d->claim.type == MEETING_WORKING_GROUP || d->claim.type == MEETING_CONSULTATIONS;
    return session || !is_title(work, frame);
}

// "In the chair of both", "co-chaired by the two": those just named.
static bool points_at_both(const struct work *work, const struct frame *frame)
{
    uint32_t first, last;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool near = m->last <= frame->first && frame->first - m->last <= 3;
        if (m->kind == MENTION_SIDES && m->code == SIDE_BOTH && near && m->first >= frame->clause_first)
            return true;
    }
    return false;
}

// "X arrived in Cairo, where he with Y co-chaired …": the pronoun that acts in the clause is the person named first before it.
static uint32_t chair_by_pronoun(const struct work *work, struct draft *d, const struct frame *frame)
{
    const struct sentence *sentence = &work->document->sentences.at[frame->sentence];
    uint32_t first, last;
    bool pronoun = false;
    for (uint32_t token = frame->clause_first; token < frame->clause_first + 3 && token < frame->first; token++)
        pronoun |= (work_grammar(work, token) & GRAMMAR(PRONOUN)) != 0;
    if (!pronoun || frame->clause_first <= sentence->first || work_pack(work, frame->sentence)->config.head != HEAD_FINAL)
        return 0;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last && work_mention(work, i)->first < frame->clause_first; i++)
        if (work_mention(work, i)->kind == MENTION_PERSON && work_mention(work, i)->entity != MENTION_NONE)
            return add_chair(work, d, work_mention(work, i)->entity);
    return 0;
}

// The two persons of two parties whom the sentence before names; how many became chairs.
static uint32_t chair_those_before(const struct work *work, struct draft *d, uint32_t sentence)
{
    uint32_t first, last, people[2], count = 0;
    if (!sentence)
        return 0;
    work_sentence_mentions(work, sentence - 1, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind != MENTION_PERSON || m->entity == MENTION_NONE || (count && people[0] == m->entity))
            continue;
        if (count == 2)
            return 0;
        people[count++] = m->entity;
    }
    if (count < 2 || work->document->people.at[people[0]].party == work->document->people.at[people[1]].party)
        return 0;
    return (uint32_t)add_chair(work, d, people[0]) + add_chair(work, d, people[1]);
}

void bind_chairs(const struct work *work, draft_vec *drafts)
{
    for (uint32_t f = 0; f < work->document->frames.count && drafts->count; f++) {
        const struct frame *frame = &work->document->frames.at[f];
        if (work_rule(work, f)->role != ROLE_CHAIR || (frame->flags & FRAME_NOT))
            continue;
        struct draft *d = draft_of_frame(work, drafts, frame);
        uint32_t first, last, found = 0, one = one_chair(work, frame);
        if (!d || !may_chair(work, frame, d))
            continue;
        work_sentence_mentions(work, frame->sentence, &first, &last);
        for (int pass = 0; pass < 2 && !found; pass++)
            for (uint32_t i = first; i < last; i++) {
                const struct mention *m = work_mention(work, i);
                bool inside = m->first >= frame->clause_first && m->first < frame->clause_last;
                if (m->kind != MENTION_PERSON || (pass == 0 && !inside) || (one != MENTION_NONE && i != one))
                    continue;
                found += add_chair(work, d, m->entity);
            }
        found += chair_by_pronoun(work, d, frame);
        if (!found && points_at_both(work, frame))
            found = chair_those_before(work, d, frame->sentence);
        if (found) {
            add_rule_reason(work, &d->claim.reasons, f);
            add_evidence(work, &d->claim.evidence, frame->first, frame->last);
        }
    }
}
