// SPDX-License-Identifier: MIT
// Tables of the codebook as CSV (RFC 4180): the columns in its order, each cell as its type says.
//
// Free text that a spreadsheet would run as a formula gets an apostrophe before it (emit_csv); codes, numbers and dates stand as they are.
// What a cell is made of in the codebook's words (alpha2 party_a) is worked out here, so that SQL knows nothing of other lists of codes.
#include "export/sheet.h"

// ---- cells ------------------------------------------------------------------------------------------------------------------
// Each code of a list as another list calls it, joined as the codes were.
static void add_as(struct exporting *run, struct slice codes, const struct book_column *column, struct buf *out)
{
    struct slice rest = codes;
    for (bool first = true; rest.at; first = false) {
        struct slice code = slice_cut(&rest, '-');
        if (!first)
            buf_add_char(out, '-');
        buf_add(out, book_party_as(&run->book, code, column->function));
    }
}

struct slice sheet_cell(struct exporting *run, const struct book_column *column, const struct registry_row *row)
{
    char name[64];
    size_t len = column->from.len < sizeof name - 1 ? column->from.len : sizeof name - 1;
    memcpy(name, column->from.at, len);
    name[len] = '\0';
    struct slice value = row_get(row, name);
    if (column->function == COLUMN_GIVEN || !value.at)
        return value;
    run_begin_line(run);
    if (column->function == COLUMN_CONTEXTS)
        book_contexts(&run->book, value, SLICE(""), " ", &run->line);
    else
        add_as(run, value, column, &run->line);
    return buf_slice(&run->line).at ? buf_slice(&run->line) : SLICE("");
}

static bool is_free_text(const struct book_column *column)
{
    return column->type == COLUMN_TEXT || column->type == COLUMN_KEY;
}

// ---- CSV --------------------------------------------------------------------------------------------------------------------
static void write_head(struct exporting *run, const struct book_table *table)
{
    for (uint32_t i = 0; i < table->columns.count; i++) {
        if (i)
            buf_add_char(&run->out, ',');
        buf_add(&run->out, table->columns.at[i].name);
    }
    buf_add_text(&run->out, "\r\n");
}

static void write_row(struct exporting *run, const struct book_table *table, const struct registry_row *row)
{
    for (uint32_t i = 0; i < table->columns.count; i++) {
        const struct book_column *column = &table->columns.at[i];
        struct slice value = sheet_cell(run, column, row);
        if (i)
            buf_add_char(&run->out, ',');
        if (value.at && is_free_text(column))
            emit_csv(&run->out, value);
        else if (value.at)
            buf_add(&run->out, value);
    }
    buf_add_text(&run->out, "\r\n");
    run->rows++;
}

// ---- tables -----------------------------------------------------------------------------------------------------------------
// Where the days of a row stand by which --since and --until choose.
static const struct sheet_source {
    const char *table, *question, *first_day, *last_day;
} sources[] = {
    {"documents", "export_documents", "first_day", "last_day"},
    {"bodies", "export_bodies", NULL, NULL},
    {"sessions", "export_sessions", "first_day", "last_day"},
    {"instruments", "export_instruments", "first_day", "last_day"},
    {"commitments", "export_commitments", "said_on", "said_on"},
    {"people", "export_people", NULL, NULL},
    {"claims", "export_claims", "said_on", "said_on"},
    {"dyad-year", "export_dyads", NULL, NULL},
    {"dyad-year-counted", "export_counted", NULL, NULL},
};

struct walking {
    const struct sheet_source *source;
    const struct book_table *table;
    sheet_row take;
    void *user;
};

static void walk_row(struct exporting *run, const struct registry_row *row, void *user)
{
    const struct walking *walking = user;
    const struct sheet_source *source = walking->source;
    if (source->first_day) {
        struct slice first = row_get(row, source->first_day), last = row_get(row, source->last_day), said = row_get(row, "said_on");
        if (!run_wants(run, first.len ? first : said, last.len ? last : said))
            return;
    }
    walking->take(run, walking->table, row, walking->user);
}

// States and organisations, which no question of the register's gives.
static void walk_parties(struct exporting *run, const struct book_table *table, sheet_row take, void *user)
{
    static const char *const names[] = {"party", "kind", "status", "alpha2", "numeric", "cow", "name"};
    static const bool is_number[] = {false, false, false, false, false, true, false};
    for (uint32_t i = 0; i < run->book.parties.count && !run_failed(run); i++) {
        const struct book_party *party = &run->book.parties.at[i];
        struct slice none = {NULL, 0};
        struct slice values[] = {party->code, slice_from(party->state ? "state" : "organisation"), party->status.len ? party->status : none,
                                 party->alpha2.len ? party->alpha2 : none, party->numeric.len ? party->numeric : none,
                                 party->cow.len ? party->cow : none, party->name};
        take(run, table, &(struct registry_row){7, names, values, is_number}, user);
        run_flush(run);
    }
}

void sheet_walk(struct exporting *run, const char *name, sheet_row take, void *user)
{
    const struct book_table *table = book_table(&run->book, name);
    if (strcmp(name, "parties") == 0)
        walk_parties(run, table, take, user);
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct walking walking = {&sources[i], table, take, user};
        if (strcmp(sources[i].table, name) == 0)
            run_ask(run, sources[i].question, walk_row, &walking);
    }
}

static void take_csv(struct exporting *run, const struct book_table *table, const struct registry_row *row, void *user)
{
    (void)user;
    write_row(run, table, row);
}

static void csv_file(struct exporting *run, const char *name)
{
    struct slice file = arena_format(&run->arena, "%s.csv", name);
    run_file(run, file.at);
    write_head(run, book_table(&run->book, name));
    sheet_walk(run, name, take_csv, NULL);
}

const char *const sheet_tables[] = {"sessions", "instruments", "commitments", "bodies", "people", "claims", "documents", "parties", NULL};
const char *const sheet_dyads[] = {"dyad-year", "dyad-year-counted", NULL};

void export_csv(struct exporting *run)
{
    static const char title[] = "Register of dealings between governments";
    for (const char *const *name = sheet_tables; *name && !run_failed(run); name++)
        csv_file(run, *name);
    metadata_csvw(run, "csv-metadata.json", title, sheet_tables);
    metadata_codebook(run, "codebook.md", title, sheet_tables);
}

void export_dyad_year(struct exporting *run)
{
    static const char title[] = "Dealings between two parties by year";
    for (const char *const *name = sheet_dyads; *name && !run_failed(run); name++)
        csv_file(run, *name);
    metadata_csvw(run, "dyad-year.csv-metadata.json", title, sheet_dyads);
    metadata_codebook(run, "dyad-year-codebook.md", title, sheet_dyads);
    metadata_left_out(run);
}
