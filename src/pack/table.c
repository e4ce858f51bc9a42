// SPDX-License-Identifier: MIT
// The readers of a pack's text files: lines, cells, "key = value", faults.
//
// A file is checked and brought to NFC once, as a whole; from then on lines and cells are slices of it, so that a fault's column can be
// counted from a pointer into the line. Counting is done only when there is a fault. Line ends may be LF or CR LF; a byte order mark
// at the begin is skipped. Faults are collected up to a maximum: whoever repairs a pack sees all of them at once.
#include "pack/table.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "unicode/normal.h"
#include "unicode/utf8.h"

#define FAULT_TEXT_SIZE 400

static void add_fault(struct arena *arena, pack_fault_vec *faults, struct pack_fault fault)
{
    if (faults->count > PACK_MAX_FAULTS)
        return;
    if (faults->count == PACK_MAX_FAULTS)
        fault.text = SLICE("more faults follow and are not listed");
    vec_push(arena, faults, fault);
}

static struct slice format_fault(struct arena *arena, const char *format, va_list arguments)
{
    char text[FAULT_TEXT_SIZE];
    int len = vsnprintf(text, sizeof text, format, arguments);
    struct slice cut = slice_make(text, len < 0 ? 0 : (size_t)len < sizeof text ? (size_t)len : sizeof text - 1);
    cut.len = utf8_valid_prefix(cut);
    return arena_copy(arena, cut);
}

void reader_fault(struct reader *reader, const char *at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice text = format_fault(reader->arena, format, arguments);
    va_end(arguments);
    uint32_t column = 1;
    if (at != NULL && reader->line_at != NULL && at >= reader->line_at)
        column += (uint32_t)utf8_count(slice_make(reader->line_at, (size_t)(at - reader->line_at)));
    add_fault(reader->arena, reader->faults, (struct pack_fault){reader->file, reader->line, column, text});
}

void file_fault(struct arena *arena, pack_fault_vec *faults, struct slice file, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice text = format_fault(arena, format, arguments);
    va_end(arguments);
    add_fault(arena, faults, (struct pack_fault){file, 0, 0, text});
}

void reader_init(struct reader *reader, struct arena *arena, pack_fault_vec *faults, const struct pack_file *file)
{
    *reader = (struct reader){.arena = arena, .faults = faults, .file = file->path, .text = file->bytes};
    if (file->bytes.len > PACK_MAX_FILE_BYTES) {
        file_fault(arena, faults, file->path, "expected at most %u bytes", PACK_MAX_FILE_BYTES);
        reader->text.len = 0;
    }
    size_t valid = utf8_valid_prefix(reader->text);
    if (valid < reader->text.len) {
        const char *at = reader->text.at;
        size_t begin = 0;
        reader->line = 1;
        for (const char *end; (end = memchr(at + begin, '\n', valid - begin)) != NULL; begin = (size_t)(end - at) + 1)
            reader->line++;
        reader->line_at = at + begin;
        reader_fault(reader, at + valid, "expected UTF-8, found byte 0x%02X", (unsigned char)at[valid]);
        reader->text.len = begin;
        reader->line = 0;
    }
    if (slice_starts(reader->text, SLICE("\xEF\xBB\xBF")))
        reader->text = slice_make(reader->text.at + 3, reader->text.len - 3);
    struct offset_map unused = {0};
    normal_nfc(arena, reader->text, &reader->text, &unused);
}

bool reader_line(struct reader *reader, struct slice *ret_line)
{
    while (reader->next < reader->text.len) {
        const char *begin = reader->text.at + reader->next;
        size_t left = reader->text.len - reader->next;
        const char *end = memchr(begin, '\n', left);
        size_t len = end != NULL ? (size_t)(end - begin) : left;
        reader->next += end != NULL ? len + 1 : len;
        reader->line++;
        reader->line_at = begin;
        if (len > 0 && begin[len - 1] == '\r')
            len--;
        if (len == 0 || begin[0] == '#' || slice_trim(slice_make(begin, len)).len == 0)
            continue;
        *ret_line = slice_make(begin, len);
        return true;
    }
    return false;
}

static uint32_t column_count(const char *const *columns)
{
    uint32_t count = 0;
    while (columns[count] != NULL)
        count++;
    assert(count <= TABLE_MAX_COLUMNS);
    return count;
}

// Like slice_trim, but an empty cell still points to its place.
static struct slice trim_cell(const char *begin, const char *end)
{
    while (begin < end && (*begin == ' ' || *begin == '\t'))
        begin++;
    while (end > begin && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    return slice_make(begin, (size_t)(end - begin));
}

// Splits a line at its tabs; returns how many cells there are, of which at most `maximum` are stored.
static uint32_t split_cells(struct slice line, uint32_t maximum, struct slice *cells)
{
    const char *at = line.at, *end = line.at + line.len;
    for (uint32_t count = 0;;) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        if (count < maximum)
            cells[count] = trim_cell(at, tab != NULL ? tab : end);
        count++;
        if (tab == NULL)
            return count;
        at = tab + 1;
    }
}

bool table_open(struct reader *reader, const char *const *columns)
{
    struct slice line, cells[TABLE_MAX_COLUMNS];
    if (!reader_line(reader, &line)) {
        file_fault(reader->arena, reader->faults, reader->file, "expected a header row that begins with the column `%s`", columns[0]);
        return false;
    }
    uint32_t wanted = column_count(columns), found = split_cells(line, TABLE_MAX_COLUMNS, cells);
    for (uint32_t i = 0; i < wanted; i++) {
        if (i >= found) {
            reader_fault(reader, line.at + line.len, "expected the column `%s`, found the header's end", columns[i]);
            return false;
        }
        if (!slice_is(cells[i], columns[i])) {
            reader_fault(reader, cells[i].at, "expected the column `%s`, found `%.*s`", columns[i], SLICE_FORMAT(cells[i]));
            return false;
        }
    }
    if (found > wanted)
        reader_fault(reader, wanted < TABLE_MAX_COLUMNS ? cells[wanted].at : NULL, "expected %u columns, found %u", wanted, found);
    return found == wanted;
}

bool table_row(struct reader *reader, const char *const *columns, uint32_t least, struct slice cells[TABLE_MAX_COLUMNS])
{
    uint32_t wanted = column_count(columns);
    assert(least <= wanted);
    struct slice line;
    while (reader_line(reader, &line)) {
        uint32_t found = split_cells(line, wanted, cells);
        if (found >= least && found <= wanted) {
            for (uint32_t i = found; i < wanted; i++)
                cells[i] = slice_make(line.at + line.len, 0);
            return true;
        }
        reader_fault(reader, NULL, "expected %u cells separated by tabs (%s … %s), found %u", wanted, columns[0],
                     columns[wanted - 1], found);
    }
    return false;
}

bool reader_key_value(struct reader *reader, struct slice line, struct slice *ret_key, struct slice *ret_value)
{
    const char *equals = memchr(line.at, '=', line.len);
    if (equals == NULL) {
        reader_fault(reader, line.at, "expected `key = value`");
        return false;
    }
    *ret_key = trim_cell(line.at, equals);
    *ret_value = trim_cell(equals + 1, line.at + line.len);
    return true;
}
