// SPDX-License-Identifier: MIT
// Reading whole files and folders. Paths are NUL-terminated, as the operating system wants them.
#ifndef KARAR_BASE_FILE_H
#define KARAR_BASE_FILE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"

// Reads at most `maximum` bytes of a file into malloc'ed memory (NUL behind); STATUS_LIMIT if the file is longer. path "-" is standard
// input. The caller frees *ret_bytes with free(). Works for pipes, too.
enum status file_read(const char *path, size_t maximum, char **ret_at, size_t *ret_len, struct error *reterr_error);

// Regular files under a folder, depth first, sorted by bytes; names starting with '.' are skipped; symbolic links to folders are not
// followed. Nesting over 64 is STATUS_LIMIT. Paths live in the arena.
typedef VEC(const char *) path_vec;
enum status file_list(struct arena *arena, const char *folder, path_vec *paths, struct error *reterr_error);

bool file_is_folder(const char *path);

#endif
