// SPDX-License-Identifier: MIT
// Events: what PLOVER 0.8 makes of what happened (exports/events.tsv), and who is actor and who recipient.
//
// Its codebook decides: in a meeting of two the one that travels is the actor and the host the recipient; where nobody visits, all are
// actors and there is no recipient; a party that promises alone acts towards the others. Lists of actors stay lists: three parties make one
// event.
#include "export/event.h"

static void add_party(struct event *event, int side, struct slice code)
{
    if (event->counts[side] < EVENT_MAX_PARTIES)
        event->sides[side][event->counts[side]++] = code;
}

static bool is_party(struct slice parties, struct slice code)
{
    while (parties.at)
        if (slice_eq(slice_cut(&parties, '-'), code))
            return true;
    return false;
}

static int count_parties(struct slice parties)
{
    int count = 0;
    for (; parties.at; count++)
        slice_cut(&parties, '-');
    return count;
}

// The mode of a meeting that was held, and its host; empty: none.
static struct slice meeting_mode(struct slice parties, struct slice type, struct slice country, struct slice *ret_host)
{
    if (slice_is(type, "call"))
        return SLICE("phone");
    if (count_parties(parties) > 2)
        return SLICE("multilateral");
    if (!country.len)
        return SLICE("");
    if (!is_party(parties, country))
        return SLICE("third-party");
    *ret_host = country;
    return SLICE("visit");
}

static bool read_event(const struct exporting *run, const struct registry_row *row, struct event *event)
{
    struct slice kind = row_get(row, "kind"), step = row_get(row, "step"), parties = row_get(row, "parties"), host = {NULL, 0};
    struct slice by = row_get(row, "by_party");
    *event = (struct event){.row = row, .as = book_event(&run->book, kind, step), .first_day = row_get(row, "first_day"),
                            .last_day = row_get(row, "last_day")};
    if (!event->as || !event->as->event.len || !event->first_day.len || !run_wants(run, event->first_day, event->last_day))
        return false;
    event->mode = event->as->mode;
    event->scale = event->as->scale;
    if (slice_is(kind, "meeting") && slice_is(step, "held"))
        event->mode = meeting_mode(parties, row_get(row, "type"), row_get(row, "country"), &host);
    const struct book_event *scored = event->mode.len ? book_event(&run->book, SLICE("mode"), event->mode) : NULL;
    if (scored)
        event->scale = scored->scale;
    event->sectors = book_concept_sectors(&run->book, row_get(row, "about"));
    event->concepts = event->sectors.at ? row_get(row, "about") : row_get(row, "concepts");
    if (!event->sectors.at)
        event->sectors = row_get(row, "sectors");
    for (struct slice rest = parties; rest.at;) {
        struct slice code = slice_cut(&rest, '-');
        bool receives = host.len ? slice_eq(code, host) : by.len && is_party(parties, by) && !slice_eq(code, by);
        add_party(event, receives ? EVENT_RECIPIENT : EVENT_ACTOR, code);
    }
    return true;
}

static void walk_event(struct exporting *run, const struct registry_row *row, void *user)
{
    const event_taker *take = user;
    struct event event;
    if (read_event(run, row, &event)) {
        (*take)(run, &event);
        run->rows++;
    }
}

void event_walk(struct exporting *run, event_taker take)
{
    run_ask(run, "export_events", walk_event, &take);
}

struct slice event_raw(const struct exporting *run, const struct event *event, struct slice party)
{
    for (struct slice rest = row_get(event->row, "raw"); rest.at && rest.len;) {
        struct slice words = slice_cut(&rest, RECORD_SEPARATOR), code = slice_cut(&words, UNIT_SEPARATOR);
        if (slice_eq(code, party))
            return words;
    }
    return book_party_as(&run->book, party, COLUMN_NAME);
}

int event_sectors(const struct exporting *run, const struct event *event, struct slice party, struct slice sectors[EVENT_MAX_SECTORS])
{
    int count = 0;
    for (struct slice rest = row_get(event->row, "people"); rest.at && rest.len;) {
        struct slice person = slice_cut(&rest, RECORD_SEPARATOR);
        slice_cut(&person, UNIT_SEPARATOR);
        struct slice office = slice_cut(&person, UNIT_SEPARATOR), sector = book_office(&run->book, office);
        bool known = !slice_eq(person, party) || count == EVENT_MAX_SECTORS;
        for (int i = 0; i < count && !known; i++)
            known = slice_eq(sectors[i], sector);
        if (!known)
            sectors[count++] = sector;
    }
    if (count == 0)
        sectors[count++] = SLICE("GOV");
    return count;
}
