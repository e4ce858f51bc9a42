// SPDX-License-Identifier: MIT
// The border between karar.h and the library: errors, strings and output cross it here.
//
// The public status codes and error struct repeat ours on purpose: ours may change with the library, theirs is the
// ABI. Assertions hold the codes together, fields are copied one by one.
#include "api/handles.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static_assert((int)KARAR_OK == (int)STATUS_OK, "status codes");
static_assert((int)KARAR_NO_MEMORY == (int)STATUS_NO_MEMORY, "status codes");
static_assert((int)KARAR_LIMIT == (int)STATUS_LIMIT, "status codes");
static_assert((int)KARAR_IO == (int)STATUS_IO, "status codes");
static_assert((int)KARAR_BAD_ENCODING == (int)STATUS_BAD_ENCODING, "status codes");
static_assert((int)KARAR_BINARY == (int)STATUS_BINARY, "status codes");
static_assert((int)KARAR_EMPTY == (int)STATUS_EMPTY, "status codes");
static_assert((int)KARAR_BAD_PACK == (int)STATUS_BAD_PACK, "status codes");
static_assert((int)KARAR_NOT_FOUND == (int)STATUS_NOT_FOUND, "status codes");
static_assert((int)KARAR_BAD_ARGUMENT == (int)STATUS_BAD_ARGUMENT, "status codes");
static_assert((int)KARAR_NO_LANGUAGE == (int)STATUS_NO_LANGUAGE, "status codes");
static_assert(sizeof(((karar_error *)0)->file) == sizeof(((struct error *)0)->file), "file names fit");
static_assert(sizeof(((karar_error *)0)->text) == sizeof(((struct error *)0)->text), "messages fit");

karar_status api_error(karar_error *error, const struct error *from, enum status status)
{
    if (!error)
        return (karar_status)status;
    error->status = (karar_status)status;
    memcpy(error->file, from->file, sizeof error->file);
    error->line = from->line;
    error->column = from->column;
    error->byte = from->byte;
    memcpy(error->text, from->text, sizeof error->text);
    return (karar_status)status;
}

karar_status api_fail(karar_error *error, enum status status, const char *format, ...)
{
    if (!error)
        return (karar_status)status;
    *error = (karar_error){.status = (karar_status)status, .byte = UINT64_MAX};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    return (karar_status)status;
}

karar_status api_flush(struct buf *buf, karar_sink sink, void *user, karar_error *error)
{
    enum status status = buf->failed;
    bool refused = !status && buf->len && sink(user, buf->at, buf->len) != 0;
    buf_finish(buf);
    if (status)
        return api_fail(error, status, "%s while writing", status_name(status));
    return refused ? api_fail(error, STATUS_IO, "the output was refused") : KARAR_OK;
}

// Where the last field ends is where the struct ends.
#define NO_PADDING(type, last) static_assert(offsetof(type, last) + sizeof(((type *)0)->last) == sizeof(type), "no padding behind " #last)
NO_PADDING(karar_options, allocator);
NO_PADDING(karar_read_options, reserved);
NO_PADDING(karar_fact, reserved);
NO_PADDING(karar_write_options, reserved);
NO_PADDING(karar_source_options, url_field);
NO_PADDING(karar_add_options, date);
NO_PADDING(karar_question, languages);
NO_PADDING(karar_export, until);
NO_PADDING(karar_decision, engine);
NO_PADDING(karar_export, until);

karar_status api_options(void *ours, size_t size, const void *theirs, const char *name, karar_error *error)
{
    memset(ours, 0, size);
    if (!theirs)
        return KARAR_OK;
    size_t given;
    memcpy(&given, theirs, sizeof given);
    if (given < sizeof given || given > API_MAX_OPTIONS)
        return api_fail(error, STATUS_BAD_ARGUMENT, "%s: size is %zu, which is no size of such a struct: set it to sizeof", name, given);
    for (size_t i = size; i < given; i++)
        if (((const char *)theirs)[i] != 0)
            return api_fail(error, STATUS_BAD_ARGUMENT, "%s: asks for what karar %s does not know", name, KARAR_VERSION);
    memcpy(ours, theirs, given < size ? given : size);
    return KARAR_OK;
}

char *api_copy(struct slice text)
{
    char *copy = malloc(text.len + 1);
    if (!copy)
        return NULL;
    if (text.len)
        memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    return copy;
}
