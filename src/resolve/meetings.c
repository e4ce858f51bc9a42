// SPDX-License-Identifier: MIT
// From meeting candidates to meetings: which of them speak of the same one.
//
// Candidates are taken in the order of the text. Each joins the meeting that it fits best, or founds one if it has something of its own: an
// ordinal, a date, a place, persons who met. Two things never join: different ordinals, dates apart, cities apart, other parties, a session
// behind and one ahead. A bare "the meeting" joins the one last spoken of.
//
// Afterwards chairs are bound to their meeting, and a visit inside which a meeting took place gives way to that meeting.
#include "resolve/candidates.h"

#define MEETINGS_A_REPORT 64
#define NO_FIT (-1)
#define DEED_DAYS 30            // so long a deed is news
#define SESSION_SPAN 10         // days: a session that opened on one day and closed on another

struct draft {
    struct meeting_claim claim;
    struct party_set soft;    // parties of its clauses
    struct party_set named;   // dealing parties that the clause names in which it is told of first
    bool past_ref, next_ref, from_frame, told, round;
    bool title;               // only a headline speaks of it
    bool numbered_talks;      // talks that have a number
    uint32_t object, visitor; // see struct candidate
    uint32_t people[32];
    uint32_t people_count;
    uint32_t first_sentence, last_sentence;
};

typedef VEC(struct draft) draft_vec;

static bool is_talk(uint8_t type)
{
    return type == MEETING_MEETING || type == MEETING_SESSION;
}

static int fit_type(const struct draft *d, const struct candidate *c)
{
    uint8_t a = d->claim.type, b = c->type;
    if (a == b)
        return 3;
    if (a == MEETING_CALL && b == MEETING_SESSION && !c->ordinal)
        return 1;   // "the conversation" of those who telephoned
    if (a == MEETING_VISIT || b == MEETING_VISIT || a == MEETING_CALL || b == MEETING_CALL)
        return NO_FIT;
    if (b == MEETING_SESSION || a == MEETING_SESSION)
        return 2;
    if (c->apart && a < MEETING_MEETING)
        return NO_FIT;
    bool bare = !c->ordinal && date_is_none(c->date) && c->city == CITY_NONE;
    if (a == MEETING_SUMMIT && b == MEETING_FORUM && bare)
        return 1;   // "the conference" of leaders
    if ((a == MEETING_FORUM && b == MEETING_MEETING) || (a == MEETING_MEETING && b == MEETING_FORUM))
        return NO_FIT;  // those who meet on the margins of a conference
    if (is_talk(b) && !c->from_frame)
        return 1;
    if (is_talk(a) && b == MEETING_SUMMIT && d->told && date_is_none(d->claim.date) && !date_is_none(c->date))
        return NO_FIT;      // talks of today and the summit of last year
    if (is_talk(a) && !d->from_frame)  // talks with a date of their own are not yet the numbered session
        return c->ordinal && !date_is_none(d->claim.date) && !date_overlaps(d->claim.date, c->date) ? NO_FIT : 1;
    return NO_FIT;
}

// "The round began on the 11th" of one that closed on the 17th: the same session, days apart.
static bool opened_or_closed(const struct draft *d, const struct candidate *c)
{
    bool series = d->claim.type < MEETING_MEETING && (c->type == MEETING_SESSION || c->type == d->claim.type);
    bool days = d->claim.date.first.day && c->date.first.day;
    if (!series || !days || c->past_ref || c->next_ref || c->ordinal != 0)
        return false;
    int64_t apart = date_day_number(d->claim.date.first) - date_day_number(c->date.first);
    return apart <= SESSION_SPAN && apart >= -SESSION_SPAN;
}

static void span_dates(struct draft *d, const struct candidate *c)
{
    struct date_range a = d->claim.date, b = c->date;
    struct date a_last = a.last.year ? a.last : a.first, b_last = b.last.year ? b.last : b.first;
    d->claim.date.first = date_day_number(a.first) < date_day_number(b.first) ? a.first : b.first;
    d->claim.date.last = date_day_number(a_last) > date_day_number(b_last) ? a_last : b_last;
}

