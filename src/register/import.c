// SPDX-License-Identifier: MIT
// A register that was exported as lines, into an empty one: first the head, then reports, then decisions, in the order in which they came.
//
// What a line says is held against what this program would have written: a report against its hash, a decision against the reports before
// it. So nothing gets in that a register could not hold, whoever wrote the file; and a file that was cut off is noticed by the numbers in
// its head.
#include "base/sha256.h"
#include "register/store.h"
#include "unicode/utf8.h"

struct importing {
    struct registry *registry;
    struct registry_imported *done;
    int64_t documents, decisions;       // that the head promises
    int64_t last_decision;
    uint32_t line;
};

// Members of a line, as exports.sql names them. `needed`: it is never null.
struct member {
    const char *name;
    bool needed, is_number;
};
static const struct member document_members[] = {
    {"uri", true, false}, {"language", false, false}, {"page_language", false, false}, {"publisher", false, false}, {"date", false, false},
    {"added", true, false}, {"added_by", true, false},
};
static const struct member decision_members[] = {
    {"decision", true, true}, {"made", true, false}, {"author", true, false}, {"action", true, false}, {"target", true, false},
    {"field", false, false}, {"value", false, false}, {"reason", true, false}, {"hash", false, false}, {"kind", false, false},
    {"first_byte", false, true}, {"nth", false, true}, {"last_byte", false, true},
};

static void refuse(struct importing *importing, const char *text)
{
    struct registry *registry = importing->registry;
    if (registry->status)
        return;
    store_fail(registry, STATUS_BAD_ARGUMENT, text);
    registry->error.line = importing->line;
}

// Binds a line's members to the parameters of their names.
static void bind_members(struct importing *importing, sqlite3_stmt *statement, const struct node *line, const struct member *members,
                         size_t count)
{
    const struct tree *tree = &importing->registry->record_tree;
    for (size_t i = 0; i < count; i++) {
        const struct node *value = tree_at(tree, line, members[i].name);
        char parameter[32] = ":";
        int64_t number = 0;
        bool is_null = value && value->kind == NODE_NULL;
        bool is_value = members[i].is_number ? tree_int(value, &number) && number >= 0 : tree_text(value).at != NULL;
        if (!is_value && (members[i].needed || !is_null)) {
            refuse(importing, "a member is missing, or is not what it should be");
            return;
        }
        strncat(parameter, members[i].name, sizeof parameter - 2);
        if (is_value && members[i].is_number)
            store_bind_int(statement, parameter, number);
        else
            store_bind(statement, parameter, tree_text(value));
    }
}

// ---- reports ----------------------------------------------------------------------------------------------------------------
static bool is_stored(struct registry *registry, struct slice hash)
{
    sqlite3_stmt *statement = store_statement(registry, "document_find");
    store_bind(statement, ":hash", hash);
    bool found = store_step(registry, statement);
    if (statement)
        sqlite3_reset(statement);
    return found;
}

static void take_document(struct importing *importing, const struct node *line)
{
    struct registry *registry = importing->registry;
    const struct tree *tree = &registry->record_tree;
    struct slice hash = tree_text(tree_at(tree, line, "document")), text = tree_text(tree_at(tree, line, "text"));
    char id[SHA256_ID_SIZE];
    sha256_id(text, id);
    if (!text.len || !slice_is(hash, id))
        refuse(importing, "the report's text is not that of its hash");
    else if (is_stored(registry, hash))
        refuse(importing, "this report came before: a register holds each once");
    else if (importing->done->decisions)
        refuse(importing, "a report behind decisions");
    sqlite3_stmt *statement = store_statement(registry, "document_import");
    bind_members(importing, statement, line, document_members, sizeof document_members / sizeof *document_members);
    store_bind(statement, ":hash", hash);
    store_bind(statement, ":text", text);
    if (store_run(registry, statement))
        importing->done->documents++;
}

// ---- decisions --------------------------------------------------------------------------------------------------------------
static bool is_one_of(struct slice text, const char *const *names)
{
    for (size_t i = 0; names[i]; i++)
        if (slice_is(text, names[i]))
            return true;
    return false;
}

static bool is_action(struct slice text)
{
    for (int i = 0; i < DECISION_SETTLE; i++)       // a settlement is kept as what it is made of
        if (slice_is(text, registry_action_name((enum decision_action)i)))
            return true;
    return false;
}

// Whether words stand there that begin and end between letters.
static bool has_words(struct importing *importing, struct slice hash, int64_t first_byte, int64_t last_byte)
{
    struct registry *registry = importing->registry;
    sqlite3_stmt *statement = store_statement(registry, "words_at");
    store_bind(statement, ":hash", hash);
    store_bind_int(statement, ":first_byte", first_byte);
    store_bind_int(statement, ":last_byte", last_byte);
    if (first_byte < 0 || !store_step(registry, statement))
        return false;
    struct slice words = store_column(statement, 4);
    bool good = words.len == (size_t)(last_byte - first_byte) && utf8_valid_prefix(words) == words.len;
    sqlite3_reset(statement);
    return good;
}

