// SPDX-License-Identifier: MIT
// What a paragraph looks like: counts and marks that tell prose from the rest of a page. Part of the clean stage.
#ifndef KARAR_CLEAN_LOOK_H
#define KARAR_CLEAN_LOOK_H

#include "doc/document.h"

#define LOOK_NO_CLASS 0xFF

struct look {
    uint32_t words;          // runs of non-blank characters with a letter or digit
    uint32_t stops;          // sentence ends, the final one included
    uint32_t bars;           // separators of menus: | • › and the like between words
    uint32_t gaps;           // two or more blanks, or a tab, inside the line
    uint32_t covered;        // words inside furniture spans
    uint32_t longest;        // words of the longest furniture span
    uint32_t pieces;         // words and numbers among the tokens
    uint32_t content;        // words that the grammar does not name, four code points or more
    uint32_t shared;         // … of these, found in the prose too
    uint32_t grammar;        // words that the grammar names
    uint32_t dates;          // words and numbers that tell a date or time
    uint32_t triggers;
    uint8_t opening;         // enum furniture_class of the span at its beginning, LOOK_NO_CLASS
    uint8_t strongest;       // class of the longest furniture span, LOOK_NO_CLASS
    bool ends;               // ends as a sentence does
    bool calls;              // ends in an exclamation or question mark
    bool colon;              // ends in a colon
    bool label;              // a colon or dash behind the opening furniture span, or nothing at all
    bool bullet, numbered;   // opens as an item of a list
    bool credit;             // ends in a bracket that holds a colon or a furniture word
    bool address;            // an address or a file's name, nothing else
    bool capitals;           // all words in capitals (scripts that have them)
    bool has_date;           // a day with its month, or a date in numbers
    bool byline;             // opens with the word that marks an author
    bool second_by;          // has that word in second place ("Written by")
    bool outlet;             // names a newspaper or agency
    bool organ;              // names a ministry, an agency
    bool foreign;            // not in the report's main language
};

// Adds what tokens and spans tell to document->looks (clean_look).
void look_at_paragraphs(const struct document *document);
// Fills content and shared of the paragraphs that are not prose: how many of their words the prose uses, too. prose[i] tells which are.
void look_compare(const struct document *document, struct look *looks, const bool *prose);

#endif
