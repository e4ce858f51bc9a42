// SPDX-License-Identifier: MIT
// Who asks, and whether they may: the only place where a request is held against the role of its route.
//
// A register without users has a token: 128 random bits, printed with the address, kept by the browser as a cookie that no script reads
// and no other site sends. Whoever shows it may do all. Any program of any user of this machine can open a port on loopback, so that alone
// keeps nobody out; nor does it stop a page elsewhere whose name is made to lead here. Such a page's requests have another host's cookies,
// and so not this one.
//
// A register with users knows browsers by their session and programs by their user's key; feeds, which keep no cookie, by a key in the
// address that opens nothing else.
#include "serve/access.h"

#include "serve/page.h"
#include "serve/template.h"
#include "serve/text.h"
#include "users/secret.h"

enum status access_start(struct server *server, struct error *reterr_error)
{
    bool made = secret_make(server->token, TOKEN_LENGTH);
    return made ? STATUS_OK : error_set(reterr_error, STATUS_IO, "the system gives no random numbers");
}

const char *access_cookie_name(const struct server *server)
{
    return server->proxy[0] ? "__Host-karar" : "karar";     // a browser takes __Host- over TLS alone, and from nobody but this host
}

struct slice access_cookie(const struct request *request, const char *secret)
{
    const struct server *server = request->server;
    return arena_format(request->arena, "%s=%s; HttpOnly; SameSite=%s; Path=/%s%s", access_cookie_name(server), secret,
                        server->users ? "Lax" : "Strict", server->proxy[0] ? "; Secure" : "", *secret ? "" : "; Max-Age=0");
}

// The address that was asked for, without the token.
static struct slice without_token(const struct request *request)
{
    struct slice location = template_encoded(request->arena, request->path, true);
    char separator = '?';
    for (uint32_t i = 0; i < request->query.count; i++) {
        const struct parameter *parameter = &request->query.at[i];
        if (slice_is(parameter->name, "token"))
            continue;
        location = arena_format(request->arena, "%s%c%s=%s", location.at, separator,
                                template_encoded(request->arena, parameter->name, false).at,
                                template_encoded(request->arena, parameter->value, false).at);
        separator = '&';
    }
    return slice_starts(location, SLICE("//")) ? SLICE("/") : location;     // "//host" would leave this server
}

static struct slice bearer(const struct request *request)
{
    struct slice told = request_header(request, "Authorization");
    static const char scheme[] = "Bearer ";
    return slice_starts(told, SLICE(scheme)) ? slice_trim(slice_make(told.at + strlen(scheme), told.len - strlen(scheme))) : SLICE("");
}

// ---- who asks -------------------------------------------------------------------------------------------------------------
static struct visitor holder_of_token(const struct request *request, enum route_access access)
{
    struct slice token = slice_from(request->server->token), cookie = request_cookie(request, access_cookie_name(request->server));
    bool in_address = access == ACCESS_FEED || access == ACCESS_API;
    bool known = (access >= ACCESS_API && text_same_secret(bearer(request), token)) ||
                 (access != ACCESS_BEARER && text_same_secret(cookie, token)) ||
                 (in_address && text_same_secret(request_query(request, "token"), token));
    return known ? (struct visitor){.role = ROLE_KEEPER, .secret = token, .feed_key = token} : (struct visitor){.role = ROLE_ANYBODY};
}

static struct visitor user_of(const struct request *request, enum route_access access)
{
    struct users *users = request->server->users;
    struct slice cookie = request_cookie(request, access_cookie_name(request->server));
    struct user_found found;
    bool known = access >= ACCESS_API && users_find(users, PROOF_PROGRAM, bearer(request), &found);
    known = known || (access != ACCESS_BEARER && users_find(users, PROOF_SESSION, cookie, &found));
    known = known || (access == ACCESS_FEED && users_find(users, PROOF_FEED, request_query(request, "token"), &found));
    struct visitor visitor = {.role = ROLE_ANYBODY, .secret = cookie.len == SECRET_LENGTH ? cookie : SLICE("")};
    if (known) {
        visitor.role = found.role;
        visitor.name = arena_copy(request->arena, slice_from(found.name));
        visitor.feed_key = arena_copy(request->arena, slice_from(found.feed_key));
    }
    return visitor;
}

// ---- whether they may -----------------------------------------------------------------------------------------------------
static void refuse(struct request *request, struct answer *answer)
{
    if (!request->server->users)
        answer_error(request, answer, 403);
    else if (request->visitor.role == ROLE_ANYBODY)
        answer_error(request, answer, 401);
    else
        answer_error_as(request, answer, 403, "error.role");
}

bool access_allows(struct request *request, struct answer *answer, enum route_access access, enum role role)
{
    bool has_users = request->server->users != NULL;
    request->visitor = has_users ? user_of(request, access) : holder_of_token(request, access);
    struct slice shown = request_query(request, "token"), token = slice_from(request->server->token);
    if (!has_users && access == ACCESS_KNOWN && role > ROLE_ANYBODY && shown.len && text_same_secret(shown, token)) {
        answer_redirect(answer, without_token(request));
        answer->cookie = access_cookie(request, request->server->token);
        return false;
    }
    if (role != ROLE_UNDECLARED && request->visitor.role >= role)
        return true;
    refuse(request, answer);
    return false;
}
