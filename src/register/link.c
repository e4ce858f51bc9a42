// SPDX-License-Identifier: MIT
// Matching: which claims of a scope speak of the same session or the same instrument.
//
// Sessions (scope: a body). A number tells the session. Without one, a day within DAYS_APART of a numbered session's days tells it; a
// month or year does if only one numbered session fits. What is left is grouped by days that lie close together, if the places agree, and
// named by the first of them. A report that gives no date at all means the session next to its own day, if one is near enough.
//
// Instruments (scope: the parties). Two claims are one instrument if they are of one kind (or one is an unspecified document, or both
// count the same number), their subjects share a sector or have none, and their days lie within SIGNING_DAYS; an instrument that was only
// planned waits PLANNED_DAYS for its signature. Two claims of one report are never one.
//
// Claims come in an order that does not depend on when reports were added, so the same claims always give the same links. A claim that
// people rejected has none. Merges that people decided replace the id that was found.
#include <stdio.h>

#include "doc/date.h"
#include "register/store.h"

enum { DAYS_APART = 4, GROUP_GAP = 3, NEAR_BEFORE = 45, NEAR_AFTER = 10, SIGNING_DAYS = 5, PLANNED_DAYS = 400, COARSE_DAYS = 27,
        LINK_MAX = 200 };
#define NO_DAY INT64_MIN

struct claim_row {
    int64_t id, document;
    struct slice type, status, date, city, country, sectors, first, link;
    int64_t ordinal;            // 0 none
    int64_t first_day, last_day, said;  // days since 1970; NO_DAY unknown
    int64_t count;
    bool rejected;
    struct slice found;         // the link that was found; at NULL none yet
};
typedef VEC(struct claim_row) claim_row_vec;

static int64_t day_number(struct slice text)
{
    struct date_range range;
    return text.at && date_parse_edtf(text, &range) && range.first.year ? date_day_number(range.first) : NO_DAY;
}

static void load(struct registry *registry, struct slice kind, struct slice scope, claim_row_vec *rows)
{
    sqlite3_stmt *statement = store_statement(registry, "scope_claims");
    store_bind(statement, ":kind", kind);
    store_bind(statement, ":scope", scope);
    while (store_step(registry, statement)) {
        struct claim_row row = {
            .id = sqlite3_column_int64(statement, 0), .document = sqlite3_column_int64(statement, 1),
            .type = store_column_kept(registry, statement, 2), .status = store_column_kept(registry, statement, 3),
            .ordinal = sqlite3_column_int64(statement, 4), .date = store_column_kept(registry, statement, 5),
            .first = store_column_kept(registry, statement, 6), .last_day = day_number(store_column(statement, 7)),
            .city = store_column_kept(registry, statement, 8), .country = store_column_kept(registry, statement, 9),
            .count = sqlite3_column_int64(statement, 10), .sectors = store_column_kept(registry, statement, 11),
            .said = day_number(store_column(statement, 12)), .rejected = sqlite3_column_int(statement, 13) != 0,
            .link = store_column_kept(registry, statement, 14),
        };
        row.first_day = day_number(row.first);
        vec_push(&registry->work, rows, row);
    }
}

__attribute__((format(printf, 2, 3)))
static struct slice make_link(struct registry *registry, const char *format, ...)
{
    char text[LINK_MAX];
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (len < 0 || len >= LINK_MAX)
        len = LINK_MAX - 1;
    char *copy = arena_alloc(&registry->work, (size_t)len + 1);
    memcpy(copy, text, (size_t)len);
    return slice_make(copy, (size_t)len);
}

static bool is_coarse(const struct claim_row *row)
{
    return row->last_day - row->first_day >= COARSE_DAYS;
}

static bool places_agree(const struct claim_row *a, const struct claim_row *b)
{
    if (a->city.at && b->city.at)
        return slice_eq(a->city, b->city);
    return !a->country.at || !b->country.at || slice_eq(a->country, b->country);
}

// Days between two spans of days, 0 if they touch.
static int64_t days_between(const struct claim_row *a, const struct claim_row *b)
{
    if (a->last_day < b->first_day)
        return b->first_day - a->last_day;
    return a->first_day > b->last_day ? a->first_day - b->last_day : 0;
}

