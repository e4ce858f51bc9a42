// SPDX-License-Identifier: MIT
// What tools/pages.py makes of pages/ at build time: compiled templates, words of the interface in each language, files served as they are.
#ifndef KARAR_SERVE_DATA_H
#define KARAR_SERVE_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum page_op_kind {
    OP_TEXT, OP_VALUE, OP_PATH, OP_QUERY, OP_DATE, OP_DAY, OP_WORD, OP_FILL, OP_CODE, OP_CODES, OP_SAID, OP_IF, OP_UNLESS, OP_WHEN, OP_END,
};
// Where a value stands: between elements (it gets a <bdi> around it), in an attribute or an element that isolates already, or as the whole
// of an attribute that a browser follows.
enum page_place { PLACE_BODY, PLACE_PLAIN, PLACE_ADDRESS };

struct page_op {
    uint8_t kind, place;
    const char *text;       // OP_TEXT: the text; OP_CODE, OP_CODES: the prefix
    uint32_t len;
    const char *key;
    uint32_t word;          // OP_WORD, OP_FILL: index of the word
    uint32_t jump;          // OP_IF, OP_UNLESS, OP_WHEN: index of their OP_END; OP_END: of its begin
};
struct page_template {
    const char *name;
    const struct page_op *ops;
    uint32_t count;
};
extern const struct page_template page_templates[];
extern const uint32_t page_template_count;

// Many texts in one run: no pointer that would have to be set right when the program starts.
struct page_texts {
    const char *text;
    const uint32_t *at;                     // where each begins; 0: there is none
};
// NULL: there is none, as where a language has no word of its own for a code. Keys and refusals are all there: tools/pages.py sees to it.
static inline const char *page_text(const struct page_texts *texts, uint32_t index)
{
    return texts->at[index] ? texts->text + texts->at[index] : NULL;
}

struct page_language {
    const char *tag, *name, *direction;     // "ltr" or "rtl"
    struct page_texts words;                // by index of the key
};
extern const struct page_language page_languages[];
extern const uint32_t page_language_count;
extern const struct page_texts page_word_keys;      // sorted by bytes
extern const uint32_t page_word_count;

// What the library says when it refuses, each in every language, by index of page_languages: {1} {2:kind} {3:field} for what differs.
extern const struct page_texts page_refusals[];
extern const uint32_t page_refusal_count;

struct page_file {
    const char *name, *type, *at;
    size_t len;
    bool lasts;     // the name is of these bytes alone: whoever has them need not ask again
};
extern const struct page_file page_files[];
extern const uint32_t page_file_count;

extern const char *const page_build;    // changes with any of these

// The reader's accuracy: the first row is the head.
struct page_table {
    const char *const *cells;
    uint32_t columns, rows;
};
extern const struct page_table page_accuracy;

#endif
