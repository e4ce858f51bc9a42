// SPDX-License-Identifier: MIT
// Names of places in the many spellings that writers of another script give them: a word of no lexicon is looked up by its letters with
// all that writers confuse (long and short vowels, two kinds of t) made one, as spelling.tsv of the pack says.
#ifndef KARAR_PACK_SPELLING_H
#define KARAR_PACK_SPELLING_H

#include "pack/pack.h"

#define SPELLING_KEY_MAX 96u     // bytes of a key; longer words have none
#define SPELLING_LETTERS 4u      // a key of fewer letters would be met by too many other words
#define SPELLING_LETTERS_SURE 6u // from so many letters on the key alone is enough

// Adds a row of spelling.tsv; `from` as it stands in folded words.
void spelling_add_letters(struct pack *pack, struct slice from, struct slice to);
// A word of a place's name, as folded, and its id.
void spelling_add_word(struct pack *pack, struct slice fold, uint32_t word);
// The word of a place's name that `fold` may be another spelling of, 0 if there is none; how many letters its key has.
uint32_t spelling_find(const struct pack *pack, struct slice fold, uint32_t *ret_letters);

#endif
