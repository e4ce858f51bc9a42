// SPDX-License-Identifier: MIT
// Who deals with whom: weighs the parties of the report.
//
// A party deals when the text puts it in a dealing place: in the name of a body, beside another one ("X and Y", "X-Y"), as the state for
// which a named office-holder acts, as an agent. A country that only turns up as a place or as a topic gets next to nothing. The weights
// are small integers, summed over the report; parties far below the second one fall away. What shows that governments deal is counted
// beside them.
#include "resolve/cast.h"

enum weight {
    WEIGHT_NAMED = 1,       // named anywhere but as a place
    WEIGHT_AGENT = 2,       // marked as who acts
    WEIGHT_PERSON = 4,      // a named office-holder acts for it
    WEIGHT_OFFICES = 6,     // in a row of those whose office-holders are spoken of together
    WEIGHT_PAIR = 4,        // stands beside another party
    WEIGHT_TITLE = 4,
    WEIGHT_BODY = 8,        // inside the name of a body, meeting or instrument with another one
};
#define DEALING_SHARE 2     // a further party needs 1/2 of the second one's weight …
#define DEALING_LEAST 6     // … and at least this much

// Signs that governments deal: see DEALING_SIGNS in resolve.c.
#define SIGN_STRONG 2       // a standing body, a named holder of a public office
#define SIGN_WEAK 1         // "both sides"

#define OFTEN 2             // mentions of a head of state or minister of foreign affairs that make him one of whom the report tells

#define HOME_TIMES 2        // that a text names the state at home if it is about it
#define FIRM_REACH 8        // tokens between a state's genitive and its firm
#define DEED_REACH 4        // tokens between a state and what it takes part in
#define VISIT_REACH 8       // tokens between a visit, whose it is, and the state to which it goes
#define PLIGHT_REACH 3      // tokens between two states and the war that is theirs

struct scores {
    uint32_t *weight;       // a cell a party
    uint32_t *order;        // position of the first mention + 1
    bool *part;             // the text shows it taking part: by an office-holder, in a body, beside another where governments deal
    uint16_t *named;        // parties that somebody names otherwise than by quoted words, each once
    bool *is_named;         // a cell a party: it is one of them
    uint32_t named_count;
};

static void weigh_set(const struct scores *scores, const struct party_set *set, uint32_t weight)
{
    for (uint8_t i = 0; i < set->count; i++) {
        scores->weight[set->at[i]] += weight;
        scores->part[set->at[i]] = true;
    }
}

// The sentence speaks of a meeting, a body, a document, an office or "both sides", or of somebody who meets, travels or signs.
static bool speaks_of_dealing(const struct work *work, uint32_t sentence)
{
    uint32_t first, last;
    work_sentence_frames(work, sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct rule *rule = work_rule(work, i);
        if (rule->makes < VALUE_UNSET || rule->issues < VALUE_UNSET || rule->role == ROLE_ARRIVE || rule->role == ROLE_SIGN)
            return true;
    }
    work_sentence_mentions(work, sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool office = m->kind == MENTION_PERSON && is_public_office((uint8_t)m->code);
        if (m->kind == MENTION_MEETING || m->kind == MENTION_BODY || m->kind == MENTION_INSTRUMENT || m->kind == MENTION_SIDES || office)
            return true;
    }
    return false;
}

// A name before the first verb of its sentence, in a language that puts the subject there, and not behind a preposition.
static bool opens_as_subject(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    uint32_t first, last;
    if (work_pack(work, m->sentence)->config.head != HEAD_INITIAL || m->role != PARTY_ROLE_NAME || (m->flags & MENTION_INSIDE))
        return false;
    work_sentence_frames(work, m->sentence, &first, &last);
    if (first == last || work->document->frames.at[first].first < m->last)
        return false;
    for (uint32_t token = sentence->first; token < m->first; token++)   // nothing but other names, commas and "and"
        if (work->document->tokens.at[token].kind == TOKEN_WORD && (work_grammar(work, token) & ~(GRAMMAR(AND) | GRAMMAR(DETERMINER))))
            return false;
    return true;
}

