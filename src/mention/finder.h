// SPDX-License-Identifier: MIT
// What the parts of the mention stage share: the document seen through its lexicon spans, and the mentions found so far.
#ifndef KARAR_MENTION_FINDER_H
#define KARAR_MENTION_FINDER_H

#include "base/map.h"
#include "doc/document.h"
#include "doc/party_set.h"
#include "pack/pack.h"

#define KIND(NAME) (UINT32_C(1) << LEXICON_##NAME)
#define HERE_NUMBERS (UINT32_C(1) << 31)    // in sentence.kinds: a token of figures stands in the sentence
#define HERE_ROMAN (UINT32_C(1) << 30)      // … a Roman numeral that is no form of the lexicon
#define FIELD_KINDS (KIND(SECTOR) | KIND(CONCEPT))
#define PARTY_KINDS (KIND(STATE) | KIND(ORGANISATION))
#define NOUN_KINDS (KIND(BODY) | KIND(MEETING))
#define DATE_KINDS (KIND(MONTH) | KIND(WEEKDAY) | KIND(TIME) | KIND(NUMBER))
static_assert(LEXICON_KIND_COUNT <= 30, "HERE_NUMBERS and HERE_ROMAN are no kinds");

// Tokens that a part has claimed, so that later parts leave them alone.
enum taken {
    TAKEN_DATE = 1,
    TAKEN_NAME = 2,     // a person's name
    TAKEN_OFFICE = 4,   // an office and its field words
    TAKEN_BODY = 8,     // name of a body
    TAKEN_MEETING = 16, // a meeting noun with what counts it
    TAKEN_DATELINE = 32,
    TAKEN_ORGAN = 64,
    MAY_BE_ORDINAL = 128,   // by no part: figures, a word for a number, or a Roman numeral, with which alone an ordinal begins
};

#define MENTIONS_MAX (1u << 22)
#define PEOPLE_MAX 4096

struct name_word {
    uint32_t person;
    uint32_t token;     // a token that carries the word
    uint32_t next;      // next word with the same key, UINT32_MAX
};

// A short name of a body: the acronym that its name gave in brackets, or the noun alone ("the commission").
struct alias {
    uint32_t first, last;
    uint32_t lexeme;
    uint8_t type;
    bool body, event;
    bool noun;          // needs the words before it that point back
    struct party_set parties;
};

// An office that several people of named parties hold: "the foreign ministers of X, Y and Z".
struct shared_office {
    struct party_set parties;
    uint64_t portfolio;
    uint32_t lexeme;
    uint32_t sentence;
    uint8_t office;
};

struct finder {
    struct document *document;
    struct arena *arena;
    const struct world *world;
    const struct token *tokens;
    const struct span *spans;
    const uint32_t *covering;
    uint32_t token_count, span_count;
    uint32_t *kinds;        // a cell a token: lexicon kinds of the group that covers it
    uint64_t *classes;      // a cell a token: grammar classes of that group
    uint64_t *sentence_classes; // a cell a sentence: grammar classes of all its tokens
    uint8_t *taken;         // a cell a token: enum taken
    uint32_t *named;        // a cell a party: how often a form names it that names no other state
    // the sentence at work
    const struct pack *pack;
    uint32_t sentence, first, last;
    uint32_t here;          // kinds of its tokens, HERE_NUMBERS, HERE_ROMAN
    uint64_t here_classes;  // grammar classes of its tokens
    uint8_t paragraph_role;
    // dates
    struct date published;      // year 0: unknown
    struct date latest;         // last date of the text that names its year
    uint32_t dateline_first, dateline_last;
    uint16_t dateline_state;
    // bodies
    struct map alias_by_word;   // first word of the alias → aliases
    uint64_t alias_begins;      // a bit for the first two bytes of each of these words
    VEC(struct alias) aliases;
    // people
    VEC(struct shared_office) shared_offices;
    // a cell a party: number of the last shared office that it has part in, from 1; 0: none; NULL before the first
    uint32_t *shared_by_party;
    uint32_t shared_by_count[PARTY_SET_MAX + 1];    // the same by how many parties share it
    uint32_t *sentence_mentions;    // a cell a sentence: the first mention of its first pass
    uint32_t bare_mentions;         // the first mention of the second pass over the sentence at work
    uint32_t delegation_sentence;   // where a delegation of one party was last named
    uint16_t delegation_party;
    struct map name_words;
    VEC(struct name_word) words;
};

