// SPDX-License-Identifier: MIT
// JSON Lines: an object a line; one field of it is the report, others its title, date and address.
//
// simdjson reads the line (fields.h). Where it refuses, or a name stands twice, jansson is asked: it refuses invalid UTF-8, wrong escapes
// and deep nesting as well, and tells the byte. A line that is no object, or has no text, is named and left out; empty lines are nothing.
// A text that is markup is read as a page.
#include <jansson.h>

#include "door/fields.h"
#include "door/kinds.h"

// The first filled field of the line for each role.
struct roles {
    const struct door_options *options;
    struct slice values[FIELD_COUNT], names[FIELD_COUNT];
    bool doubled;               // one name, two values
};

static void take_field(void *user, const char *name, size_t name_len, const char *value, size_t value_len)
{
    struct roles *roles = user;
    struct slice named = slice_make(name, name_len);
    enum field field = field_of(roles->options, named);
    if (field == FIELD_COUNT)
        return;
    roles->doubled |= roles->names[field].at && slice_eq(roles->names[field], named);
    if (roles->values[field].len)
        return;
    roles->names[field] = named;
    roles->values[field] = slice_make(value, value_len);
}

// The slow way, which knows what is wrong: *ret_object keeps the strings.
static enum status ask_jansson(struct slice line, uint64_t begin, struct roles *roles, json_t **ret_object, struct error *error)
{
    json_error_t fault;
    const char *name;
    json_t *value;
    json_t *object = *ret_object = json_loadb(line.at, line.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &fault);
    if (!object) {
        size_t place = fault.position > 0 ? (size_t)fault.position : 0;
        error_set(error, STATUS_BAD_ENCODING, "no JSON: %.200s", fault.text);
        error->byte = begin + (place < line.len ? place : line.len);
        return STATUS_BAD_ENCODING;
    }
    if (!json_is_object(object))
        return door_fault(error, STATUS_BAD_ARGUMENT, begin, "no JSON object on this line");
    *roles = (struct roles){.options = roles->options};
    json_object_foreach(object, name, value) {
        if (json_is_string(value))
            take_field(roles, name, strlen(name), json_string_value(value), json_string_length(value));
    }
    return STATUS_OK;
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
    struct roles roles = {.options = &door->options};
    json_t *object = NULL;
    enum status status = STATUS_OK;
    if (!door->fields && !(door->fields = fields_new()))
        return door_fault(error, STATUS_NO_MEMORY, begin, "no memory for a line");
    if (!fields_read(door->fields, trimmed.at, trimmed.len, take_field, &roles) || roles.doubled)
        status = ask_jansson(trimmed, begin + (uint64_t)(trimmed.at - line.at), &roles, &object, error);
    if (!status && !roles.values[FIELD_TEXT].at)
        status = door_fault(error, STATUS_EMPTY, begin, "no text field on this line (--text-field names it)");
    if (!status) {
        enum door_kind kind = door_sniff(roles.values[FIELD_TEXT], &door->options);
        item->kind = kind == DOOR_PAGE ? DOOR_PAGE : DOOR_TEXT;
        status = door_fill(door, item, roles.values, begin, error);
    }
    json_decref(object);
    return status;
}
