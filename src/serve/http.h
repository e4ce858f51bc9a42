// SPDX-License-Identifier: MIT
// Between the HTTP library and the handlers: collects a request, has it answered, sends the answer.
#ifndef KARAR_SERVE_HTTP_H
#define KARAR_SERVE_HTTP_H

#include "serve/server.h"

// Listens; the threads answer until http_stop. Sets server->address but for the token.
enum status http_start(struct server *server, const char *address, uint16_t port, struct error *reterr_error);
void http_stop(struct server *server);

#endif
