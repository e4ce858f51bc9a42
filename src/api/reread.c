// SPDX-License-Identifier: MIT
// Reads stored documents again, several at a time, and hands their readings back in order (base/crew.h).
//
// A task holds its own copy of the document, so that the register's file may move on while threads read; tasks are used again and again,
// their buffers with them. One engine belongs to one thread.
#include "api/reread.h"

#include <stdlib.h>

#include "base/crew.h"
#include "report/annex.h"
#include "report/record_json.h"

#define TASKS_A_THREAD 16
#define REREAD_HASH (7 + 64 + 1)

struct task {
    struct buf bytes, uri, publisher, json, annex;
    struct registry_ready *ready;
    struct registry_reading reading;    // its texts are in the buffers
    char hash[REREAD_HASH];
    struct registry_has has;
    struct registry_piece *piece;       // of work on the file, instead of a document; NULL: a document
    char language[16], page_language[16], date[DATE_EDTF_SIZE];    // "" none
    enum status status;
    struct error error;
};

// What a thread works with.
struct tool {
    const karar_engine *engine;
    struct registry_view *view;
};

struct reread {
    struct crew *crew;
    struct tool *tools;
    uint32_t tool_count;
    struct task *tasks;
    int count, next;            // tasks, and the one to be given next
};

enum status reread_document(const struct document *document, const struct engine *engine, struct buf *json, struct buf *annex)
{
    enum status status = record_json(json, document, engine_world(engine), false);
    if (!status)
        status = annex_json(annex, document, engine_world(engine));
    if (!status)
        status = json->failed ? json->failed : annex->failed;
    return status;
}

enum status reread_stored(const karar_engine *engine, const struct registry_document *stored, struct buf *json, struct buf *annex,
                          struct registry_reading *ret_reading, struct error *reterr_error)
{
    struct document document;
    struct read_options options = {.uri = stored->uri, .language = LANGUAGE_NONE, .hint = LANGUAGE_NONE, .publisher = stored->publisher};
    if (stored->page_language.len)
        options.hint = engine_language_find(engine->engine, stored->page_language);
    if (stored->language.len)
        options.language = engine_language_find(engine->engine, stored->language);
    if (stored->date.len)
        date_parse_edtf(stored->date, &options.date);
    enum status status = engine_read(engine->engine, stored->bytes, &options, &document, reterr_error);
    if (status)
        return status;
    status = reread_document(&document, engine->engine, json, annex);
    engine_finish_document(&document);
    *ret_reading = (struct registry_reading){.json = buf_slice(json), .annex = buf_slice(annex), .engine = slice_from(KARAR_VERSION),
        .reader = engine_fingerprint(engine->engine)};
    return status;
}

static struct registry_reading reading_of(const struct task *task)
{
    struct registry_reading reading = task->reading;
    reading.ready = task->ready;
    return reading;
}

static void read_task(void *tool, void *given)
{
    const struct tool *with = tool;
    struct task *task = given;
    if (task->piece) {
        registry_piece_do(task->piece, with->view);
        return;
    }
    const struct registry_document stored = {
        .hash = slice_from(task->hash), .has = task->has, .bytes = buf_slice(&task->bytes),
        .uri = buf_slice(&task->uri), .publisher = buf_slice(&task->publisher), .language = slice_from(task->language),
        .page_language = slice_from(task->page_language), .date = slice_from(task->date),
    };
    task->status = reread_stored(with->engine, &stored, &task->json, &task->annex, &task->reading, &task->error);
    if (!task->status)
        task->status = registry_ready_make(task->ready, &stored, &task->reading, &task->error);
}

static void keep(char *out, size_t room, struct slice text)
{
    size_t len = text.len < room ? text.len : 0;    // longer than any there is: none
    if (len)
        memcpy(out, text.at, len);
    out[len] = '\0';
}

