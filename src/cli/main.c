// SPDX-License-Identifier: MIT
// karar's front door: the table of commands, and the way from the command line to one of them.
//
// The first word names the command; --help and --version stand for the commands of those names. Every way out passes
// output_close, which notices what could not be written.
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/confine.h"

enum {
    KEPT_MEMORY = 16 << 20,      // bytes that are kept between reports, a thread
    MAPPED_MEMORY = 4 << 20,     // bytes from which on a piece of memory is a mapping of its own
    MEMORY_STEP = 1 << 20,       // bytes that are asked of the system at once
};

static const struct command *const commands[] = {
    &command_read, &command_code, &command_why, &command_add, &command_watch, &command_serve, &command_user, &command_bodies,
    &command_sessions, &command_instruments,
    &command_commitments, &command_people, &command_show, &command_search, &command_documents, &command_brief,
    &command_idle, &command_diff, &command_calendar, &command_export, &command_import, &command_decide, &command_undo, &command_decisions,
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

// The folder in which a file lies or will, whatever links lead to it. `room` for PATH_MAX.
static void keep_folder_of(struct confinement *kept, const char *path, char *room)
{
    if (!path || kept->folder_count == CONFINE_FOLDERS)
        return;
    if (!realpath(path, room))
        snprintf(room, PATH_MAX, "%s", path);
    char *end = strrchr(room, '/');
    if (!end)
        snprintf(room, PATH_MAX, ".");
    else
        end[end == room] = '\0';
    kept->folders[kept->folder_count++] = room;
}

// KARAR_UNCONFINED in the environment leaves all rights to the command: for systems that mistake it, and programs that measure this one.
static void confine_command(const struct command *command, const struct arguments *arguments)
{
    static const enum option_id files[] = {OPTION_OUTPUT, OPTION_ERRORS, OPTION_STATE};
    char rooms[1 + sizeof files / sizeof *files][PATH_MAX];
    struct confinement kept = {.connects = command->keeps & KEEPS_CONNECTING, .listens = command->keeps & KEEPS_LISTENING};
    if (!command->keeps || getenv("KARAR_UNCONFINED"))
        return;
    if (command->keeps & KEEPS_REGISTER)
        keep_folder_of(&kept, register_path(arguments), rooms[0]);
    for (size_t i = 0; (command->keeps & KEEPS_FILES) && i < sizeof files / sizeof *files; i++)
        keep_folder_of(&kept, arguments->value[files[i]], rooms[1 + i]);
    unsigned done = confine(&kept);
    if ((command->keeps & (KEEPS_CONNECTING | KEEPS_LISTENING)) && !(done & CONFINED_FILES))
        complain(NULL,
                "this system confines no programs (Landlock, Linux 5.13): what strangers wrote is read with all rights of this user");
}

static enum exit_code run(const struct command *command, int argc, char **argv, struct output *out)
{
    struct arguments arguments;
    enum exit_code code = arguments_parse(command, argc, argv, out, &arguments);
    if (code)
        return code;
    if (arguments.value[OPTION_HELP])
        help_command(out, command);
    else {
        confine_command(command, &arguments);
        code = command->run(command, &arguments);
    }
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

// Each report's memory is given back before the next one asks for as much. The C library keeps it instead of handing it to the system and
// asking for it again, page by page: that was a twelfth of the time over short reports.
static void keep_memory(void)
{
    mallopt(M_TRIM_THRESHOLD, KEPT_MEMORY);
    mallopt(M_MMAP_THRESHOLD, MAPPED_MEMORY);   // setting one of them stops the library from finding the other itself
    mallopt(M_TOP_PAD, MEMORY_STEP);
}

int main(int argc, char **argv)
{
    keep_memory();
    signal(SIGPIPE, SIG_IGN);
    struct output out = {.failed = 0};
    return (int)output_close(&out, dispatch(argc, argv, &out));
}