// Where marks follow the noun: "India's one large private power company".
static bool owns_firm(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    bool after = work_pack(work, m->sentence)->config.case_marks == CASE_AFTER;
    bool pair = index + 1 < work->document->mentions.count && m[1].kind == MENTION_PARTY && are_paired(work, m, m + 1);
    if (after && pair)
        return owns_firm(work, index + 1);      // "X and Y's firms"
    if (!after || m->last >= sentence->last || !(work_grammar(work, m->last) & GRAMMAR(OF)))
        return false;
    for (uint32_t i = index + 1; i < work->document->mentions.count && work_mention(work, i)->first <= m->last + FIRM_REACH; i++) {
        if (work_mention(work, i)->kind == MENTION_PARTY || work_mention(work, i)->kind == MENTION_PERSON)
            return false;
        if (work_organ(work, work_mention(work, i)) == ORGAN_FIRM)
            return true;
    }
    return false;
}

// "The Swedish group", "an Emirati company": the adjective tells whose firm it is, and the state has no part in it.
static bool is_of_firm(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    for (uint32_t i = index + 1; i < work->document->mentions.count && work_mention(work, i)->first <= m->last + 1; i++)
        if (work_organ(work, work_mention(work, i)) == ORGAN_FIRM && m->role == PARTY_ROLE_ADJECTIVE)
            return true;
    return owns_firm(work, index);
}

// "«Memorandum … between the government of X and …»": the name of a document or body stands before it in the same quotation marks.
static bool in_title(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    for (uint32_t i = index; i-- > 0 && work_mention(work, i)->sentence == m->sentence;) {
        const struct mention *before = work_mention(work, i);
        uint32_t token = before->first;
        if (before->kind != MENTION_INSTRUMENT && before->kind != MENTION_BODY && before->kind != MENTION_MEETING)
            continue;
        while (token < m->first && (work->document->tokens.at[token].flags & TOKEN_QUOTED))
            token++;
        return token == m->first;
    }
    return false;
}

static void name(struct scores *scores, uint16_t party)
{
    if (party != PARTY_NONE && !scores->is_named[party]) {
        scores->is_named[party] = true;
        scores->named[scores->named_count++] = party;
    }
}

// Where names come before what is done with them, a state that only comes up by its bare name in quoted words ("X is watching us") deals
// with nobody.
static void find_named(const struct work *work, struct scores *scores)
{
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_PLACE)
            name(scores, m->state);
        for (uint8_t k = 0; m->kind != MENTION_PARTY && k < m->parties.count; k++)
            name(scores, m->parties.at[k]);
        if (m->kind != MENTION_PARTY || scores->is_named[m->code])
            continue;
        bool quoted = (work->document->tokens.at[m->first].flags & TOKEN_QUOTED) && m->role == PARTY_ROLE_NAME &&
                      !(m->flags & MENTION_WITH) && work_pack(work, m->sentence)->config.head == HEAD_INITIAL && !in_title(work, i);
        if (!quoted)
            name(scores, m->code);
    }
    for (uint32_t i = 0; i < work->document->people.count; i++)
        name(scores, work->document->people.at[i].party);
}

// "An agreement with Peru": a meeting, body or document stands beside the name.
static bool stands_by_deed(const struct work *work, const struct mention *m)
{
    uint32_t first, last;
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *deed = work_mention(work, i);
        if (deed->kind != MENTION_MEETING && deed->kind != MENTION_INSTRUMENT && deed->kind != MENTION_BODY)
            continue;
        if (deed->last <= m->first ? m->first - deed->last <= DEED_REACH : deed->first < m->last + DEED_REACH)
            return true;
    }
    return false;
}

// "The war between X and Y", "the X-Y conflict": what stands beside the pair is nothing that anybody deals in.
static bool is_of_plight(const struct work *work, const struct mention *a, const struct mention *b)
{
    uint32_t first, last;
    work_sentence_mentions(work, a->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool near = m->last <= a->first ? a->first - m->last <= PLIGHT_REACH : m->first >= b->last && m->first - b->last <= PLIGHT_REACH;
        if (m->kind == MENTION_TOPIC && (m->flags & MENTION_PLIGHT) && near)
            return true;
    }
    return false;
}

