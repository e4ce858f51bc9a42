// SPDX-License-Identifier: MIT
// A language pack, loaded: the world (shared tables), the vocabulary, one trie over all lexicons and triggers, the frame rules.
// Read-only after load; may be used by many threads at once. packs/SCHEMA.md describes the files.
#ifndef KARAR_PACK_PACK_H
#define KARAR_PACK_PACK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "doc/codes.h"
#include "pack/words.h"
#include "unicode/char.h"

// ---- the world: packs/shared ----------------------------------------------------------------------------------------------
struct party {
    struct slice code;      // "PAK", "EU"
    struct slice name;      // short, as the shared tables have it
    bool state;             // false: an organisation of states
    uint16_t capital;       // index into cities (an organisation's seat), 0xFFFF none
    struct slice alpha2;    // states; empty if none
};
struct city {
    struct slice name;      // as the shared tables have it
    uint16_t state;         // party index
    bool capital;
};
struct concept {
    struct slice id;
    uint64_t sectors;       // bit per enum sector
    uint8_t sector;         // the main one
    bool event;             // takes place as a meeting does (an exercise, a festival)
};
enum modality { MODALITY_FUTURE, MODALITY_MAY, MODALITY_NOT, MODALITY_NONFINITE, MODALITY_MUST, MODALITY_COUNT };

struct sound_tables;

struct world {
    VEC(struct party) parties;      // states first, in the table's order
    VEC(struct city) cities;
    VEC(struct concept) concepts;
    // [value][modality] → value, CODE_NONE = no claim; a value that the table does not name becomes itself
    uint8_t commitment_under[STANCE_COUNT][MODALITY_COUNT];
    uint8_t instrument_under[INSTRUMENT_STATUS_COUNT][MODALITY_COUNT];
    uint8_t meeting_under[MEETING_STATUS_COUNT][MODALITY_COUNT];
    struct words party_by_code, city_by_name, concept_by_id;    // → index from 1
    const struct sound_tables *sounds;  // what letters of names sound like: pack/sounds.h
};

// ---- lexicon --------------------------------------------------------------------------------------------------------------
// One row a kind: X(NAME, "file stem"). TRIGGER comes from the rules.
#define LEXICON_KINDS(X)                                                                                                \
    X(STATE, "states") X(ORGANISATION, "organisations") X(CITY, "cities") X(PLACE, "places") X(OFFICE, "offices")       \
    X(HONORIFIC, "honorifics") X(NAME, "names") X(ORGAN, "organs") X(BODY, "bodies") X(MEETING, "meetings")             \
    X(INSTRUMENT, "instruments") X(SECTOR, "sectors") X(CONCEPT, "concepts") X(SIDE, "sides") X(NUMBER, "numbers")      \
    X(MONTH, "months") X(WEEKDAY, "weekdays") X(TIME, "times") X(UNIT, "units") X(SOURCE, "sources")                    \
    X(GRAMMAR, "grammar") X(FURNITURE, "furniture") X(ORDINARY, "ordinary") X(TRIGGER, "frames")
#define LEXICON_ENUM(name, text) LEXICON_##name,
enum lexicon_kind { LEXICON_KINDS(LEXICON_ENUM) LEXICON_KIND_COUNT };

// Grammar classes: bits of lexeme.classes for LEXICON_GRAMMAR.
#define GRAMMAR_CLASSES(X)                                                                                              \
    X(AND, "and") X(OR, "or") X(BUT, "but") X(OF, "of") X(IN, "in") X(ON, "on") X(ABOUT, "about") X(WITH, "with")       \
    X(BETWEEN, "between") X(BY, "by") X(AGENT, "agent") X(OBJECT, "object") X(FROM, "from") X(TO, "to") X(FOR, "for")   \
    X(UNTIL, "until") X(SINCE, "since") X(AFTER, "after") X(BEFORE, "before") X(DURING, "during") X(UNDER, "under")     \
    X(INCLUDING, "including") X(THAT, "that") X(WHICH, "which") X(WHILE, "while") X(IF, "if") X(BECAUSE, "because")     \
    X(NOT, "not") X(WILL, "will") X(MAY, "may") X(MUST, "must") X(BE, "be") X(HAVE, "have") X(DO, "do")                 \
    X(VERB, "verb") X(PRONOUN, "pronoun") X(DETERMINER, "determiner") X(SAID, "said")                            \
    X(PREVIOUS, "previous") X(NEXT, "next") X(ANOTHER, "another") X(EACH, "each") X(AMONG, "among")                      \
    X(AGAINST, "against") X(OCCASION, "occasion")
enum grammar_class_index {
#define GRAMMAR_INDEX(name, text) GRAMMAR_INDEX_##name,
    GRAMMAR_CLASSES(GRAMMAR_INDEX) GRAMMAR_CLASS_COUNT
};
#define GRAMMAR(NAME) (UINT64_C(1) << GRAMMAR_INDEX_##NAME)

