// SPDX-License-Identifier: MIT
// The closed code lists as tables: number to text and back.
//
// The lists themselves stand in codes.h, once. Look-up is a linear scan: a list is short and is searched only while
// packs are loaded.
#include "doc/codes.h"

#include <stddef.h>

#define CODE_TEXT(name, text) text,

static const char *const meeting_types[] = {MEETING_TYPES(CODE_TEXT) "session"};
static const char *const meeting_statuses[] = {MEETING_STATUSES(CODE_TEXT)};
static const char *const instrument_kinds[] = {INSTRUMENT_KINDS(CODE_TEXT) "same"};
static const char *const instrument_statuses[] = {INSTRUMENT_STATUSES(CODE_TEXT)};
static const char *const stances[] = {STANCES(CODE_TEXT)};
static const char *const sectors[] = {SECTORS(CODE_TEXT)};
static const char *const offices[] = {OFFICES(CODE_TEXT)};

#define LIST(array) {array, sizeof array / sizeof *array}
static const struct {
    const char *const *text;
    unsigned count;
} lists[CODE_LIST_COUNT] = {
    [CODES_MEETING_TYPE] = LIST(meeting_types),
    [CODES_MEETING_STATUS] = LIST(meeting_statuses),
    [CODES_INSTRUMENT_KIND] = LIST(instrument_kinds),
    [CODES_INSTRUMENT_STATUS] = LIST(instrument_statuses),
    [CODES_STANCE] = LIST(stances),
    [CODES_SECTOR] = LIST(sectors),
    [CODES_OFFICE] = LIST(offices),
};

_Static_assert(SECTOR_COUNT <= 64, "sectors are kept as bits of 64");

const char *code_text(enum code_list list, unsigned code)
{
    return code < lists[list].count ? lists[list].text[code] : NULL;
}

uint8_t code_find(enum code_list list, struct slice text)
{
    for (unsigned i = 0; i < lists[list].count; i++)
        if (slice_is(text, lists[list].text[i]))
            return (uint8_t)i;
    return CODE_NONE;
}
