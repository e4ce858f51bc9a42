// SPDX-License-Identifier: MIT
// Matters that a relative clause beside their own one tells of.
#ifndef KARAR_FRAME_CORRELATIVE_H
#define KARAR_FRAME_CORRELATIVE_H

#include "frame/clause.h"

// Head-final: "X and Y were among those matters on which talk was": the relative clause beside the matter's own, which points at it and
// tells nothing itself, says how firm it is. The frame in it, or FRAME_NONE.
uint32_t correlative_governor(const struct clause_view *view, const struct frame *frames, uint32_t count, const struct mention *m);

#endif
