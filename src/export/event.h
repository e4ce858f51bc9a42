// SPDX-License-Identifier: MIT
// A row of the question `export_events` as PLOVER sees it: who acted, towards whom, in which mode. Private to the export room.
#ifndef KARAR_EXPORT_EVENT_H
#define KARAR_EXPORT_EVENT_H

#include "export/run.h"

#define EVENT_MAX_PARTIES 64

struct event {
    const struct registry_row *row;
    const struct book_event *as;
    struct slice mode, scale;       // empty: none
    struct slice sectors, concepts; // what it is about: of a thing named in a row of several, its own
    struct slice first_day, last_day;
    struct slice sides[2][EVENT_MAX_PARTIES];   // codes of actors and recipients
    int counts[2];
};
enum { EVENT_ACTOR, EVENT_RECIPIENT };

typedef void (*event_taker)(struct exporting *run, const struct event *event);
// Every event that is wanted and has a place in PLOVER and a day.
void event_walk(struct exporting *run, event_taker take);

// A party's words in the report that proves the event; its name if they are not known.
struct slice event_raw(const struct exporting *run, const struct event *event, struct slice party);
// The sectors (PLOVER's, such as GOV) in which the party's chairs and signatories act, each once, GOV if none is named; returns how many.
#define EVENT_MAX_SECTORS 8
int event_sectors(const struct exporting *run, const struct event *event, struct slice party, struct slice sectors[EVENT_MAX_SECTORS]);

// ---- the formats
void export_polecat(struct exporting *run);
void export_plover(struct exporting *run);

#endif
