// SPDX-License-Identifier: MIT
// What programs of keepers ask for: who signed in and what became of accounts, and a copy of the register.
//
// Decisions are a question like others (/api/v1/decisions), so the audit here has what stands in the file of users.
// A copy is asked for with the key in a header alone, since it is dear and no browser shall be made to ask for it.
#include "serve/api.h"

#include "base/emit.h"
#include "serve/keep.h"

struct events {
    struct json json;
    uint64_t rows;
};

static void take_event(void *user, int count, const char *const *names, const struct slice *values)
{
    struct events *events = user;
    struct json *json = &events->json;
    events->rows++;
    emit_object(json);
    for (int i = 0; i < count; i++) {
        int64_t number;
        emit_key(json, names[i]);
        if (!values[i].at)
            emit_null(json);
        else if (i == 0 && slice_to_int(values[i], &number))
            emit_int(json, number);     // its id
        else
            emit_string(json, values[i]);
    }
    emit_object_end(json);
}

void api_audit(struct request *request, struct answer *answer)
{
    struct api_range range;
    struct events events = {.rows = 0};
    if (!api_takes_range(request, answer, "audit", &range))
        return;
    emit_init(&events.json, &answer->body, false);
    api_begin_rows(&events.json, "audit", range);
    emit_array(&events.json);
    enum status status = STATUS_OK;
    if (request->server->users)
        status = users_events(request->server->users, range.skip, range.limit, take_event, &events, NULL);
    if (status || answer->body.failed)
        arena_fail(request->arena, status ? status : STATUS_LIMIT);
    emit_array_end(&events.json);
    api_end_rows(request, answer, &events.json, range, events.rows);
    answer->status = 200;
    answer->is_private = true;
}

void api_backup(struct request *request, struct answer *answer)
{
    karar_error error = {.byte = UINT64_MAX};
    if (keep_send_copy(request, answer, &error))
        api_error_text(answer, 503, arena_copy(request->arena, slice_from(error.text)).at);
}
