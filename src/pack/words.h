// SPDX-License-Identifier: MIT
// A pack's words by their keys: what a folded word is in the vocabulary, among the abbreviations, in the romanisation. Slots name their
// keys by offsets, so that a table means the same wherever it lies in memory.
#ifndef KARAR_PACK_WORDS_H
#define KARAR_PACK_WORDS_H

#include "base/map.h"

struct word_slot {
    uint32_t hash;
    uint32_t key, len;      // bytes of words.keys; len 0: the slot is empty
    uint32_t value;         // from 1
};

struct words {
    struct word_slot *slots;    // open addressing, linear probing
    uint32_t count, room;       // room is a power of two, or 0 before anything is added
    char *keys;
    uint32_t keys_len, keys_room;
};

// `expected` words will be added.
void words_init(struct words *words, struct arena *arena, uint32_t expected);
// Sets the key (1 byte or more; copied) to value unless it is there; returns the value now in the table.
uint32_t words_put(struct words *words, struct arena *arena, struct slice key, uint32_t value);
// Goes through all keys in no particular order: *at begins at 0; false behind the last one.
bool words_next(const struct words *words, uint32_t *at, struct slice *ret_key, uint32_t *ret_value);
// The first key that has the value, in no order; false if there is none. Looks at every key: for messages.
bool words_key_of(const struct words *words, uint32_t value, struct slice *ret_key);

// The value of a key whose map_hash is known; 0 if it is not there. Inline: asked for every token of a report.
static inline uint32_t words_get(const struct words *words, struct slice key, uint32_t hash)
{
    if (words->count == 0)
        return 0;
    uint32_t mask = words->room - 1;
    for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
        const struct word_slot *slot = &words->slots[i];
        if (slot->hash == hash && slot->len == key.len && map_same_key(words->keys + slot->key, key.at, key.len))
            return slot->value;
        if (slot->len == 0)
            return 0;
    }
}

// A key's value less 1, where values are indices from 1; UINT32_MAX if it is not there.
static inline uint32_t words_index(const struct words *words, struct slice key)
{
    return words_get(words, key, map_hash(key)) - 1;
}

// Asks for the memory in which words_get will look for the hash.
ALWAYS_INLINE void words_prefetch(const struct words *words, uint32_t hash)
{
    if (words->count)
        __builtin_prefetch(&words->slots[hash & (words->room - 1)]);
}

// Asks for the key that words_get will compare with, once the slot has come.
ALWAYS_INLINE void words_prefetch_key(const struct words *words, uint32_t hash)
{
    if (words->count)
        __builtin_prefetch(words->keys + words->slots[hash & (words->room - 1)].key);
}

#endif
