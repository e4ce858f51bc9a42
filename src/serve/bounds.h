// SPDX-License-Identifier: MIT
// How long a connection may take for what it is at: the head of a request, its body, taking the answer. Silence is the HTTP library's to
// end; who sends a byte now and then is ended here.
#ifndef KARAR_SERVE_BOUNDS_H
#define KARAR_SERVE_BOUNDS_H

#include <stdint.h>

#include "base/status.h"

struct bounds;
struct bound;       // of one connection

#define BOUNDS_HEAD_SECONDS 20          // for the head of a request
#define BOUNDS_WAIT_SECONDS 30          // between one answer and the next request
#define BOUNDS_NEVER INT64_MAX

enum status bounds_start(struct bounds **ret_bounds, struct error *reterr_error);
void bounds_stop(struct bounds *bounds);

// NULL: no memory, and nothing bounds it. The socket is open until bounds_remove.
struct bound *bounds_add(struct bounds *bounds, int socket);
void bounds_remove(struct bounds *bounds, struct bound *bound);
// From now on; BOUNDS_NEVER: we are at work ourselves. `bound` may be NULL.
void bounds_set(struct bounds *bounds, struct bound *bound, int64_t seconds);
// Seconds that so many bytes may take, whichever way they go.
int64_t bounds_for_bytes(uint64_t bytes);
// Ends every connection whose time is over at `now` (seconds of the monotonic clock). A thread does so each second.
void bounds_sweep(struct bounds *bounds, int64_t now);
int64_t bounds_now(void);

#endif
