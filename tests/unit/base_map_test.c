// SPDX-License-Identifier: MIT
// The map: what was put is found, the first value stays, growth loses nothing, keys that collide are told apart.
#include "base/map.h"

#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define MISSING UINT32_MAX

static int open_arena(void **state)
{
    static struct arena arena;
    arena_init(&arena, NULL, (size_t)256 << 20);
    *state = &arena;
    return 0;
}

static int close_arena(void **state)
{
    arena_finish(*state);
    return 0;
}

static void keeps_the_first_value(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(ARENA_CATCH(arena), 0);
    struct map map;
    map_init(&map, arena, 0);
    assert_int_equal(map_get(&map, SLICE("a"), MISSING), MISSING);
    assert_int_equal(map_put(&map, SLICE("a"), 1), 1);
    assert_int_equal(map_put(&map, SLICE("a"), 2), 1);
    assert_int_equal(map_get(&map, SLICE("a"), MISSING), 1);
    assert_int_equal(map_get(&map, SLICE("A"), 7), 7);
    assert_int_equal(map.count, 1);
    uint32_t at = 0, value = 0;
    struct slice key;
    assert_true(map_next(&map, &at, &key, &value));
    assert_true(slice_is(key, "a") && value == 1);
    assert_false(map_next(&map, &at, &key, &value));
}

static void takes_any_bytes(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(ARENA_CATCH(arena), 0);
    struct map map;
    map_init(&map, arena, 3);
    assert_int_equal(map_put(&map, (struct slice){NULL, 0}, 5), 5);
    assert_int_equal(map_put(&map, SLICE(""), 6), 5);  // the same key
    assert_int_equal(map_put(&map, SLICE("a\0b"), 8), 8);
    assert_int_equal(map_put(&map, SLICE("a\0c"), 9), 9);
    assert_int_equal(map_put(&map, SLICE("a"), 10), 10);
    assert_int_equal(map_get(&map, SLICE("a\0b"), MISSING), 8);
    assert_int_equal(map_get(&map, SLICE("a\0c"), MISSING), 9);
    assert_int_equal(map_get(&map, SLICE(""), MISSING), 5);
}

static void grows_without_loss(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(ARENA_CATCH(arena), 0);
    enum { COUNT = 100000 };
    struct map map;
    map_init(&map, arena, 0);
    for (uint32_t i = 0; i < COUNT; i++) map_put(&map, arena_format(arena, "%u", i * 7), i);
    assert_int_equal(map.count, COUNT);
    assert_true((uint64_t)map.count * 4 <= (uint64_t)map.room * 3);
    for (uint32_t i = 0; i < COUNT * 7; i++) {
        char text[16];
        struct slice key = slice_make(text, (size_t)snprintf(text, sizeof text, "%u", i));
        assert_int_equal(map_get(&map, key, MISSING), i % 7 ? MISSING : i / 7);
        assert_int_equal(map_get_hashed(&map, key, map_hash(key), MISSING), i % 7 ? MISSING : i / 7);
    }
}

static void makes_room_for_what_is_expected(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(ARENA_CATCH(arena), 0);
    struct map map;
    map_init(&map, arena, 1000);
    uint32_t room = map.room;
    for (uint32_t i = 0; i < 1000; i++) map_put(&map, arena_format(arena, "%u", i), i);
    assert_int_equal(map.room, room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keeps_the_first_value, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(takes_any_bytes, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(grows_without_loss, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(makes_room_for_what_is_expected, open_arena, close_arena),
    };
    return cmocka_run_group_tests_name("base map", tests, NULL, NULL);
}
