// SPDX-License-Identifier: MIT
// Starting and stopping: the register's handles first, then the token, then the socket; the other way round at the end.
//
// Nothing else runs here: the program that starts the server waits for its end and stops it.
// As many threads as twice the processors answer requests, each with a handle of its own: while one waits for the disk, another works.
#include "serve/serve.h"

#include <arpa/inet.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "serve/access.h"
#include "serve/adding.h"
#include "serve/bounds.h"
#include "serve/cache.h"
#include "serve/http.h"
#include "serve/reading.h"

#define LEAST_THREADS 4

// As inet_ntop writes it, to be compared with who connects.
static enum status read_proxy(struct server *server, const char *text, struct error *reterr_error)
{
    unsigned char bytes[sizeof(struct in6_addr)];
    for (int i = 0; i < 2; i++) {
        int family = i ? AF_INET6 : AF_INET;
        if (inet_pton(family, text, bytes) == 1 && inet_ntop(family, bytes, server->proxy, sizeof server->proxy))
            return STATUS_OK;
    }
    return error_set(reterr_error, STATUS_BAD_ARGUMENT, "--proxy %.80s is no IP address", text);
}

// A file of users without any is as none.
static enum status open_users(struct server *server, struct error *reterr_error)
{
    enum status status = users_open(server->register_path, false, &server->users, reterr_error);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    int64_t count = status ? 0 : users_count(server->users);
    if (!status && count < 0)
        return error_set(reterr_error, STATUS_IO, "the file of users cannot be read");
    if (count == 0) {
        users_close(server->users);
        server->users = NULL;
    }
    return status;
}

// SQLite counts all memory that it takes under one lock, unless it is told not to before it begins: a sixth of what pages cost. That is a
// setting of the whole process, which is the server's to make and never the library's.
void serve_prepare(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

enum status serve_start(const struct serve_options *options, struct server **ret_server, struct error *reterr_error)
{
    struct server *server = calloc(1, sizeof *server);
    if (!server)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory for the server");
    long threads = 2 * sysconf(_SC_NPROCESSORS_ONLN);
    server->threads = threads < LEAST_THREADS ? LEAST_THREADS : threads > MAX_THREADS ? MAX_THREADS : (int)threads;
    server->register_path = options->register_path;
    server->allow_private = options->allow_private;
    reading_start(&server->reading);
    server->cache = cache_new();
    enum status status = server->cache ? STATUS_OK : error_set(reterr_error, STATUS_NO_MEMORY, "no memory for the server");
    if (!status)
        status = pool_open(&server->pool, options->register_path, server->threads, reterr_error);
    if (!status)
        status = adding_start(server, reterr_error);
    if (!status)
        status = access_start(server, reterr_error);
    if (!status)
        status = open_users(server, reterr_error);
    if (!status && options->proxy)
        status = read_proxy(server, options->proxy, reterr_error);
    if (!status)
        status = bounds_start(&server->bounds, reterr_error);
    if (!status)
        adding_take_up(server);
    if (!status)
        status = http_start(server, options->address ? options->address : "127.0.0.1", options->port, reterr_error);
    if (status) {
        serve_stop(server);
        return status;
    }
    size_t used = strlen(server->address);
    if (!server->users)
        snprintf(server->address + used, sizeof server->address - used, "?token=%s", server->token);
    *ret_server = server;
    return STATUS_OK;
}

const char *serve_address(const struct server *server)
{
    return server->address;
}

void serve_stop(struct server *server)
{
    if (!server)
        return;
    http_stop(server);
    bounds_stop(server->bounds);
    adding_stop(server);
    reading_stop(&server->reading);
    pool_close(&server->pool);
    cache_free(server->cache);
    users_close(server->users);
    free(server);
}
