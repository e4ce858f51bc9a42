// SPDX-License-Identifier: MIT
// CSV of a record (RFC 4180): what research tables want of a corpus, one claim a row with its first evidence.
//
// Cells are written by emit_csv, so that a row is a line; numbers and codes never need quoting. The columns stand in the header; a reader
// of tables needs no more than its first line.
#include "report/record_csv.h"

#include "base/emit.h"
#include "doc/party_set.h"
#include "report/place.h"

struct row {
    struct buf *out;
    const struct document *document;
    const struct world *world;
    struct places *places;
};

static void cell(struct buf *out, struct slice value)
{
    emit_csv(out, value);
    buf_add_char(out, ',');
}

static void begin_row(const struct row *row, char letter, uint32_t index)
{
    const struct document *document = row->document;
    char date[DATE_EDTF_SIZE] = "";
    date_edtf(date_is_none(document->published) ? document->given_date : document->published, date);
    cell(row->out, document->uri);
    buf_addf(row->out, "%s,", date);
    if (document->pack)
        buf_add(row->out, document->pack->config.language);
    buf_addf(row->out, ",%c%u,", letter, index + 1);
}

static void add_parties(const struct row *row, const struct party_set *set)
{
    bool first = true;
    for (uint16_t party = 0; party < row->world->parties.count; party++)
        if (party_set_has(set, party)) {
            buf_add_text(row->out, first ? "" : " ");
            buf_add(row->out, row->world->parties.at[party].code);
            first = false;
        }
    buf_add_char(row->out, ',');
}

static void end_row(const struct row *row, struct date_range when, struct slice city, uint64_t sectors, const evidence_vec *evidence)
{
    char date[DATE_EDTF_SIZE] = "";
    bool first = true;
    date_edtf(when, date);
    buf_addf(row->out, "%s,", date);
    cell(row->out, city);
    for (unsigned sector = 0; sector < SECTOR_COUNT; sector++)
        if (sectors >> sector & 1) {
            buf_addf(row->out, "%s%s", first ? "" : " ", code_text(CODES_SECTOR, sector));
            first = false;
        }
    if (evidence->count) {
        struct place place = place_of_tokens(row->places, evidence->at[0].first, evidence->at[0].last);
        buf_addf(row->out, ",%u,%u,", place.begin, place.end);
        emit_csv(row->out, place.words);
    } else {
        buf_add_text(row->out, ",,,");
    }
    buf_add_text(row->out, "\r\n");
}

static void add_rows(const struct row *row)
{
    const struct record *record = &row->document->record;
    for (uint32_t i = 0; i < record->meetings.count; i++) {
        const struct meeting_claim *claim = &record->meetings.at[i];
        begin_row(row, 'm', i);
        buf_addf(row->out, "%s,%s,", code_text(CODES_MEETING_TYPE, claim->type), code_text(CODES_MEETING_STATUS, claim->status));
        add_parties(row, &claim->parties);
        if (claim->ordinal > 0)
            buf_addf(row->out, "%d", claim->ordinal);
        buf_add_char(row->out, ',');
        struct slice city = claim->city != 0xFFFF ? row->world->cities.at[claim->city].name : (struct slice){NULL, 0};
        end_row(row, claim->date, city, 0, &claim->evidence);
    }
    for (uint32_t i = 0; i < record->instruments.count; i++) {
        const struct instrument_claim *claim = &record->instruments.at[i];
        begin_row(row, 'i', i);
        buf_addf(row->out, "%s,%s,", code_text(CODES_INSTRUMENT_KIND, claim->kind), code_text(CODES_INSTRUMENT_STATUS, claim->status));
        add_parties(row, &claim->parties);
        buf_add_char(row->out, ',');
        end_row(row, claim->date, (struct slice){NULL, 0}, claim->sectors, &claim->evidence);
    }
    for (uint32_t i = 0; i < record->commitments.count; i++) {
        const struct commitment_claim *claim = &record->commitments.at[i];
        begin_row(row, 'c', i);
        buf_addf(row->out, "commitment,%s,", code_text(CODES_STANCE, claim->stance));
        add_parties(row, &claim->parties);
        buf_add_char(row->out, ',');
        end_row(row, claim->deadline, (struct slice){NULL, 0}, claim->sectors, &claim->evidence);
    }
}

enum status record_csv(struct buf *out, const struct document *document, const struct world *world)
{
    struct places places;
    enum status status = places_init(&places, document);
    if (status)
        return status;
    add_rows(&(struct row){out, document, world, &places});
    places_finish(&places);
    return out->failed;
}
