// SPDX-License-Identifier: MIT
// Writes a Parquet file of so many rows to standard output, for a test that reads it with another library: several row groups, nulls,
// lists, runs of one level and of many.
//
// usage: parquet_rows COUNT
#include <stdio.h>
#include <stdlib.h>

#include "export/parquet.h"

int main(int argc, char **argv)
{
    static const char *const facts[] = {"about", "rows for a test", NULL};
    struct parquet file;
    struct buf out;
    char text[64];
    long long count = argc > 1 ? strtoll(argv[1], NULL, 10) : 0;
    buf_init(&out, (size_t)1 << 30);
    parquet_begin(&file, &out);
    parquet_add_column(&file, SLICE("number"), PARQUET_INT64);
    parquet_add_column(&file, SLICE("text"), PARQUET_TEXT);
    parquet_add_column(&file, SLICE("day"), PARQUET_DAY);
    parquet_add_column(&file, SLICE("flag"), PARQUET_BOOLEAN);
    parquet_add_column(&file, SLICE("list"), PARQUET_TEXTS);
    for (long long i = 0; i < count; i++) {
        snprintf(text, sizeof text, "%lld", i);
        parquet_number(&file, 0, i - 5, true);
        parquet_text(&file, 1, i % 3 ? slice_from(text) : (struct slice){NULL, 0});
        parquet_number(&file, 2, i, i % 7 != 0);
        parquet_number(&file, 3, i % 2, i % 5 != 0);
        snprintf(text, sizeof text, "%lld-%lld", i, i + 1);
        parquet_texts(&file, 4, i % 4 == 0 ? (struct slice){NULL, 0} : i % 4 == 1 ? SLICE("") : slice_from(text), '-');
        parquet_next_row(&file);
        if (fwrite(out.at, 1, out.len, stdout) != out.len)
            return 1;
        buf_clear(&out);
    }
    parquet_end(&file, "test", facts);
    if (fwrite(out.at, 1, out.len, stdout) != out.len)
        return 1;
    bool failed = parquet_finish(&file);
    buf_finish(&out);
    return failed;
}
