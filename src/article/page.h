// SPDX-License-Identifier: MIT
// A page as blocks of text in a tree of block elements, with the facts of its head.
#ifndef KARAR_ARTICLE_PAGE_H
#define KARAR_ARTICLE_PAGE_H

#include "article/article.h"
#include "base/vec.h"

enum block_kind { BLOCK_OTHER, BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_TITLE, BLOCK_ITEM };

struct element {
    uint32_t parent, end;       // subtree: this one up to `end`
    bool paragraph;             // holds text itself: points go to its parent
    bool strong;                // the page says: here is the article
    bool furniture;             // of its own or inherited
    bool hidden;                // furniture in any case
    bool by_name;               // furniture by its class or id only: may be wrong
    float points;               // of all text below
    uint32_t heaviest;          // child with most points, 0 none
};

struct block {
    uint32_t element;
    uint32_t begin, len;        // of page.text
    uint32_t linked;            // bytes inside links
    uint8_t kind;
};

// Facts with how much they are to be believed; a better one takes the place of a worse.
struct fact {
    struct slice value;
    int trust;
};

struct page {
    struct arena *arena;
    VEC(struct element) elements;   // [0] is the document
    VEC(struct block) blocks;
    VEC(char) text;
    struct fact title, publisher, date, language, body;
};

// STATUS_LIMIT: nested more than ARTICLE_MAX_DEPTH deep.
enum status page_parse(struct arena *arena, struct slice bytes, struct page *ret_page, struct error *reterr_error);
void fact_set(struct page *page, struct fact *fact, struct slice value, int trust);
void fact_date(struct page *page, struct slice value, int trust);  // only if it begins with a date
// The same page without its nesting, in the arena.
struct slice page_flatten(struct arena *arena, struct slice bytes);
// Facts of a JSON-LD script.
void facts_from_json(struct page *page, struct slice script);
// Whether a class or id names furniture.
bool names_furniture(struct slice names);

#endif
