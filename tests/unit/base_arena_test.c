// SPDX-License-Identifier: MIT
// The arena and what grows in it: alignment, clearing, the maximum, and every allocation failing in turn through the allocator hook.
#include "base/arena.h"

#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/map.h"
#include "base/vec.h"

// Counts what is open and refuses after `left` allocations.
struct meter {
    long left;
    size_t open, largest_open;
};

static void *metered(void *user, void *old, size_t old_size, size_t new_size)
{
    struct meter *meter = user;
    if (new_size == 0) {
        meter->open -= old_size;
        free(old);
        return NULL;
    }
    if (meter->left-- <= 0) return NULL;
    void *at = realloc(old, new_size);
    assert_non_null(at);
    memset(at, 0xA5, new_size);  // what is not cleared shows
    meter->open += new_size - old_size;
    if (meter->open > meter->largest_open) meter->largest_open = meter->open;
    return at;
}

static struct allocator hook(struct meter *meter)
{
    return (struct allocator){metered, meter};
}

static void gives_cleared_aligned_memory(void **state)
{
    (void)state;
    struct meter meter = {.left = 1000000};
    struct allocator allocator = hook(&meter);
    struct arena arena;
    arena_init(&arena, &allocator, (size_t)64 << 20);
    assert_int_equal(ARENA_CATCH(&arena), 0);
    static const size_t sizes[] = {0, 1, 15, 16, 17, 100, 16384, 16385, 70000, 2000000, 3};
    char *last = NULL;
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            char *at = arena_alloc(&arena, sizes[i]);
            assert_non_null(at);
            assert_ptr_not_equal(at, last);
            assert_int_equal((uintptr_t)at % 16, 0);
            for (size_t j = 0; j < sizes[i]; j++) assert_int_equal(at[j], 0);
            memset(at, 0x77, sizes[i]);
            last = at;
        }
    }
    assert_true(arena.used == meter.open);
    arena_finish(&arena);
    assert_true(meter.open == 0);
    arena_finish(&arena);  // again: nothing to do
}

static void neighbours_do_not_overlap(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL, (size_t)64 << 20);
    assert_int_equal(ARENA_CATCH(&arena), 0);
    enum { COUNT = 5000 };
    static unsigned char *at[COUNT];
    for (int i = 0; i < COUNT; i++) {
        at[i] = arena_alloc(&arena, (size_t)(i % 61) + 1);
        memset(at[i], i & 0xFF, (size_t)(i % 61) + 1);
    }
    for (int i = 0; i < COUNT; i++) {
        for (int j = 0; j <= i % 61; j++) assert_int_equal(at[i][j], i & 0xFF);
    }
    arena_finish(&arena);
}

static void resets_for_the_next_use(void **state)
{
    (void)state;
    struct meter meter = {.left = 1000000};
    struct allocator allocator = hook(&meter);
    struct arena arena;
    arena_init(&arena, &allocator, (size_t)64 << 20);
    for (int round = 0; round < 20; round++) {
        assert_int_equal(ARENA_CATCH(&arena), 0);
        for (int i = 0; i < 3000; i++) {
            const char *at = arena_alloc(&arena, 500);
            for (int j = 0; j < 500; j++) assert_int_equal(at[j], 0);
        }
        arena_reset(&arena);
        assert_int_equal(arena.armed, 0);
        assert_true(meter.open <= (size_t)1 << 20);  // one block at most
        assert_true(meter.open == arena.used);
    }
    arena_finish(&arena);
    assert_true(meter.open == 0);
}

static void takes_a_zeroed_struct(void **state)
{
    (void)state;
    struct arena arena = {0};
    arena_finish(&arena);
    arena_reset(&arena);
    assert_null(arena.blocks);
}

static void unwinds_at_the_maximum(void **state)
{
    (void)state;
    static const size_t maxima[] = {0, 100, 1000, 70000, 300000};
    for (size_t i = 0; i < sizeof maxima / sizeof *maxima; i++) {
        struct meter meter = {.left = 1000000};
        struct allocator allocator = hook(&meter);
        struct arena arena;
        arena_init(&arena, &allocator, maxima[i]);
        enum status caught = ARENA_CATCH(&arena);
        if (!caught) {
            for (;;) arena_alloc(&arena, 24);
        }
        assert_int_equal(caught, STATUS_LIMIT);
        assert_true(meter.largest_open <= maxima[i]);
        if (maxima[i] >= 1000) assert_true(meter.largest_open > maxima[i] / 2);  // the room was used
        arena_finish(&arena);
        assert_true(meter.open == 0);
    }
}

