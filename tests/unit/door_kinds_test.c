// SPDX-License-Identifier: MIT
// Every door under bad weather: what an input is, is told by its content, and whatever is done to one, the door comes to its end.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "api/source.h"
#include "door_fixture.h"

#define HEAD "<!doctype html><html><head><title>Fish</title></head><body>"
static const struct {
    enum door_kind kind;
    const char *bytes;
} inputs[] = {
    {DOOR_TEXT, "Norway and Chile signed.\n"},
    {DOOR_TEXT, "{ braces } are no object\n"},
    {DOOR_TEXT, "Note: this is no mail\n\nindeed\n"},
    {DOOR_PAGE, HEAD "<script type=\"application/ld+json\">{\"datePublished\":\"2021-05-04\",\"headline\":\"Fish\"}</script><p>Norway met "
                     "Chile in Oslo &amp; they spoke for a long time about many fish.</p><ul><li>one<li>two</ul></body></html>"},
    {DOOR_PAGE, "<!-- a remark --><?xml version='1.0'?>\n<HTML><p>x"},
    {DOOR_PDF, "%PDF-1.4\n"},
    {DOOR_MAIL, "From: a@b.example\r\nSubject: =?utf-8?q?fish?=\r\nContent-Type: multipart/mixed; "
        "boundary=x\r\n\r\n--x\r\nContent-Type: text/plain"
                "\r\nContent-Transfer-Encoding: base64\r\n\r\nTm9yd2F5\r\n--x--\r\n"},
    {DOOR_LINES, "{\"text\":\"Norway\",\"date\":\"2021\"}\n{\"text\":\"Ch\\u0069le\"}\n"},
    {DOOR_TABLE, "id,text\r\n1,\"Norway, \"\"and\"\"\nChile\"\r\n2,x\r\n"},
    {DOOR_ARCHIVE, "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: <http://x/>\r\nContent-Length: "
        "6\r\n\r\nNorway\r\n\r\nWARC/1.0\r\n"
                   "WARC-Type: response\r\nContent-Length: 83\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html\r\n"
                   "10\r\n><body><p>Norway\r\n0\r\n\r\n\r\n\r\n"},
    {DOOR_PDF, "from: a printer\n%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"},
    {DOOR_PDF, "\x01\x02\x03junk\x1F%PDF-1.4\n"},
    {DOOR_TEXT, "| PDF | `%PDF-` in the first kilobyte of an object |\n"},
    {DOOR_TEXT, "# How to know a PDF\n\n%PDF-1.4\n\nis its first line, and behind it stand 5 objects.\n"},
};

// Opens, reads all and counts; fails if the door does not end.
static int count_items(const char *bytes, size_t len, bool open_them)
{
    struct fixture_file file = fixture_open(bytes, len);
    struct door *door = NULL;
    struct error error;
    int items = 0, steps = 0;
    assert_int_equal(door_open(file.path, NULL, &door, &error), STATUS_OK);
    for (;; steps++) {
        struct door_item item;
        enum status status = door_next(door, &item, &error);
        assert_true(steps < 10000);
        if (status == STATUS_NOT_FOUND)
            break;
        struct source_document document = {.text = NULL};
        if (!status && open_them && item.kind != DOOR_PDF && source_text(&item, &document, &error) == STATUS_OK)
            assert_true(document.text[document.len] == 0);
        items += status == STATUS_OK;
        free(document.text);
        door_item_finish(&item);
    }
    door_close(door);
    close(file.file);
    return items;
}

static void kinds_are_told_by_content(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        assert_int_equal(door_sniff(slice_from(inputs[i].bytes), &(struct door_options){NULL}), inputs[i].kind);
}

static void items_are_counted(void **state)
{
    (void)state;
    assert_int_equal(count_items(inputs[7].bytes, strlen(inputs[7].bytes), true), 2);
    assert_int_equal(count_items(inputs[8].bytes, strlen(inputs[8].bytes), true), 2);
    assert_true(count_items(inputs[9].bytes, strlen(inputs[9].bytes), true) >= 1);
}

// Cut off at each byte.
static void cut_off(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        for (size_t len = 0; len < strlen(inputs[i].bytes); len++)
            count_items(inputs[i].bytes, len, true);
}

// Bytes changed, doubled and dropped at places that a fixed sequence picks.
static void mangled(void **state)
{
    (void)state;
    static const char odd[] = "\0\n\r\"<>{}[]%\xFF\xC3 9-:;&#";
    uint64_t seed = 88172645463325252u;
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        for (int round = 0; round < 400; round++) {
            char bytes[1024];
            size_t len = strlen(inputs[i].bytes);
            memcpy(bytes, inputs[i].bytes, len);
            for (int change = 0; change < 4; change++) {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                bytes[seed % len] = odd[(seed >> 32) % (sizeof odd - 1)];
            }
            count_items(bytes, len, true);
        }
}

// What one line of JSON gives: its text and title, or why it is left out.
static void a_line_of_json(void **state)
{
    static const struct {
        const char *line;
        enum status status;
        const char *text, *title;
    } lines[] = {
        {"{\"title\":\"T\",\"text\":\"Norway\"}", STATUS_OK, "Norway", "T"},
        {"{\"text\":\"Ch\\u0069le \\ud83d\\udc1f \\\"\\n\"}", STATUS_OK, "Chile \xF0\x9F\x90\x9F \"\n", ""},
        {"{\"headline\":\"\",\"title\":\"second\",\"text\":\"x\"}", STATUS_OK, "x", "second"},    // the first that is filled
        {"{\"title\":7,\"text\":\"x\",\"more\":{\"text\":\"inner\"}}", STATUS_OK, "x", ""},
        {"{\"title\":\"\\u0000\",\"text\":\"\"}", STATUS_OK, "", NULL},
        {"{\"text\":\"one\",\"text\":\"two\"}", STATUS_BAD_ENCODING, NULL, NULL},      // which one is meant nobody knows
        {"{\"text\":\"\\ud83d\"}", STATUS_BAD_ENCODING, NULL, NULL},                   // half a code point
        {"{\"text\":\"\xFF\"}", STATUS_BAD_ENCODING, NULL, NULL},
        {"{\"text\":\"x\"} {}", STATUS_BAD_ENCODING, NULL, NULL},
        {"{\"text\":\"x\"", STATUS_BAD_ENCODING, NULL, NULL},
        {"{\"text\":7}", STATUS_EMPTY, NULL, NULL},
        {"{}", STATUS_EMPTY, NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct fixture_file file = fixture_open(lines[i].line, strlen(lines[i].line));
        struct door *door = NULL;
        struct door_item item;
        struct error error;
        assert_int_equal(door_open(file.path, NULL, &door, &error), STATUS_OK);
        assert_int_equal(door_kind(door), DOOR_LINES);
        assert_int_equal(door_next(door, &item, &error), lines[i].status);
        if (lines[i].text)
            assert_true(slice_is(item.bytes, lines[i].text));
        if (lines[i].title)
            assert_true(slice_is(item.title, lines[i].title));
        door_item_finish(&item);
        assert_int_equal(door_next(door, &item, &error), STATUS_NOT_FOUND);
        door_close(door);
        close(file.file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_told_by_content), cmocka_unit_test(items_are_counted),
        cmocka_unit_test(cut_off),                   cmocka_unit_test(mangled),           cmocka_unit_test(a_line_of_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
