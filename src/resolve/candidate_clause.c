// SPDX-License-Identifier: MIT
// What the clause of a meeting candidate says of it: date, place, parties, persons.
//
// The nearest date and place count; those of the clause before the rest of its sentence. Most of this file says which of them are another
// thing's: of a participle put in, of another session with a number, the seat of an office, the year that something began.
#include "resolve/candidates.h"

#define OUTSIDE_COST 40     // tokens of distance that another clause counts for
#define PARTED_COST 20      // tokens of distance that a comma counts for

static uint32_t distance(uint32_t first, uint32_t last, const struct mention *m)
{
    if (m->last <= first)
        return first - m->last;
    return m->first >= last ? m->first - last : 0;
}

static bool is_weekday(const struct work *work, const struct mention *m)
{
    if (m->last - m->first != 1 || m->lexeme == UINT32_MAX)
        return false;
    return work_pack(work, m->sentence)->lexemes.at[m->lexeme].kind == LEXICON_WEEKDAY;
}

bool is_of_now(const struct work *work, const struct mention *m)
{
    if (m->lexeme == UINT32_MAX)
        return false;
    const struct lexeme *lexeme = &work_pack(work, m->sentence)->lexemes.at[m->lexeme];
    bool day = lexeme->kind == LEXICON_TIME && lexeme->attribute == TIME_DAY;
    return is_weekday(work, m) || (day && lexeme->number <= 0 && lexeme->number >= -1);
}

// "Here", or "in the capital" of a report that was written in one.
static bool says_here(const struct work *work, uint32_t first, uint32_t last)
{
    const struct span_layer *layer = &work->document->lexicon;
    const struct mention *dateline = work_dateline(work);
    bool capital = dateline && dateline->city != CITY_NONE && work->world->cities.at[dateline->city].capital;
    for (uint32_t token = first; token < last; token++) {
        const struct pack *pack = work_pack(work, work->document->tokens.at[token].sentence);
        if (!(pack->groups.at[work->document->groups[token]].kinds >> LEXICON_PLACE & 1))
            continue;
        uint32_t at = layer->covering[token];
        for (uint32_t i = at; i < layer->count && layer->at[i].first == layer->at[at].first; i++) {
            const struct lexeme *lexeme = &pack->lexemes.at[layer->at[i].lexeme];
            if (lexeme->kind == LEXICON_PLACE && (lexeme->value == PLACE_HERE || (lexeme->value == PLACE_CAPITAL && capital)))
                return true;
        }
    }
    return false;
}

// "Here" is where the report was written.
static void take_dateline(const struct work *work, struct candidate *c)
{
    const struct mention *dateline = work_dateline(work);
    if (!dateline)
        return;
    c->city = dateline->city;
    c->state = dateline->state;
}

// "The Camp David summit": where words have no case endings, a city right before the meeting's noun.
static bool names_place(const struct work *work, const struct mention *meeting, const struct mention *place)
{
    const struct pack *pack = work_pack(work, place->sentence);
    bool city = place->kind == MENTION_PLACE && place->city != CITY_NONE && !(place->flags & MENTION_DATELINE) &&
                !work_is_title(work, place->sentence);
    return city && place->last == meeting->first && pack->config.case_marks == CASE_BEFORE && !pack_inflects(pack);
}

// "A visit to Amman", "Moscow's visit" where genitives come first: the place that the noun itself goes to.
static bool is_goal(const struct work *work, const struct candidate *c, const struct mention *m)
{
    bool behind = m->first >= c->last && m->first - c->last <= 2, before = m->last <= c->first && c->first - m->last <= 2;
    uint64_t mark = behind ? GRAMMAR(TO) : GRAMMAR(OF);
    uint32_t from = behind ? c->last - 1 : m->last, to = behind ? m->first : c->first;
    bool initial = work_pack(work, m->sentence)->config.head == HEAD_INITIAL;
    if ((!behind && !before) || (before && initial))
        return false;
    if ((before && from == to) || (behind && (!initial || c->from_frame) && m->first == c->last))
        return true;    // "Kigali visit", "visited Oslo"
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

// "Flies on to Apia, where she will meet …": the place to which the clause's relative word points.
static bool is_antecedent(const struct work *work, const struct mention *m, uint32_t clause_first)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    if (work_pack(work, m->sentence)->config.head != HEAD_INITIAL || clause_first <= sentence->first || m->last > clause_first)
        return false;
    for (uint32_t token = m->last; token < clause_first; token++)   // at most a date lies between
        if (work_grammar(work, token) & ~(GRAMMAR(ON) | GRAMMAR(IN) | GRAMMAR(ABOUT) | GRAMMAR(DETERMINER)))
            return false;
    return clause_first - m->last <= 4 && (work_grammar(work, clause_first) & GRAMMAR(WHICH));
}

