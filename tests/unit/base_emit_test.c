// SPDX-License-Identifier: MIT
// The output buffer with its sticky failure, JSON with its escapes and indentation, and text made safe for a terminal.
#include "base/emit.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void assert_content(const struct buf *buf, const char *want)
{
    assert_int_equal(buf->failed, STATUS_OK);
    assert_string_equal(buf->at, want);
    assert_int_equal(buf->len, strlen(want));
}

static void buffer_grows(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 1 << 20);
    for (int i = 0; i < 5000; i++) {
        buf_add_char(&buf, 'a');
        buf_add_text(&buf, "bc");
        buf_addf(&buf, "%d", i % 10);
        buf_add(&buf, (struct slice){NULL, 0});
    }
    assert_int_equal(buf.len, 20000);
    for (int i = 0; i < 5000; i++) {
        assert_memory_equal(buf.at + 4 * i, "abc", 3);
        assert_int_equal(buf.at[4 * i + 3], '0' + i % 10);
    }
    assert_int_equal(buf.at[20000], '\0');
    buf_finish(&buf);
    assert_null(buf.at);
    buf_finish(&buf);
}

static void buffer_failure_sticks(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 10);
    buf_add_text(&buf, "0123456789");  // just fits
    assert_content(&buf, "0123456789");
    buf_add_char(&buf, 'x');
    assert_int_equal(buf.failed, STATUS_LIMIT);
    buf_add(&buf, SLICE(""));
    buf_addf(&buf, "%s", "");
    assert_int_equal(buf.failed, STATUS_LIMIT);
    assert_int_equal(buf.len, 10);
    buf_clear(&buf);
    assert_int_equal(buf.len, 0);
    buf_addf(&buf, "%s", "again");
    assert_content(&buf, "again");
    buf_addf(&buf, "%s", "too long now");
    assert_int_equal(buf.failed, STATUS_LIMIT);
    assert_int_equal(buf.len, 5);
    buf_finish(&buf);
}

// A record with everything in it, once.
static void write_sample(struct json *json)
{
    emit_object(json);
    emit_key(json, "name");
    emit_string(json, SLICE("x"));
    emit_key(json, "none");
    emit_text(json, NULL);
    emit_key(json, "list");
    emit_array(json);
    emit_int(json, INT64_MIN);
    emit_bool(json, true);
    emit_bool(json, false);
    emit_object(json);
    emit_object_end(json);
    emit_array(json);
    emit_array_end(json);
    emit_array_end(json);
    emit_key(json, "last");
    emit_object(json);
    emit_key(json, "a");
    emit_null(json);
    emit_object_end(json);
    emit_object_end(json);
}

static void json_on_one_line(void **state)
{
    (void)state;
    struct buf buf;
    struct json json;
    buf_init(&buf, 1 << 20);
    emit_init(&json, &buf, false);
    write_sample(&json);
    assert_content(&buf, "{\"name\":\"x\",\"none\":null,\"list\":[-9223372036854775808,true,false,{},[]],\"last\":{\"a\":null}}");
    buf_finish(&buf);
}

static void json_indented(void **state)
{
    (void)state;
    struct buf buf;
    struct json json;
    buf_init(&buf, 1 << 20);
    emit_init(&json, &buf, true);
    write_sample(&json);
    assert_content(&buf,
                   "{\n  \"name\": \"x\",\n  \"none\": null,\n"
                   "  \"list\": [\n    -9223372036854775808,\n    true,\n    false,\n    {},\n    []\n  ],\n"
                   "  \"last\": {\n    \"a\": null\n  }\n}");
    buf_finish(&buf);
}

static void assert_json_string(struct slice value, const char *want)
{
    struct buf buf;
    struct json json;
    buf_init(&buf, 1 << 20);
    emit_init(&json, &buf, false);
    emit_string(&json, value);
    assert_content(&buf, want);
    buf_finish(&buf);
}

