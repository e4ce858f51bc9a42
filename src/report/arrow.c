// SPDX-License-Identifier: MIT
// Messages of an Arrow IPC stream: a marker, the length of the metadata, the metadata as a flatbuffer, the columns' buffers.
//
// Flatbuffers are usually built from the back; the few tables that are needed here are written from the front, with their references
// filled in once what they point to is written. Each table stands right behind its own list of field places (vtable). All numbers are
// little-endian. Buffers begin at multiples of eight bytes; without nulls there is no validity buffer, its length is 0.
#include "report/arrow.h"

#include <assert.h>

#include "unicode/utf8.h"

enum { TYPE_INT = 2, TYPE_UTF8 = 5, TYPE_LIST = 12, HEADER_SCHEMA = 1, HEADER_BATCH = 3, METADATA_V5 = 4 };

// ---- flatbuffers, from the front --------------------------------------------------------------------------------------
static void put(struct buf *out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_add_char(out, (char)(value >> 8 * i));
}

static void pad(struct buf *out, size_t to, size_t ahead)
{
    while ((out->len + ahead) % to && !out->failed)
        buf_add_char(out, 0);
}

// The four bytes at `place` point to what is written next.
static void point(struct buf *out, size_t place)
{
    if (out->failed)
        return;
    uint32_t distance = (uint32_t)(out->len - place);
    memcpy(out->at + place, &distance, sizeof distance);
}

// Begins a table of `size` bytes whose fields stand at these places of it (0: not there), eight bytes aligned. Returns where it begins, its
// bytes zero: the caller fills them by set.
static size_t table(struct buf *out, size_t pointer, const uint8_t *places, int count, uint32_t size)
{
    uint32_t head = 4 + 2 * (uint32_t)count;
    pad(out, 8, head);
    put(out, head, 2);
    put(out, size, 2);
    for (int i = 0; i < count; i++)
        put(out, places[i], 2);
    size_t begin = out->len;
    point(out, pointer);
    put(out, head, 4);              // back to the places
    for (uint32_t i = 4; i < size; i++)
        buf_add_char(out, 0);
    return begin;
}

static void set(struct buf *out, size_t at, uint64_t value, size_t bytes)
{
    if (!out->failed)
        memcpy(out->at + at, &value, bytes);
}

static void text(struct buf *out, size_t pointer, const char *value)
{
    pad(out, 4, 0);
    point(out, pointer);
    put(out, strlen(value), 4);
    buf_add_text(out, value);
    buf_add_char(out, 0);
}

// ---- messages ---------------------------------------------------------------------------------------------------------
// The table of a message around its header; *ret_header is the pointer to be filled.
static void message(struct buf *meta, uint8_t header, uint64_t body, size_t *ret_header)
{
    static const uint8_t places[] = {16, 18, 4, 8};     // version, kind of header, header, length of the body
    put(meta, 0, 4);
    size_t begin = table(meta, 0, places, 4, 20);
    set(meta, begin + 16, METADATA_V5, 2);
    set(meta, begin + 18, header, 1);
    set(meta, begin + 8, body, 8);
    *ret_header = begin + 4;
}

static void write_message(struct buf *out, struct buf *meta)
{
    pad(meta, 8, 0);
    put(out, UINT32_MAX, 4);
    put(out, meta->len, 4);
    buf_add(out, buf_slice(meta));
    if (meta->failed && !out->failed)
        out->failed = meta->failed;
    buf_finish(meta);
}

static void write_field(struct buf *meta, size_t pointer, const char *name, enum arrow_type type)
{
    static const uint8_t places[] = {4, 16, 17, 8, 0, 12};  // name, nullable, kind of type, type, dictionary, children
    static const uint8_t int_places[] = {4, 8};             // width, signed
    size_t field = table(meta, pointer, places, 6, 20);
    bool number = type == ARROW_INT32 || type == ARROW_INT64;
    set(meta, field + 16, 1, 1);
    set(meta, field + 17, number ? TYPE_INT : type == ARROW_TEXT ? TYPE_UTF8 : TYPE_LIST, 1);
    text(meta, field + 4, name);
    size_t of_type = table(meta, field + 8, int_places, number ? 2 : 0, number ? 12 : 4);
    if (number) {
        set(meta, of_type + 4, type == ARROW_INT32 ? 32 : 64, 4);
        set(meta, of_type + 8, 1, 1);
    }
    pad(meta, 4, 0);
    point(meta, field + 12);
    put(meta, type == ARROW_TEXTS, 4);
    if (type == ARROW_TEXTS) {
        size_t child = meta->len;
        put(meta, 0, 4);
        write_field(meta, child, "item", ARROW_TEXT);
    }
}

