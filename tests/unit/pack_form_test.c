// SPDX-License-Identifier: MIT
// Expansion of forms into the trie: brackets, paradigms, agreement, cutting.
#include "pack_fixture.h"

static struct pack *tiny(struct fixture *fixture, const char *forms)
{
    static const char paradigms[] = "paradigm\tcell\tfrom\tto\n"
                                    "n\tsg\t\t\nn\tpl\ty\ties\nn\tpl\t\ts\n"
                                    "v\tinf\t\t\nv\tpast\te\ted\nv\tpast\t\ted\nv\tpart\t\ted\n"
                                    "many\tpl\t\tz\n";
    pack_file_vec files = {0};
    fixture->faults.count = 0;
    fixture_file(fixture, &files, "tiny/pack.conf", FIXTURE_CONF);
    fixture_file(fixture, &files, "tiny/paradigms.tsv", paradigms);
    struct slice table = arena_format(&fixture->arena, "kind\tforms\nplan\t%s\n", forms);
    fixture_file(fixture, &files, "tiny/lexicon/instruments.tsv", table.at);
    return fixture_pack(fixture, &files);
}

static uint32_t features(const struct pack *pack, const char *text)
{
    uint32_t count;
    const struct pack_form *forms = fixture_find(pack, text, &count);
    assert_int_equal(count, 1);
    return forms[0].features;
}

static void plain_forms(void **state)
{
    struct pack *pack = tiny(*state, "road map | Work-Plan | U.S. plan | st. plan");
    assert_int_equal(fixture_count(pack, "road map"), 1);
    assert_int_equal(fixture_count(pack, "ROAD MAP"), 1);
    assert_int_equal(fixture_count(pack, "road"), 0);
    assert_int_equal(fixture_count(pack, "work-plan"), 1);
    assert_int_equal(fixture_count(pack, "work – plan"), 1);
    assert_int_equal(fixture_count(pack, "work plan"), 0);
    assert_int_equal(fixture_count(pack, "u.s. plan"), 1);
    assert_int_equal(fixture_count(pack, "st plan"), 1);
    assert_int_equal(words_get(&pack->abbreviations, SLICE("st"), map_hash(SLICE("st"))), 1);
}

static void optional_and_alternatives(void **state)
{
    struct pack *pack = tiny(*state, "[a|the] (road map|plan) [of action]");
    assert_int_equal(fixture_count(pack, "road map"), 1);
    assert_int_equal(fixture_count(pack, "a road map"), 1);
    assert_int_equal(fixture_count(pack, "the plan of action"), 1);
    assert_int_equal(fixture_count(pack, "a the plan"), 0);
    assert_int_equal(fixture_count(pack, "the"), 0);
    assert_int_equal(fixture_count(pack, "plan of"), 0);
}

static void nested_brackets(void **state)
{
    struct pack *pack = tiny(*state, "plan [of [joint] (action|work)]");
    assert_int_equal(fixture_count(pack, "plan"), 1);
    assert_int_equal(fixture_count(pack, "plan of action"), 1);
    assert_int_equal(fixture_count(pack, "plan of joint work"), 1);
    assert_int_equal(fixture_count(pack, "plan of joint"), 0);
}

static void inflected_words(void **state)
{
    struct pack *pack = tiny(*state, "strategy/n | plan/n of strategy");
    assert_int_equal(features(pack, "strategy"), FEATURE(SG));
    assert_int_equal(features(pack, "strategies"), FEATURE(PL));
    assert_int_equal(features(pack, "plans of strategy"), FEATURE(PL));
    assert_int_equal(fixture_count(pack, "strategys"), 0);
}

static void inflected_words_agree(void **state)
{
    struct pack *pack = tiny(*state, "work/n plan/n | road/n map/many");
    assert_int_equal(fixture_count(pack, "work plan"), 1);
    assert_int_equal(fixture_count(pack, "works plans"), 1);
    assert_int_equal(fixture_count(pack, "works plan"), 0);
    assert_int_equal(features(pack, "roads mapz"), FEATURE(PL));
    assert_int_equal(fixture_count(pack, "road mapz"), 0);
}

static void paradigms_without_a_common_cell_vary_freely(void **state)
{
    struct pack *pack = tiny(*state, "strike/v [a] deal/n");
    assert_int_equal(features(pack, "strike a deal"), FEATURE(INF));
    assert_int_equal(features(pack, "striked deals"), FEATURE(PAST));
}

static void cells_with_one_spelling_unite_features(void **state)
{
    struct pack *pack = tiny(*state, "plann/v");
    assert_int_equal(features(pack, "planned"), FEATURE(PAST) | FEATURE(PART));
}

static void brackets_take_a_paradigm(void **state)
{
    struct pack *pack = tiny(*state, "joint (plan|work strategy)/n | [big] (deal/n|pact)");
    assert_int_equal(features(pack, "joint plans"), FEATURE(PL));
    assert_int_equal(features(pack, "joint work strategies"), FEATURE(PL));
    assert_int_equal(fixture_count(pack, "joint works strategies"), 0);
    assert_int_equal(features(pack, "big deals"), FEATURE(PL));
    assert_int_equal(features(pack, "big pact"), 0);
}

static void same_meaning_is_one_form(void **state)
{
    struct pack *pack = tiny(*state, "plan | Plan | [the] plan\nplan\tplan\nletter\tplan");
    uint32_t count;
    const struct pack_form *forms = fixture_find(pack, "plan", &count);
    assert_int_equal(count, 2);
    assert_int_equal(pack->lexemes.at[forms[0].lexeme].value, INSTRUMENT_PLAN);
    assert_int_equal(pack->lexemes.at[forms[1].lexeme].value, INSTRUMENT_LETTER);
}

static void bars_inside_brackets_may_have_blanks(void **state)
{
    struct pack *pack = tiny(*state, "(road | work) plan | pact");
    assert_int_equal(fixture_count(pack, "work plan"), 1);
    assert_int_equal(fixture_count(pack, "pact"), 1);
    assert_int_equal(fixture_count(pack, "road"), 0);
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
        cmocka_unit_test(plain_forms),
        cmocka_unit_test(optional_and_alternatives),
        cmocka_unit_test(nested_brackets),
        cmocka_unit_test(inflected_words),
        cmocka_unit_test(inflected_words_agree),
        cmocka_unit_test(paradigms_without_a_common_cell_vary_freely),
        cmocka_unit_test(cells_with_one_spelling_unite_features),
        cmocka_unit_test(brackets_take_a_paradigm),
        cmocka_unit_test(same_meaning_is_one_form),
        cmocka_unit_test(bars_inside_brackets_may_have_blanks),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
