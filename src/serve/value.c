// SPDX-License-Identifier: MIT
// The tree of values behind a page: objects of a dozen members, lists of some hundred rows.
//
// A page's tree is made once, read once by its template, and gone with the request.
// Members are kept in the order in which they were set and found by comparing names: an object is small, and a row is looked at once.
#include "serve/value.h"

#include <math.h>

#include "base/emit.h"

struct value *value_object(struct arena *arena)
{
    struct value *object = ARENA_NEW(arena, struct value);
    object->is_object = true;
    return object;
}

void value_adopt(struct value *object, struct value *member)
{
    if (object->last)
        object->last->next = member;
    else
        object->first = member;
    object->last = member;
    member->next = NULL;
    object->count++;
}

static struct value *append(struct arena *arena, struct value *parent)
{
    struct value *child = ARENA_NEW(arena, struct value);
    value_adopt(parent, child);
    return child;
}

struct value *value_find(const struct value *object, const char *key)
{
    for (struct value *member = object ? object->first : NULL; member; member = member->next)
        if (member->key && strcmp(member->key, key) == 0)
            return member;
    return NULL;
}

void value_set(struct arena *arena, struct value *object, const char *key, struct slice text)
{
    struct value *member = value_find(object, key);
    if (!member && text.len == 0)
        return;
    if (!member) {
        member = append(arena, object);
        member->key = key;
    }
    member->text = text;
}

void value_set_text(struct arena *arena, struct value *object, const char *key, const char *text)
{
    value_set(arena, object, key, slice_from(text));
}

void value_set_int(struct arena *arena, struct value *object, const char *key, int64_t number)
{
    value_set(arena, object, key, arena_format(arena, "%lld", (long long)number));
}

void value_set_tenths(struct arena *arena, struct value *object, const char *key, double number)
{
    char text[48], *end = text;     // by hand: pictures have hundreds, and printf of a double is slow
    int64_t tenths = llround(number * 10);
    if (tenths < 0)
        *end++ = '-';
    uint64_t size = (uint64_t)(tenths < 0 ? -tenths : tenths);
    end = emit_number(end, size / 10);
    *end++ = '.';
    end = emit_number(end, size % 10);
    value_set(arena, object, key, arena_copy(arena, slice_make(text, (size_t)(end - text))));
}

struct value *value_list(struct arena *arena, struct value *object, const char *key)
{
    struct value *list = value_find(object, key);
    if (!list) {
        list = append(arena, object);
        list->key = key;
        list->is_list = true;
    }
    return list;
}

struct value *value_add(struct arena *arena, struct value *list)
{
    struct value *object = append(arena, list);
    object->is_object = true;
    return object;
}

struct value *value_share(struct arena *arena, struct value *list, const struct value *row)
{
    struct value *copy = value_add(arena, list);
    for (const struct value *member = row->first; member; member = member->next) {
        struct value *same = append(arena, copy);
        *same = *member;
        same->next = NULL;
    }
    return copy;
}

struct slice value_text(const struct value *object, const char *key)
{
    const struct value *member = value_find(object, key);
    return member ? member->text : SLICE("");
}

int64_t value_int(const struct value *object, const char *key)
{
    int64_t number = 0;
    return slice_to_int(value_text(object, key), &number) ? number : 0;
}
