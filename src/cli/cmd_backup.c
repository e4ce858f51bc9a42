// SPDX-License-Identifier: MIT
// karar backup: a copy of the register, and of its users if it has any, while others go on.
//
// The copy is a register like the one it was made of: every command reads it, `karar verify` holds it against the reports in it.
// Users come first: should the register's copy fail, no copy of a register stands there that looks whole and lacks them.
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "users/users.h"

static enum status copy_users(const struct arguments *arguments, const char *to, bool *ret_copied, struct error *error)
{
    struct users *users = NULL;
    char path[4096];
    int len = snprintf(path, sizeof path, "%s" USERS_ENDING, to);
    if (len < 0 || (size_t)len >= sizeof path)
        return error_set(error, STATUS_LIMIT, "the path is too long");
    enum status status = users_open(register_path(arguments), false, &users, error);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (!status)
        status = users_backup(users, path, error);
    *ret_copied = status == STATUS_OK;
    users_close(users);
    return status;
}

static void forget_users(const char *to)
{
    char path[4096];
    snprintf(path, sizeof path, "%s" USERS_ENDING, to);
    unlink(path);
}

static enum exit_code run_backup(const struct command *command, const struct arguments *arguments)
{
    enum exit_code code = EXIT_OK;
    struct error error = {.byte = UINT64_MAX};
    karar_error fault;
    bool copied = false;
    if (arguments->operand_count != 1)
        return complain_usage(command);
    const char *to = arguments->operands[0];
    if (access(to, F_OK) == 0) {
        complain(to, "a file of this name is there already; nothing was changed");
        return EXIT_USAGE;
    }
    karar_register *reg = register_open(arguments, false, &code);
    if (!reg)
        return code;
    if (copy_users(arguments, to, &copied, &error)) {
        complain(to, "%s", error.text);
        code = EXIT_FAILED;
    } else if (karar_register_backup(reg, to, &fault)) {
        complain_error(to, &fault);
        code = EXIT_FAILED;
        if (copied)
            forget_users(to);
    }
    karar_register_close(reg);
    return code;
}

const struct command command_backup = {
    .name = "backup",
    .usage = "FILE",
    .summary = "copies the register while others go on",
    .about = "The copy is of one moment, and a register like the one it was made of. Users, if there are any, are\n"
             "copied to FILE.users; they are in no copy that the server hands out. Nothing is ever overwritten.\n"
             "To go back to it: end karar serve and karar watch, move the copy to where the register was.\n",
    .examples = "  karar backup /backup/karar-$(date +%F).db\n"
                "  karar backup copy.db && karar verify --register copy.db\n",
    .options = OPTION_BIT(OPTION_REGISTER) | OPTION_BIT(OPTION_HELP),
    .run = run_backup,
};
