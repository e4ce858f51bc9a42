// SPDX-License-Identifier: MIT
// The register's handles: some for readers, one for whoever writes.
//
// Invariants: readers[0 .. free_count) are free; as many threads answer requests as there are readers, so that nobody waits long. The
// writer's handle is held under its own lock from take to give: SQLite lets one write at a time anyway.
#include "serve/server.h"

enum status pool_open(struct pool *pool, const char *path, int count, struct error *reterr_error)
{
    karar_error error;
    *pool = (struct pool){.lock = PTHREAD_MUTEX_INITIALIZER, .writing = PTHREAD_MUTEX_INITIALIZER, .given_back = PTHREAD_COND_INITIALIZER};
    karar_status status = karar_register_open(path, 0, &pool->writer, &error);
    for (int i = 0; !status && i < count && i < MAX_THREADS; i++) {
        status = karar_register_open(path, 0, &pool->readers[i], &error);
        pool->count += !status;
        if (!status)
            status = karar_register_read_only(pool->readers[i], &error);
    }
    pool->free_count = pool->count;
    if (!status)
        return STATUS_OK;
    pool_close(pool);
    return error_set(reterr_error, (enum status)status, "%s", error.text);
}

void pool_close(struct pool *pool)
{
    for (int i = 0; i < pool->count; i++)
        karar_register_close(pool->readers[i]);
    karar_register_close(pool->writer);
    *pool = (struct pool){0};
}

karar_register *pool_take(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    while (pool->free_count == 0)
        pthread_cond_wait(&pool->given_back, &pool->lock);
    karar_register *reg = pool->readers[--pool->free_count];
    pthread_mutex_unlock(&pool->lock);
    return reg;
}

void pool_give(struct pool *pool, karar_register *reg)
{
    if (!reg)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->readers[pool->free_count++] = reg;
    pthread_cond_signal(&pool->given_back);
    pthread_mutex_unlock(&pool->lock);
}

karar_register *pool_take_writer(struct pool *pool)
{
    pthread_mutex_lock(&pool->writing);
    return pool->writer;
}

void pool_give_writer(struct pool *pool)
{
    pthread_mutex_unlock(&pool->writing);
}
