// SPDX-License-Identifier: MIT
// Finds every place where the report speaks of a meeting: meeting nouns, bodies in the place of their session ("co-chaired
// the commission"),
// and verbs that are a meeting by themselves (met, visited, telephoned). Gathers beside each what its clause says: date, place, parties,
// persons, tense.
#include "resolve/candidates.h"

#include <stdlib.h>

#define CANDIDATES_MAX 4096
#define OBJECTS_MAX 8
#define OUTSIDE_COST 40     // tokens of distance that another clause counts for
#define SETTING_WORDS 4     // words between the preposition and the meeting's noun

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

static bool says_here(const struct work *work, uint32_t first, uint32_t last)
{
    const struct span_layer *layer = &work->document->lexicon;
    for (uint32_t token = first; token < last; token++) {
        const struct pack *pack = work_pack(work, work->document->tokens.at[token].sentence);
        if (!(pack->groups.at[work->document->groups[token]].kinds >> LEXICON_PLACE & 1))
            continue;
        uint32_t at = layer->covering[token];
        for (uint32_t i = at; i < layer->count && layer->at[i].first == layer->at[at].first; i++) {
            const struct lexeme *lexeme = &pack->lexemes.at[layer->at[i].lexeme];
            if (lexeme->kind == LEXICON_PLACE && lexeme->value == PLACE_HERE)
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

// "A visit to Amman", "मॉस्को की यात्रा": the place that the noun itself goes to.
static bool is_goal(const struct work *work, const struct candidate *c, const struct mention *m)
{
    bool behind = m->first >= c->last && m->first - c->last <= 2, before = m->last <= c->first && c->first - m->last <= 2;
    uint64_t mark = behind ? GRAMMAR(TO) : GRAMMAR(OF);
    uint32_t from = behind ? c->last - 1 : m->last, to = behind ? m->first : c->first;
    bool initial = work_pack(work, m->sentence)->config.head == HEAD_INITIAL;
    if ((!behind && !before) || (before && initial))
        return false;
    if ((before && from == to) || (behind && (!initial || c->from_frame) && m->first == c->last))
        return true;    // "किगाली यात्रा", "دورۂ تہران", "visited Oslo"
    for (uint32_t token = from; token < to; token++)
        if (work_grammar(work, token) & mark)
            return true;
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

// "The Duma at its plenary session": a parliament's own sitting is no dealing.
static bool is_parliaments(const struct work *work, const struct mention *m)
{
    uint32_t first, last;
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *organ = work_mention(work, i);
        bool near = organ->last <= m->first ? m->first - organ->last <= 4 : organ->first >= m->last && organ->first - m->last <= 2;
        if (near && work_organ(work, organ) == ORGAN_PARLIAMENT)
            return true;
    }
    return false;
}

// "A row that has gone on since 2003": where something began long ago is no date of a meeting; "from 18 to 20 August" is.
static bool is_since(const struct work *work, const struct mention *date)
{
    const struct sentence *sentence = &work->document->sentences.at[date->sentence];
    // "quotas for 2024": a year that something is for
    bool year = !date->date.first.month && date->first > sentence->first && (work_grammar(work, date->first - 1) & GRAMMAR(ON));
    if (year && work_pack(work, date->sentence)->config.head == HEAD_INITIAL)
        return true;
    // a year that closes a quoted name: ‘Vision 2030’
    bool quoted = work->document->tokens.at[date->last - 1].flags & TOKEN_QUOTED;
    if (!date->date.first.month && quoted && date->last < sentence->last && work->document->tokens.at[date->last].kind == TOKEN_PUNCT)
        return true;
    return !date->date.last.year && date->first > sentence->first && (work_grammar(work, date->first - 1) & GRAMMAR(SINCE));
}

// "The press service of the ministry in Baku": where an office of a government is, not where somebody met.
static bool is_seat(const struct work *work, uint32_t index)
{
    const struct mention *place = work_mention(work, index);
    const struct mention *before = index > 0 ? work_mention(work, index - 1) : NULL;
    return before && before->kind == MENTION_ORGAN && before->sentence == place->sentence && before->last + 1 == place->first;
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
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool named = m->ordinal || (m->code == MEETING_SUMMIT && c->type >= MEETING_MEETING);   // "talks that build on the 2023 summit"
        bool other = m->kind == MENTION_MEETING && named && !(m->flags & MENTION_INSIDE) && m->first >= c->last;
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

#define PARTED 20       // what a comma counts in tokens

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
        if (m->kind == MENTION_DATE && !date_is_none(m->date) && !spans_years(m->date) && !is_since(work, m) && far < best_date) {
            best_date = far;
            c->date = m->date;
            c->weekday = is_weekday(work, m);
        }
        bool goal = (c->type == MEETING_VISIT && is_goal(work, c, m)) || is_antecedent(work, m, clause_first);
        if (goal)
            far = 0;
        bool land = m->kind == MENTION_PARTY && m->role == PARTY_ROLE_NAME && goal && !(m->flags & MENTION_INSIDE) &&
                    work->world->parties.at[m->code].state && !pack_inflects(work_pack(work, m->sentence));
        if (land && far < best_place) {     // "पेरू का दौरा", "a visit to Peru"
            best_place = far;
            c->city = CITY_NONE;
            c->state = m->code;
        }
        if (m->first >= c->last && is_parted(work, c->last, m->first))
            far += PARTED;
        bool host = c->host && !outside && pack_inflects(work_pack(work, c->sentence));   // "the session will be hosted by Tashkent"
        goal |= host;
        if (m->kind == MENTION_PLACE && ((m->flags & MENTION_LOCATIVE) || goal) && !is_seat(work, i) && far < best_place) {
            best_place = far;
            c->city = m->city;
            c->state = m->state;
        }
    }
    if (best_place == UINT32_MAX && says_here(work, clause_first, clause_last))
        take_dateline(work, c);
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
        if (m->kind == MENTION_PERSON && m->entity < work->document->people.count) {
            const struct person *person = &work->document->people.at[m->entity];
            party_set_add(&c->soft, person->party);
            bool known = false;
            for (uint32_t k = 0; k < c->people_count; k++)
                known |= c->people[k] == m->entity;
            if (!known && c->people_count < 16)
                c->people[c->people_count++] = m->entity;
        } else if (m->kind == MENTION_PERSON && m->parties.count) {
            party_set_add(&c->soft, m->parties.at[0]);
        } else if (m->kind == MENTION_PERSON && m->code <= OFFICE_FOREIGN_MINISTER && !(m->flags & MENTION_PLURAL) && !c->soft.count) {
            party_set_add(&c->soft, work->home);    // "during the visit of the head of state": of one's own
        } else if (m->kind == MENTION_PARTY && !(m->flags & MENTION_LOCATIVE)) {
            party_set_add(&c->soft, m->code);
        } else if (m->kind == MENTION_SIDES && m->code != SIDE_ONE && m->first < c->first && c->frame != FRAME_NONE) {
            sides = true;   // "the leaders will meet again": those who deal in the report
        }
    }
    if (sides && !c->soft.count)
        party_set_add_all(&c->soft, &work->dealing);
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

static void gather(const struct work *work, struct candidate *c)
{
    uint32_t clause_first, clause_last;
    work_clause(work, c->first, &clause_first, &clause_last);
    clause_last = over_relative(work, c, clause_last);
    c->city = CITY_NONE;
    c->state = PARTY_NONE;
    gather_particulars(work, c, clause_first, clause_last);
    gather_cast(work, c, clause_first, clause_last);
}

void candidate_gather(const struct work *work, struct candidate *c, const struct frame *frame)
{
    c->sentence = frame->sentence;
    c->first = frame->first;
    c->last = frame->verb_last > frame->last ? frame->verb_last : frame->last;
    gather(work, c);
}

static uint8_t status_from_flags(uint32_t flags)
{
    return flags & (FRAME_FUTURE | FRAME_MAY) ? MEETING_STATUS_PLANNED : MEETING_STATUS_HELD;
}

// A verb in the future whose clause holds the mention tells that it lies ahead, even if its rule has no word on meetings.
static bool is_ahead(const struct work *work, const struct candidate *c)
{
    uint32_t first, last, frame_first, frame_last;
    work_clause(work, c->first, &first, &last);
    for (uint32_t token = first; token < last; token++)
        if (work_grammar(work, token) & GRAMMAR(WILL))
            return true;
    work_sentence_frames(work, c->sentence, &frame_first, &frame_last);
    for (uint32_t i = frame_first; i < frame_last; i++) {
        const struct frame *frame = &work->document->frames.at[i];
        bool covers = frame->clause_first <= c->first && c->first < frame->clause_last;
        if (covers && (frame->flags & FRAME_FUTURE))
            return true;
    }
    return false;
}

static uint8_t status_from_clause(const struct work *work, const struct candidate *c)
{
    if (c->past_ref)
        return MEETING_STATUS_HELD;
    return c->next_ref || is_ahead(work, c) ? MEETING_STATUS_PLANNED : MEETING_STATUS_HELD;
}

// "The commission sits again in 2021": what a verb not in the past sets on a day to come is planned.
static void plan_by_date(const struct work *work, struct candidate *c)
{
    struct date_range published = work->document->published;
    bool known = !date_is_none(published) && published.first.day && !date_is_none(c->date) && !date_overlaps(c->date, published);
    bool present = c->told && c->frame != FRAME_NONE && !(work->document->frames.at[c->frame].flags & FRAME_PAST);
    if (known && present && !c->weekday && c->status == MEETING_STATUS_HELD &&
        date_day_number(c->date.first) > date_day_number(published.first))
        c->status = MEETING_STATUS_PLANNED;
}

// A day of the week is the nearest one on the side that the tense tells. Otherwise: a meeting that was held lies
// before the report, one that is planned not before it: a date on the wrong side is another thing's date.
static void drop_impossible_date(const struct work *work, struct candidate *c)
{
    struct date_range published = work->document->published;
    if (date_is_none(published) || !published.first.day || date_is_none(c->date) || date_overlaps(c->date, published))
        return;
    bool later = date_day_number(c->date.first) > date_day_number(published.first);
    if (c->weekday && later == (c->status == MEETING_STATUS_HELD))
        c->date.first = date_add_days(c->date.first, later ? -7 : 7);
    else if (later ? c->status == MEETING_STATUS_HELD : c->status == MEETING_STATUS_PLANNED)
        c->date = (struct date_range){0};
}

// "The joint working group met", "the working group held its first meeting": the body in the clause tells the type. Returns its mention.
static uint32_t take_body(const struct work *work, struct candidate *c, uint32_t clause_first, uint32_t clause_last)
{
    uint32_t first, last;
    bool behind = pack_inflects(work_pack(work, c->sentence));  // the subject may follow its verb
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool relative = m->last + 1 == clause_first && (work_grammar(work, clause_first) & GRAMMAR(WHICH));    // "the committee, which met"
        bool inside = relative || (m->first >= clause_first && (behind || m->first < c->first) && m->first < clause_last);
        if (m->kind != MENTION_BODY || (m->flags & (MENTION_INSIDE | MENTION_PLURAL)) || !inside || m->code == MEETING_SESSION)
            continue;
        c->type = (uint8_t)m->code;
        if (m->parties.count > 1)
            c->parties = m->parties;
        return i;
    }
    return MENTION_NONE;
}

static bool in_trigger(const struct work *work, uint32_t token)
{
    return work->document->triggers.covering && work->document->triggers.covering[token] != SPAN_NONE;
}

// "In the meeting they agreed …": the meeting is where it happens, not what the verb speaks of.
static bool is_setting(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    uint64_t place = GRAMMAR(IN) | GRAMMAR(DURING);
    if (work_pack(work, m->sentence)->config.head == HEAD_FINAL)
        return m->last < sentence->last && (work_grammar(work, m->last) & place);
    uint32_t token = m->first;
    bool endings = pack_inflects(work_pack(work, m->sentence));
    while (token > sentence->first && (work_grammar(work, token - 1) & GRAMMAR(DETERMINER)))
        token--;
    for (int words = 0; endings && words < SETTING_WORDS && token > sentence->first; words++) {    // "at their first in a year meeting"
        const struct token *before = &work->document->tokens.at[token - 1];
        bool word = before->kind == TOKEN_WORD && !(before->flags & TOKEN_CAPITAL);
        if (!word || (work_grammar(work, token - 1) & place) || in_trigger(work, token - 1))
            break;
        token--;
    }
    bool own = token > sentence->first && !in_trigger(work, token - 1);    // not "took part in"
    return token > sentence->first && (own || !endings) && (work_grammar(work, token - 1) & place);
}

// "Eight papers were signed during the ninth session": it was held.
static bool happened_during(const struct work *work, const struct mention *m, const struct frame *frame)
{
    bool during = m->last < work->document->sentences.at[m->sentence].last && (work_grammar(work, m->last) & GRAMMAR(DURING));
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL;
    bool past = (frame->flags & FRAME_PAST) && !(frame->flags & (FRAME_FUTURE | FRAME_MAY | FRAME_NOT | FRAME_IF));
    return during && final && m->ordinal && past;
}

// The word by itself is one for a sitting ("meeting", "session") and not for talks.
static bool is_session_word(const struct work *work, const struct mention *m)
{
    const struct pack *pack = work_pack(work, m->sentence);
    uint32_t node = 0, count = 0, word = work->document->tokens.at[m->last - 1].word;
    if (!word || !pack_step(pack, &node, word))
        return false;
    const struct pack_form *forms = pack_forms(pack, node, &count);
    for (uint32_t i = 0; i < count; i++)
        if (pack->lexemes.at[forms[i].lexeme].kind == LEXICON_MEETING && pack->lexemes.at[forms[i].lexeme].value == MEETING_SESSION)
            return true;
    return false;
}

// "Met on the sidelines of the summit": where verbs follow, a summit or forum with a mark of place or time is the occasion of the meeting
// that the verb tells of, and not that meeting.
static bool is_occasion(const struct work *work, const struct mention *m, uint32_t frame)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    uint64_t marks = GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(DURING) | GRAMMAR(AFTER) | GRAMMAR(BEFORE);
    bool large = m->code == MEETING_SUMMIT || m->code == MEETING_FORUM;
    if (!large || frame == FRAME_NONE || work_pack(work, m->sentence)->config.head != HEAD_FINAL || m->last >= sentence->last)
        return false;
    return work_rule(work, frame)->makes == MEETING_MEETING && (work_grammar(work, m->last) & marks);
}

