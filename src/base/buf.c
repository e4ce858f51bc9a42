// SPDX-License-Identifier: MIT
// The output buffer: one heap block that grows by half or more, with a NUL behind its content.
//
// Invariants: 1. at == NULL exactly while room == 0. 2. otherwise len < room and at[len] is NUL. 3. len <= maximum. 4. once `failed` is set
// nothing changes until buf_clear.
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

#define FIRST_ROOM 2048u    // bytes: most records grow a few times and no more

void buf_init(struct buf *buf, size_t maximum)
{
    *buf = (struct buf){.maximum = maximum};
}

void buf_init_in(struct buf *buf, size_t maximum, const struct allocator *allocator)
{
    *buf = (struct buf){.maximum = maximum, .allocator = allocator};
}

static void *resize(const struct allocator *allocator, void *old, size_t old_size, size_t new_size)
{
    return allocator ? allocator->resize(allocator->user, old, old_size, new_size) : realloc(old, new_size);
}

void buf_finish(struct buf *buf)
{
    if (buf->allocator && buf->at)
        buf->allocator->resize(buf->allocator->user, buf->at, buf->room, 0);
    else
        free(buf->at);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    buf->failed = STATUS_OK;
    if (buf->at) buf->at[0] = '\0';
}

bool buf_grow(struct buf *buf, size_t more)
{
    if (buf->failed) return false;
    if (more > buf->maximum - buf->len) {
        buf->failed = STATUS_LIMIT;
        return false;
    }
    size_t need;
    if (__builtin_add_overflow(buf->len + more, 1, &need)) need = SIZE_MAX;
    if (need <= buf->room) return true;

    size_t room = buf->room + buf->room / 2;
    if (room < FIRST_ROOM) room = FIRST_ROOM;
    if (room < need) room = need;
    if (room - 1 > buf->maximum) room = buf->maximum + 1;   // never more than may be filled: `buf_room` looks at the room alone
    char *grown = resize(buf->allocator, buf->at, buf->room, room);
    if (!grown) {
        buf->failed = STATUS_NO_MEMORY;
        return false;
    }
    buf->at = grown;
    buf->room = room;
    return true;
}

void buf_add(struct buf *buf, struct slice bytes)
{
    char *at = buf_room(buf, bytes.len);
    if (!at) return;
    if (bytes.len) memcpy(at, bytes.at, bytes.len);
    buf_wrote(buf, bytes.len);
}

void buf_add_char(struct buf *buf, char c)
{
    char *at = buf_room(buf, 1);
    if (!at) return;
    *at = c;
    buf_wrote(buf, 1);
}

void buf_add_text(struct buf *buf, const char *text)
{
    buf_add(buf, slice_from(text));
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (len < 0) {
        if (!buf->failed) buf->failed = STATUS_BAD_ARGUMENT;
        return;
    }
    char *at = buf_room(buf, (size_t)len);
    if (!at) return;
    va_start(arguments, format);
    vsnprintf(at, (size_t)len + 1, format, arguments);
    va_end(arguments);
    buf->len += (size_t)len;
}
