// SPDX-License-Identifier: MIT
// karar user: who may use `karar serve` over a register, in which role.
//
// Accounts stand in a file of their own beside the register (src/users). A running server sees every change at once, but for the first
// user: with one there, it asks for names and passwords instead of a token from its next start on.
#include <string.h>
#include <unistd.h>

#include "base/emit.h"
#include "cli/cli.h"
#include "users/users.h"

#define LIST_MAX ((size_t)16 << 20)

static const struct user_actor command_line = {.address = {NULL, 0}};
static const struct {
    const char *name;
    enum user_change change;
} changes[] = {{"disable", USER_DISABLE}, {"enable", USER_ENABLE}, {"end", USER_END_SESSIONS}, {"remove", USER_REMOVE}};

struct list {
    struct buf text;
    struct json json;
    bool is_json;
    int rows;
};

static void take_user(void *user, int count, const char *const *names, const struct slice *values)
{
    struct list *list = user;
    list->rows++;
    if (list->is_json)
        emit_object(&list->json);
    for (int i = 0; i < count; i++) {
        if (list->is_json) {
            emit_key(&list->json, names[i]);
            if (values[i].at)
                emit_string(&list->json, values[i]);
            else
                emit_null(&list->json);
        } else {
            emit_plain(&list->text, values[i].at ? values[i] : SLICE("never"));
            buf_add_text(&list->text, i + 1 < count ? "  " : "\n");
        }
    }
    if (list->is_json)
        emit_object_end(&list->json);
}

static enum status show_list(struct users *users, const struct arguments *arguments, struct error *error)
{
    struct list list = {.is_json = table_format(arguments) == KARAR_TABLE_JSON};
    buf_init(&list.text, LIST_MAX);
    emit_init(&list.json, &list.text, false);
    if (list.is_json)
        emit_array(&list.json);
    else
        buf_add_text(&list.text, "name  role  made  signed in  key of programs  disabled  sessions\n");
    enum status status = users_list(users, SLICE(""), 0, -1, take_user, &list, error);
    if (list.is_json) {
        emit_array_end(&list.json);
        buf_add_char(&list.text, '\n');
    }
    if (!status && list.text.failed)
        status = error_set(error, list.text.failed, "no memory for the list");
    if (!status)
        output_sink(arguments->out, list.text.at, list.text.len);
    buf_finish(&list.text);
    return status;
}

static enum status list_nobody(const struct arguments *arguments)
{
    output_text(arguments->out, table_format(arguments) == KARAR_TABLE_JSON ? "[]\n" : "");
    return STATUS_OK;
}

static enum status with_password(struct users *users, struct slice name, const struct arguments *arguments, struct error *error,
                                 enum exit_code *code)
{
    char password[PASSWORD_ROOM] = "";
    enum status status = STATUS_OK;
    bool add = strcmp(arguments->operands[0], "add") == 0;
    if (!password_read("Password", password))
        *code = EXIT_USAGE;
    else if (add)
        status = users_add(users, name, role_from(slice_from(arguments->operands[2])), slice_from(password), command_line, error);
    else
        status = users_set_password(users, name, slice_from(password), command_line, error);
    explicit_bzero(password, sizeof password);
    return status;
}

static enum status run_action(struct users *users, const struct arguments *arguments, struct error *error, enum exit_code *code)
{
    const char *action = arguments->operands[0];
    struct slice name = slice_from(arguments->operands[1]);
    char key[SECRET_LENGTH + 1];
    if (strcmp(action, "list") == 0)
        return show_list(users, arguments, error);
    if (strcmp(action, "add") == 0 || strcmp(action, "password") == 0)
        return with_password(users, name, arguments, error, code);
    if (strcmp(action, "role") == 0)
        return users_set_role(users, name, role_from(slice_from(arguments->operands[2])), command_line, error);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        if (strcmp(action, changes[i].name) == 0)
            return users_change(users, name, changes[i].change, command_line, error);
    enum status status = users_make_key(users, name, key, error);
    if (!status) {
        output_text(arguments->out, key);
        output_text(arguments->out, "\n");
    }
    return status;
}

static const struct {
    const char *name;
    int operands;       // with the name
    bool makes;         // the file of users
} actions[] = {{"add", 3, true}, {"list", 1, false}, {"role", 3, false}, {"password", 2, false}, {"key", 2, false},
             {"disable", 2, false}, {"enable", 2, false}, {"end", 2, false}, {"remove", 2, false}};

static enum exit_code run_user(const struct command *command, const struct arguments *arguments)
{
    enum exit_code code = EXIT_OK;
    struct error error = {.byte = UINT64_MAX};
    struct users *users = NULL;
    size_t found = 0, count = sizeof actions / sizeof *actions;
    while (found < count && (arguments->operand_count < 1 || strcmp(arguments->operands[0], actions[found].name) != 0))
        found++;
    if (found == count || arguments->operand_count != actions[found].operands) {
        complain(NULL, "usage: karar %s %s; a password is typed or comes from standard input, never from the command line", command->name,
                 command->usage);
        return EXIT_USAGE;
    }
    if (arguments->operand_count == 3 && role_from(slice_from(arguments->operands[2])) == ROLE_UNDECLARED) {
        complain(NULL, "%s: a role is reader, reviewer or keeper", arguments->operands[2]);
        return EXIT_USAGE;
    }
    if (access(register_path(arguments), F_OK) != 0) {
        complain(register_path(arguments), "no register there: `karar add REPORTS` makes one, --register FILE names another");
        return EXIT_INPUT;
    }
    enum status status = users_open(register_path(arguments), actions[found].makes, &users, &error);
    if (status == STATUS_NOT_FOUND && arguments->operand_count > 1)
        error_set(&error, status, "this register has no users: `karar user add NAME ROLE` adds one");
    else if (status == STATUS_NOT_FOUND)
        status = list_nobody(arguments);
    else if (!status)
        status = run_action(users, arguments, &error, &code);
    users_close(users);
    if (status) {
        complain(arguments->operand_count > 1 ? arguments->operands[1] : NULL, "%s", error.text);
        code = status == STATUS_NOT_FOUND ? EXIT_NOTHING : status == STATUS_BAD_ARGUMENT ? EXIT_USAGE : EXIT_FAILED;
    }
    return code;
}

const struct command command_user = {
    .name = "user",
    .usage = "add NAME ROLE | list | role NAME ROLE | password NAME | key NAME | disable NAME | enable NAME | end NAME | remove NAME",
    .summary = "says who may use karar serve, and in which role",
    .about = "A reader reads; a reviewer adds reports and decides, too; a keeper also sees who signed in and takes\n"
             "copies. Passwords are typed, or come as the first line of standard input. key prints what the user's\n"
             "programs show to the server (Authorization: Bearer KEY), in the place of an earlier one. password ends\n"
             "every session and the key of that user; end, every session. A disabled user opens nothing until enable.\n"
             "Users stand in a file beside the register (karar.db.users).\n"
             "A register without users is served to whoever has the printed token, on this machine alone.\n",
    .examples = "  karar user add 'A. Clerk' reviewer               asks for a password\n"
                "  karar user add ismat keeper < password.txt\n"
                "  karar user role 'A. Clerk' keeper\n"
                "  karar user list --format json\n",
    .options = OPTION_BIT(OPTION_REGISTER) | OPTION_BIT(OPTION_TABLE) | OPTION_BIT(OPTION_HELP),
    .run = run_user,
};
