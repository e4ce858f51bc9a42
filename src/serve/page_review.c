// SPDX-License-Identifier: MIT
// Review: what the newest reports say and nobody has looked at, the most doubtful first; and decisions, from here and from any page.
//
// Doubtful is what sources tell differently, what was matched at a distance, what has no date, what one report alone tells. An item is
// shown with the sentence it rests on; accepted or rejected it is gone from the queue, "not sure" leads on to the next one. Everything is a
// form, so it works by keyboard alone and without a script; with it, one letter does.
#include "serve/forms.h"
#include "serve/pages.h"
#include "serve/template.h"

#define REVIEW_ITEMS 20

static void add_doubt(struct request *request, struct value *row, const char *column, const char *doubt)
{
    if (value_int(row, column) > 0)
        value_set_text(request->arena, value_add(request->arena, value_list(request->arena, row, "doubts")), "doubt", doubt);
}

// The next item of each, for "not sure".
static void number_items(struct request *request, struct value *items)
{
    int64_t number = 0;
    for (struct value *row = items->first; row; row = row->next) {
        value_set_int(request->arena, row, "number", ++number);
        value_set_int(request->arena, row, "following", row->next ? number + 1 : 1);
    }
}

void page_review(struct request *request, struct answer *answer)
{
    struct value *page = page_new(request);
    struct slice pair = request_query(request, "pair");
    struct asked asked = {.limit = REVIEW_ITEMS, .pair = pair.len ? arena_copy(request->arena, pair).at : NULL};
    value_set(request->arena, page, "heading", page_word(request, "review.title"));
    struct value *items = ask_rows(request, page, "items", "page_review", &asked);
    page_cut_claims(request, items, "claim");
    page_cut_quotes(request, items);
    for (struct value *row = items->first; row; row = row->next) {
        add_doubt(request, row, "differ", "differ");
        add_doubt(request, row, "far", "far");
        add_doubt(request, row, "undated", "undated");
        add_doubt(request, row, "single", "single");
        value_set(request->arena, row, "who", ui_pair(request->language, request->arena, value_text(row, "pair")));
        value_set(request->arena, row, "place_name", ui_place(request->language, request->arena, value_text(row, "place")));
        bool meeting = slice_is(value_text(row, "kind"), "meeting");
        value_set(request->arena, row, meeting ? "meeting_type" : "instrument_type", value_text(row, "type"));
    }
    number_items(request, items);
    forms_offer(request, page);
    if (pair.len)
        value_set(request->arena, page, "here", arena_format(request->arena, "/%s/review?pair=%s", request->language->tag,
                                                             template_encoded(request->arena, pair, false).at));
    page_send(request, answer, page, "review");
}

void page_decide(struct request *request, struct answer *answer)
{
    karar_error error = {.byte = UINT64_MAX};
    int64_t number = 0;
    const char *author = forms_genuine(request, answer) ? forms_author(request, answer) : NULL;
    if (!author)
        return;
    karar_decision decision = {
        .size = sizeof decision, .action = request_told(request, "action"), .target = request_told(request, "target"),
        .field = request_told(request, "field"),
        .value = request_told(request, "value"), .author = author, .reason = request_told(request, "reason"),
    };
    karar_status status = karar_register_decide(pool_take_writer(&request->server->pool), &decision, &number, &error);
    pool_give_writer(&request->server->pool);
    if (status)
        forms_refuse(request, answer, error.text);
    else
        forms_go_on(request, answer, arena_format(request->arena, "/%s/review", request->language->tag));
}
