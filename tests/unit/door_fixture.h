// SPDX-License-Identifier: MIT
// Bytes as a file that a door can open.
#ifndef KARAR_TESTS_DOOR_FIXTURE_H
#define KARAR_TESTS_DOOR_FIXTURE_H

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

struct fixture_file {
    int file;
    char path[32];
};

static struct fixture_file fixture_open(const char *bytes, size_t len)
{
    struct fixture_file file = {.file = memfd_create("input", 0)};
    assert_true(file.file >= 0);
    assert_true(write(file.file, bytes, len) == (ssize_t)len);
    lseek(file.file, 0, SEEK_SET);
    snprintf(file.path, sizeof file.path, "/proc/self/fd/%d", file.file);
    return file;
}

#endif
