// SPDX-License-Identifier: MIT
// The closed code lists of the record (meeting types, statuses, kinds, stances, sectors, offices). Each list is one X-macro: X(NAME,
// "code"). Parties, cities and concepts are open lists and live in the shared pack. Source: the record's specification.
#ifndef KARAR_DOC_CODES_H
#define KARAR_DOC_CODES_H

#include <stdint.h>

#include "base/slice.h"

#define MEETING_TYPES(X)                                                                                                \
    X(COMMISSION, "commission") X(WORKING_GROUP, "working-group") X(SUMMIT, "summit") X(CONSULTATIONS, "consultations") \
    X(MEETING, "meeting") X(CALL, "call") X(VISIT, "visit") X(FORUM, "forum")

#define MEETING_STATUSES(X) X(HELD, "held") X(PLANNED, "planned") X(POSTPONED, "postponed") X(CANCELLED, "cancelled")

#define INSTRUMENT_KINDS(X)                                                                                             \
    X(MOU, "mou") X(AGREEMENT, "agreement") X(PROTOCOL, "protocol") X(STATEMENT, "statement") X(PLAN, "plan")           \
    X(CONTRACT, "contract") X(LETTER, "letter") X(DOCUMENT, "document")

#define INSTRUMENT_STATUSES(X)                                                                                          \
    X(SIGNED, "signed") X(APPROVED, "approved") X(IN_FORCE, "in-force") X(AGREED, "agreed") X(PLANNED, "planned")       \
    X(PROPOSED, "proposed") X(ENDED, "ended")

#define STANCES(X)                                                                                                      \
    X(DONE, "done") X(AGREED, "agreed") X(PLANNED, "planned") X(SUPPORTED, "supported") X(DISCUSSED, "discussed")       \
    X(PROPOSED, "proposed") X(REFUSED, "refused")

#define SECTORS(X)                                                                                                      \
    X(RELATIONS, "relations") X(TRADE, "trade") X(INVESTMENT, "investment") X(FINANCE, "finance") X(CUSTOMS, "customs") \
    X(ENERGY, "energy") X(NUCLEAR, "nuclear") X(INDUSTRY, "industry") X(MINING, "mining")                               \
    X(AGRICULTURE, "agriculture") X(WATER, "water") X(ENVIRONMENT, "environment") X(TRANSPORT, "transport")             \
    X(DIGITAL, "digital") X(SCIENCE, "science") X(SPACE, "space") X(HEALTH, "health") X(EDUCATION, "education")         \
    X(CULTURE, "culture") X(MEDIA, "media") X(SPORT, "sport") X(TOURISM, "tourism") X(YOUTH, "youth")                   \
    X(LABOUR, "labour") X(CONSULAR, "consular") X(DEFENCE, "defence") X(SECURITY, "security") X(JUSTICE, "justice")     \
    X(STANDARDS, "standards") X(COMPETITION, "competition") X(DISASTER, "disaster") X(HUMANITARIAN, "humanitarian")     \
    X(DEVELOPMENT, "development") X(PARLIAMENT, "parliament") X(REGIONS, "regions") X(DIPLOMACY, "diplomacy")           \
    X(URBAN, "urban")

// COUNTERPART and DELEGATION are words that point to an office or a group; they never reach a record.
#define OFFICES(X)                                                                                                      \
    X(HEAD_OF_STATE, "head-of-state") X(HEAD_OF_GOVERNMENT, "head-of-government")                                       \
    X(DEPUTY_HEAD_OF_GOVERNMENT, "deputy-head-of-government") X(FOREIGN_MINISTER, "foreign-minister")                   \
    X(MINISTER, "minister") X(DEPUTY_MINISTER, "deputy-minister") X(SPEAKER, "speaker")                                 \
    X(PARLIAMENTARIAN, "parliamentarian") X(AMBASSADOR, "ambassador") X(GOVERNOR, "governor") X(MILITARY, "military")   \
    X(OFFICIAL, "official") X(BUSINESS, "business") X(OTHER, "other") X(COUNTERPART, "counterpart")                     \
    X(DELEGATION, "delegation")

#define CODE_NONE 0xFF

#define CODE_ENUM_MEETING(name, text) MEETING_##name,
#define CODE_ENUM_STATUS(name, text) MEETING_STATUS_##name,
#define CODE_ENUM_INSTRUMENT(name, text) INSTRUMENT_##name,
#define CODE_ENUM_ISTATUS(name, text) INSTRUMENT_STATUS_##name,
#define CODE_ENUM_STANCE(name, text) STANCE_##name,
#define CODE_ENUM_SECTOR(name, text) SECTOR_##name,
#define CODE_ENUM_OFFICE(name, text) OFFICE_##name,
enum meeting_type { MEETING_TYPES(CODE_ENUM_MEETING) MEETING_TYPE_COUNT, MEETING_SESSION = MEETING_TYPE_COUNT };
enum meeting_status { MEETING_STATUSES(CODE_ENUM_STATUS) MEETING_STATUS_COUNT };
enum instrument_kind { INSTRUMENT_KINDS(CODE_ENUM_INSTRUMENT) INSTRUMENT_KIND_COUNT, INSTRUMENT_SAME = INSTRUMENT_KIND_COUNT };
enum instrument_status { INSTRUMENT_STATUSES(CODE_ENUM_ISTATUS) INSTRUMENT_STATUS_COUNT };
enum stance { STANCES(CODE_ENUM_STANCE) STANCE_COUNT };
enum sector { SECTORS(CODE_ENUM_SECTOR) SECTOR_COUNT };
enum office { OFFICES(CODE_ENUM_OFFICE) OFFICE_COUNT };

enum code_list {
    CODES_MEETING_TYPE,      // also "session" = MEETING_SESSION
    CODES_MEETING_STATUS,
    CODES_INSTRUMENT_KIND,   // also "same" = INSTRUMENT_SAME
    CODES_INSTRUMENT_STATUS,
    CODES_STANCE,
    CODES_SECTOR,
    CODES_OFFICE,
    CODE_LIST_COUNT,
};

// The code's text; NULL if `code` is not in the list (CODE_NONE included).
const char *code_text(enum code_list list, unsigned code);
// The number of a code's text, CODE_NONE if there is none.
uint8_t code_find(enum code_list list, struct slice text);

#endif
