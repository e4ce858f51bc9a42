// SPDX-License-Identifier: MIT
// What an address holds, fetched as src/watch does it: http and https alone, within limits of time and size, no private networks.
#ifndef KARAR_SERVE_FETCH_H
#define KARAR_SERVE_FETCH_H

#include "base/buf.h"

#define FETCH_MAX_BODY ((size_t)16 << 20)   // bytes, unpacked
#define FETCH_MAX_REDIRECTS 5
#define FETCH_SECONDS 90                    // with all redirects

struct fetch_options {
    bool allow_private;
    int stop;                   // a descriptor that can be read as soon as the server ends
};
struct fetched {
    struct buf body;
    char charset[64];           // "" not told
    char *url;                  // that answered, behind all redirects
};

// STATUS_BAD_ARGUMENT: no address that may be asked; STATUS_IO: no answer, or none with a document; reterr_error says which. The caller
// frees what came by fetched_finish in any case.
enum status fetch(const struct fetch_options *options, struct slice address, struct fetched *ret_fetched, struct error *reterr_error);
void fetched_finish(struct fetched *fetched);

#endif
