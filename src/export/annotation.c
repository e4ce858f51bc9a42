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
    run_begin_line(run);
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
    emit_object(json);
    emit_key(json, "type");
    emit_text(json, "TextualBody");
    emit_key(json, "purpose");
    emit_text(json, purpose);
    emit_key(json, "value");
    emit_string(json, value);
    emit_object_end(json);
}

// What stands beside the words; left out where nothing does, or where the text is not at hand.
static void add_around(struct json *json, const char *key, struct slice text)
{
    if (!text.len)
        return;
    emit_key(json, key);
    emit_string(json, text);
}

static void add_selectors(struct json *json, const struct registry_row *row)
{
    int64_t begin = 0, end = 0;
    row_number(row, "char_begin", &begin);
    row_number(row, "char_end", &end);
    emit_key(json, "selector");
    emit_array(json);
    emit_object(json);
    emit_key(json, "type");
    emit_text(json, "TextPositionSelector");
    emit_key(json, "start");
    emit_int(json, begin);
    emit_key(json, "end");
    emit_int(json, end);
    emit_object_end(json);
    emit_object(json);
    emit_key(json, "type");
    emit_text(json, "TextQuoteSelector");
    emit_key(json, "exact");
    emit_string(json, row_get(row, "quote"));
    add_around(json, "prefix", last_points(row_get(row, "before")));
    add_around(json, "suffix", first_points(row_get(row, "after")));
    emit_object_end(json);
    emit_array_end(json);
}

static void take_annotation(struct exporting *run, const struct registry_row *row, void *user)
{
    struct slice hash = row_get(row, "sha256"), local = row_get(row, "local"), number = row_get(row, "number"), list = row_get(row, "list");
    struct json json;
    (void)user;
    if (!list.at)
        return;
    buf_add_text(&run->out, run->rows++ ? ",\n" : "\n");
    emit_init(&json, &run->out, false);
    emit_object(&json);
    run_begin_line(run);
    buf_addf(&run->line, "urn:karar:sha256:%.*s:%.*s:%.*s", (int)hash.len, hash.at, (int)local.len, local.at, (int)number.len, number.at);
    emit_key(&json, "id");
    emit_string(&json, buf_slice(&run->line));
    emit_key(&json, "type");
    emit_text(&json, "Annotation");
    emit_key(&json, "motivation");
    emit_text(&json, "classifying");
    emit_key(&json, "body");
    emit_array(&json);
    add_body(&json, "classifying", list);
    add_body(&json, "tagging", row_get(row, "type"));
    add_body(&json, "tagging", row_get(row, "status"));
    add_body(&json, "identifying", row_get(row, "link"));
    emit_array_end(&json);
    emit_key(&json, "target");
    emit_object(&json);
    emit_key(&json, "source");
    add_iri(run, row_get(row, "uri"));
    emit_string(&json, buf_slice(&run->line));
    add_selectors(&json, row);
    emit_object_end(&json);
    emit_object_end(&json);
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
    emit_init(&json, &run->out, false);
    emit_object(&json);
    emit_key(&json, "@context");
    emit_text(&json, "http://www.w3.org/ns/anno.jsonld");
    emit_key(&json, "id");
    emit_text(&json, "urn:karar:annotations");
    emit_key(&json, "type");
    emit_text(&json, "AnnotationCollection");
    emit_key(&json, "creator");
    emit_object(&json);
    emit_key(&json, "type");
    emit_text(&json, "Software");
    emit_key(&json, "name");
    snprintf(name, sizeof name, "karar %s", run->version);
    emit_text(&json, name);
    emit_object_end(&json);
    emit_key(&json, "total");
    emit_int(&json, (int64_t)count);
    emit_key(&json, "first");
    emit_object(&json);
    emit_key(&json, "id");
    emit_text(&json, "urn:karar:annotations:1");
    emit_key(&json, "type");
    emit_text(&json, "AnnotationPage");
    emit_key(&json, "startIndex");
    emit_int(&json, 0);
    emit_key(&json, "items");
    buf_add_char(&run->out, '[');
    run_ask(run, "export_evidence", take_annotation, NULL);
    buf_add_text(&run->out, "\n]}}\n");
}
