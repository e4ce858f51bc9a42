// SPDX-License-Identifier: MIT
// Fills a compiled template (tools/pages.py) with a page's values. Every value is escaped; there is no way to put in one that is not.
#ifndef KARAR_SERVE_TEMPLATE_H
#define KARAR_SERVE_TEMPLATE_H

#include "base/buf.h"
#include "serve/value.h"
#include "serve/ui.h"

// NULL if there is no template of that name.
const struct page_template *template_find(const char *name);
// `scratch` takes names and dates while they are put together; it may unwind. A full buffer fails as buffers do.
void template_fill(struct buf *out, const struct page_template *template, const struct page_language *language, const struct value *values,
                   struct arena *scratch);

// Text for HTML: & < > " ' escaped, and what could turn the text around it (bidirectional overrides and isolates, control characters)
// shown as U+FFFD.
void template_escape(struct buf *out, struct slice text);
// Percent-encoded: as a path ("/" kept), or as one name or value of a query.
struct slice template_encoded(struct arena *arena, struct slice text, bool path);
void template_encode(struct buf *out, struct slice text, bool path);

#endif
