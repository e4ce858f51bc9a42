// SPDX-License-Identifier: MIT
// The parts of the work on who deals: parties, and the people who act for them.
#ifndef KARAR_RESOLVE_CAST_H
#define KARAR_RESOLVE_CAST_H

#include "resolve/work.h"

// An office in the service of a state, whoever holds it.
static inline bool is_public_office(uint8_t office)
{
    return office != CODE_NONE && office != OFFICE_BUSINESS && office != OFFICE_OTHER;
}

void find_dealing(struct work *work);   // fills work->dealing and work->government_signs
void place_people(struct work *work);   // fills work->home and the party of each person that can be told

#endif
