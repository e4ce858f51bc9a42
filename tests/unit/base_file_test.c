// SPDX-License-Identifier: MIT
// Files and folders: the limit to the byte, pipes, what cannot be read and why, order of a listing, links and nesting.
#include "base/file.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static int enter_folder(void **state)
{
    char *folder = strdup("/tmp/karar-file-XXXXXX");
    if (!folder || !mkdtemp(folder)) return -1;
    *state = folder;
    return chdir(folder);
}

static int leave_folder(void **state)
{
    char command[128];
    snprintf(command, sizeof command, "chmod -R u+rwx %s && rm -rf %s", (char *)*state, (char *)*state);
    int failed = chdir("/") || system(command);
    free(*state);
    return failed;
}

static void write_file(const char *path, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (size_t i = 0; i < len; i++) fputc('a' + (int)(i % 26), file);
    assert_int_equal(fclose(file), 0);
}

static void reads_up_to_the_limit(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 100, 65534, 65535, 65536, 65537, 300000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        write_file("f", sizes[i]);
        char *at = NULL;
        size_t len = 99;
        struct error error;
        assert_int_equal(file_read("f", sizes[i], &at, &len, &error), STATUS_OK);
        assert_int_equal(len, sizes[i]);
        assert_int_equal(at[len], '\0');
        for (size_t j = 0; j < len; j++) assert_int_equal(at[j], 'a' + (int)(j % 26));
        free(at);
        assert_int_equal(file_read("f", SIZE_MAX, &at, &len, &error), STATUS_OK);
        assert_int_equal(len, sizes[i]);
        free(at);
        if (sizes[i] == 0) continue;
        at = NULL;
        assert_int_equal(file_read("f", sizes[i] - 1, &at, &len, &error), STATUS_LIMIT);
        assert_null(at);
        assert_string_equal(error.file, "f");
    }
}

// A child writes `len` bytes into a named pipe, in small pieces.
static pid_t feed_pipe(const char *path, size_t len)
{
    pid_t child = fork();
    if (child) return child;
    int fd = open(path, O_WRONLY);
    for (size_t i = 0; i < len;) {
        char piece[700];
        size_t now = len - i < sizeof piece ? len - i : sizeof piece;
        memset(piece, 'p', now);
        if (write(fd, piece, now) != (ssize_t)now) _exit(1);
        i += now;
    }
    _exit(0);
}

static void reads_pipes(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 5, 65535, 65536, 200000};
    assert_int_equal(mkfifo("pipe", 0600), 0);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (int over = 0; over < 2; over++) {
            char *at = NULL;
            size_t len = 0;
            struct error error;
            pid_t child = feed_pipe("pipe", sizes[i] + (size_t)over);
            enum status status = file_read("pipe", sizes[i], &at, &len, &error);
            assert_int_equal(status, over ? STATUS_LIMIT : STATUS_OK);
            if (!over) assert_int_equal(len, sizes[i]);
            free(at);
            assert_int_equal(waitpid(child, NULL, 0), child);
        }
    }
}

static void reads_standard_input(void **state)
{
    (void)state;
    write_file("f", 1000);
    int saved = dup(STDIN_FILENO), fd = open("f", O_RDONLY);
    assert_true(fd >= 0);
    dup2(fd, STDIN_FILENO);
    char *at = NULL;
    size_t len = 0;
    assert_int_equal(file_read("-", 1000, &at, &len, NULL), STATUS_OK);
    assert_int_equal(len, 1000);
    free(at);
    close(fd);
    if (saved >= 0) {
        dup2(saved, STDIN_FILENO);
        close(saved);
    }
}

static void says_why_it_cannot_read(void **state)
{
    (void)state;
    char *at = NULL;
    size_t len = 0;
    struct error error;
    assert_int_equal(file_read("nowhere", 10, &at, &len, &error), STATUS_IO);
    assert_string_equal(error.text, "cannot open: No such file or directory");
    assert_string_equal(error.file, "nowhere");
    assert_int_equal(file_read(".", 10, &at, &len, &error), STATUS_IO);
    assert_string_equal(error.text, "cannot read: Is a directory");
    assert_int_equal(file_read("nowhere", 10, &at, &len, NULL), STATUS_IO);
    if (geteuid() != 0) {  // root reads everything
        write_file("closed", 3);
        chmod("closed", 0);
        assert_int_equal(file_read("closed", 10, &at, &len, &error), STATUS_IO);
        assert_string_equal(error.text, "cannot open: Permission denied");
    }
    assert_null(at);
}

