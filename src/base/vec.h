// SPDX-License-Identifier: MIT
// A growing array in an arena: `struct { T *at; uint32_t count, room; }`, declared with VEC(T). Indices are uint32_t; pointers into
// it are valid until the next push. A vector names its maximum when it grows: passing it unwinds the arena with STATUS_LIMIT.
#ifndef KARAR_BASE_VEC_H
#define KARAR_BASE_VEC_H

#include <stdint.h>

#include "base/arena.h"

#define VEC(type) struct { type *at; uint32_t count, room; }

// Returns the new storage; not for direct use.
void *vec_grow(struct arena *arena, void *at, uint32_t *room, uint32_t count, size_t size, uint32_t maximum);

#define VEC_DEFAULT_MAX (1u << 26)

#define vec_push_max(arena, vec, value, maximum)                                                                        \
    do {                                                                                                                \
        if ((vec)->count == (vec)->room)                                                                                \
            (vec)->at = vec_grow((arena), (vec)->at, &(vec)->room, (vec)->count, sizeof *(vec)->at, (maximum));         \
        (vec)->at[(vec)->count++] = (value);                                                                            \
    } while (0)

#define vec_push(arena, vec, value) vec_push_max(arena, vec, value, VEC_DEFAULT_MAX)

// A new element, to be filled where it lies: a large one that is put together elsewhere and then copied is read before its parts have
// arrived in memory, which costs more than writing it.
#define vec_add_max(arena, vec, maximum)                                                                                \
    ((vec)->count == (vec)->room ? (void)((vec)->at = vec_grow((arena), (vec)->at, &(vec)->room, (vec)->count,          \
                                                              sizeof *(vec)->at, (maximum)))                            \
                                 : (void)0,                                                                             \
     &(vec)->at[(vec)->count++])

#define vec_add(arena, vec) vec_add_max(arena, vec, VEC_DEFAULT_MAX)

#endif
