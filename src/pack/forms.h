// SPDX-License-Identifier: MIT
// All forms of a pack that are of some kinds, one after the other: for whoever makes tables of his own out of them.
#ifndef KARAR_PACK_FORMS_H
#define KARAR_PACK_FORMS_H

#include "pack/pack.h"

// `words`: the form's words as folded, joined by blanks; valid until it returns.
// `kinds`: of all forms with these words, bits by enum lexicon_kind.
typedef void (*pack_form_taker)(void *user, struct slice words, uint32_t kinds, const struct lexeme *lexeme);
// `wanted`: lexicon kinds, as bits. Works in the arena, which the caller has armed and clears.
void pack_each_form(const struct pack *pack, uint32_t wanted, struct arena *arena, pack_form_taker take, void *user);

#endif
