// SPDX-License-Identifier: MIT
// Writes the tables of src/unicode/tables.h as C, from the ICU of the machine that builds. Run by the build; ICU is not needed afterwards.
//
// For each code point: properties; what NFC needs; and the fold, the key under which words are compared. The fold is the one place that
// knows writing habits. It is per script, never per language:
//   all         digits of any script to ASCII; every dash to '-'; typographic quotes and apostrophes to ' and "; width and position
//               variants (full-width, Arabic presentation forms, ligatures, Roman numeral signs) to what they stand for, where that is
//               three letters or fewer; format characters dropped
//   Latin,Greek lower case, marks stripped, strokes and ligatures (ø ł đ ı æ œ) opened: names lose their marks when they travel
//   Cyrillic    lower case, ё→е and stress marks dropped; й ї ў stay, as they are letters of their own
//   Devanagari  nukta dropped, composed or not, as it is often left out in print; chandrabindu and its kin to anusvara; vowel signs stay
//   Arabic      harakat and tatweel dropped; Arabic ي ى ك ه ة to the letters of Persian and Urdu keyboards ی ک ہ, as writers mix them;
//               its comma, semicolon, question mark and full stop to those of other scripts, so that lists and clauses part alike;
//               hamza on alef or heh goes with the harakat; آ ؤ ئ ھ ے stay, as they tell words apart
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>
#include <unicode/utf16.h>

#include "unicode/char.h"
#include "unicode/tables.h"

#define LAST 0x10FFFF
#define ALL (LAST + 1)
#define FOLD_NONE 1u

static const UNormalizer2 *nfc, *nfkc;

static void check(bool good, const char *what, UChar32 c)
{
    if (good) return;
    fprintf(stderr, "gen_unicode: %s at U+%04X\n", what, (unsigned)c);
    exit(1);
}

// ---- Properties

static enum char_class class_of(UChar32 c)
{
    int8_t category = u_charType(c);
    if (u_hasBinaryProperty(c, UCHAR_WHITE_SPACE)) return CHAR_SPACE;
    if (c == 0x200C || c == 0x200D) return CHAR_LETTER;
    if (category == U_CONTROL_CHAR) return CHAR_CONTROL;
    if (category != U_UNASSIGNED && u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return CHAR_IGNORED;
    uint32_t mask = U_MASK(category);
    if (mask & (U_GC_L_MASK | U_GC_M_MASK | U_GC_NL_MASK)) return CHAR_LETTER;
    if (mask & U_GC_ND_MASK) return CHAR_DIGIT;
    if (mask & U_GC_P_MASK) return CHAR_PUNCT;
    if (mask & (U_GC_S_MASK | U_GC_NO_MASK)) return CHAR_SYMBOL;
    if (c >= 0xFFF9 && c <= 0xFFFB) return CHAR_IGNORED;
    return CHAR_OTHER;
}

static enum script script_of(UChar32 c)
{
    UErrorCode error = U_ZERO_ERROR;
    switch (uscript_getScript(c, &error)) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED: return SCRIPT_COMMON;
    case USCRIPT_LATIN: return SCRIPT_LATIN;
    case USCRIPT_CYRILLIC: return SCRIPT_CYRILLIC;
    case USCRIPT_DEVANAGARI: return SCRIPT_DEVANAGARI;
    case USCRIPT_ARABIC: return SCRIPT_ARABIC;
    default: return SCRIPT_OTHER;
    }
}

static uint32_t quick_of(UChar32 c)
{
    int32_t value = u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK);
    return value == UNORM_YES ? QUICK_YES : value == UNORM_NO ? QUICK_NO : QUICK_MAYBE;
}

static bool is_active(UChar32 c)
{
    return u_getCombiningClass(c) != 0 || quick_of(c) != QUICK_YES;
}

