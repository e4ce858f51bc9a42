// SPDX-License-Identifier: MIT
// NFC and UTF-8 against ICU: every code point alone, random strings of the characters that combine, the nasty cases; and the offset map.
#include "unicode/normal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "unicode/utf8.h"

#define MAX_LEN 4096

static int open_arena(void **state)
{
    static struct arena arena;
    arena_init(&arena, NULL, (size_t)512 << 20);
    *state = &arena;
    return 0;
}

static int close_arena(void **state)
{
    arena_finish(*state);
    return 0;
}

static const UNormalizer2 *icu_nfc(void)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
    assert_true(U_SUCCESS(error));
    return nfc;
}

// What ICU makes of it, as UTF-8 in `out`.
static struct slice icu_normal(struct slice source, char out[4 * MAX_LEN])
{
    static UChar wide[2 * MAX_LEN], normal[4 * MAX_LEN];
    int32_t wide_len, normal_len, len;
    UErrorCode error = U_ZERO_ERROR;
    u_strFromUTF8(wide, 2 * MAX_LEN, &wide_len, source.at, (int32_t)source.len, &error);
    normal_len = unorm2_normalize(icu_nfc(), wide, wide_len, normal, 4 * MAX_LEN, &error);
    u_strToUTF8(out, 4 * MAX_LEN, &len, normal, normal_len, &error);
    assert_true(U_SUCCESS(error));
    return slice_make(out, (size_t)len);
}

static void fail_on(struct slice source, const char *what)
{
    fprintf(stderr, "# %s:", what);
    for (size_t i = 0; i < source.len;) fprintf(stderr, " %04X", utf8_next(source.at, &i));
    fputc('\n', stderr);
    fail();
}

// Segments ascend, `same` segments hold the same bytes, offsets never run backwards.
static void check_map(struct slice source, struct slice text, const struct offset_map *map)
{
    const struct offset_segment *at = map->segments.at;
    uint32_t last = map->segments.count - 1;
    assert_int_equal(at[0].text, 0);
    assert_int_equal(at[0].source, 0);
    assert_int_equal(at[last].text, text.len);
    assert_int_equal(at[last].source, source.len);
    for (uint32_t i = 0; i < last; i++) {
        assert_true(at[i].text < at[i + 1].text);
        assert_true(at[i].source < at[i + 1].source);
        uint32_t len = at[i + 1].text - at[i].text;
        if (!at[i].same) continue;
        assert_int_equal(len, at[i + 1].source - at[i].source);
        assert_memory_equal(text.at + at[i].text, source.at + at[i].source, len);
    }
    uint32_t start_before = 0, end_before = 0;
    for (uint32_t offset = 0; offset <= text.len; offset++) {
        uint32_t start = offset_map_source(map, offset, false), end = offset_map_source(map, offset, true);
        assert_true(start <= end);
        assert_true(end <= source.len);
        assert_true(start >= start_before);
        assert_true(end >= end_before);
        start_before = start;
        end_before = end;
    }
}

static void check(struct arena *arena, struct slice source)
{
    static char room[4 * MAX_LEN];
    assert_true(source.len < MAX_LEN);
    assert_int_equal(utf8_valid_prefix(source), source.len);
    struct slice want = icu_normal(source, room), text;
    struct offset_map map;
    normal_nfc(arena, source, &text, &map);
    if (!slice_eq(text, want)) fail_on(source, "differs from ICU");
    if (slice_eq(source, want)) {
        if (text.at != source.at) fail_on(source, "copied for nothing");
        assert_int_equal(map.segments.count, 0);
        return;
    }
    check_map(source, text, &map);
    struct slice again;
    normal_nfc(arena, text, &again, &map);
    assert_ptr_equal(again.at, text.at);
}

static size_t encode(const uint32_t *code_points, size_t count, char *out)
{
    size_t len = 0;
    for (size_t i = 0; i < count; i++) len += (size_t)utf8_put(code_points[i], out + len);
    return len;
}

static void check_points(struct arena *arena, const uint32_t *code_points, size_t count)
{
    char source[MAX_LEN];
    check(arena, slice_make(source, encode(code_points, count, source)));
}

static bool is_surrogate(uint32_t c)
{
    return c >= 0xD800 && c <= 0xDFFF;
}

static void every_code_point(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(ARENA_CATCH(arena), 0);
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (is_surrogate(c)) continue;
        int32_t decomposition = u_getIntPropertyValue((UChar32)c, UCHAR_DECOMPOSITION_TYPE);
        bool plain = decomposition == U_DT_NONE && u_getCombiningClass((UChar32)c) == 0;
        if (plain && c > 0x3000 && c % 64) continue;  // nothing happens there; ICU is slow
        uint32_t around[] = {'a', c, 0x0323, c, 0x0301};
        check_points(arena, around + 1, 1);
        check_points(arena, around, 5);
        arena_reset(arena);
        arena->armed = 1;
    }
}

