// SPDX-License-Identifier: MIT
// The register for programs: /api/v1/… answers the questions of the command line as JSON, a page of rows at a time.
//
// An answer is {"question", "skip", "limit", "rows", "next"}: `next` is the address of the following rows, null behind the last ones.
// The rows are those of `karar … --format json`; pages/static/openapi.json describes them, and tests hold the answers against it. Who asks
// shows the token as "Authorization: Bearer …" (or has the cookie of a browser); whoever writes must show it there, so that no page
// elsewhere can.
#include "serve/api.h"

#include <stdlib.h>
#include <string.h>

#include "base/emit.h"
#include "serve/data.h"
#include "serve/route.h"
#include "serve/template.h"
#include "serve/ui.h"

#define USUAL_ROWS 100
#define MOST_ROWS 1000
#define MOST_SKIPPED 1000000
#define USUAL_YEARS 5

// Which parameters a question takes; ID: the rest of the path is an id.
enum taken {
    TAKES_PAIR = 1, TAKES_WORDS = 2, TAKES_YEARS = 4, TAKES_AS_OF = 8, TAKES_ID = 16, NEEDS_WORDS = 32, ONE_PAGE = 64, TAKES_LANG = 128
};

static const struct endpoint {
    const char *name;       // of the question, and of the address
    unsigned takes;
} endpoints[] = {
    {"bodies", TAKES_PAIR | TAKES_AS_OF | TAKES_LANG},
    {"sessions", TAKES_PAIR | TAKES_AS_OF | TAKES_LANG},
    {"instruments", TAKES_PAIR | TAKES_AS_OF | TAKES_LANG},
    {"commitments", TAKES_PAIR | TAKES_AS_OF | TAKES_LANG},
    {"people", TAKES_PAIR},
    {"documents", TAKES_PAIR},
    {"search", TAKES_WORDS | NEEDS_WORDS},
    {"idle", TAKES_PAIR | TAKES_YEARS | TAKES_AS_OF | TAKES_LANG},
    {"decisions", 0},
    {"agreement", 0},
    {"differences", 0},
    {"calendar", TAKES_PAIR | TAKES_AS_OF},
    {"show", TAKES_ID | TAKES_AS_OF},
    {"why", TAKES_ID},
    {"diff", TAKES_ID},
    {"brief", TAKES_ID | TAKES_AS_OF | TAKES_LANG | ONE_PAGE},
};

void api_error_text(struct answer *answer, unsigned status, const char *text)
{
    struct json json;
    buf_clear(&answer->body);
    emit_init(&json, &answer->body, false);
    emit_object(&json);
    emit_key(&json, "status");
    emit_int(&json, status);
    emit_key(&json, "error");
    emit_text(&json, text);
    emit_object_end(&json);
    buf_add_char(&answer->body, '\n');
    answer->status = status;
    answer->type = "application/json";
    answer->is_private = true;
}

void api_error_word(struct answer *answer, unsigned status, const char *word)
{
    static const struct {
        const char *word, *text;
    } texts[] = {
        {"error.401", "say who asks: \"Authorization: Bearer KEY\" with the key of a user (`karar user key NAME` makes one)"},
        {"error.403", "say who asks: \"Authorization: Bearer TOKEN\" with the token of the address that `karar serve` has printed"},
        {"error.role", "the role of this user does not allow this; \"Authorization: Bearer KEY\" of another user may"},
        {"error.404", "no such address; /api/v1/openapi.json tells all of them"},
        {"error.405", "this address is not asked by this method; /api/v1/openapi.json tells by which"},
        {"error.413", "the body is larger than this address takes"},
    };
    const char *text = NULL;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].word, word) == 0)
            text = texts[i].text;
    api_error_text(answer, status, text ? text : ui_text(ui_accepted(SLICE("")), word, SLICE("this cannot be answered")).at);
}

// ---- parameters -----------------------------------------------------------------------------------------------------------
static bool is_number(struct slice text, int64_t most, int64_t usual, int64_t *ret_number)
{
    *ret_number = usual;
    return !text.len || (slice_to_int(text, ret_number) && *ret_number >= 0 && *ret_number <= most);
}

static bool read_range(struct request *request, struct api_range *ret_range)
{
    return is_number(request_query(request, "skip"), MOST_SKIPPED, 0, &ret_range->skip) &&
           is_number(request_query(request, "limit"), MOST_ROWS, USUAL_ROWS, &ret_range->limit) && ret_range->limit > 0;
}

