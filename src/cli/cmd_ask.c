// SPDX-License-Identifier: MIT
// The questions to the register: each command is a row here and a statement of the register's questions.
//
// All print a table: text for a terminal, JSON or CSV. The last column of a row leads to the words it rests on: file, first and last byte.
// Nothing found is no failure of the question, but ends with 1, so that a script can tell.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

#define WORDS_MAX 4096
#define LANGUAGES_ROOM 32

// A number of --years or --limit; -1 after complaining.
static int64_t number_of(const struct arguments *arguments, enum option_id id, int64_t otherwise)
{
    const char *text = arguments->value[id];
    char *end = NULL;
    if (!text)
        return otherwise;
    long long value = strtoll(text, &end, 10);
    if (end == text || *end || value < 0 || value > 1000000) {
        complain(NULL, "--%s %s: a number is wanted", option_at(id)->name, text);
        return -1;
    }
    return value;
}

static bool join_words(const struct arguments *arguments, char words[WORDS_MAX])
{
    size_t len = 0;
    for (int i = 0; i < arguments->operand_count; i++) {
        size_t more = strlen(arguments->operands[i]);
        if (len + more + 2 > WORDS_MAX) {
            complain(NULL, "too many words to search for");
            return false;
        }
        if (i)
            words[len++] = ' ';
        memcpy(words + len, arguments->operands[i], more);
        len += more;
    }
    words[len] = '\0';
    return true;
}

// The reader's languages: that of --lang, or in text that of the terminal, then the program's own (meson.build). A table for programs is
// the same wherever it is made. NULL: none.
static const char *languages_of(const struct arguments *arguments, karar_table format, char room[LANGUAGES_ROOM])
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *tag = arguments->value[OPTION_READER];
    if (!tag && format != KARAR_TABLE_TEXT)
        return NULL;
    for (size_t i = 0; !tag && i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        tag = value && *value ? value : NULL;
    }
    size_t len = tag ? strcspn(tag, "_-.@ ,") : 0;  // "en_GB.UTF-8"; "C" is no language
    if (len < 2 || len > 8)
        len = 0;
    snprintf(room, LANGUAGES_ROOM, "%.*s%s" PROGRAM_LANGUAGE, (int)len, len ? tag : "", len ? " " : "");
    return room;
}

enum operand { OPERAND_PAIR, OPERAND_ID, OPERAND_WORDS };

// What stands behind each command's name. `limit`: rows that are shown without --limit, as many as a person looks through; 0: all that the
// library gives.
static const struct asked {
    const struct command *command;
    enum operand operand;
    bool needed;
    int64_t limit;
} asked_by[] = {
    {&command_bodies, OPERAND_PAIR, false, 500},
    {&command_sessions, OPERAND_PAIR, true, 1000},
    {&command_instruments, OPERAND_PAIR, false, 200},
    {&command_commitments, OPERAND_PAIR, false, 1000},
    {&command_people, OPERAND_PAIR, false, 200},
    {&command_show, OPERAND_ID, true, 500},
    {&command_search, OPERAND_WORDS, true, 100},
    {&command_documents, OPERAND_PAIR, false, 200},
    {&command_brief, OPERAND_PAIR, true, 0},
    {&command_idle, OPERAND_PAIR, false, 500},
    {&command_diff, OPERAND_ID, true, 1000},
    {&command_calendar, OPERAND_PAIR, false, 0},
    {&command_decisions, OPERAND_ID, false, 1000},
    {&command_agreement, OPERAND_ID, false, 1000},
    {&command_differences, OPERAND_ID, false, 1000},
    {&command_why, OPERAND_ID, true, 500},
};

static const struct asked *asked_of(const struct command *command)
{
    const struct asked *asked = asked_by;
    while (asked->command != command)
        asked++;
    return asked;
}

