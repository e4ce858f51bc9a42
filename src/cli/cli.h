// SPDX-License-Identifier: MIT
// The program: a row and a file a command, one table of options, one way out for output and errors.
#ifndef KARAR_CLI_CLI_H
#define KARAR_CLI_CLI_H

#include <karar/karar.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/file.h"

// What the program ends with; the manual lists them (docs/manual/cli.md).
enum exit_code {
    EXIT_OK = 0,        // everything was read
    EXIT_NOTHING = 1,   // nothing found: no such claim, an empty folder, a pack with faults
    EXIT_USAGE = 2,     // the command line was wrong
    EXIT_INPUT = 3,     // some input could not be read; the rest was
    EXIT_FAILED = 4,    // memory, output or the program itself failed
};

enum option_id {
    OPTION_FORMAT, OPTION_TABLE, OPTION_LANG, OPTION_DATE, OPTION_PACK, OPTION_EXPLAIN, OPTION_COLOR, OPTION_REGISTER, OPTION_AUTHOR,
    OPTION_AS_OF, OPTION_YEARS, OPTION_LIMIT, OPTION_FIELD, OPTION_VALUE, OPTION_REASON, OPTION_WORDS, OPTION_NTH,
    OPTION_TEXT_FIELD, OPTION_TITLE_FIELD, OPTION_DATE_FIELD, OPTION_URL_FIELD,
    OPTION_ROWS, OPTION_LANGS, OPTION_JOBS, OPTION_OUTPUT, OPTION_ERRORS, OPTION_RESUME, OPTION_SINCE, OPTION_PARTIES, OPTION_ALL,
            OPTION_LIST, OPTION_ONCE, OPTION_STATE, OPTION_AS, OPTION_UNTIL, OPTION_FOLDER, OPTION_REPLACE, OPTION_FROM, OPTION_RECORDS,
    OPTION_REREAD,
    OPTION_LISTEN, OPTION_PORT, OPTION_READER, OPTION_PROXY, OPTION_ALLOW_PRIVATE,
    OPTION_HELP, OPTION_COUNT,
};

struct option {
    const char *name;               // without "--"
    const char *argument;           // its value in the help; NULL: a switch
    const char *const *choices;     // closed list of values, NULL at the end; NULL: any
    const char *help;
};

// Standard output, and errno of the first write that failed (0: none).
struct output {
    int failed;
};

struct arguments {
    struct output *out;
    const char *value[OPTION_COUNT];    // NULL: not given; a switch: ""
    const char **packs;                 // every --pack, in order
    uint32_t pack_count;
    const char **operands;
    int operand_count;
};

// What a command keeps once it is confined (confine.h); 0: it is not. Whatever reads what strangers wrote is.
enum keeps {
    KEEPS_READING = 1,      // and nothing else: what is written was opened before, or is standard output
    KEEPS_REGISTER = 2,     // writes the register's folder
    KEEPS_FILES = 4,        // writes the folders of --output, --errors and --state
    KEEPS_CONNECTING = 8,   // asks servers
    KEEPS_LISTENING = 16,   // is one
};

struct command {
    const char *name;
    const char *usage;                  // behind the name
    const char *summary;                // one line
    const char *about;                  // paragraphs for its help
    const char *examples;               // lines for its help
    uint64_t options;                   // bits of enum option_id
    unsigned keeps;                     // bits of enum keeps
    enum exit_code (*run)(const struct command *command, const struct arguments *arguments);
};

#define OPTION_FIELDS (OPTION_BIT(OPTION_TEXT_FIELD) | OPTION_BIT(OPTION_TITLE_FIELD) | OPTION_BIT(OPTION_DATE_FIELD) | \
    OPTION_BIT(OPTION_URL_FIELD))
#define OPTION_BIT(id) (UINT64_C(1) << (id))

// ---- options.c ----------------------------------------------------------------------------------------------------
const struct option *option_at(enum option_id id);
// Options may stand between operands; "--" ends them. Says what is wrong on standard error and returns EXIT_USAGE,
// else EXIT_OK.
enum exit_code arguments_parse(const struct command *command, int argc, char **argv, struct output *out,
                               struct arguments *ret_arguments);
void arguments_finish(struct arguments *arguments);
bool is_day(const char *text);      // YYYY-MM-DD

