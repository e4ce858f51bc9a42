// SPDX-License-Identifier: MIT
// Reads a JSON text into a flat tree.
//
// A record has some three hundred values, and a rebuild reads every record: a tree that allocates for each value took a sixth of its time.
// Here all nodes of a text lie in one array that is kept for the next text, and texts are slices of the JSON unless they hold escapes.
//
// The texts are those that our writers made, or another engine's: what is no JSON is refused, but what a strict reader would find fault
// with (a number with two dots) may pass.
#include "register/tree.h"

#include <stdlib.h>

#include "unicode/utf8.h"

struct reading {
    struct tree *tree;
    const char *at, *end;
    int depth;
};

static void skip_blanks(struct reading *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\r' || *r->at == '\t'))
        r->at++;
}

// The number of a new node, 0 if there can be none.
static uint32_t new_node(struct tree *tree, enum node_kind kind)
{
    if (tree->count == tree->room) {
        uint32_t room = tree->room ? tree->room * 2 : 1024;
        struct node *nodes = room <= TREE_MAX_NODES ? realloc(tree->nodes, room * sizeof *nodes) : NULL;
        tree->no_memory |= !nodes && room <= TREE_MAX_NODES;
        if (!nodes)
            return 0;
        tree->nodes = nodes;
        tree->room = room;
    }
    tree->nodes[tree->count] = (struct node){.kind = (uint8_t)kind};
    return tree->count++;
}

// ---- texts ----------------------------------------------------------------------------------------------------------------
static bool read_hex(struct reading *r, uint32_t *ret_code)
{
    *ret_code = 0;
    if (r->end - r->at < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        char c = *r->at++;
        uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0') : (c | 0x20) >= 'a' && (c | 0x20) <= 'f'
                ? (uint32_t)((c | 0x20) - 'a') + 10 : 16;
        if (digit == 16)
            return false;
        *ret_code = *ret_code << 4 | digit;
    }
    return true;
}

// Behind "\u": one code point, from a pair of surrogates if need be.
static bool read_code_point(struct reading *r, uint32_t *ret_code)
{
    uint32_t low;
    if (!read_hex(r, ret_code))
        return false;
    if (*ret_code < 0xD800 || *ret_code > 0xDFFF)
        return true;
    if (*ret_code > 0xDBFF || r->end - r->at < 6 || r->at[0] != '\\' || r->at[1] != 'u')
        return false;
    r->at += 2;
    if (!read_hex(r, &low) || low < 0xDC00 || low > 0xDFFF)
        return false;
    *ret_code = 0x10000 + ((*ret_code - 0xD800) << 10) + (low - 0xDC00);
    return true;
}

// One escape, written to `out`; its length, 0 if it is none.
static size_t read_escape(struct reading *r, char out[4])
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    uint32_t code;
    if (r->at == r->end)
        return 0;
    char c = *r->at++;
    const char *found = c ? strchr(names, c) : NULL;
    if (found) {
        out[0] = values[found - names];
        return 1;
    }
    return c == 'u' && read_code_point(r, &code) ? (size_t)utf8_put(code, out) : 0;
}

// Room for the texts with escapes of this JSON: they are never longer than the JSON itself, so that none moves while others point to it.
static bool reserve_texts(struct tree *tree, size_t len)
{
    if (tree->text_room >= len)
        return true;
    char *texts = realloc(tree->texts, len);
    tree->no_memory |= !texts;
    if (!texts)
        return false;
    tree->texts = texts;
    tree->text_room = len;
    return true;
}

static bool read_escaped(struct reading *r, const char *begin, struct slice *ret_text)
{
    struct tree *tree = r->tree;
    char *out = tree->texts + tree->text_len, *start = out;
    memcpy(out, begin, (size_t)(r->at - begin));
    out += r->at - begin;
    while (r->at < r->end && *r->at != '"') {
        if (*r->at != '\\') {
            *out++ = *r->at++;
            continue;
        }
        r->at++;
        size_t len = read_escape(r, out);
        if (len == 0)
            return false;
        out += len;
    }
    tree->text_len += (size_t)(out - start);
    *ret_text = slice_make(start, (size_t)(out - start));
    return r->at < r->end && *r->at++ == '"';
}

static bool read_text(struct reading *r, struct slice *ret_text)
{
    const char *begin = ++r->at;
    while (r->at < r->end && *r->at != '"' && *r->at != '\\')
        r->at++;
    if (r->at == r->end)
        return false;
    if (*r->at == '\\')
        return read_escaped(r, begin, ret_text);
    *ret_text = slice_make(begin, (size_t)(r->at - begin));
    r->at++;
    return true;
}

// ---- values ---------------------------------------------------------------------------------------------------------------
static uint32_t read_value(struct reading *r);

