// SPDX-License-Identifier: MIT
// Opening the file of users, its statements and its transactions.
//
// The file is made readable for its owner alone, and refused if others can read it: it holds the hashes of passwords. Like the register's
// it is in WAL mode, and what COMMIT has answered for survives a power cut. The server keeps one handle for all its threads: what it asks
// for takes microseconds. The command line opens the same file beside it.
#include "users/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "users/sql.h"

#define BUSY_MILLISECONDS 5000
#define USERS_VERSION 2
#define USERS_APPLICATION 0x6B617275        // "karu"
#define EVENTS_MAX 1000000

enum status file_fail(struct users *users, enum status status, const char *text)
{
    if (!users->status)
        users->status = error_set(&users->error, status, "%s", text);
    return users->status;
}

static void note(struct users *users, int code)
{
    if (!users->status && code != SQLITE_OK)
        users->status = error_set(&users->error, (code & 0xFF) == SQLITE_NOMEM ? STATUS_NO_MEMORY : STATUS_IO, "the file of users: %s",
                                  users->db ? sqlite3_errmsg(users->db) : "no memory");
}

static void run_text(struct users *users, const char *text)
{
    if (!users->status)
        note(users, sqlite3_exec(users->db, text, NULL, NULL, NULL));
}

// ---- statements -----------------------------------------------------------------------------------------------------------
static unsigned number_of(const char *name)
{
    unsigned number = 0;
    while (number < users_statement_count && strcmp(users_statements[number].name, name) != 0)
        number++;
    assert(number < users_statement_count);
    return number;
}

sqlite3_stmt *file_statement(struct users *users, const char *name)
{
    if (users->status)
        return NULL;
    sqlite3_stmt **statement = &users->statements[number_of(name)];
    if (!*statement)
        note(users, sqlite3_prepare_v3(users->db, users_statements[number_of(name)].text, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL));
    if (*statement) {
        sqlite3_reset(*statement);
        sqlite3_clear_bindings(*statement);
    }
    return *statement;
}

void file_bind(sqlite3_stmt *statement, const char *name, struct slice text)
{
    int index = statement ? sqlite3_bind_parameter_index(statement, name) : 0;
    if (index > 0 && text.at)
        sqlite3_bind_text64(statement, index, text.at, text.len, SQLITE_STATIC, SQLITE_UTF8);
}

void file_bind_int(sqlite3_stmt *statement, const char *name, int64_t value)
{
    int index = statement ? sqlite3_bind_parameter_index(statement, name) : 0;
    if (index > 0)
        sqlite3_bind_int64(statement, index, value);
}

bool file_step(struct users *users, sqlite3_stmt *statement)
{
    if (!statement || users->status)
        return false;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        note(users, code);
    sqlite3_reset(statement);
    return false;
}

struct slice file_column(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return slice_make(text, text ? (size_t)sqlite3_column_bytes(statement, column) : 0);
}

void file_begin(struct users *users, bool write)
{
    pthread_mutex_lock(&users->lock);
    users->status = STATUS_OK;
    run_text(users, write ? "BEGIN IMMEDIATE" : "BEGIN");
}

enum status file_end(struct users *users, struct error *reterr_error)
{
    run_text(users, "COMMIT");
    enum status status = users->status;
    if (status && reterr_error)
        *reterr_error = users->error;
    for (unsigned i = 0; status && i < users_statement_count; i++)
        sqlite3_reset(users->statements[i]);
    if (!sqlite3_get_autocommit(users->db))
        sqlite3_exec(users->db, "ROLLBACK", NULL, NULL, NULL);
    pthread_mutex_unlock(&users->lock);
    return status;
}

// ---- what happened --------------------------------------------------------------------------------------------------------
void file_event(struct users *users, const char *event, struct slice name, struct user_actor actor)
{
    sqlite3_stmt *statement = file_statement(users, "event_insert");
    file_bind(statement, ":event", slice_from(event));
    file_bind(statement, ":name", name);
    if (actor.address.len)
        file_bind(statement, ":address", actor.address);
    if (actor.keeper.len)
        file_bind(statement, ":keeper", actor.keeper);
    file_step(users, statement);
    statement = file_statement(users, "event_clear");
    file_bind_int(statement, ":most", EVENTS_MAX);
    file_step(users, statement);
}

// ---- opening --------------------------------------------------------------------------------------------------------------
// Readable for its owner alone; what SQLite makes beside it has the same rights.
static enum status prepare_path(const char *path, bool create, struct error *reterr_error)
{
    struct stat state;
    int file = create ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (create && file < 0)
        return error_set(reterr_error, STATUS_IO, "%.300s: cannot be made: its folder must be there and writable", path);
    if (file >= 0)
        close(file);
    if (stat(path, &state) != 0)
        return errno == ENOENT ? STATUS_NOT_FOUND : error_set(reterr_error, STATUS_IO, "%.300s: cannot be looked at", path);
    if (state.st_mode & 077)
        return error_set(reterr_error, STATUS_BAD_ARGUMENT, "%.300s: others may read or write it, and it holds the hashes of passwords: "
                         "chmod 600 it", path);
    return STATUS_OK;
}

