// SPDX-License-Identifier: MIT
// Meeting candidates: each place where the report speaks of a meeting, before they are merged into meetings.
#ifndef KARAR_RESOLVE_CANDIDATES_H
#define KARAR_RESOLVE_CANDIDATES_H

#include "resolve/work.h"

#define PEOPLE_A_CANDIDATE 16
#define LEADERS_LEAST 3     // heads who sit together hold a summit, two of them mere talks
#define CANDIDATES_MAX 4096
#define FACES_MAX 8

// Whom somebody met, as the text tells: by name, or by the office alone.
struct face {
    uint32_t person;    // index, MENTION_NONE if no name is told
    uint16_t party;     // PARTY_NONE if not known
    uint8_t office;     // CODE_NONE if not known
    bool shared;        // one of several of different states whom the text names together
};

struct candidate {
    uint8_t type;             // meeting type or MEETING_SESSION
    uint8_t status;           // meeting status
    bool told;                // a frame told the status
    bool past_ref, next_ref;  // "previous", "next"
    bool plural, round;
    bool named;               // a name stands before its noun ("the Camp David Summit")
    bool margins;             // what is told happened on its margins
    bool equated;             // "this was the third meeting": the one that the report tells of
    bool host;                // the verb that tells of it is one of hosting
    bool from_frame;          // a verb (met, visited, telephoned) makes it
    bool talks;               // its noun is one for talks, not for a sitting or an encounter
    bool numbered_talks;      // such talks, counted
    bool apart;               // talks on the occasion of a summit or forum that the clause names
    int32_t ordinal;
    uint32_t mention;         // MENTION_NONE for a frame's
    uint32_t frame;           // frame that makes it or tells its status
    uint32_t sentence;
    uint32_t first, last;     // tokens: evidence
    struct party_set parties; // said explicitly
    uint16_t club;            // the organisation whose own meeting it is said to be ("the X summit"), PARTY_NONE
    struct party_set soft;    // of persons and parties in its clause
    struct party_set met;     // of persons in its clause and of those marked as whom somebody met
    struct party_set heads;   // whose heads of state or government its clause names in a row
    struct party_set faced;   // of those marked as whom somebody met
    struct date_range date;
    bool now;                 // "today" of a report whose own day is not known: none of those that are told with a month or a year
    uint16_t city, state;
    uint32_t people[PEOPLE_A_CANDIDATE];    // person indices in its clause, no two alike
    uint32_t people_count;
    struct face faces[FACES_MAX];   // of talks: whom the clause marks as met
    uint32_t face_count;
    uint32_t visitor;         // of a visit: the person whose it is said to be ("the visit of X"), MENTION_NONE
    bool goal;                // of a visit: the words say where it goes
    bool each;                // one of several that a plural tells of, with one state each
    uint32_t weighed_first, weighed_last;   // of the document's weighings, those of its sentence
    bool further;             // a further object of the same verb: a meeting of its own
};
typedef VEC(struct candidate) candidate_vec;

static inline bool has_person(const uint32_t *people, uint32_t count, uint32_t person)
{
    for (uint32_t i = 0; i < count; i++)
        if (people[i] == person)
            return true;
    return false;
}

// ---- what the clause says ----------------------------------------------------------------------------------------------
// Fills parties and people from the clause of the candidate's tokens.
void candidate_gather_clause(const struct work *work, struct candidate *candidate);
// "Today", "yesterday", "on Monday".
bool is_of_now(const struct work *work, const struct mention *date);
// Date and place by the sentence of the candidate, once its status is told.
void rank_sentence(const struct work *work, struct candidate *candidate);
// Fills sentence, tokens, parties and people from the frame's clause.
void candidate_gather(const struct work *work, struct candidate *candidate, const struct frame *frame);

// ---- whom somebody met ------------------------------------------------------------------------------------------------
void candidate_gather_faces(const struct work *work, struct candidate *candidate);
// The two may be one person.
bool is_same_face(struct face a, struct face b);
bool has_face(const struct face *faces, uint32_t count, struct face face);
// Each was met by himself, as far as the text tells.
bool are_met_apart(const struct work *work, const struct candidate *candidate);

// ---- by telephone, by video link -----------------------------------------------------------------------------------------
bool is_remote(const struct work *work, const struct candidate *c);     // words in its clause make a call of it
bool is_means(const struct work *work, const struct frame *frame);      // of a session that the clause names, and no call of its own
bool is_means_of_verb(const struct work *work, uint32_t frame);         // of the meeting that the clause's verb tells of
// The frame's clause names a meeting that says the same thing ("met for the fifth round of consultations").
bool has_meeting_noun(const struct work *work, const struct frame *frame);

// ---- a summit on whose margins others met --------------------------------------------------------------------------------
bool is_occasion(const struct work *work, const struct mention *meeting, uint32_t frame);
bool has_occasion(const struct work *work, const struct candidate *candidate, uint32_t frame);
bool on_margins(const struct work *work, const struct mention *meeting);
bool is_told_by_other(const struct work *work, const struct mention *meeting);

// ---- held, ahead or undone ---------------------------------------------------------------------------------------------
uint8_t status_from_flags(uint32_t flags);
// Of a candidate of which no verb tells.
bool is_before_event(const struct work *work, const struct candidate *c);
uint8_t status_from_clause(const struct work *work, const struct candidate *candidate);
// "In the meeting they agreed …": the meeting is where it happens, not what the verb speaks of.
bool is_setting(const struct work *work, const struct mention *meeting);
// "Flew in for the talks": what somebody does something for.
bool is_purpose(const struct work *work, const struct mention *meeting);
// "Eight papers were signed during the ninth session": it was held.
bool happened_during(const struct work *work, const struct mention *meeting, const struct frame *frame);
// "After the visit to X he went to Y": it was held, whatever the verb says of what followed.
bool was_before(const struct work *work, const struct mention *meeting, const struct frame *frame);
// First token of the meeting's words with the name and the articles before them: "the A-B Leaders' Summit".
uint32_t before_name(const struct work *work, const struct mention *meeting);
// The verb that governs the meeting, behind the one that undid it, tells that it took place after all.
bool was_held_after(const struct work *work, uint32_t undoing, uint32_t governor);
// The verb that calls the meeting off or puts it off over what is put in between, FRAME_NONE.
uint32_t undoing_frame(const struct work *work, const struct mention *meeting, uint32_t governor);
// A day to come plans what a verb not in the past tells of.
void plan_by_date(const struct work *work, struct candidate *candidate);

// One candidate for each state that the visit goes to; the candidate itself if it is none or does not say. Returns how many.
#define GOALS_MAX 8
uint32_t visits_of(const struct work *work, const struct candidate *candidate, struct candidate visits[GOALS_MAX]);

// Adds the candidate, or one for each whom it says somebody met.
void candidates_push(const struct work *work, candidate_vec *candidates, const struct candidate *candidate);

// In the order of the text.
void candidates_find(const struct work *work, candidate_vec *candidates);

// candidate_host.c: the verb tells that somebody hosts a person; that somebody is called upon to do something, and not called on.
bool candidate_hosts_person(const struct work *work, uint32_t frame);
bool candidate_asks_somebody(const struct work *work, uint32_t frame);

#endif
