// SPDX-License-Identifier: MIT
// karar.h: batches. The columns that the report room fills are handed over as they lie, by the Arrow C data interface.
//
// An exported array owns its columns: one block (struct exported) holds them with the tables of pointers that the interface wants. A child
// that the receiver moves elsewhere (it copies the struct and clears our `release`) may live on after its parent, so the block counts who
// still holds a part of it, and goes with the last. Counting is atomic: the receiver may release parts in different threads.
//
// A schema is static but for the structs that the receiver writes to; those are in one block, too.
#include <stdatomic.h>
#include <stdlib.h>

#include "api/handles.h"
#include "report/record_arrow.h"

struct karar_batch {
    struct arrow_batch columns;
};

static void init_columns(struct arrow_batch *columns)
{
    uint32_t count;
    const struct arrow_field *fields = record_arrow_fields(&count);
    arrow_batch_init(columns, fields, count);
}

karar_status karar_batch_new(karar_batch **batch, karar_error *error)
{
    if (!batch)
        return api_fail(error, STATUS_BAD_ARGUMENT, "no place for the batch");
    karar_batch *handle = malloc(sizeof *handle);
    if (!handle)
        return api_fail(error, STATUS_NO_MEMORY, "no memory for a batch");
    init_columns(&handle->columns);
    *batch = handle;
    return KARAR_OK;
}

void karar_batch_free(karar_batch *batch)
{
    if (!batch)
        return;
    arrow_batch_finish(&batch->columns);
    free(batch);
}

uint32_t karar_batch_rows(const karar_batch *batch)
{
    return batch ? batch->columns.rows : 0;
}

karar_status karar_batch_add(karar_batch *batch, const karar_report *report, karar_error *error)
{
    if (!batch || !report)
        return api_fail(error, STATUS_BAD_ARGUMENT, "batch and report must be given");
    enum status status = record_arrow_rows(&batch->columns, &report->document, engine_world(report->engine));
    if (status == STATUS_LIMIT)
        return api_fail(error, status, "a column would pass %zu bytes: hand the batch over first", ARROW_MAX_BYTES);
    return status ? api_fail(error, status, "%s for the batch", status_name(status)) : KARAR_OK;
}

// ---- arrays -----------------------------------------------------------------------------------------------------------
struct exported {
    atomic_uint holders;                                // the array and its children that were not released
    struct arrow_batch columns;
    const void *no_validity;                            // of the array itself: a struct is never null
    struct ArrowArray children[ARROW_MAX_COLUMNS], items[ARROW_MAX_COLUMNS];
    struct ArrowArray *child_pointers[ARROW_MAX_COLUMNS], *item_pointers[ARROW_MAX_COLUMNS];
    const void *buffers[ARROW_MAX_COLUMNS][3], *item_buffers[ARROW_MAX_COLUMNS][3];
};

static void let_go(struct exported *exported)
{
    if (atomic_fetch_sub(&exported->holders, 1) != 1)
        return;
    arrow_batch_finish(&exported->columns);
    free(exported);
}

static void release_part(struct ArrowArray *array)
{
    struct exported *exported = array->private_data;
    for (int64_t i = 0; i < array->n_children; i++)
        if (array->children[i]->release)
            array->children[i]->release(array->children[i]);
    array->release = NULL;
    let_go(exported);
}

static struct ArrowArray part(struct exported *exported, int64_t length, int64_t nulls, const void **buffers, int64_t count)
{
    atomic_fetch_add(&exported->holders, 1);
    return (struct ArrowArray){.length = length, .null_count = nulls, .n_buffers = count, .buffers = buffers, .release = release_part,
                               .private_data = exported};
}

// Receivers may read a buffer of no rows; none may be NULL but that of validity.
static const void *bytes_of(const struct buf *buf)
{
    static const uint64_t nothing = 0;
    return buf->at ? (const void *)buf->at : &nothing;
}

