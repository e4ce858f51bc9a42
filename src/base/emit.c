// SPDX-License-Identifier: MIT
// JSON and terminal text, escaped.
//
// The JSON writer keeps commas, line ends and indentation: before each value it asks whether something stands at this level already
// (`filled`), behind a key it writes nothing. Strings are copied in runs: only characters that need an escape, and bytes that are no UTF-8,
// interrupt a run. DEL and C1 controls are escaped, too, so that a record can be shown on a terminal.
//
// Text may come from anywhere (paths, pack files, arguments), so it is decoded here defensively; the reading stages have their own decoder.
#include "base/emit.h"

#include <assert.h>

#define REPLACEMENT "\xEF\xBF\xBD"

// Code point at text.at[0] and its length in bytes; an invalid byte gives -1 and length 1.
static int32_t decode(struct slice text, size_t *ret_len)
{
    const unsigned char *at = (const unsigned char *)text.at;
    *ret_len = 1;
    if (at[0] < 0x80) return at[0];
    size_t need = at[0] >= 0xF0 ? 4 : at[0] >= 0xE0 ? 3 : 2;
    if (at[0] < 0xC2 || at[0] > 0xF4 || text.len < need) return -1;
    int32_t code_point = at[0] & (0x7F >> need);
    for (size_t i = 1; i < need; i++) {
        if ((at[i] & 0xC0) != 0x80) return -1;
        code_point = code_point << 6 | (at[i] & 0x3F);
    }
    static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code_point < least[need] || code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) return -1;
    *ret_len = need;
    return code_point;
}

void emit_init(struct json *json, struct buf *out, bool pretty)
{
    *json = (struct json){.out = out, .pretty = pretty};
}

static void new_line(struct json *json)
{
    buf_add_char(json->out, '\n');
    for (int i = 0; i < json->depth; i++) buf_add_text(json->out, "  ");
}

// What stands between the last thing written and the next value or key.
static inline void separate(struct json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->depth == 0) return;  // values at the top are the caller's to separate
    if (json->filled >> json->depth & 1) buf_add_char(json->out, ',');
    if (json->pretty) new_line(json);
    json->filled |= UINT32_C(1) << json->depth;
}

static void open_level(struct json *json, char bracket)
{
    separate(json);
    buf_add_char(json->out, bracket);
    assert(json->depth + 1 < JSON_MAX_DEPTH);
    json->filled &= ~(UINT32_C(1) << ++json->depth);
}

static void close_level(struct json *json, char bracket)
{
    assert(json->depth > 0);
    assert(!json->after_key);
    bool filled = json->filled >> json->depth-- & 1;
    if (filled && json->pretty) new_line(json);
    buf_add_char(json->out, bracket);
}

void emit_object(struct json *json) { open_level(json, '{'); }
void emit_object_end(struct json *json) { close_level(json, '}'); }
void emit_array(struct json *json) { open_level(json, '['); }
void emit_array_end(struct json *json) { close_level(json, ']'); }

static void add_escape(struct buf *out, int32_t c)
{
    switch (c) {
    case -1: buf_add_text(out, REPLACEMENT); return;
    case '"': buf_add_text(out, "\\\""); return;
    case '\\': buf_add_text(out, "\\\\"); return;
    case '\n': buf_add_text(out, "\\n"); return;
    case '\r': buf_add_text(out, "\\r"); return;
    case '\t': buf_add_text(out, "\\t"); return;
    case '\b': buf_add_text(out, "\\b"); return;
    case '\f': buf_add_text(out, "\\f"); return;
    default: buf_addf(out, "\\u%04x", (unsigned)c);
    }
}

static bool needs_escape(int32_t c)
{
    return c < 0x20 || c == '"' || c == '\\' || (c >= 0x7F && c < 0xA0);
}

// All eight bytes are ASCII without controls, quotes and backslashes.
static bool is_plain(uint64_t word)
{
    // each sum sets the top bit of a byte that is not, and of others only behind such a one
    uint64_t others = word | (word - BYTES_OF(0x20)) | ((word ^ BYTES_OF('"')) - BYTES_OF(1)) | ((word ^ BYTES_OF('\\')) - BYTES_OF(1)) |
                      (word + BYTES_OF(1));
    return (others & BYTES_OF(0x80)) == 0;
}

// How many of the first bytes stand for themselves: ASCII without controls, quotes and backslashes, and whole characters of two bytes
// from U+00C0 and of three bytes up to U+CFFF. What is passed over here need not be decoded.
static size_t plain_run(struct slice text)
{
    const unsigned char *at = (const unsigned char *)text.at;
    size_t i = 0;
    while (i < text.len) {
        size_t left = text.len - i;
        if (left >= 8 && is_plain(bytes_load(text.at + i))) {
            i += 8;
            continue;
        }
        uint64_t word = left >= 8 ? bytes_load(text.at + i) : bytes_load_short(text.at + i, left);
        uint64_t others = (word & BYTES_OF(0x80)) | bytes_less(word, 0x20) | bytes_equal(word, '"') | bytes_equal(word, '\\') |
                          bytes_equal(word, 0x7F);
        size_t ascii = others ? (size_t)__builtin_ctzll(others) / 8 : 8;    // the zeros behind a short end are others
        i += ascii;
        if (ascii == 8)
            continue;
        if (ascii == left)
            break;
        size_t before = i;
        while (text.len - i >= 3) {     // the second byte of a character that the text's end cuts off is not looked at
            if (at[i] >= 0xC3 && at[i] < 0xE0 && (at[i + 1] & 0xC0) == 0x80)
                i += 2;
            else if (at[i] >= 0xE0 && at[i] < 0xED && (at[i] > 0xE0 || at[i + 1] >= 0xA0) && (at[i + 1] & 0xC0) == 0x80 &&
                     (at[i + 2] & 0xC0) == 0x80)
                i += 3;
            else
                break;
        }
        if (i == before)
            break;
    }
    return i;
}

