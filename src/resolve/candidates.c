// SPDX-License-Identifier: MIT
// Finds every place where the report speaks of a meeting: meeting nouns, bodies in the place of their session ("co-chaired the
// commission"), and verbs that are a meeting by themselves (met, visited, telephoned). Beside each stands what its clause says.
//
// A verb whose clause names the meeting by a noun gives no second candidate; one that names several persons whom somebody met gives one
// for each.
#include "resolve/candidates.h"

#include <stdlib.h>

// Nothing between the two is a verb.
static bool is_joined(const struct work *work, uint32_t first, uint32_t last)
{
    for (uint32_t token = first; token < last; token++)
        if (work_in_trigger(work, token))
            return false;
    return true;
}

// "The Duma at its plenary session", "the session of the cabinet": what a parliament or a government sits for by itself is no dealing.
// Where words inflect, councils of ministers and intergovernmental councils of several states are named by the same nouns.
static bool is_of_one_state(const struct work *work, const struct mention *m)
{
    uint32_t first, last;
    bool inflects = pack_inflects(work_pack(work, m->sentence));
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *organ = work_mention(work, i);
        bool before = organ->last <= m->first && m->first - organ->last <= 4;
        bool behind = organ->first >= m->last && organ->first - m->last <= 2;
        uint16_t class = before || behind ? work_organ(work, organ) : ORGAN_MINISTRY;
        bool own = class == ORGAN_GOVERNMENT && !inflects && (behind || is_joined(work, organ->last, m->first));
        if (own || ((before || behind) && class == ORGAN_PARLIAMENT))
            return true;
    }
    return false;
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

// "Encounter": a noun that by itself tells that people met, and no round of talks, however often they did.
static bool is_encounter(const struct work *work, const struct mention *m)
{
    const struct span_layer *triggers = &work->document->triggers;
    uint32_t at = triggers->covering ? triggers->covering[m->last - 1] : SPAN_NONE;
    if (at == SPAN_NONE || triggers->at[at].first < m->first || triggers->at[at].last > m->last)
        return false;
    const struct pack *pack = work_pack(work, m->sentence);
    return pack->rules.at[pack->lexemes.at[triggers->at[at].lexeme].value].makes == MEETING_MEETING;
}

// "For the third time": how often people met, which makes no round of talks of it.
static bool counts_occasions(const struct work *work, const struct mention *m)
{
    const struct lexeme *lexeme = m->lexeme == UINT32_MAX ? NULL : &work_pack(work, m->sentence)->lexemes.at[m->lexeme];
    return lexeme && lexeme->kind == LEXICON_GRAMMAR && (lexeme->classes & GRAMMAR(OCCASION));
}

static bool is_talk_word(const struct work *work, const struct mention *m)
{
    return m->kind == MENTION_MEETING && !is_session_word(work, m) && !is_encounter(work, m);
}

// "The visit of X", "X's visit": the person whose visit it is, MENTION_NONE if the words do not say.
static uint32_t visitor_of(const struct work *work, const struct mention *visit)
{
    uint32_t first, last;
    const struct pack *pack = work_pack(work, visit->sentence);
    if (pack->config.head != HEAD_INITIAL || pack_inflects(pack))
        return MENTION_NONE;
    uint32_t owner = MENTION_NONE;
    work_sentence_mentions(work, visit->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind != MENTION_PERSON || m->entity >= work->document->people.count)
            continue;
        bool behind = m->first > visit->last && m->first - visit->last <= 2 && (work_grammar(work, visit->last) & GRAMMAR(OF));
        uint32_t opening = work_with_articles(work, visit);
        uint64_t between = opening > 0 ? work_grammar(work, opening - 1) : 0;
        bool marked = between & (GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR) | GRAMMAR(TO) | GRAMMAR(BY) | GRAMMAR(DURING));
        if (behind)
            return m->entity;
        if (m->last < visit->first && visit->first - m->last <= 2 && !marked)   // "X's visit", not "a statement by X on the visit"
            owner = m->entity;
    }
    return owner;
}

