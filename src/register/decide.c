// SPDX-License-Identifier: MIT
// People's decisions: stored for good, and applied to what is derived.
//
// A decision about a claim keeps the document's hash, the claim's kind and where its words begin: a later reader may number its claims
// anew, the words stay. Edits are laid over what reports say when it is asked for; the table `edited` holds them under the ids that things
// have now. Merges, splits and rejections move claims: the documents they touch get their scopes again, and every scope that was left or
// entered is matched anew. Merging people tells those of their party apart anew.
//
// Nothing is taken back by removing: an undo is a decision of its own, and a split is the undo of the merges into which its target went.
#include <stdio.h>

#include "doc/date.h"
#include "register/store.h"

#define MERGES_MAX 16       // that may lead from one id to the next

static const char *const action_names[DECISION_COUNT] = {"accept", "reject", "edit", "merge", "split", "undo"};

// What of a thing people may edit.
static const struct {
    const char *kind, *fields;
} editable[] = {
    {"session", "status date place chairs"},
    {"instrument", "kind status date count subject sectors"},
    {"commitment", "stance topic sectors deadline fate"},
    {"person", "name offices"},
    {"body", "name"},
};
static const char *const fates[] = {"no-evidence", "not-started", "moving", "mostly-done", "done", "stalled", "slipped", "dropped",
        "superseded"};

typedef VEC(int64_t) id_vec;

// The claim that a decision is about, and where it will be found again.
struct anchor {
    struct slice hash, kind;
    int64_t first_byte, document;
};

static struct anchor find_claim(struct registry *registry, struct slice target)
{
    struct anchor anchor = {.first_byte = -1};
    sqlite3_stmt *statement = store_statement(registry, "claim_of_target");
    store_bind(statement, ":target", target);
    if (store_step(registry, statement)) {
        anchor.hash = store_column_kept(registry, statement, 0);
        anchor.kind = store_column_kept(registry, statement, 1);
        anchor.first_byte = sqlite3_column_int64(statement, 2);
        anchor.document = sqlite3_column_int64(statement, 3);
    }
    return anchor;
}

// What the id names: body, session, instrument, commitment, person; at NULL: nothing.
static struct slice kind_of(struct registry *registry, struct slice target)
{
    struct slice kind = {NULL, 0};
    sqlite3_stmt *statement = store_statement(registry, "kind_of_target");
    store_bind(statement, ":target", target);
    if (store_step(registry, statement)) {
        kind = store_column_kept(registry, statement, 0);
        sqlite3_reset(statement);
    }
    return kind;
}

static bool has_word(struct slice words, struct slice word)
{
    while (words.at && words.len)
        if (slice_eq(slice_cut(&words, ' '), word))
            return true;
    return false;
}

static bool is_date(struct slice value)
{
    struct date_range range;
    return date_parse_edtf(value, &range) && range.first.year;
}

static bool is_fate(struct slice value)
{
    for (size_t i = 0; i < sizeof fates / sizeof *fates; i++)
        if (slice_is(value, fates[i]))
            return true;
    return false;
}

static void check_edit(struct registry *registry, const struct registry_decision *decision)
{
    struct slice kind = kind_of(registry, decision->target);
    int64_t number;
    if (!kind.at) {
        store_fail(registry, STATUS_NOT_FOUND,
                "nothing has this id: karar sessions, instruments, commitments, people and bodies print them");
        return;
    }
    for (size_t i = 0; i < sizeof editable / sizeof *editable; i++)
        if (slice_is(kind, editable[i].kind) && !has_word(slice_from(editable[i].fields), decision->field))
            registry->status = error_set(&registry->error, STATUS_BAD_ARGUMENT, "what can be edited of a %s is: %s", editable[i].kind,
                    editable[i].fields);
    if (registry->status)
        return;
    if (decision->value.len == 0)
        store_fail(registry, STATUS_BAD_ARGUMENT, "an edit names the right value");
    else if ((slice_is(decision->field, "date") || slice_is(decision->field, "deadline")) && !is_date(decision->value))
        store_fail(registry, STATUS_BAD_ARGUMENT, "a date is written as 2025-11-27, 2025-11, 2025 or 2025-11-25/2025-11-27");
    else if (slice_is(decision->field, "count") && (!slice_to_int(decision->value, &number) || number < 1))
        store_fail(registry, STATUS_BAD_ARGUMENT, "a count is a number from 1");
    else if (slice_is(decision->field, "fate") && !is_fate(decision->value))
        store_fail(registry, STATUS_BAD_ARGUMENT,
                   "a fate is no-evidence, not-started, moving, mostly-done, done, stalled, slipped, dropped or superseded");
}

