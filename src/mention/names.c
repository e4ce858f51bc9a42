// SPDX-License-Identifier: MIT
// Names of people: where a run of name words begins and ends, and who is meant by it.
//
// Where the script has capitals, a name is a run of capitalised words that no lexicon claims, with particles and hyphens inside. Where
// it has none, a name is a run of words that are in no lexicon at all; what ends it is any word that is in one (a postposition, a
// conjunction, a verb). In both, the lexicon's given names are welcome and initials keep their stop.
// A later mention is the same person when the words of the shorter name all occur in the longer one and the surnames (last words)
// agree or the shorter is a single word. Words agree when their keys are equal, or, in a language that inflects names, when they share
// all but their endings. People are found by word through one map: a word leads to a chain of people who bear it.
#include "mention/people.h"

#include "unicode/utf8.h"

#include <string.h>

#define SHORT_FORM_LETTERS 2    // Joe, Joseph
#define ACRONYM_LETTERS 3
#define ENDING_MAX 3    // letters that an inflected name may differ in
#define STEM_LETTERS 4
#define COUNT_IN_NAME_LETTERS 2
#define VERB_IN_NAME_LETTERS 3
#define NAMESAKES_MAX 64    // people with one word in common that are looked at

static bool same_word(const struct finder *f, uint32_t a, uint32_t b)
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

static bool is_initial(const struct finder *f, uint32_t at)
{
    const struct token *token = &f->tokens[at];
    return token->kind == TOKEN_WORD && (token->flags & TOKEN_ABBREVIATION) &&
           utf8_count(slice_make(f->document->text.at + token->begin, token->end - token->begin)) <= 5;
}

static bool in_trigger(const struct finder *f, uint32_t at)
{
    return f->document->triggers.covering && f->document->triggers.covering[at] != SPAN_NONE;
}

// "господин Мин Аун Хлайн": where common nouns have small letters, a thing's word with a capital in the midst of a sentence, before a
// capitalised word of no lexicon, is a name's.
static bool opens_as_name(const struct finder *f, uint32_t at)
{
    if (!pack_inflects(f->pack) || at == f->first || at + 1 >= f->last ||
        (f->kinds[at] & ~(KIND(CONCEPT) | KIND(SECTOR) | KIND(UNIT) | KIND(CITY))))
        return false;
    // a city's name is somebody's only right behind the state of his office
    if ((f->kinds[at] & KIND(CITY)) && !(f->kinds[at - 1] & PARTY_KINDS))
        return false;
    const struct token *before = &f->tokens[at - 1], *next = &f->tokens[at + 1];
    bool small = before->kind == TOKEN_WORD && (!(before->flags & TOKEN_CAPITAL) || (f->kinds[at - 1] & (PARTY_KINDS | KIND(OFFICE))));
    bool name = next->kind == TOKEN_WORD && (next->flags & TOKEN_CAPITAL) && !(next->flags & TOKEN_ALL_CAPS);
    return small && name && f->covering[at + 1] == SPAN_NONE && !(f->tokens[at].flags & (TOKEN_ALL_CAPS | TOKEN_QUOTED));
}

