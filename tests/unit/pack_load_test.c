// SPDX-License-Identifier: MIT
// Loading the shared tables and a whole pack: the invented one, which has every kind of table and every key of a rule.
#include "doc/mention.h"
#include "pack/spelling.h"
#include "pack_fixture.h"

static struct fixture *fixture(void **state)
{
    return *state;
}

static const struct lexeme *only_lexeme(const struct pack *pack, const char *text)
{
    uint32_t count;
    const struct pack_form *forms = fixture_find(pack, text, &count);
    if (count != 1)
        fail_msg("%s: %u forms", text, count);
    return &pack->lexemes.at[forms[0].lexeme];
}

static const struct rule *rule_named(const struct pack *pack, const char *id)
{
    for (uint32_t i = 0; i < pack->rules.count; i++) {
        if (slice_is(pack->rules.at[i].id, id))
            return &pack->rules.at[i];
    }
    fail_msg("no rule %s", id);
    return NULL;
}

static void world_knows_states_cities_and_concepts(void **state)
{
    const struct world *world = fixture(state)->world;
    uint32_t pakistan = words_index(&world->party_by_code, SLICE("PAK"));
    uint32_t islamabad = words_index(&world->city_by_name, SLICE("Islamabad"));
    assert_true(world->parties.at[pakistan].state);
    assert_int_equal(world->parties.at[pakistan].capital, islamabad);
    assert_int_equal(world->cities.at[islamabad].state, pakistan);
    assert_true(world->cities.at[islamabad].capital);
    uint32_t un = words_index(&world->party_by_code, SLICE("UN"));
    assert_false(world->parties.at[un].state);
    uint32_t train = words_index(&world->concept_by_id, SLICE("freight-train"));
    assert_int_equal(world->concepts.at[train].sector, SECTOR_TRANSPORT);
}

static void world_knows_modality(void **state)
{
    const struct world *world = fixture(state)->world;
    assert_int_equal(world->instrument_under[INSTRUMENT_STATUS_SIGNED][MODALITY_FUTURE], INSTRUMENT_STATUS_PLANNED);
    assert_int_equal(world->instrument_under[INSTRUMENT_STATUS_SIGNED][MODALITY_NOT], CODE_NONE);
    assert_int_equal(world->meeting_under[MEETING_STATUS_HELD][MODALITY_FUTURE], MEETING_STATUS_PLANNED);
    assert_int_equal(world->commitment_under[STANCE_DISCUSSED][MODALITY_FUTURE], STANCE_DISCUSSED);
}

static void config_is_read(void **state)
{
    const struct pack_config *config = &fixture_toy(fixture(state))->config;
    assert_true(slice_is(config->language, "x-toy"));
    assert_int_equal(config->script, SCRIPT_LATIN);
    assert_int_equal(config->head, HEAD_FINAL);
    assert_int_equal(config->case_marks, CASE_AFTER);
    assert_true(config->plain_names);
    assert_false(config->right_to_left);
    assert_false(config->indian_grouping);
    assert_int_equal(config->ordinal_suffixes.count, 1);
    assert_int_equal(config->sentence_ends.count, 3);
    assert_int_equal(config->profile.count, 17);
    assert_true(slice_is(config->profile.at[0], "vu"));
}

static void every_kind_has_lexemes(void **state)
{
    const struct pack *pack = fixture_toy(fixture(state));
    uint32_t counts[LEXICON_KIND_COUNT] = {0};
    for (uint32_t i = 0; i < pack->lexemes.count; i++)
        counts[pack->lexemes.at[i].kind]++;
    for (uint32_t kind = 0; kind < LEXICON_KIND_COUNT; kind++)
        assert_true(counts[kind] > 0);
}

static void every_grammar_class_has_a_word(void **state)
{
    const struct pack *pack = fixture_toy(fixture(state));
    uint64_t classes = 0;
    for (uint32_t i = 0; i < pack->lexemes.count; i++) {
        if (pack->lexemes.at[i].kind == LEXICON_GRAMMAR)
            classes |= pack->lexemes.at[i].classes;
    }
    assert_int_equal(classes, (UINT64_C(1) << GRAMMAR_CLASS_COUNT) - 1);
}

