// SPDX-License-Identifier: MIT
// Who chaired a meeting.
//
// Verbs and titles of chairing are bound to the meeting of their sentence, else to the session that the report is about. A title in the
// singular names one chair, a verb all persons in its clause; "both" are the two whom the sentence before names.
#include "resolve/cast.h"
#include "resolve/draft.h"

#define CHAIR_REACH 3       // sentences behind one that speaks of a meeting in which somebody may chair it
#define JOINED_REACH 5      // tokens between two who hold a session together

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
    // "At the head of the delegations will be X and Y": a title that opens its clause stands before its verb, who chairs behind it
    bool inverted = !behind && !said && frame->first <= frame->clause_first + 1 && to < frame->clause_last;
    *ret_first = behind || inverted ? frame->last : from;
    *ret_last = behind ? to : inverted ? frame->clause_last : frame->first;
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

// The one session of a body that the report tells of anywhere as held, NULL: who presides over the body by title presided there.
static struct draft *only_session(draft_vec *drafts)
{
    struct draft *only = NULL;
    for (uint32_t i = 0; i < drafts->count; i++) {
        struct draft *d = &drafts->at[i];
        if (d->claim.type != MEETING_COMMISSION || d->claim.status != MEETING_STATUS_HELD || d->past_ref)
            continue;
        if (only)
            return NULL;
        only = d;
    }
    return only;
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
    struct draft *focus = nearest ? nearest : focus_before(drafts, frame->sentence);
    bool talks = focus && is_title(work, frame) && focus->claim.type >= MEETING_MEETING;
    return talks ? only_session(drafts) : focus;
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

// The verb that governs the mention, or the chairing itself where it stands as a noun, parts it from the person before, whom the chairing
// governs.
static bool is_parted(const struct work *work, const struct frame *chair, const struct frame *verb, const struct mention *chairs,
                      const struct mention *m)
{
    // "the premier X and the coordinating minister Y"
    bool attribute = pack_inflects(work_pack(work, m->sentence)) && verb->last == m->first && chairs->last + 1 == verb->first;
    bool by_verb = chairs->last <= verb->first && verb->last <= m->first && !attribute;
    bool by_noun = (chair->flags & FRAME_NOUN) && chairs->last <= chair->first && chair->last <= m->first;
    return by_verb || by_noun;
}

// "A delegation led by X met Y": the chairing governs somebody, and this one, whom another verb of the clause governs, stands apart.
static bool is_of_other_verb(const struct work *work, uint32_t mention, uint32_t chair)
{
    const struct frame *frame = &work->document->frames.at[chair];
    uint32_t first, last, other = work->document->governed_by[mention];
    if (other == FRAME_NONE || other == chair || work_rule(work, other)->role == ROLE_CHAIR ||
        (work->document->frames.at[other].flags & (FRAME_NOUN | FRAME_ATTRIBUTE)))
        return false;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool beside = m->last <= frame->first || m->first >= frame->last;
        if (m->kind == MENTION_PERSON && beside && work->document->governed_by[i] == chair &&
            is_parted(work, frame, &work->document->frames.at[other], m, work_mention(work, mention)))
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

// "X and Y, who co-chaired the session with Z": those whom the relative clause describes. How many became chairs.
static uint32_t chair_antecedent(const struct work *work, struct draft *d, const struct frame *frame)
{
    uint32_t at = frame->clause_first, first, last, found = 0;
    if (!(work_grammar(work, at) & GRAMMAR(WHICH)) || work_pack(work, frame->sentence)->config.head != HEAD_INITIAL)
        return 0;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    const struct mention *behind = NULL;
    for (uint32_t i = last; i-- > first;) {
        const struct mention *m = work_mention(work, i);
        if (m->kind != MENTION_PERSON || m->entity == MENTION_NONE || m->last > at)
            continue;
        bool joined = behind ? are_paired(work, m, behind) : m->last + 1 >= at;
        if (!joined || (behind && !(frame->flags & FRAME_NOUN) && found > 1))
            break;
        found += add_chair(work, d, m->entity);
        behind = m;
    }
    return found;
}

// No verb stands in the clause of the mention.
static bool is_verbless(const struct work *work, const struct mention *m)
{
    uint32_t first, last;
    work_sentence_frames(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct frame *frame = &work->document->frames.at[i];
        if (frame->clause_first <= m->first && m->first < frame->clause_last)
            return false;
    }
    return true;
}

// The name or adjective of a party ends before the token, or a word for its side.
static bool ends_party(const struct work *work, uint32_t sentence, uint32_t token)
{
    uint32_t first, last;
    work_sentence_mentions(work, sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_PARTY && m->last <= token && m->last + 1 >= token)
            return true;
    }
    return false;
}

// A dash stands for what was said before: "the Indian side is led by X, the Nepalese – by Y".
static bool is_behind_dash(const struct work *work, const struct mention *before, const struct mention *m)
{
    const struct document *document = work->document;
    uint32_t first, last, at = m->first;
    if (!before || at <= before->last + 1 || !ends_party(work, m->sentence, at - 1) ||
        document->text.at[document->tokens.at[at - 1].begin] == ',' || document->tokens.at[at - 1].kind != TOKEN_PUNCT ||
        document->tokens.at[at - 1].end == document->tokens.at[at].begin)
        return false;
    work_sentence_frames(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct frame *verb = &document->frames.at[i];
        if (verb->first >= before->last && verb->first < m->first && !(verb->flags & (FRAME_NOUN | FRAME_ATTRIBUTE)))
            return false;
    }
    return true;
}

static bool chairs_party(const struct work *work, const struct draft *d, uint16_t party)
{
    for (uint32_t i = 0; i < d->claim.chairs.count; i++)
        if (work->document->record.people.at[d->claim.chairs.at[i]].party == party)
            return true;
    return false;
}

// "The Indian side was led by X and the Nepalese by Y": who stands for another party in the same sentence where no verb says otherwise
// chairs, too.
static void chair_left_out(const struct work *work, struct draft *d, const struct frame *frame)
{
    uint32_t first, last;
    bool final = work_pack(work, frame->sentence)->config.head == HEAD_FINAL;
    const struct mention *before = NULL;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i), *previous = before;
        if (m->kind != MENTION_PERSON || m->entity >= work->document->people.count || (!final && m->first < frame->last))
            continue;
        before = m;
        const struct person *person = &work->document->people.at[m->entity];
        bool other = person->party != PARTY_NONE && is_public_office(person->office) && !chairs_party(work, d, person->party);
        if (other && (is_verbless(work, m) || (!final && is_behind_dash(work, previous, m))))
            add_chair(work, d, m->entity);
    }
}

