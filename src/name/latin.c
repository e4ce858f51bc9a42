// SPDX-License-Identifier: MIT
// Romanises names with the pairs of letters that a pack declares. The aim is a form that meets the same name in
// another script, not a scholar's transliteration: no diacritics, vowels as they are said.
//
// Layout: a name becomes units, one for each pair of the table that matched (longest first), each a consonant, a
// vowel or a break between words. Then the script's habit of leaving vowels out is undone on the units:
//   - abugida: a consonant carries an inherent `a` unless a vowel sign or virama follows; it
//     falls at the end of a word and between two syllables (V C a C V), where speakers drop it (Ohala 1983);
//   - abjad: short vowels are not written; `a` is put where a word would begin or end with a heap of consonants.
// A pair may begin with '^': it holds at the begin of a word, and beside a vowel (the letter's consonant value). A whole word that the
// table knows ('=') is written as it says. A capital letter is looked for as it is and as a small one, so that pairs of letters match.
//
// Invariants: a letter that the table does not know gives no romanisation at all; the output is ASCII wherever the
// table is.
#include "name/latin.h"

#include <string.h>

#include "unicode/char.h"
#include "unicode/utf8.h"
#include "unicode/word.h"

#define LATIN_MAX_UNITS 256
#define LATIN_UNIT_BYTES 24
#define LATIN_WORD_BYTES 80     // of a word that may be looked up as a whole

enum unit_kind { UNIT_BREAK, UNIT_CONSONANT, UNIT_VOWEL };  // a whole word from the table is a break, too: nothing is put into it

struct unit {
    uint8_t kind;
    uint8_t len;
    bool open;      // an inherent vowel follows
    bool capital;   // begins a word that has a capital, or one of a script without capitals
    char text[LATIN_UNIT_BYTES];
};

struct units {
    struct unit at[LATIN_MAX_UNITS];
    int count;
};

// ---- letters of an abugida ----------------------------------------------------------------------------------------
static bool is_consonant_letter(uint32_t c)
{
    return (c >= 0x0915 && c <= 0x0939) || (c >= 0x0958 && c <= 0x095F) || (c >= 0x0978 && c <= 0x097F);
}
static bool is_vowel_sign(uint32_t c)
{
    return (c >= 0x093E && c <= 0x094C) || c == 0x093A || c == 0x093B || c == 0x094E || c == 0x094F ||
           (c >= 0x0955 && c <= 0x0957) || c == 0x0962 || c == 0x0963;
}
static bool is_virama(uint32_t c)
{
    return c == 0x094D;
}
static bool is_nukta(uint32_t c)
{
    return c == 0x093C;
}

// ---- the table ----------------------------------------------------------------------------------------------------
// The longest pairs that some letters begin with: any, and of those that hold at a begin ('^') alone. -1 if there is none.
struct pairs {
    int any, at_begin;
};

static struct pairs find_pairs(const struct pack *pack, struct slice rest)
{
    struct pairs best = {-1, -1};
    size_t any_len = 0, begin_len = 0, first = 0;
    uint32_t next = rest.len ? pack->romanisation_first[utf8_next(rest.at, &first) & 63] : 0;
    for (uint32_t pair; (pair = next) != 0;) {
        struct slice from = pack->romanisation_from.at[pair - 1];
        bool marked = from.len > 1 && from.at[0] == '^';
        if (marked)
            from = slice_make(from.at + 1, from.len - 1);
        next = pack->romanisation_next[pair - 1];
        if (from.len <= (marked ? begin_len : any_len) || !slice_starts(rest, from))
            continue;
        *(marked ? &best.at_begin : &best.any) = (int)pair - 1;
        *(marked ? &begin_len : &any_len) = from.len;
    }
    return best;
}

static size_t pair_length(const struct pack *pack, int pair)
{
    struct slice from = pack->romanisation_from.at[pair];
    return from.len > 1 && from.at[0] == '^' ? from.len - 1 : from.len;
}

static bool is_latin_vowel(struct slice text)
{
    return text.len && strchr("aeiouAEIOU", text.at[0]);
}

static bool begins_with_vowel(const struct pack *pack, struct slice rest)
{
    int pair = find_pairs(pack, rest).any;
    return pair >= 0 && is_latin_vowel(pack->romanisation_to.at[pair]);
}

// ---- from letters to units ----------------------------------------------------------------------------------------
static bool add_unit(struct units *units, enum unit_kind kind, struct slice text)
{
    if (units->count == LATIN_MAX_UNITS || text.len > LATIN_UNIT_BYTES)
        return false;
    struct unit *unit = &units->at[units->count++];
    *unit = (struct unit){.kind = (uint8_t)kind, .len = (uint8_t)text.len};
    memcpy(unit->text, text.at, text.len);
    return true;
}

