// SPDX-License-Identifier: MIT
// A record as CSV: a row a claim.
#ifndef KARAR_REPORT_RECORD_CSV_H
#define KARAR_REPORT_RECORD_CSV_H

#include "base/buf.h"
#include "doc/document.h"
#include "pack/pack.h"

#define RECORD_CSV_HEAD "uri,published,lang,claim,type,status,parties,ordinal,date,city,sectors,begin,end,quote\r\n"

// Without the head. Meetings, instruments, commitments, in the order of the record; parties and sectors are joined by blanks.
enum status record_csv(struct buf *out, const struct document *document, const struct world *world);

#endif
