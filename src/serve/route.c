// SPDX-License-Identifier: MIT
// The tables of addresses, one a file of handlers, tried in this order.
//
// A path that ends in "*" takes all that begins as it does. Pages of things (a pair, a session, a person) have their ids as
// addresses, which begin with a code in capitals, so that they never meet the names of other pages; their row comes last.
#include "serve/route.h"

static const struct route *const tables[] = {file_routes, api_routes, page_routes};

static bool fits(const struct route *route, struct slice place, struct slice *ret_argument)
{
    struct slice path = slice_from(route->path);
    *ret_argument = SLICE("");
    if (path.len == 0 || path.at[path.len - 1] != '*')
        return slice_eq(path, place);
    path.len--;
    if (!slice_starts(place, path))
        return false;
    *ret_argument = slice_make(place.at + path.len, place.len - path.len);
    return ret_argument->len > 0;
}

const struct route *route_find(enum route_area area, struct slice place, enum method method, struct slice *ret_argument, bool *ret_known)
{
    *ret_known = false;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        for (const struct route *route = tables[i]; route->path; route++) {
            if (route->area != area || !fits(route, place, ret_argument))
                continue;
            if (route->methods & method)
                return route;
            *ret_known = true;
        }
    }
    return NULL;
}
