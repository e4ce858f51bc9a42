// SPDX-License-Identifier: MIT
// CSV as RFC 4180 has it, with commas, semicolons or tabs: the head names the columns, a row is a report.
//
// Cells may be quoted and then hold line ends and doubled quotes. A row has to end within the maximum of a document: a quote that is never
// closed costs that much memory and no more; the row is named, and reading goes on behind its first line.
#include "door/kinds.h"

#define CELL_MAX 1024   // bytes of a column's name

enum { END_NONE, END_CELL, END_ROW };

// The cell at *at; appends it unquoted to `out` (may be NULL) and sets *at behind it and its separator.
static int next_cell(struct slice row, size_t *at, char separator, struct buf *out)
{
    size_t i = *at;
    bool quoted = i < row.len && row.at[i] == '"';
    i += quoted;
    for (; i < row.len; i++) {
        char c = row.at[i];
        if (quoted && c == '"' && i + 1 < row.len && row.at[i + 1] == '"') {
            i++;
        } else if (quoted && c == '"') {
            quoted = false;
            continue;
        } else if (!quoted && (c == separator || c == '\n')) {
            *at = i + 1;
            return c == '\n' ? END_ROW : END_CELL;
        } else if (!quoted && c == '\r' && i + 1 < row.len && row.at[i + 1] == '\n') {
            continue;
        }
        if (out)
            buf_add_char(out, c);
    }
    *at = i;
    return quoted ? END_NONE : END_ROW;
}

static int find_columns(struct slice line, const struct door_options *options, char separator, int columns[FIELD_COUNT])
{
    size_t at = 0;
    int count = 0, end = END_CELL;
    struct buf cell;
    buf_init(&cell, CELL_MAX);
    for (int field = 0; field < FIELD_COUNT; field++)
        columns[field] = -1;
    for (; end == END_CELL && count < TABLE_MAX_COLUMNS; count++) {
        enum field field = FIELD_COUNT;
        if (at < line.len && line.at[at] != '"') {      // as it stands: every text is asked whether it is a table, and few are
            const char *stop = memchr(line.at + at, separator, line.len - at);
            size_t len = stop ? (size_t)(stop - line.at) - at : line.len - at;
            if (len <= CELL_MAX)
                field = field_of(options, slice_trim(slice_make(line.at + at, len)));
            at += len + (stop != NULL);
            end = stop ? END_CELL : END_ROW;
        } else {
            buf_clear(&cell);
            end = next_cell(line, &at, separator, &cell);
            if (!cell.failed)
                field = field_of(options, slice_trim(buf_slice(&cell)));
        }
        if (field < FIELD_COUNT && columns[field] < 0)
            columns[field] = count;
    }
    buf_finish(&cell);
    return count;
}

bool table_head(struct slice line, const struct door_options *options, char *ret_separator)
{
    int columns[FIELD_COUNT];
    for (const char *separator = ",;\t"; *separator; separator++) {
        *ret_separator = *separator;
        int count = find_columns(line, options, *separator, columns);
        if (columns[FIELD_TEXT] >= 0 && (count > 1 || options->text_field))
            return true;
    }
    return false;
}

// The whole row, which may span lines; STATUS_LIMIT if it does not end.
static enum status find_row(struct door *door, struct slice *ret_row, struct error *error)
{
    size_t want = 4096;
    for (;;) {
        struct slice head = stream_look(door->stream, want);
        size_t at = 0;
        int end = END_CELL;
        if (!head.len)
            return door_end(door, error);
        while (end == END_CELL && at < head.len)
            end = next_cell(head, &at, door->separator, NULL);
        bool all = head.len < want;
        if (end == END_ROW && (at < head.len || head.at[at - 1] == '\n' || all)) {
            if (all && at == head.len && head.at[at - 1] != '\n' && stream_status(door->stream, NULL)) {
                stream_take(door->stream, head.len);
                return door_end(door, error);
            }
            *ret_row = slice_make(head.at, at);
            return STATUS_OK;
        }
        if (all || want > DOOR_MAX_DOCUMENT)
            break;
        want = want * 4;
    }
    struct slice line;
    uint64_t begin = stream_position(door->stream);
    enum status status = door_line(door, &line, error);
    if (status && status != STATUS_LIMIT)
        return status;
    stream_take(door->stream, line.len);
    return door_fault(error, STATUS_LIMIT, begin, "a row that does not end, or is longer than 8 MiB");
}

static enum status take_row(struct door *door, struct slice row, struct door_item *item, struct error *error)
{
    struct buf cells;
    struct slice values[FIELD_COUNT] = {{NULL, 0}};
    size_t at = 0, begins[FIELD_COUNT] = {0}, ends[FIELD_COUNT] = {0};
    int end = END_CELL;
    buf_init(&cells, DOOR_MAX_BINARY + DOOR_MAX_DOCUMENT);
    for (int column = 0; end == END_CELL; column++) {
        int field = 0;
        while (field < FIELD_COUNT && door->columns[field] != column)
            field++;
        if (field < FIELD_COUNT)
            begins[field] = cells.len;
        end = next_cell(row, &at, door->separator, field < FIELD_COUNT ? &cells : NULL);
        if (field < FIELD_COUNT)
            ends[field] = cells.len;
    }
    for (int field = 0; field < FIELD_COUNT; field++)
        values[field] = slice_make(cells.at + begins[field], ends[field] - begins[field]);
    enum status status = cells.failed ? door_fault(error, STATUS_NO_MEMORY, stream_position(door->stream), "no memory for a row")
                                      : door_fill(door, item, values, stream_position(door->stream), error);
    item->kind = !status && door_sniff(item->bytes, &door->options) == DOOR_PAGE ? DOOR_PAGE : DOOR_TEXT;
    buf_finish(&cells);
    return status;
}

enum status table_next(struct door *door, struct door_item *item, struct error *error)
{
    struct slice row;
    for (;;) {
        enum status status = find_row(door, &row, error);
        if (status)
            return status;
        if (!door->separator) {     // the head
            if (slice_starts(row, SLICE("\xEF\xBB\xBF")))
                row = slice_make(row.at + 3, row.len - 3);
            table_head(row, &door->options, &door->separator);
            find_columns(row, &door->options, door->separator, door->columns);
            stream_take(door->stream, (size_t)(row.at - stream_look(door->stream, 1).at) + row.len);
            continue;
        }
        if (slice_trim(row).len == 0) {
            stream_take(door->stream, row.len);
            continue;
        }
        door->number++;
        status = take_row(door, row, item, error);
        stream_take(door->stream, row.len);
        return status;
    }
}
