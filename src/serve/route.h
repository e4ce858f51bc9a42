// SPDX-License-Identifier: MIT
// Which function answers which address.
#ifndef KARAR_SERVE_ROUTE_H
#define KARAR_SERVE_ROUTE_H

#include "serve/request.h"
#include "users/role.h"

typedef void (*route_handler)(struct request *request, struct answer *answer);

enum route_area {
    AREA_PAGES,     // behind the language: /en/…, the same address in all of them
    AREA_ROOT,      // without a language: /static/…, /api/…
};

// How somebody shows who they are.
enum route_access {
    ACCESS_KNOWN,   // by a cookie
    ACCESS_FEED,    // the same; the token may stand in the address of every request, as programs without cookies ask
    ACCESS_API,     // programs: the token as "Authorization: Bearer …", or as above
    ACCESS_BEARER,  // only so: what writes is sent by nobody's browser unasked
};

// A table ends with a row without a path. Rows are tried in their order, tables in that of route.c.
struct route {
    enum route_area area;
    const char *path;       // "search", or "document/" and "*": all that begins so; the rest becomes request->argument
    unsigned methods;       // bits of enum method
    route_handler run;
    size_t body;            // bytes that a request's body may have; 0: none
    enum route_access access;
    enum role role;         // who may: access.c alone holds requests against it; ROLE_UNDECLARED: nobody
};

// NULL if there is none; *ret_known: there is one for another method.
const struct route *route_find(enum route_area area, struct slice place, enum method method, struct slice *ret_argument, bool *ret_known);

// ---- the tables, one a file -----------------------------------------------------------------------------------------
extern const struct route page_routes[];    // pages.c: what one reads
extern const struct route file_routes[];    // files.c: /static/…
extern const struct route api_routes[];     // api.c: /api/v1/…

#endif
