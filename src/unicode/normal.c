// SPDX-License-Identifier: MIT
// NFC (Unicode Standard Annex 15) with a map back to the source.
//
// The quick path decides exactly whether text is NFC, so that nearly every text is returned as it came. It skips ASCII by the word and asks
// one bitmap, by block of 64 code points, whether a code point is ACTIVE: it has a combining class, may compose with what is before it, or
// never stands in NFC. All others are boundaries: nothing composes or reorders across their left edge. An active code point makes its
// cluster, from one boundary to the next, suspect if
//   1. its quick check is NO; or
//   2. its combining class is lower than that of the mark before it (wrong order); or
//   3. it is MAYBE and does compose with the last starter, and no mark between them blocks it; or
//   4. it is MAYBE and the last starter is a composite, inside which it may find its place (a-ring + dot below = a + dot below + ring).
//
// The slow path takes suspect clusters alone: decomposed, sorted, composed. Where that changes nothing (possible with 4) the cluster counts
// as copied. Segments of the map alternate between copied and changed; a last one at the end of the text closes it, so that every end has
// a source offset.
#include "unicode/normal.h"

#include <assert.h>
#include <string.h>

#include "unicode/tables.h"
#include "unicode/utf8.h"

enum {
    HANGUL_FIRST = 0xAC00, HANGUL_LAST = 0xD7A3,
    LEADING = 0x1100, VOWEL = 0x1161, TRAILING = 0x11A7,  // TRAILING itself is no jamo: 0 means none
    LEADING_COUNT = 19, VOWEL_COUNT = 21, TRAILING_COUNT = 28,
};

static uint32_t property(uint32_t code_point)
{
    return property_stage2[(uint32_t)property_stage1[code_point >> BLOCK_SHIFT] << BLOCK_SHIFT | (code_point & BLOCK_MASK)];
}

static bool is_active(uint32_t code_point)
{
    return active_stage2[active_stage1[code_point >> BLOCK_SHIFT]] >> (code_point & BLOCK_MASK) & 1;
}

// What two code points compose to, 0 if they do not.
static uint32_t compose(uint32_t first, uint32_t second)
{
    if (first - LEADING < LEADING_COUNT && second - VOWEL < VOWEL_COUNT)
        return HANGUL_FIRST + ((first - LEADING) * VOWEL_COUNT + (second - VOWEL)) * TRAILING_COUNT;
    if (first - HANGUL_FIRST <= HANGUL_LAST - HANGUL_FIRST && (first - HANGUL_FIRST) % TRAILING_COUNT == 0 &&
        second - TRAILING - 1 < TRAILING_COUNT - 1)
        return first + (second - TRAILING);

    uint64_t pair = (uint64_t)first << 32 | second;
    uint32_t low = 0, high = composition_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (compositions[middle].pair < pair) low = middle + 1;
        else high = middle;
    }
    return low < composition_count && compositions[low].pair == pair ? compositions[low].composed : 0;
}

// Behind the ASCII at `at`: sixteen bytes, or one.
static size_t skip_ascii(struct slice text, size_t at)
{
    uint64_t words[2];
    if (at + sizeof words > text.len)
        return at + 1;
    memcpy(words, text.at + at, sizeof words);
    return at + ((words[0] | words[1]) & UINT64_C(0x8080808080808080) ? 1 : sizeof words);
}

// Offset of the next active code point from `at` on, or the length. *ret_starter is the offset of the code point before it, or the length.
// The lead bytes of a sequence number a code point's block of 64, and its last byte the place in it.
static size_t next_active(struct slice text, size_t at, size_t *ret_starter)
{
    static_assert(BLOCK_SHIFT == 6, "as many bits as a byte of a sequence carries");
    const unsigned char *bytes = (const unsigned char *)text.at;
    size_t starter = text.len, next;
    for (; at < text.len; at = next) {
        uint32_t block = bytes[at];
        if (block < 0x80) {
            next = skip_ascii(text, at);
            starter = next - 1;
            continue;
        }
        if (block < 0xE0) {
            next = at + 2;
            block &= 0x1F;
        } else {
            next = at;
            block = utf8_next(text.at, &next) >> BLOCK_SHIFT;
        }
        if (active_stage2[active_stage1[block]] >> (bytes[next - 1] & BLOCK_MASK) & 1) break;
        starter = at;
    }
    *ret_starter = starter;
    return at;
}

