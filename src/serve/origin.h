// SPDX-License-Identifier: MIT
// Who connects: this machine, others, a proxy that was named.
#ifndef KARAR_SERVE_ORIGIN_H
#define KARAR_SERVE_ORIGIN_H

#include "serve/microhttpd.h"

#include "serve/request.h"

// An MHD_AcceptPolicyCallback over a struct server: where a proxy was named, nobody else.
enum MHD_Result origin_let_in(void *server, const struct sockaddr *address, socklen_t len);
// Sets request->address and request->is_safe. Allocates in the request's arena.
void origin_learn(struct request *request);
bool origin_is_loopback(const struct sockaddr *address);

#endif
