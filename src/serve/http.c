// SPDX-License-Identifier: MIT
// libmicrohttpd: one listening socket, as many threads as there are handles of the register, each with its own connections. They wait by
// poll(): in 0.9.75 a connection that waits by epoll and sent what cannot be answered hangs until it times out.
//
// The library calls `take` at least twice for a request: when its head is there, for each piece of its body, and when it is whole. What is
// gathered meanwhile is a struct exchange, freed by `forget`. An answer is made in memory before any of it is sent: a slow reader holds
// nothing but its bytes. Limits: heads by the connection's memory, bodies by their route, connections by number, silence by time, heads,
// bodies and answers by the whole of their time (bounds.c).
#include "serve/http.h"

#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "serve/answer.h"
#include "serve/bounds.h"
#include "serve/microhttpd.h"
#include "serve/origin.h"
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
    return slice_from(request->connection ? microhttpd()->MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name) : NULL);
}

// ---- parts of a form ------------------------------------------------------------------------------------------------------
// The library cuts a body of multipart/form-data into pieces. Their bytes are gathered in the request's buffer, which cannot unwind out of
// it; what they are is noted by offsets, and named in the arena when all is there.
#define PART_BUFFER 1024        // bytes, for names and the ends of parts
#define MAX_PARTS MAX_PARAMETERS

struct part {
    size_t name_len, file_len, value_len;   // name, file name, value stand one behind the other
    bool is_file;
};
struct cutting {
    struct buf *bytes;
    struct part parts[MAX_PARTS];
    size_t count;
    bool too_many;
};

// A part may begin with a piece of nothing, and then with its first bytes.
static bool goes_on(const struct cutting *cutting, struct slice name, struct slice file)
{
    const struct part *last = cutting->count ? &cutting->parts[cutting->count - 1] : NULL;
    if (!last || last->value_len || last->name_len != name.len || last->file_len != file.len)
        return false;
    const char *begin = cutting->bytes->at + cutting->bytes->len - name.len - file.len;
    return slice_eq(slice_make(begin, name.len), name) && slice_eq(slice_make(begin + name.len, file.len), file);
}

static enum MHD_Result take_piece(void *user, enum MHD_ValueKind kind, const char *name, const char *file, const char *type,
                                  const char *encoding, const char *at, uint64_t offset, size_t len)
{
    struct cutting *cutting = user;
    (void)kind, (void)type, (void)encoding;
    if (offset == 0 && !goes_on(cutting, slice_from(name ? name : ""), slice_from(file ? file : ""))) {
        if (cutting->count == MAX_PARTS) {
            cutting->too_many = true;
            return MHD_NO;
        }
        struct slice key = slice_from(name ? name : ""), told = slice_from(file ? file : "");
        cutting->parts[cutting->count++] = (struct part){key.len, told.len, 0, file != NULL};
        buf_add(cutting->bytes, key);
        buf_add(cutting->bytes, told);
    }
    buf_add(cutting->bytes, slice_make(at, len));
    if (cutting->count)
        cutting->parts[cutting->count - 1].value_len += len;
    return cutting->bytes->failed ? MHD_NO : MHD_YES;
}

// "C:\\folder\\name" as some browsers send it, and "folder/name" of a folder that was chosen.
static struct slice without_folders(struct slice name)
{
    for (size_t i = name.len; i > 0; i--)
        if (name.at[i - 1] == '/' || name.at[i - 1] == '\\')
            return slice_make(name.at + i, name.len - i);
    return name;
}

static bool name_parts(struct request *request, const struct cutting *cutting)
{
    struct slice all = arena_copy(request->arena, buf_slice(&request->rows));
    size_t at = 0;
    for (size_t i = 0; i < cutting->count; i++) {
        const struct part *part = &cutting->parts[i];
        struct slice name = slice_make(all.at + at, part->name_len), file = slice_make(name.at + name.len, part->file_len);
        struct slice value = slice_make(file.at + file.len, part->value_len);
        at += part->name_len + part->file_len + part->value_len;
        if (!text_is_clean(name) || (!part->is_file && !text_is_clean(value)))
            return false;
        if (!part->is_file)
            vec_push(request->arena, &request->form, ((struct parameter){name, value}));
        else if (value.len)     // an empty one: nothing was chosen
            vec_push(request->arena, &request->uploads,
                     ((struct upload){name, text_is_clean(file) ? without_folders(file) : SLICE(""), value}));
    }
    return true;
}

bool request_parse_parts(struct request *request)
{
    struct cutting *cutting = ARENA_NEW(request->arena, struct cutting);
    cutting->bytes = &request->rows;
    buf_clear(cutting->bytes);
    struct MHD_PostProcessor *cutter = microhttpd()->MHD_create_post_processor(request->connection, PART_BUFFER, take_piece, cutting);
    if (!cutter)
        return false;
    bool cut = microhttpd()->MHD_post_process(cutter, request->body.at ? request->body.at : "", request->body.len) == MHD_YES;
    bool whole = microhttpd()->MHD_destroy_post_processor(cutter) == MHD_YES;
    return cut && whole && !cutting->too_many && !cutting->bytes->failed && name_parts(request, cutting);
}

