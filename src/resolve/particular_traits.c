// SPDX-License-Identifier: MIT
// What is said of a date or place beside a meeting: where it stands, what marks and governs it, what else it may belong to.
//
// A trait is true or false and says nothing by itself; particular.c weighs them. Few are never asked about: a date on the wrong side of the
// report's day, a dateline, a state that nothing marks as a place.
#include "resolve/particular.h"

#define HAS(trait, condition) ((uint64_t)((condition) ? 1 : 0) << (trait))
#define EVENT_GAP 2         // tokens between a summit and its place
#define BESIDE_GAP 2        // tokens between a date and the place that it is told with
#define NEWS_DAYS 7         // so many days a deed is news
#define GOAL_GAP 2          // tokens at most between a visit and where it goes
#define TIME_CLAUSE 10      // tokens between the mark of a clause of time and the date in it

static uint32_t gap(uint32_t first, uint32_t last, const struct mention *m)
{
    if (m->last <= first)
        return first - m->last;
    return m->first >= last ? m->first - last : 0;
}

// Tokens between the meeting's words and the mention, but for those that only name persons.
static uint32_t words_between(const struct seeker *s, const struct mention *m)
{
    const struct candidate *c = s->candidate;
    uint32_t far = gap(c->first, c->last, m), first, last;
    uint32_t from = m->last <= c->first ? m->last : c->last, to = m->last <= c->first ? c->first : m->first;
    work_sentence_mentions(s->work, m->sentence, &first, &last);
    for (uint32_t i = first; far && i < last; i++) {
        const struct mention *person = work_mention(s->work, i);
        bool between = person->kind == MENTION_PERSON && !(person->flags & MENTION_INSIDE) && person->first >= from && person->last <= to;
        far -= between ? person->last - person->first : 0;
    }
    return far;
}

static bool is_final(const struct work *work, const struct mention *m)
{
    return work_pack(work, m->sentence)->config.head == HEAD_FINAL;
}

bool is_of_now(const struct work *work, const struct mention *m)
{
    if (m->lexeme == UINT32_MAX)
        return false;
    const struct lexeme *lexeme = &work_pack(work, m->sentence)->lexemes.at[m->lexeme];
    bool day = lexeme->kind == LEXICON_TIME && lexeme->attribute == TIME_DAY;
    bool weekday = m->last - m->first == 1 && lexeme->kind == LEXICON_WEEKDAY;
    return weekday || (day && lexeme->number <= 0 && lexeme->number >= -1);
}

// ---- where it stands ---------------------------------------------------------------------------------------------------
static uint64_t standing(const struct seeker *s, const struct mention *m)
{
    const struct candidate *c = s->candidate;
    uint32_t far = words_between(s, m);
    uint64_t traits = HAS(TRAIT_CLAUSE, m->first >= s->clause_first && m->first < s->clause_last);
    traits |= HAS(TRAIT_FAR_3, far >= 3) | HAS(TRAIT_FAR_7, far >= 7) | HAS(TRAIT_FAR_15, far >= 15);
    return traits | HAS(TRAIT_AHEAD_FINAL, is_final(s->work, m) && m->last <= c->first);
}

// "Talks were held. 12 May 2024 10:10": the stamp right behind what a page reports first is its day.
static bool is_stamp(const struct seeker *s, const struct mention *m)
{
    const struct candidate *c = s->candidate;
    return m->kind == MENTION_DATE && m->sentence == c->sentence + 1 && s->draft->claim.status == MEETING_STATUS_HELD &&
           m->first == s->work->document->sentences.at[m->sentence].first;
}

// "Signed this morning", "said on Wednesday": the day of what the report tells of first.
static bool is_news(const struct seeker *s, const struct mention *m)
{
    struct date_range published = s->work->document->published;
    if (!s->first_held || m->kind != MENTION_DATE || !is_of_now(s->work, m) || !m->date.first.day || !published.first.day)
        return false;
    int64_t ago = date_day_number(published.first) - date_day_number(m->date.first);
    return ago >= 0 && ago < NEWS_DAYS;
}

