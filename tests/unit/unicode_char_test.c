// SPDX-License-Identifier: MIT
// Properties and folds of code points: against ICU for all of Unicode, and case by case where a writing habit was decided upon.
#include "unicode/char.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "unicode/utf8.h"

#define LAST 0x10FFFFu

static struct slice fold_text(const char *text, char out[256])
{
    size_t len = 0, source_len = strlen(text);
    for (size_t i = 0; i < source_len;) {
        uint32_t folded[3];
        int count = char_fold(utf8_next(text, &i), folded);
        for (int j = 0; j < count; j++) len += (size_t)utf8_put(folded[j], out + len);
    }
    return slice_make(out, len);
}

static void assert_folds(const char *text, const char *want)
{
    char out[256];
    struct slice got = fold_text(text, out);
    assert_int_equal(got.len, strlen(want));
    assert_memory_equal(got.at, want, got.len);
}

static void folds_latin_and_greek(void **state)
{
    (void)state;
    assert_folds("Memorandum OF Understanding", "memorandum of understanding");
    assert_folds("Türkiye São Tomé Côte d’Ivoire", "turkiye sao tome cote d'ivoire");
    assert_folds("ERDOĞAN Yıldırım İstanbul", "erdogan yildirim istanbul");
    assert_folds("Łódź Ørsted Đặng Straße Æneid", "lodz orsted dang strasse aeneid");
    assert_folds("e\u0301", "e");
    assert_folds("Ελλάδα ΣΟΦΊΑΣ", "ελλαδα σοφιασ");
    assert_folds("ﬁve Ⅶ Ｇ７", "five vii g7");
}

static void folds_cyrillic(void **state)
{
    (void)state;
    assert_folds("Ёлка ёж", "елка еж");
    assert_folds("Йод йод", "йод йод");
    assert_folds("Ро\u0301ссия\u0300", "россия");
    assert_folds("ѐ ѝ", "е и");
    assert_folds("Україна Беларусь ў", "україна беларусь ў");
}

static void folds_devanagari(void **state)
{
    (void)state;
    assert_folds("हिन्दी की मात्राएँ", "हिन्दी की मात्राएं");
    assert_folds("\u0915\u093C \u0958", "क क");
    assert_folds("\u0958\u0959\u095A\u095B\u095C\u095D\u095E\u095F", "कखगजडढफय");
    assert_folds("\u0929\u0931\u0934", "नरळ");
    assert_folds("क्\u200Dष र्\u200Cय", "क्ष र्य");
    assert_folds("१२३४५६७८९०", "1234567890");
    assert_folds("।॥", "।॥");
}

static void folds_arabic(void **state)
{
    (void)state;
    assert_folds("مُحَمَّد", "محمد");
    assert_folds("كتاب \u064A\u0649\u06CC", "کتاب ییی");
    assert_folds("معـــاہدہ", "معاہدہ");
    assert_folds("\u0647\u0629\u06C0\u06C2\u06D5\u06C1", "ہہہہہہ");
    assert_folds("\u0623\u0625\u0671\u0627", "اااا");
    assert_folds("آ ؤ ئ ھ ے ٹ ڈ ڑ", "آ ؤ ئ ھ ے ٹ ڈ ڑ");
    assert_folds("\u06D2\u0654\u06D3", "ےے");
    assert_folds("۱۲۳ ١٢٣", "123 123");
    assert_folds("\uFEE3\uFE92\uFEDB\uFBA8", "مبکہ");  // presentation forms
    assert_folds("\u200Fوزیر\u200Cاعظم\u200E", "وزیراعظم");
}

static void folds_marks(void **state)
{
    (void)state;
    assert_folds("a\u2010b\u2011c\u2012d\u2013e\u2014f\u2015g\u2212h-i", "a-b-c-d-e-f-g-h-i");
    assert_folds("“a” ‘b’ «c» „d‟ ‹e› ′ ʼ `", "\"a\" 'b' \"c\" \"d\" 'e' ' ' '");
    assert_folds("so\u00ADft \uFEFF\u2066x\u2069\u200B\uFE0F", "soft x");
    assert_folds("m² ½ € % । ॥ ، ؛ ؟ ۔", "m² ½ € % । ॥ , ; ? .");
}

// A fold of a fold is itself, never over three code points, and upper and lower case meet.
static void folds_settle(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= LAST; c++) {
        uint32_t out[3], again[3];
        int count = char_fold(c, out);
        assert_in_range(count, 0, 3);
        for (int i = 0; i < count; i++) {
            assert_int_equal(char_fold(out[i], again), 1);
            assert_int_equal(again[0], out[i]);
        }
    }
    for (uint32_t c = 'A'; c <= 'Z'; c++) {
        uint32_t out[3];
        assert_int_equal(char_fold(c, out), 1);
        assert_int_equal(out[0], c + 32);
    }
}

static void cases_meet(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= LAST; c++) {
        uint32_t lower = (uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT);
        if (lower == c || c == 0x0345) continue;  // a Greek mark with a letter for its capital: dropped as a mark
        uint32_t a[3], b[3];
        int count = char_fold(c, a);
        assert_int_equal(char_fold(lower, b), count);
        assert_memory_equal(a, b, (size_t)count * sizeof *a);
    }
}

