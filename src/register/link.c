// SPDX-License-Identifier: MIT
// Matching: which claims of a scope speak of the same session or the same instrument. Threads have a file of their own (threads.c).
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
// people rejected has none. Merges that people decided replace the id that was found. Beside its link each claim keeps the one that it
// would have alone, so that an id that was given out before more was known still leads there, and in words how it was matched.
#include "register/link.h"

#include <stdio.h>

#include <stdlib.h>

#include "doc/date.h"

enum { DAYS_APART = 4, GROUP_GAP = 3, NEAR_BEFORE = 45, NEAR_AFTER = 10, SIGNING_DAYS = 5, PLANNED_DAYS = 400, COARSE_DAYS = 27,
        TEXT_MAX = 400, MERGES_MAX = 16 };

static int64_t day_number(struct slice text)
{
    struct date_range range;
    return text.at && date_parse_edtf(text, &range) && range.first.year ? date_day_number(range.first) : NO_DAY;
}

static int64_t sort_day(const struct claim_row *row, bool by_deadline)
{
    int64_t day = by_deadline && row->first_day != NO_DAY ? row->first_day : row->said;
    return day == NO_DAY ? INT64_MAX : day;
}

static int in_order(const struct claim_row *x, const struct claim_row *y, bool by_date)
{
    int64_t a = sort_day(x, by_date), b = sort_day(y, by_date);
    if (a != b)
        return a < b ? -1 : 1;
    int64_t said = x->said == NO_DAY ? INT64_MAX : x->said, other = y->said == NO_DAY ? INT64_MAX : y->said;
    if (said != other)
        return said < other ? -1 : 1;
    int order = slice_compare(x->doc, y->doc);
    if (order == 0)
        order = slice_compare(x->local, y->local);
    return order ? order : (x->part > y->part) - (x->part < y->part);
}

static int by_date(const void *a, const void *b)
{
    return in_order(a, b, true);
}

static int by_day_said(const void *a, const void *b)
{
    return in_order(a, b, false);
}

static void load(struct registry *registry, struct slice kind, struct slice scope, claim_row_vec *rows)
{
    sqlite3_stmt *statement = store_statement(registry, "scope_claims");
    store_bind(statement, ":kind", kind);
    store_bind(statement, ":scope", scope);
    while (store_step(registry, statement)) {
        struct claim_row row = {
            .id = sqlite3_column_int64(statement, 0), .document = sqlite3_column_int64(statement, 1),
            .doc = store_column_kept(registry, statement, 2), .local = store_column_kept(registry, statement, 3),
            .part = sqlite3_column_int64(statement, 4), .type = store_column_kept(registry, statement, 5),
            .status = store_column_kept(registry, statement, 6), .ordinal = sqlite3_column_int64(statement, 7),
            .date = store_column_kept(registry, statement, 8), .first = store_column_kept(registry, statement, 9),
            .last_day = day_number(store_column(statement, 10)), .city = store_column_kept(registry, statement, 11),
            .country = store_column_kept(registry, statement, 12), .count = sqlite3_column_int64(statement, 13),
            .sectors = store_column_kept(registry, statement, 14), .said = day_number(store_column(statement, 15)),
            .about = store_column_kept(registry, statement, 16), .names = store_column_kept(registry, statement, 17),
            .hints = store_column_kept(registry, statement, 18), .language = store_column_kept(registry, statement, 19),
            .rejected = sqlite3_column_int(statement, 20) != 0, .alone = store_column_kept(registry, statement, 21),
            .link = store_column_kept(registry, statement, 22), .how = store_column_kept(registry, statement, 23),
            .listed = store_column_kept(registry, statement, 24),
        };
        row.first_day = day_number(row.first);
        vec_push(&registry->work, rows, row);
    }
    if (rows->count)
        qsort(rows->at, rows->count, sizeof *rows->at, slice_is(kind, "commitment") ? by_day_said : by_date);
}

struct slice link_text(struct registry *registry, const char *format, ...)
{
    char text[TEXT_MAX];
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (len < 0 || len >= TEXT_MAX)
        len = TEXT_MAX - 1;
    while (len == TEXT_MAX - 1 && len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;      // no half character at the cut
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

// Finds the one numbered session that fits the dated row; none, or several: leaves it.
static void find_numbered(struct registry *registry, const claim_row_vec *rows, struct claim_row *row)
{
    struct slice found = {NULL, 0};
    int64_t apart = INT64_MAX;
    int64_t limit = is_coarse(row) ? 0 : DAYS_APART;
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct claim_row *other = &rows->at[i];
        if (other->ordinal <= 0 || other->first_day == NO_DAY || is_coarse(other) || other->rejected)
            continue;
        if (days_between(row, other) > limit || (is_coarse(row) && !places_agree(row, other)))
            continue;
        if (found.at && !slice_eq(found, other->found))
            return;
        found = other->found;
        apart = days_between(row, other) < apart ? days_between(row, other) : apart;
    }
    if (!found.at)
        return;
    row->found = found;
    row->reason = is_coarse(row) ? link_text(registry, "the only numbered session in %.*s", (int)row->date.len, row->date.at)
                                 : link_text(registry, "%lld days from its dates (at most %d)", (long long)apart, DAYS_APART);
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
        if (only.at && !several) {
            row->found = only;
            row->reason = link_text(registry, "the only session in %.*s, places agree", (int)row->date.len, row->date.at);
        } else {
            row->found = link_text(registry, "%.*s/%.*s", (int)scope.len, scope.at, (int)row->date.len, row->date.at);
            row->reason = several ? SLICE("several sessions fit: kept apart") : SLICE("the only report of its month or year");
        }
    }
}

