// SPDX-License-Identifier: MIT
// Making a page of values: the frame around it, the switch of languages, its validator.
#ifndef KARAR_SERVE_PAGE_H
#define KARAR_SERVE_PAGE_H

#include "serve/ask.h"
#include "serve/request.h"
#include "serve/template.h"

// An empty page; what all pages show is set: ui (the language), direction, languages, as_of, user (a name), may_read, may_review and
// may_keep. A handler sets `heading`.
// A template finds a key of the page inside a row, too, when the row has none such: names of the page are not names of columns.
struct value *page_new(struct request *request);
// Fills the template into the answer, as HTML with status 200 unless another was set.
void page_send(struct request *request, struct answer *answer, struct value *page, const char *template);
// "?name=value&…" as it was asked for; empty if there is none.
struct slice page_query(const struct request *request);
// A word of the interface, in the language of the request.
struct slice page_word(const struct request *request, const char *key);
// Today, as YYYY-MM-DD.
const char *page_today(struct request *request);
// Leaves the first `most` rows of a list unless ?all=yes, and sets how many more there are as `key` of the page.
void page_shorten(struct request *request, struct value *page, struct value *rows, uint32_t most, const char *key);
// Lists that are turned page by page, ?NAME=how many rows are left out. Asked for with one row more than shown, which page_turn cuts off;
// it sets the addresses of the rows before and behind as NAME_newer and NAME_older. Other such lists of the page stay where they are.
int64_t page_skipped(const struct request *request, const char *name);
void page_turn(struct request *request, struct value *page, struct value *rows, uint32_t most, const char *name);
// The same of a list that is there as a whole.
void page_window(struct request *request, struct value *page, struct value *rows, uint32_t most, const char *name);
// The rows of a list whose column `part` is this one, as the list `key` of `into`.
struct value *page_part(struct request *request, struct value *rows, struct value *into, const char *key, const char *part);
// Turns round each run of rows that are alike in a column.
void page_reverse(struct value *rows, const char *column);
// Cuts "c4442b159294/m1" of a row's column into its document and local id, as `document` and `local` of the row.
void page_cut_claims(struct request *request, struct value *rows, const char *column);
// "date: 2025; chairs: A; B" of a row's `machine`, what reports say where people decided otherwise, as the list `machine_list` of field
// and told, or chair_list.
void page_cut_machine(struct request *request, struct value *row);
// Cuts each row's sentence around its words: `quote_before`, `quote`, `quote_after`.
void page_cut_quotes(struct request *request, struct value *rows);
// "name (office sectors, PARTY); …" of a row's `chairs` as the list `chair_list` of name, office, portfolio and party; what a person wrote
// otherwise is a name.
void page_cut_chairs(struct request *request, struct value *row);

#endif
