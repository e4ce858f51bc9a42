// SPDX-License-Identifier: MIT
// A sentence as the frame stage sees it: grammar classes and features of each token, and the boundaries between them.
#ifndef KARAR_FRAME_CLAUSE_H
#define KARAR_FRAME_CLAUSE_H

#include "doc/document.h"
#include "pack/pack.h"

enum boundary {
    BOUNDARY_NONE,
    BOUNDARY_COMMA,
    BOUNDARY_AND,   // a conjunction stands here
    BOUNDARY_THAT,  // a content clause begins here: what stands before may govern it
    BOUNDARY_HARD,  // nothing governs across
};

struct clause_view {
    const struct document *document;
    const struct pack *pack;
    uint32_t first, last;  // tokens of the sentence
    uint64_t classes[TEXT_MAX_SENTENCE_TOKENS + 1];   // by token - first
    uint32_t features[TEXT_MAX_SENTENCE_TOKENS + 1];  // of grammar words
    uint8_t boundary[TEXT_MAX_SENTENCE_TOKENS + 1];   // stands before or at the token
    uint16_t over[TEXT_MAX_SENTENCE_TOKENS + 1];      // at the mark that opens an insertion: the one that closes it (less first); else 0
    uint16_t parted[TEXT_MAX_SENTENCE_TOKENS + 1];    // behind the last token up to this one that has a boundary (less first); 0: none
    bool inserts;                                     // some token opens an insertion
};

void clause_view_init(struct clause_view *view, const struct document *document, const struct sentence *sentence);
static inline uint64_t clause_classes(const struct clause_view *view, uint32_t token)    // 0 outside the sentence
{
    return token >= view->first && token < view->last ? view->classes[token - view->first] : 0;
}
static inline uint32_t clause_features(const struct clause_view *view, uint32_t token)
{
    return token >= view->first && token < view->last ? view->features[token - view->first] : 0;
}
static inline bool clause_is_punct(const struct clause_view *view, uint32_t token)        // true outside the sentence
{
    return token < view->first || token >= view->last || view->document->tokens.at[token].kind == TOKEN_PUNCT;
}
// The strongest boundary at tokens in (from, to]; an insertion that lies between the two whole is no more than a comma.
enum boundary clause_boundary(const struct clause_view *view, uint32_t from, uint32_t to);
// The token stands in an insertion that opens at `from` or behind it.
bool clause_is_inserted(const struct clause_view *view, uint32_t from, uint32_t token);
// First token of the clause that `token` stands in (just after the last hard boundary), and the end of that clause.
uint32_t clause_begin(const struct clause_view *view, uint32_t token);
uint32_t clause_end(const struct clause_view *view, uint32_t token);

// The trigger is no verb here: a bare form that is a noun, too, with no auxiliary before it.
#define CLAUSE_NO_VERB UINT32_MAX

// Features and auxiliaries of a trigger → FRAME_* flags, or CLAUSE_NO_VERB; the verb group in
// *ret_first, *ret_last.
uint32_t clause_tense(const struct clause_view *view, const struct span *trigger, uint32_t features, uint32_t *ret_first,
                      uint32_t *ret_last);

#define CLAUSE_FINITE (FEATURE(PAST) | FEATURE(PRES) | FEATURE(FUT))
#define CLAUSE_VERBAL (GRAMMAR(WILL) | GRAMMAR(MAY) | GRAMMAR(MUST) | GRAMMAR(BE) | GRAMMAR(HAVE) | GRAMMAR(DO) | GRAMMAR(VERB))
#define CLAUSE_CASE                                                                                                     \
    (GRAMMAR(OF) | GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(WITH) | GRAMMAR(BETWEEN) | GRAMMAR(BY) |        \
     GRAMMAR(AGENT) | GRAMMAR(OBJECT) | GRAMMAR(FROM) | GRAMMAR(TO) | GRAMMAR(FOR) | GRAMMAR(UNTIL) | GRAMMAR(SINCE) |  \
     GRAMMAR(AFTER) | GRAMMAR(BEFORE) | GRAMMAR(DURING) | GRAMMAR(UNDER))

#endif