// The clause of these talks names the summit or forum on whose occasion they are.
static bool has_occasion(const struct work *work, const struct candidate *c, uint32_t frame)
{
    uint32_t first, last;
    if (frame == FRAME_NONE)
        return false;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool before = m->last <= c->first || (m->first >= c->last && work_pack(work, c->sentence)->config.head == HEAD_FINAL);
        if (m->kind == MENTION_MEETING && before && is_occasion(work, m, frame))
            return true;
    }
    return false;
}

// "The session, due to open on Thursday, was called off": a verb that undoes a meeting reaches over what is put in between.
static uint32_t undoing_frame(const struct work *work, const struct mention *m)
{
    uint32_t first, last;
    work_sentence_frames(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct frame *frame = &work->document->frames.at[i];
        uint8_t value = work_rule(work, i)->meeting.value;
        bool undoes = value == MEETING_STATUS_POSTPONED || value == MEETING_STATUS_CANCELLED;
        // where the verb comes last, it undoes the meeting that stands right before it, though a participle before that says it was held
        bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL && frame->first - m->last <= 2 && !(frame->flags & FRAME_NOUN);
        if (undoes && ((frame->flags & FRAME_PASSIVE) || final) && !(frame->flags & (FRAME_NOT | FRAME_MAY | FRAME_IF)) &&
            frame->first >= m->last)
            return i;
    }
    return FRAME_NONE;
}

