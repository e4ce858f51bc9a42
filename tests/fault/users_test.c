// SPDX-License-Identifier: MIT
// The file of users on a disk that fails and in memory that runs out, as disk_test.c and memory_test.c do it with the register: each call
// of the disk in turn fails once, does half, finds the disk full, or is the last before a kill or a power cut; each allocation of SQLite
// fails. While users are added, sign in and out, change a password, are disabled, and while an old file is brought up.
//
// What was answered holds afterwards: a new password is the one, what the old one opened is closed, a wrong one was counted, who signed
// out is out. What was not answered is there as a whole or not at all. Passwords are compared without their cost (the linker leads the
// calls here). The quick run tries some calls of each; KARAR_THOROUGH every one (part.h).
#include "disk.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>
#include <cmocka.h>

#include "part.h"
#include "users/file.h"
#include "users/word.h"

#define QUICK_CALLS 3
#define FIRST_WORD "the first secret"
#define NEW_WORD "the other secret"
#define MEMORY (DISK_FAULTS)        // a kind of fault beside the disk's

// ---- passwords without their cost ------------------------------------------------------------------------------------------
bool __wrap_word_hash(struct slice password, char ret_hash[crypto_pwhash_STRBYTES]);
bool __wrap_word_matches(struct slice password, struct slice hash);
bool __wrap_word_is_outdated(struct slice hash);

bool __wrap_word_hash(struct slice password, char ret_hash[crypto_pwhash_STRBYTES])
{
    snprintf(ret_hash, crypto_pwhash_STRBYTES, "hash of %.*s", (int)password.len, password.at);
    return true;
}

bool __wrap_word_matches(struct slice password, struct slice hash)
{
    char right[crypto_pwhash_STRBYTES];
    __wrap_word_hash(password, right);
    return slice_is(hash, right);
}

bool __wrap_word_is_outdated(struct slice hash)
{
    (void)hash;
    return false;
}

// ---- memory that runs out --------------------------------------------------------------------------------------------------
static sqlite3_mem_methods usual;
static long asked, fail_at;

static void *lite_malloc(int size)
{
    return ++asked == fail_at ? NULL : usual.xMalloc(size);
}

static void *lite_realloc(void *old, int size)
{
    return ++asked == fail_at ? NULL : usual.xRealloc(old, size);
}

// ---- what is tried ---------------------------------------------------------------------------------------------------------
struct trial {
    struct disk disk, empty, filled, old;
    char path[32];
    char session[SECRET_LENGTH + 1], key[SECRET_LENGTH + 1];    // of boris, in `filled`
};

// What was answered.
struct told {
    bool added[2], wrong, entered, changed, out, disabled;
    char session[SECRET_LENGTH + 1];        // of who entered or changed the password
};

struct scenario {
    const char *name;
    const struct disk *(*from)(const struct trial *trial);
    void (*work)(struct trial *trial, struct users *users, struct told *told);
};

static const char *const names[] = {"ada", "boris"};

static void add_two(struct trial *trial, struct users *users, struct told *told)
{
    static const char *const words[] = {"of a keeper alone", FIRST_WORD};
    (void)trial;
    for (int i = 0; i < 2; i++) {
        struct error error = {.text = ""};
        told->added[i] = users_add(users, slice_from(names[i]), i ? ROLE_REVIEWER : ROLE_KEEPER, slice_from(words[i]),
                                   (struct user_actor){.address = SLICE("")}, &error) == STATUS_OK;
        assert_true(told->added[i] || error.text[0]);
    }
}

static enum sign_in enter(struct users *users, const char *word, char ret_session[SECRET_LENGTH + 1])
{
    struct signed_in done;
    enum sign_in result = users_sign_in(users, SLICE("boris"), slice_from(word), SLICE("192.0.2.1"), &done);
    if (result == SIGN_IN_DONE && ret_session)
        memcpy(ret_session, done.token, sizeof done.token);
    return result;
}

static void sign_in(struct trial *trial, struct users *users, struct told *told)
{
    (void)trial;
    enum sign_in wrong = enter(users, "not the word", NULL);
    assert_true(wrong == SIGN_IN_WRONG || wrong == SIGN_IN_FAILED);
    enum sign_in right = enter(users, FIRST_WORD, told->session);
    assert_true(right == SIGN_IN_DONE || right == SIGN_IN_FAILED);
    told->entered = right == SIGN_IN_DONE;
}

static void guess(struct trial *trial, struct users *users, struct told *told)
{
    (void)trial;
    told->wrong = enter(users, "not the word", NULL) == SIGN_IN_WRONG;
}

