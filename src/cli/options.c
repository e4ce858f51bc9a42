// SPDX-License-Identifier: MIT
// One table of options for all commands, which also gives the help its text. A command names the options it takes;
// the others are unknown to it.
//
// Layout: values are the strings of the command line, kept as they are; choices are checked here, everything else by
// the command that uses the value. A value follows as "--name value" or "--name=value". An option that is given
// twice keeps its last value, but for --pack, which adds up.
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static const char *const format_choices[] = {"text", "json", "jsonl", NULL};
static const char *const table_choices[] = {"text", "json", "csv", "ics", NULL};
static const char *const rows_choices[] = {"jsonl", "csv", "arrow", NULL};
static const char *const color_choices[] = {"auto", "always", "never", NULL};

static const struct option options[OPTION_COUNT] = {
    [OPTION_FORMAT] = {"format", "FORMAT", format_choices,
                       "text: a page to read (default); json: the record, several files as one array; "
                       "jsonl: a record a line"},
    [OPTION_TABLE] = {"format", "FORMAT", table_choices,
                      "text: for a terminal (default); json: an array of objects; csv: for spreadsheets; ics: a calendar "
                      "(of sessions alone)"},
    [OPTION_REGISTER] = {"register", "FILE", NULL,
                         "the register; without it KARAR_REGISTER of the environment, else karar.db in this folder"},
    [OPTION_AUTHOR] = {"author", "NAME", NULL, "who adds or decides; the login name when not given"},
    [OPTION_AS_OF] = {"as-of", "DAY", NULL, "as things stood on that day (YYYY-MM-DD): what was said later is left out"},
    [OPTION_YEARS] = {"years", "N", NULL, "years without a session; 5 when not given"},
    [OPTION_LIMIT] = {"limit", "N", NULL, "at most so many rows; 100 to 1000 when not given, by question"},
    [OPTION_FIELD] = {"field", "NAME", NULL,
                      "edit: status, date, place or chairs; merge: only where the body is written with this name"},
    [OPTION_VALUE] = {"value", "TEXT", NULL, "edit: the right value; merge: the id that takes the other in"},
    [OPTION_REASON] = {"reason", "TEXT", NULL, "why; kept with the decision"},
    [OPTION_LANG] = {"lang", "TAG", NULL, "language of the report (BCP 47); told from the text when not given"},
    [OPTION_DATE] = {"date", "EDTF", NULL,
                     "date of the report, such as 2025-11-28, for reports that do not carry their own"},
    [OPTION_PACK] = {"pack", "DIR", NULL,
                     "adds a language pack, or replaces the one of the same language; may be given more than once"},
    [OPTION_EXPLAIN] = {"explain", NULL, NULL,
                        "every layer of the reading instead of the record: paragraphs, words, mentions, frames"},
    [OPTION_COLOR] = {"color", "WHEN", color_choices,
                      "colours in text: auto (on a terminal, unless NO_COLOR is set), always or never"},
    [OPTION_TEXT_FIELD] = {"text-field", "NAME", NULL,
                           "JSON Lines and CSV: the field with the report; text, body, content and the like when not given"},
    [OPTION_TITLE_FIELD] = {"title-field", "NAME", NULL, "JSON Lines and CSV: the field with the title"},
    [OPTION_DATE_FIELD] = {"date-field", "NAME", NULL, "JSON Lines and CSV: the field with the date of the report"},
    [OPTION_URL_FIELD] = {"url-field", "NAME", NULL, "JSON Lines and CSV: the field with its address or id"},
    [OPTION_ROWS] = {"format", "FORMAT", rows_choices,
                     "jsonl: a record a line (default); csv: a claim a row; arrow: the same as an Arrow IPC stream"},
    [OPTION_LANGS] = {"lang", "TAGS", NULL, "only reports in these languages (BCP 47, joined by commas)"},
    [OPTION_JOBS] = {"jobs", "N", NULL, "threads that read; as many as there are processors when not given"},
    [OPTION_OUTPUT] = {"output", "FILE", NULL, "writes here instead of standard output, with FILE.state for --resume beside it"},
    [OPTION_ERRORS] = {"errors", "FILE", NULL, "what was left out, a JSON object a line; standard error when not given"},
    [OPTION_RESUME] = {"resume", NULL, NULL, "goes on where a run with the same inputs and options was ended"},
    [OPTION_SINCE] = {"since", "DAY", NULL, "only reports of that day (YYYY-MM-DD) or later, and those without a date"},
    [OPTION_PARTIES] = {"parties", "CODES", NULL, "only reports that name all of these parties, such as PAK-RUS"},
    [OPTION_REREAD] = {"reread", NULL, NULL, "also the reports whose record this very program made"},
    [OPTION_ALL] = {"all", NULL, NULL, "jsonl: also reports without any claim"},
    [OPTION_LIST] = {"list", "FILE", NULL, "further inputs, a path a line"},
    [OPTION_ONCE] = {"once", NULL, NULL, "looks at every feed once, and ends"},
    [OPTION_STATE] = {"state", "FILE", NULL, "what earlier runs have seen; the register's name with .watch when not given"},
    [OPTION_AS] = {"as", "FORMAT", NULL, "one of the formats below"},
    [OPTION_FROM] = {"since", "DAY", NULL, "only what happened, or where that is not known was said, on that day (YYYY-MM-DD) or later"},
    [OPTION_UNTIL] = {"until", "DAY", NULL, "only what happened, or else was said, until that day"},
    [OPTION_FOLDER] = {"output", "FOLDER", NULL, "writes all files of the format there (made if missing); without it the main file goes to "
                       "standard output"},
    [OPTION_REPLACE] = {"replace", NULL, NULL, "files of an earlier export are replaced; without it nothing is overwritten"},
    [OPTION_WORDS] = {"words", "TEXT", NULL, "add: the words of the report that say so, letter by letter, from one line"},
    [OPTION_NTH] = {"nth", "N", NULL, "add: which time, where the words stand there more than once; 1 is the first"},
    [OPTION_LISTEN] = {"listen", "ADDR", NULL, "IP address to listen on; 127.0.0.1 (this machine alone) when not given"},
    [OPTION_PORT] = {"port", "N", NULL, "port to listen on, 0: any that is free; 8080 when not given"},
    [OPTION_ALLOW_PRIVATE] = {"allow-private", NULL, NULL,
                              "reports may be fetched from addresses in private networks and of this machine"},
    [OPTION_PROXY] = {"proxy", "ADDR", NULL, "IP address of the proxy that speaks TLS: it alone may connect, and its X-Forwarded-For and "
                      "X-Forwarded-Proto are believed"},
    [OPTION_RECORDS] = {"records", "FILE", NULL, "instead of a register, records a line each, as karar read --format jsonl writes them; -: "
                        "standard input"},
    [OPTION_READER] = {"lang", "TAG", NULL, "your language: words are shown in it, else in the program's, where a report in it says the "
                       "same; in text without it that of LC_ALL, LC_MESSAGES or LANG"},
    [OPTION_HELP] = {"help", NULL, NULL, "this help"},
};

