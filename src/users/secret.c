// SPDX-License-Identifier: MIT
// Random numbers of the kernel, as text.
//
// Whatever stands for a person (a token, a session, a key) is made here: two digits a byte, so that 32 digits are 128 bits.
// getrandom gives as many bytes as this asks for at once, or none.
#include "users/secret.h"

#include <sys/random.h>

bool secret_make(char *ret_text, size_t digits)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char bytes[32];
    ret_text[0] = '\0';
    if (digits > 2 * sizeof bytes || getrandom(bytes, digits / 2, 0) != (ssize_t)(digits / 2))
        return false;
    for (size_t i = 0; i < digits / 2; i++) {
        ret_text[2 * i] = hex[bytes[i] >> 4];
        ret_text[2 * i + 1] = hex[bytes[i] & 15];
    }
    ret_text[digits] = '\0';
    return true;
}
