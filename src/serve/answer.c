// SPDX-License-Identifier: MIT
// The way of a request: language and place of its address, who asks, its route, its validator, the handler; or the page of an error.
//
// Handlers allocate in the request's arena, which unwinds to answer_request when memory, an answer or the register fails: what was made so
// far is dropped and a page of the error sent. Should that fail, too, a line of text is all that is left to say.
//
// A validator names the state of the register, the day, this program, who asks and what their forms' key is made of: a page made of them
// is the same page.
#include "serve/answer.h"

#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

#include "base/sha256.h"
#include "serve/access.h"
#include "serve/api.h"
#include "serve/cache.h"
#include "serve/forms.h"
#include "serve/page.h"
#include "serve/pages.h"

enum route_area request_place(struct request *request)
{
    struct slice rest = slice_make(request->path.at + 1, request->path.len - 1);
    struct slice place = rest, tag = slice_cut(&place, '/');
    request->language = ui_language(tag);
    if (request->language) {
        request->place = place.at ? place : SLICE("");
        return AREA_PAGES;
    }
    request->language = ui_accepted(request_header(request, "Accept-Language"));
    request->place = rest;
    return AREA_ROOT;
}

size_t answer_body_limit(struct request *request)
{
    bool known;
    struct slice argument;
    enum route_area area = request_place(request);
    const struct route *route = request->method == METHOD_POST ? route_find(area, request->place, METHOD_POST, &argument, &known) : NULL;
    return route && route->body < MAX_BODY ? route->body : route ? MAX_BODY : 0;
}

// ---- errors ---------------------------------------------------------------------------------------------------------------
void answer_error(struct request *request, struct answer *answer, unsigned status)
{
    char word[16];
    snprintf(word, sizeof word, "error.%u", status);
    answer_error_as(request, answer, status, word);
}

void answer_error_as(struct request *request, struct answer *answer, unsigned status, const char *word)
{
    struct value *page = page_new(request);
    answer->status = status;
    answer->is_private = true;
    answer->location = answer->cookie = answer->file_name = SLICE("");
    if (slice_starts(request->path, SLICE("/api/"))) {
        api_error_word(answer, status, word);
        return;
    }
    if (status == 401) {
        page_ask_to_sign_in(request, answer, "");
        return;
    }
    value_set_int(request->arena, page, "status", status);
    value_set(request->arena, page, "heading", ui_text(request->language, word, page_word(request, "error.500")));
    page_send(request, answer, page, "error");
}

static void last_words(struct answer *answer, unsigned status)
{
    buf_clear(&answer->body);
    buf_addf(&answer->body, "%u\n", status);
    answer->status = status;
    answer->type = "text/plain; charset=utf-8";
    answer->is_private = true;
    answer->location = answer->cookie = answer->file_name = SLICE("");
}

// ---- validators -----------------------------------------------------------------------------------------------------------
// Times and sizes of the file and of what is not yet brought into it: every commit changes one of them.
static struct slice file_state(struct arena *arena, const char *path, const char *ending)
{
    struct slice name = arena_format(arena, "%s%s", path, ending);
    struct stat state = {0};
    if (stat(name.at, &state) != 0)
        return SLICE("-");
    return arena_format(arena, "%lld.%ld %lld %llu", (long long)state.st_mtim.tv_sec, state.st_mtim.tv_nsec, (long long)state.st_size,
                        (unsigned long long)state.st_ino);
}

static struct slice state_of(struct request *request)
{
    char day[16];
    time_t now = time(NULL);
    struct tm parts;
    struct value *counts = ask_one(request, "page_state", &(struct asked){0});
    const char *path = request->server->register_path;
    request->decisions = value_text(counts, "decisions");
    strftime(day, sizeof day, "%Y-%m-%d", gmtime_r(&now, &parts));
    return arena_format(request->arena, "%s %s %s %s %s %s %s", karar_version(), page_build, day, value_text(counts, "documents").at,
                        value_text(counts, "decisions").at, file_state(request->arena, path, "").at, file_state(request->arena, path,
                                "-wal").at);
}