// "It was the third session of …": what the report tells of is said to be this.
static bool is_equated(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    uint32_t token = work_with_articles(work, m);
    if (work_pack(work, m->sentence)->config.head != HEAD_INITIAL)
        return false;
    bool number = pack_inflects(work_pack(work, m->sentence)) && m->ordinal && m->last == m->first + 1;     // its noun is left out
    if (number && token > sentence->first + 1 && ((work_grammar(work, token - 1) | work_grammar(work, token - 2)) & GRAMMAR(PRONOUN)))
        return true;
    if (token < sentence->first + 2 || token > sentence->first + 4 || !(work_grammar(work, token - 1) & GRAMMAR(BE)))
        return false;
    return work_grammar(work, token - 2) & (GRAMMAR(PRONOUN) | GRAMMAR(DETERMINER));
}

// "The commission discussed ports in Oslo on Tuesday": where verbs follow their subject, a body of two that has done something of which
// the day and the place are told has sat there.
static bool acts_somewhere(const struct work *work, const struct mention *body, uint32_t index)
{
    const struct frame *frame = index == FRAME_NONE ? NULL : &work->document->frames.at[index];
    const uint32_t open = FRAME_FUTURE | FRAME_MAY | FRAME_NOT | FRAME_IF | FRAME_NOUN | FRAME_NONFINITE | FRAME_PASSIVE;
    bool initial = work_pack(work, body->sentence)->config.head == HEAD_INITIAL && !pack_inflects(work_pack(work, body->sentence));
    if (!initial || !frame || !(frame->flags & FRAME_PAST) || (frame->flags & open) || body->last > frame->first ||
        (body->flags & MENTION_PLURAL))
        return false;
    uint8_t stance = work_rule(work, index)->commitment.value;
    uint32_t first, last;
    bool date = false, place = false;
    work_sentence_mentions(work, body->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool here = m->first >= frame->clause_first && m->first < frame->clause_last && !(m->flags & MENTION_DATELINE);
        date |= here && m->kind == MENTION_DATE && m->date.first.day;
        place |= here && m->kind == MENTION_PLACE && (m->flags & MENTION_LOCATIVE) && m->city != CITY_NONE;
    }
    return date && place && (stance == STANCE_DISCUSSED || stance == STANCE_AGREED);
}

// Whether a body's mention stands for a session of it. One who chairs by title ("the co-chairman of the commission") does not tell that it
// sat; a body that is made ("launched a working group", "a joint committee is to be set up") has not sat yet.
static bool stands_for_session(const struct work *work, const struct mention *body, uint32_t frame, const struct reading *reading)
{
    bool title = frame != FRAME_NONE && (work->document->frames.at[frame].flags & FRAME_NOUN) &&
                 work_pack(work, body->sentence)->config.head == HEAD_INITIAL;
    bool chair = frame != FRAME_NONE && work_rule(work, frame)->role == ROLE_CHAIR;
    bool made = reading->frame != FRAME_NONE && work_rule(work, reading->frame)->commitment.value == STANCE_DONE;
    return body->ordinal || acts_somewhere(work, body, frame) || (chair ? !title : reading->value < VALUE_UNSET && !made);
}

// "The forum, which will be held in June": the verb of the relative clause right behind the mention, if it tells of meetings; FRAME_NONE.
static uint32_t relative_frame(const struct work *work, const struct mention *m)
{
    uint32_t first, last, clause = m->last;
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    while (clause < sentence->last && clause < m->last + 2 && !(work_grammar(work, clause) & GRAMMAR(WHICH)))
        clause++;
    bool initial = work_pack(work, m->sentence)->config.head == HEAD_INITIAL;
    if (!initial || clause >= sentence->last || clause >= m->last + 2)
        return FRAME_NONE;
    work_sentence_frames(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct frame *frame = &work->document->frames.at[i];
        bool here = frame->first > clause && frame->clause_first <= clause + 1 && frame->clause_first + 1 >= m->last;
        if (here && !(frame->flags & (FRAME_NOUN | FRAME_ATTRIBUTE)))
            return work_rule(work, i)->meeting.value < VALUE_UNSET ? i : FRAME_NONE;
    }
    return FRAME_NONE;
}

