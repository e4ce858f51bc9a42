// SPDX-License-Identifier: MIT
// Dates: forms, intervals, the year and the day that the words leave open, and the day of the report.
#include "mention_fixture.h"

struct sample {
    const char *language, *published, *text, *want;
};

static void check(void **state, const struct sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_mentions(*state, samples[i].language, samples[i].published, samples[i].text, MENTION_DATE, samples[i].want);
}

static void reads_calendar_dates(void **state)
{
    static const struct sample samples[] = {
        {"en", "2025-12-01", "The session was held from November 25-27, 2025 in Oslo.", "November 25-27, 2025 = 2025-11-25/2025-11-27\n"},
        {"en", "2025-12-01", "It was signed on 28 February 2018.", "28 February 2018 = 2018-02-28\n"},
        {"en", "2025-12-01", "It was signed on the 3rd of May 2018.", "3rd of May 2018 = 2018-05-03\n"},
        {"en", "2025-12-01", "They met on 2025-11-27.", "2025-11-27 = 2025-11-27\n"},
        {"en", "2025-12-01", "They met on 27/11/2025.", "27/11/2025 = 2025-11-27\n"},
        {"en", "2025-12-01", "They met in December 2019.", "December 2019 = 2019-12\n"},
        {"en", "2025-12-01", "They met from 28 November to 2 December 2024.", "28 November to 2 December 2024 = 2024-11-28/2024-12-02\n"},
        {"en", "2025-12-01", "The plan covers 2026-2028.", "2026-2028 = 2026/2028\n"},
        {"hi", "2025-12-01", "बैठक 24 से 26 नवंबर 2025 तक हुई।", "24 से 26 नवंबर 2025 = 2025-11-24/2025-11-26\n"},
        {"hi", "2025-12-01", "बैठक २१-२२ अगस्त २०२५ को हुई।", "२१-२२ अगस्त २०२५ = 2025-08-21/2025-08-22\n"},
        {"hi", "2025-12-01", "बैठक दिसंबर, 2019 में हुई।", "दिसंबर, 2019 = 2019-12\n"},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

static void resolves_what_is_left_open(void **state)
{
    static const struct sample samples[] = {
        {"en", "2024-03-12", "The ministers met on Monday.", "Monday = 2024-03-11\n"},
        {"hi", "2024-03-12", "मंत्री कल मिले थे।", "कल = 2024-03-11\n"},
        {"hi", "2024-03-12", "मंत्री कल दिल्ली में मिलेंगे।", "कल = 2024-03-13\n"},
        {"hi", "2024-03-12", "मंत्रियों की बैठक परसों हो रही है।", "परसों = 2024-03-14\n"},
        {"ur", "2024-03-12", "دونوں ملکوں میں کل 12 معاہدے ہوئے۔", ""},
        {"hi", "2024-05-12", "रूस ने जून के अंत तक गैस देने का वादा किया।", "जून = 2024-06\n"},
        {"en", "2024-03-12", "The ministers will meet on Friday.", "Friday = 2024-03-15\n"},
        {"en", "2024-03-12", "The commission met on 5 January.", "5 January = 2024-01-05\n"},
        {"en", "2024-01-05", "The commission met on 20 December.", "20 December = 2023-12-20\n"},
        {"en", "2024-12-20", "The commission will meet on 5 January.", "5 January = 2025-01-05\n"},
        {"en", "2024-03-12", "They signed it last month.", "last month = 2024-02\n"},
        {"en", "2024-03-28", "They met from the 25th to the 27th.", "25th to the 27th = 2024-03-25/2024-03-27\n"},
        {"en", NULL, "The ministers met on 5 January.", "5 January = no year\n"},
        {"hi", "2024-03-12", "मंत्रियों की बैठक सोमवार को हुई।", "सोमवार = 2024-03-11\n"},
        {"hi", "2024-03-12", "मंत्रियों की बैठक शुक्रवार को होगी।", "शुक्रवार = 2024-03-15\n"},
        {"hi", "2024-03-12", "बैठक 24 से 26 नवंबर तक होगी।", "24 से 26 नवंबर = 2024-11-24/2024-11-26\n"},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

static void counts_from_the_day_named_last(void **state)
{
    static const struct sample samples[] = {
        {"ru", "2024-03-12", "Они встретились 5 января 2024 года. Тем же днем их приняли, а днем позже они уехали.",
         "5 января 2024 = 2024-01-05\nТем же днем = 2024-01-05\nднем позже = 2024-01-06\n"},
        {"ru", "2017-11-22", "Сессия пройдет с понедельника по среду.", "понедельника по среду = 2017-11-27/2017-11-29\n"},
        {"ru", "2017-11-22", "Сессия пройдет с воскресенья по вторник, 28 ноября.",
         "воскресенья по вторник, 28 ноября = 2017-11-26/2017-11-28\n"},
        {"ru", "2024-03-12", "Переговоры пройдут сегодня и завтра.", "сегодня и завтра = 2024-03-12/2024-03-13\n"},
        {"ru", "2024-03-12", "Переговоры прошли вчера и завтра.", "вчера = 2024-03-11\nзавтра = 2024-03-13\n"},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

static void counts_and_small_words_are_no_dates(void **state)
{
    static const struct sample samples[] = {
        {"en", "2024-03-12", "The ministers may meet again, and 25 firms may join.", ""},
        {"en", "2024-03-12", "They looked at the 9th and 10th sessions.", ""},
        {"hi", "2024-03-12", "बैठक में 25 अधिकारी थे।", ""},
    };
    check(state, samples, sizeof samples / sizeof *samples);
}

static void dateline_dates_the_report(void **state)
{
    struct document d;
    fixture_read(*state, "en", NULL,
                 "OSLO, Nov 28, 2025: The ministers of Norway and Nepal met on Thursday and agreed to hold further talks on trade "
                 "next month.\n",
                 &d);
    char edtf[DATE_EDTF_SIZE];
    date_edtf(d.published, edtf);
    assert_string_equal(edtf, "2025-11-28");
    for (uint32_t i = 0; i < d.mentions.count; i++) {
        const struct mention *m = &d.mentions.at[i];
        bool head = m->kind == MENTION_DATE && m->date.first.day == 28;
        if (m->kind == MENTION_DATE)
            assert_int_equal(!!(m->flags & MENTION_DATELINE), head);
    }
    engine_finish_document(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_calendar_dates),
        cmocka_unit_test(resolves_what_is_left_open),
        cmocka_unit_test(counts_from_the_day_named_last),
        cmocka_unit_test(counts_and_small_words_are_no_dates),
        cmocka_unit_test(dateline_dates_the_report),
    };
    return cmocka_run_group_tests_name("mention dates", tests, fixture_engine, fixture_engine_end);
}
