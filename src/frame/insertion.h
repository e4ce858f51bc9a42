// SPDX-License-Identifier: MIT
// Clauses that stand inside another one, between marks: what is before them is governed over them.
#ifndef KARAR_FRAME_INSERTION_H
#define KARAR_FRAME_INSERTION_H

#include "frame/clause.h"

// Fills view->over, which is clear, and view->inserts.
void insertions_find(struct clause_view *view);

#endif
