// SPDX-License-Identifier: MIT
// Making all that is derived again.
//
// One transaction: the derived tables are dropped and made empty, each stored document is read again and unfolded, then every scope is
// matched once, and people are told apart. Records and full text stay where the reader says the same as before. Indexes that the filling
// does not need are made after it, in order, which is several times faster than keeping them in order on the way.
//
// Readers work ahead of the one writer, who takes their readings in the order of the documents: the file is the same whatever thread was
// faster. What people could see is kept in a temporary table before, and compared at the end.
#include "register/store.h"

#define SCOPE_MAX 1024      // bytes of a body's id

// A document that was given to the readers.
struct given {
    int64_t id;
    char hash[7 + 64 + 1];
};
typedef VEC(struct given) given_vec;

void rebuild_forget_work(struct registry *registry)
{
    arena_reset(&registry->work);
    registry->work.armed = 1;
}

// Matching goes through all claims in the order of their scopes: pages that the cache had to let go would be looked for in the whole log
// of the transaction.
void rebuild_begin(struct registry *registry)
{
    store_run_text(registry, "PRAGMA cache_size = -1048576", "the register");
    derive_note_decisions(registry);
    store_rest(registry);
    store_script(registry, "derived_drop");
    store_script(registry, "schema_derived");
}

static void match_everything(struct registry *registry)
{
    char kind[16] = "", id[SCOPE_MAX] = "";
    struct slice kind_now = {kind, 0}, id_now = {id, 0};
    for (;;) {
        rebuild_forget_work(registry);
        sqlite3_stmt *statement = store_statement(registry, "scope_of_all");
        store_bind(statement, ":kind", kind_now);
        store_bind(statement, ":scope", id_now);
        if (!store_step(registry, statement))
            return;
        struct slice next_kind = store_column(statement, 0), next_id = store_column(statement, 1);
        if (next_kind.len >= sizeof kind || next_id.len >= sizeof id) {
            store_fail(registry, STATUS_LIMIT, "the id of a body is too long");
            return;
        }
        memcpy(kind, next_kind.at, kind_now.len = next_kind.len);
        memcpy(id, next_id.at, id_now.len = next_id.len);
        sqlite3_reset(statement);
        link_scope(registry, kind_now, id_now, NULL);
    }
}

void rebuild_end(struct registry *registry)
{
    static const struct slice all = {NULL, 0};
    rebuild_forget_work(registry);
    store_rest(registry);
    store_script(registry, "schema_scopes");
    people_link_all(registry);
    match_everything(registry);
    rebuild_forget_work(registry);
    store_rest(registry);
    store_run(registry, store_statement(registry, "strands_count"));
    store_run(registry, store_statement(registry, "body_names_count"));
    votes_renew_all(registry);
    store_script(registry, "schema_bodies");
    store_run(registry, store_statement(registry, "body_insert_all"));
    store_rest(registry);
    store_script(registry, "schema_indexes");
    derive_edits(registry, all);
    store_run_text(registry, "PRAGMA cache_size = -12288", "the register");
}

// Hands the next stored document to the readers; false at the end.
static bool give_next(struct registry *registry, const struct registry_readers *readers, struct given *given, int64_t after)
{
    sqlite3_stmt *statement = store_statement(registry, "document_each");
    store_bind_int(statement, ":id", after);
    if (!store_step(registry, statement))
        return false;
    struct slice hash = store_column(statement, 1);
    struct registry_document document = {
        .bytes = {sqlite3_column_blob(statement, 2), (size_t)sqlite3_column_bytes(statement, 2)},
        .uri = store_column(statement, 3), .language = store_column(statement, 4), .date = store_column(statement, 5),
        .page_language = store_column(statement, 6), .publisher = store_column(statement, 7),
    };
    given->id = sqlite3_column_int64(statement, 0);
    memcpy(given->hash, hash.at, hash.len < sizeof given->hash ? hash.len : sizeof given->hash - 1);
    given->hash[sizeof given->hash - 1] = '\0';
    enum status status = readers->give(readers->user, &document, &registry->error);
    sqlite3_reset(statement);
    if (status)
        registry->status = status;
    return !status;
}

static void take_next(struct registry *registry, const struct registry_readers *readers, const struct given *given)
{
    struct registry_reading reading;
    enum status status = readers->take(readers->user, &reading, &registry->error);
    if (status) {
        registry->status = status;
        return;
    }
    rebuild_forget_work(registry);
    derive_document(registry, given->id, slice_from(given->hash), &reading, true);
}

// Reads every stored document again, a ring of `ahead` of them at a time.
static void read_everything(struct registry *registry, const struct registry_readers *readers, struct given *ring,
        registry_progress progress,
                            void *progress_user, int64_t count)
{
    int64_t given = 0, taken = 0, last = 0;
    bool more = true;
    while (!registry->status && (more || taken < given)) {
        while (more && !registry->status && given - taken < readers->ahead) {
            struct given *next = &ring[given % readers->ahead];
            more = give_next(registry, readers, next, last);
            if (more) {
                last = next->id;
                given++;
            }
        }
        if (registry->status || taken == given)
            continue;
        take_next(registry, readers, &ring[taken % readers->ahead]);
        taken++;
        if (progress)
            progress(progress_user, (uint64_t)taken, (uint64_t)count);
    }
}

static bool nothing_differs(struct registry *registry)
{
    sqlite3_stmt *statement = store_statement(registry, "derived_same");
    bool same = store_step(registry, statement) && sqlite3_column_int(statement, 0) != 0;
    if (statement)
        sqlite3_reset(statement);
    return same;
}

enum status registry_rebuild(struct registry *registry, const struct registry_readers *readers, registry_progress progress,
        void *progress_user,
                             registry_row_taker taker, void *user, struct error *reterr_error)
{
    struct arena ring_arena;
    store_begin(registry, true);
    arena_init(&ring_arena, NULL, REGISTRY_MEMORY);
    enum status unwound = ARENA_CATCH(&ring_arena);
    if (!unwound)
        unwound = ARENA_CATCH(&registry->work);
    if (unwound) {
        store_fail(registry, unwound, "while rebuilding");
        arena_finish(&ring_arena);
        return store_end(registry, reterr_error);
    }
    struct given *ring = ARENA_ARRAY(&ring_arena, struct given, readers->ahead);
    sqlite3_stmt *statement = store_statement(registry, "document_count");
    int64_t count = store_step(registry, statement) ? sqlite3_column_int64(statement, 0) : 0;
    store_script(registry, "derived_keep");
    rebuild_begin(registry);
    read_everything(registry, readers, ring, progress, progress_user, count);
    if (!registry->status)
        rebuild_end(registry);
    if (taker && !nothing_differs(registry))
        store_hand_out(registry, store_statement(registry, "derived_compare"), taker, user);
    store_rest(registry);
    store_script(registry, "derived_forget");
    arena_finish(&ring_arena);
    return store_end(registry, reterr_error);
}
