// SPDX-License-Identifier: MIT
// Building the tables of words: slots of 16 bytes, and all keys in one run of bytes, in the order in which they were added, so that words
// of one table of a pack lie side by side.
//
// Invariants: 1. at most half of the slots are full: most words of a report are in no table, and the first slot should tell. 2. keys are
// not empty. 3. a slot of length 0 has hash 0 and value 0.
#include "pack/words.h"

#include <assert.h>

#define WORDS_MAX (1u << 24)
#define KEYS_MAX (1u << 30)
#define LEAST_ROOM 16u

static void set_room(struct words *words, struct arena *arena, uint32_t room)
{
    words->room = room;
    words->slots = ARENA_ARRAY(arena, struct word_slot, room);
}

void words_init(struct words *words, struct arena *arena, uint32_t expected)
{
    uint32_t room = LEAST_ROOM;
    while (room / 2 < expected && room < WORDS_MAX)
        room *= 2;
    *words = (struct words){0};
    set_room(words, arena, room);
}

// The slot that holds the key, or the empty one where it belongs.
static struct word_slot *find_slot(const struct words *words, struct slice key, uint32_t hash)
{
    uint32_t mask = words->room - 1;
    for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
        struct word_slot *slot = &words->slots[i];
        if (slot->len == 0 || (slot->hash == hash && slot->len == key.len && map_same_key(words->keys + slot->key, key.at, key.len)))
            return slot;
    }
}

static void grow(struct words *words, struct arena *arena)
{
    struct words old = *words;
    if (old.room >= WORDS_MAX)
        arena_fail(arena, STATUS_LIMIT);
    set_room(words, arena, old.room * 2);
    for (uint32_t i = 0; i < old.room; i++)
        if (old.slots[i].len != 0)
            *find_slot(words, slice_make(old.keys + old.slots[i].key, old.slots[i].len), old.slots[i].hash) = old.slots[i];
}

static uint32_t keep_key(struct words *words, struct arena *arena, struct slice key)
{
    if (key.len > KEYS_MAX - words->keys_len)
        arena_fail(arena, STATUS_LIMIT);
    if (words->keys_len + key.len > words->keys_room) {
        uint32_t room = words->keys_room + words->keys_room / 2 + (uint32_t)key.len + 1024;
        char *keys = arena_take(arena, room);
        if (words->keys_len)
            memcpy(keys, words->keys, words->keys_len);
        words->keys = keys;
        words->keys_room = room;
    }
    memcpy(words->keys + words->keys_len, key.at, key.len);
    words->keys_len += (uint32_t)key.len;
    return words->keys_len - (uint32_t)key.len;
}

uint32_t words_put(struct words *words, struct arena *arena, struct slice key, uint32_t value)
{
    assert(key.len > 0 && value > 0);
    uint32_t hash = map_hash(key);
    struct word_slot *slot = find_slot(words, key, hash);
    if (slot->len != 0)
        return slot->value;
    if (words->count >= words->room / 2) {
        grow(words, arena);
        slot = find_slot(words, key, hash);
    }
    *slot = (struct word_slot){hash, keep_key(words, arena, key), (uint32_t)key.len, value};
    words->count++;
    return value;
}

bool words_next(const struct words *words, uint32_t *at, struct slice *ret_key, uint32_t *ret_value)
{
    while (*at < words->room && words->slots[*at].len == 0)
        ++*at;
    if (*at >= words->room)
        return false;
    const struct word_slot *slot = &words->slots[(*at)++];
    *ret_key = slice_make(words->keys + slot->key, slot->len);
    *ret_value = slot->value;
    return true;
}

bool words_key_of(const struct words *words, uint32_t value, struct slice *ret_key)
{
    uint32_t at = 0, found;
    while (words_next(words, &at, ret_key, &found))
        if (found == value)
            return true;
    return false;
}
