// SPDX-License-Identifier: MIT
// ICU's data, empty: a table of contents without entries, as ICU's own build makes it to link against. It stands in a Python wheel in the
// place of 31 MB (tools/wheel.py says why nobody misses them).
//
// With it ICU finds no converter and no locale, and says so to who asks.
#include <stddef.h>
#include <unicode/udata.h>
#include <unicode/utypes.h>

// The head of a common data file, which ICU looks at before anything else, and behind it the number of entries.
struct contents {
    uint16_t head_size;
    uint8_t magic[2];
    UDataInfo info;
    char padding[16 - (4 + sizeof(UDataInfo)) % 16];
    uint32_t entries, reserved;
};

extern const struct contents U_ICUDATA_ENTRY_POINT;
const struct contents U_ICUDATA_ENTRY_POINT = {
    .head_size = offsetof(struct contents, entries),
    .magic = {0xDA, 0x27},
    .info = {sizeof(UDataInfo), 0, U_IS_BIG_ENDIAN, U_CHARSET_FAMILY, sizeof(UChar), 0, {'C', 'm', 'n', 'D'}, {1, 0, 0, 0}, {0, 0, 0, 0}},
};
