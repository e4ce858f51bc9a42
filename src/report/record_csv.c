// SPDX-License-Identifier: MIT
// CSV of a record (RFC 4180): what research tables want of a corpus, one claim a row with its first evidence.
//
// Cells are written by emit_csv, so that a row is a line; numbers and codes never need quoting. The columns stand in the header; a reader
// of tables needs no more than its first line.
#include "report/record_csv.h"

#include "base/emit.h"
#include "doc/party_set.h"
#include "report/claim_row.h"
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

static void begin_row(const struct row *row, const struct claim_row *claim)
{
    const struct document *document = row->document;
    char date[DATE_EDTF_SIZE];
    claim_row_published(document, date);
    cell(row->out, document->uri);
    buf_addf(row->out, "%s,", date);
    if (document->pack)
        buf_add(row->out, document->pack->config.language);
    buf_addf(row->out, ",%c%u,%s,%s,", claim->letter, claim->index + 1, claim->type ? claim->type : claim->kind, claim->status);
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

static void end_row(const struct row *row, const struct claim_row *claim)
{
    char date[DATE_EDTF_SIZE];
    bool first = true;
    date_edtf(claim->date, date);
    buf_addf(row->out, ",%s,", date);
    cell(row->out, claim->city);
    for (unsigned sector = 0; sector < SECTOR_COUNT; sector++)
        if (claim->sectors >> sector & 1) {
            buf_addf(row->out, "%s%s", first ? "" : " ", code_text(CODES_SECTOR, sector));
            first = false;
        }
    if (claim->evidence->count) {
        struct place place = place_of_tokens(row->places, claim->evidence->at[0].first, claim->evidence->at[0].last);
        buf_addf(row->out, ",%u,%u,", place.begin, place.end);
        emit_csv(row->out, place.words);
    } else {
        buf_add_text(row->out, ",,,");
    }
    buf_add_text(row->out, "\r\n");
}

static void add_rows(const struct row *row)
{
    for (uint32_t i = 0; i < claim_row_count(&row->document->record); i++) {
        struct claim_row claim = claim_row_at(row->document, row->world, i);
        begin_row(row, &claim);
        add_parties(row, claim.parties);
        if (claim.ordinal)
            buf_addf(row->out, "%d", claim.ordinal);
        end_row(row, &claim);
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
