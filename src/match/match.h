// SPDX-License-Identifier: MIT
// Longest match of all lexicons, and of the rules' triggers, over the tokens.
#ifndef KARAR_MATCH_MATCH_H
#define KARAR_MATCH_MATCH_H

#include "doc/document.h"

// Adds document->lexicon and document->triggers. A match never crosses a sentence.
void match_run(struct document *document);

#endif
