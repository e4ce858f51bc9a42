// SPDX-License-Identifier: MIT
// Making all that is derived again.
//
// One transaction: each stored document is read again and unfolded, people are told apart, then every scope is matched once. What is no
// document's own is dropped and made again; rows of documents, records and full text stay where the reader says the same as before. Where
// more than one report in KEPT_SHARE says something else, those rows are dropped, too, and written anew, indexes after them, in order,
// which is several times faster than keeping them in order on the way.
//
// Readers work ahead of the one writer, who takes their readings in the order of the documents: the file is the same whatever thread was
// faster. They also make the rows (registry_ready_make). What people could see before is read at the end by a second connection, which sees
// it until the transaction ends, and only if a digest tells that something differs.
#include "register/store.h"

#define SCOPE_MAX 1024      // bytes of a body's id
#define KEPT_LEAST 200      // documents after which it is asked whether rows are worth keeping:
#define KEPT_SHARE 4        // not where more than one in so many says something else

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
    if (!registry->keeps_rows) {
        store_script(registry, "derived_drop");
        store_script(registry, "schema_rows");
    } else {
        store_script(registry, "account_drop");
    }
    store_script(registry, "schema_account");
    store_script(registry, "schema_things");
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
        link_scope(registry, kind_now, id_now, true, NULL);
    }
}

