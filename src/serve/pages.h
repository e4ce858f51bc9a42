// SPDX-License-Identifier: MIT
// The pages that one reads, a function each.
#ifndef KARAR_SERVE_PAGES_H
#define KARAR_SERVE_PAGES_H

#include "serve/page.h"

void page_start(struct request *request, struct answer *answer);
void page_document(struct request *request, struct answer *answer);
void page_thing(struct request *request, struct answer *answer);    // whatever has an id: told apart by the register

void page_sector(struct request *request, struct answer *answer);
void page_brief(struct request *request, struct answer *answer);
void page_search(struct request *request, struct answer *answer);
void page_added(struct request *request, struct answer *answer);
void page_feed(struct request *request, struct answer *answer);
void page_calendar(struct request *request, struct answer *answer);
void page_calendar_all(struct request *request, struct answer *answer);
void page_calendar_of(struct request *request, struct answer *answer);
void page_about(struct request *request, struct answer *answer);

// What people send: decisions and reports.
void page_review(struct request *request, struct answer *answer);
void page_decide(struct request *request, struct answer *answer);
void page_claim(struct request *request, struct answer *answer);
void page_judge(struct request *request, struct answer *answer);
void page_agreement(struct request *request, struct answer *answer);
void page_add(struct request *request, struct answer *answer);
void page_add_sent(struct request *request, struct answer *answer);
void page_adding(struct request *request, struct answer *answer);
void page_report_added(struct request *request, struct answer *answer);

// Users.
void page_sign_in(struct request *request, struct answer *answer);
void page_sign_in_sent(struct request *request, struct answer *answer);
void page_sign_out(struct request *request, struct answer *answer);
void page_account(struct request *request, struct answer *answer);
void page_account_sent(struct request *request, struct answer *answer);
// The form to sign in, with what went wrong if that is not empty; leads on to the page that was asked for. Status 401 unless another is
// set.
void page_ask_to_sign_in(struct request *request, struct answer *answer, const char *told);
// Keepers.
void page_audit(struct request *request, struct answer *answer);
void page_users(struct request *request, struct answer *answer);
void page_user(struct request *request, struct answer *answer);
void page_users_sent(struct request *request, struct answer *answer);
void page_backup(struct request *request, struct answer *answer);

// Of things, by id: request->place is not looked at.
void page_pair(struct request *request, struct answer *answer, const char *id);
void page_session(struct request *request, struct answer *answer, const char *id);
void page_thread(struct request *request, struct answer *answer, const char *id);
void page_body(struct request *request, struct answer *answer, const char *id);
void page_instrument(struct request *request, struct answer *answer, const char *id);
void page_person(struct request *request, struct answer *answer, const char *id);
void page_party(struct request *request, struct answer *answer, const char *id);

// What a thread is called: the concept or the field in its id, and the names that part it.
struct slice page_thread_name(struct request *request, struct slice id);
// Sets `name` of each row from its `id`.
void page_name_threads(struct request *request, struct value *rows);
// The part of an id before its first "/". Ends in NUL.
struct slice page_pair_of(struct request *request, const char *id);
// Sessions of a pair or body as the list `sessions` of the page, ready to be shown and turned; as of the day that the request names.
struct value *page_sessions(struct request *request, struct value *page, const char *pair);
// The same, all of them, in the order of their numbers and not made ready.
struct value *page_all_sessions(struct request *request, struct value *into, const char *pair);
// What was said of a thing, in the order of time, as the list `key` of the page: those that this page of it shows, with the addresses of
// the others.
struct value *page_stages(struct request *request, struct value *page, const char *key, const char *id);
// What rows of the question `sessions` want to be shown: the kind of their body (`type`), the names of their place, their chairs one by
// one.
void page_finish_sessions(struct request *request, struct value *rows);
// "a, b, c" of a row's column as a list of objects with the member `date`.
void page_cut_dates(struct request *request, struct value *row, const char *column, const char *key);

// The value of a field as a person reads it: a date in words, a place and codes by their names.
struct slice page_shown(struct request *request, struct slice field, struct slice value);

#endif
