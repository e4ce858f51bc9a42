// SPDX-License-Identifier: MIT
// Questions: a statement of questions.sql by its name, its parameters, its rows. Each runs in one read transaction, so that the answer is
// of one moment even while others write.
//
// Words to search for become a full-text query of our own making: each word in quotes, all of them wanted, the last also as the begin of a
// longer word where too few reports hold it as it is. So no character of a user is ever syntax.
#include <stdio.h>

#include "register/store.h"

// `begins`: the last word may go on.
static struct slice search_words(struct registry *registry, struct slice words, bool begins)
{
    char *out = arena_alloc(&registry->work, words.len * 4 + 8);
    size_t len = 0;
    for (struct slice rest = words; rest.len;) {
        struct slice word = slice_cut(&rest, ' ');
        if (word.len == 0)
            continue;
        if (len > 0)
            out[len++] = ' ';
        out[len++] = '"';
        for (size_t i = 0; i < word.len; i++) {
            if (word.at[i] == '"')
                out[len++] = '"';
            out[len++] = word.at[i] == '\0' ? ' ' : word.at[i];
        }
        out[len++] = '"';
    }
    if (len > 0 && begins)
        out[len++] = '*';
    return slice_make(out, len);
}

// Sessions as they stood on a day are made for the question, in a temporary table. Questions of one held transaction share them: what
// they were made of does not change meanwhile.
static void make_sessions_then(struct registry *registry, const char *name, const struct registry_question *question)
{
    const char *sessions = store_sessions_of(name);
    char then[sizeof registry->then];
    if (!sessions || registry->status || (registry->has_then && !question->as_of.at))
        return;
    int len = snprintf(then, sizeof then, "%s %.*s %.*s", sessions, (int)question->pair.len, question->pair.at ? question->pair.at : "",
                       (int)question->as_of.len, question->as_of.at ? question->as_of.at : "");
    bool fits = len >= 0 && (size_t)len < sizeof then;
    if (registry->held && fits && question->as_of.at && strcmp(then, registry->then) == 0)
        return;
    registry->then[0] = '\0';
    if (registry->read_only)
        store_run_text(registry, "PRAGMA query_only = 0", "the register");      // it forbids temporary tables, too
    registry->has_then = store_script(registry, "session_then_make");
    if (question->as_of.at)
        votes_as_of(registry, sessions, question->pair, question->as_of);
    store_rest(registry);
    if (registry->read_only)
        store_run_text(registry, "PRAGMA query_only = 1", "the register");
    if (registry->held && fits && !registry->status)
        memcpy(registry->then, then, (size_t)len + 1);
}

// What counts for a year is gathered once for all questions of a held transaction that count it, in temporary tables.
static void gather_years(struct registry *registry, const char *name, const struct registry_question *question)
{
    char gathered[sizeof registry->gathered];
    if (registry->status || !store_counts_years(name))
        return;
    int len = snprintf(gathered, sizeof gathered, "%.*s %.*s", (int)question->pair.len, question->pair.at ? question->pair.at : "",
                       (int)question->as_of.len, question->as_of.at ? question->as_of.at : "");
    bool fits = len >= 0 && (size_t)len < sizeof gathered;
    if (registry->held && fits && *registry->gathered && strcmp(gathered, registry->gathered) == 0)
        return;
    registry->gathered[0] = '\0';
    make_sessions_then(registry, "year_fact_fill", question);
    if (registry->read_only)
        store_run_text(registry, "PRAGMA query_only = 0", "the register");
    if (store_script(registry, "year_facts_make")) {
        sqlite3_stmt *fill = store_statement(registry, "year_fact_fill");
        store_bind(fill, ":pair", question->pair);
        store_bind(fill, ":as_of", question->as_of);
        store_run(registry, fill);
        store_run(registry, store_statement(registry, "year_count_fill"));
    }
    store_rest(registry);
    if (registry->read_only)
        store_run_text(registry, "PRAGMA query_only = 1", "the register");
    if (registry->held && fits && !registry->status)
        memcpy(registry->gathered, gathered, (size_t)len + 1);
}

// They may be as large as the register.
static void drop_years(struct registry *registry)
{
    registry->gathered[0] = '\0';
    if (registry->read_only)
        store_run_text(registry, "PRAGMA query_only = 0", "the register");
    store_script(registry, "year_facts_drop");
    if (registry->read_only)
        store_run_text(registry, "PRAGMA query_only = 1", "the register");
}

bool registry_skips(const char *name)
{
    return store_skips(name);
}

enum status registry_ask(struct registry *registry, const char *name, const struct registry_question *question, registry_row_taker taker,
                         void *user, struct error *reterr_error)
{
    store_begin(registry, false);
    enum status unwound = ARENA_CATCH(&registry->work);
    if (unwound) {
        store_fail(registry, unwound, "while asking");
        registry->has_then = false;
        return store_end(registry, reterr_error);
    }
    if (!store_is_question(name))
        store_fail(registry, STATUS_NOT_FOUND, "the register knows no such question");
    make_sessions_then(registry, name, question);
    gather_years(registry, name, question);
    struct slice words = question->words.at ? search_words(registry, question->words, true) : question->words;
    struct slice exact = question->words.at ? search_words(registry, question->words, false) : question->words;
    sqlite3_stmt *statement = store_statement(registry, name);
    store_bind(statement, ":pair", question->pair);
    store_bind(statement, ":id", question->id);
    store_bind(statement, ":words", words);
    store_bind(statement, ":exact", exact);
    store_bind(statement, ":as_of", question->as_of);
    store_bind(statement, ":languages", question->languages);
    store_bind(statement, ":since", question->since);
    store_bind(statement, ":until", question->until);
    store_bind_int(statement, ":years", question->years);
    store_bind_int(statement, ":skip", question->skip);
    store_bind_int(statement, ":limit", question->limit > 0 ? question->limit
            : strcmp(name, "calendar") == 0 ? INT64_MAX : REGISTRY_USUAL_LIMIT);     // a calendar has to be whole
    store_hand_out(registry, statement, taker, user);
    enum status status = store_end(registry, reterr_error);
    registry->has_then = registry->has_then && !status;     // a transaction that is rolled back takes the temporary table with it
    return status;
}

enum status registry_head(struct registry *registry, const char *name, registry_row_taker taker, void *user, struct error *reterr_error)
{
    store_begin(registry, false);
    if (!store_is_question(name))
        store_fail(registry, STATUS_NOT_FOUND, "the register knows no such question");
    store_hand_head(registry, store_statement(registry, name), taker, user);
    return store_end(registry, reterr_error);
}

enum status registry_hold(struct registry *registry, struct error *reterr_error)
{
    if (!store_begin(registry, false))
        return store_end(registry, reterr_error);
    registry->held = true;
    registry->then[0] = registry->gathered[0] = '\0';
    return STATUS_OK;
}

void registry_release(struct registry *registry)
{
    registry->held = false;
    registry->then[0] = '\0';
    store_rest(registry);
    if (*registry->gathered && !sqlite3_get_autocommit(registry->db))
        drop_years(registry);
    if (!sqlite3_get_autocommit(registry->db))
        sqlite3_exec(registry->db, "COMMIT", NULL, NULL, NULL);
}
