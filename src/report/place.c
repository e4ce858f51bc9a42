// SPDX-License-Identifier: MIT
// Evidence is kept as token ranges; readers want bytes and code points of the text as it was stored. Tokens point
// into the clean text, the document's offset map leads from there to the stored bytes, and code points are counted
// from the nearest checkpoint.
//
// In a text that is all ASCII the two are the same, and nothing is counted.
//
// Layout: points[i] is the number of code points that begin before byte i * PLACE_STEP. Building it is one pass over
// the text; each look-up counts fewer than PLACE_STEP bytes, so a report with many facts stays linear in its length.
//
// Invariants: begin <= end <= stored.len; both fall on the border of a code point.
#include "report/place.h"

#include <assert.h>

#define PLACE_STEP 32u

// Bytes of the word that begin no code point.
static inline uint32_t inner_bytes(uint64_t word)
{
    return bytes_count(word & ~word << 1 & BYTES_OF(0x80));  // the top bit set, the one below it not
}

static bool is_ascii(struct slice text)
{
    uint64_t seen = 0;
    size_t i = 0;
    for (; i + 8 <= text.len; i += 8)
        seen |= bytes_load(text.at + i);
    return ((seen | bytes_load_short(text.at + i, text.len - i)) & BYTES_OF(0x80)) == 0;
}

static size_t points_size(const struct document *document)
{
    return (document->stored.len / PLACE_STEP + 1) * sizeof(uint32_t);
}

enum status places_init(struct places *places, const struct document *document)
{
    size_t len = document->stored.len;
    *places = (struct places){document, NULL};
    if (is_ascii(document->stored))
        return STATUS_OK;
    const struct allocator *allocator = &document->arena->allocator;
    uint32_t *points = allocator->resize(allocator->user, NULL, 0, points_size(document));
    if (!points)
        return STATUS_NO_MEMORY;
    uint32_t count = 0;
    size_t whole = len / PLACE_STEP;
    for (size_t step = 0; step < whole; step++) {
        const char *at = document->stored.at + step * PLACE_STEP;
        points[step] = count;
        count += PLACE_STEP;
        for (size_t i = 0; i < PLACE_STEP; i += 8)
            count -= inner_bytes(bytes_load(at + i));
    }
    points[whole] = count;
    places->points = points;
    return STATUS_OK;
}

void places_finish(struct places *places)
{
    if (places->points) {
        const struct allocator *allocator = &places->document->arena->allocator;
        allocator->resize(allocator->user, places->points, points_size(places->document), 0);
    }
    *places = (struct places){0};
}

static uint32_t points_before(const struct places *places, uint32_t offset)
{
    if (!places->points)
        return offset;
    uint32_t count = places->points[offset / PLACE_STEP] + offset % PLACE_STEP, i = offset - offset % PLACE_STEP;
    for (; i + 8 <= offset; i += 8)
        count -= inner_bytes(bytes_load(places->document->stored.at + i));
    return count - inner_bytes(bytes_load_short(places->document->stored.at + i, offset - i));
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
