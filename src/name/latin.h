// SPDX-License-Identifier: MIT
// Names in Latin letters, good enough to match a name across scripts.
#ifndef KARAR_NAME_LATIN_H
#define KARAR_NAME_LATIN_H

#include "doc/document.h"
#include "pack/pack.h"

#define LATIN_MAX 512  // bytes of a romanised name

// Romanises `name` by the pack's table into `out` (no NUL). Returns its length; 0 when the name has a letter that
// the table does not know, or does not fit: nothing is guessed.
size_t latin_write(const struct pack *pack, struct slice name, char out[LATIN_MAX]);
// The name in tokens [first, last), by the pack of its sentence.
size_t latin_name(const struct document *document, uint32_t first, uint32_t last, char out[LATIN_MAX]);

#endif
