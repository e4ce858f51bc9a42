// SPDX-License-Identifier: MIT
// Which meeting spoken of before a candidate fits best.
//
// Two things never join: different ordinals, dates apart, cities apart, other parties, a session behind and one ahead. What both have
// counts for the fit: type, ordinal, date, city, persons, and that the meeting was spoken of just before.
#include "resolve/draft.h"

#define NO_FIT (-1)
#define NEWS_AGE 45             // days after which nothing is news
#define SESSION_SPAN 10         // days: a session that opened on one day and closed on another

static bool is_large(uint8_t type)
{
    return type == MEETING_SUMMIT || type == MEETING_FORUM;
}

bool shares_person(const struct draft *d, const struct candidate *c)
{
    for (uint32_t i = 0; i < c->people_count; i++)
        if (has_person(d->people, d->people_count, c->people[i]))
            return true;
    return false;
}

// "The president received the emir. … The commission sat": a head of state talks with his guest, and others sit in bodies.
static bool is_of_heads(const struct work *work, const struct draft *d)
{
    bool head = false;
    for (uint32_t i = 0; i < d->people_count; i++)
        head |= work->document->people.at[d->people[i]].office == OFFICE_HEAD_OF_STATE;
    return head && is_talk(d->claim.type) && d->people_count > 1;
}

// "A and B chaired the session. A also called on the foreign minister C": where verbs follow their subject, somebody of the party of one
// who sat there, and was not there himself.
static bool calls_on_another(const struct work *work, const struct draft *d, const struct candidate *c)
{
    const struct pack *pack = work_pack(work, c->sentence);
    if (!c->people_count || c->people_count > 2 || d->people_count < 2 || pack->config.head != HEAD_INITIAL ||
        pack_inflects(pack))
        return false;
    bool first = has_person(d->people, d->people_count, c->people[0]);
    bool second = c->people_count < 2 ? !first : has_person(d->people, d->people_count, c->people[1]);
    uint16_t party = work->document->people.at[c->people[first && c->people_count > 1 ? 1 : 0]].party;
    bool represented = false;
    for (uint32_t i = 0; i < d->people_count; i++)
        represented |= work->document->people.at[d->people[i]].party == party;
    return first != second && represented;
}


