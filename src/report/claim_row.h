// SPDX-License-Identifier: MIT
// What the kinds of claim have in common, as tables want it: a row a claim, meetings before instruments before commitments.
#ifndef KARAR_REPORT_CLAIM_ROW_H
#define KARAR_REPORT_CLAIM_ROW_H

#include "doc/document.h"
#include "pack/load.h"

struct claim_row {
    char letter;            // of its id: 'm', 'i', 'c'
    uint32_t index;         // of its id, from 0
    const char *kind, *type, *status;   // codes; type NULL where the kind has none
    const struct party_set *parties;
    int32_t ordinal;        // 0: none
    struct date_range date; // of a commitment its deadline
    struct slice city;      // at NULL: none
    uint64_t sectors;       // bit per enum sector
    const evidence_vec *evidence;
};

uint32_t claim_row_count(const struct record *record);
// n from 0, below the count. Points into the document and the world.
struct claim_row claim_row_at(const struct document *document, const struct world *world, uint32_t n);
// The date of the report, its own or the given one; "" if none.
void claim_row_published(const struct document *document, char published[DATE_EDTF_SIZE]);

#endif