// A capitalised word that may be part of a name. `words`: how many name words stand before it.
static bool capital_word(const struct finder *f, uint32_t at, uint32_t words)
{
    const struct token *token = &f->tokens[at];
    uint32_t kinds = f->kinds[at];
    if (token->kind != TOKEN_WORD || !(token->flags & TOKEN_CAPITAL) || (f->taken[at] & (TAKEN_DATE | TAKEN_BODY | TAKEN_OFFICE)))
        return false;
    if (kinds & KIND(NAME))
        return lexeme_at(f, at, LEXICON_NAME)->value != NAME_SUFFIX || words > 0;
    if (token->flags & TOKEN_INITIAL)
        return true;    // though the letter be a small word, too
    // "the minister of the RA X": letters that stand for a state or a body, before a name in small letters
    bool acronym = (token->flags & TOKEN_ALL_CAPS) && utf8_count(document_fold(f->document, at)) <= ACRONYM_LETTERS;
    if (acronym && pack_inflects(f->pack) && !words && at + 1 < f->last && !(f->tokens[at + 1].flags & TOKEN_ALL_CAPS))
        return false;
    if (f->covering[at] == SPAN_NONE) {
        // in a headline with capitals everywhere a verb ends the name
        bool headline = f->paragraph_role == PARAGRAPH_TITLE || f->paragraph_role == PARAGRAPH_HEADING;
        // so does the capital of a sentence that goes on from a headline without a stop, where verbs are told by their endings
        bool run_on = words > 0 && pack_inflects(f->pack);
        return !((headline || run_on) && in_trigger(f, at));
    }
    // surnames that are words of a lexicon: "Teresa May", "Bernard Price"; never first, and alone in their span
    uint32_t soft = KIND(CITY) | KIND(GRAMMAR) | KIND(ORDINARY) | KIND(MONTH) | KIND(SECTOR) | KIND(CONCEPT) | KIND(PLACE) | KIND(UNIT);
    // "Mark Holland": a given name, and a surname that is a state
    if (words && at > f->first && (f->kinds[at - 1] & KIND(NAME)) && lexeme_at(f, at - 1, LEXICON_NAME)->value == NAME_GIVEN)
        soft |= KIND(STATE);
    if (unit_last(f, at) != at + 1 || unit_first(f, at) != at)
        return false;
    if (!words)
        return opens_as_name(f, at);
    if (kinds & ~soft)
        return false;
    bool alone = at + 1 >= f->last || !(f->tokens[at + 1].flags & TOKEN_CAPITAL) || f->tokens[at + 1].kind != TOKEN_WORD;
    bool capitals = (token->flags & TOKEN_ALL_CAPS) && utf8_count(document_fold(f->document, at)) > 1;     // one letter is a word, too
    return words == 1 && alone && !capitals && f->paragraph_role == PARAGRAPH_BODY;
}

static bool ends_name(const struct finder *f, uint32_t at)
{
    if (at >= f->last || f->tokens[at].kind == TOKEN_PUNCT)
        return true;
    return classes_at(f, at) & (GRAMMAR(AGENT) | GRAMMAR(WITH) | GRAMMAR(OBJECT) | GRAMMAR(AND));
}

// In no lexicon but inside a city's name, or an initial, or listed as a name.
static bool unknown_word(const struct finder *f, uint32_t at)
{
    if (at >= f->last || f->tokens[at].kind != TOKEN_WORD)
        return false;
    return (f->covering[at] == SPAN_NONE && (!pack_has_common(f->pack, f->tokens[at].word) || is_initial(f, at))) ||
            (f->kinds[at] & KIND(NAME));
}

static size_t letters_of(const struct finder *f, uint32_t at) { return utf8_count(document_fold(f->document, at)); }

static bool short_word(const struct finder *f, uint32_t at)
{
    return f->tokens[at].kind == TOKEN_WORD && letters_of(f, at) <= 2 && unit_last(f, at) == at + 1;
}

// Initials by the names of their letters, of which one may be a small word, too ("के पी", "ए के"): two short words and a name word.
static bool spelt_initials(const struct finder *f, uint32_t at)
{
    return at + 2 < f->last && short_word(f, at) && short_word(f, at + 1) && unknown_word(f, at + 2) &&
           !(f->kinds[at] & f->kinds[at + 1] & KIND(GRAMMAR));
}

// What may stand right behind a name and shows that the name is over.
static bool closes_name(const struct finder *f, uint32_t at)
{
    if (at >= f->last || f->tokens[at].kind == TOKEN_PUNCT)
        return true;
    return classes_at(f, at) & (GRAMMAR(AGENT) | GRAMMAR(WITH) | GRAMMAR(OBJECT) | GRAMMAR(AND) | GRAMMAR(BETWEEN));
}