void arrow_schema(struct buf *out, const struct arrow_field *fields, uint32_t count)
{
    static const uint8_t places[] = {0, 4};     // byte order (little when not said), fields
    struct buf meta;
    size_t header;
    buf_init(&meta, ARROW_MAX_BYTES);
    message(&meta, HEADER_SCHEMA, 0, &header);
    size_t schema = table(&meta, header, places, 2, 8);
    pad(&meta, 4, 0);
    point(&meta, schema + 4);
    put(&meta, count, 4);
    size_t first = meta.len;
    for (uint32_t i = 0; i < count; i++)
        put(&meta, 0, 4);
    for (uint32_t i = 0; i < count; i++)
        write_field(&meta, first + 4 * i, fields[i].name, fields[i].type);
    write_message(out, &meta);
}

void arrow_end(struct buf *out)
{
    put(out, UINT32_MAX, 4);
    put(out, 0, 4);
}

// ---- batches ----------------------------------------------------------------------------------------------------------
void arrow_batch_init(struct arrow_batch *batch, const struct arrow_field *fields, uint32_t count)
{
    assert(count <= ARROW_MAX_COLUMNS);
    *batch = (struct arrow_batch){.fields = fields, .count = count};
    for (uint32_t i = 0; i < count; i++) {
        struct arrow_column *column = &batch->columns[i];
        struct buf *const parts[] = {&column->valid, &column->starts, &column->values, &column->item_starts};
        for (int k = 0; k < 4; k++)
            buf_init(parts[k], ARROW_MAX_BYTES);
        if (fields[i].type == ARROW_TEXTS)
            put(&column->starts, 0, 4);
    }
}

void arrow_batch_finish(struct arrow_batch *batch)
{
    for (uint32_t i = 0; i < batch->count; i++) {
        struct arrow_column *column = &batch->columns[i];
        struct buf *const parts[] = {&column->valid, &column->starts, &column->values, &column->item_starts};
        for (int k = 0; k < 4; k++)
            buf_finish(parts[k]);
    }
}

enum status arrow_batch_failed(const struct arrow_batch *batch)
{
    for (uint32_t i = 0; i < batch->count; i++) {
        const struct arrow_column *column = &batch->columns[i];
        const struct buf *const parts[] = {&column->valid, &column->starts, &column->values, &column->item_starts};
        for (int k = 0; k < 4; k++)
            if (parts[k]->failed)
                return parts[k]->failed;
    }
    return STATUS_OK;
}

struct arrow_mark arrow_batch_mark(const struct arrow_batch *batch)
{
    struct arrow_mark mark = {.rows = batch->rows};
    for (uint32_t i = 0; i < batch->count; i++) {
        const struct arrow_column *column = &batch->columns[i];
        mark.columns[i] = (struct arrow_column_mark){column->valid.len, column->starts.len, column->values.len, column->item_starts.len,
                                                     column->items, column->nulls};
    }
    return mark;
}

static void shorten(struct buf *buf, size_t len)
{
    buf->failed = STATUS_OK;
    buf->len = len < buf->len ? len : buf->len;
}

void arrow_batch_back(struct arrow_batch *batch, const struct arrow_mark *mark)
{
    batch->rows = mark->rows;
    for (uint32_t i = 0; i < batch->count; i++) {
        struct arrow_column *column = &batch->columns[i];
        const struct arrow_column_mark *was = &mark->columns[i];
        shorten(&column->valid, was->valid);
        shorten(&column->starts, was->starts);
        shorten(&column->values, was->values);
        shorten(&column->item_starts, was->item_starts);
        column->items = was->items;
        column->nulls = was->nulls;
        if (was->valid && batch->rows % 8)      // bits of the rows that are gone
            column->valid.at[was->valid - 1] = (char)(column->valid.at[was->valid - 1] & ((1 << batch->rows % 8) - 1));
    }
}

static void set_valid(struct arrow_batch *batch, struct arrow_column *column, bool valid)
{
    if (batch->rows % 8 == 0)
        buf_add_char(&column->valid, 0);
    if (!column->valid.failed && valid)
        column->valid.at[batch->rows / 8] = (char)(column->valid.at[batch->rows / 8] | 1 << batch->rows % 8);
    column->nulls += !valid;
}

// Arrow's text is UTF-8; bytes that are none (of a file's name, say) become U+FFFD.
static void add_value(struct buf *values, struct slice value)
{
    while (value.len) {
        size_t good = utf8_valid_prefix(value);
        buf_add(values, slice_make(value.at, good));
        if (good < value.len)
            buf_add_text(values, "\xEF\xBF\xBD");
        good += good < value.len;
        value = slice_make(value.at + good, value.len - good);
    }
}

void arrow_text(struct arrow_batch *batch, uint32_t column, struct slice value)
{
    struct arrow_column *cells = &batch->columns[column];
    set_valid(batch, cells, value.at != NULL);
    put(&cells->starts, cells->values.len, 4);
    add_value(&cells->values, value);
}

void arrow_number(struct arrow_batch *batch, uint32_t column, int64_t value, bool valid)
{
    set_valid(batch, &batch->columns[column], valid);
    put(&batch->columns[column].values, valid ? (uint64_t)value : 0, batch->fields[column].type == ARROW_INT32 ? 4 : 8);
}

