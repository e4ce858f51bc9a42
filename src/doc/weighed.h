// SPDX-License-Identifier: MIT
// How dates and places were weighed for a meeting: each mention that might tell one, with its traits and what these weigh together.
#ifndef KARAR_DOC_WEIGHED_H
#define KARAR_DOC_WEIGHED_H

#include <stdbool.h>
#include <stdint.h>

// By what text a date or place is sought; weights differ.
enum weighing { WEIGH_DATE, WEIGH_PLACE, WEIGH_DATE_AROUND, WEIGH_PLACE_AROUND, WEIGHING_COUNT };

// What can be true of a date or place beside a meeting, with the words for explaining and for tools/weigh.py.
#define TRAITS(X)                                              \
    X(ANY, "any")                                              \
    /* where it stands in the sentence of the meeting */       \
    X(CLAUSE, "same-clause")                                   \
    X(FAR_3, "words-between")                                  \
    X(FAR_7, "many-words-between")                             \
    X(FAR_15, "far-off")                                       \
    X(NEAREST, "nearest")                                      \
    X(AHEAD_FINAL, "before-final-verb")                        \
    /* or in those around it */                                \
    X(BEFORE_2, "sentences-before")                            \
    X(BEHIND_1, "next-sentence")                               \
    X(BEHIND_2, "sentences-behind")                            \
    X(PARAGRAPH, "other-paragraph")                            \
    X(TITLE, "headline")                                       \
    X(STAMP, "stamp")                                          \
    X(NEWS, "day-of-news")                                     \
    /* what marks and governs it */                            \
    X(MARKED, "marked")                                        \
    X(BARE, "unmarked")                                        \
    X(GOAL, "goes-there")                                      \
    X(HOST, "of-the-host")                                     \
    X(ALIKE, "same-verb")                                      \
    X(EDGE, "since-or-until")                                  \
    X(TIME_CLAUSE, "clause-of-time")                           \
    /* what else it may belong to */                           \
    X(ONLY, "only-one")                                        \
    X(OWN_MEETING, "beside-another-meeting")                   \
    X(TAKEN, "of-another-meeting")                             \
    X(NAME_PART, "within-name")                                \
    X(BESIDE, "beside-place-or-date")                          \
    /* what it is */                                           \
    X(MONTH, "month")                                          \
    X(YEAR, "year")                                            \
    X(RECENT, "of-late")                                       \
    X(COMING, "to-come")                                       \
    X(OPEN, "unresolved")                                      \
    X(CITY, "city")                                            \
    X(OF_PARTY, "of-a-party")                                  \
    /* of which meeting */                                     \
    X(VISIT, "visit")                                          \
    X(BY_VERB, "told-by-verb")

enum trait {
#define TRAIT(name, words) TRAIT_##name,
    TRAITS(TRAIT)
#undef TRAIT
    TRAIT_COUNT
};

struct weighed {
    uint32_t mention;       // the date or place
    uint32_t meeting;       // claim; CLAIM_NONE: of none that came into the record
    uint32_t first;         // token at which the text speaks of the meeting
    uint64_t traits;        // a bit per enum trait
    int32_t weight;         // in tenths
    uint8_t by;             // enum weighing
    bool taken;
};

#endif
