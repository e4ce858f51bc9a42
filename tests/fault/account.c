// SPDX-License-Identifier: MIT
// A small account for the tests of faults: see account.h.
//
// Reports speak of the same pairs, so that each changes what was derived from those before it. A reading is made by the library
// and kept, as the faults under test are the register's.
#include "account.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <setjmp.h>
#include <cmocka.h>

#include "api/handles.h"
#include "api/reread.h"
#include "base/sha256.h"

#define REPORT_MAX ((size_t)1 << 20)
#define OLD_MAX ((size_t)4 << 20)

static void read_one(struct account *account, karar_engine *engine, struct slice text)
{
    assert_true(account->count < ACCOUNT_REPORTS);
    struct account_report *report = &account->reports[account->count++];
    karar_report *read = NULL;
    karar_error error;
    buf_init(&report->bytes, REPORT_MAX);
    buf_init(&report->json, REPORT_MAX);
    buf_init(&report->annex, REPORT_MAX);
    buf_add(&report->bytes, text);
    if (karar_read(engine, text.at, text.len, NULL, &read, &error))
        fail_msg("%s", error.text);
    assert_int_equal(reread_document(&read->document, read->engine, &report->json, &report->annex), STATUS_OK);
    karar_report_free(read);
}

static karar_engine *new_engine(void)
{
    karar_engine *engine = NULL;
    assert_int_equal(karar_engine_new(NULL, &engine, NULL), KARAR_OK);
    return engine;
}

void account_read(struct account *account)
{
    static const char *const cities[] = {"Oslo", "Santiago", "Bergen"};
    static const char *const matters[] = {"launch a freight train", "build a gas pipeline", "open a direct flight", "sell insulin"};
    karar_engine *engine = new_engine();
    *account = (struct account){.count = 0};
    for (int i = 0; i < ACCOUNT_GIVEN; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                "OSLO, %d May 2021: The %dth session of the Norway-Chile Intergovernmental Commission was held in %s. The session was "
                 "chaired by Energy Minister Kari Nordmann and Fisheries Minister Pedro Rojas. Norway and Chile signed an agreement "
                 "on fisheries number %d. "
                 "They agreed to %s in %d.\n", i + 1, 4 + i / 3, cities[i / 3 % 3], i, matters[i % 4], 2022 + i % 3);
        read_one(account, engine, slice_from(text));
    }
    karar_engine_free(engine);
}

void account_finish(struct account *account)
{
    for (int i = 0; i < account->count; i++) {
        buf_finish(&account->reports[i].bytes);
        buf_finish(&account->reports[i].json);
        buf_finish(&account->reports[i].annex);
    }
}

struct registry_reading account_reading(const struct account_report *report)
{
    return (struct registry_reading){.json = buf_slice(&report->json), .annex = buf_slice(&report->annex), .engine = SLICE("test")};
}

enum status account_add(const struct account *account, struct registry *registry, int number, struct told *told)
{
    const struct account_report *report = &account->reports[number];
    char uri[32], id[13];
    bool is_new = false;
    struct error error;
    snprintf(uri, sizeof uri, "report-%d.txt", number);
    struct registry_document document = {
        .bytes = buf_slice(&report->bytes), .uri = slice_from(uri), .author = SLICE("test"),
        .reading = account_reading(report),
    };
    enum status status = registry_add(registry, &document, &is_new, id, &error);
    if (!status && told)
        memcpy(told->ids[told->id_count++], id, sizeof id);
    if (status)
        assert_true(error.text[0]);
    return status;
}

enum status account_decide(struct registry *registry, enum decision_action action, const char *target, const char *field,
        const char *value,
                           struct told *told)
{
    struct registry_decision decision = {.action = action, .target = slice_from(target), .author = SLICE("test"),
            .reason = SLICE("a test")};
    int64_t number = 0;
    struct error error;
    if (field)
        decision.field = slice_from(field);
    if (value)
        decision.value = slice_from(value);
    enum status status = registry_decide(registry, &decision, &number, &error);
    if (!status && told)
        told->decisions[told->decision_count++] = number;
    if (status)
        assert_true(error.text[0]);
    return status;
}

