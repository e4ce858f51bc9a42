// SPDX-License-Identifier: MIT
// SQL functions that our statements need: days of EDTF dates, and lists of codes. Deadlines have a file of their own (deadlines.c).
//
// The views and tables of the file need none of them, so that any SQLite tool can read it. All are deterministic; what is no date gives
// NULL, so that one odd value never stops a report.
#include <stdio.h>

#include "doc/date.h"
#include "register/store.h"

static struct slice argument(sqlite3_value *value)
{
    const char *text = (const char *)sqlite3_value_text(value);
    return slice_make(text, text ? (size_t)sqlite3_value_bytes(value) : 0);
}

// first_day(edtf), last_day(edtf): "YYYY-MM-DD".
static void edge_of_range(sqlite3_context *context, sqlite3_value **values, bool last)
{
    struct date_range range;
    struct slice text = argument(values[0]);
    if (!text.at || !date_parse_edtf(text, &range))
        return;
    if (!range.first.year)
        return;
    struct date date = last ? date_last_day(range) : date_first_day(range);
    char out[DATE_EDTF_SIZE];
    int len = date_edtf((struct date_range){.first = date}, out);
    sqlite3_result_text(context, out, len, SQLITE_TRANSIENT);
}

static void first_day(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    edge_of_range(context, values, false);
}

static void last_day(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    edge_of_range(context, values, true);
}

// share_code(codes, codes): 1 if two lists of codes joined by blanks have one in common.
static void share_code(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    int found = 0;
    for (struct slice rest = argument(values[0]); rest.len && !found;) {
        struct slice code = slice_cut(&rest, ' ');
        for (struct slice others = argument(values[1]); others.len && !found;)
            found = slice_eq(code, slice_cut(&others, ' '));
    }
    sqlite3_result_int(context, found);
}

// body_of(id): "PAK-RUS/commission" of a session's id.
static void body_of(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    struct slice id = argument(values[0]), rest = id;
    slice_cut(&rest, '/');
    if (!rest.at)
        return;
    struct slice type = slice_cut(&rest, '/');
    sqlite3_result_text64(context, id.at, (size_t)(type.at + type.len - id.at), SQLITE_TRANSIENT, SQLITE_UTF8);
}

// digest(value, …): an aggregate; the same for the same rows in whatever order, and hardly ever for others.
struct digest {
    uint64_t sum, count;
};

static void digest_step(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct digest *digest = sqlite3_aggregate_context(context, sizeof *digest);
    uint64_t row = 0;
    for (int i = 0; i < count; i++) {
        struct slice text = argument(values[i]);
        row = (row ^ (text.at ? slice_hash(text) : 1)) * UINT64_C(0x9E3779B97F4A7C15);
        row ^= row >> 29;
    }
    if (!digest)
        return;
    digest->sum += row * UINT64_C(0xBF58476D1CE4E5B9);
    digest->count++;
}

static void digest_finish(sqlite3_context *context)
{
    const struct digest *digest = sqlite3_aggregate_context(context, 0);
    char text[48] = "0";
    int len = digest ? snprintf(text, sizeof text, "%llu %llx", (unsigned long long)digest->count, (unsigned long long)digest->sum) : 1;
    sqlite3_result_text(context, text, len, SQLITE_TRANSIENT);
}

static const struct {
    const char *name;
    int arguments;
    void (*run)(sqlite3_context *, int, sqlite3_value **);
} functions[] = {
    {"first_day", 1, first_day}, {"last_day", 1, last_day}, {"share_code", 2, share_code}, {"body_of", 1, body_of},
};

int functions_add(sqlite3 *db)
{
    int code = SQLITE_OK;
    for (size_t i = 0; code == SQLITE_OK && i < sizeof functions / sizeof *functions; i++)
        code = sqlite3_create_function(db, functions[i].name, functions[i].arguments, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                       functions[i].run, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_create_function(db, "digest", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, NULL, digest_step, digest_finish);
    return code == SQLITE_OK ? deadlines_add(db) : code;
}
