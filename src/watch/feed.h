// SPDX-License-Identifier: MIT
// What an RSS, Atom or sitemap document lists.
#ifndef KARAR_WATCH_FEED_H
#define KARAR_WATCH_FEED_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"

#define FEED_MAX_BYTES ((size_t)16 << 20)       // unpacked
#define FEED_MAX_ITEMS 100000u
#define FEED_MAX_DEPTH 64
#define FEED_MAX_VALUE 4096u                    // bytes of an address or date
#define FEED_MEMORY ((size_t)64 << 20)

struct feed_item {
    struct slice url;           // as written: may be relative
    struct slice date;          // YYYY-MM-DD; empty: none
    bool is_list;               // a sitemap inside a sitemap index
};
typedef VEC(struct feed_item) feed_item_vec;

// Everything lies in the arena, which the caller has armed. What is cut off behind its first part gives the items of that part.
// STATUS_BAD_ENCODING: neither RSS nor Atom nor a sitemap; STATUS_LIMIT: a maximum was passed.
enum status feed_read(struct arena *arena, struct slice bytes, feed_item_vec *items, struct error *reterr_error);

#endif
