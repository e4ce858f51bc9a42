// SPDX-License-Identifier: MIT
// Which lines of a page are report, title, heading, dateline, furniture. Pages are in the toy language; its furniture words end in -umo.
#include "text_fixture.h"

#include "match/match.h"

#define PROSE "Pakol vu rusol ka moskvil sen venis vu energo pol longe diskutis. Ambaza flanko ta kontrakto bonege akceptis."
#define LONG_PROSE                                                                                                      \
    "Pakol ka rusol dan gaso pol multe parolis, vu rusol ka pakol dan akvo pol multe parolis, vu ta du ministro kune "    \
    "skribo ju legis. Poste oni manjis vu dankis."

struct page {
    struct fixture *fixture;
    struct pack *toy;
};

static int setup(void **state)
{
    struct page *page = calloc(1, sizeof *page);
    assert_non_null(page);
    page->fixture = fixture_new();
    page->toy = fixture_toy(page->fixture);
    *state = page;
    return 0;
}

static int teardown(void **state)
{
    struct page *page = *state;
    fixture_free(page->fixture);
    free(page);
    return 0;
}

static struct document *lay_out(void **state, const char *text)
{
    struct page *page = *state;
    struct document *document = fixture_tokens(page->fixture, page->toy, slice_from(text));
    match_run(document);
    clean_layout(document);
    return document;
}

// A letter for each paragraph: body, title, heading, meta, furniture.
static void expect_roles(void **state, const char *text, const char *want)
{
    char found[200] = "";
    struct document *document = lay_out(state, text);
    assert_true(document->paragraphs.count < sizeof found);
    for (uint32_t i = 0; i < document->paragraphs.count; i++) {
        const struct paragraph *paragraph = &document->paragraphs.at[i];
        found[i] = "bthmf"[paragraph->role];
        assert_int_equal(paragraph->role == PARAGRAPH_FURNITURE, clean_why(paragraph->why) != NULL);
    }
    assert_string_equal(found, want);
}

static void prose_is_body(void **state)
{
    expect_roles(state, PROSE, "b");
    expect_roles(state, PROSE "\n" LONG_PROSE "\nVere.", "bbb");
    expect_roles(state, "pakol vu rusol ka akord signis", "b");  // a headline alone
    expect_roles(state, "pakol ka venis\nrusol ka restis", "bb");
    // a wire's sign behind the last stop
    expect_roles(state, PROSE "\nIli morgau denove venos en la urbo kaj tie restos dum du tagoj. Fino", "bb");
    expect_roles(state, PROSE "\nIli morgau denove venos en la urbo kaj tie restos dum du tagoj Fino", "bf");
}

static void head_of_a_page(void **state)
{
    expect_roles(state, "Hejmo | Sporto | Kulturo | Vetero\nMoskvil\nPakol vu rusol energo pol diskutis\n" PROSE, "fftb");
    expect_roles(state, "Hejmo   Sporto   Kulturo\nPakol vu rusol energo pol diskutis\n" PROSE, "ftb");
    expect_roles(state, "menuumo > Mondo > Oriento\nPakol vu rusol energo pol diskutis\n" PROSE, "ftb");
    expect_roles(state, "Pakol vu rusol energo pol diskutis!\n" PROSE, "tb");
}

static void title_shares_words_with_the_prose(void **state)
{
    expect_roles(state, "Bovino trovita apud lago hodiau\nPakol vu rusol energo pol diskutis\nFlanko kontrakto akceptis\n" PROSE, "fthb");
    struct document *document = lay_out(state, "Bovino trovita apud lago\nPakol energo diskutis\n" PROSE);
    assert_int_equal(document->title.begin, 25);
    assert_int_equal(document->title.end, 46);
}

static void datelines_and_bylines(void **state)
{
    expect_roles(state, "Pakol vu rusol energo pol diskutis\n5 novem 2021\n" PROSE, "tmb");
    expect_roles(state, "Pakol vu rusol energo pol diskutis\nMoskvil, 5 nov. 2021, 11:15\n" PROSE, "tmb");
    expect_roles(state, "Pakol vu rusol energo pol diskutis\n03.02.2023   Finita\n" PROSE, "tmb");
    expect_roles(state, "Pakol vu rusol energo pol diskutis\n2019-06-23\n" PROSE, "tmb");
    expect_roles(state, "Pakol vu rusol energo pol diskutis\nko Ana Berg\n" PROSE, "tmb");
    expect_roles(state, "Ministrel ri komerc\nPakol vu rusol energo pol diskutis\n" PROSE, "mtb");
    expect_roles(state, PROSE "\n5 novem 2021", "bm");
}

static void publisher_of_the_head(void **state)
{
    struct document *document = lay_out(state, "Pakol energo diskutis\ntoka novel | 5 novem 2021\n" PROSE);
    assert_true(slice_is(slice_make(document->text.at + document->publisher.begin, document->publisher.end - document->publisher.begin),
                         "toka novel"));
    document = lay_out(state, PROSE "\ntoka novel");
    assert_int_equal(document->publisher.end, 0);
}

