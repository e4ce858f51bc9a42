// SPDX-License-Identifier: MIT
// Numbers as the finders need them: ordinals in digits with a suffix, in words and in Roman numerals; counts in digits and words.
//
// Digits of all scripts are ASCII in the matching key. An ordinal in digits is a number token with one of the pack's suffixes joined
// to it, or behind a hyphen ("10th", "10वीं", "10-е"), or with a full stop where the pack says so.
// Compound words ("twenty-first") are a cardinal of tens, an optional hyphen and an ordinal of ones. A number from 1900 to 2100 is taken
// for a year, never for a count.
#include "mention/finder.h"

#include "unicode/utf8.h"

#define APART_LETTERS 3     // of an ending that may stand apart from its number
#define ORDINAL_MAX 399

int32_t digits_at(const struct finder *finder, uint32_t at)
{
    if (at < finder->first || at >= finder->last || finder->tokens[at].kind != TOKEN_NUMBER)
        return -1;
    struct slice fold = document_fold(finder->document, at);
    int32_t value = 0;
    int digits = 0;
    for (size_t i = 0; i < fold.len; i++) {
        if (fold.at[i] == ',' && i > 0 && i + 2 < fold.len)
            continue;
        if (fold.at[i] < '0' || fold.at[i] > '9' || ++digits > 9)
            return -1;
        value = value * 10 + (fold.at[i] - '0');
    }
    return digits ? value : -1;
}

bool is_ordinal_suffix(const struct finder *finder, uint32_t at)
{
    if (at >= finder->last)
        return false;
    struct slice fold = document_fold(finder->document, at);
    // a blank may stand before a long ending that is no word of its own ("10 واں", "10 वें")
    if (has_space_before(finder, at) && (!finder->pack->config.plain_names || finder->covering[at] != SPAN_NONE ||
                                         utf8_count(fold) < APART_LETTERS))
        return false;
    if (fold.len > 1 && fold.at[0] == '\'')     // "10'uncu", where a pack joins endings
        fold = slice_make(fold.at + 1, fold.len - 1);
    for (uint32_t i = 0; i < finder->pack->config.ordinal_suffixes.count; i++)
        if (slice_eq(fold, finder->pack->config.ordinal_suffixes.at[i]))
            return true;
    return false;
}

// "The 10. session": the full stop right behind the number, with more of the sentence behind it.
bool has_ordinal_stop(const struct finder *finder, uint32_t at)
{
    return finder->pack->config.ordinal_stop && at + 2 < finder->last && is_mark(finder, at + 1, '.') &&
           !has_space_before(finder, at + 1) && has_space_before(finder, at + 2);
}

int32_t roman_at(const struct finder *finder, uint32_t at)
{
    const struct token *token = &finder->tokens[at];
    if (token->kind != TOKEN_WORD || !(token->flags & TOKEN_CAPITAL) || token->end - token->begin > 7)
        return 0;
    int32_t value = 0, previous = 0;
    for (uint32_t i = token->end; i > token->begin; i--) {
        int32_t digit = 0;
        switch (finder->document->text.at[i - 1]) {
        case 'I': digit = 1; break;
        case 'V': digit = 5; break;
        case 'X': digit = 10; break;
        case 'L': digit = 50; break;
        case 'C': digit = 100; break;
        default: return 0;
        }
        value += digit < previous ? -digit : digit;
        previous = digit > previous ? digit : previous;
    }
    return value > 0 ? value : 0;
}

static const struct lexeme *number_word(const struct finder *finder, uint32_t at, uint8_t type)
{
    if (!(kinds_at(finder, at) & KIND(NUMBER)))
        return NULL;
    uint32_t first = finder->covering[at];
    for (uint32_t i = first; i < finder->span_count && finder->spans[i].first == finder->spans[first].first; i++) {
        const struct lexeme *lexeme = &finder->pack->lexemes.at[finder->spans[i].lexeme];
        if (lexeme->kind == LEXICON_NUMBER && lexeme->attribute == type)
            return lexeme;
    }
    return NULL;
}

