// SPDX-License-Identifier: MIT
// What a page shows: a tree of named values that templates name by their keys. All of it lives in the request's arena; texts are borrowed.
#ifndef KARAR_SERVE_VALUE_H
#define KARAR_SERVE_VALUE_H

#include "base/arena.h"

// An object holds named members; a list holds objects; anything else is text.
struct value {
    const char *key;            // within its object; NULL in a list
    struct slice text;
    bool is_object, is_list;
    uint32_t count;             // a list: how many
    struct value *first, *last, *next;
};

struct value *value_object(struct arena *arena);
// An empty text sets nothing: what is not there is not shown. Keys are not copied.
void value_set(struct arena *arena, struct value *object, const char *key, struct slice text);
void value_set_text(struct arena *arena, struct value *object, const char *key, const char *text);
void value_set_int(struct arena *arena, struct value *object, const char *key, int64_t number);
// One decimal: for places in pictures.
void value_set_tenths(struct arena *arena, struct value *object, const char *key, double number);
// The list of that name, made if it is not there.
struct value *value_list(struct arena *arena, struct value *object, const char *key);
// A new object at the end of a list.
struct value *value_add(struct arena *arena, struct value *list);
// The same row in another list, too; what is set on it afterwards is set there alone.
struct value *value_share(struct arena *arena, struct value *list, const struct value *row);
// Makes an object that has its key a member of another.
void value_adopt(struct value *object, struct value *member);
// The member of that name; NULL if there is none. To look for something in no object (NULL) finds nothing; what sets or adds wants one.
struct value *value_find(const struct value *object, const char *key);
// Its text; empty if there is none.
struct slice value_text(const struct value *object, const char *key);
int64_t value_int(const struct value *object, const char *key);     // 0 if it is no number

#endif