static uint64_t standing_around(const struct seeker *s, const struct mention *m)
{
    const struct sentence *sentences = s->work->document->sentences.at;
    bool behind = m->sentence > s->centre;
    uint32_t far = behind ? m->sentence - s->centre : s->centre - m->sentence;
    uint64_t traits = HAS(TRAIT_PARAGRAPH, sentences[s->centre].paragraph != sentences[m->sentence].paragraph);
    traits |= HAS(TRAIT_BEHIND_1, behind && far == 1) | HAS(behind ? TRAIT_BEHIND_2 : TRAIT_BEFORE_2, far > 1);
    return traits | HAS(TRAIT_STAMP, (m->flags & MENTION_DATELINE) && is_stamp(s, m)) | HAS(TRAIT_NEWS, is_news(s, m));
}

// ---- what else it may belong to ----------------------------------------------------------------------------------------
static bool speaks_of_meeting(const struct mention *m)
{
    return (m->kind == MENTION_MEETING || (m->kind == MENTION_BODY && m->ordinal)) && !(m->flags & MENTION_INSIDE);
}

// The verb that tells of the meeting governs it, too.
static bool is_governed_alike(const struct seeker *s, uint32_t index)
{
    uint32_t governor = s->work->document->governed_by[index];
    return governor != FRAME_NONE && (governor == s->candidate->frame || governor == s->own_verb);
}

static uint64_t rivals(const struct seeker *s, uint32_t index)
{
    const struct mention *m = work_mention(s->work, index);
    const struct candidate *c = s->candidate;
    uint32_t first, last, far = gap(c->first, c->last, m);
    bool nearest = true, only = true, meeting = false, beside = false, alike = m->kind != MENTION_DATE && is_governed_alike(s, index);
    work_sentence_mentions(s->work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *other = work_mention(s->work, i);
        if (other->kind == m->kind && i != index) {
            only = false;
            nearest &= gap(c->first, c->last, other) >= far;
        }
        bool apart = i != c->mention && (other->first >= c->last || c->first >= other->last);
        bool other_verb = alike && s->work->document->governed_by[i] != s->work->document->governed_by[index];
        // where the summit is, those on its margins met
        meeting |= speaks_of_meeting(other) && apart && !other_verb && !is_setting(s->work, other);
        bool kind = other->kind != m->kind && (other->kind == MENTION_DATE || other->kind == MENTION_PLACE);
        beside |= kind && gap(other->first, other->last, m) <= BESIDE_GAP;
    }
    uint64_t traits = HAS(TRAIT_ONLY, only) | HAS(TRAIT_OWN_MEETING, meeting) | HAS(TRAIT_BESIDE, beside);
    return traits | HAS(TRAIT_NEAREST, nearest && !s->draft);
}

// ---- what is never asked about -----------------------------------------------------------------------------------------
// Another meeting has this day, another of the same status this city.
static bool is_taken(const struct seeker *s, const struct mention *m)
{
    for (uint32_t i = 0; s->draft && i < s->drafts->count; i++) {
        const struct meeting_claim *other = &s->drafts->at[i].claim;
        bool day = m->kind == MENTION_DATE && !date_is_none(other->date) && date_overlaps(other->date, m->date);
        bool place = m->kind == MENTION_PLACE && other->city == m->city && other->status == s->draft->claim.status;
        if (&s->drafts->at[i] != s->draft && (day || place))
            return true;
    }
    return false;
}

// Of a session with another number, or of the one before or to come.
static bool is_other_session(const struct candidate *c, const struct mention *m)
{
    bool numbers = m->ordinal && c->ordinal && m->ordinal != c->ordinal;
    return numbers || ((m->flags & MENTION_PAST_REF) && !c->past_ref) || ((m->flags & MENTION_NEXT_REF) && !c->next_ref);
}

// The meeting's own verb governs another date or place of the sentence.
static bool has_own(const struct seeker *s, const struct mention *m)
{
    uint32_t first, last;
    work_sentence_mentions(s->work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work_mention(s->work, i)->kind == m->kind && is_governed_alike(s, i))
            return true;
    return false;
}

