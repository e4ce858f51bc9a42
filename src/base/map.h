// SPDX-License-Identifier: MIT
// A hash map from byte strings to uint32_t in an arena: open addressing, no removal. Keys are borrowed: they must outlive the map.
#ifndef KARAR_BASE_MAP_H
#define KARAR_BASE_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct map_slot;

struct map {
    struct arena *arena;
    struct map_slot *slots;
    uint32_t count, room;  // room is a power of two
};

void map_init(struct map *map, struct arena *arena, uint32_t expected);
// The value of `key`, or `missing`.
uint32_t map_get(const struct map *map, struct slice key, uint32_t missing);
// Same, with the hash (slice_hash) already known.
uint32_t map_get_hashed(const struct map *map, struct slice key, uint64_t hash, uint32_t missing);
// Goes through all keys in no particular order: *at begins at 0; false behind the last one.
bool map_next(const struct map *map, uint32_t *at, struct slice *ret_key, uint32_t *ret_value);
// Sets key to value unless the key is there; returns the value now in the map.
uint32_t map_put(struct map *map, struct slice key, uint32_t value);
// The first key that has the value, in no order; false if there is none. Looks at every key: for messages.
bool map_key_of(const struct map *map, uint32_t value, struct slice *ret_key);

#endif
