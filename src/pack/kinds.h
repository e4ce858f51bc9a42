// SPDX-License-Identifier: MIT
// The lexicon tables of a pack, kind by kind. Private to the pack room.
#ifndef KARAR_PACK_KINDS_H
#define KARAR_PACK_KINDS_H

#include "pack/form.h"

#define PACK_MAX_LEXEMES 200000u

// The kind whose table has this stem ("states"); LEXICON_KIND_COUNT if there is none, or if it is no table (triggers).
enum lexicon_kind kind_find(struct slice stem);
// Stems of all tables, comma-separated, for messages.
const char *kind_names(void);
// Reads one table. `file_index` is the file's place in pack.files.
void kind_read(struct form_builder *builder, enum lexicon_kind kind, const struct pack_file *file, uint16_t file_index,
               pack_fault_vec *faults);

#endif
