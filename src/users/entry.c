// SPDX-License-Identifier: MIT
// Signing in: the password is compared, a new session begins; who guesses waits longer and longer.
//
// Wrong passwords are counted by account and by address, in the file, so that a restart forgets nothing. After ACCOUNT_FREE of an account
// or ADDRESS_FREE of an address each further try waits: a minute, two, four … up to a bound. So an account can be held up by others, but
// for minutes only, and nobody tries more than some three hundred passwords a day on it from however many addresses. A try that came too
// early is neither compared nor counted. A day without a wrong password forgets them.
//
// One password is compared at a time, since that takes 64 MiB, and a flood of tries would take all; a few wait, the others are told to come
// again.
// The clock may jump: what was noted at a time that has not come yet counts from now, and a session from then is over.
// A session is a random number whose hash is kept; it is made when the password was right, and nothing that a browser showed before becomes
// one (fixation).
#include <arpa/inet.h>
#include <stdio.h>

#include "base/sha256.h"
#include "users/file.h"
#include "users/secret.h"
#include "users/subject.h"
#include "users/word.h"

#define ACCOUNT_FREE 5
#define ACCOUNT_LONGEST (5 * 60)
#define ADDRESS_FREE 20
#define ADDRESS_LONGEST (60 * 60)
#define FIRST_WAIT 60
#define COMPARING_MOST 3            // at a time, with those that wait: a thread that waits holds up its other connections
#define FORGET_SECONDS (24 * 3600)
#define FAILURES_MAX 10000          // subjects that are remembered
#define TOUCH_SECONDS 60            // how exactly is known when it was used last
#define CLOCK_SECONDS 3600          // by which a clock may be put back without signing everybody out
#define SESSIONS_MAX 20             // of one user; the oldest gives way

// ---- who guesses ----------------------------------------------------------------------------------------------------------
struct subject subject_of_name(struct slice name)
{
    struct subject subject;
    char lower[USER_NAME_MAX], id[SHA256_ID_SIZE];
    size_t len = name.len < sizeof lower ? name.len : sizeof lower;
    for (size_t i = 0; i < len; i++)
        lower[i] = name.at[i] >= 'A' && name.at[i] <= 'Z' ? (char)(name.at[i] + 'a' - 'A') : name.at[i];
    sha256_id(slice_make(lower, len), id);
    snprintf(subject.text, sizeof subject.text, "name %.32s", id + strlen("sha256:"));
    return subject;
}

bool subject_same_name(struct slice a, struct slice b)
{
    struct subject one = subject_of_name(a), other = subject_of_name(b);
    return strcmp(one.text, other.text) == 0;
}

struct subject subject_of_address(struct slice address)
{
    struct subject subject;
    char text[INET6_ADDRSTRLEN];
    struct in6_addr six;
    snprintf(text, sizeof text, "%.*s", (int)address.len, address.at ? address.at : "");
    if (inet_pton(AF_INET6, text, &six) == 1 && !IN6_IS_ADDR_V4MAPPED(&six)) {
        memset(six.s6_addr + 8, 0, 8);
        inet_ntop(AF_INET6, &six, text, sizeof text);
    }
    snprintf(subject.text, sizeof subject.text, "address %s", text);
    return subject;
}

// Seconds until the next try is taken.
static int64_t wait_of(struct users *users, const struct subject *subject, int64_t free_tries, int64_t longest, bool *is_ahead)
{
    sqlite3_stmt *statement = file_statement(users, "failure_find");
    file_bind(statement, ":subject", slice_from(subject->text));
    file_bind_int(statement, ":forget", FORGET_SECONDS);
    if (!file_step(users, statement))
        return 0;
    int64_t over = sqlite3_column_int64(statement, 0) - free_tries, since = sqlite3_column_int64(statement, 1), wait = longest;
    sqlite3_reset(statement);
    *is_ahead |= since < 0;
    if (over < 0)
        return 0;
    if (over < 10 && FIRST_WAIT << over < longest)
        wait = FIRST_WAIT << over;
    return since < 0 ? wait : since >= wait ? 0 : wait - since;
}

static void count_failure(struct users *users, const struct subject *subject)
{
    sqlite3_stmt *statement = file_statement(users, "failure_note");
    file_bind(statement, ":subject", slice_from(subject->text));
    file_bind_int(statement, ":forget", FORGET_SECONDS);
    file_step(users, statement);
    statement = file_statement(users, "failure_clear");
    file_bind_int(statement, ":forget", FORGET_SECONDS);
    file_bind_int(statement, ":most", FAILURES_MAX);
    file_step(users, statement);
}

// ---- signing in -----------------------------------------------------------------------------------------------------------
struct attempt {
    struct subject account, address;
    struct word name, password;
    struct slice from;
    char kept[USER_NAME_MAX + 1], hash[crypto_pwhash_STRBYTES];     // "": no such user, or a disabled one
    int64_t wait;
    bool is_ahead;                      // a wrong password was noted at a time that has not come
};

