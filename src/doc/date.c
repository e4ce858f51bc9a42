// SPDX-License-Identifier: MIT
// Calendar arithmetic on dates that may lack a day or a month, and their EDTF form.
//
// Full dates go through day numbers (days since 1970-01-01, proleptic Gregorian). The two conversions are the well-known ones by eras of
// 400 years that begin in March, so that the leap day is the last of its year; they hold for all years that fit the struct.
#include "doc/date.h"

#include <assert.h>

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    assert(month >= 1 && month <= 12);
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool date_valid(struct date date)
{
    if (date.year <= 0 || date.year > 9999 || date.month > 12)
        return false;
    if (date.month == 0)
        return date.day == 0;
    return date.day <= month_days(date.year, date.month);
}

int64_t date_day_number(struct date date)
{
    int64_t month = date.month ? date.month : 1, day = date.day ? date.day : 1;
    int64_t year = date.year - (month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct date date_from_day_number(int64_t number)
{
    number += 719468;
    int64_t era = (number >= 0 ? number : number - 146096) / 146097;
    int64_t day_of_era = number - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * day_of_year + 2) / 153;
    int64_t month = shifted + (shifted < 10 ? 3 : -9);
    return (struct date){
        .year = (int16_t)(year_of_era + era * 400 + (month <= 2)),
        .month = (uint8_t)month,
        .day = (uint8_t)(day_of_year - (153 * shifted + 2) / 5 + 1),
    };
}

int date_weekday(struct date date)
{
    int64_t number = date_day_number(date) + 3; // 1970-01-01 was a Thursday
    return (int)((number % 7 + 7) % 7) + 1;
}

struct date date_add_days(struct date date, int days)
{
    return date_from_day_number(date_day_number(date) + days);
}

struct date date_add_months(struct date date, int months)
{
    int total = date.year * 12 + (date.month ? date.month - 1 : 0) + months;
    return (struct date){.year = (int16_t)(total / 12), .month = (uint8_t)(total % 12 + 1)};
}

bool date_is_none(struct date_range range)
{
    return range.first.year == 0;
}

// So many digits of the number; returns their end.
static char *write_digits(char *at, int number, int digits)
{
    for (int i = digits; i-- > 0; number /= 10)
        at[i] = (char)('0' + number % 10);
    return at + digits;
}

// A valid date; returns its end. Every claim has dates: printf would be a hundredth of the whole program's time.
static char *write_one(struct date date, char *at)
{
    at = write_digits(at, date.year, 4);
    if (date.month) {
        *at++ = '-';
        at = write_digits(at, date.month, 2);
    }
    if (date.day) {
        *at++ = '-';
        at = write_digits(at, date.day, 2);
    }
    return at;
}

int date_edtf(struct date_range range, char out[DATE_EDTF_SIZE])
{
    out[0] = 0;
    if (!date_valid(range.first))
        return 0;
    static_assert(DATE_EDTF_SIZE > sizeof "2025-11-27/2025-11-28" - 1, "two dates and a NUL");
    char *at = write_one(range.first, out);
    if (date_valid(range.last)) {
        *at++ = '/';
        at = write_one(range.last, at);
    }
    *at = 0;
    return (int)(at - out);
}

static bool parse_one(struct slice text, struct date *ret_date)
{
    struct date date = {0};
    int64_t part[3] = {0};
    int parts = 0;
    static const size_t digits[] = {4, 2, 2};
    while (text.at && text.len && parts < 3) {
        struct slice piece = slice_cut(&text, '-');
        if (piece.len != digits[parts] || piece.at[0] == '+' || !slice_to_int(piece, &part[parts]))
            return false;
        parts++;
    }
    if (parts == 0 || text.len)
        return false;
    date = (struct date){(int16_t)part[0], (uint8_t)part[1], (uint8_t)part[2]};
    if (!date_valid(date) || (parts > 1 && !date.month) || (parts > 2 && !date.day))
        return false;
    *ret_date = date;
    return true;
}

bool date_parse_edtf(struct slice text, struct date_range *ret_range)
{
    struct date_range range = {0};
    struct slice rest = text, first = slice_cut(&rest, '/');
    if (!parse_one(first, &range.first))
        return false;
    if (rest.at && !parse_one(rest, &range.last))
        return false;
    *ret_range = range;
    return true;
}

struct date date_first_day(struct date_range range)
{
    struct date date = range.first;
    date.month = date.month ? date.month : 1;
    date.day = date.day ? date.day : 1;
    return date;
}

struct date date_last_day(struct date_range range)
{
    struct date date = range.last.year ? range.last : range.first;
    date.month = date.month ? date.month : 12;
    date.day = date.day ? date.day : (uint8_t)month_days(date.year, date.month);
    return date;
}

static int64_t first_number(struct date_range range)
{
    return date_day_number(date_first_day(range));
}

static int64_t last_number(struct date_range range)
{
    return date_day_number(date_last_day(range));
}

bool date_overlaps(struct date_range a, struct date_range b)
{
    if (date_is_none(a) || date_is_none(b))
        return false;
    return first_number(a) <= last_number(b) && first_number(b) <= last_number(a);
}
