// SPDX-License-Identifier: MIT
// What programs send: a report to be read or kept, a decision.
//
// A report comes as it is (text, a page, a PDF: told by its content), or as JSON {"text", "uri", "date", "language", "author"}. An
// answer is of its moment: nobody keeps it.
#include <stdlib.h>
#include <string.h>

#include "base/emit.h"
#include "serve/adding.h"
#include "serve/api.h"
#include "serve/reading.h"

// From a member of the JSON body, else from the address.
static const char *told(struct request *request, const char *name)
{
    struct slice text = request_form(request, name);
    return request_text(request, text.len ? text : request_query(request, name));
}

bool api_author(struct request *request, struct answer *answer, const char **ret_author)
{
    struct slice user = request->visitor.name;
    *ret_author = told(request, "author");
    if (!user.len)
        return true;
    bool same = !*ret_author || slice_is(user, *ret_author);
    *ret_author = user.at;
    if (!same)
        api_error_text(answer, 422, "users add and decide under their own name: leave \"author\" out");
    return same;
}

static bool read_sent(struct request *request, struct answer *answer, struct sent_report *sent)
{
    bool json = slice_starts(request->body_type, SLICE("application/json"));
    if (json && !api_parse_body(request, answer))
        return false;
    const char *author;
    if (!api_author(request, answer, &author))
        return false;
    *sent = (struct sent_report){
        .bytes = json ? request_form(request, "text") : request->body, .uri = told(request, "uri"), .date = told(request, "date"),
        .language = told(request, "language"), .author = author,
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

// A report that was there already stays as it came in: whoever sent it again with another source or name learns so.
static void tell_what_is_kept(struct request *request, struct json *json, const struct sent_report *sent, const char *id)
{
    struct value *row = ask_one(request, "page_document", &(struct asked){.id = id});
    struct slice uri = value_text(row, "uri"), author = value_text(row, "added_by");
    bool other_uri = sent->uri && !slice_is(uri, sent->uri), other_author = sent->author && !slice_is(author, sent->author);
    emit_key(json, "uri");
    emit_string(json, uri);
    emit_key(json, "added_by");
    emit_string(json, author);
    if (!other_uri && !other_author)
        return;
    emit_key(json, "note");
    emit_text(json, other_uri && other_author ? "known already: the uri and author that were sent are not kept"
                    : other_uri               ? "known already: the uri that was sent is not kept"
                                              : "known already: the author that was sent is not kept");
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
    emit_init(&json, &answer->body, false);
    emit_object(&json);
    emit_key(&json, "document");
    emit_text(&json, kept.id);
    emit_key(&json, "new");
    emit_bool(&json, kept.is_new != 0);
    emit_key(&json, "facts");
    emit_int(&json, kept.facts);
    if (!kept.is_new)
        tell_what_is_kept(request, &json, &sent, kept.id);
    emit_object_end(&json);
    buf_add_char(&answer->body, '\n');
    answer->status = kept.is_new ? 201 : 200;
    answer->type = "application/json";
    answer->is_private = true;
}

// Files as a form of a browser sends them, or JSON {"address": one a line, "date", "language", "author"}.
void api_order(struct request *request, struct answer *answer)
{
    struct error error = {.byte = UINT64_MAX};
    char id[ADDING_ID_LENGTH + 1];
    if (slice_starts(request->body_type, SLICE("application/json")) && !api_parse_body(request, answer))
        return;
    struct adding_order order = {.date = told(request, "date"), .language = told(request, "language")};
    if (!api_author(request, answer, &order.author))
        return;
    order.inputs = adding_inputs(request, &order.count);
    if (!order.count) {
        api_error_text(answer, 400, "nothing to add: send files as multipart/form-data, or JSON with a member \"address\"");
        return;
    }
    enum status status = adding_begin(request->server, &order, id, &error);
    if (status) {
        api_error_text(answer, status == STATUS_LIMIT ? 503 : 500, arena_copy(request->arena, slice_from(error.text)).at);
        return;
    }
    struct json json;
    emit_init(&json, &answer->body, false);
    emit_object(&json);
    emit_key(&json, "job");
    emit_text(&json, id);
    emit_object_end(&json);
    buf_add_char(&answer->body, '\n');
    answer->status = 202;
    answer->type = "application/json";
    answer->is_private = true;
}

static void write_result(struct json *json, const struct adding_result *result)
{
    emit_object(json);
    emit_key(json, "name");
    emit_text(json, result->name);
    if (*result->id) {
        emit_key(json, "document");
        emit_text(json, result->id);
        emit_key(json, "new");
        emit_bool(json, result->is_new);
        emit_key(json, "facts");
        emit_int(json, result->facts);
    } else {
        emit_key(json, "error");
        emit_text(json, result->fault);
    }
    emit_object_end(json);
}

void api_job(struct request *request, struct answer *answer)
{
    struct adding_progress progress;
    struct adding_result *results = ARENA_ARRAY(request->arena, struct adding_result, ADDING_MAX_RESULTS);
    if (!adding_look(request->server, request->argument, &progress, results, ADDING_MAX_RESULTS)) {
        api_error_text(answer, 404, "the server knows no such job, or no more");
        return;
    }
    const struct {
        const char *name;
        uint32_t number;
    } counts[] = {
        {"inputs", progress.inputs}, {"done", progress.inputs_done}, {"reports", progress.reports}, {"new", progress.new_reports},
    };
    struct json json;
    emit_init(&json, &answer->body, false);
    emit_object(&json);
    emit_key(&json, "ended");
    emit_bool(&json, progress.ended);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        emit_key(&json, counts[i].name);
        emit_int(&json, counts[i].number);
    }
    emit_key(&json, "results");
    emit_array(&json);
    for (uint32_t i = 0; i < progress.results && i < ADDING_MAX_RESULTS; i++)
        write_result(&json, &results[i]);
    emit_array_end(&json);
    emit_object_end(&json);
    buf_add_char(&answer->body, '\n');
    answer->status = 200;
    answer->type = "application/json";
    answer->is_private = true;
}

void api_decide(struct request *request, struct answer *answer)
{
    karar_error error = {.byte = UINT64_MAX};
    int64_t number = 0;
    const char *author;
    if (!api_parse_body(request, answer) || !api_author(request, answer, &author))
        return;
    karar_decision decision = {
        .size = sizeof decision, .action = told(request, "action"), .target = told(request, "target"), .field = told(request, "field"),
        .value = told(request, "value"), .author = author, .reason = told(request, "reason"),
    };
    decision.words = told(request, "words");
    struct slice nth = request_form(request, "nth");
    if (nth.len && (!slice_to_int(nth, &decision.nth) || decision.nth < 1)) {
        api_error_text(answer, 400, "\"nth\" is a number from 1, as text");
        return;
    }
    if (!decision.action || !decision.author) {
        api_error_text(answer, 400, "a decision says who decides what: \"action\", \"target\", \"author\"; and what the "
                                    "action asks: \"field\", \"value\", \"reason\"");
        return;
    }
    karar_status status = reading_decide(request->server, &decision, &number, &error);
    if (status) {
        refuse(request, answer, &error);
        return;
    }
    struct json json;
    emit_init(&json, &answer->body, false);
    emit_object(&json);
    emit_key(&json, "number");
    emit_int(&json, number);
    emit_object_end(&json);
    buf_add_char(&answer->body, '\n');
    answer->status = 201;
    answer->type = "application/json";
    answer->is_private = true;
}
