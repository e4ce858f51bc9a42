// SPDX-License-Identifier: MIT
// The arena: blocks from the allocator, cut into allocations from the left.
//
// Layout: a singly linked list of blocks, each a header and its bytes. `next`..`end` is the free part of the first block of the list.
// Blocks double from 64 KiB to 1 MiB; an allocation of more than a quarter of a block gets one of its own, which is linked BEHIND the
// first, so that the free part of the first stays in use.
//
// Invariants: 1. `used` is the sum of all block sizes and never passes `maximum`. 2. `next` and `end` are multiples of 16 bytes.
//
// Under AddressSanitizer every allocation is a block of its own, so that reads past its end are caught. Memory is cleared as it is
// handed out, not block by block: most blocks are never filled.
#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define FIRST_BLOCK ((size_t)64 << 10)
#define LARGEST_BLOCK ((size_t)1 << 20)
#define ALIGNMENT 16u

#if defined(__SANITIZE_ADDRESS__)
#define ALLOCATION_IS_BLOCK 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ALLOCATION_IS_BLOCK 1
#endif
#endif
#ifndef ALLOCATION_IS_BLOCK
#define ALLOCATION_IS_BLOCK 0
#endif

struct arena_block {
    struct arena_block *older;
    size_t size;  // with this header
    _Alignas(ALIGNMENT) char bytes[];
};

static_assert(offsetof(struct arena_block, bytes) % ALIGNMENT == 0, "bytes of a block are aligned");

static void *default_resize(void *user, void *old, size_t old_size, size_t new_size)
{
    (void)user, (void)old_size;
    if (new_size == 0) {
        free(old);
        return NULL;
    }
    return realloc(old, new_size);
}

void arena_init(struct arena *arena, const struct allocator *allocator, size_t maximum)
{
    memset(arena, 0, sizeof *arena);
    arena->allocator = allocator ? *allocator : (struct allocator){default_resize, NULL};
    arena->maximum = maximum;
}

static void free_blocks(struct arena *arena, struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;
        arena->used -= block->size;
        arena->allocator.resize(arena->allocator.user, block, block->size, 0);
        block = older;
    }
}

void arena_finish(struct arena *arena)
{
    free_blocks(arena, arena->blocks);
    assert(arena->used == 0);
    arena->blocks = NULL;
    arena->next = arena->end = NULL;
    arena->armed = 0;
}

void arena_reset(struct arena *arena)
{
    struct arena_block *kept = arena->blocks;
    if (ALLOCATION_IS_BLOCK || !kept || kept->size > LARGEST_BLOCK) {
        arena_finish(arena);
        return;
    }
    free_blocks(arena, kept->older);
    kept->older = NULL;
    arena->next = kept->bytes;
    arena->end = (char *)kept + kept->size;
    arena->armed = 0;
}

_Noreturn void arena_fail(struct arena *arena, enum status status)
{
    assert(status != STATUS_OK);
    if (!arena->armed) abort();  // the owner forgot ARENA_CATCH: there is nowhere to report to
    longjmp(arena->unwind, status);
}

// A block with room for `size` bytes, not yet in the list.
static struct arena_block *new_block(struct arena *arena, size_t size)
{
    size_t total = sizeof(struct arena_block) + size;
    if (total < size || total > arena->maximum - arena->used) arena_fail(arena, STATUS_LIMIT);
    struct arena_block *block = arena->allocator.resize(arena->allocator.user, NULL, 0, total);
    if (!block) arena_fail(arena, STATUS_NO_MEMORY);
    assert((uintptr_t)block % ALIGNMENT == 0);
    block->size = total;
    block->older = NULL;
    arena->used += total;
    return block;
}

// Memory of a block of its own, linked behind the first block if there is one.
static char *alloc_alone(struct arena *arena, size_t size)
{
    struct arena_block *block = new_block(arena, size);
    if (arena->blocks) {
        block->older = arena->blocks->older;
        arena->blocks->older = block;
    } else {
        arena->blocks = block;
        arena->next = arena->end = block->bytes + size;
    }
    return block->bytes;
}

// The size of the next shared block: doubling, as far as the maximum leaves room.
static size_t next_block_size(const struct arena *arena, size_t size)
{
    size_t wanted = FIRST_BLOCK;
    while (wanted < LARGEST_BLOCK && wanted < arena->used) wanted *= 2;
    wanted -= sizeof(struct arena_block);
    size_t left = arena->maximum - arena->used;
    left = left > sizeof(struct arena_block) ? (left - sizeof(struct arena_block)) / ALIGNMENT * ALIGNMENT : 0;
    if (wanted > left) wanted = left;
    return wanted > size ? wanted : size;
}

void *arena_take(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT) arena_fail(arena, STATUS_LIMIT);
    size_t rounded = size ? (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT;
    if (ALLOCATION_IS_BLOCK) return alloc_alone(arena, size ? size : 1);

    if (rounded > (size_t)(arena->end - arena->next)) {
        if (rounded > FIRST_BLOCK / 4) return alloc_alone(arena, rounded);
        struct arena_block *block = new_block(arena, next_block_size(arena, rounded));
        block->older = arena->blocks;
        arena->blocks = block;
        arena->next = block->bytes;
        arena->end = (char *)block + block->size;
    }
    char *at = arena->next;
    arena->next += rounded;
    return at;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(arena_take(arena, size), 0, size);
}

struct slice arena_copy(struct arena *arena, struct slice bytes)
{
    char *at = arena_take(arena, bytes.len + 1);
    if (bytes.len) memcpy(at, bytes.at, bytes.len);
    at[bytes.len] = 0;
    return slice_make(at, bytes.len);
}

struct slice arena_format(struct arena *arena, const char *format, ...)
{
    assert(format);
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (len < 0) arena_fail(arena, STATUS_BAD_ARGUMENT);

    char *at = arena_alloc(arena, (size_t)len + 1);
    va_start(arguments, format);
    vsnprintf(at, (size_t)len + 1, format, arguments);
    va_end(arguments);
    return slice_make(at, (size_t)len);
}
