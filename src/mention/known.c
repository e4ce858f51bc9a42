// SPDX-License-Identifier: MIT
// The people of the report who are known so far, and who is meant by a name.
//
// A later mention is the same person when the words of the shorter name all occur in the longer one and the surnames (last words)
// agree or the shorter is a single word. Words agree when their keys are equal, or, in a language that inflects names, when they share
// all but their endings. People are found by word through one map: a word leads to a chain of people who bear it.
#include "mention/people.h"

#include "unicode/utf8.h"

#define SHORT_FORM_LETTERS 2    // Joe, Joseph
#define ENDING_MAX 3    // letters that an inflected name may differ in
#define STEM_LETTERS 4
#define NAMESAKES_MAX 64    // people with one word in common that are looked at

bool name_same_word(const struct finder *f, uint32_t a, uint32_t b)
{
    struct slice x = document_fold(f->document, a), y = document_fold(f->document, b);
    if (slice_eq(x, y))
        return true;
    if (!pack_inflects(f->pack))
        return false;
    size_t common = 0;
    while (common < x.len && common < y.len && x.at[common] == y.at[common])
        common++;
    while (common > 0 && common < x.len && ((unsigned char)x.at[common] & 0xC0) == 0x80)
        common--;
    size_t shared = utf8_count(slice_make(x.at, common));
    return shared >= STEM_LETTERS && utf8_count(x) - shared <= ENDING_MAX && utf8_count(y) - shared <= ENDING_MAX;
}

static struct slice word_key(const struct finder *f, uint32_t token)
{
    struct slice fold = document_fold(f->document, token);
    if (pack_inflects(f->pack))
        return utf8_prefix(fold, STEM_LETTERS);
    return fold;
}

static bool counts_as_word(const struct finder *f, uint32_t t)
{
    return f->tokens[t].kind == TOKEN_WORD && !is_initial(f, t) && f->tokens[t].end - f->tokens[t].begin > 1;
}

bool person_has_word(const struct finder *f, uint32_t person, uint32_t token)
{
    const struct person *p = &f->document->people.at[person];
    for (uint32_t t = p->name_first; t < p->name_last; t++)
        if (counts_as_word(f, t) && name_same_word(f, t, token))
            return true;
    return false;
}

// "Jr." is nobody's surname.
static bool is_suffix(const struct finder *f, uint32_t at)
{
    const struct lexeme *name = f->kinds[at] & KIND(NAME) ? lexeme_at(f, at, LEXICON_NAME) : NULL;
    return name && name->value == NAME_SUFFIX && !f->pack->config.plain_names;
}

uint32_t name_core(const struct finder *f, uint32_t first, uint32_t last)
{
    while (last > first + 1 && (f->tokens[last - 1].kind != TOKEN_WORD || is_suffix(f, last - 1)))
        last--;
    return last;
}

static uint32_t last_word(const struct finder *f, uint32_t first, uint32_t last)
{
    return name_core(f, first, last) - 1;
}

// All words of first..last occur in the name of `person`, or the other way round.
static bool name_within(const struct finder *f, uint32_t first, uint32_t last, uint32_t person)
{
    const struct person *p = &f->document->people.at[person];
    bool within = true, around = true;
    for (uint32_t t = first; t < last; t++)
        if (counts_as_word(f, t) && !person_has_word(f, person, t))
            within = false;
    for (uint32_t t = p->name_first; around && t < p->name_last; t++) {
        bool found = !counts_as_word(f, t);
        for (uint32_t k = first; !found && k < last; k++)
            found = counts_as_word(f, k) && name_same_word(f, t, k);
        around = found;
    }
    return within || around;
}

static uint32_t chain_of(const struct finder *f, uint32_t token)
{
    return map_get(&f->name_words, word_key(f, token), UINT32_MAX);
}

// "Joe" and "Joseph": the first letters agree.
static bool alike_given(const struct finder *f, uint32_t a, uint32_t b)
{
    struct slice x = document_fold(f->document, a), y = document_fold(f->document, b);
    return counts_as_word(f, a) && counts_as_word(f, b) && slice_eq(utf8_prefix(x, SHORT_FORM_LETTERS), utf8_prefix(y, SHORT_FORM_LETTERS));
}

uint32_t person_find(const struct finder *f, uint32_t first, uint32_t last, bool loose)
{
    uint32_t surname = last_word(f, first, last), best = MENTION_NONE;
    int best_score = 0;
    for (uint32_t t = first; t < last; t++) {
        if (!counts_as_word(f, t))
            continue;
        uint32_t steps = 0;
        for (uint32_t w = chain_of(f, t); w != UINT32_MAX && steps++ < NAMESAKES_MAX; w = f->words.at[w].next) {
            uint32_t person = f->words.at[w].person;
            const struct person *p = &f->document->people.at[person];
            if (!name_same_word(f, f->words.at[w].token, t))
                continue;
            bool surnames = name_same_word(f, last_word(f, p->name_first, p->name_last), surname);
            bool within = name_within(f, first, last, person);
            bool short_form = surnames && !f->pack->config.plain_names && alike_given(f, first, p->name_first) && surname > first;
            bool namesake = pack_inflects(f->pack) && surname > first && last_word(f, p->name_first, p->name_last) > p->name_first;
            int score = within ? 4 + 2 * surnames : short_form ? 2 : loose && surnames && !namesake ? 1 : 0;
            if (score >= best_score && score) {     // a later person wins a tie
                best_score = score;
                best = person;
            }
        }
    }
    return best;
}

uint32_t person_by_word(const struct finder *f, uint32_t at)
{
    return f->words.count && counts_as_word(f, at) ? person_find(f, at, at + 1, false) : MENTION_NONE;
}

