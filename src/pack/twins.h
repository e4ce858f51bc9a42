// SPDX-License-Identifier: MIT
// Triggers that belong to two rules: only the first of them would govern, silently.
#ifndef KARAR_PACK_TWINS_H
#define KARAR_PACK_TWINS_H

#include "pack/load.h"

// Notes a fault for each trigger of a rule whose words are a trigger of an earlier rule, too. For checking: a pack with such is read.
void pack_check_twins(struct arena *arena, const struct pack *pack, pack_fault_vec *faults);

#endif
