// SPDX-License-Identifier: MIT
// Dates as the calendar writes them: figures, days with months, months, years, and days whose month was named before.
//
// A date is read from the left at the token that begins it, longest form first. What the words leave open stays zero in the reading and
// is filled in by relative.c.
#include "mention/dates.h"

#include <stdlib.h>

#define CENTURY 2000        // of a year written with two figures
#define YEAR_FIRST 1900
#define YEAR_LAST 2100

static bool known_year(int32_t value) { return value >= YEAR_FIRST && value <= YEAR_LAST; }

static int month_at(const struct finder *f, uint32_t at)
{
    const struct lexeme *lexeme = lexeme_at(f, at, LEXICON_MONTH);
    if (!lexeme)
        return 0;
    // a month that is also a small word of the language ("may") needs its capital
    if ((f->kinds[at] & KIND(GRAMMAR)) && !f->pack->config.plain_names && !(f->tokens[at].flags & TOKEN_CAPITAL))
        return 0;
    return lexeme->value;
}

// A day of the month in digits or as an ordinal; 0 if there is none.
static int day_at(const struct finder *f, uint32_t at, uint32_t *ret_last, bool *ret_ordinal)
{
    int32_t value = digits_at(f, at);
    *ret_ordinal = false;
    if (value >= 1 && value <= 31 && f->tokens[at].end - f->tokens[at].begin <= 12) {
        *ret_last = at + 1;
        if (has_ordinal_stop(f, at) || (at + 1 < f->last && is_ordinal_suffix(f, at + 1))) {
            *ret_last = at + 2;
            *ret_ordinal = true;
        } else if (at + 2 < f->last && is_joint(f, at + 1) && f->tokens[at + 2].kind == TOKEN_WORD && is_ordinal_suffix(f, at + 2)) {
            *ret_last = at + 3;
            *ret_ordinal = true;
        }
        return value;
    }
    if (kinds_at(f, at) & KIND(NUMBER)) {
        value = ordinal_at(f, at, ret_last);
        if (value >= 1 && value <= 31) {
            *ret_ordinal = true;
            return value;
        }
    }
    return 0;
}

// Behind what joins the two ends of an interval at `at`, or `at` if nothing does.
uint32_t calendar_skip_joint(const struct finder *f, uint32_t at)
{
    if (is_mark(f, at, '-') || is_mark(f, at, '/'))
        return at + 1;
    uint64_t classes = classes_at(f, at);
    uint64_t joins = GRAMMAR(TO) | GRAMMAR(UNTIL) | GRAMMAR(AND);
    if (f->pack->config.case_marks == CASE_AFTER)
        joins |= GRAMMAR(FROM) | GRAMMAR(WITH);     // "24 से 26": one word for from, with and to
    if (!(classes & joins))
        return at;
    return skip_determiners(f, unit_last(f, at));
}

// Year behind a date, with an optional comma; 0 if there is none.
static int year_at(const struct finder *f, uint32_t at, uint32_t *ret_last)
{
    if (is_mark(f, at, ','))
        at++;
    int32_t value = digits_at(f, at);
    if (!known_year(value) || f->tokens[at].end - f->tokens[at].begin < 4)
        return 0;
    *ret_last = at + 1;
    // a word for "year" behind the number belongs to it
    const struct lexeme *unit = lexeme_at(f, at + 1, LEXICON_TIME);
    if (unit && unit->attribute == TIME_YEAR && unit->number == 0 && unit_last(f, at + 1) == at + 2)
        *ret_last = at + 2;
    return value;
}

static const struct lexeme *time_at(const struct finder *f, uint32_t at, uint8_t unit)
{
    const struct lexeme *lexeme = lexeme_at(f, at, LEXICON_TIME);
    return lexeme && lexeme->attribute == unit ? lexeme : NULL;
}

// A year in figures or as "next year" behind a day and month.
static void read_year(const struct finder *f, struct reading *r)
{
    uint32_t last = 0;
    int year = year_at(f, r->end, &last);
    if (year) {
        r->first.year = (int16_t)year;
        if (r->last.month)
            r->last.year = (int16_t)year;
        r->end = last;
        return;
    }
    uint32_t at = r->end;
    if (classes_at(f, at) & (GRAMMAR(OF) | GRAMMAR(IN)))
        at = unit_last(f, at);
    const struct lexeme *time = time_at(f, at, TIME_YEAR);
    if (time && labs((long)time->number) < 20) {
        r->year_step = (int8_t)time->number;
        r->end = unit_last(f, at);
    }
}