// The canonical decomposition, NULL if there is none or it is a Hangul syllable.
static const struct decomposition *find_decomposition(uint32_t code_point)
{
    uint32_t low = 0, high = decomposition_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (decompositions[middle].code_point < code_point) low = middle + 1;
        else high = middle;
    }
    bool found = low < decomposition_count && decompositions[low].code_point == code_point;
    return found ? &decompositions[low] : NULL;
}

// Whether the run of active code points at *at, behind the starter (its offset, or text.len for none), is suspect. *at moves behind it.
static bool run_is_suspect(struct slice text, size_t starter_offset, size_t *at)
{
    bool has_starter = starter_offset < text.len, suspect = false;
    uint32_t starter = has_starter ? utf8_next(text.at, &starter_offset) : 0, last_class = 0;
    while (*at < text.len) {
        size_t next = *at;
        uint32_t code_point = utf8_next(text.at, &next);
        if (!is_active(code_point)) break;
        *at = next;
        uint32_t word = property(code_point), class = PROPERTY_COMBINING(word), quick = PROPERTY_QUICK(word);
        if (quick == QUICK_NO || (class && class < last_class)) suspect = true;  // 1, 2
        if (quick == QUICK_MAYBE && has_starter) {
            bool blocked = last_class && last_class >= class;
            if ((!blocked && compose(starter, code_point)) || find_decomposition(starter)) suspect = true;  // 3, 4
        }
        if (class == 0) starter = code_point, has_starter = true;
        last_class = class;
    }
    return suspect;
}

// Finds the next suspect cluster: half-open, from its starter to the next boundary. False if there is none.
static bool next_suspect(struct slice text, size_t at, size_t *ret_start, size_t *ret_end)
{
    while (at < text.len) {
        size_t starter;
        size_t active = next_active(text, at, &starter);
        if (active == text.len) return false;
        at = active;
        if (!run_is_suspect(text, starter, &at)) continue;
        *ret_start = starter < text.len ? starter : active;
        *ret_end = at;
        return true;
    }
    return false;
}

typedef VEC(uint32_t) code_points;

static void push_decomposed(struct arena *arena, code_points *out, uint32_t code_point)
{
    if (code_point - HANGUL_FIRST <= HANGUL_LAST - HANGUL_FIRST) {
        uint32_t index = code_point - HANGUL_FIRST, trailing = index % TRAILING_COUNT;
        vec_push(arena, out, LEADING + index / (VOWEL_COUNT * TRAILING_COUNT));
        vec_push(arena, out, VOWEL + index / TRAILING_COUNT % VOWEL_COUNT);
        if (trailing) vec_push(arena, out, TRAILING + trailing);
        return;
    }
    const struct decomposition *found = find_decomposition(code_point);
    if (!found) {
        vec_push(arena, out, code_point);
        return;
    }
    for (uint32_t i = 0; i < found->len; i++) vec_push(arena, out, decomposed[found->start + i]);
}

static uint32_t combining_class(uint32_t code_point)
{
    return PROPERTY_COMBINING(property(code_point));
}

// Sorts a run of marks by combining class, stably. Counting, as a hostile text may hold a run of any length.
static void sort_long_run(struct arena *arena, uint32_t *run, uint32_t count)
{
    uint32_t starts[257] = {0};
    for (uint32_t i = 0; i < count; i++) starts[combining_class(run[i]) + 1]++;
    for (uint32_t class = 1; class < 257; class++) starts[class] += starts[class - 1];
    uint32_t *sorted = ARENA_ARRAY(arena, uint32_t, count);
    for (uint32_t i = 0; i < count; i++) sorted[starts[combining_class(run[i])]++] = run[i];
    memcpy(run, sorted, count * sizeof *run);
}

