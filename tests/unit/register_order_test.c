// SPDX-License-Identifier: MIT
// Whatever the order in which reports are added, the account is the same, and the same as a rebuild makes; with people's decisions, too.
//
// Records are made by dice with few values, so that reports meet on days, numbers, places, kinds, sectors, names and people; dozens of
// small registers are filled in memory. A difference is told with the seed that shows it.
#include "register/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"

#define REPORTS_MAX 240
#define TEXT_MAX ((size_t)1 << 22)

struct made {
    struct buf bytes, json, annex;
};

struct dicing {
    uint64_t dice;
    struct made reports[REPORTS_MAX];
    int count;
};

static uint32_t throw(struct dicing *dicing, uint32_t sides)
{
    dicing->dice ^= dicing->dice << 13;
    dicing->dice ^= dicing->dice >> 7;
    dicing->dice ^= dicing->dice << 17;
    return (uint32_t)(dicing->dice >> 33) % sides;
}

static const char *pick(struct dicing *dicing, const char *const *list, uint32_t count)
{
    return list[throw(dicing, count)];
}
#define PICK(dicing, ...) pick(dicing, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

// ---- records by dice --------------------------------------------------------------------------------------------------------
static void put_date(struct dicing *dicing, struct buf *out, const char *key)
{
    uint32_t year = 2021 + throw(dicing, 3), month = 1 + throw(dicing, 4), day = 1 + throw(dicing, 28);
    switch (throw(dicing, 8)) {
    case 0: buf_addf(out, "\"%s\": null", key); break;
    case 1: buf_addf(out, "\"%s\": \"%u\"", key, year); break;
    case 2: buf_addf(out, "\"%s\": \"%u-%02u\"", key, year, month); break;
    case 3: buf_addf(out, "\"%s\": \"%u-%02u-%02u/%u-%02u-%02u\"", key, year, month, day, year, month + throw(dicing, 2) * (day < 20),
            day < 20 ? day + 5 : day); break;
    default: buf_addf(out, "\"%s\": \"%u-%02u-%02u\"", key, year, month, day);
    }
}

static void put_parties(struct dicing *dicing, struct buf *out)
{
    buf_add_text(out, throw(dicing, 5) ? "\"parties\": [\"PAK\", \"RUS\"]" : "\"parties\": [\"AFG\", \"RUS\"]");
}

static void put_evidence(struct dicing *dicing, struct buf *out)
{
    uint32_t begin = throw(dicing, 9);
    buf_addf(out, "\"evidence\": [{\"begin\": %u, \"end\": %u, \"char_begin\": %u, \"char_end\": %u, \"quote\": \"\"}]", begin, begin,
            begin, begin);
}

static void put_list(struct dicing *dicing, struct buf *out, const char *key, const char *const *values, uint32_t count, uint32_t most)
{
    uint32_t first = throw(dicing, count), n = throw(dicing, most + 1);
    buf_addf(out, "\"%s\": [", key);
    for (uint32_t i = 0; i < n; i++)
        buf_addf(out, "%s\"%s\"", i ? ", " : "", values[(first + i) % count]);
    buf_add_text(out, "]");
}

static void put_meeting(struct dicing *dicing, struct buf *out, uint32_t number)
{
    static const char *const people[] = {"p1", "p2"};
    buf_addf(out, "%s{\"id\": \"m%u\", \"type\": \"%s\", \"status\": \"%s\", \"body\": \"%s\", ", number > 1 ? ", " : "", number,
            PICK(dicing, "commission", "commission", "meeting"), PICK(dicing, "held", "held", "planned", "postponed"), PICK(dicing, "b1",
                    "b2", "b3"));
    if (throw(dicing, 3) == 0)
        buf_addf(out, "\"ordinal\": %u, ", 1 + throw(dicing, 4));
    put_parties(dicing, out);
    buf_add_text(out, ", ");
    put_date(dicing, out, "date");
    static const char *const places[] = {"null", "null", "{\"city\": \"Moscow\", \"country\": \"RUS\"}",
            "{\"city\": \"Lahore\", \"country\": \"PAK\"}",
            "{\"city\": null, \"country\": \"RUS\"}"};
    buf_addf(out, ", \"place\": %s, ", places[throw(dicing, 5)]);
    put_list(dicing, out, "chairs", people, 2, 2);
    buf_add_text(out, ", ");
    put_evidence(dicing, out);
    buf_add_text(out, "}");
}