// "Held talks by video link": words in the meeting's clause that make a call of it.
static bool is_remote(const struct work *work, const struct candidate *c)
{
    uint32_t first, last;
    work_sentence_frames(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct frame *frame = &work->document->frames.at[i];
        bool here = frame->clause_first <= c->first && c->first < frame->clause_last;
        bool means = (frame->flags & FRAME_NOUN) || work_pack(work, c->sentence)->config.head == HEAD_FINAL;
        if (here && work_rule(work, i)->makes == MEETING_CALL && means)
            return true;
    }
    return false;
}

// "The visit of X", "X's visit": the person whose visit it is, MENTION_NONE if the words do not say.
static uint32_t visitor_of(const struct work *work, const struct mention *visit)
{
    uint32_t first, last;
    if (work_pack(work, visit->sentence)->config.head != HEAD_INITIAL)
        return MENTION_NONE;
    work_sentence_mentions(work, visit->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind != MENTION_PERSON || m->entity >= work->document->people.count)
            continue;
        bool behind = m->first > visit->last && m->first - visit->last <= 2 && (work_grammar(work, visit->last) & GRAMMAR(OF));
        if (behind || (m->last < visit->first && visit->first - m->last <= 2))
            return m->entity;
    }
    return MENTION_NONE;
}

