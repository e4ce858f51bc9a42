// SPDX-License-Identifier: MIT
// Who asks and what they may: users with roles, or, where a register has none, whoever has shown the token that is printed at the start.
#ifndef KARAR_SERVE_ACCESS_H
#define KARAR_SERVE_ACCESS_H

#include "serve/route.h"

// Makes the server's token.
enum status access_start(struct server *server, struct error *reterr_error);
// Sets request->visitor. True if the request may go on; else *answer is filled: 401 with the page to sign in, 403, or, where the address
// has the right token, the cookie that stands for it and the same address without it.
bool access_allows(struct request *request, struct answer *answer, enum route_access access, enum role role);

const char *access_cookie_name(const struct server *server);
// Set-Cookie for this secret; "": the browser forgets it.
struct slice access_cookie(const struct request *request, const char *secret);

#endif