// Both ends must be things of one kind, and no merge may lead back.
static void check_merge(struct registry *registry, const struct registry_decision *decision)
{
    struct slice kind = kind_of(registry, decision->target), other = decision->value.len ? kind_of(registry,
            decision->value) : (struct slice){NULL, 0};
    struct slice next = decision->value;
    if (slice_eq(decision->target, decision->value))
        store_fail(registry, STATUS_BAD_ARGUMENT, "cannot merge a thing with itself");
    else if (!kind.at || !other.at)
        store_fail(registry, STATUS_NOT_FOUND,
                "no such body, session, instrument, thread or person: `karar bodies` and the like print their ids");
    else if (!slice_eq(kind, other))
        registry->status = error_set(&registry->error, STATUS_BAD_ARGUMENT, "cannot merge a %.*s with a %.*s", (int)kind.len, kind.at,
                (int)other.len, other.at);
    for (int steps = 0; !registry->status && steps < MERGES_MAX; steps++) {
        sqlite3_stmt *statement = store_statement(registry, "link_alias");
        store_bind(statement, ":target", next);
        if (!store_step(registry, statement))
            return;
        next = store_column_kept(registry, statement, 0);
        sqlite3_reset(statement);
        if (slice_eq(next, decision->target))
            store_fail(registry, STATUS_BAD_ARGUMENT, "that was merged into this one already: split it first");
    }
    if (!registry->status)
        store_fail(registry, STATUS_LIMIT, "too many merges lead from one to the next");
}

// Says what is wrong with the decision, if anything is.
static void check(struct registry *registry, const struct registry_decision *decision, struct anchor *ret_anchor)
{
    if (decision->author.len == 0 || decision->reason.len == 0 || decision->target.len == 0) {
        store_fail(registry, STATUS_BAD_ARGUMENT, "a decision names its target, its author and its reason");
        return;
    }
    switch (decision->action) {
    case DECISION_ACCEPT:
    case DECISION_REJECT:
        *ret_anchor = find_claim(registry, decision->target);
        if (ret_anchor->document == 0)
            store_fail(registry, STATUS_NOT_FOUND, "no such claim: `karar show` prints their ids (document/m1)");
        break;
    case DECISION_EDIT:
        check_edit(registry, decision);
        break;
    case DECISION_MERGE:
        check_merge(registry, decision);
        break;
    case DECISION_SPLIT:
    case DECISION_UNDO:
        break;
    default:
        store_fail(registry, STATUS_BAD_ARGUMENT, "no such decision");
    }
}

static int64_t insert(struct registry *registry, const struct registry_decision *decision, const struct anchor *anchor)
{
    sqlite3_stmt *statement = store_statement(registry, "decision_insert");
    store_bind(statement, ":author", decision->author);
    store_bind(statement, ":action", slice_from(action_names[decision->action]));
    store_bind(statement, ":target", decision->target);
    store_bind_filled(statement, ":field", decision->field);
    store_bind_filled(statement, ":value", decision->value);
    store_bind(statement, ":reason", decision->reason);
    if (anchor->document) {
        store_bind(statement, ":hash", anchor->hash);
        store_bind(statement, ":kind", anchor->kind);
        store_bind_int(statement, ":first_byte", anchor->first_byte);
    }
    store_run(registry, statement);
    return sqlite3_last_insert_rowid(registry->db);
}

// ---- applying -------------------------------------------------------------------------------------------------------------
static void collect(struct registry *registry, const char *name, struct slice target, id_vec *documents)
{
    sqlite3_stmt *statement = store_statement(registry, name);
    store_bind(statement, ":target", target);
    store_bind(statement, ":hash", target);
    while (store_step(registry, statement))
        vec_push(&registry->work, documents, sqlite3_column_int64(statement, 0));
}

static void rescope(struct registry *registry, int64_t document)
{
    static const char *const steps[] = {"scope_update", "reject_update"};
    derive_scopes_of(registry, document, true);       // what it leaves
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        sqlite3_stmt *statement = store_statement(registry, steps[i]);
        store_bind_int(statement, ":document", document);
        store_run(registry, statement);
    }
}

