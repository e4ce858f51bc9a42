// SPDX-License-Identifier: MIT
// Opening an input: what it is by its first 64 KiB, and the documents of inputs that hold just one.
//
// The order of the tests matters: what has a mark of its own first (PDF, WARC), then markup, then JSON, then mail, then tables; everything
// else is text. Names of files play no part. A document that is whole in one file is one item, however long, up to its maximum.
#include "door/door.h"

#include <stdlib.h>
#include <strings.h>

#include "door/fields.h"
#include "door/kinds.h"
#include "door/open.h"
#include "unicode/utf8.h"

#define SNIFF_BYTES ((size_t)64 << 10)
#define PDF_HEADER_BYTES 1024
#define PAGE_HEAD_BYTES 512     // of a page in UTF-16, in which its first element stands
#define USUAL_MAX 16    // bytes of the longest usual name of a field

// ---- what it is ---------------------------------------------------------------------------------------------------
static struct slice without_mark(struct slice head)
{
    if (slice_starts(head, SLICE("\xEF\xBB\xBF")))
        head = slice_make(head.at + 3, head.len - 3);
    while (head.len && (head.at[0] == ' ' || head.at[0] == '\n' || head.at[0] == '\r' || head.at[0] == '\t'))
        head = slice_make(head.at + 1, head.len - 1);
    return head;
}

static bool begins(struct slice head, const char *text)
{
    size_t len = strlen(text);
    return head.len >= len && strncasecmp(head.at, text, len) == 0;
}

// A page: it begins with markup that pages begin with, behind comments and processing instructions.
static bool is_page(struct slice head)
{
    static const char *const starts[] = {"<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<script", "<div", "<p>",
        "<article", "<table"};
    for (int i = 0; i < 8; i++) {
        const char *end = begins(head, "<!--") ? "-->" : begins(head, "<?") ? ">" : NULL;
        const char *at = end ? memmem(head.at, head.len, end, strlen(end)) : NULL;
        if (!at)
            break;
        size_t used = (size_t)(at - head.at) + strlen(end);
        head = without_mark(slice_make(head.at + used, head.len - used));
    }
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (begins(head, starts[i]))
            return true;
    return false;
}

// A mail: nothing but header lines up to the first empty one, at least two of them such as only mails have.
static bool is_mail(struct slice head)
{
    static const char *const names[] = {"from:", "to:", "subject:", "date:", "message-id:", "mime-version:", "received:", "return-path:",
                                        "delivered-to:", "content-type:", "reply-to:", "x-mailer:", "dkim-signature:"};
    int known = 0, lines = 0;
    while (head.len) {
        struct slice line = slice_cut(&head, '\n');
        if (line.len && line.at[line.len - 1] == '\r')
            line.len--;
        if (!line.len)
            return known >= 2 && known * 3 >= lines;
        if (line.at[0] == ' ' || line.at[0] == '\t')
            continue;
        const char *colon = memchr(line.at, ':', line.len < 80 ? line.len : 80);
        if (!colon || memchr(line.at, ' ', (size_t)(colon - line.at)))
            return false;
        lines++;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            known += begins(line, names[i]);
    }
    return false;
}

// Text as people write it: UTF-8 (the head may end within a character) without control characters.
static bool is_plain_text(struct slice head)
{
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.at[i];
        if ((c < 0x20 && !memchr("\t\n\v\f\r", c, 5)) || c == 0x7F)
            return false;
    }
    return utf8_valid_prefix(head) + 3 >= head.len;
}

// "1 0 obj", as every PDF has it.
static bool has_object(struct slice bytes)
{
    const char *end = bytes.at + bytes.len;
    for (const char *at = bytes.at; (at = memmem(at, (size_t)(end - at), " obj", 4)); at++)
        if (at > bytes.at && at[-1] >= '0' && at[-1] <= '9' && at + 4 < end && !((at[4] | 0x20) >= 'a' && (at[4] | 0x20) <= 'z'))
            return true;
    return false;
}

