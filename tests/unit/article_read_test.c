// SPDX-License-Identifier: MIT
// Articles: what is body and what is furniture, and the facts of a page.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/xmlmemory.h>

#include "article/article.h"

#define LONG "The delegations met in the old hall by the harbour and spoke for three hours about nets, boats and the price of cod."

struct reading {
    struct arena arena;
    struct article article;
    struct error error;
    enum status status;
};

static struct reading *read_page(const char *page)
{
    struct reading *reading = calloc(1, sizeof *reading);
    assert_non_null(reading);
    arena_init(&reading->arena, NULL, ARTICLE_MEMORY);
    enum status status = ARENA_CATCH(&reading->arena);
    reading->status = status ? status : article_read(&reading->arena, slice_from(page), &reading->article, &reading->error);
    return reading;
}

static void finish(struct reading *reading)
{
    arena_finish(&reading->arena);
    free(reading);
}

static void expect_text(const char *page, const char *want)
{
    struct reading *reading = read_page(page);
    assert_int_equal(reading->status, STATUS_OK);
    if (!slice_is(reading->article.text, want))
        fail_msg("got: %.*s", (int)reading->article.text.len, reading->article.text.at);
    finish(reading);
}

static void body_without_furniture(void **state)
{
    (void)state;
    expect_text("<title>Cod talks | Paper</title><body><nav><p>" LONG " menu</p></nav><div class=main><h1>Cod talks held</h1><p>" LONG
                "</p><p>Short line.</p><div class='shareButtons'>Share on everything that there is in the world</div><p>Second "
                        "&amp;\nlast "
                "<b>line</b> of it.</p></div><div id=comments><p>" LONG " says a reader</p></div><footer>" LONG "</footer>",
                "Cod talks held\n\n" LONG "\n\nShort line.\n\nSecond & last line of it.");
}

static void wrapper_with_a_misleading_name(void **state)
{
    (void)state;
    expect_text("<body><div class='page with-sidebar'><p>" LONG "</p><p>" LONG " Again.</p></div>", LONG "\n\n" LONG " Again.");
}

static void hidden_text_and_scripts(void **state)
{
    (void)state;
    expect_text("<body><p>" LONG "</p><div style='display:none'><p>" LONG " hidden</p></div><script>var "
            "a='<p>no</p>';</script><style>p{}</style>",
                LONG);
}

static void facts(void **state)
{
    (void)state;
    struct reading *reading = read_page(
        "<html lang=xx><head><meta property='og:title' content='A title'><meta name=date content='2020-01-01'>"
        "<script "
            "type='application/ld+json'>{\"@graph\":[{\"datePublished\":\"2021-05-04T01:02:03Z\",\"publisher\":{\"name\":\"P\"}}]}</script>"
        "</head><body><p>" LONG);
    assert_int_equal(reading->status, STATUS_OK);
    assert_true(slice_is(reading->article.title, "A title"));
    assert_true(slice_is(reading->article.date, "2021-05-04"));
    assert_true(slice_is(reading->article.publisher, "P"));
    assert_true(slice_is(reading->article.language, "xx"));
    finish(reading);
}

static void expect_facts(const char *page, const char *date, const char *title)
{
    struct reading *reading = read_page(page);
    assert_int_equal(reading->status, STATUS_OK);
    if (!slice_is(reading->article.date, date) || !slice_is(reading->article.title, title))
        fail_msg("%.40s…: date %.*s, title %.*s", page, (int)reading->article.date.len, reading->article.date.at,
                 (int)reading->article.title.len, reading->article.title.at);
    finish(reading);
}