// "Between A, B and C": those at the ends of a row of three stand beside one other only.
static void weigh_three(const struct work *work, const struct scores *scores, uint32_t a, uint32_t b)
{
    const struct mention *c = b + 1 < work->document->mentions.count ? work_mention(work, b + 1) : NULL;
    if (!c || b != a + 1 || c->kind != MENTION_PARTY || !are_paired(work, work_mention(work, b), c))
        return;
    scores->weight[work_mention(work, a)->code] += 1;
    scores->weight[c->code] += 1;
}

// "The visit of the president of X to Y": the mark says where a visit shortly before in the sentence goes.
static bool is_visited(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    uint32_t before = work_with_articles(work, m), first = work->document->sentences.at[m->sentence].first;
    bool marks = work_pack(work, m->sentence)->config.case_marks == CASE_BEFORE && !pack_inflects(work_pack(work, m->sentence));
    if (!marks || before <= first || !(work_grammar(work, before - 1) & GRAMMAR(TO)))
        return false;
    for (uint32_t i = index; i-- > 0 && work_mention(work, i)->sentence == m->sentence;) {
        const struct mention *visit = work_mention(work, i);
        if (visit->kind == MENTION_MEETING && visit->code == MEETING_VISIT)
            return visit->last + VISIT_REACH > m->first;
    }
    return false;
}

static void weigh_party(const struct work *work, const struct scores *scores, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    uint32_t *weight = &scores->weight[m->code];
    if (!scores->order[m->code])
        scores->order[m->code] = m->first + 1;
    // "(… or another tongue)"
    bool aside = m->role == PARTY_ROLE_ADJECTIVE && (work->document->tokens.at[m->first].flags & TOKEN_BRACKETED);
    bool origin = (m->flags & MENTION_ORIGIN) && m->role == PARTY_ROLE_NAME;    // "from the Indian side" is no place
    if ((m->flags & MENTION_LOCATIVE) || origin || aside || is_of_firm(work, index))
        return;
    *weight += WEIGHT_NAMED;
    if (m->flags & MENTION_SPOKEN_OF)
        return;
    scores->part[m->code] |= m->role == PARTY_ROLE_NAME && stands_by_deed(work, m);
    if ((m->flags & (MENTION_AGENT | MENTION_WITH)) || opens_as_subject(work, m)) {
        *weight += WEIGHT_AGENT;
        scores->part[m->code] |= speaks_of_dealing(work, m->sentence);
    }
    if (is_visited(work, index)) {
        *weight += WEIGHT_PAIR;
        scores->part[m->code] = true;
    }
    if (work_is_title(work, m->sentence))
        *weight += WEIGHT_TITLE;
    for (uint32_t next = index + 1; next < work->document->mentions.count && next < index + 3; next++) {
        const struct mention *other = work_mention(work, next);
        bool explained = work->document->tokens.at[m->first].flags & TOKEN_BRACKETED;     // "TAPI (A – B – C – D)"
        if (other->kind == MENTION_PARTY && other->code != m->code && !explained && are_paired(work, m, other) &&
            !is_of_plight(work, m, other)) {
            *weight += WEIGHT_PAIR;
            scores->weight[other->code] += WEIGHT_PAIR;
            if (speaks_of_dealing(work, m->sentence)) {
                scores->part[m->code] = scores->part[other->code] = true;
                weigh_three(work, scores, index, next);
            }
        }
    }
}

// The report comes from a state whose press writes the language: its own ministers are named without it.
static bool is_at_home(const struct work *work, uint16_t state)
{
    const struct pack_config *config = &work->document->pack->config;
    for (uint32_t i = 0; i < config->home.count; i++)
        if (words_index(&work->world->party_by_code, config->home.at[i]) == state)
            return state != PARTY_NONE;
    return false;
}

// The text speaks of the state otherwise than as a place, at least so many times.
static bool is_named(const struct work *work, uint16_t party, uint32_t times)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < work->document->mentions.count && count < times; i++) {
        const struct mention *m = work_mention(work, i);
        count += m->kind == MENTION_PARTY && m->code == party && !(m->flags & (MENTION_LOCATIVE | MENTION_INSIDE));
    }
    return count >= times;
}

