// SPDX-License-Identifier: MIT
// Streams: what is packed comes out whole, what breaks off or is a bomb ends with a reason, and memory stays bounded.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <zstd.h>

#include "door/stream.h"

static struct slice pack(const char *bytes, size_t len)
{
    size_t room = ZSTD_compressBound(len);
    char *out = malloc(room);
    assert_non_null(out);
    return slice_make(out, ZSTD_compress(out, room, bytes, len, 3));
}

// Reads to the end in steps; the number of bytes.
static uint64_t drain(struct slice bytes, size_t step, enum status want)
{
    struct stream *stream = NULL;
    struct error error = {.byte = UINT64_MAX};
    assert_int_equal(stream_open_memory(bytes, &stream, &error), STATUS_OK);
    for (;;) {
        struct slice seen = stream_look(stream, step);
        if (!seen.len)
            break;
        stream_take(stream, seen.len < step ? seen.len : step);
    }
    assert_int_equal(stream_status(stream, &error), want);
    uint64_t position = stream_position(stream);
    stream_close(stream);
    return position;
}

static void plain_bytes(void **state)
{
    (void)state;
    assert_int_equal(drain(SLICE("abc"), 1, STATUS_OK), 3);
    assert_int_equal(drain(SLICE(""), 7, STATUS_OK), 0);
}

static void packed_bytes_of_any_step(void **state)
{
    (void)state;
    enum { LEN = 900001 };
    char *bytes = malloc(LEN);
    for (size_t i = 0; i < LEN; i++)
        bytes[i] = (char)('a' + (i * i / 7) % 26);
    struct slice packed = pack(bytes, LEN);
    for (size_t step = 1000; step < 2000000; step *= 9)
        assert_int_equal(drain(packed, step, STATUS_OK), LEN);
    struct slice twice = pack(packed.at, packed.len);
    assert_int_equal(drain(twice, 4096, STATUS_OK), LEN);
    assert_true(drain(slice_make(packed.at, packed.len / 2), 4096, STATUS_IO) < LEN);
    free((void *)(uintptr_t)twice.at);
    free((void *)(uintptr_t)packed.at);
    free(bytes);
}

static void bombs(void **state)
{
    (void)state;
    size_t len = (size_t)200 << 20;
    char *bytes = calloc(1, len);
    assert_non_null(bytes);
    struct slice packed = pack(bytes, len);
    free(bytes);
    assert_true(drain(packed, 65536, STATUS_LIMIT) < STREAM_FREE_BYTES + ((uint64_t)1 << 20));
    free((void *)(uintptr_t)packed.at);
}

static void damaged_bytes(void **state)
{
    (void)state;
    assert_true(drain(SLICE("\x1F\x8B\x08\x00zzzzzzzzzzzzzzzzzzzz"), 64, STATUS_IO) < 1000);
    assert_int_equal(drain(SLICE("\x28\xB5\x2F\xFDzzzzzzzzzzzzzzzz"), 64, STATUS_IO), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_bytes), cmocka_unit_test(packed_bytes_of_any_step),
        cmocka_unit_test(bombs),       cmocka_unit_test(damaged_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
