// SPDX-License-Identifier: MIT
// People, second pass: names alone.
//
// Words of a name already known are a mention of that person ("Leghari", "लेघारी ने"). A name not known is a person's where only a person
// can stand (who chaired, who said), or beside another person or a state ("X of Japan"); else it is left alone.
#include "mention/people.h"

#define NAMESAKES_BY_FATHER 32  // people that are looked through for one known by given name and the father's

static bool personal_trigger(const struct finder *f, uint32_t at)
{
    uint32_t group = trigger_at(f, at);
    for (uint32_t i = group, end = triggers_end(f, group); i < end; i++) {
        const struct rule *rule = rule_of(f, i);
        if (rule->role != ROLE_NONE || rule->makes == MEETING_MEETING || rule->makes == MEETING_CALL)
            return true;
    }
    return false;
}

// The party that a name without office belongs to by what stands beside it: "Japan's X", "X of Japan", "जापान की ओर से X".
static uint16_t party_beside(const struct finder *f, uint32_t first, uint32_t last)
{
    uint32_t at = first;
    bool tied = false;
    for (int n = 0; n < 3 && at > f->first; n++) {
        uint32_t unit = unit_first(f, at - 1);
        uint64_t classes = classes_at(f, unit);
        if (party_at(f, unit) != PARTY_NONE)
            return tied || party_role_at(f, unit) == PARTY_ROLE_ADJECTIVE ? party_at(f, unit) : PARTY_NONE;
        bool genitive = (features_at(f, unit, LEXICON_GRAMMAR) & FEATURE(GEN)) ||
                        (f->pack->config.case_marks == CASE_AFTER && (classes & (GRAMMAR(OF) | GRAMMAR(AGENT))));
        if (!genitive && !is_mark(f, unit, ','))
            break;
        tied |= genitive;
        at = unit;
    }
    return party_of_holder(f, last, &at);
}

// Something that only a person does stands right beside the name.
static bool stands_as_person(const struct finder *f, uint32_t first, uint32_t last)
{
    uint64_t behind = classes_at(f, last), before = first > f->first ? classes_at(f, first - 1) : 0;
    if (f->pack->config.case_marks == CASE_AFTER)
        return (behind & GRAMMAR(AGENT)) && name_word_count(f, first, last) >= 2;
    if (behind & GRAMMAR(SAID) || personal_trigger(f, last))
        return true;
    if ((before & GRAMMAR(BY)) && first > f->first + 1 && personal_trigger(f, unit_first(f, first - 1) - 1))
        return true;
    if ((before & GRAMMAR(WITH)) && first > f->first + 1 && (kinds_at(f, unit_first(f, first - 1) - 1) & KIND(MEETING)))
        return true;    // "talks with X"
    uint64_t verbal = GRAMMAR(SAID) | (pack_inflects(f->pack) ? GRAMMAR(VERB) : 0);     // "received Macron"
    return first > f->first && personal_trigger(f, first - 1) && !(before & ~verbal);
}

static bool beside_person(const struct finder *f, uint32_t first)
{
    // "Minister X and Luxembourg's Y"
    if (f->pack->config.case_marks == CASE_BEFORE && first > f->first && (features_at(f, first - 1, LEXICON_GRAMMAR) & FEATURE(GEN)) &&
        first > f->first + 1 && party_at(f, unit_first(f, first - 2)) != PARTY_NONE)
        first = unit_first(f, first - 2);
    return first > f->first + 1 && (classes_at(f, first - 1) & GRAMMAR(AND)) && (f->taken[unit_first(f, first - 1) - 1] & TAKEN_NAME);
}

// "X and Y" where Y is surely a person.
static bool before_person(const struct finder *f, uint32_t last, int steps)
{
    if (is_mark(f, last, ',')) {    // "X, Y and Z"
        uint32_t end = name_from(f, last + 1);
        return end > last + 1 && name_word_count(f, last + 1, end) >= 2 && steps > 0 && before_person(f, end, steps - 1);
    }
    if (!(classes_at(f, last) & GRAMMAR(AND)))
        return false;
    uint32_t first = unit_last(f, last), end = name_from(f, first);
    return end > first && name_word_count(f, first, end) >= 2 &&
           ((f->taken[first] & TAKEN_NAME) || name_has_given(f, first, end) || person_find(f, first, end, false) != MENTION_NONE);
}