static bool last_is(const struct units *units, enum unit_kind kind)
{
    return units->count && units->at[units->count - 1].kind == kind;
}

static bool in_word(const struct units *units)
{
    return units->count && units->at[units->count - 1].kind != UNIT_BREAK;
}

// The pair's letters told apart: which sign opens it, which letter closes it.
static bool add_pair(const struct pack *pack, struct units *units, struct slice from, struct slice to)
{
    size_t offset = 0;
    uint32_t first = utf8_next(from.at, &offset), last = first;
    while (offset < from.len) {
        uint32_t next = utf8_next(from.at, &offset);
        if (!is_nukta(next))
            last = next;
    }
    bool sign = is_vowel_sign(first) || is_virama(first);
    if (sign && last_is(units, UNIT_CONSONANT))
        units->at[units->count - 1].open = false;
    if (to.len == 0)
        return true;
    bool starts = !in_word(units);
    if (!add_unit(units, is_latin_vowel(to) ? UNIT_VOWEL : UNIT_CONSONANT, to))
        return false;
    struct unit *unit = &units->at[units->count - 1];
    unit->open = is_consonant_letter(last);
    unit->capital = starts && (pack->config.plain_names || char_is_upper(first));
    return true;
}

// A code point that the table does not name.
static bool add_other(const struct pack *pack, struct units *units, uint32_t c, struct slice bytes)
{
    uint32_t fold[3];
    char folded[12];
    size_t len = 0;
    if (is_virama(c)) {
        if (last_is(units, UNIT_CONSONANT))
            units->at[units->count - 1].open = false;
        return true;
    }
    int count = char_fold(c, fold);
    if (count == 0)
        return true;  // a mark without weight: nukta, stress, harakat, joiners
    for (int i = 0; i < count; i++)
        len += (size_t)utf8_put(fold[i], folded + len);
    int pair = find_pairs(pack, slice_make(folded, len)).any;
    if (pair >= 0 && pair_length(pack, pair) == len)
        return add_pair(pack, units, bytes, pack->romanisation_to.at[pair]);
    enum char_class class = char_class(c);
    if (class == CHAR_LETTER && char_script(c) != SCRIPT_LATIN)
        return false;
    if (class != CHAR_LETTER && class != CHAR_DIGIT)
        return add_unit(units, UNIT_BREAK, class == CHAR_SPACE ? SLICE(" ") : slice_make(folded, len));
    bool starts = !in_word(units);
    if (!add_unit(units, is_latin_vowel(bytes) ? UNIT_VOWEL : UNIT_CONSONANT, bytes))
        return false;
    units->at[units->count - 1].capital = starts && char_is_upper(c);
    return true;
}

// Letters from `at` on, up to what is none.
static struct slice letters_at(struct slice name, size_t at)
{
    size_t end = at;
    for (size_t offset = at; offset < name.len; end = offset) {
        if (char_class(utf8_next(name.at, &offset)) != CHAR_LETTER)
            break;
    }
    return slice_make(name.at + at, end - at);
}

// A whole word that the table knows; its length in bytes, 0 if it does not.
static size_t read_whole_word(const struct pack *pack, struct slice name, size_t at, struct units *units)
{
    char folded[WORD_FOLD_ROOM(LATIN_WORD_BYTES)];
    struct slice word = letters_at(name, at);
    if (in_word(units) || word.len == 0 || word.len > LATIN_WORD_BYTES)
        return 0;
    struct slice key = slice_make(folded, word_fold(word, WORD_WORD, folded));
    uint32_t found = words_get(&pack->romanised_words, key, map_hash(key));
    if (!found || !add_unit(units, UNIT_BREAK, pack->romanised_to.at[found - 1]))
        return 0;
    return word.len;
}

// The name with its capitals small; what has no other case stays. Bytes keep their places, or nothing is changed.
static struct slice lowered(struct slice name, char out[LATIN_MAX])
{
    size_t len = 0;
    for (size_t offset = 0; offset < name.len && len + 4 <= LATIN_MAX;) {
        size_t begin = offset;
        uint32_t fold[3], c = utf8_next(name.at, &offset);
        if (char_is_upper(c) && char_fold(c, fold) == 1)
            c = fold[0];
        len += (size_t)utf8_put(c, out + len);
        if (len != offset)
            return slice_make(name.at, begin);
    }
    return slice_make(out, len);
}

