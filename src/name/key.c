// SPDX-License-Identifier: MIT
// The key of a name: its full words as strings of consonants, by groups that scripts and spellings confuse.
//
// A sound that one script writes and another leaves out (vowels, h, w) is in no key; likeness.tsv says which letter stands for which
// sound. A sound that is there only in some writings (an article grown on, a case ending) gives the word two keys. Words are sorted so
// that the order of a name does not matter to one who compares whole keys.
#include "name/sounds.h"

#define WORD_KEY_MAX 44

struct word_key {
    char text[WORD_KEY_MAX];
    uint8_t len;
};

static struct word_key key_of(const struct name_sounds *sounds, const struct name *name, const struct name_word *word, bool with_optional,
                              bool *ret_optional)
{
    struct word_key key = {.len = 0};
    for (uint8_t i = 0; i < word->len && key.len < WORD_KEY_MAX; i++) {
        char letter = sounds->key[name->sounds[word->begin + i]];
        if (letter >= 'a' && letter <= 'z') {
            *ret_optional = true;
            letter = (char)(with_optional ? letter - 'a' + 'A' : SOUND_SILENT);
        }
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

struct key_list {
    struct word_key at[2 * NAME_MAX_WORDS];
    int count;
};

// Keeps the list sorted, each key once.
static void add_key(struct key_list *keys, struct word_key key)
{
    int at = keys->count;
    while (at > 0 && slice_compare(key_slice(&key), key_slice(&keys->at[at - 1])) < 0)
        at--;
    if (at > 0 && slice_eq(key_slice(&key), key_slice(&keys->at[at - 1])))
        return;
    memmove(&keys->at[at + 1], &keys->at[at], (size_t)(keys->count - at) * sizeof *keys->at);
    keys->at[at] = key;
    keys->count++;
}

size_t name_key(const struct name_sounds *sounds, const struct name *name, char out[NAME_KEY_MAX])
{
    struct key_list keys = {.count = 0};
    size_t len = 0;
    for (uint8_t i = 0; i < name->word_count; i++) {
        if (name->words[i].kind != NAME_WORD_FULL)
            continue;
        bool optional = false;
        add_key(&keys, key_of(sounds, name, &name->words[i], true, &optional));
        if (optional)
            add_key(&keys, key_of(sounds, name, &name->words[i], false, &optional));
    }
    for (int i = 0; i < keys.count && len + keys.at[i].len + 1 <= NAME_KEY_MAX; i++) {
        if (i > 0)
            out[len++] = ' ';
        memcpy(out + len, keys.at[i].text, keys.at[i].len);
        len += keys.at[i].len;
    }
    return len;
}