// The verb that governs the mention, unless it is of another meeting whose occasion this one is; one that undoes the meeting comes first.
static struct reading read_mention(const struct work *work, const struct mention *m, uint32_t frame)
{
    uint32_t undone = m->kind == MENTION_MEETING ? undoing_frame(work, m, frame) : FRAME_NONE;
    uint32_t relative = m->kind == MENTION_MEETING && undone == FRAME_NONE ? relative_frame(work, m) : FRAME_NONE;
    uint32_t verb = undone != FRAME_NONE ? undone : frame;
    struct reading reading = m->code == MEETING_VISIT ? read_meeting(work, verb) : read_session(work, verb);
    bool off = reading.value == MEETING_STATUS_POSTPONED || reading.value == MEETING_STATUS_CANCELLED;
    off |= relative != FRAME_NONE && was_held_after(work, relative, frame);
    return relative == FRAME_NONE || off ? reading : read_meeting(work, relative);
}

// "His visit with the premier": where verbs come first, a visit with somebody is a meeting.
static bool is_with_somebody(const struct work *work, const struct candidate *c)
{
    uint32_t first, last;
    if (work_pack(work, c->sentence)->config.case_marks != CASE_BEFORE || c->last >= work->document->sentences.at[c->sentence].last ||
        !(work_grammar(work, c->last) & GRAMMAR(WITH)))
        return false;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work_mention(work, i)->kind == MENTION_PERSON && work_mention(work, i)->first == c->last + 1)
            return true;
    return false;
}

// "Meeting in Oslo on Monday, the commission …": the noun of a sitting opens the sentence, behind its dateline at most, as a verb does.
static bool opens_as_verb(const struct work *work, const struct candidate *c)
{
    const struct sentence *sentence = &work->document->sentences.at[c->sentence];
    const struct pack *pack = work_pack(work, c->sentence);
    if (pack->config.head != HEAD_INITIAL || pack_inflects(pack) || c->last >= sentence->last || c->last != c->first + 1)
        return false;
    bool begins = c->first == sentence->first || work->document->tokens.at[c->first - 1].kind == TOKEN_PUNCT;
    return begins && (work_grammar(work, c->last) & GRAMMAR(IN));
}

// The body that stands behind such a noun is the one that met.
static void take_body_behind(const struct work *work, struct candidate *c)
{
    uint32_t first, last;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind != MENTION_BODY || m->first < c->last || (m->flags & (MENTION_INSIDE | MENTION_PLURAL)) || m->code == MEETING_SESSION)
            continue;
        c->type = (uint8_t)m->code;
        if (m->parties.count > 1)
            c->parties = m->parties;
        return;
    }
}

// The type is that of the body in the clause, or a call's where the clause says so; heads of many states who meet hold a summit.
static void settle_type(const struct work *work, struct candidate *c)
{
    bool talk = c->type == MEETING_MEETING || c->type == MEETING_SESSION;
    if (talk && c->ordinal) {
        uint32_t clause_first, clause_last;
        work_clause(work, c->first, &clause_first, &clause_last);
        take_body(work, c, clause_first, clause_last);
    } else if (c->type == MEETING_SESSION && opens_as_verb(work, c)) {
        take_body_behind(work, c);
    } else if (talk && is_remote(work, c)) {
        c->type = MEETING_CALL;
    } else if (talk && c->heads.count >= LEADERS_LEAST) {
        c->type = MEETING_SUMMIT;
    }
}

// Its day is before that of the report.
static bool lies_back(const struct work *work, const struct candidate *c)
{
    struct date_range published = work->document->published;
    if (date_is_none(c->date) || date_is_none(published) || date_overlaps(c->date, published))
        return false;
    return date_day_number(c->date.first) < date_day_number(published.first);
}

