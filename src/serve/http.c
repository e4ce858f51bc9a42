// SPDX-License-Identifier: MIT
// libmicrohttpd: one listening socket, as many threads as there are handles of the register, each with its own connections. They wait by
// poll(): in 0.9.75 a connection that waits by epoll and sent what cannot be answered hangs until it times out.
//
// The library calls `take` at least twice for a request: when its head is there, for each piece of its body, and when it is whole. What is
// gathered meanwhile is a struct exchange, freed by `forget`. An answer is made in memory before any of it is sent: a slow reader holds
// nothing but its bytes. Limits: heads by the connection's memory, bodies by their route, connections by number, silence by time.
#include "serve/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "serve/answer.h"
#include "serve/text.h"

#define HEAD_BYTES ((size_t)32 << 10)   // of a request, with its address
#define MAX_CONNECTIONS 4096u
#define SILENCE_SECONDS 30u

struct exchange {
    struct arena arena;
    struct request request;
    struct answer answer;
    struct buf body;
    size_t body_limit;
    bool bad, too_large;
};

struct slice request_header(const struct request *request, const char *name)
{
    return slice_from(request->connection ? MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name) : NULL);
}

// ---- gathering ------------------------------------------------------------------------------------------------------------
static enum MHD_Result take_parameter(void *user, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct exchange *exchange = user;
    (void)kind;
    struct parameter parameter = {slice_from(name), slice_from(value ? value : "")};
    if (exchange->request.query.count == MAX_PARAMETERS || !text_is_clean(parameter.name) || !text_is_clean(parameter.value)) {
        exchange->bad = true;
        return MHD_NO;
    }
    vec_push(&exchange->arena, &exchange->request.query, parameter);
    return MHD_YES;
}

static struct exchange *begin(struct server *server, struct MHD_Connection *connection, const char *path, const char *method)
{
    struct exchange *exchange = calloc(1, sizeof *exchange);
    if (!exchange)
        return NULL;
    struct request *request = &exchange->request;
    arena_init(&exchange->arena, NULL, MAX_REQUEST_MEMORY);
    *request = (struct request){.arena = &exchange->arena, .server = server, .connection = connection};
    buf_init(&request->rows, MAX_ANSWER);
    buf_init(&exchange->answer.body, MAX_ANSWER);
    if (ARENA_CATCH(&exchange->arena)) {
        exchange->bad = true;
        return exchange;
    }
    bool get = strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
    request->method = get ? METHOD_GET : strcmp(method, MHD_HTTP_METHOD_POST) == 0 ? METHOD_POST : 0;
    request->path = arena_copy(&exchange->arena, slice_from(path));
    exchange->bad = !text_is_clean(request->path) || request->path.len == 0 || request->path.at[0] != '/';
    if (exchange->bad)
        request->path = SLICE("/");
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, take_parameter, exchange);
    exchange->body_limit = answer_body_limit(request);
    buf_init(&exchange->body, exchange->body_limit ? exchange->body_limit : 1);
    int64_t told = 0;
    if (slice_to_int(request_header(request, "Content-Length"), &told) && told > (int64_t)exchange->body_limit)
        exchange->too_large = true;
    return exchange;
}

static void forget(void *user, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code)
{
    struct exchange *exchange = *state;
    (void)user, (void)connection, (void)code;
    if (!exchange)
        return;
    buf_finish(&exchange->answer.body);
    buf_finish(&exchange->body);
    buf_finish(&exchange->request.rows);
    arena_finish(&exchange->arena);
    free(exchange);
    *state = NULL;
}

// ---- sending --------------------------------------------------------------------------------------------------------------
static void add_header(struct MHD_Response *response, struct arena *arena, const char *name, struct slice value)
{
    if (value.len)
        MHD_add_response_header(response, name, arena_copy(arena, value).at);
}