static bool look_up(struct users *users, struct attempt *attempt)
{
    file_begin(users, false);
    int64_t account = wait_of(users, &attempt->account, ACCOUNT_FREE, ACCOUNT_LONGEST, &attempt->is_ahead);
    int64_t address = wait_of(users, &attempt->address, ADDRESS_FREE, ADDRESS_LONGEST, &attempt->is_ahead);
    attempt->wait = account > address ? account : address;
    sqlite3_stmt *statement = file_statement(users, "user_find");
    file_bind(statement, ":name", word_slice(&attempt->name));
    if (file_step(users, statement) && !sqlite3_column_int64(statement, 2)) {     // a disabled one is as if it were not there
        snprintf(attempt->kept, sizeof attempt->kept, "%s", file_column(statement, 0).at);
        snprintf(attempt->hash, sizeof attempt->hash, "%s", file_column(statement, 1).at);
    }
    sqlite3_reset(statement);
    return file_end(users, NULL) == STATUS_OK;
}

// The password was compared.
static bool settle(struct users *users, const struct attempt *attempt, bool right)
{
    file_begin(users, true);
    if (right) {
        sqlite3_stmt *statement = file_statement(users, "failure_forget");
        file_bind(statement, ":subject", slice_from(attempt->account.text));
        file_step(users, statement);
    } else {
        count_failure(users, &attempt->account);
        count_failure(users, &attempt->address);
        file_event(users, "failed", word_slice(&attempt->name), (struct user_actor){.address = attempt->from});
    }
    return file_end(users, NULL) == STATUS_OK;
}

static bool mend_clock(struct users *users)
{
    file_begin(users, true);
    file_step(users, file_statement(users, "failure_mend"));
    return file_end(users, NULL) == STATUS_OK;
}

static bool line_up(struct users *users)
{
    pthread_mutex_lock(&users->lock);
    bool has_room = users->comparing < COMPARING_MOST;
    users->comparing += has_room;
    pthread_mutex_unlock(&users->lock);
    if (has_room)
        pthread_mutex_lock(&users->hashing);
    return has_room;
}

static void step_back(struct users *users)
{
    pthread_mutex_unlock(&users->hashing);
    pthread_mutex_lock(&users->lock);
    users->comparing--;
    pthread_mutex_unlock(&users->lock);
}

// The caller has lined up.
static enum sign_in compare(struct users *users, struct attempt *attempt)
{
    if (!look_up(users, attempt) || (attempt->is_ahead && !mend_clock(users)))
        return SIGN_IN_FAILED;
    if (attempt->wait)
        return SIGN_IN_WAIT;
    bool right = word_matches(word_slice(&attempt->password), slice_from(attempt->hash));
    if (!settle(users, attempt, right))
        return SIGN_IN_FAILED;
    return right ? SIGN_IN_DONE : SIGN_IN_WRONG;
}

static enum sign_in begin_session(struct users *users, struct slice name, struct slice address, struct signed_in *ret_done)
{
    char hash[SHA256_ID_SIZE];
    if (!secret_make(ret_done->token, SECRET_LENGTH))
        return SIGN_IN_FAILED;
    sha256_id(slice_from(ret_done->token), hash);
    file_begin(users, true);
    sqlite3_stmt *statement = file_statement(users, "session_insert");
    file_bind(statement, ":hash", slice_from(hash));
    file_bind(statement, ":name", name);
    file_step(users, statement);
    if (!users->status && sqlite3_changes(users->db) == 0)
        file_fail(users, STATUS_NOT_FOUND, "the user was removed or disabled meanwhile");
    statement = file_statement(users, "user_signed_in");
    file_bind(statement, ":name", name);
    file_step(users, statement);
    statement = file_statement(users, "session_clear");
    file_bind(statement, ":name", name);
    file_bind_int(statement, ":idle", IDLE_SECONDS);
    file_bind_int(statement, ":absolute", ABSOLUTE_SECONDS);
    file_bind_int(statement, ":slack", CLOCK_SECONDS);
    file_bind_int(statement, ":most", SESSIONS_MAX);
    file_step(users, statement);
    file_event(users, "sign-in", name, (struct user_actor){.address = address});
    return file_end(users, NULL) ? SIGN_IN_FAILED : SIGN_IN_DONE;
}

// Parameters of hashing grow with the years; the password is at hand now.
static void renew_hash(struct users *users, const struct attempt *attempt)
{
    char hash[crypto_pwhash_STRBYTES];
    if (!word_is_outdated(slice_from(attempt->hash)) || !word_hash(word_slice(&attempt->password), hash))
        return;
    file_begin(users, true);
    sqlite3_stmt *statement = file_statement(users, "user_rehash");
    file_bind(statement, ":name", slice_from(attempt->kept));
    file_bind(statement, ":password", slice_from(hash));
    file_step(users, statement);
    file_end(users, NULL);
}

