// SPDX-License-Identifier: MIT
// The rows of record_csv as columns: what has several values is a list, what is not known is null.
//
// A document's rows are one batch: threads write them apart, and the stream is the same bytes however many they are. Readers that want
// larger batches join them (pyarrow: Table.combine_chunks).
#include "report/record_arrow.h"

#include <stdio.h>

#include "doc/party_set.h"
#include "report/claim_row.h"
#include "report/place.h"

enum { URI, PUBLISHED, LANG, PUBLISHER, CLAIM, KIND, TYPE, STATUS, PARTIES, ORDINAL, DATE, CITY, SECTORS, BEGIN, END, CHAR_BEGIN,
       CHAR_END, QUOTE, COLUMNS };

static const struct arrow_field fields[COLUMNS] = {
    [URI] = {"uri", ARROW_TEXT}, [PUBLISHED] = {"published", ARROW_TEXT}, [LANG] = {"lang", ARROW_TEXT},
    [PUBLISHER] = {"publisher", ARROW_TEXT}, [CLAIM] = {"claim", ARROW_TEXT}, [KIND] = {"kind", ARROW_TEXT}, [TYPE] = {"type", ARROW_TEXT},
    [STATUS] = {"status", ARROW_TEXT}, [PARTIES] = {"parties", ARROW_TEXTS}, [ORDINAL] = {"ordinal", ARROW_INT32},
    [DATE] = {"date", ARROW_TEXT}, [CITY] = {"city", ARROW_TEXT}, [SECTORS] = {"sectors", ARROW_TEXTS}, [BEGIN] = {"begin", ARROW_INT64},
    [END] = {"end", ARROW_INT64}, [CHAR_BEGIN] = {"char_begin", ARROW_INT64},
    [CHAR_END] = {"char_end", ARROW_INT64}, [QUOTE] = {"quote", ARROW_TEXT},
};

struct rows {
    struct arrow_batch *batch;
    const struct document *document;
    const struct world *world;
    struct places *places;
};

static const struct slice none = {NULL, 0};

static void add_text(struct rows *rows, uint32_t column, const char *value)
{
    arrow_text(rows->batch, column, value && *value ? slice_from(value) : none);
}

static void add_publisher(struct rows *rows)
{
    const struct document *document = rows->document;
    struct slice publisher = document->given_publisher.len ? document->given_publisher : none;
    if (!publisher.at && document->publisher.begin < document->publisher.end)
        publisher = place_of_text(rows->places, document->publisher.begin, document->publisher.end).words;
    arrow_text(rows->batch, PUBLISHER, publisher);
}

static void add_lists(struct rows *rows, const struct claim_row *row)
{
    for (uint16_t party = 0; party < rows->world->parties.count; party++)
        if (party_set_has(row->parties, party))
            arrow_item(rows->batch, PARTIES, rows->world->parties.at[party].code);
    for (unsigned sector = 0; sector < SECTOR_COUNT; sector++)
        if (row->sectors >> sector & 1)
            arrow_item(rows->batch, SECTORS, slice_from(code_text(CODES_SECTOR, sector)));
}

static void add_row(struct rows *rows, const struct claim_row *row)
{
    const struct document *document = rows->document;
    struct arrow_batch *batch = rows->batch;
    char published[DATE_EDTF_SIZE], date[DATE_EDTF_SIZE], claim[16];
    struct place place = {.begin = 0};
    bool quoted = row->evidence->count > 0;
    if (quoted)
        place = place_of_tokens(rows->places, row->evidence->at[0].first, row->evidence->at[0].last);
    claim_row_published(document, published);
    date_edtf(row->date, date);
    snprintf(claim, sizeof claim, "%c%u", row->letter, row->index + 1);
    arrow_text(batch, URI, document->uri);
    add_text(rows, PUBLISHED, published);
    arrow_text(batch, LANG, document->pack ? document->pack->config.language : none);
    add_publisher(rows);
    add_text(rows, CLAIM, claim);
    add_text(rows, KIND, row->kind);
    add_text(rows, TYPE, row->type);
    add_text(rows, STATUS, row->status);
    add_lists(rows, row);
    arrow_number(batch, ORDINAL, row->ordinal, row->ordinal > 0);
    add_text(rows, DATE, date);
    arrow_text(batch, CITY, row->city);
    arrow_number(batch, BEGIN, place.begin, quoted);
    arrow_number(batch, END, place.end, quoted);
    arrow_number(batch, CHAR_BEGIN, place.char_begin, quoted);
    arrow_number(batch, CHAR_END, place.char_end, quoted);
    arrow_text(batch, QUOTE, quoted ? place.words : none);
    arrow_next_row(batch);
}

static enum status add_rows(struct arrow_batch *batch, const struct document *document, const struct world *world)
{
    struct places places;
    enum status status = places_init(&places, document);
    if (status)
        return status;
    struct rows rows = {.batch = batch, .document = document, .world = world, .places = &places};
    for (uint32_t i = 0; i < claim_row_count(&document->record); i++) {
        struct claim_row row = claim_row_at(document, world, i);
        add_row(&rows, &row);
    }
    places_finish(&places);
    return arrow_batch_failed(batch);
}

const struct arrow_field *record_arrow_fields(uint32_t *ret_count)
{
    *ret_count = COLUMNS;
    return fields;
}

enum status record_arrow_rows(struct arrow_batch *batch, const struct document *document, const struct world *world)
{
    struct arrow_mark mark = arrow_batch_mark(batch);
    enum status status = add_rows(batch, document, world);
    if (status)
        arrow_batch_back(batch, &mark);
    return status;
}

void record_arrow_head(struct buf *out)
{
    arrow_schema(out, fields, COLUMNS);
}

void record_arrow_tail(struct buf *out)
{
    arrow_end(out);
}

enum status record_arrow(struct buf *out, const struct document *document, const struct world *world)
{
    struct arrow_batch batch;
    arrow_batch_init(&batch, fields, COLUMNS);
    enum status status = add_rows(&batch, document, world);
    if (!status)
        arrow_batch_write(out, &batch);
    arrow_batch_finish(&batch);
    return status ? status : out->failed;
}
