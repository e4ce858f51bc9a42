// SPDX-License-Identifier: MIT
// What the report says of documents that it has named before.
//
// Where verbs come last a verb may govern a pronoun ("and it will be signed in May"): it tells of the document spoken of last. A verb of
// covering or concerning adds to the subject of the documents before it ("most of them concern trade").
#include "resolve/instrument.h"

#define PRONOUN_REACH 4     // tokens of a clause in which its pronoun stands
#define OPENING_REACH 4     // tokens in which a relative word opens a clause

// A pronoun or a number stands where the subject of the frame should: "most of them", "one of them", "two"; or within the trigger: "their
// subjects (are)".
static bool refers_back(const struct work *work, const struct frame *frame)
{
    for (uint32_t token = frame->clause_first; token < frame->last; token++)
        if (work_grammar(work, token) & (GRAMMAR(PRONOUN) | GRAMMAR(DETERMINER)))
            return true;
    return false;
}

// The last document in the clause before the trigger, MENTION_NONE.
static uint32_t subject_of(const struct work *work, const struct frame *frame)
{
    uint32_t first, last, subject = MENTION_NONE;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_INSTRUMENT && m->first >= frame->clause_first && m->last <= frame->first)
            subject = i;
    }
    return subject;
}

// A relative word opens the trigger's clause, or the trigger.
static bool is_relative(const struct work *work, const struct frame *frame)
{
    uint32_t opening = frame->clause_first > 0 ? frame->clause_first - 1 : 0;
    for (uint32_t token = opening; token < frame->last && token < opening + OPENING_REACH; token++)
        if (work_grammar(work, token) & GRAMMAR(WHICH))
            return true;
    return false;
}

// The clause has no document of its own: "three memoranda, which cover …" means those before the relative clause, "most of them concern …"
// those of the sentence before. MENTION_NONE if neither is there, or a meeting or body stands where the document would.
static uint32_t subject_before(const struct work *work, const instrument_vec *all, const uint32_t *place, const struct frame *frame)
{
    uint32_t first, last;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = last; is_relative(work, frame) && i-- > first;)
        if (work_mention(work, i)->last <= frame->clause_first && work_mention(work, i)->kind == MENTION_INSTRUMENT && place[i] != NOT_ONE)
            return i;
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if ((m->kind == MENTION_MEETING || m->kind == MENTION_BODY) && m->first < frame->first)
            return MENTION_NONE;
    }
    for (uint32_t i = first; refers_back(work, frame) && i-- > 0 && work_mention(work, i)->sentence + 1 == frame->sentence;)
        if (place[i] != NOT_ONE && all->at[place[i]].told)
            return i;
    return MENTION_NONE;
}

// A cell a mention: the last one before it that became a document of which is told, MENTION_NONE.
static uint32_t *index_told(const struct work *work, const instrument_vec *all, const uint32_t *place)
{
    uint32_t count = work->document->mentions.count, last = MENTION_NONE;
    uint32_t *before = ARENA_ARRAY(work->document->arena, uint32_t, count);
    for (uint32_t i = 0; i < count; i++) {
        before[i] = last;
        if (place[i] != NOT_ONE && all->at[place[i]].told)
            last = i;
    }
    return before;
}

// A cell a mention: topic that is the subject of some document by itself.
static const bool *index_subjects(const struct work *work, const instrument_vec *all)
{
    bool *taken = ARENA_ARRAY(work->document->arena, bool, work->document->mentions.count);
    for (uint32_t i = 0; i < all->count; i++)
        for (uint32_t k = 0; k < all->at[i].topic_count; k++)
            taken[all->at[i].topics[k]] = true;
    return taken;
}

// What the trigger speaks of; a bare "the documents" is the last ones spoken of. NULL if there is none.
static struct candidate_instrument *concerned(const struct work *work, instrument_vec *all, const uint32_t *place,
                                              const uint32_t *told_before, const struct frame *frame)
{
    uint32_t subject = subject_of(work, frame);
    if (subject == MENTION_NONE)
        subject = subject_before(work, all, place, frame);
    else if (place[subject] == NOT_ONE)
        subject = told_before[subject];
    return subject == MENTION_NONE ? NULL : &all->at[place[subject]];
}

