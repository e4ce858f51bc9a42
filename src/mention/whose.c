// SPDX-License-Identifier: MIT
// What the report as a whole tells of its people, over the ordered layer: whose office it is, and who holds an office that is named alone.
//
// Counterparts take the office of the one they face, and people without a named party take the party that is left when the other side's
// holder of the same office is known. Whose the rest are is for the resolver to say, who knows which parties deal.
#include "mention/people.h"

#define COMPARED_MAX 64     // people of a report whose offices are compared; more make a list, which no two parties hold
#define LIST_REACH 12       // tokens between the office of a list and a name in it
#define LOOK_BACK 40        // people mentions searched for the one whom a counterpart faces
#define LOOK_BACK_MENTIONS 4096     // mentions of any kind among them

struct named {
    uint16_t *parties;
    uint32_t *times;    // a cell a party
    uint32_t count;
};

static void count_party(struct named *named, uint16_t party)
{
    if (named->times[party]++ == 0)
        named->parties[named->count++] = party;
}

// Named more often than the other, PARTY_NONE if there is no other yet; of equals the first of the world.
static bool is_before(const struct named *named, uint16_t party, uint16_t other)
{
    if (other == PARTY_NONE || named->times[party] != named->times[other])
        return other == PARTY_NONE || named->times[party] > named->times[other];
    return party < other;
}

// The two parties that the report names most; PARTY_NONE where there are fewer.
static void main_parties(const struct finder *f, uint16_t pair[2])
{
    const struct document *d = f->document;
    struct named named = {.parties = arena_take(f->arena, ((size_t)f->world->parties.count + 1) * sizeof *named.parties),
                          .times = ARENA_ARRAY(f->arena, uint32_t, f->world->parties.count)};
    pair[0] = pair[1] = PARTY_NONE;
    for (uint32_t i = 0; i < d->mentions.count; i++)
        if (d->mentions.at[i].kind == MENTION_PARTY && d->mentions.at[i].code < f->world->parties.count)
            count_party(&named, d->mentions.at[i].code);
    if (f->dateline_state != PARTY_NONE)
        count_party(&named, f->dateline_state);
    for (uint32_t i = 0; i < named.count; i++) {
        uint16_t party = named.parties[i];
        if (is_before(&named, party, pair[0])) {
            pair[1] = pair[0];
            pair[0] = party;
        } else if (is_before(&named, party, pair[1])) {
            pair[1] = party;
        }
    }
}

static bool is_of_party(const struct mention *m, const struct person *person)
{
    return m->parties.count == 1 && person->party == m->parties.at[0];
}

// The person whom a counterpart faces: the nearest one before in the text, else behind, who is not of the same party.
static uint32_t faced_by(const struct finder *f, uint32_t index)
{
    const struct document *d = f->document;
    const struct mention *self = &d->mentions.at[index];
    uint32_t looked = 0;
    for (uint32_t i = index; i-- > 0 && looked < LOOK_BACK && index - i < LOOK_BACK_MENTIONS;) {
        const struct mention *m = &d->mentions.at[i];
        if (m->kind != MENTION_PERSON || m->entity == MENTION_NONE || m->entity == self->entity)
            continue;
        looked++;
        const struct person *p = &d->people.at[m->entity];
        if (p->office != CODE_NONE && !is_of_party(self, p))
            return m->entity;
        if (looked == 1 && p->office == CODE_NONE && p->renowned && m->sentence == self->sentence)
            return MENTION_NONE;    // "between Hakan Fidan and his counterpart": what he is, is not told
    }
    for (uint32_t i = index + 1; i < d->mentions.count && i < index + LOOK_BACK; i++) {
        const struct mention *m = &d->mentions.at[i];
        if (m->kind == MENTION_PERSON && m->entity != MENTION_NONE && m->entity != self->entity &&
            d->people.at[m->entity].office != CODE_NONE && !is_of_party(self, &d->people.at[m->entity]))
            return m->entity;
    }
    return MENTION_NONE;
}

// How many counterparts stand in a row from mention `at` on.
static uint32_t counterparts_at(const struct document *d, uint32_t at)
{
    uint32_t row = 0;
    while (at + row < d->mentions.count && d->mentions.at[at + row].kind == MENTION_PERSON &&
           d->mentions.at[at + row].code == OFFICE_COUNTERPART)
        row++;
    return row;
}

// The holders of offices named before mention `at` in its sentence, nearest first, at most `most`. Returns how many.
static uint32_t holders_before(const struct document *d, uint32_t at, uint32_t holders[LIST_MAX], uint32_t most)
{
    uint32_t count = 0;
    for (uint32_t k = at; k-- > 0 && count < LIST_MAX && count < most && d->mentions.at[k].sentence == d->mentions.at[at].sentence;) {
        const struct mention *m = &d->mentions.at[k];
        if (m->kind == MENTION_PERSON && m->entity != MENTION_NONE && m->code != OFFICE_COUNTERPART &&
            d->people.at[m->entity].office != CODE_NONE)
            holders[count++] = m->entity;
    }
    return count;
}

