// SPDX-License-Identifier: MIT
// People's decisions: stored for good, and applied to what is derived.
//
// A decision about a claim keeps the document's hash, the claim's kind, where its words begin, and which of the claims that begin there it
// is: a later reader may number its claims anew, the words stay. What people say of a claim's values, claims that they add and people who
// are none are laid into the report's record (amend.c), and the report is unfolded again. Edits of things are laid over what reports say
// when it is asked for; the table `edited` holds them under the ids that things have now. Merges, splits and rejections move claims: the
// documents they touch get their scopes again, and every scope that was left or entered is matched anew. Merging people tells those of
// their party apart anew.
//
// Two people may judge the same claim, neither seeing what the other says (the view decision_shown keeps it back). What both say alike is
// carried out with the second judgement; where they differ, somebody settles it.
//
// Nothing is taken back by removing: an undo is a decision of its own, and a split is the undo of the merges into which its target went.
#include <stdio.h>

#include "doc/date.h"
#include "register/amend.h"
#include "register/store.h"

#define MERGES_MAX 16       // that may lead from one id to the next

static const char *const action_names[DECISION_COUNT] = {"accept", "reject", "edit", "merge", "split", "undo", "add", "unsure", "judge",
                                                         "settle"};

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

// What people can say of a report as a whole; the reader is told it when the report is read again.
static const char report_fields[] = "date publisher language";

typedef VEC(int64_t) id_vec;

// The claim that a decision is about, and where it will be found again.
struct anchor {
    struct slice hash, kind;
    int64_t first_byte, last_byte, nth, document;   // last_byte: of a claim that is added; else 0
    int64_t added_by;           // the decision that added the claim; 0: the reader found it
};

const char *registry_action_name(enum decision_action action)
{
    return action < DECISION_COUNT ? action_names[action] : NULL;
}

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
        anchor.nth = sqlite3_column_int64(statement, 4);
        anchor.added_by = sqlite3_column_int64(statement, 5);
        sqlite3_reset(statement);
    }
    return anchor;
}

