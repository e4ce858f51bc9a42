// SPDX-License-Identifier: MIT
// karar's front door: the table of commands, and the way from the command line to one of them.
//
// The first word names the command; --help and --version stand for the commands of those names. Every way out passes
// output_close, which notices what could not be written.
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const struct command *const commands[] = {
    &command_read, &command_code, &command_why, &command_add, &command_watch, &command_serve, &command_user, &command_bodies,
    &command_sessions, &command_instruments,
    &command_commitments, &command_people, &command_show, &command_search, &command_documents, &command_brief,
    &command_idle, &command_diff, &command_calendar, &command_export, &command_decide, &command_undo, &command_decisions,
    &command_agreement, &command_differences,
    &command_rebuild, &command_verify, &command_backup, &command_pack, &command_help, &command_version,
};

const struct command *command_at(int index)
{
    return index >= 0 && (size_t)index < sizeof commands / sizeof *commands ? commands[index] : NULL;
}

const struct command *command_find(const char *name)
{
    for (int i = 0; command_at(i); i++)
        if (strcmp(command_at(i)->name, name) == 0)
            return command_at(i);
    return NULL;
}

static enum exit_code run(const struct command *command, int argc, char **argv, struct output *out)
{
    struct arguments arguments;
    enum exit_code code = arguments_parse(command, argc, argv, out, &arguments);
    if (code)
        return code;
    if (arguments.value[OPTION_HELP])
        help_command(out, command);
    else
        code = command->run(command, &arguments);
    arguments_finish(&arguments);
    return code;
}

static enum exit_code dispatch(int argc, char **argv, struct output *out)
{
    if (argc < 2) {
        help_program(out);
        return EXIT_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    else if (strcmp(name, "--version") == 0)
        name = "version";
    const struct command *command = command_find(name);
    if (!command) {
        complain(NULL, "%s: no such command (karar help lists them)", argv[1]);
        return EXIT_USAGE;
    }
    return run(command, argc - 2, argv + 2, out);
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    struct output out = {.failed = 0};
    return (int)output_close(&out, dispatch(argc, argv, &out));
}
