// SPDX-License-Identifier: MIT
// Triggers that belong to two rules.
//
// A node of the trie that ends triggers of two rules is one. Its words are gathered by walking back to the root, an edge at a time, through
// the whole table of edges: slow, and only done to name a fault.
#include "pack/twins.h"

#include "pack/table.h"
#include "pack/trie.h"

#define TWIN_WORDS 32

// The edge that leads to the node: its word, and the node before.
static uint32_t word_before(const struct trie *trie, uint32_t *node)
{
    if (*node <= trie->words) {
        uint32_t word = *node;
        *node = TRIE_ROOT;
        return word;
    }
    for (uint32_t i = 0; i < trie->edge_room; i++) {
        uint64_t key = trie->edges[i] >> TRIE_CHILD_BITS;
        if (trie->edges[i] && (trie->edges[i] & (TRIE_MAX_NODES - 1)) == *node) {
            *node = (uint32_t)(key >> TRIE_WORD_BITS);
            return (uint32_t)(key & (TRIE_MAX_WORDS - 1));
        }
    }
    *node = TRIE_ROOT;
    return 0;
}

static struct slice words_of(struct arena *arena, const struct pack *pack, uint32_t node)
{
    struct slice words[TWIN_WORDS], text = SLICE("");
    uint32_t count = 0;
    while (node != TRIE_ROOT && count < TWIN_WORDS) {
        uint32_t word = word_before(pack->trie, &node);
        if (words_key_of(&pack->words, word, &words[count]))
            count++;
    }
    for (uint32_t i = count; i-- > 0;)
        text = arena_format(arena, "%.*s%s%.*s", SLICE_FORMAT(text), text.len ? " " : "", SLICE_FORMAT(words[i]));
    return text;
}

static void note_twin(struct arena *arena, const struct pack *pack, uint32_t node, uint32_t rule, uint32_t first, pack_fault_vec *faults)
{
    const struct rule *r = &pack->rules.at[rule], *other = &pack->rules.at[first];
    struct slice words = words_of(arena, pack, node);
    struct pack_fault fault = {.file = pack->files.at[r->file], .line = r->line, .column = 1};
    fault.text = arena_format(arena, "expected triggers that no other rule has, found `%.*s` of [%.*s] again", SLICE_FORMAT(words),
                              SLICE_FORMAT(other->id));
    vec_push(arena, faults, fault);
}

void pack_check_twins(struct arena *arena, const struct pack *pack, pack_fault_vec *faults)
{
    for (uint32_t node = 1; node < pack->trie->nodes.count; node++) {
        const struct trie_node *at = &pack->trie->nodes.at[node];
        const struct pack_form *forms = &pack->trie->forms[at->form + at->lexicon_count];
        for (uint32_t i = 1; i < at->trigger_count; i++) {
            uint32_t first = pack->lexemes.at[forms[0].lexeme].value, rule = pack->lexemes.at[forms[i].lexeme].value;
            if (rule != first)
                note_twin(arena, pack, node, rule, first, faults);
        }
    }
}
