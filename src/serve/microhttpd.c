// SPDX-License-Identifier: MIT
// Loading libmicrohttpd with the first call, whatever thread makes it.
//
// It is never unloaded: its threads may still be on their way out when a server has been stopped. All functions are looked up at once,
// so that a library that lacks one is refused at the start and not in the middle of an answer.
#include "serve/microhttpd.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

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
    struct microhttpd *calls = &loading()->calls;
    void *library = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
    bool all = library != NULL;
#define FIND(name) all = all && (*(void **)&calls->name = dlsym(library, #name)) != NULL;
    MICROHTTPD_CALLS(FIND)
#undef FIND
    loading()->all = all;
}

const struct microhttpd *microhttpd(void)
{
    struct loading *here = loading();
    pthread_once(&here->once, load);
    return here->all ? &here->calls : NULL;
}
