// SPDX-License-Identifier: MIT
// Loading packs: from the bundle inside the program, or from a folder. Loading collects every fault it can find, not just the first.
#ifndef KARAR_PACK_LOAD_H
#define KARAR_PACK_LOAD_H

#include "pack/pack.h"

// A pack's files in memory: from pack_files_embedded or pack_files_folder.
struct pack_file {
    struct slice path;      // "en/lexicon/states.tsv", for messages with the folder's own name before it
    struct slice bytes;
};
typedef VEC(struct pack_file) pack_file_vec;

// A fault in a pack: what was expected, where. Column counts code points from 1.
struct pack_fault {
    struct slice file;
    uint32_t line, column;
    struct slice text;
};
typedef VEC(struct pack_fault) pack_fault_vec;

// Names of the packs embedded in the program ("shared" and those of languages), in bundle order.
typedef VEC(struct slice) slice_vec;
void pack_embedded_names(struct arena *arena, slice_vec *names);
// Files of an embedded pack; count 0 if there is none of that name.
void pack_files_embedded(struct arena *arena, struct slice name, pack_file_vec *files);
enum status pack_files_folder(struct arena *arena, const char *folder, pack_file_vec *files, struct error *reterr_error);

// Builds the world from the files of packs/shared. Faults are appended; *ret_world is usable when none were.
enum status world_load(struct arena *arena, const pack_file_vec *files, struct world **ret_world, pack_fault_vec *faults);
// Reads only pack.conf (cheap): enough to tell the language of a text.
enum status pack_config_load(struct arena *arena, const pack_file_vec *files, struct pack_config *ret_config, pack_fault_vec *faults);
// Builds a pack. The files' bytes must outlive it.
enum status pack_load(struct arena *arena, const struct world *world, const pack_file_vec *files, struct pack **ret_pack,
                      pack_fault_vec *faults);

// Fills pack->romanisation_first and _next.
void pack_index_romanisation(struct arena *arena, struct pack *pack);

#endif
