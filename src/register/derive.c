// SPDX-License-Identifier: MIT
// Adding a report, and what one report or one scope takes part in.
//
// A record becomes rows (unfold.c), people are told apart (people.c), and the scopes that the report touches are matched again (link.c,
// threads.c): a body's meetings, a pair's instruments and commitments. Making all again is in rebuild.c.
#include "base/buf.h"
#include "base/emit.h"
#include "register/store.h"

#define SCOPE_MAX 1024      // bytes of a body's id

struct scope {
    struct slice kind, id;
};
typedef VEC(struct scope) scope_vec;

static void run_for(struct registry *registry, const char *name, int64_t document)
{
    sqlite3_stmt *statement = store_statement(registry, name);
    store_bind_int(statement, ":document", document);
    store_run(registry, statement);
}

void derive_document(struct registry *registry, int64_t document, struct slice hash, const struct registry_reading *reading, bool all)
{
    unfold_record(registry, document, hash, reading->json, reading->annex, reading->engine);
    if (registry->has_merges)
        run_for(registry, "scope_update", document);
    if (registry->has_rejects)
        run_for(registry, "reject_update", document);
    if (all)
        people_note(registry, document);
    else
        people_link(registry, document);
}

void derive_note_decisions(struct registry *registry)
{
    sqlite3_stmt *statement = store_statement(registry, "decisions_made");
    if (store_step(registry, statement)) {
        registry->has_merges = sqlite3_column_int(statement, 0) != 0;
        registry->has_rejects = sqlite3_column_int(statement, 1) != 0;
        registry->has_edits = sqlite3_column_int(statement, 2) != 0;
        sqlite3_reset(statement);
    }
}

void derive_edits(struct registry *registry, struct slice pair)
{
    static const char *const steps[] = {"edited_clear", "edited_insert"};
    for (size_t i = 0; registry->has_edits && i < sizeof steps / sizeof *steps; i++) {
        sqlite3_stmt *statement = store_statement(registry, steps[i]);
        store_bind(statement, ":pair", pair);
        store_run(registry, statement);
    }
}

static void run_for_scope(struct registry *registry, const char *name, struct slice scope)
{
    sqlite3_stmt *statement = store_statement(registry, name);
    store_bind(statement, ":scope", scope);
    store_run(registry, statement);
}

void derive_sessions(struct registry *registry, const link_vec *links)
{
    static const char *const steps[] = {"session_clear_links", "session_insert_links"};
    struct buf list;
    struct json json;
    if (links->count == 0)
        return;
    buf_init(&list, REGISTRY_MEMORY);
    json_init(&json, &list, false);
    json_array(&json);
    for (uint32_t i = 0; i < links->count; i++)
        json_string(&json, links->at[i]);
    json_array_end(&json);
    if (list.failed)
        store_fail(registry, list.failed, "too many sessions at once");
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        sqlite3_stmt *statement = store_statement(registry, steps[i]);
        store_bind(statement, ":links", buf_slice(&list));
        store_run(registry, statement);
    }
    buf_finish(&list);
}

void derive_match(struct registry *registry, struct slice kind, struct slice scope, bool whole)
{
    link_vec touched = {0};
    link_scope(registry, kind, scope, &touched);
    if (!slice_is(kind, "meeting"))
        return;
    if (whole) {
        run_for_scope(registry, "session_clear", scope);
        run_for_scope(registry, "session_insert", scope);
    } else {
        derive_sessions(registry, &touched);
    }
    run_for_scope(registry, "body_clear", scope);
    run_for_scope(registry, "body_insert", scope);
}

void derive_scopes_of(struct registry *registry, int64_t document, bool whole)
{
    scope_vec scopes = {0};
    sqlite3_stmt *statement = store_statement(registry, "scope_of_document");
    store_bind_int(statement, ":document", document);
    while (store_step(registry, statement)) {
        struct scope scope = {store_column_kept(registry, statement, 0), store_column_kept(registry, statement, 1)};
        if (scope.id.at)
            vec_push(&registry->work, &scopes, scope);
    }
    for (uint32_t i = 0; i < scopes.count; i++) {
        derive_match(registry, scopes.at[i].kind, scopes.at[i].id, whole);
        struct slice rest = scopes.at[i].id;
        derive_edits(registry, slice_cut(&rest, '/'));
    }
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
    struct slice hash = hash_of(registry, document->reading.json);
    *ret_new = false;
    if (!registry->status) {
        memcpy(ret_id, hash.at + 7, 12);
        ret_id[12] = '\0';
        if (find_document(registry, hash) == 0 && !registry->status) {
            int64_t id = insert_document(registry, document, hash);
            derive_note_decisions(registry);
            derive_document(registry, id, hash, &document->reading, false);
            derive_scopes_of(registry, id, false);
            *ret_new = true;
        }
    }
    return store_end(registry, reterr_error);
}

