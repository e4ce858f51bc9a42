// SPDX-License-Identifier: MIT
// The record of a report as a page for people at a terminal.
#ifndef KARAR_REPORT_RECORD_TEXT_H
#define KARAR_REPORT_RECORD_TEXT_H

#include "base/buf.h"
#include "doc/document.h"
#include "pack/pack.h"

struct text_style {
    bool colour;        // ANSI colours
    uint32_t width;     // columns to wrap at, 0: no wrap
};

// Ends with a line end. Text of the report is made safe for a terminal. STATUS_NO_MEMORY and STATUS_LIMIT.
enum status record_text(struct buf *out, const struct document *document, const struct world *world,
                        struct text_style style);

#endif
