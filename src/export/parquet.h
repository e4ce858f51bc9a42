// SPDX-License-Identifier: MIT
// The Apache Parquet format as far as tables of text, whole numbers, days, truth values and lists of text need it. Private to the export
// room.
#ifndef KARAR_EXPORT_PARQUET_H
#define KARAR_EXPORT_PARQUET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

#define PARQUET_MAX_COLUMNS 64
#define PARQUET_MAX_BYTES ((size_t)1 << 30)     // of one column of a row group
#define PARQUET_GROUP_ROWS 65536u
#define PARQUET_GROUP_BYTES ((size_t)32 << 20)  // of values; a group ends when either is reached

enum parquet_type { PARQUET_TEXT, PARQUET_INT64, PARQUET_DAY, PARQUET_BOOLEAN, PARQUET_TEXTS };

struct parquet_column {
    struct slice name;
    enum parquet_type type;
    struct buf values;              // PLAIN; truth values a byte each until they are packed
    struct buf definition, repetition;  // a level a byte
};

// A file while it is written. Everything goes to `out`, which the owner may empty between calls, and no byte is asked for again.
struct parquet {
    struct buf *out;
    struct parquet_column columns[PARQUET_MAX_COLUMNS];
    uint32_t count;
    uint32_t rows;                  // in the group
    uint64_t all_rows, at;          // bytes written so far
    struct buf groups;              // their metadata
    uint32_t group_count;
    struct buf page, packed;        // a page, and as it is compressed
};

// Writes the magic. Columns are added before the first row; names are borrowed until parquet_end.
void parquet_begin(struct parquet *file, struct buf *out);
void parquet_add_column(struct parquet *file, struct slice name, enum parquet_type type);
// A cell of every column in their order, then the next row. at NULL: null. A day counts from 1970-01-01.
void parquet_text(struct parquet *file, uint32_t column, struct slice value);
void parquet_number(struct parquet *file, uint32_t column, int64_t value, bool valid);     // INT64, DAY, BOOLEAN
// The pieces of a list, joined by `separator`; empty text: an empty list.
void parquet_texts(struct parquet *file, uint32_t column, struct slice value, char separator);
void parquet_next_row(struct parquet *file);
// The last group and the footer, with what is told of the file: `facts` are pairs of key and value, NULL at the end.
void parquet_end(struct parquet *file, const char *created_by, const char *const *facts);
// Frees everything; also after a failure half-way. True if anything failed.
bool parquet_finish(struct parquet *file);

#endif
