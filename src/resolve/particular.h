// SPDX-License-Identifier: MIT
// Date and place of a meeting: each mention that might tell one is described by its traits, and their weights rank them.
#ifndef KARAR_RESOLVE_PARTICULAR_H
#define KARAR_RESOLVE_PARTICULAR_H

#include "resolve/draft.h"

// The meeting for which a date or place is sought.
struct seeker {
    const struct work *work;
    const struct candidate *candidate;
    uint32_t clause_first, clause_last;     // its clause
    uint32_t own_verb;                      // frame that governs its noun, FRAME_NONE
    const draft_vec *drafts;                // all of them, NULL where only its own sentence is asked
    const struct draft *draft;              // NULL: its own sentence is asked, else the sentences around
    uint32_t centre;                        // the sentence around which
    bool first_held;                        // what the report tells of first, and was held
};

// ---- traits ------------------------------------------------------------------------------------------------------------
// May the mention tell a date, a place of the meeting at all?
bool may_date(const struct seeker *seeker, uint32_t mention);
bool may_place(const struct seeker *seeker, uint32_t mention);
uint64_t traits_of(const struct seeker *seeker, uint32_t mention);     // a bit per enum trait

// ---- ranking -----------------------------------------------------------------------------------------------------------
// What the sentences of a meeting do not say, by those around; once all drafts are known.
void rank_around(const struct work *work, const draft_vec *drafts, struct draft *draft, bool first_held);

#endif
