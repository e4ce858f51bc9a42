// SPDX-License-Identifier: MIT
// Looking up the words of the interface, and putting dates, places and pairs into them.
//
// Keys are sorted, so a word is found by halving. A date is told by what its parts are: 2025-11, 2025-11-27, 2025-11-25/2025-11-27,
// [2025-07-10,2025-07-11], ../2017-12-01; patterns of the language (date.day …) have {d} {m} {y} in its order.
#include "serve/ui.h"

#include "base/buf.h"
#include "base/emit.h"

#define MAX_WORD ((size_t)4096)
#define MAX_TAG 8          // letters of a language's tag without its region

const struct page_language *ui_language(struct slice tag)
{
    for (uint32_t i = 0; i < page_language_count; i++)
        if (slice_is(tag, page_languages[i].tag))
            return &page_languages[i];
    return NULL;
}

static int64_t quality_of(struct slice parameters)
{
    for (struct slice rest = parameters; rest.len;) {
        struct slice part = slice_trim(slice_cut(&rest, ';'));
        if (slice_starts(part, SLICE("q=0")))
            return part.len > 4 ? part.at[4] - '0' : 0;     // tenths are enough
    }
    return 10;
}

static const struct page_language *default_language(void)
{
    for (uint32_t i = 0; i < page_language_count; i++)
        if (slice_is(ui_text(&page_languages[i], "language.default", SLICE("")), "yes"))
            return &page_languages[i];
    return &page_languages[0];
}

const struct page_language *ui_accepted(struct slice header)
{
    const struct page_language *best = NULL;
    int64_t best_quality = 0;
    for (struct slice rest = header; rest.at && rest.len;) {
        struct slice range = slice_cut(&rest, ','), parameters = range;
        struct slice tag = slice_trim(slice_cut(&parameters, ';'));
        const struct page_language *language = ui_language(slice_cut(&tag, '-'));
        int64_t quality = quality_of(parameters);
        if (language && quality > best_quality) {
            best = language;
            best_quality = quality;
        }
    }
    return best ? best : default_language();
}

struct slice ui_readable(const struct page_language *language, struct arena *arena)
{
    return ui_readable_tag(slice_from(language->tag), arena);
}

struct slice ui_readable_tag(struct slice tag, struct arena *arena)
{
    bool is_tag = tag.len >= 2 && tag.len <= MAX_TAG;
    for (size_t i = 0; is_tag && i < tag.len; i++)
        is_tag = (tag.at[i] >= 'a' && tag.at[i] <= 'z') || (tag.at[i] >= 'A' && tag.at[i] <= 'Z');
    return is_tag ? arena_format(arena, "%.*s %s", (int)tag.len, tag.at, default_language()->tag) : (struct slice){NULL, 0};
}

struct slice ui_text(const struct page_language *language, const char *key, struct slice missing)
{
    uint32_t first = 0, last = page_word_count;
    while (first < last) {
        uint32_t middle = first + (last - first) / 2;
        int order = strcmp(page_text(&page_word_keys, middle), key);
        if (order == 0) {
            const char *text = page_text(&language->words, middle);
            return text ? slice_from(text) : missing;
        }
        if (order < 0)
            first = middle + 1;
        else
            last = middle;
    }
    return missing;
}

static struct slice without_hyphens(struct arena *arena, struct slice code)
{
    struct slice copy = arena_copy(arena, code);
    for (size_t i = 0; i < copy.len; i++)
        if (copy.at[i] == '-')
            ((char *)copy.at)[i] = ' ';
    return copy;
}

struct slice ui_code(const struct page_language *language, struct arena *arena, const char *prefix, struct slice code)
{
    if (code.len == 0 || code.len > MAX_WORD)
        return code;
    struct slice key = arena_format(arena, "%s.%.*s", prefix, (int)code.len, code.at);
    struct slice found = ui_text(language, key.at, SLICE(""));
    return found.len ? found : without_hyphens(arena, code);
}

