// SPDX-License-Identifier: MIT
// karar version: which karar this is and the languages whose packs it carries. The line is one a bug report can
// quote.
// It opens the engine, as only the engine knows which packs are inside.
#include "cli/cli.h"

static enum exit_code run_version(const struct command *command, const struct arguments *arguments)
{
    enum exit_code code = EXIT_OK;
    (void)command;
    karar_engine *engine = engine_open(arguments, &code);
    output_text(arguments->out, "karar ");
    output_text(arguments->out, karar_version());
    for (uint32_t i = 0; engine && karar_language(engine, i); i++) {
        output_text(arguments->out, i ? " " : " (");
        output_text(arguments->out, karar_language(engine, i));
    }
    output_text(arguments->out, engine && karar_language(engine, 0) ? ")\n" : "\n");
    karar_engine_free(engine);
    return code;
}

const struct command command_version = {
    .name = "version",
    .usage = "",
    .summary = "prints the version and the languages that can be read",
    .about = "Prints the version and, in brackets, the tags of the languages that can be read.\n",
    .examples = "  karar version\n",
    .options = OPTION_BIT(OPTION_PACK) | OPTION_BIT(OPTION_HELP),
    .run = run_version,
};
