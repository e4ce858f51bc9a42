// SPDX-License-Identifier: MIT
// A calendar of sessions, an event at a time: for tables that are gathered (report/rows.h) and for exports, which keep no rows.
#ifndef KARAR_REPORT_CALENDAR_H
#define KARAR_REPORT_CALENDAR_H

#include "base/buf.h"

#define CALENDAR_LINE_MAX ((size_t)1 << 20)     // bytes of one property

// A row of the register's question `calendar`; at NULL: not known.
struct calendar_session {
    struct slice id, pair, name, ordinal, status;
    struct slice first_day, end_day;    // YYYY-MM-DD; the second is the day after the last
    struct slice precision;             // "month": the days are those of the month
    struct slice announced;             // number of dates that were announced
    struct slice said_on;               // day of the last report
    struct slice place, chairs;
};

void calendar_begin(struct buf *out);
// `line` is a scratch buffer; its failure becomes that of `out`.
void calendar_add(struct buf *out, struct buf *line, const struct calendar_session *session);
void calendar_end(struct buf *out);

#endif
