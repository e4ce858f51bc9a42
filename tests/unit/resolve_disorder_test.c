// SPDX-License-Identifier: MIT
// Words in no order, in the toy language: marks of case stand behind what they mark.
#include "mention_fixture.h"

#define DEAL "pakol ri presid rusol ri presid dan moskvil sen renkontis. "

static void expect_verdict(struct engine *engine, const char *text, enum verdict verdict)
{
    struct document d;
    fixture_read(engine, "x-toy", NULL, text, &d);
    assert_int_equal(d.verdict, verdict);
    assert_int_equal(d.record.meetings.count > 0, verdict == VERDICT_RECORD);
    engine_finish_document(&d);
}

static void marks_side_by_side(void **state)
{
    expect_verdict(*state, DEAL "ri sen kultur vu ju energ lu ri komerc.", VERDICT_DISORDER);
    expect_verdict(*state, DEAL "ri sen kultur vu ju energ komerc.", VERDICT_RECORD);      // two are no habit
}

static void marks_where_they_belong(void **state)
{
    expect_verdict(*state, DEAL "kultur sen vu energ sen vu komerc sen ta land ri guv bon esi.", VERDICT_RECORD);
}

// The same three pairs among many words: a long report may hold some slips.
static void few_among_many(void **state)
{
    char text[8192] = DEAL "ri sen kultur vu ju energ lu ri komerc.";
    for (int i = 0; i < 100; i++)
        strcat(text, " pakol sen guv bon esi.");
    expect_verdict(*state, text, VERDICT_RECORD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_side_by_side), cmocka_unit_test(marks_where_they_belong), cmocka_unit_test(few_among_many),
    };
    return cmocka_run_group_tests(tests, fixture_toy_engine, fixture_engine_end);
}
