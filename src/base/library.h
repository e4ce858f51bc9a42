// SPDX-License-Identifier: MIT
// A shared library that is loaded only when it is needed, so that a command which does without it does not pay for it at its start.
#ifndef KARAR_BASE_LIBRARY_H
#define KARAR_BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

// For a list of calls, X(name) each: the members of a struct of pointers to them (the library's own header gives their types), their names.
#define LIBRARY_POINTER(name) __typeof__(name) *name;
#define LIBRARY_NAME(name) #name,

// Loads `file` and puts the address of each of its functions into `table`, a struct of pointers in the order of `names`. False if the
// library is not installed or lacks one of them: then the table must not be used. It is never unloaded: its threads and what it keeps may
// outlive the last call.
bool library_load(const char *file, const char *const *names, size_t count, void *table);

#endif