static uint32_t property_of(UChar32 c)
{
    int digit = u_charType(c) == U_DECIMAL_DIGIT_NUMBER ? (int)u_getNumericValue(c) : -1;
    bool upper = u_isUUppercase(c) || u_charType(c) == U_TITLECASE_LETTER;
    // next_cluster in normal.c relies on it
    check(is_active(c) || unorm2_hasBoundaryBefore(nfc, c), "inactive without boundary", c);
    return (uint32_t)class_of(c) | (uint32_t)script_of(c) << 3 | (uint32_t)upper << 6 | (uint32_t)(digit + 1) << 8 |
           (uint32_t)u_getCombiningClass(c) << 16 | quick_of(c) << 24;
}

// ---- Fold

// Up to three code points.
struct fold {
    uint32_t at[3];
    int len;
};

static const struct {
    UChar32 from;
    const char *to;  // UTF-8
} special_folds[] = {
    // Cyrillic: ё, and letters with a stress mark in them
    {0x0451, "е"}, {0x0450, "е"}, {0x045D, "и"},
    // Devanagari: signs of nasality; letters with nukta
    {0x0900, "ं"}, {0x0901, "ं"}, {0x093C, ""}, {0x0951, ""}, {0x0952, ""}, {0x0953, ""}, {0x0954, ""},
    {0x0929, "न"}, {0x0931, "र"}, {0x0934, "ळ"}, {0x0958, "क"}, {0x0959, "ख"}, {0x095A, "ग"}, {0x095B, "ज"},
    {0x095C, "ड"}, {0x095D, "ढ"}, {0x095E, "फ"}, {0x095F, "य"},
    // Arabic: alef with hamza or wasla; yeh; kaf; heh, with teh marbuta as Urdu reads it; yeh barree with hamza
    {0x0623, "ا"}, {0x0625, "ا"}, {0x0671, "ا"}, {0x0672, "ا"}, {0x0673, "ا"}, {0x0649, "ی"}, {0x064A, "ی"}, {0x0643, "ک"}, {0x06AA, "ک"},
    {0x0647, "ہ"}, {0x0629, "ہ"}, {0x06C0, "ہ"}, {0x06C2, "ہ"}, {0x06C3, "ہ"}, {0x06D5, "ہ"}, {0x06D3, "ے"}, {0x0640, ""},
    {0x066A, "%"}, {0x066B, "."}, {0x066C, ","}, {0x060C, ","}, {0x061B, ";"}, {0x061F, "?"}, {0x06D4, "."},
    // Latin: strokes and ligatures that do not decompose
    {0x00F8, "o"}, {0x0142, "l"}, {0x0111, "d"}, {0x0127, "h"}, {0x0167, "t"}, {0x0131, "i"}, {0x00E6, "ae"}, {0x0153, "oe"},
    // Quotes and apostrophes
    {0x2018, "'"}, {0x2019, "'"}, {0x201A, "'"}, {0x201B, "'"}, {0x2032, "'"}, {0x02BC, "'"}, {0x02BB, "'"}, {0x2039, "'"}, {0x203A, "'"},
    {0x0060, "'"}, {0x00B4, "'"}, {0x201C, "\""}, {0x201D, "\""}, {0x201E, "\""}, {0x201F, "\""}, {0x2033, "\""}, {0x00AB, "\""},
    {0x00BB, "\""}, {0x2212, "-"},
};

static struct fold fold_none(void) { return (struct fold){{0}, 0}; }
static struct fold fold_one(uint32_t c) { return (struct fold){{c}, 1}; }

static struct fold fold_from_utf16(const UChar *text, int32_t len)
{
    struct fold fold = fold_none();
    for (int32_t i = 0; i < len;) {
        UChar32 c;
        U16_NEXT(text, i, len, c);
        check(fold.len < 3, "fold too long", c);
        fold.at[fold.len++] = (uint32_t)c;
    }
    return fold;
}