void arrow_item(struct arrow_batch *batch, uint32_t column, struct slice value)
{
    struct arrow_column *cells = &batch->columns[column];
    put(&cells->item_starts, cells->values.len, 4);
    add_value(&cells->values, value);
    cells->items++;
}

// Lists of texts are never null; a row ends where the next begins.
void arrow_next_row(struct arrow_batch *batch)
{
    for (uint32_t i = 0; i < batch->count; i++)
        if (batch->fields[i].type == ARROW_TEXTS)
            put(&batch->columns[i].starts, batch->columns[i].items, 4);
    batch->rows++;
}

enum status arrow_batch_end(struct arrow_batch *batch)
{
    for (uint32_t i = 0; i < batch->count; i++) {
        struct arrow_column *column = &batch->columns[i];
        if (!buf_room(&column->starts, 4) || !buf_room(&column->item_starts, 4)) {
            column->starts.failed = column->item_starts.failed = STATUS_OK;
            return STATUS_NO_MEMORY;
        }
    }
    for (uint32_t i = 0; i < batch->count; i++) {
        struct arrow_column *column = &batch->columns[i];
        if (batch->fields[i].type == ARROW_TEXT)
            put(&column->starts, column->values.len, 4);
        if (batch->fields[i].type == ARROW_TEXTS)
            put(&column->item_starts, column->values.len, 4);
    }
    return STATUS_OK;
}

struct piece {
    uint64_t offset, length;
};

// Appends a buffer to the body, with the end of offsets behind it where `end` is not UINT64_MAX.
static struct piece add_buffer(struct buf *body, const struct buf *bytes, uint64_t end)
{
    struct piece piece = {.offset = body->len};
    buf_add(body, buf_slice(bytes));
    if (end != UINT64_MAX)
        put(body, end, 4);
    piece.length = body->len - piece.offset;
    pad(body, 8, 0);
    if (bytes->failed && !body->failed)
        body->failed = bytes->failed;
    return piece;
}

static uint32_t add_column(struct buf *body, const struct arrow_column *column, enum arrow_type type, struct piece *pieces)
{
    static const struct buf nothing = {.at = NULL};
    uint32_t count = 0;
    pieces[count++] = add_buffer(body, column->nulls ? &column->valid : &nothing, UINT64_MAX);
    if (type == ARROW_TEXT)
        pieces[count++] = add_buffer(body, &column->starts, column->values.len);
    if (type == ARROW_TEXTS) {
        pieces[count++] = add_buffer(body, &column->starts, UINT64_MAX);
        pieces[count++] = add_buffer(body, &nothing, UINT64_MAX);
        pieces[count++] = add_buffer(body, &column->item_starts, column->values.len);
    }
    pieces[count++] = add_buffer(body, &column->values, UINT64_MAX);
    return count;
}

static void write_nodes(struct buf *meta, size_t pointer, const struct arrow_batch *batch)
{
    uint32_t nodes = 0;
    for (uint32_t i = 0; i < batch->count; i++)
        nodes += batch->fields[i].type == ARROW_TEXTS ? 2 : 1;
    pad(meta, 8, 4);
    point(meta, pointer);
    put(meta, nodes, 4);
    for (uint32_t i = 0; i < batch->count; i++) {
        put(meta, batch->rows, 8);
        put(meta, batch->columns[i].nulls, 8);
        if (batch->fields[i].type == ARROW_TEXTS) {
            put(meta, batch->columns[i].items, 8);
            put(meta, 0, 8);
        }
    }
}

void arrow_batch_write(struct buf *out, const struct arrow_batch *batch)
{
    static const uint8_t places[] = {8, 4, 16};     // rows, nodes, buffers
    struct piece pieces[ARROW_MAX_COLUMNS * 5];
    struct buf meta, body;
    uint32_t count = 0;
    size_t header;
    if (!batch->rows)
        return;
    buf_init(&meta, ARROW_MAX_BYTES);
    buf_init(&body, ARROW_MAX_BYTES);
    for (uint32_t i = 0; i < batch->count; i++)
        count += add_column(&body, &batch->columns[i], batch->fields[i].type, pieces + count);
    message(&meta, HEADER_BATCH, body.len, &header);
    size_t begin = table(&meta, header, places, 3, 20);
    set(&meta, begin + 8, batch->rows, 8);
    write_nodes(&meta, begin + 4, batch);
    pad(&meta, 8, 4);
    point(&meta, begin + 16);
    put(&meta, count, 4);
    for (uint32_t i = 0; i < count; i++) {
        put(&meta, pieces[i].offset, 8);
        put(&meta, pieces[i].length, 8);
    }
    write_message(out, &meta);
    buf_add(out, buf_slice(&body));
    if (body.failed && !out->failed)
        out->failed = body.failed;
    buf_finish(&body);
}