static void add_headers(struct MHD_Response *response, struct exchange *exchange)
{
    static const char policy[] =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'";
    const struct answer *answer = &exchange->answer;
    struct arena *arena = &exchange->arena;
    add_header(response, arena, "Content-Type", slice_from(answer->type));
    add_header(response, arena, "Location", answer->location);
    add_header(response, arena, "Set-Cookie", answer->cookie);
    add_header(response, arena, "ETag", answer->is_private ? SLICE("") : answer->tag);
    add_header(response, arena, "Allow", answer->allow);
    add_header(response, arena, "Cache-Control", answer->is_private ? SLICE("no-store") : SLICE("private, no-cache"));
    add_header(response, arena, "Content-Security-Policy", SLICE(policy));
    add_header(response, arena, "X-Content-Type-Options", SLICE("nosniff"));
    add_header(response, arena, "Referrer-Policy", SLICE("same-origin"));
    add_header(response, arena, "Cross-Origin-Opener-Policy", SLICE("same-origin"));
    add_header(response, arena, "Cross-Origin-Resource-Policy", SLICE("same-origin"));
    if (answer->file_name.len)
        add_header(response, arena, "Content-Disposition",
                   arena_format(arena, "attachment; filename=\"%.*s\"", (int)answer->file_name.len, answer->file_name.at));
}

static enum MHD_Result send_answer(struct MHD_Connection *connection, struct exchange *exchange)
{
    struct answer *answer = &exchange->answer;
    struct MHD_Response *response = MHD_create_response_from_buffer(answer->body.len, answer->body.at, MHD_RESPMEM_MUST_FREE);
    if (!response)
        return MHD_NO;
    answer->body = (struct buf){0};     // the response's now
    enum status unwound = ARENA_CATCH(&exchange->arena);
    if (!unwound)
        add_headers(response, exchange);
    enum MHD_Result result = unwound ? MHD_NO : MHD_queue_response(connection, answer->status, response);
    MHD_destroy_response(response);
    return result;
}

static void answer_exchange(struct exchange *exchange)
{
    struct request *request = &exchange->request;
    request->reg = pool_take(&request->server->pool);
    request->body = buf_slice(&exchange->body);
    if (exchange->bad) {
        if (!request->language)
            request->language = ui_accepted(SLICE(""));
        answer_error(request, &exchange->answer, 400);
    } else {
        answer_request(request, &exchange->answer, exchange->too_large);
    }
    pool_give(&request->server->pool, request->reg);
    request->reg = NULL;
}

static enum MHD_Result take(void *user, struct MHD_Connection *connection, const char *path, const char *method, const char *version,
                            const char *piece, size_t *piece_len, void **state)
{
    struct exchange *exchange = *state;
    (void)version;
    if (!exchange) {
        *state = exchange = begin(user, connection, path, method);
        if (!exchange)
            return MHD_NO;
        if (!exchange->too_large)
            return MHD_YES;
    } else if (*piece_len) {
        buf_add(&exchange->body, slice_make(piece, *piece_len));
        exchange->too_large = exchange->body.failed != STATUS_OK;
        *piece_len = 0;
        return MHD_YES;
    }
    answer_exchange(exchange);
    return send_answer(connection, exchange);
}

// ---- listening ------------------------------------------------------------------------------------------------------------
// Idle connections cost a descriptor each.
static void raise_descriptors(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

enum status http_start(struct server *server, const char *address, uint16_t port, struct error *reterr_error)
{
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE, .ai_socktype = SOCK_STREAM}, *found = NULL;
    char service[8];
    snprintf(service, sizeof service, "%u", (unsigned)port);
    if (getaddrinfo(address, service, &hints, &found) != 0)
        return error_set(reterr_error, STATUS_BAD_ARGUMENT, "%.80s is no IP address to listen on", address);
    raise_descriptors();
    bool six = found->ai_family == AF_INET6;
    server->daemon = MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD | (six ? MHD_USE_IPv6 : 0u), port, NULL, NULL, take, server, MHD_OPTION_SOCK_ADDR, found->ai_addr,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)server->threads, MHD_OPTION_CONNECTION_LIMIT, MAX_CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, SILENCE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEAD_BYTES, MHD_OPTION_NOTIFY_COMPLETED, forget,
        NULL, MHD_OPTION_END);
    freeaddrinfo(found);
    if (!server->daemon)
        return error_set(reterr_error, STATUS_IO, "cannot listen on %.80s port %u: it is in use, not this machine's, or not allowed",
                         address, (unsigned)port);
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    snprintf(server->address, sizeof server->address, "http://%s%s%s:%u/", six ? "[" : "", address, six ? "]" : "",
             info ? (unsigned)info->port : (unsigned)port);
    return STATUS_OK;
}

void http_stop(struct server *server)
{
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    server->daemon = NULL;
}