// ---- output.c -----------------------------------------------------------------------------------------------------
// After the first failure nothing more is written. A reader that closed its end is no failure: the command ends
// quietly.
int output_sink(void *output, const char *bytes, size_t len);   // a karar_sink over a struct output
void output_text(struct output *output, const char *text);
bool output_flush(struct output *output);   // false: no more output can be written
// Flushes at the end; `code`, or what the output's failure calls for. Says on standard error what failed.
enum exit_code output_close(struct output *output, enum exit_code code);
bool output_colour(const struct arguments *arguments);  // --color, NO_COLOR, whether a terminal reads
uint32_t output_width(void);        // columns to wrap text at

// "karar: FILE: message (byte N)" on standard error, safe for a terminal. `where` NULL: no file.
__attribute__((format(printf, 2, 3)))
void complain(const char *where, const char *format, ...);
void complain_error(const char *where, const karar_error *error);
enum exit_code complain_usage(const struct command *command);   // how it is called; returns EXIT_USAGE
// The exit code of a failure of the library.
enum exit_code exit_code_of(karar_status status);

// ---- commands -----------------------------------------------------------------------------------------------------
extern const struct command command_read, command_code, command_why, command_pack, command_help, command_version;
extern const struct command command_watch, command_serve, command_user, command_add, command_rebuild, command_verify,
    command_backup, command_decide, command_undo;
extern const struct command command_bodies, command_sessions, command_instruments, command_commitments, command_people, command_show,
    command_search, command_documents, command_brief, command_idle, command_diff, command_calendar, command_decisions, command_agreement,
    command_differences, command_export, command_import;
const struct command *command_find(const char *name);   // NULL if there is none
const struct command *command_at(int index);            // NULL past the end
void help_command(struct output *out, const struct command *command);
void help_program(struct output *out);

// ---- inputs.c -----------------------------------------------------------------------------------------------------
// All files that the operands name, in the arena. *ret_many: a folder, or several. False after complaining if memory
// ran out; what else goes wrong is told and noted in *worst.
bool inputs_list(struct arena *arena, const struct arguments *arguments, path_vec *paths, bool *ret_many,
                 enum exit_code *worst);

// ---- register.c ---------------------------------------------------------------------------------------------------
// The register of --register, else of KARAR_REGISTER, else karar.db; NULL after complaining, with *ret_code set.
karar_register *register_open(const struct arguments *arguments, bool create, enum exit_code *ret_code);
const char *register_path(const struct arguments *arguments);
const char *register_author(const struct arguments *arguments);    // --author, else the login name
karar_table table_format(const struct arguments *arguments);

// ---- password.c ---------------------------------------------------------------------------------------------------
#define PASSWORD_ROOM 1200      // bytes
// A line of standard input, or, where that is a terminal, what is typed there twice without being shown. False after complaining.
bool password_read(const char *prompt, char ret_password[PASSWORD_ROOM]);

// ---- cmd_ask.c ----------------------------------------------------------------------------------------------------
// The question to the register that the command's name is.
enum exit_code ask(const struct command *command, const struct arguments *arguments);

// ---- reports.c ----------------------------------------------------------------------------------------------------
// An engine with the packs that were asked for; NULL after complaining, with *ret_code set.
karar_engine *engine_open(const struct arguments *arguments, enum exit_code *ret_code);
// As many as threads are to read (--jobs, else a thread a processor); how many there are in the end, which the caller frees.
#define ENGINES_MAX 256
uint32_t engines_open(const struct arguments *arguments, karar_engine *engines[ENGINES_MAX], enum exit_code *ret_code);
// A karar_progress that shows itself on a terminal.
void reports_progress(void *user, uint64_t done, uint64_t count);
// Every report of a file ("-": standard input), as the arguments say; what cannot be read is told and noted in *ret_code. `visit`
// returns false to stop.
typedef bool (*report_visitor)(void *user, const karar_report *report, const char *path);
void reports_each(karar_engine *engine, const char *path, const struct arguments *arguments, report_visitor visit, void *user,
                  enum exit_code *ret_code);
// The first report of a file ("-": standard input) as the arguments say; NULL after complaining, with *ret_code set.
karar_report *report_open(karar_engine *engine, const char *path, const struct arguments *arguments,
                          enum exit_code *ret_code);

#endif
