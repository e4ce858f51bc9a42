// SPDX-License-Identifier: MIT
// The register on a disk that fails: each call that SQLite makes of it in turn fails once, does half of what was asked, finds the disk
// full, or is the last before the disk dies, the process is killed or the power is cut; during the making of a register, adding,
// deciding, rebuilding and the upgrade of an old file. After each the register verifies clean, has every report and decision that was
// confirmed, and what is derived is what they give.
//
// The quick run tries a few calls of each; KARAR_THOROUGH tries every one (part.h).
#include "disk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <cmocka.h>

#include "account.h"
#include "part.h"
#include "register/store.h"

#define QUICK_CALLS 2

// What comes after the failure.
enum after { AFTER_KILL, AFTER_POWER_CUT, AFTERS };

struct trial {
    struct disk disk, empty, filled, old[2];     // old: of version 2 and 3
    struct account account;
    struct buf lines;           // the filled register as it is exported
    int rereads;                // differences that a rebuild finds though nothing failed
};

// A piece of work over an open register; the status of the first thing that failed.
struct scenario {
    const char *name;
    bool makes;
    int upgrades;       // from that version; 0: does not
    const struct disk *(*from)(const struct trial *trial);
    enum status (*work)(struct trial *trial, struct registry *registry, struct told *told);
};

static enum status add_two(struct trial *trial, struct registry *registry, struct told *told)
{
    enum status first = account_add(&trial->account, registry, 6, told), second = account_add(&trial->account, registry, 7, told);
    return first ? first : second;
}

static enum status decide_some(struct trial *trial, struct registry *registry, struct told *told)
{
    (void)trial;
    return account_decide_some(registry, told);
}

static enum status amend_some(struct trial *trial, struct registry *registry, struct told *told)
{
    return account_amend(&trial->account, registry, told);
}

static enum status rebuild_it(struct trial *trial, struct registry *registry, struct told *told)
{
    int differences;
    struct error error;
    (void)told;
    enum status status = account_rebuild(&trial->account, registry, &differences, &error);
    if (status)
        assert_true(error.text[0]);
    else
        assert_int_equal(differences, 0);
    return status;
}

static enum status import_it(struct trial *trial, struct registry *registry, struct told *told)
{
    return account_import(&trial->account, registry, buf_slice(&trial->lines), told);
}

static enum status only_open(struct trial *trial, struct registry *registry, struct told *told)
{
    (void)trial, (void)registry, (void)told;
    return STATUS_OK;
}

static const struct disk *from_empty(const struct trial *trial)
{
    return &trial->empty;
}

static const struct disk *from_filled(const struct trial *trial)
{
    return &trial->filled;
}

static const struct disk *from_old(const struct trial *trial)
{
    return &trial->old[0];
}

static const struct disk *from_newer(const struct trial *trial)
{
    return &trial->old[1];
}

static const struct scenario scenarios[] = {
    {"make", true, 0, from_empty, add_two},        {"add", false, 0, from_filled, add_two},      {"decide", false, 0, from_filled,
            decide_some},
    {"amend", false, 0, from_filled, amend_some},  {"rebuild", false, 0, from_filled, rebuild_it}, {"upgrade", false, 2, from_old,
            only_open},
    {"upgrade of version 3", false, 3, from_newer, only_open}, {"import", true, 0, from_empty, import_it},
};

static enum status run(struct trial *trial, const struct scenario *scenario, struct told *told)
{
    struct registry *registry = NULL;
    struct error error = {.text = ""};
    enum status status = registry_open(ACCOUNT_FILE, scenario->makes, &registry, &error);
    if (status) {
        assert_true(error.text[0]);
        return status;
    }
    status = scenario->work(trial, registry, told);
    if (status && (trial->disk.fault == DISK_ONCE || trial->disk.fault == DISK_SHORT)) {    // the same process goes on
        struct registry_verified verified;
        if (registry_verify(registry, NULL, NULL, &verified, &error) || verified.faults)
            fail_msg("%s: call %lld: who goes on finds no whole register: %s", scenario->name, (long long)trial->disk.fail_at,
                    error.text);
        if (account_add(&trial->account, registry, 8, told))
            fail_msg("%s: call %lld: who goes on can add no report", scenario->name, (long long)trial->disk.fail_at);
    }
    registry_close(registry);
    return status;
}

