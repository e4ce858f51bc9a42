// SPDX-License-Identifier: MIT
// What all pages have in common.
//
// A page is an object of values; handlers add what they show and send it. The switch of languages leads to the same address, with the
// same query, in each language: what is seen is one record, whatever it is read in.
#include "serve/page.h"

#include <time.h>

#include "serve/pages.h"

#define MOST_SKIPPED 1000000
#define MAX_CHAIRS 6     // of a session in a list; its own page has all

struct slice page_query(const struct request *request)
{
    struct slice out = SLICE("");
    for (uint32_t i = 0; i < request->query.count; i++) {
        const struct parameter *parameter = &request->query.at[i];
        out = arena_format(request->arena, "%.*s%c%s=%s", (int)out.len, out.at ? out.at : "", i ? '&' : '?',
                           template_encoded(request->arena, parameter->name, false).at,
                           template_encoded(request->arena, parameter->value, false).at);
    }
    return out;
}

struct value *page_new(struct request *request)
{
    struct arena *arena = request->arena;
    struct value *page = value_object(arena);
    value_set_text(arena, page, "ui", request->language->tag);
    value_set_text(arena, page, "direction", request->language->direction);
    const char *as_of = request_as_of(request);
    value_set_text(arena, page, "as_of", as_of);
    if (as_of)
        value_set(arena, page, "as_of_day", ui_date(request->language, arena, slice_from(as_of), false));
    value_set_text(arena, page, "user", request->visitor.name.at);
    value_set_text(arena, page, "may_read", request->visitor.role >= ROLE_READER ? "yes" : "");
    value_set_text(arena, page, "may_review", request->visitor.role >= ROLE_REVIEWER ? "yes" : "");
    value_set_text(arena, page, "may_keep", request->visitor.role >= ROLE_KEEPER ? "yes" : "");
    struct value *languages = value_list(arena, page, "languages");
    struct slice query = page_query(request), place = template_encoded(arena, request->place, true);
    for (uint32_t i = 0; i < page_language_count; i++) {
        struct value *row = value_add(arena, languages);
        value_set_text(arena, row, "tag", page_languages[i].tag);
        value_set_text(arena, row, "name", page_languages[i].name);
        value_set_text(arena, row, "turn", page_languages[i].direction);
        value_set(arena, row, "address",
                  arena_format(arena, "/%s/%s%.*s", page_languages[i].tag, place.at, (int)query.len, query.at ? query.at : ""));
        value_set_text(arena, row, "current", &page_languages[i] == request->language ? "yes" : "");
    }
    return page;
}

void page_send(struct request *request, struct answer *answer, struct value *page, const char *template)
{
    const struct page_template *found = template_find(template);
    if (!found)
        arena_fail(request->arena, STATUS_NOT_FOUND);
    buf_clear(&answer->body);
    template_fill(&answer->body, found, request->language, page, request->arena);
    if (answer->body.failed)
        arena_fail(request->arena, answer->body.failed);
    answer->type = "text/html; charset=utf-8";
    if (!answer->status)
        answer->status = 200;
}

struct slice page_word(const struct request *request, const char *key)
{
    return ui_text(request->language, key, slice_from(key));
}

const char *page_today(struct request *request)
{
    char *day = arena_alloc(request->arena, 16);
    time_t now = time(NULL);
    struct tm parts;
    strftime(day, 16, "%Y-%m-%d", gmtime_r(&now, &parts));
    return day;
}

static void cut_rows(struct value *rows, uint32_t most)
{
    struct value *last = rows->first;
    for (uint32_t i = 1; i < most; i++)
        last = last->next;
    last->next = NULL;
    rows->last = last;
    rows->count = most;
}

int64_t page_skipped(const struct request *request, const char *name)
{
    int64_t skip = 0;
    struct slice text = request_query(request, name);
    return text.len && slice_to_int(text, &skip) && skip > 0 && skip <= MOST_SKIPPED ? skip : 0;
}

// This address with another value of one parameter.
static struct slice turned(struct request *request, const char *name, int64_t value)
{
    struct arena *arena = request->arena;
    struct slice out = arena_format(arena, "%s?%s=%lld", template_encoded(arena, request->path, true).at, name, (long long)value);
    for (uint32_t i = 0; i < request->query.count; i++) {
        const struct parameter *parameter = &request->query.at[i];
        if (!slice_is(parameter->name, name))
            out = arena_format(arena, "%s&%s=%s", out.at, template_encoded(arena, parameter->name, false).at,
                               template_encoded(arena, parameter->value, false).at);
    }
    return out;
}

void page_turn(struct request *request, struct value *page, struct value *rows, uint32_t most, const char *name)
{
    struct arena *arena = request->arena;
    int64_t skip = page_skipped(request, name);
    if (rows->count > most) {
        cut_rows(rows, most);
        value_set(arena, page, arena_format(arena, "%s_older", name).at, turned(request, name, skip + most));
    }
    if (skip > 0)
        value_set(arena, page, arena_format(arena, "%s_newer", name).at, turned(request, name, skip > most ? skip - most : 0));
}

