// SPDX-License-Identifier: MIT
// A first look at a text as it came, before any stage: whether it may state a fact at all. Nothing does that names fewer than two parties
// (see src/resolve/cast.c), and most texts of a crawl name none.
#ifndef KARAR_GLANCE_GLANCE_H
#define KARAR_GLANCE_GLANCE_H

#include "pack/pack.h"

struct glance;

// Packs whose words cannot be told from the bytes of a text: their script's letters alone make a text worth reading. They are those that
// mend slips of typists or spellings.
bool glance_is_opaque(const struct pack_config *config, bool respells);

// A look for these scripts of opaque packs (bits by enum script). Lives in the arena, which the caller has armed.
struct glance *glance_new(struct arena *arena, uint32_t opaque_scripts);
// Adds the names of parties of a pack that is not opaque. `scratch` is armed, too, and may be cleared afterwards.
void glance_add(struct glance *glance, const struct pack *pack, struct arena *scratch);
// To be called once all are added.
void glance_finish(struct glance *glance);

// False: every stage together would find no fact in this text, nor any fault. True: it has to be read.
bool glance_may_state(const struct glance *glance, struct slice text);

#endif
