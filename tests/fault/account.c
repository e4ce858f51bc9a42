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

#include <setjmp.h>
#include <cmocka.h>

#include "api/handles.h"
#include "api/reread.h"
#include "base/sha256.h"

#define REPORT_MAX ((size_t)1 << 20)

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

enum status account_add(const struct account *account, struct registry *registry, int number, struct told *told)
{
    const struct account_report *report = &account->reports[number];
    char uri[32], id[13];
    bool is_new = false;
    struct error error;
    snprintf(uri, sizeof uri, "report-%d.txt", number);
    struct registry_document document = {
        .bytes = buf_slice(&report->bytes), .uri = slice_from(uri), .author = SLICE("test"),
        .reading = {buf_slice(&report->json), buf_slice(&report->annex), SLICE("test")},
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
    *ret_reading = (struct registry_reading){buf_slice(&report->json), buf_slice(&report->annex), SLICE("test")};
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