static struct fold fold_from_utf8(const char *text)
{
    UChar wide[8];
    int32_t len;
    UErrorCode error = U_ZERO_ERROR;
    u_strFromUTF8(wide, 8, &len, text, -1, &error);
    check(U_SUCCESS(error), text, 0);
    return fold_from_utf16(wide, len);
}

static bool find_special(UChar32 c, struct fold *ret_fold)
{
    for (size_t i = 0; i < sizeof special_folds / sizeof *special_folds; i++) {
        if (special_folds[i].from != c) continue;
        *ret_fold = fold_from_utf8(special_folds[i].to);
        return true;
    }
    return false;
}

// Marks that are dropped wherever they stand: general ones, and the harakat.
static bool is_dropped_mark(UChar32 c)
{
    if (u_charType(c) != U_NON_SPACING_MARK) return false;
    UErrorCode error = U_ZERO_ERROR;
    UBlockCode block = ublock_getCode(c);
    if (uscript_getScript(c, &error) == USCRIPT_ARABIC) return true;
    return block == UBLOCK_COMBINING_DIACRITICAL_MARKS || block == UBLOCK_COMBINING_DIACRITICAL_MARKS_EXTENDED ||
           block == UBLOCK_COMBINING_DIACRITICAL_MARKS_SUPPLEMENT || block == UBLOCK_COMBINING_MARKS_FOR_SYMBOLS ||
           block == UBLOCK_COMBINING_HALF_MARKS || block == UBLOCK_ARABIC || block == UBLOCK_ARABIC_EXTENDED_A;
}

// Compatibility variants that are the same letters to a reader. Superscripts, fractions, squared units are not.
static bool is_variant(UChar32 c)
{
    switch (u_getIntPropertyValue(c, UCHAR_DECOMPOSITION_TYPE)) {
    case U_DT_WIDE:
    case U_DT_NARROW:
    case U_DT_INITIAL:
    case U_DT_MEDIAL:
    case U_DT_FINAL:
    case U_DT_ISOLATED: return true;
    case U_DT_COMPAT: return (c >= 0xFB00 && c <= 0xFB06) || u_charType(c) == U_LETTER_NUMBER;
    default: return false;
    }
}

// Full case fold; for Latin and Greek decomposed, too, so that the next round drops the marks.
static struct fold fold_case(UChar32 c)
{
    UChar source[2], wide[16], apart[32];
    int32_t source_len = 0, len, apart_len;
    UErrorCode error = U_ZERO_ERROR;
    U16_APPEND_UNSAFE(source, source_len, c);
    len = u_strFoldCase(wide, 16, source, source_len, U_FOLD_CASE_DEFAULT, &error);
    UScriptCode script = uscript_getScript(c, &error);
    if (script != USCRIPT_LATIN && script != USCRIPT_GREEK) return fold_from_utf16(wide, len);

    apart_len = unorm2_normalize(unorm2_getNFDInstance(&error), wide, len, apart, 32, &error);
    check(U_SUCCESS(error), u_errorName(error), c);
    int32_t kept = 0;
    for (int32_t i = 0; i < apart_len; i++) {
        if (!is_dropped_mark(apart[i])) apart[kept++] = apart[i];
    }
    return fold_from_utf16(apart, kept);
}

static struct fold fold_variant(UChar32 c)
{
    UChar source[2], wide[32];
    int32_t source_len = 0, len, count;
    UErrorCode error = U_ZERO_ERROR;
    U16_APPEND_UNSAFE(source, source_len, c);
    len = unorm2_normalize(nfkc, source, source_len, wide, 32, &error);
    count = u_countChar32(wide, len);
    // Whole phrases in one sign, and signs that carry harakat on a blank, stay what they are.
    if (U_FAILURE(error) || count > 3 || wide[0] == ' ') return fold_case(c);
    return fold_from_utf16(wide, len);
}