// Which of several dates and headings is believed.
static void dates_and_headings(void **state)
{
    (void)state;
    expect_facts("<body><time datetime='2020-02-02'>then</time><p>" LONG, "2020-02-02", "");
    expect_facts("<body><time datetime='2020-02-02'>then</time><time itemprop=datePublished datetime='2021-05-04T10:00'>now</time><p>" LONG,
                 "2021-05-04", "");
    expect_facts("<body><span itemprop=datePublished content='2021-05-05'>now</span><time datetime='2020-02-02'>then</time><p>" LONG,
                 "2021-05-05", "");
    expect_facts("<body><time datetime='May 4'>now</time><time datetime='2020-2-20'>now</time><time>now</time><p>" LONG, "", "");
    expect_facts("<title>Cod talks held in Oslo | Paper</title><body><h2>Cod talks held</h2><p>" LONG, "", "Cod talks held");
    expect_facts("<title>Paper</title><body><h1>Cod talks held in Oslo</h1><p>" LONG, "", "Cod talks held in Oslo");
    expect_facts("<title>Cod talks | Paper</title><body><h2>Cod</h2><h2>Other things of the day</h2><p>" LONG, "", "Cod talks | Paper");
    expect_facts("<meta property='og:title' content='Cod talks held'><title>x</title><body><h1>Read this before you go</h1><p>" LONG, "",
                 "Cod talks held");
}

// A page whose text comes by a script carries it in its data, too.
static void body_in_data(void **state)
{
    (void)state;
    expect_text("<script type='application/ld+json'>[5, [], {\"name\": \"x\"}, "
                "{\"articleBody\": \"" LONG "\\n\\n" LONG " Again.\", \"headline\": 7},"
                " {\"articleBody\": \"Short.\"}]</script><body><div id=app></div><p>Please switch scripts on.</p>",
                LONG "\n\n" LONG " Again.");
    expect_text("<script type='application/ld+json'>[[[[[[[[[[{\"articleBody\": \"" LONG
                "\"}]]]]]]]]]]</script><body><p>Too deep to be believed.</p>",
                "Too deep to be believed.");
    expect_text("<script type='application/ld+json'>{\"articleBody\": \"" LONG "</script><body><p>What is broken is passed over.</p>",
                "What is broken is passed over.");
}

static void hidden_in_other_ways(void **state)
{
    (void)state;
    expect_text("<body><p>" LONG "</p><div hidden><p>" LONG " a</p></div><div aria-hidden=true><p>" LONG
                " b</p></div><div aria-hidden=false><p>" LONG
                " c</p></div><div style='color: red'><p>" LONG " d</p></div><div style='x; display: none'><p>" LONG " e</p></div>",
                LONG "\n\n" LONG " c\n\n" LONG " d");
    expect_text("<body><ul><li>" LONG "</li><li>"
                "<a href=1>Ten ways to cook rice without a pot, and one with it</a></li></ul><p>" LONG " f<br>" LONG " g</p>",
                LONG "\n\n" LONG " f\n\n" LONG " g");
    expect_text("<body><div class='SideBar menu-1 Ads'><p>" LONG " h</p></div><div class='main'><p>" LONG
                "</p><p>" LONG " i</p><p>" LONG " j</p></div>",
                LONG "\n\n" LONG " i\n\n" LONG " j");
}

// A page deeper than the parser is trusted with keeps its text, title and facts; what is no text stays out.
static void deep_text_is_kept(void **state)
{
    (void)state;
    enum { LEVELS = 1500 };
    static const char head[] = "<head><title>Cod talks are held | Paper</title><meta property='og:site_name' content='P'></head>";
    static const char body[] = "<script>if (a < b) document.write('<p>" LONG " script</p>');</script><!-- <p>" LONG " comment</p> -->"
                               "<h1 class='a>b'>Cod talks are held</h1><p>" LONG " <b>in</b> <i>one</i> line</p>" LONG " loose<";
    char *page = malloc(sizeof head + sizeof body + LEVELS * 5);
    memcpy(page, head, sizeof head - 1);
    for (size_t i = 0; i < LEVELS; i++)
        memcpy(page + sizeof head - 1 + i * 5, "<div>", 5);
    memcpy(page + sizeof head - 1 + LEVELS * 5, body, sizeof body);
    struct reading *reading = read_page(page);
    assert_int_equal(reading->status, STATUS_OK);
    if (!slice_is(reading->article.text, "Cod talks are held\n\n" LONG " in one line\n\n" LONG " loose"))
        fail_msg("got: %.*s", (int)reading->article.text.len, reading->article.text.at);
    assert_true(slice_is(reading->article.publisher, "P"));
    finish(reading);
    free(page);
}