// The link of the one numbered session that fits the dated row; at NULL: none, or several.
static struct slice numbered_session(const claim_row_vec *rows, const struct claim_row *row)
{
    struct slice found = {NULL, 0};
    int64_t limit = is_coarse(row) ? 0 : DAYS_APART;
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct claim_row *other = &rows->at[i];
        if (other->ordinal <= 0 || other->first_day == NO_DAY || is_coarse(other) || other->rejected)
            continue;
        if (days_between(row, other) > limit || (is_coarse(row) && !places_agree(row, other)))
            continue;
        if (found.at && !slice_eq(found, other->found))
            return (struct slice){NULL, 0};
        found = other->found;
    }
    return found;
}

// Rows with a day but no number, in the order of their days: neighbours make a group.
static void group_dated(struct registry *registry, struct slice scope, claim_row_vec *rows)
{
    const struct claim_row *before = NULL;
    int64_t group_end = 0;
    for (uint32_t i = 0; i < rows->count; i++) {
        struct claim_row *row = &rows->at[i];
        if (row->found.at || row->rejected || row->first_day == NO_DAY || is_coarse(row))
            continue;
        if (before && row->first_day - group_end <= GROUP_GAP && places_agree(before, row))
            row->found = before->found;
        else
            row->found = make_link(registry, "%.*s/%.*s", (int)scope.len, scope.at, (int)row->first.len, row->first.at);
        if (!before || !slice_eq(before->found, row->found) || row->last_day > group_end)
            group_end = row->last_day;
        before = row;
    }
}

// A month or a year: the only group inside it, else a group of its own.
static void place_coarse(struct registry *registry, struct slice scope, claim_row_vec *rows)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        struct claim_row *row = &rows->at[i];
        if (row->found.at || row->rejected || row->first_day == NO_DAY)
            continue;
        struct slice only = {NULL, 0};
        bool several = false;
        for (uint32_t k = 0; k < rows->count; k++) {
            const struct claim_row *other = &rows->at[k];
            if (!other->found.at || other->first_day == NO_DAY || is_coarse(other) || days_between(row, other) > 0 ||
                    !places_agree(row, other))
                continue;
            several |= only.at && !slice_eq(only, other->found);
            only = other->found;
        }
        row->found = only.at && !several ? only
                                         : make_link(registry, "%.*s/%.*s", (int)scope.len, scope.at, (int)row->date.len, row->date.at);
    }
}

// No date: the session nearest to the day of the report, which is mostly printed a few days after, or before a session announced.
static void place_undated(struct registry *registry, struct slice scope, claim_row_vec *rows)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        struct claim_row *row = &rows->at[i];
        if (row->found.at || row->rejected)
            continue;
        int64_t nearest = INT64_MAX;
        bool held = slice_is(row->status, "held");
        for (uint32_t k = 0; row->said != NO_DAY && k < rows->count; k++) {
            const struct claim_row *other = &rows->at[k];
            if (!other->found.at || other->first_day == NO_DAY || is_coarse(other) || !places_agree(row, other))
                continue;
            int64_t ahead = other->first_day - row->said, past = row->said - other->last_day;
            int64_t apart = ahead > 0 ? ahead : past > 0 ? past : 0;
            bool near = held ? ahead <= 1 && past <= NEAR_AFTER : past <= 0 && ahead <= NEAR_BEFORE;
            if (near && apart < nearest) {
                nearest = apart;
                row->found = other->found;
            }
        }
        if (row->found.at)
            continue;
        char day[DATE_EDTF_SIZE] = "undated";
        if (row->said != NO_DAY)
            date_edtf((struct date_range){.first = date_from_day_number(row->said)}, day);
        row->found = make_link(registry, "%.*s/said-%s", (int)scope.len, scope.at, day);
    }
}

static void link_sessions(struct registry *registry, struct slice scope, claim_row_vec *rows)
{
    for (uint32_t i = 0; i < rows->count; i++)
        if (rows->at[i].ordinal > 0 && !rows->at[i].rejected)
            rows->at[i].found = make_link(registry, "%.*s/%lld", (int)scope.len, scope.at, (long long)rows->at[i].ordinal);
    for (uint32_t i = 0; i < rows->count; i++)
        if (rows->at[i].ordinal <= 0 && !rows->at[i].rejected && rows->at[i].first_day != NO_DAY)
            rows->at[i].found = numbered_session(rows, &rows->at[i]);
    group_dated(registry, scope, rows);
    place_coarse(registry, scope, rows);
    place_undated(registry, scope, rows);
}

// ---- instruments ----------------------------------------------------------------------------------------------------------
// What is known of an instrument while claims are gathered into it.
struct instrument {
    const struct claim_row *first;
    int64_t last_document, day;     // of the claim that joined it last
    bool signed_yet;
    struct slice link;
};
typedef VEC(struct instrument) instrument_vec;

