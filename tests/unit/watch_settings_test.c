// SPDX-License-Identifier: MIT
// The feeds file: what it says, and every way to get it wrong with the line and the mend.
#include "watch/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "door_fixture.h"

#define FEED "[[feed]]\nurl = \"https://a.example/f\"\n"

static enum status read_text(struct arena *arena, const char *text, struct settings *settings, struct error *error)
{
    struct fixture_file file = fixture_open(text, strlen(text));
    arena_init(arena, NULL, (size_t)16 << 20);
    *error = (struct error){.byte = UINT64_MAX};
    enum status status = ARENA_CATCH(arena);
    if (!status)
        status = settings_read(arena, file.path, settings, error);
    close(file.file);
    return status;
}

static void test_what_it_says(void **state)
{
    static const char text[] =
        "contact = \"a@b.example\"\npause = 3\ninterval = 600\nallow-private = true\nkeep-all = true\n\n"
        "[[feed]]\nurl = \"https://a.example/f\"\nmatch = \"Pakistan\"\nsince = 2025-01-31\ninterval = 3600\nlimit = 7\n\n"
        "[[feed]]\nurl = \"http://b.example/f\"\n";
    struct arena arena;
    struct settings settings;
    struct error error;
    (void)state;
    if (read_text(&arena, text, &settings, &error))
        fail_msg("%s", error.text);
    assert_int_equal(settings.pause, 3);
    assert_true(settings.allow_private && settings.keep_all && slice_is(settings.contact, "a@b.example"));
    assert_int_equal(settings.feeds.count, 2);
    const struct feed_settings *feed = settings.feeds.at;
    assert_true(slice_is(feed[0].match, "Pakistan") && slice_is(feed[0].since, "2025-01-31"));
    assert_int_equal(feed[0].interval, 3600);
    assert_int_equal(feed[0].limit, 7);
    assert_int_equal(feed[1].interval, 600);
    assert_int_equal(feed[1].limit, 50);
    arena_finish(&arena);
}

static void test_what_is_wrong(void **state)
{
    static const struct {
        const char *text;
        uint32_t line;
        const char *told;
    } rows[] = {
        {"", 1, "no feed"}, {"contact = \"x\"\n", 1, "no feed"}, {"pause = \"3\"\n" FEED, 1, "a whole number"}, {"pause = -1\n" FEED, 1,
                "from"},
        {"pause = 999999999\n" FEED, 1, "from"}, {"contact = 5\n" FEED, 1, "quotation marks"}, {"keep-all = 1\n" FEED, 1,
                "true or false"},
        {"colour = 1\n" FEED, 1, "no such key"}, {FEED "colour = 1\n", 3, "feed.colour: no such key"}, {"[other]\nx = 1\n" FEED, 1,
                "no such key"},
        {FEED "since = \"2025-01-31\"\n", 3, "without quotation marks"}, {FEED "since = 5\n", 3, "a day"}, {FEED "limit = 0\n", 3,
                "from 1"},
        {FEED "match = \"\"\n", 3, "have bytes"}, {FEED "match = \"a\\u0007b\"\n", 3, "control character"}, {FEED FEED, 3,
                "the same url as in line 1"},
        {"[[feed]]\nmatch = \"x\"\n", 1, "a feed needs url"}, {"[[feed]]\nurl = \"ftp://a.example/x\"\n", 1, "a feed needs url"},
        {"[[feed]]\nurl = \"x\"\n", 2, "have bytes"}, {"[[feed]\n", 1, ""}, {"pause = \n", 1, ""}, {"pause = 1\npause = 2\n" FEED, 2,
                ""}, {"\"\n", 1, ""},
        {"feed = 1\n", 1, ""}, {"[[pause]]\n" FEED, 1, ""}, {FEED "url = [\"a\"]\n", 0, ""}, {"pause = 1.5\n" FEED, 1, ""},
                {"pause = 07:32:00\n" FEED, 1, ""},
        {"contact = 1979-05-27T07:32:00Z\n" FEED, 1, ""}, {"contact = {a = 1}\n" FEED, 1, ""}, {"contact = [1, 2]\n" FEED, 1, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena;
        struct settings settings;
        struct error error;
        enum status status = read_text(&arena, rows[i].text, &settings, &error);
        if (status != STATUS_BAD_ARGUMENT || !error.text[0] || !strstr(error.text, rows[i].told))
            fail_msg("row %zu: %s, \"%s\"", i, status_name(status), error.text);
        assert_true(error.file[0]);
        if (rows[i].line && error.line != rows[i].line)
            fail_msg("row %zu: line %u", i, error.line);
        arena_finish(&arena);
    }
}

static void test_maxima(void **state)
{
    struct arena arena;
    struct settings settings;
    struct error error;
    size_t count = SETTINGS_MAX_FEEDS + 1, len = 0, room = count * 64;
    char *text = malloc(room);
    (void)state;
    for (size_t i = 0; i < count; i++)
        len += (size_t)snprintf(text + len, room - len, "[[feed]]\nurl = \"https://a.example/%zu\"\n", i);
    assert_int_equal(read_text(&arena, text, &settings, &error), STATUS_LIMIT);
    arena_finish(&arena);
    free(text);
    arena_init(&arena, NULL, 1 << 20);
    assert_int_equal(ARENA_CATCH(&arena), STATUS_OK);
    assert_int_equal(settings_read(&arena, "/no/such/file", &settings, &error), STATUS_IO);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_it_says), cmocka_unit_test(test_what_is_wrong),
            cmocka_unit_test(test_maxima)};
    return cmocka_run_group_tests_name("watch_settings", tests, NULL, NULL);
}
