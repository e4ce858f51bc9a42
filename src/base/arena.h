// SPDX-License-Identifier: MIT
// An arena hands out memory that is freed all at once. One document, one arena; one pack, one arena.
//
// Allocation never returns NULL. When memory or the arena's maximum runs out, it unwinds (longjmp) to the owner's `unwind`
// point, which the owner sets with ARENA_CATCH before it hands the arena to anyone:
//
//     enum status caught = ARENA_CATCH(&arena);
//     if (caught) return error_set(error, caught, …);      // everything in the arena is still valid to destroy
//     …stages allocate without checks…
//
// So stages hold nothing but arena memory: no file, lock or malloc of their own may be open while they allocate.
#ifndef KARAR_BASE_ARENA_H
#define KARAR_BASE_ARENA_H

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"

// realloc-shaped allocator: size 0 frees and returns NULL; must return memory aligned for any type, or NULL.
struct allocator {
    void *(*resize)(void *user, void *old, size_t old_size, size_t new_size);
    void *user;
};

struct arena_block;

struct arena {
    struct allocator allocator;
    struct arena_block *blocks;  // newest first
    char *next, *end;            // free part of the newest block
    size_t used;                 // bytes handed out and in open blocks
    size_t maximum;              // bytes; passing it unwinds with STATUS_LIMIT
    jmp_buf unwind;
    int armed;                   // 1 after ARENA_CATCH
};

// `allocator` NULL: malloc and free. `maximum` in bytes.
void arena_init(struct arena *arena, const struct allocator *allocator, size_t maximum);
// Frees everything; the arena may be initialised again. Takes a zeroed struct too.
void arena_finish(struct arena *arena);
// Forgets everything but keeps up to one block for the next use; the unwind point is disarmed.
void arena_reset(struct arena *arena);

#define ARENA_CATCH(arena) ((arena)->armed = 1, (enum status)setjmp((arena)->unwind))
// In a function that a library calls: runs `call`, and unwinds to here instead of through the library's frames. *failed holds the first
// status that did not succeed; after it nothing is run any more.
#define ARENA_WITHIN(arena, failed, call)               \
    do {                                                \
        if (!*(failed)) {                               \
            enum status caught = ARENA_CATCH(arena);    \
            if (caught)                                 \
                *(failed) = caught;                     \
            else                                        \
                call;                                   \
        }                                               \
    } while (0)

// Zeroed memory, aligned to 16 bytes. size 0 gives a valid pointer. An unarmed arena aborts on failure (a caller's error).
void *arena_alloc(struct arena *arena, size_t size);
// The same, not zeroed: for memory that is written at once (a growing vector, a copy).
void *arena_take(struct arena *arena, size_t size);
// Unwinds to the owner with `status` (never returns).
_Noreturn void arena_fail(struct arena *arena, enum status status);
// A copy with a NUL behind it (not counted in len).
struct slice arena_copy(struct arena *arena, struct slice bytes);
__attribute__((format(printf, 2, 3)))
struct slice arena_format(struct arena *arena, const char *format, ...);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(count)))

#endif
