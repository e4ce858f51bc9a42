// SPDX-License-Identifier: MIT
// Names across scripts: is "Awais Leghari" the same name as अवैस लेघारी, اویس لغاری, Авайс Легари?
//
// A name is read once (name_read) and may then be compared any number of times (name_compare: no allocation, about a microsecond, most
// pairs of different people far less) and looked up by its key (name_key). What letters sound like, and how near two sounds are, stands
// in packs/shared (sounds.tsv, likeness.tsv, name-words.tsv), not here.
#ifndef KARAR_NAME_NAME_H
#define KARAR_NAME_NAME_H

#include "pack/load.h"

// The tables of packs/shared made ready for use. Read-only: may be used by many threads at once.
struct name_sounds;
// From a world that is loaded already; lives in `arena`, borrows nothing.
const struct name_sounds *name_sounds_make(struct arena *arena, const struct world *world);
// From the tables inside the program, for those who have no world.
enum status name_sounds_embedded(struct arena *arena, const struct name_sounds **ret_sounds, struct error *reterr_error);

#define NAME_MAX_WORDS 10
#define NAME_MAX_SOUNDS 112
#define NAME_KEY_MAX 256   // bytes of a key: each sound twice at most, and blanks between the words

// A word of a name, as sounds. What is light (al, bin, von, Sheikh) may be there or not.
// A common one (Muhammad) may be left out, too, but does not stand against
// another word.
enum name_word_kind { NAME_WORD_FULL, NAME_WORD_LIGHT, NAME_WORD_COMMON, NAME_WORD_INITIAL };
struct name_word {
    uint8_t begin, len;     // in name.sounds
    uint8_t kind;           // enum name_word_kind
    uint16_t weight;        // what it costs to leave the whole word out
};
// A name, prepared. Holds no pointer: may be copied and kept anywhere.
struct name {
    uint8_t word_count, sound_count;
    uint8_t full_count;     // words of the kind FULL
    struct name_word words[NAME_MAX_WORDS];
    uint8_t sounds[NAME_MAX_SOUNDS];
};

// Prepares `text` (valid UTF-8, NFC; any script that sounds.tsv knows, also mixed). Titles go. False, and a name of no words, when nothing
// in it sounds. Words and sounds beyond the maximum are left out.
bool name_read(const struct name_sounds *sounds, struct slice text, struct name *ret_name);

enum name_degree {
    NAME_OTHER,     // names of different people
    NAME_PART,      // one word alone against a fuller name that has it: "Lavrov" and "Sergey Lavrov"
    NAME_SAME,      // the same name: every word of one is in the other
};
struct name_match {
    uint8_t degree;     // enum name_degree
    uint8_t words;      // full words that agree; 1 with NAME_SAME: both are a single word ("Lavrov" and "Лавров")
    uint16_t score;     // 0–1000, the higher the nearer; NAME_SAME at least NAME_SCORE_SAME, NAME_PART at least NAME_SCORE_PART and below
                        // NAME_SCORE_SAME, NAME_OTHER below that
};
#define NAME_SCORE_SAME 700
#define NAME_SCORE_PART 400
// Symmetric; does not allocate. bench/results.md says how often it errs.
struct name_match name_compare(const struct name_sounds *sounds, const struct name *a, const struct name *b);

// The key of a name, for an index: for each full word its consonants by groups of sounds that scripts confuse ("LKR"), sorted, a blank
// between words, each once. Two writings of a name nearly always share at least one word of their keys (bench/results.md: how often).
// Upper-case ASCII and '0' for a word without firm consonants; no NUL. Returns its length.
size_t name_key(const struct name_sounds *sounds, const struct name *name, char out[NAME_KEY_MAX]);

#endif
