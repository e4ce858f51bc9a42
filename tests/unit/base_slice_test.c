// SPDX-License-Identifier: MIT
// Slices: order, trimming, cutting, numbers, hash; and the error that carries a failure's detail.
#include "base/slice.h"

#include "base/status.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void assert_slice(struct slice got, const char *want)
{
    assert_non_null(got.at);
    assert_int_equal(got.len, strlen(want));
    assert_memory_equal(got.at, want, got.len);
}

static void compares_by_bytes(void **state)
{
    (void)state;
    assert_true(slice_compare(SLICE("a"), SLICE("b")) < 0);
    assert_true(slice_compare(SLICE("ab"), SLICE("a")) > 0);
    assert_true(slice_compare(SLICE("a"), SLICE("\xE0")) < 0);  // bytes are unsigned
    assert_int_equal(slice_compare(SLICE("same"), SLICE("same")), 0);
    assert_int_equal(slice_compare((struct slice){NULL, 0}, SLICE("")), 0);
    assert_true(slice_compare((struct slice){NULL, 0}, SLICE("a")) < 0);
}

static void tells_starts_and_ends(void **state)
{
    (void)state;
    assert_true(slice_starts(SLICE("treaty"), SLICE("tre")));
    assert_true(slice_starts(SLICE("treaty"), SLICE("")));
    assert_false(slice_starts(SLICE("tr"), SLICE("tre")));
    assert_true(slice_ends(SLICE("treaty"), SLICE("aty")));
    assert_false(slice_ends(SLICE("ty"), SLICE("aty")));
    assert_true(slice_is(SLICE("x"), "x"));
    assert_true(slice_is((struct slice){NULL, 0}, NULL));
    assert_true(slice_eq((struct slice){NULL, 0}, SLICE("")));
}

static void trims_blanks(void **state)
{
    (void)state;
    assert_slice(slice_trim(SLICE(" \t\r\n\v\fone two \n")), "one two");
    assert_int_equal(slice_trim(SLICE(" \n ")).len, 0);
    assert_int_equal(slice_trim((struct slice){NULL, 0}).len, 0);
    assert_slice(slice_trim(SLICE("\xC2\xA0x")), "\xC2\xA0x");  // ASCII blanks only
}

static void cuts_at_a_character(void **state)
{
    (void)state;
    struct slice rest = SLICE("a,,b,");
    assert_slice(slice_cut(&rest, ','), "a");
    assert_slice(slice_cut(&rest, ','), "");
    assert_slice(slice_cut(&rest, ','), "b");
    assert_slice(slice_cut(&rest, ','), "");
    assert_null(rest.at);
    assert_null(slice_cut(&rest, ',').at);
    assert_null(rest.at);
}

static void cuts_at_a_text(void **state)
{
    (void)state;
    struct slice rest = SLICE("one | two || three");
    assert_slice(slice_cut_at(&rest, SLICE(" | ")), "one");
    assert_slice(slice_cut_at(&rest, SLICE(" | ")), "two || three");
    assert_null(rest.at);
    assert_null(slice_cut_at(&rest, SLICE(" | ")).at);
}

static void reads_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t value;
    } good[] = {{"0", 0}, {"-0", 0}, {"+7", 7}, {"0012", 12}, {"9223372036854775807", INT64_MAX}, {"-9223372036854775808", INT64_MIN}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int64_t value = 99;
        assert_true(slice_to_int(slice_from(good[i].text), &value));
        assert_true(value == good[i].value);
    }
    static const char *const bad[] = {"", "-", "+", " 1", "1 ", "1a", "--1", "9223372036854775808", "-9223372036854775809", "1.0"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t value = 99;
        assert_false(slice_to_int(slice_from(bad[i]), &value));
        assert_true(value == 99);  // untouched on failure
    }
}

// Words that differ in one letter must not crowd a table: of 4096 words in 4096 cells about 2589 cells are filled by chance.
static void hashes_spread(void **state)
{
    (void)state;
    static const char letters[] = "abcdefghijklmnop";
    unsigned char seen[4096] = {0};
    unsigned filled = 0;
    for (unsigned word = 0; word < 4096; word++) {
        char text[12] = "x...........";
        for (unsigned i = 0; i < 3; i++)
            text[i + 1] = letters[word >> 4 * i & 15];
        uint64_t hash = slice_hash(slice_make(text, 4 + word % 9));
        unsigned cell = (unsigned)(hash ^ hash >> 32) & 4095;
        filled += !seen[cell];
        seen[cell] = 1;
    }
    assert_in_range(filled, 2400, 2800);
    assert_true(slice_hash(SLICE("foobar")) == slice_hash(slice_make("foobarbaz", 6)));
    assert_true(slice_hash(SLICE("")) != slice_hash(slice_make("\0", 1)));
}

