// SPDX-License-Identifier: MIT
// A table gathered and written.
//
// In text the short cells of a row stand on one line under their heads; cells that hold sentences (names, chairs, quotations, sources)
// follow on lines of their own, so that a line is never cut. What comes from reports is made safe for a terminal. CSV is meant for
// spreadsheets and follows RFC 4180; JSON keeps the columns' names.
#include "report/rows.h"

#include <string.h>

#include "base/emit.h"
#include "report/width.h"

#define WIDEST_COLUMN 44
#define MARGIN "    "
#define MOST_TOLD 500       // sentences that are looked for again: a page for people has fewer

void rows_init(struct rows *rows, struct arena *arena)
{
    *rows = (struct rows){.arena = arena};
}

static struct slice kept(struct arena *arena, struct slice value)
{
    if (!value.at)
        return value;
    char *copy = arena_alloc(arena, value.len + 1);
    memcpy(copy, value.at, value.len);
    return slice_make(copy, value.len);
}

void rows_head(struct rows *rows, int count, const char *const *names)
{
    if (rows->names)
        return;
    rows->columns = count;
    rows->names = ARENA_ARRAY(rows->arena, const char *, (size_t)count);
    for (int i = 0; i < count; i++)
        rows->names[i] = kept(rows->arena, slice_from(names[i])).at;
}

void rows_add(struct rows *rows, int count, const char *const *names, const struct slice *values, const bool *is_number)
{
    rows_head(rows, count, names);
    for (int i = 0; i < rows->columns; i++) {
        struct rows_cell cell = {kept(rows->arena, values[i]), is_number[i]};
        vec_push(rows->arena, &rows->cells, cell);
    }
}

uint32_t rows_count(const struct rows *rows)
{
    return rows->columns ? rows->cells.count / (uint32_t)rows->columns : 0;
}

void rows_cut(struct rows *rows, uint32_t count)
{
    if (count < rows_count(rows))
        rows->cells.count = count * (uint32_t)rows->columns;
}

void rows_next(struct rows *rows)
{
    struct rows fresh = {.arena = rows->arena, .told = rows->told};
    *rows = fresh;
}

static const struct rows_cell *cell_at(const struct rows *rows, uint32_t row, int column)
{
    return &rows->cells.at[row * (uint32_t)rows->columns + (uint32_t)column];
}

void rows_take(const struct rows *rows, struct slice key, struct rows *ret_table)
{
    struct rows table = {.arena = rows->arena, .told = rows->told};
    table.columns = rows->columns > 1 ? rows->columns - 1 : 0;
    table.names = rows->names + 1;
    for (uint32_t row = 0; table.columns && row < rows_count(rows); row++)
        for (int i = 1; slice_eq(cell_at(rows, row, 0)->value, key) && i < rows->columns; i++)
            vec_push(rows->arena, &table.cells, *cell_at(rows, row, i));
    *ret_table = table;
}

// ---- text -----------------------------------------------------------------------------------------------------------------
// Leads to the sentence of one cell: for programs.
static bool is_hidden(const char *name)
{
    size_t len = strlen(name);
    return len > 7 && strcmp(name + len - 7, "_source") == 0;
}