static uint32_t skip_of(const struct finder *f, uint32_t at)
{
    return (classes_at(f, at) & GRAMMAR(OF)) && month_at(f, unit_last(f, at)) ? unit_last(f, at) : at;
}

// "28 February 2018", "25 to 27 November", "21-22 अगस्त", "6 और 7 सितंबर".
bool calendar_read_day_month(const struct finder *f, uint32_t at, struct reading *r)
{
    uint32_t end = 0;
    bool ordinal = false;
    int day = day_at(f, at, &end, &ordinal);
    if (!day)
        return false;
    int last_day = 0;
    uint32_t month_token = skip_of(f, end);
    if (!month_at(f, month_token)) {
        uint32_t second = calendar_skip_joint(f, end), second_end = 0;
        if (second == end || second >= f->last || !(last_day = day_at(f, second, &second_end, &ordinal)))
            return false;
        month_token = skip_of(f, second_end);
    }
    int month = month_at(f, month_token);
    if (!month || last_day == day)
        last_day = 0;
    if (!month)
        return false;
    r->first = (struct date){0, (uint8_t)month, (uint8_t)day};
    if (last_day)
        r->last = (struct date){0, (uint8_t)month, (uint8_t)last_day};
    r->end = unit_last(f, month_token);
    read_year(f, r);
    return true;
}

// "November 25-27, 2025", "Nov. 17", "December, 2019", "मई में": a month with what follows it.
bool calendar_read_month(const struct finder *f, uint32_t at, struct reading *r)
{
    int month = month_at(f, at);
    const struct lexeme *next = lexeme_at(f, at + 1, LEXICON_NAME);
    bool goes_on = at + 1 < f->last && ((f->tokens[at + 1].flags & TOKEN_CAPITAL) || (next && next->value == NAME_PARTICLE));
    // "Марта Кос", "Jan van der Berg": a given name that is a month's, too
    bool named = (f->kinds[at] & KIND(NAME)) && (f->tokens[at].flags & TOKEN_CAPITAL) && goes_on;
    if (!month || named)
        return false;
    uint32_t end = unit_last(f, at), day_end = 0;
    bool ordinal = false;
    r->first = (struct date){0, (uint8_t)month, 0};
    r->end = end;
    int day = !f->pack->config.plain_names || f->pack->config.case_marks == CASE_AFTER ? day_at(f, end, &day_end, &ordinal) : 0;
    if (day && f->tokens[end].kind == TOKEN_NUMBER && !month_at(f, skip_of(f, day_end))) {
        r->first.day = (uint8_t)day;
        r->end = day_end;
        uint32_t second = calendar_skip_joint(f, day_end), second_end = 0;
        int last_day = second > day_end && second < f->last ? day_at(f, second, &second_end, &ordinal) : 0;
        if (last_day && f->tokens[second].kind == TOKEN_NUMBER && !month_at(f, skip_of(f, second_end))) {
            r->last = (struct date){0, (uint8_t)month, (uint8_t)last_day};
            r->end = second_end;
        }
    }
    read_year(f, r);
    bool bare = !r->first.day && !r->first.year && r->year_step == INT8_MIN;
    // "at the end of May", "before May": where names have capitals
    uint64_t parts = f->pack->config.plain_names || pack_inflects(f->pack) || !(f->tokens[at].flags & TOKEN_CAPITAL) ? 0 :
                     GRAMMAR(OF) | GRAMMAR(DURING) | GRAMMAR(BEFORE) | GRAMMAR(AFTER) | GRAMMAR(BY) | GRAMMAR(FROM) | GRAMMAR(FOR);
    return !(bare && (f->kinds[at] & KIND(GRAMMAR)) &&
        !(classes_at(f, at ? at - 1 : 0) & (GRAMMAR(IN) | GRAMMAR(SINCE) | GRAMMAR(UNTIL) | parts)));
}

static bool set_numeric(struct reading *r, const int32_t part[3], const int length[3], bool month_first)
{
    int year, month, day;
    if (length[0] == 4) {
        year = part[0], month = part[1], day = part[2];
    } else if (length[2] == 4) {
        year = part[2];
        month = month_first ? part[0] : part[1];
        day = month_first ? part[1] : part[0];
        if (month > 12 && day <= 12) {
            int swap = month;
            month = day, day = swap;
        }
    } else if (length[0] == 2 && length[1] == 2 && length[2] == 2 && !month_first) {     // "11.09.25"
        year = CENTURY + part[2], month = part[1], day = part[0];
    } else {
        return false;
    }
    struct date date = {(int16_t)year, (uint8_t)month, (uint8_t)day};
    if (!known_year(year) || month < 1 || month > 12 || day < 1 || day > 31 || !date_valid(date))
        return false;
    r->first = date;
    return true;
}

