// SPDX-License-Identifier: MIT
// Memory that runs out: each allocation of the library and of SQLite below it fails in turn, over inputs of several kinds, adding,
// deciding, rebuilding, verifying, the upgrade of an old file, every question and every export. Each call then says that memory ran out
// or gives what it gives with enough of it, never something else; and the register is whole, in the same process and after it. What
// reading alone takes from an engine's allocator is api_options_test.c's.
//
// The linker leads the library's calls here. Not those of the libraries that parse: jansson tells no lack of memory from bad JSON (the
// line is left out, with a message), GLib ends the program. The quick run lets some dozens of allocations fail, KARAR_THOROUGH each
// (part.h).
#include <sqlite3.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <cmocka.h>

#include "account.h"
#include "api/handles.h"
#include "base/sha256.h"
#include "disk.h"
#include "part.h"

#define QUICK_CALLS 14
#define OUT_MAX ((size_t)64 << 20)

// ---- memory that runs out ------------------------------------------------------------------------------------------------------
static atomic_long asked, fail_at;      // allocations so far; which of them fails, 0 none

static bool is_refused(void)
{
    return disk_takes_memory == 0 && atomic_fetch_add(&asked, 1) + 1 == atomic_load(&fail_at);
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t len);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t len);

void *__wrap_malloc(size_t size)
{
    return is_refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return is_refused() ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
    return is_refused() ? NULL : __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t len)
{
    return is_refused() ? NULL : __real_strndup(text, len);
}

static sqlite3_mem_methods usual;

static void *lite_malloc(int size)
{
    return is_refused() ? NULL : usual.xMalloc(size);
}

static void *lite_realloc(void *old, int size)
{
    return is_refused() ? NULL : usual.xRealloc(old, size);
}

// ---- what is tried ----------------------------------------------------------------------------------------------------------------
struct trial {
    struct disk disk, empty, filled, old;
    struct account account;
    int rereads;                // differences that a rebuild finds though nothing failed
    karar_engine *engine;       // of its own memory, before anything fails
    int number;                 // of a question, an export, an input
    struct buf out;             // what came of it
    struct buf lines;           // the filled register as it is exported
    struct told told;
};

static int gather(void *user, const char *bytes, size_t len)
{
    struct trial *trial = user;
    long saved = atomic_exchange(&fail_at, 0), before = atomic_load(&asked);
    buf_add(&trial->out, slice_make(bytes, len));
    atomic_store(&asked, before);
    atomic_store(&fail_at, saved);
    return 0;
}

static int gather_file(void *user, const char *file, const char *bytes, size_t len)
{
    (void)file;
    return gather(user, bytes, len);
}

struct piece {
    const char *name;
    const struct disk *(*from)(const struct trial *trial);
    bool makes;
    karar_status (*work)(struct trial *trial, karar_register *reg);
};

static karar_status add_two(struct trial *trial, karar_register *reg)
{
    enum status first = account_add(&trial->account, reg->registry, 6, &trial->told);
    enum status second = account_add(&trial->account, reg->registry, 7, &trial->told);
    return (karar_status)(first ? first : second);
}

static karar_status decide_some(struct trial *trial, karar_register *reg)
{
    return (karar_status)account_decide_some(reg->registry, &trial->told);
}

static karar_status amend_some(struct trial *trial, karar_register *reg)
{
    return (karar_status)account_amend(&trial->account, reg->registry, &trial->told);
}

static karar_status rebuild_it(struct trial *trial, karar_register *reg)
{
    uint64_t differences = 0;
    return karar_register_rebuild(reg, &trial->engine, 1, 0, NULL, NULL, KARAR_TABLE_JSON, gather, trial, &differences, NULL);
}

// Lines of the filled register, kept from before anything fails.
static int next_line(void *user, const char **line, size_t *len)
{
    struct slice *rest = user;
    if (!rest->len)
        return 0;
    struct slice one = slice_cut(rest, '\n');
    *line = one.at;
    *len = one.len;
    return 1;
}