// PDF by its header, which may stand behind other bytes at the beginning of a line, or behind bytes that are no text. A text that speaks of
// PDF may have one at the beginning of a line, too: there an object must follow.
static bool is_pdf(struct slice head)
{
    struct slice first = without_mark(head);
    if (slice_starts(first, SLICE("%PDF-")))
        return true;
    size_t end = head.len < PDF_HEADER_BYTES ? head.len : PDF_HEADER_BYTES;
    for (const char *at = head.at; end && (at = memmem(at, (size_t)(head.at + end - at), "%PDF-", 5)); at++) {
        unsigned char before = at > head.at ? (unsigned char)at[-1] : '\n';
        size_t left = (size_t)(head.at + head.len - at);
        if ((before < 0x20 || before >= 0x7F) && (has_object(slice_make(at, left)) || !is_plain_text(head)))
            return true;
    }
    return false;
}

// The beginning of UTF-16 by its mark, as the ASCII in it: enough to know a page by.
static struct slice narrowed(struct slice head, char *room, size_t room_len)
{
    size_t low = slice_starts(head, SLICE("\xFF\xFE")) ? 0 : slice_starts(head, SLICE("\xFE\xFF")) ? 1 : 2, len = 0;
    for (size_t i = 2; low < 2 && i + 1 < head.len && len < room_len; i += 2)
        room[len++] = head.at[i + !low] == 0 ? head.at[i + low] : '?';
    return slice_make(room, len);
}

enum door_kind door_sniff(struct slice head, const struct door_options *options)
{
    char separator, wide[PAGE_HEAD_BYTES];
    if (is_pdf(head))
        return DOOR_PDF;
    if (is_page(without_mark(narrowed(head, wide, sizeof wide))))
        return DOOR_PAGE;
    head = without_mark(head);
    if (slice_starts(head, SLICE("WARC/")))
        return DOOR_ARCHIVE;
    if (is_page(head))
        return DOOR_PAGE;
    if (slice_starts(head, SLICE("{"))) {
        size_t i = 1;
        while (i < head.len && (head.at[i] == ' ' || head.at[i] == '\t'))
            i++;
        if (i < head.len && (head.at[i] == '"' || head.at[i] == '}'))
            return DOOR_LINES;
    }
    if (mailbox_head(head))
        return DOOR_MAILBOX;
    if (is_mail(head))
        return DOOR_MAIL;
    struct slice rest = head;
    return table_head(slice_cut(&rest, '\n'), options, &separator) && rest.len ? DOOR_TABLE : DOOR_TEXT;
}

// ---- what the doors share -----------------------------------------------------------------------------------------
enum field field_of(const struct door_options *options, struct slice name)
{
    static const char *const usual[FIELD_COUNT][8] = {
        [FIELD_TEXT] = {"text", "body", "content", "article", "maintext", "full_text", "article_text"},
        [FIELD_TITLE] = {"title", "headline"},
        [FIELD_DATE] = {"date", "published", "published_at", "date_publish", "publish_date", "pubdate", "datePublished"},
        [FIELD_URL] = {"url", "link", "uri", "source_url", "id"},
    };
    const char *const asked[FIELD_COUNT] = {options->text_field, options->title_field, options->date_field, options->url_field};
    for (int field = 0; field < FIELD_COUNT; field++) {
        if (asked[field] && slice_is(name, asked[field]))
            return (enum field)field;
        for (int i = 0; !asked[field] && name.len <= USUAL_MAX && i < 8 && usual[field][i]; i++)
            if (slice_is(name, usual[field][i]))
                return (enum field)field;
    }
    return FIELD_COUNT;
}

enum status door_fault(struct error *error, enum status status, uint64_t byte, const char *text)
{
    error_set(error, status, "%s", text);
    if (error)
        error->byte = byte;
    return status;
}

