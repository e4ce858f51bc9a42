// SPDX-License-Identifier: MIT
// The start page: search, what is coming, what came in, and who deals with whom.
//
// The register's pairs are few beside its reports, so all are asked for, the most reported first.
// The matrix has the parties with the most reports; all pairs stand below it, so that nothing is left out that does not fit.
#include "serve/pages.h"
#include "serve/picture.h"

#define MATRIX_PARTIES 10
#define RECENT_REPORTS 10
#define COMING_SESSIONS 10
#define START_PAIRS 60

static bool is_among(struct slice *parties, uint32_t count, struct slice party)
{
    for (uint32_t i = 0; i < count; i++)
        if (slice_eq(parties[i], party))
            return true;
    return false;
}

// The parties of the first pairs, until the matrix is full.
static uint32_t pick_parties(const struct value *pairs, struct slice *parties)
{
    uint32_t count = 0;
    for (const struct value *pair = pairs->first; pair; pair = pair->next) {
        struct slice second = value_text(pair, "id"), first = slice_cut(&second, '-');
        uint32_t more = !is_among(parties, count, first) + (uint32_t)!is_among(parties, count, second);
        if (memchr(second.at, '-', second.len) || count + more > MATRIX_PARTIES)
            continue;
        if (!is_among(parties, count, first))
            parties[count++] = first;
        if (!is_among(parties, count, second))
            parties[count++] = second;
    }
    return count;
}

static const struct value *find_pair(const struct value *pairs, struct slice a, struct slice b)
{
    for (const struct value *pair = pairs->first; pair; pair = pair->next) {
        struct slice second = value_text(pair, "id"), first = slice_cut(&second, '-');
        if ((slice_eq(first, a) && slice_eq(second, b)) || (slice_eq(first, b) && slice_eq(second, a)))
            return pair;
    }
    return NULL;
}

static void add_matrix(struct request *request, struct value *page, const struct value *pairs)
{
    struct slice parties[MATRIX_PARTIES];
    uint32_t count = pick_parties(pairs, parties);
    if (count < 3)
        return;     // one pair is told by the list alone
    struct value *heads = value_list(request->arena, page, "matrix_heads"), *rows = value_list(request->arena, page, "matrix");
    for (uint32_t i = 0; i < count; i++) {
        value_set(request->arena, value_add(request->arena, heads), "party", parties[i]);
        struct value *row = value_add(request->arena, rows);
        value_set(request->arena, row, "party", parties[i]);
        struct value *cells = value_list(request->arena, row, "cells");
        for (uint32_t j = 0; j < count; j++) {
            struct value *cell = value_add(request->arena, cells);
            const struct value *pair = i == j ? NULL : find_pair(pairs, parties[i], parties[j]);
            if (!pair)
                continue;
            value_set(request->arena, cell, "pair", value_text(pair, "id"));
            value_set(request->arena, cell, "sessions", value_text(pair, "sessions"));
        }
    }
}

static void name_places(struct request *request, struct value *rows)
{
    for (struct value *row = rows->first; row; row = row->next)
        value_set(request->arena, row, "place", ui_place(request->language, request->arena, value_text(row, "place")));
}

static void name_pairs(struct request *request, struct value *rows, const char *key)
{
    for (struct value *row = rows->first; row; row = row->next)
        value_set(request->arena, row, "name", ui_pair(request->language, request->arena, value_text(row, key)));
}

void page_start(struct request *request, struct answer *answer)
{
    struct value *page = page_new(request);
    value_set(request->arena, page, "heading", page_word(request, "start.title"));
    struct value *coming = ask_kept(request, page, "coming", "page_coming", &(struct asked){.limit = COMING_SESSIONS});
    name_pairs(request, coming, "pair");
    name_places(request, coming);
    ask_kept(request, page, "recent", "page_recent", &(struct asked){.limit = RECENT_REPORTS});
    struct value *pairs = ask_kept(request, page, "pairs", "page_pairs", &(struct asked){.limit = START_PAIRS});
    name_pairs(request, pairs, "id");
    add_matrix(request, page, pairs);
    picture_network(request, page);
    page_send(request, answer, page, "start");
}
