// SPDX-License-Identifier: MIT
// karar.h as programs of other versions and with other allocators use it: option structs shorter and longer than ours, every allocation
// failing once, facts, and the columns of batches.
#include <karar/karar.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <cmocka.h>

static const char TEXT[] =
    "ISLAMABAD, Nov 27 2025: The 10th session of the Pakistan–Russia Intergovernmental Commission was held in Islamabad. "
    "Pakistan and Russia signed a memorandum of understanding on standards. The two sides agreed to expand trade.";
static const char PLAIN[] = "The weather was fine and nothing else happened on that day.";

// ---- options ------------------------------------------------------------------------------------------------------------
static karar_engine *new_engine(const karar_allocator *allocator)
{
    karar_engine *engine = NULL;
    const karar_options options = {.size = sizeof options, .allocator = allocator};
    assert_int_equal(karar_engine_new(&options, &engine, NULL), KARAR_OK);
    return engine;
}

static karar_report *read_text(karar_engine *engine, const void *options)
{
    karar_report *report = NULL;
    karar_error error;
    if (karar_read(engine, TEXT, sizeof TEXT - 1, options, &report, &error))
        fail_msg("%s", error.text);
    return report;
}

static void test_older_program(void **state)
{
    (void)state;
    karar_engine *engine = new_engine(NULL);
    struct {
        size_t size;
        const char *uri, *language;
        const char *behind;     // no part of the struct as that program knew it
    } older = {offsetof(karar_read_options, date), "old.txt", "en", "not a date"};
    karar_report *report = read_text(engine, &older);
    assert_string_equal(karar_report_language(report), "en");
    assert_true(karar_report_facts(report) > 2);
    karar_report_free(report);
    karar_engine_free(engine);
}

static void test_newer_program(void **state)
{
    (void)state;
    karar_engine *engine = new_engine(NULL);
    struct {
        karar_read_options known;
        const char *wish;
    } newer = {{.size = sizeof newer, .language = "en"}, NULL};
    karar_report_free(read_text(engine, &newer));
    karar_report *report = (karar_report *)&newer;
    karar_error error;
    newer.wish = "something new";
    assert_int_equal(karar_read(engine, TEXT, sizeof TEXT - 1, &newer.known, &report, &error), KARAR_BAD_ARGUMENT);
    assert_null(report);
    assert_non_null(strstr(error.text, "options"));
    newer.known.size = 0;
    assert_int_equal(karar_read(engine, TEXT, sizeof TEXT - 1, &newer.known, &report, &error), KARAR_BAD_ARGUMENT);
    newer.known.size = 1u << 20;
    assert_int_equal(karar_read(engine, TEXT, sizeof TEXT - 1, &newer.known, &report, &error), KARAR_BAD_ARGUMENT);
    karar_engine_free(engine);
}

static void test_version(void **state)
{
    (void)state;
    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", KARAR_VERSION_MAJOR, KARAR_VERSION_MINOR, KARAR_VERSION_PATCH);
    assert_string_equal(version, KARAR_VERSION);
    assert_string_equal(version, karar_version());
    assert_string_equal(version, getenv("KARAR_PROJECT_VERSION"));
}

// ---- memory -------------------------------------------------------------------------------------------------------------
struct ledger {
    size_t live, calls, fail_at;    // bytes, calls that ask for memory, the one of them that gets none (0: none)
    int wrong_sizes;
};

struct entry {
    size_t size;
    _Alignas(16) char bytes[];
};

static void *count_resize(void *user, void *old, size_t old_size, size_t new_size)
{
    struct ledger *ledger = user;
    struct entry *entry = old ? (struct entry *)((char *)old - offsetof(struct entry, bytes)) : NULL;
    ledger->wrong_sizes += entry && entry->size != old_size;
    if (new_size && ++ledger->calls == ledger->fail_at)
        return NULL;
    ledger->live -= entry ? entry->size : 0;
    if (new_size == 0) {
        free(entry);
        return NULL;
    }
    entry = realloc(entry, sizeof *entry + new_size);
    entry->size = new_size;
    ledger->live += new_size;
    return entry->bytes;
}

static int drop(void *user, const char *bytes, size_t len)
{
    (void)bytes;
    *(size_t *)user += len;
    return 0;
}

