// SPDX-License-Identifier: MIT
// All functions are looked up at once, so that a library that lacks one is refused at the start and not in the middle of its work. What a
// library needs itself comes with it.
//
// Addresses are copied as bytes: C knows no way from the pointer that the loader gives to one of a function.
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

bool library_load(const char *file, const char *const *names, size_t count, void *table)
{
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    bool all = library != NULL;
    for (size_t i = 0; all && i < count; i++) {
        void *address = dlsym(library, names[i]);
        all = address != NULL;
        memcpy((char *)table + i * sizeof address, &address, sizeof address);
    }
    return all;
}
