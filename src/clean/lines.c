// SPDX-License-Identifier: MIT
// clean_text: normal form and paragraphs.
//
// A paragraph is a line with text, trimmed of blanks and format characters. Texts that were hard-wrapped (mail, printed files) break
// their paragraphs over many lines; there, a paragraph is the range from its first line to its last and holds the line breaks as blanks.
//
// A text counts as hard-wrapped on the evidence of the whole text, never of one pair of lines, since a list of headlines looks like
// wrapped prose for three lines or so:
//   - no line with blanks in it is longer than MAX_WIDTH (unwrapped prose has longer ones);
//   - in most pairs of neighbouring lines the first is FULL: the next line's first word would hardly have fitted on it;
//   - most full lines do not end a sentence.
// Then every full line is joined with the next unless that one opens with a bullet, a number of a list or an indent.
//
// In a text that is not, a run of lines without a gap may be (a list taken from a printed page): there the proof is that half of the lines
// and more go on in lower case from a line that ends no sentence, as no list of headlines does.
//
// In any text a line that begins in lower case and is no short one (a byline) goes on from a long one that ends in a letter; where
// that happens again and again without a gap, every long line that ends in a letter is broken ("… between the Upper / House and").
#include "clean/clean.h"

#include "clean/marks.h"
#include "unicode/char.h"
#include "unicode/utf8.h"

enum { MIN_WIDTH = 40, MAX_WIDTH = 110, MIN_FULL_PAIRS = 3, MIN_REST = 24 };

struct line {
    uint32_t begin, end;     // trimmed
    uint32_t length;         // code points
    uint32_t first_word;     // code points up to the first blank
    bool indented;           // blanks before its text
    bool after_gap;          // an empty line before it
    bool ends_sentence;
    bool lower;              // begins with a lower-case letter of a script that has upper case
    bool item;               // begins with a bullet or a list number
};
typedef VEC(struct line) line_vec;

// Length in bytes of the line break at `at`, 0 if there is none: LF, CR, CRLF, VT, FF, NEL, and the line and paragraph separators.
static inline uint32_t line_break(struct slice text, uint32_t at)
{
    const unsigned char *c = (const unsigned char *)text.at + at;
    size_t left = text.len - at;
    if (c[0] > 0x0D && c[0] != 0xC2 && c[0] != 0xE2)
        return 0;
    if (c[0] >= 0x0A && c[0] <= 0x0D)
        return c[0] == '\r' && left > 1 && c[1] == '\n' ? 2 : 1;
    if (c[0] == 0xC2 && c[1] == 0x85)
        return 2;
    return c[0] == 0xE2 && c[1] == 0x80 && (c[2] == 0xA8 || c[2] == 0xA9) ? 3 : 0;
}

// Where the line that begins at `begin` ends, and the length of its break (0 at the end of the text).
static uint32_t line_end(struct slice text, uint32_t begin, uint32_t *ret_break)
{
    uint32_t end = begin, size = (uint32_t)text.len;
    while (end < size) {
        if (size - end >= 8) {  // most runs of eight bytes hold none that may begin a line break
            uint64_t word = bytes_load(text.at + end);
            uint64_t may_break = bytes_less(word, 0x0E) | bytes_equal(word, 0xC2) | bytes_equal(word, 0xE2);
            if (may_break == 0) {
                end += 8;
                continue;
            }
        }
        for (uint32_t most = size - end < 8 ? size - end : 8; most > 0; most--, end++)
            if ((*ret_break = line_break(text, end)) != 0)
                return end;
    }
    return end;
}

static bool is_blank(uint32_t code_point)
{
    enum char_class class = char_class(code_point);
    return class == CHAR_SPACE || class == CHAR_IGNORED || class == CHAR_CONTROL;
}

// The line starts with a bullet, or with a short number and a full stop or bracket ("2.", "3)").
static bool is_item(struct slice text)
{
    size_t at = 0;
    int digits = 0;
    while (at < text.len) {
        uint32_t c = utf8_next(text.at, &at);
        if (digits == 0 && mark_is_bullet(c))
            return true;
        if (char_digit(c) < 0)
            return digits > 0 && digits <= 2 && (c == '.' || c == ')') && at < text.len && text.at[at] == ' ';
        digits++;
    }
    return false;
}

