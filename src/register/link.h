// SPDX-License-Identifier: MIT
// Claims while they are matched. Private to the register room.
#ifndef KARAR_REGISTER_LINK_H
#define KARAR_REGISTER_LINK_H

#include "register/store.h"

#define NO_DAY INT64_MIN

struct claim_row {
    int64_t id, document;
    struct slice doc, local;            // its id that people see
    struct slice type, status, date, city, country, sectors, first, link, alone, how;
    struct slice about, names, hints, listed, language;     // commitments
    int64_t part;
    int64_t ordinal;                    // 0 none
    int64_t first_day, last_day, said;  // days since 1970; NO_DAY unknown
    int64_t count;
    bool rejected;
    struct slice found;                 // the link that was found; at NULL none yet
    struct slice natural;               // the link that it would have alone
    struct slice reason;                // by what it was found
};
typedef VEC(struct claim_row) claim_row_vec;

// A text in the work arena.
__attribute__((format(printf, 2, 3)))
struct slice link_text(struct registry *registry, const char *format, ...);

// Each fills `found`, `natural` and `reason` of all rows that are not rejected. Rows are in the order of their days, then of their
// documents.
void link_sessions(struct registry *registry, struct slice scope, claim_row_vec *rows);
void link_instruments(struct registry *registry, struct slice scope, claim_row_vec *rows);
void link_threads(struct registry *registry, struct slice scope, claim_row_vec *rows);      // threads.c

#endif
