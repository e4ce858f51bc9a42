// SPDX-License-Identifier: MIT
// From a source's bytes to the stored text: valid UTF-8, told apart from what is no text.
#ifndef KARAR_INGEST_INGEST_H
#define KARAR_INGEST_INGEST_H

#include "doc/document.h"

#define INGEST_MAX_BYTES (8u << 20)  // one report

// Sets document->stored: `bytes` themselves when they are UTF-8 (a leading byte order mark stays part of the stored text, so that offsets
// are the file's), else a UTF-8 copy (UTF-16 with a mark). STATUS_EMPTY (nothing but white space), STATUS_BINARY (NUL or many control
// characters), STATUS_BAD_ENCODING (with the offset of the first bad byte in reterr_error->byte), STATUS_LIMIT.
enum status ingest_text(struct document *document, struct slice bytes, struct error *reterr_error);

#endif
