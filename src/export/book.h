// SPDX-License-Identifier: MIT
// The codebook: the tables of exports/ and the states and organisations of packs/shared, as exports need them. Read-only once loaded.
#ifndef KARAR_EXPORT_BOOK_H
#define KARAR_EXPORT_BOOK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

enum column_type {
    COLUMN_TEXT, COLUMN_KEY, COLUMN_INTEGER, COLUMN_FLAG, COLUMN_DAY, COLUMN_EDTF, COLUMN_YEAR, COLUMN_CODES, COLUMN_PARTIES
};
enum column_function { COLUMN_GIVEN, COLUMN_ALPHA2, COLUMN_COW, COLUMN_NAME, COLUMN_CONTEXTS };

struct book_column {
    struct slice name, about;
    struct slice from;          // the answer's column that gives it, or its codes
    enum column_function function;
    enum column_type type;
};
struct book_table {
    struct slice name, about;
    VEC(struct book_column) columns;
};
struct book_party {
    struct slice code, alpha2, numeric, cow, status, name;   // empty: none; organisations have code and name alone
    struct slice plover;        // code and name by which PLOVER knows it
    struct slice plover_name;
    bool state;
};
// What a claim becomes in PLOVER: exports/events.tsv.
struct book_event {
    struct slice kind, step, event, mode, auxiliary, scale, quad;   // empty: none
};
struct book_sector {
    struct slice code, contexts, crs, cofog;
};
struct book_pair {
    struct slice key, value;    // of concepts.tsv, offices.tsv, languages.tsv
};
// A code of a closed list of packs/shared, in words.
struct book_code {
    const char *list;           // "meetings"
    struct slice code, word;
};

struct book {
    struct arena *arena;
    VEC(struct book_table) tables;
    VEC(struct book_party) parties;     // states first
    VEC(struct book_event) events;
    VEC(struct book_sector) sectors;
    VEC(struct book_pair) concepts, offices, languages, concept_sectors;
    VEC(struct book_code) codes;
};

// Everything lives in `arena` or in the program itself. The tables are part of the program: a fault in one is STATUS_BAD_PACK and its line.
enum status book_load(struct arena *arena, struct book *ret_book, struct error *reterr_error);

const struct book_table *book_table(const struct book *book, const char *name);
const struct book_party *book_party(const struct book *book, struct slice code);    // NULL: unknown
// What `party` is called by another list; empty if it has no such name. An unknown code's name is the code.
struct slice book_party_as(const struct book *book, struct slice code, enum column_function function);
const struct book_event *book_event(const struct book *book, struct slice kind, struct slice step);     // NULL: none
// Sectors of a concept of packs/shared, joined by commas; at NULL: no such concept.
struct slice book_concept_sectors(const struct book *book, struct slice concept);
// PLOVER contexts of sectors and concepts (codes joined by blanks or commas), each once, in the order of the sectors.
void book_contexts(const struct book *book, struct slice sectors, struct slice concepts, const char *separator, struct buf *out);
struct slice book_office(const struct book *book, struct slice office);     // PLOVER's sector: "GOV" unless the table says otherwise
// A code of a list (meetings, instruments, offices, sectors) in words; the code itself if it is none.
struct slice book_word(const struct book *book, const char *list, struct slice code);
// A tag's language in three letters (ISO 639-3) as FollowTheMoney knows it; empty: none.
struct slice book_language(const struct book *book, struct slice tag);
// The text of an embedded file; at NULL if there is none.
struct slice book_file(const char *name);

#endif
