// SPDX-License-Identifier: MIT
// Which of the known languages a paragraph is written in: by script first, then by the profile words of the packs.
#ifndef KARAR_LANG_LANG_H
#define KARAR_LANG_LANG_H

#include "doc/document.h"
#include "pack/pack.h"

// What the languages' pack.conf say, made ready once for all documents; lives in the arena. The configs must outlive it.
struct lang_teller;
struct lang_teller *lang_teller_new(struct arena *arena, const struct pack_config *const *languages, uint8_t count);

// Sets paragraph.language for every paragraph; returns the document's main language (most letters), LANGUAGE_NONE if none is known.
// A short paragraph without evidence takes the main language when its script fits. `forced` is an index or LANGUAGE_NONE; `hinted`, too,
// is asked only where a text is too short to judge and nothing speaks against it: what pages say of themselves is often wrong.
uint8_t lang_run(struct document *document, const struct lang_teller *teller, uint8_t forced, uint8_t hinted);

#endif
