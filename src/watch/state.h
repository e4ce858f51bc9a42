// SPDX-License-Identifier: MIT
// What a watch knows from one run to the next: feeds with their validators and next look, and pages that were dealt with. A file of JSON
// lines that only grows while a watch runs, so that a kill loses at most the line that was being written.
#ifndef KARAR_WATCH_STATE_H
#define KARAR_WATCH_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

#define STATE_MAX_PAGES 1000000u        // the oldest are forgotten at the next start
#define STATE_MAX_TRIES 5               // a page that failed so often is left out for good
#define STATE_MEMORY ((size_t)256 << 20)

struct state;

// Makes the file if it is not there. STATUS_LIMIT: another watch has it open.
enum status state_open(const char *path, struct state **ret_state, struct error *reterr_error);
void state_close(struct state *state);

struct state_feed {
    char etag[256], modified[64];   // of the answer whose pages are all dealt with; "" none
    int64_t next;                   // seconds since 1970 of the next look; 0 now
    int64_t failures;               // in a row
};
// All zero for a feed that is new.
struct state_feed state_feed(const struct state *state, struct slice url);
enum status state_set_feed(struct state *state, struct slice url, const struct state_feed *feed, struct error *reterr_error);

// Whether the page was dealt with, or has failed for good.
bool state_page_done(const struct state *state, struct slice url);
enum status state_set_page_done(struct state *state, struct slice url, struct error *reterr_error);
// One more failure. *ret_last: it was the last that was allowed.
enum status state_page_failed(struct state *state, struct slice url, bool *ret_last, struct error *reterr_error);

#endif
