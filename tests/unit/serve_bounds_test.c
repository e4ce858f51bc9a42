// SPDX-License-Identifier: MIT
// Connections that take too long are ended, others are not. The clock is given, so nothing waits.
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sys/socket.h>
#include <unistd.h>

#include "serve/bounds.h"

struct line {
    int client, server;
    struct bound *bound;
};

static struct line connect_line(struct bounds *bounds)
{
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
    return (struct line){ends[0], ends[1], bounds_add(bounds, ends[1])};
}

static bool is_ended(struct line line)
{
    char byte;
    return recv(line.client, &byte, 1, 0) == 0;
}

static void hang_up(struct bounds *bounds, struct line line)
{
    bounds_remove(bounds, line.bound);
    close(line.client);
    close(line.server);
}

static void test_each_has_its_time(void **state)
{
    (void)state;
    struct bounds *bounds = NULL;
    assert_int_equal(bounds_start(&bounds, NULL), STATUS_OK);
    struct line head = connect_line(bounds), body = connect_line(bounds), working = connect_line(bounds);
    int64_t begun = bounds_now();
    bounds_set(bounds, body.bound, bounds_for_bytes(4 << 20));
    bounds_set(bounds, working.bound, BOUNDS_NEVER);
    bounds_sweep(bounds, begun + BOUNDS_HEAD_SECONDS - 1);
    assert_false(is_ended(head));
    bounds_sweep(bounds, begun + BOUNDS_HEAD_SECONDS + 2);
    assert_true(is_ended(head));
    assert_false(is_ended(body));
    bounds_sweep(bounds, begun + bounds_for_bytes(4 << 20) + 2);
    assert_true(is_ended(body));
    bounds_sweep(bounds, INT64_MAX - 1);
    assert_false(is_ended(working));
    bounds_set(bounds, working.bound, 0);
    bounds_sweep(bounds, bounds_now() + 2);
    assert_true(is_ended(working));
    hang_up(bounds, body);      // from the middle of the list
    hang_up(bounds, head);
    hang_up(bounds, working);
    bounds_stop(bounds);
}

static void test_what_is_left_is_freed(void **state)
{
    (void)state;
    struct bounds *bounds = NULL;
    assert_int_equal(bounds_start(&bounds, NULL), STATUS_OK);
    struct line line = connect_line(bounds);
    bounds_set(bounds, NULL, 1);
    bounds_remove(bounds, NULL);
    bounds_stop(bounds);
    assert_false(is_ended(line));
    close(line.client);
    close(line.server);
}

static void test_time_for_bytes_is_bounded(void **state)
{
    (void)state;
    assert_int_equal(bounds_for_bytes(0), 30);
    assert_true(bounds_for_bytes(16 << 20) <= 20 * 60);
    assert_true(bounds_for_bytes(16 << 20) > bounds_for_bytes(1 << 20));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_has_its_time), cmocka_unit_test(test_what_is_left_is_freed),
        cmocka_unit_test(test_time_for_bytes_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
