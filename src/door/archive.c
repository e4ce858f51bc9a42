// SPDX-License-Identifier: MIT
// WARC and WET: responses, resources and conversions are documents, the other records are passed over.
//
// A record is its head, a declared number of bytes, and two line ends. Where these don't follow, the length is wrong: the record is named,
// and reading goes on at the next line that begins like a record, looked for from this one's content on, so that no neighbour is lost with
// it. HTTP heads are read for status and charset; chunked and packed bodies are opened here, within the maximum of a document. What is
// neither page, text nor PDF (pictures, styles, scripts) is passed over silently: it is no report.
#include <stdlib.h>
#include <strings.h>

#include "door/kinds.h"

#define HEAD_MAX ((size_t)64 << 10)
#define RECORD_MAX (DOOR_MAX_BINARY + HEAD_MAX)

enum record_type { RECORD_OTHER, RECORD_RESPONSE, RECORD_RESOURCE, RECORD_CONVERSION };

struct record_head {
    enum record_type type;
    uint64_t length;
    bool has_length;
    struct slice uri;
};

static bool starts(struct slice line, const char *name, struct slice *ret_value)
{
    size_t len = strlen(name);
    if (line.len < len || strncasecmp(line.at, name, len) != 0)
        return false;
    *ret_value = slice_trim(slice_make(line.at + len, line.len - len));
    return true;
}

// The length of a head with its empty line, 0 if none ends within `bytes`.
static size_t head_length(struct slice bytes)
{
    for (size_t i = 0; i + 1 < bytes.len; i++) {
        if (bytes.at[i] != '\n')
            continue;
        if (bytes.at[i + 1] == '\n')
            return i + 2;
        if (bytes.at[i + 1] == '\r' && i + 2 < bytes.len && bytes.at[i + 2] == '\n')
            return i + 3;
    }
    return 0;
}

static struct record_head read_head(struct slice head)
{
    struct record_head record = {.type = RECORD_OTHER};
    struct slice value;
    while (head.len) {
        struct slice line = slice_cut(&head, '\n');
        int64_t number;
        if (starts(line, "WARC-Type:", &value))
            record.type = slice_is(value, "response") ? RECORD_RESPONSE : slice_is(value, "resource") ? RECORD_RESOURCE
                        : slice_is(value, "conversion") ? RECORD_CONVERSION : RECORD_OTHER;
        else if (starts(line, "WARC-Target-URI:", &value))
            record.uri = value.len > 2 && value.at[0] == '<' ? slice_make(value.at + 1, value.len - 2) : value;
        else if (starts(line, "Content-Length:", &value) && slice_to_int(value, &number) && number >= 0) {
            record.length = (uint64_t)number;
            record.has_length = true;
        }
    }
    return record;
}

// Goes to the next line that begins like a record. `from` bytes are passed over at once.
static void find_next(struct door *door, size_t from)
{
    stream_take(door->stream, from);
    for (;;) {
        struct slice head = stream_look(door->stream, 65536);
        const char *found = head.len ? memmem(head.at, head.len, "\nWARC/", 6) : NULL;
        if (found || head.len < 65536) {
            stream_take(door->stream, found ? (size_t)(found - head.at) + 1 : head.len);
            return;
        }
        stream_take(door->stream, head.len - 5);
    }
}

static void pass_over(struct door *door, uint64_t len)
{
    while (len) {
        struct slice head = stream_look(door->stream, len < 65536 ? (size_t)len : 65536);
        size_t step = head.len < len ? head.len : (size_t)len;
        stream_take(door->stream, step);
        len -= step;
        if (!step)
            return;
    }
}

// ---- HTTP ---------------------------------------------------------------------------------------------------------
struct http {
    int status;
    bool chunked, packed;
    struct slice charset, body;
};

static struct slice charset_of(struct slice mime)
{
    for (size_t i = 0; i + 8 < mime.len; i++)
        if (strncasecmp(mime.at + i, "charset=", 8) == 0) {
            struct slice value = slice_make(mime.at + i + 8, mime.len - i - 8);
            value = slice_trim(slice_cut(&value, ';'));
            while (value.len && (value.at[0] == '"' || value.at[0] == '\''))
                value = slice_make(value.at + 1, value.len - 1);
            while (value.len && (value.at[value.len - 1] == '"' || value.at[value.len - 1] == '\''))
                value.len--;
            return value;
        }
    return (struct slice){NULL, 0};
}

static struct http read_http(struct slice bytes)
{
    struct http http = {.status = 200, .body = bytes};
    size_t len = slice_starts(bytes, SLICE("HTTP/")) ? head_length(slice_make(bytes.at, bytes.len < HEAD_MAX ? bytes.len : HEAD_MAX)) : 0;
    if (!len)
        return http;
    struct slice head = slice_make(bytes.at, len), value;
    struct slice line = slice_cut(&head, '\n');
    slice_cut(&line, ' ');
    int64_t number = 0;
    slice_to_int(slice_trim(slice_cut(&line, ' ')), &number);
    http.status = (int)(number > 0 && number < 1000 ? number : 0);
    while (head.len) {
        line = slice_cut(&head, '\n');
        if (starts(line, "Content-Type:", &value))
            http.charset = charset_of(value);
        else if (starts(line, "Transfer-Encoding:", &value))
            http.chunked = memmem(value.at, value.len, "chunked", 7) != NULL;
        else if (starts(line, "Content-Encoding:", &value))
            http.packed = !slice_is(value, "identity");
    }
    http.body = slice_make(bytes.at + len, bytes.len - len);
    return http;
}

