// SPDX-License-Identifier: MIT
// One thread looks over all connections each second and shuts those that are late; the HTTP library then closes them as if the client had.
//
// Invariant: a socket in the list is open, since the library tells that a connection is over before it closes its socket, and both the
// telling and the shutting hold the lock. So no other file that got the same number is ever shut.
// The list has as many connections as the library lets in, some thousands: looking over them costs microseconds.
#include "serve/bounds.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#define LEAST_SECONDS 30
#define LEAST_BYTES_A_SECOND 16384      // of a body or an answer

struct bound {
    struct bound *before, *next;
    int64_t until;
    int socket;
};

struct bounds {
    pthread_mutex_t lock;
    pthread_cond_t end;
    pthread_t thread;
    bool ends;
    struct bound *first;
};

int64_t bounds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

int64_t bounds_for_bytes(uint64_t bytes)
{
    return LEAST_SECONDS + (int64_t)(bytes / LEAST_BYTES_A_SECOND);
}

void bounds_sweep(struct bounds *bounds, int64_t now)
{
    pthread_mutex_lock(&bounds->lock);
    for (struct bound *bound = bounds->first; bound; bound = bound->next) {
        if (bound->until >= now)
            continue;
        shutdown(bound->socket, SHUT_RDWR);
        bound->until = BOUNDS_NEVER;
    }
    pthread_mutex_unlock(&bounds->lock);
}

static void *look_over(void *user)
{
    struct bounds *bounds = user;
    bool ends = false;
    while (!ends) {
        struct timespec next = {.tv_sec = bounds_now() + 1};
        bounds_sweep(bounds, next.tv_sec - 1);
        pthread_mutex_lock(&bounds->lock);
        while (!bounds->ends && bounds_now() < next.tv_sec)
            pthread_cond_timedwait(&bounds->end, &bounds->lock, &next);
        ends = bounds->ends;
        pthread_mutex_unlock(&bounds->lock);
    }
    return NULL;
}

enum status bounds_start(struct bounds **ret_bounds, struct error *reterr_error)
{
    struct bounds *bounds = calloc(1, sizeof *bounds);
    pthread_condattr_t clock;
    if (!bounds)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory for the server");
    pthread_mutex_init(&bounds->lock, NULL);
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&bounds->end, &clock);
    pthread_condattr_destroy(&clock);
    if (pthread_create(&bounds->thread, NULL, look_over, bounds) != 0) {
        free(bounds);
        return error_set(reterr_error, STATUS_IO, "no thread to watch over connections");
    }
    *ret_bounds = bounds;
    return STATUS_OK;
}

void bounds_stop(struct bounds *bounds)
{
    if (!bounds)
        return;
    pthread_mutex_lock(&bounds->lock);
    bounds->ends = true;
    pthread_cond_signal(&bounds->end);
    pthread_mutex_unlock(&bounds->lock);
    pthread_join(bounds->thread, NULL);
    while (bounds->first)
        bounds_remove(bounds, bounds->first);
    pthread_cond_destroy(&bounds->end);
    pthread_mutex_destroy(&bounds->lock);
    free(bounds);
}

struct bound *bounds_add(struct bounds *bounds, int socket)
{
    struct bound *bound = calloc(1, sizeof *bound);
    if (!bound)
        return NULL;
    *bound = (struct bound){.until = bounds_now() + BOUNDS_HEAD_SECONDS, .socket = socket};
    pthread_mutex_lock(&bounds->lock);
    bound->next = bounds->first;
    if (bounds->first)
        bounds->first->before = bound;
    bounds->first = bound;
    pthread_mutex_unlock(&bounds->lock);
    return bound;
}

void bounds_remove(struct bounds *bounds, struct bound *bound)
{
    if (!bound)
        return;
    pthread_mutex_lock(&bounds->lock);
    if (bound->before)
        bound->before->next = bound->next;
    else
        bounds->first = bound->next;
    if (bound->next)
        bound->next->before = bound->before;
    pthread_mutex_unlock(&bounds->lock);
    free(bound);
}

void bounds_set(struct bounds *bounds, struct bound *bound, int64_t seconds)
{
    if (!bound)
        return;
    pthread_mutex_lock(&bounds->lock);
    bound->until = seconds == BOUNDS_NEVER ? BOUNDS_NEVER : bounds_now() + seconds;
    pthread_mutex_unlock(&bounds->lock);
}
