// SPDX-License-Identifier: MIT
// Cutting text into words, numbers and marks.
//
// The cut looks at code points only: no language, no list. What needs a list (the full stop of "Mr.") is the caller's, because the two
// callers hold the list at different times: the loader while it fills it, the text stage when it is full.
//
// Invariants
//   1. Pieces do not overlap and come in order; a piece never holds white space.
//   2. The cut of a piece depends on nothing before the piece's first code point, so a form cut alone and the same words inside a
//      report give the same pieces.
//   3. ASCII takes no table of the Unicode room: reports in Latin script are mostly ASCII, and this is a hot path.
#include "unicode/word.h"

#include <assert.h>
#include <stdint.h>

#include "unicode/char.h"
#include "unicode/utf8.h"

#define INITIAL_MAX_CASED 1    // letters of one part in "U.S.", where the script has capitals
#define INITIAL_MAX_PLAIN 2    // code points of one part where it has none: a consonant and its vowel sign
#define COMMA_MAX_DIGITS 3     // digits after a comma inside a number: "5,2024" is a day and a year

// Code point at `at`, its length in *ret_len; 0 at the end of the text (NUL itself is a control and is skipped all the same).
static inline uint32_t peek(struct slice text, size_t at, size_t *ret_len)
{
    if (at >= text.len) {
        *ret_len = 0;
        return 0;
    }
    size_t next = at;
    uint32_t code_point = utf8_next(text.at, &next);
    *ret_len = next - at;
    return code_point;
}

static inline enum char_class class_of(uint32_t c)
{
    if (c >= 0x80)
        return char_class(c);
    if ((c | 0x20) - 'a' < 26u)
        return CHAR_LETTER;
    if (c - '0' < 10u)
        return CHAR_DIGIT;
    if (c == ' ' || c - '\t' < 5u)
        return CHAR_SPACE;
    if (c < 0x20 || c == 0x7F)
        return CHAR_CONTROL;
    return word_ascii_mark((unsigned char)c) == WORD_SYMBOL ? CHAR_SYMBOL : CHAR_PUNCT;
}

static inline bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0xFF07;
}

static inline bool is_letter_at(struct slice text, size_t at)
{
    size_t len;
    uint32_t c = peek(text, at, &len);
    return len != 0 && class_of(c) == CHAR_LETTER && !is_apostrophe(c);
}

static inline bool is_digit_at(struct slice text, size_t at)
{
    size_t len;
    uint32_t c = peek(text, at, &len);
    return len != 0 && class_of(c) == CHAR_DIGIT;
}

// Behind an apostrophe, an s and the word's end: where the clitic "'s" that begins at `at` ends; 0 if there is none.
static size_t clitic_end(struct slice text, size_t at)
{
    size_t len;
    if (!is_apostrophe(peek(text, at, &len)) || len == 0)
        return 0;
    size_t s = at + len;
    if (s >= text.len || (text.at[s] != 's' && text.at[s] != 'S') || is_letter_at(text, s + 1))
        return 0;
    return s + 1;
}

// Number of ASCII letters from `at` on, where there is one; at least one, at most eight are looked at.
static inline size_t ascii_letters(struct slice text, size_t at)
{
    if (text.len - at < 8)
        return 1;
    uint64_t others = ~bytes_between(bytes_load(text.at + at) | BYTES_OF(0x20), 'a', 'z') & BYTES_OF(0x80);
    return others ? (size_t)__builtin_ctzll(others) / 8 : 8;
}

// Letters from `at` on, ignored characters between them included; returns their end and counts code points.
static size_t letters_end(struct slice text, size_t at, uint32_t *ret_count)
{
    size_t end = at;
    uint32_t count = 0;
    while (at < text.len) {
        if (((unsigned char)text.at[at] | 0x20u) - 'a' < 26u) {     // ASCII letters: most of a report in Latin script
            size_t run = ascii_letters(text, at);
            end = at += run;
            count += (uint32_t)run;
            continue;
        }
        size_t len;
        uint32_t c = peek(text, at, &len);
        enum char_class class = class_of(c);
        if (class == CHAR_LETTER && !is_apostrophe(c)) {
            at += len;
            end = at;
            count++;
        } else if (class == CHAR_IGNORED) {
            at += len;  // belongs to the word only if letters follow (soft hyphen)
        } else {
            break;
        }
    }
    *ret_count = count;
    return end;
}

// May `count` code points from `at` be one part of an abbreviation by initials?
static bool is_initial(struct slice text, size_t at, uint32_t count)
{
    size_t len;
    enum script script = char_script(peek(text, at, &len));
    bool cased = script == SCRIPT_LATIN || script == SCRIPT_CYRILLIC;
    return count <= (cased ? INITIAL_MAX_CASED : INITIAL_MAX_PLAIN);
}

