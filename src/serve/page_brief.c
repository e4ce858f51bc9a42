// SPDX-License-Identifier: MIT
// The brief: what one wants to know before the next session, on one sheet of paper.
//
// A secretariat takes it into the room, so it is made for print first (style.css) and for the screen second.
// The parts are those of `karar brief`, but sessions and threads are asked for once each.
// What would not fit a sheet is bounded here; the page says how many more there are and where.
#include "serve/pages.h"

#define BRIEF_SESSIONS 3
#define BRIEF_DUE 12
#define BRIEF_OPEN 24
#define BRIEF_INSTRUMENTS 10

// Whether a date (its last part, cut to its own precision) is not before a day.
static bool not_before(struct slice date, const char *day)
{
    struct slice last = date.len > 10 ? slice_make(date.at + date.len - 10, 10) : date;
    return last.len && strncmp(last.at, day, last.len) >= 0;
}

// The last three sessions of the commission that were held, and the next one: from its sessions in the order of their numbers.
static void add_sessions(struct request *request, struct value *page, const char *pair)
{
    struct value *all = page_sessions(request, value_object(request->arena), pair, 1000);
    const char *day = request_as_of(request) ? request_as_of(request) : page_today(request);
    struct value *shown = value_list(request->arena, page, "sessions"), *next = value_list(request->arena, page, "next");
    struct value *held[BRIEF_SESSIONS] = {NULL}, *planned = NULL;
    for (struct value *row = all->first; row; row = row->next) {
        struct slice status = value_text(row, "status"), date = value_text(row, "date");
        if (!slice_is(value_text(row, "type"), "commission") || !value_find(row, "number"))
            continue;
        if (slice_is(status, "held")) {
            memmove(held + 1, held, sizeof held - sizeof *held);
            held[0] = row;
        } else if ((slice_is(status, "planned") || slice_is(status, "postponed")) && (date.len == 0 || not_before(date, day))) {
            planned = row;
        }
    }
    for (int i = 0; i < BRIEF_SESSIONS && held[i]; i++)
        value_share(request->arena, shown, held[i]);
    if (planned)
        value_share(request->arena, next, planned);
}

static bool is_one_of(struct slice text, const char *const *words)
{
    for (; *words; words++)
        if (slice_is(text, *words))
            return true;
    return false;
}

// What is past due, and what is open, from one list of all threads.
static void add_threads(struct request *request, struct value *page, const char *pair)
{
    static const char *const over[] = {"done", "dropped", "superseded", NULL};
    static const char *const promised[] = {"agreed", "planned", "proposed", "supported", "discussed", NULL};
    struct value *all = ask_rows(request, value_object(request->arena), "rows", "commitments", &(struct asked){.pair = pair});
    struct value *due = value_list(request->arena, page, "due_threads"), *open = value_list(request->arena, page, "open");
    page_name_threads(request, all);
    for (struct value *row = all->first; row; row = row->next) {
        if (value_find(row, "due"))
            page_cut_dates(request, value_share(request->arena, due, row), "deadlines", "dates");
        if (!is_one_of(value_text(row, "fate"), over) && is_one_of(value_text(row, "stance"), promised))
            value_share(request->arena, open, row);
    }
    page_shorten(request, page, due, BRIEF_DUE, "due_more");
    page_shorten(request, page, open, BRIEF_OPEN, "open_more");
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
    struct value *instruments = ask_rows(request, page, "instruments", "brief_instruments", &(struct asked){.pair = pair, .limit = 100});
    for (struct value *row = instruments->first; row; row = row->next) {
        struct slice kind = value_text(row, "id");
        slice_cut(&kind, '/');
        value_set(request->arena, row, "kind", slice_cut(&kind, '/'));
    }
    page_shorten(request, page, instruments, BRIEF_INSTRUMENTS, "instruments_more");
    page_send(request, answer, page, "brief");
}
