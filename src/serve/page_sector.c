// SPDX-License-Identifier: MIT
// A field: which threads and instruments concern it, in all pairs or in one (?pair=).
//
// Reports are found by full text, which knows the codes of their claims.
// So a page costs what its reports cost, not what the register holds.
// Things are shown once each, by the day on which they were last spoken of.
#include "serve/pages.h"

#define SECTOR_ROWS 200

void page_sector(struct request *request, struct answer *answer)
{
    struct slice pair = request_query(request, "pair");
    const char *sector = arena_copy(request->arena, request->argument).at;
    struct slice key = arena_format(request->arena, "sector.%s", sector), name = ui_text(request->language, key.at, SLICE(""));
    if (name.len == 0)
        return;
    struct value *page = page_new(request);
    struct asked asked = {.id = sector, .words = sector, .limit = SECTOR_ROWS};
    if (pair.len) {
        asked.pair = arena_copy(request->arena, pair).at;
        value_set(request->arena, page, "pair", pair);
        value_set(request->arena, page, "pair_name", ui_pair(request->language, request->arena, pair));
    }
    value_set(request->arena, page, "heading", name);
    value_set_text(request->arena, page, "sector", sector);
    struct value *things = ask_rows(request, page, "things", "page_sector", &asked);
    for (struct value *row = things->first; row; row = row->next) {
        bool thread = slice_is(value_text(row, "kind"), "commitment");
        value_set(request->arena, row, "who", ui_pair(request->language, request->arena, value_text(row, "pair")));
        value_set(request->arena, row, "name",
                  thread ? page_thread_name(request, value_text(row, "id"))
                         : ui_code(request->language, request->arena, "instrument", value_text(row, "type")));
    }
    page_send(request, answer, page, "sector");
}