// "X of A and Y": no more than whose he is stands between, and an "and".
static bool are_joined(const struct work *work, const struct mention *a, const struct mention *b)
{
    bool joined = false;
    if (b->first < a->last || b->first > a->last + JOINED_REACH)
        return false;
    for (uint32_t token = a->last; token < b->first; token++) {
        uint64_t classes = work_grammar(work, token);
        joined |= (classes & GRAMMAR(AND)) != 0;
        if (classes & ~(GRAMMAR(AND) | GRAMMAR(OF) | GRAMMAR(DETERMINER)))
            return false;
    }
    return joined;
}

// Two ministers, or higher, side by side of two parties who act in the clause: before the verb, or marked as who acts. Officials only open
// the working level. How many became chairs.
static uint32_t chair_actors(const struct work *work, struct draft *d, const struct frame *verb, const struct mention *session)
{
    // where words are free in order, they may stand behind the verb of a session named before it
    bool behind = pack_inflects(work_pack(work, verb->sentence)) && session->last <= verb->first;
    bool final = work_pack(work, verb->sentence)->config.head == HEAD_FINAL;
    uint32_t first, last;
    work_sentence_mentions(work, verb->sentence, &first, &last);
    const struct mention *before = NULL;
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool person = m->kind == MENTION_PERSON && m->entity < work->document->people.count &&
                      work->document->people.at[m->entity].office <= OFFICE_MINISTER;
        bool acts = behind ? m->first >= verb->last && m->first < verb->clause_last && !(m->flags & MENTION_WITH) : m->last <= verb->first;
        if (!person || m->first < verb->clause_first || !acts)
            continue;
        bool act = !final || (m->flags & MENTION_AGENT);
        if (before && act && are_joined(work, before, m) &&
            work->document->people.at[before->entity].party != work->document->people.at[m->entity].party)
            return (uint32_t)add_chair(work, d, before->entity) + add_chair(work, d, m->entity);
        before = m;
    }
    return 0;
}

