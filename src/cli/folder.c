// SPDX-License-Identifier: MIT
// An export's folder. Each file is written under a hidden name of this process and gets its own name when all are complete, so that a
// program that was killed, or a full disk, leaves the files of an earlier export as they were.
//
// Names come from the library; one that would lead out of the folder is refused all the same.
#include "cli/folder.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void fail(struct folder *folder, const char *name)
{
    char reason[128];
    if (!folder->failed)
        complain(folder->path, "%s%s%s", name ? name : "", name ? ": " : "", strerror_r(errno, reason, sizeof reason));
    folder->failed = true;
}

bool folder_open(struct folder *folder, const char *path)
{
    *folder = (struct folder){.path = path};
    arena_init(&folder->arena, NULL, FOLDER_MEMORY);
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        fail(folder, NULL);
    else if (!file_is_folder(path)) {
        errno = ENOTDIR;
        fail(folder, NULL);
    }
    return !folder->failed;
}

static const char *path_of(struct folder *folder, const char *name, bool hidden)
{
    if (hidden)
        return arena_format(&folder->arena, "%s/.%s.%ld.part", folder->path, name, (long)getpid()).at;
    return arena_format(&folder->arena, "%s/%s", folder->path, name).at;
}

// What gets its name is on the disk before: else a power cut could leave the name of an earlier file on an empty one.
static void close_file(struct folder *folder)
{
    if (folder->file && (fflush(folder->file) != 0 || fdatasync(fileno(folder->file)) != 0))
        fail(folder, folder->names.at[folder->names.count - 1]);
    if (folder->file && fclose(folder->file) != 0)
        fail(folder, folder->names.at[folder->names.count - 1]);
    folder->file = NULL;
}

static void begin_file(struct folder *folder, const char *name)
{
    close_file(folder);
    if (!*name || *name == '.' || strchr(name, '/')) {
        errno = EINVAL;
        fail(folder, name);
        return;
    }
    const char *kept = arena_copy(&folder->arena, slice_from(name)).at;
    vec_push(&folder->arena, &folder->names, kept);
    folder->file = fopen(path_of(folder, kept, true), "wbx");
    if (!folder->file)
        fail(folder, name);
}

bool folder_write(struct folder *folder, const char *name, const char *bytes, size_t len)
{
    if (!folder->failed && ARENA_CATCH(&folder->arena)) {
        errno = ENOMEM;
        fail(folder, name);
    }
    if (folder->failed)
        return false;
    if (!folder->file || strcmp(folder->names.at[folder->names.count - 1], name) != 0)
        begin_file(folder, name);
    if (!folder->failed && len && fwrite(bytes, 1, len, folder->file) != len)
        fail(folder, name);
    return !folder->failed;
}

static void refuse_existing(struct folder *folder)
{
    struct stat there;
    for (uint32_t i = 0; i < folder->names.count && !folder->failed; i++) {
        if (lstat(path_of(folder, folder->names.at[i], false), &there) == 0) {
            complain(folder->path, "%s is there already, and nothing was written: --replace replaces it, or name another folder",
                     folder->names.at[i]);
            folder->failed = true;
        }
    }
}

bool folder_close(struct folder *folder, bool keep, bool replace)
{
    close_file(folder);
    if (ARENA_CATCH(&folder->arena)) {
        errno = ENOMEM;
        fail(folder, NULL);
        arena_finish(&folder->arena);
        return false;
    }
    if (keep && !replace)
        refuse_existing(folder);
    for (uint32_t i = 0; i < folder->names.count; i++) {
        const char *hidden = path_of(folder, folder->names.at[i], true);
        if (!keep || folder->failed)
            unlink(hidden);
        else if (rename(hidden, path_of(folder, folder->names.at[i], false)) != 0)
            fail(folder, folder->names.at[i]);
    }
    arena_finish(&folder->arena);
    return !folder->failed;
}