// "Beside a meeting with X he will call on Y": where verbs come last, the noun that another deed is told beside shares its verb.
static uint32_t flags_beside(const struct work *work, uint32_t index)
{
    const struct frame *frame = &work->document->frames.at[index];
    const struct sentence *sentence = &work->document->sentences.at[frame->sentence];
    uint32_t first, last;
    bool final = work_pack(work, frame->sentence)->config.head == HEAD_FINAL, noun = frame->flags & FRAME_NOUN;
    if (!final || !noun || frame->last >= sentence->last || !(work_grammar(work, frame->last) & (GRAMMAR(AND) | GRAMMAR(INCLUDING))))
        return 0;
    work_sentence_frames(work, frame->sentence, &first, &last);
    for (uint32_t i = index + 1; i < last; i++)
        if (!(work->document->frames.at[i].flags & FRAME_NOUN) && work_rule(work, i)->makes < VALUE_UNSET)
            return work->document->frames.at[i].flags & (FRAME_FUTURE | FRAME_MAY);
    return 0;
}

// "Agreed to meet in June", "wants to meet", "called on them to meet": what an open form under such a verb tells of lies ahead. Where verbs
// come last, one with the mark "after" does not.
static bool is_agreed_upon(const struct work *work, const struct frame *frame)
{
    if (!(frame->flags & FRAME_NONFINITE) || frame->outer == FRAME_NONE)
        return false;
    const struct frame *outer = &work->document->frames.at[frame->outer];
    const struct rule *rule = work_rule(work, frame->outer);
    uint8_t stance = rule->commitment.value;
    bool ahead = stance == STANCE_AGREED || stance == STANCE_PLANNED || stance == STANCE_PROPOSED ||
                 rule->meeting_over == MEETING_STATUS_PLANNED;
    if (work_pack(work, frame->sentence)->config.head == HEAD_INITIAL)
        return ahead && outer->first < frame->first;
    uint32_t behind = frame->verb_last > frame->last ? frame->verb_last : frame->last;
    uint64_t marks = behind < work->document->sentences.at[frame->sentence].last ? work_grammar(work, behind) : 0;
    return ahead && !((marks | work_grammar(work, behind - 1)) & (GRAMMAR(AFTER) | GRAMMAR(DURING) | GRAMMAR(IN)));
}

// "Since the seventh session, half of it has been done": what time is counted from has been held, whatever is told of the time behind it.
static bool is_counted_from(const struct work *work, const struct mention *m)
{
    const struct pack *pack = work_pack(work, m->sentence);
    uint32_t token = work_with_articles(work, m);
    return pack->config.case_marks == CASE_BEFORE && !pack_inflects(pack) && m->ordinal &&
           token > work->document->sentences.at[m->sentence].first && (work_grammar(work, token - 1) & GRAMMAR(SINCE));
}

// Held, ahead or undone: told by the reading, by a verb that makes the meeting, or by what happened during it; else by its clause.
static void tell_status(const struct work *work, struct candidate *c, uint32_t frame, uint8_t value)
{
    const struct mention *m = work_mention(work, c->mention);
    const struct frame *governor = frame == FRAME_NONE ? NULL : &work->document->frames.at[frame];
    bool travels = governor && work_rule(work, frame)->makes == MEETING_VISIT && c->type != MEETING_VISIT && is_purpose(work, m);
    bool ahead = governor && (governor->flags & (FRAME_FUTURE | FRAME_MAY));
    if (!c->told && travels && !ahead && !c->past_ref) {    // "flew in for talks": they are to come
        rank_sentence(work, c);
        if (!lies_back(work, c)) {
            c->status = MEETING_STATUS_PLANNED;
            return;
        }
        work->document->weighed.count = c->weighed_first;
    }
    if (!c->told && governor && work_rule(work, frame)->makes < VALUE_UNSET) {
        uint32_t outer = governor->outer == FRAME_NONE ? 0 : work->document->frames.at[governor->outer].flags & (FRAME_FUTURE | FRAME_MAY);
        c->told = true;
        c->frame = frame;
        bool agreed = work_pack(work, m->sentence)->config.head == HEAD_FINAL && is_agreed_upon(work, governor);
        if (agreed && m->code == MEETING_MEETING)
            c->type = MEETING_MEETING;      // "by telephone they agreed to meet"
        value = status_from_flags(governor->flags | outer | flags_beside(work, frame) | (agreed ? FRAME_FUTURE : 0));
    }
    if ((governor && ((!c->told && happened_during(work, m, governor)) || was_before(work, m, governor))) || is_counted_from(work, m)) {
        c->told = true;
        value = MEETING_STATUS_HELD;
    }
    c->status = c->told ? value : status_from_clause(work, c);
    if (is_before_event(work, c) && !c->past_ref && c->status == MEETING_STATUS_HELD)
        c->status = MEETING_STATUS_PLANNED;
    rank_sentence(work, c);
    plan_by_date(work, c);
}