static void headings_and_lists(void **state)
{
    expect_roles(state, PROSE "\nEnergo kaj kontrakto\n" LONG_PROSE, "bhb");
    expect_roles(state, PROSE "\nOni signis jenajn kvar skribojn:\n- gaso vu akvo\n- energo\n" LONG_PROSE, "bbbbb");
    expect_roles(state, PROSE "\nOni hodiau signis jenajn kvar skribojn:\n1. gaso vu akvo\n2. energo\nNova lago", "bbbbf");
    expect_roles(state, PROSE "\n2. " LONG_PROSE "\n3. " PROSE, "bbb");
    expect_roles(state, PROSE "\nBovino trovita apud lago\n" LONG_PROSE, "bfb");  // shares nothing
}

static void captions_addresses_and_bars(void **state)
{
    expect_roles(state, PROSE "\ncaptumo: ta ministro\n" LONG_PROSE, "bfb");
    expect_roles(state, PROSE "\nTa du ministro (bildo: Berg)\n" LONG_PROSE, "bfb");
    expect_roles(state, PROSE "\nIMG_4417.jpg\n" LONG_PROSE, "bfb");
    expect_roles(state, PROSE "\nwww.example.org\n" LONG_PROSE, "bfb");
    expect_roles(state, PROSE "\nsharumo   Presu   Sendu\n" LONG_PROSE, "bfb");
}

static void related_stories(void **state)
{
    expect_roles(state, PROSE "\nrelaumo: pakol vu indol ka akord signis\nVere ili venis.\n" LONG_PROSE, "bfbb");
    expect_roles(state, PROSE "\nrelaumo:\n• Pakol vu indol ka akord signis\n• Rusol energo akceptis\n" LONG_PROSE, "bfffb");
    expect_roles(state, PROSE "\nrelaumo\nPakol vu indol ka akord signis\nRusol ka venos?", "bfff");
    expect_roles(state, PROSE "\nPakol vu indol ka akord signis", "bf");  // unmarked, behind the last prose
}

static void comment_forms_end_the_report(void **state)
{
    expect_roles(state, LONG_PROSE "\n2 commumo\nAna: " LONG_PROSE "\n" LONG_PROSE "\n" PROSE, "bffff");
    expect_roles(state, PROSE "\ntagsumo\n2 commumo\n" LONG_PROSE, "bfff");
    expect_roles(state, "0 commumo\nPakol vu rusol energo pol diskutis\n" PROSE, "ftb");  // a count above the report ends nothing
}

static void notices_end_nothing(void **state)
{
    expect_roles(state, PROSE "\nadblumo\nIli morgau denove venos ti-tie.\nsharumo\n" PROSE, "bfbfb");
    expect_roles(state, LONG_PROSE "\n" PROSE "\nlogiumo\nMalgranda frazo de ses vortoj venas.\n" LONG_PROSE, "bbffb");
}

static void other_languages(void **state)
{
    struct page *page = *state;
    struct pack *other = fixture_tiny(page->fixture, FIXTURE_CAPITALS, "Mr.\n");
    struct document *document = fixture_clean(page->fixture, page->toy, SLICE(PROSE "\nSubscribe now to our mail\n" LONG_PROSE));
    document->paragraphs.at[1].pack = other;
    text_cut(document);
    clean_look(document);
    text_run(document);
    match_run(document);
    clean_layout(document);
    assert_int_equal(document->paragraphs.at[1].role, PARAGRAPH_FURNITURE);
    assert_int_equal(document->paragraphs.at[2].role, PARAGRAPH_BODY);
}

static void no_pack_at_all(void **state)
{
    struct page *page = *state;
    struct document *document = fixture_clean(page->fixture, NULL, SLICE("Sitio | Inicio | Correo\nUna nota breve\n" PROSE));
    text_cut(document);
    clean_look(document);
    text_run(document);
    match_run(document);
    clean_layout(document);
    assert_int_equal(document->paragraphs.at[0].role, PARAGRAPH_FURNITURE);
    assert_int_equal(document->paragraphs.at[2].role, PARAGRAPH_BODY);
}

// Would take minutes if the layout were quadratic.
static void many_paragraphs(void **state)
{
    (void)state;
    static const char *const lines[] = {"a\n", "Pakol ka rusol dan gaso pol parolis vu venis.\n", "2 commumo\n", "relaumo:\n", "a | b\n"};
    for (size_t l = 0; l < sizeof lines / sizeof *lines; l++) {
        struct fixture *fixture = fixture_new();
        size_t len = strlen(lines[l]), count = 100000;
        char *text = malloc(len * count);
        assert_non_null(text);
        for (size_t i = 0; i < count; i++)
            memcpy(text + i * len, lines[l], len);
        struct document *document = fixture_tokens(fixture, fixture_toy(fixture), slice_make(text, len * count));
        match_run(document);
        clean_layout(document);
        assert_int_equal(document->paragraphs.count, count);
        fixture_free(fixture);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prose_is_body),
        cmocka_unit_test(head_of_a_page),
        cmocka_unit_test(title_shares_words_with_the_prose),
        cmocka_unit_test(datelines_and_bylines),
        cmocka_unit_test(publisher_of_the_head),
        cmocka_unit_test(headings_and_lists),
        cmocka_unit_test(captions_addresses_and_bars),
        cmocka_unit_test(related_stories),
        cmocka_unit_test(comment_forms_end_the_report),
        cmocka_unit_test(notices_end_nothing),
        cmocka_unit_test(other_languages),
        cmocka_unit_test(no_pack_at_all),
        cmocka_unit_test(many_paragraphs),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