enum status account_amend(const struct account *account, struct registry *registry, struct told *told)
{
    char id[SHA256_ID_SIZE], claim[2][24];
    sha256_id(buf_slice(&account->reports[0].bytes), id);
    struct slice report = slice_make(id + strlen("sha256:"), 12);
    snprintf(claim[0], sizeof claim[0], "%.12s/i1", report.at);
    snprintf(claim[1], sizeof claim[1], "%.12s/c1", report.at);
    struct registry_decision decision = {
        .action = DECISION_ADD, .target = report, .field = SLICE("instrument"), .value = SLICE("kind=plan\nstatus=agreed\nparties=CHL-NOR"),
        .words = SLICE("signed an agreement"), .author = SLICE("test"), .reason = SLICE("a test"),
    };
    int64_t number = 0;
    struct error error = {.text = ""};
    enum status added = registry_decide(registry, &decision, &number, &error);
    if (!added && told)
        told->decisions[told->decision_count++] = number;
    if (added)
        assert_true(error.text[0]);
    enum status edited = account_decide(registry, DECISION_EDIT, claim[0], "status", "planned", told);
    enum status rejected = account_decide(registry, DECISION_REJECT, claim[1], NULL, NULL, told);
    return added ? added : edited ? edited : rejected;
}

// ---- reading again ----------------------------------------------------------------------------------------------------------
static enum status give(void *user, const struct registry_document *document, struct error *reterr_error)
{
    struct account *account = user;
    (void)reterr_error;
    int number = 0;
    while (number < account->count && !slice_eq(document->bytes, buf_slice(&account->reports[number].bytes)))
        number++;
    if (number == account->count) {
        karar_engine *engine = new_engine();
        read_one(account, engine, document->bytes);
        karar_engine_free(engine);
    }
    account->given[account->given_count++ % ACCOUNT_REPORTS] = number;
    return STATUS_OK;
}

static enum status take(void *user, struct registry_reading *ret_reading, struct error *reterr_error)
{
    struct account *account = user;
    (void)reterr_error;
    const struct account_report *report = &account->reports[account->given[account->first_given++ % ACCOUNT_REPORTS]];
    *ret_reading = account_reading(report);
    return STATUS_OK;
}

static bool count_rows(void *user, const struct registry_row *row)
{
    (void)row;
    ++*(int *)user;
    return true;
}

enum status account_rebuild(struct account *account, struct registry *registry, int *ret_differences, struct error *reterr_error)
{
    struct registry_readers readers = {.ahead = 3, .give = give, .take = take, .user = account};
    account->first_given = account->given_count = 0;
    *ret_differences = 0;
    return registry_rebuild(registry, &readers, NULL, NULL, count_rows, ret_differences, reterr_error);
}

static enum status next_line(void *user, struct slice *ret_line, struct error *reterr_error)
{
    struct slice *rest = user;
    (void)reterr_error;
    *ret_line = rest->len ? slice_cut(rest, '\n') : (struct slice){NULL, 0};
    return STATUS_OK;
}

enum status account_import(struct account *account, struct registry *registry, struct slice lines, struct told *told)
{
    struct registry_readers readers = {.ahead = 3, .give = give, .take = take, .user = account};
    struct registry_lines feed = {next_line, &lines};
    struct registry_imported imported;
    struct error error = {.text = ""};
    account->first_given = account->given_count = 0;
    enum status status = registry_import(registry, &feed, &readers, NULL, NULL, &imported, &error);
    if (status)
        assert_true(error.text[0]);
    for (uint64_t i = 0; !status && told && i < imported.documents; i++) {
        char id[SHA256_ID_SIZE];
        sha256_id(buf_slice(&account->reports[i].bytes), id);
        memcpy(told->ids[told->id_count], id + strlen("sha256:"), 12);
        told->ids[told->id_count++][12] = '\0';
    }
    for (uint64_t i = 0; !status && told && i < imported.decisions; i++)
        told->decisions[told->decision_count++] = (int64_t)i + 1;
    return status;
}

