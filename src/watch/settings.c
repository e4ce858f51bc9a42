// SPDX-License-Identifier: MIT
// feeds.toml: a few keys for all, and a [[feed]] for each address.
//
// Keys are a table; a key that is not in it, a value of the wrong kind or out of its bounds is named with its line. Nothing is guessed: a
// misspelt key would otherwise be a wish that nobody hears.
#include "watch/settings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "watch/toml.h"

#define DAY_SECONDS 86400

enum key_id { KEY_CONTACT, KEY_PAUSE, KEY_PRIVATE, KEY_KEEP, KEY_INTERVAL, KEY_URL, KEY_MATCH, KEY_SINCE, KEY_FEED_INTERVAL, KEY_LIMIT,
    KEY_COUNT };

static const struct key {
    const char *table, *name;
    enum toml_kind kind;
    int64_t least, most;
} keys[KEY_COUNT] = {
    [KEY_CONTACT] = {"", "contact", TOML_TEXT, 1, 200},             // length
    [KEY_PAUSE] = {"", "pause", TOML_NUMBER, 0, 3600},
    [KEY_PRIVATE] = {"", "allow-private", TOML_SWITCH, 0, 1},
    [KEY_KEEP] = {"", "keep-all", TOML_SWITCH, 0, 1},
    [KEY_INTERVAL] = {"", "interval", TOML_NUMBER, 60, 30 * DAY_SECONDS},
    [KEY_URL] = {"feed", "url", TOML_TEXT, 8, 2048},
    [KEY_MATCH] = {"feed", "match", TOML_TEXT, 1, 200},
    [KEY_SINCE] = {"feed", "since", TOML_DAY, 0, 0},
    [KEY_FEED_INTERVAL] = {"feed", "interval", TOML_NUMBER, 60, 30 * DAY_SECONDS},
    [KEY_LIMIT] = {"feed", "limit", TOML_NUMBER, 1, 10000},
};

struct reading {
    struct arena *arena;
    const char *path;
    struct settings *settings;
    int64_t interval;
    struct error *error;
};

__attribute__((format(printf, 3, 4)))
static enum status fault(const struct reading *reading, uint32_t line, const char *format, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    error_set(reading->error, STATUS_BAD_ARGUMENT, "%s", text);
    if (reading->error) {
        snprintf(reading->error->file, sizeof reading->error->file, "%s", reading->path);
        reading->error->line = line;
        reading->error->column = 1;
    }
    return STATUS_BAD_ARGUMENT;
}

static enum key_id find_key(const struct toml_value *value)
{
    for (int i = 0; i < KEY_COUNT; i++)
        if (strcmp(keys[i].table, value->table) == 0 && strcmp(keys[i].name, value->key) == 0)
            return (enum key_id)i;
    return KEY_COUNT;
}

static enum status check_value(const struct reading *reading, const struct toml_value *value, const struct key *key)
{
    static const char *const wanted[] = {"a text in quotation marks", "a whole number", "true or false",
                                         "a day, written 2025-01-31 without quotation marks"};
    int64_t size = key->kind == TOML_TEXT ? (int64_t)strlen(value->text) : value->number;
    if (value->kind != key->kind)
        return fault(reading, value->line, "%s: should be %s", value->key, wanted[key->kind]);
    if (size < key->least || size > key->most)
        return fault(reading, value->line, "%s: should %s from %lld to %lld", value->key, key->kind == TOML_TEXT ? "have bytes" : "be",
                     (long long)key->least, (long long)key->most);
    for (const char *at = value->text; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7F)
            return fault(reading, value->line, "%s: holds a control character", value->key);
    return STATUS_OK;
}

static enum status take_value(struct reading *reading, const struct toml_value *value)
{
    struct settings *settings = reading->settings;
    bool in_feed = strcmp(value->table, "feed") == 0;
    if (in_feed && !*value->key) {
        vec_push_max(reading->arena, &settings->feeds, ((struct feed_settings){.limit = 50, .line = value->line}), SETTINGS_MAX_FEEDS);
        return STATUS_OK;
    }
    enum key_id id = find_key(value);
    if (id == KEY_COUNT)
        return fault(reading, value->line, "%s%s%s: no such key (contact, pause, interval, allow-private, keep-all; in [[feed]]: url, "
                     "match, since, interval, limit)", value->table, *value->table ? "." : "", value->key);
    enum status status = check_value(reading, value, &keys[id]);
    if (status)
        return status;
    // What stands in [[feed]] comes behind the row that began it; other keys touch none.
    struct feed_settings none = {0}, *feed = in_feed ? &settings->feeds.at[settings->feeds.count - 1] : &none;
    struct slice text = arena_copy(reading->arena, slice_from(value->text));
    switch (id) {
    case KEY_CONTACT: settings->contact = text; break;
    case KEY_PAUSE: settings->pause = value->number; break;
    case KEY_PRIVATE: settings->allow_private = value->number != 0; break;
    case KEY_KEEP: settings->keep_all = value->number != 0; break;
    case KEY_INTERVAL: reading->interval = value->number; break;
    case KEY_URL: feed->url = text; break;
    case KEY_MATCH: feed->match = text; break;
    case KEY_SINCE: feed->since = text; break;
    case KEY_FEED_INTERVAL: feed->interval = value->number; break;
    case KEY_LIMIT: feed->limit = value->number; break;
    case KEY_COUNT: break;
    }
    return STATUS_OK;
}

static enum status check_feeds(const struct reading *reading)
{
    struct settings *settings = reading->settings;
    if (!settings->feeds.count)
        return fault(reading, 1, "no feed: write [[feed]] and below it url = \"https://…\" for each");
    for (uint32_t i = 0; i < settings->feeds.count; i++) {
        struct feed_settings *feed = &settings->feeds.at[i];
        feed->interval = feed->interval ? feed->interval : reading->interval;
        if (!slice_starts(feed->url, SLICE("https://")) && !slice_starts(feed->url, SLICE("http://")))
            return fault(reading, feed->line, "a feed needs url = \"https://…\"");
        for (uint32_t k = 0; k < i; k++)
            if (slice_eq(settings->feeds.at[k].url, feed->url))
                return fault(reading, feed->line, "the same url as in line %u", settings->feeds.at[k].line);
    }
    return STATUS_OK;
}

static enum status take_values(struct reading *reading, const struct toml_values *values)
{
    enum status status = STATUS_OK;
    for (uint32_t i = 0; !status && i < values->count; i++)
        status = take_value(reading, &values->at[i]);
    return status ? status : check_feeds(reading);
}

enum status settings_read(struct arena *arena, const char *path, struct settings *ret_settings, struct error *reterr_error)
{
    struct reading reading = {arena, path, ret_settings, 1800, reterr_error};
    struct toml_values values;
    struct toml_fault bad = {.line = 0};
    char *bytes = NULL;
    size_t len = 0;
    *ret_settings = (struct settings){.pause = 5};
    enum status status = file_read(path, SETTINGS_MAX_FILE, &bytes, &len, reterr_error);
    if (status)
        return status;
    int read = toml_read(bytes, len, &values, &bad);
    free(bytes);
    if (read == 1)
        return fault(&reading, bad.line, "%s", bad.text);
    if (read)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory for the feeds");
    // the arena may unwind while the values are ours
    jmp_buf outer;
    memcpy(&outer, &arena->unwind, sizeof outer);
    enum status caught = ARENA_CATCH(arena);
    if (!caught)
        status = take_values(&reading, &values);
    toml_free(&values);
    memcpy(&arena->unwind, &outer, sizeof outer);
    if (caught)
        arena_fail(arena, caught);
    return status;
}
