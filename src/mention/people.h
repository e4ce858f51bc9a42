// SPDX-License-Identifier: MIT
// Between the parts that find people: names in the text, offices with what belongs to them, and the people known so far.
#ifndef KARAR_MENTION_PEOPLE_H
#define KARAR_MENTION_PEOPLE_H

#include "mention/finder.h"

#define NAME_WORDS_MAX 7
#define LIST_MAX 12         // names of one list

// names.c: a run of name words that begins at `at` (returns its end, or `at`) or ends before `end` (returns its first token, or `end`).
uint32_t name_from(const struct finder *finder, uint32_t at);
uint32_t name_until(const struct finder *finder, uint32_t end, uint32_t limit);
uint32_t name_word_count(const struct finder *finder, uint32_t first, uint32_t last);
bool name_has_given(const struct finder *finder, uint32_t first, uint32_t last);
// One letter, with its stop or without: "N.".
bool is_initial(const struct finder *finder, uint32_t at);
// Behind a place whose name stands between an office and its holder, or `at`.
uint32_t skip_named_place(const struct finder *finder, uint32_t at);
// An honorific of this side (HONORIFIC_BEFORE or HONORIFIC_AFTER the name) stands at `at`.
bool is_honorific(const struct finder *finder, uint32_t at, uint8_t side);
// Behind the honorifics that stand before, or after, a name.
uint32_t skip_honorifics(const struct finder *finder, uint32_t at);
uint32_t skip_after_honorifics(const struct finder *finder, uint32_t at);

// known.c: the two words are the same but for their endings.
bool name_same_word(const struct finder *finder, uint32_t a, uint32_t b);
// The person whose name these words are, MENTION_NONE if none is known. `loose`: the last words alone may agree.
uint32_t person_find(const struct finder *finder, uint32_t first, uint32_t last, bool loose);
// Person known by the single word at `at`.
// Behind the last word of the name that is no suffix ("Jr.").
uint32_t name_core(const struct finder *finder, uint32_t first, uint32_t last);
uint32_t person_by_word(const struct finder *finder, uint32_t at);
// The word is a name after the father, as the pack's endings tell.
bool is_patronymic(const struct finder *finder, uint32_t at);
bool person_has_word(const struct finder *finder, uint32_t person, uint32_t token);
// Finds or makes the person of this name, and records the mention: the fullest name is kept.
uint32_t person_note(struct finder *finder, uint32_t first, uint32_t last);
void person_know(struct finder *finder, uint32_t person, uint8_t office, uint64_t portfolio, uint16_t party);
struct office_chain;
// Adds the mention [first, last) of the person named there, of nobody if the name is empty, with the office (NULL: none is told).
struct mention *person_add(struct finder *finder, uint32_t first, uint32_t last, uint32_t name_first, uint32_t name_last,
                           const struct office_chain *chain);
// Flags the mention by the case mark beside it: who acts, with whom.
void person_set_marks(const struct finder *finder, struct mention *mention);

// offices.c: one or more offices that one person holds, or a plural, with fields and party.
struct office_chain {
    uint32_t first, last;       // with fields and party
    uint32_t core;              // token of the first office word
    uint32_t lexeme;
    uint8_t office;
    uint64_t portfolio;
    struct party_set parties;
    bool plural;
    bool many;                  // its form may be one of the plural
    bool envoy;                 // one who may be sent "to" a state
    bool card;                  // a full name with the father's stands right before it, as on a card: whose office it is
    bool theirs;                // a possessive pronoun stands before it: "his counterpart"
};
// The office span at `at` that suits the party; PARTY_NONE: the one without condition.
const struct span *office_choose(const struct finder *finder, uint32_t at, uint16_t party);
// An office that a state has once at a time, and that one of another state deals with.
static inline bool is_single_office(uint32_t office)
{
    return office == OFFICE_HEAD_OF_STATE || office == OFFICE_HEAD_OF_GOVERNMENT || office == OFFICE_FOREIGN_MINISTER;
}
// The state put before the name or office that begins at `first` ("For Kenya, X", "On the Kenyan side, X", "Kenya's X"); PARTY_NONE.
uint16_t party_put_before(const struct finder *finder, uint32_t first);
// The chain whose first office word begins at `at`.
void office_read(const struct finder *finder, uint32_t at, struct office_chain *ret_chain);

// apposition.c: the name behind the chain: returns the end of the person, or chain->last. What the office is of is added to the chain.
uint32_t name_behind(struct finder *finder, struct office_chain *chain, uint32_t *ret_first);
// The name before the chain: returns its first token, or chain->first.
uint32_t name_before(const struct finder *finder, const struct office_chain *chain, uint32_t *ret_last);
// The party told behind a name ("President X of the Dominican Republic") and the token behind it; PARTY_NONE if none is.
uint16_t party_of_holder(const struct finder *finder, uint32_t name_last, uint32_t *ret_last);
// What follows the name makes an institution of it: "King Abdulaziz Foundation".
bool names_institution(const struct finder *finder, uint32_t last);

// lists.c: adds the names of a list that goes on at `at`, each with the office of the chain; returns the end of the list.
uint32_t list_add(struct finder *finder, uint32_t at, const struct office_chain *chain);
// The same of names that each stand behind their state; returns the end of the list, or chain->last.
uint32_t list_add_of_states(struct finder *finder, const struct office_chain *chain);
// At `at` a list goes on, so that an office of both numbers is one of the plural.
bool list_follows(const struct finder *finder, const struct office_chain *chain, uint32_t at);
// Keeps an office in the plural whose holders are not named beside it; the one that a holder of this party shares, NULL if none.
void list_note_shared(struct finder *finder, const struct office_chain *chain);
const struct shared_office *office_shared(const struct finder *finder, uint16_t party);
// Over the ordered layer: as many names in a row as states share an office hold it.
void list_tie_rows(struct finder *finder);
// Holders of a shared office whose parties are known otherwise.
void list_tie_shared(struct finder *finder);

#endif
