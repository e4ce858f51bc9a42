// SPDX-License-Identifier: MIT
// The token: 128 random bits, printed with the address, kept by the browser as a cookie that no script reads and no other site sends.
//
// Any program of any user of this machine can open a port on loopback, so that alone keeps nobody out; nor does it stop a page elsewhere
// whose name is made to lead here. Such a page's requests have another host's cookies, and so not this one.
#include "serve/access.h"

#include <sys/random.h>

#include "serve/template.h"
#include "serve/text.h"

#define COOKIE "karar"

enum status access_start(struct server *server, struct error *reterr_error)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char bytes[TOKEN_LENGTH / 2];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return error_set(reterr_error, STATUS_IO, "the system gives no random numbers");
    for (size_t i = 0; i < sizeof bytes; i++) {
        server->token[2 * i] = hex[bytes[i] >> 4];
        server->token[2 * i + 1] = hex[bytes[i] & 15];
    }
    return STATUS_OK;
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

static bool has_bearer(const struct request *request, struct slice token)
{
    struct slice told = request_header(request, "Authorization");
    static const char scheme[] = "Bearer ";
    return slice_starts(told, SLICE(scheme)) &&
           text_same_secret(slice_trim(slice_make(told.at + strlen(scheme), told.len - strlen(scheme))), token);
}

bool access_allows(struct request *request, struct answer *answer, enum route_access access, enum role role)
{
    if (role == ROLE_ANYBODY)
        return true;
    if (role == ROLE_UNDECLARED) {
        answer_error(request, answer, 403);
        return false;
    }
    struct slice token = slice_from(request->server->token), shown = request_query(request, "token");
    bool is_shown = shown.len && text_same_secret(shown, token);
    if (access >= ACCESS_API && has_bearer(request, token))
        return true;
    if (access == ACCESS_BEARER) {
        answer_error(request, answer, 403);
        return false;
    }
    if (is_shown && (access == ACCESS_FEED || access == ACCESS_API))
        return true;
    if (is_shown) {
        answer_redirect(answer, without_token(request));
        answer->cookie = arena_format(request->arena, COOKIE "=%s; HttpOnly; SameSite=Strict; Path=/", request->server->token);
        return false;
    }
    if (text_same_secret(request_cookie(request, COOKIE), token))
        return true;
    answer_error(request, answer, 403);
    return false;
}
