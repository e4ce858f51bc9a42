// SPDX-License-Identifier: MIT
// Between the parts that find dates: what was read at a token, before and after the day of the report fills it in.
#ifndef KARAR_MENTION_DATES_H
#define KARAR_MENTION_DATES_H

#include "mention/finder.h"

// What was read: `first` and `last` with zeroed parts where the words say nothing.
struct reading {
    struct date first, last;
    uint8_t weekday;        // 0: none named
    int8_t year_step;       // year said as "next year", "this year": INT8_MIN when not said
    bool relative;          // already resolved against the day of the report
    uint32_t end;
};

// calendar.c: the longest form that begins at `at`; false if there is none, and then nothing of the reading counts.
bool calendar_read(const struct finder *finder, uint32_t at, struct reading *ret_reading);
// The same of one form, into a reading that its caller has cleared.
bool calendar_read_day_month(const struct finder *finder, uint32_t at, struct reading *reading);
bool calendar_read_month(const struct finder *finder, uint32_t at, struct reading *reading);
// Days whose month was named before: "the 25th to the 27th".
bool calendar_read_days(const struct finder *finder, uint32_t at, struct reading *ret_reading);
// Behind what joins the two ends of an interval at `at`, or `at` if nothing does.
uint32_t calendar_skip_joint(const struct finder *finder, uint32_t at);

// relative.c: "today", "next year", into a reading that its caller has cleared; a weekday with the date behind it.
bool relative_read(const struct finder *finder, uint32_t at, struct reading *reading);
bool relative_read_weekday(const struct finder *finder, uint32_t at, struct reading *ret_reading);
// Fills in what the words of the date at `at` leave open.
void relative_resolve(const struct finder *finder, uint32_t at, struct reading *reading);
// The year that puts a day and month nearest to `anchor`; tense 1: rather behind it, -1: rather before, 0: either.
int relative_year(struct date anchor, struct date date, int tense, uint8_t weekday);

#endif
