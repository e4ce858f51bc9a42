// SPDX-License-Identifier: MIT
// brat standoff: for each report its text, and the annotations by code points of it, with a configuration that brat needs to show them.
//
// The text file holds the stored bytes, so a byte order mark counts, as brat counts it. An annotation may not run over a line end: it is
// cut into fragments there, which brat joins by a blank. The register's ids are notes, statuses are attributes, chairs and signatories
// relations.
#include <stdio.h>

#include "export/run.h"

static const char configuration[] =
    "# Written by karar: what annotations there are.\n"
    "[entities]\nParty\nPerson\nBody\nMeeting\nInstrument\nCommitment\n\n"
    "[relations]\nChair\tArg1:Person, Arg2:Meeting\nSignatory\tArg1:Person, Arg2:Instrument\n\n"
    "[events]\n\n"
    "[attributes]\n"
    "Status\tArg:Meeting|Instrument, Value:held|planned|postponed|cancelled|signed|approved|in-force|agreed|proposed|ended\n"
    "Stance\tArg:Commitment, Value:done|agreed|planned|supported|discussed|proposed|refused\n";

struct standoff {
    char document[16], file[32];    // whose annotations are being written; "": none
    uint32_t texts, attributes, notes, relations;
    struct buf first;               // "local US T number RS" …: the first annotation of each claim and person
    struct buf people;              // "local US people RS" …: chairs and signatories
};

static const char *type_of(struct slice list)
{
    static const char *const names[][2] = {{"parties", "Party"}, {"people", "Person"}, {"bodies", "Body"}, {"meetings", "Meeting"},
                                           {"instruments", "Instrument"}, {"commitments", "Commitment"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (slice_is(list, names[i][0]))
            return names[i][1];
    return "Other";
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

// "10 20;21 30": without the line ends; and the words of the fragments, joined by blanks.
static void add_fragments(struct exporting *run, struct slice quote, int64_t begin)
{
    bool first = true;
    int64_t at = begin;
    run_begin_line(run);
    for (size_t i = 0; i < quote.len;) {
        if (is_line_end(quote.at[i])) {
            i++;
            at++;
            continue;
        }
        int64_t from = at;
        size_t words = i;
        while (i < quote.len && !is_line_end(quote.at[i]))
            at += ((unsigned char)quote.at[i++] & 0xC0) != 0x80;
        buf_addf(&run->out, "%s%lld %lld", first ? "" : ";", (long long)from, (long long)at);
        buf_add_text(&run->line, first ? "" : " ");
        buf_add(&run->line, slice_make(quote.at + words, i - words));
        first = false;
    }
    buf_add_char(&run->out, '\t');
    buf_add(&run->out, buf_slice(&run->line));
    buf_add_char(&run->out, '\n');
}

// The number of the first annotation of a claim or person; 0: none.
static uint32_t number_of(const struct standoff *standoff, struct slice local)
{
    int64_t number = 0;
    for (struct slice rest = buf_slice(&standoff->first); rest.at && rest.len;) {
        struct slice item = slice_cut(&rest, RECORD_SEPARATOR);
        if (slice_eq(slice_cut(&item, UNIT_SEPARATOR), local) && slice_to_int(item, &number))
            return (uint32_t)number;
    }
    return 0;
}

static void end_document(struct exporting *run, struct standoff *standoff)
{
    for (struct slice rest = buf_slice(&standoff->people); rest.at && rest.len;) {
        struct slice item = slice_cut(&rest, RECORD_SEPARATOR), local = slice_cut(&item, UNIT_SEPARATOR);
        uint32_t claim = number_of(standoff, local);
        const char *name = local.at[0] == 'm' ? "Chair" : "Signatory";
        while (item.at && item.len) {
            uint32_t person = number_of(standoff, slice_cut(&item, ' '));
            if (claim && person)
                buf_addf(&run->out, "R%u\t%s Arg1:T%u Arg2:T%u\n", ++standoff->relations, name, person, claim);
        }
    }
    buf_clear(&standoff->people);
    buf_clear(&standoff->first);
    standoff->texts = standoff->attributes = standoff->notes = standoff->relations = 0;
}

static void begin_document(struct exporting *run, struct standoff *standoff, struct slice document)
{
    if (slice_is(document, standoff->document))
        return;
    if (*standoff->document)
        end_document(run, standoff);
    run_flush_file(run);    // the name of the file that ends is in the buffer of the next one's
    snprintf(standoff->document, sizeof standoff->document, "%.*s", (int)document.len, document.at);
    snprintf(standoff->file, sizeof standoff->file, "%s.ann", standoff->document);
    run_file(run, standoff->file);
}

static void take_evidence(struct exporting *run, const struct registry_row *row, void *user)
{
    struct standoff *standoff = user;
    struct slice list = row_get(row, "list"), local = row_get(row, "local"), status = row_get(row, "status"), link = row_get(row, "link");
    struct slice people = row_get(row, "people"), number = row_get(row, "number");
    int64_t begin = 0;
    begin_document(run, standoff, row_get(row, "document"));
    if (!list.at || !row_number(row, "char_begin", &begin))
        return;
    uint32_t text = ++standoff->texts;
    run->rows++;
    buf_addf(&run->out, "T%u\t%s ", text, type_of(list));
    add_fragments(run, row_get(row, "quote"), begin);
    if (status.len)
        buf_addf(&run->out, "A%u\t%s T%u %.*s\n", ++standoff->attributes, slice_is(list, "commitments") ? "Stance" : "Status", text,
                 (int)status.len, status.at);
    if (link.len)
        buf_addf(&run->out, "#%u\tAnnotatorNotes T%u\t%.*s\n", ++standoff->notes, text, (int)link.len, link.at);
    if (!slice_is(number, "0"))
        return;
    buf_addf(&standoff->first, "%.*s%c%u%c", (int)local.len, local.at, UNIT_SEPARATOR, text, RECORD_SEPARATOR);
    if (people.len)
        buf_addf(&standoff->people, "%.*s%c%.*s%c", (int)local.len, local.at, UNIT_SEPARATOR, (int)people.len, people.at, RECORD_SEPARATOR);
    if (standoff->first.failed || standoff->people.failed)
        run->status = STATUS_NO_MEMORY;
}

static void take_text(struct exporting *run, const struct registry_row *row, void *user)
{
    struct standoff *standoff = user;
    struct slice document = row_get(row, "document");
    run_flush_file(run);
    if (!row_get(row, "text").len) {
        run->status = error_set(&run->error, STATUS_BAD_ARGUMENT, "brat wants the reports' texts, which records alone do not hold");
        return;
    }
    snprintf(standoff->file, sizeof standoff->file, "%.*s.txt", (int)document.len, document.at);
    run_file(run, standoff->file);
    buf_add(&run->out, row_get(row, "text"));
}

void export_brat(struct exporting *run)
{
    struct standoff standoff = {.texts = 0};
    buf_init(&standoff.first, RUN_MAX);
    buf_init(&standoff.people, RUN_MAX);
    run_file(run, "annotation.conf");
    buf_add_text(&run->out, configuration);
    run_ask(run, "export_texts", take_text, &standoff);
    run_ask(run, "export_evidence", take_evidence, &standoff);
    end_document(run, &standoff);
    run_flush_file(run);
    buf_finish(&standoff.first);
    buf_finish(&standoff.people);
}
