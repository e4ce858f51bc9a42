// SPDX-License-Identifier: MIT
// Which claims speak of the same session. Scope: a body.
//
// A number tells the session. Without one, a day within DAYS_APART of a numbered session's days tells it; a month or year does if only one
// numbered session fits. What is left is grouped by days that lie close together, if the places agree, and named by the first of them. A
// report that gives no date at all means the session next to its own day, if one is near enough.
//
// That holds of bodies, which seldom meet. Ministers meet often: where a meeting is none of a body, a report without a date, or with a
// month or a year, joins another report's only if both name the place and it is one. What joins nothing is called by all that is known of
// it (the day of the report and the place, else the report), so that two are one by what they say and never by what they leave out.
//
// How far a new claim reaches: claims with days are islands, DAYS_APART or more from one another, and each island is matched for itself. So
// the island in which the new claim falls is matched again, and with it the months and years that touch it, and the reports without a date
// that were printed near it. A claim with a number and no day, or with a month or none, changes no other.
#include "register/link.h"

#include "doc/date.h"
#include "unicode/utf8.h"

enum { DAYS_APART = 4, GROUP_GAP = 3, NEAR_BEFORE = 45, NEAR_AFTER = 10 };

static bool is_dated(const struct claim_row *row)
{
    return row->first_day != NO_DAY && !link_is_coarse(row);
}

static bool places_agree(const struct claim_row *a, const struct claim_row *b)
{
    if (a->city.at && b->city.at)
        return slice_eq(a->city, b->city);
    return !a->country.at || !b->country.at || slice_eq(a->country, b->country);
}

static bool has_place(const struct claim_row *row)
{
    return row->city.at || row->country.at;
}

// A body meets in a row of its own, and seldom: its sessions need no place to be told.
static bool is_of_body(struct slice scope)
{
    static const char *const bodies[] = {"commission", "summit", "consultations", "working-group"};
    struct slice type = scope;
    slice_cut(&type, '/');
    for (size_t i = 0; type.at && i < sizeof bodies / sizeof *bodies; i++)
        if (slice_is(type, bodies[i]))
            return true;
    return false;
}

// Whether one that tells no day may be the other at all: by a common body, report or place.
static bool may_be_one(bool of_body, const struct claim_row *a, const struct claim_row *b)
{
    return places_agree(a, b) && (of_body || a->document == b->document || (has_place(a) && has_place(b)));
}

// Days between two spans of days, 0 if they touch.
static int64_t days_between(const struct claim_row *a, const struct claim_row *b)
{
    if (a->last_day < b->first_day)
        return b->first_day - a->last_day;
    return a->first_day > b->last_day ? a->first_day - b->last_day : 0;
}