const struct option *option_at(enum option_id id)
{
    return &options[id];
}

// The option that "name" or "name=value" (behind the dashes) asks for, OPTION_COUNT if the command has none such.
static enum option_id find_option(const struct command *command, const char *text, size_t len)
{
    for (int id = 0; id < OPTION_COUNT; id++)
        if ((command->options >> id & 1) && strlen(options[id].name) == len && memcmp(options[id].name, text, len) == 0)
            return (enum option_id)id;
    return OPTION_COUNT;
}

static bool is_choice(const struct option *option, const char *value)
{
    for (const char *const *choice = option->choices; choice && *choice; choice++)
        if (strcmp(*choice, value) == 0)
            return true;
    return option->choices == NULL;
}

static int number_at(const char *digits, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++)
        number = number * 10 + (digits[i] - '0');
    return number;
}

bool is_day(const char *text)
{
    static const char shape[] = "0000-00-00";
    for (int i = 0; i < 10; i++)
        if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != '-')
            return false;
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = number_at(text, 4), month = number_at(text + 5, 2), day = number_at(text + 8, 2);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return text[10] == 0 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] + (leap && month == 2);
}

static enum exit_code usage_error(const struct command *command)
{
    complain(NULL, "usage: karar %s %s (karar %s --help tells more)", command->name, command->usage, command->name);
    return EXIT_USAGE;
}

static enum exit_code take_option(const struct command *command, int argc, char **argv, int *index,
                                  struct arguments *arguments)
{
    const char *text = argv[*index] + 2;
    size_t len = strcspn(text, "=");
    enum option_id id = find_option(command, text, len);
    if (id == OPTION_COUNT) {
        complain(NULL, "%s: no such option of karar %s", argv[*index], command->name);
        return usage_error(command);
    }
    const struct option *option = &options[id];
    const char *value = text[len] == '=' ? text + len + 1 : NULL;
    if (!option->argument && value) {
        complain(NULL, "--%s takes no value", option->name);
        return usage_error(command);
    }
    if (option->argument && !value) {
        if (*index + 1 == argc) {
            complain(NULL, "--%s needs a value: %s", option->name, option->argument);
            return usage_error(command);
        }
        value = argv[++*index];
    }
    if (option->argument && !is_choice(option, value)) {
        complain(NULL, "--%s %s: not one of its values (%s)", option->name, value, option->help);
        return usage_error(command);
    }
    arguments->value[id] = value ? value : "";
    if (id == OPTION_PACK)
        arguments->packs[arguments->pack_count++] = value;
    return EXIT_OK;
}

enum exit_code arguments_parse(const struct command *command, int argc, char **argv, struct output *out,
                               struct arguments *ret_arguments)
{
    struct arguments arguments = {.out = out};
    arguments.packs = calloc((size_t)argc + 1, sizeof *arguments.packs);
    arguments.operands = calloc((size_t)argc + 1, sizeof *arguments.operands);
    enum exit_code code = EXIT_OK;
    if (!arguments.packs || !arguments.operands) {
        complain(NULL, "no memory");
        code = EXIT_FAILED;
    }
    bool only_operands = false;
    for (int i = 0; !code && i < argc; i++) {
        if (only_operands || argv[i][0] != '-' || argv[i][1] == '\0') {
            arguments.operands[arguments.operand_count++] = argv[i];
        } else if (strcmp(argv[i], "--") == 0) {
            only_operands = true;
        } else if (strcmp(argv[i], "-h") == 0) {
            arguments.value[OPTION_HELP] = "";
        } else if (argv[i][1] != '-') {
            complain(NULL, "%s: no such option of karar %s", argv[i], command->name);
            code = usage_error(command);
        } else {
            code = take_option(command, argc, argv, &i, &arguments);
        }
    }
    if (!code && !*command->usage && arguments.operand_count && !arguments.value[OPTION_HELP]) {
        complain(NULL, "%s: karar %s takes no operand", arguments.operands[0], command->name);
        code = usage_error(command);
    }
    if (code) {
        arguments_finish(&arguments);
        return code;
    }
    *ret_arguments = arguments;
    return EXIT_OK;
}

void arguments_finish(struct arguments *arguments)
{
    free(arguments->packs);
    free(arguments->operands);
    *arguments = (struct arguments){.operand_count = 0};
}