static bool is_long(const char *name)
{
    static const char *const names[] = {"name", "chairs", "words", "source", "offices", "spellings", "machine", "disagree", "reason",
            "title",
                                        "topic", "subject", "concepts", "said", "before", "sentence", "deadlines", "how"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static uint32_t column_width(const struct rows *rows, int column)
{
    uint32_t widest = 0;
    for (uint32_t row = 0; row < rows_count(rows); row++) {
        uint32_t width = width_text(cell_at(rows, row, column)->value);
        if (cell_at(rows, row, column)->value.at && width > widest)
            widest = width;
    }
    uint32_t head = (uint32_t)strlen(rows->names[column]);
    widest = widest && widest < head ? head : widest;
    return widest < WIDEST_COLUMN ? widest : WIDEST_COLUMN;
}

static void pad(struct buf *out, uint32_t used, uint32_t wanted)
{
    for (; used < wanted; used++)
        buf_add_char(out, ' ');
}

static void tone(struct buf *out, bool colour, const char *code)
{
    if (colour)
        buf_add_text(out, code);
}

static struct slice cell_named(const struct rows *rows, uint32_t row, const char *name)
{
    for (int i = 0; i < rows->columns; i++)
        if (strcmp(rows->names[i], name) == 0)
            return cell_at(rows, row, i)->value;
    return (struct slice){NULL, 0};
}

// The first byte of a source "file:begin-end"; -1: none.
static int64_t first_byte(struct slice source)
{
    int64_t byte = -1;
    size_t colon = source.len;
    while (colon > 0 && source.at[colon - 1] != ':')
        colon--;
    struct slice span = slice_make(source.at + colon, source.len - colon);
    return colon && slice_to_int(slice_cut(&span, '-'), &byte) ? byte : -1;
}

// A piece of a line, with blanks for line ends; strong if it is what fired.
static void write_piece(struct buf *out, struct slice piece, bool strong, bool colour)
{
    if (!piece.len)
        return;
    tone(out, colour, strong ? "\033[0;1m" : "\033[2m");
    emit_plain(out, piece);
    tone(out, colour, "\033[0m");
}

// Whether the sentence of a row stands under another one already; that one's id. A row without an id is no place to lead to.
static bool is_told(struct rows *rows, struct slice source, struct slice id, struct slice *ret_where)
{
    for (uint32_t i = 0; source.at && i < rows->told.count; i++) {
        *ret_where = rows->told.at[i].id;
        if (slice_eq(rows->told.at[i].source, source))
            return !slice_eq(*ret_where, id);
    }
    struct rows_told told = {source, id};
    if (source.at && id.at && rows->told.count < MOST_TOLD)
        vec_push(rows->arena, &rows->told, told);
    return false;
}

// The sentence, wrapped, with the words that fired marked where there is colour; behind it where it stands. Each line is an isolate, so
// that words that run from right to left leave the page in order.
static void write_sentence(struct buf *out, struct rows *rows, uint32_t row, bool colour, uint32_t width)
{
    struct slice words = cell_named(rows, row, "words"), sentence = cell_named(rows, row, "sentence"), source = cell_named(rows, row,
            "sentence_source");
    int64_t fired = first_byte(cell_named(rows, row, "source")), begins = first_byte(source);
    if (!sentence.at) {
        sentence = words;
        source = cell_named(rows, row, "source");
    }
    struct slice where = {NULL, 0};
    if (!sentence.at && !source.at)
        return;
    if (is_told(rows, source, cell_named(rows, row, "id"), &where)) {
        buf_add_text(out, MARGIN);
        write_piece(out, slice_from("as under "), false, colour);
        write_piece(out, where, false, colour);
        buf_add_char(out, '\n');
        return;
    }
    const char *from = sentence.at, *strong = NULL, *strong_end = NULL;
    if (from && words.at && fired >= begins && begins >= 0 && (size_t)(fired - begins) + words.len <= sentence.len) {
        strong = from + (fired - begins);
        strong_end = strong + words.len;
    }
    buf_add_text(out, MARGIN);
    for (bool first = true; sentence.at && sentence.len; first = false) {
        struct slice line = width_line(&sentence, width > 24 ? width - 10 : 0);
        const char *end = line.at + line.len;
        const char *a = strong && strong > line.at ? strong < end ? strong : end : line.at;
        const char *b = strong_end && strong_end > a ? strong_end < end ? strong_end : end : a;
        buf_add_text(out, first ? "\u201C\u2068" : "\n" MARGIN " \u2068");
        write_piece(out, slice_make(line.at, (size_t)(a - line.at)), false, colour);
        write_piece(out, slice_make(a, (size_t)(b - a)), true, colour);
        write_piece(out, slice_make(b, (size_t)(end - b)), false, colour);
        buf_add_text(out, sentence.len ? "\u2069" : "\u2069\u201D ");
    }
    if (source.at)
        write_piece(out, source, false, colour);
    buf_add_char(out, '\n');
}

static void write_long_cells(struct buf *out, struct rows *rows, uint32_t row, bool colour, uint32_t width)
{
    static const char *const last[] = {"source", "words", "sentence"};
    for (int i = 0; i < rows->columns; i++) {
        struct slice value = cell_at(rows, row, i)->value;
        bool apart = false;
        for (size_t k = 0; k < sizeof last / sizeof *last; k++)
            apart |= strcmp(rows->names[i], last[k]) == 0;
        if (!value.at || !value.len || !is_long(rows->names[i]) || is_hidden(rows->names[i]) || apart)
            continue;
        uint32_t room = width > 24 ? width - 14 : 0;
        buf_addf(out, MARGIN "%-9s ", rows->names[i]);
        for (bool first = true; value.len; first = false) {
            if (!first)
                buf_add_text(out, MARGIN "          ");
            emit_plain(out, width_line(&value, room));
            buf_add_char(out, '\n');
        }
    }
    write_sentence(out, rows, row, colour, width);
}

void rows_text(struct buf *out, struct rows *rows, bool colour, uint32_t width)
{
    uint32_t *widths = ARENA_ARRAY(rows->arena, uint32_t, (size_t)rows->columns + 1);
    tone(out, colour, "\033[2m");
    for (int i = 0; i < rows->columns; i++) {
        widths[i] = is_long(rows->names[i]) || is_hidden(rows->names[i]) ? 0 : column_width(rows, i);
        if (widths[i] == 0)
            continue;
        buf_add_text(out, rows->names[i]);
        pad(out, (uint32_t)strlen(rows->names[i]), widths[i] + 2);
    }
    tone(out, colour, "\033[0m");
    buf_add_char(out, '\n');
    for (uint32_t row = 0; row < rows_count(rows); row++) {
        uint32_t used = 0, wanted = 0;
        for (int i = 0; i < rows->columns; i++) {
            if (widths[i] == 0)
                continue;
            struct slice value = cell_at(rows, row, i)->value;
            pad(out, used, wanted);
            used = used > wanted ? used : wanted;
            if (value.at) {
                emit_plain(out, value);
                used += width_text(value);
            }
            if (used > wanted + widths[i])
                used = wanted + widths[i];      // a longer cell moves the rest of its line
            wanted += widths[i] + 2;
        }
        buf_add_char(out, '\n');
        write_long_cells(out, rows, row, colour, width);
    }
}

// ---- JSON and CSV -----------------------------------------------------------------------------------------------------------
void rows_json(struct buf *out, const struct rows *rows)
{
    struct json json;
    emit_init(&json, out, true);
    emit_array(&json);
    for (uint32_t row = 0; row < rows_count(rows); row++) {
        emit_object(&json);
        for (int i = 0; i < rows->columns; i++) {
            const struct rows_cell *cell = cell_at(rows, row, i);
            emit_key(&json, rows->names[i]);
            if (!cell->value.at)
                emit_null(&json);
            else if (cell->is_number)
                emit_raw(&json, cell->value, false);    // as the register writes numbers, JSON does
            else
                emit_string(&json, cell->value);
        }
        emit_object_end(&json);
    }
    emit_array_end(&json);
}

void rows_csv(struct buf *out, const struct rows *rows)
{
    rows_csv_joined(out, rows, 1);
}

// Where a table has a column of this name; -1: nowhere.
static int column_of(const struct rows *rows, const char *name)
{
    for (int i = 0; i < rows->columns; i++)
        if (strcmp(rows->names[i], name) == 0)
            return i;
    return -1;
}

// The first table that has the column.
static bool is_new(const struct rows *tables, int table, int column)
{
    for (int i = 0; i < table; i++)
        if (column_of(&tables[i], tables[table].names[column]) >= 0)
            return false;
    return true;
}

static void csv_cell(struct buf *out, const struct rows_cell *cell)
{
    if (cell->is_number)
        buf_add(out, cell->value);
    else if (cell->value.at)
        emit_csv(out, cell->value);
}

void rows_csv_joined(struct buf *out, const struct rows *tables, int count)
{
    bool first = true;
    for (int t = 0; t < count; t++) {
        for (int i = 0; i < tables[t].columns; i++) {
            if (!is_new(tables, t, i))
                continue;
            if (!first)
                buf_add_char(out, ',');
            buf_add_text(out, tables[t].names[i]);
            first = false;
        }
    }
    buf_add_text(out, "\r\n");
    for (int of = 0; of < count; of++) {
        for (uint32_t row = 0; row < rows_count(&tables[of]); row++) {
            first = true;
            for (int t = 0; t < count; t++) {
                for (int i = 0; i < tables[t].columns; i++) {
                    if (!is_new(tables, t, i))
                        continue;
                    int column = column_of(&tables[of], tables[t].names[i]);
                    if (!first)
                        buf_add_char(out, ',');
                    if (column >= 0)
                        csv_cell(out, cell_at(&tables[of], row, column));
                    first = false;
                }
            }
            buf_add_text(out, "\r\n");
        }
    }
}
