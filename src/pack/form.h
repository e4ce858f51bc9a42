// SPDX-License-Identifier: MIT
// Forms of lexicons and triggers: paradigms, and expansion into the trie. Private to the pack room.
#ifndef KARAR_PACK_FORM_H
#define KARAR_PACK_FORM_H

#include "pack/table.h"
#include "pack/trie.h"

#define FORM_MAX_WORDS 24u           // tokens of one expanded form
#define FORM_MAX_EXPANSIONS 16384u   // of one form as written
#define FORM_MAX_ALTERNATIVES 400u   // in one pair of brackets
#define FORM_MAX_NESTING 6u          // brackets in brackets
#define FORM_MAX_WORD_BYTES 200u     // one word as written
#define FORM_MAX_CELLS 120u          // of one paradigm

#define CELL_NONE 0xFFFFu

// One row of paradigms.tsv.
struct ending {
    struct slice from, to;
};
// The rows of one cell of a paradigm, in the order of the file.
struct paradigm_cell {
    uint16_t cell;           // index into form_builder.cells
    VEC(struct ending) endings;
};
struct paradigm {
    struct slice name;
    VEC(struct paradigm_cell) cells;
};
struct cell_name {
    struct slice name;
    uint32_t features;
};

// A node that a form as read so far leads to, and the cell that its inflected words agree in: that of the first one.
struct form_state {
    uint32_t node;
    uint16_t cell, paradigm, words;
};

#define WORD_CACHE_BYTES 56
#define WORD_CACHE_ROOM 4096u   // a power of two

// A written word that is cut into one piece, and the id of that piece.
struct cached_word {
    uint32_t id;             // 0: empty
    uint32_t len;
    char bytes[WORD_CACHE_BYTES];
};

struct form_builder {
    struct arena *arena;
    struct pack *pack;
    struct map paradigm_by_name, cell_by_name;
    VEC(struct paradigm) paradigms;
    VEC(struct cell_name) cells;
    VEC(struct form_state) states;   // scratch of one form
    VEC(uint32_t) word_ids;          // scratch: the words of one written word
    struct cached_word *cache;       // words met before, by hash
    uint32_t forms;                  // expanded forms so far
};

void form_builder_init(struct form_builder *builder, struct arena *arena, struct pack *pack);
// Reads paradigms.tsv.
void form_read_paradigms(struct form_builder *builder, const struct pack_file *file, pack_fault_vec *faults);
// Reads abbreviations.txt: an abbreviation a line.
void form_read_abbreviations(struct form_builder *builder, const struct pack_file *file, pack_fault_vec *faults);
// Expands a cell of forms ("a b | c [d|e]") of the reader's current line into the trie, all for one lexeme. `features` are added to
// those of the forms' cells.
void form_add_all(struct form_builder *builder, struct reader *reader, struct slice forms, uint32_t lexeme, uint32_t features);
// Bits of a dot- or comma-joined list of features; those that the engine does not act upon give none.
uint32_t form_features(struct slice list, char separator);

#endif
