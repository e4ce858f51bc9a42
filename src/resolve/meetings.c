// SPDX-License-Identifier: MIT
// From meeting candidates to meetings: which of them speak of the same one.
//
// Candidates are taken in the order of the text. Each joins the meeting that it fits best, or founds one if it has something of its own: an
// ordinal, a date, a place, persons who met. A bare "the meeting" joins the one last spoken of.
#include "resolve/draft.h"

#define DOCUMENT_REACH 3    // tokens between talks and the document that they are on

static void span_dates(struct draft *d, const struct candidate *c)
{
    struct date_range a = d->claim.date, b = c->date;
    struct date a_last = a.last.year ? a.last : a.first, b_last = b.last.year ? b.last : b.first;
    d->claim.date.first = date_day_number(a.first) < date_day_number(b.first) ? a.first : b.first;
    d->claim.date.last = date_day_number(a_last) > date_day_number(b_last) ? a_last : b_last;
}

static void join_people(struct draft *d, const struct candidate *c)
{
    for (uint32_t i = 0; i < c->people_count && d->people_count < PEOPLE_A_MEETING; i++)
        if (!has_person(d->people, d->people_count, c->people[i]))
            d->people[d->people_count++] = c->people[i];
}

static void join_faces(struct draft *d, const struct candidate *c)
{
    for (uint32_t i = 0; i < c->face_count && d->face_count < FACES_MAX; i++)
        d->faces[d->face_count++] = c->faces[i];
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

// "They agreed that the ninth session be held in Moscow": what was once intended of a session that the report tells of.
static bool is_intended(const struct work *work, const struct candidate *c)
{
    if (c->status != MEETING_STATUS_PLANNED || c->frame == FRAME_NONE)
        return false;
    const struct frame *frame = &work->document->frames.at[c->frame];
    bool under = frame->outer != FRAME_NONE && work_rule(work, frame->outer)->meeting_over < VALUE_UNSET;
    return under || (frame->flags & (FRAME_NONFINITE | FRAME_NOUN));
}

static void join(const struct work *work, struct draft *d, const struct candidate *c)
{
    struct meeting_claim *m = &d->claim;
    bool earlier = c->ordinal && c->ordinal == m->ordinal && m->status == MEETING_STATUS_HELD && !d->title && is_intended(work, c);
    if (m->type == MEETING_SESSION || (m->type == MEETING_MEETING && c->type != MEETING_SESSION && !d->from_frame))
        m->type = c->type;
    if (c->equated && c->ordinal && m->type == MEETING_MEETING && c->type < MEETING_MEETING)
        m->type = c->type;      // "they met. It was the third session of …"
    d->numbered_talks |= c->numbered_talks;
    d->talks |= c->talks;
    if (!m->ordinal)
        m->ordinal = c->ordinal;
    d->round |= c->round;
    d->goal |= c->goal;
    if (d->club == PARTY_NONE)
        d->club = c->club;
    d->now |= c->now;
    bool large = c->type == MEETING_SUMMIT || c->type == MEETING_FORUM;
    d->own |= large && c->parties.count < 2 && (c->named || c->ordinal || c->club != PARTY_NONE);
    d->faced |= c->faced.count > 0;
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
    bool headline = d->title && (m->type == MEETING_VISIT || is_told_now(work, d)) && !work_is_title(work, c->sentence);
    if (c->told && ((!d->told && !earlier) || headline || (m->status == MEETING_STATUS_PLANNED && c->status != MEETING_STATUS_PLANNED))) {
        m->status = c->status;
        d->told = true;
    }
    if (m->parties.count < 2)
        party_set_add_all(&m->parties, &c->parties);
    for (uint32_t i = c->weighed_first; i < c->weighed_last; i++)
        work->document->weighed.at[i].meeting = d->index;
    if (c->from_frame)
        party_set_add_all(&d->soft, &c->soft);
    party_set_add_all(&d->met, &c->met);
    join_people(d, c);
    join_faces(d, c);
    d->last_sentence = c->sentence;
    d->title &= work_is_title(work, c->sentence);
    add_evidence(work, &m->evidence, c->first, c->last);
    add_rule_reason(work, &m->reasons, c->frame);
    if (c->mention != MENTION_NONE)
        add_lexeme_reason(work, &m->reasons, c->mention);
}

// The visit's words say to which of those who deal it goes.
static bool goes_to_party(const struct work *work, const struct candidate *c)
{
    return c->goal && party_set_has(&work->dealing, c->state);
}

// A bare "session" with two states near it: it needs a verb, a person, somebody who was met, or a title.
static bool is_bare_session(const struct work *work, const struct candidate *c)
{
    bool told = c->told || c->people_count || c->faced.count || c->parties.count > 1 || work_is_title(work, c->sentence);
    return c->type == MEETING_SESSION && !told && !c->ordinal && date_is_none(c->date) && c->city == CITY_NONE && c->state == PARTY_NONE;
}

// Nothing but visits so far: talks that were held are what such a visit was for.
static bool only_visits(const draft_vec *drafts)
{
    for (uint32_t i = 0; i < drafts->count; i++)
        if (drafts->at[i].claim.type != MEETING_VISIT)
            return false;
    return true;
}

// "Will hold talks with the president": a finite verb that plans them says who is to be met.
static bool will_face(const struct work *work, const struct candidate *c)
{
    uint32_t flags = c->told && c->frame != FRAME_NONE ? work->document->frames.at[c->frame].flags : FRAME_NONFINITE;
    bool finite = !(flags & (FRAME_NONFINITE | FRAME_NOUN | FRAME_MAY | FRAME_IF));
    return (c->face_count && finite) || (c->met.count > 1 && (flags & FRAME_FUTURE));
}

// "He will meet the speaker, too": a pronoun meets whoever holds an office that the sentence names, in a report of two who deal.
static bool meets_holder(const struct work *work, const struct candidate *c)
{
    const struct face *face = c->face_count == 1 ? &c->faces[0] : NULL;
    bool office = face && face->person == MENTION_NONE && face->office <= OFFICE_SPEAKER;
    return office && c->type == MEETING_MEETING && work->dealing.count == 2 && will_face(work, c);
}

// "The group decided to reconvene": a verb of meeting tells that a body will sit, though not when.
static bool will_sit(const struct work *work, const struct candidate *c)
{
    bool body = c->mention != MENTION_NONE && work_mention(work, c->mention)->kind == MENTION_BODY;
    bool met = c->told && c->frame != FRAME_NONE && work_rule(work, c->frame)->makes == MEETING_MEETING;
    return body && met && c->status == MEETING_STATUS_PLANNED;
}

// "The next one will be arranged by Oslo", "next time the delegations will meet in Bergen": a finite verb tells of one more session of a
// row of which the report speaks.
static bool continues_row(const struct work *work, const draft_vec *drafts, const struct candidate *c)
{
    uint32_t flags = c->frame == FRAME_NONE ? FRAME_NONFINITE : work->document->frames.at[c->frame].flags;
    bool talks = is_talk(c->type) || c->type < MEETING_MEETING;
    bool next = c->next_ref && c->told && c->status == MEETING_STATUS_PLANNED;
    if (!next || c->plural || !talks || (flags & (FRAME_NONFINITE | FRAME_MAY | FRAME_IF | FRAME_NOT)))
        return false;
    for (uint32_t i = 0; i < drafts->count; i++)
        if (drafts->at[i].claim.type < MEETING_MEETING && drafts->at[i].claim.type != MEETING_SUMMIT)
            return true;
    return false;
}

// "The last time the delegations gathered in Oslo": a verb tells of the session before, of a row of which the report speaks.
static bool is_last_of_row(const draft_vec *drafts, const struct candidate *c)
{
    if (!c->from_frame || !c->past_ref || c->people_count || c->faced.count || c->type != MEETING_MEETING)
        return false;
    for (uint32_t i = 0; i < drafts->count; i++)
        if (drafts->at[i].claim.type < MEETING_MEETING && drafts->at[i].claim.type != MEETING_SUMMIT)
            return true;
    return false;
}

// "Talks on a treaty": a matter under negotiation, and no meeting.
static bool is_on_document(const struct work *work, const struct candidate *c)
{
    bool about = c->mention != MENTION_NONE && c->last < work->document->sentences.at[c->sentence].last &&
                 (work_grammar(work, c->last) & (GRAMMAR(ABOUT) | GRAMMAR(ON)));
    for (uint32_t i = c->mention + 1; about && i < work->document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_INSTRUMENT)
            return m->first <= c->last + DOCUMENT_REACH;
        if (m->first > c->last + DOCUMENT_REACH)
            return false;
    }
    return false;
}

