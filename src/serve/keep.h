// SPDX-License-Identifier: MIT
// What keepers do by page and by API alike.
#ifndef KARAR_SERVE_KEEP_H
#define KARAR_SERVE_KEEP_H

#include "serve/request.h"

// A copy of the register as it is now, as a file to be saved. On failure *answer is as it was.
karar_status keep_send_copy(struct request *request, struct answer *answer, karar_error *error);

#endif
