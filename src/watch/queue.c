// SPDX-License-Identifier: MIT
// Jobs are single pieces of the heap that wander from a host's queue to the network and back; whoever holds one frees it.
//
// Hosts live as long as the queue: there are as many as the feeds and their pages name, up to the caller's maximum. A host's pointer stays
// valid while others are added.
#include "watch/queue.h"

#include <stdlib.h>

#define QUEUE_MEMORY ((size_t)64 << 20)

void queue_init(struct queue *queue)
{
    *queue = (struct queue){.hosts = {NULL, 0, 0}};
    arena_init(&queue->arena, NULL, QUEUE_MEMORY);
}

void queue_finish(struct queue *queue)
{
    for (uint32_t i = 0; i < queue->hosts.count; i++) {
        struct job *job;
        while ((job = host_take(queue->hosts.at[i])))
            job_free(job);
        job_free(queue->hosts.at[i]->asked);
        free(queue->hosts.at[i]->rules);
    }
    arena_finish(&queue->arena);
}

struct host *queue_host(struct queue *queue, const char *name, uint32_t maximum)
{
    enum status status = ARENA_CATCH(&queue->arena);
    if (status)
        return NULL;
    if (!queue->names.arena)
        map_init(&queue->names, &queue->arena, 64);
    uint32_t index = map_get(&queue->names, slice_from(name), UINT32_MAX);
    if (index != UINT32_MAX)
        return queue->hosts.at[index];
    if (queue->hosts.count >= maximum)
        return NULL;
    struct host *host = ARENA_NEW(&queue->arena, struct host);
    struct slice copy = arena_copy(&queue->arena, slice_from(name));
    host->name = (char *)(uintptr_t)copy.at;
    vec_push(&queue->arena, &queue->hosts, host);
    map_put(&queue->names, copy, queue->hosts.count - 1);
    return host;
}

struct job *job_new(enum job_kind kind, struct look *look, const char *url, const char *path)
{
    struct job *job = calloc(1, sizeof *job);
    if (!job)
        return NULL;
    *job = (struct job){.kind = kind, .look = look, .url = strdup(url), .path = strdup(path)};
    if (job->url && job->path)
        return job;
    job_free(job);
    return NULL;
}

void job_free(struct job *job)
{
    if (!job)
        return;
    free(job->url);
    free(job->path);
    free(job->first);
    free(job);
}

void host_give(struct host *host, struct job *job)
{
    job->host = host;
    job->next = NULL;
    if (host->last)
        host->last->next = job;
    else
        host->first = job;
    host->last = job;
}

void host_give_back(struct host *host, struct job *job)
{
    job->host = host;
    job->next = host->first;
    host->first = job;
    if (!host->last)
        host->last = job;
}

struct job *host_take(struct host *host)
{
    struct job *job = host->first;
    if (!job)
        return NULL;
    host->first = job->next;
    if (!host->first)
        host->last = NULL;
    job->next = NULL;
    return job;
}