enum status door_fill(struct door *door, struct door_item *item, const struct slice values[FIELD_COUNT], uint64_t byte, struct error *error)
{
    struct slice *const places[FIELD_COUNT] = {&item->bytes, &item->title, &item->date, &item->uri};
    size_t begin[FIELD_COUNT + 1] = {0};
    item->byte = byte;
    buf_init(&item->storage, DOOR_MAX_BINARY + ((size_t)1 << 20));
    for (int field = 0; field < FIELD_COUNT; field++) {
        begin[field] = item->storage.len;
        struct slice value = values[field];
        if (field == FIELD_URL && value.len)
            value.len = strnlen(value.at, value.len);      // an address is handed out as a string that ends in NUL
        buf_add(&item->storage, value);
        if (field == FIELD_URL && !value.len && door->kind <= DOOR_MAIL)
            buf_add_text(&item->storage, door->path);
        else if (field == FIELD_URL && !value.len)
            buf_addf(&item->storage, "%s#%llu", door->path, (unsigned long long)door->number);
    }
    begin[FIELD_COUNT] = item->storage.len;
    if (item->storage.failed) {
        enum status status = item->storage.failed;
        door_item_finish(item);
        return door_fault(error, status, byte, "no memory for a document");
    }
    for (int field = 0; field < FIELD_COUNT; field++)
        *places[field] = slice_make(item->storage.at + begin[field], begin[field + 1] - begin[field]);
    return STATUS_OK;
}

enum status door_end(struct door *door, struct error *error)
{
    door->ended = true;
    enum status status = door->told ? STATUS_OK : stream_status(door->stream, error);
    door->told = true;
    return status ? status : STATUS_NOT_FOUND;
}

enum status door_line(struct door *door, struct slice *ret_line, struct error *error)
{
    uint64_t begin = stream_position(door->stream);
    size_t seen = 0, want = 4096;
    for (;;) {
        struct slice head = stream_look(door->stream, want);
        const char *end = head.len > seen ? memchr(head.at + seen, '\n', head.len - seen) : NULL;
        if (end || head.len < want) {
            *ret_line = slice_make(head.at, end ? (size_t)(end - head.at) + 1 : head.len);
            if (!head.len)
                return door_end(door, error);
            if (!end && stream_status(door->stream, NULL)) {   // half a line is no line
                stream_take(door->stream, head.len);
                return door_end(door, error);
            }
            return STATUS_OK;
        }
        seen = head.len;
        if (seen > DOOR_MAX_DOCUMENT)
            break;
        want = seen * 2 < DOOR_MAX_DOCUMENT ? seen * 2 : DOOR_MAX_DOCUMENT + 1;
        want = want > seen ? want : seen + 1;
    }
    for (;;) {  // pass over the rest
        struct slice head = stream_look(door->stream, 65536);
        const char *end = head.len ? memchr(head.at, '\n', head.len) : NULL;
        stream_take(door->stream, end ? (size_t)(end - head.at) + 1 : head.len);
        if (end || !head.len)
            break;
    }
    *ret_line = (struct slice){NULL, 0};
    return door_fault(error, STATUS_LIMIT, begin, "a line of more than 8 MiB");
}

// ---- opening ------------------------------------------------------------------------------------------------------
// A door over a stream, or what kept that from being opened.
static enum status open_over(struct stream *stream, enum status status, const char *path, const struct door_options *options,
                             struct door **ret_door, struct error *reterr_error)
{
    struct door *door = status ? NULL : calloc(1, sizeof *door);
    if (!door) {
        stream_close(stream);
        return status ? status : error_set(reterr_error, STATUS_NO_MEMORY, "no memory to open a file");
    }
    door->stream = stream;
    door->path = path;
    if (options)
        door->options = *options;
    door->kind = door_sniff(stream_look(door->stream, SNIFF_BYTES), &door->options);
    if (door->kind == DOOR_MAIL || door->kind == DOOR_MAILBOX)
        mail_prepare();
    *ret_door = door;
    return STATUS_OK;
}

enum status door_open(const char *path, const struct door_options *options, struct door **ret_door, struct error *reterr_error)
{
    struct stream *stream = NULL;
    enum status status = stream_open(path, &stream, reterr_error);
    return open_over(stream, status, path, options, ret_door, reterr_error);
}

