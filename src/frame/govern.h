// SPDX-License-Identifier: MIT
// Which trigger governs which: for the frames of one sentence, and for the mentions in it.
#ifndef KARAR_FRAME_GOVERN_H
#define KARAR_FRAME_GOVERN_H

#include "frame/clause.h"

// `frames` are the sentence's, ordered by first; their `outer` fields are set here to indices from `base`.
void govern_frames(const struct clause_view *view, struct frame *frames, uint32_t count, uint32_t base);
// The frame (index from 0) that governs the mention, FRAME_NONE if none.
uint32_t govern_mention(const struct clause_view *view, const struct frame *frames, uint32_t count, const struct mention *mention);

#endif
