// SPDX-License-Identifier: MIT
// What the register knows, in the formats of other programs. Mappings stand in exports/ (export/book.h); docs/manual/export.md and its
// pages tell what each format is given and what it loses.
//
// An export sees the register at one moment, asks nothing of the clock, and writes the same bytes for the same register and options.
#ifndef KARAR_EXPORT_EXPORT_H
#define KARAR_EXPORT_EXPORT_H

#include "register/register.h"

// Receives the files of an export, one after the other: `file` is a name without folder; a new name begins a new file. False: stop.
struct export_sink {
    bool (*take)(void *user, const char *file, struct slice bytes);
    void *user;
};

struct export_options {
    struct slice pair;          // "PAK-RUS", or the id of a body; at NULL: all
    struct slice as_of;         // YYYY-MM-DD: only what was said until then; at NULL: all, seen from the day of the latest report
    struct slice since, until;  // YYYY-MM-DD: only what happened (where that is not known: was said) in that time; at NULL: any
    const char *version;        // of karar
};

struct exporting;
struct export_format {
    const char *name;           // "dyad-year"
    const char *file;           // its main file; NULL: several of one rank, which want a folder
    const char *about;          // one line
    bool by_day;                // takes `since` and `until`
    void (*run)(struct exporting *exporting);
};
// The formats, in the order of the manual; NULL past the end.
const struct export_format *export_format_at(unsigned index);
const struct export_format *export_format_find(const char *name);   // NULL: none

// Writes all files of a format; *ret_rows: how many rows, entities or records the main ones hold.
enum status export_write(struct registry *registry, const struct export_format *format, const struct export_options *options,
                         const struct export_sink *sink, uint64_t *ret_rows, struct error *reterr_error);

#endif
