// SPDX-License-Identifier: MIT
// What the opaque handles of karar.h are, and the ways between its types and ours.
#ifndef KARAR_API_HANDLES_H
#define KARAR_API_HANDLES_H

#include <karar/karar.h>

#include "base/buf.h"
#include "engine/engine.h"

#define API_MAX_OUTPUT ((size_t)4 << 30)

struct karar_engine {
    struct engine *engine;
    const char **tags;          // of the languages, NUL-terminated, NULL at the end; in `storage`
    char *storage;
};

// A report keeps its document and the bytes it was read from; packs belong to the engine, which must live as long.
struct karar_report {
    const struct engine *engine;
    struct document document;
    char *bytes, *uri, *publisher;
    char *language;             // NULL if no pack reads it
    char given_date[DATE_EDTF_SIZE], date[DATE_EDTF_SIZE];    // "" if none
};

// Fills *error (which may be NULL) from ours and returns its status.
karar_status api_error(karar_error *error, const struct error *from, enum status status);
__attribute__((format(printf, 3, 4)))
karar_status api_fail(karar_error *error, enum status status, const char *format, ...);
// Hands the buffer to the sink and finishes it. A failed buffer or sink is the result.
karar_status api_flush(struct buf *buf, karar_sink sink, void *user, karar_error *error);
// A NUL-terminated copy on the heap; NULL if memory ran out.
char *api_copy(struct slice text);

#endif
