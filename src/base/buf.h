// SPDX-License-Identifier: MIT
// A growing byte buffer on the heap for output. Failure is sticky: after the first failed append `failed` holds the status, further
// appends do nothing, and the owner checks once at the end.
#ifndef KARAR_BASE_BUF_H
#define KARAR_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "base/status.h"

struct allocator;

struct buf {
    char *at;        // NUL behind the last byte once anything was appended
    size_t len, room;
    size_t maximum;  // bytes
    const struct allocator *allocator;  // NULL: malloc and free
    enum status failed;
};

void buf_init(struct buf *buf, size_t maximum);
// Its memory comes from the allocator, which must outlive it; NULL: malloc and free.
void buf_init_in(struct buf *buf, size_t maximum, const struct allocator *allocator);
void buf_finish(struct buf *buf);
void buf_clear(struct buf *buf);  // keeps the storage, forgets failure
void buf_add(struct buf *buf, struct slice bytes);
void buf_add_char(struct buf *buf, char c);
void buf_add_text(struct buf *buf, const char *text);
// Makes room for `more` bytes and a NUL; false when the buffer has failed. For buf_room alone.
bool buf_grow(struct buf *buf, size_t more);
// Where the next `more` bytes are to be written, NULL when the buffer has failed; buf_wrote then says how many were.
static inline char *buf_room(struct buf *buf, size_t more)
{
    bool fits = more < buf->room - buf->len && !buf->failed;
    return fits || buf_grow(buf, more) ? buf->at + buf->len : NULL;
}
static inline void buf_wrote(struct buf *buf, size_t written)
{
    buf->len += written;
    buf->at[buf->len] = '\0';
}
__attribute__((format(printf, 2, 3)))
void buf_addf(struct buf *buf, const char *format, ...);
static inline struct slice buf_slice(const struct buf *buf) { return slice_make(buf->at, buf->len); }

#endif
