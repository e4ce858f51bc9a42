// SPDX-License-Identifier: MIT
// The trie over all forms of a pack: words to nodes, nodes to forms. Private to the pack room but for match, whose hot path steps inline.
#ifndef KARAR_PACK_TRIE_H
#define KARAR_PACK_TRIE_H

#include "base/vec.h"
#include "pack/pack.h"

#define TRIE_MAX_NODES (1u << 22)
#define TRIE_MAX_WORDS (1u << 20)
#define TRIE_MAX_NODE_FORMS UINT8_MAX    // of one family that have the same words
#define TRIE_ROOT 0u

struct trie_node {
    uint64_t next_words;     // bit (word & 63) is set where a form goes on with such a word: most steps end here
    uint32_t form;           // first of its forms; while the trie is built: newest of a list, counted from 1
    uint16_t group;          // of its lexicon forms: index into pack.groups
    uint8_t lexicon_count;   // forms of lexicon tables come first
    uint8_t trigger_count;
};

struct trie_listed_form {
    struct pack_form form;
    uint32_t older;          // list of the node's forms, counted from 1
};

struct trie {
    VEC(struct trie_node) nodes;     // 0 is the root; finished: then one for each word of the vocabulary, its child of the root
    uint32_t words;                  // finished: the last of those
    VEC(uint32_t) root;              // while it is built: child of the root by word id; 0 none
    uint64_t *edges;                 // of the other nodes, open addressing: node, word, child (22, 20, 22 bits); 0 empty
    uint32_t edge_count, edge_room;  // room is a power of two
    struct pack_form *forms;
    VEC(struct trie_listed_form) listed;  // while it is built
};

void trie_init(struct trie *trie, struct arena *arena, uint32_t expected_edges);
// The node behind `node` along `word`, made if need be.
uint32_t trie_add(struct trie *trie, struct arena *arena, uint32_t node, uint32_t word);
// Ends a form at the node. A form that means the same as one that is there already adds its features to it.
void trie_add_form(struct trie *trie, struct arena *arena, const struct lexeme *lexemes, uint32_t node, struct pack_form form);
// Lays out the forms for the readers and fills pack->groups; nothing may be added afterwards.
void trie_finish(struct trie *trie, struct arena *arena, struct pack *pack);

#define TRIE_CHILD_BITS 22
#define TRIE_WORD_BITS 20

// An edge without its child: what the table is searched for.
static inline uint64_t trie_key(uint32_t node, uint32_t word)
{
    return (uint64_t)node << TRIE_WORD_BITS | word;
}

static inline uint32_t trie_slot(uint64_t key)
{
    return (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 40);  // the topmost bits are mixed best; 24 are enough for any table
}

// The node of a word of the vocabulary; the root if it is in no form.
static inline uint32_t trie_node_of(const struct trie *trie, uint32_t word)
{
    return word <= trie->words ? word : TRIE_ROOT;
}

// Asks early for that node.
ALWAYS_INLINE void trie_prefetch_word(const struct trie *trie, uint32_t word)
{
    __builtin_prefetch(&trie->nodes.at[trie_node_of(trie, word)]);
}

// Asks early for the edge of `node` along `word`, which a step will soon look for.
ALWAYS_INLINE void trie_prefetch(const struct trie *trie, uint32_t node, uint32_t word)
{
    __builtin_prefetch(&trie->edges[trie_slot(trie_key(node, word)) & (trie->edge_room - 1)]);
}

// The child of `node` along `word`, 0 if there is none. The trie must be finished.
static inline uint32_t trie_step(const struct trie *trie, uint32_t node, uint32_t word)
{
    if (node == TRIE_ROOT) {
        const struct trie_node *child = &trie->nodes.at[trie_node_of(trie, word)];
        return (child->lexicon_count | child->trigger_count | (child->next_words != 0)) ? word : 0;
    }
    if ((trie->nodes.at[node].next_words >> (word & 63) & 1) == 0)
        return 0;
    uint64_t key = trie_key(node, word);
    uint32_t mask = trie->edge_room - 1;
    for (uint32_t i = trie_slot(key) & mask;; i = (i + 1) & mask) {
        uint64_t edge = trie->edges[i];
        if (edge == 0)
            return 0;
        if (edge >> TRIE_CHILD_BITS == key)
            return (uint32_t)edge & (TRIE_MAX_NODES - 1);
    }
}

#endif