static karar_status import_it(struct trial *trial, karar_register *reg)
{
    uint64_t documents = 0, decisions = 0;
    struct slice lines = buf_slice(&trial->lines);
    karar_status status = karar_register_import(reg, next_line, &lines, &trial->engine, 1, NULL, NULL, &documents, &decisions, NULL);
    if (!status) {
        assert_int_equal(documents, 6);
        trial->told.id_count = (int)documents;
    }
    return status;
}

static karar_status verify_it(struct trial *trial, karar_register *reg)
{
    uint64_t documents, spans, faults;
    karar_status status = karar_register_verify(reg, KARAR_TABLE_JSON, gather, trial, &documents, &spans, &faults, NULL);
    if (!status)
        assert_int_equal(faults, 0);
    return status;
}

static karar_status only_open(struct trial *trial, karar_register *reg)
{
    (void)trial, (void)reg;
    return KARAR_OK;
}

static const karar_question questions[] = {
    {.name = "bodies", .format = KARAR_TABLE_JSON}, {.name = "sessions", .pair = "CHL-NOR", .format = KARAR_TABLE_CSV},
    {.name = "instruments", .pair = "CHL-NOR", .format = KARAR_TABLE_TEXT, .width = 80}, {.name = "commitments", .as_of = "2021-05-03"},
    {.name = "people", .words = "Nordmann"}, {.name = "show", .id = "CHL-NOR/freight-train", .format = KARAR_TABLE_JSON},
    {.name = "search", .words = "freight fisheries", .format = KARAR_TABLE_JSON}, {.name = "documents", .skip = 2},
    {.name = "idle", .years = 1, .as_of = "2026-01-01"}, {.name = "diff", .as_of = "2021-05-03"}, {.name = "decisions",
            .format = KARAR_TABLE_JSON},
    {.name = "calendar", .format = KARAR_TABLE_CALENDAR}, {.name = "brief", .pair = "CHL-NOR", .format = KARAR_TABLE_JSON},
    {.name = "why", .id = "CHL-NOR/commission/4"}, {.name = "sessions", .pair = "CHL-NOR", .as_of = "2021-05-04",
            .format = KARAR_TABLE_JSON},
};
#define QUESTIONS ((int)(sizeof questions / sizeof *questions))

static karar_status ask_one(struct trial *trial, karar_register *reg)
{
    karar_question question = questions[trial->number];
    uint64_t rows = 0;
    question.size = sizeof question;
    return karar_register_ask(reg, &question, gather, trial, &rows, NULL);
}

static karar_status export_one(struct trial *trial, karar_register *reg)
{
    karar_export options = {.size = sizeof options, .format = karar_export_format((uint32_t)trial->number, NULL, NULL)};
    uint64_t rows = 0;
    return karar_register_export(reg, &options, gather_file, trial, &rows, NULL);
}

static const struct disk *from_empty(const struct trial *trial)
{
    return &trial->empty;
}

static const struct disk *from_filled(const struct trial *trial)
{
    return &trial->filled;
}

static const struct disk *from_old(const struct trial *trial)
{
    return &trial->old;
}

static karar_status run(struct trial *trial, const struct piece *piece)
{
    karar_register *reg = NULL;
    karar_error error = {.text = ""};
    karar_status status = karar_register_open(ACCOUNT_FILE, piece->makes, &reg, &error);
    if (status) {
        assert_true(error.text[0]);
        return status;
    }
    status = piece->work(trial, reg);
    if (status) {       // the same process goes on
        struct registry_verified verified;
        if (registry_verify(reg->registry, NULL, NULL, &verified, NULL) || verified.faults)
            fail_msg("%s: the register is not whole for who goes on", piece->name);
    }
    karar_register_close(reg);
    return status;
}

// The register is whole, and what was confirmed is there.
static void check_after(struct trial *trial, const struct piece *piece, const char *what)
{
    int before = piece->from == from_filled ? 6 : piece->from == from_old ? 4 : 0;
    disk_restart(&trial->disk, false);
    struct registry *registry = account_open(ACCOUNT_FILE, piece->makes && trial->told.id_count == 0);
    account_check(&trial->account, registry, before + trial->told.id_count, trial->rereads, what);
    registry_close(registry);
}

