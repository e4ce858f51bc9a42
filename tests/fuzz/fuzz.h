// SPDX-License-Identifier: MIT
// What a fuzzer of tests/fuzz gives: libFuzzer calls it (make fuzz), replay.c runs it over the corpus in each run of the tests. A broken
// promise ends the program (fuzz_check), as a crash does.
#ifndef KARAR_TESTS_FUZZ_H
#define KARAR_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define fuzz_check(promise) \
    do { \
        if (!(promise)) { \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #promise); \
            abort(); \
        } \
    } while (0)

// The part of the input up to the next newline, which is taken away with it; NUL-terminated copy, to be freed.
static inline char *fuzz_line(const uint8_t **bytes, size_t *len)
{
    size_t end = 0;
    while (end < *len && (*bytes)[end] != '\n')
        end++;
    char *line = malloc(end + 1);
    fuzz_check(line);
    for (size_t i = 0; i < end; i++)
        line[i] = (*bytes)[i] ? (char)(*bytes)[i] : ' ';
    line[end] = '\0';
    *bytes += end < *len ? end + 1 : end;
    *len -= end < *len ? end + 1 : end;
    return line;
}

#endif
