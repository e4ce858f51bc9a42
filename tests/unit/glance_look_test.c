// SPDX-License-Identifier: MIT
// The first look: what it throws away, and what it must let through. (tests/cli/test_glance.py holds it against the whole reader.)
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/engine.h"

enum { WORTH = 5 << 20 };

static int set_up(void **state)
{
    struct engine *engine = NULL;
    char *text = malloc(WORTH);
    if (!text || engine_create(NULL, 0, NULL, &engine, NULL))
        return -1;
    memset(text, 'x', WORTH);
    engine_may_state(engine, slice_make(text, WORTH));     // the tables are made when they are worth it
    free(text);
    *state = engine;
    return 0;
}

static int tear_down(void **state)
{
    engine_destroy(*state);
    return 0;
}

// The same wherever the text begins in a block of 64 bytes, and with a block behind it.
static void expect(void **state, bool want, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct slice text = slice_from(texts[i]);
        if (engine_may_state(*state, text) != want)
            fail_msg("%s: %s", want ? "thrown away" : "let through", texts[i]);
        for (size_t shift = 0; shift <= 64; shift++) {
            size_t len = shift + text.len + 80;
            char *copy = malloc(len);
            memset(copy, ' ', len);
            memcpy(copy + shift, text.at, text.len);
            if (engine_may_state(*state, slice_make(copy, len)) != want)
                fail_msg("%s behind %zu blanks: %s", want ? "thrown away" : "let through", shift, texts[i]);
            free(copy);
        }
    }
}

static void thrown_away(void **state)
{
    static const char *const texts[] = {
        "It rained all day.",
        "The president of France spoke of trade.",                              // one party
        "Paris is the capital of France, and France likes Paris.",
        "Those who met us told us who they are.",                               // no organisation, no state
        "Guten Tag, die Straße war größer als gestern; schön.",
        "Il a plu toute la journée à l’école, et l'été fut court.",
        "Шёл дождь, и вся деревня спала.",
        "昨日は雨が降っていたので、家で本を読んだ。",
        "ฝนตกทั้งวัน",
        "Η βροχή έπεφτε όλη μέρα.",
        "Version 2.0.1 of g 21 and d 9: 1,000 x",
        "state of the art, city of the future",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 12345678901234567890 extraordinarily",
    };
    expect(state, false, texts, sizeof texts / sizeof *texts);
}

static void let_through(void **state)
{
    static const char *const texts[] = {
        "Peru and Chile", "PERU-CHILE", "peru\n\n\nchile", "Peruvian, Chilean", "The U.S. and Peru", "the US met Peru",
        "France in Lima", "Russia’s envoy in Peru's hall", "the United\nStates; Chile", "P\xC2\xAD" "eru and Chile",
        "the Vatican                                                                                City and Peru",
        "ordinary people met in New\xC2\xA0" "York,                                                                    that of Peru",
        "Peru and C\xC3\xB4te d\xE2\x80\x99Ivoire", "Peru and Cote d'Ivoire", "Россия и Перу",
        "В МОСКВЕ говорили о Чили", "the U.A.E. and Peru",
        "G20 and Peru", "G-20 in Peru", "Who met in Peru", "WHO and Peru",
        "Moi\xCC\x81",                          // a mark that normal form may move
        "भारत", "پاکستان",                        // scripts whose packs mend what is written
        "Peru\x01", "Peru\xFF", "123 456", "", "  \n",     // faults are the reader's to tell
    };
    expect(state, true, texts, sizeof texts / sizeof *texts);
}

// A party late in a long text, across every place at which eight bytes are taken at once.
static void everywhere(void **state)
{
    static const char names[] = "Peru met Chile", before[] =
        "................................................................................";
    for (size_t shift = 0; shift < 80; shift++)
        for (size_t behind = 0; behind < 80; behind += 1 + behind / 16) {
            char text[256];
            size_t len = 0;
            memcpy(text, before, shift);
            len += shift;
            memcpy(text + len, names, sizeof names - 1);
            len += sizeof names - 1;
            memcpy(text + len, before, behind);
            len += behind;
            char *copy = malloc(len);      // no byte behind the text
            memcpy(copy, text, len);
            assert_true(engine_may_state(*state, slice_make(copy, len)));
            assert_false(engine_may_state(*state, slice_make(copy, len - behind - 1)));
            free(copy);
        }
}

// The same text gives the same answer wherever it stands: what is looked at in blocks against what is looked at in other ones.
static void same_anywhere(void **state)
{
    static const char *const parts[] = {
        "Peru", "Chile", "U.S.", "U.", "S", "us", "US", "u.s.a.", "the", "of", "New", "York", "G", "20", "D-8", "Vatican", "City",
        "people", "\xC3\xA9t\xC3\xA9", "C\xC3\xB4te", "d'Ivoire", " ", "\n\n", "\xC2\xA0", " \xE2\x80\x93 ", "...",
        "                                                                    ", "\xD0\xA1.\xD0\xA8.\xD0\x90.", "extraordinarily",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1234567890", "United", "Nations",
    };
    uint32_t chance = 7, through = 0;
    for (int round = 0; round < 600; round++) {
        char text[1024];
        size_t len = 0, count = 2 + round % 30;
        for (size_t i = 0; i < count; i++) {
            chance = chance * 1664525u + 1013904223u;
            bool dull = round % 3 && chance >> 28 > 2;
            const char *part = dull ? "rather dull words" : parts[(chance >> 12) % (sizeof parts / sizeof *parts)];
            if (len + strlen(part) + 1 > sizeof text)
                break;
            memcpy(text + len, part, strlen(part));
            len += strlen(part);
            if (chance >> 30)
                text[len++] = ' ';
        }
        bool want = engine_may_state(*state, slice_make(text, len));
        through += want;
        for (size_t shift = 1; shift < 130; shift++) {
            char *copy = malloc(shift + len);
            memset(copy, '.', shift);
            memcpy(copy + shift, text, len);
            if (engine_may_state(*state, slice_make(copy, shift + len)) != want)
                fail_msg("otherwise behind %zu bytes: %.*s", shift, (int)len, text);
            free(copy);
        }
    }
    assert_in_range(through, 100, 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(thrown_away), cmocka_unit_test(let_through), cmocka_unit_test(everywhere),
                                       cmocka_unit_test(same_anywhere)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