// ---- what must hold ----------------------------------------------------------------------------------------------------------
static int64_t number_of(struct registry *registry, const char *text)
{
    int64_t number = store_number(registry, text);
    assert_int_equal(registry->status, STATUS_OK);
    return number;
}

static void check_register(struct trial *trial, struct registry *registry, const struct told *told, int64_t documents, int64_t decisions,
        const char *what)
{
    char text[160];
    for (int i = 0; i < told->id_count; i++) {
        snprintf(text, sizeof text, "SELECT count(*) FROM document JOIN record ON document = id WHERE substr(hash, 8, 12) = '%s'",
                told->ids[i]);
        if (number_of(registry, text) != 1)
            fail_msg("%s: document %s was confirmed and is gone", what, told->ids[i]);
    }
    if (number_of(registry, "SELECT count(*) FROM decision") < decisions + told->decision_count)
        fail_msg("%s: a decision was confirmed and is gone", what);
    for (int i = 0; i < told->decision_count; i++) {
        snprintf(text, sizeof text, "SELECT count(*) FROM decision WHERE id = %lld", (long long)told->decisions[i]);
        if (number_of(registry, text) != 1)
            fail_msg("%s: decision %lld was confirmed and is gone", what, (long long)told->decisions[i]);
    }
    account_check(&trial->account, registry, documents + told->id_count, trial->rereads, what);
}

static int64_t count_in(const struct disk *from, struct trial *trial, const char *text)
{
    struct registry *registry;
    disk_copy(&trial->disk, from);
    if (!disk_find(&trial->disk, ACCOUNT_FILE))
        return 0;
    assert_int_equal(registry_open(ACCOUNT_FILE, false, &registry, NULL), STATUS_OK);
    int64_t number = number_of(registry, text);
    registry_close(registry);
    return number;
}

// At least one copy of the old file, and whatever is called a copy is whole.
static void check_copies(struct trial *trial, const struct scenario *scenario, int64_t documents, const char *what)
{
    int found = 0;
    for (int i = 1; i <= 3; i++) {
        char name[64];
        struct registry *registry;
        struct registry_verified verified;
        snprintf(name, sizeof name, i == 1 ? ACCOUNT_FILE ".version-%d" : ACCOUNT_FILE ".version-%d.%d", scenario->upgrades, i);
        if (!disk_find(&trial->disk, name))
            continue;
        found++;
        if (registry_open(name, false, &registry, NULL) || registry_verify(registry, NULL, NULL, &verified, NULL) ||
                verified.faults || (int64_t)verified.documents != documents)
            fail_msg("%s: %s is no copy of the old file", what, name);
        registry_close(registry);
    }
    if (!found)
        fail_msg("%s: no copy of the old file", what);
}

// Another process opens the file.
static void check_after(struct trial *trial, const struct scenario *scenario, const struct told *told, int64_t documents,
        int64_t decisions, const char *what)
{
    struct registry *registry = NULL;
    struct error error = {.text = ""};
    enum status status = registry_open(ACCOUNT_FILE, scenario->makes && told->id_count == 0, &registry, &error);
    if (status)
        fail_msg("%s: cannot be opened any more: %s", what, error.text);
    check_register(trial, registry, told, documents, decisions, what);
    if (account_add(&trial->account, registry, 9, NULL) || account_add(&trial->account, registry, 6, NULL))
        fail_msg("%s: takes no report any more", what);
    registry_close(registry);
    if (scenario->upgrades)
        check_copies(trial, scenario, documents, what);
}

static void try_call(struct trial *trial, const struct scenario *scenario, enum disk_fault fault, enum after after, int64_t call,
        const int64_t counts[2])
{
    static const char *const faults[DISK_FAULTS] = {"fails once", "does half", "finds the disk full", "is the last"};
    char what[128];
    struct told told = {.id_count = 0};
    snprintf(what, sizeof what, "%s: call %lld %s%s", scenario->name, (long long)call, faults[fault], after == AFTER_POWER_CUT
            ? ", power cut" : "");
    disk_copy(&trial->disk, scenario->from(trial));
    trial->disk.fail_at = call;
    trial->disk.fault = fault;
    trial->disk.dice = UINT64_C(0x9E3779B97F4A7C15) ^ (uint64_t)call;
    run(trial, scenario, &told);
    disk_restart(&trial->disk, after == AFTER_POWER_CUT);
    check_after(trial, scenario, &told, counts[0], counts[1], what);
}

