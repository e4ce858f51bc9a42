// SPDX-License-Identifier: MIT
// The register: what many reports say, in one SQLite file. Documents and people's decisions are kept for good; all else is derived from
// them and can be made again. Only this room knows SQL; docs/manual/register.md describes the file for others.
//
// A registry handle is used by one thread at a time. Several processes may read and write the same file.
#ifndef KARAR_REGISTER_REGISTER_H
#define KARAR_REGISTER_REGISTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"

#define REGISTRY_VERSION 5                  // of the file
#define REGISTRY_APPLICATION 0x6B617272     // "karr": PRAGMA application_id

struct registry;

// Opens the file; makes it if `create` and it is not there. A file of a newer version, or one that is no register, is refused and left as
// it is. One of an older version is copied beside itself and brought to this one.
enum status registry_open(const char *path, bool create, struct registry **ret_registry, struct error *reterr_error);
void registry_close(struct registry *registry);
// Refuses all writing from now on.
enum status registry_read_only(struct registry *registry, struct error *reterr_error);
// The copy that was made when the file was brought to this version; NULL if it had it already.
const char *registry_copy(const struct registry *registry);

// What a reader says of a document.
struct registry_ready;
struct registry_reading {
    struct slice json;          // karar.record/1
    struct slice annex;         // report/annex.h; at NULL: none
    struct slice engine;        // version of the reader
    uint64_t reader;            // which reads alike whenever it has this number (engine_fingerprint); 0: not known
    const struct registry_ready *ready;     // its rows, if a thread has made them already; NULL: none
};

// What the file has of a document, by digests: whoever has read it again need not look.
struct registry_has {
    bool is_known;              // it was looked at: else nothing of this counts
    bool has_record;            // there is one
    bool is_noted;              // it tells of just this record and these rows that `reader` made them
    int64_t record, rows, reader;
};

// A report with what the reader says of it. Strings are copied into the file.
struct registry_document {
    struct slice bytes;         // UTF-8 as stored
    struct slice uri, author;
    struct slice hash;          // "sha256:…"; this and what the file has of it: only where a stored document is read again
    struct registry_has has;
    struct slice language, date;// told by the caller; empty: none
    struct slice page_language, publisher;  // as a page's head names them; empty: none
    struct registry_reading reading;
};
// One transaction: either all of the report is stored when this returns STATUS_OK, or nothing. The same bytes again change nothing
// (*ret_new false). ret_id receives the first twelve digits of the hash and a NUL.
enum status registry_add(struct registry *registry, const struct registry_document *document, bool *ret_new, char ret_id[13],
                         struct error *reterr_error);

// A register for a while: an unnamed file that is gone when it is closed.
enum status registry_open_temporary(struct registry **ret_registry, struct error *reterr_error);
// Stores a record (karar.record/1) without its report's text, as registry_add does. Only in a temporary register, since in a lasting one
// every document has its text: STATUS_BAD_ARGUMENT.
enum status registry_add_record(struct registry *registry, struct slice json, struct slice engine, bool *ret_new, char ret_id[13],
                                struct error *reterr_error);

// Each has its name in decide.c. A settlement is kept as the decisions that it is made of.
enum decision_action {
    DECISION_ACCEPT, DECISION_REJECT, DECISION_EDIT, DECISION_MERGE, DECISION_SPLIT, DECISION_UNDO, DECISION_ADD, DECISION_UNSURE,
    DECISION_JUDGE, DECISION_SETTLE, DECISION_COUNT
};
// NULL past the end.
const char *registry_action_name(enum decision_action action);
struct registry_decision {
    enum decision_action action;
    struct slice target;        // id of a claim (accept, reject, unsure, judge, settle), of a report (add, accept, edit), of what is edited
                                // or merged, or a decision's number (undo)
    struct slice field, value;  // empty: none. add: field is the kind of the claim. add, judge, settle: value is "field=value" on lines
    struct slice words;         // add: where it stands
    int64_t nth;                // add: the how manieth time that the words stand there, from 1; 0: they stand there once
    struct slice author, reason;
    // Reads a report again, for decisions about what is told of it as a whole (date, publisher, language); the reading is valid until the
    // next. NULL: such decisions are refused.
    enum status (*read)(void *user, const struct registry_document *document, struct registry_reading *ret_reading,
                        struct error *reterr_error);
    void *user;
};
enum status registry_decide(struct registry *registry, const struct registry_decision *decision, int64_t *ret_number,
                            struct error *reterr_error);

// A table, row by row. Values are NULL, text or (is_number) digits; they live until the callback returns, which gives true to go on.
struct registry_row {
    int count;
    const char *const *names;
    const struct slice *values; // at NULL: SQL's NULL
    const bool *is_number;
};
typedef bool (*registry_row_taker)(void *user, const struct registry_row *row);

