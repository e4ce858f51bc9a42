// SPDX-License-Identifier: MIT
// Opening the register's file, its statements, and its transactions.
//
// The file is in WAL mode: readers go on while one writer writes; a second writer waits for BUSY_MILLISECONDS. synchronous=FULL: what
// COMMIT has answered for survives a power cut. The schema is made in one transaction, so a process killed while it makes the file leaves
// either an empty database, which the next one fills, or a whole register.
//
// Statements are prepared when they are first needed and kept. Every public function of the room runs between store_begin and store_end;
// in between failure is sticky, and store_end rolls back what is half done.
#include "register/store.h"

#include <assert.h>
#include <stdlib.h>

#include "register/sql.h"

// Small memory that SQLite takes and gives back all the time, kept apart for each handle: no lock, no malloc. 256 KiB.
#define LOOKASIDE_BYTES 512
#define LOOKASIDE_SLOTS 512
#define BUSY_MILLISECONDS 10000
#define MAX_COLUMNS 64

static void note(struct registry *registry, int code, const char *what)
{
    if (registry->status)
        return;
    int kind = code & 0xFF;
    enum status status = kind == SQLITE_NOMEM ? STATUS_NO_MEMORY : kind == SQLITE_TOOBIG ? STATUS_LIMIT : STATUS_IO;
    const char *mend = kind == SQLITE_FULL                            ? ": the disk is full; nothing of this was stored"
                       : kind == SQLITE_BUSY || kind == SQLITE_LOCKED ? ": another program is writing; try again"
                       : kind == SQLITE_READONLY || kind == SQLITE_PERM ? ": the file or its folder may not be written"
                       : kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB ? ": the file is damaged or no register; restore a copy"
                                                                         : "";
    registry->status = error_set(&registry->error, status, "%s: %s%s", what, registry->db ? sqlite3_errmsg(registry->db) : "no memory",
            mend);
}

enum status store_fail(struct registry *registry, enum status status, const char *text)
{
    if (!registry->status)
        registry->status = error_set(&registry->error, status, "%s", text);
    return registry->status;
}

