// SPDX-License-Identifier: MIT
// The open file of users and its statements. Private to this room.
//
// Between file_begin and file_end one thread has the file, and failure is sticky: after the first statement that fails further steps do
// nothing, and file_end rolls back.
#ifndef KARAR_USERS_FILE_H
#define KARAR_USERS_FILE_H

#include <pthread.h>
#include <sqlite3.h>

#include "users/users.h"

#define IDLE_SECONDS (12 * 3600)    // a session that nobody uses
#define ABSOLUTE_SECONDS (7 * 24 * 3600)

struct users {
    sqlite3 *db;
    sqlite3_stmt **statements;      // by number of users_statements; NULL: not prepared yet
    pthread_mutex_t lock;           // around each use of the file
    pthread_mutex_t hashing;        // around each comparison of a password: one takes 64 MiB and a tenth of a second
    int comparing;                  // who has `hashing` or waits for it; under `lock`
    enum status status;
    struct error error;
};

// `write`: one transaction.
void file_begin(struct users *users, bool write);
enum status file_end(struct users *users, struct error *reterr_error);
// Reset and without parameters; NULL after a failure.
sqlite3_stmt *file_statement(struct users *users, const char *name);
// Parameters by name, passed over where the statement has none such. Text is bound by reference; at NULL: SQL's NULL.
void file_bind(sqlite3_stmt *statement, const char *name, struct slice text);
void file_bind_int(sqlite3_stmt *statement, const char *name, int64_t value);
// True while there is a row. At the end, or on failure, the statement is reset.
bool file_step(struct users *users, sqlite3_stmt *statement);
// A column of the row; lives until the next step.
struct slice file_column(sqlite3_stmt *statement, int column);
enum status file_fail(struct users *users, enum status status, const char *text);

// Within file_begin and file_end: notes what happened.
void file_event(struct users *users, const char *event, struct slice name, struct user_actor actor);

#endif