// "It was the third session of …": what the report tells of is said to be this.
static bool is_equated(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    uint32_t token = m->first;
    if (work_pack(work, m->sentence)->config.head != HEAD_INITIAL)
        return false;
    while (token > sentence->first && (work_grammar(work, token - 1) & GRAMMAR(DETERMINER)))
        token--;
    if (token < sentence->first + 2 || token > sentence->first + 4 || !(work_grammar(work, token - 1) & GRAMMAR(BE)))
        return false;
    return work_grammar(work, token - 2) & (GRAMMAR(PRONOUN) | GRAMMAR(DETERMINER));
}

static bool from_mention(const struct work *work, uint32_t index, struct candidate *c)
{
    const struct mention *m = work_mention(work, index);
    uint32_t frame = work->document->governed_by[index];
    if (m->kind == MENTION_MEETING && is_occasion(work, m, frame))
        frame = FRAME_NONE;
    struct reading reading = read_meeting(work, frame);
    uint32_t undone = m->kind == MENTION_MEETING ? undoing_frame(work, m) : FRAME_NONE;
    if (undone != FRAME_NONE)
        reading = read_meeting(work, undone);
    if (m->kind == MENTION_BODY) {
        // one who chairs by title ("the co-chairman of the commission") does not tell that it sat
        bool title = frame != FRAME_NONE && (work->document->frames.at[frame].flags & FRAME_NOUN) &&
                     work_pack(work, m->sentence)->config.head == HEAD_INITIAL;
        bool chaired = frame != FRAME_NONE && work_rule(work, frame)->role == ROLE_CHAIR && !title;
        // "a joint committee is to be set up", "launched a working group": the body has been made and has not sat
        bool made = reading.frame != FRAME_NONE && work_rule(work, reading.frame)->commitment.value == STANCE_DONE;
        if (m->ordinal == 0 && (reading.value >= VALUE_UNSET || made) && !chaired) {
            set_fate(work, index, FATE_NOTHING_OWN);
            return false;
        }
    } else if (m->kind != MENTION_MEETING) {
        return false;
    }
    if (reading.value == CODE_NONE)
        set_fate(work, index, FATE_NO_VALUE);
    if ((m->flags & MENTION_INSIDE) || reading.value == CODE_NONE)
        return false;
    if (m->code == MEETING_SESSION && !m->ordinal && is_parliaments(work, m))
        return false;
    *c = (struct candidate){
        .type = (uint8_t)m->code,
        .told = reading.value < VALUE_UNSET && !is_setting(work, m),
        .past_ref = m->flags & MENTION_PAST_REF,
        .next_ref = m->flags & MENTION_NEXT_REF,
        .plural = m->flags & MENTION_PLURAL,
        .round = m->flags & MENTION_ROUND,
        .equated = is_equated(work, m),
        .ordinal = m->ordinal,
        .mention = index,
        .object = MENTION_NONE,
        .visitor = MENTION_NONE,
        .frame = reading.frame,
        .host = reading.frame != FRAME_NONE && work_rule(work, reading.frame)->role == ROLE_HOST,
        .sentence = m->sentence,
        .first = m->first,
        .last = m->last,
    };
    if (m->parties.count > 1)
        c->parties = m->parties;
    c->apart = c->type == MEETING_MEETING && has_occasion(work, c, frame);
    gather(work, c);
    if (c->type == MEETING_VISIT)
        c->visitor = visitor_of(work, m);
    if (c->ordinal && (c->type == MEETING_SESSION || c->type == MEETING_MEETING)) {
        uint32_t clause_first, clause_last;
        work_clause(work, c->first, &clause_first, &clause_last);
        take_body(work, c, clause_first, clause_last);
    }
    if ((c->type == MEETING_MEETING || c->type == MEETING_SESSION) && !c->ordinal && is_remote(work, c))
        c->type = MEETING_CALL;
    if (!c->told && frame != FRAME_NONE && work_rule(work, frame)->makes < VALUE_UNSET) {
        const struct frame *makes = &work->document->frames.at[frame];
        uint32_t outer = makes->outer == FRAME_NONE ? 0 : work->document->frames.at[makes->outer].flags & (FRAME_FUTURE | FRAME_MAY);
        c->told = true;
        reading.value = status_from_flags(makes->flags | outer);
    }
    c->numbered_talks = m->ordinal && !is_session_word(work, m);
    if (!c->told && frame != FRAME_NONE && happened_during(work, m, &work->document->frames.at[frame])) {
        c->told = true;
        reading.value = MEETING_STATUS_HELD;
    }
    c->status = c->told ? reading.value : status_from_clause(work, c);
    if (c->past_ref && c->status == MEETING_STATUS_PLANNED && !c->told)
        c->status = MEETING_STATUS_HELD;
    plan_by_date(work, c);
    drop_impossible_date(work, c);
    return true;
}

