// SPDX-License-Identifier: MIT
// karar import: a register out of the lines that `karar export --as register` writes, in another place or at another time.
//
// It goes into a register that holds nothing yet, all of it or nothing: so that a file that somebody sent can be looked at without
// touching what one has.
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

#define LINE_MAX_BYTES ((size_t)64 << 20)   // of a line: a report of 8 MiB all of which is escaped

struct lines {
    FILE *file;
    const char *path;
    char *line;
    size_t room, number;
};

static int next_line(void *user, const char **line, size_t *len)
{
    struct lines *lines = user;
    ssize_t got = getline(&lines->line, &lines->room, lines->file);
    if (got < 0)
        return ferror(lines->file) ? -1 : 0;
    lines->number++;
    while (got > 0 && (lines->line[got - 1] == '\n' || lines->line[got - 1] == '\r'))
        got--;
    if ((size_t)got > LINE_MAX_BYTES) {
        complain(lines->path, "line %zu is longer than any of a register", lines->number);
        return -1;
    }
    *line = lines->line;
    *len = (size_t)got;
    return 1;
}

static enum exit_code import_lines(const struct arguments *arguments, karar_register *reg, struct lines *lines)
{
    enum exit_code code = EXIT_OK;
    karar_engine *engines[ENGINES_MAX];
    karar_error error;
    uint64_t documents = 0, decisions = 0;
    char line[128];
    uint32_t count = engines_open(arguments, engines, &code);
    if (count && code == EXIT_OK) {
        karar_status status = karar_register_import(reg, next_line, lines, engines, count, reports_progress, NULL, &documents, &decisions,
                                                    &error);
        if (status && error.line && !*error.file) {
            complain(lines->path, "line %u: %s; nothing was imported", error.line, error.text);
            code = EXIT_INPUT;
        } else if (status) {
            complain_error(lines->path, &error);
            code = status == KARAR_BAD_ARGUMENT ? EXIT_INPUT : exit_code_of(status);
        } else {
            snprintf(line, sizeof line, "%" PRIu64 " reports, %" PRIu64 " decisions imported\n", documents, decisions);
            output_text(arguments->out, line);
        }
    }
    for (uint32_t i = 0; i < count; i++)
        karar_engine_free(engines[i]);
    return code;
}

static enum exit_code run_import(const struct command *command, const struct arguments *arguments)
{
    enum exit_code code = EXIT_OK;
    struct lines lines = {.path = arguments->operand_count == 1 ? arguments->operands[0] : NULL};
    if (!lines.path)
        return complain_usage(command);
    bool is_input = strcmp(lines.path, "-") == 0;
    errno = 0;
    lines.file = is_input ? stdin : fopen(lines.path, "rb");
    if (!lines.file) {
        char reason[128];
        complain(lines.path, "%s", strerror_r(errno, reason, sizeof reason));
        return EXIT_INPUT;
    }
    karar_register *reg = register_open(arguments, true, &code);
    if (reg)
        code = import_lines(arguments, reg, &lines);
    karar_register_close(reg);
    free(lines.line);
    if (!is_input)
        fclose(lines.file);
    return code;
}

const struct command command_import = {
    .name = "import",
    .usage = "FILE|-",
    .summary = "makes a register of the lines that karar export --as register writes",
    .about = "Reports and decisions come in as they were, with who and when and their numbers; what is derived of\n"
             "them is read anew by this program. The register must be new or empty. All or nothing: a line that is\n"
             "wrong, or missing, is told with its number, and nothing comes in.\n",
    .examples = "  karar export --as register | gzip > register.jsonl.gz\n"
                "  zcat register.jsonl.gz | karar import --register copy.db -\n",
    .options = OPTION_BIT(OPTION_REGISTER) | OPTION_BIT(OPTION_PACK) | OPTION_BIT(OPTION_JOBS) | OPTION_BIT(OPTION_HELP),
    .keeps = KEEPS_REGISTER,
    .run = run_import,
};
