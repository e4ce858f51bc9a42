// SPDX-License-Identifier: MIT
// Status codes by name, and filling in an error.
//
// An error is a fixed-size struct, so that reporting "no memory" needs none. A message that is too long is cut at a code point, never in
// the middle of one.
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// Drops an incomplete UTF-8 sequence at the end of a text that was cut off.
static void drop_partial_sequence(char *text)
{
    size_t len = strlen(text), start = len;
    while (start > 0 && len - start < 3 && ((unsigned char)text[start - 1] & 0xC0) == 0x80) start--;
    if (start == 0) return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (len - start + 1 < need) text[start - 1] = '\0';
}

enum status error_set(struct error *error, enum status status, const char *format, ...)
{
    if (!error) return status;
    va_list arguments;
    va_start(arguments, format);
    error->status = status;
    error->file[0] = '\0';
    error->line = error->column = 0;
    error->byte = UINT64_MAX;
    int len = vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    if (len < 0) error->text[0] = '\0';
    if (len >= (int)sizeof error->text) drop_partial_sequence(error->text);
    return status;
}

const char *status_name(enum status status)
{
    switch (status) {
    case STATUS_OK: return "ok";
    case STATUS_NO_MEMORY: return "no memory";
    case STATUS_LIMIT: return "limit passed";
    case STATUS_IO: return "input or output failed";
    case STATUS_BAD_ENCODING: return "bad encoding";
    case STATUS_BINARY: return "not a text";
    case STATUS_EMPTY: return "empty";
    case STATUS_BAD_PACK: return "bad language pack";
    case STATUS_NOT_FOUND: return "not found";
    case STATUS_BAD_ARGUMENT: return "bad argument";
    case STATUS_NO_LANGUAGE: return "unknown language";
    }
    return "unknown status";
}
