// SPDX-License-Identifier: MIT
// What goes beside tables: CSV on the Web metadata (W3C, JSON) for programs, and the codebook as a page for people.
//
// Both are written from exports/columns.tsv, so they cannot part from the tables. Neither tells a time of day: the day as of which the
// register was seen is all that dates them, and the same register gives the same bytes.
#include <stdio.h>

#include "export/run.h"

#define EDTF_FORMAT "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?"

static const char *const type_names[] = {
    [COLUMN_TEXT] = "text", [COLUMN_KEY] = "text, unique", [COLUMN_INTEGER] = "whole number", [COLUMN_FLAG] = "0 or 1",
    [COLUMN_DAY] = "day, YYYY-MM-DD", [COLUMN_EDTF] = "EDTF date", [COLUMN_YEAR] = "year", [COLUMN_CODES] = "codes joined by blanks",
    [COLUMN_PARTIES] = "codes joined by -",
};

static void add_cell_type(struct json *json, enum column_type type)
{
    static const char *const bases[] = {
        [COLUMN_TEXT] = "string", [COLUMN_KEY] = "string", [COLUMN_INTEGER] = "integer", [COLUMN_DAY] = "date", [COLUMN_YEAR] = "gYear",
        [COLUMN_CODES] = "string", [COLUMN_PARTIES] = "string", [COLUMN_FLAG] = "boolean", [COLUMN_EDTF] = "string",
    };
    emit_key(json, "datatype");
    if (type == COLUMN_FLAG || type == COLUMN_EDTF) {
        emit_object(json);
        emit_key(json, "base");
        emit_text(json, bases[type]);
        emit_key(json, "format");
        emit_text(json, type == COLUMN_FLAG ? "1|0" : EDTF_FORMAT);
        emit_object_end(json);
    } else {
        emit_text(json, bases[type]);
    }
    if (type == COLUMN_CODES || type == COLUMN_PARTIES) {
        emit_key(json, "separator");
        emit_text(json, type == COLUMN_CODES ? " " : "-");
    }
    if (type == COLUMN_KEY) {
        emit_key(json, "required");
        emit_bool(json, true);
    }
}

static void add_table(struct json *json, const struct book_table *table)
{
    char url[80];
    struct slice key = {NULL, 0};
    snprintf(url, sizeof url, "%.*s.csv", (int)table->name.len, table->name.at);
    emit_object(json);
    emit_key(json, "url");
    emit_text(json, url);
    emit_key(json, "dc:description");
    emit_string(json, table->about);
    emit_key(json, "tableSchema");
    emit_object(json);
    emit_key(json, "columns");
    emit_array(json);
    for (uint32_t i = 0; i < table->columns.count; i++) {
        const struct book_column *column = &table->columns.at[i];
        key = column->type == COLUMN_KEY ? column->name : key;
        emit_object(json);
        emit_key(json, "name");
        emit_string(json, column->name);
        emit_key(json, "titles");
        emit_string(json, column->name);
        emit_key(json, "dc:description");
        emit_string(json, column->about);
        add_cell_type(json, column->type);
        emit_object_end(json);
    }
    emit_array_end(json);
    if (key.at) {
        emit_key(json, "primaryKey");
        emit_string(json, key);
    }
    emit_object_end(json);
    emit_object_end(json);
}

void metadata_csvw(struct exporting *run, const char *file, const char *title, const char *const *tables)
{
    struct json json;
    run_file(run, file);
    emit_init(&json, &run->out, true);
    emit_object(&json);
    emit_key(&json, "@context");
    emit_text(&json, "http://www.w3.org/ns/csvw");
    emit_key(&json, "dc:title");
    emit_text(&json, title);
    emit_key(&json, "dc:creator");
    emit_text(&json, arena_format(&run->arena, "karar %s", run->version).at);
    if (*run->day) {
        emit_key(&json, "dc:date");
        emit_text(&json, run->day);
    }
    emit_key(&json, "tables");
    emit_array(&json);
    for (const char *const *name = tables; *name; name++)
        add_table(&json, book_table(&run->book, *name));
    emit_array_end(&json);
    emit_object_end(&json);
    buf_add_char(&run->out, '\n');
}

// ---- the page ---------------------------------------------------------------------------------------------------------------
static void add_columns(struct exporting *run, const struct book_table *table)
{
    struct buf *out = &run->out;
    buf_addf(out, "\n## %.*s.csv\n%.*s.\n\n| column | type | meaning |\n| --- | --- | --- |\n", (int)table->name.len, table->name.at,
             (int)table->about.len, table->about.at);
    for (uint32_t i = 0; i < table->columns.count; i++) {
        const struct book_column *column = &table->columns.at[i];
        buf_addf(out, "| `%.*s` | %s | ", (int)column->name.len, column->name.at, type_names[column->type]);
        for (size_t k = 0; k < column->about.len; k++) {
            if (column->about.at[k] == '|')
                buf_add_char(out, '\\');
            buf_add_char(out, column->about.at[k]);
        }
        buf_add_text(out, " |\n");
    }
}

