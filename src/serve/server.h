// SPDX-License-Identifier: MIT
// What all requests share. Private to the room: handlers get it by their request.
#ifndef KARAR_SERVE_SERVER_H
#define KARAR_SERVE_SERVER_H

#include <karar/karar.h>
#include <pthread.h>
#include <stdbool.h>

#include "base/status.h"
#include "users/users.h"

#define TOKEN_LENGTH 32         // hexadecimal digits: 128 bits
#define MAX_THREADS 32

struct MHD_Daemon;
struct adding;
struct cache;
struct bounds;

// Handles of the register: each is used by one request at a time. Readers cannot write; there is one writer, since a register has one.
struct pool {
    pthread_mutex_t lock, writing;
    pthread_cond_t given_back;
    karar_register *readers[MAX_THREADS];
    int free_count, count;
    karar_register *writer;
};
enum status pool_open(struct pool *pool, const char *path, int count, struct error *reterr_error);
void pool_close(struct pool *pool);
karar_register *pool_take(struct pool *pool);       // waits until one is free
void pool_give(struct pool *pool, karar_register *reg);
karar_register *pool_take_writer(struct pool *pool);    // waits for whoever writes
void pool_give_writer(struct pool *pool);

// Who reads reports that are sent: reading.h.
struct reading {
    pthread_mutex_t lock;
    karar_engine *engine;       // NULL until the first report comes
};

struct server {
    struct MHD_Daemon *daemon;
    struct pool pool;
    struct bounds *bounds;
    struct cache *cache;
    struct reading reading;
    struct adding *adding;      // adding.h
    bool allow_private;         // addresses of private networks may be fetched
    const char *register_path;
    struct users *users;        // NULL: there are none, whoever has the token may do all
    char proxy[64];             // its IP address as inet_ntop writes it: it alone may connect, and speaks TLS. "": none
    char token[TOKEN_LENGTH + 1];
    char address[256];
    int threads;
};

#endif
