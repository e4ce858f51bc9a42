// SPDX-License-Identifier: MIT
// The JSON API's own helpers: errors, what a request's body says, reading reports.
#ifndef KARAR_SERVE_API_H
#define KARAR_SERVE_API_H

#include "serve/ask.h"
#include "serve/request.h"

// An error that pages have a word for ("error.403"), as an answer to programs: in the default language, with the header that is wanted.
void api_error_word(struct answer *answer, unsigned status, const char *word);
// {"status": …, "error": "…"}. `text` says what is wrong and how it is mended.
void api_error_text(struct answer *answer, unsigned status, const char *text);

// Members of a JSON object that are text, from the request's body into its form. False: *answer says what is wrong.
bool api_parse_body(struct request *request, struct answer *answer);

// Who adds or decides: the user; where there are none, whom the request names, NULL if nobody. False: another than the user was named, and
// *answer says so.
bool api_author(struct request *request, struct answer *answer, const char **ret_author);

struct json;

// ?skip=…&limit=… of a list of rows.
struct api_range {
    int64_t skip, limit;
};
// Of an address that takes nothing else; false: *answer says what is wrong.
bool api_takes_range(struct request *request, struct answer *answer, const char *name, struct api_range *ret_range);
// {"question", "skip", "limit", "rows": … "next"}; the caller writes the rows between the two.
void api_begin_rows(struct json *json, const char *question, struct api_range range);
void api_end_rows(struct request *request, struct answer *answer, struct json *json, struct api_range range, uint64_t rows);

// POST: read (a record, nothing kept), reports (read and kept), jobs (files and addresses, kept one after the other), decisions.
void api_read(struct request *request, struct answer *answer);
void api_add(struct request *request, struct answer *answer);
void api_order(struct request *request, struct answer *answer);
void api_job(struct request *request, struct answer *answer);   // GET: how far it has come
void api_decide(struct request *request, struct answer *answer);

// GET, for keepers: audit (who signed in and what became of accounts), users, backup (the register's file). POST: users (a change of one).
void api_audit(struct request *request, struct answer *answer);
void api_users(struct request *request, struct answer *answer);
void api_change_user(struct request *request, struct answer *answer);
void api_backup(struct request *request, struct answer *answer);

#endif