static void face(struct finder *f, struct mention *m, uint32_t faced, uint32_t *facing)
{
    if (faced == MENTION_NONE || m->entity == MENTION_NONE || faced == m->entity)
        return;
    const struct person *p = &f->document->people.at[faced];
    facing[m->entity] = faced;
    person_know(f, m->entity, p->office, p->portfolio, m->parties.count == 1 ? m->parties.at[0] : PARTY_NONE);
    if (m->code == OFFICE_COUNTERPART && p->office != CODE_NONE)
        m->code = p->office;
}

// Counterparts take the office of whom they face: "राजनाथ और जयशंकर अपने समकक्षों क और ख": in the same order.
static void know_counterparts(struct finder *f, uint32_t *facing)
{
    struct document *d = f->document;
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        if (d->mentions.at[i].entity == MENTION_NONE)
            continue;
        uint32_t row = counterparts_at(d, i), holders[LIST_MAX];
        if (!row)
            continue;
        bool in_order = row > 1 && holders_before(d, i, holders, row) == row;
        for (uint32_t k = 0; k < row; k++)
            face(f, &d->mentions.at[i + k], in_order ? holders[row - 1 - k] : faced_by(f, i + k), facing);
        i += row - 1;
    }
}

static bool office_taken(const struct finder *f, uint32_t self, uint8_t office, uint16_t party)
{
    const struct document *d = f->document;
    for (uint32_t i = 0; i < d->people.count; i++)
        if (i != self && d->people.at[i].office == office && d->people.at[i].party == party)
            return true;
    return false;
}

// Only what is sure: a counterpart is of the other party, and where one party's holder of an office that a state has once is known, the
// other holder is the other's. Whose the rest are is for the resolver to say, who knows which parties deal.
static void know_parties(struct finder *f, const uint16_t pair[2], const uint32_t *facing)
{
    struct document *d = f->document;
    if (pair[0] == PARTY_NONE)
        return;
    for (uint32_t i = 0; i < d->people.count && d->people.count <= COMPARED_MAX; i++) {
        struct person *p = &d->people.at[i];
        if (p->party != PARTY_NONE || p->office == CODE_NONE)
            continue;
        uint32_t faced = facing[i];
        if (faced != MENTION_NONE) {
            uint16_t theirs = d->people.at[faced].party;
            if (theirs != PARTY_NONE && (theirs == pair[0] || theirs == pair[1]))
                p->party = theirs == pair[0] ? pair[1] : pair[0];
            continue;
        }
        bool single = is_single_office(p->office) || p->office == OFFICE_SPEAKER;
        bool first = single && office_taken(f, i, p->office, pair[0]), second = single && office_taken(f, i, p->office, pair[1]);
        if (first != second)
            p->party = first ? pair[1] : pair[0];
    }
}

// What the pack knows of people of this name: for which state they act; NULL if nothing, or if the name holds further words of its own.
static const struct lexeme *renown_of(struct finder *f, const struct person *p)
{
    if (p->name_first >= p->name_last || !finder_enter(f, f->tokens[p->name_first].sentence))
        return NULL;
    uint32_t last = name_core(f, p->name_first, p->name_last);
    for (uint32_t t = p->name_first; t < last; t++)
        for (uint32_t i = f->covering[t]; i < f->span_count && f->spans[i].first == t; i++) {
            const struct lexeme *name = &f->pack->lexemes.at[f->spans[i].lexeme];
            if (name->kind == LEXICON_NAME && name->value == NAME_KNOWN && (f->spans[i].last == p->name_last || f->spans[i].last == last))
                return name;
        }
    return NULL;
}

// "Putin said" in a report that does not tell his state. A name stands for a state; an office is nobody's but by the report's words.
static void know_the_renowned(struct finder *f)
{
    struct document *d = f->document;
    for (uint32_t i = 0; i < d->people.count; i++) {
        struct person *p = &d->people.at[i];
        const struct lexeme *name = p->party == PARTY_NONE ? renown_of(f, p) : NULL;
        if (!name)
            continue;
        p->party = (uint16_t)name->number;
        p->renowned = true;
    }
}

// "X is Pakistan's foreign minister", "X रूस के विदेश मंत्री": the nameless office beside a bare name is its holder's.
static void tie_offices(struct finder *f)
{
    struct document *d = f->document;
    const struct mention *name = NULL;
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        struct mention *m = &d->mentions.at[i];
        if (m->kind != MENTION_PERSON)
            continue;
        if (m->entity == MENTION_NONE && name && name->sentence == m->sentence && name->code == CODE_NONE &&
            !(m->flags & MENTION_PLURAL) && finder_enter(f, m->sentence)) {
            uint32_t at = name->last;
            bool copula = classes_at(f, at) & GRAMMAR(BE);
            if (copula)
                at = skip_determiners(f, unit_last(f, at));
            if (at == m->first && (copula || f->pack->config.case_marks == CASE_AFTER)) {
                m->entity = name->entity;
                person_know(f, name->entity, (uint8_t)m->code, 0, m->parties.count == 1 ? m->parties.at[0] : PARTY_NONE);
            }
        }
        name = m->entity != MENTION_NONE ? m : NULL;
    }
}

