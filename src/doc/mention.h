// SPDX-License-Identifier: MIT
// Mentions: places in the text that name a party, person, body, meeting, instrument, topic, date or place. Ordered by `first`.
// Mentions may nest (the parties inside a body's name), then the inner ones carry MENTION_INSIDE and the outer's index in `outer`.
#ifndef KARAR_DOC_MENTION_H
#define KARAR_DOC_MENTION_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

#include "doc/codes.h"
#include "doc/date.h"

#define MENTION_NONE UINT32_MAX
#define PARTY_NONE 0xFFFF
#define CITY_NONE 0xFFFF
#define CONCEPT_NONE 0xFFFF
#define PARTY_SET_MAX 24

// Indices into the shared world's parties (states and organisations).
struct party_set {
    uint16_t at[PARTY_SET_MAX];
    uint8_t count;
};

enum mention_kind {
    MENTION_PARTY,       // code: party; role: name, adjective, people, prefix, capital
    MENTION_PERSON,      // a name and/or an office that stands for a person
    MENTION_BODY,        // a standing body: code: meeting type of its sessions
    MENTION_MEETING,     // a meeting noun ("session", "talks", "visit"): code: meeting type or MEETING_SESSION
    MENTION_INSTRUMENT,  // code: instrument kind
    MENTION_TOPIC,       // code: sector; concept or none
    MENTION_DATE,
    MENTION_PLACE,       // a city (or a state where a locative marks it as a place)
    MENTION_SIDES,       // "both sides": code: enum side
    MENTION_SOURCE,      // an outlet that the report cites
    MENTION_ORGAN,       // a ministry, parliament, agency: code unused; its field words are inside it
    MENTION_AMOUNT,      // a sum or quantity with its unit: value; lexeme: the unit
    MENTION_KIND_COUNT,
};

enum mention_flag {
    MENTION_INSIDE = 1,     // lies inside another mention (`outer`)
    MENTION_PLURAL = 2,
    MENTION_LOCATIVE = 4,   // an in/at marker belongs to it
    MENTION_AGENT = 8,      // marked as who acts (ergative, "by")
    MENTION_WITH = 16,      // marked as with whom
    MENTION_PAST_REF = 32,  // "previous", "last" stands before it (meetings)
    MENTION_NEXT_REF = 64,  // "next", "upcoming"
    MENTION_WEAK = 128,     // topic that counts only where no field is named beside it
    MENTION_DATELINE = 256, // date or place of a dateline or of the page's head: tells when and where the report was written
    MENTION_ORIGIN = 512,   // a "from" marker belongs to it
    MENTION_PLIGHT = 1024,  // topic that is talked of or dealt with, but that nobody plans or supports (war)
    MENTION_ANOTHER = 2048, // "one more": instruments that are none of those named before
    MENTION_EACH = 4096,    // "one each": as many instruments as subjects are named
    MENTION_ROUND = 8192,   // meeting noun that counts the rounds of one dialogue
    MENTION_PART = 16384,   // "of which thirteen": a number alone that stands for so many of the documents counted before
    MENTION_SPOKEN_OF = 32768,  // party with a mark of what is spoken of or acted against ("about Peru", "against Peru"), or one that a
                                // compound only describes something by ("the Peru-led bloc"): it takes no part by that
    MENTION_MEANS = 65536,  // topic that counts only where its noun group names no other field (technology, construction)
    MENTION_LEVY = 131072,  // topic that is laid upon goods (a tariff, an embargo): the goods behind it name no field of their own
    MENTION_EVENT = 262144, // topic that takes place as a meeting does (an exercise, a festival)
};

enum party_role { PARTY_ROLE_NAME, PARTY_ROLE_ADJECTIVE, PARTY_ROLE_PEOPLE, PARTY_ROLE_PREFIX, PARTY_ROLE_CAPITAL };
enum side { SIDE_BOTH, SIDE_ALL, SIDE_ONE };

struct mention {
    uint8_t kind;
    bool date_missing_year;     // dates: day and month are known and no year
    uint16_t code;
    uint32_t flags;
    uint32_t first, last;   // tokens, half open
    uint32_t sentence;
    uint32_t outer;         // mention that this one lies in, MENTION_NONE
    uint32_t lexeme;        // lexicon entry that fired (of the sentence's pack), for explaining; UINT32_MAX if none
    int32_t ordinal;        // bodies and meetings: number of the session, 0 = none said
    uint32_t count;         // instruments: how many ("three memoranda"), 0 = not said
    uint32_t entity;        // persons: index into document.people
    uint16_t concept;       // topics: index into the world's concepts, 0xFFFF none
    uint16_t state;         // places: party index of the state, PARTY_NONE; city: index into the world's cities
    uint16_t city;
    uint8_t role;           // parties: enum party_role
    struct party_set parties;  // bodies, meetings, instruments: parties named inside or beside it ("Pakistan-Russia commission")
    struct date_range date;    // dates: resolved; {0} if it can't be
    uint64_t portfolio;        // persons: fields of the office as it is told here, bit per enum sector
    double value;              // amounts, in the unit
};
static_assert(sizeof(struct mention) == 128, "a power of two: they are found by their numbers, again and again");

// What became of a mention when the record was made, for explaining; claims name the mentions that they rest on.
enum mention_fate {
    FATE_NONE,
    FATE_SUBJECT,       // topic: what a document is about, no promise of its own
    FATE_OUTDONE,       // weak topic: gave way to the field named beside it
    FATE_PLIGHT,        // topic that nobody plans or supports
    FATE_NO_VALUE,      // its triggers give no stance or status, or none under their tense and polarity
    FATE_NOTHING_OWN,   // meeting: nothing that would make it one of its own, and none that it fits
    FATE_INSIDE_VISIT,  // visit: the meeting inside it stands for it
    FATE_FEW_PARTIES,   // meeting: fewer than two parties
    FATE_JOINED,        // meeting or document: taken for one that is named elsewhere
    FATE_REFERS,        // document: points to one that is named elsewhere, or is changed by one
};

// A person of the report: all mentions that name the same one.
struct person {
    uint32_t name_first, name_last;  // tokens of the fullest name; equal if only an office is known
    uint8_t office;                  // enum office, CODE_NONE
    uint16_t party;                  // PARTY_NONE
    uint64_t portfolio;              // bit per enum sector
    uint32_t mention;                // its fullest mention
    uint32_t mentions;               // how many
    bool renowned;                   // the party is known by the name alone
};

#endif
