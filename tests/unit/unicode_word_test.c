// SPDX-License-Identifier: MIT
// Cutting text into words, numbers and marks.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "unicode/word.h"

// The pieces of a text, each with the letter of its kind, separated by bars.
static void expect_pieces(const char *text, const char *want)
{
    char found[1000] = "";
    size_t len = 0, offset = 0;
    for (;;) {
        enum word_kind kind;
        struct slice piece = word_next(slice_from(text), &offset, &kind);
        if (kind == WORD_NONE)
            break;
        len += (size_t)snprintf(found + len, sizeof found - len, "%s%c:%.*s", len ? "|" : "", "-WNPS"[kind], (int)piece.len, piece.at);
    }
    assert_string_equal(found, want);
}

static void expect_fold(const char *word, const char *want)
{
    char folded[WORD_FOLD_ROOM(100)];
    size_t len = word_fold(slice_from(word), WORD_WORD, folded);
    assert_true(slice_eq(slice_make(folded, len), slice_from(want)));
}

static void words_and_blanks(void **state)
{
    (void)state;
    expect_pieces("", "");
    expect_pieces(" \t\n ", "");
    expect_pieces("one  two", "W:one|W:two");
    expect_pieces("(one, two)", "P:(|W:one|P:,|W:two|P:)");
    expect_pieces("a+b $5", "W:a|S:+|W:b|S:$|N:5");
    expect_pieces("\xC2\xAD", "");
    expect_pieces("co\xC2\xADop", "W:co\xC2\xADop");
}

static void hyphens_are_pieces(void **state)
{
    (void)state;
    expect_pieces("inter-governmental", "W:inter|P:-|W:governmental");
    expect_pieces("Moscow–Delhi", "W:Moscow|P:–|W:Delhi");
}

static void apostrophes(void **state)
{
    (void)state;
    expect_pieces("o'clock", "W:o'clock");
    expect_pieces("д’Артаньян", "W:д’Артаньян");
    expect_pieces("Ann's house", "W:Ann|W:'s|W:house");
    expect_pieces("Ann’s house", "W:Ann|W:’s|W:house");
    expect_pieces("leaders' talks", "W:leaders|P:'|W:talks");
    expect_pieces("'s", "W:'s");
    expect_pieces("'so", "P:'|W:so");
    expect_pieces("'", "P:'");
}

static void numbers(void **state)
{
    (void)state;
    expect_pieces("1,000 10,00,000", "N:1,000|N:10,00,000");
    expect_pieces("1.5 1,5 12.05.2024 10:30 3/4", "N:1.5|N:1,5|N:12.05.2024|N:10:30|N:3/4");
    expect_pieces("May 5,2024", "W:May|N:5|P:,|N:2024");
    expect_pieces("25-27", "N:25|P:-|N:27");
    expect_pieces("10th G20", "N:10|W:th|W:G|N:20");
    expect_pieces("5.", "N:5|P:.");
    expect_pieces("१०वीं", "N:१०|W:वीं");
    expect_pieces("2–3", "N:2|P:–|N:3");
}

static void initials_keep_their_stops(void **state)
{
    (void)state;
    expect_pieces("U.S. talks", "W:U.S.|W:talks");
    expect_pieces("the U.S", "W:the|W:U.S");
    expect_pieces("N. Korea V.Putin", "W:N.|W:Korea|W:V.|W:Putin");
    expect_pieces("U.S.Senate", "W:U.S.|W:Senate");
    expect_pieces("и т.д. далее", "W:и|W:т.д.|W:далее");
    expect_pieces("यू.ए.ई. में", "W:यू.ए.ई.|W:में");
    expect_pieces("end. Next", "W:end|P:.|W:Next");
    expect_pieces("end.Next", "W:end|P:.|W:Next");
    expect_pieces("Mr. A", "W:Mr|P:.|W:A");
    expect_pieces("в г. Москва", "W:в|W:г|P:.|W:Москва");
}

static void folds_drop_stops_of_words(void **state)
{
    (void)state;
    expect_fold("U.S.", "us");
    expect_fold("Москва", "москва");
    char folded[WORD_FOLD_ROOM(10)];
    assert_int_equal(word_fold(SLICE("1.5"), WORD_NUMBER, folded), 3);
    assert_int_equal(word_fold(SLICE("."), WORD_PUNCT, folded), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_blanks),          cmocka_unit_test(hyphens_are_pieces),
        cmocka_unit_test(apostrophes),               cmocka_unit_test(numbers),
        cmocka_unit_test(initials_keep_their_stops), cmocka_unit_test(folds_drop_stops_of_words),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
