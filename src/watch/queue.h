// SPDX-License-Identifier: MIT
// Hosts, and the requests that wait for each.
#ifndef KARAR_WATCH_QUEUE_H
#define KARAR_WATCH_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

enum job_kind { JOB_ROBOTS, JOB_LIST, JOB_PAGE };

struct look;

struct job {
    struct job *next;
    enum job_kind kind;
    struct look *look;          // that it belongs to; NULL: robots.txt
    struct host *host;
    char *url, *path;
    char *first;                // PAGE: the address in the feed
    char date[12];              // PAGE: as the feed has it
    int redirects, tries;
};

enum robots_state { ROBOTS_UNKNOWN, ROBOTS_KNOWN, ROBOTS_CLOSED };

struct host {
    char *name;                 // with scheme and port
    struct job *first, *last;   // waiting
    struct job *asked;          // under way; the host is busy with it
    int64_t free_at;            // ms of the monotonic clock: not before
    enum robots_state robots;
    int64_t robots_until;       // ms
    char *rules;                // of robots.txt; NULL: none
    size_t rules_len;
    int failures;               // of robots.txt, in a row
};

struct queue {
    struct arena arena;
    struct map names;
    VEC(struct host *) hosts;
};

void queue_init(struct queue *queue);
void queue_finish(struct queue *queue);    // frees what waits, too
// The host of that name; NULL if there are `maximum` others or memory ran out.
struct host *queue_host(struct queue *queue, const char *name, uint32_t maximum);
// Strings are copied. NULL if memory ran out.
struct job *job_new(enum job_kind kind, struct look *look, const char *url, const char *path);
void job_free(struct job *job);
void host_give(struct host *host, struct job *job);         // behind the others
void host_give_back(struct host *host, struct job *job);    // before the others
struct job *host_take(struct host *host);                   // NULL: none waits

#endif
