// SPDX-License-Identifier: MIT
// The packs inside the program: all files of packs/ in one run of bytes, put together by tools/bundle.py.
#ifndef KARAR_PACK_BUNDLE_H
#define KARAR_PACK_BUNDLE_H

#include "base/slice.h"

// For each file, sorted by path: a line "path length\n" ("xx/pack.conf 312"), then that many bytes.
struct slice pack_bundle(void);

#endif
