// SPDX-License-Identifier: MIT
// Accounts: added, given a role, a password, a key, removed; lists of them and of what happened.
//
// What somebody may do follows the account at once: a session knows only whose it is. A new password, set because the old one may be
// known to others, ends all that the old one opened; so does disabling, until somebody enables the account again.
#include "base/sha256.h"
#include "users/file.h"
#include "users/secret.h"
#include "users/subject.h"
#include "users/word.h"

#define NO_SUCH_USER "no such user: `karar user list` prints their names"

static const char *const role_names[] = {
    [ROLE_UNDECLARED] = "", [ROLE_ANYBODY] = "", [ROLE_READER] = "reader", [ROLE_REVIEWER] = "reviewer", [ROLE_KEEPER] = "keeper",
};

enum role role_from(struct slice name)
{
    for (enum role role = ROLE_READER; role <= ROLE_KEEPER; role++)
        if (slice_is(name, role_names[role]))
            return role;
    return ROLE_UNDECLARED;
}

const char *role_name(enum role role)
{
    return role_names[role];
}

int64_t users_count(struct users *users)
{
    file_begin(users, false);
    sqlite3_stmt *statement = file_statement(users, "user_count");
    int64_t count = file_step(users, statement) ? sqlite3_column_int64(statement, 0) : -1;
    sqlite3_reset(statement);
    return file_end(users, NULL) ? -1 : count;
}

// ---- changes --------------------------------------------------------------------------------------------------------------
// What a password is kept as, and the key of feeds that goes with it.
struct secrets {
    char hash[crypto_pwhash_STRBYTES], feed_key[SECRET_LENGTH + 1];
};

// `fault`: what is wrong already, or NULL. Takes a tenth of a second; the caller holds no lock of the file.
static enum status make_secrets(struct slice password, struct slice name, const char *fault, struct secrets *ret_secrets,
                                struct error *reterr_error)
{
    struct word word = word_read(password, PASSWORD_MAX);
    if (!fault)
        fault = word_password_fault(word_slice(&word), name);
    bool made = !fault && word_hash(word_slice(&word), ret_secrets->hash) && secret_make(ret_secrets->feed_key, SECRET_LENGTH);
    word_wipe(&word);
    if (fault)
        return error_set(reterr_error, STATUS_BAD_ARGUMENT, "%s", fault);
    return made ? STATUS_OK : error_set(reterr_error, STATUS_NO_MEMORY, "no memory to hash a password");
}

// A keeper is one still when the change is made, and changes no account of their own: so there is always one left.
static void check_keeper(struct users *users, struct user_actor actor, struct slice name)
{
    if (!actor.keeper.len)
        return;
    sqlite3_stmt *statement = file_statement(users, "keeper_find");
    file_bind(statement, ":name", actor.keeper);
    if (!file_step(users, statement))
        file_fail(users, STATUS_BAD_ARGUMENT, "only a keeper changes accounts");
    sqlite3_reset(statement);
    if (subject_same_name(actor.keeper, name))
        file_fail(users, STATUS_BAD_ARGUMENT, "a keeper's own account is changed by another keeper, or by `karar user`");
}

// Runs a statement that changes the user of this name; fails if there is none.
static void change(struct users *users, sqlite3_stmt *statement, struct slice name)
{
    file_bind(statement, ":name", name);
    file_step(users, statement);
    if (!users->status && sqlite3_changes(users->db) == 0)
        file_fail(users, STATUS_NOT_FOUND, NO_SUCH_USER);
}

static void end_sessions(struct users *users, struct slice name)
{
    sqlite3_stmt *statement = file_statement(users, "session_remove_all");
    file_bind(statement, ":name", name);
    file_step(users, statement);
}

enum status users_add(struct users *users, struct slice name, enum role role, struct slice password, struct user_actor actor,
                      struct error *reterr_error)
{
    struct word called = word_read(name, USER_NAME_MAX);
    struct secrets secrets;
    const char *fault = word_name_fault(word_slice(&called));
    if (!fault && role < ROLE_READER)
        fault = "a role is reader, reviewer or keeper";
    enum status status = make_secrets(password, word_slice(&called), fault, &secrets, reterr_error);
    if (status)
        return status;
    file_begin(users, true);
    check_keeper(users, actor, word_slice(&called));
    sqlite3_stmt *statement = file_statement(users, "user_find");
    file_bind(statement, ":name", word_slice(&called));
    if (file_step(users, statement))
        file_fail(users, STATUS_BAD_ARGUMENT, "there is a user of this name already");
    sqlite3_reset(statement);
    statement = file_statement(users, "user_insert");
    file_bind(statement, ":name", word_slice(&called));
    file_bind(statement, ":role", slice_from(role_names[role]));
    file_bind(statement, ":password", slice_from(secrets.hash));
    file_bind(statement, ":feed_key", slice_from(secrets.feed_key));
    file_step(users, statement);
    file_event(users, "added", word_slice(&called), actor);
    return file_end(users, reterr_error);
}

enum status users_set_role(struct users *users, struct slice name, enum role role, struct user_actor actor, struct error *reterr_error)
{
    struct word called = word_read(name, USER_NAME_MAX);
    if (role < ROLE_READER)
        return error_set(reterr_error, STATUS_BAD_ARGUMENT, "a role is reader, reviewer or keeper");
    file_begin(users, true);
    check_keeper(users, actor, word_slice(&called));
    sqlite3_stmt *statement = file_statement(users, "user_role");
    file_bind(statement, ":role", slice_from(role_names[role]));
    change(users, statement, word_slice(&called));
    file_event(users, "role", word_slice(&called), actor);
    return file_end(users, reterr_error);
}

