// SPDX-License-Identifier: MIT
// Dates: every form that a report writes a day, month, year, weekday or relative day in, resolved against the day of the report.
//
// A date is read from the left at each token that may begin one, longest form first; two dates joined by a hyphen or a "to" become an
// interval. What the words leave open is filled in afterwards: the year of a day and month, the day of a weekday. The day of the
// report (`published`) comes from the caller, the page's head or the dateline; without it the last date of the text that names its
// year serves for the year alone. Tense decides between two candidates: the nearest verb of the sentence says future or past.
// A date that can't be resolved keeps year 0 and carries date_missing_year.
#include "mention/finder.h"

#include <string.h>

#include <stdlib.h>

#define CENTURY 2000        // of a year written with two figures
#define ATTRIBUTE_REACH 2   // tokens between a participle and the date that it takes
#define DATELINE_TOKENS 28
#define DATELINE_PARAGRAPHS 4
// Words that are a verb form and something else, too ("की"): no witness of tense.
#define NO_VERB                                                                                                         \
    (GRAMMAR(OF) | GRAMMAR(FROM) | GRAMMAR(WITH) | GRAMMAR(AND) | GRAMMAR(TO) | GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(PRONOUN) | \
     GRAMMAR(DETERMINER) | GRAMMAR(OBJECT) | GRAMMAR(FOR) | GRAMMAR(UNTIL))
#define TENSE_REACH 60      // tokens to the verb that dates a day
#define YEAR_FIRST 1900
#define YEAR_LAST 2100

