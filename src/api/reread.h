// SPDX-License-Identifier: MIT
// Readings for the register, one after the other or by several threads ahead of the one who writes.
#ifndef KARAR_API_REREAD_H
#define KARAR_API_REREAD_H

#include "api/handles.h"
#include "register/register.h"

// Record and annex of a document that was read.
enum status reread_document(const struct document *document, const struct engine *engine, struct buf *json, struct buf *annex);

// A document of the register, with what is told of it as a whole. The reading is in the buffers.
enum status reread_stored(const karar_engine *engine, const struct registry_document *stored, struct buf *json, struct buf *annex,
                          struct registry_reading *ret_reading, struct error *reterr_error);

struct reread;
// A thread an engine; fills *ret_readers. NULL if there is no memory or no thread.
struct reread *reread_start(const struct registry *registry, karar_engine *const *engines, uint32_t count,
        struct registry_readers *ret_readers);
// Waits for what is under way.
void reread_finish(struct reread *reread);

#endif
