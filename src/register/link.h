// SPDX-License-Identifier: MIT
// Claims while they are matched. Private to the register room.
#ifndef KARAR_REGISTER_LINK_H
#define KARAR_REGISTER_LINK_H

#include "register/store.h"

#define NO_DAY INT64_MIN
#define COARSE_DAYS 27      // from its first to its last day: a month or more

struct claim_row {
    int64_t id, document;
    struct slice doc, local;            // its id that people see
    struct slice type, status, date, city, country, sectors, first, link, alone, how, matched;
    struct slice about, names, hints, listed, language;     // commitments
    int64_t part;
    int64_t ordinal;                    // 0 none
    int64_t first_day, last_day, said;  // days since 1970; NO_DAY unknown
    int64_t count;
    bool rejected;
    bool fixed;                         // looked at by others, and stays as it was matched before
    bool folded;                        // told elsewhere: has no link
    struct slice found;                 // the id that was found; at NULL none yet
    struct slice natural;               // the id that it would have alone
    struct slice reason;                // by what it was found
};
typedef VEC(struct claim_row) claim_row_vec;

// A text in the work arena.
__attribute__((format(printf, 2, 3)))
struct slice link_text(struct registry *registry, const char *format, ...);
// A day as text, in the work arena.
struct slice link_day(struct registry *registry, int64_t day);

// Steps a statement of derive.sql's match_columns to its end.
void link_read(struct registry *registry, sqlite3_stmt *statement, claim_row_vec *rows);
// By their days, or (`by_date` false) by the days on which they were said; then by documents.
void link_sort(claim_row_vec *rows, bool by_date);
int link_in_order(const struct claim_row *x, const struct claim_row *y, bool by_date);
bool link_is_coarse(const struct claim_row *row);
// The id that matching gave it before; at NULL: none.
struct slice link_before(const struct claim_row *row);
// Writes what was found where it differs; merges that people decided lead on.
void link_store(struct registry *registry, const claim_row_vec *rows, link_vec *touched);

// Fills what a claim would be matched to without others.
void link_alone(struct registry *registry, struct slice kind, struct slice scope, struct claim_row *row);
// Each fills `found`, `natural` and `reason` of all rows that are not rejected or fixed.
void link_sessions(struct registry *registry, struct slice scope, claim_row_vec *rows);     // sessions.c; rows by their days
void link_instruments(struct registry *registry, struct slice scope, claim_row_vec *rows);  // instruments.c; sorts the rows
void link_threads(struct registry *registry, struct slice scope, claim_row_vec *rows);      // threads.c; rows by the days they were said
// A thread as it was found, before folding, and how many commitments it has; `single` of them are about nothing else.
struct strand {
    struct slice id;
    int64_t commitments, single;
};
typedef VEC(struct strand) strand_vec;
// Counts those that were found for all rows of a scope; writes them.
void link_count_strands(struct registry *registry, const claim_row_vec *rows, strand_vec *strands);     // threads.c
void link_write_strands(struct registry *registry, struct slice scope, const strand_vec *strands);      // threads.c
// Whether every claim of a scope has what matching it whole finds. Writes nothing; `strands` are those of commitments.
bool link_is_matched(struct registry *registry, struct slice kind, struct slice scope, strand_vec *strands);
// The same for what claims of one new document, `fresh`, change; and stores it.
void link_session_added(struct registry *registry, struct slice scope, const struct claim_row *fresh, link_vec *touched);
void link_instruments_added(struct registry *registry, struct slice scope, claim_row_vec *fresh, link_vec *touched);
void link_threads_added(struct registry *registry, struct slice scope, claim_row_vec *fresh, link_vec *touched);

#endif
