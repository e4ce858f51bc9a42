// SPDX-License-Identifier: MIT
// Escaped output into a buffer: JSON with commas and indentation kept by the writer, and text that is safe on a terminal.
#ifndef KARAR_BASE_EMIT_H
#define KARAR_BASE_EMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

#define JSON_MAX_DEPTH 32

struct json {
    struct buf *out;
    int depth;
    bool pretty;                    // two blanks a level and line ends; else one line
    bool filled[JSON_MAX_DEPTH];    // something was written at this level
    bool after_key;
};

void json_init(struct json *json, struct buf *out, bool pretty);
void json_object(struct json *json);
void json_object_end(struct json *json);
void json_array(struct json *json);
void json_array_end(struct json *json);
void json_key(struct json *json, const char *key);
void json_string(struct json *json, struct slice value);  // UTF-8; invalid bytes become U+FFFD; {NULL,0} writes ""
void json_text(struct json *json, const char *value);     // NULL writes null
void json_int(struct json *json, int64_t value);
void json_bool(struct json *json, bool value);
void json_null(struct json *json);

// Text for a terminal: C0, C1 and bidirectional controls become U+FFFD, line ends and tabs a blank.
void emit_plain(struct buf *out, struct slice text);

// A cell of CSV (RFC 4180), quoted where it must be; line ends and tabs become blanks, so that a row is a line. Text that a spreadsheet
// would take for a formula gets an apostrophe before it.
void emit_csv(struct buf *out, struct slice text);

#endif
