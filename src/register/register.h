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

#define REGISTRY_VERSION 1                  // of the file
#define REGISTRY_APPLICATION 0x6B617272     // "karr": PRAGMA application_id

struct registry;

// Opens the file; makes it if `create` and it is not there. A file of a newer version, or one that is no register, is refused and left as
// it is.
enum status registry_open(const char *path, bool create, struct registry **ret_registry, struct error *reterr_error);
void registry_close(struct registry *registry);

// A report with what the reader says of it. Strings are copied into the file.
struct registry_document {
    struct slice bytes;         // UTF-8 as stored
    struct slice uri, author;
    struct slice language, date;// told by the caller; empty: none
    struct slice json;          // karar.record/1
    struct slice engine;        // version of the reader
};
// One transaction: either all of the report is stored when this returns STATUS_OK, or nothing. The same bytes again change nothing
// (*ret_new false). ret_id receives the first twelve digits of the hash and a NUL.
enum status registry_add(struct registry *registry, const struct registry_document *document, bool *ret_new, char ret_id[13],
                         struct error *reterr_error);

enum decision_action { DECISION_ACCEPT, DECISION_REJECT, DECISION_EDIT, DECISION_MERGE, DECISION_SPLIT, DECISION_UNDO, DECISION_COUNT };
struct registry_decision {
    enum decision_action action;
    struct slice target;        // id of a claim (accept, reject), of what is edited or merged, or a decision's number (undo)
    struct slice field, value;  // empty: none
    struct slice author, reason;
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

// Parameters of a question; at NULL: any.
struct registry_question {
    struct slice pair, id, words, as_of;
    int64_t years, limit;       // limit 0: 1000 rows
};
// `name`: a statement of questions.sql. STATUS_NOT_FOUND if there is no such question.
enum status registry_ask(struct registry *registry, const char *name, const struct registry_question *question, registry_row_taker taker,
                         void *user, struct error *reterr_error);

// Makes all that is derived again. `read` gives the record of a stored document as JSON, valid until the next call; a document that can
// no longer be read keeps no claims. Differences go to `taker` (change, what, id, said). One transaction.
typedef enum status (*registry_reader)(void *user, const struct registry_document *document, struct slice *ret_json,
                     struct error *reterr_error);
typedef void (*registry_progress)(void *user, uint64_t done, uint64_t count);
enum status registry_rebuild(struct registry *registry, struct slice engine, registry_reader read, void *read_user,
                             registry_progress progress,
                             void *progress_user, registry_row_taker taker, void *user, struct error *reterr_error);

// Compares every document with its hash and every span with the bytes it quotes. Each fault is a row (document, path, fault).
struct registry_verified {
    uint64_t documents, spans, faults;
};
enum status registry_verify(struct registry *registry, registry_row_taker taker, void *user, struct registry_verified *ret_verified,
                            struct error *reterr_error);

#endif