static void too_deep(void **state)
{
    (void)state;
    enum { LEVELS = 100000 };
    char *page = malloc((size_t)LEVELS * 5 + 1);
    for (size_t i = 0; i < LEVELS; i++)
        memcpy(page + i * 5, "<div>", 5);
    page[(size_t)LEVELS * 5] = 0;
    struct reading *reading = read_page(page);
    assert_int_equal(reading->status, STATUS_EMPTY);    // nothing but elements
    finish(reading);
    free(page);
    reading = read_page("<html><body></body></html>");
    assert_int_equal(reading->status, STATUS_EMPTY);
    finish(reading);
}

// ---- memory that runs out -----------------------------------------------------------------------------------------
static int parser_blocks, refuse_at, asked;    // what the parser holds; which of the arena's blocks is refused

static void *parser_malloc(size_t size)
{
    parser_blocks++;
    return malloc(size);
}

static void *parser_realloc(void *old, size_t size)
{
    parser_blocks += !old;
    return realloc(old, size);
}

static char *parser_strdup(const char *text)
{
    parser_blocks++;
    return strdup(text);
}

static void parser_free(void *block)
{
    parser_blocks -= block != NULL;
    free(block);
}

static void *resize(void *user, void *old, size_t old_size, size_t new_size)
{
    (void)user, (void)old_size;
    if (new_size)
        return ++asked == refuse_at ? NULL : realloc(old, new_size);
    free(old);
    return NULL;
}

// The arena unwinds while the parser holds the values of a tag's attributes, which only the parser can give back.
static void no_memory_of_the_parser_is_lost(void **state)
{
    (void)state;
    static const struct allocator allocator = {.resize = resize};
    enum { LINES = 4000 };
    static const char line[] = "<section class='a' id='b' role='c' style='d' title='e' lang='f'><p data-a='1'>A line.</p></section>";
    char *page = malloc(LINES * (sizeof line - 1) + 1);
    assert_non_null(page);
    for (size_t i = 0; i < LINES; i++)
        memcpy(page + i * (sizeof line - 1), line, sizeof line);
    int refused = 0, before = parser_blocks;
    for (refuse_at = 1;; refuse_at++) {
        struct arena arena;
        struct article article;
        struct error error;
        asked = 0;
        arena_init(&arena, &allocator, ARTICLE_MEMORY);
        enum status caught = ARENA_CATCH(&arena);
        enum status status = caught ? caught : article_read(&arena, slice_from(page), &article, &error);
        arena_finish(&arena);
        assert_int_equal(parser_blocks, before);
        if (status == STATUS_OK)
            break;
        assert_int_equal(status, STATUS_NO_MEMORY);
        refused++;
    }
    assert_true(refused > 5);
    free(page);
}

int main(void)
{
    if (xmlMemSetup(parser_free, parser_malloc, parser_realloc, parser_strdup))
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(body_without_furniture), cmocka_unit_test(wrapper_with_a_misleading_name),
        cmocka_unit_test(hidden_text_and_scripts), cmocka_unit_test(facts), cmocka_unit_test(dates_and_headings),
        cmocka_unit_test(body_in_data), cmocka_unit_test(hidden_in_other_ways), cmocka_unit_test(too_deep),
        cmocka_unit_test(deep_text_is_kept),
        cmocka_unit_test(no_memory_of_the_parser_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
