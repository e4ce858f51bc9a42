// SPDX-License-Identifier: MIT
// NFC with a map back to the bytes it came from.
#ifndef KARAR_UNICODE_NORMAL_H
#define KARAR_UNICODE_NORMAL_H

#include "base/arena.h"
#include "base/vec.h"

// Offsets in `text` map to offsets in the source: segments ascending by `text`; within a segment both run byte by byte
// when `same` is set, else the whole segment maps to the segment's source range (a composed cluster).
struct offset_segment {
    uint32_t text, source;
    uint32_t same;
};
struct offset_map {
    VEC(struct offset_segment) segments;  // none: identity
};

// `source` is valid UTF-8. *ret_text is `source` itself when it is NFC already (then the map stays empty), else arena memory.
void normal_nfc(struct arena *arena, struct slice source, struct slice *ret_text, struct offset_map *ret_map);
// The same, and letters that a page's maker left escaped ("Fern\xE1ndez") stand as themselves.
void normal_unescaped(struct arena *arena, struct slice source, struct slice *ret_text, struct offset_map *ret_map);
// Source offset of a text offset. `end` true: the offset ends a span (rounds up to the end of its segment), else it rounds down.
uint32_t offset_map_source(const struct offset_map *map, uint32_t text_offset, bool end);

#endif