static int64_t day_of(const struct claim_row *row)
{
    return row->first_day != NO_DAY && !is_coarse(row) ? row->first_day : row->said;
}

static bool share_word(struct slice a, struct slice b)
{
    for (struct slice rest = a; rest.at && rest.len;) {
        struct slice word = slice_cut(&rest, ' ');
        for (struct slice others = b; others.at && others.len;)
            if (slice_eq(word, slice_cut(&others, ' ')))
                return true;
    }
    return false;
}

static bool is_firm(const struct claim_row *row)
{
    return slice_is(row->status, "signed") || slice_is(row->status, "in-force") || slice_is(row->status, "approved") ||
            slice_is(row->status, "ended");
}

static bool same_instrument(const struct instrument *known, const struct claim_row *row)
{
    const struct claim_row *first = known->first;
    if (known->last_document == row->document)
        return false;
    bool kinds = slice_eq(first->type, row->type) || slice_is(first->type, "document") || slice_is(row->type, "document");
    bool packets = first->count > 1 && first->count == row->count;
    bool topics = share_word(first->sectors, row->sectors);
    bool bare = first->sectors.len == 0 && row->sectors.len == 0;
    if (known->day == NO_DAY || day_of(row) == NO_DAY)
        return kinds && topics && first->count == row->count;
    int64_t apart = day_of(row) - known->day;
    apart = apart < 0 ? -apart : apart;
    if (apart <= SIGNING_DAYS)
        return packets || (kinds && first->count == row->count && (topics || bare));
    return kinds && topics && first->count == row->count && (!known->signed_yet || !is_firm(row)) && apart <= PLANNED_DAYS;
}

static void link_instruments(struct registry *registry, struct slice scope, claim_row_vec *rows)
{
    instrument_vec known = {0};
    for (uint32_t i = 0; i < rows->count; i++) {
        struct claim_row *row = &rows->at[i];
        if (row->rejected)
            continue;
        struct instrument *found = NULL;
        for (uint32_t k = known.count; k > 0 && !found; k--)
            if (same_instrument(&known.at[k - 1], row))
                found = &known.at[k - 1];
        if (!found) {
            char day[DATE_EDTF_SIZE] = "undated";
            if (day_of(row) != NO_DAY)
                date_edtf((struct date_range){.first = date_from_day_number(day_of(row))}, day);
            struct slice base = make_link(registry, "%.*s/%.*s/%s", (int)scope.len, scope.at, (int)row->type.len, row->type.at, day);
            int again = 1;
            for (uint32_t k = 0; k < known.count; k++)
                again += slice_starts(known.at[k].link, base) && (known.at[k].link.len == base.len || known.at[k].link.at[base.len] == '/');
            struct instrument new_one = {.first = row, .day = NO_DAY, .link = again == 1 ? base
                                         : make_link(registry, "%.*s/%d", (int)base.len, base.at, again)};
            vec_push(&registry->work, &known, new_one);
            found = &known.at[known.count - 1];
        }
        if (day_of(row) != NO_DAY)
            found->day = day_of(row);
        found->signed_yet |= is_firm(row);
        found->last_document = row->document;
        row->found = found->link;
    }
}

// ---- storing --------------------------------------------------------------------------------------------------------------
static struct slice merged(struct registry *registry, struct slice link)
{
    sqlite3_stmt *statement = store_statement(registry, "link_alias");
    store_bind(statement, ":target", link);
    return store_step(registry, statement) ? store_column_kept(registry, statement, 0) : link;
}

void link_scope(struct registry *registry, struct slice kind, struct slice scope)
{
    claim_row_vec rows = {0};
    load(registry, kind, scope, &rows);
    if (slice_is(kind, "meeting"))
        link_sessions(registry, scope, &rows);
    else
        link_instruments(registry, scope, &rows);
    for (uint32_t i = 0; i < rows.count && !registry->status; i++) {
        struct claim_row *row = &rows.at[i];
        if (row->found.at)
            row->found = merged(registry, row->found);
        if (row->found.at && row->link.at ? slice_eq(row->found, row->link) : row->found.at == row->link.at)
            continue;
        sqlite3_stmt *statement = store_statement(registry, "claim_link");
        store_bind(statement, ":link", row->found);
        store_bind_int(statement, ":id", row->id);
        store_run(registry, statement);
    }
}
