// SPDX-License-Identifier: MIT
// What the clause of a meeting candidate says of it: parties, persons, whose heads sit in a row.
//
// Date and place are weighed apart (particular.c). Who met stands in the clause, or before it where the clause has no subject of its own:
// the person named first, or the one to whom a relative word points.
#include "resolve/candidates.h"

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
    bool initial = work_pack(work, c->sentence)->config.head == HEAD_INITIAL;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool large = m->kind == MENTION_MEETING && (m->code == MEETING_SUMMIT || m->code == MEETING_FORUM);
        if (initial && large && m->first >= c->last && m->first < clause_last)
            break;      // "their talks follow the summit at which A, B and C …"
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

// "In the meeting he told them to build like X and Y": where marks follow, a name behind the meeting that only owns something there
// ("X's way") does not meet. The mark of a pair stands behind its last name.
static bool owns_something(const struct work *work, const struct candidate *c, uint32_t index)
{
    const struct mention *m = work_mention(work, index), *next = m + 1;
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    if (m->first < c->last || (m->flags & (MENTION_INSIDE | MENTION_AGENT | MENTION_WITH)) ||
        work_pack(work, m->sentence)->config.case_marks != CASE_AFTER)
        return false;
    bool pair = index + 1 < work->document->mentions.count && next->kind == MENTION_PARTY && are_paired(work, m, next);
    uint32_t mark = pair ? next->last : m->last;
    return mark < sentence->last && (work_grammar(work, mark) & GRAMMAR(OF)) &&
           work->document->lexicon.covering[mark + 1 < sentence->last ? mark + 1 : mark] == SPAN_NONE;
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
            if (!owns_something(work, c, i))
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

static bool is_delegation(const struct work *work, uint32_t token, uint32_t sentence)
{
    uint32_t at = work->document->lexicon.covering[token];
    const struct lexeme *lexemes = work_pack(work, sentence)->lexemes.at;
    const struct lexeme *lexeme = at == SPAN_NONE ? NULL : &lexemes[work->document->lexicon.at[at].lexeme];
    return lexeme && lexeme->kind == LEXICON_OFFICE && lexeme->value == OFFICE_DELEGATION;
}

// A pronoun, a delegation or an office alone stands before the verb of the clause, and nobody else: "she met", "the delegation also met".
// Only where subjects stand before their verbs.
static bool acts_unnamed(const struct work *work, const struct candidate *c, uint32_t clause_first)
{
    const struct pack *pack = work_pack(work, c->sentence);
    uint32_t first, last, governor = c->mention == MENTION_NONE ? FRAME_NONE : work->document->governed_by[c->mention];
    uint32_t verb = c->from_frame ? c->frame : governor;
    bool unnamed = false;
    if (pack->config.head != HEAD_INITIAL || pack_inflects(pack) || verb == FRAME_NONE || work_rule(work, verb)->makes >= VALUE_UNSET ||
        work_rule(work, verb)->role == ROLE_SAY || (work->document->frames.at[verb].flags & FRAME_PASSIVE))
        return false;
    uint32_t end = work->document->frames.at[verb].first;
    for (uint32_t token = clause_first; token < end; token++)
        unnamed |= (work_grammar(work, token) & GRAMMAR(PRONOUN)) || is_delegation(work, token, c->sentence);
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = first; i < last && work_mention(work, i)->first < end; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->first < clause_first)
            continue;
        bool nobody = m->kind == MENTION_PERSON && !m->parties.count && m->entity >= work->document->people.count;
        if ((m->kind == MENTION_SIDES && m->code != SIDE_ONE) || m->kind == MENTION_BODY || (m->kind == MENTION_PERSON && !nobody) ||
            (m->kind == MENTION_PARTY && !(m->flags & (MENTION_LOCATIVE | MENTION_INSIDE))))
            return false;
        unnamed |= nobody;
    }
    return unnamed;
}

#define SUBJECT_REACH 3     // sentences back to the one that names who goes on acting

// The person who stands first before the first verb of the sentence and is not of those met; where verbs follow their subject, he is it.
static uint32_t subject_of(const struct work *work, const struct candidate *c, uint32_t sentence)
{
    uint32_t first, last, verb = UINT32_MAX;
    work_sentence_frames(work, sentence, &first, &last);
    for (uint32_t i = first; i < last && verb == UINT32_MAX; i++)
        if (!(work->document->frames.at[i].flags & (FRAME_NOUN | FRAME_ATTRIBUTE)))
            verb = work->document->frames.at[i].first;
    return first_actor(work, c, sentence, verb);
}

// The sentences before, back to the one that names its subject.
static uint32_t actor_before(const struct work *work, const struct candidate *c)
{
    uint32_t found = MENTION_NONE;
    for (uint32_t back = 1; back <= SUBJECT_REACH && back <= c->sentence && found == MENTION_NONE; back++)
        if (!work_is_title(work, c->sentence - back))
            found = subject_of(work, c, c->sentence - back);
    return found;
}

// "X flew to Cairo, where he met Y", "X came on Monday. He talked with Y": who met stands before the clause.
static void take_subject(const struct work *work, struct candidate *c, uint32_t clause_first)
{
    bool talks = c->type == MEETING_MEETING || c->type == MEETING_CALL, visit = c->type == MEETING_VISIT && c->met.count == 0;
    bool unnamed = talks && c->met.count <= 1 && acts_unnamed(work, c, clause_first);
    bool faces = talks && c->faced.count && c->met.count == c->faced.count;
    if (!(visit || unnamed || faces) || c->people_count >= PEOPLE_A_CANDIDATE)
        return;
    uint32_t actor = visit ? antecedent(work, c, clause_first) : first_actor(work, c, c->sentence, clause_first);
    if (visit && actor == MENTION_NONE)
        return;
    const struct sentence *sentence = &work->document->sentences.at[c->sentence];
    bool before = c->sentence > 0 && sentence[-1].paragraph == sentence->paragraph;
    if (actor == MENTION_NONE && unnamed)
        actor = actor_before(work, c);
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

// "The presidents of X and Y, who met in Oslo, …": those to whom the relative word points.
static void take_antecedents(const struct work *work, struct candidate *c, uint32_t clause_first)
{
    uint32_t first, last;
    bool relative = work_grammar(work, clause_first) & GRAMMAR(WHICH);
    if (!relative || c->met.count || c->type == MEETING_VISIT || work_pack(work, c->sentence)->config.head != HEAD_INITIAL)
        return;
    work_sentence_mentions(work, c->sentence, &first, &last);
    for (uint32_t i = last; i-- > first;) {
        const struct mention *m = work_mention(work, i);
        bool before = m->last <= clause_first && m->last + 1 >= clause_first;
        if (before && m->kind == MENTION_PERSON && m->parties.count > 1) {
            party_set_add_all(&c->met, &m->parties);
            party_set_add_all(&c->soft, &m->parties);
            return;
        }
    }
}

void candidate_gather_clause(const struct work *work, struct candidate *c)
{
    uint32_t clause_first, clause_last;
    work_clause(work, c->first, &clause_first, &clause_last);
    clause_last = over_relative(work, c, clause_last);
    gather_cast(work, c, clause_first, clause_last);
    gather_heads(work, c, clause_first, clause_last);
    take_antecedents(work, c, clause_first);
    take_subject(work, c, clause_first);
}

void candidate_gather(const struct work *work, struct candidate *c, const struct frame *frame)
{
    c->sentence = frame->sentence;
    c->first = frame->first;
    c->last = frame->verb_last > frame->last ? frame->verb_last : frame->last;
    candidate_gather_clause(work, c);
}
