// SPDX-License-Identifier: MIT
// karar why: on what one claim of a record rests. The report is read again; ids are stable, so the claim's id from
// `karar read` names the same claim. Prints the claim, the words of the report, and the rules and lexicon entries
// that made it, each with the line of the pack where it can be changed.
//
// With an id of the register alone: which reports were taken to speak of that thing, by what, and at which distance.
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

static enum exit_code run_why(const struct command *command, const struct arguments *arguments)
{
    enum exit_code code = EXIT_OK;
    karar_error error;
    if (arguments->operand_count == 1 && strchr(arguments->operands[0], '/') && access(arguments->operands[0], F_OK) != 0)
        return ask(command, arguments);
    if (arguments->operand_count != 2)
        return complain_usage(command);
    karar_engine *engine = engine_open(arguments, &code);
    karar_report *report = engine ? report_open(engine, arguments->operands[0], arguments, &code) : NULL;
    if (report) {
        karar_status status = karar_report_why(report, arguments->operands[1], output_sink, arguments->out, &error);
        if (status && output_flush(arguments->out)) {
            complain_error(arguments->operands[0], &error);
            code = status == KARAR_NOT_FOUND ? EXIT_NOTHING : EXIT_FAILED;
        }
    }
    karar_report_free(report);
    karar_engine_free(engine);
    return code;
}

const struct command command_why = {
    .name = "why",
    .usage = "FILE CLAIM|WORDS  or  ID",
    .summary = "tells why a claim of a report's record was made, or why some words became none",
    .about = "CLAIM is an id of the record: m1 (meeting), i1 (instrument), c1 (commitment), p1 (person), b1\n"
             "(body), or a party's code such as PAK. Rules and lexicon entries are named with the file and line\n"
             "of the pack.\n"
             "WORDS are words of the report: for each place where they stand, how far the reading followed them\n"
             "(page furniture, lexicon, mention, rule, claim) and what in the pack would take them further. Spell\n"
             "them as the report does; case does not matter.\n"
             "ID is an id of the register (a session, instrument, thread, person, body or claim): which reports\n"
             "were taken to speak of it, by what, how far they lie, and what people decided.\n",
    .examples = "  karar why report.txt c3\n"
                "  karar why report.txt 'steel mill'\n"
                "  karar why --date 2025-11-28 report.txt m1\n"
                "  karar why PAK-RUS/freight-train --register pak-rus.db\n",
    .options = OPTION_BIT(OPTION_LANG) | OPTION_BIT(OPTION_DATE) | OPTION_BIT(OPTION_PACK) | OPTION_BIT(OPTION_REGISTER) |
        OPTION_BIT(OPTION_TABLE) | OPTION_BIT(OPTION_LIMIT) | OPTION_BIT(OPTION_COLOR) | OPTION_BIT(OPTION_HELP),
    .keeps = KEEPS_REGISTER,
    .run = run_why,
};