static void begin_again(struct trial *trial, const struct piece *piece)
{
    disk_copy(&trial->disk, piece->from(trial));
    trial->disk.dice = UINT64_C(0x9E3779B97F4A7C15);
    trial->told = (struct told){.id_count = 0};
    buf_clear(&trial->out);
}

static void id_of(const struct trial *trial, char id[SHA256_ID_SIZE])
{
    sha256_id(trial->out.at ? buf_slice(&trial->out) : SLICE(""), id);
}

static void try_piece(struct trial *trial, const struct piece *piece, bool changes, int quick)
{
    char right[SHA256_ID_SIZE], got[SHA256_ID_SIZE], what[96];
    begin_again(trial, piece);
    atomic_store(&fail_at, 0);
    atomic_store(&asked, 0);
    assert_int_equal(run(trial, piece), KARAR_OK);
    long calls = atomic_load(&asked), failed = 0;
    struct part part = part_of(calls, quick, trial->number % 8 / 8.0);
    id_of(trial, right);
    trial->rereads = piece->from == from_old ? account_rereads(&trial->account, &trial->disk, from_old(trial)) : 0;
    begin_again(trial, piece);
    assert_int_equal(run(trial, piece), KARAR_OK);
    check_after(trial, piece, piece->name);
    sqlite3_int64 used = sqlite3_memory_used();
    for (long call = part.first; call <= calls; call += part.step) {
        snprintf(what, sizeof what, "%s %d: allocation %ld of %ld", piece->name, trial->number, call, calls);
        begin_again(trial, piece);
        atomic_store(&asked, 0);
        atomic_store(&fail_at, call);
        karar_status status = run(trial, piece);
        atomic_store(&fail_at, 0);
        id_of(trial, got);
        if (status && status != KARAR_NO_MEMORY)
            fail_msg("%s: %s", what, karar_status_text(status));
        if (!status && strcmp(got, right) != 0)
            fail_msg("%s: all is said to be well, but the answer is another one: %.200s", what, trial->out.at);
        failed += status != KARAR_OK;
        if (changes)
            check_after(trial, piece, what);
        else
            disk_restart(&trial->disk, false);
        if (sqlite3_memory_used() > used)
            fail_msg("%s: %lld bytes are not given back", what, (long long)(sqlite3_memory_used() - used));
    }
    assert_true(failed > 0 || part.step > calls / 4);
    print_message("# %s %d: every %ld of %ld allocations; %ld led to a refusal\n", piece->name, trial->number, part.step, calls, failed);
}

static void test_changes(void **state)
{
    static const struct piece pieces[] = {
        {"make", from_empty, true, add_two},     {"add", from_filled, false, add_two},      {"decide", from_filled, false, decide_some},
        {"amend", from_filled, false, amend_some},
        {"rebuild", from_filled, false, rebuild_it}, {"verify", from_filled, false, verify_it}, {"upgrade", from_old, false, only_open},
        {"import", from_empty, true, import_it},
    };
    struct trial *trial = *state;
    trial->number = 0;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        try_piece(trial, &pieces[i], true, QUICK_CALLS);
}

static void test_questions(void **state)
{
    static const struct piece piece = {"question", from_filled, false, ask_one};
    struct trial *trial = *state;
    for (trial->number = 0; trial->number < QUESTIONS; trial->number++)
        try_piece(trial, &piece, false, QUICK_CALLS / 2);
}

static void test_exports(void **state)
{
    static const struct piece piece = {"export", from_filled, false, export_one};
    struct trial *trial = *state;
    for (trial->number = 0; karar_export_format((uint32_t)trial->number, NULL, NULL); trial->number++)
        try_piece(trial, &piece, false, QUICK_CALLS / 2);
    assert_true(trial->number > 5);
}

// ---- inputs -----------------------------------------------------------------------------------------------------------------------
static const char *const inputs[] = {"lines.jsonl", "table.csv", "archive.warc", "text.txt", "page.html"};
#define INPUTS ((int)(sizeof inputs / sizeof *inputs))

