// SPDX-License-Identifier: MIT
// Who chaired a meeting.
//
// Verbs and titles of chairing are bound to the meeting of their sentence, else to the session that the report is about. A title in the
// singular names one chair, a verb all persons in its clause; "both" are the two whom the sentence before names.
#include "resolve/draft.h"

#define CHAIR_REACH 3       // sentences behind one that speaks of a meeting in which somebody may chair it

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

// "The coordinating minister": a verb's form within what is said of a person.
static bool is_in_office(const struct work *work, const struct frame *verb)
{
    uint32_t first, last;
    work_sentence_mentions(work, verb->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_PERSON && m->first <= verb->first && verb->first < m->last)
            return true;
    }
    return false;
}

// "The co-chairs, X and Y, will host Z": those between a title in the plural and the next verb; where nobody stands there, those between
// the verb before and the title. The whole clause for anything but such a title.
static void title_reach(const struct work *work, const struct frame *frame, uint32_t *ret_first, uint32_t *ret_last)
{
    uint32_t first, last, mention, mentions, from = frame->clause_first, to = frame->clause_last;
    *ret_first = from;
    *ret_last = to;
    bool said = false;
    // a trigger that tells what becomes of the meeting is a verb, though it be written as a noun ("to co-chair")
    uint32_t index = (uint32_t)(frame - work->document->frames.at);
    bool verbal = work_rule(work, index)->meeting.value != VALUE_UNSET || pack_inflects(work_pack(work, frame->sentence));
    bool predicate = frame->first > from && (work_grammar(work, frame->first - 1) & GRAMMAR(BE));    // "X was co-chair, together with Y"
    if (!is_title(work, frame) || verbal || predicate)
        return;
    work_sentence_frames(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct frame *verb = &work->document->frames.at[i];
        if ((verb->flags & (FRAME_NOUN | FRAME_ATTRIBUTE | FRAME_NONFINITE)) || is_in_office(work, verb))
            continue;
        if (verb->last <= frame->first && verb->last > from)
            from = verb->last;
        if (verb->first >= frame->last && verb->verb_first < to) {
            to = verb->verb_first;
            said = work_rule(work, i)->role == ROLE_SAY && !(verb->flags & FRAME_FUTURE);
        }
    }
    work_sentence_mentions(work, frame->sentence, &mention, &mentions);
    bool behind = false;    // "… as co-chairs, the spokesman X said"
    for (; !said && mention < mentions; mention++) {
        const struct mention *m = work_mention(work, mention);
        behind |= m->kind == MENTION_PERSON && m->entity != MENTION_NONE && m->first >= frame->last && m->first < to;
    }
    *ret_first = behind ? frame->last : from;
    *ret_last = behind ? to : frame->first;
}

// The session that the report has been about so far: the one held with the highest number, else the first; else the last talks.
static struct draft *focus_before(draft_vec *drafts, uint32_t sentence)
{
    struct draft *talks = NULL, *session = NULL;
    for (uint32_t i = 0; i < drafts->count; i++) {
        struct draft *d = &drafts->at[i];
        if (d->claim.type == MEETING_CALL || ((talks || session) && d->first_sentence > sentence))
            continue;
        bool better = session && d->claim.status == MEETING_STATUS_HELD && !d->past_ref && d->claim.ordinal > session->claim.ordinal &&
                      session->claim.ordinal;
        if (d->claim.type < MEETING_MEETING && d->first_sentence <= sentence && (!session || better))
            session = d;
        else if (d->claim.type >= MEETING_MEETING)
            talks = d;
    }
    return session ? session : talks;
}

static struct draft *draft_of_frame(const struct work *work, draft_vec *drafts, const struct frame *frame)
{
    struct draft *nearest = NULL;
    uint32_t first, last, from, to;
    title_reach(work, frame, &from, &to);
    bool reach = to < frame->clause_last && to >= frame->last;  // what the next verb tells of is not what a title chairs
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        uint32_t meeting = work->mention_meeting[i];
        if (meeting == CLAIM_NONE || (reach && work_mention(work, i)->first >= to))
            continue;
        if (!nearest || work_mention(work, i)->first < frame->clause_last)
            nearest = &drafts->at[meeting];
    }
    return nearest ? nearest : focus_before(drafts, frame->sentence);
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

// A word for a delegation or a side stands in the clause.
static bool names_delegation(const struct work *work, const struct frame *frame)
{
    const struct span_layer *layer = &work->document->lexicon;
    const struct pack *pack = work_pack(work, frame->sentence);
    for (uint32_t token = frame->clause_first; token < frame->clause_last; token++) {
        uint32_t at = layer->covering[token];
        for (uint32_t i = at; at != SPAN_NONE && i < layer->count && layer->at[i].first == layer->at[at].first; i++) {
            const struct lexeme *lexeme = &pack->lexemes.at[layer->at[i].lexeme];
            if (lexeme->kind == LEXICON_SIDE || (lexeme->kind == LEXICON_OFFICE && lexeme->value == OFFICE_DELEGATION))
                return true;
        }
    }
    return false;
}

static bool names_meeting(const struct work *work, uint32_t sentence)
{
    uint32_t first, last;
    work_sentence_mentions(work, sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work_mention(work, i)->kind == MENTION_MEETING || work_mention(work, i)->kind == MENTION_BODY)
            return true;
    return false;
}

// Who chairs or leads, chairs a meeting or leads a delegation: "under his leadership the country …" speaks of neither.
static bool is_of_meeting(const struct work *work, const struct frame *frame)
{
    bool named = names_delegation(work, frame);
    for (uint32_t back = 0; !named && back <= CHAIR_REACH && back <= frame->sentence; back++)
        named = names_meeting(work, frame->sentence - back);
    return named;
}

void bind_chairs(const struct work *work, draft_vec *drafts)
{
    for (uint32_t f = 0; f < work->document->frames.count && drafts->count; f++) {
        const struct frame *frame = &work->document->frames.at[f];
        if (work_rule(work, f)->role != ROLE_CHAIR || (frame->flags & FRAME_NOT))
            continue;
        struct draft *d = draft_of_frame(work, drafts, frame);
        uint32_t first, last, found = 0, one = one_chair(work, frame);
        if (!d || !may_chair(work, frame, d) || !is_of_meeting(work, frame))
            continue;
        if (d->claim.type == MEETING_FORUM && names_delegation(work, frame))
            continue;   // who leads a delegation to a conference does not chair it
        uint32_t from, to;
        title_reach(work, frame, &from, &to);
        work_sentence_mentions(work, frame->sentence, &first, &last);
        for (int pass = 0; pass < 2 && !found; pass++)
            for (uint32_t i = first; i < last; i++) {
                const struct mention *m = work_mention(work, i);
                bool inside = m->first >= from && m->first < to;
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