static int fit_particulars(const struct draft *d, const struct candidate *c)
{
    int score = 0;
    const struct meeting_claim *m = &d->claim;
    if (m->ordinal && c->ordinal) {
        if (m->ordinal != c->ordinal)
            return NO_FIT;
        score += 10;
    }
    if (!date_is_none(m->date) && !date_is_none(c->date)) {
        if (!date_overlaps(m->date, c->date) && !opened_or_closed(d, c))
            return score >= 10 ? score : NO_FIT;
        score += 2;
    }
    if (m->city != CITY_NONE && c->city != CITY_NONE) {
        if (m->city != c->city)
            return score >= 10 ? score : NO_FIT;
        score += 2;
    } else if (m->state != PARTY_NONE && c->state != PARTY_NONE && m->state != c->state) {
        return score >= 10 ? score : NO_FIT;
    }
    return score;
}

static bool shares_person(const struct draft *d, const struct candidate *c)
{
    for (uint32_t i = 0; i < d->people_count; i++)
        for (uint32_t j = 0; j < c->people_count; j++)
            if (d->people[i] == c->people[j])
                return true;
    return false;
}

static int fit_status(const struct draft *d, const struct candidate *c)
{
    bool ahead = d->claim.status != MEETING_STATUS_HELD, candidate_ahead = c->status != MEETING_STATUS_HELD;
    if (d->claim.ordinal && d->claim.ordinal == c->ordinal)
        return 0;
    if ((c->past_ref && !d->past_ref) || (c->next_ref && !d->next_ref && !(ahead && d->claim.ordinal == 0)))
        return NO_FIT;
    if (ahead != candidate_ahead && c->told && (d->told || d->title))
        return NO_FIT;
    return ahead == candidate_ahead ? 1 : 0;
}

// "X met Y. Z also met W": talks of two persons each, told of in different sentences, of whom the one pair is not the other.
static bool are_other_pair(const struct draft *d, const struct candidate *c)
{
    bool talks = c->type == MEETING_MEETING && d->claim.type == MEETING_MEETING && c->told && d->told;
    if (!talks || c->people_count != 2 || d->people_count != 2 || d->last_sentence == c->sentence)
        return false;
    uint32_t shared = 0;
    for (uint32_t i = 0; i < 2; i++)
        for (uint32_t j = 0; j < 2; j++)
            shared += d->people[i] == c->people[j];
    return shared < 2;
}

static bool has_person(const uint32_t *people, uint32_t count, uint32_t person)
{
    for (uint32_t i = 0; i < count; i++)
        if (people[i] == person)
            return true;
    return false;
}

// "He met the president. He also met the speaker": two meetings of one who travels.
static bool meets_another(const struct draft *d, const struct candidate *c)
{
    return c->object != MENTION_NONE && d->object != MENTION_NONE && !has_person(d->people, d->people_count, c->object) &&
           !has_person(c->people, c->people_count, d->object);
}

static int fit_parties(const struct draft *d, const struct candidate *c)
{
    if (c->parties.count > 1 && d->claim.parties.count > 1 && !party_set_within(&c->parties, &d->claim.parties) &&
        !party_set_within(&d->claim.parties, &c->parties))
        return NO_FIT;
    // persons who met: another pair of states is another meeting
    if (c->from_frame && c->soft.count > 1 && d->claim.parties.count > 1 && !party_set_within(&c->soft, &d->claim.parties))
        return NO_FIT;
    if (c->from_frame && d->from_frame && c->people_count > 1 && d->people_count > 1 && !shares_person(d, c))
        return NO_FIT;
    if (are_other_pair(d, c) || meets_another(d, c))
        return NO_FIT;
    return shares_person(d, c) ? 1 : 0;
}

static int fit(const struct draft *d, const struct candidate *c)
{
    int type = fit_type(d, c), particulars = fit_particulars(d, c), status = fit_status(d, c), parties = fit_parties(d, c);
    if (type == NO_FIT || particulars == NO_FIT || status == NO_FIT || parties == NO_FIT)
        return NO_FIT;
    if (type == 1 && status == 0 && !particulars)   // "at the meeting" that is over is no session to come
        return NO_FIT;
    return type + particulars + status + parties + (d->last_sentence + 1 >= c->sentence ? 1 : 0);
}

