// SPDX-License-Identifier: MIT
// karar read: the record of one report or of many.
//
// The operands become one list of files first (folders are walked, in byte order), so that the shape of the output
// is known before the first is read: several files, or any folder, make one JSON array. A file that cannot be read
// is told on standard error and left out; the others are still read. Each record is written as soon as its report is
// read: memory holds one report at a time.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

#define LIST_MEMORY ((size_t)1 << 30)
#define MANY_FILES 20       // from here on a terminal is shown how far the reading is
#define PROGRESS_STEP 10

enum shape { SHAPE_TEXT, SHAPE_JSON, SHAPE_JSONL, SHAPE_EXPLAIN };

struct reading {
    const struct arguments *arguments;
    enum shape shape;
    bool array;             // SHAPE_JSON: several records
    bool progress;
    uint32_t written;
    enum exit_code code;    // the worst so far
    karar_write_options options;
};

static void worsen(struct reading *reading, enum exit_code code)
{
    if (code > reading->code)
        reading->code = code;
}

// ---- output -------------------------------------------------------------------------------------------------------
static void show_progress(const struct reading *reading, uint32_t done, uint32_t count)
{
    if (reading->progress && (done % PROGRESS_STEP == 0 || done == count))
        fprintf(stderr, done == count ? "\r\033[K" : "\r\033[K%u of %u reports\r", done, count);
}

// What stands between two records, and before the first.
static void write_joint(const struct reading *reading)
{
    if (reading->shape == SHAPE_JSON && reading->array)
        output_text(reading->arguments->out, reading->written ? ",\n" : "[\n");
    else if (reading->shape == SHAPE_TEXT && reading->written)
        output_text(reading->arguments->out, "\n────────\n\n");
    else if (reading->shape == SHAPE_EXPLAIN && reading->written)
        output_text(reading->arguments->out, "\n");
}

static void write_report(struct reading *reading, const karar_report *report, const char *path)
{
    karar_error error;
    karar_status status;
    write_joint(reading);
    if (reading->shape == SHAPE_EXPLAIN)
        status = karar_report_explain(report, output_sink, reading->arguments->out, &error);
    else
        status = karar_report_write(report, &reading->options, output_sink, reading->arguments->out, &error);
    reading->written++;
    if (!output_flush(reading->arguments->out))
        return;     // output_close tells
    if (status) {
        complain_error(path, &error);
        worsen(reading, EXIT_FAILED);
    }
}

static bool visit_report(void *user, const karar_report *report, const char *path)
{
    struct reading *reading = user;
    write_report(reading, report, path);
    return output_flush(reading->arguments->out);
}

static void read_all(struct reading *reading, karar_engine *engine, const path_vec *paths)
{
    for (uint32_t i = 0; i < paths->count && output_flush(reading->arguments->out); i++) {
        enum exit_code code = EXIT_OK;
        show_progress(reading, i, paths->count);
        reports_each(engine, paths->at[i], reading->arguments, visit_report, reading, &code);
        worsen(reading, code);
        if (code == EXIT_USAGE || code == EXIT_FAILED)
            break;  // the next one would fail the same way
    }
    show_progress(reading, paths->count, paths->count);
    if (reading->shape == SHAPE_JSON && reading->array)
        output_text(reading->arguments->out, reading->written ? "]\n" : "[]\n");
}

// ---- the command --------------------------------------------------------------------------------------------------
static enum shape shape_of(const struct arguments *arguments)
{
    const char *format = arguments->value[OPTION_FORMAT];
    if (arguments->value[OPTION_EXPLAIN])
        return SHAPE_EXPLAIN;
    if (!format || strcmp(format, "text") == 0)
        return SHAPE_TEXT;
    return strcmp(format, "json") == 0 ? SHAPE_JSON : SHAPE_JSONL;
}

static enum exit_code run_read(const struct command *command, const struct arguments *arguments)
{
    static const karar_format formats[] = {
        [SHAPE_TEXT] = KARAR_TEXT, [SHAPE_JSON] = KARAR_JSON, [SHAPE_JSONL] = KARAR_JSONL,
        [SHAPE_EXPLAIN] = KARAR_TEXT,
    };
    if (arguments->operand_count == 0 && isatty(STDIN_FILENO)) {
        complain(NULL, "no report: name a file or a folder, or - to type one in");
        return complain_usage(command);
    }
    struct reading reading = {.arguments = arguments, .shape = shape_of(arguments)};
    reading.options = (karar_write_options){
        .size = sizeof reading.options,
        .format = formats[reading.shape],
        .colour = output_colour(arguments),
        .width = output_width(),
    };
    struct arena arena;
    path_vec paths = {0};
    karar_engine *engine = NULL;
    arena_init(&arena, NULL, LIST_MEMORY);
    if (inputs_list(&arena, arguments, &paths, &reading.array, &reading.code) && (paths.count || reading.shape == SHAPE_JSON)) {
        enum exit_code code = EXIT_OK;
        reading.progress = paths.count > MANY_FILES && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
        engine = engine_open(arguments, &code);
        worsen(&reading, code);
        if (engine)
            read_all(&reading, engine, &paths);
    }
    karar_engine_free(engine);
    arena_finish(&arena);
    return reading.code;
}

const struct command command_read = {
    .name = "read",
    .usage = "[FILE|DIR|-]…",
    .summary = "prints the record of each report: who met whom, what was signed, what was agreed",
    .about = "Reads press reports and prints what they say about dealings between governments. Plain text in any\n"
             "usual encoding, HTML, PDF, mail, JSON Lines, CSV and WARC are told by their content, packed by gzip\n"
             "or zstd or not. A folder is read with everything below it; - or nothing reads\n"
             "standard input. A file that cannot be read is told on standard error, and the others are still\n"
             "read.\n",
    .examples = "  karar read report.txt                       a page to read\n"
                "  karar read --format json report.txt         the record, for programs\n"
                "  karar read --format jsonl reports/ > all    a record a line\n"
                "  karar read --date 2025-11-28 report.txt     for a report that does not carry its date\n"
                "  karar read --explain report.txt             how the words were read\n",
    .options = OPTION_FIELDS | OPTION_BIT(OPTION_FORMAT) | OPTION_BIT(OPTION_LANG) | OPTION_BIT(OPTION_DATE) | OPTION_BIT(OPTION_PACK) |
               OPTION_BIT(OPTION_EXPLAIN) | OPTION_BIT(OPTION_COLOR) | OPTION_BIT(OPTION_HELP),
    .keeps = KEEPS_READING,
    .run = run_read,
};
