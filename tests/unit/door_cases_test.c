// SPDX-License-Identifier: MIT
// Doors at their edges: what stands in an input and what comes out, document by document: [text], or (what is told of it).
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "api/source.h"
#include "door_fixture.h"

#define STEPS_MAX 100
#define COUNT(array) (sizeof(array) / sizeof *(array))

struct row {
    const char *bytes, *told;
};

// All that comes of an input, in one string that the caller frees.
static char *all_of(const char *bytes, size_t len)
{
    struct fixture_file file = fixture_open(bytes, len);
    struct door *door = NULL;
    struct error error = {.text = ""};
    char *out = NULL;
    size_t size = 0;
    FILE *told = open_memstream(&out, &size);
    assert_non_null(told);
    assert_int_equal(door_open(file.path, NULL, &door, &error), STATUS_OK);
    for (int step = 0;; step++) {
        struct door_item item;
        struct source_document document = {.text = NULL};
        assert_true(step < STEPS_MAX);
        error = (struct error){.text = ""};
        enum status status = door_next(door, &item, &error);
        if (status == STATUS_NOT_FOUND)
            break;
        if (!status)
            status = source_text(&item, &document, &error);
        if (status)
            fprintf(told, "(%s)", error.text[0] ? error.text : status_name(status));
        else
            fprintf(told, "[%.*s]", (int)document.len, document.text);
        free(document.text);
        door_item_finish(&item);
    }
    fclose(told);
    door_close(door);
    close(file.file);
    return out;
}

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *told = all_of(rows[i].bytes, strlen(rows[i].bytes));
        if (strcmp(told, rows[i].told) != 0)
            fail_msg("row %zu: %s\n  wanted %s", i, told, rows[i].told);
        free(told);
    }
}

// A record of a WARC archive: type, further heads, length as declared, body.
#define RECORD(type, more, length, body) "WARC/1.0\r\nWARC-Type: " type "\r\n" more "Content-Length: " length "\r\n\r\n" body "\r\n\r\n"
#define CONVERSION(length, body) RECORD("conversion", "", length, body)
#define HTTP "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"

