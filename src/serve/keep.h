// SPDX-License-Identifier: MIT
// What keepers do by page and by API alike.
#ifndef KARAR_SERVE_KEEP_H
#define KARAR_SERVE_KEEP_H

#include "serve/request.h"

// A copy of the register as it is now, as a file to be saved. On failure *answer is as it was.
karar_status keep_send_copy(struct request *request, struct answer *answer, karar_error *error);
// Does what the form asks for: `action` (add, role, password, disable, enable, end) with `name`, `role`, `password`. STATUS_BAD_ARGUMENT,
// STATUS_NOT_FOUND: *reterr_error says why not.
enum status keep_change_user(struct request *request, struct error *reterr_error);

#endif
