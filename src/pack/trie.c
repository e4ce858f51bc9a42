// SPDX-License-Identifier: MIT
// The trie: edges in one open-addressing table, forms in one array.
//
// The words of a form are ids of the pack's vocabulary. Steps from the root are by far the most frequent, so in the finished trie the
// root's child along a word is the node with the word's own number. An edge of another node is one number, (node, word, child), in a hash
// table; 64 bits in each node rule out most words before the table is probed. While the trie grows, the root's children lie in an array and
// a node's forms are a linked list; trie_finish lays them out.
//
// Memory is kept small on purpose: when a program starts, touching fresh pages costs more than all else that loading a pack does.
//
// Invariants
//   1. Node 0 is the root and nobody's child, so no edge is 0 and child 0 means none.
//   2. The edge table is at most three quarters full.
//   3. After trie_finish a node's forms are contiguous, those of lexicon tables before those of triggers, each in order of its lexeme.
#include "pack/trie.h"

#include <assert.h>

#define TRIE_MAX_FORMS (1u << 22)

static_assert(TRIE_MAX_NODES == 1u << TRIE_CHILD_BITS, "a child's number has its bits");
static_assert(TRIE_MAX_WORDS == 1u << TRIE_WORD_BITS, "a word's number has its bits");
static_assert(TRIE_CHILD_BITS * 2 + TRIE_WORD_BITS == 64, "an edge is one number");
static_assert(TRIE_MAX_NODES * 2 <= 1u << 24, "trie_slot gives 24 bits");

void trie_init(struct trie *trie, struct arena *arena, uint32_t expected_edges)
{
    uint32_t room = 1u << 8;
    while (room / 4 * 3 < expected_edges && room < TRIE_MAX_NODES * 2)
        room *= 2;
    *trie = (struct trie){.edge_room = room, .edges = ARENA_ARRAY(arena, uint64_t, room)};
    vec_push(arena, &trie->nodes, (struct trie_node){0});
}

// The slot of an edge, or the empty one where it belongs.
static uint64_t *find_edge(const struct trie *trie, uint64_t key)
{
    uint32_t mask = trie->edge_room - 1;
    for (uint32_t i = trie_slot(key) & mask;; i = (i + 1) & mask) {
        uint64_t *edge = &trie->edges[i];
        if (*edge == 0 || *edge >> TRIE_CHILD_BITS == key)
            return edge;
    }
}

static void grow_edges(struct trie *trie, struct arena *arena)
{
    uint64_t *old = trie->edges;
    uint32_t old_room = trie->edge_room;
    trie->edge_room = old_room * 2;
    trie->edges = ARENA_ARRAY(arena, uint64_t, trie->edge_room);
    for (uint32_t i = 0; i < old_room; i++) {
        if (old[i] != 0)
            *find_edge(trie, old[i] >> TRIE_CHILD_BITS) = old[i];
    }
}

static uint32_t new_node(struct trie *trie, struct arena *arena)
{
    vec_push_max(arena, &trie->nodes, (struct trie_node){0}, TRIE_MAX_NODES);
    return trie->nodes.count - 1;
}

static uint32_t add_to_root(struct trie *trie, struct arena *arena, uint32_t word)
{
    while (trie->root.count <= word)
        vec_push_max(arena, &trie->root, 0, TRIE_MAX_WORDS);
    if (trie->root.at[word] == 0)
        trie->root.at[word] = new_node(trie, arena);
    return trie->root.at[word];
}

uint32_t trie_add(struct trie *trie, struct arena *arena, uint32_t node, uint32_t word)
{
    assert(node < trie->nodes.count);
    assert(word < TRIE_MAX_WORDS);
    assert(trie->forms == NULL);
    if (node == TRIE_ROOT)
        return add_to_root(trie, arena, word);
    uint64_t key = trie_key(node, word), *edge = find_edge(trie, key);
    if (*edge != 0)
        return (uint32_t)*edge & (TRIE_MAX_NODES - 1);
    if ((trie->edge_count + 1) * 4 > trie->edge_room * 3) {
        grow_edges(trie, arena);
        edge = find_edge(trie, key);
    }
    uint32_t child = new_node(trie, arena);
    *edge = key << TRIE_CHILD_BITS | child;
    trie->edge_count++;
    trie->nodes.at[node].next_words |= UINT64_C(1) << (word & 63);
    return child;
}

// Two rows that say the same of a form: one of them is enough.
static bool means_the_same(const struct lexeme *a, const struct lexeme *b)
{
    if (a == b)
        return true;
    if (a->kind != b->kind || a->attribute != b->attribute || a->value != b->value || a->classes != b->classes)
        return false;
    if (a->number != b->number || a->party_count != b->party_count)
        return false;
    if (a->party_count != 0 && memcmp(a->parties, b->parties, a->party_count * sizeof a->parties[0]) != 0)
        return false;
    return a->kind != LEXICON_UNIT || slice_eq(a->text, b->text);
}

void trie_add_form(struct trie *trie, struct arena *arena, const struct lexeme *lexemes, uint32_t node, struct pack_form form)
{
    assert(node != TRIE_ROOT);
    struct trie_node *at = &trie->nodes.at[node];
    for (uint32_t i = at->form; i != 0; i = trie->listed.at[i - 1].older) {
        struct pack_form *known = &trie->listed.at[i - 1].form;
        if (means_the_same(&lexemes[known->lexeme], &lexemes[form.lexeme])) {
            known->features |= form.features;
            return;
        }
    }
    struct trie_listed_form listed = {form, at->form};
    vec_push_max(arena, &trie->listed, listed, TRIE_MAX_FORMS);
    at->form = trie->listed.count;
}