static void index_words(struct finder *f, uint32_t person, uint32_t first, uint32_t last)
{
    for (uint32_t t = first; t < last; t++) {
        if (!counts_as_word(f, t))
            continue;
        struct name_word word = {.person = person, .token = t, .next = UINT32_MAX};
        uint32_t head = map_put(&f->name_words, word_key(f, t), f->words.count);
        if (head != f->words.count) {
            bool known = false;
            uint32_t steps = 0;
            for (uint32_t w = head; w != UINT32_MAX && !known && steps++ < NAMESAKES_MAX; w = f->words.at[w].next)
                known = f->words.at[w].person == person && name_same_word(f, f->words.at[w].token, t);
            if (known)
                continue;
            word.next = f->words.at[head].next;
            f->words.at[head].next = f->words.count;
        }
        vec_push(f->arena, &f->words, word);
    }
}

// The word is a name after the father.
bool is_patronymic(const struct finder *f, uint32_t at)
{
    bool father = false;
    for (uint32_t i = 0; i < f->pack->config.patronymics.count && f->tokens[at].kind == TOKEN_WORD; i++)
        father |= slice_ends(document_fold(f->document, at), f->pack->config.patronymics.at[i]);
    return father && (f->tokens[at].flags & TOKEN_CAPITAL);
}

// "Sergei Viktorovich": a given name and the father's; where the report knows one of that given name, he is meant.
static uint32_t person_by_patronymic(const struct finder *f, uint32_t first, uint32_t last)
{
    if (last != first + 2)
        return MENTION_NONE;
    bool father = is_patronymic(f, first + 1);
    for (uint32_t i = f->document->people.count; father && i-- > 0;) {
        const struct person *p = &f->document->people.at[i];
        if (p->name_last > p->name_first + 1 && name_same_word(f, p->name_first, first))
            return i;
    }
    return MENTION_NONE;
}

uint32_t person_note(struct finder *f, uint32_t first, uint32_t last)
{
    struct document *d = f->document;
    uint32_t person = person_find(f, first, last, false);
    if (person == MENTION_NONE)
        person = person_by_patronymic(f, first, last);
    if (person == MENTION_NONE && d->people.count == PEOPLE_MAX)
        return MENTION_NONE;
    if (person == MENTION_NONE) {
        struct person fresh = {.name_first = first, .name_last = last, .office = CODE_NONE, .party = PARTY_NONE,
                               .mention = MENTION_NONE};
        person = d->people.count;
        vec_push_max(f->arena, &d->people, fresh, PEOPLE_MAX);
        index_words(f, person, first, last);
    } else {
        struct person *p = &d->people.at[person];
        if (name_word_count(f, first, last) > name_word_count(f, p->name_first, p->name_last)) {
            p->name_first = first;
            p->name_last = last;
            index_words(f, person, first, last);
        }
    }
    d->people.at[person].mentions++;
    return person;
}

void person_know(struct finder *f, uint32_t person, uint8_t office, uint64_t portfolio, uint16_t party)
{
    if (person == MENTION_NONE)
        return;
    struct person *p = &f->document->people.at[person];
    bool title = office != CODE_NONE && office != OFFICE_COUNTERPART && office != OFFICE_DELEGATION;
    // "Secretary X" is a vague word for what is told in full elsewhere
    bool vague = p->office == OFFICE_OFFICIAL && office != OFFICE_OTHER && office != OFFICE_BUSINESS;
    if (title && (p->office == CODE_NONE || vague)) {
        p->office = office;
        p->portfolio = portfolio;
    }
    if (p->party == PARTY_NONE)
        p->party = party;
}

// Mentions inside a name are no mentions ("Jordan" in "Jordan Bardella"): they are dropped when the layer is closed.
struct mention *person_add(struct finder *f, uint32_t first, uint32_t last, uint32_t name_first, uint32_t name_last,
                          const struct office_chain *chain)
{
    uint32_t person = name_first < name_last ? person_note(f, name_first, name_last) : MENTION_NONE;
    finder_take(f, name_first, name_last, TAKEN_NAME);
    struct mention *m = finder_add(f, MENTION_PERSON, first, last);
    m->entity = person;
    if (chain) {
        m->code = chain->office;
        m->lexeme = chain->lexeme;
        m->parties = chain->parties;
        m->portfolio = chain->portfolio;
        if (chain->plural)
            m->flags |= MENTION_PLURAL;
    }
    if (person != MENTION_NONE) {
        struct person *p = &f->document->people.at[person];
        if (p->name_first == name_first)
            p->mention = f->document->mentions.count - 1;
        uint16_t party = chain && chain->parties.count == 1 ? chain->parties.at[0] : PARTY_NONE;
        bool led = f->delegation_party != PARTY_NONE && f->delegation_sentence == f->sentence;
        if (led && (!chain || !chain->parties.count)) {
            party = f->delegation_party;
            f->delegation_party = PARTY_NONE;   // the first one named leads it
        }
        person_know(f, person, chain ? chain->office : CODE_NONE, chain ? chain->portfolio : 0, party);
    }
    return m;
}

void person_set_marks(const struct finder *f, struct mention *m)
{
    uint64_t classes = 0;
    if (f->pack->config.case_marks == CASE_AFTER)
        classes = classes_at(f, m->last);
    else if (m->first > f->first)
        classes = classes_at(f, unit_first(f, m->first - 1));
    if (classes & (GRAMMAR(AGENT) | GRAMMAR(BY)))
        m->flags |= MENTION_AGENT;
    if (classes & GRAMMAR(WITH))
        m->flags |= MENTION_WITH;
}