static const char *const sectors[] = {"energy", "transport", "health", "trade"};
static const char *const concepts[] = {"gas-pipeline", "freight-train", "rolling-stock", "insulin"};

static void put_instrument(struct dicing *dicing, struct buf *out, uint32_t number)
{
    buf_addf(out, "%s{\"id\": \"i%u\", \"kind\": \"%s\", \"status\": \"%s\", ", number > 1 ? ", " : "", number,
            PICK(dicing, "agreement", "mou", "document"), PICK(dicing, "signed", "signed", "planned", "in-force"));
    if (throw(dicing, 4) == 0)
        buf_addf(out, "\"count\": %u, ", 1 + throw(dicing, 3));
    put_parties(dicing, out);
    buf_add_text(out, ", ");
    put_date(dicing, out, "date");
    buf_add_text(out, ", ");
    put_list(dicing, out, "sectors", sectors, 4, 2);
    buf_add_text(out, ", ");
    put_evidence(dicing, out);
    buf_add_text(out, "}");
}

static void put_commitment(struct dicing *dicing, struct buf *out, uint32_t number)
{
    buf_addf(out, "%s{\"id\": \"c%u\", \"stance\": \"%s\", \"topic\": \"it\", \"meeting\": \"m1\", ", number > 1 ? ", " : "", number,
            PICK(dicing, "agreed", "proposed", "discussed", "done"));
    put_parties(dicing, out);
    buf_add_text(out, ", ");
    put_date(dicing, out, "deadline");
    buf_add_text(out, ", ");
    put_list(dicing, out, "concepts", concepts, 4, 3);
    buf_add_text(out, ", ");
    put_list(dicing, out, "sectors", sectors, 4, 2);
    buf_add_text(out, ", ");
    put_evidence(dicing, out);
    buf_add_text(out, "}");
}

static void put_person(struct dicing *dicing, struct buf *out, uint32_t number)
{
    const char *name = PICK(dicing, "Sergei Tsivilev", "Sergey Tsivilev", "Tsivilev", "Anton Tsivilev", "Awais Leghari", "Leghari",
            "S. Tsivilev", "Nikolai Shulginov");
    buf_addf(out, "%s{\"id\": \"p%u\", \"name\": \"%s\", \"latin\": \"%s\", \"office\": %s, ", number > 1 ? ", " : "", number, name, name,
            PICK(dicing, "\"minister\"", "\"governor\"", "null"));
    put_list(dicing, out, "portfolio", sectors, 4, 1);
    buf_addf(out, ", \"party\": \"%s\", ", PICK(dicing, "RUS", "RUS", "PAK"));
    put_evidence(dicing, out);
    buf_add_text(out, "}");
}

static void put_some(struct dicing *dicing, struct buf *out, const char *key, uint32_t most, void (*put)(struct dicing *, struct buf *,
        uint32_t))
{
    uint32_t count = throw(dicing, most + 1);
    buf_addf(out, ", \"%s\": [", key);
    for (uint32_t i = 1; i <= count; i++)
        put(dicing, out, i);
    buf_add_text(out, "]");
}

