// SPDX-License-Identifier: MIT
// Who deals with whom: weighs the parties of the report, and takes over its people and bodies.
//
// A party deals when the text puts it in a dealing place: in the name of a body, beside another one ("X and Y", "X-Y"), as
// the state for which
// a named office-holder acts, as an agent. A country that only turns up as a place or as a topic gets next to nothing. The weights are
// small integers, summed over the report; parties far below the second one fall away.
#include "resolve/work.h"

#include <stdlib.h>

enum weight {
    WEIGHT_NAMED = 1,       // named anywhere but as a place
    WEIGHT_AGENT = 2,       // marked as who acts
    WEIGHT_PERSON = 4,      // a named office-holder acts for it
    WEIGHT_PAIR = 4,        // stands beside another party
    WEIGHT_TITLE = 4,
    WEIGHT_BODY = 8,        // inside the name of a body, meeting or instrument with another one
};
#define DEALING_SHARE 2     // a further party needs 1/2 of the second one's weight …
#define DEALING_LEAST 6     // … and at least this much

// Signs that governments deal: see DEALING_SIGNS in resolve.c.
#define SIGN_STRONG 2       // a standing body, a named holder of a public office
#define SIGN_WEAK 1         // "both sides"
#define BARE_REACH 4        // sentences behind a name in which its office may stand alone
#define NAMED_OFTEN 2       // mentions of a person whose office is told without the name

static bool is_public_office(uint8_t office)
{
    return office != CODE_NONE && office != OFFICE_BUSINESS && office != OFFICE_OTHER;
}

struct scores {
    uint32_t *weight;       // a cell a party
    uint32_t *order;        // position of the first mention + 1
};

static void weigh_set(const struct scores *scores, const struct party_set *set, uint32_t weight)
{
    for (uint8_t i = 0; i < set->count; i++)
        scores->weight[set->at[i]] += weight;
}

