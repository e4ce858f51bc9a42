// SPDX-License-Identifier: MIT
// Compiles the packs of the bundle, with the very functions that load packs at run time, and writes their tables as an image for the
// program (src/pack/image.h), and a file of assembler directives that takes it in.
//
// usage: gen_packs IMAGE SOURCE
#include <stdio.h>
#include <stdlib.h>

#include "pack/image.h"

#define MEMORY ((size_t)2 << 30)
#define IMAGE_MAX ((size_t)1 << 30)
#define MOST_PACKS 64

// This program has no image: it makes it.
__asm__(".globl karar_image_begin\n.globl karar_image_end\nkarar_image_begin:\nkarar_image_end:\n");

static const char source[] =
    "// Written by tools/gen_packs.c. Do not edit.\n"
    "__asm__(\".pushsection .rodata\\n\"\n"
    "        \".balign 64\\n\"\n"
    "        \".globl karar_image_begin\\n.hidden karar_image_begin\\n.type karar_image_begin, @object\\n\"\n"
    "        \"karar_image_begin:\\n\"\n"
    "        \".incbin \\\"%s\\\"\\n\"\n"
    "        \".globl karar_image_end\\n.hidden karar_image_end\\n.type karar_image_end, @object\\n\"\n"
    "        \"karar_image_end:\\n\"\n"
    "        \".byte 0\\n\"\n"
    "        \".popsection\\n\");\n"
    "extern const int karar_image_is_assembler;  // a C file must not be empty\n";

static void fail_at(const pack_fault_vec *faults)
{
    for (uint32_t i = 0; i < faults->count; i++)
        fprintf(stderr, "packs/%.*s:%u:%u: %.*s\n", (int)faults->at[i].file.len, faults->at[i].file.at, faults->at[i].line,
                faults->at[i].column, (int)faults->at[i].text.len, faults->at[i].text.at);
    exit(1);
}

static void compile_all(struct arena *arena, struct buf *out)
{
    struct world *world;
    struct pack *packs[MOST_PACKS];
    uint32_t count = 0;
    pack_file_vec shared = {0};
    pack_fault_vec faults = {0};
    slice_vec names = {0};
    pack_files_embedded(arena, SLICE("shared"), &shared);
    if (world_load(arena, &shared, &world, &faults))
        fail_at(&faults);
    pack_embedded_names(arena, &names);
    for (uint32_t i = 0; i < names.count && count < MOST_PACKS; i++) {
        pack_file_vec *files = ARENA_NEW(arena, pack_file_vec);
        if (slice_is(names.at[i], "shared"))
            continue;
        pack_files_embedded(arena, names.at[i], files);
        if (pack_load(arena, world, files, &packs[count++], &faults))
            fail_at(&faults);
    }
    if (image_write(out, world, packs, count)) {
        fprintf(stderr, "gen_packs: the packs do not fit an image\n");
        exit(1);
    }
}

static void write_file(const char *path, struct slice bytes)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes.at, 1, bytes.len, file) != bytes.len || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct buf image, text;
    if (argc != 3) {
        fprintf(stderr, "usage: gen_packs IMAGE SOURCE\n");
        return 2;
    }
    arena_init(&arena, NULL, MEMORY);
    buf_init(&image, IMAGE_MAX);
    buf_init(&text, 1 << 16);
    if (ARENA_CATCH(&arena)) {
        fprintf(stderr, "gen_packs: no memory\n");
        return 1;
    }
    compile_all(&arena, &image);
    buf_addf(&text, source, argv[1]);
    write_file(argv[1], buf_slice(&image));
    write_file(argv[2], buf_slice(&text));
    buf_finish(&image);
    buf_finish(&text);
    arena_finish(&arena);
    return 0;
}
