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

// One block of pointers and one of text, so that a half-made handle is easy to free.
static bool copy_tags(karar_engine *handle)
{
    uint8_t count = engine_language_count(handle->engine);
    size_t size = 1;
    for (uint8_t i = 0; i < count; i++)
        size += engine_language(handle->engine, i).len + 1;
    handle->tags = calloc((size_t)count + 1, sizeof *handle->tags);
    handle->storage = calloc(1, size);
    if (!handle->tags || !handle->storage)
        return false;
    char *next = handle->storage;
    for (uint8_t i = 0; i < count; i++) {
        struct slice tag = engine_language(handle->engine, i);
        memcpy(next, tag.at, tag.len);
        handle->tags[i] = next;
        next += tag.len + 1;
    }
    return true;
}

karar_status karar_engine_new(const karar_options *options, karar_engine **engine, karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    if (!engine)
        return api_fail(error, STATUS_BAD_ARGUMENT, "no place for the engine");
    if (options && options->size < sizeof *options)
        return api_fail(error, STATUS_BAD_ARGUMENT, "karar_options.size is %zu, not %zu", options->size,
                        sizeof *options);
    karar_engine *handle = calloc(1, sizeof *handle);
    if (!handle)
        return api_fail(error, STATUS_NO_MEMORY, "no memory for the engine");
    enum status status = engine_create(options ? options->pack_folders : NULL, options ? options->pack_folder_count : 0,
                                       &handle->engine, &detail);
    if (!status && !copy_tags(handle))
        status = error_set(&detail, STATUS_NO_MEMORY, "no memory for the engine");
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
    engine_destroy(engine->engine);
    free(engine->tags);
    free(engine->storage);
    free(engine);
}

const char *karar_language(const karar_engine *engine, uint32_t n)
{
    return engine && n < engine_language_count(engine->engine) ? engine->tags[n] : NULL;
}