static void add_string(struct buf *out, struct slice value)
{
    size_t run = 0, i = plain_run(value);
    char *at = buf_room(out, i + 2);
    if (!at)
        return;
    *at++ = '"';
    if (i == value.len) {   // nothing needs an escape
        if (i)
            memcpy(at, value.at, i);
        at[i] = '"';
        buf_wrote(out, i + 2);
        return;
    }
    buf_wrote(out, 1);
    while (i < value.len) {
        size_t len;
        int32_t c = decode(slice_make(value.at + i, value.len - i), &len);
        if (needs_escape(c)) {
            buf_add(out, slice_make(value.at + run, i - run));
            add_escape(out, c);
            run = i + len;
        }
        i += len;
        i += plain_run(slice_make(value.at + i, value.len - i));
    }
    if (i > run) buf_add(out, slice_make(value.at + run, i - run));
    buf_add_char(out, '"');
}

char *emit_key_room(struct json *json, size_t len)
{
    struct buf *out = json->out;
    bool comma = json->filled >> json->depth & 1;
    assert(json->depth > 0);
    if (json->pretty) {
        separate(json);
        comma = false;
    }
    json->filled |= UINT32_C(1) << json->depth;
    json->after_key = true;
    char *at = buf_room(out, comma + len + 3 + json->pretty);
    if (!at)
        return NULL;
    buf_wrote(out, comma + len + 3 + json->pretty);
    if (comma)
        *at++ = ',';
    if (json->pretty)
        at[len + 3] = ' ';
    return at;
}

void emit_string(struct json *json, struct slice value)
{
    separate(json);
    add_string(json->out, value);
}

void emit_text(struct json *json, const char *value)
{
    if (value) emit_string(json, slice_from(value));
    else emit_null(json);
}

char *emit_number(char *at, uint64_t value)
{
    // offsets make up much of a record: printf would be a tenth of the whole program's time
    char digits[EMIT_NUMBER_MAX];
    size_t first = sizeof digits;
    for (; value > UINT32_MAX; value /= 10)
        digits[--first] = (char)('0' + value % 10);
    uint32_t rest = (uint32_t)value;
    do
        digits[--first] = (char)('0' + rest % 10);
    while (rest /= 10);
    memcpy(at, digits + first, sizeof digits - first);
    return at + (sizeof digits - first);
}

void emit_int(struct json *json, int64_t value)
{
    separate(json);
    char *begin = buf_room(json->out, EMIT_NUMBER_MAX + 1), *at = begin;
    if (!at)
        return;
    if (value < 0)
        *at++ = '-';
    at = emit_number(at, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
    buf_wrote(json->out, (size_t)(at - begin));
}

void emit_raw(struct json *json, struct slice bytes, bool goes_on)
{
    separate(json);
    buf_add(json->out, bytes);
    json->after_key = goes_on;
}

void emit_bool(struct json *json, bool value)
{
    separate(json);
    buf_add_text(json->out, value ? "true" : "false");
}

void emit_null(struct json *json)
{
    separate(json);
    buf_add_text(json->out, "null");
}

static bool is_bidi_control(int32_t c)
{
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static bool is_line_end(int32_t c)
{
    return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

void emit_plain(struct buf *out, struct slice text)
{
    size_t run = 0, i = 0;
    while (i < text.len) {
        size_t len;
        int32_t c = decode(slice_make(text.at + i, text.len - i), &len);
        bool blank = c == '\t' || is_line_end(c);
        if (c == '\r' && i + 1 < text.len && text.at[i + 1] == '\n') len = 2;  // one line end, one blank
        if (blank || c < 0x20 || (c >= 0x7F && c < 0xA0) || is_bidi_control(c)) {
            buf_add(out, slice_make(text.at + run, i - run));
            buf_add_text(out, blank ? " " : REPLACEMENT);
            run = i + len;
        }
        i += len;
    }
    if (i > run) buf_add(out, slice_make(text.at + run, i - run));
}

void emit_csv(struct buf *out, struct slice text)
{
    bool formula = text.len && memchr("=+-@\t\r", text.at[0], 6) != NULL, quoted = formula;
    for (size_t i = 0; i < text.len && !quoted; i++)
        quoted = text.at[i] == '"' || text.at[i] == ',';
    buf_add_text(out, formula ? "\"'" : quoted ? "\"" : "");
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '"')
            buf_add_char(out, '"');
        buf_add_char(out, c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
    }
    if (quoted)
        buf_add_char(out, '"');
}
