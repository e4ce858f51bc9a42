// SPDX-License-Identifier: MIT
// A small account for the tests of faults: reports as a reader reads them, read once and kept, and what of them a register confirmed.
#ifndef KARAR_TESTS_ACCOUNT_H
#define KARAR_TESTS_ACCOUNT_H

#include "base/buf.h"
#include "register/register.h"

#define ACCOUNT_REPORTS 16
#define ACCOUNT_GIVEN 12

struct account_report {
    struct buf bytes, json, annex;
};

struct account {
    struct account_report reports[ACCOUNT_REPORTS];    // the first ACCOUNT_GIVEN are to be added, others were met in a register
    int count;
    int given[ACCOUNT_REPORTS], first_given, given_count;
};

// What a register said that it stored.
struct told {
    char ids[ACCOUNT_REPORTS][13];
    int id_count, decision_count;
    int64_t decisions[ACCOUNT_REPORTS];
};

void account_read(struct account *account);
void account_finish(struct account *account);
// Adds a report, and notes that it was confirmed; `told` NULL: notes nothing.
enum status account_add(const struct account *account, struct registry *registry, int number, struct told *told);
enum status account_decide(struct registry *registry, enum decision_action action, const char *target, const char *field,
        const char *value,
                           struct told *told);
// What people say of one report's claims: one is added by words of the report, one corrected, one rejected.
enum status account_amend(const struct account *account, struct registry *registry, struct told *told);
// Rebuilds with the readings that are kept; differences are counted.
enum status account_rebuild(struct account *account, struct registry *registry, int *ret_differences, struct error *reterr_error);

#endif
