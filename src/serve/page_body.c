// SPDX-License-Identifier: MIT
// A body with its sessions, and an instrument with its history.
//
// A body is a pair and a kind of meeting; its page is the part of the pair's that concerns it. An instrument's history is told by the
// reports that speak of it, in the order of time: proposed, agreed, signed, in force, each with the words.
#include "serve/forms.h"
#include "serve/pages.h"


void page_body(struct request *request, struct answer *answer, const char *id)
{
    struct value *body = ask_one(request, "page_body", &(struct asked){.pair = id}), *page = page_new(request);
    if (!body)
        return;
    struct slice type = value_text(body, "type"), pair = page_pair_of(request, id);
    struct slice who = ui_pair(request->language, request->arena, pair), kind = ui_code(request->language, request->arena, "meeting", type);
    value_set(request->arena, page, "heading", arena_format(request->arena, "%.*s: %.*s", (int)who.len, who.at, (int)kind.len, kind.at));
    value_set(request->arena, page, "pair", pair);
    value_set(request->arena, page, "pair_name", who);
    page_sessions(request, page, id);
    body->key = "body";
    value_adopt(page, body);
    forms_offer_decisions(request, page, id, SLICE("name"));
    page_send(request, answer, page, "body");
}

// "commission no. 10" of "PAK-RUS/commission/10"; the id where it is no number.
static struct slice session_name(struct request *request, struct slice id)
{
    struct slice number = id, type;
    int64_t ordinal;
    slice_cut(&number, '/');
    type = slice_cut(&number, '/');
    if (!number.at || !slice_to_int(number, &ordinal))
        return id;
    struct slice name = ui_code(request->language, request->arena, "meeting", type);
    struct slice told = ui_fill(request->arena, page_word(request, "session.number"), number);
    return arena_format(request->arena, "%.*s %.*s", (int)name.len, name.at, (int)told.len, told.at);
}

void page_instrument(struct request *request, struct answer *answer, const char *id)
{
    struct slice pair = page_pair_of(request, id);
    struct value *page = page_new(request);
    struct value *instrument = ask_one(request, "instruments", &(struct asked){.pair = pair.at, .id = id});
    if (!instrument)
        return;
    struct slice kind = ui_code(request->language, request->arena, "instrument", value_text(instrument, "kind"));
    struct slice date = ui_date(request->language, request->arena, value_text(instrument, "date"), false);
    struct slice who = ui_pair(request->language, request->arena, pair);
    value_set(request->arena, page, "heading",
              arena_format(request->arena, "%.*s: %.*s%s%.*s", (int)who.len, who.at, (int)kind.len, kind.at,
                           date.len ? page_word(request, "list.comma").at : "",
                           (int)date.len, date.at ? date.at : ""));
    value_set(request->arena, page, "pair", pair);
    value_set(request->arena, page, "pair_name", who);
    page_stages(request, page, "stages", id);
    page_cut_machine(request, instrument);
    instrument->key = "instrument";
    value_adopt(page, instrument);
    value_set(request->arena, instrument, "session_name", session_name(request, value_text(instrument, "session")));
    forms_offer_decisions(request, page, id, SLICE("kind status date count subject sectors"));
    page_send(request, answer, page, "instrument");
}
