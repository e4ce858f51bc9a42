// SPDX-License-Identifier: MIT
// From rows of the register to lists of values.
//
// Rows are handed out while the register holds a read transaction, and an arena that is full would leave it by a longjmp. So they are first
// written into a buffer, which fails without leaving, and become values when the register is done. Layout of the buffer: for each value its
// length in four bytes (NO_VALUE: none), its bytes, and a NUL.
#include "serve/ask.h"

#include "serve/cache.h"

#define NO_VALUE UINT32_MAX
#define MAX_COLUMNS 32

struct gathering {
    struct buf *bytes;          // the request's, freed with it
    char names[MAX_COLUMNS][32];
    size_t columns;
    uint32_t rows;
};

// A karar_row_sink.
static int gather(void *user, const karar_row *row)
{
    struct gathering *gathering = user;
    if (gathering->rows == 0) {
        gathering->columns = row->count < MAX_COLUMNS ? row->count : MAX_COLUMNS;
        for (size_t i = 0; i < gathering->columns; i++) {
            size_t len = strnlen(row->names[i], sizeof gathering->names[i] - 1);
            memcpy(gathering->names[i], row->names[i], len);
            gathering->names[i][len] = '\0';
        }
    }
    gathering->rows++;
    for (size_t i = 0; i < gathering->columns; i++) {
        uint32_t len = row->texts[i] ? (uint32_t)row->lengths[i] : NO_VALUE;
        buf_add(gathering->bytes, slice_make((const char *)&len, sizeof len));
        if (row->texts[i])
            buf_add(gathering->bytes, slice_make(row->texts[i], row->lengths[i]));
        buf_add_char(gathering->bytes, '\0');
    }
    return gathering->bytes->failed;
}

// From here on the arena may unwind: the buffer's bytes are in it.
static void to_values(struct request *request, struct value *list, const struct gathering *gathering, const char *at)
{
    const char *names[MAX_COLUMNS] = {0};
    for (size_t i = 0; i < gathering->columns; i++)
        names[i] = arena_copy(request->arena, slice_from(gathering->names[i])).at;
    for (uint32_t row = 0; row < gathering->rows; row++) {
        struct value *object = value_add(request->arena, list);
        for (size_t i = 0; i < gathering->columns; i++) {
            uint32_t len;
            memcpy(&len, at, sizeof len);
            at += sizeof len;
            if (len != NO_VALUE)
                value_set(request->arena, object, names[i], slice_make(at, len));
            at += (len == NO_VALUE ? 0 : len) + 1;
        }
    }
}

static struct gathering *gather_into(struct request *request)
{
    struct gathering *gathering = ARENA_NEW(request->arena, struct gathering);
    gathering->bytes = &request->rows;
    buf_clear(gathering->bytes);
    return gathering;
}

// What was gathered, in the arena.
static const char *keep(struct request *request, const struct gathering *gathering, enum status status)
{
    if (status || gathering->bytes->failed)
        arena_fail(request->arena, status ? status : STATUS_LIMIT);
    return arena_copy(request->arena, buf_slice(gathering->bytes)).at;
}

static void finish(struct request *request, struct value *list, const struct gathering *gathering, enum status status)
{
    to_values(request, list, gathering, keep(request, gathering, status));
}

static enum status put(struct request *request, const char *question, const struct asked *asked, struct gathering *gathering)
{
    karar_question put = {
        .size = sizeof put, .name = question, .pair = asked->pair, .id = asked->id, .words = asked->words, .years = asked->years,
        .limit = asked->limit ? asked->limit : ASK_ROWS, .as_of = asked->as_of ? asked->as_of : request_as_of(request),
        .skip = asked->skip, .languages = ui_readable(request->language, request->arena).at,
    };
    return (enum status)karar_register_rows(request->reg, &put, gather, gathering, NULL);
}

struct value *ask_rows(struct request *request, struct value *into, const char *key, const char *question, const struct asked *asked)
{
    struct value *list = value_list(request->arena, into, key);
    struct gathering *gathering = gather_into(request);
    finish(request, list, gathering, put(request, question, asked, gathering));
    return list;
}

// Rows as they are kept: how many, how many columns, their names, and what was gathered.
struct kept_head {
    uint32_t rows, columns;
    char names[MAX_COLUMNS][32];
};

