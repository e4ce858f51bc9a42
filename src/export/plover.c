// SPDX-License-Identifier: MIT
// Events as PLOVER 0.8's JSON, an event a line, with the field names of its codebook.
//
// Its auxiliary modes (historical, future, hypothetical, negation), which no coder has filled so far, stand among the contexts, where the
// codebook wants them. `text` stays out: it is for those who hold rights in the report; `event_text` has the words that fired and
// `text_info` their place in characters.
#include "export/event.h"

#include <stdio.h>

static void add_entity(struct exporting *run, struct json *json, const struct event *event, struct slice code)
{
    const struct book_party *party = book_party(&run->book, code);
    struct slice sectors[EVENT_MAX_SECTORS];
    int count = event_sectors(run, event, code, sectors);
    emit_object(json);
    emit_key(json, "code");
    emit_string(json, party ? party->plover : code);
    emit_key(json, "raw_text");
    emit_string(json, event_raw(run, event, code));
    emit_key(json, "entity_name");
    emit_string(json, book_party_as(&run->book, code, COLUMN_NAME));
    emit_key(json, "wikidata_id");
    emit_string(json, SLICE(""));
    emit_key(json, "country_name");
    emit_string(json, party ? party->plover_name : code);
    emit_key(json, "sector_code");
    emit_string(json, sectors[0]);
    emit_key(json, "other_sector_codes");
    emit_array(json);
    for (int i = 1; i < count; i++)
        emit_string(json, sectors[i]);
    emit_array_end(json);
    emit_object_end(json);
}

static void add_side(struct exporting *run, struct json *json, const struct event *event, int side, const char *key)
{
    emit_key(json, key);
    emit_array(json);
    for (int i = 0; i < event->counts[side]; i++)
        add_entity(run, json, event, event->sides[side][i]);
    emit_array_end(json);
}

// A list of words joined by blanks, and one more that may be empty.
static void add_list(struct json *json, const char *key, struct slice words, struct slice more, struct slice last)
{
    emit_key(json, key);
    emit_array(json);
    for (struct slice rest = words; rest.at && rest.len;)
        emit_string(json, slice_cut(&rest, ' '));
    if (more.len)
        emit_string(json, more);
    if (last.len)
        emit_string(json, last);
    emit_array_end(json);
}

static void add_given(struct json *json, const char *key, struct slice value)
{
    if (!value.len)
        return;
    emit_key(json, key);
    emit_string(json, value);
}

static void add_number(struct json *json, const char *key, struct slice digits)
{
    if (!digits.len)
        return;
    emit_key(json, key);
    emit_raw(json, digits, false);
}

static void add_place(struct exporting *run, struct json *json, const struct registry_row *row)
{
    struct slice city = row_get(row, "city"), country = row_get(row, "country");
    const struct book_party *state = book_party(&run->book, country);
    if (!city.len && !country.len)
        return;
    emit_key(json, "event_loc");
    emit_object(json);
    add_given(json, "resolved_place", city.len ? city : state ? state->name : country);
    add_given(json, "city", city);
    add_given(json, "country", state ? state->plover_name : country);
    add_given(json, "country_code", state ? state->plover : country);
    emit_key(json, "resolution");
    emit_int(json, city.len ? 4 : 1);
    emit_object_end(json);
}

static void add_report(struct exporting *run, struct json *json, const struct registry_row *row)
{
    char coder[64];
    emit_key(json, "text_info");
    emit_object(json);
    add_number(json, "start", row_get(row, "char_begin"));
    add_number(json, "end", row_get(row, "char_end"));
    add_number(json, "byte_start", row_get(row, "begin"));
    add_number(json, "byte_end", row_get(row, "end"));
    add_given(json, "sha256", row_get(row, "sha256"));
    emit_object_end(json);
    emit_key(json, "cite_info");
    emit_object(json);
    add_given(json, "url", row_get(row, "uri"));
    add_given(json, "title", row_get(row, "title"));
    add_given(json, "language", row_get(row, "language"));
    add_given(json, "publication", row_get(row, "publisher"));
    add_given(json, "codebook", SLICE("PLOVER-0.8"));
    emit_object_end(json);
    emit_key(json, "coder");
    snprintf(coder, sizeof coder, "karar-%s", run->version);
    emit_text(json, coder);
}

static void take_event(struct exporting *run, const struct event *event)
{
    const struct registry_row *row = event->row;
    struct slice none = {NULL, 0};
    struct json json;
    run_begin_line(run);
    book_contexts(&run->book, event->sectors, event->concepts, " ", &run->line);
    emit_init(&json, &run->out, false);
    emit_object(&json);
    add_given(&json, "id", row_get(row, "event"));
    add_given(&json, "date", event->first_day);
    if (!slice_eq(event->first_day, event->last_day))
        add_given(&json, "enddate", event->last_day);
    add_side(run, &json, event, EVENT_ACTOR, "actor");
    add_side(run, &json, event, EVENT_RECIPIENT, "recipient");
    add_list(&json, "event", event->as->event, none, none);
    add_list(&json, "mode", event->mode, none, none);
    add_list(&json, "context", buf_slice(&run->line), event->as->auxiliary,
             slice_is(row_get(row, "historical"), "1") ? SLICE("historical") : none);
    add_place(run, &json, row);
    emit_key(&json, "event_text");
    emit_array(&json);
    if (row_get(row, "quote").len)
        emit_string(&json, row_get(row, "quote"));
    emit_array_end(&json);
    add_number(&json, "quad_code", event->as->quad);
    add_number(&json, "event_scale", event->scale);
    add_given(&json, "link", row_get(row, "link"));
    add_report(run, &json, row);
    add_given(&json, "comment", row_get(row, "subject"));
    emit_object_end(&json);
    buf_add_char(&run->out, '\n');
}

void export_plover(struct exporting *run)
{
    run_file(run, "plover.jsonl");
    event_walk(run, take_event);
}
