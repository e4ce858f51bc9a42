// SPDX-License-Identifier: MIT
// Search: reports that hold all the words, and what those reports speak of.
//
// A search is narrowed by what the reports found have in common: language, pair, field, kind, year, fate; each value with how many have it.
// Names of parties in the reader's language are understood, too: whoever types two of them is offered the pair. Of the things that the
// reports speak of, those come first whose own name or subject has the words.
#include "serve/found.h"
#include "serve/pages.h"

#include "base/emit.h"
#include "serve/template.h"

#include <ctype.h>

#define SEARCH_ROWS 60000
#define SHOWN_THINGS 12
#define MAX_QUERY ((size_t)400)
#define MAX_PARTIES_NAMED 4

// Letters of ASCII in either case are one; others are compared as they are.
static bool holds(struct slice text, struct slice word)
{
    for (size_t at = 0; word.len && at + word.len <= text.len; at++) {
        size_t i = 0;
        while (i < word.len && tolower((unsigned char)text.at[at + i]) == tolower((unsigned char)word.at[i]))
            i++;
        if (i == word.len)
            return true;
    }
    return false;
}

static bool holds_all(struct slice text, struct slice words)
{
    for (struct slice rest = words; rest.at && rest.len;) {
        struct slice word = slice_cut(&rest, ' ');
        if (word.len && !holds(text, word))
            return false;
    }
    return true;
}

// The pair of the first two parties that are named, if the register has it.
static void offer_pair(struct request *request, struct value *page, struct slice words)
{
    const char *codes[MAX_PARTIES_NAMED];
    uint32_t count = 0;
    for (uint32_t i = 0; i < page_word_count && count < MAX_PARTIES_NAMED; i++) {
        const char *name = page_text(&request->language->words, i), *key = page_text(&page_word_keys, i);
        bool party = name && strncmp(key, "party.", 6) == 0;
        if (party && (holds(words, slice_from(name)) || slice_is(words, key + 6)))
            codes[count++] = key + 6;
    }
    struct value *found = value_list(request->arena, page, "offered");
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = i; j < count; j++) {
            struct slice id = i == j ? slice_from(codes[i]) : arena_format(request->arena, "%s-%s", codes[i], codes[j]);
            struct value *thing = i == j ? NULL : ask_one(request, "page_thing", &(struct asked){.id = id.at});
            if (i != j && !slice_is(value_text(thing, "kind"), "pair"))
                continue;
            struct value *row = value_add(request->arena, found);
            value_set(request->arena, row, "id", id);
            value_set(request->arena, row, "name", ui_pair(request->language, request->arena, id));
        }
    }
}

static void name_thing(struct request *request, struct value *row)
{
    struct slice id = value_text(row, "id"), rest = id, pair = slice_cut(&rest, '/');
    struct slice kind = value_text(row, "kind"), name;
    if (slice_is(kind, "commitment")) {
        name = page_thread_name(request, id);
    } else if (slice_is(kind, "instrument")) {
        name = ui_code(request->language, request->arena, "instrument", value_text(row, "type"));
    } else {
        struct slice number = rest, type = slice_cut(&number, '/');
        struct slice code = ui_code(request->language, request->arena, "meeting", type);
        name = arena_format(request->arena, "%.*s %.*s", (int)code.len, code.at, (int)number.len, number.at ? number.at : "");
    }
    value_set(request->arena, row, "name", name);
    value_set(request->arena, row, "who", ui_pair(request->language, request->arena, pair));
}

static bool is_shown(const struct value *shown, const struct value *row)
{
    for (const struct value *one = shown->first; one; one = one->next)
        if (slice_eq(value_text(one, "id"), value_text(row, "id")))
            return true;
    return false;
}

// Threads of the concepts that the words name in the reader's language: reports in other languages speak of them in other words.
static void add_named_threads(struct request *request, const struct asked *asked, struct slice words, bool narrowed, struct value *shown)
{
    for (uint32_t i = 0; i < page_word_count && shown->count < SHOWN_THINGS; i++) {
        const char *name = page_text(&request->language->words, i), *key = page_text(&page_word_keys, i), *code = key + strlen("concept.");
        if (!name || strncmp(key, "concept.", strlen("concept.")) != 0 || !holds(words, slice_from(name)))
            continue;
        struct asked by_code = *asked;
        by_code.words = code;
        struct value *found = value_object(request->arena);
        found_ask(request, found, &by_code, request_query(request, "fate"), narrowed);
        for (struct value *row = value_find(found, "things")->first; row && shown->count < SHOWN_THINGS; row = row->next) {
            struct slice about = value_text(row, "id");
            slice_cut(&about, '/');
            if (!slice_is(value_text(row, "kind"), "commitment") || !slice_is(slice_cut(&about, '/'), code))
                continue;
            name_thing(request, row);
            value_share(request->arena, shown, row);
        }
    }
}