#define REGISTRY_USUAL_LIMIT 1000
// Parameters of a question; at NULL: any.
struct registry_question {
    struct slice pair, id, words, as_of;
    struct slice since, until;  // days; exports alone
    struct slice languages;     // of the reader, parted by blanks, the dearest first: words in them are shown where they say the same
    int64_t years, limit;       // limit 0: REGISTRY_USUAL_LIMIT rows; a calendar: all
    int64_t skip;               // rows left out before the first, of questions that leave them out themselves
};
// Whether the question leaves rows out itself (`skip`); of others the caller passes over them.
bool registry_skips(const char *name);
// `name`: a statement of questions.sql or exports.sql. STATUS_NOT_FOUND if there is no such question.
enum status registry_ask(struct registry *registry, const char *name, const struct registry_question *question, registry_row_taker taker,
                         void *user, struct error *reterr_error);
// A row without values (at NULL), for the head of a table that has no rows. Only of a question that was asked before.
enum status registry_head(struct registry *registry, const char *name, registry_row_taker taker, void *user, struct error *reterr_error);
// Several questions about one moment: between the two, every question sees the register as it was at the first, whatever others write.
enum status registry_hold(struct registry *registry, struct error *reterr_error);
void registry_release(struct registry *registry);

// A database of its own with the account as plain tables (publish.sql), for programs that show SQLite files. Failure is sticky and told
// when it is closed.
struct publication;
enum status publication_open(struct publication **ret_publication, struct error *reterr_error);
void publication_table(struct publication *publication, const char *table);     // the rows that follow go there
void publication_value(struct publication *publication, int column, struct slice value, bool is_number);    // at NULL: SQL's NULL
void publication_row(struct publication *publication);
// Hands out the bytes of the file and frees it; `take` NULL: frees it.
enum status publication_close(struct publication *publication, bool (*take)(void *user, struct slice bytes), void *user,
                              struct error *reterr_error);

// The account as others see it until a writing transaction ends, for a thread beside the writer's; each thread has its own. NULL: it cannot
// be had, and the writer compares himself.
struct registry_view;
struct registry_view *registry_view_open(const struct registry *registry);
void registry_view_close(struct registry_view *view);

// A reading made into rows by any thread, ahead of the one who writes them, and compared with what the file has: most of what a rebuild
// does for a report. It is used again for the next; its rows borrow the texts of the reading. It borrows the register's tables of sounds.
// NULL: no memory.
struct registry_ready *registry_ready_new(const struct registry *registry);
void registry_ready_free(struct registry_ready *ready);
// Of `stored` it uses the hash and what the file has.
enum status registry_ready_make(struct registry_ready *ready, const struct registry_document *stored,
        const struct registry_reading *reading, struct error *reterr_error);

// A part of a rebuild's work for which the file is only looked at, as a view sees it. Any thread does it.
struct registry_piece;
void registry_piece_do(struct registry_piece *piece, struct registry_view *view);

// Who reads stored documents again, several at a time. give() copies what it needs (all but the reading); take() waits for the
// reading of the oldest document that was given and not taken, valid until the next call of either. At most `ahead` are under way.
struct registry_readers {
    int ahead;
    enum status (*give)(void *user, const struct registry_document *document, struct error *reterr_error);
    enum status (*take)(void *user, struct registry_reading *ret_reading, struct error *reterr_error);
    // The same for pieces of work, as many under way; none while documents are. NULL: there is no thread that has a view.
    void (*give_piece)(void *user, struct registry_piece *piece);
    void (*take_piece)(void *user);
    void *user;
    uint64_t reader;            // documents of which all is as this reader made it are not given; 0: all are given
};
typedef void (*registry_progress)(void *user, uint64_t done, uint64_t count);

// Makes all that is derived again. Differences go to `taker` (change, what, id, said). One transaction: stopped half-way, nothing has
// changed. After a failure documents may be under way that nobody takes.
enum status registry_rebuild(struct registry *registry, const struct registry_readers *readers, registry_progress progress,
        void *progress_user,
                             registry_row_taker taker, void *user, struct error *reterr_error);

// The lines of a register that was exported (exports.sql, export_canon …), without their ends; at NULL: the end. A line lives until the
// next.
struct registry_lines {
    enum status (*next)(void *user, struct slice *ret_line, struct error *reterr_error);
    void *user;
};
struct registry_imported {
    uint64_t documents, decisions;
};
// Puts them into a register that holds nothing yet, and makes all that is derived of them, by these readers. One transaction: either all
// of it is there, or nothing. STATUS_BAD_ARGUMENT: a line is none of an export, its number in *reterr_error; or the register is not empty.
enum status registry_import(struct registry *registry, const struct registry_lines *lines, const struct registry_readers *readers,
                            registry_progress progress, void *progress_user, struct registry_imported *ret_imported,
                            struct error *reterr_error);

// Compares every document with its hash and every span with the bytes it quotes. Each fault is a row (document, path, fault).
struct registry_verified {
    uint64_t documents, spans, faults;
};
enum status registry_verify(struct registry *registry, registry_row_taker taker, void *user, struct registry_verified *ret_verified,
                            struct error *reterr_error);

// A copy of the file as it is now, while others read and write. `path` must be free; it is there whole or not at all.
enum status registry_backup(struct registry *registry, const char *path, struct error *reterr_error);

#endif