bool are_paired(const struct work *work, const struct mention *a, const struct mention *b)
{
    if (b->first < a->last || b->first - a->last > 2)
        return false;
    for (uint32_t token = a->last; token < b->first; token++)
        if (work->document->tokens.at[token].kind == TOKEN_WORD && !(work_grammar(work, token) & (GRAMMAR(AND) | GRAMMAR(WITH))))
            return false;
    return true;
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

#define FIRM_REACH 8        // tokens between a state's genitive and its firm

// Where marks follow: "भारत की एक प्रमुख निजी बिजली कंपनी".
static bool owns_firm(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    bool after = work_pack(work, m->sentence)->config.case_marks == CASE_AFTER;
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

static void weigh_party(const struct work *work, const struct scores *scores, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    uint32_t *weight = &scores->weight[m->code];
    if (!scores->order[m->code])
        scores->order[m->code] = m->first + 1;
    // "(… or another tongue)"
    bool aside = m->role == PARTY_ROLE_ADJECTIVE && (work->document->tokens.at[m->first].flags & TOKEN_BRACKETED);
    if ((m->flags & (MENTION_LOCATIVE | MENTION_ORIGIN)) || aside || is_of_firm(work, index))
        return;
    *weight += WEIGHT_NAMED;
    if ((m->flags & (MENTION_AGENT | MENTION_WITH)) || opens_as_subject(work, m))
        *weight += WEIGHT_AGENT;
    if (work_is_title(work, m->sentence))
        *weight += WEIGHT_TITLE;
    for (uint32_t next = index + 1; next < work->document->mentions.count && next < index + 3; next++) {
        const struct mention *other = work_mention(work, next);
        bool explained = work->document->tokens.at[m->first].flags & TOKEN_BRACKETED;     // "TAPI (A – B – C – D)"
        if (other->kind == MENTION_PARTY && other->code != m->code && !explained && are_paired(work, m, other)) {
            *weight += WEIGHT_PAIR;
            scores->weight[other->code] += WEIGHT_PAIR;
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

// The text speaks of the state otherwise than as a place.
static bool is_named(const struct work *work, uint16_t party)
{
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_PARTY && m->code == party && !(m->flags & (MENTION_LOCATIVE | MENTION_INSIDE)))
            return true;
    }
    return false;
}

// A report without a dateline that names office-holders without their state: that of the first place where one of them meets somebody.
static uint16_t home_by_venue(const struct work *work)
{
    const struct document *document = work->document;
    for (uint32_t i = 0; i < document->mentions.count && !work_dateline(work); i++) {
        const struct mention *place = work_mention(work, i);
        uint32_t first, last;
        if (place->kind != MENTION_PLACE || !(place->flags & MENTION_LOCATIVE) || place->state == PARTY_NONE)
            continue;
        work_sentence_mentions(work, place->sentence, &first, &last);
        for (uint32_t k = first; k < last; k++) {
            const struct mention *m = work_mention(work, k);
            bool named = m->kind == MENTION_PERSON && m->entity < document->people.count;
            if (named && document->people.at[m->entity].party == PARTY_NONE && is_public_office(document->people.at[m->entity].office))
                return is_named(work, place->state) ? place->state : PARTY_NONE;
        }
    }
    return PARTY_NONE;
}

static void weigh_all(struct work *work, const struct scores *scores)
{
    const struct document *document = work->document;
    uint16_t home = work_dateline_state(work);
    bool at_home = is_at_home(work, home);
    if (home == PARTY_NONE) {
        home = home_by_venue(work);
        at_home = home != PARTY_NONE;
    }
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_PARTY)
            weigh_party(work, scores, i);
        else if ((m->kind == MENTION_BODY || m->kind == MENTION_MEETING || m->kind == MENTION_INSTRUMENT) && m->parties.count > 1 &&
                 !(m->flags & MENTION_INSIDE))      // a body in the name of its session counts once
            weigh_set(scores, &m->parties, WEIGHT_BODY);
        if (m->kind == MENTION_BODY)
            work->government_signs += SIGN_STRONG;
        else if (m->kind == MENTION_SIDES && m->code != SIDE_ONE && m->last - m->first > 1)  // a bare "they" or "both" is no sign
            work->government_signs += SIGN_WEAK;
        else if (m->kind == MENTION_PERSON && m->parties.count > 1) {  // "the foreign ministers of X and Y"
            work->government_signs += SIGN_STRONG;
            weigh_set(scores, &m->parties, WEIGHT_PERSON);
        }
        else if (m->kind == MENTION_PERSON && m->parties.count == 0 && is_public_office((uint8_t)m->code) && i > 0 &&
                 m[-1].kind == MENTION_SIDES && m[-1].sentence == m->sentence && m[-1].last + 2 >= m->first)
            work->government_signs += SIGN_STRONG;      // "the foreign secretaries of the two countries"
        else if (m->kind == MENTION_PERSON && m->entity == MENTION_NONE && m->parties.count && is_public_office((uint8_t)m->code)) {
            work->government_signs += SIGN_WEAK;
            weigh_set(scores, &m->parties, WEIGHT_AGENT);
        }
        else if (m->kind == MENTION_ORGAN && is_government(work, m)) {
            bool owned = i > 0 && m[-1].kind == MENTION_PARTY && m[-1].last + 2 >= m->first && m[-1].last <= m->first;
            work->government_signs += SIGN_STRONG;
            if (!owned && home != PARTY_NONE)   // "the cabinet": of the state where the report was written
                scores->weight[home] += WEIGHT_AGENT;
        }
    }
    for (uint32_t i = 0; i < document->people.count; i++) {
        const struct person *person = &document->people.at[i];
        if (person->name_first < person->name_last && is_public_office(person->office))
            work->government_signs += SIGN_STRONG;
        if (person->party != PARTY_NONE && person->office != OFFICE_BUSINESS)
            scores->weight[person->party] += WEIGHT_PERSON;
        else if (person->party == PARTY_NONE && at_home && is_public_office(person->office))
            scores->weight[home] += WEIGHT_PERSON;
    }
}

static void choose_dealing(struct work *work, const struct scores *scores)
{
    uint32_t parties = work->world->parties.count, second = 0;
    while (work->dealing.count < PARTY_SET_MAX) {
        uint32_t best = PARTY_NONE;
        for (uint32_t i = 0; i < parties; i++) {
            if (!scores->weight[i] || party_set_has(&work->dealing, (uint16_t)i))
                continue;
            if (best == PARTY_NONE || scores->weight[i] > scores->weight[best] ||
                (scores->weight[i] == scores->weight[best] && scores->order[i] < scores->order[best]))
                best = i;
        }
        if (best == PARTY_NONE)
            break;
        if (work->dealing.count >= 2 && (scores->weight[best] * DEALING_SHARE < second || scores->weight[best] < DEALING_LEAST))
            break;
        party_set_add(&work->dealing, (uint16_t)best);
        if (work->dealing.count == 2)
            second = scores->weight[best];
    }
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
            holder |= other->kind == MENTION_PERSON && other->code <= OFFICE_FOREIGN_MINISTER && other->parties.count == 1 &&
                      other->parties.at[0] == work->dealing.at[0];
        }
        work_sentence_frames(work, m->sentence, &frame, &frames);
        for (; frame < frames; frame++)
            goes |= work_rule(work, frame)->role == ROLE_ARRIVE;
        if (holder && goes)
            party_set_add(&work->dealing, state);
    }
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
    }
    if (work->dealing.count == 1)
        party_set_add(&work->dealing, work_dateline_state(work));
}