static void put_annex(struct dicing *dicing, struct buf *out)
{
    static const char *const names[] = {"Stream", "North-South", "TAPI", "Стрим", "Unit 5", "Unit 6"};
    buf_add_text(out, "{\"sentences\": [0, 12], \"headlines\": []");
    for (int part = 0; part < 2; part++) {
        buf_addf(out, ", \"%s\": {", part ? "hints" : "names");
        for (uint32_t i = 1, n = 0; i <= 4; i++) {
            if (throw(dicing, 3))
                continue;
            buf_addf(out, "%s", n++ ? ", " : "");
            char key[8];
            snprintf(key, sizeof key, "c%u", i);
            put_list(dicing, out, key, names, 6, 2);
        }
        buf_add_text(out, "}");
    }
    buf_add_text(out, ", \"listed\": {");
    if (throw(dicing, 3) == 0)
        buf_add_text(out, "\"c1\": \"gas-pipeline freight-train|rolling-stock\"");
    buf_add_text(out, "}}");
}

static void make_report(struct dicing *dicing, struct made *made, uint32_t number)
{
    buf_init(&made->bytes, TEXT_MAX);
    buf_init(&made->json, TEXT_MAX);
    buf_init(&made->annex, TEXT_MAX);
    buf_addf(&made->bytes, "report %06u ", number);
    // names of documents in an order of their own, not that of their numbers
    buf_addf(&made->json,
            "{\"schema\": \"karar.record/1\", \"document\": {\"id\": \"sha256:%08x%056u\", \"lang\": \"%s\", \"title\": \"of %u\", ",
            number * 2654435761u, number, PICK(dicing, "en", "ru", "ur"), number);
    put_date(dicing, &made->json, "published");
    buf_add_text(&made->json,
            "}, \"parties\": [{\"id\": \"PAK\"}, {\"id\": \"RUS\"}], \"bodies\": [{\"id\": \"b1\", \"name\": \"Commission\"}, "
            "{\"id\": \"b2\", \"name\": \"the Pak-Afghan commission\"}]");
    put_some(dicing, &made->json, "people", 3, put_person);
    put_some(dicing, &made->json, "meetings", 2, put_meeting);
    put_some(dicing, &made->json, "instruments", 2, put_instrument);
    put_some(dicing, &made->json, "commitments", 4, put_commitment);
    buf_add_text(&made->json, "}");
    put_annex(dicing, &made->annex);
}

static void make_reports(struct dicing *dicing, uint64_t seed, int count)
{
    *dicing = (struct dicing){.dice = seed * UINT64_C(0x9E3779B97F4A7C15) + 1, .count = count};
    for (int i = 0; i < count; i++)
        make_report(dicing, &dicing->reports[i], (uint32_t)i + 1);
}

static void forget_reports(struct dicing *dicing)
{
    for (int i = 0; i < dicing->count; i++) {
        buf_finish(&dicing->reports[i].bytes);
        buf_finish(&dicing->reports[i].json);
        buf_finish(&dicing->reports[i].annex);
    }
}

// ---- registers --------------------------------------------------------------------------------------------------------------
static struct registry *open_empty(void)
{
    struct registry *registry = NULL;
    struct error error = {0};
    assert_int_equal(registry_open(":memory:", true, &registry, &error), STATUS_OK);
    return registry;
}

// Numbers of readers.
#define READER 7
#define OTHER_READER 8

static void add_one(struct registry *registry, struct made *made)
{
    bool is_new = false;
    char id[13];
    struct error error = {0};
    struct registry_document document = {
        .bytes = buf_slice(&made->bytes), .uri = SLICE("report.txt"), .author = SLICE("test"),
        .reading = {.json = buf_slice(&made->json), .annex = buf_slice(&made->annex), .engine = SLICE("test"), .reader = READER},
    };
    if (registry_add(registry, &document, &is_new, id, &error) != STATUS_OK)
        fail_msg("%s", error.text);
    assert_true(is_new);
}

static void shuffle(struct dicing *dicing, int *order)
{
    for (int i = dicing->count - 1; i > 0; i--) {
        int k = (int)throw(dicing, (uint32_t)i + 1), kept = order[i];
        order[i] = order[k];
        order[k] = kept;
    }
}

// Readers that hand out the readings as they were made.
struct reading_again {
    struct dicing *dicing;
    int given[2 * REPORTS_MAX], first, count;
    uint64_t reader;
};