enum exit_code ask(const struct command *command, const struct arguments *arguments)
{
    const struct asked *asked = asked_of(command);
    enum operand operand = asked->operand;
    enum exit_code code = EXIT_OK;
    karar_error error;
    uint64_t rows = 0;
    char words[WORDS_MAX], languages[LANGUAGES_ROOM];
    if ((asked->needed && arguments->operand_count == 0) || (operand != OPERAND_WORDS && arguments->operand_count > 1))
        return complain_usage(command);
    const char *first = arguments->operand_count ? arguments->operands[0] : NULL;
    if (first && operand == OPERAND_PAIR && strchr(first, '/') && !strstr(command->usage, "BODY")) {
        complain(NULL, "%s: karar %s is asked of a pair alone: %.*s", first, command->name, (int)strcspn(first, "/"), first);
        return EXIT_USAGE;
    }
    if (arguments->value[OPTION_AS_OF] && !is_day(arguments->value[OPTION_AS_OF])) {
        complain(NULL, "--as-of %s: write the day as 2025-12-01", arguments->value[OPTION_AS_OF]);
        return EXIT_USAGE;
    }
    karar_question question = {
        .size = sizeof question, .name = command->name, .as_of = arguments->value[OPTION_AS_OF],
        .pair = operand == OPERAND_PAIR ? first : NULL, .id = operand == OPERAND_ID ? first : NULL,
        .words = operand == OPERAND_WORDS ? words : NULL, .years = number_of(arguments, OPTION_YEARS, 5),
        .limit = number_of(arguments, OPTION_LIMIT, asked->limit), .format = table_format(arguments),
        .colour = output_colour(arguments), .width = output_width(),
    };
    question.languages = languages_of(arguments, question.format, languages);
    if (question.years < 0 || question.limit < 0 || (operand == OPERAND_WORDS && !join_words(arguments, words)))
        return EXIT_USAGE;
    if (strcmp(command->name, "calendar") == 0 && !arguments->value[OPTION_TABLE])
        question.format = KARAR_TABLE_CALENDAR;
    if (question.format == KARAR_TABLE_CALENDAR && strcmp(command->name, "calendar") != 0) {
        complain(NULL, "--format ics: only karar calendar writes calendars");
        return EXIT_USAGE;
    }
    karar_register *reg = register_open(arguments, false, &code);
    if (!reg)
        return code;
    karar_status status = karar_register_ask(reg, &question, output_sink, arguments->out, &rows, &error);
    if (status) {
        if (output_flush(arguments->out))
            complain_error(register_path(arguments), &error);
        code = status == KARAR_BAD_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
    } else if (rows == 0) {
        if (question.format == KARAR_TABLE_TEXT)
            complain(NULL, "nothing found in %s", register_path(arguments));
        code = EXIT_NOTHING;
    } else if (question.limit > 0 && rows == (uint64_t)question.limit && !arguments->value[OPTION_LIMIT] && output_flush(arguments->out)) {
        complain(NULL, "%" PRIu64 " rows shown, there may be more: --limit N shows N", rows);
    }
    karar_register_close(reg);
    return code;
}

#define ASK_OPTIONS                                                                                                         \
    (OPTION_BIT(OPTION_REGISTER) | OPTION_BIT(OPTION_TABLE) | OPTION_BIT(OPTION_LIMIT) | OPTION_BIT(OPTION_COLOR) |         \
     OPTION_BIT(OPTION_HELP))
#define ASK_OPTIONS_DATED (ASK_OPTIONS | OPTION_BIT(OPTION_AS_OF))
#define ASK_OPTIONS_TOLD (ASK_OPTIONS_DATED | OPTION_BIT(OPTION_READER))

const struct command command_bodies = {
    .name = "bodies",
    .usage = "[PAIR|BODY]",
    .summary = "the bodies between governments: sessions, the last held, the next planned",
    .about = "PAIR is the parties' codes in the order of the alphabet: PAK-RUS.\n",
    .examples = "  karar bodies\n"
                "  karar bodies PAK-RUS\n",
    .options = ASK_OPTIONS_TOLD,
    .run = ask,
};

const struct command command_sessions = {
    .name = "sessions",
    .usage = "PAIR|BODY",
    .summary = "the sessions of a pair or body: number, status, date, place, co-chairs",
    .about = "Numbers that no report tells of are shown as \"not in register\", a run of them (number to until) on one line.\n"
             "A line \"disagree\" shows what sources say differently, \"machine\" what the reports say where people decided\n"
             "otherwise. Meetings, visits and calls without a number are asked for by their kind.\n",
    .examples = "  karar sessions PAK-RUS\n"
                "  karar sessions PAK-RUS/commission --format csv\n"
                "  karar sessions PAK-RUS/visit\n",
    .options = ASK_OPTIONS_TOLD,
    .run = ask,
};

const struct command command_instruments = {
    .name = "instruments",
    .usage = "[PAIR]",
    .summary = "agreements, memoranda, protocols …, with the firmest status that a report gives",
    .about = "",
    .examples = "  karar instruments PAK-RUS --as-of 2024-12-31\n",
    .options = ASK_OPTIONS_TOLD,
    .run = ask,
};