enum status door_open_memory(struct slice bytes, const char *name, const struct door_options *options, struct door **ret_door,
                             struct error *reterr_error)
{
    struct stream *stream = NULL;
    enum status status = stream_open_memory(bytes, &stream, reterr_error);
    return open_over(stream, status, name, options, ret_door, reterr_error);
}

void door_close(struct door *door)
{
    if (!door)
        return;
    stream_close(door->stream);
    fields_free(door->fields);
    free(door);
}

enum door_kind door_kind(const struct door *door)
{
    return door->kind;
}

uint64_t door_packed_position(const struct door *door)
{
    return stream_packed_position(door->stream);
}

void door_item_finish(struct door_item *item)
{
    buf_finish(&item->storage);
    *item = (struct door_item){.kind = DOOR_TEXT};
}

enum status door_item_make(struct slice bytes, struct slice uri, struct slice charset, struct door_item *ret_item,
                           struct error *reterr_error)
{
    struct door door = {.path = "", .number = 1};
    *ret_item = (struct door_item){.kind = DOOR_TEXT};
    enum door_kind kind = door_sniff(slice_make(bytes.at, bytes.len < SNIFF_BYTES ? bytes.len : SNIFF_BYTES), &door.options);
    if (bytes.len > (kind == DOOR_PDF || kind == DOOR_MAIL ? DOOR_MAX_BINARY : DOOR_MAX_DOCUMENT))
        return door_fault(reterr_error, STATUS_LIMIT, UINT64_MAX, "a report of more than 8 MiB");
    struct slice values[FIELD_COUNT] = {[FIELD_TEXT] = bytes, [FIELD_TITLE] = charset, [FIELD_URL] = uri};
    enum status status = door_fill(&door, ret_item, values, 0, reterr_error);
    if (status)
        return status;
    if (kind == DOOR_MAIL)
        mail_prepare();
    ret_item->kind = kind == DOOR_PAGE || kind == DOOR_PDF || kind == DOOR_MAIL ? kind : DOOR_TEXT;
    ret_item->charset = ret_item->title;
    ret_item->title.len = 0;
    return STATUS_OK;
}

static enum status whole_next(struct door *door, struct door_item *item, struct error *error)
{
    size_t most = door->kind == DOOR_PDF || door->kind == DOOR_MAIL ? DOOR_MAX_BINARY : DOOR_MAX_DOCUMENT;
    size_t want = 65536;
    struct slice bytes = stream_look(door->stream, want);
    while (bytes.len >= want && want <= most) {
        want = want * 2 <= most ? want * 2 : most + 1;
        bytes = stream_look(door->stream, want);
    }
    door->ended = true;
    enum status status = stream_status(door->stream, error);
    if (status)
        return status;
    if (bytes.len > most)
        return door_fault(error, STATUS_LIMIT, most,
                most == DOOR_MAX_BINARY ? "a document of more than 32 MiB" : "a report of more than 8 MiB");
    item->kind = door->kind;
    return door_fill(door, item, (struct slice[FIELD_COUNT]){[FIELD_TEXT] = bytes}, 0, error);
}

enum status door_next(struct door *door, struct door_item *ret_item, struct error *reterr_error)
{
    struct error unused = {.byte = UINT64_MAX};
    *ret_item = (struct door_item){.kind = DOOR_TEXT};
    reterr_error = reterr_error ? reterr_error : &unused;
    *reterr_error = (struct error){.byte = UINT64_MAX};
    if (door->ended)
        return STATUS_NOT_FOUND;
    switch (door->kind) {
    case DOOR_LINES: return lines_next(door, ret_item, reterr_error);
    case DOOR_TABLE: return table_next(door, ret_item, reterr_error);
    case DOOR_ARCHIVE: return archive_next(door, ret_item, reterr_error);
    case DOOR_MAILBOX: return mailbox_next(door, ret_item, reterr_error);
    default: return whole_next(door, ret_item, reterr_error);
    }
}
