// SPDX-License-Identifier: MIT
// Records as a flat tree: what is JSON is read as it stands, what is none is refused at whatever byte it goes wrong.
#include "register/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

// Its own block of exactly its size, so that a sanitizer sees a byte too far.
static bool read_exactly(struct tree *tree, const char *text, size_t len)
{
    static char *copy;      // the nodes borrow it until the next
    free(copy);
    copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, text, len);
    bool read = tree_read(tree, slice_make(copy, len));
    return read;
}

static bool reads(struct tree *tree, const char *text)
{
    return read_exactly(tree, text, strlen(text));
}

static void test_values(void **state)
{
    struct tree tree = {0};
    int64_t number = 0;
    (void)state;
    assert_true(reads(&tree,
            " { \"a\" : [ 1 , -20, 3.5e+2 ],\n\t\"b\":{},\r\"c\" : [] , \"d\":null,\"e\":true,\"f\":false, \"g\":\"x\" } "));
    const struct node *root = tree_root(&tree), *list = tree_at(&tree, root, "a"), *item = tree_first(&tree, list);
    assert_int_equal(root->kind, NODE_OBJECT);
    assert_int_equal(root->count, 7);
    assert_int_equal(list->count, 3);
    assert_true(tree_int(item, &number) && number == 1);
    item = tree_next(&tree, item);
    assert_true(tree_int(item, &number) && number == -20);
    item = tree_next(&tree, item);
    assert_false(tree_int(item, &number));
    assert_null(tree_next(&tree, item));
    assert_int_equal(tree_at(&tree, root, "b")->kind, NODE_OBJECT);
    assert_null(tree_first(&tree, tree_at(&tree, root, "b")));
    assert_int_equal(tree_at(&tree, root, "c")->kind, NODE_LIST);
    assert_int_equal(tree_at(&tree, root, "d")->kind, NODE_NULL);
    assert_int_equal(tree_at(&tree, root, "e")->kind, NODE_TRUE);
    assert_int_equal(tree_at(&tree, root, "f")->kind, NODE_FALSE);
    assert_true(slice_is(tree_text(tree_at(&tree, root, "g")), "x"));
    tree_finish(&tree);
}

static void test_what_is_not_there(void **state)
{
    struct tree tree = {0};
    int64_t number;
    (void)state;
    assert_null(tree_root(&tree));
    assert_false(tree_read(&tree, (struct slice){NULL, 0}));
    assert_true(reads(&tree, "[1]"));
    assert_null(tree_at(&tree, tree_root(&tree), "a"));
    assert_null(tree_at(&tree, NULL, "a"));
    assert_null(tree_next(&tree, NULL));
    assert_null(tree_first(&tree, NULL));
    assert_null(tree_text(NULL).at);
    assert_null(tree_text(tree_root(&tree)).at);
    assert_false(tree_int(NULL, &number));
    assert_false(tree_int(tree_root(&tree), &number));
    assert_true(reads(&tree, "{\"a\": 1}"));
    assert_null(tree_at(&tree, tree_root(&tree), "b"));
    tree_finish(&tree);
}

static void test_escapes(void **state)
{
    static const struct {
        const char *json, *text;
    } rows[] = {
        {"\"\"", ""}, {"\"a\\\"b\\\\c\\/d\"", "a\"b\\c/d"}, {"\"\\b\\f\\n\\r\\t\"", "\b\f\n\r\t"}, {"\"x\\u0041y\"", "xAy"},
                {"\"\\u00e9\"", "é"},
        {"\"\\u092E\"", "म"}, {"\"\\ud83d\\ude00\"", "😀"}, {"\"\\uDBFF\\uDFFF\"", "\xF4\x8F\xBF\xBF"}, {"\"म\\u0301\"", "म\u0301"},
                {"\"\\uE000\"", "\uE000"},
    };
    struct tree tree = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_true(reads(&tree, rows[i].json));
        assert_true(slice_is(tree_text(tree_root(&tree)), rows[i].text));
    }
    assert_true(reads(&tree, "{\"k\\u0065y\": \"one\", \"two\\n\": \"\\u0032\"}"));     // several in one text, keys too
    assert_true(slice_is(tree_text(tree_at(&tree, tree_root(&tree), "key")), "one"));
    assert_true(slice_is(tree_text(tree_at(&tree, tree_root(&tree), "two\n")), "2"));
    tree_finish(&tree);
}

