// SPDX-License-Identifier: MIT
// What programs of keepers ask for: who signed in and what became of accounts, the users and changes of them, and a copy of the register.
//
// Decisions are a question like others (/api/v1/decisions), so the audit here has what stands in the file of users.
// A copy is asked for with the key in a header alone, since it is dear and no browser shall be made to ask for it.
#include "serve/api.h"

#include <string.h>

#include "base/emit.h"
#include "serve/keep.h"

struct gathered {
    struct json json;
    uint64_t rows;
};

// A users_taker. An id and a number of sessions are numbers.
static void take_row(void *user, int count, const char *const *names, const struct slice *values)
{
    struct gathered *gathered = user;
    struct json *json = &gathered->json;
    gathered->rows++;
    emit_object(json);
    for (int i = 0; i < count; i++) {
        int64_t number;
        bool is_number = strcmp(names[i], "id") == 0 || strcmp(names[i], "sessions") == 0;
        emit_key(json, names[i]);
        if (!values[i].at)
            emit_null(json);
        else if (is_number && slice_to_int(values[i], &number))
            emit_int(json, number);
        else
            emit_string(json, values[i]);
    }
    emit_object_end(json);
}

static void send_rows(struct request *request, struct answer *answer, const char *name)
{
    struct api_range range;
    struct gathered gathered = {.rows = 0};
    struct users *users = request->server->users;
    if (!api_takes_range(request, answer, name, &range))
        return;
    emit_init(&gathered.json, &answer->body, false);
    api_begin_rows(&gathered.json, name, range);
    emit_array(&gathered.json);
    enum status status = STATUS_OK;
    if (users && strcmp(name, "audit") == 0)
        status = users_events(users, SLICE(""), range.skip, range.limit, take_row, &gathered, NULL);
    else if (users)
        status = users_list(users, SLICE(""), range.skip, range.limit, take_row, &gathered, NULL);
    if (status || answer->body.failed)
        arena_fail(request->arena, status ? status : STATUS_LIMIT);
    emit_array_end(&gathered.json);
    api_end_rows(request, answer, &gathered.json, range, gathered.rows);
    answer->status = 200;
    answer->is_private = true;
}

void api_audit(struct request *request, struct answer *answer)
{
    send_rows(request, answer, "audit");
}

void api_users(struct request *request, struct answer *answer)
{
    send_rows(request, answer, "users");
}

// {"action", "name", "role", "password"}: answered by the user as they are now.
void api_change_user(struct request *request, struct answer *answer)
{
    struct error error = {.byte = UINT64_MAX};
    struct gathered gathered = {.rows = 0};
    if (!api_parse_body(request, answer))
        return;
    enum status status = keep_change_user(request, &error);
    if (status == STATUS_BAD_ARGUMENT || status == STATUS_NOT_FOUND) {
        api_error_text(answer, 422, arena_copy(request->arena, slice_from(error.text)).at);
        return;
    }
    emit_init(&gathered.json, &answer->body, false);
    if (!status)
        status = users_list(request->server->users, slice_trim(request_form(request, "name")), 0, 1, take_row, &gathered, NULL);
    if (status || answer->body.failed)
        arena_fail(request->arena, status ? status : STATUS_LIMIT);
    buf_add_char(&answer->body, '\n');
    answer->status = 200;
    answer->type = "application/json";
    answer->is_private = true;
}

void api_backup(struct request *request, struct answer *answer)
{
    karar_error error = {.byte = UINT64_MAX};
    if (keep_send_copy(request, answer, &error))
        api_error_text(answer, 503, arena_copy(request->arena, slice_from(error.text)).at);
}