static struct fold fold_once(UChar32 c)
{
    struct fold special;
    if (c >= 0xD800 && c <= 0xDFFF) return fold_one((uint32_t)c);
    if (class_of(c) == CHAR_IGNORED || c == 0x200C || c == 0x200D || is_dropped_mark(c)) return fold_none();
    if (find_special(c, &special)) return special;
    if (u_charType(c) == U_DECIMAL_DIGIT_NUMBER) return fold_one((uint32_t)('0' + (int)u_getNumericValue(c)));
    if (u_charType(c) == U_DASH_PUNCTUATION) return fold_one('-');
    if (is_variant(c)) return fold_variant(c);
    return fold_case(c);
}

// Folds the results again until nothing changes: a fold of a fold is itself.
static struct fold fold_of(UChar32 c)
{
    struct fold fold = fold_once(c);
    for (int round = 0; round < 8; round++) {
        struct fold next = fold_none();
        for (int i = 0; i < fold.len; i++) {
            struct fold part = fold_once((UChar32)fold.at[i]);
            check(next.len + part.len <= 3, "fold too long", c);
            for (int j = 0; j < part.len; j++) next.at[next.len++] = part.at[j];
        }
        if (memcmp(&next, &fold, sizeof fold) == 0) return fold;
        fold = next;
    }
    check(false, "fold does not settle", c);
    return fold;
}

static bool folds_to_itself(UChar32 c)
{
    struct fold fold = fold_of(c);
    return fold.len == 1 && fold.at[0] == (uint32_t)c;
}

static uint32_t (*fold_entries_made)[3];
static uint32_t fold_entry_count = 2;  // 0 and 1 have meanings of their own

static uint32_t fold_entry(UChar32 c)
{
    struct fold fold = fold_of(c);
    if (fold.len == 0) return FOLD_NONE;
    if (folds_to_itself(c)) return 0;
    for (uint32_t i = 2; i < fold_entry_count; i++) {
        if (memcmp(fold_entries_made[i], fold.at, sizeof fold.at) == 0) return i;
    }
    check(fold_entry_count < 0xFFFF, "too many folds", c);
    memcpy(fold_entries_made[fold_entry_count], fold.at, sizeof fold.at);
    return fold_entry_count++;
}

// ---- Writing

static void print_numbers(const uint64_t *values, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        printf("%s0x%llxu%s,", i % 12 ? " " : "\n    ", (unsigned long long)values[i], values[i] > UINT32_MAX ? "ll" : "");
    }
}

// Splits `values` into blocks and writes the two stages.
static void write_two_stages(const char *name, const uint64_t *values, uint32_t block, uint32_t count, const char *type1, const char *type2)
{
    uint32_t blocks = count / block, unique = 0;
    uint64_t *stage1 = calloc(blocks, sizeof *stage1), *stage2 = calloc(count, sizeof *stage2);
    for (uint32_t i = 0; i < blocks; i++) {
        uint32_t j = 0;
        while (j < unique && memcmp(stage2 + (size_t)j * block, values + (size_t)i * block, block * sizeof *values)) j++;
        if (j == unique) memcpy(stage2 + (size_t)unique++ * block, values + (size_t)i * block, block * sizeof *values);
        stage1[i] = j;
    }
    check(unique <= 0xFFFF && (strcmp(type1, "uint8_t") || unique <= 0xFF), name, (UChar32)unique);
    printf("\nconst %s %s_stage1[BLOCK_COUNT] = {", type1, name);
    print_numbers(stage1, blocks);
    printf("\n};\n\nconst %s %s_stage2[] = {", type2, name);
    print_numbers(stage2, unique * block);
    printf("\n};\n");
    free(stage1);
    free(stage2);
}

static void write_folds(uint64_t *values)
{
    fold_entries_made = calloc(0x10000, sizeof *fold_entries_made);
    for (UChar32 c = 0; c <= LAST; c++) values[c] = fold_entry(c);
    write_two_stages("fold", values, 64, ALL, "uint16_t", "uint16_t");
    printf("\nconst uint32_t fold_entries[][3] = {\n");
    for (uint32_t i = 0; i < fold_entry_count; i++) {
        const uint32_t *entry = fold_entries_made[i];
        printf("    {0x%x, 0x%x, 0x%x},\n", entry[0], entry[1], entry[2]);
    }
    printf("};\n");
    free(fold_entries_made);
}

