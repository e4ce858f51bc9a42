// SPDX-License-Identifier: MIT
// The door for bytes: what is text, and with which words all else is refused.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ingest/ingest.h"

struct reading {
    struct arena arena;
    struct document document;
    struct error error;
    enum status status;
};

static struct reading *read_bytes(const char *bytes, size_t len)
{
    struct reading *reading = calloc(1, sizeof *reading);
    assert_non_null(reading);
    arena_init(&reading->arena, NULL, (size_t)256 << 20);
    reading->document.arena = &reading->arena;
    if (ARENA_CATCH(&reading->arena))
        fail_msg("the arena unwound");
    reading->status = ingest_text(&reading->document, slice_make(bytes, len), &reading->error);
    return reading;
}

static void finish(struct reading *reading)
{
    arena_finish(&reading->arena);
    free(reading);
}

#define BYTES(literal) literal, sizeof(literal) - 1

static void expect_status(const char *bytes, size_t len, enum status want)
{
    struct reading *reading = read_bytes(bytes, len);
    assert_int_equal(reading->status, want);
    finish(reading);
}

static void expect_bad_byte(const char *bytes, size_t len, uint64_t want)
{
    struct reading *reading = read_bytes(bytes, len);
    assert_int_equal(reading->status, STATUS_BAD_ENCODING);
    assert_int_equal(reading->error.byte, want);
    finish(reading);
}

static void expect_stored(const char *bytes, size_t len, const char *want)
{
    struct reading *reading = read_bytes(bytes, len);
    assert_int_equal(reading->status, STATUS_OK);
    assert_true(slice_is(reading->document.stored, want));
    finish(reading);
}

static void utf8_is_kept_as_it_is(void **state)
{
    (void)state;
    static const char text[] = "\xEF\xBB\xBFThe sides met.\r\nमिले।\n";
    struct reading *reading = read_bytes(BYTES(text));
    assert_int_equal(reading->status, STATUS_OK);
    assert_ptr_equal(reading->document.stored.at, text);  // no copy, and the mark counts in offsets
    assert_int_equal(reading->document.stored.len, sizeof text - 1);
    finish(reading);
}

static void utf16_with_a_mark_is_converted(void **state)
{
    (void)state;
    expect_stored(BYTES("\xFF\xFE" "A\0" "\x2E\x09" "\x3D\xD8\x00\xDE"), "Aम😀");
    expect_stored(BYTES("\xFE\xFF" "\0A" "\x09\x2E" "\xD8\x3D\xDE\x00"), "Aम😀");
}

static void broken_utf16(void **state)
{
    (void)state;
    expect_bad_byte(BYTES("\xFF\xFE" "A\0" "\x00\xD8" "b\0"), 4);  // high half alone
    expect_bad_byte(BYTES("\xFF\xFE" "\x00\xDC"), 2);              // low half alone
    expect_bad_byte(BYTES("\xFF\xFE" "A\0" "\x00\xD8"), 4);        // cut off
    expect_bad_byte(BYTES("\xFF\xFE" "A\0" "b"), 4);
    expect_status(BYTES("\xFF\xFE"), STATUS_EMPTY);
    expect_status(BYTES("A\0 \0b\0c\0"), STATUS_BINARY);           // no mark
}

static void broken_utf8(void **state)
{
    (void)state;
    expect_bad_byte(BYTES("abc \xFF def"), 4);
    expect_bad_byte(BYTES("a\xC0\x80"), 1);          // overlong
    expect_bad_byte(BYTES("a\xED\xA0\x80"), 1);      // surrogate
    expect_bad_byte(BYTES("ab\xF5\x80\x80\x80"), 2); // above the last code point
    expect_bad_byte(BYTES("\xE0\xA4"), 0);           // cut off
}

static void binary(void **state)
{
    (void)state;
    char controls[400];
    for (size_t i = 0; i < sizeof controls; i++)
        controls[i] = (char)(i % 8 + 1);
    expect_status(controls, sizeof controls, STATUS_BINARY);
    expect_status(BYTES("a\0b"), STATUS_BINARY);
    expect_status(BYTES("\x89PNG\r\n\x1A\n\0\0\0"), STATUS_BINARY);
    expect_status(BYTES("A stray \x1B[0m escape is no harm.\f"), STATUS_OK);
}

static void empty(void **state)
{
    (void)state;
    expect_status("", 0, STATUS_EMPTY);
    expect_status(NULL, 0, STATUS_EMPTY);
    expect_status(BYTES(" \r\n\t\xC2\xA0\xE2\x80\x8B\xEF\xBB\xBF"), STATUS_EMPTY);
}

static void too_long(void **state)
{
    (void)state;
    static const char byte = 'a';
    struct reading *reading = read_bytes(&byte, (size_t)INGEST_MAX_BYTES + 1);  // refused before a byte is read
    assert_int_equal(reading->status, STATUS_LIMIT);
    finish(reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_kept_as_it_is), cmocka_unit_test(utf16_with_a_mark_is_converted),
        cmocka_unit_test(broken_utf16),          cmocka_unit_test(broken_utf8),
        cmocka_unit_test(binary),                cmocka_unit_test(empty),
        cmocka_unit_test(too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
