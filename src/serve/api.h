// SPDX-License-Identifier: MIT
// The JSON API's own helpers: errors, what a request's body says, reading reports.
#ifndef KARAR_SERVE_API_H
#define KARAR_SERVE_API_H

#include "serve/ask.h"
#include "serve/request.h"

// {"status": …, "error": "…"}. `text` says what is wrong and how it is mended.
void api_error_text(struct answer *answer, unsigned status, const char *text);

// Members of a JSON object that are text, from the request's body into its form. False: *answer says what is wrong.
bool api_parse_body(struct request *request, struct answer *answer);

// POST: read (a record, nothing kept), reports (read and kept), jobs (files and addresses, kept one after the other), decisions.
void api_read(struct request *request, struct answer *answer);
void api_add(struct request *request, struct answer *answer);
void api_order(struct request *request, struct answer *answer);
void api_job(struct request *request, struct answer *answer);   // GET: how far it has come
void api_decide(struct request *request, struct answer *answer);

#endif