static void sort_run(struct arena *arena, uint32_t *run, uint32_t count)
{
    if (count > 32) {
        sort_long_run(arena, run, count);
        return;
    }
    for (uint32_t i = 1; i < count; i++) {
        uint32_t mark = run[i], j = i;
        for (; j > 0 && combining_class(run[j - 1]) > combining_class(mark); j--) run[j] = run[j - 1];
        run[j] = mark;
    }
}

static void sort_marks(struct arena *arena, code_points *cluster)
{
    for (uint32_t i = 0; i < cluster->count;) {
        uint32_t start = i;
        while (i < cluster->count && combining_class(cluster->at[i])) i++;
        if (i - start > 1) sort_run(arena, cluster->at + start, i - start);
        if (i == start) i++;
    }
}

// Composes in place.
static void compose_cluster(code_points *cluster)
{
    uint32_t kept = 0, starter = UINT32_MAX, last_class = 0;
    for (uint32_t i = 0; i < cluster->count; i++) {
        uint32_t code_point = cluster->at[i], class = combining_class(code_point), composed = 0;
        bool adjacent = starter != UINT32_MAX && kept == starter + 1;
        bool blocked = !adjacent && last_class >= class;
        if (starter != UINT32_MAX && !blocked) composed = compose(cluster->at[starter], code_point);
        if (composed) {
            cluster->at[starter] = composed;
            continue;
        }
        if (class == 0) starter = kept;
        last_class = class;
        cluster->at[kept++] = code_point;
    }
    cluster->count = kept;
}

// Text under construction: `used` bytes of `room`, and the map that grows with it.
struct output {
    struct arena *arena;
    char *at;
    size_t used, room;
    struct offset_map *map;
};

static void reserve(struct output *out, size_t more)
{
    if (more <= out->room - out->used) return;
    size_t room = out->room + out->room / 2 + more;
    char *grown = arena_alloc(out->arena, room);
    memcpy(grown, out->at, out->used);
    out->at = grown;
    out->room = room;
}

static void add_segment(struct output *out, size_t source, bool same)
{
    if (out->used > UINT32_MAX || source > UINT32_MAX) arena_fail(out->arena, STATUS_LIMIT);
    struct offset_segment segment = {(uint32_t)out->used, (uint32_t)source, same};
    vec_push(out->arena, &out->map->segments, segment);
}

static void copy_source(struct output *out, struct slice source, size_t start, size_t end)
{
    if (start == end) return;
    add_segment(out, start, true);
    reserve(out, end - start);
    memcpy(out->at + out->used, source.at + start, end - start);
    out->used += end - start;
}

static void add_cluster(struct output *out, const code_points *cluster, size_t source)
{
    add_segment(out, source, false);
    reserve(out, (size_t)cluster->count * 4);
    for (uint32_t i = 0; i < cluster->count; i++) out->used += (size_t)utf8_put(cluster->at[i], out->at + out->used);
}

// Normalises source[start, end) into `cluster`; false if that changes nothing.
static bool normal_cluster(struct arena *arena, struct slice source, size_t start, size_t end, code_points *cluster)
{
    cluster->count = 0;
    for (size_t i = start; i < end;) push_decomposed(arena, cluster, utf8_next(source.at, &i));
    sort_marks(arena, cluster);
    compose_cluster(cluster);

    uint32_t same = 0;
    size_t i = start;
    while (i < end && same < cluster->count && utf8_next(source.at, &i) == cluster->at[same]) same++;
    return i < end || same < cluster->count;
}

static uint32_t hex_value(char digit)
{
    if (digit >= '0' && digit <= '9') return (uint32_t)(digit - '0');
    if (digit >= 'a' && digit <= 'f') return (uint32_t)(digit - 'a' + 10);
    return digit >= 'A' && digit <= 'F' ? (uint32_t)(digit - 'A' + 10) : UINT32_MAX;
}

