// SPDX-License-Identifier: MIT
// A database of its own with the account as plain tables, filled in memory and handed out as the bytes of a file.
//
// It holds no report's text, so that it can be shown to others where the reports may not. The caller says which rows; tables and indexes
// are publish.sql's. In memory, since what is handed out goes through the caller's sink like any other file; the same rows give the same
// bytes with the same SQLite.
#include <stdlib.h>

#include "register/sql.h"
#include "register/store.h"

#define PIECE ((size_t)1 << 20)     // bytes that are handed out at once

struct publication {
    sqlite3 *db;
    sqlite3_stmt *insert;           // into the table that is being filled
    enum status status;
    struct error error;
};

static void note(struct publication *publication, int code)
{
    if (code == SQLITE_OK || code == SQLITE_DONE || publication->status)
        return;
    enum status status = (code & 0xFF) == SQLITE_NOMEM ? STATUS_NO_MEMORY : STATUS_LIMIT;
    publication->status = error_set(&publication->error, status, "the database that is written: %s",
                                    publication->db ? sqlite3_errmsg(publication->db) : "no memory");
}

static const char *statement_text(const char *name)
{
    for (unsigned i = 0; i < register_statement_count; i++)
        if (strcmp(register_statements[i].name, name) == 0)
            return register_statements[i].text;
    return "";
}

static void run_script(struct publication *publication, const char *name)
{
    if (!publication->status)
        note(publication, sqlite3_exec(publication->db, statement_text(name), NULL, NULL, NULL));
}

enum status publication_open(struct publication **ret_publication, struct error *reterr_error)
{
    struct publication *publication = calloc(1, sizeof *publication);
    if (!publication)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory for a database");
    publication->error.byte = UINT64_MAX;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    note(publication, sqlite3_open_v2(":memory:", &publication->db, flags, NULL));
    run_script(publication, "publish_schema");
    if (!publication->status)
        note(publication, sqlite3_exec(publication->db, "BEGIN", NULL, NULL, NULL));
    *ret_publication = publication;
    return STATUS_OK;
}

void publication_table(struct publication *publication, const char *table)
{
    char name[64] = "publish_";
    size_t len = strlen(table);
    sqlite3_finalize(publication->insert);
    publication->insert = NULL;
    if (publication->status || len > sizeof name - 9)
        return;
    memcpy(name + 8, table, len + 1);
    note(publication, sqlite3_prepare_v2(publication->db, statement_text(name), -1, &publication->insert, NULL));
}

void publication_value(struct publication *publication, int column, struct slice value, bool is_number)
{
    int64_t number;
    if (publication->status || !publication->insert)
        return;
    if (!value.at)
        note(publication, sqlite3_bind_null(publication->insert, column + 1));
    else if (is_number && slice_to_int(value, &number))
        note(publication, sqlite3_bind_int64(publication->insert, column + 1, number));
    else
        note(publication, sqlite3_bind_text64(publication->insert, column + 1, value.at, value.len, SQLITE_TRANSIENT, SQLITE_UTF8));
}

void publication_row(struct publication *publication)
{
    if (publication->status || !publication->insert)
        return;
    note(publication, sqlite3_step(publication->insert));
    sqlite3_reset(publication->insert);
}

enum status publication_close(struct publication *publication, bool (*take)(void *user, struct slice bytes), void *user,
                              struct error *reterr_error)
{
    sqlite3_int64 len = 0;
    sqlite3_finalize(publication->insert);
    run_script(publication, "publish_index");
    if (!publication->status)
        note(publication, sqlite3_exec(publication->db, "COMMIT", NULL, NULL, NULL));
    unsigned char *bytes = publication->status || !take ? NULL : sqlite3_serialize(publication->db, "main", &len, 0);
    if (!publication->status && take && !bytes)
        publication->status = error_set(&publication->error, STATUS_NO_MEMORY, "no memory for the database that is written");
    for (size_t at = 0; bytes && at < (size_t)len && !publication->status; at += PIECE) {
        size_t piece = (size_t)len - at < PIECE ? (size_t)len - at : PIECE;
        if (!take(user, slice_make((const char *)bytes + at, piece)))
            publication->status = error_set(&publication->error, STATUS_IO, "the output could not be written");
    }
    sqlite3_free(bytes);
    sqlite3_close(publication->db);
    enum status status = publication->status;
    if (status && reterr_error)
        *reterr_error = publication->error;
    free(publication);
    return status;
}
