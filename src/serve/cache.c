// SPDX-License-Identifier: MIT
// Answers by their address and validator, in a table of slots that forgets.
//
// The address is hashed to one slot; whatever stands there gives way. So nothing is ever searched or sorted, and the bound is plain: SLOTS
// answers of at most MAX_KEPT bytes, MAX_BYTES in all (a new answer that would pass it is not kept). The validator names the state of the
// register, the day and the program, so an answer that is too old never fits. One lock guards the table; under it no more is done than
// copying bytes.
#include "serve/cache.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/map.h"

#define SLOTS 1024u
#define MAX_KEPT ((size_t)512 << 10)
#define MAX_BYTES ((size_t)48 << 20)

struct slot {
    char *bytes;                // the key, then the body; NULL: empty
    size_t key_len, body_len;
    const char *type;           // a literal of its handler
};

struct cache {
    pthread_mutex_t lock;
    size_t used;
    struct slot slots[SLOTS];
};

struct cache *cache_new(void)
{
    struct cache *cache = calloc(1, sizeof *cache);
    if (cache)
        pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

void cache_free(struct cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < SLOTS; i++)
        free(cache->slots[i].bytes);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

// Everything that an answer depends on: validator, path, query.
static struct slice key_of(const struct request *request, const struct answer *answer)
{
    struct slice key = arena_format(request->arena, "%s %s", arena_copy(request->arena, answer->tag).at, request->path.at);
    for (uint32_t i = 0; i < request->query.count; i++) {
        const struct parameter *parameter = &request->query.at[i];
        key = arena_format(request->arena, "%s\n%zu %zu %.*s %.*s", key.at, parameter->name.len, parameter->value.len,
                           (int)parameter->name.len, parameter->name.at, (int)parameter->value.len, parameter->value.at);
    }
    return key;
}

bool cache_get(struct cache *cache, const struct request *request, struct answer *answer)
{
    struct slice key = key_of(request, answer);
    struct slot *slot = &cache->slots[map_hash(key) % SLOTS];
    pthread_mutex_lock(&cache->lock);
    bool found = slot->bytes && slot->key_len == key.len && memcmp(slot->bytes, key.at, key.len) == 0;
    if (found) {
        buf_add(&answer->body, slice_make(slot->bytes + slot->key_len, slot->body_len));
        answer->type = slot->type;
    }
    pthread_mutex_unlock(&cache->lock);
    if (found && answer->body.failed) {
        buf_clear(&answer->body);
        found = false;
    }
    answer->status = found ? 200 : answer->status;
    return found;
}

void cache_put(struct cache *cache, const struct request *request, const struct answer *answer)
{
    struct slice key = key_of(request, answer);
    size_t size = key.len + answer->body.len;
    struct slot *slot = &cache->slots[map_hash(key) % SLOTS];
    char *bytes = size <= MAX_KEPT ? malloc(size) : NULL;
    if (!bytes)
        return;
    memcpy(bytes, key.at, key.len);
    memcpy(bytes + key.len, answer->body.at, answer->body.len);
    pthread_mutex_lock(&cache->lock);
    size_t before = slot->bytes ? slot->key_len + slot->body_len : 0;
    char *old = bytes;
    if (cache->used - before + size <= MAX_BYTES) {
        old = slot->bytes;
        cache->used = cache->used - before + size;
        *slot = (struct slot){bytes, key.len, answer->body.len, answer->type};
    }
    pthread_mutex_unlock(&cache->lock);
    free(old);
}