// The first row that begins, or was said, on the day or later: rows are in that order.
static uint32_t first_from(const claim_row_vec *rows, int64_t day)
{
    uint32_t low = 0, high = rows->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct claim_row *row = &rows->at[middle];
        int64_t at = row->first_day != NO_DAY ? row->first_day : row->said;
        if (at != NO_DAY && at < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// Rows behind it begin later than the day.
static bool is_behind(const struct claim_row *row, int64_t day)
{
    return (row->first_day != NO_DAY ? row->first_day : row->said) > day || (row->first_day == NO_DAY && row->said == NO_DAY);
}

// Finds the one numbered session that fits the dated row; none, or several: leaves it.
static void find_numbered(struct registry *registry, const claim_row_vec *rows, struct claim_row *row, bool of_body)
{
    struct slice found = {NULL, 0};
    int64_t apart = INT64_MAX;
    int64_t limit = link_is_coarse(row) ? 0 : DAYS_APART;
    for (uint32_t i = first_from(rows, row->first_day - limit - COARSE_DAYS); i < rows->count; i++) {
        const struct claim_row *other = &rows->at[i];
        if (is_behind(other, row->last_day + limit))
            break;
        if (other->ordinal <= 0 || other->first_day == NO_DAY || link_is_coarse(other) || other->rejected)
            continue;
        if (days_between(row, other) > limit || (link_is_coarse(row) && !may_be_one(of_body, row, other)))
            continue;
        if (found.at && !slice_eq(found, other->found))
            return;
        found = other->found;
        apart = days_between(row, other) < apart ? days_between(row, other) : apart;
    }
    if (!found.at)
        return;
    row->found = found;
    row->reason = link_is_coarse(row) ? link_text(registry, "the only numbered session in %.*s", (int)row->date.len, row->date.at)
                                 : link_text(registry, "%lld days from its dates (at most %d)", (long long)apart, DAYS_APART);
}

// Rows with a day but no number, in the order of their days: neighbours make a group.
static void group_dated(struct registry *registry, struct slice scope, claim_row_vec *rows)
{
    const struct claim_row *before = NULL;
    int64_t group_end = 0;
    for (uint32_t i = 0; i < rows->count; i++) {
        struct claim_row *row = &rows->at[i];
        if (row->found.at || row->rejected || row->first_day == NO_DAY || link_is_coarse(row))
            continue;
        if (before && row->first_day - group_end <= GROUP_GAP && places_agree(before, row)) {
            int64_t gap = row->first_day > group_end ? row->first_day - group_end : 0;
            row->found = before->found;
            row->reason = link_text(registry, "%lld days from %.*s/%.*s (at most %d), places agree", (long long)gap,
                    (int)before->doc.len, before->doc.at,
                    (int)before->local.len, before->local.at, GROUP_GAP);
        } else {
            row->found = link_text(registry, "%.*s/%.*s", (int)scope.len, scope.at, (int)row->first.len, row->first.at);
            row->reason = SLICE("the first of its days");
        }
        if (!before || !slice_eq(before->found, row->found) || row->last_day > group_end)
            group_end = row->last_day;
        before = row;
    }
}

enum known_by { KNOWN_BY_DAY, KNOWN_BY_PLACE, KNOWN_BY_REPORT };

// By what a session that has no number and no day of its own is one with others of the same words: the day of the report, or its month or
// year; that and the place; or nothing, so that no other report's is it.
static enum known_by known_by(struct slice scope, const struct claim_row *row)
{
    if (row->first_day == NO_DAY && row->said == NO_DAY)
        return KNOWN_BY_REPORT;
    return is_of_body(scope) ? KNOWN_BY_DAY : has_place(row) ? KNOWN_BY_PLACE : KNOWN_BY_REPORT;
}

static struct slice alone_by(struct registry *registry, struct slice scope, const struct claim_row *row, const char *why)
{
    static const char *const texts[] = {
        [KNOWN_BY_DAY] = "one with those of this body said of the same time",
        [KNOWN_BY_PLACE] = "one with those said of the same time and place",
        [KNOWN_BY_REPORT] = "no place: one with no other report's",
    };
    return link_text(registry, "%s; %s", why, texts[known_by(scope, row)]);
}

#define PLACE_MAX 48    // bytes of an id

// "islamabad": letters and digits of ASCII in lower case, other bytes as they are, all else a hyphen.
static int write_place(struct slice place, char out[PLACE_MAX])
{
    int len = 0;
    for (size_t i = 0; i < place.len && len < PLACE_MAX - 1; i++) {
        unsigned char c = (unsigned char)place.at[i];
        bool letter = c >= 0x80 || c - (unsigned)'0' < 10u || (c | 0x20u) - (unsigned)'a' < 26u;
        if (letter)
            out[len++] = (char)(c - (unsigned)'A' < 26u ? c | 0x20u : c);
        else if (len > 0 && out[len - 1] != '-')
            out[len++] = '-';
    }
    return (int)utf8_valid_prefix(slice_make(out, (size_t)len));     // no half character at the cut
}

// What a session would be called if this report were the only one.
static struct slice natural_id(struct registry *registry, struct slice scope, const struct claim_row *row)
{
    if (row->ordinal > 0)
        return link_text(registry, "%.*s/%lld", (int)scope.len, scope.at, (long long)row->ordinal);
    if (is_dated(row))
        return link_text(registry, "%.*s/%.*s", (int)scope.len, scope.at, (int)row->first.len, row->first.at);
    char day[DATE_EDTF_SIZE] = "", place[PLACE_MAX];
    if (row->first_day == NO_DAY && row->said != NO_DAY)
        date_edtf((struct date_range){.first = date_from_day_number(row->said)}, day);
    struct slice when = row->first_day != NO_DAY ? row->date : slice_from(day);
    const char *said = row->first_day != NO_DAY ? "" : row->said != NO_DAY ? "said-" : "undated";
    switch (known_by(scope, row)) {
    case KNOWN_BY_DAY:
        return link_text(registry, "%.*s/%s%.*s", (int)scope.len, scope.at, said, (int)when.len, when.at);
    case KNOWN_BY_PLACE: {
        int len = write_place(row->city.at ? row->city : row->country, place);
        return link_text(registry, "%.*s/%s%.*s-%.*s", (int)scope.len, scope.at, said, (int)when.len, when.at, len, place);
    }
    default:
        return link_text(registry, "%.*s/%s%.*s-%.*s", (int)scope.len, scope.at, said, (int)when.len, when.at, (int)row->doc.len,
                row->doc.at);
    }
}

// A month or a year: the only group inside it, else a group of its own.
static void place_coarse(struct registry *registry, struct slice scope, claim_row_vec *rows)
{
    bool of_body = is_of_body(scope);
    for (uint32_t i = 0; i < rows->count; i++) {
        struct claim_row *row = &rows->at[i];
        if (row->found.at || row->rejected || row->first_day == NO_DAY)
            continue;
        struct slice only = {NULL, 0};
        bool several = false;
        for (uint32_t k = first_from(rows, row->first_day - COARSE_DAYS); k < rows->count; k++) {
            const struct claim_row *other = &rows->at[k];
            if (is_behind(other, row->last_day))
                break;
            if (!other->found.at || other->first_day == NO_DAY || link_is_coarse(other) || days_between(row, other) > 0 ||
                    !may_be_one(of_body, row, other))
                continue;
            several |= only.at && !slice_eq(only, other->found);
            only = other->found;
        }
        if (only.at && !several) {
            row->found = only;
            row->reason = link_text(registry, "the only session in %.*s, places agree", (int)row->date.len, row->date.at);
        } else {
            row->found = row->natural;
            row->reason = several ? SLICE("several sessions fit: kept apart")
                                  : alone_by(registry, scope, row, "no session in its month or year");
        }
    }
}

// No date: the session nearest to the day of the report, which is mostly printed a few days after, or before a session announced.
static void place_undated(struct registry *registry, struct slice scope, claim_row_vec *rows)
{
    bool of_body = is_of_body(scope);
    for (uint32_t i = 0; i < rows->count; i++) {
        struct claim_row *row = &rows->at[i];
        if (row->found.at || row->rejected)
            continue;
        int64_t nearest = INT64_MAX;
        bool held = slice_is(row->status, "held");
        for (uint32_t k = first_from(rows, row->said == NO_DAY ? 0 : row->said - NEAR_AFTER - COARSE_DAYS); row->said != NO_DAY &&
                k < rows->count; k++) {
            const struct claim_row *other = &rows->at[k];
            if (is_behind(other, row->said + NEAR_BEFORE))
                break;
            if (!other->found.at || other->first_day == NO_DAY || link_is_coarse(other) || !may_be_one(of_body, row, other))
                continue;
            int64_t ahead = other->first_day - row->said, past = row->said - other->last_day;
            int64_t apart = ahead > 0 ? ahead : past > 0 ? past : 0;
            bool near = held ? ahead <= 1 && past <= NEAR_AFTER : past <= 0 && ahead <= NEAR_BEFORE;
            if (near && apart < nearest) {
                nearest = apart;
                row->found = other->found;
                row->reason = link_text(registry, "no date; said %lld days %s it (at most %d)", (long long)apart, ahead > 0
                        ? "before" : "after",
                        held ? NEAR_AFTER : NEAR_BEFORE);
            }
        }
        if (row->found.at)
            continue;
        row->found = row->natural;
        row->reason = alone_by(registry, scope, row, row->said == NO_DAY ? "no date, nor has its report one"
                               : "no date, and no session near its day");
    }
}

void link_sessions(struct registry *registry, struct slice scope, claim_row_vec *rows)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        struct claim_row *row = &rows->at[i];
        if (row->fixed)
            continue;
        row->natural = natural_id(registry, scope, row);
        if (row->ordinal > 0 && !row->rejected) {
            row->found = row->natural;
            row->reason = link_text(registry, "number %lld", (long long)row->ordinal);
        }
    }
    for (uint32_t i = 0; i < rows->count; i++)
        if (rows->at[i].ordinal <= 0 && !rows->at[i].rejected && !rows->at[i].fixed && rows->at[i].first_day != NO_DAY)
            find_numbered(registry, rows, &rows->at[i], is_of_body(scope));
    group_dated(registry, scope, rows);
    place_coarse(registry, scope, rows);
    place_undated(registry, scope, rows);
}

