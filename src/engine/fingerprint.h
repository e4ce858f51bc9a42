// SPDX-License-Identifier: MIT
// The number of this program and the packs in it, as tools/fingerprint.py makes it of their sources.
#ifndef KARAR_ENGINE_FINGERPRINT_H
#define KARAR_ENGINE_FINGERPRINT_H

#include <stdint.h>

extern const uint64_t engine_fingerprint_built;

#endif
