// SPDX-License-Identifier: MIT
// The tables of the codebook as Parquet files: the same columns as in CSV, typed, with lists as lists and what is not known as null.
//
// Text stands as it was written, without the apostrophes that CSV needs. A file tells in its metadata what table it is, which karar wrote
// it and as of which day the register was seen.
#include "doc/date.h"
#include "export/parquet.h"
#include "export/sheet.h"

static enum parquet_type type_of(enum column_type type)
{
    switch (type) {
    case COLUMN_INTEGER:
    case COLUMN_YEAR:
        return PARQUET_INT64;
    case COLUMN_FLAG:
        return PARQUET_BOOLEAN;
    case COLUMN_DAY:
        return PARQUET_DAY;
    case COLUMN_CODES:
    case COLUMN_PARTIES:
        return PARQUET_TEXTS;
    default:
        return PARQUET_TEXT;
    }
}

static void add_cell(struct parquet *file, uint32_t i, const struct book_column *column, struct slice value)
{
    struct date_range day;
    int64_t number = 0;
    bool valid;
    switch (type_of(column->type)) {
    case PARQUET_TEXTS:
        parquet_texts(file, i, value, column->type == COLUMN_PARTIES ? '-' : ' ');
        break;
    case PARQUET_DAY:
        valid = value.at && date_parse_edtf(value, &day) && day.first.day;
        parquet_number(file, i, valid ? date_day_number(day.first) : 0, valid);
        break;
    case PARQUET_INT64:
    case PARQUET_BOOLEAN:
        valid = value.at && slice_to_int(value, &number);
        parquet_number(file, i, number, valid);
        break;
    default:
        parquet_text(file, i, value);
    }
}

static void take_row(struct exporting *run, const struct book_table *table, const struct registry_row *row, void *user)
{
    struct parquet *file = user;
    for (uint32_t i = 0; i < table->columns.count; i++)
        add_cell(file, i, &table->columns.at[i], sheet_cell(run, &table->columns.at[i], row));
    parquet_next_row(file);
    if (file->groups.failed)
        run->status = file->groups.failed;
    run->rows++;
}

static void write_table(struct exporting *run, const char *name)
{
    const struct book_table *table = book_table(&run->book, name);
    struct slice about = arena_copy(&run->arena, table->about);
    const char *created_by = arena_format(&run->arena, "karar version %s", run->version).at;
    const char *const facts[] = {"karar.table", name, "karar.about", about.at, "karar.as_of", run->day, NULL};
    struct parquet file;
    run_file(run, arena_format(&run->arena, "%s.parquet", name).at);
    parquet_begin(&file, &run->out);
    for (uint32_t i = 0; i < table->columns.count; i++)
        parquet_add_column(&file, table->columns.at[i].name, type_of(table->columns.at[i].type));
    sheet_walk(run, name, take_row, &file);
    parquet_end(&file, created_by, facts);
    if (parquet_finish(&file) && !run->status)
        run->status = STATUS_NO_MEMORY;
}

void export_parquet(struct exporting *run)
{
    for (const char *const *name = sheet_tables; *name && !run_failed(run); name++)
        write_table(run, *name);
    for (const char *const *name = sheet_dyads; *name && !run_failed(run); name++)
        write_table(run, *name);
}
