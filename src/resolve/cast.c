// SPDX-License-Identifier: MIT
// The people of a report as the record has them, once it is known who deals.
//
// Each named person of a known party becomes a claim. A high office that the text names without its holder ("the president of X stressed")
// is given to the one person of whom no office is told. What the report cites as its sources is taken over with them.
#include "resolve/cast.h"

#define BARE_REACH 4        // sentences behind a name in which its office may stand alone
#define NAMED_OFTEN 2       // mentions of a person whose office is told without the name
#define SOURCES_A_REPORT 32

// The person is named in the sentence of the mention before it, or in the sentence before that.
static bool just_named(const struct work *work, uint32_t person, uint32_t mention)
{
    uint32_t sentence = work_mention(work, mention)->sentence;
    for (uint32_t i = mention; i-- > 0 && work_mention(work, i)->sentence + 1 >= sentence;)
        if (work_mention(work, i)->kind == MENTION_PERSON && work_mention(work, i)->entity == person)
            return true;
    return false;
}

// "The foreign minister of X said … . Ri said": the person is named for the first time in the sentence behind the mention's.
static bool named_next(const struct work *work, uint32_t person, uint32_t mention)
{
    uint32_t first = work->person_first[person];
    return first != MENTION_NONE && first > mention && work_mention(work, first)->sentence == work_mention(work, mention)->sentence + 1;
}

// The person of a party (or of none) of whom no office is told and who was just named, or is named next; for a head of state, who goes
// without his office anywhere, the only one who is named at all. UINT32_MAX if there is none.
static uint32_t free_person(const struct work *work, uint32_t mention, uint16_t of)
{
    uint32_t only = UINT32_MAX, count = 0, near = UINT32_MAX, near_count = 0, next = UINT32_MAX, next_count = 0;
    for (uint32_t i = 0; i < work->document->people.count; i++) {
        const struct person *person = &work->document->people.at[i];
        if (person->office != CODE_NONE || person->party != of || person->name_first >= person->name_last)
            continue;
        count++;
        only = i;
        if (just_named(work, i, mention)) {
            near_count++;
            near = i;
        }
        if (of != PARTY_NONE && named_next(work, i, mention)) {
            next_count++;
            next = i;
        }
    }
    if (count == 1 && work_mention(work, mention)->code == OFFICE_HEAD_OF_STATE)
        return only;
    if (!near_count && next_count == 1)
        return next;
    return near_count == 1 ? near : UINT32_MAX;
}

// Who may hold an office that the mention names without its holder: somebody of the party of whom no office is told, else of no party.
// UINT32_MAX if there is nobody or the office is held.
static uint32_t unnamed_holder(const struct work *work, uint32_t mention, uint16_t party)
{
    for (uint32_t i = 0; i < work->document->people.count; i++) {
        const struct person *person = &work->document->people.at[i];
        if (person->party == party && person->office == work_mention(work, mention)->code)
            return UINT32_MAX;
    }
    uint32_t own = free_person(work, mention, party);
    return own != UINT32_MAX ? own : free_person(work, mention, PARTY_NONE);
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
        uint32_t holder = party_set_has(&work->dealing, party) ? unnamed_holder(work, i, party) : UINT32_MAX;
        const struct person *who = holder == UINT32_MAX ? NULL : &document->people.at[holder];
        bool introduced = who && who->name_first + 1 < who->name_last && named_next(work, holder, i);   // "X's president … . A B said"
        if (!who || (who->mentions < NAMED_OFTEN && !introduced))
            continue;
        document->people.at[holder].office = (uint8_t)m->code;
        document->people.at[holder].party = party;
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

// "The leaders discussed gas", "the presidents agreed": a plural of a head's office that names neither states nor holders.
static bool speaks_of_leaders(const struct work *work)
{
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_PERSON && m->code == OFFICE_HEAD_OF_STATE && m->entity == MENTION_NONE && (m->flags & MENTION_PLURAL) &&
            !m->parties.count)
            return true;
    }
    return false;
}

// Of two who deal and are called leaders, one a head of state and one of whom no office is told, this one is the other's peer. A prime
// minister's may be either.
static void give_leaders_offices(struct work *work)
{
    struct document *document = work->document;
    uint32_t free = UINT32_MAX, head = UINT32_MAX, free_count = 0, heads = 0;
    for (uint32_t i = 0; i < document->people.count; i++) {
        const struct person *person = &document->people.at[i];
        if (person->name_first >= person->name_last || !party_set_has(&work->dealing, person->party))
            continue;
        bool leads = person->office == OFFICE_HEAD_OF_STATE;
        free = person->office == CODE_NONE ? i : free;
        free_count += person->office == CODE_NONE;
        head = leads ? i : head;
        heads += leads;
    }
    bool two = free_count == 1 && heads == 1 && document->people.at[free].party != document->people.at[head].party;
    bool full = two && document->people.at[free].name_first + 1 < document->people.at[free].name_last;
    if (full && document->people.at[free].mentions >= NAMED_OFTEN && speaks_of_leaders(work))
        document->people.at[free].office = document->people.at[head].office;
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
        if (m->kind == MENTION_SOURCE && document->record.cites.count < SOURCES_A_REPORT)
            vec_push(document->arena, &document->record.cites, ((struct evidence){m->first, m->last}));
    }
}

void resolve_cast(struct work *work)
{
    find_dealing(work);
    place_people(work);
    give_offices(work);
    give_bare_offices(work);
    give_leaders_offices(work);
    take_people(work);
    take_sources(work);
}