// Somebody goes somewhere in this sentence: its places are no home of his.
static bool tells_visit(const struct work *work, uint32_t sentence)
{
    uint32_t first, last;
    work_sentence_frames(work, sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work_rule(work, i)->role == ROLE_ARRIVE || work_rule(work, i)->makes == MEETING_VISIT)
            return true;
    work_sentence_mentions(work, sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (work_mention(work, i)->kind == MENTION_MEETING && work_mention(work, i)->code == MEETING_VISIT)
            return true;
    return false;
}

// A report without a dateline that names office-holders without their state: that of the first place where one of them meets somebody.
static uint16_t home_by_venue(const struct work *work)
{
    const struct document *document = work->document;
    if (work_dateline(work))
        return PARTY_NONE;
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *place = work_mention(work, i);
        uint32_t first, last;
        if (place->kind != MENTION_PLACE || !(place->flags & MENTION_LOCATIVE) || place->state == PARTY_NONE ||
            tells_visit(work, place->sentence))
            continue;
        work_sentence_mentions(work, place->sentence, &first, &last);
        for (uint32_t k = first; k < last; k++) {
            const struct mention *m = work_mention(work, k);
            bool named = m->kind == MENTION_PERSON && m->entity < document->people.count;
            if (named && document->people.at[m->entity].party == PARTY_NONE && is_public_office(document->people.at[m->entity].office))
                return is_at_home(work, place->state) || is_named(work, place->state, 1) ? place->state : PARTY_NONE;
        }
    }
    return PARTY_NONE;
}

// A report that says nowhere where it was written: the first state whose press writes the language, if the text speaks of
// it more than in passing.
static uint16_t home_by_language(const struct work *work)
{
    const struct pack_config *config = &work->document->pack->config;
    for (uint32_t i = 0; i < config->home.count && !work_dateline(work); i++) {
        uint32_t party = words_index(&work->world->party_by_code, config->home.at[i]);
        if (party != UINT32_MAX && is_named(work, (uint16_t)party, HOME_TIMES))
            return (uint16_t)party;
    }
    return PARTY_NONE;
}

// "The foreign ministers of X and Y", "the president of X": an office and those for whom its holders act.
static void weigh_office(struct work *work, const struct scores *scores, uint32_t index)
{
    const struct mention *m = work_mention(work, index), *before = index > 0 ? m - 1 : NULL;
    bool of_sides = before && before->kind == MENTION_SIDES && before->sentence == m->sentence && before->last + 2 >= m->first;
    if (m->parties.count > 1 && m->code != OFFICE_OTHER && m->code != OFFICE_BUSINESS) {      // "the captains of X and Y" are no sign
        work->government_signs += SIGN_STRONG;
        weigh_set(scores, &m->parties, WEIGHT_OFFICES);
    } else if (!is_public_office((uint8_t)m->code)) {
        return;
    } else if (!m->parties.count && of_sides) {
        work->government_signs += SIGN_STRONG;      // "the foreign secretaries of the two countries"
    } else if (m->parties.count && m->entity == MENTION_NONE) {
        work->government_signs += m->code == OFFICE_AMBASSADOR ? SIGN_STRONG : SIGN_WEAK;
        weigh_set(scores, &m->parties, WEIGHT_AGENT);
    }
}

// An organ without its state ("the cabinet") is that of the state where the report was written.
static void weigh_government(struct work *work, const struct scores *scores, uint32_t index, uint16_t home)
{
    const struct mention *m = work_mention(work, index), *before = index > 0 ? m - 1 : NULL;
    bool owned = before && before->kind == MENTION_PARTY && before->last + 2 >= m->first && before->last <= m->first;
    work->government_signs += SIGN_STRONG;
    if (!owned && home != PARTY_NONE)
        scores->weight[home] += WEIGHT_AGENT;
}

// "Kyiv and Chisinau agreed": a capital that stands for a state stands for its government.
static bool acts_by_capital(const struct work *work, const struct mention *m)
{
    const struct lexeme *lexeme = m->lexeme == UINT32_MAX ? NULL : &work_pack(work, m->sentence)->lexemes.at[m->lexeme];
    return lexeme && lexeme->kind == LEXICON_CITY && !(m->flags & (MENTION_LOCATIVE | MENTION_SPOKEN_OF | MENTION_INSIDE));
}

