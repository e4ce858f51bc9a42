// SPDX-License-Identifier: MIT
// Names across scripts: what is one name, what is a part of one, what are two; keys; odd input.
#include "pack_fixture.h"

#include "name/name.h"
#include "pack/sounds.h"

struct state {
    struct arena arena;
    const struct name_sounds *sounds;
};

static int set_up(void **state)
{
    struct state *made = calloc(1, sizeof *made);
    struct error error = {0};
    assert_non_null(made);
    arena_init(&made->arena, NULL, (size_t)64 << 20);
    if (ARENA_CATCH(&made->arena))
        fail_msg("the arena unwound");
    assert_int_equal(name_sounds_embedded(&made->arena, &made->sounds, &error), STATUS_OK);
    *state = made;
    return 0;
}

static int tear_down(void **state)
{
    struct state *made = *state;
    arena_finish(&made->arena);
    free(made);
    return 0;
}

static struct name_match compare(void **state, const char *a, const char *b)
{
    const struct name_sounds *sounds = ((struct state *)*state)->sounds;
    struct name first, second;
    assert_true(name_read(sounds, slice_from(a), &first));
    assert_true(name_read(sounds, slice_from(b), &second));
    struct name_match match = name_compare(sounds, &first, &second), back = name_compare(sounds, &second, &first);
    if (match.degree != back.degree || match.score != back.score)
        fail_msg("%s, %s: %u one way, %u the other", a, b, match.score, back.score);
    return match;
}

struct pair {
    const char *a, *b;
};

static void expect(void **state, enum name_degree degree, const struct pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct name_match match = compare(state, pairs[i].a, pairs[i].b);
        if (match.degree != degree)
            fail_msg("%s, %s: degree %u, score %u", pairs[i].a, pairs[i].b, match.degree, match.score);
        bool same = match.score >= NAME_SCORE_SAME, part = match.score >= NAME_SCORE_PART;
        assert_int_equal(match.degree, same ? NAME_SAME : part ? NAME_PART : NAME_OTHER);
    }
}
#define EXPECT(state, degree, ...) \
    do { \
        static const struct pair pairs[] = {__VA_ARGS__}; \
        expect(state, degree, pairs, sizeof pairs / sizeof *pairs); \
    } while (0)

static void one_name_in_four_scripts(void **state)
{
    EXPECT(state, NAME_SAME, {"Awais Leghari", "अवैस लेघारी"}, {"Awais Leghari", "اویس لغاری"}, {"Awais Leghari", "Авайс Легари"},
           {"अवैस लेघारी", "Авайс Легари"}, {"Tsivilev", "Цивилев"}, {"Tsivilev", "सिविलेव"}, {"Цивилев", "تسویلیف"},
           {"सिविलेव", "تسویلیف"});
}

static void different_people(void **state)
{
    EXPECT(state, NAME_OTHER, {"Omar Ayub", "Ayaz Sadiq"}, {"Narendra Modi", "Lalit Modi"}, {"Hamid Karzai", "Hamid Khan"},
           {"Сергей Лавров", "Сергей Рябков"}, {"شہباز شریف", "Nawaz Sharif"}, {"S. Lavrov", "I. Lavrov"}, {"S. Lavrov", "Igor Lavrov"},
           {"Muhammad Akram", "Muhammad Aslam"}, {"Mohammed bin Zayed", "Abdullah bin Zayed"});
}

static void what_a_name_may_lack(void **state)
{
    EXPECT(state, NAME_SAME, {"Сергей Викторович Лавров", "Sergey Lavrov"}, {"Lavrov Sergey Viktorovich", "Sergey Lavrov"},
           {"С. Лавров", "Sergey Lavrov"}, {"С. В. Лавров", "सर्गेई लावरोव"}, {"Сергеем Лавровым", "Sergei Lavrov"},
           {"Sardar Awais Ahmad Khan Leghari", "Awais Leghari"}, {"Abdel Fattah el-Sisi", "Абдель Фаттах ас-Сиси"},
           {"Bashar Assad", "بشار الاسد"}, {"Dr. Mohammad Ishaq Dar", "Ishaq Dar"}, {"डॉ. एस. जयशंकर", "S. Jaishankar"},
           {"Yoon Suk-yeol", "Yoon Suk Yeol"}, {"Abdulaziz Kamal", "Abdul Aziz Kamal"});
}

static void one_word_alone_is_a_part(void **state)
{
    EXPECT(state, NAME_PART, {"Lavrov", "Sergey Lavrov"}, {"लावरोव", "Сергей Лавров"}, {"Mr Lavrov", "Сергей Викторович Лавров"},
           {"لغاری", "Awais Leghari"});
    assert_int_equal(compare(state, "Lavrov", "Лавров").degree, NAME_SAME);
    assert_int_equal(compare(state, "Lavrov", "Лавров").words, 1);
    assert_int_equal(compare(state, "Sergey Lavrov", "Сергей Лавров").words, 2);
}

static void nearer_scores_higher(void **state)
{
    assert_int_equal(compare(state, "Sergey Lavrov", "Sergey Lavrov").score, 1000);
    assert_true(compare(state, "Sergey Lavrov", "Sergey Lavrov").score > compare(state, "S. Lavrov", "Sergey Lavrov").score);
    assert_true(compare(state, "Sergey Lavrov", "Сергей Лавров").score > compare(state, "Sergey Lavrov", "Сергей Цавров").score);
}