// ---- one claim more -------------------------------------------------------------------------------------------------------
struct days {
    int64_t first, last;
};

static int64_t day_number(struct slice text)
{
    struct date_range range;
    return text.at && date_parse_edtf(text, &range) && range.first.year ? date_day_number(range.first) : NO_DAY;
}

// Widens the days by the meetings of a statement's rows, in the order in which they lie farther and farther off; true if they grew.
static bool widen(struct registry *registry, sqlite3_stmt *statement, struct slice scope, struct days *days)
{
    struct days before = *days;
    store_bind(statement, ":scope", scope);
    store_bind(statement, ":day", link_day(registry, days->first));
    while (store_step(registry, statement)) {
        struct days other = {day_number(store_column(statement, 0)), day_number(store_column(statement, 1))};
        if (other.first == NO_DAY || other.last - other.first >= COARSE_DAYS)
            continue;
        if (other.first > days->last + DAYS_APART || other.first < days->first - DAYS_APART - COARSE_DAYS) {
            sqlite3_reset(statement);
            break;
        }
        if (other.last < days->first - DAYS_APART)
            continue;
        days->first = other.first < days->first ? other.first : days->first;
        days->last = other.last > days->last ? other.last : days->last;
    }
    return days->first != before.first || days->last != before.last;
}