static void weigh_mention(struct work *work, const struct scores *scores, uint32_t index, uint16_t home)
{
    const struct mention *m = work_mention(work, index);
    bool name = m->kind == MENTION_BODY || m->kind == MENTION_MEETING || m->kind == MENTION_INSTRUMENT;
    if (name && m->parties.count > 1 && !(m->flags & MENTION_INSIDE))   // a body in the name of its session counts once
        weigh_set(scores, &m->parties, WEIGHT_BODY);
    if (m->kind == MENTION_PARTY) {
        weigh_party(work, scores, index);
        work->government_signs += acts_by_capital(work, m) ? SIGN_WEAK : 0;
    } else if (m->kind == MENTION_PERSON)
        weigh_office(work, scores, index);
    else if (m->kind == MENTION_ORGAN && is_government(work, m))
        weigh_government(work, scores, index, home);
    else if (m->kind == MENTION_BODY)
        work->government_signs += SIGN_STRONG;
    else if (m->kind == MENTION_SIDES && m->code != SIDE_ONE && m->last - m->first > 1)     // a bare "they" or "both" is no sign
        work->government_signs += SIGN_WEAK;
}

// A person without a party acts for the home of the report, where its press writes at home.
static void weigh_person(struct work *work, const struct scores *scores, const struct person *person, uint16_t home, bool at_home)
{
    bool public_office = is_public_office(person->office) || (person->renowned && person->office == CODE_NONE);
    if (person->name_first < person->name_last && public_office)
        work->government_signs += SIGN_STRONG;
    if (person->party != PARTY_NONE && person->office != OFFICE_BUSINESS) {
        scores->weight[person->party] += WEIGHT_PERSON;
        scores->part[person->party] |= public_office;
    }
    if (person->party == PARTY_NONE && at_home && public_office)
        scores->weight[home] += WEIGHT_PERSON * (person->mentions > OFTEN && person->office <= OFFICE_FOREIGN_MINISTER ? 2 : 1);
}

static void weigh_all(struct work *work, const struct scores *scores)
{
    const struct document *document = work->document;
    uint16_t home = work_dateline_state(work);
    bool at_home = is_at_home(work, home);
    if (home == PARTY_NONE) {
        home = home_by_venue(work);
        if (home == PARTY_NONE)
            home = home_by_language(work);
        at_home = home != PARTY_NONE;
    }
    for (uint32_t i = 0; i < document->mentions.count; i++)
        weigh_mention(work, scores, i, home);
    for (uint32_t i = 0; i < document->people.count; i++)
        weigh_person(work, scores, &document->people.at[i], home, at_home);
}

// Weightier, of equals named first, of those the first of the world.
static bool is_weightier(const struct scores *scores, uint16_t party, uint16_t other)
{
    if (scores->weight[party] != scores->weight[other])
        return scores->weight[party] > scores->weight[other];
    return scores->order[party] != scores->order[other] ? scores->order[party] < scores->order[other] : party < other;
}

static void choose_dealing(struct work *work, const struct scores *scores)
{
    uint32_t second = 0;
    while (work->dealing.count < PARTY_SET_MAX) {
        uint16_t best = PARTY_NONE;
        for (uint32_t k = 0; k < scores->named_count; k++) {
            uint16_t party = scores->named[k];
            bool mentioned = work->dealing.count >= 2 && !scores->part[party];
            if (!scores->weight[party] || mentioned || party_set_has(&work->dealing, party))
                continue;
            if (best == PARTY_NONE || is_weightier(scores, party, best))
                best = party;
        }
        if (best == PARTY_NONE)
            break;
        if (work->dealing.count >= 2 && (scores->weight[best] * DEALING_SHARE < second || scores->weight[best] < DEALING_LEAST))
            break;
        party_set_add(&work->dealing, best);
        if (work->dealing.count == 2)
            second = scores->weight[best];
    }
}

