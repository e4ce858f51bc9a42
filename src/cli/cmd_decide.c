// SPDX-License-Identifier: MIT
// karar decide and undo: what people correct in the account. Decisions are kept for good, with author and reason, and hold through every
// rebuild; an undo is a decision of its own. What is wrong with a decision (no such id, no reason) is told before
// anything is stored.
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/slice.h"
#include "cli/cli.h"

// The decision's number: for people, or as a table of one row.
static void tell(const struct arguments *arguments, bool undone, int64_t number)
{
    char line[96];
    switch (table_format(arguments)) {
    case KARAR_TABLE_JSON:
        snprintf(line, sizeof line, "[{\"decision\": %" PRId64 "}]\n", number);
        break;
    case KARAR_TABLE_CSV:
        snprintf(line, sizeof line, "decision\r\n%" PRId64 "\r\n", number);
        break;
    default:
        snprintf(line, sizeof line, "decision %" PRId64 "%s\n", number, undone ? " undone" : "");
    }
    output_text(arguments->out, line);
}

static enum exit_code decide(const struct arguments *arguments, const char *action, const char *target)
{
    enum exit_code code = EXIT_OK;
    karar_error error;
    int64_t number = 0;
    const char *reason = arguments->value[OPTION_REASON], *nth = arguments->value[OPTION_NTH];
    if (!reason || !*reason) {
        complain(NULL, "--reason is wanted: whoever reads the account must know why");
        return EXIT_USAGE;
    }
    if (table_format(arguments) == KARAR_TABLE_CALENDAR) {
        complain(NULL, "--format ics: only karar calendar writes calendars");
        return EXIT_USAGE;
    }
    if (nth && (!slice_to_int(slice_from(nth), &number) || number < 1)) {
        complain(NULL, "--nth %s: a number from 1", nth);
        return EXIT_USAGE;
    }
    karar_decision decision = {
        .size = sizeof decision, .action = action, .target = target, .field = arguments->value[OPTION_FIELD],
        .value = arguments->value[OPTION_VALUE], .author = register_author(arguments), .reason = reason,
        .words = arguments->value[OPTION_WORDS], .nth = number,
    };
    // what is said of a report as a whole has it read again, and so has the undo of that
    const bool may_read = strcmp(action, "undo") == 0 || (strcmp(action, "edit") == 0 && !strchr(target, '/'));
    karar_engine *engine = may_read ? engine_open(arguments, &code) : NULL;
    karar_register *reg = code == EXIT_OK ? register_open(arguments, false, &code) : NULL;
    if (!reg) {
        karar_engine_free(engine);
        return code;
    }
    decision.engine = engine;
    karar_status status = karar_register_decide(reg, &decision, &number, &error);
    if (status) {
        complain_error(target, &error);
        code = status == KARAR_NOT_FOUND ? EXIT_NOTHING : status == KARAR_BAD_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
    } else {
        tell(arguments, strcmp(action, "undo") == 0, number);
    }
    karar_register_close(reg);
    karar_engine_free(engine);
    return code;
}

static enum exit_code run_decide(const struct command *command, const struct arguments *arguments)
{
    if (arguments->operand_count != 2 || strcmp(arguments->operands[0], "undo") == 0)
        return complain_usage(command);
    return decide(arguments, arguments->operands[0], arguments->operands[1]);
}

static enum exit_code run_undo(const struct command *command, const struct arguments *arguments)
{
    if (arguments->operand_count != 1)
        return complain_usage(command);
    return decide(arguments, "undo", arguments->operands[0]);
}

#define DECIDE_OPTIONS (OPTION_BIT(OPTION_REGISTER) | OPTION_BIT(OPTION_AUTHOR) | OPTION_BIT(OPTION_REASON) | OPTION_BIT(OPTION_TABLE) | \
                        OPTION_BIT(OPTION_HELP))

const struct command command_decide = {
    .name = "decide",
    .usage = "accept|reject|unsure|edit|add|merge|split|judge|settle ID --reason TEXT [--field NAME] [--value TEXT]",
    .summary = "corrects the account: accepts or rejects a claim, adds one, edits what is wrong, merges what is one",
    .about = "accept, reject, unsure: ID is a claim or person as karar show prints it (document/m1). accept of a\n"
             "document alone: it was read to its end, and what nobody has decided of it is right.\n"
             "add: ID is a document; --words the words of it that say so, --field meeting, instrument or commitment,\n"
             "--value its values, 'field=value; field=value': of a meeting type, status, parties, ordinal, date,\n"
             "place, chairs; of an instrument kind, status, parties, count, date, subject, sectors; of a commitment\n"
             "stance, parties, sectors, concepts, topic, deadline. edit of a claim takes the same, one by --field.\n"
             "edit: --field and --value say what is right: of a session status, date, place, chairs; of an\n"
             "instrument kind, status, date, count, subject, sectors; of a thread stance, topic, sectors, deadline,\n"
             "fate; of a person name, offices; of a body name; of a document date, publisher, language: it is read\n"
             "again with that, and all that is dated from it follows.\n"
             "merge: ID goes into the id of --value, now and for later reports; with --field NAME only where\n"
             "the body is written so. split takes all merges of ID back.\n"
             "judge: --value 'verdict=right', 'wrong' or 'unsure', and what else is right. It is kept back until a\n"
             "second person has judged the claim, and carried out where both say the same. settle takes the same\n"
             "and carries it out: where the two differ, or for one person alone.\n",
    .examples = "  karar decide edit PAK-RUS/commission/8 --field chairs --value 'Ayaz Sadiq' --reason 'he chaired'\n"
                "  karar decide merge PAK-RUS/train --value PAK-RUS/freight-train --reason 'the same train'\n"
                "  karar decide reject 3f2a9c01d4e5/c2 --reason 'said of another country'\n"
                "  karar decide edit 3f2a9c01d4e5/m1 --field ordinal --value 9 --reason 'a slip of the pen'\n"
                "  karar decide edit 3f2a9c01d4e5 --field date --value 2023-01-20 --reason 'the page has the day'\n"
                "  karar decide add 3f2a9c01d4e5 --words 'initialled a protocol' --field instrument \\\n"
                "    --value 'kind=protocol; status=agreed; parties=PAK RUS' --reason 'passed over'\n",
    .options = DECIDE_OPTIONS | OPTION_BIT(OPTION_FIELD) | OPTION_BIT(OPTION_VALUE) | OPTION_BIT(OPTION_WORDS) | OPTION_BIT(OPTION_NTH),
    .run = run_decide,
};

const struct command command_undo = {
    .name = "undo",
    .usage = "NUMBER --reason TEXT",
    .summary = "takes a decision back; both stay in the list of decisions",
    .about = "karar decisions lists the numbers.\n",
    .examples = "  karar undo 4 --reason 'the paper corrected itself'\n",
    .options = DECIDE_OPTIONS,
    .run = run_undo,
};
