// SPDX-License-Identifier: MIT
// The brief: what one wants to know before the next session, on one sheet of paper.
//
// A secretariat takes it into the room, so it is made for print first (style.css) and for the screen second.
// The parts are those of `karar brief`. What would not fit a sheet is bounded here; the page says how many more there are and where.
#include "serve/pages.h"

#define BRIEF_DUE 12
#define BRIEF_OPEN 24
#define BRIEF_INSTRUMENTS 10

// Leaves the first `most` rows, and tells how many were left out.
static void shorten(struct request *request, struct value *page, struct value *rows, uint32_t most, const char *key)
{
    if (rows->count <= most)
        return;
    struct value *last = rows->first;
    for (uint32_t i = 1; i < most; i++)
        last = last->next;
    last->next = NULL;
    rows->last = last;
    value_set_int(request->arena, page, key, rows->count - most);
    rows->count = most;
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
    page_finish_sessions(request, ask_rows(request, page, "sessions", "brief_sessions", &(struct asked){.pair = pair}));
    page_finish_sessions(request, ask_rows(request, page, "next", "brief_next", &(struct asked){.pair = pair}));
    struct value *due = ask_rows(request, page, "due_threads", "brief_due", &(struct asked){.pair = pair});
    page_name_threads(request, due);
    for (struct value *row = due->first; row; row = row->next)
        page_cut_dates(request, row, "deadlines", "dates");
    shorten(request, page, due, BRIEF_DUE, "due_more");
    struct value *open = ask_rows(request, page, "open", "brief_open", &(struct asked){.pair = pair});
    page_name_threads(request, open);
    shorten(request, page, open, BRIEF_OPEN, "open_more");
    struct value *instruments = ask_rows(request, page, "instruments", "brief_instruments", &(struct asked){.pair = pair, .limit = 100});
    for (struct value *row = instruments->first; row; row = row->next) {
        struct slice kind = value_text(row, "id");
        slice_cut(&kind, '/');
        value_set(request->arena, row, "kind", slice_cut(&kind, '/'));
    }
    shorten(request, page, instruments, BRIEF_INSTRUMENTS, "instruments_more");
    page_send(request, answer, page, "brief");
}
