// SPDX-License-Identifier: MIT
// The engine conducts the stages over one document and owns the packs.
//
// At creation it takes the world and the small pack.conf of each language, nothing more; a language's pack is opened when the first text in
// it arrives, so that a program that reads one language pays for one. Packs come from the image inside the program, compiled when it was
// built, and from folders that the caller names, whose text is compiled then; such a one takes the place of one that is there already.
//
// Memory: one arena for all packs, for the engine's life; one arena a document. A stage that runs out of memory or passes a maximum unwinds
// to engine_read, which gives the whole document up and reports the status: nothing half-read leaves this file.
#include "engine/engine.h"

#include <assert.h>
#include <stdlib.h>

#include "base/file.h"
#include "clean/clean.h"
#include "engine/fingerprint.h"
#include "frame/frames.h"
#include "glance/glance.h"
#include "ingest/ingest.h"
#include "lang/lang.h"
#include "match/match.h"
#include "mention/mentions.h"
#include "pack/image.h"
#include "resolve/resolve.h"
#include "text/text.h"

#define ENGINE_PACK_MEMORY ((size_t)1 << 30)
#define GLANCE_WORTH ((size_t)2 << 20)  // bytes of texts: to read them takes as long as to make the tables of the first look

struct language {
    struct slice tag;
    pack_file_vec files;
    struct pack_config *config;
    struct pack *pack;  // NULL until first needed
    bool embedded;      // from the bundle: its tables are in the image
    struct error fault; // why it could not be loaded: a broken pack is tried once, not once a report
};

struct engine {
    struct arena arena;
    struct world *world;
    struct language languages[ENGINE_MAX_LANGUAGES];
    uint8_t count;
    struct lang_teller *teller;
    struct glance *glance;      // NULL until first asked for, or if it cannot be had
    bool has_tried_glance;
    bool has_folders;           // packs that did not come with the program
    size_t looked_at;           // bytes, until the tables are worth their making
};

static enum status first_fault(const pack_fault_vec *faults, struct error *error)
{
    if (!faults->count)
        return STATUS_OK;
    const struct pack_fault *fault = &faults->at[0];
    error_set(error, STATUS_BAD_PACK, "%.*s", (int)fault->text.len, fault->text.at);
    if (error) {
        size_t len = fault->file.len < sizeof error->file ? fault->file.len : sizeof error->file - 1;
        memcpy(error->file, fault->file.at, len);
        error->file[len] = 0;
        error->line = fault->line;
        error->column = fault->column;
    }
    return STATUS_BAD_PACK;
}

// Adds a language, or replaces the one with the same tag.
static enum status add_language(struct engine *engine, const pack_file_vec *files, bool embedded, struct error *error)
{
    struct language *language = ARENA_NEW(&engine->arena, struct language);
    pack_fault_vec faults = {0};
    language->files = *files;
    language->embedded = embedded;
    language->config = ARENA_NEW(&engine->arena, struct pack_config);
    pack_config_load(&engine->arena, files, language->config, &faults);
    if (faults.count)
        return first_fault(&faults, error);
    language->tag = language->config->language;
    uint8_t at = engine_language_find(engine, language->tag);
    if (at == LANGUAGE_NONE) {
        if (engine->count == ENGINE_MAX_LANGUAGES)
            return error_set(error, STATUS_LIMIT, "more than %d language packs", ENGINE_MAX_LANGUAGES);
        at = engine->count++;
    }
    engine->languages[at] = *language;
    return STATUS_OK;
}

static enum status load_world(struct engine *engine, struct error *error)
{
    pack_file_vec files = {0};
    pack_fault_vec faults = {0};
    if ((engine->world = image_world(&engine->arena, pack_image())) != NULL)
        return STATUS_OK;
    pack_files_embedded(&engine->arena, SLICE("shared"), &files);
    if (!files.count)
        return error_set(error, STATUS_BAD_PACK, "the program was built without packs/shared");
    world_load(&engine->arena, &files, &engine->world, &faults);
    return first_fault(&faults, error);
}