static void test_what_is_no_json(void **state)
{
    static const char *const texts[] = {
        "", " ", "{", "[", "\"", "\"a", "\"a\\", "\"\\", "\"\\x\"", "\"\\u\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\uD800\"", "\"\\uDC00\"",
                "\"\\uD800x12345\"",
        "\"\\uD800\\n12345\"", "\"\\uD800\\u0041\"", "\"\\uD800\\uE000\"", "\"\\uD800\\uXXXX\"", "\"\\uD8", "nul", "nulL", "tru", "fals",
                "x", "{]", "[}", "{a:1}",
        "{\"a\"}", "{\"a\" 1}", "{\"a\":}", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{\"a\":1 \"b\"}", "{1:2}", "{\"a", "{\"a\\",
                "{\"a\":\"b", "[1", "[1,", "[1,]", "[1 2]",
        "[,]", "1 2", "{} {}", "[] x", "\"a\" \"b\"", "null,", "}", "]", ":", ",", "{\"a\": \"\\q\"}",
    };
    struct tree tree = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        if (reads(&tree, texts[i]))
            fail_msg("%s was read", texts[i]);
    assert_false(read_exactly(&tree, "\"\\\0\"", 4));
    assert_false(read_exactly(&tree, "\0", 1));
    assert_false(read_exactly(&tree, "1\0", 2));
    tree_finish(&tree);
}

// Cut at each byte, a text is refused; with each byte changed it is read or refused, and nothing is touched that is not its own.
static void test_cut_and_changed(void **state)
{
    static const char text[] = "{\"a\": [1, {\"b\": \"x\\u00e9\\ud83d\\ude00\\n\"}, null, true, false], \"c\": {\"d\": [], \"e\": {}}}";
    static const char odd[] = "\"\\{}[],:u0 \n\x80";
    struct tree tree = {0};
    (void)state;
    for (size_t len = 0; len < sizeof text - 1; len++)
        assert_false(read_exactly(&tree, text, len));
    for (size_t at = 0; at < sizeof text - 1; at++)
        for (size_t k = 0; k < sizeof odd; k++) {
            char changed[sizeof text];
            memcpy(changed, text, sizeof text);
            changed[at] = odd[k];
            if (read_exactly(&tree, changed, sizeof text - 1))
                assert_non_null(tree_root(&tree));
        }
    assert_true(read_exactly(&tree, text, sizeof text - 1));
    tree_finish(&tree);
}

static void test_depth_and_size(void **state)
{
    struct tree tree = {0};
    char text[2 * TREE_MAX_DEPTH + 8];
    (void)state;
    for (size_t depth = 1; depth <= TREE_MAX_DEPTH + 1; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        assert_int_equal(read_exactly(&tree, text, 2 * depth), depth <= TREE_MAX_DEPTH);
    }
    size_t count = 5000, len = 0;      // more than the first room for nodes
    char *many = malloc(8 * count);
    many[len++] = '[';
    for (size_t i = 0; i < count; i++)
        len += (size_t)snprintf(many + len, 8, i ? ",%zu" : "%zu", i);
    many[len++] = ']';
    assert_true(read_exactly(&tree, many, len));
    assert_int_equal(tree_root(&tree)->count, count);
    int64_t sum = 0, number = 0;
    for (const struct node *node = tree_first(&tree, tree_root(&tree)); node; node = tree_next(&tree, node))
        if (tree_int(node, &number))
            sum += number;
    assert_int_equal(sum, (int64_t)(count * (count - 1) / 2));
    free(many);
    tree_finish(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values), cmocka_unit_test(test_what_is_not_there), cmocka_unit_test(test_escapes),
                cmocka_unit_test(test_what_is_no_json),
        cmocka_unit_test(test_cut_and_changed), cmocka_unit_test(test_depth_and_size),
    };
    return cmocka_run_group_tests_name("register_tree", tests, NULL, NULL);
}