struct slice ui_code_of(const struct page_language *language, const char *prefix, struct slice word)
{
    size_t len = strlen(prefix);
    for (uint32_t i = 0; i < page_word_count; i++) {
        const char *key = page_text(&page_word_keys, i), *text = page_text(&language->words, i);
        if (text && strncmp(key, prefix, len) == 0 && key[len] == '.' && slice_is(word, text))
            return slice_from(key + len + 1);
    }
    return SLICE("");
}

struct slice ui_fill(struct arena *arena, struct slice pattern, struct slice value)
{
    char *out = arena_take(arena, pattern.len + value.len + 1);
    size_t len = 0;
    bool filled = false;
    for (size_t i = 0; i < pattern.len; i++) {
        if (!filled && pattern.at[i] == '{' && i + 1 < pattern.len && pattern.at[i + 1] == '}') {
            memcpy(out + len, value.at ? value.at : "", value.len);
            len += value.len;
            filled = true;
            i++;
        } else {
            out[len++] = pattern.at[i];
        }
    }
    out[len] = '\0';
    return slice_make(out, len);
}

// ---- dates ------------------------------------------------------------------------------------------------------------------
// A day, a month or a year: parts that are not there are 0.
struct day {
    int year, month, day;
};

static bool digits(struct slice text, size_t at, size_t count, int *ret)
{
    *ret = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= text.len || text.at[i] < '0' || text.at[i] > '9')
            return false;
        *ret = *ret * 10 + (text.at[i] - '0');
    }
    return true;
}

static bool parse(struct slice text, struct day *ret)
{
    *ret = (struct day){0};
    if ((text.len != 4 && text.len != 7 && text.len != 10) || !digits(text, 0, 4, &ret->year))
        return false;
    if (text.len >= 7 && (text.at[4] != '-' || !digits(text, 5, 2, &ret->month) || ret->month < 1 || ret->month > 12))
        return false;
    return text.len < 10 || (text.at[7] == '-' && digits(text, 8, 2, &ret->day) && ret->day >= 1 && ret->day <= 31);
}

// A pattern with {d} {m} {y}; `span` stands for {d}: "25–27" of a range within a month.
static void add_pattern(struct buf *out, const struct page_language *language, const char *key, struct slice span, struct day day)
{
    struct slice pattern = ui_text(language, key, SLICE("{d} {m} {y}"));
    for (size_t i = 0; i < pattern.len; i++) {
        bool tag = pattern.at[i] == '{' && i + 2 < pattern.len && pattern.at[i + 2] == '}';
        char month[] = "date.month.00", *digit = month + strlen("date.month.");
        if (!tag) {
            buf_add_char(out, pattern.at[i]);
            continue;
        }
        char what = pattern.at[i + 1];
        i += 2;
        digit[0] = (char)('0' + day.month / 10 % 10);
        digit[1] = (char)('0' + day.month % 10);
        if (what == 'd')
            buf_add(out, span);
        else if (what == 'y')
            buf_addf(out, "%d", day.year);
        else if (what == 'm')   // in the form that stands behind a day
            buf_add(out, ui_text(language, month, SLICE("?")));
        else if (what == 'M') {
            memcpy(month, "date.alone.", strlen("date.alone."));
            buf_add(out, ui_text(language, month, SLICE("?")));
        }
    }
}

static void add_day(struct buf *out, const struct page_language *language, struct day day)
{
    char number[16];
    size_t len = (size_t)(emit_number(number, (uint64_t)day.day) - number);
    add_pattern(out, language, day.day ? "date.day" : day.month ? "date.month" : "date.year", slice_make(number, len), day);
}