// "Presidents X and Y": Y's office word stands before the list. Returns its token, m->last if there is none near.
static uint32_t office_of_list(const struct finder *f, const struct mention *m)
{
    for (uint32_t t = m->first; t > f->first && t + LIST_REACH > m->first; t--)
        if (f->kinds[t - 1] & KIND(OFFICE))
            return unit_first(f, t - 1);
    return m->last;
}

// Some offices are named otherwise in some states; what the party is, may be known only now. Posts of organisations are unmistakable:
// the pack's row for one of them holds where that organisation is a main party and the words name no other.
static void choose_offices_again(struct finder *f, const uint16_t pair[2])
{
    struct document *d = f->document;
    for (uint32_t i = 0; i < d->people.count; i++) {
        struct person *p = &d->people.at[i];
        if (p->mention == MENTION_NONE || p->office == CODE_NONE || d->mentions.at[p->mention].code != p->office)
            continue;
        const struct mention *m = &d->mentions.at[p->mention];
        if (!finder_enter(f, m->sentence))
            continue;
        uint32_t at = m->first;
        while (at < m->last && !(f->kinds[at] & KIND(OFFICE)))
            at = unit_last(f, at);
        bool listed = at >= m->last;
        if (listed)
            at = office_of_list(f, m);
        if (at >= m->last || m->lexeme == UINT32_MAX || f->pack->lexemes.at[m->lexeme].value != p->office ||
            office_choose(f, at, PARTY_NONE)->lexeme != m->lexeme)
            continue;
        for (int k = 0; k < 2 && !m->parties.count && !listed; k++) {
            // "Secretary of Defense": what it is, the state tells
            bool vague = (p->office == OFFICE_OFFICIAL || p->office == OFFICE_OTHER) && unit_last(f, at) > at + 1;
            bool another = p->party != PARTY_NONE && p->party != pair[k];
            if (pair[k] == PARTY_NONE || (f->world->parties.at[pair[k]].state && (!vague || another)))
                continue;
            if (office_choose(f, at, pair[k])->lexeme != m->lexeme)
                p->party = pair[k];
        }
        if (p->party != PARTY_NONE)
            p->office = (uint8_t)f->pack->lexemes.at[office_choose(f, at, p->party)->lexeme].value;
    }
}

// An office without a name stands for the one person of the report who holds it.
static void link_offices(struct finder *f)
{
    struct document *d = f->document;
    uint32_t holder[OFFICE_COUNT];
    uint32_t holders[OFFICE_COUNT] = {0};
    for (uint32_t i = 0; i < d->people.count; i++)
        if (d->people.at[i].office < OFFICE_COUNT) {
            holder[d->people.at[i].office] = i;
            holders[d->people.at[i].office]++;
        }
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        struct mention *m = &d->mentions.at[i];
        if (m->kind != MENTION_PERSON || m->entity != MENTION_NONE || (m->flags & MENTION_PLURAL) || m->code >= OFFICE_COUNT)
            continue;
        if (holders[m->code] != 1 || m->code == OFFICE_OFFICIAL || m->code == OFFICE_OTHER || m->code == OFFICE_BUSINESS ||
            m->code == OFFICE_MILITARY)
            continue;
        struct person *p = &d->people.at[holder[m->code]];
        if (!m->parties.count || p->party == PARTY_NONE || m->parties.at[0] == p->party)
            m->entity = holder[m->code];
        bool same = p->mention != MENTION_NONE && m->lexeme == d->mentions.at[p->mention].lexeme;
        // "The president of X arrived. President Y …"
        if (is_single_office(m->code) && same && p->party == PARTY_NONE && m->parties.count == 1)
            p->party = m->parties.at[0];
    }
}

void people_finish(struct finder *f)
{
    tie_offices(f);
    know_the_renowned(f);
    list_tie_rows(f);
    uint16_t pair[2];
    main_parties(f, pair);
    uint32_t *facing = ARENA_ARRAY(f->arena, uint32_t, (size_t)f->document->people.count + 1);
    for (uint32_t i = 0; i < f->document->people.count; i++)
        facing[i] = MENTION_NONE;
    know_counterparts(f, facing);
    know_parties(f, pair, facing);
    know_parties(f, pair, facing);      // who faces someone known only now
    choose_offices_again(f, pair);
    for (uint32_t i = 0; i < f->document->people.count; i++)    // a counterpart's office follows the one it was taken from
        if (facing[i] != MENTION_NONE)
            f->document->people.at[i].office = f->document->people.at[facing[i]].office;
    list_tie_shared(f);
    link_offices(f);
}