// The letter that an escape at `at` stands for ("\xE1", "\u00E1"), 0 if there is none. Only letters of Latin beyond ASCII, before ASCII or
// the end: they are NFC, and nothing composes with them.
static uint32_t escaped_letter(struct slice text, size_t at, size_t *ret_end)
{
    size_t digits = at + 1 < text.len && text.at[at + 1] == 'x' ? 2 : 4, end = at + 2 + digits;
    uint32_t letter = 0;
    if (end > text.len || (digits == 4 && text.at[at + 1] != 'u')) return 0;
    for (size_t i = at + 2; i < end; i++) {
        uint32_t value = hex_value(text.at[i]);
        if (value == UINT32_MAX) return 0;
        letter = letter << 4 | value;
    }
    *ret_end = end;
    bool latin = letter >= 0xC0 && letter < 0x250 && letter != 0xD7 && letter != 0xF7;
    return latin && (end == text.len || (unsigned char)text.at[end] < 0x80) ? letter : 0;
}

// The next escape of a letter from `at` on; text.len if there is none.
static size_t next_escape(struct slice text, size_t at, size_t *ret_end)
{
    while (at < text.len) {
        const char *found = memchr(text.at + at, '\\', text.len - at);
        if (!found) break;
        at = (size_t)(found - text.at);
        if (escaped_letter(text, at, ret_end)) return at;
        at++;
    }
    return text.len;
}

// Puts what stands for source[start, end) into the output, behind what is copied from `done` on.
static void change(struct output *out, struct slice source, size_t done, size_t start, const code_points *cluster)
{
    if (!out->at) {
        out->room = source.len + source.len / 8 + 64;
        out->at = arena_alloc(out->arena, out->room);
    }
    copy_source(out, source, done, start);
    add_cluster(out, cluster, start);
}

static void normalise(struct arena *arena, struct slice source, bool escapes, struct slice *ret_text, struct offset_map *ret_map)
{
    *ret_map = (struct offset_map){0};
    *ret_text = source;
    struct output out = {.arena = arena, .map = ret_map};
    code_points cluster = {0};
    size_t start = 0, end = 0, done = 0, escape_end = 0;  // source[0, done) is in the output
    size_t escape = escapes ? next_escape(source, 0, &escape_end) : source.len;
    bool suspect = next_suspect(source, 0, &start, &end);
    while (suspect || escape < source.len) {
        if (!suspect || escape < start) {
            cluster.count = 0;
            vec_push(arena, &cluster, escaped_letter(source, escape, &escape_end));
            change(&out, source, done, escape, &cluster);
            done = escape_end;
            escape = next_escape(source, done, &escape_end);
            continue;
        }
        if (normal_cluster(arena, source, start, end, &cluster)) {
            change(&out, source, done, start, &cluster);
            done = end;
        }
        suspect = next_suspect(source, end, &start, &end);
    }
    if (!out.at) return;
    copy_source(&out, source, done, source.len);
    add_segment(&out, source.len, true);
    *ret_text = slice_make(out.at, out.used);
}

void normal_nfc(struct arena *arena, struct slice source, struct slice *ret_text, struct offset_map *ret_map)
{
    normalise(arena, source, false, ret_text, ret_map);
}

void normal_unescaped(struct arena *arena, struct slice source, struct slice *ret_text, struct offset_map *ret_map)
{
    normalise(arena, source, true, ret_text, ret_map);
}

uint32_t offset_map_source(const struct offset_map *map, uint32_t text_offset, bool end)
{
    if (map->segments.count == 0) return text_offset;
    uint32_t low = 0, high = map->segments.count;  // the last segment that begins at or before the offset
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (map->segments.at[middle].text <= text_offset) low = middle;
        else high = middle;
    }
    const struct offset_segment *segment = &map->segments.at[low];
    assert(segment->text <= text_offset);
    if (segment->same) return segment->source + (text_offset - segment->text);
    if (!end || text_offset == segment->text) return segment->source;
    assert(low + 1 < map->segments.count);
    return segment[1].source;
}
