// SPDX-License-Identifier: MIT
// The state file: {"feed":…} and {"page":…}, a line each; of two lines about the same thing the later one holds.
//
// A line is one write at the file's end. At the start all lines are read; a last line without its end is what a kill left: it is cut off.
// If more than half of the lines are out of date, the file is written anew beside the old one and renamed. Pages are remembered by half of
// their address's SHA-256: the addresses themselves stay in the file, for people.
#include "watch/state.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/sha256.h"
#include "base/vec.h"

#define LINE_MAX_BYTES 8192
#define STALE_LINES 1000u
enum { PAGE_DONE = 255 };

struct known_feed {
    struct slice url;
    struct state_feed feed;
};

struct state {
    struct arena arena;
    char path[PATH_MAX];
    int file;
    struct map pages, feeds;        // digest or address to index
    VEC(uint8_t) tries;
    VEC(struct known_feed) known;
    uint32_t lines;
};

// ---- what is known ------------------------------------------------------------------------------------------------
static struct slice digest(struct slice url, char id[SHA256_ID_SIZE])
{
    sha256_id(url, id);
    return slice_make(id + 7, 32);
}

static uint8_t *page_of(const struct state *state, struct slice url)
{
    char id[SHA256_ID_SIZE];
    uint32_t index = map_get(&state->pages, digest(url, id), UINT32_MAX);
    return index == UINT32_MAX ? NULL : &state->tries.at[index];
}

static void set_page(struct state *state, struct slice url, uint8_t tries)
{
    char id[SHA256_ID_SIZE];
    uint8_t *page = page_of(state, url);
    if (page) {
        *page = tries;
        return;
    }
    map_put(&state->pages, arena_copy(&state->arena, digest(url, id)), state->tries.count);
    vec_push(&state->arena, &state->tries, tries);
}

static void set_feed(struct state *state, struct slice url, const struct state_feed *feed)
{
    uint32_t index = map_get(&state->feeds, url, UINT32_MAX);
    if (index != UINT32_MAX) {
        state->known.at[index].feed = *feed;
        return;
    }
    struct known_feed known = {arena_copy(&state->arena, url), *feed};
    map_put(&state->feeds, known.url, state->known.count);
    vec_push(&state->arena, &state->known, known);
}

// ---- lines --------------------------------------------------------------------------------------------------------
static void copy_text(char *place, size_t room, const json_t *value)
{
    const char *text = json_is_string(value) ? json_string_value(value) : "";
    snprintf(place, room, "%s", text);
}

// A line that is no JSON of ours is passed over: the page is then asked for once more, and nothing worse.
static void take_line(struct state *state, struct slice line)
{
    json_t *root = line.len < LINE_MAX_BYTES ? json_loadb(line.at, line.len, 0, NULL) : NULL;
    const json_t *page = json_object_get(root, "page"), *url = json_object_get(root, "feed");
    jmp_buf outer;
    memcpy(&outer, &state->arena.unwind, sizeof outer);
    enum status status = ARENA_CATCH(&state->arena);
    if (!status && json_is_string(page)) {
        int64_t failed = json_integer_value(json_object_get(root, "failed"));
        set_page(state, slice_from(json_string_value(page)), failed > 0 && failed < PAGE_DONE ? (uint8_t)failed : PAGE_DONE);
    } else if (!status && json_is_string(url)) {
        struct state_feed feed = {.next = json_integer_value(json_object_get(root, "next")),
                                  .failures = json_integer_value(json_object_get(root, "failures"))};
        copy_text(feed.etag, sizeof feed.etag, json_object_get(root, "etag"));
        copy_text(feed.modified, sizeof feed.modified, json_object_get(root, "modified"));
        set_feed(state, slice_from(json_string_value(url)), &feed);
    }
    json_decref(root);
    memcpy(&state->arena.unwind, &outer, sizeof outer);
    if (status)
        arena_fail(&state->arena, status);
    state->lines++;
}

// What a server sends as a validator may be any bytes: those that are no text are done without.
static const char *if_utf8(const char *text)
{
    json_t *value = json_string(text);
    json_decref(value);
    return value ? text : NULL;
}

static void write_line(struct buf *out, json_t *root)
{
    char *text = root ? json_dumps(root, JSON_COMPACT) : NULL;
    if (text) {
        buf_add_text(out, text);
        buf_add_char(out, '\n');
    } else {
        out->failed = STATUS_NO_MEMORY;     // addresses are UTF-8 and short: nothing else can be wrong
    }
    free(text);
    json_decref(root);
}

static void write_page(struct buf *out, struct slice url, uint8_t tries)
{
    json_t *root = json_pack("{s:s%}", "page", url.at, url.len);
    if (root && tries != PAGE_DONE)
        json_object_set_new(root, "failed", json_integer(tries));
    write_line(out, root);
}