static void decomposed_forms_come_back(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(ARENA_CATCH(arena), 0);
    for (UChar32 c = 0; c <= 0x10FFFF; c++) {
        UChar wide[64];
        UErrorCode error = U_ZERO_ERROR;
        int32_t len = unorm2_getDecomposition(icu_nfc(), c, wide, 64, &error);
        if (len < 0 || (c > 0xAC00 && c < 0xD7A4 && c % 37)) continue;
        char source[256];
        int32_t source_len;
        u_strToUTF8(source, sizeof source, &source_len, wide, len, &error);
        assert_true(U_SUCCESS(error));
        check(arena, slice_make(source, (size_t)source_len));
        arena_reset(arena);
        arena->armed = 1;
    }
}

static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

// The characters that do something in NFC, with plain ones between them.
static size_t collect_active(uint32_t *out, size_t room)
{
    size_t count = 0;
    for (uint32_t c = 0; c <= 0x10FFFF && count < room; c++) {
        if (is_surrogate(c) || (c >= 0xAC00 && c <= 0xD7A3 && c % 97)) continue;
        bool active = u_getCombiningClass((UChar32)c) || u_getIntPropertyValue((UChar32)c, UCHAR_NFC_QUICK_CHECK) != UNORM_YES ||
                      u_getIntPropertyValue((UChar32)c, UCHAR_DECOMPOSITION_TYPE) == U_DT_CANONICAL;
        if (active) out[count++] = c;
    }
    return count;
}

static void random_strings(void **state)
{
    struct arena *arena = *state;
    static uint32_t pool[20000];
    static const uint32_t plain[] = {
        'a', 'A', 'o', ' ', '\n', 0x0438, 0x0928, 0x0930, 0x0915, 0x0627, 0x0648, 0x06C1, 0x09C7, 0x1100,
        0x1161, 0x11A8, 0xAC00, 0x0D46, 0x1025, 0x4E00, 0x1F91D, 0x0301, 0x0323, 0x093C, 0x094D,
        0x0654, 0x0653, 0x0651,
    };
    enum { PLAIN_COUNT = sizeof plain / sizeof *plain, ROUNDS = 60000 };
    size_t count = collect_active(pool, sizeof pool / sizeof *pool);
    assert_in_range(count, 2000, 19999);
    uint64_t seed = 20260101;
    assert_int_equal(ARENA_CATCH(arena), 0);
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t text[40];
        size_t len = 1 + next_random(&seed) % 12;
        if (round % 50 == 0) len = 40;
        for (size_t i = 0; i < len; i++) {
            uint32_t dice = next_random(&seed);
            text[i] = dice % 5 < 3 ? plain[dice / 8 % PLAIN_COUNT] : pool[dice / 8 % count];
        }
        check_points(arena, text, len);
        arena_reset(arena);
        arena->armed = 1;
    }
}