// "Rumours about a meeting of X and Y", "photos of the talks": where marks follow, a meeting of which no verb tells and that is only what
// something else is about.
static bool is_spoken_of(const struct work *work, const struct candidate *c)
{
    const struct sentence *sentence = &work->document->sentences.at[c->sentence];
    if (c->told || work_pack(work, c->sentence)->config.case_marks != CASE_AFTER || c->last >= sentence->last)
        return false;
    return work_grammar(work, c->last) & (GRAMMAR(ABOUT) | GRAMMAR(OF) | GRAMMAR(FOR));
}

// "X and Y are in talks on a treaty": the verb tells what becomes of the document, and no sitting.
static bool is_negotiating(const struct work *work, const struct candidate *c)
{
    uint32_t frame = c->mention == MENTION_NONE ? FRAME_NONE : work->document->governed_by[c->mention];
    uint32_t first, last;
    if (c->told || !c->talks || frame == FRAME_NONE || work_pack(work, c->sentence)->config.head != HEAD_FINAL ||
        work_rule(work, frame)->instrument.value != INSTRUMENT_STATUS_PLANNED || work_rule(work, frame)->makes < VALUE_UNSET)
        return false;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work_mention(work, i)->kind == MENTION_INSTRUMENT && work->document->governed_by[i] == frame)
            return true;
    return false;
}

