// SPDX-License-Identifier: MIT
// Endings that stand behind an apostrophe (Kaya'nin) and are words of their own, so that the name before them is found as it is: those that
// `joined-endings` and `ordinal-suffixes` of pack.conf name. The text stage and the loader cut with the same function.
#ifndef KARAR_PACK_ENDING_H
#define KARAR_PACK_ENDING_H

#include "pack/pack.h"

// The pack cuts such endings off at all.
static inline bool pack_joins_endings(const struct pack *pack) { return pack->config.joined_endings.count > 0; }
// Behind the apostrophe at `at` of the text stands such an ending, up to the word's end: where it ends; 0 if there is none.
size_t ending_end(const struct pack *pack, struct slice text, size_t at);
// Bytes of a word before the apostrophe of its ending; all of them if it has none.
size_t ending_begin(const struct pack *pack, struct slice word);

#endif