enum status accounts_set_password(struct users *users, struct slice name, struct slice password, struct user_actor actor,
                                  struct error *reterr_error)
{
    struct subject subject = subject_of_name(name);
    struct secrets secrets;
    enum status status = make_secrets(password, name, NULL, &secrets, reterr_error);
    if (status)
        return status;
    file_begin(users, true);
    check_keeper(users, actor, name);
    sqlite3_stmt *statement = file_statement(users, "user_password");
    file_bind(statement, ":password", slice_from(secrets.hash));
    file_bind(statement, ":feed_key", slice_from(secrets.feed_key));
    change(users, statement, name);
    end_sessions(users, name);
    statement = file_statement(users, "failure_forget");
    file_bind(statement, ":subject", slice_from(subject.text));
    file_step(users, statement);
    file_event(users, "password", name, actor);
    return file_end(users, reterr_error);
}

enum status users_set_password(struct users *users, struct slice name, struct slice password, struct user_actor actor,
                               struct error *reterr_error)
{
    struct word called = word_read(name, USER_NAME_MAX);
    if (!called.len)
        return error_set(reterr_error, STATUS_NOT_FOUND, NO_SUCH_USER);
    return accounts_set_password(users, word_slice(&called), password, actor, reterr_error);
}

enum status users_change(struct users *users, struct slice name, enum user_change what, struct user_actor actor, struct error *reterr_error)
{
    static const struct {
        const char *statement, *event;
    } changes[] = {
        [USER_DISABLE] = {"user_disable", "disabled"},
        [USER_ENABLE] = {"user_enable", "enabled"},
        [USER_END_SESSIONS] = {NULL, "ended"},
        [USER_REMOVE] = {"user_remove", "removed"},
    };
    struct word called = word_read(name, USER_NAME_MAX);
    file_begin(users, true);
    check_keeper(users, actor, word_slice(&called));
    file_event(users, changes[what].event, word_slice(&called), actor);     // first: it tells a name that is there
    if (what != USER_ENABLE)
        end_sessions(users, word_slice(&called));
    const char *statement = changes[what].statement ? changes[what].statement : "user_same";
    change(users, file_statement(users, statement), word_slice(&called));
    return file_end(users, reterr_error);
}

enum status users_make_key(struct users *users, struct slice name, char ret_key[SECRET_LENGTH + 1], struct error *reterr_error)
{
    struct word called = word_read(name, USER_NAME_MAX);
    char hash[SHA256_ID_SIZE];
    if (!secret_make(ret_key, SECRET_LENGTH))
        return error_set(reterr_error, STATUS_IO, "the system gives no random numbers");
    sha256_id(slice_from(ret_key), hash);
    file_begin(users, true);
    sqlite3_stmt *statement = file_statement(users, "user_key");
    file_bind(statement, ":hash", slice_from(hash));
    change(users, statement, word_slice(&called));
    file_event(users, "key", word_slice(&called), (struct user_actor){.address = SLICE("")});
    return file_end(users, reterr_error);
}

// ---- lists ----------------------------------------------------------------------------------------------------------------
static void hand_out(struct users *users, sqlite3_stmt *statement, users_taker taker, void *user)
{
    enum { MAX_COLUMNS = 8 };
    const char *names[MAX_COLUMNS];
    struct slice values[MAX_COLUMNS];
    int count = statement ? sqlite3_column_count(statement) : 0;
    while (file_step(users, statement)) {
        for (int i = 0; i < count && i < MAX_COLUMNS; i++) {
            names[i] = sqlite3_column_name(statement, i);
            values[i] = file_column(statement, i);
        }
        taker(user, count < MAX_COLUMNS ? count : MAX_COLUMNS, names, values);
    }
}

enum status users_list(struct users *users, struct slice name, int64_t skip, int64_t limit, users_taker taker, void *user,
                       struct error *reterr_error)
{
    file_begin(users, false);
    sqlite3_stmt *statement = file_statement(users, "user_list");
    file_bind(statement, ":name", name.len ? name : (struct slice){NULL, 0});
    file_bind_int(statement, ":skip", skip);
    file_bind_int(statement, ":limit", limit);
    file_bind_int(statement, ":idle", IDLE_SECONDS);
    file_bind_int(statement, ":absolute", ABSOLUTE_SECONDS);
    hand_out(users, statement, taker, user);
    return file_end(users, reterr_error);
}

enum status users_events(struct users *users, struct slice name, int64_t skip, int64_t limit, users_taker taker, void *user,
                         struct error *reterr_error)
{
    file_begin(users, false);
    sqlite3_stmt *statement = file_statement(users, name.len ? "event_list_of" : "event_list");
    file_bind(statement, ":name", name);
    file_bind_int(statement, ":skip", skip);
    file_bind_int(statement, ":limit", limit);
    hand_out(users, statement, taker, user);
    return file_end(users, reterr_error);
}

void users_note(struct users *users, const char *event, struct slice name, struct slice address)
{
    file_begin(users, true);
    file_event(users, event, name, (struct user_actor){.address = address});
    file_end(users, NULL);
}
