// SPDX-License-Identifier: MIT
// The record of one report: what it says, in codes, each with the words it rests on. Evidence is token ranges here; writers turn them
// into bytes and code points of the stored text.
#ifndef KARAR_DOC_CLAIM_H
#define KARAR_DOC_CLAIM_H

#include <stdint.h>

#include "base/vec.h"
#include "doc/mention.h"

#define CLAIM_NONE UINT32_MAX

struct evidence {
    uint32_t first, last;   // tokens, half open
};
typedef VEC(struct evidence) evidence_vec;
typedef VEC(uint32_t) index_vec;
typedef VEC(uint16_t) code_vec;

// Why a claim was made: rules and lexicon entries that fired, in order.
enum reason_kind { REASON_RULE, REASON_LEXEME, REASON_NOTE };
struct reason {
    uint8_t kind;
    uint32_t index;         // rule or lexeme of `pack`
    const struct pack *pack;
    const char *note;       // static text: an engine step ("merged with an earlier mention of the 10th session")
    uint32_t first, last;   // tokens that fired
};
typedef VEC(struct reason) reason_vec;

// A sum or quantity: the value in the unit that the lexeme of `pack` names.
struct amount_claim {
    double value;
    const struct pack *pack;
    uint32_t lexeme;
    uint32_t first, last;   // tokens
};
typedef VEC(struct amount_claim) amount_vec;

struct party_claim {
    uint16_t party;
    evidence_vec evidence;
    reason_vec reasons;
};
struct person_claim {
    uint32_t name_first, name_last;
    uint8_t office;
    uint16_t party;
    uint64_t portfolio;
    evidence_vec evidence;
    reason_vec reasons;
};
struct body_claim {
    uint8_t type;
    uint32_t name_first, name_last;
    struct party_set parties;
    evidence_vec evidence;
    reason_vec reasons;
};
struct meeting_claim {
    uint8_t type, status;
    uint32_t body;          // CLAIM_NONE
    int32_t ordinal;        // 0 = none
    struct party_set parties;
    struct date_range date;
    uint16_t city;          // 0xFFFF none
    uint16_t state;         // PARTY_NONE
    index_vec chairs, participants;  // person claims
    evidence_vec evidence;
    reason_vec reasons;
};
struct instrument_claim {
    uint8_t kind, status;
    uint32_t count;
    struct party_set parties;
    uint32_t subject_first, subject_last;  // equal: no subject named
    uint64_t sectors;       // bit per enum sector
    index_vec signatories;
    struct date_range date;
    uint32_t meeting;       // CLAIM_NONE
    amount_vec amounts;
    evidence_vec evidence;
    reason_vec reasons;
};
struct commitment_claim {
    uint8_t stance;
    struct party_set parties;
    uint16_t by;            // PARTY_NONE
    uint64_t sectors;
    uint32_t topic_first, topic_last;
    code_vec concepts;
    struct date_range deadline;
    uint32_t meeting;
    amount_vec amounts;
    evidence_vec evidence;
    reason_vec reasons;
};

struct record {
    VEC(struct party_claim) parties;
    VEC(struct person_claim) people;
    VEC(struct body_claim) bodies;
    VEC(struct meeting_claim) meetings;
    VEC(struct instrument_claim) instruments;
    VEC(struct commitment_claim) commitments;
    VEC(struct evidence) cites;
};

#endif