static bool read_word(struct reading *r, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(r->end - r->at) < len || memcmp(r->at, word, len) != 0)
        return false;
    r->at += len;
    return true;
}

static bool read_key(struct reading *r, struct slice *ret_key)
{
    skip_blanks(r);
    if (r->at == r->end || *r->at != '"' || !read_text(r, ret_key))
        return false;
    skip_blanks(r);
    return r->at < r->end && *r->at++ == ':';
}

// The values of a list or object into the node; false if it is none.
static bool read_values(struct reading *r, uint32_t parent, bool object)
{
    uint32_t last = 0;
    char close = object ? '}' : ']';
    r->at++;
    skip_blanks(r);
    if (r->at < r->end && *r->at == close) {
        r->at++;
        return true;
    }
    for (;;) {
        struct slice key = {NULL, 0};
        if (object && !read_key(r, &key))
            return false;
        uint32_t value = read_value(r);
        if (!value)
            return false;
        struct node *nodes = r->tree->nodes;    // may have moved
        nodes[value].key = key;
        nodes[parent].count++;
        if (last)
            nodes[last].next = value;
        else
            nodes[parent].first = value;
        last = value;
        skip_blanks(r);
        if (r->at == r->end || (*r->at != ',' && *r->at != close))
            return false;
        if (*r->at++ == close)
            return true;
    }
}

static uint32_t read_number(struct reading *r)
{
    const char *begin = r->at;
    while (r->at < r->end && strchr("+-.0123456789eE", *r->at) && *r->at)
        r->at++;
    uint32_t node = r->at > begin ? new_node(r->tree, NODE_NUMBER) : 0;
    if (node)
        r->tree->nodes[node].text = slice_make(begin, (size_t)(r->at - begin));
    return node;
}

// The number of the value's node, 0 if there is none.
static uint32_t read_value(struct reading *r)
{
    uint32_t node;
    struct slice text;
    skip_blanks(r);
    if (r->at == r->end)
        return 0;
    switch (*r->at) {
    case '{':
    case '[':
        node = r->depth < TREE_MAX_DEPTH ? new_node(r->tree, *r->at == '{' ? NODE_OBJECT : NODE_LIST) : 0;
        r->depth++;
        if (!node || !read_values(r, node, *r->at == '{'))
            return 0;
        r->depth--;
        return node;
    case '"':
        node = read_text(r, &text) ? new_node(r->tree, NODE_TEXT) : 0;
        if (node)
            r->tree->nodes[node].text = text;
        return node;
    case 'n':
        return read_word(r, "null") ? new_node(r->tree, NODE_NULL) : 0;
    case 't':
        return read_word(r, "true") ? new_node(r->tree, NODE_TRUE) : 0;
    case 'f':
        return read_word(r, "false") ? new_node(r->tree, NODE_FALSE) : 0;
    default:
        return read_number(r);
    }
}

bool tree_read(struct tree *tree, struct slice json)
{
    struct reading r = {.tree = tree, .at = json.at, .end = json.at ? json.at + json.len : NULL};
    tree->count = 0;
    tree->text_len = 0;
    tree->no_memory = false;
    if (!json.at || !reserve_texts(tree, json.len + 1))
        return false;
    new_node(tree, NODE_NULL);      // number 0 is no node
    if (tree->count != 1 || read_value(&r) != 1)
        return false;
    skip_blanks(&r);
    return r.at == r.end;
}

void tree_finish(struct tree *tree)
{
    free(tree->nodes);
    free(tree->texts);
    *tree = (struct tree){0};
}

// ---- asking ---------------------------------------------------------------------------------------------------------------
const struct node *tree_root(const struct tree *tree)
{
    return tree->count > 1 ? &tree->nodes[1] : NULL;
}

const struct node *tree_first(const struct tree *tree, const struct node *list)
{
    return list && list->first ? &tree->nodes[list->first] : NULL;
}

const struct node *tree_next(const struct tree *tree, const struct node *node)
{
    return node && node->next ? &tree->nodes[node->next] : NULL;
}

const struct node *tree_at_slice(const struct tree *tree, const struct node *object, struct slice key)
{
    const struct node *node = object && object->kind == NODE_OBJECT ? tree_first(tree, object) : NULL;
    while (node && !slice_eq(node->key, key))
        node = tree_next(tree, node);
    return node;
}

const struct node *tree_at(const struct tree *tree, const struct node *object, const char *key)
{
    return tree_at_slice(tree, object, slice_from(key));
}

struct slice tree_text(const struct node *node)
{
    return node && node->kind == NODE_TEXT ? node->text : (struct slice){NULL, 0};
}

bool tree_int(const struct node *node, int64_t *ret_value)
{
    return node && node->kind == NODE_NUMBER && slice_to_int(node->text, ret_value);
}