// Where verbs come last, what stands before a noun tells of it ("the tenth session reviewed the decisions of the in-May-in-Oslo-held ninth
// session"), else what stands behind.
static bool is_of_other_session(const struct seeker *s, uint32_t index)
{
    const struct mention *m = work_mention(s->work, index);
    const struct candidate *c = s->candidate;
    const uint32_t *governed_by = s->work->document->governed_by;
    uint32_t first, last;
    work_sentence_mentions(s->work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *other = work_mention(s->work, i);
        if (i == c->mention || !speaks_of_meeting(other) || !is_other_session(c, other))
            continue;
        bool finite = governed_by[i] != FRAME_NONE &&
                      !(s->work->document->frames.at[governed_by[i]].flags & (FRAME_NOUN | FRAME_ATTRIBUTE));
        bool alike = is_governed_alike(s, index), with_other = governed_by[i] == governed_by[index];
        if (finite && alike && !with_other)
            continue;   // "the last one was held in Lima in 2023 and the next …": of two verbs
        if (finite && !alike && with_other && has_own(s, m))
            return true;
        if (is_final(s->work, m) ? other->first >= m->last && (s->draft || c->first < m->last || other->first < c->first)
                                 : other->last <= m->first && (s->draft || c->first >= m->last || other->last > c->last))
            return true;
    }
    return false;
}

// ---- dates -------------------------------------------------------------------------------------------------------------
static bool is_marked_in_time(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    uint64_t marks = GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(OBJECT);
    if (work_pack(work, m->sentence)->config.case_marks == CASE_AFTER)
        return m->last < sentence->last && (work_grammar(work, m->last) & marks);
    if (work_pack(work, m->sentence)->config.case_marks == CASE_BEFORE)
        marks |= GRAMMAR(DURING);   // "at the end of May"
    return m->first > sentence->first && (work_grammar(work, m->first - 1) & marks);
}

// "Their fourth meeting since the war broke out in 2022": what a clause of time names is no date of the meeting outside it. Where verbs
// come last the clause closes with its mark, else it opens with it.
static bool is_of_time_clause(const struct work *work, const struct candidate *c, const struct mention *m)
{
    uint64_t marks = GRAMMAR(SINCE) | (m->date.first.day ? 0 : GRAMMAR(AFTER));
    if (is_final(work, m)) {
        for (uint32_t token = m->last + 1; token < c->first; token++)
            if (work_grammar(work, token) & marks)
                return true;
        return false;
    }
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    for (uint32_t token = m->first; token-- > sentence->first && m->first - token <= TIME_CLAUSE;) {
        if (work->document->tokens.at[token].kind == TOKEN_PUNCT || (c->first <= token && token < c->last))
            return false;
        if ((work_grammar(work, token) & marks) && !(work_grammar(work, token) & GRAMMAR(WITH)))
            return m->first - token > 1;
    }
    return false;
}

// Held after the report, or planned before it.
static bool is_on_wrong_side(const struct seeker *s, struct date_range date)
{
    const struct candidate *c = s->candidate;
    struct date_range published = s->work->document->published;
    if (date_is_none(published) || !published.first.day || date_is_none(date) || date_overlaps(date, published))
        return false;
    bool later = date_day_number(date.first) > date_day_number(published.first);
    if (s->draft)
        return later != (s->draft->claim.status == MEETING_STATUS_PLANNED);
    bool past = c->told ? c->frame == FRAME_NONE || (s->work->document->frames.at[c->frame].flags & FRAME_PAST) : c->past_ref;
    return later ? c->status == MEETING_STATUS_HELD && past : c->status == MEETING_STATUS_PLANNED;
}

// "At the close of the talks it was decided that the next session will be in Lima in 2026": what the verb of another meeting tells of what
// is to be, or in a content clause, tells nothing of one before it.
static bool is_told_of_another(const struct seeker *s, uint32_t index)
{
    const struct document *document = s->work->document;
    const struct mention *m = work_mention(s->work, index);
    uint32_t governor = document->governed_by[index], first, last;
    if (s->draft || s->candidate->status != MEETING_STATUS_HELD || governor == FRAME_NONE || is_governed_alike(s, index))
        return false;
    bool apart = document->frames.at[governor].flags & FRAME_FUTURE;
    for (uint32_t token = s->candidate->last; token < m->first && !apart; token++)
        apart = work_grammar(s->work, token) & GRAMMAR(THAT);
    work_sentence_mentions(s->work, m->sentence, &first, &last);
    for (uint32_t i = first; apart && i < last; i++)
        if (speaks_of_meeting(work_mention(s->work, i)) && document->governed_by[i] == governor)
            return true;
    return false;
}

// "Put off to 2 June": the day right behind the verb that puts the meeting off.
static bool is_new_day(const struct seeker *s, const struct mention *m)
{
    const uint64_t marks = GRAMMAR(ON) | GRAMMAR(TO) | GRAMMAR(UNTIL);
    const struct frame *verb = &s->work->document->frames.at[s->candidate->frame];
    return m->kind == MENTION_DATE && m->first == verb->last + 1 && (work_grammar(s->work, verb->last) & marks);
}

