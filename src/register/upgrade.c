// SPDX-License-Identifier: MIT
// Bringing a register of an older version to this one.
//
// First the file is copied beside itself ("karar.db.version-1"; a copy that is there already is never overwritten). Then one transaction
// makes the tables of this version and fills them: documents go over into a table with the columns of this version, decisions stay, records
// are unfolded again, everything is matched anew. Killed on the way, the file is the old one. If another program wrote between the copy
// and the transaction, the copy would
// lack that: it is made again.
//
// Version 1 kept no annex: until `karar rebuild` reads the reports again, the words of a claim stand where its sentence will.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "register/store.h"

#define TRIES 5
#define COPIES_MAX 1000

// A name beside the file that is free.
static bool name_copy(struct registry *registry, int64_t version)
{
    size_t room = strlen(registry->path) + 48;
    free(registry->copy);
    registry->copy = malloc(room);
    for (int i = 1; registry->copy && i <= COPIES_MAX; i++) {
        if (i == 1)
            snprintf(registry->copy, room, "%s.version-%lld", registry->path, (long long)version);
        else
            snprintf(registry->copy, room, "%s.version-%lld.%d", registry->path, (long long)version, i);
        if (access(registry->copy, F_OK) != 0)
            return true;
    }
    store_fail(registry, registry->copy ? STATUS_IO : STATUS_NO_MEMORY, "no name is free for a copy of the register as it was");
    return false;
}

static bool make_copy(struct registry *registry, int64_t version)
{
    if (!name_copy(registry, version))
        return false;
    char *text = sqlite3_mprintf("VACUUM INTO %Q", registry->copy);
    bool made = text && store_run_text(registry, text, "cannot copy the register before it is brought to this version");
    if (!text)
        store_fail(registry, STATUS_NO_MEMORY, "no memory for a copy of the register");
    sqlite3_free(text);
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
        store_fail(registry, unwound, "while bringing the register to this version");
        return;
    }
    store_script(registry, "upgrade_clear");
    store_script(registry, "upgrade_documents");
    store_script(registry, "upgrade_documents_indexes");
    store_script(registry, "schema_documents");
    store_script(registry, "upgrade_documents_copy");
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
    store_run_text(registry, "PRAGMA user_version = 3", "cannot bring the register to this version");
}

void upgrade_file(struct registry *registry, int64_t version)
{
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