// Features that the engine acts upon; bits of span.features. Others are allowed in packs and ignored.
#define FEATURES(X)                                                                                                     \
    X(INF, "inf") X(PRES, "pres") X(PAST, "past") X(PART, "part") X(GER, "ger") X(FUT, "fut") X(IMP, "imp")             \
    X(PERF, "perf") X(SG, "sg") X(PL, "pl") X(NOM, "nom") X(GEN, "gen") X(DAT, "dat") X(ACC, "acc") X(INS, "ins")       \
    X(LOC, "loc") X(OBL, "obl") X(NEG, "neg") X(POT, "pot") X(COND, "cond")
enum feature_index {
#define FEATURE_INDEX(name, text) FEATURE_INDEX_##name,
    FEATURES(FEATURE_INDEX) FEATURE_COUNT
};
#define FEATURE(NAME) (UINT32_C(1) << FEATURE_INDEX_##NAME)

enum place_class { PLACE_ROOM, PLACE_REGION, PLACE_HERE, PLACE_CAPITAL };
enum honorific_side { HONORIFIC_BEFORE, HONORIFIC_AFTER };
enum name_class { NAME_PARTICLE, NAME_GIVEN, NAME_SUFFIX, NAME_KNOWN };
enum organ_class { ORGAN_MINISTRY, ORGAN_PARLIAMENT, ORGAN_GOVERNMENT, ORGAN_EMBASSY, ORGAN_AGENCY, ORGAN_COURT, ORGAN_ARMY, ORGAN_FIRM };
enum number_type { NUMBER_CARDINAL, NUMBER_ORDINAL, NUMBER_MULTIPLIER };
enum time_unit { TIME_DAY, TIME_WEEK, TIME_MONTH, TIME_QUARTER, TIME_YEAR, TIME_EITHER, TIME_TOLD };
enum unit_type { UNIT_CURRENCY, UNIT_MEASURE };
enum source_class { SOURCE_OUTLET, SOURCE_SAID, SOURCE_OUTSIDER };
enum furniture_class {
    FURNITURE_COMMENT, FURNITURE_SHARE, FURNITURE_ADBLOCK, FURNITURE_MENU, FURNITURE_RELATED, FURNITURE_CAPTION,
    FURNITURE_SUBSCRIBE, FURNITURE_COPYRIGHT, FURNITURE_TAGS, FURNITURE_LOGIN, FURNITURE_NEXT,
};

#define MEETING_IS_ROUND 1
#define BODY_IS_OF_TWO 2

enum sector_strength { SECTOR_FIELD, SECTOR_WEAK, SECTOR_PLIGHT, SECTOR_MEANS, SECTOR_LEVY };

// One row of a lexicon table (or one rule's triggers). What `value` and `attribute` mean depends on the kind:
//   STATE ORGANISATION  value: party index, attribute: enum party_role
//   CITY                value: city index
//   PLACE HONORIFIC NAME ORGAN SOURCE FURNITURE ORDINARY   value: enum of its class
//   OFFICE              value: enum office; portfolio: sector bits; attribute: 1 = takes a field; parties: condition (count 0: any)
//   BODY MEETING        value: enum meeting_type or MEETING_SESSION; attribute: MEETING_IS_ROUND: one of a dialogue,
//                       BODY_IS_OF_TWO: a body only where two parties stand in its name
//   INSTRUMENT          value: enum instrument_kind
//   SECTOR              value: enum sector, attribute: enum sector_strength
//   CONCEPT             value: concept index
//   SIDE                value: enum side
//   NUMBER              number, attribute: enum number_type
//   MONTH WEEKDAY       value: 1–12, 1–7
//   TIME                number: offset, attribute: enum time_unit
//   UNIT                attribute: enum unit_type, text: currency code or measure
//   GRAMMAR             classes
//   TRIGGER             value: rule index
struct lexeme {
    uint8_t kind;
    uint8_t attribute;
    uint16_t value;
    uint64_t classes;       // grammar classes, or an office's portfolio
    int64_t number;
    struct slice text;      // first cell of the row, as written
    const uint16_t *parties;// offices: party indices for which the row holds
    uint8_t party_count;
    uint16_t file;          // index into pack.files
    uint32_t line;
};

// ---- rules ----------------------------------------------------------------------------------------------------------------
enum rule_role { ROLE_NONE, ROLE_CHAIR, ROLE_TAKE_PART, ROLE_SAY, ROLE_HOST, ROLE_SIGN, ROLE_ARRIVE, ROLE_CONCERN };
enum rule_governs { GOVERNS_DEFAULT, GOVERNS_AFTER, GOVERNS_BEFORE, GOVERNS_BOTH };

#define VALUE_UNSET 0xFE    // the rule says nothing; CODE_NONE: it says "no claim" ("-")
struct rule_value {
    uint8_t value;                      // VALUE_UNSET, CODE_NONE or a code
    uint8_t under[MODALITY_COUNT];      // VALUE_UNSET: as shared/modality.tsv says for `value`
};
struct rule_example {
    struct slice text;
    bool must_match;
    uint32_t line;
};
struct rule {
    struct slice id;
    struct rule_value commitment, instrument, meeting;
    uint8_t instrument_over, meeting_over;  // VALUE_UNSET if not said
    uint8_t makes;                          // meeting type, VALUE_UNSET
    uint8_t issues;                         // instrument kind, VALUE_UNSET
    uint8_t role;                           // enum rule_role
    uint8_t governs;                        // enum rule_governs
    bool background;
    bool yields;    // its stance gives way to that of a finite clause which it governs
    VEC(struct rule_example) examples;
    uint16_t file;
    uint32_t line;
};

