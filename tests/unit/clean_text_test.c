// SPDX-License-Identifier: MIT
// Paragraphs: lines with text, and lines that a hard wrap broke.
#include "text_fixture.h"

// The paragraphs, a bar between two; line breaks inside one as slashes.
static void expect_paragraphs(const char *text, const char *want)
{
    char found[4000] = "";
    size_t len = 0;
    struct fixture *fixture = fixture_new();
    struct document *document = fixture_clean(fixture, NULL, slice_from(text));
    fixture_check_layers(document);
    for (uint32_t i = 0; i < document->paragraphs.count; i++) {
        const struct paragraph *paragraph = &document->paragraphs.at[i];
        assert_int_equal(paragraph->role, PARAGRAPH_BODY);
        len += (size_t)snprintf(found + len, sizeof found - len, "%s%.*s", i ? "|" : "", (int)(paragraph->end - paragraph->begin),
                                document->text.at + paragraph->begin);
    }
    for (char *at = found; *at; at++)
        if (*at == '\n')
            *at = '/';
    assert_string_equal(found, want);
    fixture_free(fixture);
}

static void lines_are_paragraphs(void **state)
{
    (void)state;
    expect_paragraphs("One.\nTwo.\r\n\r\n  Three. \rFour\fFive\n\n", "One.|Two.|Three.|Four|Five");
    expect_paragraphs("A\u2028B\u2029C\xC2\x85" "D", "A|B|C|D");
    expect_paragraphs("\uFEFFA\n\u00A0\n\u200B\nB\u200F", "A|B");
    expect_paragraphs("No end", "No end");
}

static void text_is_composed(void **state)
{
    (void)state;
    struct fixture *fixture = fixture_new();
    struct document *document = fixture_clean(fixture, NULL, SLICE("Cafe\xCC\x81 one"));
    assert_true(slice_is(document->text, "Café one"));
    assert_int_equal(offset_map_source(&document->map, 6, false), 7);  // the o of "one", a byte further in the source
    fixture_free(fixture);
}

static void wrapped_lines_are_joined(void **state)
{
    (void)state;
    expect_paragraphs("The delegations of both sides came together in the old\n"
                      "town hall on Monday for the fourth session of their joint\n"
                      "commission. It had been put off twice, for reasons that\n"
                      "nobody gave.\n\n"
                      "The next session will be held in the spring, said the host,\n"
                      "and it may well be the last in this form.\n",
                      "The delegations of both sides came together in the old/"
                      "town hall on Monday for the fourth session of their joint/"
                      "commission. It had been put off twice, for reasons that/"
                      "nobody gave.|"
                      "The next session will be held in the spring, said the host,/"
                      "and it may well be the last in this form.");
}

static void items_of_wrapped_lists_stay_apart(void **state)
{
    (void)state;
    expect_paragraphs("The two sides, who had last met in the autumn, have gone\n"
                      "through the whole list of their plans and settled upon the\n"
                      "following three of them, of which one is new to all there:\n"
                      "- a bridge over the river, to be ready in two years, with\n"
                      "roads on both banks\n"
                      "- a school\n",
                      "The two sides, who had last met in the autumn, have gone/"
                      "through the whole list of their plans and settled upon the/"
                      "following three of them, of which one is new to all there:|"
                      "- a bridge over the river, to be ready in two years, with/"
                      "roads on both banks|"
                      "- a school");
}

static void lists_of_headlines_are_not_joined(void **state)
{
    (void)state;
    expect_paragraphs("Rain expected in the north on Sunday, says the weather office\n"
                      "Two rivers bridge opens\n"
                      "Market closes higher\n"
                      "A much longer story that fills the whole of its line and more, as paragraphs do that no one has wrapped, so that it "
                      "goes on far beyond any width.\n",
                      "Rain expected in the north on Sunday, says the weather office|"
                      "Two rivers bridge opens|"
                      "Market closes higher|"
                      "A much longer story that fills the whole of its line and more, as paragraphs do that no one has wrapped, so that it "
                      "goes on far beyond any width.");
}

static void a_wrapped_run_in_a_text_that_is_not_wrapped_is_joined(void **state)
{
    (void)state;
    expect_paragraphs("A much longer story that fills the whole of its line and more, as paragraphs do that no one has wrapped, so that it "
                      "goes on far beyond any width.\n\n"
                      "The minister will go to the north to see a bridge that was\n"
                      "built last year, and to talk with those who use it, in New\n"
                      "Mexico and elsewhere, on their way to work. - Others will go\n"
                      "to the south for a week and come home when they have seen\n"
                      "enough.\n\n"
                      "Talks in the capital on fish\n",
                      "A much longer story that fills the whole of its line and more, as paragraphs do that no one has wrapped, so that it "
                      "goes on far beyond any width.|"
                      "The minister will go to the north to see a bridge that was/"
                      "built last year, and to talk with those who use it, in New/"
                      "Mexico and elsewhere, on their way to work. - Others will go/"
                      "to the south for a week and come home when they have seen/"
                      "enough.|"
                      "Talks in the capital on fish");
}

static void sentences_a_line_are_not_joined(void **state)
{
    (void)state;
    expect_paragraphs("The ministers of the two states met in the capital today.\n"
                      "The ministers of the two states will meet again next May.\n"
                      "The ministers of the two states have signed a memorandum.\n"
                      "The ministers of the two states spoke of trade and water.\n",
                      "The ministers of the two states met in the capital today.|"
                      "The ministers of the two states will meet again next May.|"
                      "The ministers of the two states have signed a memorandum.|"
                      "The ministers of the two states spoke of trade and water.");
}

static void a_line_that_breaks_a_sentence_goes_on(void **state)
{
    (void)state;
    expect_paragraphs("A story that no one has wrapped and that fills its line as stories of one paragraph do, told of an accord on\n"
                      "the protection of rivers and lakes.\n"
                      "The ministers of the two states have signed a memorandum\n"
                      "by Ana Berg\n"
                      "The ministers of the two states spoke of trade and water",
                      "A story that no one has wrapped and that fills its line as stories of one paragraph do, told of an accord on/"
                      "the protection of rivers and lakes.|"
                      "The ministers of the two states have signed a memorandum|"
                      "by Ana Berg|"
                      "The ministers of the two states spoke of trade and water");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_paragraphs),
        cmocka_unit_test(text_is_composed),
        cmocka_unit_test(wrapped_lines_are_joined),
        cmocka_unit_test(a_wrapped_run_in_a_text_that_is_not_wrapped_is_joined),
        cmocka_unit_test(items_of_wrapped_lists_stay_apart),
        cmocka_unit_test(lists_of_headlines_are_not_joined),
        cmocka_unit_test(sentences_a_line_are_not_joined),
        cmocka_unit_test(a_line_that_breaks_a_sentence_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
