// SPDX-License-Identifier: MIT
// The crew: a ring of tasks, and threads that take the next one nobody has begun.
//
// One thread gives and takes (it alone moves first, shown and last), the others move `begun`; all are counts that only grow, so that
// first <= begun <= shown <= last and last - first <= limit always hold. A task is given back when it and all before it are done: the
// output has the order of the input, whatever thread is faster.
//
// Small tasks cost less than waking a thread does. So tasks are shown to the workers a handful at a time, who finds the ring full waits for
// half of it, and nobody is woken who does not sleep.
#include "base/crew.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#define HANDFUL 8u

struct cell {
    void *task;
    bool done;
};

struct worker {
    struct crew *crew;
    void *tool;
    pthread_t thread;
};

struct crew {
    pthread_mutex_t lock;
    pthread_cond_t given, done;
    struct cell *cells;
    uint64_t first, begun, shown, last;
    uint64_t awaited;           // the taker sleeps until all tasks before this one are done; 0: it does not sleep
    uint64_t missing;           // of those, how many are not
    int limit, count, idle;
    bool closing;
    crew_work work;
    struct worker workers[];
};

static void *worker_run(void *user)
{
    struct worker *worker = user;
    struct crew *crew = worker->crew;
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        crew->idle++;
        while (crew->begun == crew->shown && !crew->closing)
            pthread_cond_wait(&crew->given, &crew->lock);
        crew->idle--;
        if (crew->begun == crew->shown)
            break;
        uint64_t number = crew->begun++;
        struct cell *cell = &crew->cells[number % (uint64_t)crew->limit];
        pthread_mutex_unlock(&crew->lock);
        crew->work(worker->tool, cell->task);
        pthread_mutex_lock(&crew->lock);
        cell->done = true;
        if (number < crew->awaited && --crew->missing == 0)
            pthread_cond_signal(&crew->done);
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

struct crew *crew_start(void *const *tools, int count, int limit, crew_work work)
{
    struct crew *crew = calloc(1, sizeof *crew + sizeof(struct worker) * (size_t)count);
    if (!crew)
        return NULL;
    crew->cells = calloc((size_t)limit, sizeof *crew->cells);
    crew->limit = limit;
    crew->work = work;
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->given, NULL);
    pthread_cond_init(&crew->done, NULL);
    for (int i = 0; crew->cells && i < count; i++) {
        crew->workers[i] = (struct worker){.crew = crew, .tool = tools[i]};
        if (pthread_create(&crew->workers[i].thread, NULL, worker_run, &crew->workers[i]) != 0)
            break;
        crew->count++;
    }
    if (crew->count)
        return crew;
    crew_finish(crew);
    return NULL;
}

void crew_finish(struct crew *crew)
{
    if (!crew)
        return;
    pthread_mutex_lock(&crew->lock);
    crew->closing = true;
    pthread_cond_broadcast(&crew->given);
    pthread_mutex_unlock(&crew->lock);
    for (int i = 0; i < crew->count; i++)
        pthread_join(crew->workers[i].thread, NULL);
    pthread_mutex_destroy(&crew->lock);
    pthread_cond_destroy(&crew->given);
    pthread_cond_destroy(&crew->done);
    free(crew->cells);
    free(crew);
}

int crew_under_way(const struct crew *crew)
{
    return (int)(crew->last - crew->first);
}

bool crew_full(const struct crew *crew)
{
    return crew_under_way(crew) == crew->limit;
}

// What was given is the workers' from now on.
static void show(struct crew *crew)
{
    if (crew->shown == crew->last)
        return;
    crew->shown = crew->last;
    if (crew->idle)
        pthread_cond_broadcast(&crew->given);
}

void crew_give(struct crew *crew, void *task)
{
    crew->cells[crew->last++ % (uint64_t)crew->limit] = (struct cell){.task = task};
    if (crew->last - crew->shown < HANDFUL && !crew_full(crew))
        return;
    pthread_mutex_lock(&crew->lock);
    show(crew);
    pthread_mutex_unlock(&crew->lock);
}

// Sleeps until all tasks before `end` are done.
static void wait_until(struct crew *crew, uint64_t end)
{
    crew->missing = 0;
    for (uint64_t number = crew->first; number < end; number++)
        crew->missing += !crew->cells[number % (uint64_t)crew->limit].done;
    crew->awaited = end;
    while (crew->missing)
        pthread_cond_wait(&crew->done, &crew->lock);
    crew->awaited = 0;
}

void *crew_take(struct crew *crew)
{
    if (crew->first == crew->last)
        return NULL;
    struct cell *cell = &crew->cells[crew->first % (uint64_t)crew->limit];
    pthread_mutex_lock(&crew->lock);
    if (!cell->done) {
        show(crew);
        wait_until(crew, crew_full(crew) ? crew->last - (uint64_t)crew->limit / 2 : crew->first + 1);
    }
    crew->first++;
    pthread_mutex_unlock(&crew->lock);
    return cell->task;
}
