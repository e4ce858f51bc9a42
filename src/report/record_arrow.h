// SPDX-License-Identifier: MIT
// A record as a piece of an Arrow IPC stream: a record batch, a row a claim.
#ifndef KARAR_REPORT_RECORD_ARROW_H
#define KARAR_REPORT_RECORD_ARROW_H

#include "base/buf.h"
#include "doc/document.h"
#include "pack/pack.h"
#include "report/arrow.h"

// What a stream begins with, the schema, and what it ends with. Between them stand any number of record batches.
void record_arrow_head(struct buf *out);
void record_arrow_tail(struct buf *out);
// Meetings, instruments, commitments, in the order of the record. Nothing if there are none.
enum status record_arrow(struct buf *out, const struct document *document, const struct world *world);

// The columns, in their order; and the rows of one report behind those of a batch with these columns. On failure the batch is as it was.
const struct arrow_field *record_arrow_fields(uint32_t *ret_count);
enum status record_arrow_rows(struct arrow_batch *batch, const struct document *document, const struct world *world);

#endif
