// SPDX-License-Identifier: MIT
// Runs a fuzzer over the files of folders, and over changed copies of each, always the same ones: what the tests do each time with what
// libFuzzer does for hours.
//
// usage: replay FOLDER… [-n CHANGES]
//
// Answers in TAP, a line a file. A crash or a broken promise ends the program; the line before it on stderr names file and change.
#include "fuzz.h"

#include <dirent.h>
#include <string.h>

#define FILE_MAX ((size_t)1 << 20)
#define FILES_MAX 4096

struct chance {
    uint64_t state;
};

// xorshift: the same everywhere.
static uint64_t draw(struct chance *chance, uint64_t below)
{
    chance->state ^= chance->state << 13;
    chance->state ^= chance->state >> 7;
    chance->state ^= chance->state << 17;
    return chance->state % below;
}

// Changes a few bytes, takes a piece out, doubles one or ends the input early. `bytes` has room for twice FILE_MAX.
static size_t change(struct chance *chance, uint8_t *bytes, size_t len)
{
    static const uint8_t odd[] = {0, 0xFF, 0x80, 0xC0, '\n', '<', '"', '\\', '{', '[', ',', '0', '9', 0xD9, 0xE0, ' '};
    for (uint64_t turns = 1 + draw(chance, 6); turns && len; turns--) {
        size_t at = draw(chance, len), piece = 1 + draw(chance, len - at < 64 ? len - at : 64);
        switch (draw(chance, 5)) {
        case 0:
            bytes[at] = (uint8_t)draw(chance, 256);
            break;
        case 1:
            bytes[at] = odd[draw(chance, sizeof odd)];
            break;
        case 2:
            memmove(bytes + at, bytes + at + piece, len - at - piece);
            len -= piece;
            break;
        case 3:
            if (len + piece > FILE_MAX)
                break;
            memmove(bytes + at + piece, bytes + at, len - at);
            len += piece;
            break;
        default:
            if (!draw(chance, 4))
                len = at;
        }
    }
    return len;
}

// Its own block of exactly its size, so that a sanitizer sees a byte too far.
static void run(const uint8_t *bytes, size_t len)
{
    uint8_t *copy = malloc(len ? len : 1);
    fuzz_check(copy);
    memcpy(copy, bytes, len);
    LLVMFuzzerTestOneInput(copy, len);
    free(copy);
}

static int is_file(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
    uint8_t *bytes = malloc(2 * FILE_MAX), *changed = malloc(2 * FILE_MAX);
    long changes = 20;
    int count = 0;
    fuzz_check(bytes && changed);
    if (argc > 3 && strcmp(argv[argc - 2], "-n") == 0) {
        changes = strtol(argv[argc - 1], NULL, 10);
        argc -= 2;
    }
    for (int a = 1; a < argc; a++) {
        struct dirent **names;
        int found = scandir(argv[a], &names, is_file, alphasort);
        fuzz_check(found >= 0 && found <= FILES_MAX);
        for (int i = 0; i < found; i++) {
            char *path = NULL;
            fuzz_check(asprintf(&path, "%s/%s", argv[a], names[i]->d_name) > 0);
            FILE *file = fopen(path, "rb");
            size_t len = file ? fread(bytes, 1, FILE_MAX, file) : 0;
            fuzz_check(file && len > 0);    // an empty seed is none
            fclose(file);
            struct chance chance = {UINT64_C(0x9E3779B97F4A7C15) ^ len};
            fprintf(stderr, "%s\n", path);
            run(bytes, len);
            for (long n = 0; n < changes; n++) {
                memcpy(changed, bytes, len);
                fprintf(stderr, "%s, change %ld\n", path, n);
                run(changed, change(&chance, changed, len));
            }
            printf("ok %d - %s and %ld changes of it\n", ++count, path, changes);
            free(path);
            free(names[i]);
        }
        free(names);
    }
    fuzz_check(count > 0);
    printf("1..%d\n", count);
    free(bytes);
    free(changed);
    return 0;
}