static void change_password(struct trial *trial, struct users *users, struct told *told)
{
    struct signed_in done;
    struct error error = {.text = ""};
    (void)trial;
    enum sign_in result = users_change_password(users, SLICE("boris"), SLICE(FIRST_WORD), SLICE(NEW_WORD), SLICE("192.0.2.1"), &done,
            &error);
    assert_true(result == SIGN_IN_DONE || result == SIGN_IN_FAILED);
    told->changed = result == SIGN_IN_DONE;
    memcpy(told->session, done.token, sizeof done.token);
}

static void sign_out(struct trial *trial, struct users *users, struct told *told)
{
    told->out = users_sign_out(users, slice_from(trial->session), SLICE("192.0.2.1"));
}

static void disable(struct trial *trial, struct users *users, struct told *told)
{
    struct error error = {.text = ""};
    (void)trial;
    told->disabled = users_change(users, SLICE("boris"), USER_DISABLE, (struct user_actor){.keeper = SLICE("ada")}, &error) == STATUS_OK;
    assert_true(told->disabled || error.text[0]);
}

static void nothing(struct trial *trial, struct users *users, struct told *told)
{
    (void)trial, (void)users, (void)told;
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
    return &trial->old;
}

static const struct scenario scenarios[] = {
    {"make", from_empty, add_two},  {"sign in", from_filled, sign_in}, {"guess", from_filled, guess},
    {"password", from_filled, change_password},
    {"sign out", from_filled, sign_out}, {"disable", from_filled, disable}, {"upgrade", from_old, nothing},
};

static void run(struct trial *trial, const struct scenario *scenario, struct told *told)
{
    struct users *users = NULL;
    struct error error = {.text = ""};
    if (users_open(trial->path, true, &users, &error)) {
        assert_true(error.text[0]);
        return;
    }
    scenario->work(trial, users, told);
    users_close(users);
}