// Those whose name has the words first, then those whose subject has, then those that most of the reports speak of.
static void add_things(struct request *request, struct value *page, const struct asked *asked, struct slice words, bool narrowed,
        struct value *all)
{
    struct value *shown = value_list(request->arena, page, "things");
    add_named_threads(request, asked, words, narrowed, shown);
    for (struct value *row = all->first; row; row = row->next)
        name_thing(request, row);
    for (int rank = 0; rank < 3; rank++) {
        for (struct value *row = all->first; row && shown->count < SHOWN_THINGS; row = row->next) {
            bool named = holds_all(value_text(row, "name"), words);
            if (rank != (named ? 0 : holds_all(value_text(row, "subjects"), words) ? 1 : 2))
                continue;
            if (!is_shown(shown, row))
                value_share(request->arena, shown, row);
        }
    }
}

// By what a search may be narrowed: the name in its address, and by which words its values are called ("": by their own).
static const struct {
    const char *name, *prefix;
} facets[] = {
    {"in", "language"}, {"pair", ""}, {"sector", "sector"}, {"kind", "kind"}, {"year", ""}, {"fate", "fate"},
};
#define FACETS (sizeof facets / sizeof *facets)

static size_t facet_of(struct slice name)
{
    for (size_t i = 0; i < FACETS; i++)
        if (slice_is(name, facets[i].name))
            return i;
    return FACETS;
}

static struct slice value_name(struct request *request, size_t facet, struct slice value)
{
    if (facet == 0) {
        const struct page_language *language = ui_language(value);
        return language ? slice_from(language->name) : value;
    }
    if (facet == 1)
        return ui_pair(request->language, request->arena, value);
    return *facets[facet].prefix ? ui_code(request->language, request->arena, facets[facet].prefix, value) : value;
}

// The address of this search with a facet's value, or without that facet (value at NULL).
static struct slice narrowed(struct request *request, const char *name, struct slice value)
{
    static const char *const kept[] = {"q", "as-of", "in", "pair", "sector", "kind", "year", "fate"};
    struct slice address = arena_format(request->arena, "/%s/search", request->language->tag);
    char separator = '?';
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        struct slice told = strcmp(kept[i], name) == 0 ? value : request_query(request, kept[i]);
        if (!told.at || !told.len)
            continue;
        address = arena_format(request->arena, "%s%c%s=%s", address.at, separator, kept[i],
                               template_encoded(request->arena, told, false).at);
        separator = '&';
    }
    return address;
}

// What a search is narrowed by so far, each with the address without it; and for the register as JSON, without the pair, which it takes
// apart.
static const char *read_facets(struct request *request, struct value *page)
{
    struct buf *out = &request->rows;       // the request's; ask_rows begins it anew
    struct value *list = value_list(request->arena, page, "narrowed");
    struct json json;
    buf_clear(out);
    emit_init(&json, out, false);
    emit_object(&json);
    for (size_t i = 0; i < FACETS; i++) {
        struct slice value = request_query(request, facets[i].name);
        if (!value.len)
            continue;
        struct value *row = value_add(request->arena, list);
        value_set_text(request->arena, row, "facet", facets[i].name);
        value_set(request->arena, row, "name", value_name(request, i, value));
        value_set(request->arena, row, "address", narrowed(request, facets[i].name, (struct slice){NULL, 0}));
        if (i != 1) {
            emit_key(&json, facets[i].name);
            emit_string(&json, value);
        }
    }
    emit_object_end(&json);
    return arena_copy(request->arena, buf_slice(out)).at;
}

// The values of each facet with how many reports have them.
static void add_facets(struct request *request, struct value *page, const struct value *rows)
{
    struct value *list = value_list(request->arena, page, "facets"), *values = NULL;
    size_t last = FACETS;
    for (struct value *row = rows->first; row; row = row->next) {
        size_t facet = facet_of(value_text(row, "facet"));
        if (facet == FACETS || request_query(request, facets[facet].name).len)
            continue;
        if (facet != last) {
            struct value *one = value_add(request->arena, list);
            value_set_text(request->arena, one, "facet", facets[facet].name);
            values = value_list(request->arena, one, "values");
        }
        last = facet;
        struct value *value = value_add(request->arena, values);
        value_set(request->arena, value, "name", value_name(request, facet, value_text(row, "value")));
        value_set(request->arena, value, "reports", value_text(row, "reports"));
        value_set(request->arena, value, "address", narrowed(request, facets[facet].name, value_text(row, "value")));
    }
}

void page_search(struct request *request, struct answer *answer)
{
    struct slice words = slice_trim(request_query(request, "q"));
    struct value *page = page_new(request);
    if (words.len > MAX_QUERY) {
        answer_error(request, answer, 413);
        return;
    }
    value_set(request->arena, page, "heading", page_word(request, "search.title"));
    value_set(request->arena, page, "words", words);
    if (words.len) {
        struct asked asked = {.words = arena_copy(request->arena, words).at, .limit = SEARCH_ROWS};
        asked.pair = request_text(request, request_query(request, "pair"));
        asked.id = read_facets(request, page);
        value_set_text(request->arena, page, "asked", "yes");
        offer_pair(request, page, words);
        bool narrowed = asked.pair || request_query(request, "kind").len || request_query(request, "sector").len;
        struct value *found = value_object(request->arena);
        found_ask(request, found, &asked, request_query(request, "fate"), narrowed);
        value_adopt(page, value_find(found, "reports"));
        add_facets(request, page, value_find(found, "counted"));
        add_things(request, page, &asked, words, narrowed, value_find(found, "things"));
    }
    page_send(request, answer, page, "search");
}
