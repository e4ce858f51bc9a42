// SPDX-License-Identifier: MIT
// Escaped output into a buffer: JSON with commas and indentation kept by the writer, and text that is safe on a terminal.
#ifndef KARAR_BASE_EMIT_H
#define KARAR_BASE_EMIT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"

#define JSON_MAX_DEPTH 32

struct json {
    struct buf *out;
    int depth;
    bool pretty;                    // two blanks a level and line ends; else one line
    uint32_t filled;                // bit per level: something was written there
    bool after_key;
};

void emit_init(struct json *json, struct buf *out, bool pretty);
void emit_object(struct json *json);
void emit_object_end(struct json *json);
void emit_array(struct json *json);
void emit_array_end(struct json *json);
// Room for a key of `len` bytes with its quotes and colon, behind the comma that it needs; NULL when the buffer has failed.
char *emit_key_room(struct json *json, size_t len);
// Plain ASCII of our own: nothing to escape. Keys make up half of a record, and most are literals, whose length is known here.
ALWAYS_INLINE void emit_key(struct json *json, const char *key)
{
    size_t len = strlen(key);
    char *at = emit_key_room(json, len);
    if (!at)
        return;
    at[0] = '"';
    memcpy(at + 1, key, len);
    at[len + 1] = '"';
    at[len + 2] = ':';
}
void emit_string(struct json *json, struct slice value);  // UTF-8; invalid bytes become U+FFFD; {NULL,0} writes ""
void emit_text(struct json *json, const char *value);     // NULL writes null
void emit_int(struct json *json, int64_t value);
// JSON that the caller has put together. `goes_on`: what is written next belongs to it, and needs no comma.
void emit_raw(struct json *json, struct slice bytes, bool goes_on);
void emit_bool(struct json *json, bool value);
void emit_null(struct json *json);

// The digits of a number, at most EMIT_NUMBER_MAX; returns their end.
#define EMIT_NUMBER_MAX 20
char *emit_number(char *at, uint64_t value);

// Text for a terminal: C0, C1 and bidirectional controls become U+FFFD, line ends and tabs a blank.
void emit_plain(struct buf *out, struct slice text);

// A cell of CSV (RFC 4180), quoted where it must be; line ends and tabs become blanks, so that a row is a line. Text that a spreadsheet
// would take for a formula gets an apostrophe before it.
void emit_csv(struct buf *out, struct slice text);

#endif
