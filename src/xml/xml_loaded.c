// SPDX-License-Identifier: MIT
// libxml2 loaded when it is first asked for, of the program: it is linked with this file, so that the linker leaves out the library's.
//
// The table, and what became of the loading, are kept for the life of the process: the library is never unloaded. Where it is not
// installed, everything but pages and feeds is read as before.
#include <pthread.h>

#include "xml/xml.h"

// The name that goes with the headers: from 2.14 on the structures that both sides share are others.
#if LIBXML_VERSION >= 21400
#define LIBRARY "libxml2.so.16"
#else
#define LIBRARY "libxml2.so.2"
#endif

struct loading {
    pthread_once_t once;
    struct xml calls;
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
    struct xml *calls = &loading()->calls;
    static const char *const names[] = {XML_CALLS(LIBRARY_NAME)};
    loading()->all = library_load(LIBRARY, names, sizeof names / sizeof *names, calls);
    if (loading()->all)
        calls->xmlInitParser();
}

const struct xml *xml(void)
{
    struct loading *here = loading();
    pthread_once(&here->once, load);
    return here->all ? &here->calls : NULL;
}