// A word in some lexicon that may be part of a name all the same, where the words around it say so: a state, a city, a title, a short verb
// ("जॉर्जिया मेलोनी", "पार्क जोंग-हून", "महबूब रहमान चौधरी", "ले क्वांग हुई"). Marks of case and joining words never are.
static bool borrowed_word(const struct finder *f, uint32_t at)
{
    uint32_t hard = KIND(OFFICE) | KIND(ORGAN) | KIND(BODY) | KIND(MEETING) | KIND(INSTRUMENT) | KIND(SIDE) | KIND(NUMBER) | KIND(TIME) |
                    KIND(WEEKDAY) | KIND(FURNITURE) | KIND(MONTH);
    bool count = (f->kinds[at] & KIND(NUMBER)) && letters_of(f, at) <= COUNT_IN_NAME_LETTERS;    // "हान डक सौ"
    uint64_t verbal = GRAMMAR(VERB) | GRAMMAR(BE) | GRAMMAR(DO) | GRAMMAR(HAVE);
    const struct token *token = &f->tokens[at];
    if (count && unit_last(f, at) == at + 1 && closes_name(f, at + 1))
        return true;
    if (token->kind != TOKEN_WORD || (f->taken[at] & (TAKEN_DATE | TAKEN_BODY | TAKEN_OFFICE)) || unit_last(f, at) != at + 1 ||
        unit_first(f, at) != at || (f->kinds[at] & hard) || (f->classes[at] & ~verbal))
        return false;
    bool state = (f->kinds[at] & KIND(STATE)) && party_role_at(f, at) == PARTY_ROLE_NAME;
    bool verb = f->classes[at] && letters_of(f, at) <= VERB_IN_NAME_LETTERS;
    return state || verb || (f->kinds[at] & (KIND(CITY) | KIND(SOURCE) | KIND(HONORIFIC)));
}

// A borrowed word ends the name only before a mark that shows it, and a state never does: "… and Georgia".
static bool borrowed_ends(const struct finder *f, uint32_t last)
{
    if (f->kinds[last - 1] & PARTY_KINDS)
        return false;
    return f->classes[last - 1] ? classes_at(f, last) & (GRAMMAR(AGENT) | GRAMMAR(AND) | GRAMMAR(BETWEEN)) : closes_name(f, last);
}

// The same where the script has no capitals.
static bool plain_word(const struct finder *f, uint32_t at, uint32_t words)
{
    const struct token *token = &f->tokens[at];
    uint32_t kinds = f->kinds[at];
    if (token->kind != TOKEN_WORD || (f->taken[at] & (TAKEN_DATE | TAKEN_BODY | TAKEN_OFFICE)) || in_trigger(f, at))
        return false;
    if ((!words && spelt_initials(f, at)) || (words == 1 && spelt_initials(f, at - 1)))
        return true;
    bool agent_follows = at + 1 < f->last && (classes_at(f, at + 1) & GRAMMAR(AGENT));
    if (words > 1 && (kinds & KIND(GRAMMAR)) && agent_follows && borrowed_word(f, at))
        return true;    // "चोए सोन हुई ने"
    if ((kinds & KIND(GRAMMAR)) && unit_last(f, at) == at + 1)
        return false;
    if ((kinds & KIND(NAME)) && lexeme_at(f, at, LEXICON_NAME)->value == NAME_SUFFIX)     // a surname that is a common word, too
        return words > 0 && (at + 1 >= f->last || f->tokens[at + 1].kind == TOKEN_PUNCT ||
                             (classes_at(f, at + 1) & (GRAMMAR(AGENT) | GRAMMAR(WITH) | GRAMMAR(AND))));
    if (kinds & KIND(NAME))
        return true;
    if (f->covering[at] == SPAN_NONE)
        return unknown_word(f, at) || unknown_word(f, at + 1) || ends_name(f, at + 1);
    if (words > 0 && (kinds & FIELD_KINDS) && unit_last(f, at) == at + 1 && unknown_word(f, at + 1) && !in_trigger(f, at + 1))
        return true;
    uint32_t soft = KIND(CITY) | KIND(ORDINARY) | KIND(SECTOR) | KIND(CONCEPT) | KIND(UNIT) | KIND(STATE);
    return words > 0 && !(kinds & ~soft) && unit_last(f, at) == at + 1 && unit_first(f, at) == at &&
           at + 1 < f->last && (classes_at(f, at + 1) & GRAMMAR(AGENT));
}

