// SPDX-License-Identifier: MIT
// Verifying: every document against its hash, every span of its record against the bytes that it quotes, in bytes and in code points;
// every claim and person against its words and the sentence around them; what is told of instruments and threads against their claims;
// and SQLite's own check of the file. One changed byte is one fault at least.
//
// The words are compared as bytes; the code points are counted from the text's begin in one pass, as spans mostly come in order.
#include "base/sha256.h"
#include "register/store.h"
#include "unicode/utf8.h"

struct checking {
    struct registry *registry;
    registry_row_taker taker;
    void *user;
    struct registry_verified counts;
    struct slice hash;
    bool go_on;
};

static void fault(struct checking *checking, struct slice where, const char *what)
{
    static const char *const names[] = {"document", "where", "fault"};
    static const bool is_number[] = {false, false, false};
    struct slice values[] = {checking->hash, where, slice_from(what)};
    checking->counts.faults++;
    if (checking->taker && checking->go_on)
        checking->go_on = checking->taker(checking->user, &(struct registry_row){3, names, values, is_number});
}

static void check_hash(struct checking *checking, struct slice bytes)
{
    char id[SHA256_ID_SIZE];
    sha256_id(bytes, id);
    if (!slice_is(checking->hash, id))
        fault(checking, SLICE("bytes"), "the bytes are not those of the hash");
}

static int64_t code_points(struct slice bytes, int64_t end)
{
    return (int64_t)utf8_count(slice_make(bytes.at, (size_t)end));
}

static void check_span(struct checking *checking, struct slice bytes, sqlite3_stmt *statement)
{
    struct slice path = store_column(statement, 0), quote = store_column(statement, 5);
    int64_t begin = sqlite3_column_int64(statement, 1), end = sqlite3_column_int64(statement, 2);
    checking->counts.spans++;
    if (begin < 0 || end < begin || end > (int64_t)bytes.len)
        fault(checking, path, "the span lies outside the document");
    else if (!slice_eq(quote, slice_make(bytes.at + begin, (size_t)(end - begin))))
        fault(checking, path, "the bytes of the span are not the words that are quoted");
    else if (code_points(bytes, begin) != sqlite3_column_int64(statement, 3) || code_points(bytes,
            end) != sqlite3_column_int64(statement, 4))
        fault(checking, path, "the code points of the span are not those of its bytes");
}

// The sentence lies in the document and holds the words, which stand where the claim says. Without an annex there is none.
static void check_sentence(struct checking *checking, struct slice bytes, sqlite3_stmt *statement)
{
    struct slice local = store_column(statement, 0), words = store_column(statement, 5);
    int64_t begin = sqlite3_column_int64(statement, 1), end = sqlite3_column_int64(statement, 2);
    int64_t from = sqlite3_column_int64(statement, 3), to = sqlite3_column_int64(statement, 4);
    if (sqlite3_column_type(statement, 1) == SQLITE_NULL)
        return;
    checking->counts.spans++;
    if (begin < 0 || end < begin || end > (int64_t)bytes.len || !slice_eq(words, slice_make(bytes.at + begin, (size_t)(end - begin))))
        fault(checking, local, "the bytes of the claim are not the words that it quotes");
    else if (sqlite3_column_type(statement, 3) != SQLITE_NULL && (from < 0 || from > begin || to < end || to > (int64_t)bytes.len))
        fault(checking, local, "the sentence does not hold the words of the claim");
}

// The id of the document that was checked, 0 at the end.
static int64_t check_next(struct checking *checking, int64_t after)
{
    struct registry *registry = checking->registry;
    sqlite3_stmt *statement = store_statement(registry, "document_each");
    store_bind_int(statement, ":id", after);
    if (!store_step(registry, statement))
        return 0;
    int64_t id = sqlite3_column_int64(statement, 0);
    struct slice bytes = {sqlite3_column_blob(statement, 2), (size_t)sqlite3_column_bytes(statement, 2)};
    checking->hash = store_column(statement, 1);
    checking->counts.documents++;
    check_hash(checking, bytes);
    sqlite3_stmt *spans = store_statement(registry, "spans");
    store_bind_int(spans, ":document", id);
    while (store_step(registry, spans))
        check_span(checking, bytes, spans);
    if (registry->status == STATUS_IO) {     // a record that is no JSON any more stops its own spans, not the others
        registry->status = STATUS_OK;
        fault(checking, SLICE("record"), "the record cannot be read");
    }
    sqlite3_stmt *sentences = store_statement(registry, "sentences");
    store_bind_int(sentences, ":document", id);
    while (store_step(registry, sentences))
        check_sentence(checking, bytes, sentences);
    return id;
}

// The check takes a page that it has no memory for, for a damaged one.
#define NO_MEMORY_FOUND "unable to get the page. error code=7"

static void check_file(struct checking *checking)
{
    sqlite3_stmt *statement = NULL;
    checking->hash = SLICE("file");
    if (sqlite3_prepare_v2(checking->registry->db, "PRAGMA integrity_check(20)", -1, &statement, NULL) == SQLITE_OK)
        while (sqlite3_step(statement) == SQLITE_ROW) {
            struct slice found = store_column(statement, 0);
            if (found.len && memmem(found.at, found.len, NO_MEMORY_FOUND, strlen(NO_MEMORY_FOUND)))
                store_fail(checking->registry, STATUS_NO_MEMORY, "no memory to check the file");
            else if (!slice_is(found, "ok"))
                fault(checking, found, "SQLite finds the file damaged");
        }
    sqlite3_finalize(statement);
}

// What is told of instruments and threads together stands in tables of its own, kept with every report and decision.
static void check_things(struct checking *checking)
{
    sqlite3_stmt *statement = store_statement(checking->registry, "things_amiss");
    checking->hash = SLICE("account");
    while (store_step(checking->registry, statement))
        fault(checking, store_column(statement, 0), "what is told of it is not what its claims say: karar rebuild mends that");
}

enum status registry_verify(struct registry *registry, registry_row_taker taker, void *user, struct registry_verified *ret_verified,
                            struct error *reterr_error)
{
    store_begin(registry, false);
    enum status unwound = ARENA_CATCH(&registry->work);
    if (unwound) {
        store_fail(registry, unwound, "while verifying");
        return store_end(registry, reterr_error);
    }
    struct checking checking = {.registry = registry, .taker = taker, .user = user, .go_on = true};
    check_file(&checking);
    check_things(&checking);
    for (int64_t id = 0; (id = check_next(&checking, id)) != 0;)
        continue;
    *ret_verified = checking.counts;
    return store_end(registry, reterr_error);
}
