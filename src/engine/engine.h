// SPDX-License-Identifier: MIT
// The engine: packs, and the stages in their order over one document.
#ifndef KARAR_ENGINE_ENGINE_H
#define KARAR_ENGINE_ENGINE_H

#include "doc/document.h"
#include "pack/load.h"

#define ENGINE_MAX_LANGUAGES 64
#define ENGINE_DOCUMENT_MEMORY ((size_t)1 << 30)  // bytes of arena a document may take

struct engine;

// Only packs/shared and each pack's pack.conf are read here; a language's lexicons are loaded when a text needs them. `pack_folders` are
// folders of packs that are added to the embedded ones (same language tag: replaces it).
// Packs and the documents that are read take their memory from `allocator`, which is copied; NULL: malloc and free.
enum status engine_create(const char *const *pack_folders, uint32_t folder_count, const struct allocator *allocator,
                          struct engine **ret_engine, struct error *reterr_error);
void engine_destroy(struct engine *engine);
const struct allocator *engine_allocator(const struct engine *engine);

// A number of this program with its packs: whatever reads with the same number reads alike. 0: packs of folders were added, which may
// change between two runs.
uint64_t engine_fingerprint(const struct engine *engine);

const struct world *engine_world(const struct engine *engine);
uint8_t engine_language_count(const struct engine *engine);
// Tag of a language ("xx"); empty past the end.
struct slice engine_language(const struct engine *engine, uint8_t index);
uint8_t engine_language_find(const struct engine *engine, struct slice tag);
// Loads if need be. Faults of the pack: STATUS_BAD_PACK with the first fault in reterr_error.
enum status engine_pack(struct engine *engine, uint8_t language, const struct pack **ret_pack, struct error *reterr_error);

struct read_options {
    struct slice uri;
    uint8_t language;             // LANGUAGE_NONE: tell it from the text
    struct date_range date;       // date of the report, if the caller knows it
    uint8_t hint;                 // what the page says its language is, LANGUAGE_NONE: nothing; asked only where the text tells too little
    struct slice publisher;       // as the page's head names it; empty: told from the text
};

// Reads one report: all stages. The document's arena is initialised here; document_finish frees it. On failure the document is finished
// already. `bytes` must outlive the document. A text in no known language is no failure: document.pack is NULL, the record empty.
enum status engine_read(struct engine *engine, struct slice bytes, const struct read_options *options, struct document *document,
                        struct error *reterr_error);
// False: engine_read would find no fact in this text, and no fault (src/glance/). Its tables are made when some
// megabytes have been asked about; until then every text may.
bool engine_may_state(struct engine *engine, struct slice text);
void engine_finish_document(struct document *document);

// Runs the examples of the pack's rules; appends a fault for each that does not hold.
enum status engine_check_examples(struct engine *engine, uint8_t language, struct arena *arena, pack_fault_vec *faults,
                                  uint32_t *ret_examples, struct error *reterr_error);

#endif
