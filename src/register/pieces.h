// SPDX-License-Identifier: MIT
// Pieces of a rebuild's work for which the file is only looked at: threads do them, each with a view of its own. Private to the room.
#ifndef KARAR_REGISTER_PIECES_H
#define KARAR_REGISTER_PIECES_H

#include "register/link.h"
#include "register/votes.h"
#include "register/written.h"

#define LOOK_DOCUMENTS 512      // numbers of documents that a piece looks at
#define SCOPE_MAX 1024          // bytes of a body's id
#define KIND_MAX 16

enum piece_kind { PIECE_LOOK, PIECE_MATCH };
struct registry_piece {
    enum piece_kind kind;
    struct look look;
    struct looked documents[LOOK_DOCUMENTS];
    struct slice claim_kind, scope;
    char kind_text[KIND_MAX], scope_text[SCOPE_MAX];
    bool is_matched;            // the scope is already as matching it whole leaves it
    strand_vec strands;         // if so, of commitments
    session_line_vec sessions;  // and of meetings, where nobody merged bodies
    struct arena arena;         // that they are in
    enum status status;
    struct error error;
};

// A ring of pieces, in the order in which they were given and are taken. Outside of any arena: threads have them also when one unwinds.
struct pieces {
    const struct registry_readers *readers;     // NULL: the writer does all himself
    struct registry *registry;
    int64_t given, taken;
    int ahead;                  // how many there are
    struct registry_piece last; // of scopes: the one given last
    struct registry_piece at[];
};
// Threads do them if the readers have views. NULL: no memory, which the register's status tells.
struct pieces *pieces_new(struct registry *registry, const struct registry_readers *readers);
// Whether threads do them.
bool pieces_have_threads(const struct pieces *pieces);
// The place for the next piece; NULL if all are under way.
struct registry_piece *pieces_place(struct pieces *pieces);
void pieces_give(struct pieces *pieces);        // the one at that place
// Waits for the oldest; NULL if none is under way. Its failure is the register's.
struct registry_piece *pieces_take(struct pieces *pieces);
// Waits for all of the register's, and frees them.
void pieces_forget(struct registry *registry);
// Makes it one that matches a scope.
void piece_of_scope(struct registry_piece *piece, struct slice kind, struct slice scope);
#endif
