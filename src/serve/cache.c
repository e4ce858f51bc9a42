// SPDX-License-Identifier: MIT
// Bytes by a key, in a table that forgets, packed by zstd: answers by their address and validator, and rows of the register by what was
// asked and the register's state. Pages shrink to an eighth, and unpacking one is far cheaper than making it.
//
// The key is hashed to a set of WAYS slots. A hand goes round all slots for room: what was asked for since it came by last stays once
// more, what was not gives way. So pages that one person asked for once do not drive out those that many ask for, nothing is ever sorted,
// and the bound is plain: SLOTS answers, MAX_BYTES in all. The validator names the state of the register, the day and the program, so an
// answer that is too old never fits, and is never asked for again. One lock guards the table; under it no more is done than copying bytes.
#include "serve/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <zstd.h>

#include "base/map.h"

#define WAYS 4u
#define SLOTS (2048u * WAYS)
#define MAX_KEPT ((size_t)512 << 10)    // of one answer, as it is
#define MAX_BYTES ((size_t)48 << 20)
#define PACKING 1                       // zstd's quickest level

struct slot {
    char *bytes;                // the key, then the packed body; NULL: empty
    size_t key_len, packed_len, body_len;
    const char *type;           // a literal of its handler
    bool wanted;                // since the hand came by
};

struct cache {
    pthread_mutex_t lock;
    size_t used;
    uint32_t hand;
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

// The lock is held. The slot of the key, or NULL.
static struct slot *find(struct cache *cache, struct slice key)
{
    struct slot *set = &cache->slots[map_hash(key) % (SLOTS / WAYS) * WAYS];
    for (uint32_t i = 0; i < WAYS; i++)
        if (set[i].bytes && set[i].key_len == key.len && memcmp(set[i].bytes, key.at, key.len) == 0)
            return &set[i];
    return NULL;
}

static bool get(struct cache *cache, struct slice key, struct buf *out, const char **ret_type)
{
    struct slice packed = SLICE("");
    size_t body_len = 0;
    pthread_mutex_lock(&cache->lock);
    struct slot *slot = find(cache, key);
    char *copy = slot ? malloc(slot->packed_len) : NULL;
    if (copy) {
        memcpy(copy, slot->bytes + slot->key_len, slot->packed_len);
        packed = slice_make(copy, slot->packed_len);
        body_len = slot->body_len;
        *ret_type = slot->type;
        slot->wanted = true;
    }
    pthread_mutex_unlock(&cache->lock);
    if (!copy)
        return false;
    char *room = buf_room(out, body_len);
    bool whole = room && ZSTD_decompress(room, body_len, packed.at, packed.len) == body_len;
    free(copy);
    if (whole)
        buf_wrote(out, body_len);
    else
        buf_clear(out);
    return whole;
}

bool cache_get(struct cache *cache, const struct request *request, struct answer *answer)
{
    bool found = get(cache, key_of(request, answer), &answer->body, &answer->type);
    if (found)
        answer->status = 200;
    return found;
}

bool cache_get_rows(struct cache *cache, struct slice key, struct buf *rows)
{
    const char *type;
    return get(cache, key, rows, &type);
}

static void empty(struct cache *cache, struct slot *slot)
{
    if (slot->bytes)
        cache->used -= slot->key_len + slot->packed_len;
    free(slot->bytes);
    *slot = (struct slot){0};
}

// The lock is held. An empty slot of the key's set, and room for so many bytes. Of a full set one is found: after the first round none is
// wanted any more.
static struct slot *make_room(struct cache *cache, struct slice key, size_t size)
{
    struct slot *set = &cache->slots[map_hash(key) % (SLOTS / WAYS) * WAYS], *slot = NULL;
    for (uint32_t i = 0; i < WAYS && !slot; i++)
        if (!set[i].bytes)
            slot = &set[i];
    for (uint32_t i = 0; i < 2 * WAYS && !slot; i++) {
        struct slot *one = &set[i % WAYS];
        if (!one->wanted)
            slot = one;
        one->wanted = false;
    }
    empty(cache, slot);
    for (uint32_t steps = 0; cache->used + size > MAX_BYTES && steps < 2 * SLOTS; steps++) {
        struct slot *one = &cache->slots[cache->hand++ % SLOTS];
        if (one->wanted)
            one->wanted = false;
        else
            empty(cache, one);
    }
    return slot;
}

static void put(struct cache *cache, struct slice key, struct slice body, const char *type)
{
    if (key.len + body.len > MAX_KEPT)
        return;
    size_t room = ZSTD_compressBound(body.len);
    char *roomy = malloc(key.len + room);
    size_t packed = roomy ? ZSTD_compress(roomy + key.len, room, body.at, body.len, PACKING) : 0;
    char *bytes = roomy && !ZSTD_isError(packed) ? realloc(roomy, key.len + packed) : NULL;
    if (!bytes) {
        free(roomy);
        return;
    }
    memcpy(bytes, key.at, key.len);
    pthread_mutex_lock(&cache->lock);
    if (find(cache, key)) {     // another thread made it meanwhile
        free(bytes);
    } else {
        struct slot *slot = make_room(cache, key, key.len + packed);
        *slot = (struct slot){bytes, key.len, packed, body.len, type, false};
        cache->used += key.len + packed;
    }
    pthread_mutex_unlock(&cache->lock);
}

void cache_put(struct cache *cache, const struct request *request, const struct answer *answer)
{
    put(cache, key_of(request, answer), buf_slice(&answer->body), answer->type);
}

void cache_put_rows(struct cache *cache, struct slice key, struct slice rows)
{
    put(cache, key, rows, "");
}
