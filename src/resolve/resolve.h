// SPDX-License-Identifier: MIT
// From mentions and frames to the record: which meeting, instrument and commitment a report speaks of, between whom.
#ifndef KARAR_RESOLVE_RESOLVE_H
#define KARAR_RESOLVE_RESOLVE_H

#include "doc/document.h"

void resolve_run(struct document *document);

#endif
