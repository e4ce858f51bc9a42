// SPDX-License-Identifier: MIT
// The tables of sounds, ready for use. Private to the name room.
#ifndef KARAR_NAME_SOUNDS_H
#define KARAR_NAME_SOUNDS_H

#include "name/name.h"
#include "pack/sounds.h"

#define SOUNDS_LONGEST_RULE 6   // letters

struct name_sounds {
    uint8_t cost[SOUND_MAX][SOUND_MAX];  // by sound number; 0 is silence
    char key[SOUND_MAX];                 // in keys; SOUND_SILENT none
    uint8_t number[128];                 // of a sound's character; 0 unknown
    struct map letters;                  // letters that the rules name: they are not folded
    struct map rules;                    // letters, with ^ or $ → index from 1
    struct map words;                    // folded word → index from 1
    const struct sound_rule *rule;
    const struct sound_word *word;
};

#endif