// ---- whose office-holder is it? ----------------------------------------------------------------------------------------
// The first of the states whose press writes the language that deals: it writes of its own ministers as such, wherever it writes from.
static uint16_t party_of_language(const struct work *work)
{
    const struct pack_config *config = &work->document->pack->config;
    for (uint32_t i = 0; i < config->home.count; i++) {
        uint32_t party = words_index(&work->world->party_by_code, config->home.at[i]);
        if (party != UINT32_MAX && party_set_has(&work->dealing, (uint16_t)party))
            return (uint16_t)party;
    }
    return PARTY_NONE;
}

// The state whose press writes: of the language, if it deals; of the dateline; else the dealing party for which nobody is named.
static uint16_t home_party(const struct work *work)
{
    const struct document *document = work->document;
    uint16_t dateline = work_dateline_state(work), own = party_of_language(work);
    if (own != PARTY_NONE)
        return own;
    if (party_set_has(&work->dealing, dateline))
        return dateline;
    for (uint8_t k = 0; k < work->dealing.count; k++) {
        bool named = false;
        for (uint32_t i = 0; i < document->people.count; i++)
            named |= document->people.at[i].party == work->dealing.at[k];
        for (uint32_t i = 0; i < document->mentions.count; i++)     // "and his Vietnamese guest"
            named |= work_mention(work, i)->kind == MENTION_PERSON && work_mention(work, i)->parties.count == 1 &&
                     work_mention(work, i)->parties.at[0] == work->dealing.at[k];
        if (!named && work->world->parties.at[work->dealing.at[k]].state)
            return work->dealing.at[k];
    }
    return work->dealing.at[0];
}

// "He will meet President X": the party of the person the sentence before speaks of first, when a pronoun opens the sentence.
static uint16_t party_of_pronoun(const struct work *work, const struct mention *own)
{
    const struct sentence *sentence = &work->document->sentences.at[own->sentence];
    uint32_t first, last;
    if (!own->sentence || own->first <= sentence->first || !(work_grammar(work, sentence->first) & GRAMMAR(PRONOUN)))
        return PARTY_NONE;
    work_sentence_mentions(work, own->sentence - 1, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_PERSON && m->entity < work->document->people.count) {
            uint16_t party = work->document->people.at[m->entity].party;
            return party_set_has(&work->dealing, party) ? party : PARTY_NONE;
        }
    }
    return PARTY_NONE;
}

// Two persons of a sentence face each other: one has the mark "with", or "between" stands behind the second. Ministers of one government
// stand side by side in the press of its own language, without their country.
static bool face_each_other(const struct work *work, const struct mention *a, const struct mention *b)
{
    const struct mention *second = a->first < b->first ? b : a;
    const struct sentence *sentence = &work->document->sentences.at[second->sentence];
    if (party_of_language(work) == PARTY_NONE || ((a->flags | b->flags) & MENTION_WITH))
        return true;
    return second->last < sentence->last && (work_grammar(work, second->last) & GRAMMAR(BETWEEN));
}

// The other of two dealing parties, when a person of one of them stands in the same sentence.
static uint16_t opposite_party(const struct work *work, uint32_t index)
{
    const struct mention *own = work_mention(work, work->document->people.at[index].mention);
    uint32_t first, last;
    if (work->dealing.count != 2)
        return PARTY_NONE;
    uint16_t subject = party_of_pronoun(work, own);
    if (subject != PARTY_NONE)
        return subject == work->dealing.at[0] ? work->dealing.at[1] : work->dealing.at[0];
    work_sentence_mentions(work, own->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind != MENTION_PERSON || m->entity >= work->document->people.count || m->entity == index || !face_each_other(work, own, m))
            continue;
        uint16_t party = work->document->people.at[m->entity].party;
        if (party == work->dealing.at[0])
            return work->dealing.at[1];
        if (party == work->dealing.at[1])
            return work->dealing.at[0];
    }
    return PARTY_NONE;
}

