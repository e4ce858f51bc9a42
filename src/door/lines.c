// SPDX-License-Identifier: MIT
// JSON Lines: an object a line; one field of it is the report, others its title, date and address.
//
// jansson parses: it refuses invalid UTF-8, wrong escapes and deep nesting, and tells the byte. A line that is no object, or has no text,
// is named and left out; empty lines are nothing. A text that is markup is read as a page.
#include <jansson.h>

#include "door/kinds.h"

static struct slice string_of(const json_t *value)
{
    return json_is_string(value) ? slice_make(json_string_value(value), json_string_length(value)) : (struct slice){NULL, 0};
}

// The first field of the object for each role, in the order of the line.
static void find_fields(const struct door *door, json_t *object, struct slice values[FIELD_COUNT])
{
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value) {
        enum field field = field_of(&door->options, slice_from(name));
        if (field < FIELD_COUNT && !values[field].len)
            values[field] = string_of(value);
    }
}

enum status lines_next(struct door *door, struct door_item *item, struct error *error)
{
    struct slice line, trimmed;
    uint64_t begin;
    do {
        begin = stream_position(door->stream);
        enum status status = door_line(door, &line, error);
        if (status)
            return status;
        stream_take(door->stream, line.len);
        trimmed = slice_trim(line);
    } while (!trimmed.len);
    if (begin == 0 && slice_starts(trimmed, SLICE("\xEF\xBB\xBF")))
        trimmed = slice_make(trimmed.at + 3, trimmed.len - 3);
    door->number++;
    json_error_t fault;
    json_t *object = json_loadb(trimmed.at, trimmed.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &fault);
    if (!object) {
        door_fault(error, STATUS_BAD_ENCODING, begin, "");
        size_t place = fault.position > 0 ? (size_t)fault.position : 0;
        error_set(error, STATUS_BAD_ENCODING, "no JSON: %.200s", fault.text);
        error->byte = begin + (size_t)(trimmed.at - line.at) + (place < trimmed.len ? place : trimmed.len);
        return STATUS_BAD_ENCODING;
    }
    struct slice values[FIELD_COUNT] = {{NULL, 0}};
    enum status status = STATUS_OK;
    if (!json_is_object(object))
        status = door_fault(error, STATUS_BAD_ARGUMENT, begin, "no JSON object on this line");
    else
        find_fields(door, object, values);
    if (!status && !values[FIELD_TEXT].at)
        status = door_fault(error, STATUS_EMPTY, begin, "no text field on this line (--text-field names it)");
    if (!status) {
        enum door_kind kind = door_sniff(values[FIELD_TEXT], &door->options);
        item->kind = kind == DOOR_PAGE ? DOOR_PAGE : DOOR_TEXT;
        status = door_fill(door, item, values, begin, error);
    }
    json_decref(object);
    return status;
}
