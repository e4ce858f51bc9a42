// SPDX-License-Identifier: MIT
// Which encoding a text is in, and its way to UTF-8 (iconv).
//
// A mark decides, then proof: a text with letters beyond ASCII that is valid UTF-8 is UTF-8, whatever it declares. Then what is
// declared (by HTTP, a mail header, a meta element), then a detector (uchardet) over the first 64 KiB. A declared Latin-1 is what
// servers say when they don't know: where a third of the letters lie above ASCII the detector is asked first. Latin-1 is read as
// windows-1252, as browsers do. Text that is nearly UTF-8 is damaged, not something else: it is refused with the byte, and so is a text
// with too few foreign bytes to tell.
#include "door/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <strings.h>
#include <uchardet/uchardet.h>

#include "unicode/utf8.h"

#define SNIFF_BYTES ((size_t)64 << 10)
#define META_BYTES ((size_t)4096)
enum { FEWEST_FOREIGN = 12, BAD_PER_GOOD = 200 };

struct counts {
    size_t foreign;     // bytes above ASCII
    size_t letters;     // letters of ASCII
    size_t zeros[2];    // NUL at even and odd offsets
};

static struct counts count_bytes(struct slice bytes)
{
    struct counts counts = {0};
    size_t len = bytes.len < SNIFF_BYTES ? bytes.len : SNIFF_BYTES;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)bytes.at[i];
        counts.foreign += c >= 0x80;
        counts.letters += (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        if (c == 0)
            counts.zeros[i & 1]++;
    }
    return counts;
}

static bool is_name(struct slice name, const char *text)
{
    return name.len == strlen(text) && strncasecmp(name.at, text, name.len) == 0;
}

static bool is_latin1(struct slice name)
{
    static const char *const names[] = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_name(name, names[i]))
            return true;
    return false;
}

static enum status bad_byte(struct error *error, size_t byte, const char *text)
{
    enum status status = error_set(error, STATUS_BAD_ENCODING, "%s", text);
    if (error)
        error->byte = byte;
    return status;
}

// The C library lets UTF-8 of code points past U+10FFFF through: each of these becomes U+FFFD, too, in place. Returns how many there were.
static size_t replace_beyond(struct slice *text)
{
    char *at = (char *)(uintptr_t)text->at;
    size_t to = utf8_valid_prefix(*text), from = to, bad = 0;
    while (from < text->len) {
        do
            from++;
        while (from < text->len && ((unsigned char)at[from] & 0xC0) == 0x80);
        bad++;
        memcpy(at + to, "\xEF\xBF\xBD", 3);    // four bytes or more stood there
        to += 3;
        size_t good = utf8_valid_prefix(slice_make(at + from, text->len - from));
        memmove(at + to, at + from, good);
        to += good;
        from += good;
    }
    text->len = to;
    return bad;
}

// Converts; what an encoding has no character for becomes U+FFFD, up to one in BAD_PER_GOOD.
static enum status convert(struct arena *arena, struct slice bytes, struct slice name, struct slice *ret_text, struct error *error)
{
    char charset[48];
    if (name.len >= sizeof charset)
        return STATUS_NOT_FOUND;
    memcpy(charset, name.at, name.len);
    charset[name.len] = 0;
    size_t room = bytes.len * 4 + 16, left = room, in_left = bytes.len, bad = 0, first_bad = 0;
    char *out = arena_take(arena, room), *to = out, *from = (char *)(uintptr_t)bytes.at;   // before iconv holds memory of its own
    iconv_t how = iconv_open("UTF-8", is_latin1(name) ? "WINDOWS-1252" : charset);
    if (how == (iconv_t)-1)
        return STATUS_NOT_FOUND;
    while (in_left && iconv(how, &from, &in_left, &to, &left) == (size_t)-1) {
        if (bad++ == 0)
            first_bad = bytes.len - in_left;
        if (errno == E2BIG || left < 4 || bad > bytes.len / BAD_PER_GOOD)
            break;
        memcpy(to, "\xEF\xBF\xBD", 3);
        to += 3;
        left -= 3;
        from++;
        in_left--;
    }
    iconv_close(how);
    struct slice text = slice_make(out, (size_t)(to - out));
    if (!bad)
        first_bad = utf8_valid_prefix(text);    // the same byte, where what was beyond was in UTF-8
    bad += replace_beyond(&text);
    if (in_left || bad > bytes.len / BAD_PER_GOOD)
        return bad_byte(error, first_bad, "not in the encoding that it declares or looks like");
    *ret_text = text;
    return STATUS_OK;
}

static struct slice detect(struct arena *arena, struct slice bytes)
{
    char name[48] = "";
    uchardet_t detector = uchardet_new();
    if (detector && uchardet_handle_data(detector, bytes.at, bytes.len < SNIFF_BYTES ? bytes.len : SNIFF_BYTES) == 0) {
        uchardet_data_end(detector);
        const char *found = uchardet_get_charset(detector);
        if (strlen(found) < sizeof name)
            memcpy(name, found, strlen(found) + 1);
    }
    if (detector)
        uchardet_delete(detector);
    return arena_copy(arena, slice_from(name));
}

