// SPDX-License-Identifier: MIT
// The formats and how an export runs: a moment of the register is held, questions are asked, and what is written goes to the sink in
// pieces.
//
// Rows arrive inside the register's room, which must not be left by a longjmp: writers use buffers that remember their failure, and the
// arena is filled before the first question.
#include "export/run.h"

#include "export/event.h"

static const struct export_format formats[] = {
    {"csv", NULL, "tables of sessions, instruments, commitments, people, claims and reports, with CSVW metadata and codebook", true,
     export_csv},
    {"dyad-year", "dyad-year.csv", "a row for two parties and a year, with CSVW metadata and codebook", true, export_dyad_year},
    {"polecat", "polecat.tsv", "events as rows of POLECAT: its forty columns; the evidence in a second file", true, export_polecat},
    {"plover", "plover.jsonl", "events as PLOVER 0.8 JSON, a line each, with auxiliary modes", true, export_plover},
    {"ftm", "ftm.jsonl", "FollowTheMoney entities, a line each; the places of their words in a second file", false, export_ftm},
    {"w3c", "annotations.jsonld", "W3C Web Annotations of all evidence, by code points and quotation", false, export_annotations},
    {"brat", NULL, "brat standoff: each report's text with its annotations", false, export_brat},
    {"ics", "sessions.ics", "sessions as a calendar (iCalendar), an event each", true, export_ics},
    {"jsonl", "records.jsonl", "the records of all reports, a line each, with their JSON Schema", false, export_records},
    {"gold", "gold.jsonl", "what people decided of the reports that they read to their end, as gold answers for a scorer", false,
     export_gold},
    {"parquet", NULL, "the tables of csv and the dyad-years as Parquet files", true, export_parquet},
    {"datasette", NULL, "a SQLite file of plain tables for Datasette, with its metadata", true, export_datasette},
    {"register", "register.jsonl", "the register itself, texts and decisions, a line each: karar import makes a register of it", false,
     export_register},
};

const struct export_format *export_format_at(unsigned index)
{
    return index < sizeof formats / sizeof *formats ? &formats[index] : NULL;
}

const struct export_format *export_format_find(const char *name)
{
    for (unsigned i = 0; export_format_at(i); i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

bool run_failed(const struct exporting *run)
{
    return run->status || run->out.failed || run->line.failed;
}

void run_begin_line(struct exporting *run)
{
    if (run->line.failed && !run->status)
        run->status = run->line.failed;
    buf_clear(&run->line);
}

static void hand_over(struct exporting *run)
{
    if (!run->status && run->out.failed)
        run->status = run->out.failed;
    if (!run->status && run->line.failed)
        run->status = run->line.failed;
    if (!run->status && run->file && !run->sink->take(run->sink->user, run->file, buf_slice(&run->out)))
        run->status = error_set(&run->error, STATUS_IO, "the output could not be written");
    buf_clear(&run->out);
}

void run_file(struct exporting *run, const char *file)
{
    if (run->file && run->out.len)
        hand_over(run);
    run->file = file;
    hand_over(run);     // an empty file is one, too
}

void run_flush_file(struct exporting *run)
{
    if (run->file && run->out.len)
        hand_over(run);
    run->file = NULL;
}

void run_flush(struct exporting *run)
{
    if (run->out.len >= RUN_PIECE || run->out.failed || run->line.failed)
        hand_over(run);
}

// ---- questions --------------------------------------------------------------------------------------------------------------
struct asking {
    struct exporting *run;
    run_row take;
    void *user;
};

static bool take_row(void *user, const struct registry_row *row)
{
    struct asking *asking = user;
    asking->take(asking->run, row, asking->user);
    run_flush(asking->run);
    return !run_failed(asking->run);
}

void run_ask(struct exporting *run, const char *question, run_row take, void *user)
{
    struct asking asking = {run, take, user};
    struct error error = {.byte = UINT64_MAX};
    if (run_failed(run))
        return;
    enum status status = registry_ask(run->registry, question, &run->question, take_row, &asking, &error);
    if (status && !run->status) {
        run->status = status;
        run->error = error;
    }
}

struct slice row_get(const struct registry_row *row, const char *name)
{
    for (int i = 0; i < row->count; i++)
        if (strcmp(row->names[i], name) == 0)
            return row->values[i];
    return (struct slice){NULL, 0};
}

bool row_number(const struct registry_row *row, const char *name, int64_t *ret_number)
{
    struct slice value = row_get(row, name);
    return value.at && slice_to_int(value, ret_number);
}

bool run_wants(const struct exporting *run, struct slice first_day, struct slice last_day)
{
    struct slice since = run->question.since, until = run->question.until;
    first_day = first_day.len ? first_day : last_day;
    last_day = last_day.len ? last_day : first_day;
    return (!since.at || !last_day.len || slice_compare(last_day, since) >= 0) &&
           (!until.at || !first_day.len || slice_compare(first_day, until) <= 0);
}

static void note_day(struct exporting *run, const struct registry_row *row, void *user)
{
    (void)user;
    struct slice day = row_get(row, "day");
    if (day.len < sizeof run->day)
        memcpy(run->day, day.len ? day.at : "", day.len);
}

static void run_format(struct exporting *run, const struct export_format *format)
{
    run->status = registry_hold(run->registry, &run->error);
    if (run->status)
        return;
    run_ask(run, "export_day", note_day, NULL);
    if (*run->day)
        run->question.as_of = slice_from(run->day);
    if (!run_failed(run))
        format->run(run);
    hand_over(run);
    registry_release(run->registry);
}

enum status export_write(struct registry *registry, const struct export_format *format, const struct export_options *options,
                         const struct export_sink *sink, uint64_t *ret_rows, struct error *reterr_error)
{
    struct exporting run = {
        .registry = registry, .sink = sink, .version = options->version, .error = {.byte = UINT64_MAX},
        .question = {.pair = options->pair, .as_of = options->as_of, .since = options->since, .until = options->until, .limit = INT64_MAX},
    };
    if (!format->by_day && (options->since.at || options->until.at))
        return error_set(reterr_error, STATUS_BAD_ARGUMENT, "--since and --until would tear apart what %s joins: leave them out",
                         format->name);
    if (format->run == export_register && (options->pair.at || options->as_of.at))
        return error_set(reterr_error, STATUS_BAD_ARGUMENT, "a register goes out whole: leave pair and --as-of out");
    buf_init(&run.out, RUN_MAX);
    buf_init(&run.line, RUN_MAX);
    arena_init(&run.arena, NULL, RUN_MAX);
    run.status = ARENA_CATCH(&run.arena);
    if (!run.status)
        run.status = book_load(&run.arena, &run.book, &run.error);
    if (!run.status)
        run_format(&run, format);
    *ret_rows = run.rows;
    buf_finish(&run.out);
    buf_finish(&run.line);
    arena_finish(&run.arena);
    if (run.status && reterr_error) {
        *reterr_error = run.error;
        if (!run.error.status)
            error_set(reterr_error, run.status, "%s while exporting", status_name(run.status));
    }
    return run.status;
}