static void json_escapes(void **state)
{
    (void)state;
    assert_json_string((struct slice){NULL, 0}, "\"\"");
    assert_json_string(SLICE("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
    assert_json_string(SLICE("\b\f\n\r\t\x01\x1F"), "\"\\b\\f\\n\\r\\t\\u0001\\u001f\"");
    assert_json_string(SLICE("a\0b"), "\"a\\u0000b\"");
    assert_json_string(SLICE("\x7F\xC2\x85\xC2\xA0"), "\"\\u007f\\u0085\xC2\xA0\"");
    assert_json_string(SLICE("करार قرار 🤝"), "\"करार قرار 🤝\"");
}

static void json_replaces_what_is_no_utf8(void **state)
{
    (void)state;
    assert_json_string(SLICE("a\xFF" "b"), "\"a\xEF\xBF\xBD" "b\"");
    assert_json_string(SLICE("\xC0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");                       // overlong
    assert_json_string(SLICE("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");           // surrogate
    assert_json_string(SLICE("\xE0\x80\xAF"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");           // overlong
    assert_json_string(SLICE("\xF4\x90\x80\x80"), "\"\uFFFD\uFFFD\uFFFD\uFFFD\"");  // past U+10FFFF
    assert_json_string(SLICE("\xE0\xA4"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");                       // cut off at the end
    assert_json_string(SLICE("\xF4\x8F\xBF\xBF"), "\"\xF4\x8F\xBF\xBF\"");
}

static void assert_plain(struct slice text, const char *want)
{
    struct buf buf;
    buf_init(&buf, 1 << 20);
    buf_add(&buf, SLICE(""));
    emit_plain(&buf, text);
    assert_content(&buf, want);
    buf_finish(&buf);
}

static void plain_text_is_harmless(void **state)
{
    (void)state;
    assert_plain(SLICE("plain करार"), "plain करार");
    assert_plain(SLICE(""), "");
    assert_plain(SLICE("\x1B[31mred"), "\xEF\xBF\xBD[31mred");
    assert_plain(SLICE("\xC2\x9B" "31m\x7F"), "\xEF\xBF\xBD" "31m\xEF\xBF\xBD");             // C1 control, DEL
    assert_plain(SLICE("a\nb\r\nc\rd\te"), "a b c d e");
    assert_plain(SLICE("a\xE2\x80\xA8" "b\xC2\x85" "c"), "a b c");
    assert_plain(SLICE("\u202E" "abc\u2066\u061C"), "\uFFFD" "abc\uFFFD\uFFFD");  // bidirectional controls
    assert_plain(SLICE("\xFF\xE0"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_plain(SLICE("a\0b"), "a\xEF\xBF\xBD" "b");
    assert_plain(SLICE("क्‍ष"), "क्‍ष");  // joiners stay
}

static void assert_csv(const char *text, const char *want)
{
    struct buf out;
    buf_init(&out, 1000);
    emit_csv(&out, slice_from(text));
    assert_string_equal(out.at ? out.at : "", want);
    buf_finish(&out);
}

static void csv_cells_are_quoted_where_they_must(void **state)
{
    (void)state;
    assert_csv("", "");
    assert_csv("plain words", "plain words");
    assert_csv("a, b", "\"a, b\"");
    assert_csv("say \"no\"", "\"say \"\"no\"\"\"");
    assert_csv("two\r\nlines\tand a tab", "two  lines and a tab");
    assert_csv("=1+1", "\"'=1+1\"");
    assert_csv("@cmd", "\"'@cmd\"");
    assert_csv("-2", "\"'-2\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buffer_grows), cmocka_unit_test(buffer_failure_sticks), cmocka_unit_test(json_on_one_line),
        cmocka_unit_test(json_indented), cmocka_unit_test(json_escapes), cmocka_unit_test(json_replaces_what_is_no_utf8),
        cmocka_unit_test(plain_text_is_harmless), cmocka_unit_test(csv_cells_are_quoted_where_they_must),
    };
    return cmocka_run_group_tests_name("base emit", tests, NULL, NULL);
}