static void add_range(struct buf *out, const struct page_language *language, struct day a, struct day b)
{
    if (a.day && b.day && a.year == b.year && a.month == b.month) {
        char span[40];
        char *end = emit_number(span, (uint64_t)a.day);
        memcpy(end, "–", strlen("–"));
        end = emit_number(end + strlen("–"), (uint64_t)b.day);
        add_pattern(out, language, "date.day", slice_make(span, (size_t)(end - span)), b);
        return;
    }
    add_day(out, language, a);
    buf_add_text(out, " – ");
    add_day(out, language, b);
}

static bool add_edtf(struct buf *out, const struct page_language *language, struct slice edtf)
{
    struct day a, b;
    if (parse(edtf, &a)) {
        add_day(out, language, a);
        return true;
    }
    if (edtf.len > 2 && edtf.at[0] == '[' && edtf.at[edtf.len - 1] == ']') {
        struct slice rest = slice_make(edtf.at + 1, edtf.len - 2), first = slice_cut(&rest, ',');
        if (!parse(first, &a) || !parse(rest, &b))
            return false;
        add_day(out, language, a);
        buf_add_char(out, ' ');
        buf_add(out, ui_text(language, "date.or", SLICE("/")));
        buf_add_char(out, ' ');
        add_day(out, language, b);
        return true;
    }
    struct slice rest = edtf, first = slice_cut(&rest, '/');
    bool until = slice_is(first, ".."), from = slice_is(rest, "..");
    if ((!until && !parse(first, &a)) || (!from && !parse(rest, &b)) || (until && from))
        return false;
    if (!until && !from) {
        add_range(out, language, a, b);
        return true;
    }
    buf_add(out, ui_text(language, until ? "date.until" : "date.from", SLICE("")));
    buf_add_char(out, ' ');
    add_day(out, language, until ? b : a);
    return true;
}

struct slice ui_date(const struct page_language *language, struct arena *arena, struct slice edtf, bool brief)
{
    struct buf out;
    if (brief) {    // a moment: to the minute
        bool moment = edtf.len == strlen("2025-12-01T10:00:00Z") && edtf.at[10] == 'T' && edtf.at[edtf.len - 1] == 'Z';
        return moment ? arena_format(arena, "%.10s %.5s", edtf.at, edtf.at + 11) : edtf;
    }
    buf_init(&out, MAX_WORD);
    bool known = add_edtf(&out, language, edtf) && !out.failed;
    char *copy = known ? arena_take(arena, out.len + 1) : NULL;
    if (copy)
        memcpy(copy, out.at, out.len + 1);
    struct slice result = copy ? slice_make(copy, out.len) : edtf;
    buf_finish(&out);
    return result;
}

// ---- places and pairs -------------------------------------------------------------------------------------------------------
struct slice ui_place(const struct page_language *language, struct arena *arena, struct slice place)
{
    size_t comma = place.len;
    for (size_t i = 0; i + 1 < place.len; i++)
        if (place.at[i] == ',' && place.at[i + 1] == ' ')
            comma = i;
    if (comma == place.len) {
        struct slice party = ui_code(language, arena, "party", place);
        return party.len && !slice_eq(party, place) ? party : ui_code(language, arena, "city", place);
    }
    struct slice city = ui_code(language, arena, "city", slice_make(place.at, comma));
    struct slice country = ui_code(language, arena, "party", slice_make(place.at + comma + 2, place.len - comma - 2));
    struct slice between = ui_text(language, "list.comma", SLICE(", "));
    return arena_format(arena, "%.*s%.*s%.*s", (int)city.len, city.at, (int)between.len, between.at, (int)country.len, country.at);
}

struct slice ui_pair(const struct page_language *language, struct arena *arena, struct slice pair)
{
    struct slice out = SLICE("");
    for (struct slice rest = pair; rest.at && rest.len;) {
        struct slice name = ui_code(language, arena, "party", slice_cut(&rest, '-'));
        out = out.len ? arena_format(arena, "%.*s – %.*s", (int)out.len, out.at, (int)name.len, name.at) : name;
    }
    return out;
}

