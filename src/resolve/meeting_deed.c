// SPDX-License-Identifier: MIT
// A meeting that no word names.
//
// Office-holders of two parties act together in one clause (sign, agree in a city), so they met there. At most one such meeting is founded
// for each pair of parties, and none where those persons, or a session, have met already in what the report tells.
#include "resolve/draft.h"

#define DEED_DAYS 30            // so long a deed is news

// "In X he discussed with the president …, in Y with the premier …": the clause says whom he met, and the others were met elsewhere.
static bool met_another(const struct draft *d, const struct candidate *c)
{
    bool elsewhere = c->state != PARTY_NONE && d->claim.state != PARTY_NONE && c->state != d->claim.state;
    return c->faced.count > 0 && d->met.count > 1 && !party_set_has(&d->met, c->faced.at[0]) && elsewhere;
}

// "He was in Moscow on a visit. There the two ministers signed …": where words inflect, the visit that the report tells of is what he did.
static bool is_on_visit(const struct work *work, const draft_vec *drafts, const struct candidate *c)
{
    if (!pack_inflects(work_pack(work, c->sentence)))
        return false;
    for (uint32_t i = 0; i < drafts->count; i++) {
        const struct draft *d = &drafts->at[i];
        bool visit = d->claim.type == MEETING_VISIT && d->claim.status == MEETING_STATUS_HELD && d->told;
        bool here = c->city == CITY_NONE || d->claim.city == CITY_NONE || c->city == d->claim.city;
        uint32_t apart = d->first_sentence > c->sentence ? d->first_sentence - c->sentence : c->sentence - d->first_sentence;
        if (visit && here && (shares_person(d, c) || (apart <= 1 && d->people_count < 2)))
            return true;
    }
    return false;
}

// "They agreed to meet in Oslo": the city is that of what they agreed upon.
static bool is_for_later(const draft_vec *drafts, const struct candidate *c)
{
    for (uint32_t i = 0; i < drafts->count; i++) {
        const struct draft *d = &drafts->at[i];
        bool here = d->first_sentence <= c->sentence && c->sentence <= d->last_sentence;
        if (here && d->claim.status == MEETING_STATUS_PLANNED && d->claim.city == c->city)
            return true;
    }
    return false;
}

// Talks on the very day of the deed, of which it is not told who held them.
static bool is_same_day(const struct draft *d, const struct candidate *c)
{
    bool days = d->claim.date.first.day && c->date.first.day && date_overlaps(d->claim.date, c->date);
    return days && is_talk(d->claim.type) && d->people_count < 2;
}

// "X and Y signed. X also met Z": a verb tells of a pair, and only the one of them acts here.
static bool are_other_pair(const struct draft *d, const struct candidate *c)
{
    uint32_t shared = 0;
    for (uint32_t i = 0; i < c->people_count; i++)
        shared += has_person(d->people, d->people_count, c->people[i]);
    return d->from_frame && d->people_count == 2 && c->people_count == 2 && shared == 1;
}

static bool met_already(const draft_vec *drafts, const struct candidate *c)
{
    for (uint32_t i = 0; i < drafts->count; i++)
        if (drafts->at[i].claim.type != MEETING_VISIT && drafts->at[i].claim.status != MEETING_STATUS_PLANNED &&
            !met_another(&drafts->at[i], c) && !are_other_pair(&drafts->at[i], c) &&
            (shares_person(&drafts->at[i], c) || is_same_day(&drafts->at[i], c) ||
             (drafts->at[i].claim.type < MEETING_MEETING && drafts->at[i].first_sentence <= c->sentence)))
            return true;
    return false;
}

// Where another sentence tells that the parties signed: "An accord was signed in Baghdad. X and Y put their names to it."
static void borrow_place(const struct work *work, struct candidate *c)
{
    uint32_t before = c->sentence ? c->sentence - 1 : 0, first, last, ignored;
    uint32_t behind = c->sentence + 1 < work->document->sentences.count ? c->sentence + 1 : c->sentence;
    work_sentence_frames(work, before, &first, &ignored);
    work_sentence_frames(work, behind, &ignored, &last);
    for (uint32_t f = first; f < last && c->city == CITY_NONE; f++) {
        const struct frame *frame = &work->document->frames.at[f];
        if (work_rule(work, f)->role != ROLE_SIGN || (frame->flags & (FRAME_NOT | FRAME_FUTURE | FRAME_MAY | FRAME_IF)))
            continue;
        struct candidate other = {.type = MEETING_MEETING, .club = PARTY_NONE, .mention = MENTION_NONE, .frame = f};
        candidate_gather(work, &other, frame);
        rank_sentence(work, &other);
        c->city = other.city;
        c->state = other.city == CITY_NONE ? c->state : other.state;
    }
}