static void digits_as_icu_has_them(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= LAST; c++) {
        int want = u_charType((UChar32)c) == U_DECIMAL_DIGIT_NUMBER ? u_charDigitValue((UChar32)c) : -1;
        assert_int_equal(char_digit(c), want);
        assert_int_equal(char_class(c) == CHAR_DIGIT, want >= 0);
    }
    assert_int_equal(char_digit(0x0967), 1);
    assert_int_equal(char_digit(LAST + 1), -1);
    assert_int_equal(char_digit(UINT32_MAX), -1);
}

static void scripts_as_icu_has_them(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= LAST; c++) {
        UErrorCode error = U_ZERO_ERROR;
        UScriptCode script = uscript_getScript((UChar32)c, &error);
        assert_int_equal(char_script(c) == SCRIPT_LATIN, script == USCRIPT_LATIN);
        assert_int_equal(char_script(c) == SCRIPT_CYRILLIC, script == USCRIPT_CYRILLIC);
        assert_int_equal(char_script(c) == SCRIPT_DEVANAGARI, script == USCRIPT_DEVANAGARI);
        assert_int_equal(char_script(c) == SCRIPT_ARABIC, script == USCRIPT_ARABIC);
        assert_int_equal(char_script(c) == SCRIPT_COMMON, script == USCRIPT_COMMON || script == USCRIPT_INHERITED);
        assert_int_equal(char_is_upper(c), u_isUUppercase((UChar32)c) || u_charType((UChar32)c) == U_TITLECASE_LETTER);
    }
}

static void classes(void **state)
{
    (void)state;
    static const struct {
        uint32_t code_point;
        enum char_class class;
    } cases[] = {
        {' ', CHAR_SPACE}, {'\n', CHAR_SPACE}, {0x85, CHAR_SPACE}, {0xA0, CHAR_SPACE}, {0x2028, CHAR_SPACE}, {0x3000, CHAR_SPACE},
        {'a', CHAR_LETTER}, {0x0915, CHAR_LETTER}, {0x093F, CHAR_LETTER}, {0x094D, CHAR_LETTER}, {0x064E, CHAR_LETTER},
        {0x0301, CHAR_LETTER}, {0x200C, CHAR_LETTER}, {0x200D, CHAR_LETTER}, {0x2167, CHAR_LETTER}, {0x0640, CHAR_LETTER},
        {'5', CHAR_DIGIT}, {0x0966, CHAR_DIGIT}, {0x06F5, CHAR_DIGIT}, {'.', CHAR_PUNCT}, {0x0964, CHAR_PUNCT}, {0x06D4, CHAR_PUNCT},
        {0x060C, CHAR_PUNCT}, {'%', CHAR_PUNCT}, {0x2014, CHAR_PUNCT}, {0x201C, CHAR_PUNCT}, {'$', CHAR_SYMBOL}, {0x20B9, CHAR_SYMBOL},
        {'+', CHAR_SYMBOL}, {0x00B2, CHAR_SYMBOL}, {0x1F91D, CHAR_SYMBOL}, {0, CHAR_CONTROL}, {0x1B, CHAR_CONTROL}, {0x7F, CHAR_CONTROL},
        {0x9B, CHAR_CONTROL}, {0xAD, CHAR_IGNORED}, {0xFEFF, CHAR_IGNORED}, {0x200B, CHAR_IGNORED}, {0x200E, CHAR_IGNORED},
        {0x202E, CHAR_IGNORED}, {0x2060, CHAR_IGNORED}, {0xFE0F, CHAR_IGNORED}, {0xE0100, CHAR_IGNORED}, {0xE000, CHAR_OTHER},
        {0xD800, CHAR_OTHER}, {0x378, CHAR_OTHER}, {LAST, CHAR_OTHER}, {LAST + 1, CHAR_OTHER}, {UINT32_MAX, CHAR_OTHER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_int_equal(char_class(cases[i].code_point), cases[i].class);
}

static void script_names(void **state)
{
    (void)state;
    assert_int_equal(script_from_name("Latn", 4), SCRIPT_LATIN);
    assert_int_equal(script_from_name("Cyrl", 4), SCRIPT_CYRILLIC);
    assert_int_equal(script_from_name("Deva and more", 4), SCRIPT_DEVANAGARI);
    assert_int_equal(script_from_name("Arab", 4), SCRIPT_ARABIC);
    assert_int_equal(script_from_name("Lat", 3), SCRIPT_OTHER);
    assert_int_equal(script_from_name("latn", 4), SCRIPT_OTHER);
    assert_int_equal(script_from_name("Hang", 4), SCRIPT_OTHER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_latin_and_greek), cmocka_unit_test(folds_cyrillic), cmocka_unit_test(folds_devanagari),
        cmocka_unit_test(folds_arabic), cmocka_unit_test(folds_marks), cmocka_unit_test(folds_settle), cmocka_unit_test(cases_meet),
        cmocka_unit_test(digits_as_icu_has_them), cmocka_unit_test(scripts_as_icu_has_them), cmocka_unit_test(classes),
        cmocka_unit_test(script_names),
    };
    return cmocka_run_group_tests_name("unicode char", tests, NULL, NULL);
}