static void expect_key(void **state, const char *name, const char *want)
{
    const struct name_sounds *sounds = ((struct state *)*state)->sounds;
    struct name read;
    char key[NAME_KEY_MAX];
    name_read(sounds, slice_from(name), &read);
    struct slice found = slice_make(key, name_key(sounds, &read, key));
    if (!slice_is(found, want))
        fail_msg("%s: key %.*s", name, (int)found.len, found.at);
}

static void keys_meet_across_scripts(void **state)
{
    expect_key(state, "Dmitry Peskov", "PSK TNTR");
    expect_key(state, "Песков Дмитрий", "PSK TNTR");
    expect_key(state, "दिमित्री पेसकोव", "PSK TNTR");
    expect_key(state, "دمتری پیسکوف", "PSK PSKP TNTR");
    expect_key(state, "Ai Hua", "0");
    expect_key(state, "Dr. D. Peskov", "PSK");
}

static void odd_input(void **state)
{
    const struct name_sounds *sounds = ((struct state *)*state)->sounds;
    struct name name;
    assert_false(name_read(sounds, SLICE(""), &name));
    assert_false(name_read(sounds, SLICE(" .-, 123 "), &name));
    assert_int_equal(name.word_count, 0);
    struct name_match match = name_compare(sounds, &name, &name);
    assert_int_equal(match.degree, NAME_OTHER);
    assert_true(name_read(sounds, SLICE("Dr."), &name));  // nothing but a title: it is the name
    char many[4000];
    for (size_t i = 0; i < sizeof many; i++)
        many[i] = i % 7 == 6 ? ' ' : (char)('a' + i * 5 % 26);
    assert_true(name_read(sounds, slice_make(many, sizeof many), &name));
    assert_true(name.word_count <= NAME_MAX_WORDS && name.sound_count <= NAME_MAX_SOUNDS);
    assert_int_equal(name_compare(sounds, &name, &name).degree, NAME_SAME);
    memset(many, 'k', sizeof many);
    assert_true(name_read(sounds, slice_make(many, sizeof many), &name));
    for (size_t i = 0; i < sizeof many; i++)
        many[i] = i % 2 ? ' ' : 'a';
    assert_true(name_read(sounds, slice_make(many, sizeof many), &name));
    assert_int_equal(name_compare(sounds, &name, &name).degree, NAME_OTHER);  // initials alone name nobody
}

static void many_alike_words_end_soon(void **state)
{
    const char *alike = "bin bin ali ala ale alo alu ili olo ulu";
    compare(state, alike, "alu ale olo ali bin ala ili ulu alo bin");
    compare(state, "la la la la la la la la la la", "lo lo lo lo lo lo lo lo lo ki");
    compare(state, "la la la la la la la la la la", "lo lo lo lo lo lo lo lo lo lo");
}

// ---- the tables ---------------------------------------------------------------------------------------------------
static void faults_of_tables_are_found(void **state)
{
    struct arena *arena = &((struct state *)*state)->arena;
    static const struct {
        const char *path, *bytes, *want;
    } samples[] = {
        {"shared/likeness.tsv", "sound\tother\tcost\tkey\nk\t-\t200\tK\n", "expected a cost of 0 to 100, found `200`"},
        {"shared/likeness.tsv", "sound\tother\tcost\tkey\nk\t-\t50\t?\n", "expected a key of A to Z, a to z or `-`"},
        {"shared/likeness.tsv", "sound\tother\tcost\tkey\nk\tg\t20\n", "expected sounds that likeness.tsv names against `-`"},
        {"shared/likeness.tsv", "sound\tother\tcost\tkey\nk\t-\t50\tK\nk\t-\t50\tK\n",
         "expected each pair of sounds once, found `k -` again"},
        {"shared/sounds.tsv", "letters\tsounds\nk\tk\n", "expected sounds that likeness.tsv names against `-`"},
        {"shared/sounds.tsv", "letters\tsounds\n^\t\n", "expected the letters that are written"},
        {"shared/name-words.tsv", "class\tsounds\twords\nking\t-\tking\n",
         "expected one of: title light common initial alias; found `king`"},
        {"shared/name-words.tsv", "class\tsounds\twords\ntitle\t-\tmr mr\n", "expected `mr` once"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        pack_file_vec files = {0};
        pack_fault_vec faults = {0};
        struct sound_tables tables;
        struct pack_file file = {slice_from(samples[i].path), slice_from(samples[i].bytes)};
        vec_push(arena, &files, file);
        sound_tables_read(arena, &files, &tables, &faults);
        assert_int_equal(faults.count, 1);
        assert_string_equal(arena_copy(arena, faults.at[0].text).at, samples[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_name_in_four_scripts), cmocka_unit_test(different_people), cmocka_unit_test(what_a_name_may_lack),
        cmocka_unit_test(one_word_alone_is_a_part), cmocka_unit_test(nearer_scores_higher), cmocka_unit_test(keys_meet_across_scripts),
        cmocka_unit_test(odd_input), cmocka_unit_test(many_alike_words_end_soon), cmocka_unit_test(faults_of_tables_are_found),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