// "The talks that were due on 1 May are put off to 2 June": a day on which they will not be.
static bool is_old_day(const struct seeker *s, const struct mention *m)
{
    uint32_t first, last;
    if (s->draft || s->candidate->status != MEETING_STATUS_POSTPONED || s->candidate->frame == FRAME_NONE || is_new_day(s, m))
        return false;
    work_sentence_mentions(s->work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (is_new_day(s, work_mention(s->work, i)))
            return true;
    return false;
}

// "That talks are being prepared he said on Saturday": the day of the telling is none of what is to come.
static bool is_day_of_telling(const struct seeker *s, uint32_t index)
{
    uint32_t governor = s->work->document->governed_by[index];
    return !s->draft && s->candidate->status == MEETING_STATUS_PLANNED && governor != FRAME_NONE && !is_governed_alike(s, index) &&
           work_rule(s->work, governor)->role == ROLE_SAY && is_of_now(s->work, work_mention(s->work, index));
}

bool may_date(const struct seeker *s, uint32_t index)
{
    const struct mention *m = work_mention(s->work, index);
    if (m->kind != MENTION_DATE || is_told_of_another(s, index) || is_old_day(s, m) || is_day_of_telling(s, index))
        return false;
    if ((m->flags & MENTION_DATELINE) && !(s->draft && is_stamp(s, m)))
        return false;
    if (s->draft && !m->date.first.day)
        return false;
    bool term = m->date.last.year > m->date.first.year && !m->date.first.month;     // "2026–2028" is a plan's
    return !term && !is_on_wrong_side(s, m->date) && !is_of_other_session(s, index) && !is_taken(s, m);
}

static uint64_t of_date(const struct seeker *s, const struct mention *m)
{
    const struct work *work = s->work;
    struct date_range published = work->document->published, date = m->date;
    uint64_t traits = HAS(TRAIT_MONTH, !date.first.day && date.first.month && !date.last.year) | HAS(TRAIT_YEAR, !date.first.month) |
                      HAS(TRAIT_OPEN, date_is_none(date)) | HAS(TRAIT_MARKED, is_marked_in_time(work, m)) |
                      HAS(TRAIT_EDGE, !date.last.year && work_is_edge(work, m)) |
                      HAS(TRAIT_TIME_CLAUSE, !s->draft && is_of_time_clause(work, s->candidate, m));
    if (date_is_none(published) || date_is_none(date) || !published.first.day)
        return traits;
    int64_t ago = date_day_number(published.first) - date_day_number(date_last_day(date));
    traits |= HAS(TRAIT_RECENT, ago >= 0 && ago <= NEWS_DAYS && s->candidate->status != MEETING_STATUS_PLANNED);
    return traits | HAS(TRAIT_COMING, ago < 0 && s->candidate->status != MEETING_STATUS_HELD);
}

// ---- places ------------------------------------------------------------------------------------------------------------
// "A visit to Amman", "the visit of premier X to Amman", "Moscow's visit" where genitives come first: the place that the noun or verb goes
// to.
static bool is_goal(const struct seeker *s, const struct mention *m)
{
    const struct work *work = s->work;
    const struct candidate *c = s->candidate;
    bool behind = m->first >= c->last, final = is_final(work, m);
    if (words_between(s, m) > GOAL_GAP || (!behind && !final) || (!behind && m->last > c->first))
        return false;
    if ((!behind && m->last == c->first) || (behind && (final || c->from_frame) && m->first == c->last))
        return true;    // "Kigali visit", "visited Oslo"
    uint64_t mark = !behind ? GRAMMAR(OF) : GRAMMAR(TO) | (pack_inflects(work_pack(work, m->sentence)) ? GRAMMAR(IN) : 0);
    uint32_t from = behind ? c->last - 1 : m->last, to = behind ? m->first : c->first;
    for (uint32_t token = from; token < to; token++)
        if (work_grammar(work, token) & mark)
            return true;
    return false;
}

// "Ukraine of visit", "India visit": where marks follow, the one state within the words that name a visit is where it goes.
static bool names_goal(const struct work *work, const struct candidate *c, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    if (c->type != MEETING_VISIT || m->kind != MENTION_PARTY || work_pack(work, m->sentence)->config.case_marks != CASE_AFTER)
        return false;
    for (uint32_t i = index; i-- > 0 && work_mention(work, i)->sentence == m->sentence;) {
        const struct mention *visit = work_mention(work, i);
        bool around = visit->first <= m->first && m->last <= visit->last;
        if (around)     // the noun itself, or that of the verb ("visit made")
            return visit->kind == MENTION_MEETING && visit->code == MEETING_VISIT && visit->parties.count == 1 &&
                   visit->first <= c->last && c->first <= visit->last;
    }
    return false;
}

// A state that stands where the visit goes; where words inflect, only right behind the verb.
static bool is_land(const struct seeker *s, uint32_t index)
{
    const struct work *work = s->work;
    const struct candidate *c = s->candidate;
    const struct mention *m = work_mention(work, index);
    if (m->kind != MENTION_PARTY || m->role != PARTY_ROLE_NAME || !work->world->parties.at[m->code].state || c->type != MEETING_VISIT)
        return false;
    if (names_goal(work, c, index))
        return true;
    bool behind_verb = c->from_frame && m->first == c->last;
    return is_goal(s, m) && !(m->flags & MENTION_INSIDE) && (behind_verb || !pack_inflects(work_pack(work, m->sentence)));
}

// "His leadership of the G7 summit in Hiroshima": the place right behind the noun of a summit or forum is that one's, unless the talks were
// at it ("on the margins of the summit in …").
static bool is_of_other_event(const struct seeker *s, uint32_t index)
{
    const struct work *work = s->work;
    const struct mention *m = work_mention(work, index);
    uint8_t type = s->draft ? s->draft->claim.type : s->candidate->type;
    bool itself = type == MEETING_SUMMIT || type == MEETING_FORUM || type == MEETING_VISIT;
    if (work_pack(work, m->sentence)->config.case_marks != CASE_BEFORE || itself)
        return false;
    for (uint32_t i = index; i-- > 0 && work_mention(work, i)->sentence == m->sentence;) {
        const struct mention *other = work_mention(work, i);
        if (other->kind != MENTION_MEETING || (other->code != MEETING_SUMMIT && other->code != MEETING_FORUM) || other->last > m->first)
            continue;
        uint32_t before = work_with_articles(work, other);
        bool at = before > 0 && (work_grammar(work, before - 1) & GRAMMAR(IN)) && !s->draft;
        bool own = !s->draft && s->candidate->mention == i;
        return !at && !own && m->first - other->last <= EVENT_GAP;
    }
    return false;
}

// "As was explained in Athens, …", "in Oslo they said": the place beside a verb of saying that nobody is the subject of stands for a
// government.
static bool is_of_source(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    uint32_t governor = work->document->governed_by[index], first, last;
    if (governor == FRAME_NONE || work_rule(work, governor)->role != ROLE_SAY || !pack_inflects(work_pack(work, m->sentence)))
        return false;
    const struct frame *verb = &work->document->frames.at[governor];
    bool beside = verb->last <= m->first ? m->first - verb->last <= 1 : verb->first == m->last;
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last && beside; i++)
        if (work_mention(work, i)->kind == MENTION_PERSON && work->document->governed_by[i] == governor)
            return false;
    return beside;
}

