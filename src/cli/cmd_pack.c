// SPDX-License-Identifier: MIT
// karar pack check: the faults of a language pack, and whether each rule's examples hold. Needs nothing but the
// folder: who edits a pack checks it with this, without a compiler.
// Faults go to standard error, a line each; the count decides the exit code.
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static enum exit_code run_pack(const struct command *command, const struct arguments *arguments)
{
    uint32_t rules = 0, examples = 0;
    karar_error error;
    char line[128];
    if (arguments->operand_count != 2 || strcmp(arguments->operands[0], "check") != 0)
        return complain_usage(command);
    const char *folder = arguments->operands[1];
    karar_status status = karar_pack_check(folder, output_sink, arguments->out, &rules, &examples, &error);
    if (!output_flush(arguments->out))
        return EXIT_FAILED;     // output_close tells
    if (status) {
        complain_error(folder, &error);
        return status == KARAR_BAD_PACK ? EXIT_NOTHING : status == KARAR_NO_MEMORY ? EXIT_FAILED : EXIT_INPUT;
    }
    snprintf(line, sizeof line, "%u rules, %u examples: no fault\n", rules, examples);
    output_text(arguments->out, line);
    return EXIT_OK;
}

const struct command command_pack = {
    .name = "pack",
    .usage = "check DIR",
    .summary = "checks a language pack and runs the examples of its rules",
    .about = "Every fault is a line \"file:line:column: what was expected\" on standard output. The shared\n"
             "tables (packs/shared) can be checked the same way.\n",
    .examples = "  karar pack check packs/xx\n",
    .options = OPTION_BIT(OPTION_HELP),
    .keeps = KEEPS_READING,
    .run = run_pack,
};
