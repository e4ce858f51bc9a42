// SPDX-License-Identifier: MIT
// Properties and matching keys of code points: look-ups in the generated tables.
//
// A two-stage look-up costs two loads and no branch but the range check; ASCII letters, the most frequent input of char_fold, are
// answered without one. Which code point folds to what is decided in tools/gen_unicode.c, where the rules of each script stand with their
// reasons.
#include "unicode/char.h"

#include <assert.h>
#include <string.h>

#include "unicode/tables.h"

#define LAST_CODE_POINT 0x10FFFFu

static uint32_t property(uint32_t code_point)
{
    if (code_point > LAST_CODE_POINT) return 0;
    return property_stage2[(uint32_t)property_stage1[code_point >> BLOCK_SHIFT] << BLOCK_SHIFT | (code_point & BLOCK_MASK)];
}

enum char_class char_class(uint32_t code_point)
{
    return (enum char_class)PROPERTY_CLASS(property(code_point));
}

enum script char_script(uint32_t code_point)
{
    return (enum script)PROPERTY_SCRIPT(property(code_point));
}

bool char_is_upper(uint32_t code_point)
{
    return PROPERTY_UPPER(property(code_point));
}

int char_digit(uint32_t code_point)
{
    return PROPERTY_DIGIT(property(code_point));
}

int char_fold(uint32_t code_point, uint32_t out[3])
{
    out[0] = code_point;
    if (code_point - 'a' < 26) return 1;
    if (code_point > LAST_CODE_POINT) return 1;
    uint32_t block = (uint32_t)fold_stage1[code_point >> BLOCK_SHIFT] << BLOCK_SHIFT;
    uint32_t entry = fold_stage2[block | (code_point & BLOCK_MASK)];
    if (entry == 0) return 1;
    if (entry == 1) return 0;
    memcpy(out, fold_entries[entry], sizeof fold_entries[entry]);
    return 1 + (out[1] != 0) + (out[2] != 0);
}

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