static void try_scenario(struct trial *trial, const struct scenario *scenario)
{
    struct told told = {.id_count = 0};
    trial->rereads = scenario->upgrades ? account_rereads(&trial->account, &trial->disk, scenario->from(trial)) : 0;
    int64_t counts[2] = {count_in(scenario->from(trial), trial, "SELECT count(*) FROM document"), count_in(scenario->from(trial), trial,
            "SELECT count(*) FROM decision")};
    disk_copy(&trial->disk, scenario->from(trial));
    assert_int_equal(run(trial, scenario, &told), STATUS_OK);
    int64_t calls = trial->disk.calls;
    disk_restart(&trial->disk, false);
    check_after(trial, scenario, &told, counts[0], counts[1], scenario->name);
    assert_true(calls > 20);
    for (int fault = 0; fault < DISK_FAULTS; fault++)
        for (int after = 0; after < AFTERS; after++) {
            struct part part = part_of(calls, QUICK_CALLS, (2 * fault + after) / (2.0 * DISK_FAULTS));
            for (int64_t call = part.first; call <= calls + 1; call += part.step)
                try_call(trial, scenario, (enum disk_fault)fault, (enum after)after, call, counts);
        }
    trial->rereads = 0;
    print_message("# %s: %lld calls, every %ld of them in %d ways\n", scenario->name, (long long)calls, part_of(calls, QUICK_CALLS, 0).step,
            DISK_FAULTS * AFTERS);
}

static void test_make(void **state)
{
    try_scenario(*state, &scenarios[0]);
}

static void test_add(void **state)
{
    try_scenario(*state, &scenarios[1]);
}

static void test_decide(void **state)
{
    try_scenario(*state, &scenarios[2]);
}

static void test_amend(void **state)
{
    try_scenario(*state, &scenarios[3]);
}

static void test_rebuild(void **state)
{
    try_scenario(*state, &scenarios[4]);
}

static void test_upgrade(void **state)
{
    try_scenario(*state, &scenarios[5]);
    try_scenario(*state, &scenarios[6]);
}

static void test_import(void **state)
{
    try_scenario(*state, &scenarios[7]);
}

// The copy that an upgrade makes of the old file is on the platter before the file is changed.
static void test_copy_is_safe(void **state)
{
    struct trial *trial = *state;
    struct told told = {.id_count = 0};
    disk_copy(&trial->disk, &trial->old[0]);
    assert_int_equal(run(trial, &scenarios[5], &told), STATUS_OK);
    const struct disk_file *copy = disk_find(&trial->disk, ACCOUNT_FILE ".version-2");
    assert_non_null(copy);
    size_t size = copy->size;
    disk_restart(&trial->disk, true);
    copy = disk_find(&trial->disk, ACCOUNT_FILE ".version-2");
    assert_non_null(copy);
    assert_int_equal(copy->size, size);
    struct registry *registry;
    assert_int_equal(registry_open(ACCOUNT_FILE ".version-2", false, &registry, NULL), STATUS_OK);
    assert_int_equal(number_of(registry, "SELECT count(*) FROM document"), 4);
    registry_close(registry);
}