static enum status load_all(struct engine *engine, const char *const *folders, uint32_t folder_count, struct error *error)
{
    enum status status = load_world(engine, error);
    engine->has_folders = folder_count > 0;
    slice_vec names = {0};
    pack_embedded_names(&engine->arena, &names);
    for (uint32_t i = 0; !status && i < names.count; i++) {
        pack_file_vec files = {0};
        if (slice_is(names.at[i], "shared"))
            continue;
        pack_files_embedded(&engine->arena, names.at[i], &files);
        status = add_language(engine, &files, true, error);
    }
    for (uint32_t i = 0; !status && i < folder_count; i++) {
        pack_file_vec files = {0};
        status = pack_files_folder(&engine->arena, folders[i], &files, error);
        if (!status)
            status = add_language(engine, &files, false, error);
    }
    if (status)
        return status;
    const struct pack_config *configs[ENGINE_MAX_LANGUAGES];
    for (uint8_t i = 0; i < engine->count; i++)
        configs[i] = engine->languages[i].config;
    engine->teller = lang_teller_new(&engine->arena, configs, engine->count);
    return STATUS_OK;
}

enum status engine_create(const char *const *pack_folders, uint32_t folder_count, const struct allocator *allocator,
                          struct engine **ret_engine, struct error *reterr_error)
{
    struct engine *engine = allocator ? allocator->resize(allocator->user, NULL, 0, sizeof *engine) : malloc(sizeof *engine);
    if (!engine)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory for the engine");
    memset(engine, 0, sizeof *engine);
    arena_init(&engine->arena, allocator, ENGINE_PACK_MEMORY);
    enum status status = ARENA_CATCH(&engine->arena);
    if (status)
        error_set(reterr_error, status, "while loading the packs");
    else
        status = load_all(engine, pack_folders, folder_count, reterr_error);
    if (status) {
        engine_destroy(engine);
        return status;
    }
    *ret_engine = engine;
    return STATUS_OK;
}

uint64_t engine_fingerprint(const struct engine *engine)
{
    return engine->has_folders ? 0 : engine_fingerprint_built;
}

void engine_destroy(struct engine *engine)
{
    if (!engine)
        return;
    struct allocator allocator = engine->arena.allocator;
    arena_finish(&engine->arena);
    allocator.resize(allocator.user, engine, sizeof *engine, 0);
}

const struct allocator *engine_allocator(const struct engine *engine)
{
    return &engine->arena.allocator;
}

const struct world *engine_world(const struct engine *engine)
{
    return engine->world;
}

uint8_t engine_language_count(const struct engine *engine)
{
    return engine->count;
}

struct slice engine_language(const struct engine *engine, uint8_t index)
{
    return index < engine->count ? engine->languages[index].tag : (struct slice){"", 0};
}

uint8_t engine_language_find(const struct engine *engine, struct slice tag)
{
    for (uint8_t i = 0; i < engine->count; i++)
        if (slice_eq(engine->languages[i].tag, tag))
            return i;
    return LANGUAGE_NONE;
}

enum status engine_pack(struct engine *engine, uint8_t index, const struct pack **ret_pack, struct error *reterr_error)
{
    assert(index < engine->count);
    struct language *language = &engine->languages[index];
    if (!language->pack && !language->fault.status) {
        pack_fault_vec faults = {0};
        enum status status = ARENA_CATCH(&engine->arena);
        if (status)
            return error_set(reterr_error, status, "while loading the language pack");
        if (language->embedded)
            language->pack = image_pack(&engine->arena, pack_image(), engine->world, language->config, &language->files);
        if (!language->pack)
            pack_load(&engine->arena, engine->world, &language->files, &language->pack, &faults);
        if (faults.count)
            first_fault(&faults, &language->fault);
    }
    if (language->fault.status) {
        if (reterr_error)
            *reterr_error = language->fault;
        return language->fault.status;
    }
    *ret_pack = language->pack;
    return STATUS_OK;
}

