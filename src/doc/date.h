// SPDX-License-Identifier: MIT
// Calendar dates as precise as the text has them, written in EDTF (ISO 8601-2). Proleptic Gregorian.
#ifndef KARAR_DOC_DATE_H
#define KARAR_DOC_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

// year 0: none known (the date can't be resolved); month 0: year only; day 0: month only.
struct date {
    int16_t year;
    uint8_t month, day;
};

// A day, month or year, or an interval of two; `last` zeroed when there is only one.
struct date_range {
    struct date first, last;
};

bool date_valid(struct date date);          // year known, month and day exist
int date_weekday(struct date date);         // 1 Monday … 7; full dates only
struct date date_add_days(struct date date, int days);
struct date date_add_months(struct date date, int months);  // gives a month
int64_t date_day_number(struct date date);  // days since 1970-01-01; missing parts count as 1
struct date date_from_day_number(int64_t number);
// The first and the last day of what a range covers; it must have a year.
struct date date_first_day(struct date_range range);
struct date date_last_day(struct date_range range);
// EDTF with NUL into out[22]; returns its length, 0 if there is no year.
#define DATE_EDTF_SIZE 24
int date_edtf(struct date_range range, char out[DATE_EDTF_SIZE]);
// Parses EDTF as above; false if it is none.
bool date_parse_edtf(struct slice text, struct date_range *ret_range);
// One lies within the other, or they overlap in at least one day.
bool date_overlaps(struct date_range a, struct date_range b);
bool date_is_none(struct date_range range);

#endif