#define TITLED_WORDS 5

// Where the script has no capitals, a name that stands behind an office or a title may hold words of a lexicon: before a word that is none,
// or between such words, or at the end when a mark shows that the name is over. Returns the end of the name, or `at`.
static uint32_t titled_name(const struct finder *f, uint32_t at)
{
    uint32_t before = at > f->first ? unit_first(f, at - 1) : at;
    if (before == at || !(f->kinds[before] & (KIND(OFFICE) | KIND(HONORIFIC))))
        return at;
    uint32_t end = at, words = 0, known = 0, next = at;
    while (next < f->last && words < TITLED_WORDS) {
        if (words && is_joint(f, next) && next + 1 < f->last && f->tokens[next + 1].kind == TOKEN_WORD) {
            next++;
            continue;
        }
        bool joined = next > at && is_joint(f, next - 1);
        bool name = plain_word(f, next, words) && (f->covering[next] == SPAN_NONE || (f->kinds[next] & KIND(NAME)));
        if (!name && !joined && (!borrowed_word(f, next) || words > known + 1))
            break;
        next++;
        words++;
        known += name;
        if (known && (name || joined || borrowed_ends(f, next)))
            end = next;
    }
    // a single unknown word behind one of a lexicon is a name only where a mark shows that it is over
    bool sure = known > 1 || closes_name(f, end) || (f->kinds[at] & KIND(NAME));
    return known && sure ? end : at;
}

static bool name_word(const struct finder *f, uint32_t at, uint32_t words)
{
    return f->pack->config.plain_names ? plain_word(f, at, words) : capital_word(f, at, words);
}

// A small word inside names ("al", "bin", "van"), in lower case.
static bool particle(const struct finder *f, uint32_t at)
{
    const struct lexeme *name = lexeme_at(f, at, LEXICON_NAME);
    return name && name->value == NAME_PARTICLE;
}

// "the governor of Volgograd region", where the region is an adjective: a capitalised word right before a common noun that it makes a
// name of. Returns the first token behind the noun, `at` if nothing of the sort stands there.
uint32_t skip_named_place(const struct finder *f, uint32_t at)
{
    if (!pack_inflects(f->pack) || at + 1 >= f->last || !(f->tokens[at].flags & TOKEN_CAPITAL) || f->tokens[at + 1].kind != TOKEN_WORD)
        return at;
    bool common = !(f->tokens[at + 1].flags & TOKEN_CAPITAL) && (f->kinds[at + 1] & (KIND(PLACE) | KIND(ORGAN)));
    return f->covering[at] == SPAN_NONE && common ? unit_last(f, at + 1) : at;
}

// "X Y Y X son of Z": a word that the name holds already begins another writing of it.
static bool repeats(const struct finder *f, uint32_t first, uint32_t at)
{
    for (uint32_t t = first; pack_inflects(f->pack) && t < at; t++)
        if (f->tokens[t].kind == TOKEN_WORD && !is_mark(f, at - 1, '-') && letters_of(f, t) > 1 && same_word(f, t, at))
            return true;
    return false;
}

