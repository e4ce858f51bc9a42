// SPDX-License-Identifier: MIT
// Adding reports: a text is pasted, files are sent, addresses given; the register keeps them, and the pages behind tell what each added.
//
// What is sent is read like any other input: a page's source is a page, whatever was pasted; a file may hold many reports. A pasted text is
// read at once; files and addresses are worked off behind the page of their progress (adding.c), which those who wait for a moment only see
// when all is done.
// Where nothing is found the report is kept all the same, and the page says so.
#include "serve/adding.h"
#include "serve/forms.h"
#include "serve/pages.h"
#include "serve/reading.h"

#define ADDED_ROWS 300
#define PATIENCE_MILLISECONDS 1500

void page_add(struct request *request, struct answer *answer)
{
    struct value *page = page_new(request), *choices = value_list(request->arena, page, "choices");
    value_set(request->arena, page, "heading", page_word(request, "add.title"));
    for (uint32_t i = 0; i < page_language_count; i++) {
        struct value *choice = value_add(request->arena, choices);
        value_set_text(request->arena, choice, "tag", page_languages[i].tag);
        value_set_text(request->arena, choice, "name", page_languages[i].name);
    }
    forms_offer(request, page);
    page_send(request, answer, page, "add");
}

static bool add_pasted(struct request *request, struct answer *answer, struct sent_report *sent)
{
    karar_error error = {.byte = UINT64_MAX};
    struct kept_report kept;
    if (reading_add(request->server, sent, &kept, &error)) {
        forms_refuse_as(request, answer, *error.text ? error.text : karar_status_text(error.status));
        return false;
    }
    answer_redirect(answer, arena_format(request->arena, "/%s/added/%s%s", request->language->tag, kept.id,
                                         kept.is_new ? "" : "?known=yes"));
    return true;
}

void page_add_sent(struct request *request, struct answer *answer)
{
    struct error error = {.byte = UINT64_MAX};
    char id[ADDING_ID_LENGTH + 1];
    const char *author = forms_genuine(request, answer) ? forms_author(request, answer) : NULL;
    if (!author)
        return;
    struct sent_report sent = {
        .bytes = slice_trim(request_form(request, "text")), .uri = request_told(request, "uri"), .date = request_told(request, "date"),
        .language = request_told(request, "in"), .author = author,
    };
    struct adding_order order = {.date = sent.date, .language = sent.language, .author = author};
    order.inputs = adding_inputs(request, &order.count);
    if (!sent.bytes.len && !order.count) {
        forms_refuse(request, answer, page_word(request, "refused.text").at);
        return;
    }
    if (sent.bytes.len && (!add_pasted(request, answer, &sent) || !order.count))
        return;
    if (adding_begin(request->server, &order, id, &error)) {
        forms_refuse_as(request, answer, error.text);
        return;
    }
    adding_wait(request->server, slice_from(id), PATIENCE_MILLISECONDS);
    answer_redirect(answer, arena_format(request->arena, "/%s/adding/%s", request->language->tag, id));
}

// How far an order has come, and what each report of it added.
void page_adding(struct request *request, struct answer *answer)
{
    struct arena *arena = request->arena;
    struct adding_progress progress;
    struct adding_result *results = ARENA_ARRAY(arena, struct adding_result, ADDING_MAX_RESULTS);
    if (!adding_look(request->server, request->argument, &progress, results, ADDING_MAX_RESULTS))
        return;
    struct value *page = page_new(request), *rows = value_list(arena, page, "rows");
    uint32_t told = progress.results < ADDING_MAX_RESULTS ? progress.results : ADDING_MAX_RESULTS;
    for (uint32_t i = 0; i < told; i++) {
        struct value *row = value_add(arena, rows);
        value_set_text(arena, row, "name", results[i].name);
        value_set_text(arena, row, "document", results[i].id);
        value_set_text(arena, row, "known", *results[i].id && !results[i].is_new ? "yes" : "");
        value_set_int(arena, row, "facts", results[i].facts);
        if (*results[i].fault)
            value_set_text(arena, row, "fault", ui_refusal(request->language, arena, slice_from(results[i].fault)));
    }
    value_set(arena, page, "heading", page_word(request, progress.ended ? "adding.ended" : "adding.title"));
    value_set_text(arena, page, progress.ended ? "ended" : "going", "yes");
    value_set_int(arena, page, "inputs", progress.inputs);
    value_set_int(arena, page, "done", progress.inputs_done);
    value_set_int(arena, page, "reports", progress.reports);
    value_set_int(arena, page, "new", progress.new_reports);
    if (progress.results > told)
        value_set_int(arena, page, "untold", progress.results - told);
    value_set(arena, page, "here", request->path);
    answer->is_private = true;
    page_send(request, answer, page, "adding");
}

// What a report added: new, or told before.
void page_report_added(struct request *request, struct answer *answer)
{
    const char *id = arena_copy(request->arena, request->argument).at;
    struct value *page = page_new(request), *document = ask_one(request, "page_document", &(struct asked){.id = id});
    if (!document)
        return;
    struct slice title = value_text(document, "title");
    bool known = request_query(request, "known").len > 0;
    value_set(request->arena, page, "heading", page_word(request, known ? "added.known" : "added.title"));
    if (known) {    // it stays as it came in, whatever was told of it now
        value_set(request->arena, page, "came", value_text(document, "added"));
        value_set(request->arena, page, "uri", value_text(document, "uri"));
        value_set(request->arena, page, "added_by", value_text(document, "added_by"));
    }
    value_set_text(request->arena, page, "document", id);
    value_set(request->arena, page, "title", title.len ? title : slice_from(id));
    value_set(request->arena, page, "language", value_text(document, "language"));
    struct value *rows = ask_rows(request, page, "rows", "diff", &(struct asked){.id = id, .limit = ADDED_ROWS});
    page_cut_quotes(request, rows);
    page_send(request, answer, page, "added");
}
