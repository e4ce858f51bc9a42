// SPDX-License-Identifier: MIT
// Dates of a sentence: every form of a day, month, year, weekday or relative day, resolved against the day of the report.
//
// Forms are read by calendar.c and relative.c; two dates joined by a hyphen or a "to" become an interval. The day of the report
// (`published`) is found by dateline.c before. A date that can't be resolved keeps year 0 and carries date_missing_year.
#include "mention/dates.h"

static bool read_date(const struct finder *f, uint32_t at, struct reading *r)
{
    if (f->tokens[at].kind == TOKEN_NUMBER)
        return calendar_read(f, at, r) || calendar_read_days(f, at, r);
    uint32_t kinds = f->kinds[at];
    if (!(kinds & DATE_KINDS) || unit_first(f, at) != at)
        return false;
    *r = (struct reading){.year_step = INT8_MIN};
    return calendar_read(f, at, r) ||
           ((kinds & KIND(WEEKDAY)) && relative_read_weekday(f, at, r)) || ((kinds & KIND(TIME)) && relative_read(f, at, r));
}

static bool same_grain(const struct reading *a, const struct reading *b)
{
    if (!a->first.month && !b->first.month && a->weekday && b->weekday)
        return true;
    return (a->first.month != 0) == (b->first.month != 0) && (a->first.day != 0) == (b->first.day != 0);
}

// "Today and tomorrow": two days, one behind the other.
static bool read_two_days(const struct finder *f, struct reading *r)
{
    uint32_t second = calendar_skip_joint(f, r->end);
    struct reading b;
    if (!r->relative || !r->first.day || r->last.day || second == r->end || second >= f->last || !read_date(f, second, &b))
        return false;
    if (!b.relative || !b.first.day || b.last.day || date_day_number(b.first) != date_day_number(r->first) + 1)
        return false;
    r->last = b.first;
    r->end = b.end;
    return true;
}

#define WEEK 7

// "From Sunday to Tuesday, 26-28 November", "… to Tuesday, 28 November": two weekdays, and behind the second the days that they are.
static bool read_weekdays(const struct finder *f, struct reading *r)
{
    uint32_t second = calendar_skip_joint(f, r->end);
    struct reading b;
    if (!r->weekday || r->first.month || r->first.day || second == r->end || second >= f->last || !read_date(f, second, &b))
        return false;
    if (!b.weekday || !b.first.day || b.weekday == r->weekday)
        return false;
    relative_resolve(f, second, &b);
    if (!b.last.day && b.first.year) {
        b.last = b.first;
        b.first = date_add_days(b.last, -((b.weekday - r->weekday + WEEK) % WEEK));
    }
    *r = b;
    return true;
}

// Joins `r`, which ends before `r->end`, with a second date behind a hyphen or "to": "28 November to 2 December 2025".
static void read_interval(struct finder *f, uint32_t at, struct reading *r)
{
    uint32_t second = calendar_skip_joint(f, r->end);
    bool conjunction = classes_at(f, r->end) & GRAMMAR(AND);
    if (read_two_days(f, r) || read_weekdays(f, r))
        return;
    if (second == r->end || second >= f->last || r->last.day || r->last.month || r->relative)
        return;
    struct reading b;
    if (!read_date(f, second, &b) || !same_grain(r, &b) || b.relative || b.last.day)
        return;
    if (conjunction && (!r->first.day || b.first.month != r->first.month))
        return;     // "in May and June" are two dates
    if (!r->first.year && r->year_step == INT8_MIN) {
        r->first.year = b.first.year;
        r->year_step = b.year_step;
    }
    if (r->first.year && b.first.year && r->first.month > b.first.month && r->first.year == b.first.year)
        r->first.year--;
    relative_resolve(f, at, r);
    if (b.first.month && !b.first.year && r->first.year)
        b.first.year = (int16_t)(r->first.year + (b.first.month < r->first.month));
    relative_resolve(f, second, &b);
    bool weekdays = r->weekday && b.weekday && r->first.day && b.first.day;
    if (weekdays && date_day_number(b.first) < date_day_number(r->first))
        b.first = date_add_days(b.first, WEEK);     // "from Monday to Wednesday", told on a Wednesday
    r->last = b.first;
    r->end = b.end;
}

