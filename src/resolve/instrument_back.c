// SPDX-License-Identifier: MIT
// What the report says of documents that it has named before.
//
// Where verbs come last a verb may govern a pronoun ("and it will be signed in May"): it tells of the document spoken of last. A verb of
// covering or concerning adds to the subject of the documents before it ("most of them concern trade").
#include "resolve/instrument.h"

#define PRONOUN_REACH 4     // tokens of a clause in which its pronoun stands

// A pronoun or a number stands where the subject of the frame should: "most of them", "one of them", "two".
static bool refers_back(const struct work *work, const struct frame *frame)
{
    for (uint32_t token = frame->clause_first; token < frame->first; token++)
        if (work_grammar(work, token) & (GRAMMAR(PRONOUN) | GRAMMAR(DETERMINER)))
            return true;
    return false;
}

// The document that stands before the trigger as its subject; a bare "the documents" is the last ones spoken of.
static struct candidate_instrument *concerned(const struct work *work, instrument_vec *all, const uint32_t *place,
                                              const struct frame *frame)
{
    uint32_t first, last, subject = MENTION_NONE;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_INSTRUMENT && m->first >= frame->clause_first && m->last <= frame->first)
            subject = i;
    }
    bool relative = false;      // "three memoranda, which cover …": those before the relative clause
    uint32_t opening = frame->clause_first > 0 ? frame->clause_first - 1 : 0;
    for (uint32_t token = opening; token < frame->first && token < opening + 4; token++)
        relative |= (work_grammar(work, token) & GRAMMAR(WHICH)) != 0;
    for (uint32_t i = last; relative && subject == MENTION_NONE && i-- > first;)
        if (work_mention(work, i)->last <= frame->clause_first && work_mention(work, i)->kind == MENTION_INSTRUMENT && place[i] != NOT_ONE)
            return &all->at[place[i]];
    for (uint32_t i = first; subject == MENTION_NONE && i < last; i++) {    // "Most of them concern …": those of the sentence before
        const struct mention *m = work_mention(work, i);
        if ((m->kind == MENTION_MEETING || m->kind == MENTION_BODY) && m->first < frame->first)
            return NULL;
    }
    for (uint32_t i = first; subject == MENTION_NONE && i-- > 0 && work_mention(work, i)->sentence + 1 == frame->sentence;)
        if (place[i] != NOT_ONE && all->at[place[i]].told && refers_back(work, frame))
            return &all->at[place[i]];
    if (subject == MENTION_NONE)
        return NULL;
    if (place[subject] != NOT_ONE)
        return &all->at[place[subject]];
    for (uint32_t i = subject; i-- > 0;)
        if (place[i] != NOT_ONE && all->at[place[i]].told)
            return &all->at[place[i]];
    return NULL;
}

// "The text is ready, and it will be signed in May": a verb that governs a pronoun tells of the document spoken of last.
void tell_by_pronoun(const struct work *work, instrument_vec *all, const uint32_t *place)
{
    for (uint32_t f = 0; f < work->document->frames.count; f++) {
        const struct frame *frame = &work->document->frames.at[f];
        struct reading reading = read_instrument(work, f);
        bool final = work_pack(work, frame->sentence)->config.head == HEAD_FINAL, pronoun = false, own = false;
        if (!final || reading.frame != f || reading.value >= VALUE_UNSET || (frame->flags & FRAME_NOUN))
            continue;
        for (uint32_t token = frame->clause_first; token < frame->first && token < frame->clause_first + PRONOUN_REACH; token++)
            pronoun |= (work_grammar(work, token) & GRAMMAR(PRONOUN)) && token + 1 < frame->last &&
                       (work_grammar(work, token + 1) & (GRAMMAR(ON) | GRAMMAR(OF) | GRAMMAR(OBJECT)));
        uint32_t first, last, found = MENTION_NONE;
        work_sentence_mentions(work, frame->sentence, &first, &last);
        for (uint32_t i = first; i < last; i++) {
            const struct mention *m = work_mention(work, i);
            own |= m->kind == MENTION_INSTRUMENT && m->first >= frame->clause_first && m->first < frame->clause_last;
        }
        for (uint32_t i = last; pronoun && !own && found == MENTION_NONE && i-- > 0;) {
            const struct mention *m = work_mention(work, i);
            if (m->sentence + 1 < frame->sentence)
                break;
            if (m->kind == MENTION_INSTRUMENT && m->last <= frame->clause_first && place[i] != NOT_ONE)
                found = i;
        }
        if (found == MENTION_NONE)
            continue;
        struct candidate_instrument *c = &all->at[place[found]];
        c->claim.status = c->told ? later_status(c->claim.status, reading.value) : reading.value;
        c->told = true;
        add_rule_reason(work, &c->claim.reasons, f);
    }
}

// "The memoranda cover customs and tourism": what the verb governs is their subject.
void take_concerns(const struct work *work, instrument_vec *all, const uint32_t *place)
{
    for (uint32_t f = 0; f < work->document->frames.count; f++) {
        const struct frame *frame = &work->document->frames.at[f];
        if (work_rule(work, f)->role != ROLE_CONCERN || (frame->flags & FRAME_NOT))
            continue;
        struct candidate_instrument *of = concerned(work, all, place, frame);
        uint32_t first, last;
        work_sentence_mentions(work, frame->sentence, &first, &last);
        for (uint32_t i = first; of && i < last; i++) {
            const struct mention *m = work_mention(work, i);
            if (!is_topic(m) || work->document->governed_by[i] != f || (m->flags & MENTION_WEAK))
                continue;
            add_topic(work, of, i);
            add_evidence(work, &of->claim.evidence, m->first, m->last);
            of->claim.subject_first = of->claim.subject_last ? of->claim.subject_first : m->first;
            of->claim.subject_last = m->last;
        }
    }
}
