// SPDX-License-Identifier: MIT
// The trie over all forms of a pack: words to nodes, nodes to forms. Private to the pack room but for match, whose hot path steps inline.
#ifndef KARAR_PACK_TRIE_H
#define KARAR_PACK_TRIE_H

#include "base/vec.h"
#include "pack/pack.h"

#define TRIE_MAX_NODES (1u << 22)
#define TRIE_ROOT 0u

struct trie_node {
    uint64_t next_words;     // bit (word & 63) is set where a form goes on with such a word: most steps end here
    uint32_t form;           // first of its forms; while the trie is built: newest of a list, counted from 1
    uint16_t lexicon_count;  // forms of lexicon tables come first
    uint16_t trigger_count;
};

struct trie_edge {
    uint32_t node, word, child;  // child 0: empty slot
};

struct trie_listed_form {
    struct pack_form form;
    uint32_t older;          // list of the node's forms, counted from 1
};

struct trie {
    VEC(struct trie_node) nodes;     // 0 is the root
    struct trie_edge *edges;         // open addressing
    uint32_t edge_count, edge_room;  // room is a power of two
    uint32_t *root;                  // child of the root by word id; 0 none. Filled by trie_finish
    uint32_t word_count;             // ids below it have a cell in `root`
    struct pack_form *forms;
    VEC(struct trie_listed_form) listed;  // while it is built
};

void trie_init(struct trie *trie, struct arena *arena, uint32_t expected_edges);
// The node behind `node` along `word`, made if need be.
uint32_t trie_add(struct trie *trie, struct arena *arena, uint32_t node, uint32_t word);
// Ends a form at the node. A form that means the same as one that is there already adds its features to it.
void trie_add_form(struct trie *trie, struct arena *arena, const struct lexeme *lexemes, uint32_t node, struct pack_form form);
// Builds what the readers use; nothing may be added afterwards. `word_count`: one more than the greatest word id.
void trie_finish(struct trie *trie, struct arena *arena, const struct lexeme *lexemes, uint32_t word_count);

static inline uint32_t trie_slot(uint32_t node, uint32_t word)
{
    uint64_t hash = ((uint64_t)node << 32 | word) * UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(hash >> 40);  // the topmost bits are mixed best; 24 of them are more than the greatest table needs
}

// The child of `node` along `word`, 0 if there is none.
static inline uint32_t trie_step(const struct trie *trie, uint32_t node, uint32_t word)
{
    if (node == TRIE_ROOT)
        return word < trie->word_count ? trie->root[word] : 0;
    if ((trie->nodes.at[node].next_words >> (word & 63) & 1) == 0)
        return 0;
    uint32_t mask = trie->edge_room - 1;
    for (uint32_t i = trie_slot(node, word) & mask;; i = (i + 1) & mask) {
        const struct trie_edge *edge = &trie->edges[i];
        if (edge->child == 0 || (edge->node == node && edge->word == word))
            return edge->child;
    }
}

#endif
