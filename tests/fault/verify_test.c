// SPDX-License-Identifier: MIT
// `verify` finds what is wrong: one thing at a time is changed in a good register, in the rows and in the file, and each is told.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <cmocka.h>

#include "account.h"
#include "disk.h"
#include "register/store.h"
#include "unicode/utf8.h"

struct trial {
    struct disk disk, filled;
    struct account account;
};

struct found {
    int count;
    char first[160];        // "where: fault"
};

static bool note(void *user, const struct registry_row *row)
{
    struct found *found = user;
    if (found->count++ == 0)
        snprintf(found->first, sizeof found->first, "%.*s: %.*s", (int)row->values[1].len, row->values[1].at, (int)row->values[2].len,
                row->values[2].at);
    return true;
}

static struct found verify(struct registry *registry)
{
    struct found found = {.count = 0};
    struct registry_verified verified;
    struct error error = {.text = ""};
    if (registry_verify(registry, note, &found, &verified, &error))
        fail_msg("verify: %s", error.text);
    assert_int_equal(verified.faults, found.count);
    assert_int_equal(verified.documents, 3);
    return found;
}

static void test_rows(void **state)
{
    static const struct {
        const char *change, *told;
    } rows[] = {
        {"UPDATE claim SET begin = begin + 1, \"end\" = \"end\" + 1 WHERE local = 'i1'",
                "the bytes of the claim are not the words that it quotes"},
        {"UPDATE claim SET begin = -1 WHERE local = 'm1'", "the bytes of the claim"},
        {"UPDATE claim SET \"end\" = begin - 1 WHERE local = 'm1'", "the bytes of the claim"},
        {"UPDATE claim SET \"end\" = 100000 WHERE local = 'm1'", "the bytes of the claim"},
        {"UPDATE claim SET words = 'x' || substr(words, 2) WHERE local = 'm1'", "the bytes of the claim"},
        {"UPDATE claim SET sentence_begin = begin + 1 WHERE local = 'm1'", "the sentence does not hold the words"},
        {"UPDATE claim SET sentence_begin = -1 WHERE local = 'm1'", "the sentence does not hold the words"},
        {"UPDATE record SET json = json_set(json, '$.meetings[0].evidence[0].end', 0)", "the span lies outside the document"},
        {"UPDATE claim SET sentence_end = 100000 WHERE local = 'm1'", "the sentence does not hold the words"},
        {"UPDATE claim SET sentence_end = \"end\" - 1 WHERE local = 'm1'", "the sentence does not hold the words"},
        {"UPDATE record SET json = replace(json, '\"quote\": \"agreement\"', '\"quote\": \"agreemenT\"')",
                "the bytes of the span are not the words"},
        {"UPDATE record SET json = replace(json, '\"quote\":\"agreement\"', '\"quote\":\"agreemenT\"')",
                "the bytes of the span are not the words"},
        {"UPDATE record SET json = json_set(json, '$.meetings[0].evidence[0].end', 100000)", "the span lies outside the document"},
        {"UPDATE record SET json = json_set(json, '$.meetings[0].evidence[0].begin', -1)", "the span lies outside the document"},
        {"UPDATE record SET json = json_set(json, '$.meetings[0].evidence[0].char_begin', 1)",
                "the code points of the span are not those"},
        {"UPDATE record SET json = json_set(json, '$.meetings[0].evidence[0].char_end', 100000)",
                "the code points of the span are not those"},
        {"UPDATE record SET json = substr(json, 1, 100)", "record: the record cannot be read"},
        {"DROP TRIGGER document_is_fixed; UPDATE document SET bytes = CAST(replace(CAST(bytes AS TEXT), 'fisheries', 'Fisheries') AS "
                "BLOB)",
                "bytes: the bytes are not those of the hash"},
        {"DROP TRIGGER document_is_fixed; UPDATE document SET bytes = x''", "bytes: the bytes are not those of the hash"},
    };
    struct trial *trial = *state;
    int tried = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct registry *registry;
        disk_copy(&trial->disk, &trial->filled);
        assert_int_equal(registry_open(ACCOUNT_FILE, false, &registry, NULL), STATUS_OK);
        char *fault = NULL;
        if (sqlite3_exec(registry->db, rows[i].change, NULL, NULL, &fault) != SQLITE_OK)
            fail_msg("%s: %s", rows[i].change, fault);
        struct found found = verify(registry);
        if (found.count && !strstr(found.first, rows[i].told))
            fail_msg("%s: %s", rows[i].change, found.first);
        if (!found.count && !strstr(rows[i].change, "replace(json"))     // JSON is spaced one way or the other
            fail_msg("%s: nothing is told", rows[i].change);
        tried += found.count > 0;
        registry_close(registry);
        disk_restart(&trial->disk, false);
    }
    assert_int_equal(tried, sizeof rows / sizeof *rows - 1);
}

// A bit of the file itself: found, or in a place that holds nothing; never passed over where a report stands.
static void test_bits(void **state)
{
    struct trial *trial = *state;
    const struct disk_file *file = disk_find(&trial->filled, ACCOUNT_FILE);
    const struct account_report *report = &trial->account.reports[1];
    const unsigned char *at = memmem(file->bytes, file->size, report->bytes.at, report->bytes.len);
    assert_non_null(at);
    for (size_t i = 0; i < report->bytes.len; i += 7) {
        struct registry *registry;
        disk_copy(&trial->disk, &trial->filled);
        for (int k = 0; k < DISK_FILES; k++)
            if (strcmp(trial->disk.files[k].name, ACCOUNT_FILE) == 0)
                trial->disk.files[k].bytes[(size_t)(at - file->bytes) + i] ^= (unsigned char)(1u << (i % 8));
        assert_int_equal(registry_open(ACCOUNT_FILE, false, &registry, NULL), STATUS_OK);
        assert_true(verify(registry).count > 0);
        registry_close(registry);
        disk_restart(&trial->disk, false);
    }
}

