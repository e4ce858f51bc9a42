// SPDX-License-Identifier: MIT
// What programs send: a report to be read or kept, a decision.
//
// A report comes as it is (text, a page, a PDF: told by its content), or as JSON {"text", "uri", "date", "language", "author"}. An
// answer is of its moment: nobody keeps it.
#include <stdlib.h>
#include <string.h>

#include "base/emit.h"
#include "serve/api.h"
#include "serve/reading.h"

// From a member of the JSON body, else from the address.
static const char *told(struct request *request, const char *name)
{
    struct slice text = request_form(request, name);
    return request_text(request, text.len ? text : request_query(request, name));
}

static bool read_sent(struct request *request, struct answer *answer, struct sent_report *sent)
{
    bool json = slice_starts(request->body_type, SLICE("application/json"));
    if (json && !api_parse_body(request, answer))
        return false;
    *sent = (struct sent_report){
        .bytes = json ? request_form(request, "text") : request->body, .uri = told(request, "uri"), .date = told(request, "date"),
        .language = told(request, "language"), .author = told(request, "author"),
    };
    if (sent->bytes.len)
        return true;
    api_error_text(answer, 400, "no report: send its bytes, or JSON with a member \"text\"");
    return false;
}

static void refuse(struct request *request, struct answer *answer, const karar_error *error)
{
    bool fault = error->status == KARAR_NO_MEMORY || error->status == KARAR_IO;
    struct slice text = slice_from(*error->text ? error->text : karar_status_text(error->status));
    api_error_text(answer, fault ? 503 : 422, arena_copy(request->arena, text).at);
}

void api_read(struct request *request, struct answer *answer)
{
    struct sent_report sent;
    karar_error error = {.byte = UINT64_MAX};
    if (!read_sent(request, answer, &sent))
        return;
    if (reading_record(request->server, &sent, answer_take, answer, &error)) {
        refuse(request, answer, &error);
        return;
    }
    answer->status = 200;
    answer->type = "application/json";
    answer->is_private = true;
}

void api_add(struct request *request, struct answer *answer)
{
    struct sent_report sent;
    struct kept_report kept;
    karar_error error = {.byte = UINT64_MAX};
    if (!read_sent(request, answer, &sent))
        return;
    if (reading_add(request->server, &sent, &kept, &error)) {
        refuse(request, answer, &error);
        return;
    }
    struct json json;
    json_init(&json, &answer->body, false);
    json_object(&json);
    json_key(&json, "document");
    json_text(&json, kept.id);
    json_key(&json, "new");
    json_bool(&json, kept.is_new != 0);
    json_key(&json, "facts");
    json_int(&json, kept.facts);
    json_object_end(&json);
    buf_add_char(&answer->body, '\n');
    answer->status = kept.is_new ? 201 : 200;
    answer->type = "application/json";
    answer->is_private = true;
}

void api_decide(struct request *request, struct answer *answer)
{
    karar_error error = {.byte = UINT64_MAX};
    int64_t number = 0;
    if (!api_parse_body(request, answer))
        return;
    karar_decision decision = {
        .size = sizeof decision, .action = told(request, "action"), .target = told(request, "target"), .field = told(request, "field"),
        .value = told(request, "value"), .author = told(request, "author"), .reason = told(request, "reason"),
    };
    if (!decision.action || !decision.author) {
        api_error_text(answer, 400, "a decision says who decides what: \"action\", \"target\", \"author\"; and what the "
                                    "action asks: \"field\", \"value\", \"reason\"");
        return;
    }
    karar_status status = karar_register_decide(pool_take_writer(&request->server->pool), &decision, &number, &error);
    pool_give_writer(&request->server->pool);
    if (status) {
        refuse(request, answer, &error);
        return;
    }
    struct json json;
    json_init(&json, &answer->body, false);
    json_object(&json);
    json_key(&json, "number");
    json_int(&json, number);
    json_object_end(&json);
    buf_add_char(&answer->body, '\n');
    answer->status = 201;
    answer->type = "application/json";
    answer->is_private = true;
}
