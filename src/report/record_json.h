// SPDX-License-Identifier: MIT
// The record of a report as JSON (schema/record.schema.json).
#ifndef KARAR_REPORT_RECORD_JSON_H
#define KARAR_REPORT_RECORD_JSON_H

#include "base/buf.h"
#include "doc/document.h"
#include "pack/pack.h"

// One object, no line end behind it. `pretty`: indented, else one line. STATUS_NO_MEMORY and STATUS_LIMIT.
enum status record_json(struct buf *out, const struct document *document, const struct world *world, bool pretty);

#endif
