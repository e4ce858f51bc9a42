// SPDX-License-Identifier: MIT
// Threads that work on tasks in any order, handed back in the order in which they came.
#ifndef KARAR_BASE_CREW_H
#define KARAR_BASE_CREW_H

#include <stdbool.h>
#include <stddef.h>

struct crew;

// `work` runs in a thread, with that thread's own tool. At most `limit` tasks are under way.
typedef void (*crew_work)(void *tool, void *task);
// tools: one a thread. NULL if no thread can be had or memory ran out.
struct crew *crew_start(void *const *tools, int count, int limit, crew_work work);
// Waits for all threads. Every task must have been taken back.
void crew_finish(struct crew *crew);

int crew_under_way(const struct crew *crew);
bool crew_full(const struct crew *crew);
void crew_give(struct crew *crew, void *task);   // not when full
void *crew_take(struct crew *crew);              // the oldest task, once it is done; NULL if there is none

#endif
