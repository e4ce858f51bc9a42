// SPDX-License-Identifier: MIT
// The doors behind door.h: each takes the next document out of a stream, with the same promises as door_next.
#ifndef KARAR_DOOR_KINDS_H
#define KARAR_DOOR_KINDS_H

#include "door/door.h"
#include "door/stream.h"

enum field { FIELD_TEXT, FIELD_TITLE, FIELD_DATE, FIELD_URL, FIELD_COUNT };
#define TABLE_MAX_COLUMNS 256

struct door {
    struct stream *stream;
    enum door_kind kind;
    const char *path;
    struct door_options options;
    uint64_t number;            // documents begun, from 1
    bool ended;                 // nothing more comes; what ended it has been told
    bool told;                  // the stream's own fault
    char separator;             // table: between cells
    int columns[FIELD_COUNT];   // table: -1 none
    struct fields *fields;      // JSON Lines: NULL until the first
};

// The field that a name stands for, FIELD_COUNT if none: what the options say, else the usual names.
enum field field_of(const struct door_options *options, struct slice name);
// Copies into the item's storage and sets its slices. Any of the values may be empty. `uri` empty: path#number.
enum status door_fill(struct door *door, struct door_item *item, const struct slice values[FIELD_COUNT], uint64_t byte,
        struct error *error);
// Names what was left out.
enum status door_fault(struct error *error, enum status status, uint64_t byte, const char *text);
// The end of the stream, or what broke it (told once).
enum status door_end(struct door *door, struct error *error);
// A line with its line end, at most DOOR_MAX_DOCUMENT long. Longer ones are passed over: STATUS_LIMIT.
enum status door_line(struct door *door, struct slice *ret_line, struct error *error);

enum status lines_next(struct door *door, struct door_item *item, struct error *error);
enum status table_next(struct door *door, struct door_item *item, struct error *error);
enum status archive_next(struct door *door, struct door_item *item, struct error *error);
enum status mailbox_next(struct door *door, struct door_item *item, struct error *error);
// Whether a mailbox begins here.
bool mailbox_head(struct slice head);
// Whether a first line names the text column of a table; sets *ret_separator.
bool table_head(struct slice line, const struct door_options *options, char *ret_separator);

#endif