// ---- what must hold --------------------------------------------------------------------------------------------------------
static int64_t number(struct users *users, const char *text)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(users->db, text, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

static bool opens(struct users *users, enum proof proof, const char *secret)
{
    struct user_found found;
    bool is_found = users_find(users, proof, slice_from(secret), &found);
    assert_true(!is_found || strcmp(found.name, "boris") == 0);
    return is_found;
}

static void check_after(struct trial *trial, const struct scenario *scenario, const struct told *told, const char *what)
{
    struct users *users = NULL;
    struct error error = {.text = ""};
    if (users_open(trial->path, true, &users, &error))
        fail_msg("%s: cannot be opened any more: %s", what, error.text);
    if (number(users, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'") != 1)
        fail_msg("%s: the file is not whole", what);
    bool is_filled = scenario->from != from_empty;
    for (int i = 0; i < 2; i++) {
        char text[80];
        snprintf(text, sizeof text, "SELECT count(*) FROM user WHERE name = '%s'", names[i]);
        if ((told->added[i] || is_filled) && number(users, text) != 1)
            fail_msg("%s: %s was there and is gone", what, names[i]);
    }
    if (told->wrong && number(users, "SELECT count(*) FROM failure WHERE count > 0") != 2)
        fail_msg("%s: a guess was answered and not counted", what);
    if ((told->entered || told->changed) && !opens(users, PROOF_SESSION, told->session))
        fail_msg("%s: who was let in is out again", what);
    if ((told->out || told->disabled || told->changed) && opens(users, PROOF_SESSION, trial->session))
        fail_msg("%s: a session goes on that was said to be over", what);
    if ((told->disabled || told->changed) && opens(users, PROOF_PROGRAM, trial->key))
        fail_msg("%s: a key opens that was said to be none any more", what);
    if (is_filled && !told->disabled) {      // all of a change or nothing
        bool is_new = number(users, "SELECT count(*) FROM user WHERE password = 'hash of " NEW_WORD "'") == 1;
        bool is_off = number(users, "SELECT disabled FROM user WHERE name = 'boris'") == 1;
        if (told->changed && !is_new)
            fail_msg("%s: the old password is the one still", what);
        if ((is_new || is_off) == opens(users, PROOF_PROGRAM, trial->key))
            fail_msg("%s: half of a change is there", what);
        enum sign_in right = enter(users, is_new ? NEW_WORD : FIRST_WORD, NULL);
        if (right != (is_off ? SIGN_IN_WRONG : SIGN_IN_DONE) || enter(users, is_new ? FIRST_WORD : NEW_WORD, NULL) != SIGN_IN_WRONG)
            fail_msg("%s: the right password does not open, or another does", what);
    }
    users_close(users);
}

static void try_call(struct trial *trial, const struct scenario *scenario, int fault, bool power_cut, long call)
{
    static const char *const faults[] = {"fails once", "does half", "finds the disk full", "is the last", "is refused memory"};
    char what[128];
    struct told told = {.out = false};
    snprintf(what, sizeof what, "%s: call %ld %s%s", scenario->name, call, faults[fault], power_cut ? ", power cut" : "");
    disk_copy(&trial->disk, scenario->from(trial));
    trial->disk.fault = fault == MEMORY ? DISK_ONCE : (enum disk_fault)fault;
    trial->disk.fail_at = fault == MEMORY ? 0 : call;
    trial->disk.dice = UINT64_C(0x9E3779B97F4A7C15) ^ (uint64_t)call;
    asked = 0;
    fail_at = fault == MEMORY ? call : 0;
    run(trial, scenario, &told);
    fail_at = 0;
    disk_restart(&trial->disk, power_cut);
    check_after(trial, scenario, &told, what);
    disk_restart(&trial->disk, false);
}

static void test_faults(void **state)
{
    struct trial *trial = *state;
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
        const struct scenario *scenario = &scenarios[i];
        struct told told = {.out = false};
        disk_copy(&trial->disk, scenario->from(trial));
        asked = 0;
        run(trial, scenario, &told);
        long calls = trial->disk.calls, allocations = asked;
        bool is_told = told.added[1] || told.wrong || told.entered || told.changed || told.out || told.disabled;
        assert_true(is_told || scenario->work == nothing);
        assert_true(calls > 10 && allocations > 10);
        disk_restart(&trial->disk, false);
        check_after(trial, scenario, &told, scenario->name);
        disk_restart(&trial->disk, false);
        sqlite3_int64 used = sqlite3_memory_used();
        for (int fault = 0; fault <= MEMORY; fault++) {
            long all = fault == MEMORY ? allocations : calls + 1;
            for (int cut = 0; cut < (fault == MEMORY ? 1 : 2); cut++) {
                struct part part = part_of(all, QUICK_CALLS, (2 * fault + cut) / (2.0 * MEMORY + 1));
                for (long call = part.first; call <= all; call += part.step)
                    try_call(trial, scenario, fault, cut, call);
            }
        }
        assert_int_equal(sqlite3_memory_used(), used);
        print_message("# %s: %ld calls, %ld allocations\n", scenario->name, calls, allocations);
    }
}

// ---- before and after ------------------------------------------------------------------------------------------------------
static void make_filled(struct trial *trial)
{
    struct users *users;
    struct told told = {.out = false};
    struct error error = {.text = ""};
    if (users_open(trial->path, true, &users, &error))
        fail_msg("%s", error.text);
    add_two(trial, users, &told);
    assert_true(told.added[0] && told.added[1]);
    assert_int_equal(enter(users, FIRST_WORD, trial->session), SIGN_IN_DONE);
    assert_int_equal(users_make_key(users, SLICE("boris"), trial->key, NULL), STATUS_OK);
    users_close(users);
    disk_restart(&trial->disk, false);
    disk_copy(&trial->filled, &trial->disk);
    assert_int_equal(users_open(trial->path, false, &users, NULL), STATUS_OK);      // as version 1 was
    static const char before[] = "DROP INDEX event_by_name; ALTER TABLE event DROP COLUMN keeper; ALTER TABLE user DROP COLUMN disabled; "
        "PRAGMA user_version = 1";
    assert_int_equal(sqlite3_exec(users->db, before, NULL, NULL, NULL), SQLITE_OK);
    users_close(users);
    disk_restart(&trial->disk, false);
    disk_copy(&trial->old, &trial->disk);
}

// What the room asks of the file's rights is asked of a file that is there.
static int begin(void **state)
{
    struct trial *trial = calloc(1, sizeof *trial);
    assert_true(trial && sodium_init() >= 0);
    snprintf(trial->path, sizeof trial->path, "/tmp/karar-fault-XXXXXX");
    int file = mkstemp(trial->path);
    assert_true(file >= 0);
    close(file);
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual), SQLITE_OK);
    sqlite3_mem_methods counted = usual;
    counted.xMalloc = lite_malloc;
    counted.xRealloc = lite_realloc;
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &counted), SQLITE_OK);
    disk_mount(&trial->disk);
    char users[64];
    snprintf(users, sizeof users, "%s" USERS_ENDING, trial->path);
    disk_put(&trial->empty, users, "", 0);      // the room makes the file itself, with its rights
    disk_copy(&trial->disk, &trial->empty);
    make_filled(trial);
    *state = trial;
    return 0;
}

static int end(void **state)
{
    struct trial *trial = *state;
    char users[64];
    snprintf(users, sizeof users, "%s" USERS_ENDING, trial->path);
    unlink(trial->path);
    unlink(users);
    sqlite3_vfs_unregister(&trial->disk.vfs);
    disk_empty(&trial->disk);
    disk_empty(&trial->empty);
    disk_empty(&trial->filled);
    disk_empty(&trial->old);
    free(trial);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_faults)};
    return cmocka_run_group_tests_name("users", tests, begin, end);
}