static void nasty_cases(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(ARENA_CATCH(arena), 0);
    static const char *const cases[] = {
        "", "a", "plain ASCII text that is longer than sixteen bytes", "e\u0301", "\u0301", "\u0301\u0323", "a\u0301\u0323",
        "q\u0307\u0323",
        "\u1E0A\u0323", "s\u0323\u0307", "\u212B\u2126", "\u0958\u0959", "\u0928\u093C", "\u0928\u094D\u093C", "\u0915\u093C\u094D",
        "\u0438\u0306", "\u0415\u0308", "\u0627\u0653", "\u0627\u0654\u064B", "\u06D2\u0654", "\u0627\u0651\u064E", "\u0627\u064E\u0651",
        "\u1100\u1161\u11A8", "\u1100\u1161\u0300\u11A8", "\uAC00\u11A8", "\uAC00\u11A7", "\uAC01\u11A8", "\u1161\u11A8", "\u0F73\u0F71",
        "\u0344", "\u0340\u0341", "\u09C7\u09BE", "\u09C7\u0301\u09BE", "\u0B47\u0300\u0B3E", "\u0B47\u0B3E\u0B3E", "\uFB1D\uFB4E",
        "\U0001D15E\U0001D15F",
        "\U00011099\U000110BA", "\uF900\U0002F800", "a\u0315\u0300\u05AE\u0300b",
        "text before e\u0301 and after, then o\u0308 again",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(arena, slice_from(cases[i]));
}

// A run of marks of any length is sorted in time that grows with its length, not its square.
static void long_runs_of_marks(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(ARENA_CATCH(arena), 0);
    static const uint32_t marks[] = {0x0301, 0x0323, 0x0345, 0x093C, 0x05B0, 0x0338, 0x0300};
    uint32_t text[1000] = {'a'};
    for (size_t i = 1; i < 1000; i++) text[i] = marks[i * 5 % 7];
    check_points(arena, text, 1000);
    for (size_t len = 30; len < 40; len++) check_points(arena, text, len);

    size_t count = 4000000;
    char *source = malloc(2 * count);
    assert_non_null(source);
    for (size_t i = 0; i < count; i++) utf8_put(i % 2 ? 0x0301 : 0x0323, source + 2 * i);
    struct slice normal;
    struct offset_map map;
    normal_nfc(arena, slice_make(source, 2 * count), &normal, &map);
    assert_int_equal(normal.len, 2 * count);
    size_t offset = 0;
    assert_int_equal(utf8_next(normal.at, &offset), 0x0323);
    assert_int_equal(utf8_before(normal.at, normal.len), 0x0301);
    free(source);
}

static void maps_back_to_the_source(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(ARENA_CATCH(arena), 0);
    struct slice text, source = SLICE("ab e\xCC\x81 cd o\xCC\x88");  // both marks compose: é and ö
    struct offset_map map;
    normal_nfc(arena, source, &text, &map);
    assert_true(slice_eq(text, SLICE("ab \xC3\xA9 cd \xC3\xB6")));
    static const uint32_t starts[] = {0, 1, 2, 3, 3, 6, 7, 8, 9, 10, 10, 13};
    static const uint32_t ends[] = {0, 1, 2, 3, 6, 6, 7, 8, 9, 10, 13, 13};
    assert_int_equal(text.len, 11);
    for (uint32_t i = 0; i <= 11; i++) {
        assert_int_equal(offset_map_source(&map, i, false), starts[i]);
        assert_int_equal(offset_map_source(&map, i, true), ends[i]);
    }
    struct offset_map identity = {0};
    assert_int_equal(offset_map_source(&identity, 1234, true), 1234);
}

static void escapes_stand_for_letters(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(ARENA_CATCH(arena), 0);
    static const struct {
        const char *source, *text;
    } cases[] = {
        {"Jo\\xE3o met Andr\\u00e9s.", "Jo\xC3\xA3o met Andr\xC3\xA9s."},
        {"\\xC9 e\xCC\x81 \\xe9", "\xC3\x89 \xC3\xA9 \xC3\xA9"},  // composed marks between
        {"C:\\xls \\x41 \\xD7 \\u0915 \\xE", "C:\\xls \\x41 \\xD7 \\u0915 \\xE"},  // no letters beyond ASCII, no hex, cut off
        {"\\xE1\xCC\x81", "\\xE1\xCC\x81"},  // a mark behind it
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct slice source = slice_from(cases[i].source), text, again;
        struct offset_map map;
        normal_unescaped(arena, source, &text, &map);
        assert_true(slice_eq(text, slice_from(cases[i].text)));
        if (map.segments.count) check_map(source, text, &map);
        normal_nfc(arena, text, &again, &map);
        assert_ptr_equal(again.at, text.at);
    }
}

static void valid_prefixes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t valid;
    } cases[] = {
        {"", 0}, {"abc", 3}, {"0123456789abcdef0123456789abcdef\xFFrest", 32}, {"\x80", 0}, {"a\xC1\x81", 1}, {"\xC2", 0}, {"\xC2\xC2", 0},
        {"\xDF\xBF", 2}, {"\xE0\x9F\xBF", 0}, {"\xE0\xA0\x80", 3}, {"\xED\x9F\xBF", 3}, {"\xED\xA0\x80", 0}, {"\xEF\xBF\xBF", 3},
        {"\xE0\xA4", 0}, {"\xE0\xA4 ", 0}, {"\xF0\x8F\xBF\xBF", 0}, {"\xF0\x90\x80\x80", 4},
        {"\xF4\x8F\xBF\xBF", 4}, {"\xF4\x90\x80\x80", 0},
        {"\xF5\x80\x80\x80", 0}, {"\xF0\x9F\xA4", 0}, {"\xE0\xA4\x95\xE0\xA4\x95\xE0", 6}, {"\xFE", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(utf8_valid_prefix(slice_from(cases[i].text)), cases[i].valid);
    assert_int_equal(utf8_valid_prefix(SLICE("a\0b")), 3);
}

static void encodes_and_decodes_every_code_point(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (is_surrogate(c)) continue;
        char text[8] = "x";
        int len = utf8_put(c, text + 1);
        size_t offset = 1;
        assert_int_equal(utf8_valid_prefix(slice_make(text, (size_t)len + 1)), len + 1);
        assert_int_equal(utf8_next(text, &offset), c);
        assert_int_equal(offset, len + 1);
        assert_int_equal(utf8_before(text, offset), c);
        assert_int_equal(utf8_count(slice_make(text, offset)), 2);
        if (len > 1) assert_int_equal(utf8_valid_prefix(slice_make(text, offset - 1)), 1);  // cut off
    }
}

int main(void)
{
#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        WITH_ARENA(every_code_point), WITH_ARENA(decomposed_forms_come_back), WITH_ARENA(random_strings), WITH_ARENA(nasty_cases),
        WITH_ARENA(long_runs_of_marks), WITH_ARENA(maps_back_to_the_source),
        WITH_ARENA(escapes_stand_for_letters), cmocka_unit_test(valid_prefixes),
        cmocka_unit_test(encodes_and_decodes_every_code_point),
    };
    return cmocka_run_group_tests_name("unicode normal", tests, NULL, NULL);
}
