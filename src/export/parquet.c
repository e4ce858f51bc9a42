// SPDX-License-Identifier: MIT
// Writing Parquet: row groups of one page a column, plain values, levels as runs, zstd; a footer in Thrift's compact protocol.
//
// There is no library for it in Debian (docs/design/0011-exports.md has the choice), and of the format only this little is needed: flat
// columns that may be null, and lists of text. What was written is never looked at again, so files go out as they grow.
//
// A column that is no list has definition level 1 where there is a value. A list has 0: null, 1: empty, 2: a null item (never
// written), 3:
// an item; its repetition level is 1 for all items of a row but the first.
#include "export/parquet.h"

#include <string.h>
#include <zstd.h>

#define ZSTD_LEVEL 3
#define MAGIC SLICE("PAR1")

// Numbers that the format gives to things.
enum { PHYSICAL_BOOLEAN = 0, PHYSICAL_INT32 = 1, PHYSICAL_INT64 = 2, PHYSICAL_BYTE_ARRAY = 6 };
enum { REPETITION_OPTIONAL = 1, REPETITION_REPEATED = 2, REPETITION_REQUIRED = 0 };
enum { CONVERTED_UTF8 = 0, CONVERTED_LIST = 3, CONVERTED_DATE = 6 };
enum { LOGICAL_STRING = 1, LOGICAL_LIST = 3, LOGICAL_DATE = 6 };
enum { ENCODING_PLAIN = 0, ENCODING_RLE = 3, CODEC_ZSTD = 6, PAGE_DATA = 0 };

// ---- Thrift's compact protocol --------------------------------------------------------------------------------------------
enum { THRIFT_I32 = 5, THRIFT_I64 = 6, THRIFT_BINARY = 8, THRIFT_LIST = 9, THRIFT_STRUCT = 12 };

static void add_varint(struct buf *out, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        buf_add_char(out, (char)(value | 0x80));
    buf_add_char(out, (char)value);
}