// No date: the session nearest to the day of the report, which is mostly printed a few days after, or before a session announced.
static void place_undated(struct registry *registry, claim_row_vec *rows)
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
                row->reason = link_text(registry, "no date; said %lld days %s it (at most %d)", (long long)apart, ahead > 0
                        ? "before" : "after",
                        held ? NEAR_AFTER : NEAR_BEFORE);
            }
        }
        if (row->found.at)
            continue;
        row->found = row->natural;
        row->reason = SLICE("no date, and no session near its day");
    }
}

// What a session would be called if this report were the only one.
static struct slice natural_id(struct registry *registry, struct slice scope, const struct claim_row *row)
{
    if (row->ordinal > 0)
        return link_text(registry, "%.*s/%lld", (int)scope.len, scope.at, (long long)row->ordinal);
    if (row->first_day != NO_DAY) {
        struct slice day = is_coarse(row) ? row->date : row->first;
        return link_text(registry, "%.*s/%.*s", (int)scope.len, scope.at, (int)day.len, day.at);
    }
    char day[DATE_EDTF_SIZE] = "undated";
    if (row->said != NO_DAY)
        date_edtf((struct date_range){.first = date_from_day_number(row->said)}, day);
    return link_text(registry, "%.*s/said-%s", (int)scope.len, scope.at, day);
}

void link_sessions(struct registry *registry, struct slice scope, claim_row_vec *rows)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        struct claim_row *row = &rows->at[i];
        row->natural = natural_id(registry, scope, row);
        if (row->ordinal > 0 && !row->rejected) {
            row->found = row->natural;
            row->reason = link_text(registry, "number %lld", (long long)row->ordinal);
        }
    }
    for (uint32_t i = 0; i < rows->count; i++)
        if (rows->at[i].ordinal <= 0 && !rows->at[i].rejected && rows->at[i].first_day != NO_DAY)
            find_numbered(registry, rows, &rows->at[i]);
    group_dated(registry, scope, rows);
    place_coarse(registry, scope, rows);
    place_undated(registry, rows);
}

