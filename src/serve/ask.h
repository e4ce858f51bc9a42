// SPDX-License-Identifier: MIT
// Asking the register on behalf of a page.
#ifndef KARAR_SERVE_ASK_H
#define KARAR_SERVE_ASK_H

#include "serve/request.h"

struct asked {
    const char *pair, *id, *words;      // NULL: any
    const char *as_of;                  // NULL: the day that the request names
    int64_t limit;                      // 0: ASK_ROWS
    int64_t years;
    int64_t skip;
};
#define ASK_ROWS 500

// The rows of a question as a list under `key` of `into`, one object a row with its columns by their names; what is NULL is not there.
// Unwinds the request's arena if the register fails.
struct value *ask_rows(struct request *request, struct value *into, const char *key, const char *question, const struct asked *asked);
// The first row; NULL if there is none.
struct value *ask_one(struct request *request, const char *question, const struct asked *asked);

// The same of a question whose rows depend on no language: they are kept, and asked for once in each state of the register.
struct value *ask_kept(struct request *request, struct value *into, const char *key, const char *question, const struct asked *asked);

// The same as cells, row by row, for those who count thousands of them; at NULL: none. Valid as long as the request.
struct ask_cells {
    const struct slice *at;
    uint32_t rows, columns;
};
struct ask_cells ask_cells(struct request *request, const char *question, const struct asked *asked);

// Who signed in and what became of accounts, or of that user's, the latest first; accounts, or that one. No row where there are no users.
struct value *ask_events(struct request *request, struct value *into, const char *key, struct slice user, int64_t skip, int64_t limit);
struct value *ask_users(struct request *request, struct value *into, const char *key, struct slice user, int64_t skip, int64_t limit);

#endif
