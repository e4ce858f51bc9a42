// SPDX-License-Identifier: MIT
// Bytes in any encoding: the first line is what is declared. Promise: what comes out is UTF-8.
#include "fuzz.h"

#include "door/encoding.h"
#include "unicode/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    char *declared = fuzz_line(&bytes, &len);
    struct arena arena;
    struct error error = {0};
    arena_init(&arena, NULL, (size_t)64 << 20);
    enum status caught = ARENA_CATCH(&arena);
    if (!caught) {
        struct slice text, name, all = {(const char *)bytes, len};
        encoding_of_page(all);
        if (encoding_to_utf8(&arena, all, slice_from(declared), &text, &name, &error) == STATUS_OK)
            fuzz_check(utf8_valid_prefix(text) == text.len && name.len);
        else
            fuzz_check(error.text[0]);
    }
    arena_finish(&arena);
    free(declared);
    return 0;
}