static enum status give(void *user, const struct registry_document *document, struct error *reterr_error)
{
    struct reading_again *again = user;
    (void)reterr_error;
    for (int i = 0; i < again->dicing->count; i++)
        if (slice_eq(document->bytes, buf_slice(&again->dicing->reports[i].bytes)))
            again->given[again->count++] = i;
    return STATUS_OK;
}

static enum status take(void *user, struct registry_reading *ret_reading, struct error *reterr_error)
{
    struct reading_again *again = user;
    (void)reterr_error;
    struct made *made = &again->dicing->reports[again->given[again->first++]];
    *ret_reading = (struct registry_reading){.json = buf_slice(&made->json), .annex = buf_slice(&made->annex),
        .engine = again->reader == READER ? SLICE("test") : SLICE("test again"), .reader = again->reader};
    return STATUS_OK;
}

// How many reports were read.
static int rebuild(struct registry *registry, struct dicing *dicing, uint64_t reader)
{
    struct reading_again again = {.dicing = dicing, .reader = reader};
    struct registry_readers readers = {.ahead = 3, .give = give, .take = take, .user = &again, .reader = reader};
    struct error error = {0};
    if (registry_rebuild(registry, &readers, NULL, NULL, NULL, NULL, &error) != STATUS_OK)
        fail_msg("%s", error.text);
    assert_int_equal(again.first, again.count);
    return again.first;
}

static const char *const tables[] = {
    "SELECT 'claim', doc, local, part, scope, alone, link, how, rejected FROM claim ORDER BY doc, local, part",
    "SELECT 'session', s.id, s.body, s.ordinal, s.status, s.date, s.city, s.country, s.chairs, s.announced, s.reports, s.said_on, "
    "p.doc || '/' || p.local, "
    "(SELECT doc || '/' || local FROM claim WHERE id = s.status_claim), (SELECT doc || '/' || local FROM claim WHERE id = s.date_claim), "
    "(SELECT doc || '/' || local FROM claim WHERE id = s.place_claim) "
    "FROM session AS s LEFT JOIN claim AS p ON p.id = s.proof ORDER BY s.id",
    "SELECT 'body', * FROM body ORDER BY id",
    "SELECT 'person', w.id, w.party, w.name, w.offices, w.spellings, w.reports, p.doc, p.local FROM person AS w "
    "JOIN person_claim AS p ON p.document = w.document AND p.local = w.local ORDER BY w.id",
    "SELECT 'named', doc, local, person, how FROM person_claim ORDER BY doc, local",
    "SELECT 'spelling', * FROM spelling ORDER BY party, latin",
    "SELECT 'edited', id, field, value FROM edited ORDER BY id, field",
};

static void dump(struct registry *registry, struct buf *out)
{
    buf_init(out, TEXT_MAX);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        sqlite3_stmt *statement = NULL;
        if (sqlite3_prepare_v2(registry->db, tables[i], -1, &statement, NULL) != SQLITE_OK)
            fail_msg("%s", sqlite3_errmsg(registry->db));
        while (sqlite3_step(statement) == SQLITE_ROW) {
            for (int k = 0; k < sqlite3_column_count(statement); k++)
                buf_addf(out, "%s | ", sqlite3_column_text(statement, k) ? (const char *)sqlite3_column_text(statement, k) : "-");
            buf_add_text(out, "\n");
        }
        sqlite3_finalize(statement);
    }
    assert_int_equal(out->failed, 0);
}

// Fails with the first lines that differ.
static void assert_same(const struct buf *a, const struct buf *b, uint64_t seed, const char *what)
{
    struct slice one = buf_slice(a), other = buf_slice(b);
    while (one.len || other.len) {
        struct slice x = slice_cut(&one, '\n'), y = slice_cut(&other, '\n');
        if (!slice_eq(x, y))
            fail_msg("seed %llu, %s:\n  %.*s\n  %.*s", (unsigned long long)seed, what, (int)x.len, x.at ? x.at : "", (int)y.len,
                    y.at ? y.at : "");
    }
}