// "2026–2028" is a plan's term, no meeting's date.
static bool spans_years(struct date_range date)
{
    return date.last.year > date.first.year && !date.first.month;
}

// "Scheduled for 2025": the words before the mark are a verb of planning.
static bool sets_time(const struct work *work, uint32_t mark)
{
    const struct span_layer *triggers = &work->document->triggers;
    uint32_t at = mark > 0 && triggers->covering ? triggers->covering[mark - 1] : SPAN_NONE;
    if (at == SPAN_NONE)
        return false;
    const struct pack *pack = work_pack(work, work->document->tokens.at[mark].sentence);
    return pack->rules.at[pack->lexemes.at[triggers->at[at].lexeme].value].meeting.value == MEETING_STATUS_PLANNED;
}

// "A row that has gone on since 2003": where something began long ago is no date of a meeting; "from 18 to 20 August" is.
static bool is_since(const struct work *work, const struct mention *date)
{
    const struct sentence *sentence = &work->document->sentences.at[date->sentence];
    // "quotas for 2024": a year that something is for
    bool year = !date->date.first.month && date->first > sentence->first && (work_grammar(work, date->first - 1) & GRAMMAR(ON)) &&
                !sets_time(work, date->first - 1);
    if (year && work_pack(work, date->sentence)->config.head == HEAD_INITIAL)
        return true;
    // a year that closes a quoted name: ‘Vision 2030’
    bool quoted = work->document->tokens.at[date->last - 1].flags & TOKEN_QUOTED;
    if (!date->date.first.month && quoted && date->last < sentence->last && work->document->tokens.at[date->last].kind == TOKEN_PUNCT)
        return true;
    return !date->date.last.year && date->first > sentence->first && (work_grammar(work, date->first - 1) & GRAMMAR(SINCE));
}

#define TIME_CLAUSE 10      // tokens between the mark of a clause of time and the date in it

// "Their fourth meeting since the war broke out in 2022": what a clause of time names is no date of the meeting outside it; that something
// began then never is, that it came before is not where only the month or the year is told. Where verbs come last the clause closes with
// its mark, else it opens with it.
static bool is_of_time_clause(const struct work *work, const struct candidate *c, const struct mention *date)
{
    uint64_t marks = GRAMMAR(SINCE) | (date->date.first.day ? 0 : GRAMMAR(AFTER));
    if (work_pack(work, date->sentence)->config.head == HEAD_FINAL) {
        for (uint32_t token = date->last + 1; token < c->first; token++)
            if (work_grammar(work, token) & marks)
                return true;
        return false;
    }
    const struct sentence *sentence = &work->document->sentences.at[date->sentence];
    for (uint32_t token = date->first; token-- > sentence->first && date->first - token <= TIME_CLAUSE;) {
        if (work->document->tokens.at[token].kind == TOKEN_PUNCT || (c->first <= token && token < c->last))
            return false;
        if ((work_grammar(work, token) & marks) && !(work_grammar(work, token) & GRAMMAR(WITH)))
            return date->first - token > 1;
    }
    return false;
}

// "The press service of the ministry in Baku": where an office of a government is, not where somebody met.
static bool is_seat(const struct work *work, uint32_t index)
{
    const struct mention *place = work_mention(work, index);
    const struct mention *before = index > 0 ? work_mention(work, index - 1) : NULL;
    return before && before->kind == MENTION_ORGAN && before->sentence == place->sentence && before->last + 1 == place->first;
}

#define TOPIC_GAP 2         // tokens between a topic and the state where it is: the mark, a determiner

