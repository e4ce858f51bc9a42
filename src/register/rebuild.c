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
#include "register/pieces.h"

#define KEPT_LEAST 200      // documents after which it is asked whether rows are worth keeping:
#define KEPT_SHARE 4        // not where more than one in so many says something else

// A document that was given to the readers.
struct given {
    int64_t id;
    char hash[7 + 64 + 1];
    struct looked *looked;      // what the file had of it; NULL: it was not looked at
};
typedef VEC(struct looked) looked_vec;

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
    people_know_none(registry);
    derive_note_decisions(registry);
    store_rest(registry);
    if (!registry->keeps_rows) {
        store_script(registry, "derived_drop");
        store_script(registry, "schema_rows");
        store_script(registry, "schema_derivation");
    } else {
        store_script(registry, "account_drop");
    }
    store_script(registry, "schema_account");
    store_script(registry, "schema_things");
}

// ---- looking ---------------------------------------------------------------------------------------------------------------
// What a rebuild has to do, and who does it.
struct rebuilding {
    struct registry *registry;
    const struct registry_readers *readers;
    registry_progress progress;
    void *progress_user;
    struct given *ring;                 // documents that are being read
    struct pieces *pieces;
    looked_vec looked;                  // what the file has of each document, if it was looked at
    int64_t unlike;                     // how many of them are not as the reader makes them
    bool reads_all;
    int64_t count, done;                // documents
};

static void tell_progress(struct rebuilding *rebuilding, int64_t more)
{
    rebuilding->done += more;
    if (rebuilding->progress)
        rebuilding->progress(rebuilding->progress_user, (uint64_t)rebuilding->done, (uint64_t)rebuilding->count);
}

// The next documents to be looked at behind a number; false: there are none.
static bool give_look(struct rebuilding *rebuilding, int64_t *behind)
{
    struct registry_piece *piece = pieces_place(rebuilding->pieces);
    sqlite3_stmt *statement = store_statement(rebuilding->registry, "document_first");
    store_bind_int(statement, ":id", *behind);
    if (!store_step(rebuilding->registry, statement))
        return false;
    int64_t from = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    piece->kind = PIECE_LOOK;
    piece->look = (struct look){.from = from, .until = from > INT64_MAX - LOOK_DOCUMENTS ? INT64_MAX : from + LOOK_DOCUMENTS - 1,
            .reader = rebuilding->readers->reader, .documents = piece->documents};
    *behind = piece->look.until;
    pieces_give(rebuilding->pieces);
    return true;
}

static void note_look(struct rebuilding *rebuilding, struct arena *arena, const struct registry_piece *piece)
{
    int64_t kept = 0;
    for (uint32_t i = 0; i < piece->look.count && !rebuilding->registry->status; i++) {
        const struct looked *looked = &piece->documents[i];
        vec_push(arena, &rebuilding->looked, *looked);
        rebuilding->unlike += !looked->is_alike;
        if (rebuilding->reads_all || !looked->is_alike)
            continue;
        derive_kept(rebuilding->registry, looked->document);
        kept++;
    }
    tell_progress(rebuilding, kept);
}

// Finds what the file has of each document, and of which something is not as the reader makes it.
static void look_at_everything(struct rebuilding *rebuilding, struct arena *arena)
{
    int64_t behind = INT64_MIN;
    bool more = true;
    const struct registry_piece *piece;
    do {
        while (more && pieces_place(rebuilding->pieces))
            more = !rebuilding->registry->status && give_look(rebuilding, &behind);
        piece = pieces_take(rebuilding->pieces);
        if (piece)
            note_look(rebuilding, arena, piece);
    } while (piece);
}

