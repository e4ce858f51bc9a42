// SPDX-License-Identifier: MIT
// Claims as rows. The record keeps each kind of claim in an array of its own, with the fields of that kind; CSV, Arrow and the facts of
// karar.h show the few fields that all kinds share, in one order.
//
// Nothing is copied: a row points into the record and the world.
#include "report/claim_row.h"

#include <assert.h>

static struct claim_row meeting_row(const struct meeting_claim *claim, const struct world *world, uint32_t index)
{
    return (struct claim_row){
        .letter = 'm', .index = index, .kind = "meeting", .type = code_text(CODES_MEETING_TYPE, claim->type),
        .status = code_text(CODES_MEETING_STATUS, claim->status), .parties = &claim->parties,
        .ordinal = claim->ordinal > 0 ? claim->ordinal : 0, .date = claim->date, .evidence = &claim->evidence,
        .city = claim->city != 0xFFFF ? world->cities.at[claim->city].name : (struct slice){NULL, 0},
    };
}

static struct claim_row instrument_row(const struct instrument_claim *claim, uint32_t index)
{
    return (struct claim_row){
        .letter = 'i', .index = index, .kind = "instrument", .type = code_text(CODES_INSTRUMENT_KIND, claim->kind),
        .status = code_text(CODES_INSTRUMENT_STATUS, claim->status), .parties = &claim->parties, .date = claim->date,
        .sectors = claim->sectors, .evidence = &claim->evidence,
    };
}

static struct claim_row commitment_row(const struct commitment_claim *claim, uint32_t index)
{
    return (struct claim_row){
        .letter = 'c', .index = index, .kind = "commitment", .status = code_text(CODES_STANCE, claim->stance),
        .parties = &claim->parties, .date = claim->deadline, .sectors = claim->sectors, .evidence = &claim->evidence,
    };
}

uint32_t claim_row_count(const struct record *record)
{
    return record->meetings.count + record->instruments.count + record->commitments.count;
}

struct claim_row claim_row_at(const struct document *document, const struct world *world, uint32_t n)
{
    const struct record *record = &document->record;
    if (n < record->meetings.count)
        return meeting_row(&record->meetings.at[n], world, n);
    n -= record->meetings.count;
    if (n < record->instruments.count)
        return instrument_row(&record->instruments.at[n], n);
    n -= record->instruments.count;
    assert(n < record->commitments.count);
    return commitment_row(&record->commitments.at[n], n);
}

void claim_row_published(const struct document *document, char published[DATE_EDTF_SIZE])
{
    date_edtf(date_is_none(document->published) ? document->given_date : document->published, published);
}
