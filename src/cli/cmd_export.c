// SPDX-License-Identifier: MIT
// karar export: the account in the formats of other programs.
//
// The library names the formats and writes the files of one; here they go to a folder, all or none, or the main one to standard output.
// Nothing that is there already is overwritten unless it is asked for.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/folder.h"

#define RECORD_MAX ((size_t)64 << 20)

struct exporting {
    struct output *out;
    const char *main_file;      // that goes to standard output
    struct folder folder;
    bool to_folder;
};

static int take(void *user, const char *file, const char *bytes, size_t len)
{
    struct exporting *exporting = user;
    if (exporting->to_folder)
        return !folder_write(&exporting->folder, file, bytes, len);
    return strcmp(file, exporting->main_file) == 0 ? output_sink(exporting->out, bytes, len) : 0;
}

// Lists the formats.
static enum exit_code no_such_format(const char *name)
{
    const char *about;
    if (name)
        complain(NULL, "--as %s: no such format", name);
    else
        complain(NULL, "which format? --as FORMAT");
    for (uint32_t n = 0; (name = karar_export_format(n, NULL, &about)); n++)
        complain(NULL, "  %-12s %s", name, about);
    return EXIT_USAGE;
}

static bool find_format(const char *name, const char **ret_file)
{
    const char *found;
    for (uint32_t n = 0; name && (found = karar_export_format(n, ret_file, NULL)); n++)
        if (strcmp(found, name) == 0)
            return true;
    return false;
}

// A temporary register of the records in a file. A line that is no record is told and left out.
static karar_register *open_records(const char *path, enum exit_code *ret_code)
{
    karar_register *reg = NULL;
    karar_error error;
    char *line = NULL, id[13];
    size_t room = 0, number = 0;
    int is_new = 0;
    bool is_input = strcmp(path, "-") == 0;
    errno = 0;
    FILE *file = is_input ? stdin : fopen(path, "rb");
    if (!file) {
        char reason[128];
        complain(path, "%s", strerror_r(errno, reason, sizeof reason));
        *ret_code = EXIT_INPUT;
        return NULL;
    }
    karar_status status = karar_register_temporary(&reg, &error);
    for (ssize_t len; !status && (len = getline(&line, &room, file)) >= 0;) {
        number++;
        while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            len--;
        if (len == 0)
            continue;
        status = (size_t)len > RECORD_MAX ? KARAR_LIMIT : karar_register_add_record(reg, line, (size_t)len, &is_new, id, &error);
        if (status == KARAR_BAD_ARGUMENT || status == KARAR_BAD_ENCODING || status == KARAR_LIMIT) {
            complain(path, "line %zu: %s; left out", number, status == KARAR_LIMIT ? "too long" : error.text);
            *ret_code = EXIT_INPUT;
            status = KARAR_OK;
        }
    }
    if (!status && ferror(file)) {
        complain(path, "cannot be read");
        *ret_code = EXIT_INPUT;
    }
    if (status) {
        complain_error(path, &error);
        *ret_code = EXIT_FAILED;
        karar_register_close(reg);
        reg = NULL;
    }
    free(line);
    if (!is_input)
        fclose(file);
    return reg;
}

static enum exit_code export_register(const struct arguments *arguments, const char *pair, struct exporting *exporting)
{
    enum exit_code code = EXIT_OK;
    karar_error error;
    uint64_t rows = 0;
    karar_export options = {.size = sizeof options, .format = arguments->value[OPTION_AS], .pair = pair,
                            .as_of = arguments->value[OPTION_AS_OF], .since = arguments->value[OPTION_FROM],
                            .until = arguments->value[OPTION_UNTIL]};
    const char *records = arguments->value[OPTION_RECORDS];
    const char *path = records ? records : register_path(arguments);
    karar_register *reg = records ? open_records(records, &code) : register_open(arguments, false, &code);
    if (!reg)
        return code;
    karar_status status = karar_register_export(reg, &options, take, exporting, &rows, &error);
    if (status) {
        if (!exporting->folder.failed && output_flush(exporting->out))
            complain_error(path, &error);
        code = status == KARAR_BAD_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
    } else if (rows == 0) {
        complain(NULL, "nothing found in %s", path);
        code = code ? code : EXIT_NOTHING;
    }
    karar_register_close(reg);
    return code;
}