static void write_feed(struct buf *out, struct slice url, const struct state_feed *feed)
{
    write_line(out, json_pack("{s:s%, s:s?, s:s?, s:I, s:I}", "feed", url.at, url.len, "etag", if_utf8(feed->etag), "modified",
                              if_utf8(feed->modified), "next", (json_int_t)feed->next, "failures", (json_int_t)feed->failures));
}

static enum status fail(struct error *error, const char *path)
{
    char reason[128];
    error_set(error, STATUS_IO, "%s", strerror_r(errno, reason, sizeof reason));
    if (error)
        snprintf(error->file, sizeof error->file, "%s", path);
    return STATUS_IO;
}

// The whole line or an error; a part of a line is cut off at the next start.
static enum status append(struct state *state, struct buf *line, struct error *error)
{
    enum status status = line->failed;
    for (size_t at = 0; !status && at < line->len;) {
        ssize_t written = write(state->file, line->at + at, line->len - at);
        if (written < 0 && errno != EINTR)
            status = fail(error, state->path);
        at += written > 0 ? (size_t)written : 0;
    }
    buf_finish(line);
    state->lines++;
    return status;
}

// ---- opening ------------------------------------------------------------------------------------------------------
// Goes over the lines of the file; *ret_good: length of the part that is whole lines.
typedef void (*line_taker)(void *user, struct slice line);
static enum status each_line(int file, line_taker take, void *user, off_t *ret_good, struct error *error, const char *path)
{
    FILE *stream = fdopen(dup(file), "re");
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    *ret_good = 0;
    if (!stream)
        return fail(error, path);
    rewind(stream);
    while ((len = getline(&line, &room, stream)) > 0 && line[len - 1] == '\n') {
        take(user, slice_make(line, (size_t)len - 1));
        *ret_good += len;
    }
    free(line);
    bool bad = ferror(stream) != 0;
    fclose(stream);
    return bad ? fail(error, path) : STATUS_OK;
}

struct reading {
    struct state *state;
    enum status status;
};

static void read_line(void *user, struct slice line)
{
    struct reading *reading = user;
    if (reading->status)
        return;
    reading->status = ARENA_CATCH(&reading->state->arena);
    if (!reading->status)
        take_line(reading->state, line);
}

struct rewriting {
    struct state *state;
    FILE *out;
    uint32_t skip;      // pages that are forgotten
};

// Pages in their order, those that were said twice once.
static void rewrite_line(void *user, struct slice line)
{
    struct rewriting *rewriting = user;
    json_t *root = line.len < LINE_MAX_BYTES ? json_loadb(line.at, line.len, 0, NULL) : NULL;
    const char *url = json_string_value(json_object_get(root, "page"));
    uint8_t *page = url ? page_of(rewriting->state, slice_from(url)) : NULL;
    if (page && *page && rewriting->skip) {
        rewriting->skip--;
        *page = 0;
    } else if (page && *page) {
        struct buf out;
        buf_init(&out, LINE_MAX_BYTES * 2);
        write_page(&out, slice_from(url), *page);
        fwrite(out.at, 1, out.len, rewriting->out);
        buf_finish(&out);
        *page = 0;
    }
    json_decref(root);
}

static enum status rewrite(struct state *state, struct error *error)
{
    char beside[PATH_MAX];
    off_t good;
    if (snprintf(beside, sizeof beside, "%s.new", state->path) >= (int)sizeof beside)
        return error_set(error, STATUS_LIMIT, "the path is too long");
    struct rewriting rewriting = {.state = state, .out = fopen(beside, "we")};
    if (!rewriting.out)
        return fail(error, beside);
    rewriting.skip = state->tries.count > STATE_MAX_PAGES ? state->tries.count - STATE_MAX_PAGES : 0;
    enum status status = each_line(state->file, rewrite_line, &rewriting, &good, error, state->path);
    for (uint32_t i = 0; i < state->known.count; i++) {
        struct buf line;
        buf_init(&line, LINE_MAX_BYTES * 2);
        write_feed(&line, state->known.at[i].url, &state->known.at[i].feed);
        fwrite(line.at, 1, line.len, rewriting.out);
        buf_finish(&line);
    }
    bool written = !ferror(rewriting.out) && fflush(rewriting.out) == 0 && fdatasync(fileno(rewriting.out)) == 0;
    written = (fclose(rewriting.out) == 0) & written;
    if (!status && !(written && rename(beside, state->path) == 0))
        status = fail(error, state->path);
    return status;
}