// "The two agreed to meet soon", "agreed to convene the working group": where verbs come last, those who agree set a meeting without a day.
static bool is_set(const struct work *work, const struct candidate *c)
{
    uint32_t outer = c->told && c->frame != FRAME_NONE ? work->document->frames.at[c->frame].outer : FRAME_NONE;
    bool final = work_pack(work, c->sentence)->config.head == HEAD_FINAL;
    if (!final || outer == FRAME_NONE || c->status != MEETING_STATUS_PLANNED || c->plural || c->type == MEETING_VISIT)
        return false;
    uint32_t flags = work->document->frames.at[outer].flags;
    return work_rule(work, outer)->commitment.value == STANCE_AGREED && (flags & FRAME_PAST) && !(flags & (FRAME_NOT | FRAME_IF));
}

// Does the candidate say enough to be a meeting of its own?
static bool may_found(const struct work *work, const draft_vec *drafts, const struct candidate *c)
{
    bool particular = c->ordinal || !date_is_none(c->date) || c->city != CITY_NONE || c->state != PARTY_NONE;
    bool peopled = c->people_count > 0;
    bool final = work_pack(work, c->sentence)->config.head == HEAD_FINAL;
    if (final && c->margins && !c->told && c->type == MEETING_FORUM && !c->ordinal)
        return false;   // the conference on whose margins two met is none of theirs
    if (drafts->count == MEETINGS_A_REPORT || work->dealing.count < 2)
        return false;
    if (c->plural && !c->ordinal && date_is_none(c->date))
        return false;
    if (c->round && !c->ordinal && !c->told && !c->past_ref && !c->next_ref)
        return false;   // an era, a course
    bool bare = !c->ordinal && !c->date.first.day && c->city == CITY_NONE && !peopled;
    // "the meeting of the ministers of X and Y is called off"
    bool of_ministers = c->met.count > 1 || (c->parties.count > 1 && !c->talks);
    if (c->status == MEETING_STATUS_CANCELLED && c->type == MEETING_MEETING && bare && !of_ministers)
        return false;   // "talks were suspended" calls none off
    if (continues_row(work, drafts, c) || (drafts->count && is_set(work, c)) || (particular && is_last_of_row(drafts, c)))
        return true;
    bool set = c->type == MEETING_MEETING && c->told && c->status == MEETING_STATUS_PLANNED && c->city != CITY_NONE;
    if (c->from_frame && set && !date_is_none(c->date) && work_pack(work, c->sentence)->config.head == HEAD_INITIAL)
        return true;    // "experts will meet in Oslo in March"
    if (c->from_frame)
        return c->type == MEETING_VISIT ? c->soft.count > 0 || !date_is_none(c->date)
                                        : c->soft.count > 1 || (c->soft.count > 0 && (particular || peopled)) || meets_holder(work, c);
    if (c->type == MEETING_VISIT)
        return c->people_count > 0 || (c->told && (c->soft.count > 0 || goes_to_party(work, c))) ||
               (c->soft.count > 0 && goes_to_party(work, c));
    if (is_bare_session(work, c))
        return false;
    if (c->past_ref || c->next_ref)     // "a planned summit of X and Y" says enough
        return particular || (c->next_ref && c->type == MEETING_SUMMIT && c->parties.count > 1);
    if (c->type == MEETING_MEETING && c->status == MEETING_STATUS_PLANNED && !particular)
        return (c->parties.count > 1 && peopled) || will_face(work, c);     // "ready for talks" sets none
    bool of_two = c->type == MEETING_SUMMIT && c->parties.count > 1;
    if (drafts->count)
        return particular || (c->told && (peopled || c->each || only_visits(drafts) || of_two || will_sit(work, c)));
    if (!particular && !peopled && is_talk(c->type) && is_on_document(work, c))
        return false;
    bool series = c->type < MEETING_MEETING || c->type == MEETING_CALL || c->type == MEETING_FORUM;
    bool setting = c->mention != MENTION_NONE && is_setting(work, work_mention(work, c->mention));
    bool tells = c->told || work_is_title(work, c->sentence) || !is_talk(c->type) || c->met.count > 1 || setting ||
                 !pack_inflects(work_pack(work, c->sentence));      // "the law that forbids talks with X"
    tells = tells && !is_spoken_of(work, c) && !is_negotiating(work, c);
    return particular || (tells && (c->parties.count > 1 || c->soft.count > 1)) || (c->told && peopled) || series;
}