// "The Indian side was led by X": the one party in the clause whose delegation the person heads.
static uint16_t party_of_delegation(const struct work *work, uint32_t index)
{
    const struct mention *own = work_mention(work, work->document->people.at[index].mention);
    uint32_t first, last;
    work_sentence_frames(work, own->sentence, &first, &last);
    const struct frame *lead = NULL;
    for (uint32_t i = first; i < last; i++) {
        const struct frame *frame = &work->document->frames.at[i];
        bool here = frame->clause_first <= own->first && own->first < frame->clause_last;
        if (here && work_rule(work, i)->role == ROLE_CHAIR)
            lead = frame;
    }
    if (!lead)
        return PARTY_NONE;
    struct party_set here = {.count = 0};
    work_sentence_mentions(work, own->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->first < lead->clause_first || m->first >= lead->clause_last || (m->flags & (MENTION_LOCATIVE | MENTION_INSIDE)))
            continue;
        if (m->kind == MENTION_PARTY && party_set_has(&work->dealing, m->code))
            party_set_add(&here, m->code);
        if (m->kind == MENTION_PERSON && m->entity != index)
            return PARTY_NONE;
    }
    return here.count == 1 ? here.at[0] : PARTY_NONE;
}

// "The prime ministers X, Y and Z" of as many parties: in the order in which the report names the parties.
static void place_rows(struct work *work)
{
    struct document *document = work->document;
    uint16_t order[PARTY_SET_MAX];
    uint32_t known = 0, parties = work->dealing.count;
    struct party_set seen = {.count = 0};
    for (uint32_t i = 0; i < document->mentions.count && known < parties; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind != MENTION_PARTY || !party_set_has(&work->dealing, m->code) || party_set_has(&seen, m->code))
            continue;
        party_set_add(&seen, m->code);
        order[known++] = m->code;
    }
    if (known < parties || parties < 2)
        return;
    for (uint32_t i = 0; i + parties <= document->people.count; i++) {
        const struct person *head = &document->people.at[i];
        uint32_t row = 0;
        while (row < parties) {
            const struct person *one = head + row;
            const struct mention *m = work_mention(work, one->mention);
            bool next = !row || (m->first == one->name_first && m->first <= work_mention(work, one[-1].mention)->last + 2);
            if (one->party != PARTY_NONE || one->office != head->office || !is_public_office(one->office) || !next)
                break;
            row++;
        }
        for (uint32_t k = 0; row == parties && k < parties; k++)
            document->people.at[i + k].party = order[k];
    }
}

// The state to which the person goes in one of the report's sentences: nobody visits his own.
static uint16_t visited_by(const struct work *work, uint32_t index)
{
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        uint32_t first, last;
        if (m->kind != MENTION_PERSON || m->entity != index)
            continue;
        work_sentence_frames(work, m->sentence, &first, &last);
        for (uint32_t frame = first; frame < last; frame++) {
            const struct frame *visit = &work->document->frames.at[frame];
            bool own = visit->clause_first <= m->first && m->first < visit->clause_last && m->last <= visit->first;
            bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL;
            for (uint32_t k = i + 1; own && !final && k < work->document->mentions.count; k++) {    // or somebody else goes
                const struct mention *other = work_mention(work, k);
                if (other->last > visit->first)
                    break;
                own = other->kind != MENTION_PERSON || other->entity == index;
            }
            if (work_rule(work, frame)->role != ROLE_ARRIVE || !own)
                continue;
            uint32_t from, to;
            work_sentence_mentions(work, m->sentence, &from, &to);
            for (uint32_t k = from; k < to; k++) {
                const struct mention *place = work_mention(work, k);
                bool behind = place->first >= visit->last && place->first <= visit->last + 3;
                bool before = place->first >= m->last && place->last <= visit->first && place->last + 2 >= visit->first;
                if (final ? !before : !behind)
                    continue;
                if (place->kind == MENTION_PLACE && place->state != PARTY_NONE)
                    return place->state;
                if (place->kind == MENTION_PARTY && !(place->flags & MENTION_INSIDE))
                    return place->code;
            }
        }
    }
    return PARTY_NONE;
}