// ---- matching ---------------------------------------------------------------------------------------------------------------
// Gives the scope that follows the last one; false: there is none.
static bool give_scope(struct registry *registry, struct pieces *pieces)
{
    struct registry_piece *piece = pieces_place(pieces);
    sqlite3_stmt *statement = store_statement(registry, "scope_of_all");
    store_bind(statement, ":kind", pieces->last.claim_kind);
    store_bind(statement, ":scope", pieces->last.scope);
    if (!store_step(registry, statement))
        return false;
    struct slice kind = store_column(statement, 0), scope = store_column(statement, 1);
    if (kind.len >= KIND_MAX || scope.len >= SCOPE_MAX) {
        store_fail(registry, STATUS_LIMIT, "the id of a body is too long");
        return false;
    }
    piece_of_scope(&pieces->last, kind, scope);
    piece_of_scope(piece, kind, scope);
    sqlite3_reset(statement);
    pieces_give(pieces);
    return true;
}

// Writes what a thread found of a scope, or matches it.
static void take_scope(struct registry *registry, const struct registry_piece *piece, bool votes)
{
    session_line_vec sessions = {0};
    if (piece->is_matched)
        link_write_strands(registry, piece->scope, &piece->strands);
    else
        link_scope(registry, piece->claim_kind, piece->scope, true, NULL);
    if (!votes || !slice_is(piece->claim_kind, "meeting"))
        return;
    if (!piece->is_matched)
        votes_of_scope(registry, piece->scope, &sessions);
    votes_write(registry, piece->is_matched ? &piece->sessions : &sessions);
}

// Matches every scope, and makes the sessions. Threads look whether a scope is as it would be, where they see all that was written; if
// nobody merged bodies, which gives a session claims of several scopes, they vote on its sessions, too.
static void match_everything(struct registry *registry)
{
    const bool sees_all = registry->pieces && registry->keeps_rows && !registry->written && !registry->moved;
    const bool votes = sees_all && !registry->has_merges;
    bool more = true;
    const struct registry_piece *piece;
    if (!sees_all) {
        pieces_forget(registry);
        registry->pieces = pieces_new(registry, NULL);
    }
    struct pieces *pieces = registry->pieces;
    if (!pieces)
        return;
    piece_of_scope(&pieces->last, SLICE(""), SLICE(""));
    do {
        while (more && pieces_place(pieces))
            more = !registry->status && give_scope(registry, pieces);
        piece = pieces_take(pieces);
        rebuild_forget_work(registry);
        if (piece)
            take_scope(registry, piece, votes);
    } while (piece);
    pieces_forget(registry);
    if (!votes)
        votes_renew_all(registry);
}

