// SPDX-License-Identifier: MIT
// A hash map from byte strings to uint32_t in an arena: open addressing, no removal. Keys are borrowed: they must outlive the map.
#ifndef KARAR_BASE_MAP_H
#define KARAR_BASE_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

// The hash that a map keeps of a key.
static inline uint32_t map_hash(struct slice key)
{
    uint64_t hash = slice_hash(key);
    return (uint32_t)(hash ^ hash >> 32);   // its high bits are mixed best: both halves, since a mask is taken of it
}
// The bytes of two keys of one length. Keys are words: a call of memcmp costs more than comparing them.
static inline bool map_same_key(const char *a, const char *b, size_t len)
{
    if (len < 8)
        return bytes_load_short(a, len) == bytes_load_short(b, len);
    for (size_t i = 0; i + 8 < len; i += 8)
        if (bytes_load(a + i) != bytes_load(b + i))
            return false;
    return bytes_load(a + len - 8) == bytes_load(b + len - 8);
}

struct map_slot;

struct map {
    struct arena *arena;
    struct map_slot *slots;
    uint32_t count, room;  // room is a power of two
};

void map_init(struct map *map, struct arena *arena, uint32_t expected);
// The value of `key`, or `missing`.
uint32_t map_get(const struct map *map, struct slice key, uint32_t missing);
// Same, with the hash already known.
uint32_t map_get_hashed(const struct map *map, struct slice key, uint32_t hash, uint32_t missing);
// Goes through all keys in no particular order: *at begins at 0; false behind the last one.
bool map_next(const struct map *map, uint32_t *at, struct slice *ret_key, uint32_t *ret_value);
// Sets key to value unless the key is there; returns the value now in the map.
uint32_t map_put(struct map *map, struct slice key, uint32_t value);

#endif