static void add_zigzag(struct buf *out, int64_t value)
{
    add_varint(out, (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

// The head of a field; *last is the number of the field before it in its struct.
static void add_field(struct buf *out, int *last, int number, int type)
{
    buf_add_char(out, (char)((number - *last) << 4 | type));
    *last = number;
}

static void add_int(struct buf *out, int *last, int number, int type, int64_t value)
{
    add_field(out, last, number, type);
    add_zigzag(out, value);
}

static void add_binary(struct buf *out, struct slice value)
{
    add_varint(out, value.len);
    buf_add(out, value);
}

static void add_list(struct buf *out, int *last, int number, int type, uint32_t count)
{
    add_field(out, last, number, THRIFT_LIST);
    if (count < 15) {
        buf_add_char(out, (char)(count << 4 | (uint32_t)type));
    } else {
        buf_add_char(out, (char)(0xF0 | type));
        add_varint(out, count);
    }
}

static void end_struct(struct buf *out)
{
    buf_add_char(out, '\0');
}

// ---- rows -----------------------------------------------------------------------------------------------------------------
static void put(struct parquet *file, struct slice bytes)
{
    buf_add(file->out, bytes);
    file->at += bytes.len;
}

void parquet_begin(struct parquet *file, struct buf *out)
{
    *file = (struct parquet){.out = out};
    buf_init(&file->groups, PARQUET_MAX_BYTES);
    buf_init(&file->page, PARQUET_MAX_BYTES);
    buf_init(&file->packed, PARQUET_MAX_BYTES);
    put(file, MAGIC);
}

void parquet_add_column(struct parquet *file, struct slice name, enum parquet_type type)
{
    if (file->count == PARQUET_MAX_COLUMNS) {
        file->groups.failed = STATUS_LIMIT;
        return;
    }
    struct parquet_column *column = &file->columns[file->count++];
    *column = (struct parquet_column){.name = name, .type = type};
    buf_init(&column->values, PARQUET_MAX_BYTES);
    buf_init(&column->definition, PARQUET_MAX_BYTES);
    buf_init(&column->repetition, PARQUET_MAX_BYTES);
}

static void add_little(struct buf *out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_add_char(out, (char)(value >> 8 * i));
}

static void add_byte_array(struct buf *out, struct slice value)
{
    add_little(out, value.len, 4);
    buf_add(out, value);
}

void parquet_text(struct parquet *file, uint32_t column, struct slice value)
{
    struct parquet_column *into = &file->columns[column];
    buf_add_char(&into->definition, value.at != NULL);
    if (value.at)
        add_byte_array(&into->values, value);
}

void parquet_number(struct parquet *file, uint32_t column, int64_t value, bool valid)
{
    struct parquet_column *into = &file->columns[column];
    buf_add_char(&into->definition, valid);
    if (valid)
        add_little(&into->values, (uint64_t)value, into->type == PARQUET_INT64 ? 8 : into->type == PARQUET_DAY ? 4 : 1);
}

void parquet_texts(struct parquet *file, uint32_t column, struct slice value, char separator)
{
    struct parquet_column *into = &file->columns[column];
    if (!value.len) {
        buf_add_char(&into->definition, value.at != NULL);
        buf_add_char(&into->repetition, 0);
        return;
    }
    char repeated = 0;
    for (struct slice rest = value; rest.at; repeated = 1) {
        add_byte_array(&into->values, slice_cut(&rest, separator));
        buf_add_char(&into->definition, 3);
        buf_add_char(&into->repetition, repeated);
    }
}

// ---- pages and groups -----------------------------------------------------------------------------------------------------
// Levels as runs of the same level, behind the length of all runs.
static void add_levels(struct buf *page, const struct buf *levels)
{
    size_t length_at = page->len;
    add_little(page, 0, 4);
    for (size_t i = 0, run; i < levels->len; i += run) {
        for (run = 1; i + run < levels->len && levels->at[i + run] == levels->at[i]; run++)
            continue;
        add_varint(page, (uint64_t)run << 1);
        buf_add_char(page, levels->at[i]);
    }
    if (page->failed)
        return;
    size_t length = page->len - length_at - 4;
    for (int i = 0; i < 4; i++)
        page->at[length_at + (size_t)i] = (char)(length >> 8 * i);
}

static void add_values(struct buf *page, const struct parquet_column *column)
{
    if (column->type != PARQUET_BOOLEAN) {
        buf_add(page, buf_slice(&column->values));
        return;
    }
    for (size_t i = 0; i < column->values.len; i += 8) {
        unsigned bits = 0;
        for (size_t k = i; k < column->values.len && k < i + 8; k++)
            bits |= (unsigned)(column->values.at[k] != 0) << (k - i);
        buf_add_char(page, (char)bits);
    }
}

static int physical_type(enum parquet_type type)
{
    return type == PARQUET_INT64 ? PHYSICAL_INT64 : type == PARQUET_DAY ? PHYSICAL_INT32 : type == PARQUET_BOOLEAN ? PHYSICAL_BOOLEAN
                                                                                                                   : PHYSICAL_BYTE_ARRAY;
}

static bool compress(struct parquet *file)
{
    size_t bound = ZSTD_compressBound(file->page.len);
    buf_clear(&file->packed);
    char *room = buf_room(&file->packed, bound);
    const char *from = file->page.len ? file->page.at : "";
    size_t len = room && !file->page.failed ? ZSTD_compress(room, bound, from, file->page.len, ZSTD_LEVEL) : 0;
    if (!room || file->page.failed || ZSTD_isError(len)) {
        file->groups.failed = file->page.failed ? file->page.failed : STATUS_NO_MEMORY;
        return false;
    }
    buf_wrote(&file->packed, len);
    return true;
}

static void add_page_head(struct parquet *file, size_t values, struct buf *head)
{
    int page = 0, data = 0;
    add_int(head, &page, 1, THRIFT_I32, PAGE_DATA);
    add_int(head, &page, 2, THRIFT_I32, (int64_t)file->page.len);
    add_int(head, &page, 3, THRIFT_I32, (int64_t)file->packed.len);
    add_field(head, &page, 5, THRIFT_STRUCT);
    add_int(head, &data, 1, THRIFT_I32, (int64_t)values);
    add_int(head, &data, 2, THRIFT_I32, ENCODING_PLAIN);
    add_int(head, &data, 3, THRIFT_I32, ENCODING_RLE);
    add_int(head, &data, 4, THRIFT_I32, ENCODING_RLE);
    end_struct(head);
    end_struct(head);
}

static void add_column_metadata(struct parquet *file, const struct parquet_column *column, uint64_t at, uint64_t plain, uint64_t packed)
{
    struct buf *out = &file->groups;
    int chunk = 0, metadata = 0;
    add_int(out, &chunk, 2, THRIFT_I64, (int64_t)at);
    add_field(out, &chunk, 3, THRIFT_STRUCT);
    add_int(out, &metadata, 1, THRIFT_I32, physical_type(column->type));
    add_list(out, &metadata, 2, THRIFT_I32, 2);
    add_zigzag(out, ENCODING_PLAIN);
    add_zigzag(out, ENCODING_RLE);
    add_list(out, &metadata, 3, THRIFT_BINARY, column->type == PARQUET_TEXTS ? 3 : 1);
    add_binary(out, column->name);
    if (column->type == PARQUET_TEXTS) {
        add_binary(out, SLICE("list"));
        add_binary(out, SLICE("element"));
    }
    add_int(out, &metadata, 4, THRIFT_I32, CODEC_ZSTD);
    add_int(out, &metadata, 5, THRIFT_I64, (int64_t)column->definition.len);
    add_int(out, &metadata, 6, THRIFT_I64, (int64_t)plain);
    add_int(out, &metadata, 7, THRIFT_I64, (int64_t)packed);
    add_int(out, &metadata, 9, THRIFT_I64, (int64_t)at);
    end_struct(out);
    end_struct(out);
}

static uint64_t write_column(struct parquet *file, struct parquet_column *column)
{
    struct buf head;
    uint64_t at = file->at, plain = 0;
    buf_init(&head, 256);
    buf_clear(&file->page);
    if (column->type == PARQUET_TEXTS)
        add_levels(&file->page, &column->repetition);
    add_levels(&file->page, &column->definition);
    add_values(&file->page, column);
    if (compress(file)) {
        add_page_head(file, column->definition.len, &head);
        plain = head.len + file->page.len;
        put(file, buf_slice(&head));
        put(file, buf_slice(&file->packed));
        add_column_metadata(file, column, at, plain, file->at - at);
    }
    if (head.failed)
        file->groups.failed = head.failed;
    buf_finish(&head);
    buf_clear(&column->values);
    buf_clear(&column->definition);
    buf_clear(&column->repetition);
    return plain;
}

static void end_group(struct parquet *file)
{
    int group = 0;
    uint64_t bytes = 0;
    if (file->rows == 0)
        return;
    for (uint32_t i = 0; i < file->count; i++) {
        const struct parquet_column *column = &file->columns[i];
        enum status failed = column->values.failed ? column->values.failed : column->definition.failed ? column->definition.failed
                                                                                                       : column->repetition.failed;
        if (failed)
            file->groups.failed = failed;
    }
    add_list(&file->groups, &group, 1, THRIFT_STRUCT, file->count);
    for (uint32_t i = 0; i < file->count; i++)
        bytes += write_column(file, &file->columns[i]);
    add_int(&file->groups, &group, 2, THRIFT_I64, (int64_t)bytes);
    add_int(&file->groups, &group, 3, THRIFT_I64, file->rows);
    end_struct(&file->groups);
    file->group_count++;
    file->rows = 0;
}

void parquet_next_row(struct parquet *file)
{
    size_t bytes = 0;
    file->rows++;
    file->all_rows++;
    for (uint32_t i = 0; i < file->count; i++)
        bytes += file->columns[i].values.len;
    if (file->rows == PARQUET_GROUP_ROWS || bytes >= PARQUET_GROUP_BYTES)
        end_group(file);
}

// ---- footer ---------------------------------------------------------------------------------------------------------------
// One element of the schema; -1: the field is left out.
static void add_element(struct buf *out, struct slice name, int type, int repetition, int children, int converted, int logical)
{
    int element = 0, annotation = 0;
    if (type >= 0)
        add_int(out, &element, 1, THRIFT_I32, type);
    if (repetition >= 0)
        add_int(out, &element, 3, THRIFT_I32, repetition);
    add_field(out, &element, 4, THRIFT_BINARY);
    add_binary(out, name);
    if (children >= 0)
        add_int(out, &element, 5, THRIFT_I32, children);
    if (converted >= 0)
        add_int(out, &element, 6, THRIFT_I32, converted);
    if (logical >= 0) {
        add_field(out, &element, 10, THRIFT_STRUCT);
        add_field(out, &annotation, logical, THRIFT_STRUCT);
        end_struct(out);
        end_struct(out);
    }
    end_struct(out);
}

static void add_schema(struct parquet *file, struct buf *out)
{
    add_element(out, SLICE("schema"), -1, -1, (int)file->count, -1, -1);
    for (uint32_t i = 0; i < file->count; i++) {
        const struct parquet_column *column = &file->columns[i];
        if (column->type == PARQUET_TEXTS) {
            add_element(out, column->name, -1, REPETITION_OPTIONAL, 1, CONVERTED_LIST, LOGICAL_LIST);
            add_element(out, SLICE("list"), -1, REPETITION_REPEATED, 1, -1, -1);
            add_element(out, SLICE("element"), PHYSICAL_BYTE_ARRAY, REPETITION_OPTIONAL, -1, CONVERTED_UTF8, LOGICAL_STRING);
            continue;
        }
        int converted = column->type == PARQUET_TEXT ? CONVERTED_UTF8 : column->type == PARQUET_DAY ? CONVERTED_DATE : -1;
        int logical = column->type == PARQUET_TEXT ? LOGICAL_STRING : column->type == PARQUET_DAY ? LOGICAL_DATE : -1;
        add_element(out, column->name, physical_type(column->type), REPETITION_OPTIONAL, -1, converted, logical);
    }
}

void parquet_end(struct parquet *file, const char *created_by, const char *const *facts)
{
    struct buf footer;
    int metadata = 0;
    uint32_t elements = 1, fact_count = 0;
    end_group(file);
    for (uint32_t i = 0; i < file->count; i++)
        elements += file->columns[i].type == PARQUET_TEXTS ? 3 : 1;
    while (facts[fact_count])
        fact_count++;
    buf_init(&footer, PARQUET_MAX_BYTES);
    add_int(&footer, &metadata, 1, THRIFT_I32, 1);
    add_list(&footer, &metadata, 2, THRIFT_STRUCT, elements);
    add_schema(file, &footer);
    add_int(&footer, &metadata, 3, THRIFT_I64, (int64_t)file->all_rows);
    add_list(&footer, &metadata, 4, THRIFT_STRUCT, file->group_count);
    buf_add(&footer, buf_slice(&file->groups));
    add_list(&footer, &metadata, 5, THRIFT_STRUCT, fact_count / 2);
    for (uint32_t i = 0; i + 1 < fact_count; i += 2) {
        int pair = 0;
        add_field(&footer, &pair, 1, THRIFT_BINARY);
        add_binary(&footer, slice_from(facts[i]));
        add_field(&footer, &pair, 2, THRIFT_BINARY);
        add_binary(&footer, slice_from(facts[i + 1]));
        end_struct(&footer);
    }
    add_field(&footer, &metadata, 6, THRIFT_BINARY);
    add_binary(&footer, slice_from(created_by));
    end_struct(&footer);
    size_t length = footer.len;
    add_little(&footer, length, 4);
    buf_add(&footer, MAGIC);
    if (footer.failed)
        file->groups.failed = footer.failed;
    put(file, buf_slice(&footer));
    buf_finish(&footer);
}

bool parquet_finish(struct parquet *file)
{
    bool failed = file->groups.failed || file->out->failed;
    for (uint32_t i = 0; i < file->count; i++) {
        buf_finish(&file->columns[i].values);
        buf_finish(&file->columns[i].definition);
        buf_finish(&file->columns[i].repetition);
    }
    buf_finish(&file->groups);
    buf_finish(&file->page);
    buf_finish(&file->packed);
    return failed;
}