const struct command command_commitments = {
    .name = "commitments",
    .usage = "[PAIR]",
    .summary = "what was promised, thread by thread: last stance, deadline, how often it slipped, fate",
    .about = "Fate is no-evidence unless reports say more: moving, slipped, done, dropped.\n",
    .examples = "  karar commitments PAK-RUS\n"
                "  karar commitments PAK-RUS --as-of 2025-12-01 --format json\n",
    .options = ASK_OPTIONS_TOLD,
    .run = ask,
};

const struct command command_people = {
    .name = "people",
    .usage = "[PAIR|PARTY]",
    .summary = "who acts for whom: offices over time, and every way the name is written",
    .about = "",
    .examples = "  karar people PAK-RUS\n",
    .options = ASK_OPTIONS,
    .run = ask,
};

const struct command command_show = {
    .name = "show",
    .usage = "ID",
    .summary = "all that is said of a session, instrument, thread, person or document, in the order of time",
    .about = "",
    .examples = "  karar show PAK-RUS/commission/10\n"
                "  karar show PAK-RUS/freight-train\n",
    .options = ASK_OPTIONS_DATED,
    .run = ask,
};

const struct command command_search = {
    .name = "search",
    .usage = "WORDS…",
    .summary = "reports that hold all the words, in any script; codes (PAK, freight-train) are found, too",
    .about = "The last word may be the begin of a longer one.\n",
    .examples = "  karar search insulin Karachi\n",
    .options = ASK_OPTIONS,
    .run = ask,
};

const struct command command_documents = {
    .name = "documents",
    .usage = "[PAIR]",
    .summary = "the reports in the register",
    .about = "",
    .examples = "  karar documents PAK-RUS\n",
    .options = ASK_OPTIONS,
    .run = ask,
};

const struct command command_brief = {
    .name = "brief",
    .usage = "PAIR",
    .summary = "one page before a session: last sessions, what is open, what is past due, instruments, next session",
    .about = "Promises come first; what was only discussed or supported stands apart, shortened. A sentence is printed once:\n"
             "\"as under ID\" leads to it.\n",
    .examples = "  karar brief PAK-RUS\n"
                "  karar brief PAK-RUS --as-of 2025-12-01\n"
                "  karar brief PAK-RUS --lang ur\n",
    .options = ASK_OPTIONS_TOLD,
    .run = ask,
};

const struct command command_idle = {
    .name = "idle",
    .usage = "[PAIR|BODY]",
    .summary = "bodies that have not met for years",
    .about = "",
    .examples = "  karar idle --years 5\n",
    .options = ASK_OPTIONS_TOLD | OPTION_BIT(OPTION_YEARS),
    .run = ask,
};

const struct command command_diff = {
    .name = "diff",
    .usage = "DOCUMENT",
    .summary = "what a report added to the account: new, a new or an older status, or known already",
    .about = "DOCUMENT is its id or the path it was added from.\n",
    .examples = "  karar diff reports/today.txt\n",
    .options = ASK_OPTIONS,
    .run = ask,
};

const struct command command_calendar = {
    .name = "calendar",
    .usage = "[PAIR|BODY]",
    .summary = "the sessions as a calendar (iCalendar)",
    .about = "A session that was moved keeps its UID and has a higher SEQUENCE.\n",
    .examples = "  karar calendar PAK-RUS > sessions.ics\n",
    .options = ASK_OPTIONS_DATED,
    .run = ask,
};

const struct command command_decisions = {
    .name = "decisions",
    .usage = "[ID]",
    .summary = "people's decisions, in force and undone",
    .about = "",
    .examples = "  karar decisions\n",
    .options = ASK_OPTIONS,
    .run = ask,
};

const struct command command_agreement = {
    .name = "agreement",
    .usage = "",
    .summary = "how far two people agree who judged the same claims, field by field",
    .about = "raw is the share of equal values, kappa Cohen's: what is left of it when chance is taken away.\n",
    .examples = "  karar agreement\n",
    .options = ASK_OPTIONS,
    .run = ask,
};

const struct command command_differences = {
    .name = "differences",
    .usage = "",
    .summary = "claims that two people judged differently and nobody has settled",
    .about = "karar decide settle decides one of them.\n",
    .examples = "  karar differences\n",
    .options = ASK_OPTIONS,
    .run = ask,
};
