// SPDX-License-Identifier: MIT
// W3C Web Annotations (JSON-LD): an annotation for each piece of evidence, with two selectors of the same words.
//
// The position counts Unicode code points of the stored text, as the recommendation wants; the quotation carries 32 code points before and
// behind, so that the words are found again in a page whose text runs otherwise. An annotation's id names the text by its hash.
#include "export/run.h"

#include <stdio.h>

#define AROUND 32               // code points of prefix and suffix

static bool continues(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

// The last code points of bytes that may begin within one.
static struct slice last_points(struct slice text)
{
    size_t at = text.len;
    for (int points = 0; at > 0 && points < AROUND;) {
        at--;
        points += !continues(text.at[at]);
    }
    while (at < text.len && continues(text.at[at]))
        at++;
    return slice_make(text.at + at, text.len - at);
}

// The first code points of bytes that may end within one.
static struct slice first_points(struct slice text)
{
    size_t at = 0, whole = 0;
    for (int points = 0; at < text.len && points < AROUND; points++) {
        unsigned char lead = (unsigned char)text.at[at];
        size_t len = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (at + len > text.len)
            break;
        whole = at += len;
    }
    return slice_make(text.at, whole);
}

// An IRI: what may not stand in one is percent-encoded.
static void add_iri(struct exporting *run, struct slice uri)
{
    static const char digits[] = "0123456789ABCDEF";
    buf_clear(&run->line);
    for (size_t i = 0; i < uri.len; i++) {
        unsigned char c = (unsigned char)uri.at[i];
        if (c <= 0x20 || c == 0x7F || memchr("\"<>\\^`{|}", c, 9)) {
            buf_add_char(&run->line, '%');
            buf_add_char(&run->line, digits[c >> 4]);
            buf_add_char(&run->line, digits[c & 15]);
        } else {
            buf_add_char(&run->line, (char)c);
        }
    }
}

static void add_body(struct json *json, const char *purpose, struct slice value)
{
    if (!value.len)
        return;
    json_object(json);
    json_key(json, "type");
    json_text(json, "TextualBody");
    json_key(json, "purpose");
    json_text(json, purpose);
    json_key(json, "value");
    json_string(json, value);
    json_object_end(json);
}

// What stands beside the words; left out where nothing does, or where the text is not at hand.
static void add_around(struct json *json, const char *key, struct slice text)
{
    if (!text.len)
        return;
    json_key(json, key);
    json_string(json, text);
}

static void add_selectors(struct json *json, const struct registry_row *row)
{
    int64_t begin = 0, end = 0;
    row_number(row, "char_begin", &begin);
    row_number(row, "char_end", &end);
    json_key(json, "selector");
    json_array(json);
    json_object(json);
    json_key(json, "type");
    json_text(json, "TextPositionSelector");
    json_key(json, "start");
    json_int(json, begin);
    json_key(json, "end");
    json_int(json, end);
    json_object_end(json);
    json_object(json);
    json_key(json, "type");
    json_text(json, "TextQuoteSelector");
    json_key(json, "exact");
    json_string(json, row_get(row, "quote"));
    add_around(json, "prefix", last_points(row_get(row, "before")));
    add_around(json, "suffix", first_points(row_get(row, "after")));
    json_object_end(json);
    json_array_end(json);
}

static void take_annotation(struct exporting *run, const struct registry_row *row, void *user)
{
    struct slice hash = row_get(row, "sha256"), local = row_get(row, "local"), number = row_get(row, "number"), list = row_get(row, "list");
    struct json json;
    (void)user;
    if (!list.at)
        return;
    buf_add_text(&run->out, run->rows++ ? ",\n" : "\n");
    json_init(&json, &run->out, false);
    json_object(&json);
    buf_clear(&run->line);
    buf_addf(&run->line, "urn:karar:sha256:%.*s:%.*s:%.*s", (int)hash.len, hash.at, (int)local.len, local.at, (int)number.len, number.at);
    json_key(&json, "id");
    json_string(&json, buf_slice(&run->line));
    json_key(&json, "type");
    json_text(&json, "Annotation");
    json_key(&json, "motivation");
    json_text(&json, "classifying");
    json_key(&json, "body");
    json_array(&json);
    add_body(&json, "classifying", list);
    add_body(&json, "tagging", row_get(row, "type"));
    add_body(&json, "tagging", row_get(row, "status"));
    add_body(&json, "identifying", row_get(row, "link"));
    json_array_end(&json);
    json_key(&json, "target");
    json_object(&json);
    json_key(&json, "source");
    add_iri(run, row_get(row, "uri"));
    json_string(&json, buf_slice(&run->line));
    add_selectors(&json, row);
    json_object_end(&json);
    json_object_end(&json);
}

static void count_annotation(struct exporting *run, const struct registry_row *row, void *user)
{
    uint64_t *count = user;
    (void)run;
    *count += row_get(row, "list").at != NULL;
}

void export_annotations(struct exporting *run)
{
    struct json json;
    uint64_t count = 0;
    char name[64];
    run_ask(run, "export_evidence", count_annotation, &count);
    run_file(run, "annotations.jsonld");
    json_init(&json, &run->out, false);
    json_object(&json);
    json_key(&json, "@context");
    json_text(&json, "http://www.w3.org/ns/anno.jsonld");
    json_key(&json, "id");
    json_text(&json, "urn:karar:annotations");
    json_key(&json, "type");
    json_text(&json, "AnnotationCollection");
    json_key(&json, "creator");
    json_object(&json);
    json_key(&json, "type");
    json_text(&json, "Software");
    json_key(&json, "name");
    snprintf(name, sizeof name, "karar %s", run->version);
    json_text(&json, name);
    json_object_end(&json);
    json_key(&json, "total");
    json_int(&json, (int64_t)count);
    json_key(&json, "first");
    json_object(&json);
    json_key(&json, "id");
    json_text(&json, "urn:karar:annotations:1");
    json_key(&json, "type");
    json_text(&json, "AnnotationPage");
    json_key(&json, "startIndex");
    json_int(&json, 0);
    json_key(&json, "items");
    buf_add_char(&run->out, '[');
    run_ask(run, "export_evidence", take_annotation, NULL);
    buf_add_text(&run->out, "\n]}}\n");
}
