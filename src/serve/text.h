// SPDX-License-Identifier: MIT
// Bytes that come from outside.
#ifndef KARAR_SERVE_TEXT_H
#define KARAR_SERVE_TEXT_H

#include <stdbool.h>

#include "base/slice.h"

// Valid UTF-8 without NUL.
bool text_is_clean(struct slice text);
// The value of a hexadecimal digit, -1 if it is none.
int text_hex(char c);
// Equal, in a time that does not tell how much of it is equal.
bool text_same_secret(struct slice a, struct slice b);

#endif