// "This was their third meeting": the last one told of that was held and has no other number.
static struct draft *equated_with(draft_vec *drafts, const struct candidate *c)
{
    for (uint32_t i = drafts->count; c->equated && c->ordinal && i-- > 0;) {
        struct draft *d = &drafts->at[i];
        bool held = d->claim.status == MEETING_STATUS_HELD && !d->past_ref && d->claim.type != MEETING_VISIT;
        if (held && (!d->claim.ordinal || d->claim.ordinal == c->ordinal))
            return d;
    }
    return NULL;
}

static struct draft *best_fit(draft_vec *drafts, const struct candidate *c)
{
    struct draft *best = equated_with(drafts, c);
    int score = NO_FIT;
    if (best)
        return best;
    for (uint32_t i = 0; c->further && i < drafts->count; i++)
        if (is_talk(drafts->at[i].claim.type) && drafts->at[i].object == c->object)
            return &drafts->at[i];
    if (c->further)
        return NULL;
    for (uint32_t i = 0; i < drafts->count; i++) {
        int now = fit(&drafts->at[i], c);
        if (now > score) {
            score = now;
            best = &drafts->at[i];
        }
    }
    return best;
}

static void join_people(struct draft *d, const struct candidate *c)
{
    for (uint32_t j = 0; j < c->people_count && d->people_count < 32; j++) {
        bool known = false;
        for (uint32_t i = 0; i < d->people_count; i++)
            known |= d->people[i] == c->people[j];
        if (!known)
            d->people[d->people_count++] = c->people[j];
    }
}

static bool is_narrower(struct date_range a, struct date_range b)
{
    return !b.first.day && a.first.day;
}

// Both by the day, and `a` runs over several of which `b` is one: the session's span and its closing day.
static bool spans(struct date_range a, struct date_range b)
{
    return a.first.day && a.last.day && b.first.day && !b.last.year && date_overlaps(a, b);
}

static void join(const struct work *work, struct draft *d, const struct candidate *c)
{
    struct meeting_claim *m = &d->claim;
    if (m->type == MEETING_SESSION || (m->type == MEETING_MEETING && c->type != MEETING_SESSION && !d->from_frame))
        m->type = c->type;
    d->numbered_talks |= c->numbered_talks;
    if (!m->ordinal)
        m->ordinal = c->ordinal;
    d->round |= c->round;
    if (!date_is_none(m->date) && !date_is_none(c->date) && !date_overlaps(m->date, c->date) && opened_or_closed(d, c))
        span_dates(d, c);
    else if (date_is_none(m->date) || is_narrower(c->date, m->date) || spans(c->date, m->date))
        m->date = date_is_none(c->date) ? m->date : c->date;
    if (m->city == CITY_NONE && c->city != CITY_NONE) {
        m->city = c->city;
        m->state = c->state;
    } else if (m->state == PARTY_NONE) {
        m->state = c->state;
    }
    if (c->told && (!d->told || (m->status == MEETING_STATUS_PLANNED && c->status != MEETING_STATUS_PLANNED))) {
        m->status = c->status;
        d->told = true;
    }
    if (m->parties.count < 2)
        party_set_add_all(&m->parties, &c->parties);
    if (c->from_frame)
        party_set_add_all(&d->soft, &c->soft);
    join_people(d, c);
    d->last_sentence = c->sentence;
    d->title &= work_is_title(work, c->sentence);
    add_evidence(work, &m->evidence, c->first, c->last);
    add_rule_reason(work, &m->reasons, c->frame);
    if (c->mention != MENTION_NONE)
        add_lexeme_reason(work, &m->reasons, c->mention);
}

// Nothing but visits so far: talks that were held are what such a visit was for.
static bool only_visits(const draft_vec *drafts)
{
    for (uint32_t i = 0; i < drafts->count; i++)
        if (drafts->at[i].claim.type != MEETING_VISIT)
            return false;
    return true;
}