// "The Camp David Summit": where names have capitals, a capitalised word right before the meeting's noun, which has one, too.
static bool is_named(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    const struct token *noun = &work->document->tokens.at[m->last - 1];
    if (work_pack(work, m->sentence)->config.plain_names || !(noun->flags & TOKEN_CAPITAL) || work_is_title(work, m->sentence))
        return false;
    bool alone = m->last - 1 == m->first;
    if (alone && m->first <= sentence->first + 1)
        return false;
    const struct token *before = noun - 1;
    return before->kind == TOKEN_WORD && (before->flags & TOKEN_CAPITAL);
}

// "The Negotiations Commission": where names have capitals, the noun of talks stands within the name of something else.
static bool continues_name(const struct work *work, const struct mention *m)
{
    const struct document *document = work->document;
    bool talks = m->kind == MENTION_MEETING && (m->code == MEETING_MEETING || m->code == MEETING_CONSULTATIONS);
    bool body = document->paragraphs.at[document->sentences.at[m->sentence].paragraph].role == PARAGRAPH_BODY;
    if (!talks || !body || m->last >= document->sentences.at[m->sentence].last || work_pack(work, m->sentence)->config.plain_names)
        return false;
    const struct token *noun = &document->tokens.at[m->last - 1], *next = noun + 1;
    uint32_t known = document->lexicon.covering[m->last];
    const struct lexeme *word = known == SPAN_NONE ? NULL : &work_pack(work, m->sentence)->lexemes.at[document->lexicon.at[known].lexeme];
    bool strange = !word || (word->kind == LEXICON_BODY && word->attribute == BODY_IS_OF_TWO);
    bool name = next->kind == TOKEN_WORD && (next->flags & TOKEN_CAPITAL) && strange;
    return name && (noun->flags & TOKEN_CAPITAL) && m->first > document->sentences.at[m->sentence].first;
}

#define CLUB_GAP 2          // tokens between an organisation and its summit: "of", "annual"

// "The G20 summit": the organisation that the meeting's own words name, and no other party; else the one whose name stands right before.
static uint16_t club_of(const struct work *work, const struct mention *m)
{
    uint32_t first, last;
    bool large = m->code == MEETING_SUMMIT || m->code == MEETING_FORUM;
    if (m->parties.count > 1 || m->code == MEETING_CALL || m->code == MEETING_VISIT)
        return PARTY_NONE;
    if (m->parties.count == 1)
        return work->world->parties.at[m->parties.at[0]].state ? PARTY_NONE : m->parties.at[0];
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = first; large && i < last && work_mention(work, i)->last <= m->first; i++) {
        const struct mention *party = work_mention(work, i);
        bool beside = party->kind == MENTION_PARTY && !(party->flags & MENTION_INSIDE) && m->first - party->last <= CLUB_GAP;
        for (uint32_t token = party->last; beside && token < m->first; token++)
            beside = (work_grammar(work, token) & GRAMMAR(OF)) || !work_grammar(work, token);
        if (beside && !work->world->parties.at[party->code].state)
            return party->code;
    }
    return PARTY_NONE;
}

