// SPDX-License-Identifier: MIT
// A SQLite file for Datasette and other programs that show one, with metadata.json, which tells Datasette what tables and columns mean.
//
// The database is the register room's (publish.sql); here its rows are made of the codebook's columns, lists as JSON arrays, which
// Datasette offers as facets.
#include <stdio.h>

#include "export/sheet.h"

static const char *const labels[][3] = {    // the table in the database, its label, by what it is sorted
    {"parties", "name", "party"}, {"documents", "title", "last_day"}, {"bodies", "body", "body"}, {"sessions", "session", "first_day"},
    {"instruments", "instrument", "first_day"}, {"commitments", "commitment", "said_on"}, {"people", "name", "person"},
    {"claims", "claim", "said_on"}, {"dyad_years", "dyad", "year"},
};
static const char *const tables[] = {
    "parties", "documents", "bodies", "sessions", "instruments", "commitments", "people", "claims", "dyad-year", NULL};

static struct slice as_array(struct exporting *run, struct slice value, char separator)
{
    struct json json;
    struct buf array;
    buf_init(&array, RUN_MAX);
    emit_init(&json, &array, false);
    emit_array(&json);
    for (struct slice rest = value; rest.at && rest.len;)
        emit_string(&json, slice_cut(&rest, separator));
    emit_array_end(&json);
    run_begin_line(run);
    buf_add(&run->line, buf_slice(&array));
    if (array.failed)
        run->line.failed = array.failed;
    buf_finish(&array);
    return buf_slice(&run->line);
}

static void take_row(struct exporting *run, const struct book_table *table, const struct registry_row *row, void *user)
{
    for (uint32_t i = 0; i < table->columns.count; i++) {
        const struct book_column *column = &table->columns.at[i];
        struct slice value = sheet_cell(run, column, row);
        bool is_number = column->type == COLUMN_INTEGER || column->type == COLUMN_FLAG || column->type == COLUMN_YEAR;
        if (value.at && (column->type == COLUMN_CODES || column->type == COLUMN_PARTIES))
            value = as_array(run, value, column->type == COLUMN_CODES ? ' ' : '-');
        publication_value(user, (int)i, value.len || is_number ? value : (struct slice){NULL, 0}, is_number);
    }
    publication_row(user);
    run->rows++;
}

static void add_facets(struct json *json, const struct book_table *table)
{
    static const char *const facets[] = {"status", "type", "kind", "fate", "stance", "parties", "sectors", "language", "dyad", "party"};
    emit_key(json, "facets");
    emit_array(json);
    for (size_t f = 0; f < sizeof facets / sizeof *facets; f++)
        for (uint32_t i = 0; i < table->columns.count; i++) {
            const struct book_column *column = &table->columns.at[i];
            if (!slice_is(column->name, facets[f]) || column->type == COLUMN_KEY)
                continue;
            if (column->type == COLUMN_CODES || column->type == COLUMN_PARTIES) {
                emit_object(json);
                emit_key(json, "array");
                emit_string(json, column->name);
                emit_object_end(json);
            } else {
                emit_string(json, column->name);
            }
        }
    emit_array_end(json);
}

static void add_table(struct exporting *run, struct json *json, size_t number)
{
    const struct book_table *table = book_table(&run->book, tables[number]);
    emit_key(json, labels[number][0]);
    emit_object(json);
    emit_key(json, "description");
    emit_string(json, table->about);
    emit_key(json, "label_column");
    emit_text(json, labels[number][1]);
    emit_key(json, "sort");
    emit_text(json, labels[number][2]);
    add_facets(json, table);
    emit_key(json, "columns");
    emit_object(json);
    for (uint32_t i = 0; i < table->columns.count; i++) {
        char name[64];
        struct slice column = table->columns.at[i].name;
        snprintf(name, sizeof name, "%.*s", (int)column.len, column.at);
        emit_key(json, name);
        emit_string(json, table->columns.at[i].about);
    }
    emit_object_end(json);
    emit_object_end(json);
}

static void write_metadata(struct exporting *run)
{
    struct json json;
    char text[128];
    run_file(run, "metadata.json");
    emit_init(&json, &run->out, true);
    emit_object(&json);
    emit_key(&json, "title");
    emit_text(&json, "Register of dealings between governments");
    emit_key(&json, "description");
    snprintf(text, sizeof text, "Written by karar %s from a register as of %s. All is what reports say; nothing was checked on the ground.",
             run->version, *run->day ? run->day : "no known day");
    emit_text(&json, text);
    emit_key(&json, "databases");
    emit_object(&json);
    emit_key(&json, "account");
    emit_object(&json);
    emit_key(&json, "tables");
    emit_object(&json);
    for (size_t i = 0; tables[i]; i++)
        add_table(run, &json, i);
    for (int i = 0; i < 4; i++)
        emit_object_end(&json);
    buf_add_char(&run->out, '\n');
}

static bool hand_on(void *user, struct slice bytes)
{
    struct exporting *run = user;
    buf_add(&run->out, bytes);
    run_flush(run);
    return !run_failed(run);
}

void export_datasette(struct exporting *run)
{
    struct publication *publication = NULL;
    run->status = publication_open(&publication, &run->error);
    for (size_t i = 0; tables[i] && !run_failed(run); i++) {
        publication_table(publication, labels[i][0]);
        sheet_walk(run, tables[i], take_row, publication);
    }
    run_file(run, "account.db");
    struct error error = {.byte = UINT64_MAX};
    enum status status = publication ? publication_close(publication, run_failed(run) ? NULL : hand_on, run, &error) : STATUS_OK;
    if (status && !run->status) {
        run->status = status;
        run->error = error;
    }
    if (!run_failed(run))
        write_metadata(run);
}
