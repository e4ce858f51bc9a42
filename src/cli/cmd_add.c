// SPDX-License-Identifier: MIT
// karar add, rebuild, verify: filling the register, making its derived part again, and checking it.
//
// Each report is one transaction: when its line is printed it is on the disk. A report that cannot be read is told on standard error and
// left out. The same bytes a second time change nothing and are counted as known.
#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

#define LIST_MEMORY ((size_t)1 << 30)
#define PROGRESS_STEP 20

struct adding {
    const struct arguments *arguments;
    karar_engine *engine;
    karar_register *reg;
    uint32_t added, known, failed;
    uint32_t undated;           // of those added
    enum exit_code code;
    bool progress;
};

static void worsen(struct adding *adding, enum exit_code code)
{
    if (code > adding->code)
        adding->code = code;
}

// Stores one report. False: the next one would fail the same way.
static bool add_report(void *user, const karar_report *report, const char *path)
{
    struct adding *adding = user;
    karar_error error;
    char id[13], line[4300];
    int is_new = 0;
    karar_add_options options = {
        .size = sizeof options, .author = register_author(adding->arguments),
        .language = adding->arguments->value[OPTION_LANG], .date = karar_report_given_date(report),
    };
    uint32_t facts = karar_report_facts(report);
    karar_status status = karar_register_add(adding->reg, report, &options, &is_new, id, &error);
    if (status) {
        complain_error(path, &error);
        worsen(adding, EXIT_FAILED);
        adding->failed++;
        return false;
    }
    adding->added += is_new != 0;
    adding->known += is_new == 0;
    bool undated = facts > 0 && !karar_report_date(report);
    adding->undated += is_new != 0 && undated;
    if (!adding->progress) {
        snprintf(line, sizeof line, "%s  %-5s  %3u facts%s  %.4000s\n", id, is_new ? "added" : "known", facts, undated ? ", no date" : "",
                 path);
        output_text(adding->arguments->out, line);
    }
    return output_flush(adding->arguments->out);
}

// Every report of a file. False: the next one would fail the same way.
static bool add_one(struct adding *adding, const char *path)
{
    enum exit_code code = EXIT_OK;
    reports_each(adding->engine, path, adding->arguments, add_report, adding, &code);
    adding->failed += code != EXIT_OK;
    worsen(adding, code);
    return adding->code != EXIT_USAGE && adding->code != EXIT_FAILED && output_flush(adding->arguments->out);
}

static void show_progress(const struct adding *adding, uint32_t done, uint32_t count, time_t begin)
{
    if (!adding->progress || (done % PROGRESS_STEP != 0 && done != count))
        return;
    double seconds = difftime(time(NULL), begin);
    if (done == count)
        fprintf(stderr, "\r\033[K");
    else if (done > 0 && seconds > 0)
        fprintf(stderr, "\r\033[K%u of %u reports, %.0f a second, %.0f s left", done, count, done / seconds,
                (count - done) * seconds / done);
}

static void add_all(struct adding *adding, const path_vec *paths)
{
    char line[160];
    time_t begin = time(NULL);
    for (uint32_t i = 0; i < paths->count; i++) {
        show_progress(adding, i, paths->count, begin);
        if (!add_one(adding, paths->at[i]))
            break;
    }
    show_progress(adding, paths->count, paths->count, begin);
    snprintf(line, sizeof line, "%u added, %u known, %u not read\n", adding->added, adding->known, adding->failed);
    output_text(adding->arguments->out, line);
    if (adding->undated && output_flush(adding->arguments->out))
        complain(NULL, "%u of the reports added carry no date: what they tell belongs to no year unless they name it. --date gives one, "
                 "a table or JSON lines with dates one for each; add them so to a new register, this one keeps them as they are",
                 adding->undated);
    bool told = adding->arguments->value[OPTION_DATE] || adding->arguments->value[OPTION_LANG];
    if (adding->known && told && output_flush(adding->arguments->out))
        complain(NULL, "%u were known: their date and language stay as they were added; a new register takes them with other ones",
                 adding->known);
}

static enum exit_code run_add(const struct command *command, const struct arguments *arguments)
{
    struct adding adding = {.arguments = arguments};
    struct arena arena;
    path_vec paths = {0};
    bool many = false;
    if (arguments->operand_count == 0 && isatty(STDIN_FILENO))
        return complain_usage(command);
    arena_init(&arena, NULL, LIST_MEMORY);
    if (inputs_list(&arena, arguments, &paths, &many, &adding.code) && paths.count) {
        enum exit_code code = EXIT_OK;
        adding.progress = paths.count > PROGRESS_STEP && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
        adding.engine = engine_open(arguments, &code);
        adding.reg = adding.engine ? register_open(arguments, true, &code) : NULL;
        worsen(&adding, code);
        if (adding.reg)
            add_all(&adding, &paths);
    }
    karar_register_close(adding.reg);
    karar_engine_free(adding.engine);
    arena_finish(&arena);
    return adding.code;
}

