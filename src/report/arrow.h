// SPDX-License-Identifier: MIT
// The Arrow IPC stream format (columnar format 1.x, metadata version 5) as far as rows of text, whole numbers and lists of text need it.
#ifndef KARAR_REPORT_ARROW_H
#define KARAR_REPORT_ARROW_H

#include <stdbool.h>

#include "base/buf.h"

#define ARROW_MAX_COLUMNS 32
#define ARROW_MAX_BYTES ((size_t)1 << 30)   // of one column of a batch

enum arrow_type { ARROW_TEXT, ARROW_INT32, ARROW_INT64, ARROW_TEXTS };

struct arrow_field {
    const char *name;
    enum arrow_type type;
};

// A column while its batch is filled.
struct arrow_column {
    struct buf valid;           // a bit a row
    struct buf starts, values;  // TEXT: begin of each row in values; TEXTS: 0, then end of each row among the items; numbers: values alone
    struct buf item_starts;     // TEXTS: begin of each item in values
    uint32_t items, nulls;
};

struct arrow_batch {
    const struct arrow_field *fields;
    uint32_t count, rows;
    struct arrow_column columns[ARROW_MAX_COLUMNS];
};

void arrow_schema(struct buf *out, const struct arrow_field *fields, uint32_t count);
void arrow_end(struct buf *out);

void arrow_batch_init(struct arrow_batch *batch, const struct arrow_field *fields, uint32_t count);
void arrow_batch_finish(struct arrow_batch *batch);
// The first failure (no memory, a column too long), STATUS_OK if there was none.
enum status arrow_batch_failed(const struct arrow_batch *batch);
// Where a batch stands between two rows, and the way back there, also from a failure.
struct arrow_column_mark {
    size_t valid, starts, values, item_starts;
    uint32_t items, nulls;
};
struct arrow_mark {
    uint32_t rows;
    struct arrow_column_mark columns[ARROW_MAX_COLUMNS];
};
struct arrow_mark arrow_batch_mark(const struct arrow_batch *batch);
void arrow_batch_back(struct arrow_batch *batch, const struct arrow_mark *mark);
// A cell of every column, in their order, then the next row.
void arrow_text(struct arrow_batch *batch, uint32_t column, struct slice value);    // at NULL: null
void arrow_number(struct arrow_batch *batch, uint32_t column, int64_t value, bool valid);
void arrow_item(struct arrow_batch *batch, uint32_t column, struct slice value);    // one more of this row's texts
void arrow_next_row(struct arrow_batch *batch);
// Writes the last begin behind those of every column, as the C data interface wants them; no row may be added after that. On failure (no
// memory) the batch is as it was.
enum status arrow_batch_end(struct arrow_batch *batch);
// Appends the batch; a failure is out->failed. Nothing for a batch without rows.
void arrow_batch_write(struct buf *out, const struct arrow_batch *batch);

#endif