static uint32_t skip_blanks(struct slice text, uint32_t begin, uint32_t end)
{
    for (size_t at = begin; at < end; begin = (uint32_t)at)
        if (!is_blank(utf8_next(text.at, &at)))
            break;
    return begin;
}

static uint32_t skip_blanks_back(struct slice text, uint32_t begin, uint32_t end)
{
    while (end > begin) {
        uint32_t c = utf8_before(text.at, end);
        if (!is_blank(c))
            break;
        char bytes[4];
        end -= (uint32_t)utf8_put(c, bytes);
    }
    return end;
}

static bool ends_sentence(struct slice text, uint32_t begin, uint32_t end)
{
    while (end > begin) {
        uint32_t c = utf8_before(text.at, end);
        if (!mark_closes(c))
            return mark_ends_sentence(c);
        char bytes[4];
        end -= (uint32_t)utf8_put(c, bytes);
    }
    return false;
}

// Cuts the text into lines with text. Only what the paragraphs need is computed here: most texts are not wrapped.
static void cut_lines(struct arena *arena, struct slice text, line_vec *lines)
{
    uint32_t begin = 0, size = (uint32_t)text.len;
    bool gap = false;
    while (begin < size) {
        uint32_t broke = 0, end = line_end(text, begin, &broke);
        struct line line = {.begin = skip_blanks(text, begin, end), .after_gap = gap};
        line.end = skip_blanks_back(text, line.begin, end);
        line.indented = line.begin > begin;
        gap = line.end == line.begin;
        if (!gap)
            vec_push(arena, lines, line);
        begin = end + (broke ? broke : 1);
    }
}

static void measure(struct slice text, struct line *line)
{
    struct slice words = slice_make(text.at + line->begin, line->end - line->begin);
    bool in_first = true;
    for (size_t at = 0; at < words.len; line->length++) {
        uint32_t c = utf8_next(words.at, &at);
        if (in_first && char_class(c) == CHAR_SPACE)
            in_first = false;
        line->first_word += in_first;
    }
    size_t at = 0;
    uint32_t first = utf8_next(words.at, &at), folded[3];
    enum script script = char_script(first);
    line->lower = (script == SCRIPT_LATIN || script == SCRIPT_CYRILLIC) && !char_is_upper(first) && char_fold(first, folded) > 0;
    line->item = is_item(words);
    line->ends_sentence = ends_sentence(text, line->begin, line->end);
}

// The next line's first word would hardly have fitted on this one. A fifth of the width is left free: some wrap by the width of letters.
static bool is_full(const struct line *line, const struct line *next, uint32_t width)
{
    return (line->length + 1 + next->first_word) * 5 > width * 4;
}

static bool goes_on(const struct line *line, const struct line *next, uint32_t width)
{
    if (next->after_gap || next->item || !is_full(line, next, width))
        return false;
    return !line->ends_sentence || next->lower || !next->indented;
}

// At least so many code points; bytes tell of most lines.
static bool is_long(struct slice text, const struct line *line, uint32_t least)
{
    uint32_t bytes = line->end - line->begin;
    return bytes >= least && (bytes >= least * 4 || utf8_count(slice_make(text.at + line->begin, bytes)) >= least);
}

static bool ends_in_letter(struct slice text, const struct line *line)
{
    return is_long(text, line, MIN_WIDTH) && char_class(utf8_before(text.at, line->end)) == CHAR_LETTER;
}

// "… an agreement on the protection / of citizens": the break lies between two words of a sentence.
static bool breaks_sentence(struct slice text, const struct line *line, const struct line *next)
{
    size_t at = next->begin;
    uint32_t first = utf8_next(text.at, &at), folded[3];
    enum script script = char_script(first);
    bool cased = script == SCRIPT_LATIN || script == SCRIPT_CYRILLIC;
    if (next->after_gap || next->indented || !cased || char_is_upper(first) || char_class(first) != CHAR_LETTER ||
        !char_fold(first, folded))
        return false;
    return ends_in_letter(text, line) && is_long(text, next, MIN_REST);
}