static void lexemes_hold_their_values(void **state)
{
    const struct pack *pack = fixture_toy(fixture(state));
    const struct world *world = pack->world;
    assert_int_equal(only_lexeme(pack, "terea pakola")->value, words_index(&world->party_by_code, SLICE("PAK")));
    assert_int_equal(only_lexeme(pack, "pakish")->attribute, PARTY_ROLE_ADJECTIVE);
    assert_int_equal(only_lexeme(pack, "moskvil")->value, words_index(&world->city_by_name, SLICE("Moscow")));
    assert_int_equal(only_lexeme(pack, "medi orient")->value, PLACE_REGION);
    assert_int_equal(only_lexeme(pack, "san")->value, HONORIFIC_AFTER);
    assert_int_equal(only_lexeme(pack, "mira")->value, NAME_GIVEN);
    assert_int_equal(only_lexeme(pack, "embas")->value, ORGAN_EMBASSY);
    assert_int_equal(only_lexeme(pack, "sesia")->value, MEETING_SESSION);
    assert_int_equal(only_lexeme(pack, "inter-guve komis")->value, MEETING_COMMISSION);
    assert_int_equal(only_lexeme(pack, "memor ri kompren")->value, INSTRUMENT_MOU);
    assert_int_equal(only_lexeme(pack, "rilat")->attribute, 1);
    assert_int_equal(only_lexeme(pack, "ambe part")->value, SIDE_BOTH);
    assert_int_equal(only_lexeme(pack, "dekim")->number, 10);
    assert_int_equal(only_lexeme(pack, "dekim")->attribute, NUMBER_ORDINAL);
    assert_int_equal(only_lexeme(pack, "dimanko")->value, 7);
    assert_int_equal(only_lexeme(pack, "hieri")->number, -1);
    assert_int_equal(only_lexeme(pack, "hieri")->attribute, TIME_DAY);
    assert_true(slice_is(only_lexeme(pack, "$")->text, "USD"));
    assert_int_equal(only_lexeme(pack, "laut")->value, SOURCE_SAID);
    assert_int_equal(only_lexeme(pack, "logiumo")->value, FURNITURE_LOGIN);
    assert_int_equal(only_lexeme(pack, "pol")->classes, GRAMMAR(ON) | GRAMMAR(ABOUT));
}

static void offices_hold_condition_and_portfolio(void **state)
{
    const struct pack *pack = fixture_toy(fixture(state));
    const struct lexeme *head = only_lexeme(pack, "ministar"), *minister = only_lexeme(pack, "ministo ri fluo");
    assert_int_equal(head->party_count, 2);
    assert_int_equal(head->parties[1], words_index(&pack->world->party_by_code, SLICE("IND")));
    assert_int_equal(minister->classes, UINT64_C(1) << SECTOR_ENERGY | UINT64_C(1) << SECTOR_WATER);
    assert_int_equal(minister->attribute, 0);
    assert_int_equal(only_lexeme(pack, "presid")->party_count, 0);
    assert_int_equal(only_lexeme(pack, "minista")->attribute, 1);
    assert_int_equal(only_lexeme(pack, "sampar")->value, OFFICE_COUNTERPART);
}

static void lexemes_know_their_row(void **state)
{
    const struct pack *pack = fixture_toy(fixture(state));
    const struct lexeme *lexeme = only_lexeme(pack, "shangorg");
    assert_true(slice_is(pack->files.at[lexeme->file], "toy/lexicon/organisations.tsv"));
    assert_int_equal(lexeme->line, 3);
}

static void rules_hold_their_values(void **state)
{
    const struct pack *pack = fixture_toy(fixture(state));
    const struct rule *sign = rule_named(pack, "toy.sign"), *hold = rule_named(pack, "toy.hold"), *agree = rule_named(pack, "toy.agree");
    assert_int_equal(sign->instrument.value, INSTRUMENT_STATUS_SIGNED);
    assert_int_equal(sign->instrument.under[MODALITY_MAY], INSTRUMENT_STATUS_PROPOSED);
    assert_int_equal(sign->instrument.under[MODALITY_NOT], VALUE_UNSET);
    assert_int_equal(sign->commitment.value, VALUE_UNSET);
    assert_int_equal(sign->role, ROLE_SIGN);
    assert_int_equal(sign->makes, VALUE_UNSET);
    assert_int_equal(sign->examples.count, 2);
    assert_true(sign->examples.at[0].must_match);
    assert_int_equal(hold->meeting.value, MEETING_STATUS_HELD);
    assert_int_equal(hold->meeting.under[MODALITY_NOT], CODE_NONE);
    assert_int_equal(agree->instrument_over, INSTRUMENT_STATUS_PLANNED);
    assert_int_equal(agree->meeting_over, MEETING_STATUS_PLANNED);
    assert_int_equal(rule_named(pack, "toy.meet")->makes, MEETING_MEETING);
    assert_int_equal(rule_named(pack, "toy.issue")->issues, INSTRUMENT_STATEMENT);
    assert_int_equal(rule_named(pack, "toy.issue")->governs, GOVERNS_BEFORE);
    assert_true(rule_named(pack, "toy.recall")->background);
}