// A report as a whole; *ret_text: its bytes.
static struct anchor find_document(struct registry *registry, struct slice target, struct slice *ret_text)
{
    struct anchor anchor = {.first_byte = 0, .kind = SLICE("document")};
    sqlite3_stmt *statement = store_statement(registry, "document_of_target");
    store_bind(statement, ":target", target);
    if (store_step(registry, statement)) {
        anchor.document = sqlite3_column_int64(statement, 0);
        anchor.hash = store_column_kept(registry, statement, 1);
        *ret_text = store_column_kept(registry, statement, 2);
        sqlite3_reset(statement);
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
    while (words.len)
        if (slice_eq(slice_cut(&words, ' '), word))
            return true;
    return false;
}

static bool is_fate(struct slice value)
{
    for (size_t i = 0; i < sizeof fates / sizeof *fates; i++)
        if (slice_is(value, fates[i]))
            return true;
    return false;
}

// A value that takes the place of what reports say of a thing is written as that of a claim: codes, EDTF dates, "City, CCC".
static struct slice check_value(struct registry *registry, struct slice kind, const struct registry_decision *decision)
{
    static const char *const coded[] = {"status", "kind", "stance", "date", "deadline", "place", "count", "sectors"};
    struct slice claim = slice_is(kind, "session") ? SLICE("meeting") : kind;
    bool is_coded = false;
    for (size_t i = 0; i < sizeof coded / sizeof *coded; i++)
        is_coded = is_coded || slice_is(decision->field, coded[i]);
    if (decision->value.len == 0 || (is_coded && slice_is(slice_trim(decision->value), "none")))
        store_fail(registry, STATUS_BAD_ARGUMENT,
                   "an edit names the right value; that a report tells none is said of its claim (document/m1)");
    else if (slice_is(decision->field, "fate") && !is_fate(decision->value))
        store_fail(registry, STATUS_BAD_ARGUMENT,
                   "a fate is no-evidence, not-started, moving, mostly-done, done, stalled, slipped, dropped or superseded");
    return is_coded && !registry->status ? amend_canonical(registry, claim, decision->field, decision->value) : decision->value;
}

// Returns the value in its one way of writing.
static struct slice check_edit(struct registry *registry, const struct registry_decision *decision)
{
    struct slice kind = kind_of(registry, decision->target);
    if (!kind.at) {
        store_fail(registry, STATUS_NOT_FOUND,
                "nothing has this id: karar sessions, instruments, commitments, people, bodies and documents print them");
        return decision->value;
    }
    for (size_t i = 0; i < sizeof editable / sizeof *editable; i++)
        if (slice_is(kind, editable[i].kind) && !has_word(slice_from(editable[i].fields), decision->field))
            registry->status = error_set(&registry->error, STATUS_BAD_ARGUMENT, "what can be edited of a %s is: %s", editable[i].kind,
                    editable[i].fields);
    return registry->status ? decision->value : check_value(registry, kind, decision);
}

// A fact of a report as a whole, in its one way of writing.
static struct slice check_fact(struct registry *registry, const struct registry_decision *decision)
{
    struct slice value = slice_trim(decision->value);
    struct date_range range;
    if (!has_word(slice_from(report_fields), decision->field))
        registry->status = error_set(&registry->error, STATUS_BAD_ARGUMENT, "what can be edited of a report is: %s", report_fields);
    else if (value.len == 0 || memchr(value.at, '\n', value.len))
        store_fail(registry, STATUS_BAD_ARGUMENT, "an edit of a report names the right value, on one line");
    else if (slice_is(decision->field, "date") && (!date_parse_edtf(value, &range) || !range.first.year))
        store_fail(registry, STATUS_BAD_ARGUMENT, "a date is written as 2025-11-28, 2025-11 or 2025 (EDTF)");
    return value;
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

// A claim that the reader found; one that a person added is taken back by the undo of that.
static void check_claim(struct registry *registry, const struct registry_decision *decision, struct anchor *ret_anchor)
{
    *ret_anchor = find_claim(registry, decision->target);
    if (ret_anchor->document == 0)
        store_fail(registry, STATUS_NOT_FOUND, "no such claim: `karar show` prints their ids (document/m1)");
    else if (ret_anchor->added_by && !registry->status)
        registry->status = error_set(&registry->error, STATUS_BAD_ARGUMENT, "a person added this claim: undo decision %lld takes it back",
                                     (long long)ret_anchor->added_by);
}

// Where the words stand in a report's text: the nth time, or where they stand at all.
static void find_words(struct registry *registry, const struct registry_decision *decision, struct slice text, struct anchor *anchor)
{
    int64_t seen = 0, found = -1;
    struct slice words = decision->words;
    for (size_t at = 0; words.len && at + words.len <= text.len;) {
        const char *here = memmem(text.at + at, text.len - at, words.at, words.len);
        if (!here)
            break;
        if (++seen == decision->nth || (seen == 1 && !decision->nth))
            found = here - text.at;
        at = (size_t)(here - text.at) + words.len;
    }
    if (words.len == 0)
        store_fail(registry, STATUS_BAD_ARGUMENT, "a claim that is added names the words of the report that say so");
    else if (found < 0)
        store_fail(registry, STATUS_NOT_FOUND, seen ? "the words do not stand there so often" : "the report has no such words: they are "
                   "wanted letter by letter, from one line");
    else if (seen > 1 && !decision->nth)
        registry->status = error_set(&registry->error, STATUS_BAD_ARGUMENT,
                                     "the words stand there %lld times: say which one is meant, or choose more words", (long long)seen);
    anchor->first_byte = found;
    anchor->last_byte = found + (int64_t)words.len;
}

// The values of a decision in their one way of writing; `verdict` alone is no field of a claim.
static amend_vec check_values(struct registry *registry, struct slice kind, struct slice text)
{
    amend_vec values;
    amend_split(registry, text, &values);
    for (uint32_t i = 0; i < values.count && !registry->status; i++) {
        struct amend_value *value = &values.at[i];
        if (!slice_is(value->field, "verdict"))
            value->value = amend_canonical(registry, kind, value->field, value->value);
        else if (!slice_is(value->value, "right") && !slice_is(value->value, "wrong") && !slice_is(value->value, "unsure"))
            store_fail(registry, STATUS_BAD_ARGUMENT, "a verdict is right, wrong or unsure");
    }
    return values;
}

static amend_vec check_added(struct registry *registry, const struct registry_decision *decision, struct anchor *ret_anchor)
{
    struct slice text = SLICE("");
    amend_vec values = {0};
    *ret_anchor = find_document(registry, decision->target, &text);
    ret_anchor->kind = decision->field;
    if (ret_anchor->document == 0) {
        store_fail(registry, STATUS_NOT_FOUND, "no such report: `karar documents` prints their ids");
    } else if (!amend_fields(registry, decision->field).at) {
        store_fail(registry, STATUS_BAD_ARGUMENT, "what can be added is a meeting, an instrument or a commitment");
    } else {
        find_words(registry, decision, text, ret_anchor);
        values = check_values(registry, decision->field, decision->value);
        amend_check_whole(registry, decision->field, &values);
    }
    return values;
}

// What the account says of a claim now: the reader's record, with people's values laid in.
static amend_vec read_claim(struct registry *registry, const struct anchor *anchor)
{
    struct slice json = SLICE("");
    sqlite3_stmt *statement = store_statement(registry, "record_of");
    store_bind_int(statement, ":document", anchor->document);
    if (store_step(registry, statement)) {
        json = store_column_kept(registry, statement, 1);
        sqlite3_reset(statement);
    }
    return amend_read(registry, amend_record(registry, anchor->hash, json), anchor->kind, anchor->first_byte, anchor->nth);
}

// A verdict, and where that is "right" all values of the claim: those that are told, and the others as they stand.
static amend_vec check_judgement(struct registry *registry, const struct registry_decision *decision, struct anchor *ret_anchor)
{
    amend_vec whole = {0}, values = {0};
    check_claim(registry, decision, ret_anchor);
    if (!registry->status)
        values = check_values(registry, ret_anchor->kind, decision->value);
    struct slice verdict = amend_value_of(&values, SLICE("verdict"));
    if (!verdict.at)
        store_fail(registry, STATUS_BAD_ARGUMENT, "a judgement says verdict=right, wrong or unsure, and what else is right: field=value");
    if (registry->status)
        return whole;
    if (slice_is(verdict, "right"))
        whole = read_claim(registry, ret_anchor);
    for (uint32_t i = 0; i < whole.count; i++) {
        struct slice told = amend_value_of(&values, whole.at[i].field);
        if (told.at)
            whole.at[i].value = told;
    }
    vec_push(&registry->work, &whole, ((struct amend_value){SLICE("verdict"), verdict}));
    return whole;
}

// Says what is wrong with the decision, if anything is. What it is about goes to *ret_anchor, values in their one way of writing to
// *ret_value.
static void check(struct registry *registry, const struct registry_decision *decision, struct anchor *ret_anchor, struct slice *ret_value)
{
    struct slice text;
    amend_vec values;
    *ret_value = decision->value;
    if (decision->author.len == 0 || decision->reason.len == 0 || decision->target.len == 0) {
        store_fail(registry, STATUS_BAD_ARGUMENT, "a decision names its target, its author and its reason");
        return;
    }
    switch (decision->action) {
    case DECISION_ACCEPT:
        if (!memchr(decision->target.at, '/', decision->target.len))
            *ret_anchor = find_document(registry, decision->target, &text);
        if (ret_anchor->document == 0)
            check_claim(registry, decision, ret_anchor);
        break;
    case DECISION_REJECT:
    case DECISION_UNSURE:
        check_claim(registry, decision, ret_anchor);
        break;
    case DECISION_EDIT:
        if (!memchr(decision->target.at, '/', decision->target.len))
            *ret_anchor = find_document(registry, decision->target, &text);
        if (ret_anchor->document) {
            *ret_value = check_fact(registry, decision);
            break;
        }
        *ret_anchor = find_claim(registry, decision->target);
        if (ret_anchor->document == 0) {
            *ret_value = check_edit(registry, decision);
        } else {
            check_claim(registry, decision, ret_anchor);
            *ret_value = registry->status ? decision->value : amend_canonical(registry, ret_anchor->kind, decision->field, decision->value);
        }
        break;
    case DECISION_MERGE:
        check_merge(registry, decision);
        break;
    case DECISION_ADD:
        values = check_added(registry, decision, ret_anchor);
        *ret_value = amend_join(registry, decision->field, &values);
        break;
    case DECISION_JUDGE:
    case DECISION_SETTLE:
        values = check_judgement(registry, decision, ret_anchor);
        *ret_value = amend_join(registry, ret_anchor->kind, &values);
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
        if (anchor->last_byte)
            store_bind_int(statement, ":last_byte", anchor->last_byte);
        else
            store_bind_int(statement, ":nth", anchor->nth);
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

// Claims that people added or whose values they told, and people who are none, stand in the report's record.
static bool is_in_record(struct slice action, struct slice hash, struct slice kind)
{
    return slice_is(action, "add") || (slice_is(action, "edit") && hash.at) || (slice_is(action, "reject") && slice_is(kind, "person"));
}

// A report is read again, with what people say of it as a whole.
static void read_again(struct registry *registry, const struct registry_decision *decision, int64_t id)
{
    struct registry_reading reading;
    sqlite3_stmt *statement = store_statement(registry, "document_each");
    store_bind_int(statement, ":id", id - 1);
    if (!store_step(registry, statement))
        return;
    struct registry_document document = {
        .hash = store_column_kept(registry, statement, 1), .bytes = store_column_kept(registry, statement, 2),
        .uri = store_column_kept(registry, statement, 3), .language = store_column_kept(registry, statement, 4),
        .date = store_column_kept(registry, statement, 5), .page_language = store_column_kept(registry, statement, 6),
        .publisher = store_column_kept(registry, statement, 7),
    };
    sqlite3_reset(statement);
    enum status status = decision->read(decision->user, &document, &reading, &registry->error);
    if (status)
        registry->status = status;
    else
        derive_again(registry, id, &reading, true);     // who is named when is told anew, too
}

static void apply_in_record(struct registry *registry, const struct registry_decision *decision, struct slice hash, struct slice kind)
{
    id_vec documents = {0};
    derive_note_decisions(registry);
    collect(registry, "document_of_hash", hash, &documents);
    for (uint32_t i = 0; i < documents.count; i++) {
        if (!slice_is(kind, "document"))
            derive_again(registry, documents.at[i], NULL, slice_is(kind, "person"));
        else if (decision->read)
            read_again(registry, decision, documents.at[i]);
        else
            store_fail(registry, STATUS_BAD_ARGUMENT,
                       "for this the report is read again, which is not done here: karar decide and karar undo do it");
    }
}

struct undone {
    int64_t id;
    struct slice action, target, value, hash, kind;
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
    struct undone undone = {number, store_column_kept(registry, statement, 1), store_column_kept(registry, statement, 2),
                            store_column_kept(registry, statement, 3), store_column_kept(registry, statement, 4),
                            store_column_kept(registry, statement, 5)};
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)number);
    struct registry_decision undo = {.action = DECISION_UNDO, .target = {digits, (size_t)len}, .author = decision->author,
                                     .reason = decision->reason};
    insert(registry, &undo, &(struct anchor){0});
    if (is_in_record(undone.action, undone.hash, undone.kind)) {
        apply_in_record(registry, decision, undone.hash, undone.kind);
    } else if (slice_is(undone.action, "edit")) {
        registry->has_edits = true;     // those that held are to be cleared
        derive_edits(registry, before_slash(undone.target));
    } else if (slice_is(undone.action, "merge") || slice_is(undone.action, "reject")) {
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

// One decision, stored and applied; its number.
static int64_t decide(struct registry *registry, const struct registry_decision *decision, const struct anchor *anchor)
{
    int64_t number = insert(registry, decision, anchor);
    struct slice action = slice_from(action_names[decision->action]);
    derive_note_decisions(registry);
    if (is_in_record(action, anchor->hash, anchor->kind))
        apply_in_record(registry, decision, anchor->hash, anchor->kind);
    else if (decision->action == DECISION_SPLIT)
        split(registry, decision);
    else if (decision->action == DECISION_REJECT)
        apply(registry, decision->target, (struct slice){NULL, 0}, anchor->hash);
    else if (decision->action == DECISION_MERGE)
        apply(registry, decision->target, decision->value, (struct slice){NULL, 0});
    else if (decision->action == DECISION_EDIT)
        derive_edits(registry, before_slash(decision->target));
    return number;
}

// A report is right as a whole: so is each of its claims that nobody has decided on.
static void accept_all(struct registry *registry, const struct registry_decision *decision, int64_t document)
{
    link_vec claims = {0};
    sqlite3_stmt *statement = store_statement(registry, "undecided_of");
    store_bind_int(statement, ":document", document);
    while (store_step(registry, statement))
        vec_push(&registry->work, &claims, store_column_kept(registry, statement, 0));
    for (uint32_t i = 0; i < claims.count && !registry->status; i++) {
        struct registry_decision one = *decision;
        one.target = claims.at[i];
        struct anchor anchor = find_claim(registry, one.target);
        decide(registry, &one, &anchor);
    }
}

// What a judgement says, as decisions that hold: the verdict, and an edit for each value that differs from the account's. The verdict's
// number.
static int64_t settle(struct registry *registry, const struct registry_decision *decision, const struct anchor *anchor)
{
    amend_vec values, now = read_claim(registry, anchor);
    amend_split(registry, decision->value, &values);
    struct slice verdict = amend_value_of(&values, SLICE("verdict"));
    struct registry_decision one = *decision;
    for (uint32_t i = 0; i < now.count && !registry->status; i++) {
        one.action = DECISION_EDIT;
        one.field = now.at[i].field;
        one.value = amend_value_of(&values, one.field);
        if (one.value.at && !slice_eq(one.value, now.at[i].value))
            decide(registry, &one, anchor);
    }
    one.action = slice_is(verdict, "right") ? DECISION_ACCEPT : slice_is(verdict, "wrong") ? DECISION_REJECT : DECISION_UNSURE;
    one.field = one.value = SLICE("");
    return decide(registry, &one, anchor);
}

static sqlite3_stmt *about_claim(struct registry *registry, const char *name, const struct anchor *anchor)
{
    sqlite3_stmt *statement = store_statement(registry, name);
    store_bind(statement, ":hash", anchor->hash);
    store_bind(statement, ":kind", anchor->kind);
    store_bind_int(statement, ":first_byte", anchor->first_byte);
    store_bind_int(statement, ":nth", anchor->nth);
    return statement;
}

// Keeps a judgement. Whoever saw what another says does not judge anew: it would not be said apart. The second judgement of a claim that
// says what the first one says is carried out at once, as what both say.
static int64_t judge(struct registry *registry, const struct registry_decision *decision, const struct anchor *anchor)
{
    struct slice other = {NULL, 0}, told = {NULL, 0};
    sqlite3_stmt *statement = about_claim(registry, "judgement_seen", anchor);
    store_bind(statement, ":author", decision->author);
    if (store_step(registry, statement))
        store_fail(registry, STATUS_BAD_ARGUMENT, "you have been shown what somebody else says of this claim: another person judges it");
    statement = about_claim(registry, "judgements_of", anchor);
    while (store_step(registry, statement)) {
        if (slice_eq(store_column(statement, 1), decision->author))
            store_fail(registry, STATUS_BAD_ARGUMENT, "you have judged this claim already: undo that first");
        else if (other.at)
            store_fail(registry, STATUS_BAD_ARGUMENT, "two people have judged this claim already");
        other = store_column_kept(registry, statement, 1);
        told = store_column_kept(registry, statement, 2);
    }
    if (registry->status)
        return 0;
    int64_t number = decide(registry, decision, anchor);
    if (other.at && slice_eq(told, decision->value)) {
        struct registry_decision both = *decision;
        both.reason = arena_format(&registry->work, "%.*s and %.*s judge alike", (int)other.len, other.at, (int)decision->author.len,
                                   decision->author.at);
        settle(registry, &both, anchor);
    }
    return number;
}

static int64_t carry_out(struct registry *registry, const struct registry_decision *decision, const struct anchor *anchor)
{
    int64_t number = 0;
    switch (decision->action) {
    case DECISION_UNDO:
        if (!slice_to_int(decision->target, &number))
            store_fail(registry, STATUS_BAD_ARGUMENT, "undo wants a decision's number: `karar decisions` lists them");
        else
            undo(registry, decision, number);
        return number;
    case DECISION_JUDGE:
        return judge(registry, decision, anchor);
    case DECISION_SETTLE:
        return settle(registry, decision, anchor);
    case DECISION_ACCEPT:
        if (slice_is(anchor->kind, "document"))
            accept_all(registry, decision, anchor->document);
        return decide(registry, decision, anchor);
    default:
        return decide(registry, decision, anchor);
    }
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
    struct registry_decision checked = *decision;
    derive_note_decisions(registry);
    check(registry, decision, &anchor, &checked.value);
    int64_t number = registry->status ? 0 : carry_out(registry, &checked, &anchor);
    *ret_number = number;
    return store_end(registry, reterr_error);
}