// True if the frame's clause names a meeting that says the same thing ("met for the fifth round of consultations").
static bool has_meeting_noun(const struct work *work, const struct frame *frame)
{
    uint32_t first, last;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool noun = (m->kind == MENTION_MEETING || (m->kind == MENTION_BODY && m->ordinal)) && !(m->flags & MENTION_INSIDE);
        bool governed = work->document->governed_by[i] != FRAME_NONE &&
                        &work->document->frames.at[work->document->governed_by[i]] == frame;
        if (noun && governed && m->code != MEETING_VISIT && !is_occasion(work, m, work->document->governed_by[i]))
            return true;
    }
    return false;
}

// "Will host the premier for a state visit": the visit is the meeting.
static bool hosts_visit(const struct work *work, uint32_t index)
{
    uint32_t first, last;
    work_sentence_mentions(work, work->document->frames.at[index].sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work_mention(work, i)->kind == MENTION_MEETING && work_mention(work, i)->code == MEETING_VISIT &&
            work->document->governed_by[i] == index)
            return work_pack(work, work_mention(work, i)->sentence)->config.head == HEAD_INITIAL;
    return false;
}

// "The king received the envoy": who hosts a person meets him. Hosting a session is no meeting of its own.
static bool hosts_person(const struct work *work, uint32_t index)
{
    const struct frame *frame = &work->document->frames.at[index];
    uint32_t first, last;
    if (work_rule(work, index)->role != ROLE_HOST || work_rule(work, index)->makes < VALUE_UNSET)
        return false;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work_mention(work, i)->kind == MENTION_PERSON && !(work_mention(work, i)->flags & MENTION_AGENT) &&
            work->document->governed_by[i] == index)
            return !has_meeting_noun(work, frame) && !hosts_visit(work, index);
    return false;
}

