// SPDX-License-Identifier: MIT
// What the opaque handles of karar.h are, and the ways between its types and ours.
#ifndef KARAR_API_HANDLES_H
#define KARAR_API_HANDLES_H

#include <karar/karar.h>

#include "base/buf.h"
#include "engine/engine.h"

#define API_MAX_OUTPUT ((size_t)4 << 30)
#define API_MAX_OPTIONS ((size_t)4 << 10)   // bytes of an option struct; a larger one was never filled in

struct karar_engine {
    struct engine *engine;
    const char **tags;          // of the languages, NUL-terminated, NULL at the end, their text behind
    size_t tags_size;           // bytes
};

// A report keeps its document and the bytes it was read from; packs and allocator are its engine's, which lives as long.
struct karar_report {
    const struct engine *engine;
    struct document document;
    size_t size;                // of this struct and the strings behind it: the text, uri and publisher as given
    const char *language;       // the engine's tag; NULL if no pack reads it
    const char *hint;           // the engine's tag of the language that its page named; NULL: none
    karar_fact *facts;          // in the document's arena; NULL until asked for
    char given_date[DATE_EDTF_SIZE], date[DATE_EDTF_SIZE];    // "" if none
};

struct karar_register {
    struct registry *registry;
};

// Fills *error (which may be NULL) from ours and returns its status.
karar_status api_error(karar_error *error, const struct error *from, enum status status);
__attribute__((format(printf, 3, 4)))
karar_status api_fail(karar_error *error, enum status status, const char *format, ...);
// Hands the buffer to the sink and finishes it. A failed buffer or sink is the result.
karar_status api_flush(struct buf *buf, karar_sink sink, void *user, karar_error *error);
// What a caller gave; at NULL: nothing.
static inline struct slice api_given(const char *text)
{
    return text ? slice_from(text) : (struct slice){NULL, 0};
}
// A NUL-terminated copy on the heap; NULL if memory ran out.
char *api_copy(struct slice text);
// Takes an option struct of the caller, who may have been compiled with another version of the header: fields that it lacks become zero.
// STATUS_BAD_ARGUMENT if `size` was not set, or if it asks for fields that this library does not know. `theirs` NULL: all zero. For this
// a new field goes behind all others and never into padding: each struct ends without any (handles.c asserts it).
karar_status api_options(void *ours, size_t size, const void *theirs, const char *name, karar_error *error);
#define API_OPTIONS(ours, theirs, error) api_options(&(ours), sizeof(ours), (theirs), #theirs, (error))

#endif
