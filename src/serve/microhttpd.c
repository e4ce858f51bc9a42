// SPDX-License-Identifier: MIT
// Loading libmicrohttpd with the first call, whatever thread makes it.
//
// It is never unloaded: its threads may still be on their way out when a server has been stopped. All functions are looked up at once,
// so that a library that lacks one is refused at the start and not in the middle of an answer.
#include "serve/microhttpd.h"

#include <pthread.h>

struct loading {
    pthread_once_t once;
    struct microhttpd calls;
    bool all;       // every function was found
};

// The one copy that a process has.
static struct loading *loading(void)
{
    static struct loading loading = {.once = PTHREAD_ONCE_INIT};
    return &loading;
}

static void load(void)
{
    static const char *const names[] = {MICROHTTPD_CALLS(LIBRARY_NAME)};
    loading()->all = library_load("libmicrohttpd.so.12", names, sizeof names / sizeof *names, &loading()->calls);
}

const struct microhttpd *microhttpd(void)
{
    struct loading *here = loading();
    pthread_once(&here->once, load);
    return here->all ? &here->calls : NULL;
}