// Does the candidate say enough to be a meeting of its own?
static bool may_found(const struct work *work, const draft_vec *drafts, const struct candidate *c)
{
    bool particular = c->ordinal || !date_is_none(c->date) || c->city != CITY_NONE || c->state != PARTY_NONE;
    if (drafts->count == MEETINGS_A_REPORT || work->dealing.count < 2)
        return false;
    if (c->plural && !c->ordinal && date_is_none(c->date))
        return false;
    bool peopled = c->people_count > 0;
    if (c->from_frame)
        return c->type == MEETING_VISIT ? c->soft.count > 0 : c->soft.count > 1 || (c->soft.count > 0 && (particular || peopled));
    if (c->type == MEETING_VISIT)
        return c->people_count > 0 || (c->told && c->soft.count > 0);
    if (c->past_ref || c->next_ref)
        return particular;
    if (c->type == MEETING_MEETING && c->status == MEETING_STATUS_PLANNED && !particular)
        return c->parties.count > 1 && peopled;     // "ready for talks" sets none
    if (drafts->count)
        return particular || (c->told && (peopled || only_visits(drafts)));
    bool series = c->type < MEETING_MEETING || c->type == MEETING_CALL || c->type == MEETING_FORUM;
    return particular || c->parties.count > 1 || c->soft.count > 1 || (c->told && peopled) || series;
}

// "The previous session", "the 4th round": of the series that the report speaks of.
static uint8_t type_of_series(const draft_vec *drafts, const struct candidate *c)
{
    for (uint32_t i = 0; c->type == MEETING_FORUM && c->ordinal && i < drafts->count; i++)
        if (drafts->at[i].claim.type == MEETING_SUMMIT)
            return MEETING_SUMMIT;      // "the seventh conference" after a sixth summit
    if (!is_talk(c->type) || (c->from_frame && !c->next_ref) || !(c->ordinal || c->past_ref || c->next_ref))
        return c->type;
    for (uint32_t i = drafts->count; i-- > 0;)
        if (drafts->at[i].claim.type < MEETING_MEETING)
            return drafts->at[i].claim.type;
    return c->type;
}

// "The commission … This session was held in May": a session of no body is of the one named right before it.
static uint8_t type_of_body(const struct work *work, const struct candidate *c, uint8_t type)
{
    for (uint32_t i = c->mention; type == MEETING_SESSION && c->mention != MENTION_NONE && i-- > 0;) {
        const struct mention *m = work_mention(work, i);
        if (m->sentence + 1 < c->sentence)
            break;
        if (m->kind == MENTION_BODY && !(m->flags & (MENTION_INSIDE | MENTION_PLURAL)) && m->code != MEETING_SESSION)
            return (uint8_t)m->code;
    }
    return type;
}

static void found(const struct work *work, draft_vec *drafts, const struct candidate *c)
{
    struct draft fresh = {
        .claim = {.type = type_of_body(work, c, type_of_series(drafts, c)), .status = c->status, .body = CLAIM_NONE, .city = CITY_NONE,
                  .state = PARTY_NONE},
        .past_ref = c->past_ref,
        .next_ref = c->next_ref,
        .from_frame = c->from_frame,
        .told = c->told,
        .title = true,
        .first_sentence = c->sentence,
        .object = c->object,
        .visitor = c->visitor,
    };
    for (uint8_t i = 0; i < c->soft.count; i++)
        if (party_set_has(&work->dealing, c->soft.at[i]))
            party_set_add(&fresh.named, c->soft.at[i]);
    vec_push_max(work->document->arena, drafts, fresh, MEETINGS_A_REPORT);
    join(work, &drafts->at[drafts->count - 1], c);
}

// ---- chairs -----------------------------------------------------------------------------------------------------------
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

static void bind_chairs(const struct work *work, draft_vec *drafts)
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