static enum status give(void *user, const struct registry_document *document, struct error *reterr_error)
{
    struct reread *reread = user;
    struct task *task = &reread->tasks[reread->next++ % reread->count];
    buf_clear(&task->bytes);
    buf_clear(&task->uri);
    buf_clear(&task->publisher);
    buf_clear(&task->json);
    buf_clear(&task->annex);
    buf_add(&task->bytes, document->bytes);
    buf_add(&task->uri, document->uri);
    buf_add(&task->publisher, document->publisher);
    keep(task->hash, sizeof task->hash, document->hash);
    task->piece = NULL;
    task->has = document->has;
    keep(task->page_language, sizeof task->page_language, document->page_language);
    keep(task->language, sizeof task->language, document->language);
    keep(task->date, sizeof task->date, document->date);
    task->error = (struct error){.byte = UINT64_MAX};
    if (task->bytes.failed || task->uri.failed || task->publisher.failed)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory to read a report again");
    crew_give(reread->crew, task);
    return STATUS_OK;
}

static enum status take(void *user, struct registry_reading *ret_reading, struct error *reterr_error)
{
    struct reread *reread = user;
    const struct task *task = crew_take(reread->crew);
    if (task->status) {
        *reterr_error = task->error;
        return task->status;
    }
    *ret_reading = reading_of(task);
    return STATUS_OK;
}

static void give_piece(void *user, struct registry_piece *piece)
{
    struct reread *reread = user;
    struct task *task = &reread->tasks[reread->next++ % reread->count];
    task->piece = piece;
    crew_give(reread->crew, task);
}

static void take_piece(void *user)
{
    struct reread *reread = user;
    crew_take(reread->crew);
}

struct reread *reread_start(const struct registry *registry, karar_engine *const *engines, uint32_t count,
        struct registry_readers *ret_readers)
{
    struct reread *reread = calloc(1, sizeof *reread);
    if (!reread)
        return NULL;
    reread->count = (int)count * TASKS_A_THREAD;
    reread->tasks = calloc((size_t)reread->count, sizeof *reread->tasks);
    reread->tools = calloc(count, sizeof *reread->tools);
    reread->tool_count = reread->tools ? count : 0;
    void **tools = calloc(count, sizeof *tools);
    for (uint32_t i = 0; tools && reread->tools && i < count; i++) {
        reread->tools[i] = (struct tool){engines[i], registry_view_open(registry)};
        tools[i] = &reread->tools[i];
    }
    bool views = tools && reread->tools;
    for (uint32_t i = 0; views && i < count; i++)
        views = reread->tools[i].view != NULL;
    bool whole = tools && reread->tools && reread->tasks;
    for (int i = 0; reread->tasks && i < reread->count; i++) {
        struct task *task = &reread->tasks[i];
        task->ready = registry_ready_new(registry);
        whole = whole && task->ready;
        buf_init(&task->bytes, API_MAX_OUTPUT);
        buf_init(&task->uri, API_MAX_OUTPUT);
        buf_init(&task->publisher, API_MAX_OUTPUT);
        buf_init(&task->json, API_MAX_OUTPUT);
        buf_init(&task->annex, API_MAX_OUTPUT);
    }
    if (whole)
        reread->crew = crew_start(tools, (int)count, reread->count, read_task);
    free(tools);
    if (!reread->crew) {
        reread_finish(reread);
        return NULL;
    }
    // one fewer under way than there are tasks: the one that was taken last is still being used
    *ret_readers = (struct registry_readers){.ahead = reread->count - 1, .give = give, .take = take, .user = reread,
            .give_piece = views ? give_piece : NULL, .take_piece = views ? take_piece : NULL};
    return reread;
}

void reread_finish(struct reread *reread)
{
    while (reread->crew && crew_take(reread->crew))
        continue;
    crew_finish(reread->crew);
    for (int i = 0; reread->tasks && i < reread->count; i++) {
        struct task *task = &reread->tasks[i];
        registry_ready_free(task->ready);
        buf_finish(&task->bytes);
        buf_finish(&task->uri);
        buf_finish(&task->publisher);
        buf_finish(&task->json);
        buf_finish(&task->annex);
    }
    for (uint32_t i = 0; i < reread->tool_count; i++)
        registry_view_close(reread->tools[i].view);
    free(reread->tools);
    free(reread->tasks);
    free(reread);
}
