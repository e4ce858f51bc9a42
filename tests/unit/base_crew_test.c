// SPDX-License-Identifier: MIT
// Threads in order: whatever thread is faster, tasks come back as they were given, each done once.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/crew.h"

#define TASKS 2000

struct task {
    uint32_t number, done, spin;
};

static void work(void *tool, void *user)
{
    struct task *task = user;
    volatile uint32_t *tasks_of_thread = tool;
    for (volatile uint32_t i = 0; i < task->spin; i++)
        continue;
    task->done++;
    *tasks_of_thread += 1;
}

// Gives while there is room, takes when there is none; `few`: takes already when so many are under way.
static void run(int threads, int limit, int few)
{
    uint32_t counts[8] = {0}, begun = 0, taken = 0;
    void *tools[8];
    struct task *tasks = calloc(TASKS, sizeof *tasks);
    assert_non_null(tasks);
    for (int i = 0; i < threads; i++)
        tools[i] = &counts[i];
    struct crew *crew = crew_start(tools, threads, limit, work);
    assert_non_null(crew);
    assert_null(crew_take(crew));
    while (taken < TASKS) {
        while (begun < TASKS && !crew_full(crew) && crew_under_way(crew) < few) {
            tasks[begun] = (struct task){.number = begun, .spin = begun % 7 ? 10 : 3000};
            crew_give(crew, &tasks[begun++]);
        }
        assert_int_equal(crew_under_way(crew), begun - taken);
        const struct task *task = crew_take(crew);
        assert_non_null(task);
        assert_int_equal(task->number, taken);
        assert_int_equal(task->done, 1);
        taken++;
    }
    assert_null(crew_take(crew));
    crew_finish(crew);
    uint32_t sum = 0;
    for (int i = 0; i < threads; i++)
        sum += counts[i];
    assert_int_equal(sum, TASKS);
    free(tasks);
}

static void keeps_order(void **state)
{
    static const int limits[] = {1, 2, 3, 8, 9, 64};
    (void)state;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        for (int threads = 1; threads <= 5; threads += 2)
            run(threads, limits[i], 1 << 20);
}

// The giver may want tasks back before the ring is full (memory): then those that the workers were not shown yet are shown.
static void gives_few(void **state)
{
    (void)state;
    for (int few = 1; few < 12; few += 3)
        run(3, 64, few);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(keeps_order), cmocka_unit_test(gives_few)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