void finder_init(struct finder *finder, struct document *document);
// Makes `sentence` the one at work; false if it has no pack or is page furniture.
static inline bool finder_enter(struct finder *finder, uint32_t sentence)
{
    const struct sentence *at = &finder->document->sentences.at[sentence];
    finder->paragraph_role = finder->document->paragraphs.at[at->paragraph].role;
    if (!at->pack || finder->paragraph_role == PARAGRAPH_FURNITURE)
        return false;
    finder->pack = at->pack;
    finder->sentence = sentence;
    finder->first = at->first;
    finder->last = at->last;
    finder->here = at->kinds;
    finder->here_classes = finder->sentence_classes[sentence];
    return true;
}
// Marks the tokens as claimed (enum taken), beside what they are marked as already.
void finder_take(struct finder *finder, uint32_t first, uint32_t last, uint8_t taken);
struct mention *finder_add(struct finder *finder, enum mention_kind kind, uint32_t first, uint32_t last);

// A unit is a group of spans with its tokens, or one token that no span covers. All positions below are tokens.
static inline uint32_t unit_last(const struct finder *finder, uint32_t at)
{
    uint32_t group = finder->covering[at];
    return group == SPAN_NONE ? at + 1 : finder->spans[group].last;
}
static inline uint32_t unit_first(const struct finder *finder, uint32_t at)
{
    uint32_t group = finder->covering[at];
    return group == SPAN_NONE ? at : finder->spans[group].first;
}
static inline uint32_t kinds_at(const struct finder *finder, uint32_t at)
{
    return at >= finder->first && at < finder->last ? finder->kinds[at] : 0;
}
static inline uint64_t classes_at(const struct finder *finder, uint32_t at)
{
    return at >= finder->first && at < finder->last ? finder->classes[at] : 0;
}
// The verb, or other trigger, at `at`: first of its group in document->triggers, SPAN_NONE if there is none.
static inline uint32_t trigger_at(const struct finder *finder, uint32_t at)
{
    const struct span_layer *triggers = &finder->document->triggers;
    return triggers->covering && at >= finder->first && at < finder->last ? triggers->covering[at] : SPAN_NONE;
}
// Behind the triggers of the group that begins with `trigger` (SPAN_NONE: itself): the same words may be triggers of several rules.
static inline uint32_t triggers_end(const struct finder *finder, uint32_t trigger)
{
    const struct span_layer *triggers = &finder->document->triggers;
    uint32_t end = trigger;
    while (end < triggers->count && triggers->at[end].first == triggers->at[trigger].first)
        end++;
    return end;
}
static inline const struct rule *rule_of(const struct finder *finder, uint32_t trigger)
{
    return &finder->pack->rules.at[finder->pack->lexemes.at[finder->document->triggers.at[trigger].lexeme].value];
}
// A trigger in the form of a verb.
bool is_verb(const struct finder *finder, uint32_t at);
// First span of the kind in the group that covers `at`, which has one; the features of all of them.
const struct span *span_of_kind(const struct finder *finder, uint32_t at, enum lexicon_kind kind);
uint32_t features_of_kind(const struct finder *finder, uint32_t at, enum lexicon_kind kind);
// First span of the kind in the group that covers `at`, NULL if there is none; its lexeme; the features of all of the kind.
static inline const struct span *span_at(const struct finder *finder, uint32_t at, enum lexicon_kind kind)
{
    return kinds_at(finder, at) & (UINT32_C(1) << kind) ? span_of_kind(finder, at, kind) : NULL;
}
static inline const struct lexeme *lexeme_at(const struct finder *finder, uint32_t at, enum lexicon_kind kind)
{
    const struct span *span = span_at(finder, at, kind);
    return span ? &finder->pack->lexemes.at[span->lexeme] : NULL;
}
static inline uint32_t features_at(const struct finder *finder, uint32_t at, enum lexicon_kind kind)
{
    return kinds_at(finder, at) & (UINT32_C(1) << kind) ? features_of_kind(finder, at, kind) : 0;
}
// Grammar classes of the single word, also where a longer form swallowed it.
uint64_t word_classes(const struct finder *finder, uint32_t at);
// The token is this one ASCII mark (typographic forms included).
static inline bool is_mark(const struct finder *finder, uint32_t at, char mark)
{
    if (at < finder->first || at >= finder->last)
        return false;
    const struct token *token = &finder->tokens[at];
    return token->fold_len == 1 && finder->document->folds[token->fold] == mark;
}
static inline bool has_space_before(const struct finder *finder, uint32_t at)
{
    return at >= finder->last || (finder->tokens[at].flags & TOKEN_SPACE_BEFORE);
}
// A hyphen that joins words: no white space on either side.
static inline bool is_joint(const struct finder *finder, uint32_t at)
{
    return is_mark(finder, at, '-') && !has_space_before(finder, at) && !has_space_before(finder, at + 1);
}
// Behind the bracketed group that opens at `at`, or `at` itself when there is none (or it is longer than `most` tokens).
#define BRACKET_TOKENS 10    // of an acronym, a field, a rank in brackets
uint32_t skip_brackets(const struct finder *finder, uint32_t at, uint32_t most);
uint32_t skip_determiners(const struct finder *finder, uint32_t at);
// Party that the unit at `at` names, PARTY_NONE if it names none.
uint16_t party_at(const struct finder *finder, uint32_t at);
uint8_t party_role_at(const struct finder *finder, uint32_t at);
// Field words: sector bits of the unit.
uint64_t sectors_at(const struct finder *finder, uint32_t at);

