// SPDX-License-Identifier: MIT
// Telling languages: by script, by profile words, by foreign letters; texts that no pack reads.
#include "doc/document.h"
#include "lang/lang.h"
#include "pack_fixture.h"
#include "text/text.h"

#define CONF(tag, script, rest)                                                             \
    "format = 1\nlanguage = " tag "\nname = " tag "\nscript = " script "\n"                 \
    "direction = ltr\nhead = final\ncase-marks = after\nnames = plain\nsentence-ends = .\n" \
    rest "\n"

static const char english[] = CONF("en", "Latn",
    "profile = the of and to in for is on that by this with was are from "
    "at which have be an");
static const char russian[] = CONF("ru", "Cyrl",
    "profile = и в на с по что не для из к от за как это его о до "
    "при\nforeign-letters = і ї є ў ґ ј љ њ ћ ђ");
static const char hindi[] = CONF("hi", "Deva",
    "profile = के में की है को का से ने और पर हैं यह कि एक भी नहीं थी किया "
    "गया कहा");
static const char marathi[] = CONF("mr", "Deva",
    "profile = आहे आणि या च्या ते तर असे होते करून यांनी आहेत मध्ये साठी "
    "केली केले");

enum { EN, RU, HI, MR };

struct tests {
    struct fixture *fixture;
    struct pack_config configs[4];
    const struct pack_config *at[4];
};

static void load_config(struct tests *tests, int index, const char *conf)
{
    pack_file_vec files = {0};
    fixture_file(tests->fixture, &files, "tiny/pack.conf", conf);
    enum status status = pack_config_load(&tests->fixture->arena, &files, &tests->configs[index], &tests->fixture->faults);
    fixture_print_faults(&tests->fixture->faults);
    assert_int_equal(status, STATUS_OK);
    tests->at[index] = &tests->configs[index];
}

// A document whose paragraphs are the lines of the text.
static struct document *document_of(const struct tests *tests, const char *text)
{
    struct arena *arena = &tests->fixture->arena;
    struct document *document = ARENA_NEW(arena, struct document);
    document->arena = arena;
    document->text = document->stored = slice_from(text);
    struct slice rest = document->text;
    while (rest.len > 0) {
        struct slice line = slice_cut(&rest, '\n');
        uint32_t begin = (uint32_t)(line.at - text);
        struct paragraph paragraph = {.begin = begin, .end = begin + (uint32_t)line.len, .language = LANGUAGE_NONE};
        vec_push(arena, &document->paragraphs, paragraph);
    }
    text_cut(document);
    return document;
}

static void expect_language(void **state, uint8_t languages, const char *text, uint8_t want)
{
    const struct tests *tests = *state;
    struct document *document = document_of(tests, text);
    assert_int_equal(lang_run(document, lang_teller_new(document->arena, tests->at, languages), LANGUAGE_NONE, LANGUAGE_NONE), want);
    for (uint32_t i = 0; i < document->paragraphs.count; i++)
        assert_int_equal(document->paragraphs.at[i].language, want);
}

#define EN_TEXT \
    "The ministers of the two countries met in the capital on Monday and spoke about " \
    "trade, which is on the rise."
#define RU_TEXT \
    "Министры двух стран встретились в столице и говорили о торговле, которая растёт " \
    "из года в год, и о том, что для этого надо."
#define HI_TEXT \
    "दोनों देशों के मंत्रियों ने राजधानी में मुलाकात की और व्यापार के बारे में बात " \
    "की, जो हर साल बढ़ रहा है।"
#define MR_TEXT \
    "दोन्ही देशांच्या मंत्र्यांनी राजधानीत भेट घेतली आणि व्यापाराबद्दल चर्चा केली " \
    "असे सांगण्यात आले आहे, हा व्यापार दरवर्षी वाढत आहे आणि ते चांगले आहे."

static void running_text_is_told(void **state)
{
    expect_language(state, 4, EN_TEXT, EN);
    expect_language(state, 4, RU_TEXT, RU);
    expect_language(state, 4, HI_TEXT, HI);
    expect_language(state, 4, MR_TEXT, MR);
}

static void other_languages_of_the_script_are_none(void **state)
{
    expect_language(state, 3, MR_TEXT, LANGUAGE_NONE);
    expect_language(state, 3, "Les ministres des deux pays se sont rencontrés lundi dans "
        "la capitale et ont parlé du commerce, qui augmente.",
                    LANGUAGE_NONE);
    expect_language(state, 3, "Die Minister der beiden Länder trafen sich am Montag in der "
        "Hauptstadt und sprachen über den Handel.",
                    LANGUAGE_NONE);
    expect_language(state, 3, "Los ministros de los dos países se reunieron el lunes en la "
        "capital y hablaron del comercio entre ellos.",
                    LANGUAGE_NONE);
    expect_language(state, 3, "Міністри двох країн зустрілися в столиці і говорили про "
        "торгівлю, яка зростає, і про те, що для цього потрібно.",
                    LANGUAGE_NONE);
}

static void other_scripts_are_none(void **state)
{
    expect_language(state, 4, "両国の閣僚は月曜日に首都で会談した。", LANGUAGE_NONE);
    expect_language(state, 4, "التقى وزراء البلدين في العاصمة يوم الاثنين.", LANGUAGE_NONE);
    expect_language(state, 4, "", LANGUAGE_NONE);
    expect_language(state, 4, "25.11.2025", LANGUAGE_NONE);
}

