// SPDX-License-Identifier: MIT
// Pieces of a rebuild's work for which the file is only looked at.
//
// While everything is made again one connection writes. What only has to be looked at, threads do beside it, each by a connection of its
// own that sees the file as it was before. So they are of use where nothing was written that a piece looks at; else the writer does it.
#include "register/pieces.h"

#include <stdlib.h>

void piece_of_scope(struct registry_piece *piece, struct slice kind, struct slice scope)
{
    memcpy(piece->kind_text, kind.at, kind.len);
    memcpy(piece->scope_text, scope.at, scope.len);
    piece->claim_kind = slice_make(piece->kind_text, kind.len);
    piece->scope = slice_make(piece->scope_text, scope.len);
    piece->kind = PIECE_MATCH;
    piece->status = STATUS_OK;
}

static struct slice kept(struct registry_piece *piece, struct slice text)
{
    return text.at ? arena_copy(&piece->arena, text) : text;
}

// What was found stays when the view goes on to another piece.
static void keep(struct registry_piece *piece, struct registry *registry, const strand_vec *strands, const session_line_vec *sessions)
{
    arena_reset(&piece->arena);
    piece->strands = (strand_vec){0};
    piece->sessions = (session_line_vec){0};
    enum status unwound = ARENA_CATCH(&piece->arena);
    if (unwound) {
        store_fail(registry, unwound, "while the register was looked at");
        return;
    }
    for (uint32_t i = 0; i < strands->count; i++) {
        struct strand strand = strands->at[i];
        strand.id = kept(piece, strand.id);
        vec_push(&piece->arena, &piece->strands, strand);
    }
    for (uint32_t i = 0; i < sessions->count; i++) {
        struct session_line line = sessions->at[i];
        struct slice *const texts[] = {&line.id, &line.status, &line.date, &line.city, &line.country, &line.chairs, &line.chair_claims,
                &line.said_on, &line.disagree};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            *texts[k] = kept(piece, *texts[k]);
        vec_push(&piece->arena, &piece->sessions, line);
    }
}

static void do_piece(struct registry_piece *piece, struct registry *registry)
{
    strand_vec strands = {0};
    session_line_vec sessions = {0};
    if (piece->kind == PIECE_LOOK) {
        written_look(registry, &piece->look);
        return;
    }
    piece->is_matched = link_is_matched(registry, piece->claim_kind, piece->scope, &strands);
    if (piece->is_matched && slice_is(piece->claim_kind, "meeting") && !registry->has_merges)
        votes_of_scope(registry, piece->scope, &sessions);
    if (piece->is_matched)
        keep(piece, registry, &strands, &sessions);
}

void registry_piece_do(struct registry_piece *piece, struct registry_view *view)
{
    struct registry *registry = store_of_view(view);
    registry->status = STATUS_OK;
    arena_reset(&registry->work);
    enum status unwound = ARENA_CATCH(&registry->work);
    if (unwound)
        store_fail(registry, unwound, "while the register was looked at");
    else if (store_view_begin(registry))
        do_piece(piece, registry);
    store_rest(registry);
    store_view_end(registry);
    piece->status = registry->status;
    piece->error = registry->error;
}

// ---- the ring ---------------------------------------------------------------------------------------------------------------
struct pieces *pieces_new(struct registry *registry, const struct registry_readers *readers)
{
    const int ahead = readers && readers->give_piece ? readers->ahead : 1;
    struct pieces *pieces = calloc(1, sizeof *pieces + (size_t)ahead * sizeof *pieces->at);
    if (!pieces) {
        store_fail(registry, STATUS_NO_MEMORY, "no memory to make the register again");
        return NULL;
    }
    pieces->readers = readers && readers->give_piece ? readers : NULL;
    pieces->registry = registry;
    pieces->ahead = ahead;
    for (int i = 0; i < ahead; i++)
        arena_init(&pieces->at[i].arena, NULL, REGISTRY_MEMORY);
    return pieces;
}

bool pieces_have_threads(const struct pieces *pieces)
{
    return pieces->readers != NULL;
}

struct registry_piece *pieces_place(struct pieces *pieces)
{
    return pieces->given - pieces->taken < pieces->ahead ? &pieces->at[pieces->given % pieces->ahead] : NULL;
}

void pieces_give(struct pieces *pieces)
{
    struct registry_piece *piece = &pieces->at[pieces->given++ % pieces->ahead];
    piece->status = STATUS_OK;
    if (pieces->readers)
        pieces->readers->give_piece(pieces->readers->user, piece);
    else if (piece->kind == PIECE_LOOK)
        do_piece(piece, pieces->registry);
    else
        piece->is_matched = false;      // matched by who takes it
}

struct registry_piece *pieces_take(struct pieces *pieces)
{
    if (pieces->taken == pieces->given)
        return NULL;
    struct registry_piece *piece = &pieces->at[pieces->taken++ % pieces->ahead];
    if (pieces->readers)
        pieces->readers->take_piece(pieces->readers->user);
    if (piece->status && !pieces->registry->status) {
        pieces->registry->error = piece->error;
        pieces->registry->status = piece->status;
    }
    return piece;
}

void pieces_forget(struct registry *registry)
{
    struct pieces *pieces = registry->pieces;
    registry->pieces = NULL;
    if (!pieces)
        return;
    while (pieces_take(pieces))
        continue;
    for (int i = 0; i < pieces->ahead; i++)
        arena_finish(&pieces->at[i].arena);
    free(pieces);
}
