// SPDX-License-Identifier: MIT
// One engine for all who send reports: it takes some twenty megabytes, and reading takes far less time than writing to the disk does.
//
// It is made when the first report comes, and used under a lock, which is held until the report is written or kept.
// Order of locks: reading, then the writer's handle; nobody takes them the other way round.
#include "serve/reading.h"

#include <stdbool.h>
#include <string.h>

void reading_start(struct reading *reading)
{
    *reading = (struct reading){.lock = PTHREAD_MUTEX_INITIALIZER};
}

void reading_stop(struct reading *reading)
{
    karar_engine_free(reading->engine);
    reading->engine = NULL;
}

static karar_status make_item(const struct sent_report *sent, karar_item **item, karar_error *error)
{
    return karar_item_new(sent->bytes.at, sent->bytes.len, sent->uri ? sent->uri : "web", NULL, item, error);
}

// The lock is held.
static karar_status make_engine(struct reading *reading, karar_error *error)
{
    return reading->engine ? KARAR_OK : karar_engine_new(NULL, &reading->engine, error);
}

// The lock is held. The item outlives the report, whose date may come from it.
static karar_status read_item(struct reading *reading, const karar_item *item, const struct sent_report *sent, karar_report **report,
                              karar_error *error)
{
    karar_status status = make_engine(reading, error);
    karar_read_options options = {.size = sizeof options, .date = sent->date, .language = sent->language};
    return status ? status : karar_read_item(reading->engine, item, &options, report, error);
}

karar_status reading_record(struct server *server, const struct sent_report *sent, karar_sink sink, void *user, karar_error *error)
{
    karar_item *item = NULL;
    karar_report *report = NULL;
    karar_write_options options = {.size = sizeof options, .format = KARAR_JSONL};
    karar_status status = make_item(sent, &item, error);
    pthread_mutex_lock(&server->reading.lock);
    if (!status)
        status = read_item(&server->reading, item, sent, &report, error);
    if (!status)
        status = karar_report_write(report, &options, sink, user, error);
    karar_report_free(report);
    pthread_mutex_unlock(&server->reading.lock);
    karar_item_free(item);
    return status;
}

karar_status reading_add_item(struct server *server, const karar_item *item, const struct sent_report *sent, struct kept_report *ret_kept,
                              karar_error *error)
{
    karar_report *report = NULL;
    pthread_mutex_lock(&server->reading.lock);
    karar_status status = read_item(&server->reading, item, sent, &report, error);
    if (!status) {
        const char *given = karar_report_given_date(report);
        karar_add_options options = {.size = sizeof options, .author = sent->author ? sent->author : "web", .language = sent->language,
                                     .date = given};
        ret_kept->facts = karar_report_facts(report);
        status = karar_register_add(pool_take_writer(&server->pool), report, &options, &ret_kept->is_new, ret_kept->id, error);
        pool_give_writer(&server->pool);
    }
    karar_report_free(report);
    pthread_mutex_unlock(&server->reading.lock);
    return status;
}

karar_status reading_add(struct server *server, const struct sent_report *sent, struct kept_report *ret_kept, karar_error *error)
{
    karar_item *item = NULL;
    karar_status status = make_item(sent, &item, error);
    if (!status)
        status = reading_add_item(server, item, sent, ret_kept, error);
    karar_item_free(item);
    return status;
}

// It may ask for a report to be read again: the edit of a field that reports have, too, or what takes a decision back.
static bool may_read(const karar_decision *decision)
{
    static const char *const fields[] = {"date", "publisher", "language"};
    if (!decision->action || strcmp(decision->action, "edit") != 0)
        return decision->action && strcmp(decision->action, "undo") == 0;
    for (size_t i = 0; decision->field && i < sizeof fields / sizeof *fields; i++)
        if (strcmp(decision->field, fields[i]) == 0)
            return true;
    return false;
}

karar_status reading_decide(struct server *server, karar_decision *decision, int64_t *ret_number, karar_error *error)
{
    bool reads = may_read(decision);
    karar_status status = KARAR_OK;
    if (reads) {
        pthread_mutex_lock(&server->reading.lock);
        status = make_engine(&server->reading, error);
        decision->engine = server->reading.engine;
    }
    if (!status) {
        status = karar_register_decide(pool_take_writer(&server->pool), decision, ret_number, error);
        pool_give_writer(&server->pool);
    }
    if (reads)
        pthread_mutex_unlock(&server->reading.lock);
    return status;
}
