// SPDX-License-Identifier: MIT
// Adding a report, and what one report or one scope takes part in.
//
// A record becomes rows (unfold.c), people are told apart (people.c), and the scopes that the report touches are matched again (link.c,
// threads.c): a body's meetings, a pair's instruments and commitments. Making all again is in rebuild.c.
#include "register/written.h"

#include "unicode/utf8.h"

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

void derive_kept(struct registry *registry, int64_t document)
{
    static const char *const laid[] = {"scope_update", "reject_update"};
    const bool wanted[] = {registry->has_merges, registry->has_rejects};
    for (size_t i = 0; i < sizeof laid / sizeof *laid; i++) {
        if (!wanted[i])
            continue;
        run_for(registry, laid[i], document);
        registry->moved += registry->status ? 0 : sqlite3_changes64(registry->db);
    }
}

void derive_document(struct registry *registry, int64_t document, struct slice hash, const struct registry_reading *reading, bool all)
{
    unfold_record(registry, document, hash, reading, all);
    derive_kept(registry, document);
    if (!all)
        people_link(registry, document);
}

void derive_note_decisions(struct registry *registry)
{
    sqlite3_stmt *statement = store_statement(registry, "decisions_made");
    if (store_step(registry, statement)) {
        registry->has_merges = sqlite3_column_int(statement, 0) != 0;
        registry->has_rejects = sqlite3_column_int(statement, 1) != 0;
        registry->has_edits = sqlite3_column_int(statement, 2) != 0;
        registry->has_amendments = sqlite3_column_int(statement, 3) != 0;
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
    for (uint32_t i = 0; i < links->count && !registry->status; i++)
        votes_renew(registry, links->at[i]);
}

// The bodies of the sessions, each once, but for one.
static void renew_bodies(struct registry *registry, const link_vec *links, struct slice but)
{
    link_vec done = {0};
    for (uint32_t i = 0; i < links->count; i++) {
        struct slice rest = links->at[i];
        slice_cut(&rest, '/');
        struct slice type = rest.at ? slice_cut(&rest, '/') : rest;
        if (!type.at)
            continue;
        struct slice body = slice_make(links->at[i].at, (size_t)(type.at + type.len - links->at[i].at));
        bool known = slice_eq(body, but);
        for (uint32_t k = 0; k < done.count && !known; k++)
            known = slice_eq(done.at[k], body);
        if (known)
            continue;
        vec_push(&registry->work, &done, body);
        run_for_scope(registry, "body_clear", body);
        run_for_scope(registry, "body_insert", body);
    }
}

// ---- what is told of instruments and threads --------------------------------------------------------------------------------
static const struct {
    const char *kind, *forget, *tell;
} things[] = {{"instrument", "instruments_forget", "instruments_tell"}, {"commitment", "threads_forget", "threads_tell"}};
#define THINGS (sizeof things / sizeof *things)

// Of one id, or of a scope (id at NULL).
static void tell_again(struct registry *registry, struct slice kind, struct slice id, struct slice scope)
{
    for (size_t i = 0; i < THINGS; i++) {
        const char *const steps[] = {things[i].forget, things[i].tell};
        for (size_t k = 0; slice_is(kind, things[i].kind) && k < 2; k++) {
            sqlite3_stmt *statement = store_statement(registry, steps[k]);
            store_bind(statement, ":id", id);
            store_bind(statement, ":scope", scope);
            store_run(registry, statement);
        }
    }
}

static void tell_each_again(struct registry *registry, struct slice kind, const link_vec *links)
{
    for (uint32_t i = 0; i < links->count && !registry->status; i++)
        tell_again(registry, kind, links->at[i], (struct slice){NULL, 0});
}

// Of which things of a kind a document speaks, each once.
static void add_links_of(struct registry *registry, struct slice kind, int64_t document, link_vec *links)
{
    sqlite3_stmt *statement = store_statement(registry, "links_of_kind");
    store_bind(statement, ":kind", kind);
    store_bind_int(statement, ":document", document);
    while (store_step(registry, statement)) {
        struct slice link = store_column(statement, 0);
        bool known = false;
        for (uint32_t i = 0; i < links->count && !known; i++)
            known = slice_eq(links->at[i], link);
        if (!known)
            vec_push(&registry->work, links, store_column_kept(registry, statement, 0));
    }
}

void derive_things(struct registry *registry)
{
    for (size_t i = 0; i < THINGS; i++)
        store_run(registry, store_statement(registry, things[i].tell));
}

// ---- scopes ---------------------------------------------------------------------------------------------------------------
void derive_match(struct registry *registry, struct slice kind, struct slice scope)
{
    link_vec links = {0};
    link_scope(registry, kind, scope, false, &links);
    if (slice_is(kind, "commitment"))
        threads_count(registry, scope);
    if (!slice_is(kind, "meeting")) {
        tell_again(registry, kind, (struct slice){NULL, 0}, scope);
        tell_each_again(registry, kind, &links);    // merges may have led some out of the scope, or led them there
        return;
    }
    sqlite3_stmt *statement = store_statement(registry, "session_links");
    store_bind(statement, ":scope", scope);
    while (store_step(registry, statement))
        vec_push(&registry->work, &links, store_column_kept(registry, statement, 0));
    derive_sessions(registry, &links);
    run_for_scope(registry, "body_names_clear", scope);
    run_for_scope(registry, "body_names_count", scope);
    run_for_scope(registry, "body_clear", scope);
    run_for_scope(registry, "body_insert", scope);
    renew_bodies(registry, &links, scope);
}

// Matches what a new document adds to a scope.
static void match_document(struct registry *registry, const struct scope *scope, int64_t document)
{
    link_vec links = {0};
    link_document(registry, scope->kind, scope->id, document, &links);
    if (!slice_is(scope->kind, "meeting")) {
        add_links_of(registry, scope->kind, document, &links);
        tell_each_again(registry, scope->kind, &links);
        return;
    }
    derive_sessions(registry, &links);
    sqlite3_stmt *statement = store_statement(registry, "body_names_add");
    store_bind_int(statement, ":document", document);
    store_bind(statement, ":scope", scope->id);
    store_run(registry, statement);
    if (registry->has_merges)       // a session of another body may have had this one made again, with this report
        run_for_scope(registry, "body_clear", scope->id);
    else
        run_for_scope(registry, "body_update", scope->id);
    if (registry->has_merges || sqlite3_changes(registry->db) == 0)
        run_for_scope(registry, "body_insert", scope->id);
    renew_bodies(registry, &links, scope->id);
}

static void add_scopes_of(struct registry *registry, int64_t document, scope_vec *scopes)
{
    sqlite3_stmt *statement = store_statement(registry, "scope_of_document");
    store_bind_int(statement, ":document", document);
    while (store_step(registry, statement)) {
        struct scope scope = {store_column_kept(registry, statement, 0), store_column_kept(registry, statement, 1)};
        if (scope.id.at)
            vec_push(&registry->work, scopes, scope);
    }
}

static void match_scopes(struct registry *registry, const scope_vec *scopes, int64_t document, bool whole)
{
    for (uint32_t i = 0; i < scopes->count; i++) {
        if (whole)
            derive_match(registry, scopes->at[i].kind, scopes->at[i].id);
        else
            match_document(registry, &scopes->at[i], document);
        struct slice rest = scopes->at[i].id;
        derive_edits(registry, slice_cut(&rest, '/'));
    }
}

void derive_scopes_of(struct registry *registry, int64_t document, bool whole)
{
    scope_vec scopes = {0};
    add_scopes_of(registry, document, &scopes);
    match_scopes(registry, &scopes, document, whole);
}

// The texts of one column about a document.
static void collect_of(struct registry *registry, const char *name, int64_t document, link_vec *texts)
{
    sqlite3_stmt *statement = store_statement(registry, name);
    store_bind_int(statement, ":document", document);
    while (store_step(registry, statement))
        vec_push(&registry->work, texts, store_column_kept(registry, statement, 0));
}

static void unfold_again(struct registry *registry, int64_t document, const struct registry_reading *fresh)
{
    sqlite3_stmt *statement = store_statement(registry, "record_of");
    store_bind_int(statement, ":document", document);
    if (!store_step(registry, statement))
        return;
    struct registry_reading reading = {.engine = store_column_kept(registry, statement, 0),
            .json = store_column_kept(registry, statement, 1), .annex = store_column_kept(registry, statement, 2)};
    struct slice hash = store_column_kept(registry, statement, 3);
    int64_t reader = sqlite3_column_int64(statement, 4), record = sqlite3_column_int64(statement, 5);
    sqlite3_reset(statement);
    if (reader && written_is_record(registry, document, record))
        reading.reader = (uint64_t)reader;
    unfold_record(registry, document, hash, fresh ? fresh : &reading, false);
}

void derive_forget(struct registry *registry, int64_t document, bool people)
{
    static const char *const forgotten[] = {"roles_forget", "claims_forget", "pairs_forget", "person_claims_forget"};
    for (size_t i = 0; i < sizeof forgotten / sizeof *forgotten - (people ? 0 : 1); i++)
        run_for(registry, forgotten[i], document);
}

void derive_again(struct registry *registry, int64_t document, const struct registry_reading *reading, bool people)
{
    scope_vec scopes = {0};
    link_vec links = {0}, parties = {0}, spoken_of[THINGS] = {{0}};
    for (size_t i = 0; i < THINGS; i++)
        add_links_of(registry, slice_from(things[i].kind), document, &spoken_of[i]);
    add_scopes_of(registry, document, &scopes);
    collect_of(registry, "links_of_meetings", document, &links);    // sessions whose body is another than their claims' scope
    collect_of(registry, "parties_of_document", document, &parties);
    derive_forget(registry, document, people);
    unfold_again(registry, document, reading);
    run_for(registry, "scope_update", document);
    run_for(registry, "reject_update", document);
    add_scopes_of(registry, document, &scopes);
    collect_of(registry, "parties_of_document", document, &parties);
    match_scopes(registry, &scopes, document, true);
    derive_sessions(registry, &links);
    renew_bodies(registry, &links, (struct slice){NULL, 0});
    for (size_t i = 0; i < THINGS; i++)
        tell_each_again(registry, slice_from(things[i].kind), &spoken_of[i]);
    for (uint32_t i = 0; people && i < parties.count; i++)
        people_merge(registry, parties.at[i], parties.at[i]);
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
    store_bind_filled(statement, ":page_language", document->page_language);
    store_bind_filled(statement, ":publisher", document->publisher);
    store_run(registry, statement);
    return sqlite3_last_insert_rowid(registry->db);
}

// In a transaction, with the arena armed.
static void add_document(struct registry *registry, const struct registry_document *document, bool *ret_new, char ret_id[13])
{
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
}

enum status registry_add(struct registry *registry, const struct registry_document *document, bool *ret_new, char ret_id[13],
                         struct error *reterr_error)
{
    store_begin(registry, true);
    enum status unwound = ARENA_CATCH(&registry->work);
    if (unwound)
        store_fail(registry, unwound, "while adding a report");
    else
        add_document(registry, document, ret_new, ret_id);
    return store_end(registry, reterr_error);
}

enum status registry_add_record(struct registry *registry, struct slice json, struct slice engine, bool *ret_new, char ret_id[13],
                                struct error *reterr_error)
{
    if (*registry->path)
        return error_set(reterr_error, STATUS_BAD_ARGUMENT, "a record without its text is kept in a temporary register alone");
    size_t valid = utf8_valid_prefix(json);     // what is taken apart here and read by rooms below is UTF-8
    if (valid != json.len) {
        error_set(reterr_error, STATUS_BAD_ENCODING, "the record is no UTF-8 at byte %zu", valid);
        if (reterr_error)
            reterr_error->byte = valid;
        return STATUS_BAD_ENCODING;
    }
    struct registry_document document = {.bytes = SLICE(""), .author = SLICE("record"), .reading = {.json = json, .engine = engine}};
    store_begin(registry, true);
    enum status unwound = ARENA_CATCH(&registry->work);
    if (unwound) {
        store_fail(registry, unwound, "while adding a record");
        return store_end(registry, reterr_error);
    }
    sqlite3_stmt *statement = store_statement(registry, "document_uri");
    store_bind(statement, ":json", json);
    if (store_step(registry, statement))
        document.uri = store_column_kept(registry, statement, 0);
    if (document.uri.at)
        add_document(registry, &document, ret_new, ret_id);
    else
        store_fail(registry, STATUS_BAD_ARGUMENT, "no record of karar (karar.record/1)");
    return store_end(registry, reterr_error);
}

