// SPDX-License-Identifier: MIT
// Between the parts that find people: names in the text, offices with what belongs to them, and the people known so far.
#ifndef KARAR_MENTION_PEOPLE_H
#define KARAR_MENTION_PEOPLE_H

#include "mention/finder.h"

#define NAME_WORDS_MAX 7

// names.c: a run of name words that begins at `at` (returns its end, or `at`) or ends before `end` (returns its first token, or `end`).
uint32_t skip_named_place(const struct finder *f, uint32_t at);
uint32_t name_from(const struct finder *finder, uint32_t at);
uint32_t name_until(const struct finder *finder, uint32_t end, uint32_t limit);
uint32_t name_word_count(const struct finder *finder, uint32_t first, uint32_t last);
bool name_has_given(const struct finder *finder, uint32_t first, uint32_t last);
// The person whose name these words are, MENTION_NONE if none is known. `loose`: the last words alone may agree.
uint32_t person_find(const struct finder *finder, uint32_t first, uint32_t last, bool loose);
// Person known by the single word at `at`.
uint32_t person_by_word(const struct finder *finder, uint32_t at);
bool person_has_word(const struct finder *finder, uint32_t person, uint32_t token);
// Finds or makes the person of this name, and records the mention: the fullest name is kept.
uint32_t person_note(struct finder *finder, uint32_t first, uint32_t last);
void person_know(struct finder *finder, uint32_t person, uint8_t office, uint64_t portfolio, uint16_t party);

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
    bool theirs;                // a possessive pronoun stands before it: "his counterpart"
};
// The office span at `at` that suits the party; PARTY_NONE: the one without condition.
const struct span *office_choose(const struct finder *finder, uint32_t at, uint16_t party);
// The chain whose first office word begins at `at`.
void office_read(const struct finder *finder, uint32_t at, struct office_chain *ret_chain);

#endif