// The report speaks of talks that no meeting has taken up: "at their meeting they heard a proposal".
static bool names_talks(const struct work *work, const draft_vec *drafts)
{
    bool sessions = !pack_inflects(work_pack(work, 0));     // "the conversation", where no body sits
    for (uint32_t i = 0; i < drafts->count; i++)
        sessions |= drafts->at[i].claim.type != MEETING_VISIT;
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        bool series = m->flags & (MENTION_PAST_REF | MENTION_NEXT_REF | MENTION_INSIDE);
        bool talks = m->code == MEETING_MEETING || (m->code == MEETING_SESSION && !sessions);
        if (m->kind == MENTION_MEETING && talks && !m->ordinal && !series && work->mention_meeting[i] == CLAIM_NONE)
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

// "X discussed trade with the minister of Y": somebody in office has the mark of whom one does something with.
static bool faces_holder(const struct work *work, const struct candidate *c)
{
    for (uint32_t i = 0; i < c->people_count; i++)
        if (party_set_has(&c->faced, work->document->people.at[c->people[i]].party))
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

// The clause names people of two parties.
static bool are_named(const struct work *work, const struct candidate *c)
{
    struct party_set named = {.count = 0};
    for (uint32_t i = 0; i < c->people_count; i++)
        party_set_add(&named, work->document->people.at[c->people[i]].party);
    return named.count > 1;
}

// The report tells of a meeting of those whose offices alone the clause names ("the ministers of X and Y discussed in Z …").
static bool pair_met(const draft_vec *drafts, const struct candidate *c)
{
    for (uint32_t i = 0; i < drafts->count; i++) {
        const struct draft *d = &drafts->at[i];
        const struct party_set *theirs = d->claim.parties.count ? &d->claim.parties : &d->met;
        if (d->claim.type != MEETING_VISIT && d->claim.status != MEETING_STATUS_PLANNED && party_set_within(&c->met, theirs))
            return true;
    }
    return false;
}

// "In the presence of the presidents of X and Y papers were exchanged": where verbs come last, a noun of taking part before the deed.
static bool is_witnessed(const struct work *work, const struct frame *deed)
{
    uint32_t first, last;
    work_sentence_frames(work, deed->sentence, &first, &last);
    for (uint32_t f = first; f < last && work_pack(work, deed->sentence)->config.head == HEAD_FINAL; f++) {
        const struct frame *frame = &work->document->frames.at[f];
        bool open = frame->flags & (FRAME_NOUN | FRAME_NONFINITE);
        if (open && work_rule(work, f)->role == ROLE_TAKE_PART && frame->first < deed->first && frame->clause_first == deed->clause_first)
            return true;
    }
    return false;
}

// No meeting is named, but office-holders of two parties act together in one clause (sign, agree in a city): they met there.
void found_by_deed(const struct work *work, draft_vec *drafts)
{
    bool talks = names_talks(work, drafts);
    uint32_t weighed = work->document->weighed.count;
    for (uint32_t f = 0; f < work->document->frames.count; f++) {
        const struct frame *frame = &work->document->frames.at[f];
        bool asserted = (frame->flags & FRAME_PAST) && !(frame->flags & (FRAME_NOT | FRAME_NONFINITE | FRAME_IF));
        bool signs = work_rule(work, f)->role == ROLE_SIGN || work_rule(work, f)->issues < VALUE_UNSET;
        asserted |= signs && describes_document(work, frame);
        uint8_t stance = work_rule(work, f)->commitment.value;
        bool inflects = pack_inflects(work_pack(work, frame->sentence));
        bool opens = stance == STANCE_DONE && !inflects && work_pack(work, frame->sentence)->config.head == HEAD_INITIAL;   // a road
        bool agrees = stance == STANCE_AGREED || opens || stance == STANCE_DISCUSSED;
        if (!asserted || !(signs || agrees))
            continue;
        struct candidate c = {.type = MEETING_MEETING, .from_frame = true, .told = true, .club = PARTY_NONE, .mention = MENTION_NONE,
                              .visitor = MENTION_NONE, .frame = f};
        work->document->weighed.count = weighed;    // those of deeds that were no meeting
        candidate_gather(work, &c, frame);
        rank_sentence(work, &c);
        bool together = stance == STANCE_DISCUSSED && inflects && are_named(work, &c);
        bool talked = stance == STANCE_DISCUSSED && work_pack(work, frame->sentence)->config.head == HEAD_FINAL;
        bool faces = talked && !drafts->count && faces_holder(work, &c);
        if ((!signs && !faces && c.city == CITY_NONE && !talks && !together) || is_long_past(work, c.date))
            continue;   // ministers agree from afar, too
        bool named = are_named(work, &c) && (!talked || faces);
        bool final = work_pack(work, frame->sentence)->config.head == HEAD_FINAL;
        bool there = c.city != CITY_NONE || (signs && is_witnessed(work, frame));
        bool pair = (!signs || final) && there && c.met.count > 1 && !pair_met(drafts, &c) && !(talked && c.faced.count);
        if (!(named || pair) || met_already(drafts, &c))
            continue;
        if ((!signs && c.city != CITY_NONE && is_for_later(drafts, &c)) || (signs && is_on_visit(work, drafts, &c)))
            continue;
        borrow_place(work, &c);
        found_meeting(work, drafts, &c);
        weighed = work->document->weighed.count;
    }
    work->document->weighed.count = weighed;
}