// "The premiers X and Y held the fifth session of the commission": who holds the session of a commission chairs it, where
// nobody else does. Consultations are held by those who take part.
static void chair_by_holding(const struct work *work, draft_vec *drafts)
{
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        uint32_t governor = work->document->governed_by[i];
        if (m->kind != MENTION_MEETING || m->code != MEETING_COMMISSION || work->mention_meeting[i] == CLAIM_NONE ||
            governor == FRAME_NONE)
            continue;
        struct draft *d = &drafts->at[work->mention_meeting[i]];
        const struct frame *verb = &work->document->frames.at[governor];
        const struct rule *rule = work_rule(work, governor);
        bool session = d->claim.type == MEETING_COMMISSION && d->claim.status == MEETING_STATUS_HELD;
        bool holds = rule->meeting.value == MEETING_STATUS_HELD && rule->role == ROLE_NONE &&
                     !(verb->flags & (FRAME_PASSIVE | FRAME_NOUN | FRAME_NOT));
        if (!session || !holds || d->claim.chairs.count || !chair_actors(work, d, verb, m))
            continue;
        add_rule_reason(work, &d->claim.reasons, governor);
        add_evidence(work, &d->claim.evidence, verb->first, verb->last);
    }
}

// "The summit, jointly hosted by X": where verbs follow their subject, nobody who stands before a passive chairs.
static bool is_behind_passive(const struct work *work, const struct mention *m, const struct frame *chair)
{
    const struct pack *pack = work_pack(work, m->sentence);
    bool fixed = pack->config.head == HEAD_INITIAL && !pack_inflects(pack);
    return !fixed || !(chair->flags & FRAME_PASSIVE) || m->first >= chair->last;
}

// Outside the clause of the chairing, where verbs follow their subject: "X, who is its chairman, and Y took turns in steering it", but
// nobody of whom another verb of the sentence has told before, nor whoever stands behind.
static bool may_be_subject(const struct work *work, const struct mention *m, const struct frame *chair)
{
    uint32_t first, last;
    const struct pack *pack = work_pack(work, m->sentence);
    if (pack->config.head != HEAD_INITIAL || pack_inflects(pack))
        return true;
    work_sentence_frames(work, m->sentence, &first, &last);
    bool told = m->last > chair->first;
    for (uint32_t i = first; i < last && !told; i++) {
        const struct frame *verb = &work->document->frames.at[i];
        told = verb->last <= m->first && !(verb->flags & (FRAME_NOUN | FRAME_NONFINITE | FRAME_ATTRIBUTE));
    }
    return !told;
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
                if (m->kind != MENTION_PERSON || (pass == 0 && !inside) || (one != MENTION_NONE && i != one) ||
                    is_of_other_verb(work, i, f) || !is_behind_passive(work, m, frame) ||
                    (pass && !may_be_subject(work, m, frame)))
                    continue;
                found += add_chair(work, d, m->entity);
            }
        found += chair_by_pronoun(work, d, frame) + chair_antecedent(work, d, frame);
        if (!found && points_at_both(work, frame))
            found = chair_those_before(work, d, frame->sentence);
        if (found) {
            chair_left_out(work, d, frame);
            add_rule_reason(work, &d->claim.reasons, f);
            add_evidence(work, &d->claim.evidence, frame->first, frame->last);
        }
    }
    chair_by_holding(work, drafts);
}
