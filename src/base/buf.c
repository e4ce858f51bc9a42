// SPDX-License-Identifier: MIT
// The output buffer: one heap block that grows by half or more, with a NUL behind its content.
//
// Invariants: 1. at == NULL exactly while room == 0. 2. otherwise len < room and at[len] is NUL. 3. len <= maximum. 4. once `failed` is set
// nothing changes until buf_clear.
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_init(struct buf *buf, size_t maximum)
{
    *buf = (struct buf){.maximum = maximum};
}

void buf_finish(struct buf *buf)
{
    free(buf->at);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    buf->failed = STATUS_OK;
    if (buf->at) buf->at[0] = '\0';
}

// Makes room for `more` bytes and a NUL; false when the buffer has failed.
static bool grow(struct buf *buf, size_t more)
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
    if (room < 256) room = 256;
    if (room < need) room = need;
    if (room - 1 > buf->maximum) room = buf->maximum + 1;   // never more than may be filled: `reserve` looks at the room alone
    char *grown = realloc(buf->at, room);
    if (!grown) {
        buf->failed = STATUS_NO_MEMORY;
        return false;
    }
    buf->at = grown;
    buf->room = room;
    return true;
}

static inline bool reserve(struct buf *buf, size_t more)
{
    return (more < buf->room - buf->len && !buf->failed) || grow(buf, more);
}

void buf_add(struct buf *buf, struct slice bytes)
{
    if (!reserve(buf, bytes.len)) return;
    if (bytes.len) memcpy(buf->at + buf->len, bytes.at, bytes.len);
    buf->len += bytes.len;
    buf->at[buf->len] = '\0';
}

void buf_add_char(struct buf *buf, char c)
{
    if (!reserve(buf, 1)) return;
    buf->at[buf->len++] = c;
    buf->at[buf->len] = '\0';
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
    if (!reserve(buf, (size_t)len)) return;
    va_start(arguments, format);
    vsnprintf(buf->at + buf->len, (size_t)len + 1, format, arguments);
    va_end(arguments);
    buf->len += (size_t)len;
}