static void headlines_take_the_only_language_of_their_script(void **state)
{
    expect_language(state, 4, "Russia, Pakistan sign accord", EN);
    expect_language(state, 4, "Подписано соглашение", RU);
    expect_language(state, 4, "समझौता हुआ", LANGUAGE_NONE);  // two languages share the script
    expect_language(state, 3, "समझौता हुआ", HI);
}

static void short_paragraphs_follow_the_document(void **state)
{
    expect_language(state, 4, "Accord signed\n" EN_TEXT "\nPhoto: agency", EN);
    expect_language(state, 4, "समझौता हुआ\n" HI_TEXT "\n25.11.2025", HI);
}

static void paragraphs_may_differ(void **state)
{
    const struct tests *tests = *state;
    struct document *document = document_of(tests, HI_TEXT "\n" EN_TEXT "\n" HI_TEXT);
    assert_int_equal(lang_run(document, lang_teller_new(document->arena, tests->at, 4), LANGUAGE_NONE, LANGUAGE_NONE), HI);
    assert_int_equal(document->paragraphs.at[0].language, HI);
    assert_int_equal(document->paragraphs.at[1].language, EN);
    assert_int_equal(document->paragraphs.at[2].language, HI);
}

// A page's date and buttons are often in another script than its report.
static void short_paragraphs_of_another_script_take_its_only_language(void **state)
{
    const struct tests *tests = *state;
    struct document *document = document_of(tests, HI_TEXT "\nPhoto: PTI");
    assert_int_equal(lang_run(document, lang_teller_new(document->arena, tests->at, 4), LANGUAGE_NONE, LANGUAGE_NONE), HI);
    assert_int_equal(document->paragraphs.at[1].language, EN);
    document = document_of(tests, EN_TEXT "\nसमझौता हुआ");
    assert_int_equal(lang_run(document, lang_teller_new(document->arena, tests->at, 4), LANGUAGE_NONE, LANGUAGE_NONE), EN);
    assert_int_equal(document->paragraphs.at[1].language, LANGUAGE_NONE);  // two languages share the script
}

static void a_foreign_paragraph_is_none(void **state)
{
    const struct tests *tests = *state;
    struct document *document =
        document_of(tests, EN_TEXT "\n" EN_TEXT "\nLes ministres des deux pays se sont "
            "rencontrés lundi dans la capitale et ont parlé du commerce.");
    assert_int_equal(lang_run(document, lang_teller_new(document->arena, tests->at, 4), LANGUAGE_NONE, LANGUAGE_NONE), EN);
    assert_int_equal(document->paragraphs.at[2].language, LANGUAGE_NONE);
}

// What a page says of its language counts only where the text is too short to tell, and never against its script.
static void hints_serve_headlines(void **state)
{
    const struct tests *tests = *state;
    static const struct {
        const char *text;
        uint8_t hint, want;
    } cases[] = {
        {"समझौता हुआ", MR, MR}, {"समझौता हुआ", HI, HI}, {"समझौता हुआ", EN, LANGUAGE_NONE}, {"समझौता हुआ", LANGUAGE_NONE, LANGUAGE_NONE},
        {HI_TEXT, MR, HI}, {EN_TEXT, HI, EN}, {"Accord signed", HI, EN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct document *document = document_of(tests, cases[i].text);
        const struct lang_teller *teller = lang_teller_new(document->arena, tests->at, 4);
        assert_int_equal(lang_run(document, teller, LANGUAGE_NONE, cases[i].hint), cases[i].want);
    }
}

static void force_overrides(void **state)
{
    const struct tests *tests = *state;
    struct document *document = document_of(tests, EN_TEXT);
    assert_int_equal(lang_run(document, lang_teller_new(document->arena, tests->at, 4), HI, LANGUAGE_NONE), HI);
    assert_int_equal(document->paragraphs.at[0].language, HI);
}

int main(void)
{
    struct tests tests = {.fixture = fixture_new()};
    load_config(&tests, EN, english);
    load_config(&tests, RU, russian);
    load_config(&tests, HI, hindi);
    load_config(&tests, MR, marathi);
    const struct CMUnitTest all[] = {
        cmocka_unit_test_prestate(running_text_is_told, &tests),
        cmocka_unit_test_prestate(other_languages_of_the_script_are_none, &tests),
        cmocka_unit_test_prestate(other_scripts_are_none, &tests),
        cmocka_unit_test_prestate(headlines_take_the_only_language_of_their_script, &tests),
        cmocka_unit_test_prestate(short_paragraphs_follow_the_document, &tests),
        cmocka_unit_test_prestate(paragraphs_may_differ, &tests),
        cmocka_unit_test_prestate(short_paragraphs_of_another_script_take_its_only_language, &tests),
        cmocka_unit_test_prestate(a_foreign_paragraph_is_none, &tests),
        cmocka_unit_test_prestate(hints_serve_headlines, &tests),
        cmocka_unit_test_prestate(force_overrides, &tests),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int failed = cmocka_run_group_tests(all, NULL, NULL);
    fixture_free(tests.fixture);
    return failed;
}
