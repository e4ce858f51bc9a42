// SPDX-License-Identifier: MIT
// Matching: which claims of a scope speak of the same session (sessions.c), the same instrument (instruments.c), the same thread
// (threads.c). Here claims are read, brought into order and written back.
//
// Claims come in an order that does not depend on when reports were added, so the same claims always give the same links. A claim that
// people rejected has none. Merges that people decided replace the id that was found. Beside its link each claim keeps the one that it
// would have alone, so that an id that was given out before more was known still leads there, and in words how it was matched.
//
// A scope is matched whole when all is made again and when people decide. A new report matches only what it can change; each kind knows how
// far that reaches. Both ways give the same: tests add reports by dice and compare.
#include "register/link.h"

#include <stdio.h>

#include <stdlib.h>

#include "doc/date.h"
#include "unicode/utf8.h"

enum { TEXT_MAX = 400, MERGES_MAX = 16 };

static int64_t day_number(struct slice text)
{
    struct date_range range;
    return text.at && date_parse_edtf(text, &range) && range.first.year ? date_day_number(range.first) : NO_DAY;
}

static int64_t sort_day(const struct claim_row *row, bool by_date)
{
    int64_t day = by_date && row->first_day != NO_DAY ? row->first_day : row->said;
    return day == NO_DAY ? INT64_MAX : day;
}

int link_in_order(const struct claim_row *x, const struct claim_row *y, bool by_date)
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
    return link_in_order(a, b, true);
}

static int by_day_said(const void *a, const void *b)
{
    return link_in_order(a, b, false);
}

void link_sort(claim_row_vec *rows, bool by_their_date)
{
    if (rows->count)
        qsort(rows->at, rows->count, sizeof *rows->at, by_their_date ? by_date : by_day_said);
}

void link_read(struct registry *registry, sqlite3_stmt *statement, claim_row_vec *rows)
{
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
            .listed = store_column_kept(registry, statement, 24), .matched = store_column_kept(registry, statement, 25),
        };
        row.first_day = day_number(row.first);
        vec_push(&registry->work, rows, row);
    }
}

struct slice link_text(struct registry *registry, const char *format, ...)
{
    char text[TEXT_MAX];
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (len >= TEXT_MAX)        // no half character at the cut
        len = (int)utf8_valid_prefix(slice_make(text, TEXT_MAX - 1));
    char *copy = arena_alloc(&registry->work, (size_t)len + 1);
    memcpy(copy, text, (size_t)len);
    return slice_make(copy, (size_t)len);
}

struct slice link_day(struct registry *registry, int64_t day)
{
    char text[DATE_EDTF_SIZE];
    date_edtf((struct date_range){.first = date_from_day_number(day)}, text);
    return link_text(registry, "%s", text);
}

bool link_is_coarse(const struct claim_row *row)
{
    return row->last_day - row->first_day >= COARSE_DAYS;
}

// Written with the link that it would have alone, and not matched yet.
static bool is_fresh(const struct claim_row *row)
{
    return !row->how.at && row->link.at;
}

struct slice link_before(const struct claim_row *row)
{
    static const struct slice none = {NULL, 0};
    return is_fresh(row) ? none : row->matched.at ? row->matched : row->link;
}

