// SPDX-License-Identifier: MIT
// From a whole request to a whole answer: who may ask, which route, errors, validators.
#ifndef KARAR_SERVE_ANSWER_H
#define KARAR_SERVE_ANSWER_H

#include "serve/request.h"
#include "serve/route.h"

// The language and the place that a path names, with the area of its route.
enum route_area request_place(struct request *request);
// Fills *answer in any case: what goes wrong becomes a page that says so. `too_large`: of the body, none of which was kept.
void answer_request(struct request *request, struct answer *answer, bool too_large);
// How many bytes the body of such a request may have; 0 where none is taken.
size_t answer_body_limit(struct request *request);

#endif
