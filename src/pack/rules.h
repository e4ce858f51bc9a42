// SPDX-License-Identifier: MIT
// The frame rules of a pack: frames/<topic>.rules. Private to the pack room.
#ifndef KARAR_PACK_RULES_H
#define KARAR_PACK_RULES_H

#include "pack/form.h"

#define PACK_MAX_RULES 10000u
#define RULE_MAX_EXAMPLES 200u

// Reads one file. `ids` holds the ids of the pack's rules so far, so that none is given twice.
void rules_read(struct form_builder *builder, struct map *ids, const struct pack_file *file, uint16_t file_index, pack_fault_vec *faults);

#endif
