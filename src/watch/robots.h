// SPDX-License-Identifier: MIT
// robots.txt (RFC 9309): what a site lets programs read.
#ifndef KARAR_WATCH_ROBOTS_H
#define KARAR_WATCH_ROBOTS_H

#include <stdbool.h>

#include "base/slice.h"

#define ROBOTS_MAX_BYTES ((size_t)500 << 10)    // the rest is not looked at, as the RFC has it
#define ROBOTS_MAX_RULES 4000
#define ROBOTS_MAX_PATTERN 1024u                // longer rules are taken for their beginning

// Whether the rules let `agent` (a product's name) read `path` (with its query). The longest rule that fits decides; on a tie it is
// allowed. Rules for the agent itself take the place of those for all.
bool robots_allow(struct slice rules, struct slice agent, struct slice path);
// Seconds between two requests that the rules ask for (Crawl-delay, which no RFC has but many write); 0 none.
int robots_delay(struct slice rules, struct slice agent);

#endif
