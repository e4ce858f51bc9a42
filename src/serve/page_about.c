// SPDX-License-Identifier: MIT
// What the register holds, and how well reports are read.
//
// The figures of accuracy are those that were measured last (bench/results.md), taken in when the program was built: a page that judged
// itself would judge what it does not know.
#include "serve/pages.h"

static void add_accuracy(struct request *request, struct value *page)
{
    const struct page_table *table = &page_accuracy;
    struct value *heads = value_list(request->arena, page, "heads"), *rows = value_list(request->arena, page, "rows");
    for (uint32_t i = 0; i < table->rows; i++) {
        struct value *cells = i == 0 ? heads : value_list(request->arena, value_add(request->arena, rows), "cells");
        for (uint32_t j = 0; j < table->columns; j++) {
            struct value *cell = value_add(request->arena, cells);
            const char *text = table->cells[i * table->columns + j];
            const struct page_language *language = j == 0 ? ui_language(slice_from(text)) : NULL;
            value_set_text(request->arena, cell, j == 0 && i > 0 ? "first" : "cell", language ? language->name : text);
        }
    }
}

void page_about(struct request *request, struct answer *answer)
{
    struct value *page = page_new(request), *figures = ask_kept(request, value_object(request->arena), "rows", "page_figures",
            &(struct asked){0})->first;
    value_set(request->arena, page, "heading", page_word(request, "about.title"));
    value_set_text(request->arena, page, "version", karar_version());
    if (figures) {
        figures->key = "figures";
        value_adopt(page, figures);
    }
    add_accuracy(request, page);
    for (uint32_t i = 0; i < page_file_count; i++)
        if (slice_ends(slice_from(page_files[i].name), SLICE(".woff2")))
            value_set_text(request->arena, page, "fonts", "yes");
    page_send(request, answer, page, "about");
}
