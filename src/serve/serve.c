// SPDX-License-Identifier: MIT
// Starting and stopping: the register's handles first, then the token, then the socket; the other way round at the end.
//
// Nothing else runs here: the program that starts the server waits for its end and stops it.
// As many threads as twice the processors answer requests, each with a handle of its own: while one waits for the disk, another works.
#include "serve/serve.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "serve/access.h"
#include "serve/adding.h"
#include "serve/cache.h"
#include "serve/http.h"
#include "serve/reading.h"

#define LEAST_THREADS 4

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
        status = http_start(server, options->address ? options->address : "127.0.0.1", options->port, reterr_error);
    if (status) {
        serve_stop(server);
        return status;
    }
    size_t used = strlen(server->address);
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
    adding_stop(server);
    reading_stop(&server->reading);
    pool_close(&server->pool);
    cache_free(server->cache);
    free(server);
}