// The one told of last whose number is the next one up or down, NULL. What was held does not follow what is still to come.
static const struct draft *neighbour(const draft_vec *drafts, const struct candidate *c)
{
    for (uint32_t i = drafts->count; c->ordinal && i-- > 0;) {
        const struct draft *d = &drafts->at[i];
        bool ahead = d->claim.status == MEETING_STATUS_PLANNED && c->status == MEETING_STATUS_HELD;
        if (d->claim.ordinal && ((d->claim.ordinal + 1 == c->ordinal && !ahead) || d->claim.ordinal == c->ordinal + 1))
            return d;
    }
    return NULL;
}

// "The previous session", "the 4th round": of the series that the report speaks of.
static uint8_t type_of_series(const draft_vec *drafts, const struct candidate *c)
{
    for (uint32_t i = 0; c->type == MEETING_FORUM && c->ordinal && i < drafts->count; i++)
        if (drafts->at[i].claim.type == MEETING_SUMMIT)
            return MEETING_SUMMIT;      // "the seventh conference" after a sixth summit
    if (!is_talk(c->type) || (c->from_frame && !c->next_ref && !is_last_of_row(drafts, c)) || !(c->ordinal || c->past_ref || c->next_ref))
        return c->type;
    const struct draft *next = neighbour(drafts, c);
    if (next)
        return next->claim.type < MEETING_MEETING ? next->claim.type : c->type;
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

struct draft *found_meeting(const struct work *work, draft_vec *drafts, const struct candidate *c)
{
    struct draft fresh = {
        .claim = {.type = type_of_body(work, c, type_of_series(drafts, c)), .status = c->status, .body = CLAIM_NONE, .city = CITY_NONE,
                  .state = PARTY_NONE},
        .club = PARTY_NONE,
        .past_ref = c->past_ref,
        .next_ref = c->next_ref,
        .from_frame = c->from_frame,
        .told = c->told,
        .title = true,
        .founder = *c,
        .index = drafts->count,
        .first_sentence = c->sentence,
        .visitor = c->visitor,
    };
    const struct draft *next = neighbour(drafts, c);
    fresh.round = next && next->round;      // "the second will be in May", of a first round
    for (uint8_t i = 0; i < c->soft.count; i++)
        if (party_set_has(&work->dealing, c->soft.at[i]))
            party_set_add(&fresh.named, c->soft.at[i]);
    vec_push_max(work->document->arena, drafts, fresh, MEETINGS_A_REPORT);
    struct draft *d = &drafts->at[drafts->count - 1];
    join(work, d, c);
    return d;
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
        struct draft *d = best_fit(work, drafts, c);
        bool joined = d != NULL;
        if (joined)
            join(work, d, c);
        else if (may_found(work, drafts, c))
            d = found_meeting(work, drafts, c);
        if (d && c->mention != MENTION_NONE)
            work->mention_meeting[c->mention] = (uint32_t)(d - drafts->at);
        set_fate(work, c->mention, joined ? FATE_JOINED : d ? FATE_NONE : FATE_NOTHING_OWN);
    }
    if (work->dealing.count > 1)
        found_by_deed(work, drafts);
    bind_chairs(work, drafts);
    finish_meetings(work, drafts);
}
