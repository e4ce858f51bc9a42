// SPDX-License-Identifier: MIT
// The annex of a record: what a register wants to know of a report beyond its record.
#ifndef KARAR_REPORT_ANNEX_H
#define KARAR_REPORT_ANNEX_H

#include "base/buf.h"
#include "doc/document.h"
#include "pack/pack.h"

// One JSON object: "sentences", an array of begin, end, begin, end … in bytes of the stored text; "headlines", those of them
// that are headlines; "names", for each commitment ("c1") the
// names by which it calls its topic; "hints", for scripts without capitals the words in which such a name may stand; "listed", for
// commitments that name several things in a row their concepts, "steel-mill industrial-modernisation|insulin". STATUS_LIMIT.
enum status annex_json(struct buf *out, const struct document *document, const struct world *world);

#endif