// "The truce in Syria", "Syria-in truce": a state that tells where a topic is, and not where somebody met.
static bool is_of_topic(const struct work *work, const struct mention *place)
{
    uint32_t first, last;
    bool final = work_pack(work, place->sentence)->config.head == HEAD_FINAL;
    if (place->kind != MENTION_PLACE || place->city != CITY_NONE)
        return false;
    work_sentence_mentions(work, place->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind != MENTION_TOPIC || (m->flags & MENTION_WEAK))
            continue;
        if (final ? m->first > place->last && m->first - place->last <= TOPIC_GAP
                  : m->last < place->first && place->first - m->last <= TOPIC_GAP)
            return true;
    }
    return false;
}

// Where verbs come last, what stands before a participle tells of the noun behind it: "the tenth session reviewed the decisions of the
// in-May-in-Oslo-held ninth session". True if a date or place behind the candidate is another meeting's in this way.
static bool belongs_behind(const struct work *work, const struct candidate *c, const struct mention *m)
{
    uint32_t first, last;
    if (m->first < c->last || work_pack(work, m->sentence)->config.head != HEAD_FINAL)
        return false;
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *other = work_mention(work, i);
        bool deed = other->kind == MENTION_MEETING || other->kind == MENTION_INSTRUMENT;
        uint32_t governor = work->document->governed_by[i];
        if (!deed || other->first < m->last || governor == FRAME_NONE)
            continue;
        const struct frame *frame = &work->document->frames.at[governor];
        if (frame->first >= m->last && frame->last <= other->first)
            return true;
    }
    return false;
}

// "The session was the first in years, the 36th having been held in 2019": a day or place beside another session with a number.
static bool belongs_to_other(const struct work *work, const struct candidate *c, const struct mention *particular)
{
    uint32_t first, last, own = distance(c->first, c->last, particular);
    if (c->ordinal)
        return false;
    bool before = work_pack(work, c->sentence)->config.head == HEAD_INITIAL && !pack_inflects(work_pack(work, c->sentence));
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        // "this meeting builds on their meeting in Manila in May", "follows their April call"
        bool talks = before && i != c->mention && m->kind == MENTION_MEETING && !(m->flags & MENTION_INSIDE) && m->first >= c->last;
        bool behind = talks && m->last <= particular->first && !is_setting(work, m);
        bool ahead = talks && particular->last <= m->first && m->first - particular->last <= 1;
        if (behind || ahead)
            return true;
        bool named = m->ordinal || (m->code == MEETING_SUMMIT && c->type >= MEETING_MEETING);   // "talks that build on the 2023 summit"
        // where the summit is on whose margins they met, they met
        bool other = m->kind == MENTION_MEETING && named && !(m->flags & MENTION_INSIDE) && m->first >= c->last && !is_setting(work, m);
        if (other && distance(m->first, m->last, particular) < own && particular->first >= m->last)
            return true;
    }
    return false;
}

// "The talks, broken off in October, will be resumed on the 27th": what a participle behind the meeting takes up is the participle's own,
// up to the next mark. False for the participle that tells of the meeting itself and nothing else does.
static bool in_insertion(const struct work *work, const struct candidate *c, const struct mention *m)
{
    uint32_t first, last;
    work_sentence_frames(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct frame *frame = &work->document->frames.at[i];
        if (!(frame->flags & FRAME_ATTRIBUTE) || i == c->frame || frame->first < c->last || frame->last > m->first)
            continue;
        bool open = true;
        for (uint32_t token = frame->last; token < m->first; token++)
            open &= work->document->tokens.at[token].kind != TOKEN_PUNCT;
        if (open)
            return true;
    }
    return false;
}

// Where verbs come last, what stands behind one and a comma or "and" is another's: "met in Cairo and called for a truce in Gaza".
static bool is_parted(const struct work *work, uint32_t from, uint32_t to)
{
    uint32_t sentence = work->document->tokens.at[from < to ? from : to].sentence;
    if (work_pack(work, sentence)->config.head != HEAD_FINAL)
        return false;
    for (uint32_t token = from; token < to; token++)
        if (work->document->tokens.at[token].kind == TOKEN_PUNCT || (work_grammar(work, token) & GRAMMAR(AND)))
            return true;
    return false;
}

