// SPDX-License-Identifier: MIT
// What became of deadlines: narrowed, put off, brought forward, disagreed about.
#include "register/store.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct saying {
    const char *day, *edtf;
};

// Asks the aggregate for the story of these sayings, in this order of rows.
static void assert_story(const struct saying *sayings, size_t count, const char *want)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(deadlines_add(db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE said (day, edtf)", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "INSERT INTO said VALUES (?, ?)", -1, &statement, NULL), SQLITE_OK);
    for (size_t i = 0; i < count; i++) {
        sqlite3_bind_text(statement, 1, sayings[i].day, -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 2, sayings[i].edtf, -1, SQLITE_STATIC);
        assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT deadlines(day, edtf) FROM said", -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(statement, 0), want);
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

#define STORY(want, ...)                                                              \
    do {                                                                              \
        static const struct saying sayings[] = {__VA_ARGS__};                         \
        assert_story(sayings, sizeof sayings / sizeof *sayings, want);                \
    } while (0)

static void nothing_was_named(void **state)
{
    (void)state;
    assert_story(NULL, 0, "{\"slips\":0,\"missed\":[],\"current\":null,\"history\":\"\",\"disagree\":null}");
    STORY("{\"slips\":0,\"missed\":[],\"current\":null,\"history\":\"\",\"disagree\":null}", {"2024-12-05", NULL}, {"2024-12-05", "soon"});
}

static void narrowing_is_no_slip(void **state)
{
    (void)state;
    STORY("{\"slips\":0,\"missed\":[],\"current\":\"2025-03-15\",\"history\":\"2025-03, 2025-03-15\",\"disagree\":null}",
          {"2025-02-25", "2025-03-15"}, {"2024-12-05", "2025-03"}, {"2025-03-01", "2025"});
}

static void later_is_a_slip(void **state)
{
    (void)state;
    // each slip with the deadline that was missed
    STORY("{\"slips\":2,\"missed\":[\"2025-03\",\"2025-06-22\"],"
          "\"current\":\"2025-08\",\"history\":\"2025-03, 2025-06-22, 2025-08\",\"disagree\":null}",
          {"2024-12-05", "2025-03"}, {"2025-06-13", "2025-06-22"}, {"2025-07-14", "2025-08"}, {"2025-07-15", "2025-08"});
}

static void wider_once_the_old_one_is_past_is_a_slip(void **state)
{
    (void)state;
    STORY("{\"slips\":1,\"missed\":[\"2025-03\"],\"current\":\"2025\",\"history\":\"2025-03, 2025\",\"disagree\":null}",
          {"2024-12-05", "2025-03"}, {"2025-05-20", "2025"});
}

static void earlier_is_brought_forward(void **state)
{
    (void)state;
    STORY("{\"slips\":0,\"missed\":[],\"current\":\"2025-01\",\"history\":\"2025-03, 2025-01\",\"disagree\":null}",
          {"2024-11-05", "2025-03"}, {"2024-12-05", "2025-01"});
}

static void sources_of_one_day_disagree(void **state)
{
    (void)state;
    STORY("{\"slips\":0,\"missed\":[],\"current\":\"2025-03\",\"history\":\"2025-03\",\"disagree\":\"2025-03 or 2025-06\"}",
          {"2024-12-05", "2025-06"}, {"2024-12-05", "2025-03"}, {"2024-12-05", "2025-03"});
    // what one of them said before goes on to hold
    STORY("{\"slips\":0,\"missed\":[],\"current\":\"2025-03\",\"history\":\"2025-03\",\"disagree\":\"2025-03 or 2025-06\"}",
          {"2024-12-01", "2025-03"}, {"2024-12-05", "2025-06"}, {"2024-12-05", "2025-03"});
    // one finer than the other: no disagreement
    STORY("{\"slips\":0,\"missed\":[],\"current\":\"2025-03-15\",\"history\":\"2025-03-15\",\"disagree\":null}",
          {"2024-12-05", "2025-03"}, {"2024-12-05", "2025-03-15"});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_was_named), cmocka_unit_test(narrowing_is_no_slip), cmocka_unit_test(later_is_a_slip),
        cmocka_unit_test(wider_once_the_old_one_is_past_is_a_slip), cmocka_unit_test(earlier_is_brought_forward),
        cmocka_unit_test(sources_of_one_day_disagree),
    };
    return cmocka_run_group_tests_name("register deadlines", tests, NULL, NULL);
}
