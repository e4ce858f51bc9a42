// SPDX-License-Identifier: MIT
// The article inside a web page: its body without furniture, and what the page says about it.
#ifndef KARAR_ARTICLE_ARTICLE_H
#define KARAR_ARTICLE_ARTICLE_H

#include "base/arena.h"

#define ARTICLE_MAX_DEPTH 1024          // elements inside each other; a deeper page is read without its nesting
#define ARTICLE_MEMORY ((size_t)96 << 20)

struct article {
    struct slice text;                  // the title, then the paragraphs, an empty line between them
    struct slice title, publisher, language;
    struct slice date;                  // YYYY-MM-DD
};

// `page` is UTF-8. Everything lies in the arena, which the caller has armed. STATUS_EMPTY: no text.
enum status article_read(struct arena *arena, struct slice page, struct article *ret_article, struct error *reterr_error);

#endif
