// SPDX-License-Identifier: MIT
// simdjson behind a C face: the text fields of a JSON object. Several times as fast as a parser that makes a tree of its own.
#ifndef KARAR_DOOR_FIELDS_H
#define KARAR_DOOR_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct fields;

// NULL: no memory. One reads one line at a time, and keeps its room for the next.
struct fields *fields_new(void);
void fields_free(struct fields *fields);

// A member of the object whose value is a string, lengths in bytes; both last until the next line is read, neither is NULL.
typedef void (*fields_visitor)(void *user, const char *name, size_t name_len, const char *value, size_t value_len);
// Visits them in the order of the line. False, and nothing is visited: the line is no JSON, no object, or memory ran out.
bool fields_read(struct fields *fields, const char *line, size_t len, fields_visitor visit, void *user);

#ifdef __cplusplus
}
#endif

#endif