// ---- finishing ---------------------------------------------------------------------------------------------------------
static void settle_parties(const struct work *work, struct draft *d)
{
    struct party_set *parties = &d->claim.parties;
    if (parties->count > 1)
        return;
    if (!d->from_frame && work->dealing.count > 2 && d->named.count > 1)    // in a report of more, those whom its clause names
        party_set_add_all(parties, &d->named);
    if (parties->count > 1)
        return;
    for (uint32_t i = 0; i < d->people_count; i++)
        party_set_add(parties, work->document->people.at[d->people[i]].party);
    if (d->from_frame)
        party_set_add_all(parties, &d->soft);
    if (d->claim.type == MEETING_VISIT)
        party_set_add(parties, d->claim.state);
    for (uint8_t i = 0; i < work->dealing.count && (d->from_frame ? parties->count < 2 : true); i++)
        party_set_add(parties, work->dealing.at[i]);
}

// A visit of one party's people to a report's other party is a visit there.
static uint16_t host_of(const struct work *work, const struct draft *visit)
{
    const struct party_set *parties = &visit->claim.parties;
    if (parties->count != 2 || visit->people_count == 0)
        return PARTY_NONE;
    uint32_t visitor = visit->visitor == MENTION_NONE ? visit->people[0] : visit->visitor;
    uint16_t guest = work->document->people.at[visitor].party;
    uint16_t host = guest == parties->at[0] ? parties->at[1] : guest == parties->at[1] ? parties->at[0] : PARTY_NONE;
    return host != PARTY_NONE && work->world->parties.at[host].state ? host : PARTY_NONE;
}

// The meeting took place inside the visit.
static bool is_inside(const struct draft *visit, const struct draft *d)
{
    bool forum = d->claim.type == MEETING_FORUM && d->first_sentence != visit->first_sentence;
    if (d->claim.type == MEETING_VISIT || d->claim.type == MEETING_CALL || forum)
        return false;
    bool dates_apart = !date_is_none(d->claim.date) && !date_is_none(visit->claim.date) && !date_overlaps(d->claim.date, visit->claim.date);
    bool states_apart = d->claim.state != PARTY_NONE && visit->claim.state != PARTY_NONE && d->claim.state != visit->claim.state;
    bool statuses_apart = d->claim.status != visit->claim.status;
    return !dates_apart && !states_apart && !statuses_apart && party_set_within(&visit->claim.parties, &d->claim.parties);
}

static bool has_inner_meeting(const draft_vec *drafts, const struct draft *visit)
{
    for (uint32_t i = 0; i < drafts->count; i++)
        if (is_inside(visit, &drafts->at[i]))
            return true;
    return false;
}

// Who flies to a city to meet somebody meets him there, if nothing else is said.
static void hand_over_place(const struct draft *visit, struct draft *meeting)
{
    if (meeting->claim.city == CITY_NONE && meeting->first_sentence >= visit->first_sentence)
        meeting->claim.city = visit->claim.city;
    if (meeting->claim.state == PARTY_NONE)
        meeting->claim.state = visit->claim.state;
}

// ---- what the sentences around tell ------------------------------------------------------------------------------------
#define AROUND 2    // sentences of its paragraph before and behind that tell of a meeting, too

static bool held_elsewhere(const draft_vec *drafts, const struct draft *own, uint16_t city)
{
    for (uint32_t i = 0; i < drafts->count; i++)
        if (&drafts->at[i] != own && drafts->at[i].claim.city == city)
            return true;
    return false;
}

static bool held_then(const draft_vec *drafts, const struct draft *own, struct date_range date)
{
    for (uint32_t i = 0; i < drafts->count; i++)
        if (&drafts->at[i] != own && !date_is_none(drafts->at[i].claim.date) && date_overlaps(drafts->at[i].claim.date, date))
            return true;
    return false;
}

// A day on the side of the report on which the meeting lies.
static bool suits(const struct work *work, const struct draft *d, struct date_range date)
{
    struct date_range published = work->document->published;
    if (!date.first.day || date_is_none(date))
        return false;
    if (date_is_none(published) || !published.first.day || date_overlaps(date, published))
        return true;
    bool later = date_day_number(date.first) > date_day_number(published.first);
    return later == (d->claim.status == MEETING_STATUS_PLANNED);
}

// "For 30 days from the 18th", "until May": where something begins or ends.
static bool begins_span(const struct work *work, const struct mention *date)
{
    uint64_t before = date->first > 0 ? work_grammar(work, date->first - 1) : 0;
    return !date->date.last.year && (before & (GRAMMAR(SINCE) | GRAMMAR(UNTIL))) != 0;
}

