// SPDX-License-Identifier: MIT
// What letters of names sound like: packs/shared/sounds.tsv, likeness.tsv, name-words.tsv. The name room makes them ready for use.
#ifndef KARAR_PACK_SOUNDS_H
#define KARAR_PACK_SOUNDS_H

#include "pack/load.h"

// In likeness.tsv: against nothing. In sounds.tsv, before the sounds: ends the vowel that the letter before implies.
#define SOUND_SILENT '-'
#define SOUND_MAX 64u       // different sounds

struct sound_rule {
    struct slice letters;   // folded or as written
    struct slice sounds;    // one ASCII character each
    bool at_begin, at_end;  // holds only at a word's begin (^), only at its end ($)
    bool cancels;           // drops the implied vowel before it
};
struct sound_likeness {
    char a, b;              // b may be SOUND_SILENT
    uint8_t cost;           // 0–100
    char key;               // of `a` in keys of names, small if it may be missing, SOUND_SILENT none; where b is SOUND_SILENT
};
enum sound_word_class { SOUND_WORD_TITLE, SOUND_WORD_LIGHT, SOUND_WORD_COMMON, SOUND_WORD_INITIAL, SOUND_WORD_ALIAS };
struct sound_word {
    uint8_t word_class;     // enum sound_word_class
    struct slice word;      // folded, without full stops
    struct slice sounds;    // of INITIAL and ALIAS
};
struct sound_tables {
    VEC(struct sound_rule) rules;
    VEC(struct sound_likeness) likeness;
    VEC(struct sound_word) words;
};

// Reads the three tables; faults are appended.
void sound_tables_read(struct arena *arena, const pack_file_vec *files, struct sound_tables *ret_tables, pack_fault_vec *faults);

#endif
