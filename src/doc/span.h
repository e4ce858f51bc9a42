// SPDX-License-Identifier: MIT
// Spans: where a lexicon entry or a rule's trigger matched. Two families overlap freely: lexicon and triggers; within a family the
// leftmost longest wins, and entries with the same words give several spans with the same bounds, one after the other.
#ifndef KARAR_DOC_SPAN_H
#define KARAR_DOC_SPAN_H

#include <stdint.h>

#define SPAN_NONE UINT32_MAX

struct span {
    uint32_t first, last;   // tokens, half open
    uint32_t lexeme;        // index into the sentence's pack
    uint32_t features;      // FEATURE_* bits of the matched form
};

// The spans of a document, in order of `first`. Index arrays have one cell a token: the first of the group of spans that COVERS the
// token, or SPAN_NONE; a group is spans with equal bounds.
struct span_layer {
    struct span *at;
    uint32_t count;
    uint32_t *covering;
};

#endif
