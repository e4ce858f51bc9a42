// SPDX-License-Identifier: MIT
// The words of the interface, by language: pages/words/*.tsv and the names that the packs have of states, cities and concepts.
#ifndef KARAR_SERVE_UI_H
#define KARAR_SERVE_UI_H

#include "base/arena.h"
#include "serve/data.h"

// The language of that tag; NULL if the interface does not speak it.
const struct page_language *ui_language(struct slice tag);
// The tags of the languages in which a reader of that one is shown the words of reports, the dearest first, parted by blanks: it, and the
// default one.
struct slice ui_readable(const struct page_language *language, struct arena *arena);
// The same for the tag of any language, whether or not the pages speak it; at NULL: that is no tag.
struct slice ui_readable_tag(struct slice tag, struct arena *arena);
// What an Accept-Language header asks for, or the first language that has `language.default`.
const struct page_language *ui_accepted(struct slice header);

// The words of that key; `missing` where the language has none.
struct slice ui_text(const struct page_language *language, const char *key, struct slice missing);
// The word prefix.code, such as sector.trade; the code itself with blanks for hyphens where there is none. Lives in the arena.
struct slice ui_code(const struct page_language *language, struct arena *arena, const char *prefix, struct slice code);
// The code that this language calls by that word, such as planned of the status; empty: none.
struct slice ui_code_of(const struct page_language *language, const char *prefix, struct slice word);
// An EDTF date or range in words; what is no such date stays as it is. `brief`: without the name of the month.
struct slice ui_date(const struct page_language *language, struct arena *arena, struct slice edtf, bool brief);
// "Islamabad, PAK" with the names of both.
struct slice ui_place(const struct page_language *language, struct arena *arena, struct slice place);
// "PAK-RUS" as names with a dash between them.
struct slice ui_pair(const struct page_language *language, struct arena *arena, struct slice pair);
// A pattern with each {} replaced by `value`.
struct slice ui_fill(struct arena *arena, struct slice pattern, struct slice value);

// What the library says of something that it refuses, in this language; words that know no other language are put into a sentence that says
// whose they are. What is in the default language already stays as it is. Ends in NUL.
const char *ui_refusal(const struct page_language *language, struct arena *arena, struct slice text);

#endif