uint32_t name_from(const struct finder *f, uint32_t at)
{
    if (skip_named_place(f, at) > at)
        return at;
    uint32_t words = 0, end = at, first = at;
    while (at < f->last && words < NAME_WORDS_MAX) {
        if (words && repeats(f, first, at))
            break;
        if (name_word(f, at, words)) {
            words++;
            end = ++at;
        } else if (is_joint(f, at) && words && at + 1 < f->last && f->tokens[at + 1].kind == TOKEN_WORD) {
            at += 2;
            end = at;
        } else if (particle(f, at) && at + 1 < f->last &&
                   (is_joint(f, at + 1) || name_word(f, at + 1, 1) || particle(f, at + 1))) {
            at += is_joint(f, at + 1) ? 2 : 1;
            if (at < f->last && f->tokens[at].kind == TOKEN_WORD && is_mark(f, at - 1, '-')) {
                words++;
                end = ++at;
            }
        } else {
            break;
        }
    }
    uint32_t titled = f->pack->config.plain_names ? titled_name(f, first) : first;
    if (titled > end)
        return titled;
    // one word in full capitals among others is an acronym, no name
    if (words == 1 && end == first + 1 && (f->tokens[first].flags & TOKEN_ALL_CAPS) && f->paragraph_role == PARAGRAPH_BODY &&
        f->tokens[first].fold_len <= 5 && !(f->kinds[first] & KIND(NAME)))
        return first;
    return words == 1 && is_initial(f, first) ? first : end;
}

uint32_t name_until(const struct finder *f, uint32_t end, uint32_t limit)
{
    // the leftmost start from which a name run reaches `end` exactly
    uint32_t best = end;
    for (uint32_t first = end; first > limit && end - first < NAME_WORDS_MAX + 4;) {
        first--;
        if (f->tokens[first].kind != TOKEN_WORD && !is_joint(f, first))
            break;
        if (name_from(f, first) == end && f->tokens[first].kind == TOKEN_WORD)
            best = first;
        else if (f->covering[first] != SPAN_NONE && !(f->kinds[first] & (KIND(NAME) | KIND(ORDINARY) | KIND(CITY))))
            break;
    }
    return best;
}

uint32_t name_word_count(const struct finder *f, uint32_t first, uint32_t last)
{
    uint32_t count = 0;
    for (uint32_t t = first; t < last; t++)
        count += f->tokens[t].kind == TOKEN_WORD && !(t > first && is_mark(f, t - 1, '-'));
    return count;
}

bool name_has_given(const struct finder *f, uint32_t first, uint32_t last)
{
    for (uint32_t t = first; t < last; t++) {
        const struct lexeme *name = f->kinds[t] & KIND(NAME) ? lexeme_at(f, t, LEXICON_NAME) : NULL;
        if (name && name->value == NAME_GIVEN)
            return true;
    }
    return false;
}

// ---- who is meant ---------------------------------------------------------------------------------------------------------

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
        if (counts_as_word(f, t) && same_word(f, t, token))
            return true;
    return false;
}

static uint32_t last_word(const struct finder *f, uint32_t first, uint32_t last)
{
    while (last > first + 1 && f->tokens[last - 1].kind != TOKEN_WORD)
        last--;
    return last - 1;
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
            found = counts_as_word(f, k) && same_word(f, t, k);
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
            if (!same_word(f, f->words.at[w].token, t))
                continue;
            bool surnames = same_word(f, last_word(f, p->name_first, p->name_last), surname);
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
                known = f->words.at[w].person == person && same_word(f, f->words.at[w].token, t);
            if (known)
                continue;
            word.next = f->words.at[head].next;
            f->words.at[head].next = f->words.count;
        }
        vec_push(f->arena, &f->words, word);
    }
}

// "Sergei Viktorovich": a given name and the father's; where the report knows one of that given name, he is meant.
static uint32_t person_by_patronymic(const struct finder *f, uint32_t first, uint32_t last)
{
    bool father = false;
    if (last != first + 2)
        return MENTION_NONE;
    for (uint32_t i = 0; i < f->pack->config.patronymics.count; i++)
        father |= slice_ends(document_fold(f->document, first + 1), f->pack->config.patronymics.at[i]);
    for (uint32_t i = f->document->people.count; father && i-- > 0;) {
        const struct person *p = &f->document->people.at[i];
        if (p->name_last > p->name_first + 1 && same_word(f, p->name_first, first))
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
