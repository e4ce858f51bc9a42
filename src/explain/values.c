// SPDX-License-Identifier: MIT
// The values that every printer shows the same way: quoted words, token ranges, codes, parties, dates, places in a
// pack.
//
// Layout: small functions that append to a buffer. What is unknown prints as "-", so that columns stay where they
// are and a golden file shows at a glance what a stage did not find.
#include "base/emit.h"
#include "explain/explain.h"

void explain_text(struct buf *out, struct slice text)
{
    buf_add_char(out, '"');
    emit_plain(out, text);
    buf_add_char(out, '"');
}

void explain_words(struct buf *out, const struct document *document, uint32_t first, uint32_t last)
{
    if (first < last)
        explain_text(out, document_words(document, first, last));
    else
        buf_add_char(out, '-');
}

void explain_tokens(struct buf *out, uint32_t first, uint32_t last)
{
    buf_addf(out, "[%u-%u]", first, last);
}

void explain_party(struct buf *out, const struct world *world, uint16_t party)
{
    if (party == PARTY_NONE)
        buf_add_char(out, '-');
    else
        buf_add(out, world->parties.at[party].code);
}

void explain_parties(struct buf *out, const struct world *world, const struct party_set *parties)
{
    if (parties->count == 0)
        buf_add_char(out, '-');
    for (uint8_t i = 0; i < parties->count; i++) {
        buf_add_text(out, i ? "," : "");
        explain_party(out, world, parties->at[i]);
    }
}

void explain_date(struct buf *out, struct date_range date)
{
    char text[DATE_EDTF_SIZE];
    buf_add_text(out, date_edtf(date, text) ? text : "-");
}

void explain_code(struct buf *out, enum code_list list, unsigned code)
{
    const char *text = code_text(list, code);
    buf_add_text(out, text ? text : "-");
}

void explain_sectors(struct buf *out, uint64_t sectors)
{
    const char *joint = "";
    if (!sectors)
        buf_add_char(out, '-');
    for (unsigned i = 0; i < SECTOR_COUNT; i++)
        if (sectors >> i & 1) {
            buf_add_text(out, joint);
            explain_code(out, CODES_SECTOR, i);
            joint = ",";
        }
}

void explain_source(struct buf *out, const struct pack *pack, uint16_t file, uint32_t line)
{
    buf_add(out, pack->files.at[file]);
    buf_addf(out, ":%u", line);
}
