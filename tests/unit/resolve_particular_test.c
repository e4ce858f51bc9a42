// SPDX-License-Identifier: MIT
// Which date and place are a meeting's, in the toy language: who reads a test sees all words that could mislead the ranking.
#include "doc/claim.h"
#include "mention_fixture.h"

#define TOY "x-toy"

// The meetings of the report, a line each: kind, status, date, city and country, "-" for what is not told.
static void expect_meetings(struct engine *engine, const char *published, const char *text, const char *want)
{
    struct document d;
    struct described found = {.len = 0};
    const struct world *world = engine_world(engine);
    found.text[0] = 0;
    fixture_read(engine, TOY, published, text, &d);
    for (uint32_t i = 0; i < d.record.meetings.count; i++) {
        const struct meeting_claim *meeting = &d.record.meetings.at[i];
        char edtf[DATE_EDTF_SIZE];
        bool city = meeting->city != 0xFFFF;
        uint16_t state = meeting->state == PARTY_NONE && city ? world->cities.at[meeting->city].state : meeting->state;
        describe(&found, "%s %s %s", code_text(CODES_MEETING_TYPE, meeting->type), code_text(CODES_MEETING_STATUS, meeting->status),
                 date_edtf(meeting->date, edtf) ? edtf : "-");
        struct slice name = city ? world->cities.at[meeting->city].name : SLICE("-");
        describe(&found, " %.*s", (int)name.len, name.at);
        if (state == PARTY_NONE)
            describe(&found, " -");
        describe_party(&found, world, state);
        describe(&found, "\n");
    }
    engine_finish_document(&d);
    assert_string_equal(found.text, want);
}

static void its_own_sentence_tells(void **state)
{
    expect_meetings(*state, NULL, "pakol ri presid rusol ri presid dan moskvil sen 5 janar 2024 renkontis.",
                    "meeting held 2024-01-05 Moscow RUS\n");
    expect_meetings(*state, "2024-03-12", "pakol ri presid rusol ri presid dan hieri islamburgo sen renkontis.",
                    "meeting held 2024-03-11 Islamabad PAK\n");
    expect_meetings(*state, NULL, "pakol ri presid rusol ri presid dan renkontis.", "meeting held - - -\n");
}

static void the_city_goes_before_its_state(void **state)
{
    expect_meetings(*state, NULL, "pakol ri presid rusol ri presid dan rusol sen moskvil sen renkontis.", "meeting held - Moscow RUS\n");
}

static void what_another_clause_tells_is_not_the_meetings(void **state)
{
    expect_meetings(*state, "2024-03-12", "hodi pakol vu rusol ri kune komis ri sesi moskvil sen tenis, 2 janar 2024 akord signis.",
                    "commission held 2024-03-12 Moscow RUS\n");
    expect_meetings(*state, NULL, "pakol vu rusol ri kune komis ri sesi moskvil sen tenos, 10 novem 2024 gat akord signos.",
                    "commission planned - Moscow RUS\n");
    expect_meetings(*state, NULL, "pakol ri presid rusol ri presid dan islamburgo sen renkontis. indol ri presid moskvil sen esi.",
                    "meeting held - Islamabad PAK\n");
}

// The day of the report is not known: "today" is the meeting's all the same, and no other date is taken for it.
static void a_date_that_cannot_be_told_keeps_its_place(void **state)
{
    expect_meetings(*state, NULL, "hodi pakol vu rusol ri kune komis ri sesi moskvil sen tenis, 2 janar 2024 akord signis.",
                    "commission held - Moscow RUS\n");
}

static void a_later_sentence_may_tell(void **state)
{
    expect_meetings(*state, NULL, "pakol vu rusol ri kune komis ri sesi tenis. sesi moskvil sen 10 janar 2024 tenis.",
                    "commission held 2024-01-10 Moscow RUS\n");
}

static void days_are_counted_from_the_one_named_last(void **state)
{
    expect_meetings(*state, "2024-03-12", "5 janar 2024 akord signis. pakol ri presid rusol ri presid dan post tago moskvil sen renkontis.",
                    "meeting held 2024-01-06 Moscow RUS\n");
    expect_meetings(*state, "2024-03-12", "pakol ri presid rusol ri presid dan sama tago moskvil sen renkontis.",
                    "meeting held 2024-03-12 Moscow RUS\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_own_sentence_tells), cmocka_unit_test(the_city_goes_before_its_state),
        cmocka_unit_test(what_another_clause_tells_is_not_the_meetings), cmocka_unit_test(a_date_that_cannot_be_told_keeps_its_place),
        cmocka_unit_test(a_later_sentence_may_tell), cmocka_unit_test(days_are_counted_from_the_one_named_last),
    };
    return cmocka_run_group_tests(tests, fixture_toy_engine, fixture_engine_end);
}