void page_window(struct request *request, struct value *page, struct value *rows, uint32_t most, const char *name)
{
    for (int64_t skip = page_skipped(request, name); skip > 0 && rows->first; skip--) {
        rows->first = rows->first->next;
        rows->count--;
    }
    if (!rows->first)
        rows->last = NULL;
    page_turn(request, page, rows, most, name);
}

struct value *page_part(struct request *request, struct value *rows, struct value *into, const char *key, const char *part)
{
    struct value *list = value_list(request->arena, into, key);
    for (struct value *row = rows->first; row; row = row->next)
        if (slice_is(value_text(row, "part"), part))
            value_share(request->arena, list, row);
    return list;
}

void page_reverse(struct value *rows, const char *column)
{
    struct value **place = &rows->first, *last = NULL;
    while (*place) {
        struct value *first = *place, *before = NULL, *row = first;
        while (row && slice_eq(value_text(row, column), value_text(first, column))) {
            struct value *next = row->next;
            row->next = before;
            before = row;
            row = next;
        }
        *place = before;
        first->next = row;
        place = &first->next;
        last = first;
    }
    rows->last = last;
}

void page_shorten(struct request *request, struct value *page, struct value *rows, uint32_t most, const char *key)
{
    if (rows->count <= most || slice_is(request_query(request, "all"), "yes"))
        return;
    value_set_int(request->arena, page, key, rows->count - most);
    cut_rows(rows, most);
}

void page_cut_claims(struct request *request, struct value *rows, const char *column)
{
    for (struct value *row = rows->first; row; row = row->next) {
        struct slice local = value_text(row, column), document = slice_cut(&local, '/');
        value_set(request->arena, row, "document", document);
        value_set(request->arena, row, "local", local.at ? local : SLICE(""));
    }
}

void page_cut_quotes(struct request *request, struct value *rows)
{
    for (struct value *row = rows->first; row; row = row->next) {
        struct slice sentence = value_text(row, "sentence"), words = value_text(row, "words");
        const char *found = words.len ? memmem(sentence.at, sentence.len, words.at, words.len) : NULL;
        size_t before = found ? (size_t)(found - sentence.at) : sentence.len;
        value_set(request->arena, row, "quote_before", slice_make(sentence.at, before));
        if (!found)
            continue;
        value_set(request->arena, row, "quote", slice_make(found, words.len));
        value_set(request->arena, row, "quote_after", slice_make(found + words.len, sentence.len - before - words.len));
    }
}

void page_cut_chairs(struct request *request, struct value *row)
{
    struct arena *arena = request->arena;
    uint32_t count = 0;
    for (struct slice rest = value_text(row, "chairs"); rest.at && rest.len && count < MAX_CHAIRS; count++) {
        struct slice one = slice_cut_at(&rest, SLICE("; "));
        struct value *chair = value_add(arena, value_list(arena, row, "chair_list"));
        const char *open = memmem(one.at, one.len, " (", 2);
        if (!open || one.at[one.len - 1] != ')') {
            value_set(arena, chair, "name", one);
            continue;
        }
        struct slice inner = slice_make(open + 2, one.len - (size_t)(open + 2 - one.at) - 1);
        struct slice portfolio = slice_cut_at(&inner, SLICE(", "));
        value_set(arena, chair, "name", slice_make(one.at, (size_t)(open - one.at)));
        value_set(arena, chair, "office", slice_cut(&portfolio, ' '));
        value_set(arena, chair, "portfolio", portfolio.at ? portfolio : SLICE(""));
        value_set(arena, chair, "party", inner.at ? inner : SLICE(""));
    }
}

// Whether a field's name and ": " begin here; a value may hold "; ", too.
static bool begins_field(struct request *request, struct slice text, struct slice *ret_field)
{
    const char *colon = memmem(text.at, text.len, ": ", 2);
    if (!colon || colon == text.at)
        return false;
    *ret_field = slice_make(text.at, (size_t)(colon - text.at));
    if (memchr(ret_field->at, ' ', ret_field->len))
        return false;
    struct slice key = arena_format(request->arena, "field.%.*s", (int)ret_field->len, ret_field->at);
    return ui_text(request->language, key.at, SLICE("")).len > 0;
}

void page_cut_machine(struct request *request, struct value *row)
{
    struct arena *arena = request->arena;
    struct slice rest = value_text(row, "machine"), field, next;
    while (rest.len && begins_field(request, rest, &field)) {
        size_t begin = field.len + 2, end = begin;
        while (end < rest.len && !(slice_starts(slice_make(rest.at + end, rest.len - end), SLICE("; ")) &&
                                   begins_field(request, slice_make(rest.at + end + 2, rest.len - end - 2), &next)))
            end++;
        struct slice value = slice_make(rest.at + begin, end - begin);
        struct value *told = value_add(arena, value_list(arena, row, "machine_list"));
        bool chairs = slice_is(field, "chairs") && !slice_is(value, "none");
        value_set(arena, told, "field", field);
        value_set(arena, told, chairs ? "chairs" : "told", chairs ? value : page_shown(request, field, value));
        page_cut_chairs(request, told);
        rest = end + 2 < rest.len ? slice_make(rest.at + end + 2, rest.len - end - 2) : SLICE("");
    }
}