// `password` at NULL: the old one stays.
static enum sign_in enter(struct users *users, struct slice name, struct slice old_password, struct slice password, struct slice address,
                          struct signed_in *ret_done, struct error *reterr_error)
{
    struct attempt attempt = {.name = word_read(name, USER_NAME_MAX), .password = word_read(old_password, PASSWORD_MAX), .from = address,
                              .address = subject_of_address(address)};
    attempt.account = subject_of_name(word_slice(&attempt.name));
    *ret_done = (struct signed_in){.wait = 0};
    if (!line_up(users)) {
        word_wipe(&attempt.password);
        return SIGN_IN_BUSY;
    }
    enum sign_in result = compare(users, &attempt);
    struct slice kept = slice_from(attempt.kept);
    if (result == SIGN_IN_DONE && password.at) {
        enum status status = accounts_set_password(users, kept, password, (struct user_actor){.address = address}, reterr_error);
        result = status == STATUS_BAD_ARGUMENT ? SIGN_IN_REFUSED : status ? SIGN_IN_FAILED : SIGN_IN_DONE;
    } else if (result == SIGN_IN_DONE) {
        renew_hash(users, &attempt);
    }
    step_back(users);
    if (result == SIGN_IN_DONE)
        result = begin_session(users, kept, address, ret_done);
    ret_done->wait = attempt.wait;
    word_wipe(&attempt.password);
    return result;
}

enum sign_in users_sign_in(struct users *users, struct slice name, struct slice password, struct slice address, struct signed_in *ret_done)
{
    return enter(users, name, password, (struct slice){NULL, 0}, address, ret_done, NULL);
}

enum sign_in users_change_password(struct users *users, struct slice name, struct slice old_password, struct slice password,
                                   struct slice address, struct signed_in *ret_done, struct error *reterr_error)
{
    return enter(users, name, old_password, password.at ? password : SLICE(""), address, ret_done, reterr_error);
}

// ---- sessions -------------------------------------------------------------------------------------------------------------
static bool find(struct users *users, enum proof proof, struct slice secret, const char *hash, struct user_found *ret_found,
                 bool *ret_stale)
{
    static const char *const names[] = {[PROOF_SESSION] = "by_session", [PROOF_PROGRAM] = "by_program", [PROOF_FEED] = "by_feed"};
    sqlite3_stmt *statement = file_statement(users, names[proof]);
    file_bind(statement, ":hash", slice_from(hash));
    file_bind(statement, ":secret", secret);
    file_bind_int(statement, ":idle", IDLE_SECONDS);
    file_bind_int(statement, ":absolute", ABSOLUTE_SECONDS);
    file_bind_int(statement, ":slack", CLOCK_SECONDS);
    file_bind_int(statement, ":touch", TOUCH_SECONDS);
    if (!file_step(users, statement))
        return false;
    snprintf(ret_found->name, sizeof ret_found->name, "%s", file_column(statement, 0).at);
    ret_found->role = role_from(file_column(statement, 1));
    snprintf(ret_found->feed_key, sizeof ret_found->feed_key, "%s", file_column(statement, 2).at);
    *ret_stale = sqlite3_column_int64(statement, 3) != 0;
    sqlite3_reset(statement);
    return true;
}

// Should it fail, the session ends a little early.
static void touch(struct users *users, const char *hash)
{
    file_begin(users, true);
    sqlite3_stmt *statement = file_statement(users, "session_touch");
    file_bind(statement, ":hash", slice_from(hash));
    file_step(users, statement);
    file_end(users, NULL);
}

bool users_find(struct users *users, enum proof proof, struct slice secret, struct user_found *ret_found)
{
    char hash[SHA256_ID_SIZE];
    bool stale = false;
    if (secret.len != SECRET_LENGTH)
        return false;
    sha256_id(secret, hash);
    file_begin(users, false);
    bool found = find(users, proof, secret, hash, ret_found, &stale);
    found = file_end(users, NULL) == STATUS_OK && found;
    if (found && stale)
        touch(users, hash);
    return found;
}

bool users_sign_out(struct users *users, struct slice token, struct slice address)
{
    struct user_found found;
    char hash[SHA256_ID_SIZE];
    bool stale;
    sha256_id(token, hash);
    file_begin(users, true);
    if (find(users, PROOF_SESSION, token, hash, &found, &stale)) {
        sqlite3_stmt *statement = file_statement(users, "session_remove");
        file_bind(statement, ":hash", slice_from(hash));
        file_step(users, statement);
        file_event(users, "sign-out", slice_from(found.name), (struct user_actor){.address = address});
    }
    return file_end(users, NULL) == STATUS_OK;
}