static void write_active(uint64_t *values)
{
    memset(values, 0, ALL / 64 * sizeof *values);
    for (UChar32 c = 0; c <= LAST; c++) values[c / 64] |= (uint64_t)is_active(c) << (c % 64);
    write_two_stages("active", values, 1, ALL / 64, "uint8_t", "uint64_t");
}

static bool is_hangul(UChar32 c) { return c >= 0xAC00 && c <= 0xD7A3; }

static void write_decompositions(void)
{
    uint32_t count = 0, start = 0;
    uint64_t *all = calloc(0x10000, sizeof *all);
    printf("\nconst struct decomposition decompositions[] = {\n");
    for (UChar32 c = 0; c <= LAST; c++) {
        UChar wide[32];
        UErrorCode error = U_ZERO_ERROR;
        int32_t len = is_hangul(c) ? -1 : unorm2_getDecomposition(nfc, c, wide, 32, &error);
        if (len < 0) continue;
        uint32_t first = start;
        for (int32_t i = 0; i < len;) {
            UChar32 part;
            U16_NEXT(wide, i, len, part);
            all[start++] = (uint64_t)part;
        }
        printf("    {0x%x, %u, %u},\n", (unsigned)c, first, start - first);
        count++;
    }
    printf("};\nconst uint32_t decomposition_count = %u;\n\nconst uint32_t decomposed[] = {", count);
    print_numbers(all, start);
    printf("\n};\n");
    free(all);
}

static int compare_compositions(const void *a, const void *b)
{
    const struct composition *x = a, *y = b;
    return (x->pair > y->pair) - (x->pair < y->pair);
}

static void write_compositions(void)
{
    uint32_t count = 0;
    struct composition *all = calloc(0x10000, sizeof *all);
    for (UChar32 c = 0; c <= LAST; c++) {
        UChar wide[32];
        UErrorCode error = U_ZERO_ERROR;
        int32_t i = 0, len = is_hangul(c) ? -1 : unorm2_getRawDecomposition(nfc, c, wide, 32, &error);
        if (len <= 0) continue;
        UChar32 first, second;
        U16_NEXT(wide, i, len, first);
        if (i == len) continue;
        U16_NEXT(wide, i, len, second);
        if (unorm2_composePair(nfc, first, second) != c) continue;
        all[count++] = (struct composition){(uint64_t)first << 32 | (uint32_t)second, (uint32_t)c};
    }
    qsort(all, count, sizeof *all, compare_compositions);
    printf("\nconst struct composition compositions[] = {\n");
    for (uint32_t i = 0; i < count; i++) printf("    {0x%llxll, 0x%x},\n", (unsigned long long)all[i].pair, all[i].composed);
    printf("};\nconst uint32_t composition_count = %u;\n", count);
    free(all);
}

int main(void)
{
    UErrorCode error = U_ZERO_ERROR;
    nfc = unorm2_getNFCInstance(&error);
    nfkc = unorm2_getNFKCInstance(&error);
    check(U_SUCCESS(error), u_errorName(error), 0);

    printf("// Written by tools/gen_unicode.c from ICU %s, Unicode %s. Do not edit.\n", U_ICU_VERSION, U_UNICODE_VERSION);
    printf("#include \"unicode/tables.h\"\n");
    uint64_t *values = calloc(ALL, sizeof *values);
    for (UChar32 c = 0; c <= LAST; c++) values[c] = property_of(c) | (uint64_t)!folds_to_itself(c) << 7;
    write_two_stages("property", values, 64, ALL, "uint16_t", "uint32_t");
    write_folds(values);
    write_active(values);
    write_decompositions();
    write_compositions();
    free(values);
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