// "Chile will host the session in Arica": the city that the clause names in the state.
static void name_city(const struct work *work, struct candidate *c, uint32_t clause_first, uint32_t clause_last)
{
    uint32_t first, last;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last && c->city == CITY_NONE && c->state != PARTY_NONE; i++) {
        const struct mention *m = work_mention(work, i);
        bool city = m->kind == MENTION_PLACE && m->city != CITY_NONE && m->state == c->state && (m->flags & MENTION_LOCATIVE);
        bool inside = m->first >= clause_first && m->first < clause_last && !(m->flags & MENTION_DATELINE);
        bool other = belongs_behind(work, c, m) || belongs_to_other(work, c, m) || in_insertion(work, c, m);
        if (city && inside && !other && !is_seat(work, i))
            c->city = m->city;
    }
}

// Nearest date and place of the candidate's clause; the rest of its sentence is asked when the clause has none.
static void gather_particulars(const struct work *work, struct candidate *c, uint32_t clause_first, uint32_t clause_last)
{
    uint32_t first, last, best_date = UINT32_MAX, best_place = UINT32_MAX;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool outside = m->first < clause_first || m->first >= clause_last;
        uint32_t far = distance(c->first, c->last, m) + (outside || in_insertion(work, c, m) ? OUTSIDE_COST : 0);
        bool particular = m->kind == MENTION_DATE || m->kind == MENTION_PLACE;
        if ((m->flags & MENTION_DATELINE) || (particular && (belongs_behind(work, c, m) || belongs_to_other(work, c, m))))
            continue;
        if (m->kind == MENTION_DATE && date_is_none(m->date) && !outside && is_of_now(work, m))
            c->now = true;
        if (m->kind == MENTION_DATE && !date_is_none(m->date) && !spans_years(m->date) && !is_since(work, m) && far < best_date &&
            !is_of_time_clause(work, c, m)) {
            best_date = far;
            c->date = m->date;
        }
        bool goal = (c->type == MEETING_VISIT && is_goal(work, c, m)) || is_antecedent(work, m, clause_first);
        if (goal)
            far = 0;
        bool behind_verb = c->from_frame && m->first == c->last;
        goal |= names_goal(work, c, i);
        bool land = m->kind == MENTION_PARTY && m->role == PARTY_ROLE_NAME && goal &&
                    (!(m->flags & MENTION_INSIDE) || names_goal(work, c, i)) &&
                    work->world->parties.at[m->code].state && (behind_verb || !pack_inflects(work_pack(work, m->sentence)));
        if (land && far < best_place) {     // "a visit to Peru"
            best_place = far;
            c->city = CITY_NONE;
            c->state = m->code;
        }
        if (m->first >= c->last && is_parted(work, c->last, m->first))
            far += PARTED_COST;
        bool host = c->host && !outside && pack_inflects(work_pack(work, c->sentence));   // "the session will be hosted by Tashkent"
        goal |= host || (c->mention != MENTION_NONE && names_place(work, work_mention(work, c->mention), m));
        if (m->kind == MENTION_PLACE && ((m->flags & MENTION_LOCATIVE) || goal) && !is_seat(work, i) && far < best_place &&
            !is_of_topic(work, m)) {
            best_place = far;
            c->city = m->city;
            c->state = m->state;
        }
    }
    if (best_place == UINT32_MAX && says_here(work, clause_first, clause_last))
        take_dateline(work, c);
}

static bool is_head(const struct work *work, const struct mention *m)
{
    uint8_t office = m->kind == MENTION_PERSON ? (uint8_t)m->code : CODE_NONE;
    if (m->kind == MENTION_PERSON && m->entity < work->document->people.count)
        office = work->document->people.at[m->entity].office;
    return office == OFFICE_HEAD_OF_STATE || office == OFFICE_HEAD_OF_GOVERNMENT;
}

