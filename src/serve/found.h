// SPDX-License-Identifier: MIT
// What the reports that a search found have in common: the things that they speak of, and by what the search may be narrowed.
#ifndef KARAR_SERVE_FOUND_H
#define KARAR_SERVE_FOUND_H

#include "serve/ask.h"

// Asks the register, and counts. Into `page`:
// "reports"  the reports, the latest first, as many as are shown
// "things"   sessions, instruments and threads by how many of the reports speak of them: id, kind, type, day, reports, subjects
// "counted"  facet, value, and how many reports have it; the most frequent values of each facet
// `fate`: only what speaks of threads of that fate; `narrowed`: only reports with a claim that was asked for.
void found_ask(struct request *request, struct value *page, const struct asked *asked, struct slice fate, bool narrowed);

#endif