static struct slice validator(struct request *request)
{
    char digits[SHA256_ID_SIZE];
    struct slice author = request_cookie(request, FORMS_AUTHOR_COOKIE);
    const struct visitor *visitor = &request->visitor;
    struct slice who = arena_format(request->arena, "%.*s %d %.*s %.*s", (int)visitor->name.len, visitor->name.at ? visitor->name.at : "",
                                    (int)visitor->role, (int)visitor->secret.len, visitor->secret.at ? visitor->secret.at : "",
                                    (int)visitor->feed_key.len, visitor->feed_key.at ? visitor->feed_key.at : "");
    struct slice all = arena_format(request->arena, "%s %s %.*s", request->state.at, who.at, (int)author.len, author.at ? author.at : "");
    sha256_id(all, digits);
    return arena_format(request->arena, "\"%.24s\"", digits + strlen("sha256:"));
}

static bool still_same(struct request *request, struct answer *answer)
{
    request->state = state_of(request);
    answer->tag = validator(request);
    for (struct slice rest = request_header(request, "If-None-Match"); rest.at && rest.len;) {
        struct slice one = slice_trim(slice_cut(&rest, ','));
        if (slice_starts(one, SLICE("W/")))
            one = slice_make(one.at + 2, one.len - 2);
        if (slice_eq(one, answer->tag))
            return true;
    }
    return false;
}

// ---- the way --------------------------------------------------------------------------------------------------------------
// An address without a language that is a page with one: the reader's own.
static bool is_page(struct request *request)
{
    struct slice argument;
    bool known = false;
    return request->place.len == 0 || route_find(AREA_PAGES, request->place, METHOD_GET, &argument, &known) != NULL;
}

static void run_route(struct request *request, struct answer *answer, const struct route *route, bool too_large)
{
    if (!access_allows(request, answer, route->access, route->role))
        return;
    if (too_large) {
        answer_error(request, answer, 413);
        return;
    }
    if (request->method == METHOD_GET && still_same(request, answer)) {
        answer->status = 304;
        return;
    }
    // A feed's answer depends on who asks, too; files are there already.
    bool may_keep = request->method == METHOD_GET && route->access == ACCESS_KNOWN && route->role != ROLE_ANYBODY;
    if (may_keep && cache_get(request->server->cache, request, answer))
        return;
    bool parts = slice_starts(request->body_type, SLICE("multipart/form-data"));
    if (parts ? !request_parse_parts(request)
              : slice_starts(request->body_type, SLICE("application/x-www-form-urlencoded")) &&
                    !request_parse_form(request->arena, request->body, &request->form)) {
        answer_error(request, answer, 400);
        return;
    }
    route->run(request, answer);
    if (answer->status == 0)
        answer_error(request, answer, 404);     // the handler found nothing to show
    else if (may_keep && answer->status == 200 && !answer->is_private)
        cache_put(request->server->cache, request, answer);
}

static void find_answer(struct request *request, struct answer *answer, bool too_large)
{
    bool known = false;
    enum route_area area = request_place(request);
    request->body_type = request_header(request, "Content-Type");
    const struct route *route = request->method ? route_find(area, request->place, request->method, &request->argument, &known) : NULL;
    if (route) {
        run_route(request, answer, route, too_large);
    } else if (known || !request->method) {
        answer->allow = request->method == METHOD_POST ? SLICE("GET, HEAD") : SLICE("GET, HEAD, POST");
        answer_error(request, answer, 405);
    } else if (area == AREA_ROOT && request->method == METHOD_GET && is_page(request)) {
        if (access_allows(request, answer, ACCESS_KNOWN, ROLE_READER))
            answer_redirect(answer, arena_format(request->arena, "/%s/%s", request->language->tag,
                                                 template_encoded(request->arena, request->place, true).at));
    } else if (access_allows(request, answer, ACCESS_KNOWN, ROLE_READER)) {
        answer_error(request, answer, 404);
    }
}

void answer_request(struct request *request, struct answer *answer, bool too_large)
{
    enum status unwound = ARENA_CATCH(request->arena);
    if (!unwound) {
        find_answer(request, answer, too_large);
        return;
    }
    unsigned status = unwound == STATUS_NOT_FOUND ? 404 : unwound == STATUS_LIMIT || unwound == STATUS_NO_MEMORY ? 503 : 500;
    buf_clear(&request->rows);
    if (ARENA_CATCH(request->arena) == STATUS_OK)
        answer_error(request, answer, status);
    else
        last_words(answer, status);
}