static struct slice key_of(struct request *request, const char *question, const struct asked *asked)
{
    const char *as_of = asked->as_of ? asked->as_of : request_as_of(request);
    return arena_format(request->arena, "rows\n%s\n%s\n%s\n%s\n%s\n%s\n%lld %lld %lld", request->state.at, question,
            asked->pair ? asked->pair : "",
                        asked->id ? asked->id : "", asked->words ? asked->words : "", as_of ? as_of : "", (long long)asked->limit,
                        (long long)asked->years, (long long)asked->skip);
}

static void put_kept(struct request *request, struct slice key, const struct gathering *gathering)
{
    struct kept_head *head = ARENA_NEW(request->arena, struct kept_head);
    head->rows = gathering->rows;
    head->columns = (uint32_t)gathering->columns;
    memcpy(head->names, gathering->names, sizeof head->names);
    struct slice rows = buf_slice(gathering->bytes);
    char *bytes = arena_take(request->arena, sizeof *head + rows.len);
    memcpy(bytes, head, sizeof *head);
    memcpy(bytes + sizeof *head, rows.at, rows.len);
    cache_put_rows(request->server->cache, key, slice_make(bytes, sizeof *head + rows.len));
}

struct value *ask_kept(struct request *request, struct value *into, const char *key, const char *question, const struct asked *asked)
{
    if (!request->state.len)        // nothing may be kept: whoever writes, say
        return ask_rows(request, into, key, question, asked);
    struct value *list = value_list(request->arena, into, key);
    struct gathering *gathering = gather_into(request);
    struct slice kept_as = key_of(request, question, asked);
    if (cache_get_rows(request->server->cache, kept_as, gathering->bytes)) {
        struct slice bytes = arena_copy(request->arena, buf_slice(gathering->bytes));
        struct kept_head head;
        memcpy(&head, bytes.at, sizeof head);
        gathering->rows = head.rows;
        gathering->columns = head.columns;
        memcpy(gathering->names, head.names, sizeof head.names);
        to_values(request, list, gathering, bytes.at + sizeof head);
        return list;
    }
    enum status status = put(request, question, asked, gathering);
    if (!status && !gathering->bytes->failed)
        put_kept(request, kept_as, gathering);
    finish(request, list, gathering, status);
    return list;
}

struct ask_cells ask_cells(struct request *request, const char *question, const struct asked *asked)
{
    struct gathering *gathering = gather_into(request);
    const char *at = keep(request, gathering, put(request, question, asked, gathering));
    size_t count = gathering->rows * gathering->columns;
    struct slice *cells = ARENA_ARRAY(request->arena, struct slice, count + 1);
    for (size_t i = 0; i < count; i++) {
        uint32_t len;
        memcpy(&len, at, sizeof len);
        at += sizeof len;
        cells[i] = len == NO_VALUE ? (struct slice){NULL, 0} : slice_make(at, len);
        at += (len == NO_VALUE ? 0 : len) + 1;
    }
    return (struct ask_cells){cells, gathering->rows, (uint32_t)gathering->columns};
}

// A users_taker.
static void gather_user(void *user, int count, const char *const *names, const struct slice *values)
{
    const char *texts[MAX_COLUMNS];
    size_t lengths[MAX_COLUMNS];
    for (int i = 0; i < count && i < MAX_COLUMNS; i++) {
        texts[i] = values[i].at;
        lengths[i] = values[i].len;
    }
    gather(user, &(karar_row){(size_t)count, names, texts, lengths});
}

struct value *ask_events(struct request *request, struct value *into, const char *key, struct slice user, int64_t skip, int64_t limit)
{
    struct value *list = value_list(request->arena, into, key);
    struct gathering *gathering = gather_into(request);
    if (request->server->users)
        finish(request, list, gathering, users_events(request->server->users, user, skip, limit, gather_user, gathering, NULL));
    return list;
}

struct value *ask_users(struct request *request, struct value *into, const char *key, struct slice user, int64_t skip, int64_t limit)
{
    struct value *list = value_list(request->arena, into, key);
    struct gathering *gathering = gather_into(request);
    if (request->server->users)
        finish(request, list, gathering, users_list(request->server->users, user, skip, limit, gather_user, gathering, NULL));
    return list;
}

struct value *ask_one(struct request *request, const char *question, const struct asked *asked)
{
    struct asked one = *asked;
    one.limit = 1;
    return ask_rows(request, value_object(request->arena), "rows", question, &one)->first;
}
