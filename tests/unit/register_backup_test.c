// SPDX-License-Identifier: MIT
// A copy of a register: whole under the name that was asked for, or nothing there and the reason told.
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "register/register.h"

struct place {
    char folder[32], file[64], copy[64], part[64];
};

static struct place new_place(void)
{
    struct place place = {.folder = "/tmp/karar-backup-XXXXXX"};
    assert_non_null(mkdtemp(place.folder));
    snprintf(place.file, sizeof place.file, "%s/karar.db", place.folder);
    snprintf(place.copy, sizeof place.copy, "%s/copy.db", place.folder);
    snprintf(place.part, sizeof place.part, "%s/copy.db.part", place.folder);
    return place;
}

static void forget(const struct place *place)
{
    unlink(place->file);
    unlink(place->copy);
    unlink(place->part);
    assert_int_equal(rmdir(place->folder), 0);
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

static struct registry *open_register(const char *path)
{
    struct registry *registry = NULL;
    assert_int_equal(registry_open(path, true, &registry, NULL), STATUS_OK);
    return registry;
}

// Refused with these words; whoever goes on can copy to a place that is free.
static void expect_refusal(struct registry *registry, const char *path, enum status want, const char *words)
{
    struct error error = {.text = ""};
    assert_int_equal(registry_backup(registry, path, &error), want);
    if (!strstr(error.text, words))
        fail_msg("%s: %s", path, error.text);
    assert_int_equal(registry_backup(registry, path, NULL), want);      // also for who does not ask why
}

static void test_copy(void **state)
{
    struct place place = new_place();
    struct registry *registry = open_register(place.file), *copy = NULL;
    struct stat stat_of;
    (void)state;
    assert_int_equal(registry_backup(registry, place.copy, NULL), STATUS_OK);
    assert_int_equal(stat(place.copy, &stat_of), 0);
    assert_int_equal(stat_of.st_mode & 0777, 0600);
    assert_false(is_there(place.part));
    assert_int_equal(registry_open(place.copy, false, &copy, NULL), STATUS_OK);
    registry_close(copy);
    registry_close(registry);
    forget(&place);
}

static void test_names(void **state)
{
    struct place place = new_place();
    struct registry *registry = open_register(place.file);
    char *endless = malloc(5000), nowhere[64];
    (void)state;
    memset(endless, 'x', 4999);
    endless[4999] = '\0';
    snprintf(nowhere, sizeof nowhere, "%s/none/copy.db", place.folder);
    expect_refusal(registry, endless, STATUS_LIMIT, "too long");
    expect_refusal(registry, place.file, STATUS_BAD_ARGUMENT, "is there already; nothing was changed");
    expect_refusal(registry, nowhere, STATUS_IO, "cannot make the copy: No such file");
    FILE *part = fopen(place.part, "w");        // somebody else's, or one that was ended half-way
    assert_non_null(part);
    fputs("half", part);
    fclose(part);
    expect_refusal(registry, place.copy, STATUS_IO, "another copy of this name is being made");
    assert_true(is_there(place.part));
    assert_false(is_there(place.copy));
    assert_int_equal(unlink(place.part), 0);
    assert_int_equal(registry_backup(registry, place.copy, NULL), STATUS_OK);
    registry_close(registry);
    free(endless);
    forget(&place);
}

// A file may grow to so many bytes: the disk is full behind them.
static void let_grow(rlim_t bytes)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes == RLIM_INFINITY ? limit.rlim_max : bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void test_full_disk(void **state)
{
    struct place place = new_place();
    struct registry *registry = open_register(place.file);
    struct error error = {.text = ""};
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    for (rlim_t bytes = 0; bytes < 40000; bytes += 9000) {
        let_grow(bytes);
        enum status status = registry_backup(registry, place.copy, &error);
        let_grow(RLIM_INFINITY);
        assert_int_equal(status, STATUS_IO);
        if (!strstr(error.text, "cannot copy the register"))
            fail_msg("%s", error.text);
        assert_false(is_there(place.copy));
        assert_false(is_there(place.part));
    }
    assert_int_equal(registry_backup(registry, place.copy, &error), STATUS_OK);
    registry_close(registry);
    forget(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_copy), cmocka_unit_test(test_names), cmocka_unit_test(test_full_disk)};
    return cmocka_run_group_tests_name("register_backup", tests, NULL, NULL);
}