static void test_archives(void **state)
{
    static const struct row rows[] = {
        {CONVERSION("6", "Norway") CONVERSION("5", "Chile"), "[Norway][Chile]"},
        {CONVERSION("0", "") CONVERSION("5", "Chile"), "[Chile]"},
        {CONVERSION("99", "Norway") CONVERSION("5", "Chile"), "(a record whose declared length is wrong)[Chile]"},
        {CONVERSION("3", "Norway") CONVERSION("5", "Chile"), "(a record whose declared length is wrong)[Chile]"},
        {CONVERSION("-1", "Norway") CONVERSION("5", "Chile"), "(no WARC record head with a length)[Chile]"},
        {CONVERSION("x", "Norway") CONVERSION("5", "Chile"), "(no WARC record head with a length)[Chile]"},
        {CONVERSION("99999999999", "Norway"), "(a record of more than 32 MiB)"},
        {RECORD("request", "", "6", "Norway") CONVERSION("5", "Chile"), "[Chile]"},
        {RECORD("request", "", "99999999999", "Norway"), ""},
        {"WARC/1.0\r\nWARC-Type: conversion\r\n", "(no WARC record head with a length)"},
        {"WARC/1.0\nWARC-Type: conversion\nContent-Length: 6\n\nNorway\n\n", "[Norway]"},
        {CONVERSION("6", "Norway") "junk\r\n" CONVERSION("5", "Chile"), "[Norway](no WARC record head with a length)[Chile]"},
        {RECORD("resource", "", "6", "Norway"), "[Norway]"},
        {RECORD("resource", "Content-Type: text/plain\r\n", "6", "Norway"), "[Norway]"},
        {CONVERSION("6", "\x1F\x8B" "broke"), "(a record whose declared length is wrong)"},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

// The same as the body of an answer that a crawler kept.
static void test_answers(void **state)
{
    static const struct row rows[] = {
        {"Norway", ""},
        {HTTP "\r\nNorway", "[Norway]"},
        {"HTTP/1.1 404 No\r\n\r\n<html>Norway</p>", ""},
        {"HTTP/1.1 200 OK\r\n\r\n<html>Norway</p>", "[Norway]"},
        {"HTTP/1.1\r\n\r\n<html>Norway", ""},
        {"HTTP/1.1 200 OK\r\nNorway", ""},
        {HTTP "Transfer-Encoding: chunked\r\n\r\n3\r\nNor\r\n3\r\nway\r\n0\r\n", "[Norway]"},
        {HTTP "Transfer-Encoding: chunked\r\n\r\n3;x=1\r\nNor\r\n3 \r\nway\r\n0\r\n", "[Norway]"},
        {HTTP "Transfer-Encoding: chunked\r\n\r\nZZ\r\nNorway", "[ZZ\r\nNorway]"},
        {HTTP "Transfer-Encoding: chunked\r\n\r\nfff\r\nNorway", "[Norway]"},
        {HTTP "Content-Encoding: identity\r\n\r\nNorway", "[Norway]"},
        {HTTP "Transfer-Encoding: chunked\r\n\r\n", ""},
        {HTTP "Transfer-Encoding: chunked\r\n\r\nA\r\nNorwayNorw\r\n2\r\nay", "[NorwayNorway]"},
        {HTTP "Transfer-Encoding: chunked\r\n\r\n6x\r\nNorway\r\n0\r\n", "[6x\r\nNorway\r\n0\r\n]"},
        {HTTP "Transfer-Encoding: chunked\r\n\r\n/\r\nNorway", "[/\r\nNorway]"},
        {HTTP "Transfer-Encoding: chunked\r\n\r\n\r\nNorway", "[\r\nNorway]"},
        {HTTP "Transfer-Encoding: chunked\r\n\r\n000000006\r\nNorway", "[000000006\r\nNorway]"},
        {HTTP "Transfer-Encoding: gzip\r\nContent-Encoding: br\r\n\r\nNorway", "[Norway]"},
        {HTTP "Content-Encoding: zstd\r\n\r\n\x28\xB5\x2F\xFDNorway", "(the zstd data is damaged)"},
        {HTTP "\r\n\x28\xB5\x2F\xFDNorway", "(not UTF-8, and in no encoding that could be told)"},
        {HTTP "\r\n\x1F\x8BNorway", "(not UTF-8, and in no encoding that could be told)"},
        {"HTTP/1.1 1200 OK\r\n\r\n<html>Norway</p>", ""},
        {"HTTP/1.1 -1 OK\r\n\r\n<html>Norway</p>", ""},
        {"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"\"\r\n\r\n<p>Norway", "[Norway]"},
        {"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset='\r\n\r\n<p>Norway", "[Norway]"},
        {"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"koi8-r\"; x\r\n\r\n", ""},
        {"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset='koi8-r'\r\n\r\n<p>\xEE\xCF\xD2", "[Нор]"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char record[1024];
        snprintf(record, sizeof record, "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %zu\r\n\r\n%s\r\n\r\n",
                strlen(rows[i].bytes), rows[i].bytes);
        char *told = all_of(record, strlen(record));
        if (strcmp(told, rows[i].told) != 0)
            fail_msg("row %zu: %s\n  wanted %s", i, told, rows[i].told);
        free(told);
    }
}

static void test_lines(void **state)
{
    static const struct row rows[] = {
        {"{\"text\": \"Norway\"}\n\n{\"text\": \"Chile\"}", "[Norway][Chile]"},
        {"\xEF\xBB\xBF{\"text\": \"Norway\"}\n", "[Norway]"},
        {"{\"title\": \"Norway\"}\n{\"text\": \"Chile\"}\n", "(no text field on this line (--text-field names it))[Chile]"},
        {"{\"text\": \"Norway\"}\n[1]\n{\"text\": 5}\n",
                "[Norway](no JSON object on this line)(no text field on this line (--text-field names it))"},
        {"{\"text\": \"Norway\", \"title\": \"Fish\"}\n", "[Fish\n\nNorway]"},
        {"{\"text\": \"<html><body><p>Norway met Chile in Oslo, and they spoke for long.</p>\"}\n",
                "[Norway met Chile in Oslo, and they spoke for long.]"},
        {"{\"text\": \"\"}\n5\n\"Norway\"\nnull\n{\"text\": \"Chile\"}",
                "[](no JSON: '[' or '{' expected near '5')"
                "(no JSON: '[' or '{' expected near '\"Norway\"')(no JSON: '[' or '{' expected near 'null')[Chile]"},
        {"{\"text\": \"Nor\xFFway\"}\n{\"text\": \"Chile\"",
                "(no JSON: unable to decode byte 0xff near '\"Nor')(no JSON: '}' expected near end of file)"},
        {"{\"text\": \"\", \"body\": \"Norway\", \"content\": \"Chile\"}", "[Norway]"},
        {"{\"text\": \"\", \"text\": \"x\"}\n{\"text\": \"Chile\"}\n", "(no JSON: duplicate object key near '\"text\"')[Chile]"},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

static void test_tables(void **state)
{
    static const struct row rows[] = {
        {"id,text\n1,Norway\n2,Chile\n", "[Norway][Chile]"},
        {"id;text\r\n1;\"Nor\"\"way\"\r\n", "[Nor\"way]"},
        {"id\ttext\n1\tNorway\n", "[Norway]"},
        {"id,text\n1\n2,Chile\n", "[][Chile]"},
        {"\xEF\xBB\xBFtext,id\nNorway,1\nChile,2", "[Norway][Chile]"},
        {"id,text\n1,\"Nor\nway\"\n\n2,\"Chile\"", "[Nor\nway][Chile]"},
        {"id,text\n1,\"Norway\n", "(a row that does not end, or is longer than 8 MiB)"},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

static void test_mailboxes(void **state)
{
    static const struct row rows[] = {
        {"From a@b Thu Jan  1 00:00:00 2021\nSubject: Fish\n\nNorway\n\nFrom a@b Thu Jan  1 00:00:00 2021\nSubject: Two\n\nChile\n",
                "[Fish\n\nNorway\n\n][Two\n\nChile\n]"},
        {"From a@b Thu Jan  1 00:00:00 2021\nSubject: Fish\n\nNorway\n>From here on\nFrom there, too\n",
                "[Fish\n\nNorway\nFrom here on\nFrom there, too\n]"},
        {"From a@b Thu Jan  1 00:00:00 2021\r\nSubject: Fish\r\n\r\nNorway\r\n\r\n"
         "From a@b Thu Jan  1 00:00:00 2021\r\nSubject: Two\r\n\r\nChile\r\n",
                "[Fish\n\nNorway\r\n\r\n][Two\n\nChile\r\n]"},
        {"From a@b Thu Jan  1 00:00:00 2021\nSubject: Fish\n\nNorway\n\nFrom here on it is text\n\n>>From >From\n> From\n",
                "[Fish\n\nNorway\n\nFrom here on it is text\n\n>From >From\n> From\n]"},
        {"From a@b Thu Jan  1 00:00:00 2021\nSubject: Fish\n\nNorway\n\nFrom a@b", "[Fish\n\nNorway\n\nFrom a@b]"},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_archives), cmocka_unit_test(test_answers), cmocka_unit_test(test_lines),
            cmocka_unit_test(test_tables), cmocka_unit_test(test_mailboxes)};
    return cmocka_run_group_tests_name("door_cases", tests, NULL, NULL);
}
