// SPDX-License-Identifier: MIT
// From spans to mentions: parties, people with their offices, bodies, meetings, instruments, topics, dates, places.
#ifndef KARAR_MENTION_MENTIONS_H
#define KARAR_MENTION_MENTIONS_H

#include "doc/document.h"

// Adds document->mentions (ordered by `first`) and document->people, and sets document->published when the page's head or a
// dateline dates the report. Furniture paragraphs give no mention.
void mention_run(struct document *document);

#endif
