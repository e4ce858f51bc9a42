// SPDX-License-Identifier: MIT
// Addresses, robots.txt and feeds, without a network.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <sys/un.h>

#include "watch/address.h"
#include "watch/feed.h"
#include "watch/robots.h"

// ---- addresses ----------------------------------------------------------------------------------------------------
static bool is_public(const char *text)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        return address_is_public((const struct sockaddr *)&four);
    assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
    return address_is_public((const struct sockaddr *)&six);
}

static void addresses(void **state)
{
    static const char *const open[] = {
        "8.8.8.8", "1.0.0.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.0.0.1", "128.0.0.1",
        "169.253.0.1", "169.255.0.1", "172.15.255.255", "172.32.0.0", "192.167.0.1", "192.169.0.1", "198.17.0.1", "198.20.0.1",
        "223.255.255.255", "2001:4860:4860::8888", "2a00:1450::1", "64:ff9b::808:808", "::ffff:8.8.8.8", "2002:808:808::1",
    };
    static const char *const closed[] = {
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255",
        "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::a00:1", "2002:7f00:1::1", "2001:db8::1", "2001::1", "3fff::1", "fec0::1", "::127.0.0.1",
    };
    (void)state;
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (!is_public(open[i]))
            fail_msg("%s is refused", open[i]);
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        if (is_public(closed[i]))
            fail_msg("%s is let through", closed[i]);
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    assert_false(address_is_public((const struct sockaddr *)&local));
}

// ---- robots -------------------------------------------------------------------------------------------------------
static bool allow(const char *rules, const char *path)
{
    return robots_allow(slice_from(rules), SLICE("karar"), slice_from(path));
}

