// SPDX-License-Identifier: MIT
// The journal is one line of numbers in a file of its own, replaced as a whole (written beside it, then renamed), after the output that it
// speaks of has reached the disk. Whoever kills the program between two journals loses no document: the output is cut back to the length
// in the journal, and the documents behind it are read again.
#include "cli/journal.h"

#include <inttypes.h>
#include <limits.h>
#include <unistd.h>

bool journal_read(const char *path, struct journal *ret_journal)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    struct journal journal;
    int found = fscanf(file, "karar-code 1 %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64, &journal.run, &journal.input,
                       &journal.documents, &journal.output, &journal.errors);
    fclose(file);
    if (found == 5)
        *ret_journal = journal;
    return found == 5;
}

static bool flush(FILE *file)
{
    return !file || (fflush(file) == 0 && fdatasync(fileno(file)) == 0);
}

bool journal_write(const char *path, const struct journal *journal, FILE *output, FILE *errors)
{
    char beside[PATH_MAX];
    if (!flush(output) || !flush(errors) || snprintf(beside, sizeof beside, "%s.new", path) >= (int)sizeof beside)
        return false;
    FILE *file = fopen(beside, "we");
    if (!file)
        return false;
    fprintf(file, "karar-code 1 %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", journal->run, journal->input,
            journal->documents, journal->output, journal->errors);
    bool written = flush(file);
    return (fclose(file) == 0) & written && rename(beside, path) == 0;
}