// ---- tests ------------------------------------------------------------------------------------------------------------------
static void any_order_is_a_rebuild(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct dicing dicing;
        struct buf first, dumped;
        int order[REPORTS_MAX];
        make_reports(&dicing, seed, 4 + (int)(seed % 5) * 11);
        for (int i = 0; i < dicing.count; i++)
            order[i] = i;
        for (int turn = 0; turn < 3; turn++) {
            struct registry *registry = open_empty();
            for (int i = 0; i < dicing.count; i++)
                add_one(registry, &dicing.reports[order[i]]);
            dump(registry, turn ? &dumped : &first);
            if (turn) {
                assert_same(&first, &dumped, seed, "another order");
            } else {
                static const uint64_t readers[] = {READER, 0, OTHER_READER, OTHER_READER};
                for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
                    bool made_them = readers[i] && (i == 0 || readers[i] == readers[i - 1]);
                    assert_int_equal(rebuild(registry, &dicing, readers[i]), made_them ? 0 : dicing.count);
                    dump(registry, &dumped);
                    assert_same(&first, &dumped, seed, "rebuilt");
                    if (i + 1 < sizeof readers / sizeof *readers)
                        buf_finish(&dumped);
                }
            }
            buf_finish(&dumped);
            registry_close(registry);
            shuffle(&dicing, order);
        }
        buf_finish(&first);
        forget_reports(&dicing);
    }
}

