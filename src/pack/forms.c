// SPDX-License-Identifier: MIT
// A walk over the trie from the root down.
//
// The trie is made for going along the words of a text: its edges lie in a hash table that knows a node's child by word, not a node's
// children. They are sorted once by the node that they leave, then each node's are a run.
#include "pack/forms.h"

#include <stdlib.h>

#include "pack/trie.h"

#define FORM_MAX_BYTES 512      // of a form's words; the rest of a longer one is left out

struct walk {
    const struct pack *pack;
    const uint64_t *edges;      // ascending
    uint32_t edge_count;
    const struct slice *words;  // by id
    uint32_t wanted;
    pack_form_taker take;
    void *user;
    char text[FORM_MAX_BYTES];
};

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint32_t edge_word(uint64_t edge)
{
    return (uint32_t)(edge >> TRIE_CHILD_BITS) & (TRIE_MAX_WORDS - 1);
}

// The first edge that leaves the node or a later one.
static uint32_t first_edge(const struct walk *walk, uint32_t node)
{
    uint64_t key = trie_key(node, 0) << TRIE_CHILD_BITS;
    uint32_t low = 0, high = walk->edge_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (walk->edges[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// Forms are a few words long: so deep goes this.
static void visit(struct walk *walk, uint32_t node, uint32_t word, size_t len)
{
    const struct trie_node *here = &walk->pack->trie->nodes.at[node];
    uint32_t kinds = walk->pack->groups.at[here->group].kinds;
    struct slice added = walk->words[word];
    if (!(kinds & walk->wanted) && !here->next_words)
        return;
    if (len && len < FORM_MAX_BYTES)
        walk->text[len++] = ' ';
    size_t room = FORM_MAX_BYTES - len, part = added.len < room ? added.len : room;
    if (part)
        memcpy(walk->text + len, added.at, part);
    len += part;
    uint32_t count;
    const struct pack_form *forms = pack_forms(walk->pack, node, &count);
    for (uint32_t i = 0; i < count; i++)
        if (walk->wanted >> walk->pack->lexemes.at[forms[i].lexeme].kind & 1)
            walk->take(walk->user, slice_make(walk->text, len), kinds, &walk->pack->lexemes.at[forms[i].lexeme]);
    if (!here->next_words)
        return;
    for (uint32_t i = first_edge(walk, node); i < walk->edge_count && walk->edges[i] >> (TRIE_CHILD_BITS + TRIE_WORD_BITS) == node; i++)
        visit(walk, (uint32_t)walk->edges[i] & (TRIE_MAX_NODES - 1), edge_word(walk->edges[i]), len);
}

void pack_each_form(const struct pack *pack, uint32_t wanted, struct arena *arena, pack_form_taker take, void *user)
{
    const struct trie *trie = pack->trie;
    uint64_t *edges = ARENA_ARRAY(arena, uint64_t, trie->edge_count + 1);
    struct slice *words = ARENA_ARRAY(arena, struct slice, (size_t)trie->words + pack->words.count + 2), key;
    struct walk *walk = ARENA_NEW(arena, struct walk);
    uint32_t at = 0, value, count = 0;
    for (uint32_t i = 0; i < trie->edge_room; i++)
        if (trie->edges[i])
            edges[count++] = trie->edges[i];
    qsort(edges, count, sizeof *edges, by_number);
    while (words_next(&pack->words, &at, &key, &value))
        words[value] = key;
    *walk = (struct walk){.pack = pack, .edges = edges, .edge_count = count, .words = words, .wanted = wanted, .take = take, .user = user};
    for (uint32_t word = 1; word <= trie->words; word++)
        visit(walk, word, word, 0);
}