// A clock that goes back years and on for decades changes neither the order of decisions nor what is derived.
static void test_clock(void **state)
{
    static const int64_t days[] = {0, -3650, 36500, -20000, 12};
    struct trial *trial = *state;
    struct registry *registry;
    struct told told = {.id_count = 0};
    disk_copy(&trial->disk, &trial->empty);
    int64_t begin = trial->disk.clock;
    assert_int_equal(registry_open(ACCOUNT_FILE, true, &registry, NULL), STATUS_OK);
    for (int i = 0; i < 5; i++) {
        trial->disk.clock = begin + days[i] * 86400000;
        assert_int_equal(account_add(&trial->account, registry, i, &told), STATUS_OK);
        const char *place = i % 2 ? "Bergen, NOR" : "Oslo, NOR";
        assert_int_equal(account_decide(registry, DECISION_EDIT, "CHL-NOR/commission/4", "place", place, &told), STATUS_OK);
        check_register(trial, registry, &told, 0, 0, "clock");
    }
    assert_int_equal(number_of(registry, "SELECT count(*) FROM edited WHERE value = 'Oslo, NOR'"), 1);
    assert_int_equal(account_decide(registry, DECISION_UNDO, "5", NULL, NULL, &told), STATUS_OK);
    assert_int_equal(number_of(registry, "SELECT count(*) FROM edited WHERE value = 'Bergen, NOR'"), 1);
    assert_true(number_of(registry, "SELECT count(DISTINCT added) FROM document") == 5);
    check_register(trial, registry, &told, 0, 0, "clock");
    registry_close(registry);
    trial->disk.clock = begin;
}

// A disk that may only be read, and one on which only the file may be: nothing is stored, and the answer says why.
static void test_read_only(void **state)
{
    struct trial *trial = *state;
    for (int which = 0; which < 2; which++) {
        struct registry *registry = NULL;
        struct error error = {.text = ""};
        disk_copy(&trial->disk, &trial->filled);
        trial->disk.is_read_only = which == 0;
        for (int i = 0; i < DISK_FILES; i++)
            trial->disk.files[i].is_read_only = which == 1;
        enum status status = registry_open(ACCOUNT_FILE, false, &registry, &error);
        if (!status) {
            assert_int_equal(account_add(&trial->account, registry, 6, NULL), STATUS_IO);
            assert_int_equal(account_decide(registry, DECISION_EDIT, "CHL-NOR/commission/4", "place", "Bergen, NOR", NULL), STATUS_IO);
            registry_close(registry);
        } else {
            assert_int_equal(status, STATUS_IO);
            assert_true(error.text[0]);
        }
        disk_restart(&trial->disk, false);
        for (int i = 0; i < DISK_FILES; i++)
            trial->disk.files[i].is_read_only = false;
        assert_int_equal(registry_open(ACCOUNT_FILE, false, &registry, NULL), STATUS_OK);
        check_register(trial, registry, &(struct told){.id_count = 0}, 6, 2, "read-only");
        registry_close(registry);
    }
}

// ---- before and after --------------------------------------------------------------------------------------------------------
static void decide_two(struct registry *registry)
{
    assert_int_equal(account_decide(registry, DECISION_EDIT, "CHL-NOR/freight-train", "fate", "stalled", NULL), STATUS_OK);
    assert_int_equal(account_decide(registry, DECISION_EDIT, "CHL-NOR/commission", "name", "The commission", NULL), STATUS_OK);
}

static int begin(void **state)
{
    struct trial *trial = calloc(1, sizeof *trial);
    account_read(&trial->account);
    disk_mount(&trial->disk);
    account_fill(&trial->account, &trial->disk, &trial->filled, 6, decide_two);
    account_put_old(&trial->old[0], 2);
    account_put_old(&trial->old[1], 3);
    account_lines(&trial->disk, &trial->filled, &trial->lines);
    *state = trial;
    return 0;
}

static int end(void **state)
{
    struct trial *trial = *state;
    sqlite3_vfs_unregister(&trial->disk.vfs);
    disk_empty(&trial->disk);
    disk_empty(&trial->filled);
    disk_empty(&trial->old[0]);
    disk_empty(&trial->old[1]);
    account_finish(&trial->account);
    buf_finish(&trial->lines);
    free(trial);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_make), cmocka_unit_test(test_add), cmocka_unit_test(test_decide), cmocka_unit_test(test_amend),
                cmocka_unit_test(test_rebuild),
        cmocka_unit_test(test_upgrade), cmocka_unit_test(test_import), cmocka_unit_test(test_copy_is_safe), cmocka_unit_test(test_clock),
                cmocka_unit_test(test_read_only),
    };
    return cmocka_run_group_tests_name("disk", tests, begin, end);
}
