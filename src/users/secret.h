// SPDX-License-Identifier: MIT
// Secrets that cannot be guessed.
#ifndef KARAR_USERS_SECRET_H
#define KARAR_USERS_SECRET_H

#include <stdbool.h>
#include <stddef.h>

// `digits` (an even number, at most 64) random hexadecimal digits and a NUL. False: the system gives no random numbers.
bool secret_make(char *ret_text, size_t digits);

#endif
