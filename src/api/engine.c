// SPDX-License-Identifier: MIT
// karar.h: the engine's handle.
//
// A handle owns the engine and the NUL-terminated tags of its languages, made once at creation, since our own
// strings are slices.
#include <stdlib.h>

#include "api/handles.h"

const char *karar_version(void)
{
    return KARAR_VERSION;
}

const char *karar_status_text(karar_status status)
{
    return status_name((enum status)status);
}

// One block of pointers and the text behind them.
static bool copy_tags(karar_engine *handle)
{
    uint8_t count = engine_language_count(handle->engine);
    const struct allocator *allocator = engine_allocator(handle->engine);
    handle->tags_size = ((size_t)count + 1) * sizeof *handle->tags;
    for (uint8_t i = 0; i < count; i++)
        handle->tags_size += engine_language(handle->engine, i).len + 1;
    handle->tags = allocator->resize(allocator->user, NULL, 0, handle->tags_size);
    if (!handle->tags)
        return false;
    memset(handle->tags, 0, handle->tags_size);
    char *next = (char *)(handle->tags + count + 1);
    for (uint8_t i = 0; i < count; i++) {
        struct slice tag = engine_language(handle->engine, i);
        memcpy(next, tag.at, tag.len);
        handle->tags[i] = next;
        next += tag.len + 1;
    }
    return true;
}

// The caller's allocator, or malloc's where there is none.
static enum status create(const karar_options *options, karar_engine *handle, struct error *detail)
{
    struct allocator allocator;
    if (options->allocator)
        allocator = (struct allocator){options->allocator->resize, options->allocator->user};
    enum status status = engine_create(options->pack_folders, options->pack_folders ? options->pack_folder_count : 0,
                                       options->allocator ? &allocator : NULL, &handle->engine, detail);
    if (!status && !copy_tags(handle))
        return error_set(detail, STATUS_NO_MEMORY, "no memory for the engine");
    return status;
}

karar_status karar_engine_new(const karar_options *options, karar_engine **engine, karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    karar_options ours;
    if (!engine)
        return api_fail(error, STATUS_BAD_ARGUMENT, "no place for the engine");
    karar_status checked = API_OPTIONS(ours, options, error);
    if (checked)
        return checked;
    if (ours.allocator && !ours.allocator->resize)
        return api_fail(error, STATUS_BAD_ARGUMENT, "an allocator without a function");
    karar_engine *handle = ours.allocator ? ours.allocator->resize(ours.allocator->user, NULL, 0, sizeof *handle) : malloc(sizeof *handle);
    if (!handle)
        return api_fail(error, STATUS_NO_MEMORY, "no memory for the engine");
    *handle = (karar_engine){.engine = NULL};
    enum status status = create(&ours, handle, &detail);
    if (status && !handle->engine) {
        if (ours.allocator)
            ours.allocator->resize(ours.allocator->user, handle, sizeof *handle, 0);
        else
            free(handle);
        return api_error(error, &detail, status);
    }
    if (status) {
        karar_engine_free(handle);
        return api_error(error, &detail, status);
    }
    *engine = handle;
    return KARAR_OK;
}

void karar_engine_free(karar_engine *engine)
{
    if (!engine)
        return;
    struct allocator allocator = *engine_allocator(engine->engine);
    if (engine->tags)
        allocator.resize(allocator.user, engine->tags, engine->tags_size, 0);
    engine_destroy(engine->engine);
    allocator.resize(allocator.user, engine, sizeof *engine, 0);
}

const char *karar_language(const karar_engine *engine, uint32_t n)
{
    return engine && n < engine_language_count(engine->engine) ? engine->tags[n] : NULL;
}
