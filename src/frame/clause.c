// SPDX-License-Identifier: MIT
// The view of one sentence: for each token the grammar classes and features that the lexicon gives it, and where clauses part.
//
// Boundaries. A semicolon, a contrast (but, while) and a relative pronoun part clauses for good. A conjunction and a comma are noted and
// weighed by whoever asks. "That" opens a content clause, which the verb before it may govern. In a head-final language a clause ends with
// its finite verb group, so a comma or a conjunction right behind a finite verb is a hard boundary there.
#include "frame/clause.h"

#include <assert.h>

#include "frame/insertion.h"

static bool punct_is(const struct document *document, uint32_t token, char mark)
{
    const struct token *at = &document->tokens.at[token];
    return at->kind == TOKEN_PUNCT && at->fold_len == 1 && document->folds[at->fold] == mark;
}

static enum boundary boundary_at(const struct clause_view *view, uint32_t token)
{
    const struct document *document = view->document;
    uint64_t classes = view->classes[token - view->first];
    if (punct_is(document, token, ';'))
        return BOUNDARY_HARD;
    if (view->pack->config.head == HEAD_FINAL && punct_is(document, token, ':'))
        return BOUNDARY_HARD;   // "The free-trade agreement: the 14th round of talks closed"
    if (classes & (GRAMMAR(BUT) | GRAMMAR(WHILE) | GRAMMAR(BECAUSE)))
        return BOUNDARY_HARD;
    if (classes & GRAMMAR(THAT))
        return BOUNDARY_THAT;
    if (classes & GRAMMAR(WHICH))
        return BOUNDARY_HARD;
    if (classes & (GRAMMAR(AND) | GRAMMAR(OR)))
        return BOUNDARY_AND;
    if (punct_is(document, token, ','))
        return BOUNDARY_COMMA;
    return BOUNDARY_NONE;
}

// Head-final: the comma or conjunction behind a finite verb closes the clause.
static void close_finite_clauses(struct clause_view *view)
{
    for (uint32_t token = view->first + 1; token < view->last; token++) {
        uint32_t i = token - view->first;
        if (view->boundary[i] != BOUNDARY_COMMA && view->boundary[i] != BOUNDARY_AND)
            continue;
        bool finite = view->features[i - 1] & CLAUSE_FINITE;
        // a form that is a case mark too closes nothing unless a comma follows
        if (finite && (view->classes[i - 1] & CLAUSE_CASE) && view->boundary[i] == BOUNDARY_AND && i < 2)
            finite = false;
        if (finite)
            view->boundary[i] = BOUNDARY_HARD;
    }
}

void clause_view_init(struct clause_view *view, const struct document *document, const struct sentence *sentence)
{
    assert(sentence->last - sentence->first <= TEXT_MAX_SENTENCE_TOKENS);
    uint32_t count = sentence->last - sentence->first;
    view->document = document;
    view->pack = sentence->pack;
    view->first = sentence->first;
    view->last = sentence->last;
    view->classes[count] = 0;
    view->features[count] = 0;
    for (uint32_t token = view->first; token < view->last; token++) {
        bool initial = document->tokens.at[token].flags & TOKEN_INITIAL;
        const struct pack_group *group = &view->pack->groups.at[initial ? 0 : document->groups[token]];
        view->classes[token - view->first] = group->classes;
        view->features[token - view->first] = group->features;
        view->boundary[token - view->first] = (uint8_t)boundary_at(view, token);
        view->over[token - view->first] = 0;
    }
    view->boundary[count] = BOUNDARY_HARD;
    if (view->pack->config.head == HEAD_FINAL)
        close_finite_clauses(view);
    insertions_find(view);
}

uint64_t clause_classes(const struct clause_view *view, uint32_t token)
{
    return token >= view->first && token < view->last ? view->classes[token - view->first] : 0;
}

uint32_t clause_features(const struct clause_view *view, uint32_t token)
{
    return token >= view->first && token < view->last ? view->features[token - view->first] : 0;
}

bool clause_is_punct(const struct clause_view *view, uint32_t token)
{
    return token < view->first || token >= view->last || view->document->tokens.at[token].kind == TOKEN_PUNCT;
}

enum boundary clause_boundary(const struct clause_view *view, uint32_t from, uint32_t to)
{
    enum boundary strongest = BOUNDARY_NONE;
    for (uint32_t token = from + 1; token <= to && token < view->last; token++) {
        uint32_t over = view->over[token - view->first], boundary = view->boundary[token - view->first];
        if (over && view->first + over < to) {
            boundary = BOUNDARY_COMMA;
            token = view->first + over;
        }
        if (boundary > strongest)
            strongest = boundary;
    }
    return strongest;
}

bool clause_is_inserted(const struct clause_view *view, uint32_t from, uint32_t token)
{
    for (uint32_t mark = from < view->first ? view->first : from; mark < token; mark++)
        if (view->over[mark - view->first] && view->first + view->over[mark - view->first] > token)
            return true;
    return false;
}

uint32_t clause_begin(const struct clause_view *view, uint32_t token)
{
    while (token > view->first && view->boundary[token - view->first] != BOUNDARY_HARD)
        token--;
    return token;
}

uint32_t clause_end(const struct clause_view *view, uint32_t token)
{
    do
        token++;
    while (token < view->last && view->boundary[token - view->first] != BOUNDARY_HARD);
    return token;
}