// "X of the Emirati foreign ministry": one of its officials.
static bool is_of_organ(const struct finder *f, uint32_t name_last)
{
    uint32_t at = name_last;
    if (f->pack->config.case_marks != CASE_BEFORE || !(classes_at(f, at) & (GRAMMAR(OF) | GRAMMAR(FROM))))
        return false;
    at = skip_determiners(f, unit_last(f, at));
    for (int n = 0; n < 3 && at < f->last && (party_at(f, at) != PARTY_NONE || (kinds_at(f, at) & FIELD_KINDS)); n++)
        at = unit_last(f, at);
    const struct lexeme *organ = lexeme_at(f, at, LEXICON_ORGAN);
    return organ && (organ->value == ORGAN_MINISTRY || organ->value == ORGAN_GOVERNMENT || organ->value == ORGAN_EMBASSY);
}

// Of those named before in the sentence: the office that a state has once, and how many hold it.
struct holders {
    uint32_t count;
    uint8_t office;
};

static void count_holder(struct holders *holders, const struct mention *m, uint32_t before)
{
    if (m->kind != MENTION_PERSON || m->entity == MENTION_NONE || m->first > before)
        return;
    if (is_single_office(m->code))
        holders->office = (uint8_t)m->code;
    holders->count += m->code == OFFICE_COUNTERPART || (holders->office != CODE_NONE && m->code == holders->office);
}

// "The foreign minister of A, X, his counterpart from B, Y, and the Cs' Z": who closes a list by a state's genitive holds the same office.
static void share_office(struct finder *f, uint32_t first, uint16_t party)
{
    struct document *d = f->document;
    bool genitive = first > f->first && (features_at(f, first - 1, LEXICON_GRAMMAR) & FEATURE(GEN));
    if (party == PARTY_NONE || !genitive || f->pack->config.head != HEAD_INITIAL || pack_inflects(f->pack))
        return;
    uint32_t self = d->mentions.count - 1;
    struct holders holders = {.office = CODE_NONE};
    for (uint32_t i = f->sentence_mentions[f->sentence]; i < f->bare_mentions && d->mentions.at[i].sentence == f->sentence; i++)
        count_holder(&holders, &d->mentions.at[i], first);
    for (uint32_t i = f->bare_mentions; i < self; i++)
        count_holder(&holders, &d->mentions.at[i], first);
    if (holders.count > 1 && holders.office != CODE_NONE)
        person_know(f, d->mentions.at[self].entity, holders.office, 0, party);
}

// A person of whom the text tells no office, but perhaps the party.
static void add_without_office(struct finder *f, uint32_t first, uint32_t last, uint16_t party)
{
    struct mention *m = person_add(f, first, skip_after_honorifics(f, last), first, last, NULL);
    if (party != PARTY_NONE)
        person_know(f, m->entity, CODE_NONE, 0, party);
    person_set_marks(f, m);
}

// A name that the pack knows to be a certain person's.
static bool is_renowned(const struct finder *f, uint32_t first, uint32_t last)
{
    bool known = false;     // a surname may be a given name, too
    for (uint32_t i = f->covering[first]; (f->kinds[first] & KIND(NAME)) && i < f->span_count && f->spans[i].first == first; i++) {
        const struct lexeme *name = &f->pack->lexemes.at[f->spans[i].lexeme];
        known |= name->kind == LEXICON_NAME && name->value == NAME_KNOWN && f->spans[i].last == last;
    }
    return known && !f->pack->config.plain_names;
}

