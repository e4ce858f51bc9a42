// SPDX-License-Identifier: MIT
// Two names, a line each. Promises: comparing is symmetrical, a name is itself, a key fits its room.
#include "fuzz.h"

#include <string.h>

#include "name/name.h"
#include "unicode/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct arena arena;
    static const struct name_sounds *sounds;
    struct error error;
    if (!sounds) {
        arena_init(&arena, NULL, (size_t)64 << 20);
        enum status caught = ARENA_CATCH(&arena);
        fuzz_check(!caught && name_sounds_embedded(&arena, &sounds, &error) == STATUS_OK);
    }
    char *first = fuzz_line(&bytes, &len), *second = fuzz_line(&bytes, &len), key[NAME_KEY_MAX];
    struct slice one = slice_from(first), other = slice_from(second);
    struct name a, b;
    if (utf8_valid_prefix(one) == one.len && utf8_valid_prefix(other) == other.len) {
        bool sounds_one = name_read(sounds, one, &a), sounds_other = name_read(sounds, other, &b);
        fuzz_check(name_key(sounds, &a, key) <= NAME_KEY_MAX && name_key(sounds, &b, key) <= NAME_KEY_MAX);
        if (sounds_one && sounds_other) {
            struct name_match there = name_compare(sounds, &a, &b), back = name_compare(sounds, &b, &a);
            fuzz_check(there.degree == back.degree && there.score == back.score && there.words == back.words);
            fuzz_check(a.full_count == 0 || name_compare(sounds, &a, &a).degree == NAME_SAME);
        }
    }
    free(first);
    free(second);
    return 0;
}
