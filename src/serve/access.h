// SPDX-License-Identifier: MIT
// Who may ask. So far: whoever has shown the token that is printed at the start.
#ifndef KARAR_SERVE_ACCESS_H
#define KARAR_SERVE_ACCESS_H

#include "serve/route.h"

// Makes the server's token.
enum status access_start(struct server *server, struct error *reterr_error);
// True if the request may go on; else *answer is filled: the page that asks for the printed address, or, where the address has the right
// token, the cookie that stands for it and the same address without it.
bool access_allows(struct request *request, struct answer *answer, enum route_access access, enum role role);

#endif