static int fit_type(const struct work *work, const struct draft *d, const struct candidate *c)
{
    uint8_t a = d->claim.type, b = c->type;
    if (a == b)
        return 3;
    if (a == MEETING_CALL && b == MEETING_SESSION && !c->ordinal)
        return 1;   // "the conversation" of those who telephoned
    if (a == MEETING_VISIT || b == MEETING_VISIT || a == MEETING_CALL || b == MEETING_CALL)
        return NO_FIT;
    bool bare = !c->ordinal && date_is_none(c->date) && c->city == CITY_NONE, body = b < MEETING_MEETING && !is_large(b);
    if (body && c->sentence != d->last_sentence && !shares_person(d, c) && is_of_heads(work, d))
        return NO_FIT;
    // "paid a courtesy call on the minister": whom somebody met, who sat in no session, he met apart
    uint32_t frame = c->mention == MENTION_NONE ? c->frame : work->document->governed_by[c->mention];
    bool session = a < MEETING_MEETING && !is_large(a), made = frame != FRAME_NONE && work_rule(work, frame)->makes == MEETING_MEETING;
    bool elsewhere = c->sentence != d->last_sentence;
    if (session && b == MEETING_MEETING && made && elsewhere && ((c->face_count && !shares_person(d, c)) || calls_on_another(work, d, c)))
        return NO_FIT;
    // "met the president … The Camp David Summit in August": a summit of its own is none of the talks of two persons
    bool with_somebody = (is_talk(a) && d->people_count > 1) || (a == MEETING_SESSION && d->people_count == 1 && !d->told);
    bool of_two = with_somebody && c->mention != MENTION_NONE && is_large(b);
    if (of_two && (c->margins || (c->named && c->parties.count < 2) || (elsewhere && (!bare || c->named))))
        return NO_FIT;
    if (c->margins && is_large(b) && is_talk(a) && !elsewhere)
        return NO_FIT;      // "at his meeting with X on the sidelines of an arms fair"
    if (b == MEETING_SESSION || a == MEETING_SESSION)
        return 2;
    if (c->apart && a < MEETING_MEETING)
        return NO_FIT;
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
bool opened_or_closed(const struct draft *d, const struct candidate *c)
{
    bool series = d->claim.type < MEETING_MEETING && (c->type == MEETING_SESSION || c->type == d->claim.type);
    bool days = d->claim.date.first.day && c->date.first.day;
    if (!series || !days || c->past_ref || c->next_ref || c->ordinal != 0)
        return false;
    int64_t apart = date_day_number(d->claim.date.first) - date_day_number(c->date.first);
    return apart <= SESSION_SPAN && apart >= -SESSION_SPAN;
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
    bool dated = d->now ? !date_is_none(c->date) && !c->now : c->now && !date_is_none(m->date);
    if (dated && c->told && (!c->ordinal || c->ordinal != m->ordinal))
        return NO_FIT;      // "met today … during the visit of November 2022"
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

// A session of a day long before the report's is none of its news, of which no day is told; what has a day behind it has not been held.
static bool is_other_time(const struct work *work, const struct draft *d, const struct candidate *c)
{
    struct date_range published = work->document->published;
    bool dated = !date_is_none(c->date) && published.first.day && !date_overlaps(c->date, published);
    if (!dated || !d->told || d->title || (d->claim.ordinal && d->claim.ordinal == c->ordinal))
        return false;
    int64_t ago = date_day_number(published.first) - date_day_number(date_last_day(c->date));
    if (ago < 0)
        return d->claim.status == MEETING_STATUS_HELD && c->status == MEETING_STATUS_PLANNED;
    bool news = date_is_none(d->claim.date) && !d->claim.ordinal && !d->past_ref && d->claim.status == MEETING_STATUS_HELD;
    return news && (c->ordinal || (c->from_frame && c->told)) && ago > NEWS_AGE;    // "we met a year ago"
}

// "Three premiers meet in Kyiv": a headline tells in the present of what has been and of what is to come.
bool is_told_now(const struct work *work, const struct draft *d)
{
    uint32_t flags = d->founder.from_frame ? work->document->frames.at[d->founder.frame].flags : FRAME_PAST;
    return d->title && !(flags & (FRAME_PAST | FRAME_FUTURE | FRAME_MAY | FRAME_NONFINITE | FRAME_NOUN | FRAME_PASSIVE));
}

static int fit_status(const struct work *work, const struct draft *d, const struct candidate *c)
{
    bool ahead = d->claim.status != MEETING_STATUS_HELD, candidate_ahead = c->status != MEETING_STATUS_HELD;
    if (d->claim.ordinal && d->claim.ordinal == c->ordinal)
        return 0;
    if ((c->past_ref && !d->past_ref) || (c->next_ref && !d->next_ref && !(ahead && d->claim.ordinal == 0)))
        return NO_FIT;
    if (d->next_ref && ahead && c->told && c->status == MEETING_STATUS_HELD)
        return NO_FIT;      // "the next round will be in 2024 … He met the king"
    // "The president's travel to X", "on the meeting between X and Y": before or after, the text tells
    bool of_two = !d->told && is_talk(d->claim.type) && d->people_count > 1 && shares_person(d, c);
    // "… ahead of the Hanoi session": a noun of which the headline tells nothing
    bool noun = d->title && !d->told && is_talk(d->claim.type) && !d->founder.from_frame && date_is_none(d->claim.date);
    bool headline = d->title && (d->claim.type == MEETING_VISIT || of_two || noun || is_told_now(work, d));
    if (ahead != candidate_ahead && c->told && !headline && (d->told || d->title))
        return NO_FIT;
    return ahead == candidate_ahead ? 1 : 0;
}

static uint16_t party_of(const struct work *work, uint32_t person)
{
    return work->document->people.at[person].party;
}

static bool is_represented(const struct work *work, const uint32_t *people, uint32_t count, uint16_t party)
{
    for (uint32_t i = 0; i < count; i++)
        if (party_of(work, people[i]) == party)
            return true;
    return false;
}

// "Lavrov will meet Biden in Munich, and Donilon Putin in Moscow": in both, persons of two parties met, and some party sent others.
static bool sent_others(const struct work *work, const struct draft *d, const struct candidate *c)
{
    bool talks = (is_talk(c->type) || c->type == MEETING_CALL) && (is_talk(d->claim.type) || d->claim.type == MEETING_CALL);
    bool lists = c->frame != FRAME_NONE && work_rule(work, c->frame)->role == ROLE_TAKE_PART && !c->from_frame;    // who sat there, too
    if (!talks || lists || c->met.count < 2 || d->met.count < 2)
        return false;
    for (uint8_t p = 0; p < c->met.count; p++) {
        uint16_t party = c->met.at[p];
        if (!is_represented(work, c->people, c->people_count, party) || !is_represented(work, d->people, d->people_count, party))
            continue;
        bool same = false;
        for (uint32_t i = 0; i < c->people_count; i++)
            same |= party_of(work, c->people[i]) == party && has_person(d->people, d->people_count, c->people[i]);
        if (!same)
            return true;
    }
    return false;
}

// A visit by others, of whom none is of the state that is visited.
static bool travelled_others(const struct work *work, const struct draft *d, const struct candidate *c)
{
    uint16_t state = d->claim.state == PARTY_NONE ? c->state : d->claim.state;
    bool guests = false, others = false;
    if (c->type != MEETING_VISIT || d->claim.type != MEETING_VISIT || d->title || shares_person(d, c))
        return false;
    for (uint32_t i = 0; i < d->people_count; i++)
        guests |= party_of(work, d->people[i]) != state;
    for (uint32_t i = 0; i < c->people_count; i++)
        others |= party_of(work, c->people[i]) != state;
    return guests && others;
}

// "X met Y. Z also met W": talks of two persons each, told of in different sentences, of whom the one pair is not the other.
static bool are_other_pair(const struct draft *d, const struct candidate *c)
{
    bool talks = c->type == MEETING_MEETING && d->claim.type == MEETING_MEETING && c->told && d->told;
    if (!talks || c->people_count != 2 || d->people_count != 2 || d->last_sentence == c->sentence)
        return false;
    return !has_person(d->people, 2, c->people[0]) || !has_person(d->people, 2, c->people[1]);
}

// Whom the candidate names as met was at the meeting, or may have been.
static bool was_there(const struct work *work, const struct draft *d, struct face face)
{
    for (uint32_t k = 0; k < d->people_count; k++) {
        const struct person *person = &work->document->people.at[d->people[k]];
        if (is_same_face(face, (struct face){.person = d->people[k], .party = person->party, .office = person->office}))
            return true;
    }
    return has_face(d->faces, d->face_count, face);
}

// "He met the president. At the talks with the speaker …", "The two ministers met. X was received by the premier, too": none of those whom
// the one names as met was at the other, of which it is told who was there.
static bool meets_another(const struct work *work, const struct draft *d, const struct candidate *c)
{
    bool talks = (is_talk(c->type) || c->type == MEETING_CALL) && (is_talk(d->claim.type) || d->claim.type == MEETING_CALL);
    bool known = d->face_count || (d->people_count > 1 && d->met.count > 1 && c->told && d->last_sentence != c->sentence);
    if (!talks || !c->face_count || !known)
        return false;
    for (uint32_t i = 0; i < c->face_count; i++)
        if (was_there(work, d, c->faces[i]))
            return false;
    return true;
}

// "He talked with the president of X. In Y he held talks with its premier": those who met are of other states.
static bool met_others(const struct draft *d, const struct candidate *c)
{
    bool talks = (is_talk(c->type) || c->type == MEETING_CALL) && !c->ordinal && !c->plural;
    if (!talks)
        return false;
    if (!is_talk(d->claim.type) && d->claim.type != MEETING_CALL && d->claim.type != MEETING_SUMMIT)
        return false;
    if (d->met.count < 2)
        return false;
    for (uint8_t i = 0; i < c->faced.count; i++)
        if (!party_set_has(&d->met, c->faced.at[i]))
            return true;
    return c->met.count > 1 && !party_set_within(&c->met, &d->met) && !party_set_within(&d->met, &c->met);
}

// Those who met are of other parties, all of them.
static bool met_by_others(const struct work *work, const struct draft *d, const struct party_set *parties)
{
    bool others = false;
    for (uint32_t i = 0; i < d->people_count; i++) {
        uint16_t party = work->document->people.at[d->people[i]].party;
        if (party_set_has(parties, party))
            return false;
        others |= party != PARTY_NONE;
    }
    return others;
}

static int fit_parties(const struct work *work, const struct draft *d, const struct candidate *c)
{
    if (met_others(d, c) || sent_others(work, d, c) || travelled_others(work, d, c))
        return NO_FIT;
    if (c->parties.count > 1 && d->claim.parties.count > 1 && !party_set_within(&c->parties, &d->claim.parties) &&
        !party_set_within(&d->claim.parties, &c->parties))
        return NO_FIT;
    if (c->parties.count > 1 && met_by_others(work, d, &c->parties))
        return NO_FIT;
    // persons who met: another pair of states is another meeting
    bool goes = c->type == MEETING_VISIT && d->claim.type == MEETING_VISIT;
    if (c->from_frame && !goes && c->soft.count > 1 && d->claim.parties.count > 1 && !party_set_within(&c->soft, &d->claim.parties))
        return NO_FIT;
    if (c->from_frame && d->from_frame && c->people_count > 1 && d->people_count > 1 && !shares_person(d, c))
        return NO_FIT;
    if (are_other_pair(d, c) || meets_another(work, d, c))
        return NO_FIT;
    return shares_person(d, c) ? 1 : 0;
}

// The summits of two organisations, or a summit with a name of its own and the talks of two on its margins.
static bool clubs_apart(const struct draft *d, const struct candidate *c)
{
    bool pair = d->people_count > 1 || d->claim.parties.count > 1, other_pair = c->people_count > 1 || c->parties.count > 1;
    if (c->club != PARTY_NONE && d->club != PARTY_NONE)
        return c->club != d->club;
    if (d->own && d->claim.type == MEETING_SUMMIT && c->type == MEETING_SUMMIT && c->parties.count > 1 && d->claim.parties.count < 2)
        return true;    // "the climate summit" and "the summit of X and Y"
    if (c->club != PARTY_NONE)
        return is_large(c->type) && is_talk(d->claim.type) && pair;
    return d->own && is_large(d->claim.type) && is_talk(c->type) && other_pair;
}

static int fit(const struct work *work, const struct draft *d, const struct candidate *c)
{
    int type = fit_type(work, d, c), particulars = fit_particulars(d, c);
    int status = fit_status(work, d, c), parties = fit_parties(work, d, c);
    if (clubs_apart(d, c) || is_other_time(work, d, c))
        return NO_FIT;
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

struct draft *best_fit(const struct work *work, draft_vec *drafts, const struct candidate *c)
{
    struct draft *best = equated_with(drafts, c);
    int score = NO_FIT;
    if (best)
        return best;
    for (uint32_t i = 0; c->further && i < drafts->count; i++)
        if (is_talk(drafts->at[i].claim.type) && has_face(drafts->at[i].faces, drafts->at[i].face_count, c->faces[0]))
            return &drafts->at[i];
    if (c->further)
        return NULL;
    for (uint32_t i = 0; i < drafts->count; i++) {
        int now = fit(work, &drafts->at[i], c);
        bool body = drafts->at[i].claim.type < MEETING_MEETING && !is_large(drafts->at[i].claim.type);     // may only have prepared it
        bool later = best && now == score && is_talk(c->type) && !body && drafts->at[i].last_sentence > best->last_sentence;
        if (now > score || (later && now != NO_FIT)) {
            score = now;
            best = &drafts->at[i];
        }
    }
    return best;
}
