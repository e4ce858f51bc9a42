// SPDX-License-Identifier: MIT
// Keepers see who may use the register, and change it: add users, give roles and passwords, end sessions, disable accounts.
//
// What the form asks for is the same for pages and API (keep_change_user). Who does it is told by the session alone; the file of users
// holds them to be a keeper still, and another than the one who is changed. Passwords come by an encrypted way or not at all, as when one
// signs in.
#include "serve/forms.h"
#include "serve/keep.h"
#include "serve/pages.h"

#define USER_ROWS 50

static const struct {
    const char *name;
    enum user_change change;
} changes[] = {{"disable", USER_DISABLE}, {"enable", USER_ENABLE}, {"end", USER_END_SESSIONS}};

enum status keep_change_user(struct request *request, struct error *reterr_error)
{
    struct users *users = request->server->users;
    struct slice action = request_form(request, "action"), name = slice_trim(request_form(request, "name"));
    struct slice role = request_form(request, "role"), password = request_form(request, "password");
    struct user_actor actor = {request->visitor.name, request->address};
    bool add = slice_is(action, "add"), set = slice_is(action, "password");
    if (!users)
        return error_set(reterr_error, STATUS_BAD_ARGUMENT, "this register has no users: `karar user add NAME ROLE` adds the first");
    if ((add || set) && !request->is_safe)
        return error_set(reterr_error, STATUS_BAD_ARGUMENT, "%s", page_word(request, "sign.unsafe").at);
    if (add)
        return users_add(users, name, role_from(role), password, actor, reterr_error);
    if (set)
        return users_set_password(users, name, password, actor, reterr_error);
    if (slice_is(action, "role"))
        return users_set_role(users, name, role_from(role), actor, reterr_error);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        if (slice_is(action, changes[i].name))
            return users_change(users, name, changes[i].change, actor, reterr_error);
    return error_set(reterr_error, STATUS_BAD_ARGUMENT, "an action is add, role, password, disable, enable or end");
}

static void offer_roles(struct request *request, struct value *page, struct slice now)
{
    for (enum role role = ROLE_READER; role <= ROLE_KEEPER; role++) {
        struct value *row = value_add(request->arena, value_list(request->arena, page, "roles"));
        value_set_text(request->arena, row, "each", role_name(role));
        value_set_text(request->arena, row, "now", slice_is(now, role_name(role)) ? "yes" : "");
    }
}

// "no" is not shown.
static void mark(struct request *request, struct value *rows)
{
    static const char *const columns[] = {"key", "disabled"};
    for (struct value *row = rows->first; row; row = row->next)
        for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
            value_set_text(request->arena, row, arena_format(request->arena, "has_%s", columns[i]).at,
                           slice_is(value_text(row, columns[i]), "yes") ? "yes" : "");
}

static void show_users(struct request *request, struct answer *answer, const char *told)
{
    struct value *page = page_new(request);
    int64_t skip = page_skipped(request, "skip");
    value_set(request->arena, page, "heading", page_word(request, "users.title"));
    struct value *rows = ask_users(request, page, "accounts", SLICE(""), skip, USER_ROWS + 1);
    page_turn(request, page, rows, USER_ROWS, "skip");
    mark(request, rows);
    value_set_text(request->arena, page, "has_users", request->server->users ? "yes" : "");
    value_set_text(request->arena, page, "told", told);
    value_set(request->arena, page, "typed", request_form(request, "name"));
    offer_roles(request, page, request_form(request, "role"));
    forms_offer(request, page);
    answer->is_private = true;
    page_send(request, answer, page, "users");
}

void page_users(struct request *request, struct answer *answer)
{
    show_users(request, answer, "");
}

static void show_user(struct request *request, struct answer *answer, struct slice name, const char *told)
{
    struct value *page = page_new(request), *rows = ask_users(request, value_object(request->arena), "rows", name, 0, 1);
    int64_t skip = page_skipped(request, "events");
    if (!rows->first)
        return;
    mark(request, rows);
    struct value *account = rows->first;
    name = value_text(account, "name");
    value_set(request->arena, page, "heading", name);
    account->key = "account";
    value_adopt(page, account);
    value_set_text(request->arena, page, "own", slice_eq(name, request->visitor.name) ? "yes" : "");
    value_set_text(request->arena, page, "told", told);
    value_set(request->arena, page, "changed", request_query(request, "changed"));
    offer_roles(request, page, value_text(account, "role"));
    page_turn(request, page, ask_events(request, page, "events", name, skip, USER_ROWS + 1), USER_ROWS, "events");
    forms_offer(request, page);
    answer->is_private = true;
    page_send(request, answer, page, "user");
}

void page_user(struct request *request, struct answer *answer)
{
    show_user(request, answer, request->argument, "");
}

void page_users_sent(struct request *request, struct answer *answer)
{
    struct error error = {.byte = UINT64_MAX};
    if (!forms_genuine(request, answer))
        return;
    struct slice name = slice_trim(request_form(request, "name"));
    enum status status = keep_change_user(request, &error);
    if (!status) {
        answer_redirect(answer, arena_format(request->arena, "/%s/users/%s?changed=yes", request->language->tag,
                                             template_encoded(request->arena, name, true).at));
        return;
    }
    if (status != STATUS_BAD_ARGUMENT && status != STATUS_NOT_FOUND)
        arena_fail(request->arena, status);
    const char *told = error.text, *unsafe = page_word(request, "sign.unsafe").at;
    told = strcmp(told, unsafe) == 0 ? unsafe : ui_refusal(request->language, request->arena, slice_from(told));
    answer->status = 422;
    if (slice_is(request_form(request, "action"), "add"))
        show_users(request, answer, told);
    else
        show_user(request, answer, name, told);
    if (!answer->body.len)
        answer->status = 0;     // there is no such user
}