// "The text is ready, and it will be signed in May": a verb that governs a pronoun tells of the document spoken of last.
void tell_by_pronoun(const struct work *work, instrument_vec *all, const uint32_t *place)
{
    for (uint32_t f = 0; f < work->document->frames.count; f++) {
        const struct frame *frame = &work->document->frames.at[f];
        struct reading reading = read_instrument(work, f);
        bool final = work_pack(work, frame->sentence)->config.head == HEAD_FINAL, pronoun = false, own = false;
        bool named = (frame->flags & FRAME_NOUN) && reading.value != INSTRUMENT_STATUS_IN_FORCE;   // "its carrying-out was reviewed"
        if (!final || reading.frame != f || reading.value >= VALUE_UNSET || named)
            continue;
        for (uint32_t token = frame->clause_first; token < frame->first && token < frame->clause_first + PRONOUN_REACH; token++)
            pronoun |= (work_grammar(work, token) & GRAMMAR(PRONOUN)) && token + 1 < frame->last &&
                       ((work_grammar(work, token + 1) & (GRAMMAR(ON) | GRAMMAR(OF) | GRAMMAR(OBJECT))) || token + 1 == frame->first);
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

// A rule of denial: what it governs, and what stands in a clause under it, is not told.
static bool denies(const struct rule *rule)
{
    return rule->instrument_over == CODE_NONE && rule->commitment.value == CODE_NONE;   // who refuses an offer leaves it an offer
}

// The frame governs a document or another frame: it denies that and nothing before it.
static bool has_matter(const struct work *work, uint32_t index)
{
    const struct frame *frame = &work->document->frames.at[index];
    uint32_t first, last;
    work_sentence_frames(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work->document->frames.at[i].outer == index)
            return true;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work_mention(work, i)->kind == MENTION_INSTRUMENT && work->document->governed_by[i] == index)
            return true;
    return false;
}

// "They will sign a treaty, a newspaper wrote, but the envoy denied this": a denial without a matter of its own means what is told in the
// same sentence, or, if that tells of no document, in the one before.
void take_back_denied(const struct work *work, instrument_vec *all)
{
    for (uint32_t f = 0; f < work->document->frames.count; f++) {
        const struct frame *frame = &work->document->frames.at[f];
        if (!denies(work_rule(work, f)) || (frame->flags & (FRAME_NOT | FRAME_NONFINITE | FRAME_NOUN)) || has_matter(work, f))
            continue;
        uint32_t first, last, sentence = frame->sentence;
        bool here = false, pointed = false;
        work_sentence_mentions(work, sentence, &first, &last);
        for (uint32_t i = first; i < last; i++)
            here |= work_mention(work, i)->kind == MENTION_INSTRUMENT && work_mention(work, i)->first < frame->first;
        for (uint32_t token = frame->clause_first; token < frame->clause_last; token++)
            pointed |= (work_grammar(work, token) & (GRAMMAR(PRONOUN) | GRAMMAR(DETERMINER))) != 0;
        if (!pointed || (!here && !sentence))
            continue;
        sentence -= here ? 0 : 1;
        for (uint32_t i = 0; i < all->count; i++) {
            struct candidate_instrument *c = &all->at[i];
            bool then = c->mention != MENTION_NONE && work_mention(work, c->mention)->sentence == sentence;
            c->told &= !(then && work_mention(work, c->mention)->first < frame->first);
        }
    }
}

// "Major energy deals with firms": where the verb's first word is a document with a field right before it, it is no verb.
static bool is_noun_phrase(const struct work *work, const struct frame *frame)
{
    uint32_t first, last;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (is_topic(m) && m->last == frame->first && work_pack(work, frame->sentence)->config.head == HEAD_INITIAL)
            return true;
    }
    return false;
}

// "The memoranda cover customs and tourism": what the verb governs is their subject.
void take_concerns(const struct work *work, instrument_vec *all, const uint32_t *place)
{
    uint32_t *told_before = NULL;
    const bool *taken = NULL;
    for (uint32_t f = 0; f < work->document->frames.count; f++) {
        const struct frame *frame = &work->document->frames.at[f];
        if (work_rule(work, f)->role != ROLE_CONCERN || (frame->flags & FRAME_NOT))
            continue;
        if (is_noun_phrase(work, frame))
            continue;
        told_before = told_before ? told_before : index_told(work, all, place);
        taken = taken ? taken : index_subjects(work, all);
        struct candidate_instrument *of = concerned(work, all, place, told_before, frame);
        uint32_t first, last;
        work_sentence_mentions(work, frame->sentence, &first, &last);
        for (uint32_t i = first; of && i < last; i++) {
            const struct mention *m = work_mention(work, i);
            const struct mention *named = of->mention == MENTION_NONE ? NULL : work_mention(work, of->mention);
            bool of_another = named && (named->flags & MENTION_PART) && m->first < named->first;    // "thirteen power and two health"
            if (!is_topic(m) || work->document->governed_by[i] != f || (m->flags & MENTION_WEAK) || of_another || taken[i])
                continue;
            add_topic(work, of, i);
            add_evidence(work, &of->claim.evidence, m->first, m->last);
            bool apart = of->claim.subject_last && work->document->tokens.at[of->claim.subject_first].sentence != m->sentence;
            of->claim.subject_first = of->claim.subject_last ? of->claim.subject_first : m->first;
            of->claim.subject_last = apart ? of->claim.subject_last : m->last;     // a subject's words stand together
        }
    }
}
