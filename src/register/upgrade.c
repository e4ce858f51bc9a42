// SPDX-License-Identifier: MIT
// Bringing a register of an older version to this one.
//
// First the file is copied beside itself ("karar.db.version-1"; a copy that is there already is never overwritten). A copy is called
// "….part" until it is whole and on the disk: SQLite does not sync what VACUUM INTO writes. Then one transaction makes the tables of this
// version and fills them: documents and decisions go over into tables with the columns of this version, records are unfolded again,
// everything is matched anew. Killed on the way, the file is the old one. If another program wrote between the copy and the transaction,
// the copy would lack that: it is made again.
//
// Version 1 kept no annex: until `karar rebuild` reads the reports again, the words of a claim stand where its sentence will.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "register/pieces.h"

#define TRIES 5
#define COPIES_MAX 1000

// A name beside the file that is free, also with what a copy is called until it is whole.
static bool name_copy(struct registry *registry, int64_t version, char **ret_part)
{
    size_t room = strlen(registry->path) + 48;
    char *copy = malloc(room), *part = malloc(room + 8);
    free(registry->copy);
    registry->copy = copy;
    *ret_part = part;
    for (int i = 1; copy && part && i <= COPIES_MAX; i++) {
        if (i == 1)
            snprintf(copy, room, "%s.version-%lld", registry->path, (long long)version);
        else
            snprintf(copy, room, "%s.version-%lld.%d", registry->path, (long long)version, i);
        snprintf(part, room + 8, "%s.part", copy);
        if (access(copy, F_OK) != 0 && access(part, F_OK) != 0)
            return true;
    }
    store_fail(registry, copy && part ? STATUS_IO : STATUS_NO_MEMORY, "no name is free for a copy of the register as it was");
    return false;
}

// Lets a file that SQLite has written reach the disk, by SQLite's own way to files. What became of it.
static enum status sync_file(const char *path)
{
    sqlite3 *db = NULL;
    sqlite3_file *file = NULL;
    int code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(db, "PRAGMA schema_version", NULL, NULL, NULL);     // opens the file
    if (code == SQLITE_OK)
        code = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code == SQLITE_OK)
        code = file && file->pMethods ? file->pMethods->xSync(file, SQLITE_SYNC_FULL) : SQLITE_IOERR;
    sqlite3_close(db);
    return code == SQLITE_OK ? STATUS_OK : (code & 0xFF) == SQLITE_NOMEM ? STATUS_NO_MEMORY : STATUS_IO;
}

// And the name of a file; where a folder cannot be synced, the name comes with what the system writes next.
static void sync_folder(const char *path)
{
    const char *end = strrchr(path, '/');
    char *folder = end ? strndup(path, (size_t)(end - path) + 1) : strdup(".");
    int file = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (file >= 0) {
        fsync(file);
        close(file);
    }
    free(folder);
}

static bool make_copy(struct registry *registry, int64_t version)
{
    char *part = NULL;
    bool made = name_copy(registry, version, &part);
    char *text = made ? sqlite3_mprintf("VACUUM INTO %Q", part) : NULL;
    if (made && !text)
        store_fail(registry, STATUS_NO_MEMORY, "no memory for a copy of the register");
    made = text && store_run_text(registry, text, "cannot copy the register before it is brought to this version");
    enum status synced = made ? sync_file(part) : STATUS_OK;
    if (made && (synced || rename(part, registry->copy) != 0)) {
        store_fail(registry, synced ? synced : STATUS_IO,
                "the copy of the register before it is brought to this version does not reach the disk; nothing was changed");
        made = false;
    }
    if (made)
        sync_folder(registry->copy);
    else if (text)
        unlink(part);
    sqlite3_free(text);
    free(part);
    return made;
}

// Fills the tables of this version from the records that the file kept.
static void unfold_again(struct registry *registry, int64_t version)
{
    for (int64_t id = 0; !registry->status;) {
        rebuild_forget_work(registry);
        sqlite3_stmt *statement = store_statement(registry, version == 1 ? "upgrade_first_next" : "upgrade_next");
        store_bind_int(statement, ":id", id);
        if (!store_step(registry, statement))
            return;
        id = sqlite3_column_int64(statement, 0);
        struct registry_reading reading = {.engine = store_column(statement, 1), .json = store_column(statement, 2),
                .annex = store_column(statement, 4)};
        derive_document(registry, id, store_column(statement, 3), &reading, true);
        sqlite3_reset(statement);
    }
}

static void fill(struct registry *registry, int64_t version)
{
    enum status unwound = ARENA_CATCH(&registry->work);
    if (unwound) {
        pieces_forget(registry);
        store_fail(registry, unwound, "while bringing the register to this version");
        return;
    }
    store_script(registry, "upgrade_clear");
    if (version < 3) {
        store_script(registry, "upgrade_documents");
        store_script(registry, "upgrade_documents_indexes");
        store_script(registry, "schema_documents");
        store_script(registry, "upgrade_documents_copy");
    }
    store_script(registry, "upgrade_decisions");
    store_script(registry, "schema_decisions");
    store_script(registry, "upgrade_decisions_copy");
    if (version == 1) {
        store_script(registry, "upgrade_first");
        store_script(registry, "schema_records");
    }
    store_script(registry, "schema_views");
    rebuild_begin(registry);
    unfold_again(registry, version);
    if (registry->status)
        return;
    rebuild_end(registry);
    store_rest(registry);
    store_script(registry, "upgrade_forget");
    store_run_text(registry, "PRAGMA user_version = 5", "cannot bring the register to this version");
}

// Version 5 has three tables more, made of those of version 4 or empty, and an index less; nothing that stands in them is changed, so that
// no copy is made.
static void add_things(struct registry *registry)
{
    if (!store_begin(registry, true))
        return;
    if (store_number(registry, "PRAGMA user_version") == 4) {    // nobody else did it meanwhile
        store_script(registry, "upgrade_indexes");
        store_script(registry, "schema_derivation");
        store_script(registry, "schema_things");
        derive_things(registry);
        store_rest(registry);
        store_run_text(registry, "PRAGMA user_version = 5", "cannot bring the register to this version");
    }
    registry->status = store_end(registry, &registry->error);
}

void upgrade_file(struct registry *registry, int64_t version)
{
    if (version == 4) {
        add_things(registry);
        return;
    }
    for (int i = 0; i < TRIES && !registry->status; i++) {
        int64_t before = store_number(registry, "PRAGMA data_version");
        if (!make_copy(registry, version))
            break;
        if (!store_begin(registry, true))
            break;
        if (store_number(registry, "PRAGMA user_version") != version) {       // somebody else did it meanwhile
            store_end(registry, NULL);
            return;
        }
        if (store_number(registry, "PRAGMA data_version") != before) {
            store_end(registry, NULL);
            unlink(registry->copy);
            continue;
        }
        fill(registry, version);
        registry->status = store_end(registry, &registry->error);
        return;
    }
    if (!registry->status)
        store_fail(registry, STATUS_IO, "other programs keep writing: the register could not be brought to this version; try again");
}
