// SPDX-License-Identifier: MIT
// GMime loaded when it is first asked for, of the program: it is linked with this file, so that the linker leaves out the library's.
//
// The table, and what became of the loading, are kept for the life of the process: the library is never unloaded. Where it is not
// installed, everything but mail is read as before.
#include "door/mime.h"

const struct mime *mime(void)
{
    static const char *const names[] = {MIME_CALLS(LIBRARY_NAME)};
    static struct { struct mime calls; bool tried, all; } loaded;
    if (!loaded.tried)
        loaded.all = library_load("libgmime-3.0.so.0", names, sizeof names / sizeof *names, &loaded.calls);
    loaded.tried = true;
    return loaded.all ? &loaded.calls : NULL;
}
