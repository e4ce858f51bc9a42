// SPDX-License-Identifier: MIT
// An export while it runs. Private to the export room.
#ifndef KARAR_EXPORT_RUN_H
#define KARAR_EXPORT_RUN_H

#include "base/buf.h"
#include "base/emit.h"
#include "export/book.h"
#include "export/export.h"

#define RUN_PIECE ((size_t)1 << 16)     // bytes that are gathered before the sink gets them
#define RUN_MAX ((size_t)1 << 30)       // bytes of one row or document

#define UNIT_SEPARATOR '\x1F'       // between the parts of a list's item
#define RECORD_SEPARATOR '\x1E'     // between its items

// Failure is sticky: after the first one nothing more is asked or written.
struct exporting {
    struct registry *registry;
    const struct export_sink *sink;
    const char *version;        // of karar
    struct registry_question question;
    char day[16];               // YYYY-MM-DD as of which the register is seen; "" if it has no report with a date
    struct arena arena;         // for the whole run
    struct book book;
    const char *file;           // that is being written
    struct buf out;             // bytes of it that the sink has not got yet
    struct buf line;            // a scratch buffer for a row
    uint64_t rows;
    enum status status;
    struct error error;
};

// Begins a file; what was written to the one before goes to the sink. The name is borrowed until the next call, or run_flush_file.
void run_file(struct exporting *run, const char *file);
// Hands all that was written to the sink, so that the file's name may go.
void run_flush_file(struct exporting *run);
// Hands pieces to the sink when enough are gathered. Call it after every row.
void run_flush(struct exporting *run);
// Empties the line. That the one before it failed is kept: else the next would hide that a cell was cut.
void run_begin_line(struct exporting *run);
bool run_failed(const struct exporting *run);

typedef void (*run_row)(struct exporting *run, const struct registry_row *row, void *user);
// Asks a question of exports.sql, without a limit, and hands out its rows.
void run_ask(struct exporting *run, const char *question, run_row take, void *user);

// A column of the row by its name; at NULL: SQL's NULL, or no such column.
struct slice row_get(const struct registry_row *row, const char *name);
bool row_number(const struct registry_row *row, const char *name, int64_t *ret_number);
// Whether what lies between the days is wanted (since, until); unknown days are passed over, and nothing known is wanted.
bool run_wants(const struct exporting *run, struct slice first_day, struct slice last_day);

// ---- sheet.c: tables of the codebook
void export_csv(struct exporting *run);
void export_dyad_year(struct exporting *run);
// ---- the formats that have a file of their own
void export_ftm(struct exporting *run);
void export_annotations(struct exporting *run);
void export_brat(struct exporting *run);
void export_ics(struct exporting *run);
void export_records(struct exporting *run);
void export_gold(struct exporting *run);
void export_parquet(struct exporting *run);
void export_datasette(struct exporting *run);
void export_register(struct exporting *run);
// ---- metadata.c: what goes beside them
// `tables`: names, NULL at the end; the CSV file of each is "NAME.csv".
void metadata_csvw(struct exporting *run, const char *file, const char *title, const char *const *tables);
void metadata_codebook(struct exporting *run, const char *file, const char *title, const char *const *tables);
// At the end of the codebook of dyad-years, so that nobody takes the file for all that is known.
void metadata_left_out(struct exporting *run);

#endif