static bool holds_taken(const struct work *work, uint32_t index, uint16_t party)
{
    uint8_t office = work->document->people.at[index].office;
    if (office != OFFICE_HEAD_OF_STATE && office != OFFICE_HEAD_OF_GOVERNMENT && office != OFFICE_FOREIGN_MINISTER)
        return false;
    for (uint32_t i = 0; i < work->document->people.count; i++)
        if (i != index && work->document->people.at[i].office == office && work->document->people.at[i].party == party)
            return true;
    return false;
}

// The home party, unless that state's one holder of the office is another person, or it is where this one travels: then the next.
static uint16_t party_at_home(const struct work *work, uint32_t index, uint16_t home)
{
    uint16_t visited = visited_by(work, index);
    if (home != visited && !holds_taken(work, index, home))
        return home;
    for (uint8_t k = 0; k < work->dealing.count; k++)
        if (work->dealing.at[k] != visited && work->dealing.at[k] != home && !holds_taken(work, index, work->dealing.at[k]))
            return work->dealing.at[k];
    return home;
}

// "A conversation of X with the president of Y": somebody of whom no office is told stands on the other side than the office-holder
// whom he faces in the same sentence.
static bool faces_holder(const struct work *work, uint32_t index)
{
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        const struct mention *own = work_mention(work, i);
        if (own->kind != MENTION_PERSON || own->entity != index || (own->flags & MENTION_WITH))
            continue;
        uint32_t first, last;
        bool talks = false, faced = false;
        work_sentence_mentions(work, own->sentence, &first, &last);
        for (uint32_t k = first; k < last; k++) {
            const struct mention *m = work_mention(work, k);
            talks |= m->kind == MENTION_MEETING;
            faced |= m->kind == MENTION_PERSON && (m->flags & MENTION_WITH) && m->entity != index && m->parties.count == 1 &&
                     is_public_office((uint8_t)m->code) && m->first > own->last;
        }
        if (talks && faced)
            return true;
    }
    return false;
}

// An office without a state is read as the press of that state writes it: its own minister needs no country.
static void place_people(struct work *work)
{
    if (!work->dealing.count)
        return;
    place_rows(work);
    uint16_t home = work->home = home_party(work);
    for (uint32_t i = 0; i < work->document->people.count; i++) {
        struct person *person = &work->document->people.at[i];
        if (person->party != PARTY_NONE || person->name_first == person->name_last)
            continue;
        uint16_t delegation = party_of_delegation(work, i);
        if (!is_public_office(person->office)) {    // who he is nobody says; but who leads a side is of it
            if (person->office == CODE_NONE)
                person->party = delegation != PARTY_NONE || !faces_holder(work, i) ? delegation : opposite_party(work, i);
            continue;
        }
        uint16_t opposite = delegation != PARTY_NONE ? delegation : opposite_party(work, i);
        bool spokesman = person->office == OFFICE_OFFICIAL && delegation == PARTY_NONE;     // officials are quoted at home
        if (opposite == visited_by(work, i) || spokesman)
            opposite = PARTY_NONE;
        person->party = opposite != PARTY_NONE ? opposite : party_at_home(work, i, home);
        // an organisation has no president or premier of its own
        bool own = person->party == PARTY_NONE || work->world->parties.at[person->party].state || person->office > OFFICE_FOREIGN_MINISTER;
        if (!own && work_dateline_state(work) != PARTY_NONE)
            person->party = work_dateline_state(work);
    }
}

// The person is named in the sentence of the mention before it, or in the sentence before that.
static bool just_named(const struct work *work, uint32_t person, uint32_t mention)
{
    uint32_t sentence = work_mention(work, mention)->sentence;
    for (uint32_t i = mention; i-- > 0 && work_mention(work, i)->sentence + 1 >= sentence;)
        if (work_mention(work, i)->kind == MENTION_PERSON && work_mention(work, i)->entity == person)
            return true;
    return false;
}

