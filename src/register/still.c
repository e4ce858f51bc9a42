// SPDX-License-Identifier: MIT
// A register in a place where nothing may be written: an archive, another's folder, a read-only disk.
//
// SQLite shares a file in WAL mode by two more files beside it, which it makes. Where it cannot, the file is opened as one that nobody
// changes, without any lock. Whether that holds is looked at before and after each answer: a file that was touched in the meantime gives
// an error, never a mixture of two moments.
#include <sys/stat.h>

#include "register/store.h"

#define URI_MAX ((size_t)64 << 10)

// "file:/folder/what%3f.db?immutable=1"
static void add_uri(struct buf *uri, const char *path)
{
    buf_add_text(uri, "file:");
    for (; *path; path++)
        if (*path == '%' || *path == '?' || *path == '#')
            buf_addf(uri, "%%%02x", (unsigned)(unsigned char)*path);
        else
            buf_add_char(uri, *path);
    buf_add_text(uri, "?immutable=1");
}

static bool same_moment(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

// What is written last stands beside the file until a writer moves it there.
static bool has_log(const char *path)
{
    struct stat log;
    struct buf name;
    buf_init(&name, URI_MAX);
    buf_addf(&name, "%s-wal", path);
    bool has = !name.failed && stat(name.at, &log) == 0 && log.st_size > 0;
    buf_finish(&name);
    return has;
}

bool still_open(struct registry *registry)
{
    struct buf uri;
    if (has_log(registry->path)) {
        store_fail(registry, STATUS_IO, "the register may not be written here, and what was added last stands beside it, in the file that "
                   "ends in -wal: ask it where it may be written, or `karar backup` it there");
        return false;
    }
    if (stat(registry->path, &registry->still) != 0)
        return false;
    sqlite3_close(registry->db);
    registry->db = NULL;
    buf_init(&uri, URI_MAX);
    add_uri(&uri, registry->path);
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    registry->is_still = !uri.failed && sqlite3_open_v2(uri.at, &registry->db, flags, NULL) == SQLITE_OK;
    buf_finish(&uri);
    registry->read_only = registry->is_still;
    return registry->is_still;
}

void still_check(struct registry *registry)
{
    struct stat now;
    if (registry->is_still && (has_log(registry->path) || stat(registry->path, &now) != 0 || !same_moment(&now, &registry->still)))
        store_fail(registry, STATUS_IO, "the register was written while it was read from a place where nothing may be written: ask again");
}
