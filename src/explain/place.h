// SPDX-License-Identifier: MIT
// One place of a report where words stand that `why` was asked about. Private to the explain room.
#ifndef KARAR_EXPLAIN_PLACE_H
#define KARAR_EXPLAIN_PLACE_H

#include "explain/explain.h"

struct place {
    struct buf *out;
    const struct document *document;
    const struct world *world;
    const struct pack *pack;
    uint32_t first, last;   // tokens of the words
};

// Evidence that overlaps the tokens.
bool place_in_evidence(const evidence_vec *evidence, uint32_t first, uint32_t last);
// ", negated", ", in the future" …: nothing for a plain statement.
void place_add_tense(struct buf *out, uint32_t frame_flags);
// A mention that touches the place: what it was read as, what governs it, what the record took of it.
void place_tell_mention(const struct place *place, uint32_t mention);

#endif