// ---- connections -----------------------------------------------------------------------------------------------------------
static struct bound *bound_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = microhttpd()->MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void notice(void *user, struct MHD_Connection *connection, void **context, enum MHD_ConnectionNotificationCode code)
{
    struct server *server = user;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = microhttpd()->MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *context = info ? bounds_add(server->bounds, info->connect_fd) : NULL;
    } else {
        bounds_remove(server->bounds, *context);
        *context = NULL;
    }
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
    origin_learn(request);
    exchange->bad = !text_is_clean(request->path) || request->path.len == 0 || request->path.at[0] != '/';
    if (exchange->bad)
        request->path = SLICE("/");
    microhttpd()->MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, take_parameter, exchange);
    exchange->body_limit = answer_body_limit(request);
    buf_init(&exchange->body, exchange->body_limit ? exchange->body_limit : 1);
    int64_t told = 0;
    if (slice_to_int(request_header(request, "Content-Length"), &told) && told > (int64_t)exchange->body_limit)
        exchange->too_large = true;
    bounds_set(server->bounds, bound_of(connection), bounds_for_bytes(exchange->body_limit));
    return exchange;
}

static void forget(void *user, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code)
{
    struct exchange *exchange = *state;
    struct server *server = user;
    (void)code;
    bounds_set(server->bounds, bound_of(connection), BOUNDS_WAIT_SECONDS + BOUNDS_HEAD_SECONDS);
    if (!exchange)
        return;
    if (exchange->answer.file_size)
        close(exchange->answer.file);
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
        microhttpd()->MHD_add_response_header(response, name, arena_copy(arena, value).at);
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
    if (answer->forget)
        add_header(response, arena, "Clear-Site-Data", SLICE("\"cache\""));
    if (answer->retry)
        add_header(response, arena, "Retry-After", arena_format(arena, "%lld", (long long)answer->retry));
    if (answer->status == 401)
        add_header(response, arena, "WWW-Authenticate", SLICE("Bearer realm=\"karar\""));
    add_header(response, arena, "Cache-Control",
               answer->is_private ? SLICE("no-store")
               : answer->lasts    ? SLICE("public, max-age=31536000, immutable")
                                  : SLICE("private, no-cache"));
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
    uint64_t size = answer->file_size ? answer->file_size : answer->body.len;
    bool is_file = answer->file_size != 0;
    struct MHD_Response *response =
        is_file ? microhttpd()->MHD_create_response_from_fd64(size, answer->file)
                : microhttpd()->MHD_create_response_from_buffer(answer->body.len, answer->body.at, MHD_RESPMEM_MUST_FREE);
    if (!response)
        return MHD_NO;
    answer->file_size = 0;              // the response's now, as the body is
    if (!is_file)
        answer->body = (struct buf){0};
    bounds_set(exchange->request.server->bounds, bound_of(connection), bounds_for_bytes(size));
    enum status unwound = ARENA_CATCH(&exchange->arena);
    if (!unwound)
        add_headers(response, exchange);
    enum MHD_Result result = unwound ? MHD_NO : microhttpd()->MHD_queue_response(connection, answer->status, response);
    microhttpd()->MHD_destroy_response(response);
    return result;
}

static void answer_exchange(struct exchange *exchange)
{
    struct request *request = &exchange->request;
    bounds_set(request->server->bounds, bound_of(request->connection), BOUNDS_NEVER);
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
    if (!microhttpd())
        return error_set(reterr_error, STATUS_NOT_FOUND, "libmicrohttpd is not installed: the package is libmicrohttpd12");
    snprintf(service, sizeof service, "%u", (unsigned)port);
    if (getaddrinfo(address, service, &hints, &found) != 0)
        return error_set(reterr_error, STATUS_BAD_ARGUMENT, "%.80s is no IP address to listen on", address);
    raise_descriptors();
    bool six = found->ai_family == AF_INET6;
    if (!origin_is_loopback(found->ai_addr) && !(server->users && server->proxy[0])) {
        freeaddrinfo(found);
        return error_set(reterr_error, STATUS_BAD_ARGUMENT, "--listen %.80s: others reach this address, and %s", address,
                         server->users ? "passwords need TLS: name the proxy that speaks it (--proxy ADDR)"
                                       : "this register has no users: `karar user add NAME ROLE` adds them");
    }
    server->daemon = microhttpd()->MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD | (six ? MHD_USE_IPv6 : 0u), port, origin_let_in, server, take, server,
        MHD_OPTION_SOCK_ADDR, found->ai_addr,
        MHD_OPTION_NOTIFY_CONNECTION, notice, server,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)server->threads, MHD_OPTION_CONNECTION_LIMIT, MAX_CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, SILENCE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEAD_BYTES, MHD_OPTION_NOTIFY_COMPLETED, forget,
        server, MHD_OPTION_END);
    freeaddrinfo(found);
    if (!server->daemon)
        return error_set(reterr_error, STATUS_IO, "cannot listen on %.80s port %u: it is in use, not this machine's, or not allowed",
                         address, (unsigned)port);
    const union MHD_DaemonInfo *info = microhttpd()->MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    snprintf(server->address, sizeof server->address, "http://%s%s%s:%u/", six ? "[" : "", address, six ? "]" : "",
             info ? (unsigned)info->port : (unsigned)port);
    return STATUS_OK;
}

void http_stop(struct server *server)
{
    if (server->daemon)
        microhttpd()->MHD_stop_daemon(server->daemon);
    server->daemon = NULL;
}
