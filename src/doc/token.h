// SPDX-License-Identifier: MIT
// Layers of text: paragraphs, sentences, tokens. All offsets are bytes into document.text, half open.
#ifndef KARAR_DOC_TOKEN_H
#define KARAR_DOC_TOKEN_H

#include <stdint.h>

struct pack;

#define LANGUAGE_NONE 0xFF
#define TEXT_MAX_SENTENCE_TOKENS 400   // a longer sentence is cut

enum paragraph_role {
    PARAGRAPH_BODY,
    PARAGRAPH_TITLE,      // headline
    PARAGRAPH_HEADING,    // a heading between paragraphs, a standfirst
    PARAGRAPH_META,       // dateline of its own, byline, publisher, place and date line: no fact, but may date the report
    PARAGRAPH_FURNITURE,  // menus, comment forms, share bars, notices, related stories: no fact
};

struct paragraph {
    uint32_t begin, end;
    uint32_t first, last;     // tokens
    uint8_t role;
    uint8_t language;         // index into the engine's languages, LANGUAGE_NONE: none that we read
    const struct pack *pack;  // its pack; NULL: none
    uint32_t why;             // furniture: id of the feature that decided (clean's table), for explaining
};

struct sentence {
    uint32_t first, last;     // tokens
    uint32_t paragraph;
    uint32_t kinds;           // bit per enum lexicon_kind of its tokens; filled by the mention stage, which keeps two more bits in it
    const struct pack *pack;
};

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_PUNCT, TOKEN_SYMBOL };

enum token_flag {
    TOKEN_CAPITAL = 1,        // begins with an upper-case letter
    TOKEN_ALL_CAPS = 2,       // two or more letters, all upper case
    TOKEN_SPACE_BEFORE = 4,   // white space (or the paragraph's begin) stands before it
    TOKEN_QUOTED = 8,         // lies inside quotation marks
    TOKEN_BRACKETED = 16,     // lies inside round brackets
    TOKEN_ABBREVIATION = 32,  // the word's full stop belongs to it
    TOKEN_INITIAL = 64,       // a single capital letter with its full stop: a name's initial, whatever word the letter may be alone
};

struct token {
    uint32_t begin, end;
    uint32_t fold;            // matching key: offset into document.folds, fold_len bytes (char_fold of each code point)
    uint16_t fold_len;
    uint8_t kind;
    uint8_t flags;
    uint32_t word;            // id of the matching key in the pack's vocabulary, 0 = in no lexicon; before text_run: the key's hash
    uint32_t sentence;
};

#endif