static void fills_an_error(void **state)
{
    (void)state;
    struct error error;
    memset(&error, 0x55, sizeof error);
    assert_int_equal(error_set(&error, STATUS_IO, "no %s at %d", "luck", 7), STATUS_IO);
    assert_string_equal(error.text, "no luck at 7");
    assert_int_equal(error.status, STATUS_IO);
    assert_string_equal(error.file, "");
    assert_int_equal(error.line, 0);
    assert_int_equal(error.column, 0);
    assert_true(error.byte == UINT64_MAX);
    assert_int_equal(error_set(NULL, STATUS_LIMIT, "nobody listens"), STATUS_LIMIT);
}

// A message that is cut off ends with a whole code point.
static void cuts_messages_at_code_points(void **state)
{
    (void)state;
    char text[3 * 400 + 3];
    for (int shift = 0; shift < 3; shift++) {
        memset(text, 'x', (size_t)shift);
        for (int i = 0; i < 400; i++) memcpy(text + shift + 3 * i, "\xE0\xA4\x95", 3);
        text[shift + 1200] = '\0';
        struct error error;
        error_set(&error, STATUS_IO, "%s", text);
        size_t len = strlen(error.text);
        assert_in_range(len, sizeof error.text - 4, sizeof error.text - 1);
        assert_int_equal((len - (size_t)shift) % 3, 0);
    }
}

static void names_every_status(void **state)
{
    (void)state;
    for (int status = STATUS_OK; status >= STATUS_NO_LANGUAGE; status--) {
        assert_string_not_equal(status_name((enum status)status), status_name((enum status)-1000));
    }
}

// The helpers that look at eight bytes at once agree with a loop over the bytes, for every byte at every place.
static void looks_at_eight_bytes(void **state)
{
    (void)state;
    char text[8];
    for (int fill = 0; fill < 256; fill += 15) {
        for (int byte = 0; byte < 256; byte++) {
            for (int at = 0; at < 8; at++) {
                memset(text, fill, sizeof text);
                text[at] = (char)byte;
                uint64_t word = bytes_load(text);
                for (int i = 0; i < 8; i++) {
                    unsigned char c = (unsigned char)text[i];
                    assert_int_equal(bytes_less(word, 0x20) >> (8 * i + 7) & 1, c < 0x20);
                    assert_int_equal(bytes_less(word, 0x80) >> (8 * i + 7) & 1, c < 0x80);
                    assert_int_equal(bytes_equal(word, 0xE2) >> (8 * i + 7) & 1, c == 0xE2);
                    assert_int_equal(bytes_equal(word, 0) >> (8 * i + 7) & 1, c == 0);
                    assert_int_equal(bytes_between(word, 'a', 'z') >> (8 * i + 7) & 1, c >= 'a' && c <= 'z');
                    assert_int_equal(bytes_between(word, 0, 0x1F) >> (8 * i + 7) & 1, c < 0x20);
                }
                assert_int_equal(bytes_less(word, 0x20) & ~BYTES_OF(0x80), 0);
            }
        }
    }
}

static void loads_short_words(void **state)
{
    (void)state;
    const char text[] = "abcdefgh";
    for (size_t len = 0; len <= 8; len++) {
        uint64_t want = 0;
        for (size_t i = 0; i < len; i++)
            want |= (uint64_t)(unsigned char)text[i] << 8 * i;
        assert_true(bytes_load_short(text, len) == want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_by_bytes), cmocka_unit_test(tells_starts_and_ends), cmocka_unit_test(trims_blanks),
        cmocka_unit_test(cuts_at_a_character), cmocka_unit_test(cuts_at_a_text), cmocka_unit_test(reads_numbers),
        cmocka_unit_test(hashes_spread), cmocka_unit_test(fills_an_error), cmocka_unit_test(cuts_messages_at_code_points),
        cmocka_unit_test(names_every_status), cmocka_unit_test(looks_at_eight_bytes), cmocka_unit_test(loads_short_words),
    };
    return cmocka_run_group_tests_name("base slice", tests, NULL, NULL);
}