// "Put off to the next session": that session is not put off.
static bool is_moved_to(const struct work *work, const struct mention *m, uint8_t status)
{
    bool undone = status == MEETING_STATUS_POSTPONED || status == MEETING_STATUS_CANCELLED;
    uint32_t token = work_with_articles(work, m), first = work->document->sentences.at[m->sentence].first;
    bool initial = work_pack(work, m->sentence)->config.head == HEAD_INITIAL;
    return undone && initial && token > first && (work_grammar(work, token - 1) & (GRAMMAR(IN) | GRAMMAR(TO) | GRAMMAR(UNTIL)));
}

// "A memorandum on political consultations": what a document is about has not been held.
static bool is_subject(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index), *document = index ? m - 1 : NULL;
    uint32_t token = work_with_articles(work, m);
    if (!document || document->kind != MENTION_INSTRUMENT || document->sentence != m->sentence || document->last + 1 != token)
        return false;
    if (m->ordinal || work_pack(work, m->sentence)->config.case_marks != CASE_BEFORE)
        return false;
    return work_grammar(work, token - 1) & (GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR));
}

// "Gave him an invitation to visit X": where verbs come last, a visit that somebody is asked to make.
static bool is_asked_for(const struct work *work, const struct mention *m, uint32_t frame)
{
    const struct rule *rule = m->code == MEETING_VISIT && frame != FRAME_NONE ? work_rule(work, frame) : NULL;
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL;
    return rule && final && rule->commitment.value == STANCE_PROPOSED && rule->makes == VALUE_UNSET;
}

// "Will visit X", where the noun is part of its verb: the verb tells of it.
static bool is_part_of_verb(const struct work *work, const struct mention *m)
{
    uint32_t first, last;
    work_sentence_frames(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last && m->code == MEETING_VISIT; i++) {
        const struct frame *frame = &work->document->frames.at[i];
        bool ahead = !(frame->flags & (FRAME_NOUN | FRAME_NONFINITE)) && work_rule(work, i)->makes == MEETING_VISIT;
        if (ahead && frame->first > m->first && frame->first < m->last && frame->last >= m->last)
            return work_pack(work, m->sentence)->config.head == HEAD_FINAL;
    }
    return false;
}

