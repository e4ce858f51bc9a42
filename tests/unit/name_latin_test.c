// SPDX-License-Identifier: MIT
// Names in Latin letters: by letters, by whole words, with capitals, and what the tables do not know.
#include "pack_fixture.h"

#include "name/latin.h"

static void expect_latin(void **state, const char *pack_name, const char *name, const char *want)
{
    struct fixture *fixture = *state;
    pack_file_vec files = {0};
    struct pack *pack = NULL;
    pack_files_embedded(&fixture->arena, slice_from(pack_name), &files);
    assert_int_equal(pack_load(&fixture->arena, fixture->world, &files, &pack, &fixture->faults), STATUS_OK);
    char out[LATIN_MAX];
    struct slice found = slice_make(out, latin_write(pack, slice_from(name), out));
    if (!slice_is(found, want))
        fail_msg("%s: %.*s, not %s", name, (int)found.len, found.at, want);
}

static void letters_become_letters(void **state)
{
    expect_latin(state, "ru", "Сергей Лавров", "Sergey Lavrov");
    expect_latin(state, "ru", "Юрий Малинский", "Yury Malinsky");
    expect_latin(state, "hi", "लेघारी", "Leghari");
    expect_latin(state, "en", "Mira Solheim", "Mira Solheim");
}

static void groups_match_behind_capitals(void **state)
{
    expect_latin(state, "ru", "Джамали", "Jamali");
    expect_latin(state, "ru", "ДЖАМАЛИ", "Jamali");
}

static void whole_words_are_written_as_the_table_says(void **state)
{
    expect_latin(state, "ur", "محمد عاصم", "Muhammad Asim");
    expect_latin(state, "ur", "خالد بن ولید", "Khalid bin Waleed");
    expect_latin(state, "hi", "नवाज शरीफ", "Nawaz Sharif");
}

static void unknown_letters_give_nothing(void **state)
{
    expect_latin(state, "ru", "Γιώργος", "");
    expect_latin(state, "hi", "王毅", "");
    expect_latin(state, "hi", "", "");
}

static int set_up(void **state)
{
    *state = fixture_new();
    return 0;
}

static int tear_down(void **state)
{
    fixture_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_become_letters), cmocka_unit_test(groups_match_behind_capitals),
        cmocka_unit_test(whole_words_are_written_as_the_table_says), cmocka_unit_test(unknown_letters_give_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