// The encoding of UTF-16 and UTF-32 by mark, or by where the NUL bytes lie; empty if it is neither.
static struct slice wide_name(struct slice bytes, const struct counts *counts, size_t *ret_mark)
{
    size_t seen = bytes.len < SNIFF_BYTES ? bytes.len : SNIFF_BYTES;
    *ret_mark = 0;
    if (slice_starts(bytes, SLICE("\xFF\xFE\0\0")) || slice_starts(bytes, SLICE("\0\0\xFE\xFF"))) {
        *ret_mark = 4;
        return bytes.at[0] ? SLICE("UTF-32LE") : SLICE("UTF-32BE");
    }
    if (slice_starts(bytes, SLICE("\xFF\xFE")) || slice_starts(bytes, SLICE("\xFE\xFF"))) {
        *ret_mark = 2;
        return (unsigned char)bytes.at[0] == 0xFF ? SLICE("UTF-16LE") : SLICE("UTF-16BE");
    }
    if (seen >= 64 && bytes.len % 2 == 0 && counts->zeros[1] > seen / 20 && counts->zeros[0] == 0)
        return SLICE("UTF-16LE");
    if (seen >= 64 && bytes.len % 2 == 0 && counts->zeros[0] > seen / 20 && counts->zeros[1] == 0)
        return SLICE("UTF-16BE");
    return (struct slice){"", 0};
}

enum status encoding_to_utf8(struct arena *arena, struct slice bytes, struct slice declared, struct slice *ret_text,
                             struct slice *ret_name, struct error *reterr_error)
{
    struct slice unused = {NULL, 0};
    ret_name = ret_name ? ret_name : &unused;
    *ret_name = SLICE("UTF-8");
    *ret_text = bytes;
    size_t mark, valid = utf8_valid_prefix(bytes);
    bool escapes = is_name(declared, "iso-2022-jp") || is_name(declared, "hz-gb-2312") || is_name(declared, "utf-7");
    // almost every text: no bytes need to be counted where none is NUL (UTF-16 without its mark) and none is a mark, which is no UTF-8
    if (valid == bytes.len && !escapes && (!bytes.len || !memchr(bytes.at, 0, bytes.len)))
        return STATUS_OK;
    struct counts counts = count_bytes(bytes);
    struct slice wide = wide_name(bytes, &counts, &mark);
    if (wide.len) {
        *ret_name = wide;
        return convert(arena, slice_make(bytes.at + mark, bytes.len - mark), wide, ret_text, reterr_error);
    }
    if (valid == bytes.len && !(escapes && !counts.foreign))
        return STATUS_OK;
    bool unsure = !declared.len || is_name(declared, "utf-8") || is_name(declared, "utf8") ||
                  (is_latin1(declared) && counts.foreign * 3 > counts.letters + counts.foreign);
    struct slice found = unsure ? detect(arena, bytes) : (struct slice){"", 0};
    if (is_name(found, "utf-8") || is_name(found, "ascii") || (!declared.len && counts.foreign < FEWEST_FOREIGN))
        found.len = 0;
    if (found.len && convert(arena, bytes, found, ret_text, NULL) == STATUS_OK) {
        *ret_name = found;
        return STATUS_OK;
    }
    if (declared.len) {     // declared UTF-8: a few bad bytes in a page are replaced
        enum status status = convert(arena, bytes, declared, ret_text, reterr_error);
        *ret_name = declared;
        if (status != STATUS_NOT_FOUND)
            return status;
    }
    return bad_byte(reterr_error, valid, "not UTF-8, and in no encoding that could be told");
}

struct slice encoding_of_page(struct slice bytes)
{
    size_t end = bytes.len < META_BYTES ? bytes.len : META_BYTES;
    for (size_t i = 0; i + 8 < end; i++) {
        if ((bytes.at[i] | 0x20) != 'c' || strncasecmp(bytes.at + i, "charset", 7) != 0)
            continue;
        size_t at = i + 7;
        while (at < end && (bytes.at[at] == ' ' || bytes.at[at] == '=' || bytes.at[at] == '"' || bytes.at[at] == '\''))
            at++;
        size_t begin = at;
        while (at < end && (bytes.at[at] == '-' || bytes.at[at] == '_' || bytes.at[at] == ':' || (bytes.at[at] >= '0' &&
                bytes.at[at] <= '9') ||
                            ((bytes.at[at] | 0x20) >= 'a' && (bytes.at[at] | 0x20) <= 'z')))
            at++;
        if (at > begin && at < end)
            return slice_make(bytes.at + begin, at - begin);
    }
    return (struct slice){"", 0};
}
