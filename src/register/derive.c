// SPDX-License-Identifier: MIT
// Adding a report, and making all that is derived again.
//
// A record becomes rows by SQL over its JSON (derive.sql): the register knows the record's published form, not the reader's structures,
// so that a record of another engine could be registered as well. Then people are told apart (people.c), and the scopes that the report
// touches are matched again (link.c): a body's meetings, a pair's instruments. Threads follow from what a commitment is about.
//
// The same work runs for one report and for all: a rebuild empties the derived tables, derives each document, and matches every scope once
// at the end. Matching takes its claims in an order that does not depend on when they came, so both ways give the same account.
#include "register/store.h"

#define SCOPE_MAX 1024      // bytes of a body's id

struct scope {
    struct slice kind, id;
};
typedef VEC(struct scope) scope_vec;

static void run_for(struct registry *registry, const char *name, int64_t document, struct slice json, struct slice engine)
{
    sqlite3_stmt *statement = store_statement(registry, name);
    store_bind_int(statement, ":document", document);
    store_bind(statement, ":json", json);
    store_bind(statement, ":engine", engine);
    store_run(registry, statement);
}

void derive_document(struct registry *registry, int64_t document, struct slice json, struct slice engine)
{
    static const char *const steps[] = {
        "record_insert", "meetings_insert", "instruments_insert", "commitments_insert", "people_insert", "roles_insert",
        "scope_update", "thread_update", "thread_reject", "words_insert",
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        run_for(registry, steps[i], document, json, engine);
    people_link(registry, document);
}

void derive_match(struct registry *registry, struct slice kind, struct slice scope)
{
    link_scope(registry, kind, scope);
    if (!slice_is(kind, "meeting"))
        return;
    static const char *const steps[] = {"session_clear", "session_insert", "body_clear", "body_insert"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        sqlite3_stmt *statement = store_statement(registry, steps[i]);
        store_bind(statement, ":scope", scope);
        store_run(registry, statement);
    }
}

void derive_scopes_of(struct registry *registry, int64_t document)
{
    scope_vec scopes = {0};
    sqlite3_stmt *statement = store_statement(registry, "scope_of_document");
    store_bind_int(statement, ":document", document);
    while (store_step(registry, statement)) {
        struct scope scope = {store_column_kept(registry, statement, 0), store_column_kept(registry, statement, 1)};
        if (scope.id.at)
            vec_push(&registry->work, &scopes, scope);
    }
    for (uint32_t i = 0; i < scopes.count; i++)
        derive_match(registry, scopes.at[i].kind, scopes.at[i].id);
}

// ---- adding ---------------------------------------------------------------------------------------------------------------
// The record's own id of its document: "sha256:" and 64 digits.
static struct slice hash_of(struct registry *registry, struct slice json)
{
    struct slice hash = {NULL, 0};
    sqlite3_stmt *statement = store_statement(registry, "document_hash");
    store_bind(statement, ":json", json);
    if (store_step(registry, statement))
        hash = store_column_kept(registry, statement, 0);
    if (!hash.at || hash.len != 7 + 64)
        store_fail(registry, STATUS_BAD_ARGUMENT, "the record names no document");
    return hash;
}

// The number in the only row of the statement's answer, 0 if there is none.
static int64_t single_number(struct registry *registry, sqlite3_stmt *statement)
{
    return store_step(registry, statement) ? sqlite3_column_int64(statement, 0) : 0;
}

static int64_t find_document(struct registry *registry, struct slice hash)
{
    sqlite3_stmt *statement = store_statement(registry, "document_find");
    store_bind(statement, ":hash", hash);
    return single_number(registry, statement);
}

static int64_t insert_document(struct registry *registry, const struct registry_document *document, struct slice hash)
{
    sqlite3_stmt *statement = store_statement(registry, "document_insert");
    store_bind(statement, ":hash", hash);
    store_bind(statement, ":bytes", document->bytes);
    store_bind(statement, ":uri", document->uri);
    store_bind(statement, ":author", document->author);
    store_bind_filled(statement, ":language", document->language);
    store_bind_filled(statement, ":date", document->date);
    store_run(registry, statement);
    return sqlite3_last_insert_rowid(registry->db);
}

enum status registry_add(struct registry *registry, const struct registry_document *document, bool *ret_new, char ret_id[13],
                         struct error *reterr_error)
{
    store_begin(registry, true);
    enum status unwound = ARENA_CATCH(&registry->work);
    if (unwound) {
        store_fail(registry, unwound, "while adding a report");
        return store_end(registry, reterr_error);
    }
    struct slice hash = hash_of(registry, document->json);
    *ret_new = false;
    if (!registry->status) {
        memcpy(ret_id, hash.at + 7, 12);
        ret_id[12] = '\0';
        if (find_document(registry, hash) == 0 && !registry->status) {
            int64_t id = insert_document(registry, document, hash);
            derive_document(registry, id, document->json, document->engine);
            derive_scopes_of(registry, id);
            *ret_new = true;
        }
    }
    return store_end(registry, reterr_error);
}

// ---- rebuilding -----------------------------------------------------------------------------------------------------------
// The work arena holds what one document or one scope needs; the unwind point is the caller's and stays.
static void forget_work(struct registry *registry)
{
    arena_reset(&registry->work);
    registry->work.armed = 1;
}

// Reads one stored document again; the next id, 0 at the end.
static int64_t rebuild_next(struct registry *registry, int64_t after, struct slice engine, registry_reader read, void *user)
{
    struct slice json = {NULL, 0};
    sqlite3_stmt *statement = store_statement(registry, "document_each");
    store_bind_int(statement, ":id", after);
    if (!store_step(registry, statement))
        return 0;
    forget_work(registry);
    int64_t id = sqlite3_column_int64(statement, 0);
    struct registry_document document = {
        .bytes = {sqlite3_column_blob(statement, 2), (size_t)sqlite3_column_bytes(statement, 2)},
        .uri = store_column(statement, 3), .language = store_column(statement, 4), .date = store_column(statement, 5),
    };
    enum status status = read(user, &document, &json, &registry->error);
    if (status)
        registry->status = status;
    else
        derive_document(registry, id, json, engine);
    return id;
}

static void match_everything(struct registry *registry)
{
    char kind[16] = "", id[SCOPE_MAX] = "";
    struct scope scope = {{kind, 0}, {id, 0}};
    for (;;) {
        forget_work(registry);
        sqlite3_stmt *statement = store_statement(registry, "scope_of_all");
        store_bind(statement, ":kind", scope.kind);
        store_bind(statement, ":scope", scope.id);
        if (!store_step(registry, statement))
            return;
        struct slice next_kind = store_column(statement, 0), next_id = store_column(statement, 1);
        if (next_kind.len >= sizeof kind || next_id.len >= sizeof id) {
            store_fail(registry, STATUS_LIMIT, "the id of a body is too long");
            return;
        }
        memcpy(kind, next_kind.at, scope.kind.len = next_kind.len);
        memcpy(id, next_id.at, scope.id.len = next_id.len);
        derive_match(registry, scope.kind, scope.id);
    }
}

enum status registry_rebuild(struct registry *registry, struct slice engine, registry_reader read, void *read_user,
                             registry_progress progress,
                             void *progress_user, registry_row_taker taker, void *user, struct error *reterr_error)
{
    store_begin(registry, true);
    enum status unwound = ARENA_CATCH(&registry->work);
    if (unwound) {
        store_fail(registry, unwound, "while rebuilding");
        return store_end(registry, reterr_error);
    }
    int64_t count = single_number(registry, store_statement(registry, "document_count")), done = 0;
    store_script(registry, "derived_keep");
    store_script(registry, "derived_clear");
    for (int64_t id = 0; !registry->status && (id = rebuild_next(registry, id, engine, read, read_user)) != 0;) {
        done++;
        if (progress)
            progress(progress_user, (uint64_t)done, (uint64_t)count);
    }
    match_everything(registry);
    if (taker)
        store_hand_out(registry, store_statement(registry, "derived_compare"), taker, user);
    store_rest(registry);
    store_script(registry, "derived_forget");
    return store_end(registry, reterr_error);
}