static bool is_known(const struct endpoint *endpoint, struct slice name)
{
    unsigned takes = endpoint->takes;
    if (slice_is(name, "token"))
        return true;
    if (slice_is(name, "skip") || slice_is(name, "limit"))
        return !(takes & ONE_PAGE);
    return (slice_is(name, "pair") && (takes & TAKES_PAIR)) || (slice_is(name, "words") && (takes & TAKES_WORDS)) ||
           (slice_is(name, "years") && (takes & TAKES_YEARS)) || (slice_is(name, "as-of") && (takes & TAKES_AS_OF)) ||
           (slice_is(name, "lang") && (takes & TAKES_LANG));
}

// A parameter that is misspelt would otherwise look as if it had found everything.
static bool all_known(struct request *request, struct answer *answer, const struct endpoint *endpoint)
{
    for (uint32_t i = 0; i < request->query.count; i++) {
        struct slice name = request->query.at[i].name;
        if (is_known(endpoint, name))
            continue;
        api_error_text(answer, 400, arena_format(request->arena, "%s takes no parameter \"%.*s\"; see /api/v1/openapi.json", endpoint->name,
                                                 (int)(name.len < 60 ? name.len : 60), name.at).at);
        return false;
    }
    if (request_query(request, "as-of").len && !request_as_of(request)) {
        api_error_text(answer, 400, "as-of is a day: 2025-12-01");
        return false;
    }
    struct slice lang = request_query(request, "lang");
    if (lang.len && !ui_readable_tag(lang, request->arena).at) {
        api_error_text(answer, 400, "lang is the tag of a language, two to eight letters: ur");
        return false;
    }
    if ((endpoint->takes & NEEDS_WORDS) && !slice_trim(request_query(request, "words")).len) {
        api_error_text(answer, 400, "words are wanted: ?words=steel+mill");
        return false;
    }
    return true;
}

bool api_takes_range(struct request *request, struct answer *answer, const char *name, struct api_range *ret_range)
{
    const struct endpoint endpoint = {name, 0};
    if (!all_known(request, answer, &endpoint))
        return false;
    if (read_range(request, ret_range))
        return true;
    api_error_text(answer, 400, "limit is a number from 1 to 1000, skip one up to 1000000");
    return false;
}

// ---- answering ------------------------------------------------------------------------------------------------------------
// The address of the rows behind these.
static struct slice next_address(struct request *request, struct api_range range)
{
    struct slice address = arena_format(request->arena, "%s?skip=%lld&limit=%lld", template_encoded(request->arena, request->path, true).at,
                                        (long long)range.skip + range.limit, (long long)range.limit);
    for (uint32_t i = 0; i < request->query.count; i++) {
        const struct parameter *parameter = &request->query.at[i];
        if (slice_is(parameter->name, "skip") || slice_is(parameter->name, "limit") || slice_is(parameter->name, "token"))
            continue;
        address = arena_format(request->arena, "%s&%s=%s", address.at, template_encoded(request->arena, parameter->name, false).at,
                               template_encoded(request->arena, parameter->value, false).at);
    }
    return address;
}

void api_begin_rows(struct json *json, const char *question, struct api_range range)
{
    emit_object(json);
    emit_key(json, "question");
    emit_text(json, question);
    emit_key(json, "skip");
    emit_int(json, range.skip);
    emit_key(json, "limit");
    emit_int(json, range.limit);
    emit_key(json, "rows");
}

void api_end_rows(struct request *request, struct answer *answer, struct json *json, struct api_range range, uint64_t rows)
{
    emit_key(json, "next");
    if (rows == (uint64_t)range.limit)
        emit_string(json, next_address(request, range));
    else
        emit_null(json);
    emit_object_end(json);
    buf_add_char(&answer->body, '\n');
    answer->type = "application/json";
}

static void send_rows(struct request *request, struct answer *answer, const struct endpoint *endpoint, struct slice id)
{
    struct api_range range;
    karar_error error = {.byte = UINT64_MAX};
    uint64_t rows = 0;
    int64_t years;
    if (!all_known(request, answer, endpoint))
        return;
    if (!read_range(request, &range) || !is_number(request_query(request, "years"), 200, USUAL_YEARS, &years)) {
        api_error_text(answer, 400, "limit is a number from 1 to 1000, skip one up to 1000000, years one up to 200");
        return;
    }
    bool one_page = (endpoint->takes & ONE_PAGE) != 0;
    karar_question question = {
        .size = sizeof question, .name = endpoint->name, .words = request_text(request, request_query(request, "words")),
        .pair = request_text(request, one_page ? id : request_query(request, "pair")),
        .id = request_text(request, one_page ? SLICE("") : id),
        .as_of = request_as_of(request), .years = years, .limit = range.limit, .skip = range.skip, .format = KARAR_TABLE_JSON,
        .languages = ui_readable_tag(request_query(request, "lang"), request->arena).at,
    };
    struct json json;
    emit_init(&json, &answer->body, false);
    if (one_page) {
        emit_object(&json);
        emit_key(&json, "question");
        emit_text(&json, endpoint->name);
        emit_key(&json, "answer");
    } else {
        api_begin_rows(&json, endpoint->name, range);
    }
    emit_raw(&json, SLICE(""), false);     // the rows follow
    karar_status status = karar_register_ask(request->reg, &question, answer_take, answer, &rows, &error);
    if (status == KARAR_BAD_ARGUMENT) {         // a code that nobody has
        api_error_text(answer, 400, error.text);
        return;
    }
    if (status) {
        buf_clear(&answer->body);
        arena_fail(request->arena, (enum status)status);
    }
    if (one_page) {
        emit_object_end(&json);
        buf_add_char(&answer->body, '\n');
        answer->type = "application/json";
    } else {
        api_end_rows(request, answer, &json, range, rows);
    }
    answer->status = rows || !(endpoint->takes & TAKES_ID) || range.skip ? 200 : 0;
    if (!answer->status)
        api_error_text(answer, 404, "the register has nothing of that id");
}