// A high office that the report names without its holder ("the president of X stressed"): of the one person of that party, or of the one
// who has no party, of whom no office is told.
static void give_offices(struct work *work)
{
    struct document *document = work->document;
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        bool high = m->code == OFFICE_HEAD_OF_STATE || m->code == OFFICE_HEAD_OF_GOVERNMENT || m->code == OFFICE_FOREIGN_MINISTER;
        if (m->kind != MENTION_PERSON || m->entity != MENTION_NONE || !high || m->parties.count != 1 || (m->flags & MENTION_PLURAL))
            continue;
        uint16_t party = m->parties.at[0];
        uint32_t candidate = UINT32_MAX, count = 0, near = UINT32_MAX, near_count = 0;
        bool held = false;
        for (uint32_t k = 0; k < document->people.count; k++) {
            const struct person *person = &document->people.at[k];
            held |= person->party == party && person->office == m->code;
            bool free = person->office == CODE_NONE && (person->party == party || person->party == PARTY_NONE);
            if (free && person->name_first < person->name_last) {
                count++;
                candidate = k;
                if (just_named(work, k, i)) {
                    near_count++;
                    near = k;
                }
            }
        }
        if (count > 1 && near_count == 1) {     // of several the one spoken of right before
            candidate = near;
            count = 1;
        }
        if (held || count != 1 || !party_set_has(&work->dealing, party) || document->people.at[candidate].mentions < NAMED_OFTEN)
            continue;
        document->people.at[candidate].office = (uint8_t)m->code;
        document->people.at[candidate].party = party;
    }
}

// "X gave the start … , if the president is to be believed": a high office of no state in a report that tells no office of just one person
// whom it has named before is his; he is of the report's home.
static void give_bare_offices(struct work *work)
{
    struct document *document = work->document;
    uint32_t free = UINT32_MAX, count = 0;
    for (uint32_t k = 0; k < document->people.count; k++) {
        const struct person *person = &document->people.at[k];
        if (person->office == CODE_NONE && person->name_first + 1 < person->name_last) {
            free = k;
            count++;
        }
    }
    for (uint32_t i = 0; count == 1 && i < document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        struct person *person = &document->people.at[free];
        bool high = m->code == OFFICE_HEAD_OF_STATE || m->code == OFFICE_HEAD_OF_GOVERNMENT;
        bool behind = m->first > person->name_last && m->sentence <= document->tokens.at[person->name_first].sentence + BARE_REACH;
        if (m->kind != MENTION_PERSON || m->entity != MENTION_NONE || !high || m->parties.count || (m->flags & MENTION_PLURAL) || !behind)
            continue;
        uint16_t party = person->party == PARTY_NONE ? work->home : person->party;
        bool taken = false;
        for (uint32_t k = 0; k < document->people.count; k++)
            taken |= k != free && document->people.at[k].party == party && document->people.at[k].office == m->code;
        if (taken || party == PARTY_NONE)
            continue;
        person->office = (uint8_t)m->code;
        person->party = party;
        return;
    }
}

static void take_people(struct work *work)
{
    struct document *document = work->document;
    work->person_claim = ARENA_ARRAY(document->arena, uint32_t, document->people.count);
    for (uint32_t i = 0; i < document->people.count; i++) {
        const struct person *person = &document->people.at[i];
        work->person_claim[i] = CLAIM_NONE;
        bool named = person->name_first < person->name_last;
        if (!named || person->party == PARTY_NONE || person->office == OFFICE_BUSINESS)
            continue;
        const struct mention *m = work_mention(work, person->mention);
        struct person_claim claim = {.name_first = person->name_first, .name_last = person->name_last, .office = person->office,
                                     .party = person->party, .portfolio = person->portfolio};
        add_evidence(work, &claim.evidence, m->first, m->last);
        add_lexeme_reason(work, &claim.reasons, person->mention);
        work->person_claim[i] = document->record.people.count;
        vec_push(document->arena, &document->record.people, claim);
    }
}

static void take_sources(struct work *work)
{
    struct document *document = work->document;
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_SOURCE && document->record.cites.count < 32)
            vec_push(document->arena, &document->record.cites, ((struct evidence){m->first, m->last}));
    }
}

void resolve_cast(struct work *work)
{
    struct scores scores = {
        .weight = ARENA_ARRAY(work->document->arena, uint32_t, work->world->parties.count),
        .order = ARENA_ARRAY(work->document->arena, uint32_t, work->world->parties.count),
    };
    weigh_all(work, &scores);
    choose_dealing(work, &scores);
    add_home(work);
    place_people(work);
    give_offices(work);
    give_bare_offices(work);
    take_people(work);
    take_sources(work);
}
