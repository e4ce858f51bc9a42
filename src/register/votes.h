// SPDX-License-Identifier: MIT
// Sessions as their reports tell of them, before they are written. Private to the register room.
#ifndef KARAR_REGISTER_VOTES_H
#define KARAR_REGISTER_VOTES_H

#include "register/store.h"

// A line of the table `session`; at NULL, 0: none. Claims by their numbers.
struct session_line {
    struct slice id, status, date, city, country, chairs, chair_claims, said_on, disagree;
    int64_t ordinal, announced, reports, proof, status_claim, date_claim, place_claim;
};
typedef VEC(struct session_line) session_line_vec;

// The sessions of a scope's meetings as their claims stand in the file; writes nothing. What they hold is in the work arena.
void votes_of_scope(struct registry *registry, struct slice scope, session_line_vec *lines);
// Into a table that has none of them.
void votes_write(struct registry *registry, const session_line_vec *lines);

#endif