// "The presidents of X, Y and Z", "president A, premier B and premier C": the longest row of heads of state or government.
static void gather_heads(const struct work *work, struct candidate *c, uint32_t clause_first, uint32_t clause_last)
{
    uint32_t first, last;
    struct party_set row = {.count = 0};
    const struct mention *before = NULL;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->first < clause_first || m->first >= clause_last || !is_head(work, m))
            continue;
        if (before && !are_paired(work, before, m))
            row.count = 0;
        party_set_add_all(&row, &m->parties);
        if (m->entity < work->document->people.count)
            party_set_add(&row, work->document->people.at[m->entity].party);
        if (row.count > c->heads.count)
            c->heads = row;
        before = m;
    }
}

// Those who met: persons of the clause, and states or persons with the mark of whom somebody met.
static void gather_met(const struct work *work, struct candidate *c, const struct mention *m)
{
    uint16_t party = PARTY_NONE;
    if (m->kind == MENTION_PERSON && m->entity < work->document->people.count)
        party = work->document->people.at[m->entity].party;
    else if (m->kind == MENTION_PERSON && m->parties.count > 1 && !(m->flags & MENTION_WITH))
        party_set_add_all(&c->met, &m->parties);    // "the ministers of X and Y"
    else if (m->kind == MENTION_PERSON && m->parties.count == 1)
        party = m->parties.at[0];
    else if (m->kind == MENTION_PARTY && (m->flags & MENTION_WITH) && m->role == PARTY_ROLE_NAME && !(m->flags & MENTION_INSIDE))
        party = m->code;
    if (party == PARTY_NONE)
        return;
    party_set_add(&c->met, party);
    if (m->flags & MENTION_WITH)
        party_set_add(&c->faced, party);
}

// "X, G7/G20 sherpa": what an office is for.
static bool beside_slash(const struct work *work, const struct mention *m)
{
    const struct document *document = work->document;
    const struct sentence *sentence = &document->sentences.at[m->sentence];
    bool before = m->first > sentence->first && document->text.at[document->tokens.at[m->first - 1].begin] == '/';
    bool behind = m->last < sentence->last && document->text.at[document->tokens.at[m->last].begin] == '/';
    return (before || behind) && !work->world->parties.at[m->code].state;
}

static void gather_cast(const struct work *work, struct candidate *c, uint32_t clause_first, uint32_t clause_last)
{
    uint32_t first, last;
    bool sides = false;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->first < clause_first || m->first >= clause_last)
            continue;
        gather_met(work, c, m);
        if (m->kind == MENTION_PERSON && m->entity < work->document->people.count) {
            const struct person *person = &work->document->people.at[m->entity];
            party_set_add(&c->soft, person->party);
            if (!has_person(c->people, c->people_count, m->entity) && c->people_count < PEOPLE_A_CANDIDATE)
                c->people[c->people_count++] = m->entity;
        } else if (m->kind == MENTION_PERSON && m->parties.count) {
            party_set_add_all(&c->soft, &m->parties);
        } else if (m->kind == MENTION_PERSON && m->code <= OFFICE_FOREIGN_MINISTER && !(m->flags & MENTION_PLURAL) && !c->soft.count) {
            party_set_add(&c->soft, work->home);    // "during the visit of the head of state": of one's own
        } else if (m->kind == MENTION_PARTY && !(m->flags & (MENTION_LOCATIVE | MENTION_SPOKEN_OF)) && !beside_slash(work, m)) {
            party_set_add(&c->soft, m->code);
        } else if (m->kind == MENTION_SIDES && m->code != SIDE_ONE && m->first < c->first && c->frame != FRAME_NONE) {
            sides = true;   // "the leaders will meet again": those who deal in the report
        }
    }
    if (sides && !c->soft.count)
        party_set_add_all(&c->soft, &work->dealing);
}

// The person named first before the token in its sentence, who is not the one met: the subject of what follows, if that has none.
static uint32_t first_actor(const struct work *work, const struct candidate *c, uint32_t sentence, uint32_t before)
{
    uint32_t first, last;
    work_sentence_mentions(work, sentence, &first, &last);
    for (uint32_t i = first; i < last && work_mention(work, i)->first < before; i++) {
        const struct mention *m = work_mention(work, i);
        bool named = m->kind == MENTION_PERSON && m->entity < work->document->people.count && !(m->flags & MENTION_WITH);
        uint16_t party = named ? work->document->people.at[m->entity].party : PARTY_NONE;
        if (party != PARTY_NONE && !party_set_has(&c->met, party))
            return m->entity;
    }
    return MENTION_NONE;
}

