// SPDX-License-Identifier: MIT
// Sessions by date, as a page and as a calendar (RFC 5545) to subscribe to: of a pair, of a body, and of all numbered
// bodies from two years ago on (a feed that is asked for every hour must not read all of a register).
//
// Whoever subscribes asks again and again, without a cookie: the token stands in the address.
// The calendar is what `karar calendar` prints; the register's library writes it.
#include "serve/pages.h"

#define CALENDAR_ROWS 300

static void send_calendar(struct request *request, struct answer *answer, const char *name, const char *pair)
{
    uint64_t rows = 0;
    karar_question question = {.size = sizeof question, .name = name, .pair = pair, .format = KARAR_TABLE_CALENDAR,
                               .as_of = request_as_of(request)};
    karar_status status = karar_register_ask(request->reg, &question, answer_take, answer, &rows, NULL);
    if (status == KARAR_BAD_ARGUMENT) {     // a code that nobody has: no such page
        buf_clear(&answer->body);
        return;
    }
    if (status)
        arena_fail(request->arena, (enum status)status);
    answer->status = 200;
    answer->type = "text/calendar; charset=utf-8";
    answer->file_name = SLICE("karar.ics");
}

// calendar/PAK-RUS.ics, calendar/PAK-RUS/commission.ics
void page_calendar_of(struct request *request, struct answer *answer)
{
    struct slice name = request->argument;
    if (!slice_ends(name, SLICE(".ics")))
        return;
    send_calendar(request, answer, "calendar", arena_copy(request->arena, slice_make(name.at, name.len - strlen(".ics"))).at);
}

void page_calendar_all(struct request *request, struct answer *answer)
{
    send_calendar(request, answer, "page_calendar_feed", NULL);
}

void page_calendar(struct request *request, struct answer *answer)
{
    struct value *page = page_new(request);
    value_set(request->arena, page, "heading", page_word(request, "calendar.title"));
    value_set(request->arena, page, "token", request->visitor.feed_key);
    struct value *sessions = ask_rows(request, page, "sessions", "page_calendar", &(struct asked){.limit = CALENDAR_ROWS});
    for (struct value *row = sessions->first; row; row = row->next) {
        value_set(request->arena, row, "name", ui_pair(request->language, request->arena, value_text(row, "pair")));
        value_set(request->arena, row, "place", ui_place(request->language, request->arena, value_text(row, "place")));
    }
    page_send(request, answer, page, "calendar");
}
