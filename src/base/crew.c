// SPDX-License-Identifier: MIT
// The crew: a ring of tasks, and threads that take the next one nobody has begun.
//
// One thread gives and takes (it alone moves first and last), the others move `begun`; all three are counts that only grow, so that
// first <= begun <= last and last - first <= limit always hold. A task is given back when it and all before it are done: the output has
// the order of the input, whatever thread is faster.
#include "base/crew.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

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
    uint64_t first, begun, last;
    int limit, count;
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
        while (crew->begun == crew->last && !crew->closing)
            pthread_cond_wait(&crew->given, &crew->lock);
        if (crew->begun == crew->last)
            break;
        struct cell *cell = &crew->cells[crew->begun++ % (uint64_t)crew->limit];
        pthread_mutex_unlock(&crew->lock);
        crew->work(worker->tool, cell->task);
        pthread_mutex_lock(&crew->lock);
        cell->done = true;
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

void crew_give(struct crew *crew, void *task)
{
    pthread_mutex_lock(&crew->lock);
    crew->cells[crew->last++ % (uint64_t)crew->limit] = (struct cell){.task = task};
    pthread_cond_signal(&crew->given);
    pthread_mutex_unlock(&crew->lock);
}

void *crew_take(struct crew *crew)
{
    if (crew->first == crew->last)
        return NULL;
    struct cell *cell = &crew->cells[crew->first % (uint64_t)crew->limit];
    pthread_mutex_lock(&crew->lock);
    while (!cell->done)
        pthread_cond_wait(&crew->done, &crew->lock);
    crew->first++;
    pthread_mutex_unlock(&crew->lock);
    return cell->task;
}