// The island of days in which the claim lies.
static struct days island_of(struct registry *registry, struct slice scope, const struct claim_row *row)
{
    struct days days = {row->first_day, row->last_day};
    for (bool grew = true; grew && !registry->status;) {
        grew = widen(registry, store_statement(registry, "meetings_behind"), scope, &days);
        grew = widen(registry, store_statement(registry, "meetings_before"), scope, &days) || grew;
    }
    return days;
}

static void read_days(struct registry *registry, const char *name, struct slice scope, int64_t first, int64_t last, claim_row_vec *rows)
{
    sqlite3_stmt *statement = store_statement(registry, name);
    store_bind(statement, ":kind", SLICE("meeting"));
    store_bind(statement, ":scope", scope);
    store_bind(statement, ":from", link_day(registry, first));
    store_bind(statement, ":until", link_day(registry, last));
    link_read(registry, statement, rows);
}

// The days at which the rows without a day of their own will look.
static struct days days_seen(struct days island, const claim_row_vec *rows)
{
    struct days seen = island;
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct claim_row *row = &rows->at[i];
        if (row->ordinal > 0 || (row->first_day == NO_DAY && row->said == NO_DAY))
            continue;
        int64_t first = row->first_day != NO_DAY ? row->first_day : row->said - NEAR_AFTER;
        int64_t last = row->first_day != NO_DAY ? row->last_day : row->said + NEAR_BEFORE;
        seen.first = first < seen.first ? first : seen.first;
        seen.last = last > seen.last ? last : seen.last;
    }
    return seen;
}

void link_session_added(struct registry *registry, struct slice scope, const struct claim_row *fresh, link_vec *touched)
{
    claim_row_vec rows = {0}, near = {0};
    struct days island = {INT64_MAX, INT64_MIN}, seen;
    if (is_dated(fresh) && !fresh->rejected) {
        island = island_of(registry, scope, fresh);
        read_days(registry, "meetings_of_months", scope, island.first, island.last, &rows);
        read_days(registry, "meetings_undated", scope, island.first - NEAR_BEFORE, island.last + NEAR_AFTER, &rows);
    }
    vec_push(&registry->work, &rows, *fresh);
    seen = days_seen(island, &rows);
    if (!fresh->rejected && seen.first <= seen.last)
        read_days(registry, "claims_between", scope, seen.first - COARSE_DAYS, seen.last, &near);
    for (uint32_t i = 0; i < near.count; i++) {
        struct claim_row *row = &near.at[i];
        if (link_is_coarse(row) || row->id == fresh->id)
            continue;       // those that the island changes are there already
        row->fixed = row->first_day < island.first || row->first_day > island.last;
        row->found = row->fixed ? link_before(row) : row->found;
        vec_push(&registry->work, &rows, *row);
    }
    link_sort(&rows, true);
    link_sessions(registry, scope, &rows);
    link_store(registry, &rows, touched);
}