int32_t ordinal_at(const struct finder *finder, uint32_t at, uint32_t *ret_last)
{
    if (!may_be_ordinal(finder, at) || (finder->taken[at] & TAKEN_DATE))
        return 0;
    int32_t value = digits_at(finder, at);
    if (value > 0) {
        uint32_t suffix = at + 1;
        if (value <= ORDINAL_MAX && has_ordinal_stop(finder, at)) {
            *ret_last = at + 2;
            return value;
        }
        if (suffix < finder->last && is_mark(finder, suffix, '-') && !has_space_before(finder, suffix))
            suffix++;
        if (value > ORDINAL_MAX || suffix >= finder->last || !is_ordinal_suffix(finder, suffix))
            return 0;
        *ret_last = suffix + 1;
        return value;
    }
    const struct lexeme *tens = number_word(finder, at, NUMBER_CARDINAL);
    if (tens && tens->number >= 20 && tens->number % 10 == 0) {
        uint32_t ones = unit_last(finder, at);
        if (ones < finder->last && is_mark(finder, ones, '-'))
            ones++;
        const struct lexeme *lexeme = ones < finder->last ? number_word(finder, ones, NUMBER_ORDINAL) : NULL;
        if (lexeme && lexeme->number > 0 && lexeme->number < 10) {
            *ret_last = unit_last(finder, ones);
            return (int32_t)(tens->number + lexeme->number);
        }
    }
    const struct lexeme *word = number_word(finder, at, NUMBER_ORDINAL);
    if (word && word->number > 0 && word->number <= ORDINAL_MAX) {
        *ret_last = unit_last(finder, at);
        return (int32_t)word->number;
    }
    if (finder->covering[at] == SPAN_NONE && (value = roman_at(finder, at)) > 0 && value <= ORDINAL_MAX) {
        *ret_last = at + 1;
        return value;
    }
    return 0;
}

int32_t ordinal_before(const struct finder *finder, uint32_t end, uint32_t *ret_first)
{
    for (uint32_t length = 4; length >= 1; length--) {      // the longest reading wins: "twenty-first", not "first"
        if (end < finder->first + length || !may_be_ordinal(finder, end - length))
            continue;
        if (length > 1 && !(finder->kinds[end - length] & KIND(NUMBER)) && finder->tokens[end - length].kind != TOKEN_NUMBER)
            continue;   // a Roman numeral is one word
        uint32_t last = 0;
        int32_t value = ordinal_at(finder, end - length, &last);
        if (value && last == end) {
            *ret_first = end - length;
            return value;
        }
    }
    return 0;
}

uint32_t cardinal_before(const struct finder *finder, uint32_t end, uint32_t *ret_first)
{
    if (end <= finder->first)
        return 0;
    uint32_t at = unit_first(finder, end - 1);
    if (finder->taken[at] & TAKEN_DATE)
        return 0;
    *ret_first = at;
    int32_t value = digits_at(finder, at);
    if (value > 0)
        return value >= 1900 && value <= 2100 ? 0 : (uint32_t)value;
    const struct lexeme *word = number_word(finder, at, NUMBER_CARDINAL);
    if (!word || word->number <= 0 || word->number > 100000)
        return 0;
    uint32_t count = (uint32_t)word->number;
    if (count < 10 && at > finder->first) {     // "twenty-five"
        uint32_t tens = at - 1;
        if (is_mark(finder, tens, '-') && tens > finder->first)
            tens--;
        const struct lexeme *lexeme = number_word(finder, tens, NUMBER_CARDINAL);
        if (lexeme && lexeme->number >= 20 && lexeme->number < 100 && lexeme->number % 10 == 0) {
            *ret_first = unit_first(finder, tens);
            return count + (uint32_t)lexeme->number;
        }
    }
    return count;
}