// A first part of a word ends at `end`, before a full stop: returns the end of the initials joined by full stops, or `end`.
static size_t initials_end(struct slice text, size_t begin, size_t end, uint32_t count)
{
    size_t len;
    if (!is_initial(text, begin, count))
        return end;
    // One part alone: a capital keeps its full stop ("N. Korea", "N.Korea").
    size_t alone = count == 1 && char_is_upper(peek(text, begin, &len)) ? end + 1 : end, last = end;
    while (last < text.len && text.at[last] == '.' && is_letter_at(text, last + 1)) {
        size_t next = letters_end(text, last + 1, &count);
        if (!is_initial(text, last + 1, count))
            return last == end ? alone : last + 1;  // "U.S.Senate": the initials end with their stop
        last = next;
    }
    if (last == end)
        return alone;
    return last < text.len && text.at[last] == '.' ? last + 1 : last;
}

static size_t word_end(struct slice text, size_t begin)
{
    uint32_t count;
    size_t end = letters_end(text, begin, &count);
    if (end < text.len && text.at[end] == '.')
        return initials_end(text, begin, end, count);
    while (end < text.len) {
        size_t len;
        if (!is_apostrophe(peek(text, end, &len)) || !is_letter_at(text, end + len) || clitic_end(text, end) != 0)
            break;
        end = letters_end(text, end + len, &count);
    }
    return end;
}

static size_t digits_end(struct slice text, size_t at, uint32_t *ret_count)
{
    size_t len;
    uint32_t count = 0;
    for (; at < text.len && class_of(peek(text, at, &len)) == CHAR_DIGIT; at += len)
        count++;
    *ret_count = count;
    return at;
}

static size_t number_end(struct slice text, size_t begin)
{
    uint32_t count;
    size_t end = digits_end(text, begin, &count);
    while (end < text.len) {
        char c = text.at[end];
        if ((c != '.' && c != ':' && c != '/' && c != ',') || !is_digit_at(text, end + 1))
            break;
        size_t next = digits_end(text, end + 1, &count);
        if (c == ',' && count > COMMA_MAX_DIGITS)
            break;
        end = next;
    }
    return end;
}

static size_t skip_blanks(struct slice text, size_t at, enum char_class *ret_class)
{
    while (at < text.len) {
        size_t len;
        enum char_class class = class_of(peek(text, at, &len));
        if (class != CHAR_SPACE && class != CHAR_CONTROL && class != CHAR_IGNORED) {
            *ret_class = class;
            return at;
        }
        at += len;
    }
    return text.len;
}

struct slice word_next(struct slice text, size_t *offset, enum word_kind *ret_kind)
{
    enum char_class class = CHAR_OTHER;
    size_t begin = skip_blanks(text, *offset, &class), end, len;
    if (begin >= text.len) {
        *offset = text.len;
        *ret_kind = WORD_NONE;
        return slice_make(text.at + text.len, 0);
    }
    uint32_t first = peek(text, begin, &len);
    end = begin + len;
    if (is_apostrophe(first)) {
        size_t clitic = clitic_end(text, begin);
        *ret_kind = clitic != 0 ? WORD_WORD : WORD_PUNCT;
        end = clitic != 0 ? clitic : end;
    } else if (class == CHAR_LETTER) {
        *ret_kind = WORD_WORD;
        end = word_end(text, begin);
    } else if (class == CHAR_DIGIT) {
        *ret_kind = WORD_NUMBER;
        end = number_end(text, begin);
    } else {
        *ret_kind = class == CHAR_PUNCT ? WORD_PUNCT : WORD_SYMBOL;
    }
    assert(end > begin && end <= text.len);
    *offset = end;
    return slice_make(text.at + begin, end - begin);
}

size_t word_fold(struct slice piece, enum word_kind kind, char *out)
{
    size_t at = 0, written = 0;
    while (at < piece.len) {
        size_t part = piece.len - at < 8 ? piece.len - at : 8;
        uint64_t bytes = bytes_load_short(piece.at + at, part);
        if ((bytes & BYTES_OF(0x80)) == 0 && bytes_equal(bytes, '.') == 0) {     // eight bytes of ASCII at a time
            bytes |= bytes_between(bytes, 'A', 'Z') >> 2;
            memcpy(out + written, &bytes, sizeof bytes);
            at += part;
            written += part;
            continue;
        }
        if ((unsigned char)piece.at[at] < 0x80) {
            char byte = piece.at[at++];
            if (byte != '.' || kind != WORD_WORD)
                out[written++] = (char)((unsigned)(byte - 'A') < 26u ? byte | 0x20 : byte);
        }
        while (at < piece.len && (unsigned char)piece.at[at] >= 0x80) {
            uint32_t folded[3];
            int count = char_fold(utf8_next(piece.at, &at), folded);
            for (int i = 0; i < count; i++)
                written += (size_t)utf8_put(folded[i], out + written);
        }
    }
    return written;
}
