// SPDX-License-Identifier: MIT
// SQL functions that the statements of derive.sql need: days of EDTF dates, and codes in a fixed order.
//
// The views and tables of the file need none of them, so that any SQLite tool can read it. All are deterministic; what is no date gives
// NULL, so that one odd value never stops a report.
#include <stdlib.h>

#include "doc/date.h"
#include "register/store.h"

#define MAX_CODES 32

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

static int by_bytes(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

// sorted_codes(json array of codes, separator): codes hold no quote, so the array is cut at its quotes.
static void sorted_codes(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    struct slice rest = argument(values[0]), separator = argument(values[1]), codes[MAX_CODES];
    size_t found = 0, len = 0;
    char out[MAX_CODES * 24];
    for (bool inside = false; rest.at && found < MAX_CODES; inside = !inside) {
        struct slice part = slice_cut(&rest, '"');
        if (inside && part.len > 0 && part.len <= 20)
            codes[found++] = part;
    }
    qsort(codes, found, sizeof *codes, by_bytes);
    for (size_t i = 0; i < found; i++) {
        if (i > 0 && slice_eq(codes[i], codes[i - 1]))
            continue;
        if (len > 0) {
            memcpy(out + len, separator.at, separator.len);
            len += separator.len;
        }
        memcpy(out + len, codes[i].at, codes[i].len);
        len += codes[i].len;
    }
    sqlite3_result_text(context, out, (int)len, SQLITE_TRANSIENT);
}

int functions_add(sqlite3 *db)
{
    static const struct {
        const char *name;
        int arguments;
        void (*run)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"first_day", 1, first_day}, {"last_day", 1, last_day}, {"sorted_codes", 2, sorted_codes},
    };
    int code = SQLITE_OK;
    for (size_t i = 0; code == SQLITE_OK && i < sizeof functions / sizeof *functions; i++)
        code = sqlite3_create_function(db, functions[i].name, functions[i].arguments, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                       functions[i].run, NULL, NULL);
    return code;
}
