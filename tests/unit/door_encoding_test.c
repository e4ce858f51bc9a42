// SPDX-License-Identifier: MIT
// Encodings: proof before declaration, declaration before likeness, and no guess from too little.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "door/encoding.h"

#define LINE "The two sides signed an agreement on trade and on the fares of ferries, and went home by the next one. "
#define PROSE LINE LINE LINE LINE LINE LINE

static enum status told(struct slice bytes, const char *declared, const char *want)
{
    struct arena arena;
    struct slice text;
    struct error error;
    arena_init(&arena, NULL, (size_t)16 << 20);
    enum status status = ARENA_CATCH(&arena);
    if (!status)
        status = encoding_to_utf8(&arena, bytes, slice_from(declared), &text, NULL, &error);
    if (!status)
        assert_true(slice_is(text, want));
    arena_finish(&arena);
    return status;
}

static void proof_is_stronger_than_words(void **state)
{
    (void)state;
    assert_int_equal(told(SLICE("Договор"), "windows-1251", "Договор"), STATUS_OK);
    assert_int_equal(told(SLICE("plain"), "koi8-r", "plain"), STATUS_OK);
}

static void declared(void **state)
{
    (void)state;
    assert_int_equal(told(SLICE("\xC4\xE0"), "windows-1251", "Да"), STATUS_OK);
    assert_int_equal(told(SLICE("\xE4\xC1"), "KOI8-R", "Да"), STATUS_OK);
    assert_int_equal(told(SLICE("Se\xF1or and \x93the rest\x94 of it"), "iso-8859-1", "Señor and “the rest” of it"), STATUS_OK);
    assert_int_equal(told(SLICE("\xC4\xE0"), "no-such-thing", ""), STATUS_BAD_ENCODING);
}

static void too_little_to_tell(void **state)
{
    (void)state;
    assert_int_equal(told(SLICE("a \xFF b"), "", ""), STATUS_BAD_ENCODING);
    assert_int_equal(told(SLICE("\xFF\xFE\x00\xD8z\0"), "", ""), STATUS_BAD_ENCODING);
}

// The C library's UTF-8 goes past U+10FFFF; ours does not.
static void beyond_unicode(void **state)
{
    (void)state;
    assert_int_equal(told(SLICE("\1\xF4\x90\x80\x80"), "utf-8", ""), STATUS_BAD_ENCODING);
    assert_int_equal(told(SLICE(PROSE "\xF4\x90\x80\x80 and \xF4\x8F\xBF\xBD." PROSE), "utf-8",
                          PROSE "\xEF\xBF\xBD and \xF4\x8F\xBF\xBD." PROSE), STATUS_OK);
}

static void what_pages_declare(void **state)
{
    (void)state;
    assert_true(slice_is(encoding_of_page(SLICE("<html><meta charset=\"koi8-r\"><body>")), "koi8-r"));
    assert_true(slice_is(encoding_of_page(SLICE("<meta content='text/html; charset=windows-1251'>")), "windows-1251"));
    assert_true(slice_is(encoding_of_page(SLICE("<p>nothing")), ""));
    assert_true(slice_is(encoding_of_page(SLICE("<meta charset=")), ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proof_is_stronger_than_words), cmocka_unit_test(declared), cmocka_unit_test(too_little_to_tell),
        cmocka_unit_test(beyond_unicode), cmocka_unit_test(what_pages_declare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
