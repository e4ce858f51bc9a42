// SPDX-License-Identifier: MIT
// Sessions as iCalendar, an event each, by the writer of `karar calendar`: the same register gives the same events either way.
//
// Nothing is gathered: an event leaves as its row comes. `since` and `until` keep what lies in that time at
// least in part, since a session is not torn.
#include "export/run.h"
#include "report/calendar.h"

static void take_session(struct exporting *run, const struct registry_row *row, void *user)
{
    struct slice first_day = row_get(row, "first_day"), end_day = row_get(row, "end_day");
    (void)user;
    // the end is the day after the last
    if ((run->question.since.at && slice_compare(end_day, run->question.since) <= 0) ||
        (run->question.until.at && slice_compare(first_day, run->question.until) > 0))
        return;
    calendar_add(&run->out, &run->line, &(struct calendar_session){
        .id = row_get(row, "id"), .pair = row_get(row, "pair"), .name = row_get(row, "name"), .ordinal = row_get(row, "ordinal"),
        .status = row_get(row, "status"), .first_day = first_day, .end_day = end_day, .precision = row_get(row, "precision"),
        .announced = row_get(row, "announced"), .said_on = row_get(row, "said_on"), .place = row_get(row, "place"),
        .chairs = row_get(row, "chairs")});
    run->rows++;
}

void export_ics(struct exporting *run)
{
    run_file(run, "sessions.ics");
    calendar_begin(&run->out);
    run_ask(run, "calendar", take_session, NULL);
    calendar_end(&run->out);
}