// Tells each paragraph's language and gives it its pack, loading what is new.
static enum status give_packs(struct engine *engine, struct document *document, uint8_t forced, uint8_t hinted,
                              struct error *error)
{
    uint8_t main_language = lang_run(document, engine->teller, forced, hinted);
    for (uint32_t i = 0; i < document->paragraphs.count; i++) {
        struct paragraph *paragraph = &document->paragraphs.at[i];
        if (paragraph->language == LANGUAGE_NONE)
            continue;
        enum status status = engine_pack(engine, paragraph->language, &paragraph->pack, error);
        if (status)
            return status;
    }
    return main_language == LANGUAGE_NONE ? STATUS_OK : engine_pack(engine, main_language, &document->pack, error);
}

static enum status run_stages(struct engine *engine, struct slice bytes, const struct read_options *options, struct document *document,
                              struct error *error)
{
    enum status status = ingest_text(document, bytes, error);
    if (status)
        return status;
    clean_text(document);
    text_cut(document);
    clean_look(document);
    status = give_packs(engine, document, options->language, options->hint, error);
    if (status)
        return status;
    text_run(document);
    match_run(document);
    clean_layout(document);
    mention_run(document);
    frame_run(document);
    resolve_run(document);
    return STATUS_OK;
}

// ---- the first look ---------------------------------------------------------------------------------------------------
static enum status make_glance(struct engine *engine, struct arena *scratch)
{
    uint32_t opaque = 0;
    const struct pack *packs[ENGINE_MAX_LANGUAGES];
    uint8_t count = 0;
    for (uint8_t i = 0; i < engine->count; i++) {
        const struct language *language = &engine->languages[i];
        bool respells = false;
        for (uint32_t k = 0; k < language->files.count; k++)
            respells |= slice_ends(language->files.at[k].path, SLICE("/spelling.tsv"));
        if (glance_is_opaque(language->config, respells)) {
            opaque |= UINT32_C(1) << language->config->script;
            continue;
        }
        enum status status = engine_pack(engine, i, &packs[count++], NULL);
        if (status)
            return status;
    }
    enum status status = ARENA_CATCH(&engine->arena);
    if (!status)
        status = ARENA_CATCH(scratch);
    if (status)
        return status;
    struct glance *glance = glance_new(&engine->arena, opaque);
    for (uint8_t i = 0; i < count; i++)
        glance_add(glance, packs[i], scratch);
    glance_finish(glance);
    engine->glance = glance;
    return STATUS_OK;
}

bool engine_may_state(struct engine *engine, struct slice text)
{
    engine->looked_at += engine->has_tried_glance ? 0 : text.len;
    if (!engine->has_tried_glance && engine->looked_at < GLANCE_WORTH)
        return true;
    if (!engine->has_tried_glance) {
        struct arena scratch;
        engine->has_tried_glance = true;
        arena_init(&scratch, engine_allocator(engine), ENGINE_PACK_MEMORY);
        make_glance(engine, &scratch);      // without it every text is read
        arena_finish(&scratch);
    }
    return !engine->glance || glance_may_state(engine->glance, text);
}

enum status engine_read(struct engine *engine, struct slice bytes, const struct read_options *options, struct document *document,
                        struct error *reterr_error)
{
    const struct allocator *allocator = engine_allocator(engine);
    struct arena *arena = allocator->resize(allocator->user, NULL, 0, sizeof *arena);
    if (!arena)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory for the report");
    *document = (struct document){.arena = arena, .uri = options->uri, .given_date = options->date,
                                   .given_publisher = options->publisher};
    arena_init(arena, allocator, ENGINE_DOCUMENT_MEMORY);
    enum status status = ARENA_CATCH(arena);
    if (status)
        error_set(reterr_error, status, "while reading the report: %s", status_name(status));
    else
        status = run_stages(engine, bytes, options, document, reterr_error);
    if (status)
        engine_finish_document(document);
    return status;
}

void engine_finish_document(struct document *document)
{
    if (!document || !document->arena)
        return;
    struct allocator allocator = document->arena->allocator;
    arena_finish(document->arena);
    allocator.resize(allocator.user, document->arena, sizeof *document->arena, 0);
    *document = (struct document){0};
}
