// SPDX-License-Identifier: MIT
// A copy of the register while others go on, by SQLite's online backup.
//
// The copy is made in one step, that is of one moment: a backup in many steps begins anew whenever somebody writes between two of them, and
// would not end on a register that is being filled. Writers are not held up, since readers of a WAL file never hold them up. The copy grows
// under a name of its own and gets the one that was asked for when all of it is on the disk; that name is never taken from another file.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "register/store.h"

// Into an empty file, without a journal: what is half done has not got its name yet.
static void copy_pages(struct registry *registry, const char *path)
{
    sqlite3 *copy = NULL;
    int code = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(copy, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL, NULL, NULL);
    sqlite3_backup *backup = code == SQLITE_OK ? sqlite3_backup_init(copy, "main", registry->db, "main") : NULL;
    if (backup) {
        sqlite3_backup_step(backup, -1);
        code = sqlite3_backup_finish(backup);
    } else if (code == SQLITE_OK) {
        code = sqlite3_errcode(copy);
    }
    sqlite3_close(copy);
    if (code != SQLITE_OK)
        registry->status = error_set(&registry->error, (code & 0xFF) == SQLITE_NOMEM ? STATUS_NO_MEMORY : STATUS_IO,
                                     "cannot copy the register: %s", sqlite3_errstr(code));
}

static void fail(struct registry *registry, const char *what)
{
    char reason[128] = "";
    const char *text = strerror_r(errno, reason, sizeof reason);
    if (!registry->status)
        registry->status = error_set(&registry->error, STATUS_IO, "%s: %s", what, text);
}

static void copy_file(struct registry *registry, const char *path, const char *part)
{
    int file = open(part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        fail(registry, errno == EEXIST ? "another copy of this name is being made, or was ended half-way (then remove what ends in .part)"
                                       : "cannot make the copy");
        return;
    }
    copy_pages(registry, part);
    if (!registry->status && fsync(file) != 0)
        fail(registry, "cannot bring the copy to the disk");
    close(file);
    if (!registry->status && link(part, path) != 0)
        fail(registry, errno == EEXIST ? "a file of this name is there already; nothing was changed" : "cannot name the copy");
    unlink(part);
}

enum status registry_backup(struct registry *registry, const char *path, struct error *reterr_error)
{
    char part[4096];
    int len = snprintf(part, sizeof part, "%s.part", path);
    registry->status = STATUS_OK;
    if (len < 0 || (size_t)len >= sizeof part)
        store_fail(registry, STATUS_LIMIT, "the path of the copy is too long");
    else if (access(path, F_OK) == 0)
        store_fail(registry, STATUS_BAD_ARGUMENT, "a file of this name is there already; nothing was changed");
    else
        copy_file(registry, path, part);
    enum status status = registry->status;
    if (status && reterr_error)
        *reterr_error = registry->error;
    registry->status = STATUS_OK;
    return status;
}