// ---- statements -----------------------------------------------------------------------------------------------------------
static const char *text_of(const char *name, unsigned *ret_number)
{
    unsigned low = 0, high = register_statement_count;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        int order = strcmp(register_statements[middle].name, name);
        if (order == 0) {
            *ret_number = middle;
            return register_statements[middle].text;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const char *store_text(const char *name)
{
    unsigned number = 0;
    return text_of(name, &number);
}

bool store_is_question(const char *name)
{
    unsigned number = 0;
    return text_of(name, &number) != NULL && register_statements[number].is_question;
}

bool store_skips(const char *name)
{
    unsigned number = 0;
    const char *text = text_of(name, &number);
    return text && strstr(text, ":skip");
}

const char *store_sessions_of(const char *name)
{
    unsigned number = 0;
    const char *text = text_of(name, &number);
    if (!text || !strstr(text, "FROM session_then"))
        return NULL;
    return strstr(text, "everyone AS ") ? "vote_everyone" : strncmp(name, "brief_", 6) == 0 ? "vote_brief" : "vote_sessions";
}

// The same, by what was found lately under the same pointer: most names are constants, asked for again and again.
static const char *text_known(struct registry *registry, const char *name, unsigned *ret_number)
{
    struct known_statement *known = &registry->known_statements[((uintptr_t)name >> 2) % STORE_KNOWN_STATEMENTS];
    if (known->name == name && strcmp(register_statements[known->number].name, name) == 0) {
        *ret_number = known->number;
        return register_statements[known->number].text;
    }
    const char *text = text_of(name, ret_number);
    if (text)
        *known = (struct known_statement){name, *ret_number};
    return text;
}

bool store_counts_years(const char *name)
{
    unsigned number = 0;
    const char *text = text_of(name, &number);
    return text && (strstr(text, "FROM year_") || strstr(text, "JOIN year_"));
}

sqlite3_stmt *store_statement(struct registry *registry, const char *name)
{
    unsigned number = 0;
    if (registry->status)
        return NULL;
    const char *text = text_known(registry, name, &number);
    if (!text) {
        store_fail(registry, STATUS_NOT_FOUND, "the register knows no such question");
        return NULL;
    }
    if (!registry->statements[number]) {
        int code = sqlite3_prepare_v3(registry->db, text, -1, SQLITE_PREPARE_PERSISTENT, &registry->statements[number], NULL);
        if (code != SQLITE_OK)
            note(registry, code, name);
    }
    sqlite3_stmt *statement = registry->statements[number];
    if (statement) {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
    }
    return statement;
}

void store_bind(sqlite3_stmt *statement, const char *name, struct slice text)
{
    int index = statement ? sqlite3_bind_parameter_index(statement, name) : 0;
    if (index > 0 && text.at)
        sqlite3_bind_text64(statement, index, text.at, text.len, SQLITE_STATIC, SQLITE_UTF8);
}

void store_bind_filled(sqlite3_stmt *statement, const char *name, struct slice text)
{
    if (text.len)
        store_bind(statement, name, text);
}

void store_bind_int(sqlite3_stmt *statement, const char *name, int64_t value)
{
    int index = statement ? sqlite3_bind_parameter_index(statement, name) : 0;
    if (index > 0)
        sqlite3_bind_int64(statement, index, value);
}

bool store_step(struct registry *registry, sqlite3_stmt *statement)
{
    if (!statement || registry->status)
        return false;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        note(registry, code, "the register");
    sqlite3_reset(statement);
    return false;
}

bool store_run(struct registry *registry, sqlite3_stmt *statement)
{
    while (store_step(registry, statement))
        continue;
    return !registry->status;
}

struct slice store_column(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return slice_make(text, text ? (size_t)sqlite3_column_bytes(statement, column) : 0);
}

struct slice store_column_kept(struct registry *registry, sqlite3_stmt *statement, int column)
{
    struct slice text = store_column(statement, column);
    if (!text.at)
        return text;
    char *copy = arena_alloc(&registry->work, text.len + 1);
    memcpy(copy, text.at, text.len);
    return slice_make(copy, text.len);
}

// The names of the columns that are handed out, and how many.
static int read_names(sqlite3_stmt *statement, const char *names[MAX_COLUMNS])
{
    int count = sqlite3_column_count(statement);
    count = count < MAX_COLUMNS ? count : MAX_COLUMNS;
    int handed = 0;     // columns by which rows are only sorted stand last
    for (int i = 0; i < count; i++) {
        names[i] = sqlite3_column_name(statement, i);
        if (strncmp(names[i], "sort", 4) != 0)
            handed = i + 1;
    }
    return handed;
}

void store_hand_out(struct registry *registry, sqlite3_stmt *statement, registry_row_taker taker, void *user)
{
    const char *names[MAX_COLUMNS];
    struct slice values[MAX_COLUMNS];
    bool is_number[MAX_COLUMNS], go_on = true;
    int count = 0;
    for (bool first = true; go_on && store_step(registry, statement); first = false) {
        if (first)
            count = read_names(statement, names);   // only now: the first step prepares the statement anew if the schema has changed
        for (int i = 0; i < count; i++) {
            int type = sqlite3_column_type(statement, i);
            is_number[i] = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
            values[i] = store_column(statement, i);
        }
        go_on = taker(user, &(struct registry_row){count, names, values, is_number});
    }
}

void store_hand_head(struct registry *registry, sqlite3_stmt *statement, registry_row_taker taker, void *user)
{
    const char *names[MAX_COLUMNS];
    int count = statement && !registry->status ? read_names(statement, names) : 0;
    if (count)
        taker(user, &(struct registry_row){count, names, NULL, NULL});
}

bool store_run_text(struct registry *registry, const char *text, const char *what)
{
    if (registry->status)
        return false;
    int code = sqlite3_exec(registry->db, text, NULL, NULL, NULL);
    if (code != SQLITE_OK)
        note(registry, code, what);
    return code == SQLITE_OK;
}

bool store_script(struct registry *registry, const char *name)
{
    unsigned number = 0;
    const char *text = text_of(name, &number);
    assert(text);
    return store_run_text(registry, text, name);
}

// ---- transactions ---------------------------------------------------------------------------------------------------------
bool store_begin(struct registry *registry, bool write)
{
    registry->status = STATUS_OK;
    registry->error = (struct error){.byte = UINT64_MAX};
    assert(!registry->held || !write);
    still_check(registry);
    if (registry->status)
        return false;
    return registry->held || store_run_text(registry, write ? "BEGIN IMMEDIATE" : "BEGIN", "the register");
}

void store_rest(struct registry *registry)
{
    for (unsigned i = 0; i < register_statement_count; i++)
        if (registry->statements[i])
            sqlite3_reset(registry->statements[i]);
}

enum status store_end(struct registry *registry, struct error *reterr_error)
{
    store_rest(registry);
    still_check(registry);
    if (!registry->held && !sqlite3_get_autocommit(registry->db)) {
        if (!registry->status)
            store_run_text(registry, "COMMIT", "the register");
        if (registry->status && !sqlite3_get_autocommit(registry->db))
            sqlite3_exec(registry->db, "ROLLBACK", NULL, NULL, NULL);
    }
    arena_finish(&registry->work);
    enum status status = registry->status;
    if (status && reterr_error)
        *reterr_error = registry->error;
    registry->status = STATUS_OK;
    return status;
}

bool store_read_tree(struct registry *registry, struct tree *tree, struct slice json)
{
    bool reads = tree_read(tree, json);
    if (!reads && tree->no_memory)
        store_fail(registry, STATUS_NO_MEMORY, "no memory to take a record apart");
    return reads;
}

static void close_parts(struct registry *registry)
{
    for (unsigned i = 0; registry->statements && i < register_statement_count; i++)
        sqlite3_finalize(registry->statements[i]);
    sqlite3_close(registry->db);
    arena_finish(&registry->work);
    arena_finish(&registry->sounds_arena);
    free(registry->statements);
    buf_finish(&registry->codes);
    free(registry->known_spellings);
    tree_finish(&registry->record_tree);
    tree_finish(&registry->annex_tree);
    free(registry->path);
    free(registry->copy);
}

// So it is in a file with a write-ahead log.
bool store_others_see(const struct registry *registry)
{
    sqlite3_stmt *statement = NULL;
    bool sees = false;
    if (!*registry->path || sqlite3_prepare_v2(registry->db, "PRAGMA journal_mode", -1, &statement, NULL) != SQLITE_OK)
        return false;
    if (sqlite3_step(statement) == SQLITE_ROW)
        sees = slice_is(store_column(statement, 0), "wal");
    sqlite3_finalize(statement);
    return sees;
}

struct registry_view {
    struct registry registry;
};

struct registry_view *registry_view_open(const struct registry *registry)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    struct registry_view *view = store_others_see(registry) ? calloc(1, sizeof *view) : NULL;
    if (!view)
        return NULL;
    view->registry.statements = calloc(register_statement_count, sizeof *view->registry.statements);
    arena_init(&view->registry.work, NULL, REGISTRY_MEMORY);
    view->registry.sounds = registry->sounds;
    bool opened = view->registry.statements && sqlite3_open_v2(registry->path, &view->registry.db, flags, NULL) == SQLITE_OK;
    if (opened && store_run_text(&view->registry, "PRAGMA query_only = 1", "the register"))
        return view;
    registry_view_close(view);
    return NULL;
}

// Whoever has a view is in the midst of a rebuild: nobody else writes, and decisions stay as they are.
bool store_view_begin(struct registry *view)
{
    if (!store_run(view, store_statement(view, "view_begin")))
        return false;
    if (!view->has_noted)
        derive_note_decisions(view);
    view->has_noted = view->status == STATUS_OK;
    return view->has_noted;
}

void store_view_end(struct registry *view)
{
    store_run(view, store_statement(view, "view_end"));
    if (view->status && !sqlite3_get_autocommit(view->db))
        sqlite3_exec(view->db, "ROLLBACK", NULL, NULL, NULL);
}

struct registry *store_of_view(struct registry_view *view)
{
    return view ? &view->registry : NULL;
}

void registry_view_close(struct registry_view *view)
{
    if (!view)
        return;
    close_parts(&view->registry);
    free(view);
}

// ---- opening --------------------------------------------------------------------------------------------------------------
int64_t store_number(struct registry *registry, const char *text)
{
    sqlite3_stmt *statement = NULL;
    int64_t value = -1;
    int code = sqlite3_prepare_v2(registry->db, text, -1, &statement, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW)
        value = sqlite3_column_int64(statement, 0);
    else
        note(registry, code, "cannot read the register");
    sqlite3_finalize(statement);
    return value;
}

// Makes the tables in a file that has none; refuses what is no register of ours.
static void prepare_file(struct registry *registry, bool create)
{
    int64_t tables = store_number(registry, "SELECT count(*) FROM sqlite_schema"), application = store_number(registry,
            "PRAGMA application_id");
    int64_t version = store_number(registry, "PRAGMA user_version");
    if (registry->status)
        return;
    if (tables > 0 && application != REGISTRY_APPLICATION) {
        store_fail(registry, STATUS_BAD_ARGUMENT, "this database is no register of karar; nothing was changed");
    } else if (version > REGISTRY_VERSION) {
        store_fail(registry, STATUS_BAD_ARGUMENT, "this register was written by a newer karar; nothing was changed: update this program");
    } else if (tables > 0 && version < 1) {
        store_fail(registry, STATUS_BAD_ARGUMENT, "this register has no version; nothing was changed: restore a copy");
    } else if (tables > 0 && version < REGISTRY_VERSION) {
        upgrade_file(registry, version);
    } else if (tables == 0 && !create) {
        store_fail(registry, STATUS_NOT_FOUND, "the register is empty: karar add REPORTS fills it");
    } else if (tables == 0) {
        store_run_text(registry, "PRAGMA journal_mode = WAL; PRAGMA application_id = 1801548402; BEGIN IMMEDIATE",
                "cannot make the register");
        if (!registry->status && store_number(registry, "SELECT count(*) FROM sqlite_schema") == 0) {  // nobody else made it meanwhile
            static const char *const parts[] = {
                "schema_documents", "schema_decisions", "schema_records", "schema_rows", "schema_derivation", "schema_account",
                "schema_things", "schema_scopes", "schema_people", "schema_bodies", "schema_indexes_rows", "schema_indexes",
                "schema_views"};
            for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
                store_script(registry, parts[i]);
            store_run_text(registry, "PRAGMA user_version = 5", "cannot make the register");
        }
        store_run_text(registry, registry->status ? "ROLLBACK" : "COMMIT", "cannot make the register");
    }
}

// Nothing may be written where the file is.
static bool is_forbidden(int code)
{
    int kind = code & 0xFF;
    return kind == SQLITE_READONLY || kind == SQLITE_CANTOPEN || kind == SQLITE_PERM;
}

enum status registry_open(const char *path, bool create, struct registry **ret_registry, struct error *reterr_error)
{
    static_assert(REGISTRY_APPLICATION == 1801548402 && REGISTRY_VERSION == 5, "prepare_file and upgrade.c write them out");
    struct registry *registry = calloc(1, sizeof *registry);
    if (!registry)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory for the register");
    registry->statements = calloc(register_statement_count, sizeof *registry->statements);
    registry->path = strdup(path);
    arena_init(&registry->sounds_arena, NULL, REGISTRY_MEMORY);
    arena_init(&registry->work, NULL, REGISTRY_MEMORY);
    buf_init(&registry->codes, STORE_CODES_MEMORY);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (create ? SQLITE_OPEN_CREATE : 0);
    int code = registry->statements && registry->path ? sqlite3_open_v2(path, &registry->db, flags, NULL) : SQLITE_NOMEM;
    if (registry->db) {
        sqlite3_busy_timeout(registry->db, BUSY_MILLISECONDS);
        sqlite3_db_config(registry->db, SQLITE_DBCONFIG_LOOKASIDE, NULL, LOOKASIDE_BYTES, LOOKASIDE_SLOTS);
    }
    if (code == SQLITE_OK)
        code = sqlite3_exec(registry->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    if (is_forbidden(code) && !create && still_open(registry))
        code = SQLITE_OK;
    if (code != SQLITE_OK)
        note(registry, code, "cannot open the register");
    if (!registry->status) {
        code = functions_add(registry->db);
        if (code != SQLITE_OK)
            note(registry, code, "cannot open the register");
        store_run_text(registry,
                "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -12288; PRAGMA wal_autocheckpoint = 8000;",
                 "cannot open the register");
    }
    if (!registry->status) {
        enum status caught = ARENA_CATCH(&registry->sounds_arena);
        if (caught)
            store_fail(registry, caught, "no memory for the sounds of names");
        else
            registry->status = name_sounds_embedded(&registry->sounds_arena, &registry->sounds, &registry->error);
    }
    if (!registry->status)
        prepare_file(registry, create);
    if (registry->status) {
        enum status status = registry->status;
        if (reterr_error)
            *reterr_error = registry->error;
        registry_close(registry);
        return status;
    }
    *ret_registry = registry;
    return STATUS_OK;
}

enum status registry_read_only(struct registry *registry, struct error *reterr_error)
{
    registry->status = STATUS_OK;
    store_run_text(registry, "PRAGMA query_only = 1; PRAGMA cache_size = -16384", "cannot open the register for reading");
    registry->read_only = true;
    enum status status = registry->status;
    if (status && reterr_error)
        *reterr_error = registry->error;
    registry->status = STATUS_OK;
    return status;
}

enum status registry_open_temporary(struct registry **ret_registry, struct error *reterr_error)
{
    return registry_open("", true, ret_registry, reterr_error);
}

const char *registry_copy(const struct registry *registry)
{
    return registry->copy;
}

void registry_close(struct registry *registry)
{
    if (!registry)
        return;
    close_parts(registry);
    free(registry);
}