// Damage that SQLite finds in the file, told once a finding; who listens may have heard enough, or not listen at all.
static bool enough(void *user, const struct registry_row *row)
{
    assert_true(slice_is(row->values[0], "file"));
    ++*(int *)user;
    return false;
}

static void test_damage(void **state)
{
    static const char change[] = "PRAGMA ignore_check_constraints = ON; INSERT INTO decision (made, author, action, target, reason) "
        "VALUES ('2021-05-04T00:00:00Z', 'a', 'none', 'x', 'r'), ('2021-05-04T00:00:00Z', 'a', 'none', 'y', 'r'); "
        "PRAGMA ignore_check_constraints = OFF";
    struct trial *trial = *state;
    struct registry *registry;
    struct registry_verified verified;
    struct error error = {.text = ""};
    int told = 0;
    disk_copy(&trial->disk, &trial->filled);
    assert_int_equal(registry_open(ACCOUNT_FILE, false, &registry, NULL), STATUS_OK);
    char *fault = NULL;
    if (sqlite3_exec(registry->db, change, NULL, NULL, &fault) != SQLITE_OK)
        fail_msg("%s", fault);
    assert_int_equal(registry_verify(registry, enough, &told, &verified, &error), STATUS_OK);
    assert_int_equal(told, 1);
    assert_true(verified.faults >= 1 && verified.documents == 3);
    uint64_t faults = verified.faults;
    assert_int_equal(registry_verify(registry, NULL, NULL, &verified, &error), STATUS_OK);
    assert_int_equal(verified.faults, faults);
    registry_close(registry);
    disk_restart(&trial->disk, false);
}

// Names that are longer than an id: it is cut between two letters, wherever the cut falls.
static void test_long_names(void **state)
{
    struct trial *trial = *state;
    const struct account_report *report = &trial->account.reports[4];
    char *json = strndup(report->json.at, report->json.len);
    for (size_t shift = 0; shift < 4; shift++) {
        struct buf changed;
        struct registry *registry;
        struct error error = {.text = ""};
        char id[13];
        bool is_new;
        buf_init(&changed, (size_t)1 << 20);
        for (const char *at = json, *next; *at; at = next) {
            static const char *const names[] = {"Kari Nordmann", "Pedro Rojas", "Santiago", "Oslo"};
            next = at + 1;
            for (size_t i = 0; i < 4 && next == at + 1; i++)
                if (strncmp(at, names[i], strlen(names[i])) == 0 && at[-1] == '"' && at[strlen(names[i])] == '"') {
                    for (size_t k = 0; k < shift; k++)
                        buf_add_char(&changed, 'a');
                    for (size_t k = 0; k < 900; k++)
                        buf_add_text(&changed, i % 2 ? "é" : "क");
                    next = at + strlen(names[i]);
                }
            if (next == at + 1)
                buf_add_char(&changed, *at);
        }
        assert_true(!changed.failed && changed.len > report->json.len + 2000);
        disk_copy(&trial->disk, &trial->filled);
        assert_int_equal(registry_open(ACCOUNT_FILE, false, &registry, NULL), STATUS_OK);
        struct registry_document document = {.bytes = buf_slice(&report->bytes), .uri = SLICE("long.txt"), .author = SLICE("test"),
            .reading = account_reading(report)};
        document.reading.json = buf_slice(&changed);
        if (registry_add(registry, &document, &is_new, id, &error))
            fail_msg("%s", error.text);
        sqlite3_stmt *ids = NULL;
        assert_int_equal(sqlite3_prepare_v2(registry->db, "SELECT person FROM person_claim UNION ALL SELECT id FROM session UNION ALL "
            "SELECT how FROM claim WHERE how IS NOT NULL", -1, &ids, NULL), SQLITE_OK);
        int count = 0, longest = 0;
        while (sqlite3_step(ids) == SQLITE_ROW) {
            struct slice text = {(const char *)sqlite3_column_text(ids, 0), (size_t)sqlite3_column_bytes(ids, 0)};
            if (utf8_valid_prefix(text) != text.len)
                fail_msg("%zu: \"%.*s\" is cut within a letter", shift, (int)text.len, text.at);
            count++;
            longest = sqlite3_column_bytes(ids, 0) > longest ? sqlite3_column_bytes(ids, 0) : longest;
        }
        sqlite3_finalize(ids);
        assert_true(count > 8 && longest > 100);
        registry_close(registry);
        disk_restart(&trial->disk, false);
        buf_finish(&changed);
    }
    free(json);
}

static void verify_all(struct registry *registry)
{
    assert_int_equal(verify(registry).count, 0);
}

static int begin(void **state)
{
    struct trial *trial = calloc(1, sizeof *trial);
    account_read(&trial->account);
    disk_mount(&trial->disk);
    account_fill(&trial->account, &trial->disk, &trial->filled, 3, verify_all);
    *state = trial;
    return 0;
}

static int end(void **state)
{
    struct trial *trial = *state;
    sqlite3_vfs_unregister(&trial->disk.vfs);
    disk_empty(&trial->disk);
    disk_empty(&trial->filled);
    account_finish(&trial->account);
    free(trial);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_bits), cmocka_unit_test(test_damage),
                                       cmocka_unit_test(test_long_names)};
    return cmocka_run_group_tests_name("verify", tests, begin, end);
}