// ---- refusals -----------------------------------------------------------------------------------------------------------------
#define MAX_HOLES 4

// Whether the text is the pattern with something in its holes {1} …, which go to `holes`, by their number. A hole takes as little as it
// can, the last one all.
static bool fits_pattern(const char *pattern, struct slice text, struct slice *holes)
{
    while (*pattern) {
        if (*pattern != '{') {
            if (!text.len || *text.at != *pattern)
                return false;
            text = slice_make(text.at + 1, text.len - 1);
            pattern++;
            continue;
        }
        unsigned number = (unsigned)(pattern[1] - '1');
        pattern += strlen("{1}");
        size_t literal = strcspn(pattern, "{");
        const char *end = literal ? memmem(text.at, text.len, pattern, literal) : text.at + text.len;
        if (!end || number >= MAX_HOLES)
            return false;
        holes[number] = slice_make(text.at, (size_t)(end - text.at));
        text = slice_make(end, text.len - holes[number].len);
    }
    return text.len == 0;
}

// Codes parted by blanks or commas, in words.
static struct slice words_of(const struct page_language *language, struct arena *arena, const char *prefix, struct slice codes)
{
    struct slice out = SLICE(""), comma = ui_text(language, "list.comma", SLICE(", "));
    for (struct slice rest = codes; rest.at && rest.len;) {
        struct slice code = slice_trim(slice_cut(&rest, memchr(rest.at, ',', rest.len) ? ',' : ' '));
        if (!code.len)
            continue;
        struct slice word = ui_code(language, arena, prefix, code);
        out = arena_format(arena, "%.*s%.*s%.*s", (int)out.len, out.at, out.len ? (int)comma.len : 0, comma.at, (int)word.len, word.at);
    }
    return out;
}

// What came from elsewhere, isolated; it cannot end that.
static struct slice isolated(struct arena *arena, struct slice value)
{
    char *out = arena_take(arena, value.len + 2 * strlen("\xE2\x81\xA8") + 1), *at = out;
    memcpy(at, "\xE2\x81\xA8", 3);
    at += 3;
    for (size_t i = 0; i < value.len; i++) {
        if (value.len - i > 2 && memcmp(value.at + i, "\xE2\x81", 2) == 0)
            i += 2;
        else
            *at++ = value.at[i];
    }
    memcpy(at, "\xE2\x81\xA9", 4);
    return slice_make(out, (size_t)(at + 3 - out));
}

static const char *fill_holes(const struct page_language *language, struct arena *arena, const char *words, const struct slice *holes)
{
    struct slice out = SLICE("");
    while (*words) {
        size_t plain = strcspn(words, "{");
        out = arena_format(arena, "%.*s%.*s", (int)out.len, out.at, (int)plain, words);
        words += plain;
        if (!*words)
            break;
        struct slice value = holes[(unsigned)(words[1] - '1') % MAX_HOLES];
        if (words[2] == ':')
            value = words_of(language, arena, words[3] == 'k' ? "kind" : "field", value);
        else
            value = isolated(arena, value);
        out = arena_format(arena, "%.*s%.*s", (int)out.len, out.at, (int)value.len, value.at ? value.at : "");
        words += strcspn(words, "}") + 1;
    }
    return out.at;
}

const char *ui_refusal(const struct page_language *language, struct arena *arena, struct slice text)
{
    const struct page_language *usual = default_language();
    for (uint32_t i = 0; language != usual && i < page_refusal_count; i++) {
        struct slice holes[MAX_HOLES] = {{0}};
        if (fits_pattern(page_text(&page_refusals[usual - page_languages], i), text, holes))
            return fill_holes(language, arena, page_text(&page_refusals[language - page_languages], i), holes);
    }
    struct slice pattern = language == usual ? SLICE("{}") : ui_text(language, "refused.said", SLICE("{}"));
    return arena_copy(arena, ui_fill(arena, pattern, language == usual ? text : isolated(arena, text))).at;
}
