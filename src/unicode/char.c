// SPDX-License-Identifier: MIT
// Names of scripts. The properties and matching keys of code points are inline in the header: a two-stage look-up costs two loads and no
// branch. Which code point has which property, and folds to what, is decided in tools/gen_unicode.c, where the rules of each script stand
// with their reasons.
#include "unicode/char.h"

enum script script_from_name(const char *name, int len)
{
    static const struct {
        char name[5];
        enum script script;
    } scripts[] = {
        {"Zyyy", SCRIPT_COMMON}, {"Latn", SCRIPT_LATIN}, {"Cyrl", SCRIPT_CYRILLIC}, {"Deva", SCRIPT_DEVANAGARI}, {"Arab", SCRIPT_ARABIC},
    };
    for (size_t i = 0; len == 4 && i < sizeof scripts / sizeof *scripts; i++) {
        if (memcmp(scripts[i].name, name, 4) == 0) return scripts[i].script;
    }
    return SCRIPT_OTHER;
}