static void refuses_absurd_sizes(void **state)
{
    (void)state;
    static const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 8, SIZE_MAX - 16, SIZE_MAX - 40, SIZE_MAX / 2};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct arena arena;
        arena_init(&arena, NULL, (size_t)1 << 20);
        enum status caught = ARENA_CATCH(&arena);
        if (!caught) arena_alloc(&arena, sizes[i]);
        assert_int_equal(caught, STATUS_LIMIT);
        arena_finish(&arena);
    }
}

typedef VEC(uint64_t) numbers;

// Everything that grows in an arena, together.
static void use_everything(struct arena *arena)
{
    numbers vec = {0};
    struct map map;
    map_init(&map, arena, 0);
    for (uint64_t i = 0; i < 20000; i++) {
        struct slice key = arena_format(arena, "key %u", (unsigned)i);
        assert_int_equal(map_put(&map, key, (uint32_t)i), i);
        vec_push(arena, &vec, i * i);
        arena_copy(arena, key);
    }
    for (uint64_t i = 0; i < 20000; i++) assert_true(vec.at[i] == i * i);
}

// Fails the first allocation, then the second …, until all goes through.
static void survives_every_failed_allocation(void **state)
{
    (void)state;
    volatile bool went_through = false;
    volatile int failures = 0;
    for (volatile long allowed = 0; !went_through; allowed = allowed < 200 ? allowed + 1 : allowed * 2) {
        struct meter meter = {.left = allowed};
        struct allocator allocator = hook(&meter);
        struct arena arena;
        arena_init(&arena, &allocator, (size_t)64 << 20);
        enum status caught = ARENA_CATCH(&arena);
        if (!caught) {
            use_everything(&arena);
            went_through = true;
        } else {
            assert_int_equal(caught, STATUS_NO_MEMORY);
            failures++;
        }
        arena_finish(&arena);
        assert_true(meter.open == 0);
    }
    assert_true(failures > 5);
}

static void carries_the_status_out(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL, 1000);
    enum status caught = ARENA_CATCH(&arena);
    if (!caught) arena_fail(&arena, STATUS_BAD_PACK);
    assert_int_equal(caught, STATUS_BAD_PACK);
    arena_finish(&arena);
}

static void copies_and_formats_with_a_nul(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL, (size_t)4 << 20);
    assert_int_equal(ARENA_CATCH(&arena), 0);
    struct slice copy = arena_copy(&arena, SLICE("a\0b"));
    assert_int_equal(copy.len, 3);
    assert_memory_equal(copy.at, "a\0b", 4);
    assert_string_equal(arena_copy(&arena, (struct slice){NULL, 0}).at, "");
    struct slice text = arena_format(&arena, "%s-%05d", "x", 42);
    assert_int_equal(text.len, 7);
    assert_string_equal(text.at, "x-00042");
    assert_int_equal(arena_format(&arena, "%*s", 100000, "").len, 100000);
    arena_finish(&arena);
}

static void vector_keeps_its_maximum(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, NULL, (size_t)4 << 20);
    numbers vec = {0};
    numbers *volatile kept = &vec;
    enum status caught = ARENA_CATCH(&arena);
    if (!caught) {
        for (uint64_t i = 0; i < 100; i++) vec_push_max(&arena, kept, i, 37);
    }
    assert_int_equal(caught, STATUS_LIMIT);
    assert_int_equal(kept->count, 37);
    for (uint64_t i = 0; i < 37; i++) assert_true(kept->at[i] == i);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_cleared_aligned_memory), cmocka_unit_test(neighbours_do_not_overlap),
        cmocka_unit_test(resets_for_the_next_use), cmocka_unit_test(takes_a_zeroed_struct), cmocka_unit_test(unwinds_at_the_maximum),
        cmocka_unit_test(refuses_absurd_sizes), cmocka_unit_test(survives_every_failed_allocation),
        cmocka_unit_test(carries_the_status_out), cmocka_unit_test(copies_and_formats_with_a_nul),
        cmocka_unit_test(vector_keeps_its_maximum),
    };
    return cmocka_run_group_tests_name("base arena", tests, NULL, NULL);
}
