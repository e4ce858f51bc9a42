// SPDX-License-Identifier: MIT
// A document is named by the SHA-256 of its stored bytes: the same report is the same document wherever it lay, and
// one changed byte makes another one. The digest comes from Nettle (docs/design/0003-dependencies.md says why); this
// file is the one door to it.
//
// Layout: "sha256:" and the digest as 64 lower-case hexadecimal digits, as in the record's specification.
#include "base/sha256.h"

#include <nettle/sha2.h>
#include <stdint.h>

void sha256_id(struct slice bytes, char out[SHA256_ID_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, bytes.len, (const uint8_t *)bytes.at);
    sha256_digest(&context, sizeof digest, digest);

    memcpy(out, "sha256:", 7);
    for (size_t i = 0; i < sizeof digest; i++) {
        out[7 + 2 * i] = digits[digest[i] >> 4];
        out[8 + 2 * i] = digits[digest[i] & 15];
    }
    out[7 + 2 * sizeof digest] = '\0';
}