static bool read_units(const struct pack *pack, struct slice name, struct units *units)
{
    char small[LATIN_MAX];
    struct slice lower = lowered(name, small);
    for (size_t at = 0; at < name.len;) {
        struct slice rest = at < lower.len ? slice_make(lower.at + at, lower.len - at) : slice_make(name.at + at, name.len - at);
        size_t whole = read_whole_word(pack, name, at, units);
        if (whole) {
            at += whole;
            continue;
        }
        struct pairs found = find_pairs(pack, rest);
        int pair = found.any, begin = found.at_begin;
        if (begin >= 0) {
            size_t len = pair_length(pack, begin);
            struct slice behind = slice_make(rest.at + len, rest.len - len);
            bool beside_vowel = last_is(units, UNIT_VOWEL) || begins_with_vowel(pack, behind);
            if (pair < 0 || !in_word(units) || beside_vowel)
                pair = begin;
        }
        if (pair >= 0) {
            size_t len = pair_length(pack, pair);
            if (!add_pair(pack, units, slice_make(name.at + at, len), pack->romanisation_to.at[pair]))
                return false;
            at += len;
            continue;
        }
        size_t offset = at;
        uint32_t c = utf8_next(name.at, &offset);
        if (!add_other(pack, units, c, slice_make(name.at + at, offset - at)))
            return false;
        at = offset;
    }
    return true;
}

// ---- vowels that the script leaves out ----------------------------------------------------------------------------
static bool sounds_vowel_after(const struct units *units, int i, int end)
{
    return units->at[i].open || (i + 1 < end && units->at[i + 1].kind == UNIT_VOWEL);
}

// mitra, vyasa: a heap that rises to a liquid keeps its vowel; karm, park: one that falls drops it.
static bool is_rising_heap(const struct unit *before, const struct unit *last)
{
    return before->kind == UNIT_CONSONANT && !before->open && last->len == 1 && strchr("ryvwnl", last->text[0]) &&
           !(before->len == 1 && strchr("rnmly", before->text[0]));
}

// Drops inherent vowels that are not said, in the word [begin, end), from right to left.
static void drop_inherent(struct units *units, int begin, int end)
{
    struct unit *at = units->at;
    if (end - begin > 1 && at[end - 1].open && !is_rising_heap(&at[end - 2], &at[end - 1]))
        at[end - 1].open = false;
    for (int i = end - 2; i > begin; i--) {
        bool vowel_before = at[i - 1].kind == UNIT_VOWEL || at[i - 1].open;
        bool syllable_after = at[i + 1].kind == UNIT_CONSONANT && sounds_vowel_after(units, i + 1, end);
        if (at[i].open && vowel_before && syllable_after)
            at[i].open = false;
    }
}

// Opens a run of consonants [begin, end) of an abjad's word so that it can be said.
static void open_run(struct units *units, int begin, int end, bool starts_word, bool ends_word)
{
    if (starts_word && (end - begin > 1 || ends_word))
        units->at[begin++].open = true;
    int left = end - begin;
    if (ends_word && left > 1) {
        units->at[end - 2].open = true;
        left -= 2;
    }
    for (int i = begin + 1; left > 2; i += 2, left -= 2)
        units->at[i].open = true;
}

static void open_runs(struct units *units, int begin, int end)
{
    for (int i = begin; i < end;) {
        int run = i;
        while (i < end && units->at[i].kind == UNIT_CONSONANT)
            i++;
        if (i > run)
            open_run(units, run, i, run == begin, i == end);
        else
            i++;
    }
}

static void complete_vowels(const struct pack *pack, struct units *units)
{
    for (int i = 0; i < units->count;) {
        int begin = i;
        while (i < units->count && units->at[i].kind != UNIT_BREAK)
            i++;
        if (pack->config.script == SCRIPT_DEVANAGARI)
            drop_inherent(units, begin, i);
        else if (pack->config.script == SCRIPT_ARABIC)
            open_runs(units, begin, i);
        i += i == begin;
    }
}

// ---- out ----------------------------------------------------------------------------------------------------------
static char upper_ascii(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static size_t write_units(const struct units *units, char out[LATIN_MAX])
{
    size_t len = 0;
    for (int i = 0; i < units->count; i++) {
        const struct unit *unit = &units->at[i];
        if (len + unit->len + 1 > LATIN_MAX)
            return 0;
        memcpy(out + len, unit->text, unit->len);
        if (unit->capital)
            out[len] = upper_ascii(out[len]);
        len += unit->len;
        if (unit->open)
            out[len++] = 'a';
    }
    return len;
}

size_t latin_write(const struct pack *pack, struct slice name, char out[LATIN_MAX])
{
    if (pack->config.script == SCRIPT_LATIN) {
        if (name.len > LATIN_MAX)
            return 0;
        memcpy(out, name.at, name.len);
        return name.len;
    }
    struct units units;
    units.count = 0;
    if (pack->romanisation_from.count == 0 || !read_units(pack, name, &units))
        return 0;
    complete_vowels(pack, &units);
    return write_units(&units, out);
}

size_t latin_name(const struct document *document, uint32_t first, uint32_t last, char out[LATIN_MAX])
{
    if (first >= last)
        return 0;
    const struct pack *pack = document->sentences.at[document->tokens.at[first].sentence].pack;
    return pack ? latin_write(pack, document_words(document, first, last), out) : 0;
}
