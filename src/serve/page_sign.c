// SPDX-License-Identifier: MIT
// Signing in and out, and a user's own account.
//
// Somebody who is not signed in has a random cookie, too, of which the form's key is made, so that no other site can sign a browser in as
// somebody else. It never becomes a session: whoever signs in gets a new one, and what was there before is worth nothing.
// An answer never says whether the name or the password was wrong.
#include "serve/access.h"
#include "serve/forms.h"
#include "serve/pages.h"
#include "users/secret.h"

static bool has_users(const struct request *request)
{
    return request->server->users != NULL;
}

// Where somebody goes on to who signs in here: the page that was asked for, if this is not the page to sign in.
static struct slice wanted(struct request *request)
{
    if (request->method != METHOD_GET)
        return request_form(request, "back");
    if (slice_is(request->place, "sign-in"))
        return request_query(request, "back");
    struct slice query = page_query(request);
    return arena_format(request->arena, "%s%.*s", request->path.at, (int)query.len, query.at ? query.at : "");
}

void page_ask_to_sign_in(struct request *request, struct answer *answer, const char *told)
{
    struct visitor *visitor = &request->visitor;
    if (visitor->role == ROLE_ANYBODY && !visitor->secret.len) {
        char *secret = arena_alloc(request->arena, SECRET_LENGTH + 1);
        if (!secret_make(secret, SECRET_LENGTH))
            arena_fail(request->arena, STATUS_IO);
        visitor->secret = slice_from(secret);
        answer->cookie = access_cookie(request, secret);
    }
    struct value *page = page_new(request);
    value_set(request->arena, page, "heading", page_word(request, "sign.title"));
    value_set_text(request->arena, page, "told", told);
    forms_offer(request, page);
    value_set(request->arena, page, "here", wanted(request));
    value_set(request->arena, page, "name", request_form(request, "name"));
    answer->status = answer->status ? answer->status : 401;
    answer->is_private = true;
    page_send(request, answer, page, "sign_in");
}

void page_sign_in(struct request *request, struct answer *answer)
{
    if (!has_users(request))
        return;
    answer->status = 200;
    page_ask_to_sign_in(request, answer, "");
}

// What came of an attempt; true: the cookie of the new session is set. Else *ret_told says why not.
static bool has_entered(struct request *request, struct answer *answer, enum sign_in result, const struct signed_in *done,
                        const char **ret_told)
{
    switch (result) {
    case SIGN_IN_DONE:
        answer->cookie = access_cookie(request, done->token);
        return true;
    case SIGN_IN_WRONG:
        answer->status = 401;
        *ret_told = page_word(request, "sign.wrong").at;
        return false;
    case SIGN_IN_WAIT:
    case SIGN_IN_BUSY:
        answer->status = result == SIGN_IN_WAIT ? 429 : 503;
        answer->retry = result == SIGN_IN_WAIT ? done->wait : 1;
        *ret_told = page_word(request, result == SIGN_IN_WAIT ? "sign.wait" : "sign.busy").at;
        return false;
    default:
        arena_fail(request->arena, STATUS_IO);
    }
}

// Nobody is told that a session is over when it is not.
static void sign_out(struct request *request)
{
    if (!users_sign_out(request->server->users, request->visitor.secret, request->address))
        arena_fail(request->arena, STATUS_IO);
}

void page_sign_in_sent(struct request *request, struct answer *answer)
{
    struct signed_in done;
    const char *told = "";
    if (!has_users(request) || !forms_genuine(request, answer))
        return;
    if (!request->is_safe) {
        answer->status = 403;
        page_ask_to_sign_in(request, answer, page_word(request, "sign.unsafe").at);
        return;
    }
    enum sign_in result = users_sign_in(request->server->users, request_form(request, "name"), request_form(request, "password"),
                                        request->address, &done);
    if (!has_entered(request, answer, result, &done, &told)) {
        page_ask_to_sign_in(request, answer, told);
        return;
    }
    if (request->visitor.role > ROLE_ANYBODY)      // who was signed in here before
        sign_out(request);
    forms_go_on(request, answer, arena_format(request->arena, "/%s/", request->language->tag));
}

void page_sign_out(struct request *request, struct answer *answer)
{
    if (!has_users(request) || !forms_genuine(request, answer))
        return;
    sign_out(request);
    answer->cookie = access_cookie(request, "");
    answer->forget = true;
    answer_redirect(answer, arena_format(request->arena, "/%s/sign-in", request->language->tag));
}

static void show_account(struct request *request, struct answer *answer, const char *told)
{
    struct value *page = page_new(request);
    value_set(request->arena, page, "heading", request->visitor.name);
    value_set_text(request->arena, page, "told", told);
    value_set_text(request->arena, page, "role", role_name(request->visitor.role));
    value_set(request->arena, page, "changed", request_query(request, "changed"));
    forms_offer(request, page);
    answer->is_private = true;
    page_send(request, answer, page, "account");
}

void page_account(struct request *request, struct answer *answer)
{
    if (has_users(request))
        show_account(request, answer, "");
}

void page_account_sent(struct request *request, struct answer *answer)
{
    struct signed_in done;
    struct error error = {.byte = UINT64_MAX};
    const char *told = "";
    if (!has_users(request) || !forms_genuine(request, answer))
        return;
    if (!request->is_safe) {
        answer->status = 403;
        show_account(request, answer, page_word(request, "sign.unsafe").at);
        return;
    }
    enum sign_in result = users_change_password(request->server->users, request->visitor.name, request_form(request, "old"),
                                                request_form(request, "new"), request->address, &done, &error);
    if (result == SIGN_IN_REFUSED) {
        answer->status = 422;
        told = ui_refusal(request->language, request->arena, slice_from(error.text));
    } else if (has_entered(request, answer, result, &done, &told)) {
        answer_redirect(answer, arena_format(request->arena, "/%s/account?changed=yes", request->language->tag));
        return;
    }
    show_account(request, answer, told);
}
