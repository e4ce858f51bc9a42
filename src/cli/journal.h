// SPDX-License-Identifier: MIT
// How far a long run has come, on the disk, so that it can go on after a kill.
#ifndef KARAR_CLI_JOURNAL_H
#define KARAR_CLI_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

// All documents up to this point are in the output, and nothing of a later one within the two lengths.
struct journal {
    uint64_t run;               // hash of inputs and options: another run's journal is not gone on with
    uint64_t input, documents;  // inputs wholly read, and documents of the next
    uint64_t output, errors;    // bytes
};

bool journal_read(const char *path, struct journal *ret_journal);
// Output and errors are forced to the disk first. False: errno tells.
bool journal_write(const char *path, const struct journal *journal, FILE *output, FILE *errors);

#endif
