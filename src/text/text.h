// SPDX-License-Identifier: MIT
// Sentences and tokens of each paragraph whose pack is known.
#ifndef KARAR_TEXT_TEXT_H
#define KARAR_TEXT_TEXT_H

#include "doc/document.h"

// Cuts every paragraph into pieces: document->tokens with their keys, paragraph.first and last. token.word is the key's map_hash until
// text_run has looked it up. No language need be known.
void text_cut(struct document *document);
// Makes tokens of the pieces of all paragraphs that have a pack, and adds document->sentences. A word is a run of letters, marks, joiners
// and inner apostrophes; hyphens and dashes are tokens of their own; a number is a run of digits with inner . , : / between digits cut as
// the pack's grouping says ("1,000" one token, "25-27" three); "10th", "10वीं" are two tokens (number, word) without TOKEN_SPACE_BEFORE
// between them. Abbreviations (pack) and initials keep their full stop inside the token. token.word is looked up in the paragraph's pack.
void text_run(struct document *document);

// TOKEN_CAPITAL and TOKEN_ALL_CAPS of a word. Within the stage.
uint8_t text_case_flags(struct slice word);

#endif
