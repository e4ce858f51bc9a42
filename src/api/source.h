// SPDX-License-Identifier: MIT
// From a document as it lay in its input to the text that is read and stored.
#ifndef KARAR_API_SOURCE_H
#define KARAR_API_SOURCE_H

#include "article/article.h"
#include "door/door.h"

// A document's text with what its input says beside it; "" where it says nothing.
struct source_document {
    char *text;             // malloc'ed, NUL behind
    size_t len;
    char date[12];          // YYYY-MM-DD
    char language[16];      // first part of a tag, in small letters
    char publisher[256];    // one line; a longer one is none
};

// Opens the item (page, PDF, mail) and brings it to UTF-8. The caller frees the text.
enum status source_text(const struct door_item *item, struct source_document *ret_document, struct error *reterr_error);

#endif
