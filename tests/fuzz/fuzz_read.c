// SPDX-License-Identifier: MIT
// A document in memory: text, page or mail, in any encoding, read with every stage on, written in every form. Promises: every span of the
// record lies on code points and quotes what it says; the first look drops nothing that has a fact.
#include "fuzz.h"

#include <jansson.h>
#include <string.h>

#include "karar/karar.h"

struct text {
    char *at;
    size_t len, room;
};

static int gather(void *user, const char *bytes, size_t len)
{
    struct text *text = user;
    if (text->len + len > text->room) {
        text->room = 2 * (text->len + len);
        text->at = realloc(text->at, text->room);
        fuzz_check(text->at);
    }
    memcpy(text->at + text->len, bytes, len);
    text->len += len;
    return 0;
}

static int count_only(void *user, const char *bytes, size_t len)
{
    (void)bytes;
    *(size_t *)user += len;
    return 0;
}

static int is_inside_code_point(const char *text, size_t len, json_int_t at)
{
    return (size_t)at < len && ((unsigned char)text[at] & 0xC0) == 0x80;
}

static json_int_t code_points(const char *text, json_int_t end)
{
    json_int_t count = 0;
    for (json_int_t i = 0; i < end; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

// Every object with "begin" and "end", wherever it stands.
static void check_spans(json_t *value, const char *text, size_t len)
{
    json_t *part;
    const char *key;
    size_t i;
    json_array_foreach(value, i, part)
        check_spans(part, text, len);
    json_t *begin = json_object_get(value, "begin"), *end = json_object_get(value, "end"), *quote = json_object_get(value, "quote");
    if (json_is_integer(begin) && json_is_integer(end)) {
        json_int_t from = json_integer_value(begin), to = json_integer_value(end);
        fuzz_check(0 <= from && from <= to && (size_t)to <= len);
        fuzz_check(!is_inside_code_point(text, len, from) && !is_inside_code_point(text, len, to));
        if (quote) {
            fuzz_check(json_string_length(quote) == (size_t)(to - from));
            fuzz_check(memcmp(json_string_value(quote), text + from, (size_t)(to - from)) == 0);
            fuzz_check(json_integer_value(json_object_get(value, "char_begin")) == code_points(text, from));
            fuzz_check(json_integer_value(json_object_get(value, "char_end")) == code_points(text, to));
        }
    }
    json_object_foreach(value, key, part)
        check_spans(part, text, len);
}

static void check_report(const karar_report *report, const karar_item *item)
{
    static const karar_format forms[] = {KARAR_JSON, KARAR_TEXT, KARAR_CSV, KARAR_ARROW};
    struct text json = {0};
    char *text = NULL;
    size_t len = 0, written = 0;
    karar_write_options options = {.size = sizeof options, .format = KARAR_JSONL};
    fuzz_check(karar_report_write(report, &options, gather, &json, NULL) == KARAR_OK);
    fuzz_check(karar_item_text(item, &text, &len, NULL) == KARAR_OK);
    json_error_t fault;
    json_t *record = json_loadb(json.at, json.len, JSON_REJECT_DUPLICATES, &fault);
    fuzz_check(record);
    check_spans(record, text, len);
    json_decref(record);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        options = (karar_write_options){.size = sizeof options, .format = forms[i], .width = 60, .colour = 1};
        fuzz_check(karar_report_write(report, &options, count_only, &written, NULL) == KARAR_OK);
    }
    fuzz_check(karar_report_explain(report, count_only, &written, NULL) == KARAR_OK);
    karar_report_why(report, "m1", count_only, &written, NULL);
    free(text);
    free(json.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static karar_engine *engine;
    karar_item *item;
    karar_report *report = NULL, *looked = NULL;
    if (!engine)
        fuzz_check(karar_engine_new(NULL, &engine, NULL) == KARAR_OK);
    if (memmem(bytes, len < 2048 ? len : 2048, "%PDF", 4))
        return 0;       // runs a program: fuzz_pdf.c
    if (karar_item_new((const char *)bytes, len, "fuzz", NULL, &item, NULL) != KARAR_OK)
        return 0;
    karar_status status = karar_read_item(engine, item, NULL, &report, NULL);
    fuzz_check((status == KARAR_OK) == (report != NULL));
    karar_read_options only = {.size = sizeof only, .facts_only = 1};
    karar_status look = karar_read_item(engine, item, &only, &looked, NULL);
    fuzz_check(look == status);
    if (report) {
        check_report(report, item);
        fuzz_check(looked || karar_report_facts(report) == 0);
    }
    karar_report_free(report);
    karar_report_free(looked);
    karar_item_free(item);
    return 0;
}
