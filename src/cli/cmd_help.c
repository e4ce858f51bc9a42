// SPDX-License-Identifier: MIT
// karar help, and --help of every command: written from the tables of commands and options, so that no option goes
// without its line.
// It reads no report and opens no engine.
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

#define HELP_COLUMN 20      // where descriptions begin
#define HELP_WIDTH 100

static void pad(struct output *out, size_t from)
{
    do
        output_text(out, " ");
    while (++from < HELP_COLUMN);
}

// A description, wrapped at blanks, further lines under the first.
static void describe(struct output *out, const char *text)
{
    size_t column = HELP_COLUMN;
    while (*text) {
        size_t len = strcspn(text, " ");
        if (column + len + 1 > HELP_WIDTH && column > HELP_COLUMN) {
            output_text(out, "\n");
            pad(out, 0);
            column = HELP_COLUMN;
        } else if (column > HELP_COLUMN) {
            output_text(out, " ");
        }
        output_sink(out, text, len);
        column += len + 1;
        text += len + (text[len] == ' ');
    }
    output_text(out, "\n");
}

static void help_option(struct output *out, const struct option *option)
{
    char line[64];
    const char *argument = option->argument ? option->argument : "";
    int len = snprintf(line, sizeof line, "  --%s%s%s", option->name, *argument ? " " : "", argument);
    output_text(out, line);
    pad(out, (size_t)len);
    describe(out, option->help);
}

void help_command(struct output *out, const struct command *command)
{
    output_text(out, "usage: karar ");
    output_text(out, command->name);
    output_text(out, *command->usage ? " " : "");
    output_text(out, command->usage);
    output_text(out, "\n\n");
    output_text(out, command->about);
    output_text(out, "\nOptions\n");
    for (int id = 0; id < OPTION_COUNT; id++)
        if (command->options >> id & 1)
            help_option(out, option_at((enum option_id)id));
    if (command->examples) {
        output_text(out, "\nExamples\n");
        output_text(out, command->examples);
    }
}

void help_program(struct output *out)
{
    output_text(out, "karar reads reports about dealings between governments and keeps account of what they say.\n\n"
                     "usage: karar COMMAND [OPTION]… [OPERAND]…\n\n");
    for (int i = 0; command_at(i); i++) {
        char line[64];
        int len = snprintf(line, sizeof line, "  %s", command_at(i)->name);
        output_text(out, line);
        pad(out, (size_t)len);
        describe(out, command_at(i)->summary);
    }
    output_text(out, "\nkarar COMMAND --help tells more about each. Exit codes: 0 everything was read, 1 nothing\n"
                     "found, 2 wrong usage, 3 some input could not be read, 4 memory or output failed.\n");
}

static enum exit_code run_help(const struct command *command, const struct arguments *arguments)
{
    (void)command;
    if (arguments->operand_count == 0) {
        help_program(arguments->out);
        return EXIT_OK;
    }
    const struct command *asked = command_find(arguments->operands[0]);
    if (!asked) {
        complain(NULL, "%s: no such command (karar help lists them)", arguments->operands[0]);
        return EXIT_USAGE;
    }
    help_command(arguments->out, asked);
    return EXIT_OK;
}

const struct command command_help = {
    .name = "help",
    .usage = "[COMMAND]",
    .summary = "lists the commands, or tells about one",
    .about = "Lists the commands; with a COMMAND, its options and examples.\n",
    .examples = "  karar help read\n",
    .options = OPTION_BIT(OPTION_HELP),
    .run = run_help,
};
