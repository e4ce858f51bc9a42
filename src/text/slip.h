// SPDX-License-Identifier: MIT
// Blanks that a typist left out or put in, where the script hides it: a letter that does not join the next one looks the same at a word's
// end and within it. Part of the text stage; the pack names the letters (`final-letters`, `open-letters`, `inner-letters`).
#ifndef KARAR_TEXT_SLIP_H
#define KARAR_TEXT_SLIP_H

#include "base/slice.h"
#include "pack/pack.h"

// Bytes of the first word of a piece; all of it if no blank is missing. `known`: the piece is a word of the pack.
size_t slip_first_word(const struct pack *pack, struct slice piece, bool known);
// The piece begins with a letter that begins no word: it goes on from the piece before.
bool slip_goes_on(const struct pack *pack, struct slice piece);

#endif