#define PART_REACH 5        // tokens from a month or year back to the mark before the part of it that is named

// "In mid-June", "in the first week of June", "by the end of May": where prepositions mark cases, the first word of the part that is named
// of the month or year at `at`; `at` if none is.
static uint32_t part_first(const struct finder *f, uint32_t at)
{
    uint64_t marks = GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(BY) | GRAMMAR(FROM) | GRAMMAR(UNTIL) | GRAMMAR(BEFORE) | GRAMMAR(SINCE);
    if (f->pack->config.case_marks != CASE_BEFORE || pack_inflects(f->pack) || at < f->first + 2)
        return at;
    if (is_joint(f, at - 1))
        return f->tokens[at - 2].flags & TOKEN_CAPITAL ? at : at - 2;
    if ((classes_at(f, at - 1) & GRAMMAR(DURING)) && unit_first(f, at - 1) + 1 < at)
        return unit_first(f, at - 1) + 1;       // "at | the end of"
    if (!(classes_at(f, at - 1) & GRAMMAR(OF)) || unit_first(f, at - 1) != at - 1)
        return at;
    for (uint32_t part = at - 1; part-- > f->first && at - part <= PART_REACH;) {
        if (classes_at(f, part) & marks)
            return part + 1;
        uint32_t other = f->kinds[part] & ~(KIND(ORDINARY) | KIND(NUMBER) | KIND(TIME) | KIND(GRAMMAR) | KIND(UNIT));
        bool small = f->tokens[part].kind == TOKEN_WORD && !(f->tokens[part].flags & TOKEN_CAPITAL) &&
                     (part + 2 == at || trigger_at(f, part) == SPAN_NONE);      // "the end of"
        if (other || !small || (f->taken[part] & TAKEN_DATE))
            return at;
    }
    return at;
}

static void emit(struct finder *f, uint32_t at, const struct reading *r)
{
    struct mention *m = finder_add(f, MENTION_DATE, r->first.day ? at : part_first(f, at), r->end);
    m->date.first = r->first;
    m->date.last = r->last;
    const struct span *word = span_at(f, at, LEXICON_WEEKDAY);
    word = word ? word : span_at(f, at, LEXICON_TIME);
    if (word && r->end == word->last)       // "Monday", "today" alone
        m->lexeme = word->lexeme;
    m->date_missing_year = !r->first.year && (r->first.month || r->first.day);
    bool head = f->paragraph_role == PARAGRAPH_META;
    for (uint32_t t = at; t < r->end; t++) {
        f->taken[t] |= TAKEN_DATE;
        head |= (f->taken[t] & TAKEN_DATELINE) != 0;
    }
    if (head)
        m->flags |= MENTION_DATELINE;
    if (r->first.year && r->first.month && !head)
        f->latest = r->first;
}

// A weekday behind the date belongs to it: "28 August (Monday)".
static void take_weekday_behind(const struct finder *f, struct reading *r)
{
    bool bracket = is_mark(f, r->end, '(');
    uint32_t next = r->end + (is_mark(f, r->end, ',') || bracket);
    const struct lexeme *weekday = r->first.day && !r->last.day ? lexeme_at(f, next, LEXICON_WEEKDAY) : NULL;
    if (!weekday)
        return;
    r->weekday = (uint8_t)weekday->value;
    r->end = unit_last(f, next) + (bracket && is_mark(f, unit_last(f, next), ')'));
}

void dates_find(struct finder *f)
{
    if (!(f->here & (DATE_KINDS | HERE_NUMBERS)))
        return;
    for (uint32_t at = f->first; at < f->last; at++) {
        struct reading r;
        if (!(f->kinds[at] & DATE_KINDS) && f->tokens[at].kind != TOKEN_NUMBER)
            continue;
        if ((f->taken[at] & TAKEN_DATE) || !read_date(f, at, &r))
            continue;
        read_interval(f, at, &r);
        take_weekday_behind(f, &r);
        relative_resolve(f, at, &r);
        emit(f, at, &r);
        at = r.end - 1;
    }
}
