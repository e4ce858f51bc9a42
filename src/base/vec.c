// SPDX-License-Identifier: MIT
// Growing a vector in an arena.
//
// The room doubles, starting from 8 elements. The old storage stays in the arena until all of it is freed: together at most as much as
// the vector itself, the price for pointers that never dangle within one arena.
#include "base/vec.h"

#include <assert.h>

void *vec_grow(struct arena *arena, void *at, uint32_t *room, uint32_t count, size_t size, uint32_t maximum)
{
    assert(count == *room);
    if (count >= maximum) arena_fail(arena, STATUS_LIMIT);
    uint64_t wanted = *room ? (uint64_t)*room * 2 : 8;
    if (wanted > maximum) wanted = maximum;
    if (wanted > SIZE_MAX / size) arena_fail(arena, STATUS_LIMIT);

    void *grown = arena_take(arena, (size_t)wanted * size);
    if (count) memcpy(grown, at, count * size);
    *room = (uint32_t)wanted;
    return grown;
}
