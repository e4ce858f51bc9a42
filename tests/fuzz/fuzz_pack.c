// SPDX-License-Identifier: MIT
// A file of a language pack: the first line names it, the rest is what it holds; the other files are those of the toy pack. Promise: a
// pack with a fault is refused with at least one line about it.
#include "fuzz.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "karar/karar.h"

#define FILES_MAX 64

static char folder[] = "/tmp/karar-fuzz-XXXXXX";
static char *names[FILES_MAX];
static int count;

static char *joined(const char *a, const char *b)
{
    char *path = NULL;
    fuzz_check(asprintf(&path, "%s/%s", a, b) > 0);
    return path;
}

static void copy_file(const char *from, const char *to)
{
    unlink(to);
    fuzz_check(symlink(from, to) == 0);
}

// Links every file of the toy pack, with the folders that hold them.
static void link_all(const char *source, const char *below)
{
    struct dirent **entries;
    char *from = joined(source, below);
    int found = scandir(from, &entries, NULL, alphasort);
    fuzz_check(found > 2);
    for (int i = 0; i < found; i++) {
        char *name = below[0] ? joined(below, entries[i]->d_name) : strdup(entries[i]->d_name), *old = joined(source, name),
             *new = joined(folder, name);
        struct stat state;
        fuzz_check(name && stat(old, &state) == 0);
        if (entries[i]->d_name[0] == '.') {
            free(name);
        } else if (S_ISDIR(state.st_mode)) {
            fuzz_check(mkdir(new, 0700) == 0);
            link_all(source, name);
            free(name);
        } else {
            copy_file(old, new);
            fuzz_check(count < FILES_MAX);
            names[count++] = name;
        }
        free(old);
        free(new);
        free(entries[i]);
    }
    free(entries);
    free(from);
}

static void forget(void)
{
    for (int i = 0; i < count; i++) {
        char *path = joined(folder, names[i]);
        unlink(path);
        free(path);
        free(names[i]);
    }
    const char *below[] = {"lexicon", "frames"};
    for (int i = 0; i < 2; i++) {
        char *path = joined(folder, below[i]);
        rmdir(path);
        free(path);
    }
    rmdir(folder);
}

static int count_lines(void *user, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        *(size_t *)user += bytes[i] == '\n';
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static char *pack;
    if (!pack) {
        const char *root = getenv("KARAR_ROOT");
        fuzz_check(root && mkdtemp(folder));
        pack = joined(root, "packs/toy");
        link_all(pack, "");
        atexit(forget);
    }
    char *name = fuzz_line(&bytes, &len);
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], name) != 0)
            continue;
        char *path = joined(folder, name), *old = joined(pack, name);
        unlink(path);
        FILE *file = fopen(path, "wb");
        fuzz_check(file && fwrite(bytes, 1, len, file) == len && fclose(file) == 0);
        size_t lines = 0;
        uint32_t rules, examples;
        karar_status status = karar_pack_check(folder, count_lines, &lines, &rules, &examples, NULL);
        fuzz_check((status == KARAR_OK) == (lines == 0));
        copy_file(old, path);
        free(path);
        free(old);
    }
    free(name);
    return 0;
}