// Reads all documents of an input into one string. The library reads mail by one that ends the program when memory runs out.
static karar_status read_input(struct trial *trial, const char *path)
{
    karar_source *source = NULL;
    karar_status status = karar_source_open(path, NULL, &source, NULL);
    while (!status) {
        karar_item *item = NULL;
        karar_report *report = NULL;
        char *text = NULL;
        size_t len = 0;
        status = karar_source_next(source, &item, NULL);
        if (status == KARAR_NOT_FOUND || status == KARAR_NO_MEMORY)
            break;
        if (!status)
            status = karar_item_text(item, &text, &len, NULL);
        if (!status)
            gather(trial, text, len);
        if (!status)
            status = karar_read_item(trial->engine, item, NULL, &report, NULL);
        if (!status)
            status = karar_report_write(report, NULL, gather, trial, NULL);
        if (status != KARAR_NO_MEMORY)
            status = KARAR_OK;      // an empty or broken document is passed over
        free(text);
        karar_report_free(report);
        karar_item_free(item);
    }
    karar_source_close(source);
    return status == KARAR_NOT_FOUND ? KARAR_OK : status;
}

static void test_inputs(void **state)
{
    struct trial *trial = *state;
    char right[SHA256_ID_SIZE], got[SHA256_ID_SIZE], path[1024];
    for (int i = 0; i < INPUTS; i++) {
        snprintf(path, sizeof path, "%s/tests/fuzz/seeds/source/%s", getenv("KARAR_ROOT"), inputs[i]);
        atomic_store(&fail_at, 0);
        atomic_store(&asked, 0);
        buf_clear(&trial->out);
        assert_int_equal(read_input(trial, path), KARAR_OK);
        assert_true(trial->out.len > 100);
        id_of(trial, right);
        long calls = atomic_load(&asked), failed = 0;
        struct part part = part_of(calls, QUICK_CALLS, 0);
        for (long call = part.first; call <= calls; call += part.step) {
            buf_clear(&trial->out);
            atomic_store(&asked, 0);
            atomic_store(&fail_at, call);
            karar_status status = read_input(trial, path);
            atomic_store(&fail_at, 0);
            id_of(trial, got);
            failed += status != KARAR_OK;
            if (status ? status != KARAR_NO_MEMORY : strcmp(got, right) != 0)
                fail_msg("%s: allocation %ld of %ld: %s, %s", inputs[i], call, calls, karar_status_text(status), status
                        ? "" : "another answer");
        }
        assert_true(failed > 0 || part.step > calls / 4);
        print_message("# %s: every %ld of %ld allocations; %ld led to a refusal\n", inputs[i], part.step, calls, failed);
    }
}

// ---- before and after -------------------------------------------------------------------------------------------------------------
static void decide_one(struct registry *registry)
{
    assert_int_equal(account_decide(registry, DECISION_EDIT, "CHL-NOR/freight-train", "fate", "stalled", NULL), STATUS_OK);
}

static int begin(void **state)
{
    sqlite3_mem_methods ours;
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual), SQLITE_OK);
    ours = usual;
    ours.xMalloc = lite_malloc;
    ours.xRealloc = lite_realloc;
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &ours), SQLITE_OK);
    struct trial *trial = calloc(1, sizeof *trial);
    buf_init(&trial->out, OUT_MAX);
    account_read(&trial->account);
    assert_int_equal(karar_engine_new(NULL, &trial->engine, NULL), KARAR_OK);
    disk_mount(&trial->disk);
    account_fill(&trial->account, &trial->disk, &trial->filled, 6, decide_one);
    account_put_old(&trial->old, 2);
    account_lines(&trial->disk, &trial->filled, &trial->lines);
    *state = trial;
    return 0;
}

static int end(void **state)
{
    struct trial *trial = *state;
    sqlite3_vfs_unregister(&trial->disk.vfs);
    disk_empty(&trial->disk);
    disk_empty(&trial->filled);
    disk_empty(&trial->old);
    karar_engine_free(trial->engine);
    account_finish(&trial->account);
    buf_finish(&trial->out);
    buf_finish(&trial->lines);
    free(trial);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changes), cmocka_unit_test(test_questions), cmocka_unit_test(test_exports), cmocka_unit_test(test_inputs),
    };
    return cmocka_run_group_tests_name("memory", tests, begin, end);
}
