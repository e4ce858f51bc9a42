// SPDX-License-Identifier: MIT
// A page for a terminal: headings, labelled values and quotations, wrapped and indented, coloured when asked.
#ifndef KARAR_REPORT_PAGE_H
#define KARAR_REPORT_PAGE_H

#include "base/buf.h"
#include "report/record_text.h"

enum page_tone { TONE_PLAIN, TONE_STRONG, TONE_QUIET, TONE_GOOD, TONE_OPEN, TONE_BAD };

struct page {
    struct buf *out;
    struct buf value;       // the value being put together, safe text
    struct text_style style;
};

void page_init(struct page *page, struct buf *out, struct text_style style);
enum status page_finish(struct page *page);  // the first failure of the page

void page_tone(struct page *page, enum page_tone tone);
// A line of its own at the margin, a blank line before it.
void page_heading(struct page *page, const char *text);
// Writes `value` (and empties it) at `indent` columns, further lines under the first; ends the line.
void page_value(struct page *page, uint32_t indent, enum page_tone tone);
// As page_value behind a label: "    when      25–27 November 2025".
void page_field(struct page *page, uint32_t indent, const char *label, enum page_tone tone);
// `value` as a quotation: quiet, behind a bar.
void page_quote(struct page *page, uint32_t indent);
// Adds text of the report to `value`: controls made visible, line ends and runs of blanks one blank.
void page_add_text(struct page *page, struct slice text);

#endif
