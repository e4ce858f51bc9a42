// SPDX-License-Identifier: MIT
// Status codes and the error that carries their detail. 0 is success; failures are negative, few and expected.
#ifndef KARAR_BASE_STATUS_H
#define KARAR_BASE_STATUS_H

#include <stdint.h>

enum status {
    STATUS_OK = 0,
    STATUS_NO_MEMORY = -1,  // the allocator gave nothing
    STATUS_LIMIT = -2,      // a named maximum was passed
    STATUS_IO = -3,         // the operating system refused; `text` says why
    STATUS_BAD_ENCODING = -4, // bytes are no text in a known encoding
    STATUS_BINARY = -5,     // NUL bytes or control characters: not a text
    STATUS_EMPTY = -6,      // no text at all
    STATUS_BAD_PACK = -7,   // a language pack has a fault
    STATUS_NOT_FOUND = -8,
    STATUS_BAD_ARGUMENT = -9,
    STATUS_NO_LANGUAGE = -10, // no pack reads the text's language
};

// The detail of a failure. `line` and `column` count from 1, 0 = unknown; `byte` is an offset from 0, UINT64_MAX = unknown.
struct error {
    enum status status;
    char file[512];
    uint32_t line;
    uint32_t column;
    uint64_t byte;
    char text[512];
};

// Fills *error (which may be NULL) and returns `status`, so that a caller can write `return error_set(…)`.
__attribute__((format(printf, 3, 4)))
enum status error_set(struct error *error, enum status status, const char *format, ...);

// A word or two for the status, for messages: "no memory", "limit passed".
const char *status_name(enum status status);

#endif
