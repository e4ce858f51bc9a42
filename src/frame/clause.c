// SPDX-License-Identifier: MIT
// The view of one sentence: for each token the grammar classes and features that the lexicon gives it, and where clauses part.
//
// Boundaries. A semicolon, a contrast (but, while) and a relative pronoun part clauses for good. A conjunction and a comma are noted and
// weighed by whoever asks. "That" opens a content clause, which the verb before it may govern. In a head-final language a clause ends with
// its finite verb group, so a comma or a conjunction right behind a finite verb is a hard boundary there.
#include "frame/clause.h"

#include <assert.h>
#include <string.h>

#include "frame/insertion.h"

#define PARTING (GRAMMAR(BUT) | GRAMMAR(WHILE) | GRAMMAR(BECAUSE) | GRAMMAR(THAT) | GRAMMAR(WHICH) | GRAMMAR(AND) | GRAMMAR(OR))

static enum boundary boundary_of_class(uint64_t classes)
{
    if (classes & (GRAMMAR(BUT) | GRAMMAR(WHILE) | GRAMMAR(BECAUSE)))
        return BOUNDARY_HARD;
    if (classes & GRAMMAR(THAT))
        return BOUNDARY_THAT;
    return classes & GRAMMAR(WHICH) ? BOUNDARY_HARD : BOUNDARY_AND;
}

static enum boundary boundary_at(const struct clause_view *view, const struct token *token, uint64_t classes)
{
    char mark = token->kind == TOKEN_PUNCT && token->fold_len == 1 ? view->document->folds[token->fold] : 0;
    if (mark == ';')
        return BOUNDARY_HARD;
    if (mark == ':' && view->pack->config.head == HEAD_FINAL)
        return BOUNDARY_HARD;   // "The free-trade agreement: the 14th round of talks closed"
    if (classes & PARTING)
        return boundary_of_class(classes);
    return mark == ',' ? BOUNDARY_COMMA : BOUNDARY_NONE;
}

// Head-final: a "when" that the pack calls an occasion, too, stands within its own clause right behind who acts in it ("the minister when
// came …"): behind a name, an office or the mark of an agent.
static bool is_inner_when(const struct clause_view *view, uint32_t i)
{
    const uint64_t when = GRAMMAR(WHILE) | GRAMMAR(OCCASION);
    if ((view->classes[i] & when) != when || clause_is_punct(view, view->first + i - 1))
        return false;
    if (view->classes[i - 1])
        return view->classes[i - 1] & GRAMMAR(AGENT);
    const struct span_layer *lexicon = &view->document->lexicon;
    uint32_t span = lexicon->covering[view->first + i - 1];
    uint8_t kind = span == SPAN_NONE ? LEXICON_NAME : view->pack->lexemes.at[lexicon->at[span].lexeme].kind;
    return kind == LEXICON_NAME || kind == LEXICON_OFFICE || kind == LEXICON_STATE || kind == LEXICON_SIDE;
}

// Head-final: the comma or conjunction behind a finite verb closes the clause.
static void close_finite_clauses(struct clause_view *view)
{
    for (uint32_t token = view->first + 1; token < view->last; token++) {
        uint32_t i = token - view->first;
        if (view->boundary[i] == BOUNDARY_HARD && is_inner_when(view, i))
            view->boundary[i] = BOUNDARY_NONE;
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
    const struct token *tokens = document->tokens.at + view->first;
    const uint16_t *groups = document->groups + view->first;
    for (uint32_t i = 0; i < count; i++) {
        const struct pack_group *group = &view->pack->groups.at[tokens[i].flags & TOKEN_INITIAL ? 0 : groups[i]];
        view->classes[i] = group->classes;
        view->features[i] = group->features;
        bool parts = tokens[i].kind == TOKEN_PUNCT || (group->classes & PARTING);
        view->boundary[i] = parts ? (uint8_t)boundary_at(view, &tokens[i], group->classes) : BOUNDARY_NONE;
    }
    memset(view->over, 0, count * sizeof *view->over);
    view->boundary[count] = BOUNDARY_HARD;
    if (view->pack->config.head == HEAD_FINAL)
        close_finite_clauses(view);
    view->inserts = false;
    insertions_find(view);
    uint32_t parted = 0;
    for (uint32_t i = 0; i < count; i++) {
        parted = view->boundary[i] ? i + 1 : parted;
        view->parted[i] = (uint16_t)parted;
    }
}

// Behind the next token before `parted` with a boundary; both as in view->parted.
static uint32_t parted_before(const struct clause_view *view, uint32_t parted)
{
    return parted > 1 ? view->parted[parted - 2] : 0;
}

// Where nothing is put in: from one token with a boundary to the one before it.
static enum boundary boundary_plain(const struct clause_view *view, uint32_t from, uint32_t to)
{
    enum boundary strongest = BOUNDARY_NONE;
    uint32_t begin = from + 1 - view->first, end = (to < view->last ? to + 1 : view->last) - view->first;
    for (uint32_t at = end ? view->parted[end - 1] : 0; at > begin; at = parted_before(view, at))
        if (view->boundary[at - 1] > strongest)
            strongest = view->boundary[at - 1];
    return strongest;
}

enum boundary clause_boundary(const struct clause_view *view, uint32_t from, uint32_t to)
{
    enum boundary strongest = BOUNDARY_NONE;
    if (!view->inserts)
        return boundary_plain(view, from, to);
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
    for (uint32_t mark = from < view->first ? view->first : from; view->inserts && mark < token; mark++)
        if (view->over[mark - view->first] && view->first + view->over[mark - view->first] > token)
            return true;
    return false;
}

uint32_t clause_begin(const struct clause_view *view, uint32_t token)
{
    uint32_t at = view->parted[token - view->first];
    while (at && view->boundary[at - 1] != BOUNDARY_HARD)
        at = parted_before(view, at);
    return view->first + (at ? at - 1 : 0);
}

uint32_t clause_end(const struct clause_view *view, uint32_t token)
{
    do
        token++;
    while (token < view->last && view->boundary[token - view->first] != BOUNDARY_HARD);
    return token;
}
