// SPDX-License-Identifier: MIT
// libxml2 as the linker finds it: of libkarar, the Python package and the tests.
//
// Who uses the library is linked with it anyway, and a package of Python brings it along under another name, by which nobody could ask
// for it later.
#include <pthread.h>

#include "xml/xml.h"

static void set_up(void)
{
    xmlInitParser();
}

const struct xml *xml(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    static const struct xml linked = {
#define LINKED(name) .name = name,
        XML_CALLS(LINKED)
#undef LINKED
    };
    pthread_once(&once, set_up);
    return &linked;
}
