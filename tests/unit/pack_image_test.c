// SPDX-License-Identifier: MIT
// The image of compiled packs: what the build put into the program is what compiling the packs' text gives now, byte for byte, and what is
// read out of it answers as the compiled packs do.
#include "pack/image.h"
#include "pack/sounds.h"
#include "pack/trie.h"
#include "pack_fixture.h"

#define PACKS_MAX 16

struct compiled {
    struct arena arena;
    struct world *world;
    struct pack *packs[PACKS_MAX];
    pack_file_vec files[PACKS_MAX];
    uint32_t count;
};

static int compile(void **state)
{
    struct compiled *compiled = calloc(1, sizeof *compiled);
    arena_init(&compiled->arena, NULL, (size_t)1 << 30);
    assert_int_equal(ARENA_CATCH(&compiled->arena), STATUS_OK);
    pack_file_vec shared = {0};
    pack_fault_vec faults = {0};
    slice_vec names = {0};
    pack_files_embedded(&compiled->arena, SLICE("shared"), &shared);
    assert_int_equal(world_load(&compiled->arena, &shared, &compiled->world, &faults), STATUS_OK);
    pack_embedded_names(&compiled->arena, &names);
    for (uint32_t i = 0; i < names.count; i++) {
        if (slice_is(names.at[i], "shared"))
            continue;
        uint32_t at = compiled->count++;
        assert_true(at < PACKS_MAX);
        pack_files_embedded(&compiled->arena, names.at[i], &compiled->files[at]);
        assert_int_equal(pack_load(&compiled->arena, compiled->world, &compiled->files[at], &compiled->packs[at], &faults), STATUS_OK);
    }
    *state = compiled;
    return 0;
}

static int finish(void **state)
{
    struct compiled *compiled = *state;
    arena_finish(&compiled->arena);
    free(compiled);
    return 0;
}

static void the_image_is_what_the_text_gives(void **state)
{
    struct compiled *compiled = *state;
    struct slice image = pack_image();
    struct buf again;
    buf_init(&again, (size_t)1 << 30);
    assert_true(image_fits(image));
    assert_int_equal(image_write(&again, compiled->world, compiled->packs, compiled->count), STATUS_OK);
    assert_int_equal(again.len, image.len);
    assert_int_equal(memcmp(again.at, image.at, image.len), 0);
    buf_finish(&again);
}

static void the_world_comes_back(void **state)
{
    struct compiled *compiled = *state;
    const struct world *world = image_world(&compiled->arena, pack_image()), *text = compiled->world;
    assert_non_null(world);
    assert_int_equal(world->parties.count, text->parties.count);
    for (uint32_t i = 0; i < world->parties.count; i++) {
        assert_true(slice_eq(world->parties.at[i].code, text->parties.at[i].code));
        assert_true(slice_eq(world->parties.at[i].name, text->parties.at[i].name));
        assert_int_equal(words_index(&world->party_by_code, world->parties.at[i].code), i);
    }
    assert_int_equal(world->cities.count, text->cities.count);
    assert_memory_equal(world->commitment_under, text->commitment_under, sizeof world->commitment_under);
    assert_int_equal(world->sounds->rules.count, text->sounds->rules.count);
}

static void packs_come_back(void **state)
{
    struct compiled *compiled = *state;
    for (uint32_t i = 0; i < compiled->count; i++) {
        const struct pack *text = compiled->packs[i];
        const struct pack *pack = image_pack(&compiled->arena, pack_image(), compiled->world, &text->config, &compiled->files[i]);
        assert_non_null(pack);
        assert_int_equal(pack->lexemes.count, text->lexemes.count);
        for (uint32_t k = 0; k < pack->lexemes.count; k++) {
            const struct lexeme *a = &pack->lexemes.at[k], *b = &text->lexemes.at[k];
            assert_true(slice_eq(a->text, b->text) && a->kind == b->kind && a->value == b->value && a->classes == b->classes);
            assert_true(a->file == b->file && a->line == b->line && a->party_count == b->party_count);
            assert_true(a->party_count == 0 || memcmp(a->parties, b->parties, a->party_count * sizeof *a->parties) == 0);
        }
        assert_int_equal(pack->rules.count, text->rules.count);
        for (uint32_t k = 0; k < pack->rules.count; k++)
            assert_true(slice_eq(pack->rules.at[k].id, text->rules.at[k].id));
        assert_int_equal(pack->trie->nodes.count, text->trie->nodes.count);
        uint32_t at = 0, word;
        for (struct slice key; words_next(&text->words, &at, &key, &word);)
            assert_int_equal(words_get(&pack->words, key, map_hash(key)), word);
    }
}

static void others_are_not_read(void **state)
{
    struct compiled *compiled = *state;
    char short_one[64] = "karar.1";
    struct pack_config config = {.language = SLICE("xx")};
    assert_false(image_fits(slice_make(short_one, sizeof short_one)));
    assert_null(image_world(&compiled->arena, (struct slice){NULL, 0}));
    assert_null(image_pack(&compiled->arena, pack_image(), compiled->world, &config, &compiled->files[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_image_is_what_the_text_gives),
        cmocka_unit_test(the_world_comes_back),
        cmocka_unit_test(packs_come_back),
        cmocka_unit_test(others_are_not_read),
    };
    return cmocka_run_group_tests(tests, compile, finish);
}
