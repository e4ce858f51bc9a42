// SPDX-License-Identifier: MIT
// Whose office-holder is it? The party of each person whose office is told without its state.
//
// It is that of the delegation that the person leads; else the other one than that of whom he faces; else the state whose press writes: its
// own ministers need no country. Never the state that the person visits, nor one whose single holder of that office is somebody else.
#include "resolve/cast.h"

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
    for (uint32_t i = 0; i < document->mentions.count; i++) {       // "ended in Islamabad": where it was, its press was
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_PLACE && (m->flags & MENTION_LOCATIVE) && party_set_has(&work->dealing, m->state))
            return m->state;
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

// Words for a delegation or a side begin at the token.
static bool is_delegation(const struct work *work, uint32_t token, uint32_t sentence)
{
    uint32_t at = work->document->lexicon.covering[token];
    const struct lexeme *lexemes = work_pack(work, sentence)->lexemes.at;
    const struct lexeme *lexeme = at == SPAN_NONE ? NULL : &lexemes[work->document->lexicon.at[at].lexeme];
    return lexeme && (lexeme->kind == LEXICON_SIDE || (lexeme->kind == LEXICON_OFFICE && lexeme->value == OFFICE_DELEGATION));
}

// "The Uzbek [side will be represented] by X": the verb's object is a state's.
static bool is_of_side(const struct work *work, const struct frame *frame)
{
    uint32_t first, last;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_PARTY && m->role == PARTY_ROLE_ADJECTIVE && m->last == frame->first)
            return true;
    }
    return false;
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
        bool stands = work_rule(work, i)->role == ROLE_TAKE_PART && is_of_side(work, frame);
        if (here && (work_rule(work, i)->role == ROLE_CHAIR || stands))
            lead = frame;
    }
    if (!lead)
        return PARTY_NONE;
    struct party_set here = {.count = 0};
    bool inflects = pack_inflects(work_pack(work, own->sentence));
    work_sentence_mentions(work, own->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->first < lead->clause_first || m->first >= lead->clause_last || (m->flags & (MENTION_LOCATIVE | MENTION_INSIDE)))
            continue;
        bool other = (m->flags & MENTION_WITH) || (inflects && m->first > own->first);    // "…, the Georgian one by Y"
        if (m->kind == MENTION_PARTY && party_set_has(&work->dealing, m->code) && !other)
            party_set_add(&here, m->code);
        if (m->kind == MENTION_PERSON && m->entity != index && !(other && lead->last <= own->first))
            return PARTY_NONE;
    }
    return here.count == 1 ? here.at[0] : PARTY_NONE;
}

// The verb tells of what somebody did to others, so that not all in its clause are of one side.
static bool is_deed(const struct work *work, uint32_t frame)
{
    const struct rule *rule = work_rule(work, frame);
    return rule->makes < VALUE_UNSET || rule->role == ROLE_HOST || rule->role == ROLE_SAY || rule->role == ROLE_SIGN ||
           rule->role == ROLE_CHAIR;
}