// "Tokayev met …", "Tokayev and Prime Minister X", "Tokayev and Rahmon": a surname alone that acts or stands in a row of those who do.
static bool renowned_acts(const struct finder *f, uint32_t first, uint32_t last)
{
    if (!is_renowned(f, first, last))
        return false;
    uint32_t next = (classes_at(f, last) & GRAMMAR(AND)) ? unit_last(f, last) : last;
    bool joined = next > last && next < f->last;    // an "and" may end the text
    bool beside = joined && ((f->taken[next] & (TAKEN_NAME | TAKEN_OFFICE)) || is_renowned(f, next, unit_last(f, next)));
    return beside || stands_as_person(f, first, last) || beside_person(f, first);
}

// Where words inflect: "the Uzbek side will be represented by X, the Georgian – Y": the adjective before a dash tells whose Y is.
static uint16_t party_before_dash(const struct finder *f, uint32_t at)
{
    bool dash = pack_inflects(f->pack) && at > f->first + 1 && is_mark(f, at - 1, '-') && has_space_before(f, at - 1);
    uint32_t unit = dash ? unit_first(f, at - 2) : at;
    return dash && party_role_at(f, unit) == PARTY_ROLE_ADJECTIVE ? party_at(f, unit) : PARTY_NONE;
}

// A run of name words that no office claims and no person known bears.
static uint32_t find_unknown(struct finder *f, uint32_t at)
{
    uint32_t end = name_from(f, at);
    if (end == at)
        return at + 1;
    if (names_institution(f, end) && f->pack->config.head == HEAD_INITIAL && !pack_inflects(f->pack))
        return end;
    uint32_t words = name_word_count(f, at, end);
    bool given = name_has_given(f, at, end);
    uint16_t party = words >= 2 ? party_beside(f, at, end) : PARTY_NONE;
    uint16_t side = words >= 2 && party == PARTY_NONE ? party_before_dash(f, at) : PARTY_NONE;
    const struct shared_office *shared = party != PARTY_NONE ? office_shared(f, party) : NULL;
    // "X of Japan": who is of a state by name is a person
    given |= party != PARTY_NONE && (classes_at(f, end) & GRAMMAR(OF)) && f->pack->config.case_marks == CASE_BEFORE &&
             f->world->parties.at[party].state;
    bool known = words >= 2 && (given || shared || beside_person(f, at) || before_person(f, end, LIST_MAX) || stands_as_person(f, at, end));
    known |= (words == 1 && renowned_acts(f, at, end)) || side != PARTY_NONE;
    party = side != PARTY_NONE ? side : party;
    if (shared && !(f->tokens[at].flags & TOKEN_QUOTED)) {
        struct office_chain chain = {.office = shared->office, .portfolio = shared->portfolio, .lexeme = shared->lexeme};
        party_set_add(&chain.parties, party);
        person_set_marks(f, person_add(f, at, skip_after_honorifics(f, end), at, end, &chain));
    } else if (known && !(f->tokens[at].flags & TOKEN_QUOTED) && f->paragraph_role == PARAGRAPH_BODY) {
        add_without_office(f, at, end, party);
        share_office(f, at, party);
        if (is_of_organ(f, end))
            person_know(f, f->document->mentions.at[f->document->mentions.count - 1].entity, OFFICE_OFFICIAL, 0, party);
    }
    return end;
}

// Of a word in capitals, where there are any.
static bool may_be_bare(const struct finder *f, uint32_t at)
{
    const struct token *token = &f->tokens[at];
    if (token->kind != TOKEN_WORD)
        return false;
    if ((f->taken[at] & (TAKEN_NAME | TAKEN_OFFICE | TAKEN_DATE | TAKEN_BODY | TAKEN_DATELINE)))
        return false;
    return f->covering[at] == SPAN_NONE || (f->kinds[at] & KIND(NAME));
}

// "X Y of Z" of one of whom other sentences say only "President Y": the fuller name is the person's.
#define FULL_NAME 3     // words of a name with that after the father