// ---- rebuild --------------------------------------------------------------------------------------------------------------
static enum exit_code run_rebuild(const struct command *command, const struct arguments *arguments)
{
    (void)command;
    enum exit_code code = EXIT_OK;
    karar_error error;
    uint64_t differences = 0;
    char line[96];
    karar_engine *engines[ENGINES_MAX];
    uint32_t count = engines_open(arguments, engines, &code);
    karar_register *reg = count && code == EXIT_OK ? register_open(arguments, false, &code) : NULL;
    if (reg) {
        karar_status status = karar_register_rebuild(reg, engines, count, arguments->value[OPTION_REREAD] != NULL, reports_progress, NULL,
                                                     table_format(arguments), output_sink, arguments->out, &differences, &error);
        if (status) {
            complain_error(register_path(arguments), &error);
            code = EXIT_FAILED;
        } else if (table_format(arguments) == KARAR_TABLE_TEXT) {
            snprintf(line, sizeof line, "rebuilt; %" PRIu64 " differences\n", differences);
            output_text(arguments->out, line);
        }
    }
    karar_register_close(reg);
    for (uint32_t i = 0; i < count; i++)
        karar_engine_free(engines[i]);
    return code;
}

// ---- verify ---------------------------------------------------------------------------------------------------------------
static enum exit_code run_verify(const struct command *command, const struct arguments *arguments)
{
    (void)command;
    enum exit_code code = EXIT_OK;
    karar_error error;
    uint64_t documents = 0, spans = 0, faults = 0;
    char line[160];
    karar_register *reg = register_open(arguments, false, &code);
    if (reg) {
        karar_status status = karar_register_verify(reg, table_format(arguments), output_sink, arguments->out, &documents, &spans, &faults,
                                                    &error);
        if (status) {
            complain_error(register_path(arguments), &error);
            code = EXIT_FAILED;
        } else {
            if (table_format(arguments) == KARAR_TABLE_TEXT) {
                snprintf(line, sizeof line, "%" PRIu64 " documents, %" PRIu64 " spans: %" PRIu64 " faults\n", documents, spans, faults);
                output_text(arguments->out, line);
            }
            code = faults ? EXIT_NOTHING : EXIT_OK;
        }
    }
    karar_register_close(reg);
    return code;
}

#define REGISTER_OPTIONS (OPTION_BIT(OPTION_REGISTER) | OPTION_BIT(OPTION_HELP))

const struct command command_add = {
    .name = "add",
    .usage = "[FILE|DIR|-]…",
    .summary = "reads reports into the register",
    .about = "Every report is stored whole, with what it says. The same report twice changes nothing. The\n"
             "register is one SQLite file; it is made if it is not there.\n",
    .examples = "  karar add reports/                          into karar.db\n"
                "  karar add --register pak-rus.db report.txt\n"
                "  karar add --date 2025-11-28 report.txt      for a report that does not carry its date\n",
    .options = REGISTER_OPTIONS | OPTION_BIT(OPTION_LANG) | OPTION_BIT(OPTION_DATE) | OPTION_BIT(OPTION_PACK) | OPTION_BIT(OPTION_AUTHOR),
    .keeps = KEEPS_REGISTER,
    .run = run_add,
};

const struct command command_rebuild = {
    .name = "rebuild",
    .usage = "",
    .summary = "makes all that is derived again with this program; decisions stay, differences are listed",
    .about = "A report is read again unless this very program, with the packs that came with it, read it before\n"
             "and all that the register has of it is still as it was made then; --reread reads all. What reports\n"
             "say together (sessions, threads, people) is always made again. All or nothing: stopped half-way,\n"
             "the register is as it was before.\n",
    .examples = "  karar rebuild\n"
                "  karar rebuild --reread                         every report, whoever read it before\n"
                "  karar rebuild --format csv > differences.csv\n",
    .options = REGISTER_OPTIONS | OPTION_BIT(OPTION_PACK) | OPTION_BIT(OPTION_TABLE) | OPTION_BIT(OPTION_JOBS) |
               OPTION_BIT(OPTION_REREAD),
    .keeps = KEEPS_REGISTER,
    .run = run_rebuild,
};

const struct command command_verify = {
    .name = "verify",
    .usage = "",
    .summary = "checks every stored report against its hash and every quotation against its bytes",
    .about = "Ends with 1 if there is a fault, and names each.\n",
    .examples = "  karar verify --register pak-rus.db\n",
    .options = REGISTER_OPTIONS | OPTION_BIT(OPTION_TABLE),
    .run = run_verify,
};
