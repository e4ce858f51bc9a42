// SPDX-License-Identifier: MIT
// The JSON body of a request as named texts. jansson parses: it refuses what is no UTF-8, is nested too deep or says a name twice.
//
// jansson's memory is its own, and the request's arena may unwind: so all is copied into the request's buffer first, jansson's object given
// back, and only then named in the arena. This file does not write JSON: jansson's names and ours overlap.
#include <jansson.h>

#include "serve/api.h"

#define MAX_MEMBERS 32

static bool refuse(struct answer *answer, const char *text)
{
    api_error_text(answer, 400, text);
    return false;
}

bool api_parse_body(struct request *request, struct answer *answer)
{
    json_error_t fault;
    json_t *object = json_loadb(request->body.at ? request->body.at : "", request->body.len, JSON_REJECT_DUPLICATES, &fault), *value;
    const char *name, *wrong = NULL;
    if (!object)
        return refuse(answer, arena_format(request->arena, "the body is no JSON at byte %d: %s", fault.position, fault.text).at);
    if (!json_is_object(object) || json_object_size(object) > MAX_MEMBERS) {
        json_decref(object);
        return refuse(answer, "the body must be a JSON object of at most 32 members");
    }
    // The arena may unwind while jansson holds memory: all room is taken first, then the object is given back.
    size_t room = 0, count = json_object_size(object);
    json_object_foreach(object, name, value)
        room += strlen(name) + 1 + (json_is_string(value) ? json_string_length(value) + 1 : 0);
    struct buf texts;
    buf_init(&texts, room + 1);
    size_t lengths[MAX_MEMBERS][2] = {{0}}, members = 0;
    json_object_foreach(object, name, value) {
        if (json_is_null(value))
            continue;
        if (!json_is_string(value)) {
            wrong = "every member of the body must be text or null";
            break;
        }
        lengths[members][0] = strlen(name);
        lengths[members++][1] = json_string_length(value);
        buf_add(&texts, slice_make(name, strlen(name)));
        buf_add(&texts, slice_make(json_string_value(value), json_string_length(value)));
    }
    json_decref(object);
    // The request's buffer is freed with it, whatever unwinds.
    buf_clear(&request->rows);
    buf_add(&request->rows, buf_slice(&texts));
    bool failed = texts.failed || request->rows.failed;
    buf_finish(&texts);
    if (wrong || failed || members > count)
        return refuse(answer, wrong ? wrong : "the body is too large");
    struct slice all = arena_copy(request->arena, buf_slice(&request->rows));
    size_t at = 0;
    for (size_t i = 0; i < members; i++) {
        struct slice key = slice_make(all.at + at, lengths[i][0]), text = slice_make(all.at + at + lengths[i][0], lengths[i][1]);
        vec_push(request->arena, &request->form, ((struct parameter){key, text}));
        at += lengths[i][0] + lengths[i][1];
    }
    return true;
}