// Lays out the forms of one node from `next` on; returns what comes behind them.
static uint32_t lay_out_forms(struct trie *trie, struct arena *arena, const struct lexeme *lexemes, struct trie_node *node, uint32_t next)
{
    uint32_t counts[2] = {0, 0};
    for (uint32_t i = node->form; i != 0; i = trie->listed.at[i - 1].older)
        counts[lexemes[trie->listed.at[i - 1].form.lexeme].kind == LEXICON_TRIGGER]++;
    if (counts[0] > TRIE_MAX_NODE_FORMS || counts[1] > TRIE_MAX_NODE_FORMS)
        arena_fail(arena, STATUS_LIMIT);
    uint32_t lexicon = next + counts[0], trigger = lexicon + counts[1];
    for (uint32_t i = node->form; i != 0; i = trie->listed.at[i - 1].older) {  // newest first: filled from the end
        struct pack_form form = trie->listed.at[i - 1].form;
        uint32_t *end = lexemes[form.lexeme].kind == LEXICON_TRIGGER ? &trigger : &lexicon;
        trie->forms[--*end] = form;
    }
    node->form = next;
    node->lexicon_count = (uint8_t)counts[0];
    node->trigger_count = (uint8_t)counts[1];
    return next + counts[0] + counts[1];
}

static struct pack_group group_of(const struct pack_form *forms, uint32_t count, const struct lexeme *lexemes)
{
    struct pack_group group = {0};
    for (uint32_t i = 0; i < count; i++) {
        const struct lexeme *lexeme = &lexemes[forms[i].lexeme];
        group.kinds |= UINT32_C(1) << lexeme->kind;
        if (lexeme->kind == LEXICON_GRAMMAR) {
            group.classes |= lexeme->classes;
            group.features |= forms[i].features;
        }
        if (lexeme->kind == LEXICON_STATE) {
            group.states++;
            group.state = lexeme->value;
        }
    }
    if (group.kinds >> LEXICON_GRAMMAR & 1)     // a small word at a sentence's head is still a small word
        group.kinds &= ~(UINT32_C(1) << LEXICON_ORDINARY);
    return group;
}

// The number of the group, which becomes one if it is new. `known` has the groups by their bytes.
static uint16_t intern_group(struct arena *arena, struct pack *pack, struct map *known, struct pack_group group)
{
    static_assert(sizeof group == 24, "no padding between the members: groups are found by their bytes");
    struct slice bytes = slice_make((const char *)&group, sizeof group);
    uint32_t index = map_get(known, bytes, pack->groups.count);
    if (index == pack->groups.count) {
        vec_push_max(arena, &pack->groups, group, PACK_MAX_GROUPS);
        map_put(known, arena_copy(arena, bytes), index);
    }
    return (uint16_t)index;
}

// Gives each word's child of the root the word's own number, so that the step from the root, the most frequent by far, reads nothing but
// the node itself. Words that begin no form get an empty node. The others keep their order behind them.
static void renumber(struct trie *trie, struct arena *arena, uint32_t words)
{
    uint32_t old_count = trie->nodes.count, count = words + 1;
    uint32_t *moved = ARENA_ARRAY(arena, uint32_t, old_count);
    for (uint32_t word = 1; word < trie->root.count; word++)
        if (trie->root.at[word] != 0)
            moved[trie->root.at[word]] = word;
    for (uint32_t i = 1; i < old_count; i++)
        if (moved[i] == 0)
            moved[i] = count++;
    if (count > TRIE_MAX_NODES)
        arena_fail(arena, STATUS_LIMIT);
    struct trie_node *nodes = ARENA_ARRAY(arena, struct trie_node, count);
    for (uint32_t i = 1; i < old_count; i++)
        nodes[moved[i]] = trie->nodes.at[i];
    const uint64_t *old_edges = trie->edges;
    trie->edges = ARENA_ARRAY(arena, uint64_t, trie->edge_room);
    for (uint32_t i = 0; i < trie->edge_room; i++) {
        if (old_edges[i] == 0)
            continue;
        uint32_t child = (uint32_t)old_edges[i] & (TRIE_MAX_NODES - 1);
        uint32_t word = (uint32_t)(old_edges[i] >> TRIE_CHILD_BITS) & (TRIE_MAX_WORDS - 1);
        uint64_t key = trie_key(moved[old_edges[i] >> (TRIE_CHILD_BITS + TRIE_WORD_BITS)], word);
        *find_edge(trie, key) = key << TRIE_CHILD_BITS | moved[child];
    }
    trie->nodes.at = nodes;
    trie->nodes.count = trie->nodes.room = count;
    trie->words = words;
}

void trie_finish(struct trie *trie, struct arena *arena, struct pack *pack)
{
    const struct lexeme *lexemes = pack->lexemes.at;
    struct map known;
    map_init(&known, arena, 64);
    intern_group(arena, pack, &known, (struct pack_group){0});
    renumber(trie, arena, pack->words.count);
    trie->forms = ARENA_ARRAY(arena, struct pack_form, trie->listed.count);
    uint32_t next = 0;
    for (uint32_t i = 0; i < trie->nodes.count; i++) {
        struct trie_node *node = &trie->nodes.at[i];
        next = lay_out_forms(trie, arena, lexemes, node, next);
        if (node->lexicon_count)
            node->group = intern_group(arena, pack, &known, group_of(trie->forms + node->form, node->lexicon_count, lexemes));
    }
    assert(next == trie->listed.count);
}
