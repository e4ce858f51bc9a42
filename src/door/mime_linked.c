// SPDX-License-Identifier: MIT
// GMime as the linker finds it: of libkarar, the Python package and the tests.
//
// Who uses the library is linked with it anyway, and a package of Python brings it along under another name, by which nobody could ask
// for it later.
#include "door/mime.h"

const struct mime *mime(void)
{
    static const struct mime linked = {
#define LINKED(name) .name = name,
        MIME_CALLS(LINKED)
#undef LINKED
    };
    return &linked;
}