static bool from_mention(const struct work *work, uint32_t index, struct candidate *c)
{
    const struct mention *m = work_mention(work, index);
    uint32_t frame = work->document->governed_by[index];
    if (m->kind != MENTION_MEETING && m->kind != MENTION_BODY)
        return false;
    bool occasion = m->kind == MENTION_MEETING && is_occasion(work, m, frame);
    if (occasion)
        frame = FRAME_NONE;
    struct reading reading = read_mention(work, m, frame);
    if (m->kind == MENTION_BODY && !stands_for_session(work, m, frame, &reading)) {
        set_fate(work, index, FATE_NOTHING_OWN);
        return false;
    }
    bool denied = frame != FRAME_NONE && work_rule(work, frame)->makes < VALUE_UNSET &&
                  (work->document->frames.at[frame].flags & (FRAME_NOT | FRAME_IF));    // "did not meet him"
    bool means = m->kind == MENTION_MEETING && m->code == MEETING_CALL && frame != FRAME_NONE &&
                 work_rule(work, frame)->makes == MEETING_CALL && is_means(work, &work->document->frames.at[frame]);
    denied |= means;
    if (reading.value == CODE_NONE || denied)
        set_fate(work, index, FATE_NO_VALUE);
    if ((m->flags & MENTION_INSIDE) || reading.value == CODE_NONE || denied || is_subject(work, index))
        return false;
    bool bare = m->code == MEETING_SESSION || (m->kind == MENTION_MEETING && m->code == MEETING_COMMISSION && m->parties.count < 2);
    if (bare && !m->ordinal && is_of_one_state(work, m))
        return false;
    if (continues_name(work, m) || is_part_of_verb(work, m))
        return false;
    *c = (struct candidate){
        .type = (uint8_t)m->code,
        .told = reading.value < VALUE_UNSET && !is_setting(work, m) && !is_moved_to(work, m, reading.value),
        .past_ref = m->flags & MENTION_PAST_REF,
        .next_ref = m->flags & MENTION_NEXT_REF,
        .plural = m->flags & MENTION_PLURAL,
        .round = m->flags & MENTION_ROUND,
        .equated = is_equated(work, m),
        .talks = is_talk_word(work, m),
        .numbered_talks = m->ordinal && is_talk_word(work, m) && !counts_occasions(work, m),
        .ordinal = m->ordinal,
        .mention = index,
        .visitor = m->code == MEETING_VISIT ? visitor_of(work, m) : MENTION_NONE,
        .frame = reading.frame,
        .host = reading.frame != FRAME_NONE && work_rule(work, reading.frame)->role == ROLE_HOST,
        .sentence = m->sentence,
        .first = m->first,
        .last = m->last,
    };
    if (m->parties.count > 1)
        c->parties = m->parties;
    c->club = club_of(work, m);
    c->named = is_named(work, m);
    bool large = c->type == MEETING_SUMMIT || c->type == MEETING_FORUM;
    c->margins = occasion || on_margins(work, m) || (large && is_told_by_other(work, m));
    if (c->type == MEETING_VISIT && is_with_somebody(work, c))
        c->type = MEETING_MEETING;
    candidate_gather_clause(work, c);
    c->apart = c->type == MEETING_MEETING && has_occasion(work, c, frame);
    settle_type(work, c);
    candidate_gather_faces(work, c);
    tell_status(work, c, frame, reading.value);
    if (!is_asked_for(work, m, frame))
        return true;
    c->status = MEETING_STATUS_PLANNED;
    return !date_is_none(c->date);      // nobody has said that he will
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

// "Last met in 2023", "intend to meet again", "next time the delegations will meet": of the session before or to come.
static void take_references(const struct work *work, struct candidate *c, const struct frame *frame)
{
    const struct sentence *sentence = &work->document->sentences.at[frame->sentence];
    bool ahead = (frame->flags & (FRAME_FUTURE | FRAME_NONFINITE)) && c->status == MEETING_STATUS_PLANNED;
    c->past_ref = frame->first > sentence->first && (work_grammar(work, frame->first - 1) & GRAMMAR(PREVIOUS));
    c->next_ref = ahead && frame->last < sentence->last && (work_grammar(work, frame->last) & GRAMMAR(NEXT));
    bool free_order = pack_inflects(work_pack(work, frame->sentence));
    for (uint32_t token = frame->clause_first; token < frame->clause_last; token++) {
        uint64_t classes = work_grammar(work, token);
        bool before = free_order && token < frame->first, time = classes & GRAMMAR(OCCASION);    // "the last time", "next time"
        c->past_ref |= time && (classes & GRAMMAR(PREVIOUS)) && c->status == MEETING_STATUS_HELD;
        c->next_ref |= (before || time) && (frame->flags & FRAME_FUTURE) && (classes & GRAMMAR(NEXT));
    }
}

// "He is expected in Oslo", and not "it is expected in July": a verb that tells of documents, too, tells of a visit only between somebody
// and a place.
static bool lacks_traveller(const struct work *work, uint32_t index)
{
    const struct frame *frame = &work->document->frames.at[index];
    uint32_t first, last;
    bool somebody = false, goal = false;
    bool matter = false, actor = false, strict = work_rule(work, index)->commitment.value < VALUE_UNSET;
    if (work_rule(work, index)->makes != MEETING_VISIT)
        return false;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool before = m->last <= frame->first && m->first >= frame->clause_first && !(m->flags & (MENTION_INSIDE | MENTION_LOCATIVE));
        matter |= before && m->kind == MENTION_TOPIC;
        actor |= before && m->kind != MENTION_TOPIC && m->kind != MENTION_DATE && m->kind != MENTION_PLACE && m->kind != MENTION_AMOUNT &&
                 !(m->flags & MENTION_DATELINE);
        somebody |= m->kind == MENTION_PERSON && m->last <= frame->first && m->first >= frame->clause_first;
        goal |= (m->kind == MENTION_PLACE || m->kind == MENTION_PARTY) && m->first == frame->last;
    }
    bool initial = work_pack(work, frame->sentence)->config.head == HEAD_INITIAL && !pack_inflects(work_pack(work, frame->sentence));
    if (!strict)
        return initial && matter && !actor && !work_is_title(work, frame->sentence);   // "ten generators arrived in Oslo"
    return !somebody || !goal;
}

