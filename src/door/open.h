// SPDX-License-Identifier: MIT
// Documents that are packed in a format of their own: what text or page is inside.
#ifndef KARAR_DOOR_OPEN_H
#define KARAR_DOOR_OPEN_H

#include "door/door.h"

// The text layer of a PDF, by the program pdftotext in a process of its own with bounded memory and time.
enum status pdf_open(struct slice bytes, struct buf *text, struct error *reterr_error);

struct mail {
    struct buf body, subject, date, charset;   // body as it was sent, transfer encoding undone; date YYYY-MM-DD
};
void mail_prepare(void);    // once before threads open mails
enum status mail_open(struct slice bytes, struct mail *ret_mail, struct error *reterr_error);
void mail_finish(struct mail *mail);

#endif