// "For the seventh time sat the commission": the verb stands within the words that name the session.
static bool inside_meeting(const struct work *work, const struct frame *frame)
{
    uint32_t first, last;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_MEETING && m->first <= frame->first && frame->last <= m->last)
            return true;
    }
    return false;
}

static bool from_frame(const struct work *work, uint32_t index, struct candidate *c)
{
    const struct frame *frame = &work->document->frames.at[index];
    uint8_t makes = hosts_person(work, index) ? MEETING_MEETING : work_rule(work, index)->makes;
    bool open_ended = (frame->flags & FRAME_NONFINITE) && frame->outer == FRAME_NONE && !work_is_title(work, frame->sentence);
    if (makes >= VALUE_UNSET || (frame->flags & (FRAME_NOT | FRAME_IF)) || open_ended)
        return false;
    if (makes == MEETING_MEETING && (has_meeting_noun(work, frame) || inside_meeting(work, frame)))
        return false;
    bool invited = makes == MEETING_VISIT && (frame->flags & FRAME_NONFINITE) && frame->outer != FRAME_NONE &&
                   work_rule(work, frame->outer)->commitment.value == STANCE_PROPOSED;
    struct reading reading = read_meeting(work, index);
    if (reading.value == CODE_NONE)
        return false;
    uint32_t flags = frame->flags;
    // "will visit X on a state visit": one visit
    if (frame->outer != FRAME_NONE && work_rule(work, frame->outer)->makes == makes && (frame->flags & FRAME_NOUN))
        return false;
    if (frame->outer != FRAME_NONE)
        flags |= work->document->frames.at[frame->outer].flags & (FRAME_FUTURE | FRAME_MAY);
    if ((frame->flags & FRAME_NONFINITE) && work_is_title(work, frame->sentence))
        flags |= FRAME_FUTURE;
    *c = (struct candidate){
        .type = makes,
        .status = reading.value < VALUE_UNSET ? reading.value : status_from_flags(flags),
        .told = true,
        .from_frame = true,
        .mention = MENTION_NONE,
        .object = MENTION_NONE,
        .visitor = MENTION_NONE,
        .frame = index,
    };
    candidate_gather(work, c, frame);
    if (invited && date_is_none(c->date))   // "asked him to visit Moscow": nobody has said that he will
        return false;
    c->apart = makes == MEETING_MEETING && has_occasion(work, c, index);
    c->past_ref = frame->first > work->document->sentences.at[frame->sentence].first &&
                  (work_grammar(work, frame->first - 1) & GRAMMAR(PREVIOUS));    // "last met in 2023"
    const struct sentence *sentence = &work->document->sentences.at[frame->sentence];
    bool ahead = (frame->flags & (FRAME_FUTURE | FRAME_NONFINITE)) && c->status == MEETING_STATUS_PLANNED;
    c->next_ref = ahead && frame->last < sentence->last && (work_grammar(work, frame->last) & GRAMMAR(NEXT));   // "intend to meet again"
    bool free_order = pack_inflects(work_pack(work, frame->sentence));
    for (uint32_t token = frame->clause_first; free_order && token < frame->first; token++)     // "next time the delegations will meet"
        c->next_ref |= (frame->flags & FRAME_FUTURE) && (work_grammar(work, token) & GRAMMAR(NEXT));
    if (c->type == MEETING_MEETING && work_pack(work, frame->sentence)->config.head == HEAD_FINAL && is_remote(work, c))
        c->type = MEETING_CALL;
    if (c->type == MEETING_MEETING)
        c->mention = take_body(work, c, frame->clause_first, frame->clause_last);
    c->from_frame = c->mention == MENTION_NONE;
    plan_by_date(work, c);
    drop_impossible_date(work, c);
    return true;
}

