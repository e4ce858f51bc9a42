// SPDX-License-Identifier: MIT
// The brief: what one wants to know before the next session, on one sheet of paper.
//
// A secretariat takes it into the room, so it is made for print first (style.css) and for the screen second.
// The parts are those of `karar brief`. Each line leads by a number to the sentence that it rests on; the sentences stand below, each once.
// What would not fit a sheet is bounded here; the page says how many more there are and where.
#include "serve/pages.h"

#define BRIEF_DUE 12
#define BRIEF_OPEN 24
#define BRIEF_TALKED 8
#define BRIEF_INSTRUMENTS 10
#define BRIEF_INSTRUMENTS_ALL 100

// Rows of one question as the lists that their column `part` names.
static void part_rows(struct request *request, struct value *page, const struct value *all, const char *const *parts)
{
    for (; *parts; parts++) {
        struct value *list = value_list(request->arena, page, *parts);
        for (struct value *row = all->first; row; row = row->next)
            if (slice_is(value_text(row, "part"), *parts))
                value_share(request->arena, list, row);
    }
}

static void add_sessions(struct request *request, struct value *page, const char *pair)
{
    static const char *const parts[] = {"sessions", "meetings", "next", NULL};
    struct value *all = ask_rows(request, value_object(request->arena), "rows", "brief_sessions", &(struct asked){.pair = pair});
    page_finish_sessions(request, all);
    part_rows(request, page, all, parts);
}

// The other threads that a row's words are about, as a list of ids and names.
static void add_others(struct request *request, struct value *row)
{
    for (struct slice rest = value_text(row, "with"); rest.at && rest.len;) {
        struct value *other = value_add(request->arena, value_list(request->arena, row, "others"));
        struct slice id = arena_copy(request->arena, slice_cut(&rest, ' '));
        value_set(request->arena, other, "id", id);
        value_set(request->arena, other, "name", page_thread_name(request, id));
    }
}

static void add_threads(struct request *request, struct value *page, const char *pair)
{
    static const char *const parts[] = {"past_due", "open", "talked", NULL};
    struct value *all = ask_rows(request, value_object(request->arena), "rows", "brief_threads", &(struct asked){.pair = pair});
    page_name_threads(request, all);
    for (struct value *row = all->first; row; row = row->next) {
        add_others(request, row);
        if (value_int(row, "slips") > 0)
            page_cut_dates(request, row, "deadlines", "dates");
    }
    part_rows(request, page, all, parts);
    page_shorten(request, page, value_find(page, "past_due"), BRIEF_DUE, "due_more");
    page_shorten(request, page, value_find(page, "open"), BRIEF_OPEN, "open_more");
    page_shorten(request, page, value_find(page, "talked"), BRIEF_TALKED, "talked_more");
}

static void add_instruments(struct request *request, struct value *page, const char *pair)
{
    bool all = slice_is(request_query(request, "all"), "yes");
    struct asked asked = {.pair = pair, .limit = all ? BRIEF_INSTRUMENTS_ALL : BRIEF_INSTRUMENTS};
    struct value *instruments = ask_rows(request, page, "instruments", "brief_instruments", &asked);
    int64_t count = value_int(ask_one(request, "page_instrument_count", &(struct asked){.pair = pair}), "instruments");
    if (count > (int64_t)instruments->count)
        value_set_int(request->arena, page, "instruments_more", count - instruments->count);
    for (struct value *row = instruments->first; row; row = row->next) {
        struct slice kind = value_text(row, "id");
        slice_cut(&kind, '/');
        value_set(request->arena, row, "kind", slice_cut(&kind, '/'));
        value_set_text(request->arena, row, "several", value_int(row, "count") > 1 ? "yes" : "");
    }
}

// The sentences of the rows that are shown, each once and with a number, by which its rows lead to it.
static void add_quotes(struct request *request, struct value *page)
{
    static const char *const lists[] = {"sessions", "meetings", "next", "past_due", "open", "talked", "instruments"};
    struct value *quotes = value_list(request->arena, page, "quotes");
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct value *rows = value_find(page, lists[i]);
        for (struct value *row = rows ? rows->first : NULL; row; row = row->next) {
            struct slice source = value_text(row, "sentence_source");
            struct value *quote = quotes->first;
            while (quote && !slice_eq(value_text(quote, "sentence_source"), source))
                quote = quote->next;
            if (source.len && !quote) {
                quote = value_add(request->arena, quotes);
                value_set(request->arena, quote, "sentence_source", source);
                value_set(request->arena, quote, "sentence", value_text(row, "sentence"));
                value_set(request->arena, quote, "words", value_text(row, "words"));
                value_set_int(request->arena, quote, "mark", quotes->count);
            }
            if (quote)
                value_set(request->arena, row, "mark", value_text(quote, "mark"));
        }
    }
    page_cut_quotes(request, quotes);
}

void page_brief(struct request *request, struct answer *answer)
{
    const char *pair = arena_copy(request->arena, request->argument).at;
    struct value *thing = ask_one(request, "page_thing", &(struct asked){.id = pair});
    if (!slice_is(value_text(thing, "kind"), "pair"))
        return;
    struct value *page = page_new(request);
    struct slice who = ui_pair(request->language, request->arena, request->argument);
    value_set(request->arena, page, "heading", ui_fill(request->arena, page_word(request, "brief.title"), who));
    value_set(request->arena, page, "pair", request->argument);
    value_set(request->arena, page, "pair_name", who);
    add_sessions(request, page, pair);
    add_threads(request, page, pair);
    add_instruments(request, page, pair);
    add_quotes(request, page);
    page_send(request, answer, page, "brief");
}
