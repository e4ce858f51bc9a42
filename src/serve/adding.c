// SPDX-License-Identifier: MIT
// The orders, and the thread that works them off one after the other.
//
// Invariants, under `lock`: orders[0 .. count) are in the order of their coming; those before `next` have ended or are under way. The
// worker reads an order's inputs without the lock, since nobody else touches them after it came; results and progress it changes under it.
// An order that has not ended is never thrown away: it is on the disk (orders.c) before it is confirmed, and taken up again by the next
// server under the same id.
#include "serve/adding.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "serve/fetch.h"
#include "serve/orders.h"
#include "serve/reading.h"
#include "serve/text.h"

struct input {
    char *name, *bytes;         // bytes NULL: an address
    size_t len;
};
struct order {
    char id[ADDING_ID_LENGTH + 1];
    struct input *inputs;
    char *date, *language, *author;     // NULL: not told
    struct adding_result *results;
    uint32_t result_room;
    struct adding_progress progress;
};
struct adding {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t worker;
    bool has_worker, stopping;
    int stop;                   // an eventfd, readable once the server ends
    struct orders *kept;
    struct order *orders[ADDING_MAX_ORDERS];
    uint32_t count, next;       // next: of orders, to be worked off
    size_t waiting;             // bytes of files
};

// ---- orders ---------------------------------------------------------------------------------------------------------------
static void free_input(struct input *input)
{
    free(input->name);
    free(input->bytes);
    *input = (struct input){NULL, NULL, 0};
}

static void free_order(struct order *order)
{
    if (!order)
        return;
    for (uint32_t i = 0; order->inputs && i < order->progress.inputs; i++)
        free_input(&order->inputs[i]);
    free(order->inputs);
    free(order->date);
    free(order->language);
    free(order->author);
    free(order->results);
    free(order);
}

static bool copy_text(char **place, const char *text)
{
    *place = text ? strdup(text) : NULL;
    return !text || *place;
}

static bool copy_input(struct input *input, const struct adding_input *given)
{
    input->name = strndup(given->name.at, given->name.len);
    input->len = given->bytes.len;
    if (given->bytes.at) {
        input->bytes = malloc(given->bytes.len + 1);
        if (input->bytes)
            memcpy(input->bytes, given->bytes.at, given->bytes.len);
    }
    return input->name && (input->bytes || !given->bytes.at);
}

