// SPDX-License-Identifier: MIT
// A document: one report, one arena, one flat array per layer. Stages read layers and add one each.
#ifndef KARAR_DOC_DOCUMENT_H
#define KARAR_DOC_DOCUMENT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"
#include "doc/claim.h"
#include "doc/date.h"
#include "doc/frame.h"
#include "doc/mention.h"
#include "doc/span.h"
#include "doc/token.h"
#include "doc/weighed.h"
#include "unicode/normal.h"

struct look;

struct text_range {
    uint32_t begin, end;    // bytes of document.text; equal: none
};

// Why the record is as empty as it is, if it is.
enum verdict {
    VERDICT_NONE,           // no record was tried: no pack reads the report
    VERDICT_RECORD,
    VERDICT_FEW_PARTIES,    // fewer than two parties deal
    VERDICT_NO_SIGN,        // nothing shows that governments deal
    VERDICT_DISORDER,       // the words make no sentences
};

struct document {
    struct arena *arena;

    // ingest
    struct slice uri;       // path, address or archive record, as given
    struct slice stored;    // the report as UTF-8: what evidence offsets refer to, what is hashed
    struct date_range given_date;  // date told by the caller (--date), or none
    struct slice given_publisher;  // told by the head of a page, which is no part of `stored`; or empty

    // clean
    struct slice text;      // NFC of `stored`; often the very same bytes
    struct offset_map map;  // text → stored
    VEC(struct paragraph) paragraphs;
    struct text_range title, publisher, published_words;
    struct date_range published;   // from the page's head or dateline; none if the report does not say
    struct look *looks;     // a cell a paragraph: what it looks like; the clean stage's own

    // lang
    const struct pack *pack;       // main language; NULL: no pack reads it

    // text
    VEC(struct sentence) sentences;
    VEC(struct token) tokens;
    char *folds;            // matching keys, see struct token

    // match
    struct span_layer lexicon;
    struct span_layer triggers;
    uint16_t *groups;       // a cell a token: what the lexicon forms that cover it say, index into its pack's groups; 0: none covers it

    // mention
    VEC(struct mention) mentions;
    VEC(struct person) people;

    // frame
    VEC(struct frame) frames;
    uint32_t *governed_by;  // one cell a mention

    // resolve
    struct record record;
    VEC(struct weighed) weighed;
    uint8_t *fates;         // one cell a mention: enum mention_fate; NULL if no record was tried
    uint8_t verdict;        // enum verdict
};

static inline struct slice document_fold(const struct document *document, uint32_t token)
{
    const struct token *t = &document->tokens.at[token];
    return slice_make(document->folds + t->fold, t->fold_len);
}
// The text from token `first` to the end of token `last - 1`, as it stands.
static inline struct slice document_words(const struct document *document, uint32_t first, uint32_t last)
{
    if (first >= last)
        return slice_make(document->text.at, 0);
    const struct token *a = &document->tokens.at[first], *b = &document->tokens.at[last - 1];
    return slice_make(document->text.at + a->begin, b->end - a->begin);
}
// The sentence opens an item of a list: with a number and its stop, or, where its paragraph begins, with a bullet or dash.
bool document_opens_item(const struct document *document, uint32_t sentence);

#endif