// "Eighteen papers were signed yesterday in Cairo. With them ended the ninth session …": the one place and the one day that the sentences
// around a meeting name, if no other meeting has them.
static void look_around(const struct work *work, const draft_vec *drafts, struct draft *d)
{
    const struct document *document = work->document;
    uint32_t paragraph = document->sentences.at[d->first_sentence].paragraph, from = d->first_sentence, to = d->first_sentence + 1;
    uint16_t city = CITY_NONE, state = PARTY_NONE;
    struct date_range date = {0};
    bool cities = false, dates = false;
    while (from > 0 && from + AROUND > d->first_sentence && document->sentences.at[from - 1].paragraph == paragraph)
        from--;
    while (to < document->sentences.count && to <= d->first_sentence + AROUND && document->sentences.at[to].paragraph == paragraph)
        to++;
    uint32_t first, last, ignored;
    work_sentence_mentions(work, from, &first, &ignored);
    work_sentence_mentions(work, to - 1, &ignored, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        // "Talks were held. 12 May 2024 10:10": the stamp right behind what a page reports first is its day
        bool stamp = m->kind == MENTION_DATE && m->sentence == d->first_sentence + 1 &&
                     m->first == document->sentences.at[m->sentence].first && d->claim.status == MEETING_STATUS_HELD;
        if ((m->flags & MENTION_DATELINE) && !stamp)
            continue;
        if (m->kind == MENTION_PLACE && (m->flags & MENTION_LOCATIVE) && m->city != CITY_NONE) {
            cities |= city != CITY_NONE && city != m->city;
            city = m->city;
            state = m->state;
        } else if (m->kind == MENTION_DATE && suits(work, d, m->date) && !begins_span(work, m)) {
            dates |= !date_is_none(date) && !date_overlaps(date, m->date);
            date = m->date;
        }
    }
    bool nowhere = d->claim.city == CITY_NONE && (d->claim.state == PARTY_NONE || d->claim.state == state);
    if (nowhere && city != CITY_NONE && !cities && !held_elsewhere(drafts, d, city)) {
        d->claim.city = city;
        d->claim.state = state;
    }
    if (date_is_none(d->claim.date) && !date_is_none(date) && !dates && !held_then(drafts, d, date))
        d->claim.date = date;
}

// A headline names a meeting loosely ("leaders' summit"); the text that follows tells what it was.
static bool is_told_below(const draft_vec *drafts, const struct draft *d)
{
    const struct meeting_claim *m = &d->claim;
    bool visit = m->type == MEETING_VISIT;
    if (!d->title || d->told || m->ordinal || !date_is_none(m->date) || m->city != CITY_NONE || (!visit && m->state != PARTY_NONE))
        return false;
    for (uint32_t i = 0; i < drafts->count; i++) {
        const struct draft *other = &drafts->at[i];
        bool session = visit ? other->claim.type == MEETING_VISIT : other->claim.type < MEETING_CALL && other->claim.status == m->status;
        if (!other->title && session && party_set_within(&m->parties, &other->claim.parties))
            return true;
    }
    return false;
}

static void hand_over_places(draft_vec *drafts)
{
    for (uint32_t i = 0; i < drafts->count; i++)
        for (uint32_t k = 0; drafts->at[i].claim.type == MEETING_VISIT && k < drafts->count; k++)
            if (drafts->at[k].claim.type != MEETING_FORUM && is_inside(&drafts->at[i], &drafts->at[k]))
                hand_over_place(&drafts->at[i], &drafts->at[k]);
}

