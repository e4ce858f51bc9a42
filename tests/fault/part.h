// SPDX-License-Identifier: MIT
// Which calls are made to fail: in each run of the tests some; with KARAR_THOROUGH=1/1 every one, with 3/8 the third, the eleventh …, so
// that eight runs of an eighth each, on eight evenings, make up the whole (make faults).
#ifndef KARAR_TESTS_PART_H
#define KARAR_TESTS_PART_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct part {
    long first, step;
};

// Of so many calls; `quick`: how many the quick run has time for, of which `shift` (from 0 below 1) of a step is passed over first.
static inline struct part part_of(long calls, long quick, double shift)
{
    const char *told = getenv("KARAR_THOROUGH");
    struct part part = {1, calls / quick > 1 ? calls / quick : 1};
    if (told) {
        if (sscanf(told, "%ld/%ld", &part.first, &part.step) != 2 || part.first < 1 || part.first > part.step) {
            fprintf(stderr, "KARAR_THOROUGH=%s: a part is written 1/8\n", told);
            abort();
        }
    } else {
        part.first += (long)(shift * (double)part.step);
    }
    return part;
}

#endif
