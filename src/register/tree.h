// SPDX-License-Identifier: MIT
// A JSON text as a flat tree. Private to the register room.
#ifndef KARAR_REGISTER_TREE_H
#define KARAR_REGISTER_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

enum node_kind { NODE_NULL, NODE_TRUE, NODE_FALSE, NODE_NUMBER, NODE_TEXT, NODE_LIST, NODE_OBJECT };

struct node {
    uint8_t kind;
    struct slice key;           // in an object; at NULL: none
    struct slice text;          // of a text; a number as it stands
    uint32_t next;              // the next of the same list or object, 0 at the end
    uint32_t first, count;      // a list's or object's: its first node (0: none), and how many
};

// The nodes of one text; used again for the next, so that reading many texts allocates for the largest only. Zeroed at the begin.
struct tree {
    struct node *nodes;         // [0] is no node, [1] the root
    uint32_t count, room;
    char *texts;                // texts that had escapes
    size_t text_len, text_room;
    bool no_memory;             // why the last reading ended
};

// The nodes borrow `json`. False: it is no JSON, has more than TREE_MAX_NODES values or lies deeper than TREE_MAX_DEPTH, or memory ran out.
#define TREE_MAX_NODES (UINT32_C(1) << 26)
#define TREE_MAX_DEPTH 32
bool tree_read(struct tree *tree, struct slice json);
void tree_finish(struct tree *tree);

// NULL stands for a node that is not there; asked anything it answers with nothing.
const struct node *tree_root(const struct tree *tree);
const struct node *tree_at(const struct tree *tree, const struct node *object, const char *key);
const struct node *tree_at_slice(const struct tree *tree, const struct node *object, struct slice key);
const struct node *tree_first(const struct tree *tree, const struct node *list);
const struct node *tree_next(const struct tree *tree, const struct node *node);
// The text; at NULL: it is none.
struct slice tree_text(const struct node *node);
// False: it is no whole number.
bool tree_int(const struct node *node, int64_t *ret_value);

#endif
