// SPDX-License-Identifier: MIT
// The short ways of text_cut give the same pieces, keys and flags as cutting and folding one word after the other.
#include "text_fixture.h"
#include "unicode/word.h"

static void expect_same(struct fixture *fixture, struct slice text)
{
    struct document *document = ARENA_NEW(&fixture->arena, struct document);
    document->arena = &fixture->arena;
    document->text = document->stored = text;
    struct paragraph paragraph = {.end = (uint32_t)text.len};
    vec_push(&fixture->arena, &document->paragraphs, paragraph);
    text_cut(document);
    uint32_t at = 0;
    for (size_t offset = 0;; at++) {
        enum word_kind kind;
        char folded[WORD_FOLD_ROOM(2048)];
        struct slice piece = word_next(text, &offset, &kind);
        if (kind == WORD_NONE)
            break;
        assert_true(at < document->tokens.count);
        const struct token *token = &document->tokens.at[at];
        struct slice fold = slice_make(folded, word_fold(piece, kind, folded));
        assert_int_equal(token->begin, piece.at - text.at);
        assert_int_equal(token->end - token->begin, piece.len);
        assert_int_equal(token->kind == TOKEN_WORD, kind == WORD_WORD);
        assert_int_equal(token->kind == TOKEN_NUMBER, kind == WORD_NUMBER);
        assert_int_equal(token->kind == TOKEN_PUNCT, kind == WORD_PUNCT);
        assert_true(slice_eq(document_fold(document, at), fold));
        assert_int_equal(token->word, map_hash(fold));
        if (kind == WORD_WORD)
            assert_int_equal(token->flags & (TOKEN_CAPITAL | TOKEN_ALL_CAPS), text_case_flags(piece));
    }
    assert_int_equal(at, document->tokens.count);
    assert_int_equal(document->paragraphs.at[0].last, at);
}

static void written_texts(void **state)
{
    struct fixture *fixture = *state;
    static const char *const texts[] = {
        "", " ", "a", "The U.S. and N.Korea met; O'Brien's plan (2+2) cost $1,000.50 on 12.05.2024 – internationalisation!",
        "AN ENTIRELY LOUD Headline: Mr.X said: \"no\".It went on",
        "na\u00EFve caf\u00E9s\u00AD\u00ADhyphen re\u2019s rock\u2019n\u2019roll x",
        "\u092D\u093E\u0930\u0924 \u0914\u0930 \u0930\u0942\u0938 \u0928\u0947\u0964 \u0967\u0966\u0935\u0940\u0902 \u0924.\u0928. b\u0915",
        "\u0420\u043E\u0441\u0441\u0438\u044F \u0438 \u0421\u0428\u0410, \u0451\u043B\u043A\u0430 \u00AB10-\u0435\u00BB \u0410.\u0411.",
        "\u067E\u0627\u06A9\u0633\u062A\u0627\u0646 \u0627\u0648\u0631 "
        "\u0645\u064F\u0644\u06A9\u06D4 \u06F1\u06F0 \u0645\u06CC\u200C\u0631\u0648\u062F",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect_same(fixture, slice_from(texts[i]));
}

// Pieces thrown together: every way meets every other at every distance from the text's end.
static void texts_of_chance(void **state)
{
    struct fixture *fixture = *state;
    static const char *const parts[] = {
        "a", "B", "word", "Capital", "LOUD", "extraordinary", "'", "'s", ".", ",", " ", "  ", "-", "10", "2.5",
        "\u00E9", "\u00C9", "\u0915", "\u093E", "\u200D", "\u00AD", "\u0436", "\u0416", "\u0627", "\u2019", "\u06D4", "(", "\"", "$", "\t",
    };
    uint64_t seed = 1;
    for (int round = 0; round < 4000; round++) {
        char text[512];
        size_t len = 0;
        for (int i = 0; i < 24; i++) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
            const char *part = parts[(seed >> 33) % (sizeof parts / sizeof *parts)];
            memcpy(text + len, part, strlen(part));
            len += strlen(part);
        }
        expect_same(fixture, arena_copy(&fixture->arena, slice_make(text, len)));
    }
}

static int set_up(void **state)
{
    *state = fixture_new();
    return 0;
}

static int tear_down(void **state)
{
    fixture_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(written_texts), cmocka_unit_test(texts_of_chance)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
