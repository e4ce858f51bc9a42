// SPDX-License-Identifier: MIT
// What the commands of the register share: which file, who, which format.
//
// The file is that of --register, else of the environment, else karar.db here. Only `karar add` makes one; every other command says how
// to make it. The author is the login name unless told.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

const char *register_path(const struct arguments *arguments)
{
    const char *path = arguments->value[OPTION_REGISTER];
    if (!path)
        path = getenv("KARAR_REGISTER");
    return path && *path ? path : "karar.db";
}

const char *register_author(const struct arguments *arguments)
{
    const char *author = arguments->value[OPTION_AUTHOR];
    if (!author || !*author)
        author = getenv("LOGNAME");
    if (!author || !*author)
        author = getenv("USER");
    return author && *author ? author : "unknown";
}

karar_table table_format(const struct arguments *arguments)
{
    const char *format = arguments->value[OPTION_TABLE];
    if (!format || strcmp(format, "text") == 0)
        return KARAR_TABLE_TEXT;
    if (strcmp(format, "json") == 0)
        return KARAR_TABLE_JSON;
    return strcmp(format, "csv") == 0 ? KARAR_TABLE_CSV : KARAR_TABLE_CALENDAR;
}

karar_register *register_open(const struct arguments *arguments, bool create, enum exit_code *ret_code)
{
    karar_register *reg = NULL;
    karar_error error;
    const char *path = register_path(arguments);
    if (!create && access(path, F_OK) != 0) {
        complain(path, "no register there: `karar add REPORTS` makes one, --register FILE names another");
        *ret_code = EXIT_INPUT;
        return NULL;
    }
    karar_status status = karar_register_open(path, create, &reg, &error);
    if (status) {
        complain_error(path, &error);
        *ret_code = status == KARAR_NO_MEMORY ? EXIT_FAILED : EXIT_INPUT;
        return NULL;
    }
    if (karar_register_copy(reg))
        complain(path, "brought to the version of this program; as it was before: %s. `karar rebuild` reads the reports again",
                karar_register_copy(reg));
    return reg;
}