static bool make_id(char id[ADDING_ID_LENGTH + 1])
{
    unsigned char bytes[ADDING_ID_LENGTH / 2];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return false;
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(id + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

// `id` NULL: a new one.
static struct order *copy_order(const struct adding_order *given, const char *id)
{
    struct order *order = calloc(1, sizeof *order);
    if (!order)
        return NULL;
    order->inputs = calloc(given->count, sizeof *order->inputs);
    bool copied = order->inputs && copy_text(&order->date, given->date) && copy_text(&order->language, given->language) &&
                  copy_text(&order->author, given->author) && (id || make_id(order->id));
    if (copied && id)
        memcpy(order->id, id, sizeof order->id);
    order->progress.inputs = order->inputs ? given->count : 0;
    for (uint32_t i = 0; copied && i < given->count; i++)
        copied = copy_input(&order->inputs[i], &given->inputs[i]);
    if (copied)
        return order;
    free_order(order);
    return NULL;
}

// The lock is held.
static struct order *find(const struct adding *adding, struct slice id)
{
    for (uint32_t i = 0; i < adding->count; i++)
        if (text_same_secret(slice_from(adding->orders[i]->id), id))
            return adding->orders[i];
    return NULL;
}

// The lock is held. False: nobody has ended.
static bool make_room(struct adding *adding)
{
    if (adding->count < ADDING_MAX_ORDERS)
        return true;
    if (!adding->orders[0]->progress.ended)
        return false;
    free_order(adding->orders[0]);
    adding->count--;
    adding->next--;
    memmove(adding->orders, adding->orders + 1, adding->count * sizeof *adding->orders);
    return true;
}

// ---- working off ----------------------------------------------------------------------------------------------------------
struct work {
    struct server *server;
    struct adding *adding;
    struct order *order;
};

static bool is_stopping(struct adding *adding)
{
    pthread_mutex_lock(&adding->lock);
    bool stopping = adding->stopping;
    pthread_mutex_unlock(&adding->lock);
    return stopping;
}

// The lock is held. NULL: as many are told one by one as may be, or there is no memory for more.
static struct adding_result *next_result(struct order *order)
{
    uint32_t count = order->progress.results++;
    if (count >= ADDING_MAX_RESULTS)
        return NULL;
    if (count >= order->result_room) {
        uint32_t room = 2 * count + 4;
        struct adding_result *longer = realloc(order->results, room * sizeof *longer);
        if (!longer)
            return NULL;
        order->results = longer;
        order->result_room = room;
    }
    return &order->results[count];
}

// Whole characters, and as many as there is room for.
static void copy_cut(char *place, size_t room, const char *text)
{
    size_t len = strnlen(text, room - 1);
    while (len && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;
    memcpy(place, text, len);
    place[len] = '\0';
}

static void tell(struct work *work, const char *name, const struct kept_report *kept, const char *fault)
{
    pthread_mutex_lock(&work->adding->lock);
    struct adding_progress *progress = &work->order->progress;
    struct adding_result *result = next_result(work->order);
    progress->reports += kept != NULL;
    progress->new_reports += kept && kept->is_new;
    if (result) {
        *result = (struct adding_result){.is_new = kept && kept->is_new, .facts = kept ? kept->facts : 0};
        copy_cut(result->name, sizeof result->name, name);
        copy_cut(result->id, sizeof result->id, kept ? kept->id : "");
        copy_cut(result->fault, sizeof result->fault, fault);
    }
    pthread_cond_broadcast(&work->adding->changed);
    pthread_mutex_unlock(&work->adding->lock);
}

static void add_item(struct work *work, const karar_item *item)
{
    karar_error error = {.byte = UINT64_MAX};
    struct kept_report kept = {.is_new = 0};
    struct sent_report sent = {.date = work->order->date, .language = work->order->language, .author = work->order->author};
    if (reading_add_item(work->server, item, &sent, &kept, &error))
        tell(work, karar_item_uri(item), NULL, *error.text ? error.text : karar_status_text(error.status));
    else
        tell(work, karar_item_uri(item), &kept, "");
}

// All documents of a file, whatever it is.
static void add_file(struct work *work, const struct input *input)
{
    karar_source *source = NULL;
    karar_error error = {.byte = UINT64_MAX};
    karar_status status = karar_source_memory(input->bytes, input->len, input->name, NULL, &source, &error);
    if (status)
        tell(work, input->name, NULL, error.text);
    while (source && !is_stopping(work->adding)) {
        karar_item *item = NULL;
        status = karar_source_next(source, &item, &error);
        if (status == KARAR_NOT_FOUND)
            break;
        if (!status)
            add_item(work, item);
        else
            tell(work, input->name, NULL, error.text);
        karar_item_free(item);
        if (status == KARAR_NO_MEMORY || status == KARAR_IO)
            break;
    }
    karar_source_close(source);
}

static void add_address(struct work *work, const struct input *input)
{
    struct fetched fetched;
    struct error detail = {.byte = UINT64_MAX};
    karar_error error = {.byte = UINT64_MAX};
    karar_item *item = NULL;
    struct fetch_options options = {work->server->allow_private, work->adding->stop};
    if (fetch(&options, slice_from(input->name), &fetched, &detail))
        tell(work, input->name, NULL, detail.text);
    else if (karar_item_new(fetched.body.at, fetched.body.len, fetched.url, *fetched.charset ? fetched.charset : NULL, &item, &error))
        tell(work, input->name, NULL, error.text);
    else
        add_item(work, item);
    karar_item_free(item);
    fetched_finish(&fetched);
}

static void work_off(struct server *server, struct order *order)
{
    struct work work = {server, server->adding, order};
    for (uint32_t i = 0; i < order->progress.inputs && !is_stopping(work.adding); i++) {
        struct input *input = &order->inputs[i];
        if (input->bytes)
            add_file(&work, input);
        else
            add_address(&work, input);
        pthread_mutex_lock(&work.adding->lock);
        work.adding->waiting -= input->len;
        order->progress.inputs_done++;
        pthread_mutex_unlock(&work.adding->lock);
        free_input(input);
    }
}

static void *work_on(void *user)
{
    struct server *server = user;
    struct adding *adding = server->adding;
    pthread_mutex_lock(&adding->lock);
    for (;;) {
        while (adding->next == adding->count && !adding->stopping)
            pthread_cond_wait(&adding->changed, &adding->lock);
        if (adding->stopping)
            break;
        struct order *order = adding->orders[adding->next++];
        pthread_mutex_unlock(&adding->lock);
        work_off(server, order);
        if (!is_stopping(adding))
            orders_forget(adding->kept, order->id);
        pthread_mutex_lock(&adding->lock);
        order->progress.ended = true;
        pthread_cond_broadcast(&adding->changed);
    }
    pthread_mutex_unlock(&adding->lock);
    return NULL;
}

// ---- from outside ---------------------------------------------------------------------------------------------------------
static size_t bytes_of(const struct adding_order *order)
{
    size_t bytes = 0;
    for (uint32_t i = 0; i < order->count; i++)
        bytes += order->inputs[i].bytes.len;
    return bytes;
}

// The lock is held; the order is ours from here on if it is well.
static enum status line_up(struct server *server, struct order *order, size_t bytes, struct error *reterr_error)
{
    struct adding *adding = server->adding;
    if (adding->waiting + bytes > ADDING_MAX_WAITING || !make_room(adding))
        return error_set(reterr_error, STATUS_LIMIT, "too much waits to be read already: send it again in a while");
    if (!adding->has_worker && pthread_create(&adding->worker, NULL, work_on, server))
        return error_set(reterr_error, STATUS_NO_MEMORY, "no thread can be started to read what was sent");
    adding->has_worker = true;
    adding->waiting += bytes;
    adding->orders[adding->count++] = order;
    pthread_cond_broadcast(&adding->changed);
    return STATUS_OK;
}

// One that another run left. Those for which there is no room stay for the next.
static bool take_up(void *user, const char *id, const struct adding_order *given)
{
    struct server *server = user;
    struct order *order = copy_order(given, id);
    if (!order)
        return false;
    pthread_mutex_lock(&server->adding->lock);
    enum status status = line_up(server, order, bytes_of(given), NULL);
    pthread_mutex_unlock(&server->adding->lock);
    if (status)
        free_order(order);
    return !status;
}

enum status adding_start(struct server *server, struct error *reterr_error)
{
    pthread_condattr_t clock;
    struct adding *adding = calloc(1, sizeof *adding);
    if (!adding)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory for the server");
    pthread_mutex_init(&adding->lock, NULL);
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&adding->changed, &clock);
    pthread_condattr_destroy(&clock);
    adding->stop = eventfd(0, EFD_CLOEXEC);
    server->adding = adding;
    if (adding->stop < 0)
        return error_set(reterr_error, STATUS_IO, "no descriptor is left for the server");
    return orders_open(server->register_path, &adding->kept, reterr_error);
}

void adding_take_up(struct server *server)
{
    orders_left(server->adding->kept, take_up, server);
}

void adding_stop(struct server *server)
{
    struct adding *adding = server->adding;
    if (!adding)
        return;
    pthread_mutex_lock(&adding->lock);
    adding->stopping = true;
    if (adding->stop >= 0)
        eventfd_write(adding->stop, 1);
    pthread_cond_broadcast(&adding->changed);
    pthread_mutex_unlock(&adding->lock);
    if (adding->has_worker)
        pthread_join(adding->worker, NULL);
    for (uint32_t i = 0; i < adding->count; i++)
        free_order(adding->orders[i]);
    if (adding->stop >= 0)
        close(adding->stop);
    orders_close(adding->kept);
    pthread_cond_destroy(&adding->changed);
    pthread_mutex_destroy(&adding->lock);
    free(adding);
    server->adding = NULL;
}

struct adding_input *adding_inputs(struct request *request, uint32_t *ret_count)
{
    struct slice addresses = request_form(request, "address");
    struct adding_input *inputs = ARENA_ARRAY(request->arena, struct adding_input, ADDING_MAX_INPUTS + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < request->uploads.count && count <= ADDING_MAX_INPUTS; i++) {
        const struct upload *upload = &request->uploads.at[i];
        inputs[count++] = (struct adding_input){upload->name.len ? upload->name : SLICE("web"), upload->bytes};
    }
    while (addresses.at && addresses.len && count <= ADDING_MAX_INPUTS) {
        struct slice address = slice_trim(slice_cut(&addresses, '\n'));
        if (address.len)
            inputs[count++] = (struct adding_input){.name = address};
    }
    *ret_count = count;
    return inputs;
}

enum status adding_begin(struct server *server, const struct adding_order *given, char ret_id[ADDING_ID_LENGTH + 1],
                         struct error *reterr_error)
{
    struct adding *adding = server->adding;
    if (given->count > ADDING_MAX_INPUTS)
        return error_set(reterr_error, STATUS_LIMIT, "at most %u files and addresses are taken at once", ADDING_MAX_INPUTS);
    struct order *order = copy_order(given, NULL);
    if (!order)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory to keep what was sent");
    memcpy(ret_id, order->id, sizeof order->id);
    enum status status = orders_keep(adding->kept, ret_id, given, reterr_error);
    if (!status) {
        pthread_mutex_lock(&adding->lock);
        status = line_up(server, order, bytes_of(given), reterr_error);
        pthread_mutex_unlock(&adding->lock);
        if (status)
            orders_forget(adding->kept, ret_id);
    }
    if (status)
        free_order(order);
    return status;
}

void adding_wait(struct server *server, struct slice id, int milliseconds)
{
    struct adding *adding = server->adding;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    until.tv_sec += milliseconds / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&adding->lock);
    int waited = 0;
    // Looked for anew each time: the order may have ended and made room for another.
    for (struct order *order = find(adding, id); order && !order->progress.ended && waited != ETIMEDOUT && !adding->stopping;
         order = find(adding, id))
        waited = pthread_cond_timedwait(&adding->changed, &adding->lock, &until);
    pthread_mutex_unlock(&adding->lock);
}

bool adding_look(struct server *server, struct slice id, struct adding_progress *ret_progress, struct adding_result *results,
                 uint32_t room)
{
    struct adding *adding = server->adding;
    pthread_mutex_lock(&adding->lock);
    const struct order *order = find(adding, id);
    if (order) {
        uint32_t told = order->progress.results < order->result_room ? order->progress.results : order->result_room;
        *ret_progress = order->progress;
        if (told && room)
            memcpy(results, order->results, (told < room ? told : room) * sizeof *results);
    }
    pthread_mutex_unlock(&adding->lock);
    return order != NULL;
}
