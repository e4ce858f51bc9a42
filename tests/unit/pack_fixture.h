// SPDX-License-Identifier: MIT
// For tests of packs, match and lang: the world from packs/shared, the toy pack, and tiny packs from strings.
// KARAR_ROOT in the environment names the source folder; without it, tests run there.
#ifndef KARAR_TESTS_PACK_FIXTURE_H
#define KARAR_TESTS_PACK_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "pack/load.h"
#include "unicode/word.h"

struct fixture {
    struct arena arena;
    struct world *world;
    pack_fault_vec faults;
};

// A pack.conf that has all that is needed.
#define FIXTURE_CONF                                                                                                    \
    "format = 1\nlanguage = x-tiny\nname = tiny\nscript = Latn\ndirection = ltr\nhead = final\ncase-marks = after\n"    \
    "names = plain\nsentence-ends = .\nprofile = vu ri\n"

static inline struct slice fixture_path(struct arena *arena, const char *inner)
{
    const char *root = getenv("KARAR_ROOT");
    return arena_format(arena, "%s/%s", root ? root : ".", inner);
}

static inline void fixture_print_faults(const pack_fault_vec *faults)
{
    for (uint32_t i = 0; i < faults->count; i++) {
        const struct pack_fault *fault = &faults->at[i];
        print_message("# %.*s:%u:%u: %.*s\n", (int)fault->file.len, fault->file.at, fault->line, fault->column, (int)fault->text.len,
                      fault->text.at);
    }
}

static inline struct fixture *fixture_new(void)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    arena_init(&fixture->arena, NULL, (size_t)512 << 20);
    if (ARENA_CATCH(&fixture->arena))
        fail_msg("the arena unwound");
    pack_file_vec files = {0};
    struct error error = {0};
    struct slice folder = fixture_path(&fixture->arena, "packs/shared");
    if (pack_files_folder(&fixture->arena, folder.at, &files, &error))
        fail_msg("%s: %s", error.file, error.text);
    enum status status = world_load(&fixture->arena, &files, &fixture->world, &fixture->faults);
    fixture_print_faults(&fixture->faults);
    assert_int_equal(status, STATUS_OK);
    return fixture;
}

static inline void fixture_free(struct fixture *fixture)
{
    arena_finish(&fixture->arena);
    free(fixture);
}

static inline void fixture_file(struct fixture *fixture, pack_file_vec *files, const char *path, const char *bytes)
{
    struct pack_file file = {slice_from(path), slice_from(bytes)};
    vec_push(&fixture->arena, files, file);
}

// Loads a pack that must have no fault.
static inline struct pack *fixture_pack(struct fixture *fixture, const pack_file_vec *files)
{
    struct pack *pack = NULL;
    enum status status = pack_load(&fixture->arena, fixture->world, files, &pack, &fixture->faults);
    fixture_print_faults(&fixture->faults);
    assert_int_equal(status, STATUS_OK);
    return pack;
}

static inline struct pack *fixture_toy(struct fixture *fixture)
{
    pack_file_vec files = {0};
    struct error error = {0};
    struct slice folder = fixture_path(&fixture->arena, "packs/toy");
    if (pack_files_folder(&fixture->arena, folder.at, &files, &error))
        fail_msg("%s: %s", error.file, error.text);
    return fixture_pack(fixture, &files);
}

// The forms that a text matches as a whole: walks the trie along all its words.
static inline const struct pack_form *fixture_find(const struct pack *pack, const char *text, uint32_t *ret_count)
{
    struct slice left = slice_from(text);
    uint32_t node = 0;
    *ret_count = 0;
    for (size_t offset = 0;;) {
        enum word_kind kind;
        char folded[WORD_FOLD_ROOM(200)];
        struct slice piece = word_next(left, &offset, &kind);
        if (kind == WORD_NONE)
            return node ? pack_forms(pack, node, ret_count) : NULL;
        struct slice key = slice_make(folded, word_fold(piece, kind, folded));
        uint32_t word = words_get(&pack->words, key, map_hash(key));
        if (word == 0 || !pack_step(pack, &node, word))
            return NULL;
    }
}

static inline uint32_t fixture_count(const struct pack *pack, const char *text)
{
    uint32_t count;
    fixture_find(pack, text, &count);
    return count;
}

#endif