// What the kinds of decisions want, beyond the members that all have.
static const char *fault_of(struct importing *importing, const struct node *line)
{
    static const char *const claims[] = {"meeting", "instrument", "commitment", NULL};
    static const char *const kinds[] = {"meeting", "instrument", "commitment", "person", "document", NULL};
    static const char *const valued[] = {"edit", "merge", "add", "judge", NULL};
    const struct tree *tree = &importing->registry->record_tree;
    struct slice action = tree_text(tree_at(tree, line, "action")), kind = tree_text(tree_at(tree, line, "kind"));
    struct slice hash = tree_text(tree_at(tree, line, "hash")), target = tree_text(tree_at(tree, line, "target"));
    int64_t number = 0, first_byte = -1, last_byte = 0, undone = 0;
    if (!tree_int(tree_at(tree, line, "decision"), &number) || number <= importing->last_decision)
        return "decisions have numbers that rise";
    importing->last_decision = number;
    if (!is_action(action))
        return "no such decision";
    if (is_one_of(action, valued) && !tree_text(tree_at(tree, line, "value")).at)
        return "this decision wants a value";
    if (slice_is(action, "edit") && !tree_text(tree_at(tree, line, "field")).at)
        return "an edit wants its field";
    if (slice_is(action, "undo") && (!slice_to_int(target, &undone) || undone < 1 || undone >= number))
        return "what is undone is a decision before";
    if ((hash.at != NULL) != (kind.at != NULL) || (kind.at && !is_one_of(kind, kinds)))
        return "a decision about a claim names its report and its kind";
    if (hash.at && !is_stored(importing->registry, hash))
        return "the report that this decision is about is not in the file";
    if (slice_is(action, "add") &&
        (!is_one_of(kind, claims) || !tree_int(tree_at(tree, line, "first_byte"), &first_byte) ||
         !tree_int(tree_at(tree, line, "last_byte"), &last_byte) || !has_words(importing, hash, first_byte, last_byte)))
        return "the words of the claim do not stand in the report";
    return NULL;
}

static void take_decision(struct importing *importing, const struct node *line)
{
    struct registry *registry = importing->registry;
    const char *fault = fault_of(importing, line);
    if (fault)
        refuse(importing, fault);
    sqlite3_stmt *statement = store_statement(registry, "decision_import");
    bind_members(importing, statement, line, decision_members, sizeof decision_members / sizeof *decision_members);
    if (store_run(registry, statement))
        importing->done->decisions++;
}

// ---- lines ------------------------------------------------------------------------------------------------------------------
static void take_head(struct importing *importing, const struct node *head)
{
    const struct tree *tree = &importing->registry->record_tree;
    if (!slice_is(tree_text(tree_at(tree, head, "schema")), "karar.register/1"))
        refuse(importing, "no register of karar (karar.register/1): karar export --as register writes one");
    else if (!tree_int(tree_at(tree, head, "documents"), &importing->documents) ||
             !tree_int(tree_at(tree, head, "decisions"), &importing->decisions))
        refuse(importing, "the head does not say how many reports and decisions follow");
}

static void take_line(struct importing *importing, struct slice text)
{
    struct registry *registry = importing->registry;
    struct tree *tree = &registry->record_tree;
    if (utf8_valid_prefix(text) != text.len) {
        refuse(importing, "the line is no UTF-8");
        return;
    }
    if (!store_read_tree(registry, tree, text)) {
        refuse(importing, "the line is no JSON");
        return;
    }
    const struct node *line = tree_root(tree);
    if (importing->line == 1)
        take_head(importing, line);
    else if (tree_at(tree, line, "document"))
        take_document(importing, line);
    else if (tree_at(tree, line, "decision"))
        take_decision(importing, line);
    else
        refuse(importing, "the line is neither a report nor a decision");
}

void import_lines(struct registry *registry, const struct registry_lines *lines, struct registry_imported *ret_imported)
{
    struct importing importing = {.registry = registry, .done = ret_imported};
    sqlite3_stmt *statement = store_statement(registry, "canon_exists");
    if (store_step(registry, statement) && sqlite3_column_int(statement, 0))
        store_fail(registry, STATUS_BAD_ARGUMENT,
                   "the register holds reports or decisions already: import into a new one; nothing was changed");
    if (statement)
        sqlite3_reset(statement);
    while (!registry->status) {
        struct slice text = {NULL, 0};
        enum status status = lines->next(lines->user, &text, &registry->error);
        if (status)
            registry->status = status;
        if (status || !text.at)
            break;
        importing.line++;
        take_line(&importing, text);
    }
    if (!registry->status && importing.line == 0)
        store_fail(registry, STATUS_BAD_ARGUMENT, "the file is empty: karar export --as register writes one");
    if (importing.documents != (int64_t)ret_imported->documents || importing.decisions != (int64_t)ret_imported->decisions)
        refuse(&importing, "the file ends before, or goes on behind, the reports and decisions that its head promises");
}