static void finish(struct work *work, draft_vec *drafts)
{
    struct record *record = &work->document->record;
    uint32_t place[MEETINGS_A_REPORT];
    for (uint32_t i = 0; i < drafts->count; i++) {
        settle_parties(work, &drafts->at[i]);
        if (is_talk(drafts->at[i].claim.type) && drafts->at[i].round && drafts->at[i].claim.ordinal)
            drafts->at[i].claim.type = MEETING_CONSULTATIONS;     // "the fifth round with Japan": of a dialogue of its own
        look_around(work, drafts, &drafts->at[i]);
        if (drafts->at[i].claim.type == MEETING_MEETING && drafts->at[i].claim.ordinal <= 2)
            drafts->at[i].claim.ordinal = 0;        // "their second meeting" counts no sessions
        if (drafts->at[i].claim.type == MEETING_MEETING && drafts->at[i].claim.ordinal > 2 && drafts->at[i].numbered_talks)
            drafts->at[i].claim.type = MEETING_CONSULTATIONS;   // talks that are numbered are a series of rounds
        if (drafts->at[i].claim.type == MEETING_SESSION)
            drafts->at[i].claim.type = MEETING_MEETING;
        if (drafts->at[i].claim.type == MEETING_CALL) {     // those who telephone are in two places
            drafts->at[i].claim.city = CITY_NONE;
            drafts->at[i].claim.state = PARTY_NONE;
        }
        if (drafts->at[i].claim.type == MEETING_VISIT && drafts->at[i].claim.state == PARTY_NONE)
            drafts->at[i].claim.state = host_of(work, &drafts->at[i]);
    }
    hand_over_places(drafts);
    for (uint32_t i = 0; i < drafts->count; i++) {
        struct draft *d = &drafts->at[i];
        place[i] = CLAIM_NONE;
        bool inner = d->claim.type == MEETING_VISIT && has_inner_meeting(drafts, d);
        for (uint32_t k = 0; inner && k < d->claim.evidence.count; k++)
            vec_push(work->document->arena, &work->visits, d->claim.evidence.at[k]);
        if (d->claim.parties.count < 2 || inner || is_told_below(drafts, d))
            continue;
        for (uint32_t k = 0; k < d->people_count; k++)
            if (work->person_claim[d->people[k]] != CLAIM_NONE)
                vec_push(work->document->arena, &d->claim.participants, work->person_claim[d->people[k]]);
        place[i] = record->meetings.count;
        vec_push(work->document->arena, &record->meetings, d->claim);
    }
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        uint32_t draft = work->mention_meeting[i];
        if (draft == CLAIM_NONE)
            continue;
        if (place[draft] == CLAIM_NONE)
            set_fate(work, i, drafts->at[draft].claim.parties.count < 2 ? FATE_FEW_PARTIES : FATE_INSIDE_VISIT);
        work->mention_meeting[i] = place[draft];
    }
}

static bool met_already(const draft_vec *drafts, const struct candidate *c)
{
    for (uint32_t i = 0; i < drafts->count; i++)
        if (drafts->at[i].claim.type != MEETING_VISIT && drafts->at[i].claim.status != MEETING_STATUS_PLANNED &&
            (shares_person(&drafts->at[i], c) ||
             (drafts->at[i].claim.type < MEETING_MEETING && drafts->at[i].first_sentence <= c->sentence)))
            return true;
    return false;
}

// Where another sentence tells that the parties signed: "An accord was signed in Baghdad. X and Y put their names to it."
static void borrow_place(const struct work *work, struct candidate *c)
{
    for (uint32_t f = 0; f < work->document->frames.count && c->city == CITY_NONE; f++) {
        const struct frame *frame = &work->document->frames.at[f];
        struct candidate other = {.type = MEETING_MEETING, .mention = MENTION_NONE, .frame = f};
        bool near = frame->sentence + 1 >= c->sentence && frame->sentence <= c->sentence + 1;
        if (!near || work_rule(work, f)->role != ROLE_SIGN || (frame->flags & (FRAME_NOT | FRAME_FUTURE | FRAME_MAY | FRAME_IF)))
            continue;
        candidate_gather(work, &other, frame);
        c->city = other.city;
        c->state = other.city == CITY_NONE ? c->state : other.state;
    }
}

// The report speaks of talks that no meeting has taken up: "at their meeting they heard a proposal".
static bool names_talks(const struct work *work)
{
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        bool series = m->flags & (MENTION_PAST_REF | MENTION_NEXT_REF | MENTION_INSIDE);
        if (m->kind == MENTION_MEETING && m->code == MEETING_MEETING && !m->ordinal && !series && work->mention_meeting[i] == CLAIM_NONE)
            return true;
    }
    return false;
}

