// SPDX-License-Identifier: MIT
// From a document as it lay in its input to the text that is read and stored.
#ifndef KARAR_API_SOURCE_H
#define KARAR_API_SOURCE_H

#include "article/article.h"
#include "door/door.h"

// Opens the item (page, PDF, mail) and brings it to UTF-8. *ret_text is malloc'ed, NUL behind; article's slices other than date are not
// filled for plain text. `date` receives YYYY-MM-DD or "".
enum status source_text(const struct door_item *item, char **ret_text, size_t *ret_len, char date[12], struct error *reterr_error);

#endif
