// SPDX-License-Identifier: MIT
// What a call of the library wrote, gathered into one text.
#ifndef KARAR_TESTS_FUZZ_ANSWER_H
#define KARAR_TESTS_FUZZ_ANSWER_H

#include <jansson.h>
#include <string.h>

#include "fuzz.h"

struct answer {
    char *at;       // NUL-terminated, to be freed; NULL: nothing was written
    size_t len;
};

// A karar_write over a struct answer.
static inline int answer_gather(void *user, const char *bytes, size_t len)
{
    struct answer *answer = user;
    answer->at = realloc(answer->at, answer->len + len + 1);
    fuzz_check(answer->at);
    memcpy(answer->at + answer->len, bytes, len);
    answer->len += len;
    answer->at[answer->len] = '\0';
    return 0;
}

// Promise: what is written as JSON is JSON.
static inline void answer_check_json(const struct answer *answer)
{
    if (answer->len) {
        json_t *value = json_loadb(answer->at, answer->len, JSON_DECODE_ANY, NULL);
        fuzz_check(value);
        json_decref(value);
    }
}

#endif