static void triggers_lead_to_their_rule(void **state)
{
    const struct pack *pack = fixture_toy(fixture(state));
    const struct lexeme *trigger = only_lexeme(pack, "metis signo");
    assert_int_equal(trigger->kind, LEXICON_TRIGGER);
    assert_true(slice_is(pack->rules.at[trigger->value].id, "toy.sign"));
    assert_ptr_equal(trigger, only_lexeme(pack, "signos"));
}

static void other_spellings_lead_to_a_place(void **state)
{
    const struct pack *pack = fixture_toy(fixture(state));
    uint32_t letters = 0, word = spelling_find(pack, SLICE("moskvil"), &letters);
    assert_int_not_equal(word, 0);
    assert_int_equal(letters, 7);
    assert_int_equal(spelling_find(pack, SLICE("moskhvyl"), &letters), word);   // as if written so
    assert_int_equal(spelling_find(pack, SLICE("mosskvil"), &letters), word);   // a doubled letter counts once
    assert_int_equal(spelling_find(pack, SLICE("muskvil"), &letters), 0);       // a letter that no row confuses
    assert_int_equal(spelling_find(pack, SLICE("nov"), &letters), 0);           // too short to tell
}

static void romanisation_is_read(void **state)
{
    const struct pack *pack = fixture_toy(fixture(state));
    assert_int_equal(pack->romanisation_from.count, 2);
    assert_true(slice_is(pack->romanisation_to.at[1], "z"));
}

static void config_alone_is_cheap_and_the_same(void **state)
{
    struct fixture *f = fixture(state);
    pack_file_vec files = {0};
    struct pack_config config = {0};
    fixture_file(f, &files, "tiny/pack.conf", FIXTURE_CONF);
    fixture_file(f, &files, "tiny/lexicon/states.tsv", "wrong");
    assert_int_equal(pack_config_load(&f->arena, &files, &config, &f->faults), STATUS_OK);
    assert_true(slice_is(config.language, "x-tiny"));
}

static void line_ends_and_byte_order_mark_do_not_matter(void **state)
{
    struct fixture *f = fixture(state);
    pack_file_vec files = {0};
    fixture_file(f, &files, "tiny/pack.conf", FIXTURE_CONF);
    fixture_file(f, &files, "tiny/lexicon/states.tsv", "\xEF\xBB\xBF" "code\trole\tforms\r\n\r\n# note\r\nPAK\tname\tpako\r\n");
    const struct pack *pack = fixture_pack(f, &files);
    assert_int_equal(fixture_count(pack, "pako"), 1);
    assert_int_equal(only_lexeme(pack, "pako")->line, 4);
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
        cmocka_unit_test(world_knows_states_cities_and_concepts),
        cmocka_unit_test(world_knows_modality),
        cmocka_unit_test(config_is_read),
        cmocka_unit_test(every_kind_has_lexemes),
        cmocka_unit_test(every_grammar_class_has_a_word),
        cmocka_unit_test(lexemes_hold_their_values),
        cmocka_unit_test(offices_hold_condition_and_portfolio),
        cmocka_unit_test(lexemes_know_their_row),
        cmocka_unit_test(rules_hold_their_values),
        cmocka_unit_test(triggers_lead_to_their_rule),
        cmocka_unit_test(other_spellings_lead_to_a_place),
        cmocka_unit_test(romanisation_is_read),
        cmocka_unit_test(config_alone_is_cheap_and_the_same),
        cmocka_unit_test(line_ends_and_byte_order_mark_do_not_matter),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