// ---- storing --------------------------------------------------------------------------------------------------------------
// Where merges that people decided lead the id; they may lead on, but never in a circle for long.
static struct slice follow_merges(struct registry *registry, const struct claim_row *row, struct slice *how)
{
    struct slice link = row->found;
    for (int steps = 0; registry->has_merges && steps < MERGES_MAX; steps++) {
        sqlite3_stmt *statement = store_statement(registry, "link_alias");
        store_bind(statement, ":target", link);
        if (!store_step(registry, statement))
            break;
        link = store_column_kept(registry, statement, 0);
        *how = link_text(registry, "%.*s; merged by decision %lld", (int)how->len, how->at ? how->at : "",
                (long long)sqlite3_column_int64(statement, 1));
        sqlite3_reset(statement);
    }
    return link;
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

// What is written of a claim.
struct matched {
    struct slice link, matched, how;
};

// False: the claim has all of it.
static bool differs(struct registry *registry, const struct claim_row *row, struct matched *ret)
{
    static const struct slice none = {NULL, 0};
    ret->how = row->reason;
    ret->link = row->found.at && !row->folded ? follow_merges(registry, row, &ret->how) : none;
    ret->matched = row->found.at && !same(ret->link, row->found) ? row->found : none;
    return !same(ret->link, row->link) || !same(ret->matched, row->matched) || !same(row->natural, row->alone) || !same(ret->how, row->how);
}

static void store_row(struct registry *registry, const struct claim_row *row, link_vec *touched)
{
    struct matched found;
    if (!differs(registry, row, &found))
        return;
    struct slice link = found.link, matched = found.matched, how = found.how;
    if (is_fresh(row) || !same(link, row->link)) {
        note_touched(registry, touched, row->link);
        note_touched(registry, touched, link);
    }
    const bool stays = same(link, row->link) && same(matched, row->matched) && same(row->natural, row->alone);
    sqlite3_stmt *statement = store_statement(registry, stays ? "claim_how" : "claim_link");
    store_bind(statement, ":link", link);
    store_bind(statement, ":matched", matched);
    store_bind(statement, ":alone", row->natural);
    store_bind(statement, ":how", how);
    store_bind_int(statement, ":id", row->id);
    store_run(registry, statement);
}

void link_store(struct registry *registry, const claim_row_vec *rows, link_vec *touched)
{
    for (uint32_t i = 0; i < rows->count && !registry->status; i++)
        if (!rows->at[i].fixed)
            store_row(registry, &rows->at[i], touched);
}

static void match(struct registry *registry, struct slice kind, struct slice scope, claim_row_vec *rows)
{
    if (slice_is(kind, "meeting"))
        link_sessions(registry, scope, rows);
    else if (slice_is(kind, "instrument"))
        link_instruments(registry, scope, rows);
    else
        link_threads(registry, scope, rows);
}

void link_alone(struct registry *registry, struct slice kind, struct slice scope, struct claim_row *row)
{
    claim_row_vec rows = {.at = row, .count = 1, .room = 1};
    match(registry, kind, scope, &rows);
}

// ---- scopes ---------------------------------------------------------------------------------------------------------------
static void match_scope(struct registry *registry, struct slice kind, struct slice scope, claim_row_vec *rows)
{
    sqlite3_stmt *statement = store_statement(registry, "scope_claims");
    store_bind(statement, ":kind", kind);
    store_bind(statement, ":scope", scope);
    link_read(registry, statement, rows);
    link_sort(rows, !slice_is(kind, "commitment"));
    match(registry, kind, scope, rows);
}

void link_scope(struct registry *registry, struct slice kind, struct slice scope, bool fresh, link_vec *touched)
{
    claim_row_vec rows = {0};
    strand_vec strands = {0};
    match_scope(registry, kind, scope, &rows);
    link_store(registry, &rows, touched);
    if (!fresh || !slice_is(kind, "commitment"))
        return;
    link_count_strands(registry, &rows, &strands);
    link_write_strands(registry, scope, &strands);
}

bool link_is_matched(struct registry *registry, struct slice kind, struct slice scope, strand_vec *strands)
{
    claim_row_vec rows = {0};
    struct matched found;
    match_scope(registry, kind, scope, &rows);
    for (uint32_t i = 0; i < rows.count && !registry->status; i++)
        if (!rows.at[i].fixed && differs(registry, &rows.at[i], &found))
            return false;
    if (slice_is(kind, "commitment"))
        link_count_strands(registry, &rows, strands);
    return !registry->status;
}

void link_document(struct registry *registry, struct slice kind, struct slice scope, int64_t document, link_vec *touched)
{
    claim_row_vec fresh = {0};
    sqlite3_stmt *statement = store_statement(registry, "document_claims");
    store_bind(statement, ":kind", kind);
    store_bind(statement, ":scope", scope);
    store_bind_int(statement, ":document", document);
    link_read(registry, statement, &fresh);
    for (uint32_t i = 0; i < fresh.count; i++)
        if (fresh.at[i].rejected)
            store_row(registry, &fresh.at[i], touched);     // it has no link
    link_sort(&fresh, !slice_is(kind, "commitment"));
    if (slice_is(kind, "instrument"))
        link_instruments_added(registry, scope, &fresh, touched);
    else if (slice_is(kind, "commitment"))
        link_threads_added(registry, scope, &fresh, touched);
    for (uint32_t i = 0; slice_is(kind, "meeting") && i < fresh.count && !registry->status; i++)
        link_session_added(registry, scope, &fresh.at[i], touched);
}
