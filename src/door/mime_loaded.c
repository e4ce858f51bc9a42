// SPDX-License-Identifier: MIT
// GMime loaded when it is first asked for, of the program: it is linked with this file, so that the linker leaves out the library's.
//
// The table, and what became of the loading, are kept for the life of the process: the library is never unloaded. Where it is not
// installed, everything but mail is read as before.
#include "door/mime.h"

#include <dlfcn.h>
#include <stdbool.h>

const struct mime *mime(void)
{
    static struct { struct mime calls; bool tried, all; } loaded;
    if (loaded.tried)
        return loaded.all ? &loaded.calls : NULL;
    void *library = dlopen("libgmime-3.0.so.0", RTLD_NOW | RTLD_LOCAL);
    bool all = library != NULL;
#define FIND(name) all = all && (*(void **)&loaded.calls.name = dlsym(library, #name)) != NULL;
    MIME_CALLS(FIND)
#undef FIND
    loaded.all = all;
    loaded.tried = true;
    return all ? &loaded.calls : NULL;
}
