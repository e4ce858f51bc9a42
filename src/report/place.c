// SPDX-License-Identifier: MIT
// Evidence is kept as token ranges; readers want bytes and code points of the text as it was stored. Tokens point
// into the clean text, the document's offset map leads from there to the stored bytes, and code points are counted
// from the nearest checkpoint.
//
// Layout: points[i] is the number of code points that begin before byte i * PLACE_STEP. Building it is one pass over
// the text; each look-up counts fewer than PLACE_STEP bytes, so a report with many facts stays linear in its length.
//
// Invariants: begin <= end <= stored.len; both fall on the border of a code point.
#include "report/place.h"

#include <assert.h>
#include <stdlib.h>

#define PLACE_STEP 32u

static bool begins_code_point(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

enum status places_init(struct places *places, const struct document *document)
{
    size_t len = document->stored.len;
    uint32_t *points = malloc((len / PLACE_STEP + 1) * sizeof *points);
    if (!points)
        return STATUS_NO_MEMORY;
    uint32_t count = 0;
    size_t whole = len / PLACE_STEP;
    for (size_t step = 0; step < whole; step++) {
        const char *at = document->stored.at + step * PLACE_STEP;
        uint32_t here = 0;
        points[step] = count;
        for (size_t i = 0; i < PLACE_STEP; i++)     // a count known before: the compiler does it in one go
            here += begins_code_point(at[i]);
        count += here;
    }
    points[whole] = count;
    *places = (struct places){document, points};
    return STATUS_OK;
}

void places_finish(struct places *places)
{
    free(places->points);
    *places = (struct places){0};
}

static uint32_t points_before(const struct places *places, uint32_t offset)
{
    uint32_t count = places->points[offset / PLACE_STEP];
    for (uint32_t i = offset - offset % PLACE_STEP; i < offset; i++)
        count += begins_code_point(places->document->stored.at[i]);
    return count;
}

struct place place_of_text(const struct places *places, uint32_t begin, uint32_t end)
{
    const struct document *document = places->document;
    struct place place = {0};
    place.begin = offset_map_source(&document->map, begin, false);
    place.end = end > begin ? offset_map_source(&document->map, end, true) : place.begin;
    assert(place.begin <= place.end);
    assert(place.end <= document->stored.len);
    place.words = slice_make(document->stored.at + place.begin, place.end - place.begin);
    place.char_begin = points_before(places, place.begin);
    place.char_end = points_before(places, place.end);
    return place;
}

struct place place_of_tokens(const struct places *places, uint32_t first, uint32_t last)
{
    const struct document *document = places->document;
    if (first >= last)
        return (struct place){0};
    assert(last <= document->tokens.count);
    return place_of_text(places, document->tokens.at[first].begin, document->tokens.at[last - 1].end);
}
