// SPDX-License-Identifier: MIT
// From stored text to clean text: normal form, paragraphs, and which of them belong to the report.
#ifndef KARAR_CLEAN_CLEAN_H
#define KARAR_CLEAN_CLEAN_H

#include "doc/document.h"

// Sets document->text, map and paragraphs (role BODY, language LANGUAGE_NONE). A paragraph is a line with text; lines that a hard wrap
// broke (no sentence end, next line goes on) are one paragraph.
void clean_text(struct document *document);
// After text_cut and before text_run, which takes the pieces' place: what lines, marks and capitals tell of each paragraph, into
// document->looks.
void clean_look(struct document *document);
// After match: tells furniture, title, headings and datelines by features (length, no sentence end, links and bullets, position,
// repetition) and by the packs' furniture words; sets roles, `why`, document->title and publisher.
void clean_layout(struct document *document);
// The feature that made a paragraph furniture, in words, for explaining. NULL if `why` is 0.
const char *clean_why(uint32_t why);

#endif