// "The treaty in-Jakarta-by-A-and-B-signed": where verbs come last, a participle right before a document says that it was done.
static bool describes_document(const struct work *work, const struct frame *frame)
{
    uint32_t first, last;
    if (!(frame->flags & FRAME_NOUN) || (frame->flags & FRAME_NOT) || work_pack(work, frame->sentence)->config.head != HEAD_FINAL)
        return false;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work_mention(work, i)->kind == MENTION_INSTRUMENT && work_mention(work, i)->first == frame->last)
            return true;
    return false;
}

// A deed of weeks ago is told as what went before.
static bool is_long_past(const struct work *work, struct date_range date)
{
    struct date_range published = work->document->published;
    if (date_is_none(published) || date_is_none(date) || !published.first.day)
        return false;
    return date_day_number(date_last_day(date)) + DEED_DAYS < date_day_number(published.first);
}

// No meeting is named, but office-holders of two parties act together in one clause (sign, agree in a city): they met there.
static void found_by_deed(const struct work *work, draft_vec *drafts)
{
    for (uint32_t f = 0; f < work->document->frames.count; f++) {
        const struct frame *frame = &work->document->frames.at[f];
        struct candidate c = {.type = MEETING_MEETING, .from_frame = true, .told = true, .mention = MENTION_NONE, .object = MENTION_NONE,
                              .visitor = MENTION_NONE, .frame = f};
        bool asserted = (frame->flags & FRAME_PAST) && !(frame->flags & (FRAME_NOT | FRAME_NONFINITE | FRAME_IF));
        bool signs = work_rule(work, f)->role == ROLE_SIGN || work_rule(work, f)->issues < VALUE_UNSET;
        asserted |= signs && describes_document(work, frame);
        uint8_t stance = work_rule(work, f)->commitment.value;
        bool inflects = pack_inflects(work_pack(work, frame->sentence));
        bool opens = stance == STANCE_DONE && !inflects && work_pack(work, frame->sentence)->config.head == HEAD_INITIAL;   // a road
        bool agrees = stance == STANCE_AGREED || opens || (stance == STANCE_DISCUSSED && inflects);
        if (!asserted || !(signs || agrees))
            continue;
        candidate_gather(work, &c, frame);
        if ((!signs && c.city == CITY_NONE && !names_talks(work)) || is_long_past(work, c.date))
            continue;   // ministers agree from afar, too
        uint16_t parties[2] = {PARTY_NONE, PARTY_NONE};
        for (uint32_t i = 0; i < c.people_count; i++) {
            uint16_t party = work->document->people.at[c.people[i]].party;
            parties[party != parties[0] && parties[0] != PARTY_NONE] = party;
        }
        if (parties[1] == PARTY_NONE || parties[0] == PARTY_NONE || met_already(drafts, &c))
            continue;
        borrow_place(work, &c);
        found(work, drafts, &c);
        return;
    }
}

void resolve_meetings(struct work *work)
{
    struct document *document = work->document;
    candidate_vec candidates = {0};
    draft_vec *drafts = ARENA_NEW(document->arena, draft_vec);
    work->mention_meeting = ARENA_ARRAY(document->arena, uint32_t, document->mentions.count);
    for (uint32_t i = 0; i < document->mentions.count; i++)
        work->mention_meeting[i] = CLAIM_NONE;
    candidates_find(work, &candidates);
    for (uint32_t i = 0; i < candidates.count; i++) {
        const struct candidate *c = &candidates.at[i];
        struct draft *d = best_fit(drafts, c);
        bool joined = d != NULL;
        if (joined)
            join(work, d, c);
        else if (may_found(work, drafts, c))
            found(work, drafts, c), d = &drafts->at[drafts->count - 1];
        if (d && c->mention != MENTION_NONE)
            work->mention_meeting[c->mention] = (uint32_t)(d - drafts->at);
        set_fate(work, c->mention, joined ? FATE_JOINED : d ? FATE_NONE : FATE_NOTHING_OWN);
    }
    if (work->dealing.count > 1)
        found_by_deed(work, drafts);
    bind_chairs(work, drafts);
    finish(work, drafts);
}
