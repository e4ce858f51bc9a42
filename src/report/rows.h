// SPDX-License-Identifier: MIT
// Tables: rows of named cells, as text for a terminal, JSON, CSV (RFC 4180) or a calendar (RFC 5545).
#ifndef KARAR_REPORT_ROWS_H
#define KARAR_REPORT_ROWS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

enum rows_format { ROWS_TEXT, ROWS_JSON, ROWS_CSV, ROWS_CALENDAR };

struct rows_cell {
    struct slice value;     // at NULL: none
    bool is_number;
};

// A sentence by where it stands, and the row under which it was written.
struct rows_told {
    struct slice source, id;
};

// Gathers a table; `arena` (armed by the owner) keeps its cells until it is written.
struct rows {
    struct arena *arena;
    int columns;
    const char **names;
    VEC(struct rows_cell) cells;    // row by row
    VEC(struct rows_told) told;     // sentences that were written
};

void rows_init(struct rows *rows, struct arena *arena);
// The names of a table that may have no rows.
void rows_head(struct rows *rows, int count, const char *const *names);
// All rows of a table have the same names.
void rows_add(struct rows *rows, int count, const char *const *names, const struct slice *values, const bool *is_number);
uint32_t rows_count(const struct rows *rows);
void rows_cut(struct rows *rows, uint32_t count);   // keeps the first rows
void rows_next(struct rows *rows);                  // begins another table of the same page
// The rows whose first cell is `key`, without that column, as a table of the same page.
void rows_take(const struct rows *rows, struct slice key, struct rows *ret_table);

// Text: columns under each other, long cells and quotations on lines of their own. A sentence is written once a page: other rows that rest
// on it lead to the row under which it stands.
void rows_text(struct buf *out, struct rows *rows, bool colour, uint32_t width);
// An array of objects; numbers as numbers, no value as null.
void rows_json(struct buf *out, const struct rows *rows);
// A head line and a line a row, CRLF. A cell that a spreadsheet would take for a formula gets an apostrophe before it.
void rows_csv(struct buf *out, const struct rows *rows);
// Several tables under one head line, which names the columns of all.
void rows_csv_joined(struct buf *out, const struct rows *tables, int count);
// Events of the `calendar` question; a session that moved keeps its UID and has a higher SEQUENCE.
void rows_calendar(struct buf *out, const struct rows *rows);

#endif
