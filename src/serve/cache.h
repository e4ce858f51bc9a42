// SPDX-License-Identifier: MIT
// Answers that were made a moment ago. What is asked again while nothing has changed is not made again.
#ifndef KARAR_SERVE_CACHE_H
#define KARAR_SERVE_CACHE_H

#include "serve/request.h"

struct cache;

struct cache *cache_new(void);      // NULL: no memory
void cache_free(struct cache *cache);
// Fills *answer from what is kept for this address and answer->tag; false if there is nothing.
bool cache_get(struct cache *cache, const struct request *request, struct answer *answer);
// Keeps a copy of an answer that anybody who may ask would get.
void cache_put(struct cache *cache, const struct request *request, const struct answer *answer);

// Rows of the register under a key that names the register's state and everything that they depend on. `rows` is filled behind what is
// there.
bool cache_get_rows(struct cache *cache, struct slice key, struct buf *rows);
void cache_put_rows(struct cache *cache, struct slice key, struct slice rows);

#endif