static void export_column(struct exported *exported, uint32_t index)
{
    struct arrow_column *column = &exported->columns.columns[index];
    enum arrow_type type = exported->columns.fields[index].type;
    const void **buffers = exported->buffers[index];
    bool has_starts = type == ARROW_TEXT || type == ARROW_TEXTS;
    buffers[0] = column->nulls ? column->valid.at : NULL;
    buffers[1] = has_starts ? bytes_of(&column->starts) : bytes_of(&column->values);
    buffers[2] = bytes_of(&column->values);
    exported->children[index] = part(exported, exported->columns.rows, column->nulls, buffers, type == ARROW_TEXT ? 3 : 2);
    if (type != ARROW_TEXTS)
        return;
    const void **items = exported->item_buffers[index];
    items[0] = NULL;
    items[1] = bytes_of(&column->item_starts);
    items[2] = bytes_of(&column->values);
    exported->items[index] = part(exported, column->items, 0, items, 3);
    exported->item_pointers[index] = &exported->items[index];
    exported->children[index].n_children = 1;
    exported->children[index].children = &exported->item_pointers[index];
}

karar_status karar_batch_export(karar_batch *batch, struct ArrowArray *array, karar_error *error)
{
    if (!batch || !array)
        return api_fail(error, STATUS_BAD_ARGUMENT, "batch and array must be given");
    enum status status = arrow_batch_end(&batch->columns);
    struct exported *exported = status ? NULL : calloc(1, sizeof *exported);
    if (!exported)
        return api_fail(error, STATUS_NO_MEMORY, "no memory to hand the batch over");
    exported->columns = batch->columns;
    init_columns(&batch->columns);
    uint32_t count = exported->columns.count;
    for (uint32_t i = 0; i < count; i++) {
        export_column(exported, i);
        exported->child_pointers[i] = &exported->children[i];
    }
    *array = part(exported, exported->columns.rows, 0, &exported->no_validity, 1);
    array->n_children = count;
    array->children = exported->child_pointers;
    return KARAR_OK;
}

// ---- schema -----------------------------------------------------------------------------------------------------------
struct schema_block {
    atomic_uint holders;
    struct ArrowSchema children[ARROW_MAX_COLUMNS], items[ARROW_MAX_COLUMNS];
    struct ArrowSchema *child_pointers[ARROW_MAX_COLUMNS], *item_pointers[ARROW_MAX_COLUMNS];
};

static void release_schema(struct ArrowSchema *schema)
{
    struct schema_block *block = schema->private_data;
    for (int64_t i = 0; i < schema->n_children; i++)
        if (schema->children[i]->release)
            schema->children[i]->release(schema->children[i]);
    schema->release = NULL;
    if (atomic_fetch_sub(&block->holders, 1) == 1)
        free(block);
}

static struct ArrowSchema schema_part(struct schema_block *block, const char *format, const char *name, int64_t flags)
{
    atomic_fetch_add(&block->holders, 1);
    return (struct ArrowSchema){.format = format, .name = name, .flags = flags, .release = release_schema, .private_data = block};
}

karar_status karar_batch_schema(struct ArrowSchema *schema, karar_error *error)
{
    static const char *const formats[] = {[ARROW_TEXT] = "u", [ARROW_INT32] = "i", [ARROW_INT64] = "l", [ARROW_TEXTS] = "+l"};
    if (!schema)
        return api_fail(error, STATUS_BAD_ARGUMENT, "schema must be given");
    uint32_t count;
    const struct arrow_field *fields = record_arrow_fields(&count);
    struct schema_block *block = calloc(1, sizeof *block);
    if (!block)
        return api_fail(error, STATUS_NO_MEMORY, "no memory for the schema");
    for (uint32_t i = 0; i < count; i++) {
        block->children[i] = schema_part(block, formats[fields[i].type], fields[i].name, ARROW_FLAG_NULLABLE);
        block->child_pointers[i] = &block->children[i];
        if (fields[i].type != ARROW_TEXTS)
            continue;
        block->items[i] = schema_part(block, formats[ARROW_TEXT], "item", ARROW_FLAG_NULLABLE);
        block->item_pointers[i] = &block->items[i];
        block->children[i].n_children = 1;
        block->children[i].children = &block->item_pointers[i];
    }
    *schema = schema_part(block, "+s", "", 0);
    schema->n_children = count;
    schema->children = block->child_pointers;
    return KARAR_OK;
}
