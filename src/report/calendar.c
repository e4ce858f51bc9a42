// SPDX-License-Identifier: MIT
// The calendar of sessions as iCalendar (RFC 5545): all-day events, folded at 75 octets, text escaped.
//
// A session's id makes its UID, so a session that was moved is the same event with a higher SEQUENCE (one for each further date that was
// announced). DTEND is the day after the last, as the standard wants. A session of which only the month is known covers the month and says
// so. What is only announced is TENTATIVE, what was called off CANCELLED. DTSTAMP is the day of the last report, not the clock: the same
// register gives the same bytes.
#include "report/calendar.h"

#include "report/rows.h"

#define FOLD_OCTETS 74

// One content line: folded between characters.
static void write_line(struct buf *out, struct slice line)
{
    size_t used = 0;
    for (size_t i = 0; i < line.len;) {
        size_t len = 1;
        while (i + len < line.len && ((unsigned char)line.at[i + len] & 0xC0) == 0x80)
            len++;
        if (used + len > FOLD_OCTETS) {
            buf_add_text(out, "\r\n ");
            used = 1;
        }
        buf_add(out, slice_make(line.at + i, len));
        used += len;
        i += len;
    }
    buf_add_text(out, "\r\n");
}

static void add_escaped(struct buf *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '\n')
            buf_add_text(out, "\\n");
        else if (c >= 0x20) {
            if (c == ',' || c == ';' || c == '\\')
                buf_add_char(out, '\\');
            buf_add_char(out, text.at[i]);
        }
    }
}

static void add_day(struct buf *out, struct slice day)
{
    for (size_t i = 0; i < day.len; i++)
        if (day.at[i] != '-')
            buf_add_char(out, day.at[i]);
}

// Empties the line. That the one before it failed is kept: else the next would hide that it was cut.
static void begin_line(struct buf *out, struct buf *line)
{
    if (line->failed && !out->failed)
        out->failed = line->failed;
    buf_clear(line);
}

// "NAME:" and its value, put together in `line`.
static void property(struct buf *out, struct buf *line, const char *name, struct slice value, bool is_day)
{
    if (!value.at || !value.len)
        return;
    begin_line(out, line);
    buf_add_text(line, name);
    if (is_day)
        add_day(line, value);
    else
        add_escaped(line, value);
    write_line(out, buf_slice(line));
}

static const char *status_of(struct slice status)
{
    if (slice_is(status, "held"))
        return "CONFIRMED";
    return slice_is(status, "cancelled") ? "CANCELLED" : "TENTATIVE";
}

void calendar_begin(struct buf *out)
{
    buf_add_text(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//karar//sessions//EN\r\nCALSCALE:GREGORIAN\r\n");
}

void calendar_end(struct buf *out)
{
    buf_add_text(out, "END:VCALENDAR\r\n");
}

void calendar_add(struct buf *out, struct buf *line, const struct calendar_session *session)
{
    int64_t dates = 1;
    slice_to_int(session->announced, &dates);
    buf_add_text(out, "BEGIN:VEVENT\r\n");
    begin_line(out, line);
    buf_add_text(line, "UID:");
    add_escaped(line, session->id);
    buf_add_text(line, "@karar");
    write_line(out, buf_slice(line));
    begin_line(out, line);
    buf_add_text(line, "DTSTAMP:");
    add_day(line, session->said_on.at ? session->said_on : session->first_day);
    buf_add_text(line, "T000000Z");
    write_line(out, buf_slice(line));
    begin_line(out, line);
    buf_addf(line, "SEQUENCE:%lld", (long long)(dates > 1 ? dates - 1 : 0));
    write_line(out, buf_slice(line));
    property(out, line, "DTSTART;VALUE=DATE:", session->first_day, true);
    property(out, line, "DTEND;VALUE=DATE:", session->end_day, true);
    property(out, line, "STATUS:", slice_from(status_of(session->status)), false);
    begin_line(out, line);
    buf_add_text(line, "SUMMARY:");
    add_escaped(line, session->pair);
    if (session->ordinal.at && session->ordinal.len) {
        buf_add_text(line, " no. ");
        buf_add(line, session->ordinal);
    }
    if (session->name.at) {
        buf_add_text(line, " ");
        add_escaped(line, session->name);
    }
    if (slice_is(session->precision, "month"))
        buf_add_text(line, " (day not known yet)");
    write_line(out, buf_slice(line));
    property(out, line, "LOCATION:", session->place, false);
    property(out, line, "DESCRIPTION:", session->chairs, false);
    buf_add_text(out, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
    if (line->failed && !out->failed)
        out->failed = line->failed;
}

static struct slice value_of(const struct rows *rows, uint32_t row, const char *name)
{
    for (int i = 0; i < rows->columns; i++)
        if (strcmp(rows->names[i], name) == 0)
            return rows->cells.at[row * (uint32_t)rows->columns + (uint32_t)i].value;
    return (struct slice){NULL, 0};
}

void rows_calendar(struct buf *out, const struct rows *rows)
{
    struct buf line;
    buf_init(&line, CALENDAR_LINE_MAX);
    calendar_begin(out);
    for (uint32_t row = 0; row < rows_count(rows); row++)
        calendar_add(out, &line, &(struct calendar_session){
            .id = value_of(rows, row, "id"), .pair = value_of(rows, row, "pair"), .name = value_of(rows, row, "name"),
            .ordinal = value_of(rows, row, "ordinal"), .status = value_of(rows, row, "status"),
            .first_day = value_of(rows, row, "first_day"), .end_day = value_of(rows, row, "end_day"),
            .precision = value_of(rows, row, "precision"), .announced = value_of(rows, row, "announced"),
            .said_on = value_of(rows, row, "said_on"), .place = value_of(rows, row, "place"), .chairs = value_of(rows, row, "chairs")});
    calendar_end(out);
    buf_finish(&line);
}
