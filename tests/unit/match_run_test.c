// SPDX-License-Identifier: MIT
// Matching over tokens: longest match, two families, groups, sentences.
#include "doc/document.h"
#include "match/match.h"
#include "pack_fixture.h"
#include "text/text.h"

struct tests {
    struct fixture *fixture;
    struct pack *toy;
};

// A document of one paragraph, matched.
static struct document *matched(void **state, const char *text)
{
    const struct tests *tests = *state;
    struct arena *arena = &tests->fixture->arena;
    struct document *document = ARENA_NEW(arena, struct document);
    document->arena = arena;
    document->text = document->stored = slice_from(text);
    document->pack = tests->toy;
    struct paragraph paragraph = {.end = (uint32_t)document->text.len, .role = PARAGRAPH_BODY, .pack = tests->toy};
    vec_push(arena, &document->paragraphs, paragraph);
    text_cut(document);
    text_run(document);
    match_run(document);
    return document;
}

// The groups of a layer as words in brackets, with the number of spans of each.
static void expect_groups(const struct document *document, const struct span_layer *layer, const char *want)
{
    char found[1000] = "";
    size_t len = 0;
    for (uint32_t i = 0; i < layer->count;) {
        uint32_t group = i;
        while (i < layer->count && layer->at[i].first == layer->at[group].first && layer->at[i].last == layer->at[group].last)
            i++;
        struct slice words = document_words(document, layer->at[group].first, layer->at[group].last);
        len += (size_t)snprintf(found + len, sizeof found - len, "[%.*s %u]", (int)words.len, words.at, i - group);
    }
    assert_string_equal(found, want);
}

static void longest_match_wins(void **state)
{
    const struct document *document = matched(state, "gran rusol vu rusol");
    expect_groups(document, &document->lexicon, "[gran rusol 1][vu 1][rusol 1]");
    document = matched(state, "memor ri komerc");
    expect_groups(document, &document->lexicon, "[ri 1][komerc 1]");
    document = matched(state, "memor ri kompren ri komerc");
    expect_groups(document, &document->lexicon, "[memor ri kompren 1][ri 1][komerc 1]");
}

static void leftmost_match_wins(void **state)
{
    const struct document *document = matched(state, "kune laborea komis labor grup");
    expect_groups(document, &document->lexicon, "[labor grup 1]");
    document = matched(state, "kunea laborea komisa ri sesi");
    expect_groups(document, &document->lexicon, "[kunea laborea komisa 1][ri 1][sesi 1]");
}

static void families_overlap_freely(void **state)
{
    const struct document *document = matched(state, "pakol dan rusol ka havis paroli sen");
    expect_groups(document, &document->triggers, "[havis paroli 1]");
    expect_groups(document, &document->lexicon, "[pakol 1][dan 1][rusol 1][ka 1][havis 1][paroli 1][sen 1]");
}

// A word that stresses the one before it stands inside a trigger, and in no form of the lexicon.
static void emphatic_words_stand_inside_triggers(void **state)
{
    const struct document *document = matched(state, "rusol havis mult paroli");
    expect_groups(document, &document->triggers, "[havis mult paroli 1]");
    document = matched(state, "gran mult rusol havis bon paroli");
    expect_groups(document, &document->triggers, "");
    expect_groups(document, &document->lexicon, "[mult 1][rusol 1][havis 1][bon 1][paroli 1]");
}

static void covering_names_the_group(void **state)
{
    const struct document *document = matched(state, "nenio gran rusol havis paroli");
    assert_int_equal(document->tokens.count, 5);
    assert_int_equal(document->lexicon.covering[0], SPAN_NONE);
    assert_int_equal(document->lexicon.covering[1], 0);
    assert_int_equal(document->lexicon.covering[2], 0);
    assert_int_equal(document->triggers.covering[2], SPAN_NONE);
    assert_int_equal(document->triggers.covering[3], 0);
    assert_int_equal(document->triggers.covering[4], 0);
}

static void entries_with_the_same_words_are_one_group(void **state)
{
    const struct document *document = matched(state, "pol ri pol");
    expect_groups(document, &document->lexicon, "[pol 1][ri pol 1]");
    document = matched(state, "ministo ri fluo");
    expect_groups(document, &document->lexicon, "[ministo ri fluo 1]");
}

static void features_come_with_the_span(void **state)
{
    const struct document *document = matched(state, "akordi signos");
    assert_int_equal(document->lexicon.at[0].features, FEATURE(PL) | FEATURE(NOM));
    assert_int_equal(document->triggers.at[0].features, FEATURE(FUT));
}

static void matches_stay_in_their_sentence(void **state)
{
    const struct document *document = matched(state, "pakol vu gran. Rusol ka signis.");
    assert_int_equal(document->sentences.count, 2);
    expect_groups(document, &document->lexicon, "[pakol 1][vu 1][Rusol 1][ka 1]");
}

static void abbreviations_match_with_their_stop(void **state)
{
    const struct document *document = matched(state, "sir. tomo ri r.u. nov. 5");
    expect_groups(document, &document->lexicon, "[sir. 1][tomo 1][ri 1][r.u. 1][nov. 1]");
}

static void clitics_are_words(void **state)
{
    const struct document *document = matched(state, "rusol's guv");
    expect_groups(document, &document->lexicon, "[rusol 1]['s 1][guv 1]");
}

static void sentences_without_a_pack_are_skipped(void **state)
{
    const struct tests *tests = *state;
    struct document *document = matched(state, "pakol ka signis");
    document->sentences.at[0].pack = NULL;
    match_run(document);
    assert_int_equal(document->lexicon.count, 0);
    assert_int_equal(document->lexicon.covering[0], SPAN_NONE);
    document->sentences.at[0].pack = tests->toy;
    match_run(document);
    assert_int_equal(document->lexicon.count, 2);
}

static void empty_documents_match_nothing(void **state)
{
    const struct document *document = matched(state, "");
    assert_int_equal(document->lexicon.count, 0);
    assert_int_equal(document->triggers.count, 0);
}

int main(void)
{
    struct tests tests = {.fixture = fixture_new()};
    tests.toy = fixture_toy(tests.fixture);
    const struct CMUnitTest all[] = {
        cmocka_unit_test_prestate(longest_match_wins, &tests),
        cmocka_unit_test_prestate(leftmost_match_wins, &tests),
        cmocka_unit_test_prestate(families_overlap_freely, &tests),
        cmocka_unit_test_prestate(emphatic_words_stand_inside_triggers, &tests),
        cmocka_unit_test_prestate(covering_names_the_group, &tests),
        cmocka_unit_test_prestate(entries_with_the_same_words_are_one_group, &tests),
        cmocka_unit_test_prestate(features_come_with_the_span, &tests),
        cmocka_unit_test_prestate(matches_stay_in_their_sentence, &tests),
        cmocka_unit_test_prestate(abbreviations_match_with_their_stop, &tests),
        cmocka_unit_test_prestate(clitics_are_words, &tests),
        cmocka_unit_test_prestate(sentences_without_a_pack_are_skipped, &tests),
        cmocka_unit_test_prestate(empty_documents_match_nothing, &tests),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int failed = cmocka_run_group_tests(all, NULL, NULL);
    fixture_free(tests.fixture);
    return failed;
}