// ---- pack -----------------------------------------------------------------------------------------------------------------
enum head_side { HEAD_INITIAL, HEAD_FINAL };
enum case_marks { CASE_BEFORE, CASE_AFTER, CASE_ENDINGS };

struct pack_config {
    struct slice language, name, script_name;
    enum script script;
    bool right_to_left, plain_names, indian_grouping, decimal_comma, month_first;
    enum head_side head;
    enum case_marks case_marks;
    VEC(struct slice) ordinal_suffixes;  // folded
    VEC(struct slice) joined_endings;    // folded; words of their own behind an apostrophe: pack/ending.h
    bool ordinal_stop;                   // a full stop behind a number makes it an ordinal
    bool bare_genitives;                 // a state's name stands unmarked before what is the state's
    VEC(struct slice) patronymics;       // folded endings
    VEC(struct slice) sentence_ends;
    VEC(struct slice) profile;           // folded
    struct slice hyphen_stops;           // stops that also join two names, one behind the other
    struct slice foreign_letters;        // characters that the language's own words never have, one behind the other
    struct slice final_letters, open_letters, inner_letters;    // see text/slip.h
    bool slips;                          // some of these three are named
    VEC(struct slice) closers;           // folded; words that close a sentence where stops are left out
    VEC(struct slice) emphatics;         // folded; words that may stand inside a trigger and change nothing
    VEC(struct slice) home;              // codes of the states whose press writes the language, the first one first
};

// How a pack writes an abbreviation: with a capital first letter, then small ones are the common word ("No. 5", but "he said no.").
enum { ABBREVIATION_ANY = 1, ABBREVIATION_CAPITAL = 2 };

// What the lexicon forms with the same words say together: most questions to a span are answered by these few numbers. Groups of many
// forms are the same; few packs have more than some hundred.
#define PACK_MAX_GROUPS 0xFFFFu
struct pack_group {
    uint64_t classes;       // grammar classes
    uint32_t kinds;         // bit per enum lexicon_kind; ORDINARY is left out where the form is grammar, too
    uint32_t features;      // of its grammar forms
    uint32_t states, state; // how many states it names; the last of them
};

struct trie;

struct pack {
    struct arena *arena;
    const struct world *world;
    struct pack_config config;
    VEC(struct slice) files;        // names for messages: "packs/xx/lexicon/states.tsv"
    VEC(struct lexeme) lexemes;
    VEC(struct rule) rules;
    VEC(struct pack_group) groups;  // 0: of no form
    struct words words;             // folded word → id from 1
    VEC(uint64_t) common_words;     // bit per word id: it is in a form of some kind other than cities and names
    struct words abbreviations;     // folded, without the full stop → ABBREVIATION_*
    VEC(struct slice) romanisation_from, romanisation_to;  // pairs; empty if the script is Latin
    uint32_t *romanisation_next;    // a cell a pair: the next one whose first letter has the same low six bits, from 1; 0 none
    uint32_t romanisation_first[64];    // … the first one, by these bits
    struct words romanised_words;   // folded whole word → index from 1 into romanised_to
    VEC(struct slice) romanised_to;
    struct words spelling_from;     // letters that writers confuse → index from 1 into spelling_to: pack/spelling.h
    VEC(struct slice) spelling_to;
    struct words spelt;             // what stands for all spellings of a place's word → its id
    struct trie *trie;
};

// Words take case endings: a word stands in many forms, genitives need no mark, and the order of words is free.
static inline bool pack_inflects(const struct pack *pack) { return pack->config.case_marks == CASE_ENDINGS; }

// Walks the trie: 0 is the root; *node moves along `word`; false (and *node unchanged) where no form continues so.
bool pack_step(const struct pack *pack, uint32_t *node, uint32_t word);
// The entries that end at the node: lexeme and features of each form.
struct pack_form {
    uint32_t lexeme;
    uint32_t features;      // of all cells with this spelling: a form may be both past and part
};
const struct pack_form *pack_forms(const struct pack *pack, uint32_t node, uint32_t *ret_count);

// What the forms of a single word say; group 0 if it is none. Words are ids.
const struct pack_group *pack_word_group(const struct pack *pack, uint32_t word);
// Its grammar classes.
static inline uint64_t pack_word_classes(const struct pack *pack, uint32_t word) { return pack_word_group(pack, word)->classes; }

// The word says something by itself: it is not only a part of cities' names or people's.
static inline bool pack_has_common(const struct pack *pack, uint32_t word)
{
    return word / 64 < pack->common_words.count && (pack->common_words.at[word / 64] >> word % 64 & 1);
}

// Folds a word as tokens are folded (char_fold of each code point) into the arena.
struct slice pack_fold(struct arena *arena, struct slice word);

#endif