void rebuild_end(struct registry *registry)
{
    static const struct slice all = {NULL, 0};
    rebuild_forget_work(registry);
    store_rest(registry);
    if (!registry->keeps_rows)
        store_script(registry, "schema_scopes");
    if (registry->keeps_rows)
        people_note_all(registry);
    people_link_all(registry);
    match_everything(registry);
    rebuild_forget_work(registry);
    store_rest(registry);
    store_run(registry, store_statement(registry, "body_names_count"));
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

// ---- reading ----------------------------------------------------------------------------------------------------------------
// Hands the next stored document to the readers; false at the end. looked NULL: it was not looked at.
static bool give_next(struct registry *registry, const struct registry_readers *readers, struct given *given, int64_t after,
        struct looked *looked)
{
    sqlite3_stmt *statement = store_statement(registry, registry->has_amendments ? "document_each" : "document_each_plain");
    store_bind_int(statement, ":id", after);
    if (!store_step(registry, statement))
        return false;
    struct slice hash = store_column(statement, 1);
    struct registry_document document = {
        .hash = hash, .has = looked ? looked->has : (struct registry_has){0},
        .bytes = {sqlite3_column_blob(statement, 2), (size_t)sqlite3_column_bytes(statement, 2)},
        .uri = store_column(statement, 3), .language = store_column(statement, 4), .date = store_column(statement, 5),
        .page_language = store_column(statement, 6), .publisher = store_column(statement, 7),
    };
    given->id = sqlite3_column_int64(statement, 0);
    given->looked = looked;
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
    if (given->looked)
        given->looked->has.is_known = false;    // it may have another record now
}

// Whether so many documents say something else than before that everything is better written anew.
static bool differs_much(const struct rebuilding *rebuilding, int64_t taken, int64_t wanted)
{
    const struct registry *registry = rebuilding->registry;
    return registry->keeps_rows && taken >= KEPT_LEAST && registry->written * wanted / taken > rebuilding->count / KEPT_SHARE;
}

// The next document that is to be read, of those that were looked at; NULL: none was.
static struct looked *next_looked(const struct rebuilding *rebuilding, uint32_t *next)
{
    const looked_vec *looked = &rebuilding->looked;
    while (*next < looked->count && !rebuilding->reads_all && looked->at[*next].is_alike)
        (*next)++;
    return *next < looked->count ? &looked->at[(*next)++] : NULL;
}

// Reads stored documents again, a ring of them at a time; false: most say something else, and their rows were not to be written anew.
static bool read_documents(struct rebuilding *rebuilding)
{
    struct registry *registry = rebuilding->registry;
    const struct registry_readers *readers = rebuilding->readers;
    const int64_t wanted = rebuilding->reads_all ? rebuilding->count : rebuilding->unlike;
    int64_t given = 0, taken = 0, last = 0;
    uint32_t number = 0;
    bool more = true, much = false;
    while (!registry->status && (more || taken < given)) {
        much = much || differs_much(rebuilding, taken, wanted);
        more = more && !much && given < wanted;
        while (more && !registry->status && given - taken < readers->ahead) {
            struct given *next = &rebuilding->ring[given % readers->ahead];
            struct looked *looked = next_looked(rebuilding, &number);
            more = give_next(registry, readers, next, looked ? looked->document - 1 : last, looked);
            if (more) {
                last = next->id;
                more = ++given < wanted;
            }
        }
        if (registry->status || taken == given)
            continue;
        take_next(registry, readers, &rebuilding->ring[taken % readers->ahead]);
        taken++;
        tell_progress(rebuilding, 1);
    }
    return registry->status || taken >= wanted || !much;
}

// All that documents say: what is not as the reader makes it is read again.
static void derive_documents(struct rebuilding *rebuilding, struct arena *arena)
{
    struct registry *registry = rebuilding->registry;
    rebuilding->reads_all = !registry->keeps_rows || !rebuilding->readers->reader;
    if (registry->keeps_rows)
        look_at_everything(rebuilding, arena);
    if (registry->status || read_documents(rebuilding))
        return;
    registry->keeps_rows = false;
    rebuilding->reads_all = true;
    rebuilding->done = 0;
    rebuild_begin(registry);
    read_documents(rebuilding);
}

// Whether the tables that hold what documents say are those of this version, so that their rows may stay.
static bool may_keep_rows(struct registry *registry)
{
    static const char *const parts[] = {"schema_rows", "schema_derivation", "schema_scopes", "schema_people", "schema_indexes_rows"};
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
        pieces_forget(registry);
        arena_finish(&ring_arena);
        return store_end(registry, reterr_error);
    }
    registry->pieces = pieces_new(registry, readers);
    struct rebuilding rebuilding = {.registry = registry, .readers = readers, .progress = remaking->progress,
            .progress_user = remaking->progress_user, .ring = ARENA_ARRAY(&ring_arena, struct given, readers->ahead),
            .pieces = registry->pieces};
    if (remaking->lines)
        import_lines(registry, remaking->lines, remaking->imported);
    sqlite3_stmt *statement = store_statement(registry, "document_count");
    rebuilding.count = store_step(registry, statement) ? sqlite3_column_int64(statement, 0) : 0;
    struct comparison comparison;
    if (remaking->taker)
        keep_before(registry, &comparison);
    registry->keeps_rows = !remaking->lines && may_keep_rows(registry);
    registry->written = registry->moved = 0;
    rebuild_begin(registry);
    if (!registry->status)
        derive_documents(&rebuilding, &ring_arena);
    if (!registry->status)
        rebuild_end(registry);
    registry->keeps_rows = false;
    pieces_forget(registry);
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