static enum exit_code run_export(const struct command *command, const struct arguments *arguments)
{
    static const enum option_id days[] = {OPTION_AS_OF, OPTION_FROM, OPTION_UNTIL};
    struct exporting exporting = {.out = arguments->out};
    const char *folder = arguments->value[OPTION_FOLDER];
    if (arguments->operand_count > 1)
        return complain_usage(command);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        if (arguments->value[days[i]] && !is_day(arguments->value[days[i]])) {
            complain(NULL, "--%s %s: write the day as 2025-12-01", option_at(days[i])->name, arguments->value[days[i]]);
            return EXIT_USAGE;
        }
    }
    const char *since = arguments->value[OPTION_FROM], *until = arguments->value[OPTION_UNTIL];
    if (since && until && strcmp(since, until) > 0) {
        complain(NULL, "--since %s is later than --until %s", since, until);
        return EXIT_USAGE;
    }
    if (!find_format(arguments->value[OPTION_AS], &exporting.main_file))
        return no_such_format(arguments->value[OPTION_AS]);
    if (!folder && !exporting.main_file) {
        complain(NULL, "--as %s makes several files: name a folder for them with --output", arguments->value[OPTION_AS]);
        return EXIT_USAGE;
    }
    exporting.to_folder = folder != NULL;
    if (folder && !folder_open(&exporting.folder, folder))
        return EXIT_FAILED;
    enum exit_code code = export_register(arguments, arguments->operand_count ? arguments->operands[0] : NULL, &exporting);
    bool keep = code == EXIT_OK || code == EXIT_NOTHING || code == EXIT_INPUT;
    if (folder && !folder_close(&exporting.folder, keep, arguments->value[OPTION_REPLACE] != NULL))
        code = EXIT_FAILED;
    return code;
}

const struct command command_export = {
    .name = "export",
    .usage = "--as FORMAT [PAIR | BODY]",
    .summary = "the account in the formats of other programs: tables with codebook, event data, entities, annotations",
    .about = "PAIR is the parties' codes: PAK-RUS; BODY the id of a standing body: PAK-RUS/commission, its sessions and what\n"
             "was signed or promised at them; without either, everything. The same register and options give the same\n"
             "bytes. Formats (docs/manual/export.md tells about each):\n"
             "  csv          sessions, instruments, commitments, people, claims, reports, with CSVW metadata and codebook\n"
             "  dyad-year    a row for two parties and a year, with CSVW metadata and codebook\n"
             "  polecat      events as rows of POLECAT: its forty columns; the evidence in a second file\n"
             "  plover       events as PLOVER 0.8 JSON, a line each, with auxiliary modes\n"
             "  ftm          FollowTheMoney entities, a line each; the places of their words in a second file\n"
             "  w3c          W3C Web Annotations of all evidence, by code points and quotation\n"
             "  brat         brat standoff: each report's text with its annotations\n"
             "  ics          sessions as a calendar (iCalendar), an event each\n"
             "  jsonl        the records of all reports, a line each, with their JSON Schema\n"
             "  gold         what people decided of the reports that they read to their end, as gold answers for a scorer\n"
             "  parquet      the tables of csv and the dyad-years as Parquet files\n"
             "  datasette    a SQLite file of plain tables for Datasette, with its metadata\n"
             "  register     the register itself, texts and decisions, a line each: karar import makes a register of it\n",
    .examples = "  karar export --as dyad-year PAK-RUS --output pak-rus/\n"
                "  karar export --as csv --output tables/ --replace\n"
                "  karar export --as ftm PAK-RUS/commission > commission.jsonl\n"
                "  karar export --as dyad-year --since 2015-01-01 --until 2025-12-31 > dyads.csv\n"
                "  karar code --format jsonl reports/ | karar export --as polecat --records - --output events/\n",
    .options = OPTION_BIT(OPTION_AS) | OPTION_BIT(OPTION_REGISTER) | OPTION_BIT(OPTION_RECORDS) | OPTION_BIT(OPTION_FOLDER) |
        OPTION_BIT(OPTION_REPLACE) |
        OPTION_BIT(OPTION_AS_OF) | OPTION_BIT(OPTION_FROM) | OPTION_BIT(OPTION_UNTIL) | OPTION_BIT(OPTION_HELP),
    .run = run_export,
};
