// SPDX-License-Identifier: MIT
// People: names tied to offices in every order, lists, counterparts, and later mentions of the same person.
#include "mention_fixture.h"

struct sample {
    const char *language, *text, *want;
};

static void check(void **state, const struct sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_people(*state, samples[i].language, samples[i].text, samples[i].want);
}

static void ties_names_to_offices(void **state)
{
    static const struct sample samples[] = {
        {"en", "Pakistan's Minister for Energy (Power Division) Awais Leghari spoke.", "Awais Leghari | minister | PAK | 1\n"},
        {"en", "The Foreign Minister of Nepal, Pradeep Kumar Gyawali, spoke.", "Pradeep Kumar Gyawali | foreign-minister | NPL | 1\n"},
        {"en", "Mira Solheim, Foreign Minister of Norway, spoke.", "Mira Solheim | foreign-minister | NOR | 1\n"},
        {"en", "Russian Deputy Prime Minister and Industry Minister Denis Petrov spoke.",
         "Denis Petrov | deputy-head-of-government | RUS | 1\n"},
        {"hi", "पाकिस्तान के ऊर्जा मंत्री अवैस लेघारी ने भाषण दिया।", "अवैस लेघारी | minister | PAK | 1\n"},
        {"hi", "रूसी विदेश मंत्री सर्गेई लावरोव ने भाषण दिया।", "सर्गेई लावरोव | foreign-minister | RUS | 1\n"},
        {"hi", "नेपाल के प्रधानमंत्री के पी शर्मा ओली ने भाषण दिया।", "के पी शर्मा ओली | head-of-government | NPL | 1\n"},
        {"hi", "रूस के उप प्रधानमंत्री और उद्योग मंत्री डेनिस पेत्रोव ने भाषण दिया।",
         "डेनिस पेत्रोव | deputy-head-of-government | RUS | 1\n"},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

static void reads_lists_and_counterparts(void **state)
{
    static const struct sample samples[] = {
        {"en", "Norwegian Energy Minister Mira Solheim met her Nepali counterpart Ram Thapa.",
         "Mira Solheim | minister | NOR | 1\nRam Thapa | minister | NPL | 1\n"},
        {"hi", "भारत के विदेश मंत्री एस. जयशंकर ने अपने नेपाली समकक्ष राम थापा से बात की।",
         "एस. जयशंकर | foreign-minister | IND | 1\nराम थापा | foreign-minister | NPL | 1\n"},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

static void knows_a_person_again(void **state)
{
    static const struct sample samples[] = {
        {"en", "Norwegian Energy Minister Mira Solheim spoke. Solheim said more. Ms Solheim then left.",
         "Mira Solheim | minister | NOR | 3\n"},
        {"hi", "पाकिस्तान के ऊर्जा मंत्री अवैस लेघारी ने भाषण दिया। लेघारी ने कहा कि बैठक हुई।", "अवैस लेघारी | minister | PAK | 2\n"},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

static void well_known_names_need_no_state(void **state)
{
    static const struct sample samples[] = {
        {"en", "President Vladimir Putin flew to Minsk. Putin said more.", "Vladimir Putin | head-of-state | RUS | 2\n"},
        {"en", "Ministers Sergei Lavrov and Wang Yi spoke.", "Sergei Lavrov | minister | RUS | 1\nWang Yi | minister | CHN | 1\n"},
        {"en", "President Joseph R. Biden, Jr. spoke. Mr Biden left.", "Joseph R. Biden, Jr. | head-of-state | USA | 2\n"},
        {"en", "The envoys of Russia, India, and Peru met President Mira Solheim of Norway.", "Mira Solheim | head-of-state | NOR | 1\n"},
        {"ru", "Президент Владимир Зеленский выступил.", "Владимир Зеленский | head-of-state | UKR | 1\n"},
        {"hi", "राष्ट्रपति व्लादिमीर पुतिन ने भाषण दिया।", "व्लादिमीर पुतिन | head-of-state | RUS | 1\n"},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

static void a_name_tells_no_office(void **state)
{
    static const struct sample samples[] = {
        {"en", "Mr Putin spoke with Mr Macron.", "Putin | - | RUS | 1\nMacron | - | FRA | 1\n"},
        {"ru", "Г-н Путин выступил.", "Путин | - | RUS | 1\n"},
        {"hi", "श्री पुतिन ने भाषण दिया।", "पुतिन | - | RUS | 1\n"},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

// "The presidents of A and B": each of those whose state is known otherwise; not where two of a state might be meant.
static void several_hold_an_office(void **state)
{
    static const struct sample samples[] = {
        {"en", "The presidents of Russia and France spoke. Mr Putin agreed. Mr Macron left.",
         "Putin | head-of-state | RUS | 1\nMacron | head-of-state | FRA | 1\n"},
        {"en", "The presidents of Russia and France spoke. Mr Putin agreed. Mr Macron and Mr Hollande left.",
         "Putin | - | RUS | 1\nMacron | - | FRA | 1\nHollande | - | FRA | 1\n"},
        {"en", "The foreign ministers of Russia and France spoke. The day was long. It rained. Mr Putin agreed. Mr Macron left.",
         "Putin | - | RUS | 1\nMacron | - | FRA | 1\n"},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

static void offices_alone_are_nobody(void **state)
{
    static const struct sample samples[] = {
        {"en", "The Prime Minister of Norway spoke to officials.", ""},
        {"hi", "नॉर्वे के प्रधानमंत्री ने भाषण दिया।", ""},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ties_names_to_offices),
        cmocka_unit_test(reads_lists_and_counterparts),
        cmocka_unit_test(knows_a_person_again),
        cmocka_unit_test(well_known_names_need_no_state),
        cmocka_unit_test(a_name_tells_no_office),
        cmocka_unit_test(several_hold_an_office),
        cmocka_unit_test(offices_alone_are_nobody),
    };
    return cmocka_run_group_tests_name("mention people", tests, fixture_engine, fixture_engine_end);
}
