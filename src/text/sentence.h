// SPDX-License-Identifier: MIT
// Sentences of one paragraph, and which of its tokens are quoted or bracketed. Part of the text stage.
#ifndef KARAR_TEXT_SENTENCE_H
#define KARAR_TEXT_SENTENCE_H

#include "doc/document.h"

// Full stops that may belong to the word before them: the full stop and the Arabic full stop.
bool sentence_stop_may_abbreviate(uint32_t code_point);
// Sets TOKEN_QUOTED and TOKEN_BRACKETED in the tokens from `first` to `last` (not included), which are all of one paragraph.
void sentence_mark_enclosed(struct document *document, uint32_t first, uint32_t last);
// Adds the sentences of the tokens of a paragraph, and sets their `sentence`.
void sentence_cut(struct document *document, uint32_t first, uint32_t last, uint32_t paragraph, const struct pack *pack);

#endif