// "Met the president, the premier and the speaker": the named holders of offices of one party whom the verb governs.
static uint32_t objects_of(const struct work *work, const struct candidate *c, uint32_t objects[OBJECTS_MAX])
{
    const struct frame *frame = &work->document->frames.at[c->frame];
    uint32_t first, last, count = 0;
    uint16_t party = PARTY_NONE;
    if (c->type != MEETING_MEETING || work_pack(work, c->sentence)->config.head != HEAD_INITIAL || (frame->flags & FRAME_PASSIVE))
        return 0;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last && count < OBJECTS_MAX; i++) {
        const struct mention *m = work_mention(work, i);
        bool named = m->kind == MENTION_PERSON && m->entity < work->document->people.count;
        if (!named || m->first < frame->last || m->first >= frame->clause_last || work->document->governed_by[i] != c->frame)
            continue;
        const struct person *person = &work->document->people.at[m->entity];
        if (person->party == PARTY_NONE || person->office == CODE_NONE || (count && person->party != party))
            return 0;
        party = person->party;
        objects[count++] = m->entity;
    }
    for (uint32_t i = first; i < last; i++) {     // who meets stands before the verb and is of another party
        const struct mention *m = work_mention(work, i);
        bool subject = m->kind == MENTION_PERSON && m->entity < work->document->people.count && m->first < frame->first;
        if (subject && work->document->people.at[m->entity].party == party)
            return 0;
    }
    return count;
}