// ---- instruments ----------------------------------------------------------------------------------------------------------
// What is known of an instrument while claims are gathered into it.
struct instrument {
    const struct claim_row *first;
    int64_t last_document, day;     // of the claim that joined it last
    int64_t made;                   // day of the first
    bool signed_yet;
    struct slice base, link;
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

// What the two have in common, in words; at NULL: they are two.
static struct slice same_instrument(struct registry *registry, const struct instrument *known, const struct claim_row *row)
{
    static const struct slice none = {NULL, 0};
    const struct claim_row *first = known->first;
    if (known->last_document == row->document)
        return none;
    bool kinds = slice_eq(first->type, row->type) || slice_is(first->type, "document") || slice_is(row->type, "document");
    bool packets = first->count > 1 && first->count == row->count;
    bool topics = share_word(first->sectors, row->sectors);
    bool bare = first->sectors.len == 0 && row->sectors.len == 0;
    const char *subject = topics ? "shared sector" : bare ? "no subject" : "the same number of documents";
    if (known->day == NO_DAY || day_of(row) == NO_DAY)
        return kinds && topics && first->count == row->count ? link_text(registry, "kind and %s; a day is missing", subject) : none;
    int64_t apart = day_of(row) - known->day;
    apart = apart < 0 ? -apart : apart;
    if (apart <= SIGNING_DAYS && (packets || (kinds && first->count == row->count && (topics || bare))))
        return link_text(registry, "%s, %s; %lld days apart (at most %d)", kinds ? "kind" : "a packet", subject, (long long)apart,
                SIGNING_DAYS);
    if (apart > SIGNING_DAYS && kinds && topics && first->count == row->count && (!known->signed_yet || !is_firm(row)) &&
            apart <= PLANNED_DAYS)
        return link_text(registry, "kind, %s; planned and signed %lld days apart (at most %d)", subject, (long long)apart, PLANNED_DAYS);
    return none;
}

// What the instrument would be called if this report were the only one: its kind, its day, and the first of its sectors.
static struct slice natural_instrument(struct registry *registry, struct slice scope, const struct claim_row *row)
{
    char day[DATE_EDTF_SIZE] = "undated";
    struct slice rest = row->sectors, sector = slice_cut(&rest, ' ');
    if (day_of(row) != NO_DAY)
        date_edtf((struct date_range){.first = date_from_day_number(day_of(row))}, day);
    return link_text(registry, "%.*s/%.*s/%s%s%.*s", (int)scope.len, scope.at, (int)row->type.len, row->type.at ? row->type.at : "", day,
            sector.len ? "/" : "", (int)sector.len, sector.at ? sector.at : "");
}

// A second instrument of the same kind, day and sector gets a number.
static struct instrument *new_instrument(struct registry *registry, const struct claim_row *row, instrument_vec *known)
{
    struct slice base = row->natural;
    int again = 1;
    for (uint32_t k = known->count; k > 0 && known->at[k - 1].made == day_of(row); k--)
        again += slice_eq(known->at[k - 1].base, base);
    struct instrument new_one = {.first = row, .day = NO_DAY, .made = day_of(row), .base = base, .link = again == 1 ? base
                                 : link_text(registry, "%.*s/%d", (int)base.len, base.at, again)};
    vec_push(&registry->work, known, new_one);
    return &known->at[known->count - 1];
}

static int by_own_day(const void *a, const void *b)
{
    const struct claim_row *x = a, *y = b;
    int64_t one = day_of(x) == NO_DAY ? INT64_MAX : day_of(x), other = day_of(y) == NO_DAY ? INT64_MAX : day_of(y);
    return one != other ? (one < other ? -1 : 1) : in_order(x, y, true);
}

// In the order of days; an instrument that nothing of the last PLANNED_DAYS spoke of can only be meant by a report without a day, so that
// the search looks back over a stretch of time, not over all.
void link_instruments(struct registry *registry, struct slice scope, claim_row_vec *rows)
{
    instrument_vec known = {0};
    uint32_t open = 0;      // none before it can be meant
    if (rows->count)
        qsort(rows->at, rows->count, sizeof *rows->at, by_own_day);
    for (uint32_t i = 0; i < rows->count; i++) {
        struct claim_row *row = &rows->at[i];
        row->natural = natural_instrument(registry, scope, row);
        if (row->rejected)
            continue;
        struct instrument *found = NULL;
        while (day_of(row) != NO_DAY && open < known.count && known.at[open].day < day_of(row) - PLANNED_DAYS)
            open++;
        for (uint32_t k = known.count; k > (day_of(row) == NO_DAY ? 0 : open) && !found; k--) {
            row->reason = same_instrument(registry, &known.at[k - 1], row);
            found = row->reason.at ? &known.at[k - 1] : NULL;
        }
        if (!found) {
            found = new_instrument(registry, row, &known);
            row->reason = SLICE("the first to tell of it");
        }
        if (day_of(row) != NO_DAY)
            found->day = day_of(row);
        found->signed_yet |= is_firm(row);
        found->last_document = row->document;
        row->found = found->link;
    }
}

// ---- storing --------------------------------------------------------------------------------------------------------------
// Where merges that people decided lead the claim; they may lead on, but never in a circle for long.
static void follow_merges(struct registry *registry, struct claim_row *row)
{
    for (int steps = 0; registry->has_merges && steps < MERGES_MAX; steps++) {
        sqlite3_stmt *statement = store_statement(registry, "link_alias");
        store_bind(statement, ":target", row->found);
        if (!store_step(registry, statement))
            return;
        row->found = store_column_kept(registry, statement, 0);
        row->reason = link_text(registry, "%.*s; merged by decision %lld", (int)row->reason.len, row->reason.at ? row->reason.at : "",
                (long long)sqlite3_column_int64(statement, 1));
        sqlite3_reset(statement);
    }
}

static bool same(struct slice a, struct slice b)
{
    return (a.at != NULL) == (b.at != NULL) && slice_eq(a, b);
}

static void note_touched(struct registry *registry, link_vec *touched, struct slice link)
{
    if (!touched || !link.at)
        return;
    for (uint32_t i = touched->count; i > 0; i--)
        if (slice_eq(touched->at[i - 1], link))
            return;
    vec_push(&registry->work, touched, link);
}

void link_scope(struct registry *registry, struct slice kind, struct slice scope, link_vec *touched)
{
    claim_row_vec rows = {0};
    load(registry, kind, scope, &rows);
    if (slice_is(kind, "meeting"))
        link_sessions(registry, scope, &rows);
    else if (slice_is(kind, "instrument"))
        link_instruments(registry, scope, &rows);
    else
        link_threads(registry, scope, &rows);
    for (uint32_t i = 0; i < rows.count && !registry->status; i++) {
        struct claim_row *row = &rows.at[i];
        if (row->found.at)
            follow_merges(registry, row);
        if (same(row->found, row->link) && same(row->natural, row->alone) && same(row->reason, row->how))
            continue;
        if (!same(row->found, row->link)) {
            note_touched(registry, touched, row->link);
            note_touched(registry, touched, row->found);
        }
        sqlite3_stmt *statement = store_statement(registry, "claim_link");
        store_bind(statement, ":link", row->found);
        store_bind(statement, ":alone", row->natural);
        store_bind(statement, ":how", row->reason);
        store_bind_int(statement, ":id", row->id);
        store_run(registry, statement);
    }
}