static struct slice before_slash(struct slice id)
{
    return slice_cut(&id, '/');
}

// A document a scope: derive_scopes_of matches whole scopes, so one of each pair of documents with equal scopes would do; decisions are
// rare.
static void apply(struct registry *registry, struct slice target, struct slice value, struct slice hash)
{
    id_vec documents = {0};
    derive_note_decisions(registry);
    if (!hash.at && slice_is(kind_of(registry, target), "person")) {
        people_merge(registry, before_slash(target), value.at ? before_slash(value) : before_slash(target));
        derive_edits(registry, before_slash(target));
        if (value.at)
            derive_edits(registry, before_slash(value));
        return;
    }
    collect(registry, "documents_of_target", target, &documents);
    if (value.at)
        collect(registry, "documents_of_target", value, &documents);
    if (hash.at)
        collect(registry, "document_of_hash", hash, &documents);
    for (uint32_t i = 0; i < documents.count; i++)
        rescope(registry, documents.at[i]);
    for (uint32_t i = 0; i < documents.count; i++)
        derive_scopes_of(registry, documents.at[i], true);
    derive_match(registry, SLICE("meeting"), target);
    if (value.at)
        derive_match(registry, SLICE("meeting"), value);
    derive_edits(registry, before_slash(target));
}

struct undone {
    int64_t id;
    struct slice target, value, hash;
};

// Undoes one decision that is in force.
static void undo(struct registry *registry, const struct registry_decision *decision, int64_t number)
{
    sqlite3_stmt *statement = store_statement(registry, "decision_find");
    store_bind_int(statement, ":id", number);
    if (!store_step(registry, statement)) {
        store_fail(registry, STATUS_NOT_FOUND, "no decision of this number is in force: `karar decisions` lists them");
        return;
    }
    struct undone undone = {number, store_column_kept(registry, statement, 2), store_column_kept(registry, statement, 3),
                            store_column_kept(registry, statement, 4)};
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)number);
    struct registry_decision undo = {DECISION_UNDO, {digits, (size_t)len}, {NULL, 0}, {NULL, 0}, decision->author, decision->reason};
    bool edit = slice_is(store_column(statement, 1), "edit");
    insert(registry, &undo, &(struct anchor){0});
    if (edit) {
        registry->has_edits = true;     // those that held are to be cleared
        derive_edits(registry, before_slash(undone.target));
    } else {
        apply(registry, undone.target, undone.value, undone.hash);
    }
}

// Undoes every merge of the target.
static void split(struct registry *registry, const struct registry_decision *decision)
{
    id_vec merges = {0};
    collect(registry, "merges_of", decision->target, &merges);
    if (merges.count == 0)
        store_fail(registry, STATUS_NOT_FOUND, "nothing was merged under this id: `karar decisions` lists the merges");
    for (uint32_t i = 0; i < merges.count && !registry->status; i++)
        undo(registry, decision, merges.at[i]);
}

enum status registry_decide(struct registry *registry, const struct registry_decision *decision, int64_t *ret_number,
                            struct error *reterr_error)
{
    store_begin(registry, true);
    enum status unwound = ARENA_CATCH(&registry->work);
    if (unwound) {
        store_fail(registry, unwound, "while deciding");
        return store_end(registry, reterr_error);
    }
    struct anchor anchor = {0};
    int64_t number = 0;
    check(registry, decision, &anchor);
    if (!registry->status && decision->action == DECISION_UNDO) {
        if (!slice_to_int(decision->target, &number))
            store_fail(registry, STATUS_BAD_ARGUMENT, "undo wants a decision's number: `karar decisions` lists them");
        else
            undo(registry, decision, number);
    } else if (!registry->status) {
        number = insert(registry, decision, &anchor);
        derive_note_decisions(registry);
        if (decision->action == DECISION_SPLIT)
            split(registry, decision);
        else if (decision->action == DECISION_REJECT)
            apply(registry, decision->target, (struct slice){NULL, 0}, anchor.hash);
        else if (decision->action == DECISION_MERGE)
            apply(registry, decision->target, decision->value, (struct slice){NULL, 0});
        else if (decision->action == DECISION_EDIT)
            derive_edits(registry, before_slash(decision->target));
    }
    *ret_number = number;
    return store_end(registry, reterr_error);
}