// One candidate for each whom the verb says somebody met, all with the same subject.
static void push_objects(const struct work *work, candidate_vec *candidates, struct candidate *c)
{
    uint32_t objects[OBJECTS_MAX], count = objects_of(work, c, objects);
    c->object = count == 1 ? objects[0] : MENTION_NONE;
    if (count < 2) {
        vec_push(work->document->arena, candidates, *c);
        return;
    }
    for (uint32_t k = 0; k < count && candidates->count < CANDIDATES_MAX; k++) {
        struct candidate one = *c;
        one.people_count = 0;
        one.object = objects[k];
        one.further = k > 0;
        for (uint32_t i = 0; i < c->people_count; i++) {
            bool other = false;
            for (uint32_t j = 0; j < count; j++)
                other |= j != k && c->people[i] == objects[j];
            if (!other)
                one.people[one.people_count++] = c->people[i];
        }
        vec_push(work->document->arena, candidates, one);
    }
}

static int by_position(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->first == y->first)
        return x->further - y->further;
    return (x->first > y->first) - (x->first < y->first);
}

void candidates_find(const struct work *work, candidate_vec *candidates)
{
    struct candidate candidate;
    for (uint32_t i = 0; i < work->document->mentions.count && candidates->count < CANDIDATES_MAX; i++)
        if (from_mention(work, i, &candidate))
            vec_push(work->document->arena, candidates, candidate);
    for (uint32_t i = 0; i < work->document->frames.count && candidates->count < CANDIDATES_MAX; i++)
        if (from_frame(work, i, &candidate))
            push_objects(work, candidates, &candidate);
    if (candidates->count > 1)
        qsort(candidates->at, candidates->count, sizeof *candidates->at, by_position);
}