// Everything that takes its memory from the allocator. The status of the first call that failed.
static karar_status use_all(const karar_allocator *allocator)
{
    static const karar_format formats[] = {KARAR_JSON, KARAR_TEXT, KARAR_CSV, KARAR_ARROW};
    const karar_options options = {.size = sizeof options, .allocator = allocator};
    karar_engine *engine = NULL;
    karar_report *report = NULL;
    karar_fact fact = {.size = sizeof fact};
    size_t written = 0;
    karar_status status = karar_engine_new(&options, &engine, NULL);
    if (!status)
        status = karar_read(engine, TEXT, sizeof TEXT - 1, NULL, &report, NULL);
    for (size_t i = 0; !status && i < sizeof formats / sizeof *formats; i++) {
        karar_write_options write = {.size = sizeof write, .format = formats[i], .width = 60};
        status = karar_report_write(report, &write, drop, &written, NULL);
    }
    if (!status)
        status = karar_report_explain(report, drop, &written, NULL);
    if (!status)
        status = karar_report_why(report, "m1", drop, &written, NULL);
    if (!status)
        status = karar_report_fact(report, 0, &fact, NULL);
    karar_report_free(report);
    karar_engine_free(engine);
    return status;
}

static void test_allocator(void **state)
{
    (void)state;
    struct ledger ledger = {.live = 0};
    const karar_allocator allocator = {count_resize, &ledger};
    assert_int_equal(use_all(&allocator), KARAR_OK);
    size_t calls = ledger.calls;
    assert_true(calls > 10);
    assert_int_equal(ledger.live, 0);
    for (size_t n = 1; n <= calls; n++) {
        ledger = (struct ledger){.fail_at = n};
        assert_int_equal(use_all(&allocator), KARAR_NO_MEMORY);
        assert_int_equal(ledger.live, 0);
        assert_int_equal(ledger.wrong_sizes, 0);
    }
    ledger = (struct ledger){.fail_at = calls + 1};
    assert_int_equal(use_all(&allocator), KARAR_OK);
}

// ---- facts --------------------------------------------------------------------------------------------------------------
static void test_facts(void **state)
{
    (void)state;
    karar_engine *engine = new_engine(NULL);
    karar_report *report = read_text(engine, NULL);
    karar_fact fact = {.size = sizeof fact};
    uint32_t count = karar_report_facts(report);
    assert_true(count >= 3);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(karar_report_fact(report, i, &fact, NULL), KARAR_OK);
        assert_non_null(fact.quote);
        assert_int_equal(fact.end - fact.begin, fact.quote_len);
        assert_memory_equal(TEXT + fact.begin, fact.quote, fact.quote_len);
        assert_string_equal(fact.parties, "PAK RUS");
    }
    assert_int_equal(karar_report_fact(report, 0, &fact, NULL), KARAR_OK);
    assert_string_equal(fact.kind, "meeting");
    assert_string_equal(fact.type, "commission");
    assert_string_equal(fact.city, "Islamabad");
    assert_int_equal(fact.ordinal, 10);
    assert_true(fact.char_begin < fact.begin || fact.begin < 40);
    assert_int_equal(karar_report_fact(report, count, &fact, NULL), KARAR_NOT_FOUND);
    struct {
        size_t size;
        const char *id;
        const char *untouched;
    } older = {offsetof(karar_fact, kind), NULL, "mine"};
    assert_int_equal(karar_report_fact(report, 0, (karar_fact *)&older, NULL), KARAR_OK);
    assert_string_equal(older.id, "m1");
    assert_string_equal(older.untouched, "mine");
    karar_report_free(report);
    karar_engine_free(engine);
}

// ---- batches ------------------------------------------------------------------------------------------------------------
static int64_t column_of(const struct ArrowSchema *schema, const char *name)
{
    for (int64_t i = 0; i < schema->n_children; i++)
        if (strcmp(schema->children[i]->name, name) == 0)
            return i;
    fail_msg("no column %s", name);
    return -1;
}

static const int32_t *starts_of(const struct ArrowArray *column)
{
    return column->buffers[1];
}