// documents/ID: what is kept of a report, with the record of its reading. documents/ID/text: the text in which offsets count.
static void send_document(struct request *request, struct answer *answer, struct slice id)
{
    bool text = slice_ends(id, SLICE("/text"));
    if (text)
        id.len -= strlen("/text");
    struct value *row = ask_one(request, "api_document", &(struct asked){.id = arena_copy(request->arena, id).at});
    if (!row) {
        api_error_text(answer, 404, "the register has no report of that id");
        return;
    }
    answer->status = 200;
    if (text) {
        buf_add(&answer->body, value_text(row, "text"));
        answer->type = "text/plain; charset=utf-8";
        return;
    }
    static const char *const told[] = {"document", "hash", "uri", "added", "added_by", "engine"};
    struct json json;
    emit_init(&json, &answer->body, false);
    emit_object(&json);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        emit_key(&json, told[i]);
        emit_string(&json, value_text(row, told[i]));
    }
    emit_key(&json, "record");
    emit_raw(&json, value_text(row, "record"), false);
    emit_object_end(&json);
    buf_add_char(&answer->body, '\n');
    answer->type = "application/json";
}

static void send_description(struct answer *answer)
{
    for (uint32_t i = 0; i < page_file_count; i++) {
        if (strcmp(page_files[i].name, "openapi.json") != 0)
            continue;
        buf_add(&answer->body, slice_make(page_files[i].at, page_files[i].len));
        answer->status = 200;
        answer->type = "application/json";
    }
}

static void api_ask(struct request *request, struct answer *answer)
{
    struct slice rest = request->argument, name = slice_cut(&rest, '/');
    if (slice_is(request->argument, "openapi.json")) {
        send_description(answer);
        return;
    }
    if (slice_is(name, "documents") && rest.at && rest.len) {
        send_document(request, answer, rest);
        return;
    }
    for (size_t i = 0; i < sizeof endpoints / sizeof *endpoints; i++) {
        bool has_id = rest.at && rest.len;
        if (!slice_is(name, endpoints[i].name) || has_id != ((endpoints[i].takes & TAKES_ID) != 0))
            continue;
        send_rows(request, answer, &endpoints[i], has_id ? rest : SLICE(""));
        return;
    }
    api_error_text(answer, 404, "no such address; /api/v1/openapi.json tells all of them");
}

const struct route api_routes[] = {
    {AREA_ROOT, "api/v1/read", METHOD_POST, api_read, MAX_BODY, ACCESS_BEARER, ROLE_READER},
    {AREA_ROOT, "api/v1/reports", METHOD_POST, api_add, MAX_BODY, ACCESS_BEARER, ROLE_REVIEWER},
    {AREA_ROOT, "api/v1/jobs", METHOD_POST, api_order, MAX_BODY, ACCESS_BEARER, ROLE_REVIEWER},
    {AREA_ROOT, "api/v1/jobs/*", METHOD_GET, api_job, 0, ACCESS_API, ROLE_REVIEWER},
    {AREA_ROOT, "api/v1/decisions", METHOD_POST, api_decide, (size_t)64 << 10, ACCESS_BEARER, ROLE_REVIEWER},
    {AREA_ROOT, "api/v1/audit", METHOD_GET, api_audit, 0, ACCESS_API, ROLE_KEEPER},
    {AREA_ROOT, "api/v1/users", METHOD_GET, api_users, 0, ACCESS_API, ROLE_KEEPER},
    {AREA_ROOT, "api/v1/users", METHOD_POST, api_change_user, (size_t)16 << 10, ACCESS_BEARER, ROLE_KEEPER},
    {AREA_ROOT, "api/v1/backup", METHOD_GET, api_backup, 0, ACCESS_BEARER, ROLE_KEEPER},
    {AREA_ROOT, "api/v1/*", METHOD_GET, api_ask, 0, ACCESS_API, ROLE_READER},
    {0},
};
