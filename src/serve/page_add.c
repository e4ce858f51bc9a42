// SPDX-License-Identifier: MIT
// Adding a report: its text is pasted, the register keeps it, and the page behind tells what it added to the account.
//
// What is sent is read like any other input: a page's source is a page, whatever was pasted.
// Where nothing is found the report is kept all the same, and the page says so.
#include "serve/forms.h"
#include "serve/pages.h"
#include "serve/reading.h"

#define ADDED_ROWS 300

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

void page_add_sent(struct request *request, struct answer *answer)
{
    karar_error error = {.byte = UINT64_MAX};
    struct kept_report kept;
    const char *author = forms_genuine(request, answer) ? forms_author(request, answer) : NULL;
    if (!author)
        return;
    struct sent_report sent = {
        .bytes = slice_trim(request_form(request, "text")), .uri = request_told(request, "uri"), .date = request_told(request, "date"),
        .language = request_told(request, "in"), .author = author,
    };
    if (!sent.bytes.len) {
        forms_refuse(request, answer, page_word(request, "refused.text").at);
    } else if (reading_add(request->server, &sent, &kept, &error)) {
        forms_refuse(request, answer, *error.text ? error.text : karar_status_text(error.status));
    } else {
        answer_redirect(answer, arena_format(request->arena, "/%s/added/%s%s", request->language->tag, kept.id,
                                             kept.is_new ? "" : "?known=yes"));
    }
}

// What a report added: new, or told before.
void page_report_added(struct request *request, struct answer *answer)
{
    const char *id = arena_copy(request->arena, request->argument).at;
    struct value *page = page_new(request), *document = ask_one(request, "page_document", &(struct asked){.id = id});
    if (!document)
        return;
    struct slice title = value_text(document, "title");
    value_set(request->arena, page, "heading", page_word(request, request_query(request, "known").len ? "added.known" : "added.title"));
    value_set_text(request->arena, page, "document", id);
    value_set(request->arena, page, "title", title.len ? title : slice_from(id));
    value_set(request->arena, page, "language", value_text(document, "language"));
    struct value *rows = ask_rows(request, page, "rows", "diff", &(struct asked){.id = id, .limit = ADDED_ROWS});
    page_cut_quotes(request, rows);
    page_send(request, answer, page, "added");
}