enum status account_decide_some(struct registry *registry, struct told *told)
{
    char last[24];
    enum status edited = account_decide(registry, DECISION_EDIT, "CHL-NOR/commission/4", "place", "Bergen, NOR", told);
    enum status merged = account_decide(registry, DECISION_MERGE, "CHL-NOR/commission/4", NULL, "CHL-NOR/commission/5", told);
    snprintf(last, sizeof last, "%lld", told->decision_count ? (long long)told->decisions[told->decision_count - 1] : 1LL);
    enum status undone = account_decide(registry, DECISION_UNDO, last, NULL, NULL, told);
    return edited ? edited : merged ? merged : undone;
}

// ---- registers --------------------------------------------------------------------------------------------------------------
struct registry *account_open(const char *name, bool makes)
{
    struct registry *registry = NULL;
    struct error error = {.text = ""};
    if (registry_open(name, makes, &registry, &error))
        fail_msg("%s: %s", name, error.text);
    return registry;
}

void account_fill(const struct account *account, struct disk *mounted, struct disk *ret_filled, int reports,
        void (*decide)(struct registry *registry))
{
    struct registry *registry = account_open(ACCOUNT_FILE, true);
    for (int i = 0; i < reports; i++)
        assert_int_equal(account_add(account, registry, i, NULL), STATUS_OK);
    if (decide)
        decide(registry);
    registry_close(registry);
    disk_restart(mounted, false);
    disk_copy(ret_filled, mounted);
}

static int gather_line(void *lines, const char *file, const char *bytes, size_t len)
{
    (void)file;
    buf_add(lines, slice_make(bytes, len));
    return 0;
}

void account_lines(struct disk *mounted, const struct disk *from, struct buf *ret_lines)
{
    karar_register *reg = NULL;
    karar_export options = {.size = sizeof options, .format = "register"};
    uint64_t rows = 0;
    buf_init(ret_lines, OLD_MAX);
    disk_copy(mounted, from);
    assert_int_equal(karar_register_open(ACCOUNT_FILE, 0, &reg, NULL), KARAR_OK);
    assert_int_equal(karar_register_export(reg, &options, gather_line, ret_lines, &rows, NULL), KARAR_OK);
    assert_true(rows > 6 && ret_lines->len > 2000);
    karar_register_close(reg);
    disk_restart(mounted, false);
}

void account_put_old(struct disk *disk, int version)
{
    char path[1024];
    unsigned char *bytes = malloc(OLD_MAX);
    snprintf(path, sizeof path, "%s/tests/data/register-version-%d.db.gz", getenv("KARAR_ROOT"), version);
    gzFile file = gzopen(path, "rb");
    assert_non_null(file);
    int len = gzread(file, bytes, OLD_MAX);
    assert_true(len > 4096);
    gzclose(file);
    disk_put(disk, ACCOUNT_FILE, bytes, (size_t)len);
    free(bytes);
}

int account_rereads(struct account *account, struct disk *mounted, const struct disk *from)
{
    int differences = 0;
    disk_copy(mounted, from);
    struct registry *registry = account_open(ACCOUNT_FILE, false);
    assert_int_equal(account_rebuild(account, registry, &differences, NULL), STATUS_OK);
    registry_close(registry);
    disk_restart(mounted, false);
    return differences;
}

static bool tell_fault(void *user, const struct registry_row *row)
{
    fprintf(stderr, "%s: %.*s: %.*s\n", (const char *)user, (int)row->values[1].len, row->values[1].at, (int)row->values[2].len,
            row->values[2].at);
    return true;
}

void account_check(struct account *account, struct registry *registry, int64_t documents, int differences, const char *what)
{
    struct registry_verified verified;
    struct error error = {.text = ""};
    int found;
    if (registry_verify(registry, tell_fault, (void *)what, &verified, &error))
        fail_msg("%s: verify: %s", what, error.text);
    if (verified.faults || (int64_t)verified.documents < documents)
        fail_msg("%s: %llu documents, %llu faults", what, (unsigned long long)verified.documents, (unsigned long long)verified.faults);
    if (account_rebuild(account, registry, &found, &error))
        fail_msg("%s: rebuild: %s", what, error.text);
    if (found != differences)
        fail_msg("%s: %d differences between what was derived and a rebuild, not %d", what, found, differences);
}
