// SPDX-License-Identifier: MIT
// Reading a pack's text files line by line, and noting faults. Private to the pack room.
#ifndef KARAR_PACK_TABLE_H
#define KARAR_PACK_TABLE_H

#include "pack/load.h"

#define TABLE_MAX_COLUMNS 8
#define PACK_MAX_FAULTS 1000u        // the rest is not listed
#define PACK_MAX_FILE_BYTES (64u << 20)

// A file being read. Cells and values are slices of `text`, so a fault can find its column from a pointer.
struct reader {
    struct arena *arena;
    pack_fault_vec *faults;
    struct slice file;       // its name, for messages
    struct slice text;       // valid UTF-8, NFC
    size_t next;             // begin of the next line
    const char *line_at;
    uint32_t line;           // of the current line, from 1
};

// Checks the file's encoding: from the first line that is no UTF-8 on it is not read.
void reader_init(struct reader *reader, struct arena *arena, pack_fault_vec *faults, const struct pack_file *file);
// The next line that is neither empty nor a comment, without its line end; false at the end.
bool reader_line(struct reader *reader, struct slice *ret_line);
// Notes a fault at a byte of the current line; `at` NULL: at its begin.
__attribute__((format(printf, 3, 4)))
void reader_fault(struct reader *reader, const char *at, const char *format, ...);
// A fault that has no line: line and column are 0.
__attribute__((format(printf, 4, 5)))
void file_fault(struct arena *arena, pack_fault_vec *faults, struct slice file, const char *format, ...);

// Reads the header row; false (and a fault) if its columns are not these. `columns` ends with NULL.
bool table_open(struct reader *reader, const char *const *columns);
// The next row with the right number of cells, trimmed; rows that have another number are faults and skipped. Returns false at the end.
// `least`: cells that must be there; those missing behind them are empty.
bool table_row(struct reader *reader, const char *const *columns, uint32_t least, struct slice cells[TABLE_MAX_COLUMNS]);

// Splits "key = value" (both trimmed); false and a fault if there is no '='.
bool reader_key_value(struct reader *reader, struct slice line, struct slice *ret_key, struct slice *ret_value);

// "%.*s" of a slice.
#define SLICE_FORMAT(slice) (int)(slice).len, (slice).at ? (slice).at : ""

#endif
