// SPDX-License-Identifier: MIT
// pack.conf. Private to the pack room.
#ifndef KARAR_PACK_CONFIG_H
#define KARAR_PACK_CONFIG_H

#include "pack/table.h"

// Reads pack.conf; of packs/shared (`shared`) the format alone is needed.
void config_read(struct arena *arena, const struct pack_file *file, bool shared, struct pack_config *ret_config, pack_fault_vec *faults);

#endif