// "At the meeting it was proposed to build a plant in Oslo": the place of what is to be done.
static bool is_of_aim(const struct seeker *s, uint32_t index)
{
    const struct work *work = s->work;
    const struct mention *m = work_mention(work, index);
    uint32_t governor = work->document->governed_by[index];
    if (s->draft || s->candidate->status != MEETING_STATUS_HELD || governor == FRAME_NONE ||
        !pack_inflects(work_pack(work, m->sentence)) || is_governed_alike(s, index))
        return false;
    const struct frame *verb = &work->document->frames.at[governor];
    uint8_t stance = verb->outer == FRAME_NONE ? VALUE_UNSET : work_rule(work, verb->outer)->commitment.value;
    bool infinitive = (verb->flags & FRAME_NONFINITE) && !(verb->flags & FRAME_NOUN);
    bool aim = stance == STANCE_AGREED || stance == STANCE_PLANNED || stance == STANCE_PROPOSED;
    bool behind = s->candidate->last <= verb->first && verb->last <= m->first;
    return infinitive && aim && behind && work_rule(work, governor)->makes >= VALUE_UNSET;
}

bool may_place(const struct seeker *s, uint32_t index)
{
    const struct mention *m = work_mention(s->work, index);
    if ((m->flags & MENTION_DATELINE) || is_told_of_another(s, index) || is_of_source(s->work, index) || is_of_aim(s, index))
        return false;
    bool may = m->kind == MENTION_PLACE ? m->city != CITY_NONE || ((m->flags & MENTION_LOCATIVE) && !s->draft)
                                        : !s->draft && is_land(s, index);
    return may && !is_of_other_session(s, index) && !is_of_other_event(s, index);
}