static enum status open_file(struct state *state, struct error *error)
{
    state->file = open(state->path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
    if (state->file < 0)
        return fail(error, state->path);
    if (flock(state->file, LOCK_EX | LOCK_NB) == 0)
        return STATUS_OK;
    error_set(error, STATUS_LIMIT, "another watch is using this file");
    if (error)
        snprintf(error->file, sizeof error->file, "%.500s", state->path);
    return STATUS_LIMIT;
}

static void forget(struct state *state)
{
    arena_finish(&state->arena);
    arena_init(&state->arena, NULL, STATE_MEMORY);
    enum status status = ARENA_CATCH(&state->arena);
    if (status)
        return;     // the maps stay empty and the first line fails for the same reason
    map_init(&state->pages, &state->arena, 1024);
    map_init(&state->feeds, &state->arena, 64);
    state->tries.count = state->tries.room = state->known.count = state->known.room = state->lines = 0;
    state->tries.at = NULL;
    state->known.at = NULL;
}

static enum status read_all(struct state *state, struct error *error)
{
    struct reading reading = {.state = state};
    off_t good = 0;
    forget(state);
    enum status status = each_line(state->file, read_line, &reading, &good, error, state->path);
    if (!status && reading.status)
        status = error_set(error, reading.status, "%s while reading what earlier runs left", status_name(reading.status));
    if (!status && ftruncate(state->file, good) != 0)
        status = fail(error, state->path);
    return status;
}

enum status state_open(const char *path, struct state **ret_state, struct error *reterr_error)
{
    struct state *state = calloc(1, sizeof *state);
    if (!state)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory for the state");
    state->file = -1;
    arena_init(&state->arena, NULL, STATE_MEMORY);
    enum status status = STATUS_OK;
    if (snprintf(state->path, sizeof state->path, "%s", path) >= (int)sizeof state->path)
        status = error_set(reterr_error, STATUS_LIMIT, "the path is too long");
    if (!status)
        status = open_file(state, reterr_error);
    if (!status)
        status = read_all(state, reterr_error);
    uint32_t held = state->tries.count + state->known.count;
    if (!status && (state->lines > 2 * held + STALE_LINES || state->tries.count > STATE_MAX_PAGES)) {
        status = rewrite(state, reterr_error);
        if (!status) {
            int old = state->file;      // its lock holds until the new file has one
            status = open_file(state, reterr_error);
            close(old);
        }
        if (!status)
            status = read_all(state, reterr_error);
    }
    if (status) {
        state_close(state);
        return status;
    }
    *ret_state = state;
    return STATUS_OK;
}

void state_close(struct state *state)
{
    if (!state)
        return;
    if (state->file >= 0)
        close(state->file);
    arena_finish(&state->arena);
    free(state);
}

// ---- asking and telling -------------------------------------------------------------------------------------------
struct state_feed state_feed(const struct state *state, struct slice url)
{
    uint32_t index = map_get(&state->feeds, url, UINT32_MAX);
    if (index == UINT32_MAX)
        return (struct state_feed){.next = 0};
    return state->known.at[index].feed;
}

static enum status no_memory(enum status status, struct error *error)
{
    return error_set(error, status, "%s: the watch knows too many pages", status_name(status));
}

enum status state_set_feed(struct state *state, struct slice url, const struct state_feed *feed, struct error *reterr_error)
{
    enum status status = ARENA_CATCH(&state->arena);
    if (status)
        return no_memory(status, reterr_error);
    set_feed(state, url, feed);
    struct buf line;
    buf_init(&line, LINE_MAX_BYTES * 2);
    write_feed(&line, url, feed);
    return append(state, &line, reterr_error);
}

bool state_page_done(const struct state *state, struct slice url)
{
    const uint8_t *page = page_of(state, url);
    return page && *page >= STATE_MAX_TRIES;
}

static enum status note_page(struct state *state, struct slice url, uint8_t tries, struct error *error)
{
    enum status status = ARENA_CATCH(&state->arena);
    if (status)
        return no_memory(status, error);
    set_page(state, url, tries);
    struct buf line;
    buf_init(&line, LINE_MAX_BYTES * 2);
    write_page(&line, url, tries);
    return append(state, &line, error);
}

enum status state_set_page_done(struct state *state, struct slice url, struct error *reterr_error)
{
    return note_page(state, url, PAGE_DONE, reterr_error);
}

enum status state_page_failed(struct state *state, struct slice url, bool *ret_last, struct error *reterr_error)
{
    const uint8_t *page = page_of(state, url);
    uint8_t tries = page && *page < STATE_MAX_TRIES ? *page + 1 : 1;
    *ret_last = tries >= STATE_MAX_TRIES;
    return note_page(state, url, tries, reterr_error);
}
