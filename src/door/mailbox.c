// SPDX-License-Identifier: MIT
// Mailboxes (RFC 4155): mails one behind the other, each under a line "From …" that follows an empty line.
//
// A line of a mail's own text that begins so was quoted with ">" by who wrote the box; one such sign is taken away. Some writers forget
// to: the line behind a true "From " is a header, which tells the two apart in all but contrived texts. A mail too long is passed over
// and told.
#include "door/kinds.h"

#define LOOK_STEP ((size_t)64 << 10)

// Whether a mail's head begins here: "From …", line end, a header's name and colon. *ret_more: that cannot be told without more bytes.
static bool begins_mail(struct slice rest, bool *ret_more)
{
    *ret_more = rest.len < 5;
    if (rest.len < 5 || memcmp(rest.at, "From ", 5) != 0)
        return false;
    const char *end = memchr(rest.at, '\n', rest.len);
    size_t at = end ? (size_t)(end - rest.at) + 1 : rest.len, name = at;
    while (name < rest.len && rest.at[name] > ' ' && rest.at[name] != ':' && (unsigned char)rest.at[name] < 0x7F)
        name++;
    *ret_more = name == rest.len;
    return name < rest.len && name > at && rest.at[name] == ':';
}

bool mailbox_head(struct slice head)
{
    bool more;
    return begins_mail(head, &more);
}

// Where the next mail begins behind `from`; SIZE_MAX if none does. *ret_from: where to look on once there is more.
static size_t find_next(struct slice bytes, size_t from, size_t *ret_from)
{
    for (size_t at = from; at + 1 < bytes.len;) {
        const char *found = memmem(bytes.at + at, bytes.len - at, "\nFrom ", 6);
        if (!found)
            break;
        size_t line = (size_t)(found - bytes.at);
        bool empty_before = line > 0 && (bytes.at[line - 1] == '\n' ||
                                         (line > 1 && bytes.at[line - 1] == '\r' && bytes.at[line - 2] == '\n'));
        bool more = false;
        if (empty_before && begins_mail(slice_make(found + 1, bytes.len - line - 1), &more))
            return line + 1;
        if (empty_before && more) {
            *ret_from = line;
            return SIZE_MAX;
        }
        at = line + 1;
    }
    *ret_from = bytes.len > 8 ? bytes.len - 8 : 0;
    *ret_from = *ret_from > from ? *ret_from : from;
    return SIZE_MAX;
}

static void pass_over(struct door *door)
{
    for (;;) {
        struct slice head = stream_look(door->stream, 2 * LOOK_STEP);
        size_t from = 0, next = find_next(head, 0, &from);
        if (next != SIZE_MAX || head.len < 2 * LOOK_STEP) {
            stream_take(door->stream, next != SIZE_MAX ? next : head.len);
            return;
        }
        stream_take(door->stream, from ? from : LOOK_STEP);
    }
}

static void unquote(struct slice mail, struct buf *out)
{
    slice_cut(&mail, '\n');     // "From …"
    while (mail.len) {
        const char *end = memchr(mail.at, '\n', mail.len);
        struct slice line = slice_make(mail.at, end ? (size_t)(end - mail.at) + 1 : mail.len);
        size_t signs = 0;
        while (signs < line.len && line.at[signs] == '>')
            signs++;
        mail = slice_make(mail.at + line.len, mail.len - line.len);
        if (signs && slice_starts(slice_make(line.at + signs, line.len - signs), SLICE("From ")))
            line = slice_make(line.at + 1, line.len - 1);
        buf_add(out, line);
    }
}

enum status mailbox_next(struct door *door, struct door_item *item, struct error *error)
{
    uint64_t begin = stream_position(door->stream);
    size_t want = LOOK_STEP, from = 0, next = SIZE_MAX;
    struct slice bytes = stream_look(door->stream, want);
    if (!bytes.len)
        return door_end(door, error);
    while ((next = find_next(bytes, from, &from)) == SIZE_MAX && bytes.len >= want && want <= DOOR_MAX_BINARY) {
        want = want * 2 <= DOOR_MAX_BINARY ? want * 2 : DOOR_MAX_BINARY + 1;
        bytes = stream_look(door->stream, want);
    }
    if (next == SIZE_MAX && bytes.len >= want) {
        pass_over(door);
        return door_fault(error, STATUS_LIMIT, begin, "a mail of more than 32 MiB");
    }
    bool broken = next == SIZE_MAX && stream_status(door->stream, NULL) != STATUS_OK;
    size_t len = next == SIZE_MAX ? bytes.len : next;
    if (broken) {
        stream_take(door->stream, len);
        return door_end(door, error);
    }
    struct buf mail;
    buf_init(&mail, want);
    unquote(slice_make(bytes.at, len), &mail);
    door->number++;
    enum status status = mail.failed ? door_fault(error, mail.failed, begin, "no memory for a mail")
                                     : door_fill(door, item, (struct slice[FIELD_COUNT]){[FIELD_TEXT] = buf_slice(&mail)}, begin, error);
    item->kind = DOOR_MAIL;
    buf_finish(&mail);
    stream_take(door->stream, len);
    return status;
}