static int64_t number(struct users *users, const char *text)
{
    sqlite3_stmt *statement = NULL;
    int64_t value = -1;
    if (users->status)
        return value;
    note(users, sqlite3_prepare_v2(users->db, text, -1, &statement, NULL));
    if (file_step(users, statement))
        value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

static void make_tables(struct users *users)
{
    static_assert(USERS_APPLICATION == 1801548405 && USERS_VERSION == 2, "written out below");
    run_text(users, "PRAGMA journal_mode = WAL; BEGIN IMMEDIATE");
    if (number(users, "SELECT count(*) FROM sqlite_schema") == 0) {      // nobody else made them meanwhile
        run_text(users, users_statements[number_of("schema")].text);
        run_text(users, "PRAGMA application_id = 1801548405; PRAGMA user_version = 2");
    }
    run_text(users, "COMMIT");
}

// One transaction; another program may have done it meanwhile.
static void upgrade(struct users *users)
{
    run_text(users, "BEGIN IMMEDIATE");
    if (number(users, "PRAGMA user_version") == 1)
        run_text(users, users_statements[number_of("upgrade_1")].text);
    if (!users->status)
        run_text(users, "COMMIT");
    else if (!sqlite3_get_autocommit(users->db))
        sqlite3_exec(users->db, "ROLLBACK", NULL, NULL, NULL);
}

static void open_file(struct users *users, const char *path)
{
    users->statements = calloc(users_statement_count, sizeof *users->statements);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    note(users, users->statements ? sqlite3_open_v2(path, &users->db, flags, NULL) : SQLITE_NOMEM);
    if (users->status)
        return;
    sqlite3_busy_timeout(users->db, BUSY_MILLISECONDS);
    run_text(users, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON");
    if (number(users, "SELECT count(*) FROM sqlite_schema") == 0)
        make_tables(users);
    if (!users->status && number(users, "PRAGMA application_id") != USERS_APPLICATION)
        file_fail(users, STATUS_BAD_ARGUMENT, "this is no file of users; nothing was changed");
    if (!users->status && number(users, "PRAGMA user_version") == 1)
        upgrade(users);
    if (!users->status && number(users, "PRAGMA user_version") != USERS_VERSION)
        file_fail(users, STATUS_BAD_ARGUMENT, "this file of users was written by a newer karar; nothing was changed: update this program");
}

enum status users_open(const char *register_path, bool create, struct users **ret_users, struct error *reterr_error)
{
    char path[4096];
    int len = snprintf(path, sizeof path, "%s" USERS_ENDING, register_path);
    if (len < 0 || (size_t)len >= sizeof path)
        return error_set(reterr_error, STATUS_LIMIT, "the path of the register is too long");
    enum status status = prepare_path(path, create, reterr_error);
    if (status)
        return status;
    struct users *users = calloc(1, sizeof *users);
    if (!users)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory for the users");
    pthread_mutex_init(&users->lock, NULL);
    pthread_mutex_init(&users->hashing, NULL);
    open_file(users, path);
    if (users->status) {
        status = error_set(reterr_error, users->status, "%.300s: %s", path, users->error.text);
        users_close(users);
        return status;
    }
    *ret_users = users;
    return STATUS_OK;
}

enum status users_backup(struct users *users, const char *path, struct error *reterr_error)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return error_set(reterr_error, STATUS_IO, errno == EEXIST ? "%.300s: a file of this name is there already; nothing was changed"
                                                                  : "%.300s: cannot be made", path);
    pthread_mutex_lock(&users->lock);
    users->status = STATUS_OK;
    sqlite3_stmt *statement = file_statement(users, "copy");     // stands in no transaction
    file_bind(statement, ":path", slice_from(path));
    file_step(users, statement);
    enum status status = users->status;
    if (!status && fsync(file) != 0)
        status = file_fail(users, STATUS_IO, "the copy cannot be brought to the disk");
    if (status && reterr_error)
        *reterr_error = users->error;
    pthread_mutex_unlock(&users->lock);
    close(file);
    if (status)
        unlink(path);
    return status;
}

void users_close(struct users *users)
{
    if (!users)
        return;
    for (unsigned i = 0; users->statements && i < users_statement_count; i++)
        sqlite3_finalize(users->statements[i]);
    free(users->statements);
    sqlite3_close(users->db);
    pthread_mutex_destroy(&users->lock);
    pthread_mutex_destroy(&users->hashing);
    free(users);
}