static void add_sectors(struct exporting *run)
{
    buf_add_text(&run->out, "\n## Sectors elsewhere\nFields of cooperation, as PLOVER 0.8 (contexts), OECD DAC (purpose codes) and COFOG "
                            "1999 call them.\n\n| sector | PLOVER contexts | DAC | COFOG |\n| --- | --- | --- | --- |\n");
    for (uint32_t i = 0; i < run->book.sectors.count; i++) {
        const struct book_sector *sector = &run->book.sectors.at[i];
        buf_addf(&run->out, "| `%.*s` | %.*s | %.*s | %.*s |\n", (int)sector->code.len, sector->code.at, (int)sector->contexts.len,
                 sector->contexts.at, (int)sector->crs.len, sector->crs.at, (int)sector->cofog.len, sector->cofog.at);
    }
}

// What the tables are of: "PAK-RUS, since 2015-01-01".
static void add_span(struct exporting *run, const char *before)
{
    const struct {
        const char *word;
        struct slice value;
    } parts[] = {{"", run->question.pair}, {"since ", run->question.since}, {"until ", run->question.until}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i].value.at)
            continue;
        buf_addf(&run->out, "%s%s%.*s", before, parts[i].word, (int)parts[i].value.len, parts[i].value.at);
        before = ", ";
    }
}

static void take_extent(struct exporting *run, const struct registry_row *row, void *user)
{
    struct slice reports = row_get(row, "reports"), first = row_get(row, "first_day"), last = row_get(row, "last_day");
    (void)user;
    buf_addf(&run->out, "out of %.*s press reports", (int)reports.len, reports.at);
    if (first.len)
        buf_addf(&run->out, " of %.*s to %.*s", (int)first.len, first.at, (int)last.len, last.at);
}

static void add_citation(struct exporting *run, const char *title)
{
    struct buf *out = &run->out;
    buf_addf(out, "\n## How to cite\n> %s", title);
    add_span(run, ": ");
    buf_addf(out, " [data]. Coded by karar %s ", run->version);
    run_ask(run, "export_extent", take_extent, NULL);
    buf_addf(out, ", register as of %s.\n\n", *run->day ? run->day : "no known day");
    buf_add_text(out,
        "The same register, version and options give the same bytes: who has the reports can make the file again. Say also where the\n"
        "reports were taken from and how they were chosen, and cite the program itself by its CITATION.cff.\n");
}

void metadata_codebook(struct exporting *run, const char *file, const char *title, const char *const *tables)
{
    struct buf *out = &run->out;
    run_file(run, file);
    buf_addf(out, "# Codebook: %s\n", title);
    buf_addf(out, "Written by karar %s from a register as of %s", run->version, *run->day ? run->day : "no known day");
    add_span(run, ", for ");
    buf_add_text(out,
        ".\n\n"
        "An empty cell means that no report tells, never zero. A row stands for a thing, not for a report: what many reports tell of\n"
        "one session or document is one row. All is what reports say, read by rules; nothing was checked on the ground.\n\n"
        "Files are UTF-8 with a head line, cells parted by commas, lines by CR LF (RFC 4180). Text that a spreadsheet would run as a\n"
        "formula (it begins with = + - @) has an apostrophe before it; line ends and tabs within text are blanks.\n");
    add_citation(run, title);
    for (const char *const *name = tables; *name; name++)
        add_columns(run, book_table(&run->book, *name));
    add_sectors(run);
}

// ---- what stands in no row --------------------------------------------------------------------------------------------------
static void take_left_out(struct exporting *run, const struct registry_row *row, void *user)
{
    static const char *const numbers[] = {"what", "known", "many", "one", "undated"};
    (void)user;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct slice value = row_get(row, numbers[i]);
        buf_addf(&run->out, "| %.*s ", (int)value.len, value.at);
    }
    buf_add_text(&run->out, "|\n");
}

void metadata_left_out(struct exporting *run)
{
    buf_add_text(&run->out,
        "\n## What stands in no row\n"
        "Of all years that the register knows. A report without a date of its own (`karar add --date`) dates only what it tells a day\n"
        "of.\n\n"
        "| | known | of three and more parties | of one party | without any day |\n| --- | --- | --- | --- | --- |\n");
    run_ask(run, "export_left_out", take_left_out, NULL);
}
