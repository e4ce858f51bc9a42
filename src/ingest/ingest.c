// SPDX-License-Identifier: MIT
// The door for bytes. Whatever comes in, what goes on is valid UTF-8 that is text; all else is refused with a status that says why.
//
// The order of the checks matters for the message: size first (nothing is read of a file that is too large), then a UTF-16 mark (its
// bytes are full of NUL), then NUL and control characters (a picture is "binary", not "badly encoded"), then UTF-8, then emptiness.
// UTF-16 is taken with its mark only: without one, the NUL bytes of its blanks and ASCII letters make it binary. A UTF-8 mark stays
// in the text: its three bytes count in every offset, and later stages ignore it as they ignore any format character.
//
// Every check is one pass over the bytes; only UTF-16 is copied.
#include "ingest/ingest.h"

#include "unicode/char.h"
#include "unicode/utf8.h"

// Control characters that a text may hold by accident (a stray escape, a form feed of a printer file) before it counts as binary.
enum { STRAY_CONTROLS = 8, BYTES_PER_CONTROL = 64 };

enum byte_order { ORDER_NONE, ORDER_LITTLE, ORDER_BIG };

static enum byte_order utf16_mark(struct slice bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.at;
    if (bytes.len < 2)
        return ORDER_NONE;
    if (at[0] == 0xFF && at[1] == 0xFE)
        return ORDER_LITTLE;
    return at[0] == 0xFE && at[1] == 0xFF ? ORDER_BIG : ORDER_NONE;
}

static uint32_t utf16_unit(const char *text, size_t offset, enum byte_order order)
{
    const unsigned char *at = (const unsigned char *)text + offset;
    return order == ORDER_LITTLE ? (uint32_t)(at[1] << 8 | at[0]) : (uint32_t)(at[0] << 8 | at[1]);
}

static enum status bad_encoding(struct error *error, uint64_t byte, const char *what)
{
    enum status status = error_set(error, STATUS_BAD_ENCODING, "%s at byte %llu", what, (unsigned long long)byte);
    if (error)
        error->byte = byte;
    return status;
}

// The text behind the mark as UTF-8 in the arena. A unit of two bytes gives at most three, a pair of units four.
static enum status utf16_to_utf8(struct arena *arena, struct slice bytes, enum byte_order order, struct slice *ret_text,
                                 struct error *reterr_error)
{
    if (bytes.len % 2 != 0)
        return bad_encoding(reterr_error, bytes.len - 1, "UTF-16 text that ends in half a character");
    char *out = arena_alloc(arena, bytes.len / 2 * 3 + 1);
    size_t len = 0;
    for (size_t i = 2; i < bytes.len; i += 2) {
        uint32_t unit = utf16_unit(bytes.at, i, order);
        if (unit >= 0xD800 && unit < 0xE000) {
            uint32_t low = unit < 0xDC00 && i + 3 < bytes.len ? utf16_unit(bytes.at, i + 2, order) : 0;
            if (low < 0xDC00 || low > 0xDFFF)
                return bad_encoding(reterr_error, i, "UTF-16 surrogate without its other half");
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        len += (size_t)utf8_put(unit, out + len);
    }
    *ret_text = slice_make(out, len);
    return STATUS_OK;
}

static bool is_control(char byte)
{
    unsigned char c = (unsigned char)byte;
    return (c < 0x20 && (c < 0x09 || c > 0x0D)) || c == 0x7F;
}

static bool is_binary(struct slice bytes)
{
    if (bytes.len && memchr(bytes.at, 0, bytes.len))
        return true;
    size_t controls = 0, i = 0;
    for (; i + 8 <= bytes.len; i += 8) {  // line ends and tabs are rare enough to be looked at one by one
        uint64_t word = bytes_load(bytes.at + i);
        if (bytes_less(word, 0x20) | bytes_equal(word, 0x7F))
            for (size_t k = i; k < i + 8; k++)
                controls += is_control(bytes.at[k]);
    }
    for (; i < bytes.len; i++)
        controls += is_control(bytes.at[i]);
    return controls > STRAY_CONTROLS && controls > bytes.len / BYTES_PER_CONTROL;
}

// Nothing to read: blanks, format characters and stray controls only.
static bool is_empty(struct slice text)
{
    for (size_t i = 0; i < text.len;) {
        enum char_class class = char_class(utf8_next(text.at, &i));
        if (class != CHAR_SPACE && class != CHAR_IGNORED && class != CHAR_CONTROL)
            return false;
    }
    return true;
}

enum status ingest_text(struct document *document, struct slice bytes, struct error *reterr_error)
{
    if (bytes.len > INGEST_MAX_BYTES)
        return error_set(reterr_error, STATUS_LIMIT, "a report of %zu bytes; at most %u are read", bytes.len, INGEST_MAX_BYTES);
    struct slice text = bytes;
    enum byte_order order = utf16_mark(bytes);
    if (order != ORDER_NONE) {
        enum status status = utf16_to_utf8(document->arena, bytes, order, &text, reterr_error);
        if (status)
            return status;
    }
    if (is_binary(text))
        return error_set(reterr_error, STATUS_BINARY, "NUL or many control characters: no text");
    if (order == ORDER_NONE) {
        size_t valid = utf8_valid_prefix(text);
        if (valid < text.len)
            return bad_encoding(reterr_error, valid, "not UTF-8");
    }
    if (is_empty(text))
        return error_set(reterr_error, STATUS_EMPTY, "no text");
    document->stored = text;
    return STATUS_OK;
}
