// SPDX-License-Identifier: MIT
// Bytes in any encoding → UTF-8: by mark, by proof (valid UTF-8), by declaration, by likeness.
#ifndef KARAR_DOOR_ENCODING_H
#define KARAR_DOOR_ENCODING_H

#include "base/arena.h"

// `declared` may be empty. *ret_text is `bytes` where they are UTF-8 already (a mark stays), else a copy in the arena. *ret_name (may be
// NULL) names the encoding, static or in the arena. STATUS_BAD_ENCODING with the first bad byte where nothing fits.
enum status encoding_to_utf8(struct arena *arena, struct slice bytes, struct slice declared, struct slice *ret_text,
                             struct slice *ret_name, struct error *reterr_error);
// The charset that a page's first kilobytes declare in a meta element; empty if none.
struct slice encoding_of_page(struct slice bytes);

#endif
