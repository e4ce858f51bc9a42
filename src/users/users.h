// SPDX-License-Identifier: MIT
// Who may use a server over a register: names, roles, passwords, browsers that are signed in, what happened.
//
// They stand in an SQLite file of their own beside the register, named after it: registers are handed on, copied and opened by other
// programs, and no hash of a password travels along; nor does each click of a reader write into the register. Decisions bear the name as
// text, so they do not need this file.
//
// Every function may be called from any thread.
#ifndef KARAR_USERS_USERS_H
#define KARAR_USERS_USERS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"
#include "users/role.h"

#define USERS_ENDING ".users"
#define USER_NAME_MAX ((size_t)60)          // bytes
#define PASSWORD_LEAST ((size_t)12)         // characters
#define PASSWORD_MAX ((size_t)1024)         // bytes
#define SECRET_LENGTH ((size_t)64)          // hexadecimal digits: 256 bits

struct users;

// The file beside the register; made if `create`. STATUS_NOT_FOUND, without a text: it is not there. One that others can read is refused.
enum status users_open(const char *register_path, bool create, struct users **ret_users, struct error *reterr_error);
void users_close(struct users *users);
// How many there are; -1 on failure.
int64_t users_count(struct users *users);

// A copy, readable for its owner. `path` must be free.
enum status users_backup(struct users *users, const char *path, struct error *reterr_error);

// "reader", "reviewer", "keeper"; ROLE_UNDECLARED if it is none of them.
enum role role_from(struct slice name);
const char *role_name(enum role role);

// Names and passwords are brought into normal form (NFC), so that keyboards which write a letter in different ways agree. What is wrong
// with one is said in *reterr_error. STATUS_NOT_FOUND: no such user.
//
// A keeper (`actor`) changes other accounts alone, and must be one when the change is made: what else is refused with STATUS_BAD_ARGUMENT.
// So a keeper is always left. Each change is noted with who made it.
struct user_actor {
    struct slice keeper;        // empty: the user of the account, or the command line
    struct slice address;       // empty: the command line
};
enum status users_add(struct users *users, struct slice name, enum role role, struct slice password, struct user_actor actor,
                      struct error *reterr_error);
enum status users_set_role(struct users *users, struct slice name, enum role role, struct user_actor actor, struct error *reterr_error);
// Ends the user's sessions and keys, and forgets wrong passwords.
enum status users_set_password(struct users *users, struct slice name, struct slice password, struct user_actor actor,
                               struct error *reterr_error);
enum user_change {
    USER_DISABLE,           // ends sessions and the key of programs; nothing opens until USER_ENABLE
    USER_ENABLE,
    USER_END_SESSIONS,      // of all browsers; keys stay
    USER_REMOVE,
};
enum status users_change(struct users *users, struct slice name, enum user_change what, struct user_actor actor,
                         struct error *reterr_error);
// What the user's programs show from now on, in the place of any that there was; only its hash is kept.
enum status users_make_key(struct users *users, struct slice name, char ret_key[SECRET_LENGTH + 1], struct error *reterr_error);

// Rows of text; at NULL: none. They live until the callback returns.
typedef void (*users_taker)(void *user, int count, const char *const *names, const struct slice *values);
// name, role, made, signed_in, key, disabled, sessions; all, by name, or the one of this name.
enum status users_list(struct users *users, struct slice name, int64_t skip, int64_t limit, users_taker taker, void *user,
                       struct error *reterr_error);
// id, made, event, name, address, keeper; the latest first; all, or those of this name.
enum status users_events(struct users *users, struct slice name, int64_t skip, int64_t limit, users_taker taker, void *user,
                         struct error *reterr_error);
// Notes what happened. `address` empty: the command line.
void users_note(struct users *users, const char *event, struct slice name, struct slice address);

// ---- signing in -----------------------------------------------------------------------------------------------------------
enum sign_in {
    SIGN_IN_DONE,
    SIGN_IN_WRONG,      // no such user, or another password: nobody learns which
    SIGN_IN_WAIT,       // too many were wrong; nothing was compared
    SIGN_IN_BUSY,       // passwords of others are being compared, one at a time, and some wait
    SIGN_IN_REFUSED,    // the new password is none; *reterr_error says why
    SIGN_IN_FAILED,     // the file failed
};
struct signed_in {
    char token[SECRET_LENGTH + 1];      // SIGN_IN_DONE: a new one; what the browser had before opens nothing
    int64_t wait;                       // SIGN_IN_WAIT: seconds
};
enum sign_in users_sign_in(struct users *users, struct slice name, struct slice password, struct slice address, struct signed_in *ret_done);
// Ends all other sessions of the user.
enum sign_in users_change_password(struct users *users, struct slice name, struct slice old_password, struct slice password,
                                   struct slice address, struct signed_in *ret_done, struct error *reterr_error);
// False: the file failed, and the session goes on. One that is over already is none.
bool users_sign_out(struct users *users, struct slice token, struct slice address);

enum proof { PROOF_SESSION, PROOF_PROGRAM, PROOF_FEED };
struct user_found {
    char name[USER_NAME_MAX + 1];
    enum role role;
    char feed_key[SECRET_LENGTH + 1];
};
// Whose secret this is; false: nobody's, or its time is over.
bool users_find(struct users *users, enum proof proof, struct slice secret, struct user_found *ret_found);

#endif
