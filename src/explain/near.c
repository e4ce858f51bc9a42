// SPDX-License-Identifier: MIT
// Words of a pack that are written nearly like a word that it does not know: another spelling, another ending, a slip.
//
// The distance is the number of letters put in, left out or changed, counted over code points of the folded words; one is let pass in
// words of four letters and more, two in words of eight and more. Only words that are a form by themselves are shown, for only these have
// a row of their own to mend.
#include "explain/explain.h"

#include "unicode/utf8.h"

enum { NEAR_SHOWN = 3, NEAR_POINTS = 40, NEAR_SHORT = 4, NEAR_LONG = 8 };

struct points {
    uint32_t at[NEAR_POINTS];
    uint32_t count;
};

static bool read_points(struct slice word, struct points *points)
{
    points->count = 0;
    for (size_t at = 0; at < word.len;) {
        if (points->count == NEAR_POINTS)
            return false;
        points->at[points->count++] = utf8_next(word.at, &at);
    }
    return true;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

// Letters by which the two differ, or any number above `most`.
static uint32_t distance(const struct points *a, const struct points *b, uint32_t most)
{
    uint32_t row[NEAR_POINTS + 1];
    uint32_t longer = a->count > b->count ? a->count : b->count, shorter = least(a->count, b->count);
    if (longer - shorter > most)
        return most + 1;
    for (uint32_t j = 0; j <= b->count; j++)
        row[j] = j;
    for (uint32_t i = 1; i <= a->count; i++) {
        uint32_t corner = row[0], nearest = row[0] = i;
        for (uint32_t j = 1; j <= b->count; j++) {
            uint32_t changed = corner + (a->at[i - 1] != b->at[j - 1]);
            corner = row[j];
            row[j] = least(changed, least(row[j], row[j - 1]) + 1);
            nearest = least(nearest, row[j]);
        }
        if (nearest > most)
            return most + 1;
    }
    return row[b->count];
}

struct near_word {
    struct slice word;
    uint32_t distance;
    const struct lexeme *lexeme;
};

// The nearest first; words at one distance in the order of their bytes, so that the answer is always the same.
static bool is_nearer(const struct near_word *a, const struct near_word *b)
{
    if (a->distance != b->distance)
        return a->distance < b->distance;
    return slice_compare(a->word, b->word) < 0;
}

static void keep(struct near_word *found, uint32_t *count, struct near_word fresh)
{
    uint32_t at = *count < NEAR_SHOWN ? (*count)++ : NEAR_SHOWN;
    while (at > 0 && is_nearer(&fresh, &found[at - 1])) {
        if (at < NEAR_SHOWN)
            found[at] = found[at - 1];
        at--;
    }
    if (at < NEAR_SHOWN)
        found[at] = fresh;
}

void explain_near(struct buf *out, const struct pack *pack, struct slice fold)
{
    struct near_word found[NEAR_SHOWN];
    struct points wanted, points;
    uint32_t count = 0, at = 0, id;
    struct slice word;
    if (!read_points(fold, &wanted) || wanted.count < NEAR_SHORT)
        return;
    uint32_t most = wanted.count < NEAR_LONG ? 1 : 2;
    while (words_next(&pack->words, &at, &word, &id)) {
        uint32_t node = 0, forms = 0;
        if (!read_points(word, &points) || points.count < NEAR_SHORT)
            continue;
        uint32_t apart = distance(&wanted, &points, most);
        if (apart == 0 || apart > most || !pack_step(pack, &node, id))
            continue;
        const struct pack_form *form = pack_forms(pack, node, &forms);
        if (forms)
            keep(found, &count, (struct near_word){word, apart, &pack->lexemes.at[form->lexeme]});
    }
    for (uint32_t i = 0; i < count; i++) {
        buf_add_text(out, i ? ", " : "    written nearly so: ");
        explain_text(out, found[i].word);
        buf_add_char(out, ' ');
        explain_source(out, pack, found[i].lexeme->file, found[i].lexeme->line);
    }
    if (count)
        buf_add_char(out, '\n');
}