static void test_batch(void **state)
{
    (void)state;
    karar_engine *engine = new_engine(NULL);
    karar_report *report = read_text(engine, NULL), *plain = NULL;
    assert_int_equal(karar_read(engine, PLAIN, sizeof PLAIN - 1, NULL, &plain, NULL), KARAR_OK);
    uint32_t facts = karar_report_facts(report);
    karar_batch *batch = NULL;
    struct ArrowArray array;
    struct ArrowSchema schema;
    assert_int_equal(karar_batch_new(&batch, NULL), KARAR_OK);
    assert_int_equal(karar_batch_add(batch, report, NULL), KARAR_OK);
    assert_int_equal(karar_batch_add(batch, plain, NULL), KARAR_OK);
    assert_int_equal(karar_batch_add(batch, report, NULL), KARAR_OK);
    assert_int_equal(karar_batch_rows(batch), 2 * facts);
    assert_int_equal(karar_batch_export(batch, &array, NULL), KARAR_OK);
    assert_int_equal(karar_batch_schema(&schema, NULL), KARAR_OK);
    assert_int_equal(karar_batch_rows(batch), 0);
    karar_batch_free(batch);
    karar_report_free(report);
    karar_report_free(plain);
    karar_engine_free(engine);

    assert_int_equal(array.length, 2 * facts);
    assert_int_equal(array.n_children, schema.n_children);
    const struct ArrowArray *quotes = array.children[column_of(&schema, "quote")];
    const struct ArrowArray *begins = array.children[column_of(&schema, "begin")];
    const char *bytes = quotes->buffers[2];
    for (uint32_t i = 0; i < 2 * facts; i++) {
        int32_t from = starts_of(quotes)[i], to = starts_of(quotes)[i + 1];
        assert_memory_equal(bytes + from, TEXT + ((const int64_t *)begins->buffers[1])[i], to - from);
    }
    const struct ArrowArray *parties = array.children[column_of(&schema, "parties")];
    assert_string_equal(schema.children[column_of(&schema, "parties")]->format, "+l");
    assert_int_equal(parties->children[0]->length, 4 * facts);
    assert_int_equal(starts_of(parties)[0], 0);
    assert_int_equal(starts_of(parties)[2 * facts], 4 * facts);
    assert_memory_equal(parties->children[0]->buffers[2], "PAKRUSPAK", 9);

    struct ArrowArray moved = *array.children[0];      // a child outlives its parent
    array.children[0]->release = NULL;
    array.release(&array);
    assert_null(array.release);
    assert_int_equal(moved.length, 2 * facts);
    assert_memory_equal(moved.buffers[2], "--", 2);
    moved.release(&moved);
    schema.release(&schema);
}

static void test_empty_batch(void **state)
{
    (void)state;
    karar_batch *batch = NULL;
    struct ArrowArray array;
    assert_int_equal(karar_batch_new(&batch, NULL), KARAR_OK);
    assert_int_equal(karar_batch_export(batch, &array, NULL), KARAR_OK);
    assert_int_equal(array.length, 0);
    for (int64_t i = 0; i < array.n_children; i++)
        assert_non_null(array.children[i]->buffers[array.children[i]->n_buffers - 1]);
    array.release(&array);
    karar_batch_free(batch);
}

// ---- threads ------------------------------------------------------------------------------------------------------------
static void *write_many(void *report)
{
    size_t *written = calloc(1, sizeof *written);
    for (int i = 0; written && i < 50; i++)
        if (karar_report_write(report, NULL, drop, written, NULL))
            *written = SIZE_MAX / 2;
    return written;
}

// Reports are written in one thread while their engine reads others in another, in languages that it had not opened before.
static void test_reports_beside_their_engine(void **state)
{
    (void)state;
    karar_engine *engine = new_engine(NULL);
    karar_report *report = read_text(engine, NULL), *other = NULL;
    pthread_t thread;
    void *written = NULL;
    size_t once = 0;
    assert_int_equal(karar_report_write(report, NULL, drop, &once, NULL), KARAR_OK);
    assert_int_equal(pthread_create(&thread, NULL, write_many, report), 0);
    for (uint32_t i = 0; karar_language(engine, i); i++) {
        const karar_read_options options = {.size = sizeof options, .language = karar_language(engine, i)};
        assert_int_equal(karar_read(engine, TEXT, sizeof TEXT - 1, &options, &other, NULL), KARAR_OK);
        karar_report_free(other);
    }
    pthread_join(thread, &written);
    assert_non_null(written);
    assert_int_equal(*(size_t *)written, 50 * once);
    free(written);
    karar_report_free(report);
    karar_engine_free(engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_older_program), cmocka_unit_test(test_newer_program), cmocka_unit_test(test_version),
        cmocka_unit_test(test_allocator), cmocka_unit_test(test_facts), cmocka_unit_test(test_batch), cmocka_unit_test(test_empty_batch),
        cmocka_unit_test(test_reports_beside_their_engine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