// "Santiago Cafiero", "Moscow Declaration": where names have capitals, one goes on behind the place; "the Oslo Climate Summit" is there.
static bool goes_on(const struct seeker *s, const struct mention *m)
{
    const struct document *document = s->work->document;
    uint32_t next = m->last, own = s->draft ? UINT32_MAX : s->candidate->first;
    if (work_pack(s->work, m->sentence)->config.plain_names)
        return false;
    while (next < document->sentences.at[m->sentence].last && next != own && document->tokens.at[next].kind == TOKEN_WORD &&
           (document->tokens.at[next].flags & TOKEN_CAPITAL))
        next++;
    return next > m->last && next != own;
}

// "Chile will host the session", "the session will be hosted by Tashkent".
static bool is_host(const struct seeker *s, uint32_t index)
{
    const struct work *work = s->work;
    const struct mention *m = work_mention(work, index);
    uint32_t governor = work->document->governed_by[index], first, last;
    if (s->draft)
        return false;
    if (s->candidate->host || (governor != FRAME_NONE && work_rule(work, governor)->role == ROLE_HOST))
        return true;
    work_sentence_frames(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct frame *frame = &work->document->frames.at[i];
        if (work_rule(work, i)->role == ROLE_HOST && frame->verb_first == m->last)
            return true;
    }
    return false;
}

// "Lima will host it": the city does what marks it as the place.
static bool is_hosting_city(const struct seeker *s, uint32_t index)
{
    const struct mention *m = work_mention(s->work, index);
    uint32_t governor = s->work->document->governed_by[index];
    return m->kind == MENTION_PLACE && m->city != CITY_NONE && governor != FRAME_NONE && work_rule(s->work, governor)->role == ROLE_HOST;
}

static uint64_t of_place(const struct seeker *s, uint32_t index)
{
    const struct mention *m = work_mention(s->work, index);
    const struct candidate *c = s->candidate;
    bool marked = m->flags & MENTION_LOCATIVE;
    bool goal = !s->draft && (is_land(s, index) || (c->type == MEETING_VISIT && is_goal(s, m)));
    uint16_t state = m->kind == MENTION_PARTY ? m->code : m->state;
    uint64_t traits = HAS(TRAIT_MARKED, marked) | HAS(TRAIT_BARE, !marked && !goal && !is_hosting_city(s, index)) | HAS(TRAIT_GOAL, goal);
    traits |= HAS(TRAIT_NAME_PART, goes_on(s, m));
    traits |= HAS(TRAIT_CITY, m->kind == MENTION_PLACE && m->city != CITY_NONE) | HAS(TRAIT_HOST, is_host(s, index));
    traits |= HAS(TRAIT_TAKEN, is_taken(s, m));
    bool party = party_set_has(&c->soft, state) || party_set_has(&c->parties, state);
    return traits | HAS(TRAIT_OF_PARTY, party || (!s->draft && party_set_has(&s->work->dealing, state)));
}

// ---- all of them -------------------------------------------------------------------------------------------------------
uint64_t traits_of(const struct seeker *s, uint32_t index)
{
    const struct mention *m = work_mention(s->work, index);
    const struct candidate *c = s->candidate;
    uint64_t traits = HAS(TRAIT_ANY, true) | (s->draft ? standing_around(s, m) : standing(s, m)) | rivals(s, index);
    traits |= m->kind == MENTION_DATE ? of_date(s, m) : of_place(s, index);
    traits |= HAS(TRAIT_TITLE, work_is_title(s->work, m->sentence));
    traits |= HAS(TRAIT_ALIKE, is_governed_alike(s, index));
    return traits | HAS(TRAIT_VISIT, c->type == MEETING_VISIT) | HAS(TRAIT_BY_VERB, c->from_frame);
}