// Whether the lines without a gap from `from` on break sentences again and again; `end`: the line behind them.
static bool is_broken(struct slice text, const line_vec *lines, uint32_t from, uint32_t *ret_end)
{
    uint32_t breaks = 0, end = from + 1;
    for (; end < lines->count && !lines->at[end].after_gap; end++)
        breaks += breaks_sentence(text, &lines->at[end - 1], &lines->at[end]);
    *ret_end = end;
    return breaks >= MIN_FULL_PAIRS && breaks * 3 >= end - from - 1;
}

// Width at which the text is wrapped, 0 if it is not. Lines must be few enough to matter and short enough to be wrapped at all, so the
// first look is at bytes (a code point has at most four).
static uint32_t wrap_width(struct slice text, line_vec *lines)
{
    if (lines->count <= MIN_FULL_PAIRS)
        return 0;
    for (uint32_t i = 0; i < lines->count; i++)
        if (lines->at[i].end - lines->at[i].begin > MAX_WIDTH * 4 && memchr(text.at + lines->at[i].begin, ' ', MAX_WIDTH * 4))
            return 0;
    uint32_t width = 0;
    for (uint32_t i = 0; i < lines->count; i++) {
        measure(text, &lines->at[i]);
        if (lines->at[i].length > width && lines->at[i].first_word < lines->at[i].length)
            width = lines->at[i].length;
    }
    if (width < MIN_WIDTH || width > MAX_WIDTH)
        return 0;
    uint32_t pairs = 0, full = 0, open = 0;
    for (uint32_t i = 0; i + 1 < lines->count; i++) {
        if (lines->at[i + 1].after_gap)
            continue;
        pairs++;
        if (is_full(&lines->at[i], &lines->at[i + 1], width)) {
            full++;
            open += !lines->at[i].ends_sentence;
        }
    }
    return full >= MIN_FULL_PAIRS && full * 5 >= pairs * 3 && open * 2 > full ? width : 0;
}

// The line behind the run of short lines without a gap that begins at `from`.
static uint32_t run_end(const line_vec *lines, uint32_t from)
{
    uint32_t end = from;
    while (end < lines->count && (end == from || !lines->at[end].after_gap) && lines->at[end].end - lines->at[end].begin <= MAX_WIDTH * 4)
        end++;
    return end > from ? end : from + 1;
}

// Width at which the lines of a run are wrapped, 0 if they are not: their mean length, since items that lost the break between them
// make lines of twice the width.
static uint32_t wrap_width_of_run(struct slice text, line_vec *lines, uint32_t from, uint32_t end)
{
    uint32_t length = 0, open = 0;
    if (end - from <= MIN_FULL_PAIRS)
        return 0;
    for (uint32_t i = from; i < end; i++) {
        if (!lines->at[i].length)
            measure(text, &lines->at[i]);
        length += lines->at[i].length;
        open += i > from && lines->at[i].lower && !lines->at[i - 1].ends_sentence;
    }
    uint32_t width = length / (end - from);
    return width >= MIN_WIDTH && width <= MAX_WIDTH && open >= MIN_FULL_PAIRS && open * 2 >= end - from - 1 ? width : 0;
}

void clean_text(struct document *document)
{
    normal_unescaped(document->arena, document->stored, &document->text, &document->map);
    struct slice text = document->text;
    line_vec lines = {0};
    cut_lines(document->arena, text, &lines);
    uint32_t whole = wrap_width(text, &lines), width = whole, end = 0;
    uint32_t broken_end = 0;
    bool broken = false;
    for (uint32_t i = 0; i < lines.count; i++) {
        if (i >= broken_end)
            broken = is_broken(text, &lines, i, &broken_end);
        if (!whole && i >= end) {
            end = run_end(&lines, i);
            width = wrap_width_of_run(text, &lines, i, end);
        }
        struct paragraph paragraph = {.begin = lines.at[i].begin, .role = PARAGRAPH_BODY, .language = LANGUAGE_NONE};
        while (i + 1 < lines.count && ((width && (whole || i + 1 < end) && goes_on(&lines.at[i], &lines.at[i + 1], width)) ||
                                       breaks_sentence(text, &lines.at[i], &lines.at[i + 1]) ||
                                       (broken && i + 1 < broken_end && ends_in_letter(text, &lines.at[i]))))
            i++;
        paragraph.end = lines.at[i].end;
        vec_push(document->arena, &document->paragraphs, paragraph);
    }
}