static void widen_name(struct finder *f, uint32_t person, uint32_t first, uint32_t last)
{
    struct person *p = &f->document->people.at[person];
    uint32_t words = name_word_count(f, first, last);
    bool fuller = words == 2 && name_word_count(f, p->name_first, p->name_last) == 1 && !f->pack->config.plain_names;
    bool body = f->paragraph_role == PARAGRAPH_BODY && !(f->tokens[first].flags & TOKEN_QUOTED) && !is_verb(f, first);
    bool father = words == FULL_NAME && is_patronymic(f, last - 1) && name_word_count(f, p->name_first, p->name_last) < words &&
                  person_find(f, first, last, false) == person;
    bool fits = !pack_inflects(f->pack) || is_renowned(f, first, last);
    if (father || (fuller && body && fits && person_has_word(f, person, last - 1))) {
        p->name_first = first;
        p->name_last = last;
    }
}

// "Y of Z", where another sentence gave the name alone.
static void know_party_beside(struct finder *f, uint32_t person, uint32_t first, uint32_t last)
{
    if (f->pack->config.case_marks == CASE_BEFORE && !pack_inflects(f->pack) && f->paragraph_role == PARAGRAPH_BODY)
        person_know(f, person, CODE_NONE, 0, party_beside(f, first, last));
}

// "Vladimir Vladimirovich" of whom the run tells the surname: MENTION_NONE if nobody is known by that given name and the father's
// alone.
static uint32_t known_by_father(struct finder *f, uint32_t at, uint32_t end)
{
    if (!pack_inflects(f->pack) || name_word_count(f, at, end) != 2 || is_patronymic(f, end - 1))
        return MENTION_NONE;
    for (uint32_t i = 0; i < f->document->people.count && i < NAMESAKES_BY_FATHER; i++) {
        struct person *p = &f->document->people.at[i];
        if (p->name_last != p->name_first + 2 || !is_patronymic(f, p->name_first + 1) || !name_same_word(f, p->name_first, at))
            continue;
        p->name_first = at;
        p->name_last = end;
        return i;
    }
    return MENTION_NONE;
}

static uint32_t find_bare(struct finder *f, uint32_t at)
{
    uint32_t end = name_from(f, at), person = MENTION_NONE;
    if (end == at)
        end = at + 1;
    for (uint32_t t = at + FULL_NAME - 1; t < end && end > at + FULL_NAME; t++)
        if (is_patronymic(f, t) && name_word_count(f, t + 1 - FULL_NAME, t + 1) == FULL_NAME) {
            at = t + 1 - FULL_NAME;     // "Persons X Y, son of Z Status": headings ran into the name
            end = t + 1;
        }
    person = person_find(f, at, end, true);
    if (person == MENTION_NONE)
        person = known_by_father(f, at, end);
    if (person == MENTION_NONE) {
        person = person_by_word(f, at);
        if (person == MENTION_NONE)
            return find_unknown(f, at);
        end = at + 1;
    }
    // words beyond the name (a headline, an unknown word) do not belong to it
    bool full = end == at + FULL_NAME && is_patronymic(f, end - 1);
    while (end > at + 1 && !full && !person_has_word(f, person, end - 1) && f->tokens[end - 1].kind == TOKEN_WORD)
        end--;
    struct mention *m = finder_add(f, MENTION_PERSON, at, skip_after_honorifics(f, end));
    m->entity = person;
    f->document->people.at[person].mentions++;
    widen_name(f, person, at, end);
    finder_take(f, at, end, TAKEN_NAME);
    person_set_marks(f, m);
    know_party_beside(f, person, at, end);
    return end;
}

void people_find_bare(struct finder *f)
{
    bool plain = f->pack->config.plain_names;
    bool verb = pack_inflects(f->pack) && f->first < f->last && is_verb(f, f->first);     // "Talked X and Y": its capital is the sentence's
    for (uint32_t at = f->first + verb; at < f->last;)
        at = (plain || (f->tokens[at].flags & TOKEN_CAPITAL)) && may_be_bare(f, at) ? find_bare(f, at) : at + 1;
}