// Follows a list of field words with their joints leftwards from `from` (not included): "trade and industry", "उद्योग, खान और
// व्यापार". A comma joins only where an "and" has closed the list, or `plural` is set. Returns the leftmost token of the list, or
// `from`.
uint32_t fields_before(const struct finder *finder, uint32_t from, bool plural, uint64_t *sectors);
// The same rightwards, from `from` on; returns the end of the list, or `from`.
uint32_t fields_after(const struct finder *finder, uint32_t from, uint64_t *sectors);

static inline bool may_be_ordinal(const struct finder *finder, uint32_t at)
{
    return at < finder->last && at >= finder->first && (finder->taken[at] & MAY_BE_ORDINAL);
}

// numbers.c
// The value of a Roman numeral in capitals, 0 if the token is none.
int32_t roman_at(const struct finder *finder, uint32_t at);
// An ordinal that begins at `at`: its value and the token behind it; 0 if there is none.
int32_t ordinal_at(const struct finder *finder, uint32_t at, uint32_t *ret_last);
// An ordinal that ends before `end`: its value and first token; 0 if there is none.
int32_t ordinal_before(const struct finder *finder, uint32_t end, uint32_t *ret_first);
// How many: digits or a number word that ends before `end`; 0 if there is none, or it is a year.
uint32_t cardinal_before(const struct finder *finder, uint32_t end, uint32_t *ret_first);
// Digits alone, grouping removed; -1 if the token is none or too long.
int32_t digits_at(const struct finder *finder, uint32_t at);
bool is_ordinal_suffix(const struct finder *finder, uint32_t at);
// The number at `at` is an ordinal by its full stop, in languages that write ordinals so.
bool has_ordinal_stop(const struct finder *finder, uint32_t at);

// The parts, each over the sentence at work.
void dates_published(struct finder *finder);
void dates_find(struct finder *finder);
void places_find(struct finder *finder);     // parties and places
void bodies_find_aliases(struct finder *finder);  // over all sentences before bodies_find
void bodies_find(struct finder *finder);     // bodies, meetings
void instruments_find(struct finder *finder);
void amounts_find(struct finder *finder);
void topics_find(struct finder *finder);     // organs, topics, sides, sources
void people_find(struct finder *finder);     // offices with names
void people_find_bare(struct finder *finder);    // names alone
void people_finish(struct finder *finder);   // over the ordered layer: counterparts, parties of people, offices without name

// Where endings join words, adjectives of states may stand inside the words of one form. Follows a form of the kind from `at` over them;
// false if there is none that holds at least one.
#define SPREAD_TOKENS 12
struct spread {
    uint32_t lexeme, last;      // last: the token behind the form
    struct party_set parties;   // the states inside
};
bool form_over_states(const struct finder *finder, uint32_t at, enum lexicon_kind kind, struct spread *ret_spread);

#endif
