// SPDX-License-Identifier: MIT
// Meetings while candidates join them: what the parts of the work on meetings share.
#ifndef KARAR_RESOLVE_DRAFT_H
#define KARAR_RESOLVE_DRAFT_H

#include "resolve/candidates.h"

#define MEETINGS_A_REPORT 64
#define PEOPLE_A_MEETING 32

struct draft {
    uint32_t index;           // among the drafts
    struct candidate founder; // what spoke of it first
    struct meeting_claim claim;
    struct party_set soft;    // parties of its clauses
    struct party_set met;     // parties of those who met, as far as its clauses tell
    uint16_t club;            // see struct candidate
    bool now;                 // see struct candidate
    bool own;                 // a summit or forum with a name or number of its own and not of the two who meet there
    struct party_set named;   // dealing parties that the clause names in which it is told of first
    bool past_ref, next_ref, from_frame, told, round;
    bool faced;               // its clauses tell whom somebody met
    bool goal;                // a visit whose words say where it goes
    bool title;               // only a headline speaks of it
    bool talks, numbered_talks;     // see struct candidate
    uint32_t visitor;         // see struct candidate
    struct face faces[FACES_MAX];
    uint32_t face_count;
    uint32_t people[PEOPLE_A_MEETING];  // person indices, no two alike
    uint32_t people_count;
    uint32_t first_sentence, last_sentence;
};
typedef VEC(struct draft) draft_vec;

// A meeting of which nothing tells more than that people talked.
static inline bool is_talk(uint8_t type) { return type == MEETING_MEETING || type == MEETING_SESSION; }

// ---- fit ---------------------------------------------------------------------------------------------------------------
bool shares_person(const struct draft *draft, const struct candidate *candidate);
// "The round began on the 11th" of one that closed on the 17th: the same session, days apart.
bool opened_or_closed(const struct draft *draft, const struct candidate *candidate);
// A headline's verb in the present: what the text tells of the meeting goes before it.
bool is_told_now(const struct work *work, const struct draft *draft);
// The draft that the candidate joins, NULL if it fits none. Points into `drafts`.
struct draft *best_fit(const struct work *work, draft_vec *drafts, const struct candidate *candidate);

// ---- parts -------------------------------------------------------------------------------------------------------------
// Points into `drafts`: good until the next one is founded.
struct draft *found_meeting(const struct work *work, draft_vec *drafts, const struct candidate *candidate);
void found_by_deed(const struct work *work, draft_vec *drafts);
void bind_chairs(const struct work *work, draft_vec *drafts);
void finish_meetings(struct work *work, draft_vec *drafts);     // into the record; fills work->mention_meeting with its claims

#endif
