// SPDX-License-Identifier: MIT
// karar.h: checking a pack. First the files are loaded and every fault of theirs is reported; a pack without fault
// is then put into an engine, and each rule's examples are read as reports of their own.
//
// A folder with the shared tables (it has a table of modality, no language of its own) is loaded as the world
// instead; it has no rules.
//
// Memory: one arena for the check; the engine has its own. Faults point into both and are written before they are
// dropped.
#include "api/handles.h"


#include "base/emit.h"
#include "pack/twins.h"

#define CHECK_MEMORY ((size_t)1 << 30)

struct check {
    struct arena arena;
    struct engine *engine;      // owns the file names of the examples' faults
    pack_file_vec files;
    pack_fault_vec faults;
    uint32_t rules, examples;
};

static bool is_world(const pack_file_vec *files)
{
    for (uint32_t i = 0; i < files->count; i++)
        if (slice_ends(files->at[i].path, SLICE("modality.tsv")))
            return true;
    return false;
}

// The shared tables inside the program, which a language pack is checked against.
static enum status embedded_world(struct check *check, struct world **ret_world, struct error *error)
{
    pack_file_vec files = {0};
    pack_files_embedded(&check->arena, SLICE("shared"), &files);
    world_load(&check->arena, &files, ret_world, &check->faults);
    if (check->faults.count)
        return error_set(error, STATUS_BAD_PACK, "the program's own shared tables are at fault");
    return STATUS_OK;
}

static enum status run_examples(struct check *check, const char *folder, struct slice language, struct error *error)
{
    enum status status = engine_create(&folder, 1, NULL, &check->engine, error);
    if (status)
        return status;
    uint8_t index = engine_language_find(check->engine, language);
    return engine_check_examples(check->engine, index, &check->arena, &check->faults, &check->examples, error);
}

static enum status check_folder(struct check *check, const char *folder, struct error *error)
{
    struct world *world = NULL;
    struct pack *pack = NULL;
    enum status status = pack_files_folder(&check->arena, folder, &check->files, error);
    if (status)
        return status;
    if (!check->files.count)
        return error_set(error, STATUS_NOT_FOUND, "no pack: the folder has no files");
    if (is_world(&check->files)) {
        world_load(&check->arena, &check->files, &world, &check->faults);
        return STATUS_OK;
    }
    status = embedded_world(check, &world, error);
    if (status)
        return status;
    pack_load(&check->arena, world, &check->files, &pack, &check->faults);
    if (check->faults.count || !pack)
        return STATUS_OK;
    check->rules = pack->rules.count;
    pack_check_twins(&check->arena, pack, &check->faults);
    return run_examples(check, folder, pack->config.language, error);
}

static void add_fault(struct buf *out, const struct pack_fault *fault)
{
    emit_plain(out, fault->file);
    if (fault->line)
        buf_addf(out, ":%u:%u", fault->line, fault->column);
    buf_add_text(out, ": ");
    emit_plain(out, fault->text);
    buf_add_char(out, '\n');
}

// Loads under the arena's unwind point; nothing else may stand between it and the work.
static enum status guarded_check(struct check *check, const char *folder, struct error *error)
{
    enum status status = ARENA_CATCH(&check->arena);
    if (status)
        return error_set(error, status, "while checking the pack: %s", status_name(status));
    return check_folder(check, folder, error);
}

karar_status karar_pack_check(const char *folder, karar_sink sink, void *user, uint32_t *rules, uint32_t *examples,
                              karar_error *error)
{
    struct check check = {.rules = 0};
    struct error detail = {.byte = UINT64_MAX};
    struct buf out;
    if (!folder || !sink)
        return api_fail(error, STATUS_BAD_ARGUMENT, "folder and sink must be given");
    arena_init(&check.arena, NULL, CHECK_MEMORY);
    enum status status = guarded_check(&check, folder, &detail);
    uint32_t faults = check.faults.count;
    buf_init(&out, SIZE_MAX / 2);
    for (uint32_t i = 0; i < faults; i++)
        add_fault(&out, &check.faults.at[i]);
    karar_status written = api_flush(&out, sink, user, error);
    if (rules)
        *rules = check.rules;
    if (examples)
        *examples = check.examples;
    engine_destroy(check.engine);
    arena_finish(&check.arena);
    if (written)
        return written;
    if (status)
        return api_error(error, &detail, status);
    return faults ? api_fail(error, STATUS_BAD_PACK, "%u faults", faults) : KARAR_OK;
}