void rebuild_end(struct registry *registry)
{
    static const struct slice all = {NULL, 0};
    rebuild_forget_work(registry);
    store_rest(registry);
    if (!registry->keeps_rows)
        store_script(registry, "schema_scopes");
    people_link_all(registry);
    match_everything(registry);
    rebuild_forget_work(registry);
    store_rest(registry);
    store_run(registry, store_statement(registry, "body_names_count"));
    votes_renew_all(registry);
    store_script(registry, "schema_bodies");
    store_run(registry, store_statement(registry, "body_insert_all"));
    store_rest(registry);
    if (!registry->keeps_rows)
        store_script(registry, "schema_indexes_rows");
    store_script(registry, "schema_indexes");
    derive_things(registry);
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
        .hash = hash, .id = sqlite3_column_int64(statement, 0), .keeps_rows = registry->keeps_rows,
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

// Whether so many documents say something else than before that everything is better written anew.
static bool differs_much(const struct registry *registry, int64_t taken)
{
    return registry->keeps_rows && taken >= KEPT_LEAST && registry->written * KEPT_SHARE > taken;
}

// Reads every stored document again, a ring of `ahead` of them at a time; false: most say something else, and their rows were not to be
// written anew.
static bool read_everything(struct registry *registry, const struct registry_readers *readers, struct given *ring,
        registry_progress progress,
                            void *progress_user, int64_t count)
{
    int64_t given = 0, taken = 0, last = 0;
    bool more = true, much = false;
    registry->written = 0;
    while (!registry->status && (more || taken < given)) {
        much = much || differs_much(registry, taken);
        more = more && !much;
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
    return registry->status || taken >= count || !much;
}

// Whether the tables that hold what documents say are those of this version, so that their rows may stay.
static bool may_keep_rows(struct registry *registry)
{
    static const char *const parts[] = {"schema_rows", "schema_scopes", "schema_people", "schema_indexes_rows"};
    sqlite3 *db = NULL;
    sqlite3_stmt *wanted = NULL, *found = store_statement(registry, "rows_schema");
    bool same = sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK;
    for (size_t i = 0; same && i < sizeof parts / sizeof *parts; i++)
        same = sqlite3_exec(db, store_text(parts[i]), NULL, NULL, NULL) == SQLITE_OK;
    same = same && sqlite3_prepare_v2(db, store_text("rows_schema"), -1, &wanted, NULL) == SQLITE_OK && sqlite3_step(wanted) == SQLITE_ROW;
    same = same && store_step(registry, found) && slice_eq(store_column(wanted, 0), store_column(found, 0));
    if (found)
        sqlite3_reset(found);
    sqlite3_finalize(wanted);
    sqlite3_close(db);
    return same;
}

// ---- differences ------------------------------------------------------------------------------------------------------------
#define DIGEST_MAX 256

static void read_digest(struct registry *registry, char digest[DIGEST_MAX])
{
    sqlite3_stmt *statement = store_statement(registry, "derived_digest");
    *digest = '\0';
    if (!store_step(registry, statement))
        return;
    struct slice text = store_column(statement, 0);
    size_t len = text.len < DIGEST_MAX ? text.len : DIGEST_MAX - 1;
    memcpy(digest, text.at, len);
    digest[len] = '\0';
    sqlite3_reset(statement);
}

// Reads what people could see before, as others see it still.
static void read_before(struct registry *registry)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *rows = NULL;
    store_script(registry, "derived_keep_none");
    int code = sqlite3_open_v2(registry->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(db, store_text("derived_said"), -1, &rows, NULL);
    while (code == SQLITE_OK && !registry->status && (code = sqlite3_step(rows)) == SQLITE_ROW) {
        sqlite3_stmt *statement = store_statement(registry, "derived_keep_row");
        for (int i = 0; statement && i < 3; i++)
            sqlite3_bind_value(statement, i + 1, sqlite3_column_value(rows, i));
        store_run(registry, statement);
        code = SQLITE_OK;
    }
    sqlite3_finalize(rows);
    sqlite3_close(db);
    if (code != SQLITE_DONE)
        store_fail(registry, (code & 0xFF) == SQLITE_NOMEM ? STATUS_NO_MEMORY : STATUS_IO,
                "the account as it was before cannot be read, so that nobody could tell what changed; nothing was changed");
}

// What people could see before and what they see now.
struct comparison {
    char before[DIGEST_MAX];
    bool is_kept;               // in a temporary table
};

static void keep_before(struct registry *registry, struct comparison *comparison)
{
    read_digest(registry, comparison->before);
    comparison->is_kept = !store_others_see(registry);
    if (comparison->is_kept)
        store_script(registry, "derived_keep");
}

static void tell_differences(struct registry *registry, const struct comparison *comparison, registry_row_taker taker, void *user)
{
    char now[DIGEST_MAX];
    read_digest(registry, now);
    if (!registry->status && strcmp(now, comparison->before) != 0) {
        if (!comparison->is_kept)
            read_before(registry);
        store_hand_out(registry, store_statement(registry, "derived_compare"), taker, user);
    }
    store_rest(registry);
    store_script(registry, "derived_forget");
}

// What is made again, and what is told of it.
struct remaking {
    const struct registry_lines *lines;     // that come in first; NULL: none
    struct registry_imported *imported;
    const struct registry_readers *readers;
    registry_progress progress;
    void *progress_user;
    registry_row_taker taker;               // of differences; NULL: nobody asks
    void *user;
};

static enum status remake(struct registry *registry, const struct remaking *remaking, struct error *reterr_error)
{
    const struct registry_readers *readers = remaking->readers;
    struct arena ring_arena;
    store_begin(registry, true);
    arena_init(&ring_arena, NULL, REGISTRY_MEMORY);
    enum status unwound = ARENA_CATCH(&ring_arena);
    if (!unwound)
        unwound = ARENA_CATCH(&registry->work);
    if (unwound) {
        store_fail(registry, unwound, remaking->lines ? "while importing" : "while rebuilding");
        registry->keeps_rows = false;
        arena_finish(&ring_arena);
        return store_end(registry, reterr_error);
    }
    struct given *ring = ARENA_ARRAY(&ring_arena, struct given, readers->ahead);
    if (remaking->lines)
        import_lines(registry, remaking->lines, remaking->imported);
    sqlite3_stmt *statement = store_statement(registry, "document_count");
    int64_t count = store_step(registry, statement) ? sqlite3_column_int64(statement, 0) : 0;
    struct comparison comparison;
    if (!remaking->lines) {
        keep_before(registry, &comparison);
        registry->keeps_rows = may_keep_rows(registry);
    }
    rebuild_begin(registry);
    if (!read_everything(registry, readers, ring, remaking->progress, remaking->progress_user, count)) {
        registry->keeps_rows = false;
        rebuild_begin(registry);
        read_everything(registry, readers, ring, remaking->progress, remaking->progress_user, count);
    }
    if (!registry->status)
        rebuild_end(registry);
    registry->keeps_rows = false;
    if (remaking->taker)
        tell_differences(registry, &comparison, remaking->taker, remaking->user);
    arena_finish(&ring_arena);
    return store_end(registry, reterr_error);
}

enum status registry_rebuild(struct registry *registry, const struct registry_readers *readers, registry_progress progress,
                             void *progress_user, registry_row_taker taker, void *user, struct error *reterr_error)
{
    const struct remaking remaking = {
        .readers = readers, .progress = progress, .progress_user = progress_user, .taker = taker, .user = user};
    return remake(registry, &remaking, reterr_error);
}

enum status registry_import(struct registry *registry, const struct registry_lines *lines, const struct registry_readers *readers,
                            registry_progress progress, void *progress_user, struct registry_imported *ret_imported,
                            struct error *reterr_error)
{
    const struct remaking remaking = {
        .lines = lines, .imported = ret_imported, .readers = readers, .progress = progress, .progress_user = progress_user};
    *ret_imported = (struct registry_imported){0};
    return remake(registry, &remaking, reterr_error);
}
