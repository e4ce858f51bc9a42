// SPDX-License-Identifier: MIT
// Packs compiled before the program is built: the tables that loading a pack's text makes, as one run of bytes that means the same wherever
// it lies in memory. tools/gen_packs.c writes it with the functions that load packs; packs from folders are compiled from their text.
#ifndef KARAR_PACK_IMAGE_H
#define KARAR_PACK_IMAGE_H

#include "base/buf.h"
#include "pack/load.h"

// The image inside the program; empty if it was built without one.
struct slice pack_image(void);

// Writes the world and packs that were loaded without faults. `packs` have their languages' tags in their configs.
enum status image_write(struct buf *out, struct world *world, struct pack *const *packs, uint32_t count);

// The image is one that this program can read: the tables have the same layout.
bool image_fits(struct slice image);
// Gives the world, or the pack of a language: its large tables stay in the image, which must outlive it; the small ones with pointers are
// copied into the arena. NULL if the image has none. `config` and `files` are those of the pack's text. Rules have no examples.
struct world *image_world(struct arena *arena, struct slice image);
struct pack *image_pack(struct arena *arena, struct slice image, const struct world *world, const struct pack_config *config,
                        const pack_file_vec *files);

#endif
