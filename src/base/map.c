// SPDX-License-Identifier: MIT
// The hash map: an array of slots, linear probing, at most three quarters full.
//
// A slot keeps 32 bits of the hash, so that a probe touches a key's bytes only when it almost surely is the one. An empty slot has
// key == NULL; an empty key is stored as "". Keys are compared eight bytes at a time.
#include "base/map.h"

#include <assert.h>

struct map_slot {
    const char *key;
    uint32_t len;
    uint32_t hash;
    uint32_t value;
};

void map_init(struct map *map, struct arena *arena, uint32_t expected)
{
    uint64_t room = 16;
    while (room * 3 / 4 < expected) room *= 2;
    if (room > UINT32_C(1) << 31) arena_fail(arena, STATUS_LIMIT);
    *map = (struct map){.arena = arena, .room = (uint32_t)room};
    map->slots = ARENA_ARRAY(arena, struct map_slot, room);
}

// The slot that holds the key, or the empty one where it belongs.
static struct map_slot *find_slot(const struct map *map, struct slice key, uint32_t hash)
{
    uint32_t mask = map->room - 1;
    for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
        struct map_slot *slot = &map->slots[i];
        if (!slot->key) return slot;
        if (slot->hash == hash && slot->len == key.len && map_same_key(slot->key, key.at, key.len)) return slot;
    }
}

uint32_t map_get_hashed(const struct map *map, struct slice key, uint32_t hash, uint32_t missing)
{
    if (map->count == 0) return missing;
    const struct map_slot *slot = find_slot(map, key, hash);
    return slot->key ? slot->value : missing;
}

uint32_t map_get(const struct map *map, struct slice key, uint32_t missing)
{
    return map->count ? map_get_hashed(map, key, map_hash(key), missing) : missing;
}

bool map_next(const struct map *map, uint32_t *at, struct slice *ret_key, uint32_t *ret_value)
{
    while (*at < map->room && !map->slots[*at].key) ++*at;
    if (*at >= map->room) return false;
    *ret_key = slice_make(map->slots[*at].key, map->slots[*at].len);
    *ret_value = map->slots[*at].value;
    ++*at;
    return true;
}

static void grow(struct map *map)
{
    struct map bigger = {.arena = map->arena, .count = map->count};
    if (map->room > UINT32_C(1) << 30) arena_fail(map->arena, STATUS_LIMIT);
    bigger.room = map->room * 2;
    bigger.slots = ARENA_ARRAY(map->arena, struct map_slot, bigger.room);
    for (uint32_t i = 0; i < map->room; i++) {
        const struct map_slot *old = &map->slots[i];
        if (old->key) *find_slot(&bigger, slice_make(old->key, old->len), old->hash) = *old;
    }
    *map = bigger;
}

uint32_t map_put(struct map *map, struct slice key, uint32_t value)
{
    if (key.len > UINT32_MAX) arena_fail(map->arena, STATUS_LIMIT);
    uint32_t hash = map_hash(key);
    struct map_slot *slot = find_slot(map, key, hash);
    if (slot->key) return slot->value;
    if ((uint64_t)(map->count + 1) * 4 > (uint64_t)map->room * 3) {
        grow(map);
        slot = find_slot(map, key, hash);
    }
    assert(!slot->key);
    *slot = (struct map_slot){key.len ? key.at : "", (uint32_t)key.len, hash, value};
    map->count++;
    return value;
}
