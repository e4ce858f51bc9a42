// SPDX-License-Identifier: MIT
// One interface for all that reports come in: a door opens an input, tells by its content what it is, and hands out documents one by one.
// What is inside a document (a page, a PDF) is opened later, by whoever reads it, so that one thread unpacks and many read.
#ifndef KARAR_DOOR_DOOR_H
#define KARAR_DOOR_DOOR_H

#include "base/arena.h"
#include "base/buf.h"

#define DOOR_MAX_DOCUMENT ((size_t)8 << 20)     // bytes of one page, text, line or record
#define DOOR_MAX_BINARY ((size_t)32 << 20)      // of one PDF or mail

enum door_kind { DOOR_TEXT, DOOR_PAGE, DOOR_PDF, DOOR_MAIL, DOOR_LINES, DOOR_TABLE, DOOR_ARCHIVE, DOOR_MAILBOX };

// Names of the fields of JSON Lines and CSV; NULL: the usual ones.
struct door_options {
    const char *text_field, *title_field, *date_field, *url_field;
};

// A document as it lay in its input. All slices lie in `storage`.
struct door_item {
    enum door_kind kind;            // TEXT, PAGE, PDF or MAIL
    struct slice bytes;
    struct slice uri;               // address, or path and number
    struct slice title, date, charset;
    uint64_t byte;                  // where it begins in the unpacked input
    struct buf storage;
};
void door_item_finish(struct door_item *item);

struct door;
enum status door_open(const char *path, const struct door_options *options, struct door **ret_door, struct error *reterr_error);
// The same of an input in memory; `bytes` and `name`, which stands for the path, must outlive the door.
enum status door_open_memory(struct slice bytes, const char *name, const struct door_options *options, struct door **ret_door,
                             struct error *reterr_error);
void door_close(struct door *door);
enum door_kind door_kind(const struct door *door);
uint64_t door_packed_position(const struct door *door);     // bytes read of the file, for progress

// STATUS_OK: a document, which the caller finishes. STATUS_NOT_FOUND: no more. Anything else: something was left out, reterr_error says
// what and at which byte of the unpacked input, and the next call goes on behind it.
enum status door_next(struct door *door, struct door_item *ret_item, struct error *reterr_error);

// A document that the caller has in memory: a page, a PDF, a mail or a text; nothing is unpacked. `charset` as it was declared, empty:
// none.
enum status door_item_make(struct slice bytes, struct slice uri, struct slice charset, struct door_item *ret_item,
                           struct error *reterr_error);

// What a document's bytes are, told by their content.
enum door_kind door_sniff(struct slice head, const struct door_options *options);

#endif
