// SPDX-License-Identifier: MIT
// Events as rows of POLECAT's weekly files: forty columns in its order, tab-separated, a head line; what is not known is "None", lists are
// joined by "; ", as its files have it.
//
// What POLECAT has no column for (the sentence, its place and hash, auxiliary modes, how many reports) goes into a second file keyed by the
// event's id, so that the first stays a drop-in. Tabs and line ends in text are blanks; text that a spreadsheet would run gets an
// apostrophe.
#include "export/event.h"

#define NOTHING "None"

static const char head[] =
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\t"
    "Actor Name\tActor Country\tActor COW\tPrimary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\t"
    "Recipient Name\tRecipient Country\tRecipient COW\tPrimary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\t"
    "Wikipedia Recipient ID\tPlacename\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type\t"
    "Source\tPublication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion\n";
static const char evidence_head[] =
    "Event ID\tAuxiliary Modes\tReports\tDocument\tSHA-256\tURI\tByte Begin\tByte End\tCharacter Begin\tCharacter End\tQuote\tSentence\n";

// ---- cells ------------------------------------------------------------------------------------------------------------------
static void begin_cell(struct exporting *run)
{
    if (run->out.len && run->out.at[run->out.len - 1] != '\n')
        buf_add_char(&run->out, '\t');
}

static void add_text(struct buf *out, struct slice text, bool first)
{
    if (first && text.len && memchr("=+-@", text.at[0], 4))
        buf_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++)
        buf_add_char(out, (unsigned char)text.at[i] < 0x20 ? ' ' : text.at[i]);
}

// Codes, numbers and dates as they stand.
static void add_code(struct exporting *run, struct slice value)
{
    begin_cell(run);
    buf_add(&run->out, value.len ? value : SLICE(NOTHING));
}

static void add_cell(struct exporting *run, struct slice value)
{
    begin_cell(run);
    add_text(&run->out, value.len ? value : SLICE(NOTHING), true);
}

static void end_row(struct exporting *run)
{
    buf_add_char(&run->out, '\n');
}

// ---- actors and recipients --------------------------------------------------------------------------------------------------
enum part { PART_NAME, PART_COUNTRY, PART_COW, PART_PRIMARY, PART_SECTORS, PART_TITLE, PART_RAW };

static void add_titles(const struct event *event, struct slice party, bool *any, struct buf *out)
{
    for (struct slice rest = row_get(event->row, "people"); rest.at && rest.len;) {
        struct slice person = slice_cut(&rest, RECORD_SEPARATOR), name = slice_cut(&person, UNIT_SEPARATOR);
        struct slice office = slice_cut(&person, UNIT_SEPARATOR);
        (void)name;
        if (!slice_eq(person, party) || !office.len)
            continue;
        buf_add_text(out, *any ? "; " : "");
        buf_add(out, office);
        *any = true;
    }
}

static void add_part(struct exporting *run, const struct event *event, struct slice code, enum part part, bool *any)
{
    const struct book_party *party = book_party(&run->book, code);
    struct slice sectors[EVENT_MAX_SECTORS], value = code;
    int count = event_sectors(run, event, code, sectors);
    if (part == PART_TITLE) {
        add_titles(event, code, any, &run->out);
        return;
    }
    if (part == PART_PRIMARY && *any)
        return;
    if (part == PART_NAME)
        value = book_party_as(&run->book, code, COLUMN_NAME);
    else if (part == PART_COUNTRY)
        value = party ? party->plover : code;
    else if (part == PART_COW)
        value = party && party->cow.len ? party->cow : SLICE(NOTHING);
    else if (part == PART_RAW)
        value = event_raw(run, event, code);
    else
        value = sectors[0];
    buf_add_text(&run->out, *any ? "; " : "");
    add_text(&run->out, value, !*any);
    for (int i = 1; i < count && part == PART_SECTORS; i++)
        buf_addf(&run->out, "; %.*s", (int)sectors[i].len, sectors[i].at);
    *any = true;
}

static void add_side(struct exporting *run, const struct event *event, int side)
{
    for (enum part part = PART_NAME; part <= PART_RAW; part++) {
        bool any = false;
        begin_cell(run);
        for (int i = 0; i < event->counts[side]; i++)
            add_part(run, event, event->sides[side][i], part, &any);
        if (!any)
            buf_add_text(&run->out, NOTHING);
    }
    add_code(run, SLICE(""));   // Wikipedia
}

// ---- rows -------------------------------------------------------------------------------------------------------------------
static struct slice quad_name(struct slice quad)
{
    static const char *const names[] = {"VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"};
    return quad.len == 1 && quad.at[0] >= '1' && quad.at[0] <= '4' ? slice_from(names[quad.at[0] - '1']) : SLICE("");
}

static void add_place(struct exporting *run, const struct registry_row *row)
{
    struct slice city = row_get(row, "city"), country = row_get(row, "country"), none = {NULL, 0};
    const struct book_party *state = book_party(&run->book, country);
    add_cell(run, city.len ? city : state ? state->name : none);
    add_cell(run, city);
    for (int i = 0; i < 2; i++)
        add_code(run, none);    // district, province
    add_code(run, state ? state->plover : country);
    for (int i = 0; i < 5; i++)
        add_code(run, none);    // latitude, longitude, GeoNames, raw name, feature type
}

static void take_event(struct exporting *run, const struct event *event)
{
    const struct registry_row *row = event->row;
    struct slice publisher = row_get(row, "publisher");
    add_code(run, row_get(row, "event"));
    add_code(run, event->first_day);
    add_code(run, event->as->event);
    add_code(run, event->mode);
    add_code(run, event->scale);
    add_code(run, quad_name(event->as->quad));
    run_begin_line(run);
    book_contexts(&run->book, event->sectors, event->concepts, "; ", &run->line);
    add_code(run, buf_slice(&run->line));
    add_side(run, event, EVENT_ACTOR);
    add_side(run, event, EVENT_RECIPIENT);
    add_place(run, row);
    add_cell(run, publisher.len ? publisher : row_get(row, "uri"));
    add_code(run, row_get(row, "published"));
    add_cell(run, row_get(row, "story_people"));
    add_cell(run, row_get(row, "story_bodies"));
    add_cell(run, row_get(row, "story_places"));
    add_code(run, row_get(row, "language"));
    begin_cell(run);
    buf_addf(&run->out, "karar-%s", run->version);
    end_row(run);
}

static void take_evidence(struct exporting *run, const struct event *event)
{
    static const char *const columns[] = {"reports", "document", "sha256", "uri", "begin", "end", "char_begin", "char_end", "quote",
                                          "sentence"};
    const struct registry_row *row = event->row;
    add_code(run, row_get(row, "event"));
    begin_cell(run);
    buf_add(&run->out, event->as->auxiliary);
    if (slice_is(row_get(row, "historical"), "1"))
        buf_addf(&run->out, "%shistorical", event->as->auxiliary.len ? "; " : "");
    else if (!event->as->auxiliary.len)
        buf_add_text(&run->out, NOTHING);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        add_cell(run, row_get(row, columns[i]));
    end_row(run);
}

void export_polecat(struct exporting *run)
{
    run_file(run, "polecat.tsv");
    buf_add_text(&run->out, head);
    event_walk(run, take_event);
    uint64_t rows = run->rows;
    run_file(run, "polecat-evidence.tsv");
    buf_add_text(&run->out, evidence_head);
    event_walk(run, take_evidence);
    run->rows = rows;
}