static struct slice any_id(struct registry *registry, struct dicing *dicing, const char *text, char *out, size_t room)
{
    sqlite3_stmt *statement = NULL;
    size_t len = 0;
    assert_int_equal(sqlite3_prepare_v2(registry->db, text, -1, &statement, NULL), SQLITE_OK);
    for (uint32_t i = 0, wanted = throw(dicing, 5); i <= wanted && sqlite3_step(statement) == SQLITE_ROW; i++)
        len = (size_t)snprintf(out, room, "%s", (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    return slice_make(out, len);
}

// A decision of a kind that dice choose; what does not fit is refused, and that is as good.
static void decide_something(struct registry *registry, struct dicing *dicing)
{
    static const struct {
        enum decision_action action;
        const char *target, *field, *value;
    } decisions[] = {
        {DECISION_REJECT, "SELECT doc || '/' || local FROM claim ORDER BY doc, local", NULL, NULL},
        {DECISION_MERGE, "SELECT id FROM session ORDER BY id DESC", NULL, "SELECT id FROM session ORDER BY id"},
        {DECISION_MERGE, "SELECT 'AFG-RUS/commission'", NULL, "SELECT 'PAK-RUS/commission'"},
        {DECISION_MERGE, "SELECT 'AFG-RUS/commission'", "the Pak-Afghan commission", "SELECT 'PAK-RUS/commission'"},
        {DECISION_MERGE, "SELECT link FROM claim WHERE kind = 'instrument' AND link IS NOT NULL ORDER BY doc", NULL,
         "SELECT link FROM claim WHERE kind = 'instrument' AND link IS NOT NULL ORDER BY doc DESC"},
        {DECISION_MERGE, "SELECT link FROM claim WHERE kind = 'commitment' AND link IS NOT NULL ORDER BY doc", NULL,
         "SELECT link FROM claim WHERE kind = 'commitment' AND link IS NOT NULL ORDER BY doc DESC"},
        {DECISION_EDIT, "SELECT id FROM session ORDER BY id", "status", "SELECT 'held'"},
        {DECISION_UNDO, "SELECT id FROM decision ORDER BY id", NULL, NULL},
        {DECISION_MERGE, "SELECT id FROM person ORDER BY id", NULL, "SELECT id FROM person ORDER BY id DESC"},
        {DECISION_EDIT, "SELECT doc || '/' || local FROM claim WHERE kind = 'meeting' ORDER BY doc, local", "ordinal", "SELECT '3'"},
        {DECISION_EDIT, "SELECT doc || '/' || local FROM claim ORDER BY doc DESC, local", "parties", "SELECT 'AFG RUS'"},
        {DECISION_EDIT, "SELECT doc || '/' || local FROM claim WHERE kind = 'instrument' ORDER BY doc, local", "date", "SELECT 'none'"},
        {DECISION_REJECT, "SELECT doc || '/' || local FROM person_claim ORDER BY doc, local", NULL, NULL},
        {DECISION_ADD, "SELECT substr(hash, 8, 12) FROM document ORDER BY hash", "meeting",
         "SELECT 'type=commission; status=held; parties=PAK RUS; ordinal=2; date=2024-03-05'"},
        {DECISION_ADD, "SELECT substr(hash, 8, 12) FROM document ORDER BY hash DESC", "instrument",
         "SELECT 'kind=mou; status=signed; parties=PAK RUS; sectors=energy; date=2024-03-06'"},
    };
    char target[256], value[256];
    int64_t number = 0;
    struct error error = {0};
    uint32_t chosen = throw(dicing, sizeof decisions / sizeof *decisions);
    struct registry_decision decision = {
        .action = decisions[chosen].action, .target = any_id(registry, dicing, decisions[chosen].target, target, sizeof target),
        .field = decisions[chosen].field ? slice_from(decisions[chosen].field) : (struct slice){NULL, 0},
        .author = SLICE("test"), .reason = SLICE("dice"), .words = SLICE("report"), .nth = 1,
    };
    if (decisions[chosen].value)
        decision.value = any_id(registry, dicing, decisions[chosen].value, value, sizeof value);
    if (decision.target.len)
        registry_decide(registry, &decision, &number, &error);
}

static void decisions_hold_in_any_order(void **state)
{
    (void)state;
    for (uint64_t seed = 1001; seed <= 1024; seed++) {
        struct dicing dicing;
        struct buf added, rebuilt;
        make_reports(&dicing, seed, 8 + (int)(seed % 3) * 10);
        struct registry *registry = open_empty();
        for (int i = 0; i < dicing.count; i++) {
            add_one(registry, &dicing.reports[i]);
            if (i % 4 == 3)
                decide_something(registry, &dicing);
        }
        dump(registry, &added);
        for (int turn = 0; turn < 2; turn++) {      // what was not amended is not read, then all is
            int read = rebuild(registry, &dicing, turn ? 0 : READER);
            assert_true(turn ? read == dicing.count : read < dicing.count);
            dump(registry, &rebuilt);
            assert_same(&added, &rebuilt, seed, turn ? "read again" : "rebuilt");
            buf_finish(&rebuilt);
        }
        buf_finish(&added);
        registry_close(registry);
        forget_reports(&dicing);
    }
}

// So many reports say something else than the file has that the rebuild, half-way, writes everything anew.
static void all_is_written_anew(void **state)
{
    (void)state;
    struct dicing dicing;
    struct buf added, rebuilt;
    make_reports(&dicing, 77, REPORTS_MAX);
    struct registry *registry = open_empty();
    for (int i = 0; i < dicing.count; i++)
        add_one(registry, &dicing.reports[i]);
    dump(registry, &added);
    assert_int_equal(sqlite3_exec(registry->db, "DELETE FROM role; DELETE FROM claim; DELETE FROM person_claim; DELETE FROM document_pair",
            NULL, NULL, NULL), SQLITE_OK);
    assert_true(rebuild(registry, &dicing, READER) > dicing.count);     // some of them twice
    dump(registry, &rebuilt);
    assert_same(&added, &rebuilt, 77, "written anew");
    buf_finish(&rebuilt);
    buf_finish(&added);
    registry_close(registry);
    forget_reports(&dicing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_is_written_anew),
        cmocka_unit_test(any_order_is_a_rebuild),
        cmocka_unit_test(decisions_hold_in_any_order),
    };
    return cmocka_run_group_tests_name("register_order", tests, NULL, NULL);
}
