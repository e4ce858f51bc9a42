// SPDX-License-Identifier: MIT
// The open register and its statements. Private to the register room.
//
// Failure is sticky: after the first statement that fails `status` is set, further steps do nothing, and the public function that began
// the work ends it (store_end).
#ifndef KARAR_REGISTER_STORE_H
#define KARAR_REGISTER_STORE_H

#include <sqlite3.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "name/name.h"
#include "register/register.h"
#include "register/tree.h"

#define STORE_CODES_MEMORY ((size_t)1 << 20)    // bytes of codes by which full text finds a report
#define REGISTRY_MEMORY ((size_t)1 << 30)   // bytes of arena that one piece of work may take

#define STORE_KNOWN_STATEMENTS 128u
struct known_statement {
    const char *name;
    unsigned number;
};

typedef VEC(struct slice) link_vec;

struct registry {
    sqlite3 *db;
    sqlite3_stmt **statements;          // by number of register_statements; NULL: not prepared yet
    struct known_statement known_statements[STORE_KNOWN_STATEMENTS];
    struct arena sounds_arena;
    const struct name_sounds *sounds;
    struct arena work;                  // emptied after each piece of work
    struct tree record_tree, annex_tree;    // unfold.c's, kept for the next document
    struct buf codes;
    struct known_spelling *known_spellings;     // people.c's, while all is made again
    enum status status;
    struct error error;
    bool keeps_rows;                    // while all is made again: rows of documents stay where they are the same
    int64_t written;                    // documents whose rows were not
    int64_t moved;                      // rows of documents that stayed, and of which something changed while all is made again
    struct pieces *pieces;              // while all is made again: pieces.c
    bool has_noted;                     // a view: which decisions there are stays as it is while it is open
    bool read_only;
    bool has_merges, has_rejects, has_edits, has_amendments;    // decisions of these kinds are in force; as of derive_note_decisions
    bool is_still;                      // opened as a file that nobody changes: still.c
    struct stat still;                  // what it was then
    bool held;                          // a reading transaction spans several pieces of work: registry_hold
    bool has_then;                      // the temporary table session_then is there
    char then[256];                     // what it holds, while a reading transaction is held; "": nothing of use
    char gathered[256];                 // the same of the temporary tables year_fact and year_count
    char *path;
    char *copy;                         // of the file as an older version; NULL: none was made
};

// The statement, reset and without parameters; NULL after a failure.
sqlite3_stmt *store_statement(struct registry *registry, const char *name);
// Its text; NULL: there is none.
const char *store_text(const char *name);
// A statement that people may ask for by its name: one of questions.sql.
bool store_is_question(const char *name);
// Whether it has the parameter :skip.
bool store_skips(const char *name);
// The statement that names the sessions which a question reads as they stood on a day (votes_as_of); NULL: it reads none so.
const char *store_sessions_of(const char *name);
// Whether it counts what was done in years.
bool store_counts_years(const char *name);
// Parameters by name; a name that the statement does not have is passed over. Text is bound by reference. at NULL: SQL's NULL.
void store_bind(sqlite3_stmt *statement, const char *name, struct slice text);
void store_bind_int(sqlite3_stmt *statement, const char *name, int64_t value);
// Empty text is bound as SQL's NULL.
void store_bind_filled(sqlite3_stmt *statement, const char *name, struct slice text);
// True while there is a row. At the end, or on failure, the statement is reset.
bool store_step(struct registry *registry, sqlite3_stmt *statement);
// Steps to the end; false on failure.
bool store_run(struct registry *registry, sqlite3_stmt *statement);
// A column, valid until the next step; copied into the work arena by store_column_kept. at NULL: SQL's NULL.
struct slice store_column(sqlite3_stmt *statement, int column);
struct slice store_column_kept(struct registry *registry, sqlite3_stmt *statement, int column);

// Hands all rows to `taker`, until it has enough. Last columns whose names begin with "sort" are there for the order alone.
void store_hand_out(struct registry *registry, sqlite3_stmt *statement, registry_row_taker taker, void *user);

// Hands out a row without values.
void store_hand_head(struct registry *registry, sqlite3_stmt *statement, registry_row_taker taker, void *user);

// Several statements in a row, without parameters.
bool store_script(struct registry *registry, const char *name);
bool store_begin(struct registry *registry, bool write);
// No statement is in the midst of its rows any more: tables can be dropped.
void store_rest(struct registry *registry);
// Whether another connection sees the account as it was until a transaction of this one ends.
bool store_others_see(const struct registry *registry);
// A view's look at one state of the file, with what kinds of decisions there are; false: it failed.
bool store_view_begin(struct registry *view);
void store_view_end(struct registry *view);
// What a view asks with. NULL for NULL.
struct registry *store_of_view(struct registry_view *view);
// Opens the file anew as one that nobody changes, for a place where nothing may be written; false: that cannot be done.
bool still_open(struct registry *registry);
// Fails if such a file was changed.
void still_check(struct registry *registry);
// Commits if all went well, else rolls back; hands out the sticky failure and clears it.
enum status store_end(struct registry *registry, struct error *reterr_error);
enum status store_fail(struct registry *registry, enum status status, const char *text);