// What was read: `first` and `last` with zeroed parts where the words say nothing.
struct reading {
    struct date first, last;
    uint8_t weekday;        // 0: none named
    int8_t year_step;       // year said as "next year", "this year": INT8_MIN when not said
    bool relative;          // already resolved against the day of the report
    uint32_t end;
};

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
static uint32_t skip_until(const struct finder *f, uint32_t at)
{
    if (is_mark(f, at, '-') || is_mark(f, at, '/'))
        return at + 1;
    uint64_t classes = classes_at(f, at);
    uint64_t joins = GRAMMAR(TO) | GRAMMAR(UNTIL) | GRAMMAR(AND);
    if (f->pack->config.case_marks == CASE_AFTER)
        joins |= GRAMMAR(FROM) | GRAMMAR(WITH);     // "24 से 26": one word for from, with and to
    else
        joins |= GRAMMAR(ON);                       // "с 25 по 27": the end of an interval
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
static bool read_day_month(const struct finder *f, uint32_t at, struct reading *r)
{
    uint32_t end = 0;
    bool ordinal = false;
    int day = day_at(f, at, &end, &ordinal);
    if (!day)
        return false;
    int last_day = 0;
    uint32_t month_token = skip_of(f, end);
    if (!month_at(f, month_token)) {
        uint32_t second = skip_until(f, end), second_end = 0;
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
static bool read_month(const struct finder *f, uint32_t at, struct reading *r)
{
    int month = month_at(f, at);
    bool named = (f->kinds[at] & KIND(NAME)) && (f->tokens[at].flags & TOKEN_CAPITAL) && at + 1 < f->last &&
                 (f->tokens[at + 1].flags & TOKEN_CAPITAL);     // "Марта Кос": a given name that is a month's, too
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
        uint32_t second = skip_until(f, day_end), second_end = 0;
        int last_day = second > day_end && second < f->last ? day_at(f, second, &second_end, &ordinal) : 0;
        if (last_day && f->tokens[second].kind == TOKEN_NUMBER && !month_at(f, skip_of(f, second_end))) {
            r->last = (struct date){0, (uint8_t)month, (uint8_t)last_day};
            r->end = second_end;
        }
    }
    read_year(f, r);
    bool bare = !r->first.day && !r->first.year && r->year_step == INT8_MIN;
    return !(bare && (f->kinds[at] & KIND(GRAMMAR)) && !(classes_at(f, at ? at - 1 : 0) & (GRAMMAR(IN) | GRAMMAR(SINCE) | GRAMMAR(UNTIL))));
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
    uint32_t second = skip_until(f, next);
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

static struct date month_step(const struct finder *f, int step)
{
    struct date date = date_add_months(f->published, step);
    date.day = 0;
    return date;
}

// "today", "last month", "next year", "this week".
static bool read_time(const struct finder *f, uint32_t at, struct reading *r)
{
    const struct lexeme *time = lexeme_at(f, at, LEXICON_TIME);
    if (!time)
        return false;
    int step = (int)(time->number > 400 ? 400 : time->number < -400 ? -400 : time->number);
    r->end = unit_last(f, at);
    r->relative = true;
    if (time->attribute == TIME_YEAR) {
        struct reading month = {.year_step = INT8_MIN};
        uint32_t next = r->end;
        if (classes_at(f, next) & (GRAMMAR(OF) | GRAMMAR(IN) | GRAMMAR(ON)))
            next = unit_last(f, next);
        if (next < f->last && (read_day_month(f, next, &month) || read_month(f, next, &month)) && !month.first.year) {
            *r = month;
            r->year_step = (int8_t)step;
            return true;
        }
    }
    if (!f->published.year)
        return true;
    switch (time->attribute) {
    case TIME_DAY:
        if (f->published.day)
            r->first = date_add_days(f->published, step);
        break;
    case TIME_WEEK:
        if (f->published.day) {
            r->first = date_add_days(f->published, 7 * step - (date_weekday(f->published) - 1));
            r->last = date_add_days(r->first, 6);
        }
        break;
    case TIME_MONTH:
        if (f->published.month)
            r->first = month_step(f, step);
        break;
    case TIME_QUARTER:
        if (f->published.month) {
            r->first = month_step(f, 3 * step - (f->published.month - 1) % 3);
            r->last = date_add_months(r->first, 2);
            r->last.day = 0;
        }
        break;
    default:
        r->first.year = (int16_t)(f->published.year + step);
        break;
    }
    return true;
}

static bool read_calendar(const struct finder *f, uint32_t at, struct reading *r)
{
    if (f->tokens[at].kind != TOKEN_NUMBER && !(f->kinds[at] & (KIND(NUMBER) | KIND(MONTH))))
        return false;
    *r = (struct reading){.year_step = INT8_MIN};
    if (f->tokens[at].kind == TOKEN_NUMBER)
        return read_numeric(f, at, r) || read_day_month(f, at, r) || read_year_alone(f, at, r);
    uint32_t kinds = f->kinds[at];
    if (unit_first(f, at) != at)
        return false;
    return ((kinds & KIND(NUMBER)) && read_day_month(f, at, r)) || ((kinds & KIND(MONTH)) && read_month(f, at, r));
}

// "Monday, 28 August", "Monday (October 21)", "मंगलवार 16 सितंबर 2025", or the weekday alone.
static bool read_weekday(const struct finder *f, uint32_t at, struct reading *r)
{
    const struct lexeme *weekday = lexeme_at(f, at, LEXICON_WEEKDAY);
    if (!weekday)
        return false;
    uint32_t end = unit_last(f, at), next = end;
    bool bracket = is_mark(f, next, '(');
    if (is_mark(f, next, ',') || bracket)
        next++;
    next = skip_determiners(f, next);
    struct reading date;
    if (next < f->last && read_calendar(f, next, &date) && date.first.day) {
        *r = date;
        if (bracket && is_mark(f, r->end, ')'))
            r->end++;
    } else {
        *r = (struct reading){.year_step = INT8_MIN, .end = end};
    }
    r->weekday = (uint8_t)weekday->value;
    return true;
}

// "the 25th to the 27th": days without their month need both suffixes.
static bool read_days(const struct finder *f, uint32_t at, struct reading *r)
{
    uint32_t end = 0, second_end = 0;
    bool first_ordinal = false, last_ordinal = false;
    if (f->tokens[at].kind != TOKEN_NUMBER)
        return false;
    int first = day_at(f, at, &end, &first_ordinal);
    if (!first || !first_ordinal)
        return false;
    uint32_t second = skip_until(f, end);
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

static bool read_date(const struct finder *f, uint32_t at, struct reading *r)
{
    if (f->tokens[at].kind == TOKEN_NUMBER)
        return read_calendar(f, at, r) || read_days(f, at, r);
    uint32_t kinds = f->kinds[at];
    if (!(kinds & DATE_KINDS) || unit_first(f, at) != at)
        return false;
    *r = (struct reading){.year_step = INT8_MIN};
    return read_calendar(f, at, r) || ((kinds & KIND(WEEKDAY)) && read_weekday(f, at, r)) || ((kinds & KIND(TIME)) && read_time(f, at, r));
}

// ---- resolving ------------------------------------------------------------------------------------------------------------

// A verb that only tells who speaks.
static bool says(const struct finder *f, uint32_t group)
{
    const struct span_layer *triggers = &f->document->triggers;
    for (uint32_t i = group; i < triggers->count && triggers->at[i].first == triggers->at[group].first; i++)
        if (f->pack->rules.at[f->pack->lexemes.at[triggers->at[i].lexeme].value].role == ROLE_SAY)
            return true;
    return false;
}

// A verb of planning: what it dates lies ahead, whatever its own tense ("is scheduled", "was set for").
static bool plans(const struct finder *f, uint32_t group)
{
    const struct span_layer *triggers = &f->document->triggers;
    const struct rule *rule = &f->pack->rules.at[f->pack->lexemes.at[triggers->at[group].lexeme].value];
    return rule->meeting.value == MEETING_STATUS_PLANNED && rule->commitment.value == STANCE_PLANNED;
}

// 1: the nearest verb of the sentence is future; -1: past; 0: neither. Verbs behind win over verbs before at equal distance.
static int tense_near(const struct finder *f, uint32_t at)
{
    const struct span_layer *triggers = &f->document->triggers;
    int sides = f->pack->config.head == HEAD_FINAL ? 1 : 2;     // verbs last: none of this clause stands before
    for (uint32_t d = 1; d < TENSE_REACH; d++) {
        for (int side = 0; side < sides; side++) {
            if (side ? at < f->first + d : at + d >= f->last)
                continue;
            uint32_t t = side ? at - d : at + d;
            uint32_t features = 0;
            if ((f->kinds[t] & KIND(GRAMMAR)) && !(f->classes[t] & NO_VERB)) {
                if (f->classes[t] & GRAMMAR(WILL))
                    return 1;
                if (f->classes[t] & (GRAMMAR(BE) | GRAMMAR(DO) | GRAMMAR(HAVE) | GRAMMAR(VERB)))
                    features |= features_at(f, t, LEXICON_GRAMMAR);
            }
            uint32_t group = triggers->covering ? triggers->covering[t] : SPAN_NONE;
            if (group != SPAN_NONE && pack_inflects(f->pack) && says(f, group))
                continue;   // "in December, she went on, the commission will meet"
            if (group != SPAN_NONE)
                features |= triggers->at[group].features;
            if ((features & FEATURE(FUT)) || (group != SPAN_NONE && sides == 2 && plans(f, group)))
                return 1;
            bool attribute = side && d <= ATTRIBUTE_REACH && (features & FEATURE(PART)) && (features & (FEATURE(NOM) | FEATURE(GEN)));
            if (pack_inflects(f->pack) && attribute && !(features & FEATURE(PRES)))
                return -1;      // "broken off in October": the participle right before the date
            if (pack_inflects(f->pack) && (features & FEATURE(INF)) && !(features & (FEATURE(PAST) | FEATURE(PRES))))
                return 1;   // "agreed to hold it in June"
            if (!(features & (FEATURE(PAST) | FEATURE(PRES) | FEATURE(INF))))
                continue;
            // an infinitive or participle hangs on an auxiliary: "will be held", "is to visit"
            for (uint32_t k = t; k > f->first && t - k < 4; k--)
                if (f->classes[k - 1] & GRAMMAR(WILL))
                    return 1;
            for (uint32_t k = t + 1; k < f->last && k - t < 5; k++)
                if ((f->classes[k] & GRAMMAR(WILL)) || (features_at(f, k, LEXICON_GRAMMAR) & FEATURE(FUT)))
                    return 1;
            if (features & FEATURE(PAST))
                return -1;
        }
    }
    return 0;
}

// The year that puts a day and month nearest to `anchor`, on the side that the tense says when that is not far off.
static int nearest_year(struct date anchor, struct date date, int tense, uint8_t weekday)
{
    int best = anchor.year;
    int64_t best_cost = INT64_MAX, from = date_day_number(anchor);
    for (int year = anchor.year - 1; year <= anchor.year + 1; year++) {
        struct date candidate = {(int16_t)year, date.month, date.day};
        int64_t distance = date_day_number(candidate) - from, cost = llabs(distance);
        if (!date.day && distance < 0)
            cost = -distance > 27 ? -distance - 27 : 0;     // a month is near as long as it lasts
        if (tense && distance * tense < 0 && cost > 1)
            cost += 300;
        if (weekday && date.day && date_valid(candidate) && date_weekday(candidate) != weekday)
            cost += 1000;
        if (cost < best_cost) {
            best_cost = cost;
            best = year;
        }
    }
    return best;
}

static struct date anchor_of(const struct finder *f) { return f->published.year ? f->published : f->latest; }

static void resolve_year(const struct finder *f, uint32_t at, struct reading *r)
{
    struct date anchor = anchor_of(f);
    if (r->year_step != INT8_MIN) {
        int year = f->published.year ? f->published.year : anchor.year;     // else by the last date that told its year
        if (!year)
            return;
        r->first.year = (int16_t)(year + r->year_step);
    } else if (anchor.year && anchor.month) {
        uint64_t before = classes_at(f, at - (at > f->first));
        int tense = before & GRAMMAR(PREVIOUS) ? -1 : before & GRAMMAR(NEXT) ? 1 : tense_near(f, at);
        r->first.year = (int16_t)nearest_year(anchor, r->first, tense, r->weekday);
        if ((before & GRAMMAR(PREVIOUS)) && r->first.year == anchor.year && r->first.month > anchor.month)
            r->first.year--;
    } else if (anchor.year) {
        r->first.year = anchor.year;
    }
    if (r->last.month && r->first.year)
        r->last.year = (int16_t)(r->first.year + (r->last.month < r->first.month));
}

static void resolve_weekday(const struct finder *f, uint32_t at, struct reading *r)
{
    if (!f->published.year || !f->published.day)
        return;
    int today = date_weekday(f->published), back = (today - r->weekday + 7) % 7;
    uint64_t before = classes_at(f, at - (at > f->first));
    if (before & GRAMMAR(NEXT))
        r->first = date_add_days(f->published, 7 - back);
    else if (tense_near(f, at) > 0)
        r->first = date_add_days(f->published, back ? 7 - back : 0);
    else
        r->first = date_add_days(f->published, -back);
}

// Days of a month that the text does not name again: the month of the report, or the one before when the day lies ahead.
static void resolve_days(const struct finder *f, uint32_t at, struct reading *r)
{
    struct date anchor = f->published.month ? f->published : f->latest;
    if (!anchor.month)
        return;
    struct date month = {anchor.year, anchor.month, 0};
    if (f->published.day && r->first.day > f->published.day && tense_near(f, at) <= 0)
        month = date_add_months(month, -1);
    r->first.year = month.year;
    r->first.month = month.month;
    if (r->last.day) {
        r->last.year = month.year;
        r->last.month = month.month;
    }
}

static void resolve(const struct finder *f, uint32_t at, struct reading *r)
{
    if (r->relative)
        return;
    if (r->first.month && !r->first.year)
        resolve_year(f, at, r);
    else if (!r->first.month && r->first.day)
        resolve_days(f, at, r);
    else if (!r->first.month && !r->first.year && r->weekday)
        resolve_weekday(f, at, r);
}

// ---- finding --------------------------------------------------------------------------------------------------------------

static bool same_grain(const struct reading *a, const struct reading *b)
{
    if (!a->first.month && !b->first.month && a->weekday && b->weekday)
        return true;
    return (a->first.month != 0) == (b->first.month != 0) && (a->first.day != 0) == (b->first.day != 0);
}

// Joins `r`, which ends before `r->end`, with a second date behind a hyphen or "to": "28 November to 2 December 2025".
static void read_interval(struct finder *f, uint32_t at, struct reading *r)
{
    uint32_t second = skip_until(f, r->end);
    bool conjunction = classes_at(f, r->end) & GRAMMAR(AND);
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
    resolve(f, at, r);
    if (b.first.month && !b.first.year && r->first.year)
        b.first.year = (int16_t)(r->first.year + (b.first.month < r->first.month));
    resolve(f, second, &b);
    r->last = b.first;
    r->end = b.end;
}

static void emit(struct finder *f, uint32_t at, const struct reading *r)
{
    struct mention *m = finder_add(f, MENTION_DATE, at, r->end);
    m->date.first = r->first;
    m->date.last = r->last;
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
        // a weekday behind the date belongs to it: "28 August (Monday)"
        uint32_t next = r.end + (is_mark(f, r.end, ',') || is_mark(f, r.end, '('));
        const struct lexeme *weekday = r.first.day && !r.last.day ? lexeme_at(f, next, LEXICON_WEEKDAY) : NULL;
        if (weekday) {
            r.weekday = (uint8_t)weekday->value;
            r.end = unit_last(f, next) + (is_mark(f, r.end, '(') && is_mark(f, unit_last(f, next), ')'));
        }
        resolve(f, at, &r);
        emit(f, at, &r);
        at = r.end - 1;
    }
}

// ---- the day of the report ------------------------------------------------------------------------------------------------

// First full date of the sentence at work, or the first day and month if `partial`.
static bool first_date(struct finder *f, bool partial, struct reading *ret_reading)
{
    for (uint32_t at = f->first; at < f->last; at++) {
        struct reading r;
        bool weekday = kinds_at(f, at) & KIND(WEEKDAY);
        if (!(weekday ? read_weekday(f, at, &r) : read_calendar(f, at, &r)))
            continue;
        if (r.first.day && r.first.month && (r.first.year || partial)) {
            *ret_reading = r;
            return true;
        }
        at = r.end - 1;
    }
    return false;
}

static bool published_in_head(struct finder *f, struct date *ret_date)
{
    // roles in the order of trust: what is surely the page's head, then what stands above the report
    const struct document *d = f->document;
    for (int round = 0; round < 4; round++) {
        bool above = true;
        for (uint32_t s = 0; s < d->sentences.count; s++) {
            uint8_t role = d->paragraphs.at[d->sentences.at[s].paragraph].role;
            above = above && role != PARAGRAPH_BODY;
            bool wanted = round == 0 ? role == PARAGRAPH_META && above
                          : round == 1 ? (role == PARAGRAPH_TITLE || role == PARAGRAPH_HEADING) && above
                          : round == 2 ? role == PARAGRAPH_META && !above
                                       : role == PARAGRAPH_FURNITURE && above;
            if (!wanted || !d->sentences.at[s].pack)
                continue;
            finder_enter(f, s);
            f->pack = d->sentences.at[s].pack;
            f->first = d->sentences.at[s].first;
            f->last = d->sentences.at[s].last;
            struct reading r;
            if (first_date(f, false, &r)) {
                *ret_date = r.last.year ? r.last : r.first;
                return true;
            }
        }
    }
    return false;
}

struct dateline {
    struct reading reading;
    bool dated;
    uint16_t state;
    uint32_t end;
};

// A mark that closes sentences of the language: a danda, a full stop.
static bool ends_sentences(const struct finder *f, uint32_t at)
{
    for (uint32_t i = 0; f->tokens[at].kind == TOKEN_PUNCT && i < f->pack->config.sentence_ends.count; i++)
        if (slice_eq(f->pack->config.sentence_ends.at[i], document_fold(f->document, at)))
            return true;
    return false;
}

static bool ends_dateline(const struct finder *f, uint32_t at)
{
    return ends_sentences(f, at) || is_mark(f, at, ':') || (is_mark(f, at, '-') && !is_joint(f, at)) || is_mark(f, at, '.') ||
           (f->tokens[at].kind == TOKEN_PUNCT && at + 1 == f->last);
}

// "13:05": one token of figures.
static bool is_clock(const struct finder *f, uint32_t at)
{
    const struct token *token = &f->tokens[at];
    return token->kind == TOKEN_NUMBER && memchr(f->document->text.at + token->begin, ':', token->end - token->begin) != NULL;
}

// A dateline opens a paragraph: place, date and agency in any order, closed by a colon, a dash, a bracket or a stop.
static bool read_dateline(struct finder *f, struct dateline *ret)
{
    bool placed = false, timed = false, sourced = false;
    uint32_t at = f->first, unknown = 0, limit = f->first + DATELINE_TOKENS;
    *ret = (struct dateline){.state = PARTY_NONE};
    while (at < f->last && at < limit) {
        const struct lexeme *city = lexeme_at(f, at, LEXICON_CITY);
        struct reading r;
        bool weekday = kinds_at(f, at) & KIND(WEEKDAY);
        if (city || party_at(f, at) != PARTY_NONE) {
            if (city && ret->state == PARTY_NONE)
                ret->state = f->world->cities.at[city->value].state;
            placed |= city != NULL;     // a state alone is no dateline: "India: …", "X - Y talks"
            at = unit_last(f, at);
        } else if ((placed || unknown || sourced || at == f->first) && !ret->dated &&
                   (weekday ? read_weekday(f, at, &r) : read_calendar(f, at, &r)) && (r.first.day || r.weekday)) {
            ret->dated = r.first.day != 0;
            ret->reading = r;
            at = r.end;
            // "30 May 2025 г. The first summit": the stop of the word for "year" closes the dateline, too
            bool stop = at < f->last && (f->tokens[at].flags & TOKEN_ABBREVIATION) && !(f->tokens[at].flags & TOKEN_CAPITAL);
            if (stop && placed && ret->dated && at + 1 < f->last && (f->tokens[at + 1].flags & TOKEN_CAPITAL)) {
                ret->end = at + 1;
                return true;
            }
            at += stop;
        } else if (is_clock(f, at)) {
            timed = true;
            at++;
        } else if (is_mark(f, at, '(')) {
            uint32_t end = skip_brackets(f, at, 12);
            if (end == at)
                return false;
            // the date may stand in the brackets
            for (uint32_t t = at + 1; !ret->dated && t + 1 < end; t++)
                if (read_calendar(f, t, &r) && r.first.day) {
                    ret->dated = true;
                    ret->reading = r;
                }
            at = end;
            if (placed || ret->dated) {
                at += at < f->last && ends_dateline(f, at);
                ret->end = at;
                return true;
            }
        } else if (at > f->first && ends_dateline(f, at)) {
            if (placed && !ret->dated && is_mark(f, at, '.') && read_calendar(f, at + 1, &r) && r.first.day) {
                at++;   // "Accra. 28 November 2024 г. AGENCY."
                continue;
            }
            ret->end = at + 1;
            return placed || ret->dated;
        } else if (is_mark(f, at, ',') || is_mark(f, at, '/') || is_mark(f, at, '[') || is_mark(f, at, ']') || is_mark(f, at, '"') ||
                   (kinds_at(f, at) & (KIND(SOURCE) | KIND(PLACE))) ||
                   ((kinds_at(f, at) & KIND(WEEKDAY)) && is_mark(f, unit_last(f, at), ','))) {     // "Accra, Friday, 14 November"
            sourced |= (kinds_at(f, at) & KIND(SOURCE)) != 0;
            at = unit_last(f, at);
        } else if (((f->covering[at] == SPAN_NONE && f->tokens[at].kind == TOKEN_WORD) ||
                    (placed && f->tokens[at].kind == TOKEN_NUMBER && kinds_at(f, at + 1) == 0)) && unknown < 4) {
            unknown++;
            at++;
        } else {
            return false;
        }
    }
    ret->end = at;
    return timed && ret->dated && at == f->last;    // "8 May 2025 10:10 Moscow, Kremlin": a stamp is a sentence of its own
}

// A full date with a clock behind it opens the sentence at work.
static bool opens_with_stamp(const struct finder *f)
{
    struct reading r;
    uint32_t at = f->first;
    if (f->tokens[at].kind != TOKEN_NUMBER || !read_calendar(f, at, &r) || !r.first.year || !r.first.day)
        return false;
    return (r.end < f->last && is_clock(f, r.end)) || (r.end + 1 < f->last && is_clock(f, r.end + 1));
}

static bool find_dateline(struct finder *f, struct dateline *ret)
{
    const struct document *d = f->document;
    uint32_t paragraph = UINT32_MAX, seen = 0;
    for (uint32_t s = 0; s < d->sentences.count && seen < DATELINE_PARAGRAPHS; s++) {
        const struct sentence *sentence = &d->sentences.at[s];
        bool begins = sentence->paragraph != paragraph;
        if (!finder_enter(f, s) || (!begins && !opens_with_stamp(f)))
            continue;
        paragraph = sentence->paragraph;
        if (f->paragraph_role != PARAGRAPH_BODY && f->paragraph_role != PARAGRAPH_META)
            continue;
        seen += begins && f->paragraph_role == PARAGRAPH_BODY;
        // a stop behind the date may have cut the sentence; the dateline goes on to the paragraph's end at most
        uint32_t limit = opens_with_stamp(f) ? s + 1 : s + 4;
        for (uint32_t n = s + 1; n < d->sentences.count && n < limit && d->sentences.at[n].paragraph == paragraph; n++)
            f->last = d->sentences.at[n].last;
        if (read_dateline(f, ret)) {
            f->dateline_first = f->first;
            f->dateline_last = ret->end;
            f->dateline_state = ret->state;
            for (uint32_t t = f->first; t < ret->end; t++)
                f->taken[t] |= TAKEN_DATELINE;
            return true;
        }
    }
    return false;
}

// "28 March 2025, 13:05" within the text, as pages give it whose lines ran together: a full date with a time of day right behind it.
static bool published_by_stamp(struct finder *f, struct date *ret_date)
{
    const struct document *d = f->document;
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        if (!finder_enter(f, s))
            continue;
        for (uint32_t at = f->first; at < f->last && (f->here & HERE_NUMBERS); at++) {
            struct reading r;
            if (!read_calendar(f, at, &r))
                continue;
            uint32_t hour = r.end, limit = r.end + 2;   // "2025 г., 13:05"
            while (hour < limit && hour < f->last && !is_clock(f, hour) && !(f->tokens[hour].flags & TOKEN_CAPITAL))
                hour++;
            bool time = hour < f->last && is_clock(f, hour);
            if (time && r.first.day && r.first.month && r.first.year && !r.last.day) {
                *ret_date = r.first;
                return true;
            }
            at = r.end - 1;
        }
    }
    return false;
}

void dates_published(struct finder *f)
{
    struct document *d = f->document;
    struct date head = {0}, day = {0};
    struct dateline line;
    bool has_line = find_dateline(f, &line);
    bool has_head = published_in_head(f, &head);
    if (d->given_date.first.year)
        head = d->given_date.last.year ? d->given_date.last : d->given_date.first;
    if (has_line && line.dated) {
        struct reading *r = &line.reading;
        day = r->last.day ? r->last : r->first;
        if (!day.year && head.year)
            day.year = (int16_t)nearest_year(head, day, 0, r->weekday);
    }
    if (d->given_date.first.year || (!day.year && (has_head || head.year)))
        day = head;
    if (!day.year && !has_line && !published_by_stamp(f, &day))
        return;
    f->published = day;
    d->published.first = day;
}
