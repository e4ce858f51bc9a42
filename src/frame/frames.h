// SPDX-License-Identifier: MIT
// Clause by clause: triggers, their tense and polarity, which governs which, and the mentions each governs.
#ifndef KARAR_FRAME_FRAMES_H
#define KARAR_FRAME_FRAMES_H

#include "doc/document.h"

void frame_run(struct document *document);

#endif
