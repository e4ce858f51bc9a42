// SPDX-License-Identifier: MIT
// The fingerprint that names a document.
#ifndef KARAR_BASE_SHA256_H
#define KARAR_BASE_SHA256_H

#include "base/slice.h"

#define SHA256_ID_SIZE 72  // "sha256:", 64 hexadecimal digits, NUL

void sha256_id(struct slice bytes, char out[SHA256_ID_SIZE]);

#endif