// "The president of X, who is on a visit": the person right before the relative clause.
static uint32_t antecedent(const struct work *work, const struct candidate *c, uint32_t clause_first)
{
    uint32_t first, last;
    bool relative = false;
    for (uint32_t token = clause_first; token < clause_first + 2 && token < c->first; token++)
        relative |= (work_grammar(work, token) & GRAMMAR(WHICH)) != 0;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = last; relative && i-- > first;) {
        const struct mention *m = work_mention(work, i);
        bool before = m->last <= clause_first && m->last + 2 >= clause_first;
        if (before && m->kind == MENTION_PERSON && m->entity < work->document->people.count)
            return work->document->people.at[m->entity].party == PARTY_NONE ? MENTION_NONE : m->entity;
    }
    return MENTION_NONE;
}

// "X flew to Cairo, where he met Y", "X came on Monday. He talked with Y": who met stands before the clause.
static void take_subject(const struct work *work, struct candidate *c, uint32_t clause_first)
{
    bool talks = c->type == MEETING_MEETING || c->type == MEETING_CALL, visit = c->type == MEETING_VISIT && c->met.count == 0;
    if (!visit && (!talks || c->faced.count == 0 || c->met.count != c->faced.count || c->people_count >= PEOPLE_A_CANDIDATE))
        return;
    uint32_t actor = visit ? antecedent(work, c, clause_first) : first_actor(work, c, c->sentence, clause_first);
    if (visit && actor == MENTION_NONE)
        return;
    const struct sentence *sentence = &work->document->sentences.at[c->sentence];
    bool before = c->sentence > 0 && sentence[-1].paragraph == sentence->paragraph;
    if (actor == MENTION_NONE && before)
        actor = first_actor(work, c, c->sentence - 1, UINT32_MAX);
    if (actor == MENTION_NONE)
        return;
    party_set_add(&c->met, work->document->people.at[actor].party);
    party_set_add(&c->soft, work->document->people.at[actor].party);
    if (!has_person(c->people, c->people_count, actor))
        c->people[c->people_count++] = actor;
}

// Where verbs come last, a relative clause follows the whole clause of what it tells of ("the session closed, which had opened here on
// Monday"): the end of the sentence if one follows and no other meeting stands before it, else `clause_last`.
static uint32_t over_relative(const struct work *work, const struct candidate *c, uint32_t clause_last)
{
    const struct sentence *sentence = &work->document->sentences.at[c->sentence];
    uint32_t first, last;
    if (work_pack(work, c->sentence)->config.head != HEAD_FINAL || clause_last >= sentence->last)
        return clause_last;
    bool relative = false;
    for (uint32_t token = clause_last; token < clause_last + 2 && token < sentence->last; token++)
        relative |= (work_grammar(work, token) & GRAMMAR(WHICH)) != 0;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; relative && i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool deed = m->kind == MENTION_MEETING || m->kind == MENTION_INSTRUMENT;
        if (deed && m->first >= c->last)
            return clause_last;
    }
    return relative ? sentence->last : clause_last;
}

void candidate_gather_clause(const struct work *work, struct candidate *c)
{
    uint32_t clause_first, clause_last;
    work_clause(work, c->first, &clause_first, &clause_last);
    clause_last = over_relative(work, c, clause_last);
    c->city = CITY_NONE;
    c->state = PARTY_NONE;
    gather_particulars(work, c, clause_first, clause_last);
    name_city(work, c, clause_first, clause_last);
    gather_cast(work, c, clause_first, clause_last);
    gather_heads(work, c, clause_first, clause_last);
    take_subject(work, c, clause_first);
}

void candidate_gather(const struct work *work, struct candidate *c, const struct frame *frame)
{
    c->sentence = frame->sentence;
    c->first = frame->first;
    c->last = frame->verb_last > frame->last ? frame->verb_last : frame->last;
    candidate_gather_clause(work, c);
}