// "The Indian delegation also included X, Y and Z": where verbs follow their subject, the one party whose delegation opens the sentence.
static uint16_t party_of_list(const struct work *work, uint32_t index)
{
    const struct mention *own = work_mention(work, work->document->people.at[index].mention), *head = NULL;
    const struct pack *pack = work_pack(work, own->sentence);
    uint32_t first, last;
    if (pack->config.head != HEAD_INITIAL || pack_inflects(pack))
        return PARTY_NONE;
    work_sentence_mentions(work, own->sentence, &first, &last);
    for (uint32_t i = first; i < last && !head && work_mention(work, i)->first < own->first; i++)
        if (work_mention(work, i)->kind == MENTION_PARTY)
            head = work_mention(work, i);
    bool opens = head && work_with_articles(work, head) <= work->document->sentences.at[own->sentence].first + 1;
    if (!opens || head->last >= own->first || !is_delegation(work, head->last, own->sentence) || !party_set_has(&work->dealing, head->code))
        return PARTY_NONE;
    work_sentence_frames(work, own->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (is_deed(work, i))
            return PARTY_NONE;
    return head->code;
}

// "Met with president X and speaker Y": where verbs come first, who is named right behind one that somebody met, by his office alone, is of
// that one's party.
static uint16_t party_of_faced(const struct work *work, uint32_t index)
{
    const struct mention *own = work_mention(work, work->document->people.at[index].mention), *before = NULL;
    uint32_t first, last;
    if (work_pack(work, own->sentence)->config.head != HEAD_INITIAL || own->parties.count)
        return PARTY_NONE;
    work_sentence_mentions(work, own->sentence, &first, &last);
    for (uint32_t i = first; i < last && work_mention(work, i)->first < own->first; i++)
        if (work_mention(work, i)->kind == MENTION_PERSON)
            before = work_mention(work, i);
    if (!before || !(before->flags & MENTION_WITH) || before->entity >= work->document->people.count || !are_paired(work, before, own))
        return PARTY_NONE;
    uint16_t party = work->document->people.at[before->entity].party;
    return party_set_has(&work->dealing, party) ? party : PARTY_NONE;
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

// "He visited A, where he met premier X", "held talks with premier X in Oslo": whom somebody from elsewhere met in a city of a state that
// deals is of that state, if nobody else in the clause is.
static uint16_t party_of_scene(const struct work *work, uint32_t index)
{
    const struct mention *own = work_mention(work, work->document->people.at[index].mention);
    uint32_t first, last, clause_first, clause_last;
    uint16_t scene = PARTY_NONE;
    bool guest = false;
    work_clause(work, own->first, &clause_first, &clause_last);
    work_sentence_mentions(work, own->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool place = m->kind == MENTION_PLACE && (m->flags & MENTION_LOCATIVE) && !(m->flags & MENTION_DATELINE);
        if (m->first < clause_first || m->first >= clause_last)
            continue;
        if (place && scene != PARTY_NONE && m->state != scene)
            return PARTY_NONE;
        scene = place ? m->state : scene;
    }
    for (uint32_t i = first; i < last && scene != PARTY_NONE; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind != MENTION_PERSON || m == own)
            continue;
        uint16_t party = m->entity < work->document->people.count ? work->document->people.at[m->entity].party : PARTY_NONE;
        party = party == PARTY_NONE && m->parties.count == 1 ? m->parties.at[0] : party;
        if (party == scene)
            return PARTY_NONE;
        guest |= party != PARTY_NONE && party_set_has(&work->dealing, party);
    }
    return guest && party_set_has(&work->dealing, scene) ? scene : PARTY_NONE;
}

// The next party of the sentence that may have sent somebody, or holder of an office, from mention *index on; NULL if there is none.
static const struct mention *next_side_or_holder(const struct work *work, uint32_t *index, uint32_t last)
{
    for (; *index < last; ++*index) {
        const struct mention *m = work_mention(work, *index);
        uint32_t elsewhere = MENTION_INSIDE | MENTION_LOCATIVE | MENTION_WITH | (m->role == PARTY_ROLE_ADJECTIVE ? 0 : MENTION_ORIGIN);
        bool party = m->kind == MENTION_PARTY && !(m->flags & elsewhere);     // "from the Kenyan side" is no origin
        if (party || (m->kind == MENTION_PERSON && m->entity < work->document->people.count))
            return m;
    }
    return NULL;
}

// Each party is followed by its own, of whom no state is told: "A was represented by minister X and B by minister Y", "on behalf of A
// minister X signed, on behalf of B envoy Y". Returns how many parties, 0 if the sentence's mentions [first, last) do not stand so; `place`
// gives the people their party.
static uint32_t read_sides(struct work *work, uint32_t first, uint32_t last, bool place)
{
    struct party_set sides = {.count = 0};
    bool followed = true;
    const struct mention *m;
    for (uint32_t i = first; (m = next_side_or_holder(work, &i, last)) != NULL; i++) {
        if (m->kind == MENTION_PARTY) {
            bool new = party_set_has(&work->dealing, m->code) && !party_set_has(&sides, m->code);
            if (!followed || !new || sides.count == PARTY_SET_MAX)
                return 0;
            party_set_add(&sides, m->code);
            followed = false;
            continue;
        }
        struct person *person = &work->document->people.at[m->entity];
        if (!sides.count || (!place && (person->party != PARTY_NONE || !is_public_office(person->office))))
            return 0;
        person->party = place ? sides.at[sides.count - 1] : person->party;
        followed = true;
    }
    return followed ? sides.count : 0;
}

static void place_sides(struct work *work)
{
    for (uint32_t i = 0; i < work->document->people.count; i++) {
        const struct person *person = &work->document->people.at[i];
        uint32_t first, last;
        if (person->party != PARTY_NONE || person->mention == MENTION_NONE)
            continue;
        work_sentence_mentions(work, work_mention(work, person->mention)->sentence, &first, &last);
        if (read_sides(work, first, last, false) > 1)
            read_sides(work, first, last, true);
    }
}

// The mention's person is who goes: it stands before the verb in its clause, and where verbs follow their subject nobody else between.
static bool goes(const struct work *work, uint32_t mention, const struct frame *visit)
{
    const struct mention *m = work_mention(work, mention);
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL;
    if (visit->clause_first > m->first || m->first >= visit->clause_last || m->last > visit->first)
        return false;
    for (uint32_t i = mention + 1; !final && i < work->document->mentions.count; i++) {
        const struct mention *other = work_mention(work, i);
        if (other->last > visit->first)
            break;
        if (other->kind == MENTION_PERSON && other->entity != m->entity)
            return false;
    }
    return true;
}

// The state that stands where the verb of going has its goal, PARTY_NONE.
static uint16_t goal_of(const struct work *work, const struct mention *who, const struct frame *visit)
{
    bool final = work_pack(work, who->sentence)->config.head == HEAD_FINAL;
    uint32_t first, last;
    work_sentence_mentions(work, who->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *place = work_mention(work, i);
        bool behind = place->first >= visit->last && place->first <= visit->last + 3;
        bool before = place->first >= who->last && place->last <= visit->first && place->last + 2 >= visit->first;
        if (final ? !before : !behind)
            continue;
        if (place->kind == MENTION_PLACE && place->state != PARTY_NONE)
            return place->state;
        if (place->kind == MENTION_PARTY && !(place->flags & MENTION_INSIDE))
            return place->code;
    }
    return PARTY_NONE;
}

// The state to which the person goes in one of the report's sentences: nobody visits his own.
static uint16_t visited_by(const struct work *work, uint32_t index)
{
    for (uint32_t i = work->person_first[index]; i != MENTION_NONE; i = work->person_next[i]) {
        const struct mention *m = work_mention(work, i);
        uint32_t first, last;
        work_sentence_frames(work, m->sentence, &first, &last);
        for (uint32_t f = first; f < last; f++) {
            const struct frame *visit = &work->document->frames.at[f];
            bool arrives = work_rule(work, f)->role == ROLE_ARRIVE && goes(work, i, visit);
            uint16_t goal = arrives ? goal_of(work, m, visit) : PARTY_NONE;
            if (goal != PARTY_NONE)
                return goal;
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
    for (uint32_t i = work->person_first[index]; i != MENTION_NONE; i = work->person_next[i]) {
        const struct mention *own = work_mention(work, i);
        if (own->flags & MENTION_WITH)
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
void place_people(struct work *work)
{
    if (!work->dealing.count)
        return;
    place_rows(work);
    place_sides(work);
    uint16_t home = work->home = home_party(work);
    for (uint32_t i = 0; i < work->document->people.count; i++) {
        struct person *person = &work->document->people.at[i];
        if (person->party != PARTY_NONE || person->name_first == person->name_last)
            continue;
        uint16_t list = party_of_list(work, i), faced = list != PARTY_NONE ? list : party_of_faced(work, i);
        uint16_t delegation = faced != PARTY_NONE ? faced : party_of_delegation(work, i);
        if (!is_public_office(person->office)) {    // who he is nobody says; but who leads a side is of it
            if (person->office == CODE_NONE)
                person->party = delegation != PARTY_NONE || !faces_holder(work, i) ? delegation : opposite_party(work, i);
            continue;
        }
        uint16_t scene = delegation != PARTY_NONE ? delegation : party_of_scene(work, i);
        uint16_t opposite = scene != PARTY_NONE ? scene : opposite_party(work, i);
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
