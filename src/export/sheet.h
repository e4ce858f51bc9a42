// SPDX-License-Identifier: MIT
// Tables of the codebook, row by row, whatever they are written as. Private to the export room.
#ifndef KARAR_EXPORT_SHEET_H
#define KARAR_EXPORT_SHEET_H

#include "export/run.h"

// All tables but the dyad-years, in the order in which they are written; NULL at the end.
extern const char *const sheet_tables[];
// The dyad-years, and what stands behind their numbers; NULL at the end.
extern const char *const sheet_dyads[];

typedef void (*sheet_row)(struct exporting *run, const struct book_table *table, const struct registry_row *row, void *user);
// Every row of a table that is wanted.
void sheet_walk(struct exporting *run, const char *table, sheet_row take, void *user);
// A cell as the codebook makes it, valid until the next call; at NULL: not known.
struct slice sheet_cell(struct exporting *run, const struct book_column *column, const struct registry_row *row);

#endif