// Somebody in public office, or so well known that no office is told, of the party.
static bool is_holder_of(const struct work *work, const struct mention *m, uint16_t party)
{
    if (m->kind != MENTION_PERSON)
        return false;
    if (m->code <= OFFICE_SPEAKER)
        return m->parties.count == 1 && m->parties.at[0] == party;
    return m->code == CODE_NONE && m->entity < work->document->people.count && work->document->people.at[m->entity].party == party;
}

// "The president of X arrived in Y", "the visit of the president of X to Y": the state to which an office-holder of the one dealing party
// goes deals with it.
static void add_goal(struct work *work)
{
    for (uint32_t i = 0; i < work->document->mentions.count && work->dealing.count == 1; i++) {
        const struct mention *m = work_mention(work, i);
        uint16_t state = m->kind == MENTION_PARTY ? m->code : m->kind == MENTION_PLACE ? m->state : PARTY_NONE;
        if (state == PARTY_NONE || state == work->dealing.at[0] || !(m->flags & MENTION_LOCATIVE) || !work->world->parties.at[state].state)
            continue;
        uint32_t first, last, frame, frames;
        bool holder = false, goes = false;
        work_sentence_mentions(work, m->sentence, &first, &last);
        for (uint32_t k = first; k < last; k++) {
            const struct mention *other = work_mention(work, k);
            goes |= other->kind == MENTION_MEETING && other->code == MEETING_VISIT;
            holder |= is_holder_of(work, other, work->dealing.at[0]);
        }
        work_sentence_frames(work, m->sentence, &frame, &frames);
        for (; frame < frames; frame++)
            goes |= work_rule(work, frame)->role == ROLE_ARRIVE;
        if (holder && goes)
            party_set_add(&work->dealing, state);
    }
}

// "The ambassador of X met the governor Y in Oslo": where words inflect, somebody in public office of whom no state is told stands beside
// one of whom it is, so that he is of the place.
static bool is_met_there(const struct work *work, uint32_t sentence)
{
    uint32_t first, last, known = 0, unknown = 0;
    if (sentence >= work->document->sentences.count)
        return false;
    work_sentence_mentions(work, sentence, &first, &last);
    for (uint32_t i = first; i < last && pack_inflects(work_pack(work, sentence)); i++) {
        const struct mention *m = work_mention(work, i);
        const struct person *person = m->kind == MENTION_PERSON && m->entity < work->document->people.count
                                          ? &work->document->people.at[m->entity] : NULL;
        if (person && is_public_office(person->office))
            *(person->party == PARTY_NONE ? &unknown : &known) += 1;
    }
    return known && unknown;
}

// A report of one party and its host or its home: when office-holders or a standing body show a dealing, the second one is the state to
// which somebody goes ("will travel to Fiji"), else that of the dateline.
static void add_home(struct work *work)
{
    if (work->dealing.count == 1)
        add_goal(work);
    if (work->dealing.count != 1 || work->government_signs < 2 * SIGN_STRONG)
        return;
    for (uint32_t i = 0; i < work->document->mentions.count && work->dealing.count == 1; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_PARTY && (m->flags & MENTION_LOCATIVE) && work->world->parties.at[m->code].state)
            party_set_add(&work->dealing, m->code);
        else if (m->kind == MENTION_PLACE && (m->flags & MENTION_LOCATIVE) && m->state != PARTY_NONE &&
                 (is_met_there(work, m->sentence) || is_met_there(work, m->sentence + 1)))
            party_set_add(&work->dealing, m->state);
    }
    if (work->dealing.count == 1)
        party_set_add(&work->dealing, work_dateline_state(work));
}

void find_dealing(struct work *work)
{
    struct arena *arena = work->document->arena;
    uint32_t count = work->world->parties.count;
    struct scores scores = {
        .weight = ARENA_ARRAY(arena, uint32_t, count),
        .order = ARENA_ARRAY(arena, uint32_t, count),
        .part = ARENA_ARRAY(arena, bool, count),
        .named = arena_take(arena, count * sizeof *scores.named),
        .is_named = ARENA_ARRAY(arena, bool, count),
    };
    weigh_all(work, &scores);
    find_named(work, &scores);
    choose_dealing(work, &scores);
    add_home(work);
}
