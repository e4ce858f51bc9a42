// SPDX-License-Identifier: MIT
// Where the bundle lies in memory.
//
// tools/bundle.py writes the bundle and a file of assembler directives that takes it in whole, between two symbols in read-only data. So
// start-up copies nothing and reads nothing: pages are mapped when a pack is first looked at.
#include "pack/bundle.h"

extern const char karar_bundle_begin[], karar_bundle_end[];

struct slice pack_bundle(void)
{
    return slice_make(karar_bundle_begin, (size_t)(karar_bundle_end - karar_bundle_begin));
}
