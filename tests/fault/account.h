// SPDX-License-Identifier: MIT
// A small account for the tests of faults: reports as a reader reads them, read once and kept, what of them a register confirmed, and what
// must hold of a register afterwards.
#ifndef KARAR_TESTS_ACCOUNT_H
#define KARAR_TESTS_ACCOUNT_H

#include "base/buf.h"
#include "disk.h"
#include "register/register.h"

#define ACCOUNT_FILE "register.db"
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

// A register of the first reports and its decisions, as `karar export --as register` writes it; it is read from a disk.
void account_lines(struct disk *mounted, const struct disk *from, struct buf *ret_lines);
// Imports such lines with the readings that are kept, and notes that the reports were confirmed (`told` NULL: not).
enum status account_import(struct account *account, struct registry *registry, struct slice lines, struct told *told);

// A register is opened, or the test fails.
struct registry *account_open(const char *name, bool makes);
// A merge, an edit, and the undoing of the last.
enum status account_decide_some(struct registry *registry, struct told *told);
// Makes a register of the first reports on the mounted disk; `decide` (NULL: nothing) decides in it; then the disk is copied.
void account_fill(const struct account *account, struct disk *mounted, struct disk *ret_filled, int reports,
        void (*decide)(struct registry *registry));
// Puts a file of an older version, as it lies in tests/data, on a disk.
void account_put_old(struct disk *disk, int version);
// In how many rows today's reader differs from the records that a disk's old file keeps, nothing having failed.
int account_rereads(struct account *account, struct disk *mounted, const struct disk *from);
// `verify` finds no fault and so many documents, and a rebuild so many differences.
void account_check(struct account *account, struct registry *registry, int64_t documents, int differences, const char *what);
// The readings of a report that is kept.
struct registry_reading account_reading(const struct account_report *report);

#endif