static bool from_frame(const struct work *work, uint32_t index, struct candidate *c)
{
    const struct frame *frame = &work->document->frames.at[index];
    bool hosts = candidate_hosts_person(work, index) && !has_meeting_noun(work, frame);
    uint8_t makes = hosts ? MEETING_MEETING : work_rule(work, index)->makes;
    bool open_ended = (frame->flags & FRAME_NONFINITE) && frame->outer == FRAME_NONE && !work_is_title(work, frame->sentence);
    if (makes >= VALUE_UNSET || (frame->flags & (FRAME_NOT | FRAME_IF)) || open_ended || candidate_asks_somebody(work, index) ||
        lacks_traveller(work, index))
        return false;
    if (makes == MEETING_MEETING && (has_meeting_noun(work, frame) || inside_meeting(work, frame)))
        return false;
    bool final = work_pack(work, frame->sentence)->config.head == HEAD_FINAL;
    if (makes == MEETING_CALL && (is_means(work, frame) || (final ? inside_meeting(work, frame) : is_means_of_verb(work, index))))
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
    if (is_agreed_upon(work, frame))
        flags |= FRAME_FUTURE;
    if ((frame->flags & FRAME_NONFINITE) && work_is_title(work, frame->sentence))
        flags |= FRAME_FUTURE;
    *c = (struct candidate){
        .type = makes,
        .status = reading.value < VALUE_UNSET ? reading.value : status_from_flags(flags),
        .told = true,
        .from_frame = true,
        .mention = MENTION_NONE,
        .visitor = MENTION_NONE,
        .club = PARTY_NONE,
        .frame = index,
    };
    candidate_gather(work, c, frame);
    rank_sentence(work, c);
    if (invited && date_is_none(c->date))   // "asked him to visit Moscow": nobody has said that he will
        return false;
    c->apart = makes == MEETING_MEETING && has_occasion(work, c, index);
    take_references(work, c, frame);
    if (c->type == MEETING_MEETING && is_remote(work, c))
        c->type = MEETING_CALL;
    bool with = work_grammar(work, frame->last - 1) & GRAMMAR(WITH);    // "met with the presidents of": one by one
    if (c->type == MEETING_MEETING && c->heads.count >= LEADERS_LEAST && !c->faced.count && !c->apart && !with)
        c->type = MEETING_SUMMIT;   // "the presidents of X, Y and Z met"
    if (c->type == MEETING_MEETING)
        c->mention = take_body(work, c, frame->clause_first, frame->clause_last);
    candidate_gather_faces(work, c);
    c->from_frame = c->mention == MENTION_NONE;
    if (is_before_event(work, c) && c->status == MEETING_STATUS_HELD)
        c->status = MEETING_STATUS_PLANNED;
    plan_by_date(work, c);
    return true;
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
            candidates_push(work, candidates, &candidate);
    for (uint32_t i = 0; i < work->document->frames.count && candidates->count < CANDIDATES_MAX; i++)
        if (from_frame(work, i, &candidate))
            candidates_push(work, candidates, &candidate);
    if (candidates->count > 1)
        qsort(candidates->at, candidates->count, sizeof *candidates->at, by_position);
}