// As tree_read; where memory runs out that is a failure of the work at hand.
bool store_read_tree(struct registry *registry, struct tree *tree, struct slice json);

// A pragma's or statement's only number, -1 on failure; a text of several statements.
int64_t store_number(struct registry *registry, const char *text);
bool store_run_text(struct registry *registry, const char *text, const char *what);

// ---- unfold.c
// `all`: everything is made again. Each claim is written with the link that it would have alone, each person as who the spelling alone is.
void unfold_record(struct registry *registry, int64_t document, struct slice hash, const struct registry_reading *reading, bool all);
// ---- derive.c
// What people decided is laid over the rows of a document that stay as they are.
void derive_kept(struct registry *registry, int64_t document);
// A document of which the file has all as it was made: what people decided is laid over it again.
void derive_kept(struct registry *registry, int64_t document);
// `all`: everything is made again; what can be done once at the end is left.
void derive_document(struct registry *registry, int64_t document, struct slice hash, const struct registry_reading *reading, bool all);
// Takes the rows of a document away; `people`: those of whom it names, too.
void derive_forget(struct registry *registry, int64_t document, bool people);
// What people said of one report's claims has changed: it is unfolded again from its record, and all that it leaves or enters is matched.
// `people`: those whom it names, too.
// `reading`: another than the record that the file has; NULL: that one.
void derive_again(struct registry *registry, int64_t document, const struct registry_reading *reading, bool people);
void derive_scopes_of(struct registry *registry, int64_t document, bool whole);
// Matches one scope again whole, and makes its body and its sessions.
void derive_match(struct registry *registry, struct slice kind, struct slice scope);
// Tells all instruments and threads anew, into empty tables.
void derive_things(struct registry *registry);
// Makes the sessions of these ids again.
void derive_sessions(struct registry *registry, const link_vec *links);
// Which kinds of decisions are in force.
void derive_note_decisions(struct registry *registry);
// People's edits under the ids that things have now. at NULL: of all pairs and parties.
void derive_edits(struct registry *registry, struct slice pair);
// ---- rebuild.c: the parts of making everything again that an upgrade shares
void rebuild_begin(struct registry *registry);
void rebuild_end(struct registry *registry);
// The work arena holds what one document or one scope needs; the unwind point is the caller's and stays.
void rebuild_forget_work(struct registry *registry);
// ---- import.c
// Takes the lines into documents and decisions, in a transaction, with the arena armed.
void import_lines(struct registry *registry, const struct registry_lines *lines, struct registry_imported *ret_imported);
// ---- upgrade.c
// Brings a file of an older version to this one, after a copy of it; sets registry->copy.
void upgrade_file(struct registry *registry, int64_t version);
// ---- link.c
// Matches a scope whole. Notes in `touched` (NULL: nowhere) every id that lost or got a claim.
// `fresh`: there are no strands of it yet; they are counted with it.
void link_scope(struct registry *registry, struct slice kind, struct slice scope, bool fresh, link_vec *touched);
// The same for a scope in which only the claims of a document are new, and not matched yet; reads what they can change.
void link_document(struct registry *registry, struct slice kind, struct slice scope, int64_t document, link_vec *touched);
// ---- threads.c
// Counts the commitments of a pair's threads, as matching found them.
void threads_count(struct registry *registry, struct slice scope);
// ---- votes.c
// Makes a session again from its claims; one that has none is gone. All of them, into an empty table.
void votes_renew(struct registry *registry, struct slice id);
void votes_renew_all(struct registry *registry);
// Fills the temporary table session_then with the sessions that a statement names, as they stood on a day. pair at NULL: of all.
void votes_as_of(struct registry *registry, const char *sessions, struct slice pair, struct slice day);
// ---- people.c
void people_link(struct registry *registry, int64_t document);
// Whom a fuller name means that is known already, and by what; at NULL: it is new, or a family name alone.
struct slice people_settled(struct registry *registry, struct slice party, struct slice latin, struct slice *ret_how);
// While all is made again: who a spelling would be alone, and whether it is a family name alone; that somebody is called so; then, once,
// everybody.
struct slice people_alone(struct registry *registry, struct slice party, struct slice latin, bool *ret_single);
void people_note(struct registry *registry, struct slice party, struct slice latin, bool single);
// Forgets who was noted: the table of spellings is empty.
void people_know_none(struct registry *registry);
// The same of all that reports say, where their rows stay.
void people_note_all(struct registry *registry);
void people_link_all(struct registry *registry);
// Tells the people of two parties (or of one twice) apart anew, after a merge or its end.
void people_merge(struct registry *registry, struct slice party, struct slice other);
// ---- person.c
// Writes a person's line from all that names them, into a table that has none; none if nothing does. And everybody's.
void person_line(struct registry *registry, struct slice person);
void person_lines(struct registry *registry);
// ---- functions.c, deadlines.c: what SQL alone cannot say
int functions_add(sqlite3 *db);
int deadlines_add(sqlite3 *db);

#endif