static void robots(void **state)
{
    static const struct {
        const char *rules, *path;
        bool allowed;
    } cases[] = {
        {"", "/a", true},
        {"User-agent: *\nDisallow: /a", "/a", false},
        {"User-agent: *\nDisallow: /a", "/abc", false},
        {"User-agent: *\nDisallow: /a", "/b", true},
        {"User-agent: *\nDisallow:", "/b", true},
        {"user-AGENT: *\r\nDISALLOW: /a # all\r\n", "/a", false},
        {"User-agent: karar\nUser-agent: other\nDisallow: /", "/a", false},
        {"User-agent: other\nUser-agent: karar\nDisallow: /", "/a", false},
        {"User-agent: other\nDisallow: /\nUser-agent: *\nAllow: /", "/a", true},
        {"User-agent: *\nDisallow: /\nUser-agent: karar\nDisallow: /x", "/a", true},
        {"User-agent: karar\nDisallow: /x\nUser-agent: *\nDisallow: /\nUser-agent: KARAR\nDisallow: /y", "/y", false},
        {"User-agent: kararbot\nDisallow: /", "/a", true},
        {"User-agent: *\nDisallow: /a/\nAllow: /a/b", "/a/bc", true},
        {"User-agent: *\nAllow: /a\nDisallow: /a", "/a", true},
        {"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", false},
        {"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", true},
        {"User-agent: *\nDisallow: /*.pdf$", "/x.pdf.pdf", false},
        {"User-agent: *\nDisallow: /a$", "/a", false},
        {"User-agent: *\nDisallow: /a$", "/ab", true},
        {"User-agent: *\nDisallow: *b*d", "/abcd", false},
        {"User-agent: *\nDisallow: /?q=", "/?q=1", false},
        {"User-agent: *\nDisallow: /caf%C3%A9", "/caf\xC3\xA9", false},
        {"User-agent: *\nDisallow: /caf\xC3\xA9", "/caf%c3%a9s", false},
        {"User-agent: *\nDisallow: /a%2Fb", "/a/b", true},
        {"Disallow: /", "/a", true},
        {"User-agent: *\nDisallow: /", "/robots.txt", true},
        {"\xEF\xBB\xBFUser-agent: *\nDisallow: /", "/a", false},
        {"<html><body>Not found: /</body></html>", "/a", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (allow(cases[i].rules, cases[i].path) != cases[i].allowed)
            fail_msg("%s for %s", cases[i].rules, cases[i].path);
    assert_int_equal(robots_delay(SLICE("User-agent: *\nCrawl-delay: 7.5\n"), SLICE("karar")), 7);
    assert_int_equal(robots_delay(SLICE("User-agent: karar\nDisallow: /x\nUser-agent: *\nCrawl-delay: 7\n"), SLICE("karar")), 0);
}

// A pattern of stars must not cost more than its length times that of the path.
static void robots_of_stars(void **state)
{
    char rules[2100] = "User-agent: *\nDisallow: /", path[4001];
    (void)state;
    size_t len = strlen(rules);
    for (size_t i = 0; i < 500; i++)
        memcpy(rules + len + 2 * i, "*a", 2);
    memcpy(rules + len + 1000, "*b", 3);
    memset(path, 'a', 4000);
    path[0] = '/';
    path[4000] = 0;
    assert_true(allow(rules, path));
}

// ---- feeds --------------------------------------------------------------------------------------------------------
static void expect_feed(const char *text, const char *want)
{
    struct arena arena;
    struct error error;
    feed_item_vec items = {NULL, 0, 0};
    char got[1000] = "";
    size_t len = 0;
    arena_init(&arena, NULL, FEED_MEMORY);
    enum status status = ARENA_CATCH(&arena);
    assert_int_equal(status, STATUS_OK);
    assert_int_equal(feed_read(&arena, slice_from(text), &items, &error), STATUS_OK);
    for (uint32_t i = 0; i < items.count; i++)
        len += (size_t)snprintf(got + len, sizeof got - len, "%.*s %.*s%s;", (int)items.at[i].url.len, items.at[i].url.at,
                                (int)items.at[i].date.len, items.at[i].date.at ? items.at[i].date.at : "",
                                items.at[i].is_list ? " list" : "");
    assert_string_equal(got, want);
    arena_finish(&arena);
}

static void feeds(void **state)
{
    (void)state;
    expect_feed("<rss><channel><link>/home</link><item><link> /1 </link><pubDate>Tue, 10 Jun 2003 04:00:00 GMT</pubDate></item>"
                "<item><link>/2</link><pubDate>1 Feb 99 04:00 +0100</pubDate></item><item><title>none</title></item></channel></rss>",
                "/1 2003-06-10;/2 1999-02-01;");
    expect_feed("<feed><entry><link href='/1'/><updated>2024-02-03T00:00:00Z</updated><published>2024-01-02</published></entry>"
                "</feed>",
                "/1 2024-01-02;");
    expect_feed("<feed><entry><published>2024-01-02</published><updated>2024-02-03</updated>"
                "<link rel='enclosure' href='/x'/></entry></feed>", "");
    expect_feed("<rdf:RDF xmlns:rdf='r' xmlns:dc='d'><item><link>/1</link><dc:date>2020-05-06T01:02:03Z</dc:date></item></rdf:RDF>",
                "/1 2020-05-06;");
    expect_feed("<urlset xmlns:n='n'><url><loc>/1</loc><lastmod>2021-01-01</lastmod><n:news>"
                "<n:publication_date>2020-12-31T1</n:publication_date></n:news></url></urlset>", "/1 2020-12-31;");
    expect_feed("<sitemapindex><sitemap><loc>/a</loc><lastmod>soon</lastmod></sitemap></sitemapindex>", "/a  list;");
    expect_feed("<rss><channel><item><title>A&nbsp;B & C</title><link>/1?a&amp;&#50;</link></item><item><link>/2</li", "/1?a&2 ;");
    expect_feed("<!DOCTYPE rss [<!ENTITY a 'x'>]><rss><channel><item><link>/1&a;</link></item></channel></rss>", "/1 ;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(addresses), cmocka_unit_test(robots), cmocka_unit_test(robots_of_stars),
                                       cmocka_unit_test(feeds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
