// SPDX-License-Identifier: MIT
// From drafts to the record's meetings, once all candidates have been taken.
//
// Parties that no clause tells are those who deal in the report, date and place that none tells are sought around. A visit inside which a
// meeting took place hands its place over and gives way to that meeting; so does a headline's loose word to what the text tells.
#include "resolve/particular.h"

static uint16_t first_but(const struct party_set *parties, uint16_t state)
{
    for (uint8_t i = 0; i < parties->count; i++)
        if (parties->at[i] != state)
            return parties->at[i];
    return PARTY_NONE;
}

// Who travels, and the state to which.
static void settle_visit(const struct work *work, struct draft *visit)
{
    uint16_t guest = PARTY_NONE, state = visit->claim.state;
    for (uint32_t i = 0; i < visit->people_count && guest == PARTY_NONE; i++)
        if (work->document->people.at[visit->people[i]].party != state)
            guest = work->document->people.at[visit->people[i]].party;
    if (guest == PARTY_NONE)
        guest = first_but(&visit->soft, state);
    if (guest == PARTY_NONE)
        guest = first_but(&work->dealing, state);
    visit->claim.parties.count = 0;
    party_set_add(&visit->claim.parties, guest);
    party_set_add(&visit->claim.parties, state);
}

static void settle_parties(const struct work *work, struct draft *d)
{
    struct party_set *parties = &d->claim.parties;
    if (d->goal && d->claim.type == MEETING_VISIT) {
        settle_visit(work, d);
        return;
    }
    if (parties->count > 1)
        return;
    if (d->club != PARTY_NONE) {    // an organisation's own meeting, and those of the report who go there
        party_set_add(parties, d->club);
        for (uint32_t i = 0; i < d->people_count; i++)
            party_set_add(parties, work->document->people.at[d->people[i]].party);
        party_set_add_all(parties, &d->named);
        party_set_add(parties, parties->count < 2 ? work->home : PARTY_NONE);
        for (uint8_t i = 0; i < work->dealing.count && parties->count < 2; i++)
            party_set_add(parties, work->dealing.at[i]);
        return;
    }
    if (!d->from_frame && work->dealing.count > 2 && d->named.count > 1)    // in a report of more, those whom its clause names
        party_set_add_all(parties, &d->named);
    if (parties->count > 1)
        return;
    for (uint32_t i = 0; i < d->people_count; i++)
        party_set_add(parties, work->document->people.at[d->people[i]].party);
    if (d->from_frame && d->claim.type != MEETING_VISIT && d->met.count > 1)
        party_set_add_all(parties, &d->met);
    else if (d->from_frame && d->claim.type != MEETING_VISIT && d->faced)    // "the delegation met X": those of whom the report tells
        party_set_add(parties, first_but(&work->dealing, d->met.at[0]));
    else if (d->from_frame)
        party_set_add_all(parties, &d->soft);
    if (d->claim.type == MEETING_VISIT)
        party_set_add(parties, d->claim.state);
    if (d->from_frame && parties->count == 1)   // "the delegation met X": that of the report's home, if nobody else is named
        party_set_add(parties, work->home);
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

// Others than those who travel act for their party.
static bool sent_others(const struct work *work, const struct draft *visit, const struct draft *d)
{
    bool others = false;
    for (uint32_t i = 0; i < visit->people_count; i++) {
        uint16_t party = work->document->people.at[visit->people[i]].party;
        for (uint32_t k = 0; party != visit->claim.state && k < d->people_count; k++) {
            if (visit->people[i] == d->people[k])
                return false;
            others |= party == work->document->people.at[d->people[k]].party;
        }
    }
    return others;
}

// "He left for Cairo, where he met Y": who set off has come. "He came to Cairo, where he will meet Y": what he came for is to come.
static bool has_arrived(const struct draft *visit, const struct draft *d)
{
    bool went = visit->claim.status == MEETING_STATUS_PLANNED && d->claim.status == MEETING_STATUS_HELD;
    bool came = visit->claim.status == MEETING_STATUS_HELD && d->claim.status == MEETING_STATUS_PLANNED;
    bool there = d->claim.state != PARTY_NONE && d->claim.state == visit->claim.state;
    bool next = d->first_sentence <= visit->first_sentence + 1;
    bool behind = next && d->first_sentence >= visit->first_sentence, around = next && d->last_sentence + 1 >= visit->first_sentence;
    return there && ((went && behind) || (came && around));
}

#define TALKS_DAYS 2     // between two talks of one stay
#define STAY_DAYS 5     // between somebody's arrival and the meeting for which he came

// The day of the visit is that of the arrival, and the meeting followed within a few days.
static bool follows_arrival(const struct draft *visit, const struct draft *d)
{
    struct date met = d->claim.date.first;
    if (visit->claim.date.last.year || !visit->claim.date.first.day || !met.month)
        return false;
    met.day = met.day ? met.day : 1;    // some day of the month that followed
    int64_t days = date_day_number(met) - date_day_number(visit->claim.date.first);
    return days > 0 && days <= STAY_DAYS;
}

// "He was here on a visit and saw the fair": told beside the visit, and not what he came for.
static bool is_told_beside(const struct work *work, const struct draft *visit, const struct draft *forum)
{
    if (forum->first_sentence != visit->first_sentence)
        return true;
    bool saw = false, inflects = pack_inflects(work_pack(work, visit->first_sentence));
    for (uint32_t token = visit->founder.last; inflects && token + 1 < forum->founder.first; token++)
        saw |= (work_grammar(work, token) & GRAMMAR(AND)) && work->document->lexicon.covering[token + 1] == SPAN_NONE &&
               !work_in_trigger(work, token + 1);
    return saw;
}

// The meeting took place inside the visit.
static bool is_inside(const struct work *work, const struct draft *visit, const struct draft *d)
{
    bool forum = d->claim.type == MEETING_FORUM && is_told_beside(work, visit, d);
    if (d->claim.type == MEETING_VISIT || d->claim.type == MEETING_CALL || forum)
        return false;
    if (visit->past_ref && !d->past_ref)
        return false;       // "he was last here in 2018"
    bool dates = !date_is_none(d->claim.date) && !date_is_none(visit->claim.date);
    bool dates_apart = dates && !date_overlaps(d->claim.date, visit->claim.date) && !follows_arrival(visit, d);
    bool states_apart = d->claim.state != PARTY_NONE && visit->claim.state != PARTY_NONE && d->claim.state != visit->claim.state;
    bool statuses_apart = d->claim.status != visit->claim.status && !has_arrived(visit, d);
    bool places_known = d->claim.state != PARTY_NONE && visit->claim.state != PARTY_NONE;
    if (dates_apart || states_apart || statuses_apart || sent_others(work, visit, d))
        return false;
    return party_set_within(&visit->claim.parties, &d->claim.parties) || (d->club != PARTY_NONE && places_known);
}

static bool has_inner_meeting(const struct work *work, const draft_vec *drafts, const struct draft *visit)
{
    for (uint32_t i = 0; i < drafts->count; i++)
        if (is_inside(work, visit, &drafts->at[i]))
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

static void hand_over_places(const struct work *work, draft_vec *drafts)
{
    for (uint32_t i = 0; i < drafts->count; i++)
        for (uint32_t k = 0; drafts->at[i].claim.type == MEETING_VISIT && k < drafts->count; k++)
            if (drafts->at[k].claim.type != MEETING_FORUM && is_inside(work, &drafts->at[i], &drafts->at[k]))
                hand_over_place(&drafts->at[i], &drafts->at[k]);
}

// Does a person of the one meeting take part in the other?
static bool share_person(const struct draft *a, const struct draft *b)
{
    for (uint32_t i = 0; i < a->people_count; i++)
        if (has_person(b->people, b->people_count, a->people[i]))
            return true;
    return false;
}

// The day of news of which no day is told is the report's; INT64_MIN if none is known.
static int64_t day_of(const struct work *work, const struct draft *d)
{
    struct date_range published = work->document->published, date = d->claim.date;
    if (date.first.day)
        return date_day_number(date.first);
    bool news = date_is_none(date) && d->claim.status == MEETING_STATUS_HELD && !d->past_ref;
    return news && published.first.day ? date_day_number(published.first) : INT64_MIN;
}

// "He met the king and will talk with the minister on Wednesday": both fall into one stay.
static bool are_days_of_one_stay(const struct work *work, const struct draft *a, const struct draft *b)
{
    int64_t day = day_of(work, a), other = day_of(work, b);
    bool together = a->first_sentence == b->last_sentence || a->first_sentence == b->last_sentence + 1;
    if (!together || !party_set_within(&a->claim.parties, &b->claim.parties) || !party_set_within(&b->claim.parties, &a->claim.parties))
        return false;
    return day != INT64_MIN && other != INT64_MIN && day - other <= TALKS_DAYS && other - day <= TALKS_DAYS;
}

// "In Riyadh he met the king. He also saw the minister of energy": one place that is told once for the talks which somebody has there, if
// the text has him nowhere else.
static void share_place(const struct work *work, const draft_vec *drafts, struct draft *d)
{
    const struct draft *told = NULL;
    if (d->claim.city != CITY_NONE || d->claim.type != MEETING_MEETING || d->past_ref || d->next_ref)
        return;
    for (uint32_t i = 0; i < drafts->count; i++) {
        const struct draft *other = &drafts->at[i];
        bool stay = are_days_of_one_stay(work, d, other);
        bool apart = !date_is_none(d->claim.date) && !date_is_none(other->claim.date) && !date_overlaps(d->claim.date, other->claim.date);
        if (other == d || other->claim.city == CITY_NONE || other->claim.type == MEETING_CALL || (apart && !stay) ||
            (other->claim.status != d->claim.status && !stay) || !share_person(d, other))
            continue;
        if (told && told->claim.city != other->claim.city)
            return;
        told = other;
    }
    if (!told || (d->claim.state != PARTY_NONE && d->claim.state != told->claim.state))
        return;
    d->claim.city = told->claim.city;
    d->claim.state = told->claim.state;
}

// The meeting that the report tells of first, if it was held and nothing says that it lies further back.
static struct draft *first_held(draft_vec *drafts)
{
    struct draft *first = NULL;
    for (uint32_t i = 0; i < drafts->count; i++) {
        struct draft *d = &drafts->at[i];
        bool meets = d->claim.type != MEETING_VISIT && d->claim.type != MEETING_FORUM;
        if (meets && (!first || d->first_sentence < first->first_sentence))
            first = d;
    }
    return first && first->claim.status == MEETING_STATUS_HELD && !first->past_ref && !first->next_ref ? first : NULL;
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

// Another meeting is a round of the same parties' talks.
static bool counts_rounds(const draft_vec *drafts, const struct draft *d)
{
    for (uint32_t i = 0; i < drafts->count; i++) {
        const struct draft *other = &drafts->at[i];
        bool row = other->round || (other->claim.type == MEETING_CONSULTATIONS && !d->people_count);
        bool round = row && (other->claim.ordinal || other->past_ref || other->next_ref);
        if (other != d && round && party_set_within(&d->claim.parties, &other->claim.parties))
            return true;
    }
    return false;
}

// The type by which the record knows it, its parties and its place.
static void settle(const struct work *work, const draft_vec *drafts, struct draft *d)
{
    settle_parties(work, d);
    struct meeting_claim *m = &d->claim;
    if (is_talk(m->type) && d->round && (m->ordinal || d->past_ref || d->next_ref))
        m->type = MEETING_CONSULTATIONS;    // "the fifth round with Japan", "the next round": of a dialogue of its own
    if (m->type == MEETING_MEETING && d->talks && !d->from_frame && counts_rounds(drafts, d))
        m->type = MEETING_CONSULTATIONS;    // "the negotiations will go on in May", of which the report counts the rounds
    if (m->type == MEETING_MEETING && m->ordinal <= 2)
        m->ordinal = 0;                     // "their second meeting" counts no sessions
    if (m->type == MEETING_MEETING && m->ordinal > 2 && d->numbered_talks)
        m->type = MEETING_CONSULTATIONS;    // talks that are numbered are a series of rounds
    if (m->type == MEETING_SESSION)
        m->type = MEETING_MEETING;
    if (m->type == MEETING_CALL) {          // those who telephone are in two places
        m->city = CITY_NONE;
        m->state = PARTY_NONE;
    }
    bool own = d->visitor != MENTION_NONE && m->state == work->document->people.at[d->visitor].party;   // "the visit of X of Iraq"
    if (m->type == MEETING_VISIT && own) {
        m->state = PARTY_NONE;
        m->city = CITY_NONE;
    }
    if (m->type == MEETING_VISIT && m->state == PARTY_NONE)
        m->state = host_of(work, d);
}

// Returns the claim that the draft became, CLAIM_NONE if it gives way to another or nobody deals in it.
static uint32_t take_claim(struct work *work, const draft_vec *drafts, struct draft *d)
{
    struct document *document = work->document;
    bool inner = d->claim.type == MEETING_VISIT && has_inner_meeting(work, drafts, d);
    for (uint32_t i = 0; inner && i < d->claim.evidence.count; i++)
        vec_push(document->arena, &work->visits, d->claim.evidence.at[i]);
    if (d->claim.parties.count < 2 || inner || is_told_below(drafts, d))
        return CLAIM_NONE;
    for (uint32_t i = 0; i < d->people_count; i++)
        if (work->person_claim[d->people[i]] != CLAIM_NONE)
            vec_push(document->arena, &d->claim.participants, work->person_claim[d->people[i]]);
    vec_push(document->arena, &document->record.meetings, d->claim);
    return document->record.meetings.count - 1;
}

// The talks that the report tells of first, below its headline, if a verb tells that the very parties of the session held them.
static struct draft *talks_below(const struct work *work, draft_vec *drafts, const struct draft *session)
{
    struct draft *first = NULL;
    for (uint32_t i = 0; i < drafts->count; i++) {
        struct draft *d = &drafts->at[i];
        if (d != session && !work_is_title(work, d->first_sentence) && (!first || d->first_sentence < first->first_sentence))
            first = d;
    }
    bool talks = first && first->from_frame && first->claim.type == MEETING_MEETING && first->claim.status == MEETING_STATUS_HELD &&
                 !first->past_ref && first->people_count > 1;
    bool same = talks && party_set_within(&first->claim.parties, &session->claim.parties) &&
                party_set_within(&session->claim.parties, &first->claim.parties);
    return same ? first : NULL;
}

// A session that the headline names, and of which nothing that follows tells who held it, where and on which day.
static bool is_session_of_title(const struct work *work, const struct draft *d)
{
    uint8_t type = d->claim.type;
    bool session = type == MEETING_COMMISSION || type == MEETING_WORKING_GROUP || type == MEETING_CONSULTATIONS;
    bool bare = !d->people_count && d->claim.city == CITY_NONE && !d->claim.date.first.day;
    bool held = d->claim.status == MEETING_STATUS_HELD && !d->past_ref && !d->next_ref;
    return session && bare && held && work_is_title(work, d->first_sentence);
}

// The draft that tells of the same meeting hands over what it knows, and is no meeting any more.
static void give_up(struct work *work, struct draft *d, struct draft *to)
{
    to->claim.date = date_is_none(d->claim.date) ? to->claim.date : d->claim.date;
    if (to->claim.city == CITY_NONE && (to->claim.state == PARTY_NONE || to->claim.state == d->claim.state)) {
        to->claim.city = d->claim.city;
        to->claim.state = d->claim.state;
    }
    for (uint32_t i = 0; i < d->people_count && to->people_count < PEOPLE_A_MEETING; i++)
        if (!has_person(to->people, to->people_count, d->people[i]))
            to->people[to->people_count++] = d->people[i];
    for (uint32_t i = 0; i < d->claim.evidence.count; i++)
        add_evidence(work, &to->claim.evidence, d->claim.evidence.at[i].first, d->claim.evidence.at[i].last);
    for (uint32_t i = 0; i < work->document->mentions.count; i++)
        if (work->mention_meeting[i] == d->index)
            work->mention_meeting[i] = to->index;
    d->claim.parties.count = 0;
}

// "Joint statement on the third round of the X-Y dialogue. On 12 May A of X met with B of Y": the headline says which meeting it was.
static void name_by_title(struct work *work, draft_vec *drafts)
{
    for (uint32_t i = 0; i < drafts->count; i++) {
        struct draft *talks = is_session_of_title(work, &drafts->at[i]) ? talks_below(work, drafts, &drafts->at[i]) : NULL;
        if (talks)
            give_up(work, talks, &drafts->at[i]);
    }
}

// "A meeting chaired by the minister reviewed the preparations for the fifth session": what the people of one side hold among themselves
// before a session to come is no dealing.
static bool is_preparation(const struct work *work, const draft_vec *drafts, const struct draft *d)
{
    bool talks = is_talk(d->claim.type) && d->claim.status == MEETING_STATUS_HELD && !d->claim.ordinal && d->claim.parties.count < 2;
    bool to_come = false;
    if (!talks || !d->people_count || d->faced || d->face_count || d->title || d->past_ref)
        return false;
    uint16_t party = work->document->people.at[d->people[0]].party;
    for (uint32_t i = 1; i < d->people_count; i++)
        if (work->document->people.at[d->people[i]].party != party)
            return false;
    for (uint8_t i = 0; i < d->met.count; i++)
        if (d->met.at[i] != party)
            return false;
    for (uint32_t i = 0; i < drafts->count; i++) {
        const struct meeting_claim *other = &drafts->at[i].claim;
        to_come |= other->type < MEETING_MEETING && other->status == MEETING_STATUS_PLANNED && other->ordinal;
    }
    return party != PARTY_NONE && to_come;
}

// "The session was held on Tuesday. It met in Riga": where verbs follow their subject, the one place of a sentence right behind that
// tells, with a pronoun or a common noun as its subject, where something was held, and names no meeting or person of its own.
static void place_behind(const struct work *work, struct draft *d)
{
    const struct document *document = work->document;
    uint32_t index = d->founder.sentence + 1, first, last, from, to;
    bool lacks = d->claim.city == CITY_NONE && d->claim.state == PARTY_NONE && d->claim.type != MEETING_VISIT &&
        d->claim.type != MEETING_CALL;
    if (!lacks || index >= document->sentences.count || !document->sentences.at[index].pack || d->last_sentence > index ||
        document->sentences.at[index].paragraph != document->sentences.at[index - 1].paragraph)
        return;
    const struct pack *pack = work_pack(work, index);
    if (pack->config.head != HEAD_INITIAL || pack_inflects(pack) ||
        !(work_grammar(work, document->sentences.at[index].first) & (GRAMMAR(PRONOUN) | GRAMMAR(DETERMINER))))
        return;
    bool held = false;
    work_sentence_frames(work, index, &from, &to);
    for (uint32_t f = from; f < to; f++)
        held |= work_rule(work, f)->meeting.value == MEETING_STATUS_HELD || work_rule(work, f)->makes == MEETING_MEETING ||
                work_rule(work, f)->role == ROLE_HOST;
    uint32_t place = MENTION_NONE;
    work_sentence_mentions(work, index, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_PERSON || m->kind == MENTION_MEETING || m->kind == MENTION_BODY)
            return;
        if (m->kind == MENTION_PLACE && m->city != CITY_NONE) {
            if (place != MENTION_NONE)
                return;
            place = i;
        }
    }
    if (!held || place == MENTION_NONE)
        return;
    d->claim.city = work_mention(work, place)->city;
    d->claim.state = work_mention(work, place)->state;
}

void finish_meetings(struct work *work, draft_vec *drafts)
{
    uint32_t place[MEETINGS_A_REPORT];
    bool inner[MEETINGS_A_REPORT] = {false};
    for (uint32_t i = 0; i < drafts->count; i++)
        inner[i] = is_preparation(work, drafts, &drafts->at[i]);
    for (uint32_t i = 0; i < drafts->count; i++)
        settle(work, drafts, &drafts->at[i]);
    for (uint32_t i = 0; i < drafts->count; i++)
        if (inner[i])
            drafts->at[i].claim.parties.count = 0;
    name_by_title(work, drafts);
    struct draft *first = first_held(drafts);
    for (uint32_t i = 0; i < drafts->count; i++)
        rank_around(work, drafts, &drafts->at[i], &drafts->at[i] == first);
    for (uint32_t i = 0; i < drafts->count; i++)
        place_behind(work, &drafts->at[i]);
    hand_over_places(work, drafts);
    for (uint32_t i = 0; i < drafts->count; i++)
        share_place(work, drafts, &drafts->at[i]);
    for (uint32_t i = 0; i < drafts->count; i++)
        place[i] = take_claim(work, drafts, &drafts->at[i]);
    for (uint32_t i = 0; i < work->document->weighed.count; i++)
        if (work->document->weighed.at[i].meeting != CLAIM_NONE)
            work->document->weighed.at[i].meeting = place[work->document->weighed.at[i].meeting];
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        uint32_t draft = work->mention_meeting[i];
        if (draft == CLAIM_NONE)
            continue;
        if (place[draft] == CLAIM_NONE)
            set_fate(work, i, drafts->at[draft].claim.parties.count < 2 ? FATE_FEW_PARTIES : FATE_INSIDE_VISIT);
        work->mention_meeting[i] = place[draft];
    }
}
