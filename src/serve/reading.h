// SPDX-License-Identifier: MIT
// Reports that come to the server: read, and kept if they shall be.
#ifndef KARAR_SERVE_READING_H
#define KARAR_SERVE_READING_H

#include "serve/server.h"
#include "base/slice.h"

struct sent_report {
    struct slice bytes;                 // as they came: text, a page, a PDF, a mail
    const char *uri, *date, *language;  // NULL: not told
    const char *author;                 // who adds; NULL: "web"
};
struct kept_report {
    char id[13];
    int is_new;
    uint32_t facts;
};

// Before the first request; the engine is made when the first report comes.
void reading_start(struct reading *reading);
void reading_stop(struct reading *reading);
// The record as one line of JSON; nothing is kept.
karar_status reading_record(struct server *server, const struct sent_report *sent, karar_sink sink, void *user, karar_error *error);
// A document of a file or an address into the register; of `sent` what is told beside its bytes.
karar_status reading_add_item(struct server *server, const karar_item *item, const struct sent_report *sent, struct kept_report *ret_kept,
                              karar_error *error);
// Decides in the register. What is decided of a report as a whole, or takes such a decision back, reads the report again.
karar_status reading_decide(struct server *server, karar_decision *decision, int64_t *ret_number, karar_error *error);
// Into the register.
karar_status reading_add(struct server *server, const struct sent_report *sent, struct kept_report *ret_kept, karar_error *error);

#endif