// The pieces of a chunked body, joined; false if it is not chunked after all (crawlers often leave the header and undo the chunks).
static bool join_chunks(struct slice body, struct buf *out)
{
    while (body.len) {
        struct slice line = slice_trim(slice_cut(&body, '\n'));
        size_t len = 0, digits = 0;
        for (; digits < line.len && digits < 8; digits++) {
            char c = line.at[digits];
            int digit = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
            if (digit < 0)
                break;
            len = len * 16 + (size_t)digit;
        }
        if (!digits || (digits < line.len && line.at[digits] != ';' && line.at[digits] != ' '))
            return false;
        if (!len)
            return true;
        buf_add(out, slice_make(body.at, len < body.len ? len : body.len));
        if (len >= body.len)
            return true;
        body = slice_make(body.at + len, body.len - len);
        slice_cut(&body, '\n');
    }
    return true;
}

// ---- a record -----------------------------------------------------------------------------------------------------
// Unpacks the body and hands it out; STATUS_EMPTY without a word if it is no report.
static enum status take_body(struct door *door, const struct record_head *record, struct slice bytes, uint64_t begin,
        struct door_item *item,
                             struct error *error)
{
    struct http http = record->type == RECORD_RESPONSE ? read_http(bytes) : (struct http){.status = 200, .body = bytes};
    struct buf joined;
    struct stream *stream = NULL;
    enum status status = STATUS_OK;
    if (http.status != 200)
        return STATUS_EMPTY;
    buf_init(&joined, RECORD_MAX);
    struct slice body = http.chunked && join_chunks(http.body, &joined) ? buf_slice(&joined) : http.body;
    if (slice_starts(body, SLICE("\x1F\x8B")) || (http.packed && slice_starts(body, SLICE("\x28\xB5\x2F\xFD")))) {
        status = stream_open_memory(body, &stream, error);
        if (!status)
            body = stream_look(stream, DOOR_MAX_BINARY + 1);
        if (!status)
            status = stream_status(stream, error);
        if (status)
            error->byte = begin;
    }
    enum door_kind kind = door_sniff(body, &door->options);
    if (record->type == RECORD_CONVERSION)
        kind = DOOR_TEXT;
    size_t most = kind == DOOR_PDF ? DOOR_MAX_BINARY : DOOR_MAX_DOCUMENT;
    bool report = kind == DOOR_PAGE || kind == DOOR_PDF || record->type == RECORD_CONVERSION ||
                  (kind == DOOR_TEXT && (record->type == RECORD_RESOURCE || memmem(bytes.at,
                          bytes.len < HEAD_MAX ? bytes.len : HEAD_MAX, "text/plain", 10)));
    if (!status && (!report || !body.len))
        status = STATUS_EMPTY;
    else if (!status && body.len > most)
        status = door_fault(error, STATUS_LIMIT, begin, "a record of more than 8 MiB");
    if (!status) {
        door->number++;
        status = door_fill(door, item, (struct slice[FIELD_COUNT]){[FIELD_TEXT] = body, [FIELD_URL] = record->uri,
                [FIELD_TITLE] = http.charset},
                           begin, error);
        item->kind = kind;
        item->charset = item->title;
        item->title.len = 0;
    }
    stream_close(stream);
    buf_finish(&joined);
    return status;
}

static bool ends_well(struct slice bytes, size_t at)
{
    struct slice rest = slice_make(bytes.at + at, bytes.len - at);
    return !rest.len || slice_starts(rest, SLICE("\r\n\r\n")) || slice_starts(rest, SLICE("\n\n")) || slice_starts(rest, SLICE("WARC/"));
}

enum status archive_next(struct door *door, struct door_item *item, struct error *error)
{
    for (;;) {
        struct slice head = stream_look(door->stream, HEAD_MAX);
        while (head.len && (head.at[0] == '\r' || head.at[0] == '\n')) {
            stream_take(door->stream, 1);
            head = stream_look(door->stream, HEAD_MAX);
        }
        if (!head.len)
            return door_end(door, error);
        uint64_t begin = stream_position(door->stream);
        size_t len = slice_starts(head, SLICE("WARC/")) ? head_length(head) : 0;
        struct record_head record = read_head(slice_make(head.at, len));
        if (!len || !record.has_length) {
            bool broken = stream_status(door->stream, NULL) != STATUS_OK && head.len < HEAD_MAX;
            find_next(door, 1);
            return broken ? door_end(door, error) : door_fault(error, STATUS_BAD_ENCODING, begin, "no WARC record head with a length");
        }
        if (record.type == RECORD_OTHER || record.length > RECORD_MAX) {
            stream_take(door->stream, len);
            pass_over(door, record.length);
            if (record.type == RECORD_OTHER)
                continue;
            return door_fault(error, STATUS_LIMIT, begin, "a record of more than 32 MiB");
        }
        size_t whole = len + (size_t)record.length;
        head = stream_look(door->stream, whole + 4);
        if (head.len < whole && !door->told && stream_status(door->stream, error)) {
            door->told = true;
            find_next(door, len);   // a wrong length may have swallowed good records
            return error->status;
        }
        if (head.len < whole || !ends_well(head, whole)) {
            find_next(door, len);
            return door_fault(error, STATUS_BAD_ENCODING, begin, "a record whose declared length is wrong");
        }
        record = read_head(slice_make(head.at, len));  // the window may have moved
        enum status status = take_body(door, &record, slice_make(head.at + len, (size_t)record.length), begin, item, error);
        stream_take(door->stream, whole);
        if (status != STATUS_EMPTY)
            return status;
    }
}
