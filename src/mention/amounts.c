// SPDX-License-Identifier: MIT
// Amounts: sums of money and quantities, as a number with its unit.
//
// The number is digits with the pack's marks for groups and decimals, or number words; multipliers follow it ("25 thousand crore"). The
// unit stands before it ("$355 million", "EUR 13.5 million", "Rs 500 crore") or behind it. A number without a unit is no amount, and so is
// the ordinal or the day of a date.
#include "mention/finder.h"

#define MULTIPLIERS_MAX 3

struct amount {
    double value;
    uint32_t first, last, lexeme;   // lexeme: the unit
};

static const struct span *unit_span(const struct finder *f, uint32_t at)
{
    return at >= f->first && at < f->last && (f->kinds[at] & KIND(UNIT)) ? span_at(f, at, LEXICON_UNIT) : NULL;
}

static const struct lexeme *number_lexeme(const struct finder *f, uint32_t at, uint8_t type)
{
    for (uint32_t i = kinds_at(f, at) & KIND(NUMBER) ? f->covering[at] : SPAN_NONE; i < f->span_count; i++) {
        const struct lexeme *lexeme = &f->pack->lexemes.at[f->spans[i].lexeme];
        if (f->spans[i].first != f->spans[f->covering[at]].first)
            return NULL;
        if (lexeme->kind == LEXICON_NUMBER && lexeme->attribute == type)
            return lexeme;
    }
    return NULL;
}

// "1,200.5", "10,00,000", "1.200,5": the value of a token of figures; false if its marks make no number of it.
static bool read_figures(struct slice fold, bool comma_decimal, double *ret_value)
{
    char decimal = comma_decimal ? ',' : '.', group = comma_decimal ? '.' : ',';
    double value = 0, scale = 0;
    uint32_t digits = 0, since_mark = 0;
    for (size_t i = 0; i < fold.len; i++) {
        char c = fold.at[i];
        if (c >= '0' && c <= '9') {
            digits++;
            since_mark++;
            scale *= 10;
            value = value * 10 + (c - '0');
        } else if (scale == 0 && c == decimal && digits) {
            scale = 1;
        } else if (scale == 0 && c == group && digits) {
            // where the marks of both customs are met with, one before fewer than two digits or more than three parts no group
            if (fold.len - i - 1 < 3)
                scale = 1;
        } else {
            return false;
        }
        if (c == decimal || c == group)
            since_mark = 0;
    }
    *ret_value = scale > 1 ? value / scale : value;
    return digits > 0 && digits <= 15 && since_mark > 0;
}

// Figures, over groups that blanks part ("10 000"); 0 if none begin at `at`.
static uint32_t read_digits(const struct finder *f, uint32_t at, double *ret_value)
{
    bool comma = f->pack->config.decimal_comma;
    if (f->tokens[at].kind != TOKEN_NUMBER || !read_figures(document_fold(f->document, at), comma, ret_value))
        return 0;
    uint32_t last = at + 1;
    for (double group; comma && last < f->last && f->tokens[last].kind == TOKEN_NUMBER && f->tokens[last].fold_len == 3; last++) {
        if (*ret_value >= 1e12 || !read_figures(document_fold(f->document, last), comma, &group))
            break;
        *ret_value = *ret_value * 1000 + group;
    }
    return last;
}

// "Two", "twenty-five"; 0 if none begins at `at`.
static uint32_t read_words(const struct finder *f, uint32_t at, double *ret_value)
{
    const struct lexeme *word = number_lexeme(f, at, NUMBER_CARDINAL);
    if (!word || word->number <= 0 || unit_first(f, at) != at)
        return 0;
    uint32_t last = unit_last(f, at), ones = last + is_mark(f, last, '-');
    *ret_value = (double)word->number;
    const struct lexeme *one = word->number >= 20 && word->number % 10 == 0 ? number_lexeme(f, ones, NUMBER_CARDINAL) : NULL;
    if (!one || one->number <= 0 || one->number >= 10)
        return last;
    *ret_value += (double)one->number;
    return unit_last(f, ones);
}

static uint32_t read_multipliers(const struct finder *f, uint32_t last, double *value)
{
    for (int n = 0; n < MULTIPLIERS_MAX && last < f->last; n++) {
        const struct lexeme *multiplier = number_lexeme(f, last, NUMBER_MULTIPLIER);
        bool joined = !has_space_before(f, last) || f->tokens[last].fold_len > 1;   // "5m", but not "5 m"
        if (!multiplier || !joined)
            break;
        *value *= (double)multiplier->number;
        last = unit_last(f, last);
    }
    return last;
}

// The unit behind the number, over a hyphen ("60-megawatt"), or before it.
static bool take_unit(const struct finder *f, struct amount *a)
{
    uint32_t behind = a->last + (is_joint(f, a->last) ? 1 : 0);
    const struct span *unit = unit_span(f, behind);
    if (unit && unit->first == behind) {
        a->last = unit->last;
    } else {
        unit = a->first > f->first ? unit_span(f, a->first - 1) : NULL;
        if (!unit || unit->last != a->first || f->pack->lexemes.at[unit->lexeme].attribute != UNIT_CURRENCY)
            return false;
        a->first = unit->first;
    }
    a->lexeme = unit->lexeme;
    return true;
}

void amounts_find(struct finder *f)
{
    if (!(f->here & KIND(UNIT)))
        return;
    for (uint32_t at = f->first; at < f->last; at++) {
        struct amount a = {.first = at};
        bool number = f->tokens[at].kind == TOKEN_NUMBER || (f->kinds[at] & KIND(NUMBER));
        if (!number || (f->taken[at] & (TAKEN_DATE | TAKEN_NAME)))
            continue;
        a.last = read_digits(f, at, &a.value);
        if (!a.last)
            a.last = read_words(f, at, &a.value);
        if (!a.last)
            continue;
        a.last = read_multipliers(f, a.last, &a.value);
        if (!take_unit(f, &a))
            continue;
        struct mention *m = finder_add(f, MENTION_AMOUNT, a.first, a.last);
        m->lexeme = a.lexeme;
        m->value = a.value;
        at = a.last - 1;
    }
}