// "2025-11-27", "27/11/2025", "27.11.2025".
static bool read_numeric(const struct finder *f, uint32_t at, struct reading *r)
{
    int32_t part[3];
    int length[3];
    if (f->tokens[at].kind != TOKEN_NUMBER)
        return false;
    if (at + 4 < f->last && is_joint(f, at + 1) && is_joint(f, at + 3)) {
        for (int i = 0; i < 3; i++) {
            part[i] = digits_at(f, at + 2 * (uint32_t)i);
            length[i] = (int)f->tokens[at + 2 * (uint32_t)i].fold_len;
            if (part[i] < 0)
                return false;
        }
        r->end = at + 5;
        return set_numeric(r, part, length, f->pack->config.month_first);
    }
    struct slice fold = document_fold(f->document, at);
    int n = 0, digits = 0;
    part[0] = 0;
    for (size_t i = 0; i <= fold.len; i++) {
        if (i < fold.len && fold.at[i] >= '0' && fold.at[i] <= '9') {
            part[n] = part[n] * 10 + (fold.at[i] - '0');
            if (++digits > 4)
                return false;
            continue;
        }
        if (i < fold.len && fold.at[i] != '/' && fold.at[i] != '.')
            return false;
        length[n] = digits;
        if (i < fold.len) {
            if (++n > 2 || !digits)
                return false;
            part[n] = digits = 0;
        }
    }
    r->end = at + 1;
    return n == 2 && set_numeric(r, part, length, f->pack->config.month_first);
}

// A year alone: "in 2026", "2018-2020". Counts, prices and numbers of models are no years.
static bool read_year_alone(const struct finder *f, uint32_t at, struct reading *r)
{
    int32_t year = digits_at(f, at);
    if (!known_year(year) || f->tokens[at].fold_len != 4)
        return false;
    uint32_t next = at + 1;
    if (kinds_at(f, next) & (KIND(UNIT) | KIND(NUMBER)))
        return false;
    r->first = (struct date){(int16_t)year, 0, 0};
    r->end = next;
    uint32_t second = calendar_skip_joint(f, next);
    if (second > next && second < f->last && is_mark(f, next, '-')) {
        int32_t last = digits_at(f, second);
        if (known_year(last) && last > year && f->tokens[second].fold_len == 4) {
            r->last = (struct date){(int16_t)last, 0, 0};
            r->end = second + 1;
        }
    }
    const struct lexeme *unit = time_at(f, r->end, TIME_YEAR);
    if (unit && unit->number == 0 && unit_last(f, r->end) == r->end + 1)
        r->end++;
    return true;
}

bool calendar_read(const struct finder *f, uint32_t at, struct reading *r)
{
    if (f->tokens[at].kind != TOKEN_NUMBER && !(f->kinds[at] & (KIND(NUMBER) | KIND(MONTH))))
        return false;
    *r = (struct reading){.year_step = INT8_MIN};
    if (f->tokens[at].kind == TOKEN_NUMBER)
        return read_numeric(f, at, r) || calendar_read_day_month(f, at, r) || read_year_alone(f, at, r);
    uint32_t kinds = f->kinds[at];
    if (unit_first(f, at) != at)
        return false;
    return ((kinds & KIND(NUMBER)) && calendar_read_day_month(f, at, r)) || ((kinds & KIND(MONTH)) && calendar_read_month(f, at, r));
}

// "the 25th to the 27th": days without their month need both suffixes.
bool calendar_read_days(const struct finder *f, uint32_t at, struct reading *r)
{
    uint32_t end = 0, second_end = 0;
    bool first_ordinal = false, last_ordinal = false;
    if (f->tokens[at].kind != TOKEN_NUMBER)
        return false;
    int first = day_at(f, at, &end, &first_ordinal);
    if (!first || !first_ordinal)
        return false;
    uint32_t second = calendar_skip_joint(f, end);
    if (second == end || second >= f->last || f->tokens[second].kind != TOKEN_NUMBER)
        return false;
    int last = day_at(f, second, &second_end, &last_ordinal);
    if (!last || !last_ordinal || last <= first)
        return false;
    // "the 9th and 10th sessions" are no days
    if (kinds_at(f, second_end) & (KIND(MEETING) | KIND(BODY) | FIELD_KINDS))
        return false;
    *r = (struct reading){.year_step = INT8_MIN, .end = second_end};
    r->first.day = (uint8_t)first;
    r->last.day = (uint8_t)last;
    return true;
}
