// SPDX-License-Identifier: MIT
// The codes of a record in plain words. Most codes read well once their hyphens are blanks; those that do not
// stand in small tables.
//
// Layout: each function appends to a buffer and adds no blank at either end. Dates keep their precision: a month
// stays a month, and the parts that both ends of a range share are said once.
#include "report/words.h"

static const char *const month_names[] = {
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
};

// Singular and plural, by enum instrument_kind.
static const char *const instrument_words[INSTRUMENT_KIND_COUNT][2] = {
    [INSTRUMENT_MOU] = {"memorandum of understanding", "memoranda of understanding"},
    [INSTRUMENT_AGREEMENT] = {"agreement", "agreements"},
    [INSTRUMENT_PROTOCOL] = {"protocol", "protocols"},
    [INSTRUMENT_STATEMENT] = {"joint statement", "joint statements"},
    [INSTRUMENT_PLAN] = {"plan", "plans"},
    [INSTRUMENT_CONTRACT] = {"contract", "contracts"},
    [INSTRUMENT_LETTER] = {"letter", "letters"},
    [INSTRUMENT_DOCUMENT] = {"document", "documents"},
};

static const char *const meeting_words[MEETING_TYPE_COUNT] = {
    [MEETING_COMMISSION] = "session of the commission",
    [MEETING_WORKING_GROUP] = "session of the working group",
    [MEETING_SUMMIT] = "summit",
    [MEETING_CONSULTATIONS] = "round of consultations",
    [MEETING_MEETING] = "meeting",
    [MEETING_CALL] = "call",
    [MEETING_VISIT] = "visit",
    [MEETING_FORUM] = "forum",
};

static void add_without_hyphens(struct buf *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        buf_add_char(out, text.at[i] == '-' ? ' ' : text.at[i]);
}

void words_code(struct buf *out, enum code_list list, unsigned code)
{
    const char *text = code_text(list, code);
    if (list == CODES_SECTOR && code == SECTOR_DIGITAL)
        text = "digital affairs";
    else if (list == CODES_SECTOR && code == SECTOR_CONSULAR)
        text = "consular affairs";
    add_without_hyphens(out, slice_from(text));
}

void words_concept(struct buf *out, struct slice id)
{
    add_without_hyphens(out, id);
}

const char *words_joint(uint32_t index, uint32_t count)
{
    return index == 0 ? "" : index + 1 == count ? " and " : ", ";
}

void words_sectors(struct buf *out, uint64_t sectors)
{
    uint32_t count = 0, index = 0;
    for (unsigned i = 0; i < SECTOR_COUNT; i++)
        count += (uint32_t)(sectors >> i & 1);
    for (unsigned i = 0; i < SECTOR_COUNT; i++) {
        if (!(sectors >> i & 1))
            continue;
        buf_add_text(out, words_joint(index++, count));
        words_code(out, CODES_SECTOR, i);
    }
}

// The parts of a date from its day up to the part that `next` shares with it.
static void add_date(struct buf *out, struct date date, bool with_month, bool with_year)
{
    if (date.day)
        buf_addf(out, "%d", date.day);
    if (date.month && with_month)
        buf_addf(out, "%s%s", date.day ? " " : "", month_names[date.month - 1]);
    if (with_year)
        buf_addf(out, "%s%d", date.month ? " " : "", date.year);
}

void words_date(struct buf *out, struct date_range date)
{
    if (date_is_none(date))
        return;
    struct date a = date.first, b = date.last;
    if (!b.year) {
        add_date(out, a, true, true);
        return;
    }
    bool same_year = a.year == b.year && a.month;
    bool same_month = same_year && a.month == b.month && a.day;
    add_date(out, a, !same_month, !same_year);
    buf_add_text(out, same_month ? "–" : " – ");
    add_date(out, b, true, true);
}

void words_ordinal(struct buf *out, int32_t ordinal)
{
    static const char *const endings[] = {"th", "st", "nd", "rd"};
    int last = ordinal % 10;
    bool teen = ordinal % 100 >= 11 && ordinal % 100 <= 13;
    buf_addf(out, "%d%s", (int)ordinal, teen || last > 3 ? "th" : endings[last]);
}

void words_instrument(struct buf *out, unsigned kind, uint32_t count)
{
    if (kind >= INSTRUMENT_KIND_COUNT)
        kind = INSTRUMENT_DOCUMENT;
    if (count > 1)
        buf_addf(out, "%u ", count);
    buf_add_text(out, instrument_words[kind][count > 1]);
}

void words_meeting(struct buf *out, unsigned type, int32_t ordinal)
{
    if (type >= MEETING_TYPE_COUNT)
        type = MEETING_MEETING;
    if (ordinal > 0) {
        words_ordinal(out, ordinal);
        buf_add_char(out, ' ');
    }
    buf_add_text(out, ordinal <= 0 && type == MEETING_CONSULTATIONS ? "consultations" : meeting_words[type]);
}
