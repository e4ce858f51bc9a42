// SPDX-License-Identifier: MIT
// What a loaded pack answers: steps through its trie, the forms of a node, the matching key of a word.
//
// These are thin: the trie does the work (trie.h), and the hot path of match steps through it inline. A word's key is made by the
// function that also makes the keys of a text's tokens, so that both always agree.
#include "pack/pack.h"

#include <assert.h>

#include "pack/load.h"
#include "pack/trie.h"
#include "unicode/utf8.h"
#include "unicode/word.h"

bool pack_step(const struct pack *pack, uint32_t *node, uint32_t word)
{
    uint32_t child = trie_step(pack->trie, *node, word);
    if (child == 0)
        return false;
    *node = child;
    return true;
}

const struct pack_form *pack_forms(const struct pack *pack, uint32_t node, uint32_t *ret_count)
{
    const struct trie_node *at = &pack->trie->nodes.at[node];
    assert(node < pack->trie->nodes.count);
    *ret_count = (uint32_t)at->lexicon_count + at->trigger_count;
    return pack->trie->forms + at->form;
}

const struct pack_group *pack_word_group(const struct pack *pack, uint32_t word)
{
    uint32_t node = word ? trie_step(pack->trie, TRIE_ROOT, word) : TRIE_ROOT;
    return &pack->groups.at[pack->trie->nodes.at[node].group];
}

struct slice pack_fold(struct arena *arena, struct slice word)
{
    char *folded = arena_alloc(arena, WORD_FOLD_ROOM(word.len) + 1);
    return slice_make(folded, word_fold(word, WORD_WORD, folded));
}

void pack_index_romanisation(struct arena *arena, struct pack *pack)
{
    pack->romanisation_next = ARENA_ARRAY(arena, uint32_t, pack->romanisation_from.count);
    for (uint32_t i = pack->romanisation_from.count; i-- > 0;) {
        struct slice from = pack->romanisation_from.at[i];
        size_t at = from.len > 1 && from.at[0] == '^';
        uint32_t *first = &pack->romanisation_first[from.len ? utf8_next(from.at, &at) & 63 : 0];
        pack->romanisation_next[i] = *first;
        *first = i + 1;
    }
}