static void lists_in_order(void **state)
{
    (void)state;
    mkdir("d", 0700);
    mkdir("d/b", 0700);
    mkdir("d/.hidden", 0700);
    mkdir("d/empty", 0700);
    write_file("d/c", 1);
    write_file("d/b/z", 1);
    write_file("d/b/y", 1);
    write_file("d/a", 1);
    write_file("d/.dot", 1);
    write_file("d/.hidden/x", 1);
    write_file("d/करार", 1);
    assert_int_equal(mkfifo("d/pipe", 0600), 0);
    assert_int_equal(symlink("c", "d/link"), 0);
    assert_int_equal(symlink("b", "d/folder-link"), 0);
    assert_int_equal(symlink("gone", "d/broken"), 0);

    static const char *const want[] = {"d/a", "d/b/y", "d/b/z", "d/c", "d/link", "d/करार"};
    struct arena arena;
    struct error error;
    arena_init(&arena, NULL, (size_t)1 << 20);
    assert_int_equal(ARENA_CATCH(&arena), 0);
    path_vec paths = {0};
    assert_int_equal(file_list(&arena, "d", &paths, &error), STATUS_OK);
    assert_int_equal(paths.count, sizeof want / sizeof *want);
    for (uint32_t i = 0; i < paths.count; i++) assert_string_equal(paths.at[i], want[i]);

    path_vec same = {0};
    assert_int_equal(file_list(&arena, "d/b/", &same, &error), STATUS_OK);
    assert_int_equal(same.count, 2);
    assert_string_equal(same.at[0], "d/b/y");
    arena_finish(&arena);
}

static void refuses_folders_it_cannot_list(void **state)
{
    (void)state;
    struct arena arena;
    struct error error;
    arena_init(&arena, NULL, (size_t)4 << 20);
    assert_int_equal(ARENA_CATCH(&arena), 0);
    path_vec paths = {0};
    assert_int_equal(file_list(&arena, "nowhere", &paths, &error), STATUS_IO);
    assert_string_equal(error.text, "cannot read folder: No such file or directory");

    char path[256] = "deep";
    mkdir(path, 0700);
    for (int i = 0; i < 64; i++) {
        strncat(path, "/d", sizeof path - strlen(path) - 1);
        mkdir(path, 0700);
    }
    assert_int_equal(file_list(&arena, "deep", &paths, &error), STATUS_OK);
    strncat(path, "/d", sizeof path - strlen(path) - 1);
    mkdir(path, 0700);
    assert_int_equal(file_list(&arena, "deep", &paths, &error), STATUS_LIMIT);
    arena_finish(&arena);
}

static void lists_large_folders(void **state)
{
    (void)state;
    mkdir("many", 0700);
    for (int i = 0; i < 1500; i++) {
        char path[64];
        snprintf(path, sizeof path, "many/%04d", i);
        write_file(path, 0);
    }
    struct arena arena;
    arena_init(&arena, NULL, (size_t)16 << 20);
    assert_int_equal(ARENA_CATCH(&arena), 0);
    path_vec paths = {0};
    assert_int_equal(file_list(&arena, "many", &paths, NULL), STATUS_OK);
    assert_int_equal(paths.count, 1500);
    for (uint32_t i = 1; i < paths.count; i++) assert_true(strcmp(paths.at[i - 1], paths.at[i]) < 0);
    arena_finish(&arena);
}

static void tells_folders(void **state)
{
    (void)state;
    write_file("f", 1);
    assert_true(file_is_folder("."));
    assert_false(file_is_folder("f"));
    assert_false(file_is_folder("nowhere"));
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(reads_up_to_the_limit), IN_FOLDER(reads_pipes), IN_FOLDER(reads_standard_input), IN_FOLDER(says_why_it_cannot_read),
        IN_FOLDER(lists_in_order), IN_FOLDER(refuses_folders_it_cannot_list), IN_FOLDER(lists_large_folders), IN_FOLDER(tells_folders),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests_name("base file", tests, NULL, NULL);
}
