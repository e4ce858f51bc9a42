// SPDX-License-Identifier: MIT
// Between the parts that find bodies and meetings: nouns, how they grow, and the short names of bodies.
#ifndef KARAR_MENTION_BODIES_H
#define KARAR_MENTION_BODIES_H

#include "mention/finder.h"

struct noun {
    uint32_t first, last;           // with what qualifies it
    uint32_t core_first, core_last; // the word itself
    uint32_t named_last;            // end of its name without the bracketed acronym
    uint32_t lexeme;
    uint32_t alias_first, alias_last;
    uint8_t type;
    bool body, event;
    uint16_t flags;
    int32_t ordinal;
    struct party_set parties;
};
typedef VEC(struct noun) noun_vec;

// A body that is an event itself.
static inline bool eventful(uint8_t type) { return type == MEETING_CONSULTATIONS || type == MEETING_SUMMIT || type == MEETING_FORUM; }

// A word that is a body only where two parties stand in its name: "commission", "committee".
static inline bool needs_two(const struct finder *f, uint32_t at)
{
    const struct lexeme *lexeme = f->kinds[at] & KIND(BODY) ? lexeme_at(f, at, LEXICON_BODY) : NULL;
    return lexeme && lexeme->attribute == BODY_IS_OF_TWO;
}

// nouns.c: adds the nouns of the sentence at work, grown, in text order.
void nouns_collect(const struct finder *finder, noun_vec *nouns);

// grow.c: over what belongs to the noun, to the left down to `limit`.
void noun_grow_left(const struct finder *finder, struct noun *noun, uint32_t limit);
void noun_grow_right(const struct finder *finder, struct noun *noun);
// Adds the parties listed from `at` on; returns the end of the list, or `at`.
uint32_t parties_after(const struct finder *finder, uint32_t at, struct party_set *set);

// left_out.c: the session that an adjective at `at` speaks of without its noun; false if it speaks of none.
bool session_left_out(const struct finder *finder, uint32_t at, struct noun *ret_noun);

// "Met for the seventh time": gives its number to a noun of the sentence, or adds the session.
void count_occasions(const struct finder *finder, noun_vec *nouns);

// Aliases are few, and most words are none: a bit for the first two bytes of a key, which a stem keeps.
static inline uint64_t alias_bit(struct slice key)
{
    uint32_t first = key.len > 0 ? (uint8_t)key.at[0] : 0, second = key.len > 1 ? (uint8_t)key.at[1] : 0;
    return UINT64_C(1) << ((first * 7 + second) & 63);
}
static inline bool may_be_alias(const struct finder *finder, uint32_t at)
{
    return finder->aliases.count && finder->tokens[at].kind == TOKEN_WORD &&
           (finder->covering[at] == SPAN_NONE || needs_two(finder, at)) &&
           (finder->alias_begins & alias_bit(document_fold(finder->document, at)));
}
// aliases.c: the body whose alias begins at `at`, NULL if there is none; sets the end of the words that repeat it.
const struct alias *alias_at(const struct finder *finder, uint32_t at, uint32_t *ret_last);

#endif
