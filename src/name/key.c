// SPDX-License-Identifier: MIT
// The key of a name: its full words as strings of consonants, by groups that scripts and spellings confuse.
//
// A sound that one script writes and another leaves out (vowels, h, w) is in no key; likeness.tsv says which letter stands for which
// sound. Words are sorted so that the order of a name does not matter to one who compares whole keys.
#include "name/sounds.h"

#define WORD_KEY_MAX 44

struct word_key {
    char text[WORD_KEY_MAX];
    uint8_t len;
};

static struct word_key key_of(const struct name_sounds *sounds, const struct name *name, const struct name_word *word)
{
    struct word_key key = {.len = 0};
    for (uint8_t i = 0; i < word->len && key.len < WORD_KEY_MAX; i++) {
        char letter = sounds->key[name->sounds[word->begin + i]];
        if (letter != SOUND_SILENT && (key.len == 0 || key.text[key.len - 1] != letter))
            key.text[key.len++] = letter;
    }
    if (key.len == 0)
        key.text[key.len++] = '0';
    return key;
}

static struct slice key_slice(const struct word_key *key)
{
    return slice_make(key->text, key->len);
}

size_t name_key(const struct name_sounds *sounds, const struct name *name, char out[NAME_KEY_MAX])
{
    struct word_key keys[NAME_MAX_WORDS];
    int count = 0;
    size_t len = 0;
    for (uint8_t i = 0; i < name->word_count; i++) {
        if (name->words[i].kind != NAME_WORD_FULL)
            continue;
        struct word_key key = key_of(sounds, name, &name->words[i]);
        int at = count;
        while (at > 0 && slice_compare(key_slice(&key), key_slice(&keys[at - 1])) < 0)
            at--;
        if (at > 0 && slice_eq(key_slice(&key), key_slice(&keys[at - 1])))
            continue;
        memmove(&keys[at + 1], &keys[at], (size_t)(count - at) * sizeof *keys);
        keys[at] = key;
        count++;
    }
    for (int i = 0; i < count && len + keys[i].len + 1 <= NAME_KEY_MAX; i++) {
        if (i > 0)
            out[len++] = ' ';
        memcpy(out + len, keys[i].text, keys[i].len);
        len += keys[i].len;
    }
    return len;
}
