// SPDX-License-Identifier: MIT
// What a feeds file asks for.
#ifndef KARAR_WATCH_SETTINGS_H
#define KARAR_WATCH_SETTINGS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"

#define SETTINGS_MAX_FILE ((size_t)1 << 20)
#define SETTINGS_MAX_FEEDS 1000u

struct feed_settings {
    struct slice url;
    struct slice match;         // an address must hold these words; empty: any
    struct slice since;         // YYYY-MM-DD: what the feed dates earlier is left out; empty: none
    int64_t interval;           // seconds between two looks
    int64_t limit;              // new reports taken at one look
    uint32_t line;
};

struct settings {
    struct slice contact;       // told to servers; empty: none
    int64_t pause;              // seconds between two requests to one host
    bool allow_private;         // addresses of private networks may be asked
    bool keep_all;              // reports without facts go into the register, too
    VEC(struct feed_settings) feeds;
};

// Everything lies in the arena, which the caller has armed. STATUS_BAD_ARGUMENT names file, line and what would be right.
enum status settings_read(struct arena *arena, const char *path, struct settings *ret_settings, struct error *reterr_error);

#endif
