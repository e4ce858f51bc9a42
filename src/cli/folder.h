// SPDX-License-Identifier: MIT
// Files that appear in a folder all at once or not at all. Private to the program.
#ifndef KARAR_CLI_FOLDER_H
#define KARAR_CLI_FOLDER_H

#include <stdio.h>

#include "cli/cli.h"

#define FOLDER_MEMORY ((size_t)256 << 20)   // for the names

struct folder {
    struct arena arena;
    const char *path;
    VEC(const char *) names;
    FILE *file;                 // being written; NULL: none
    bool failed;                // told on standard error
};

// Makes the folder where it is missing; false after complaining.
bool folder_open(struct folder *folder, const char *path);
// The next piece of the file of that name; a new name begins a new file. False after complaining.
bool folder_write(struct folder *folder, const char *name, const char *bytes, size_t len);
// Gives the files their names. Nothing is changed if one of them is there already and `replace` is false, or if something failed; then, and
// when `keep` is false, what was written is removed. False after complaining.
bool folder_close(struct folder *folder, bool keep, bool replace);

#endif
