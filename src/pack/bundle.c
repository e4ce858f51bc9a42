// SPDX-License-Identifier: MIT
// Where the bundle lies in memory.
//
// tools/bundle.py writes the bundle, tools/gen_packs.c the image of the compiled packs, and each a file of assembler directives that takes
// it in whole, between two symbols in read-only data. So start-up copies nothing and reads nothing: pages are mapped when a pack is first
// looked at, and all threads and programs share them.
#include "pack/bundle.h"

#include "pack/image.h"

extern const char karar_bundle_begin[], karar_bundle_end[], karar_image_begin[], karar_image_end[];

struct slice pack_bundle(void)
{
    return slice_make(karar_bundle_begin, (uintptr_t)karar_bundle_end - (uintptr_t)karar_bundle_begin);
}

struct slice pack_image(void)
{
    return slice_make(karar_image_begin, (uintptr_t)karar_image_end - (uintptr_t)karar_image_begin);
}
