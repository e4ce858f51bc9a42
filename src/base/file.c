// SPDX-License-Identifier: MIT
// Whole files and folders from the operating system.
//
// file_read asks fstat for a first guess of the size and then reads until the end, so that pipes and files that grow or shrink under
// it work, too. A folder is told from a file before the first read.
//
// file_list must not hold an open folder while it allocates from the arena, which may unwind. So each folder is walked twice: once to
// count, once to fill memory that is there already; when names were added in between, it is walked again.
#include "base/file.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_ROOM ((size_t)64 << 10)
#define MAX_NESTING 64
#define MAX_ATTEMPTS 8  // at one folder that keeps changing

// Sets the error with the path it is about. `saved_errno` 0: the status alone says it all.
static enum status path_error(struct error *error, enum status status, const char *path, const char *what, int saved_errno)
{
    if (!error) return status;
    char message[256];
    if (saved_errno) error_set(error, status, "%s: %s", what, strerror_r(saved_errno, message, sizeof message));
    else error_set(error, status, "%s", what);
    size_t len = strlen(path);
    if (len >= sizeof error->file) len = sizeof error->file - 1;
    memcpy(error->file, path, len);
    error->file[len] = '\0';
    return status;
}

static enum status too_long(struct error *error, const char *path, size_t maximum)
{
    char what[96];
    snprintf(what, sizeof what, "file too long: at most %zu bytes are read", maximum);
    return path_error(error, STATUS_LIMIT, path, what, 0);
}

// What was read so far: len < room always leaves a byte for the NUL.
struct content {
    char *at;
    size_t len, room;
};

static ssize_t read_some(int fd, struct content *content)
{
    ssize_t got;
    do got = read(fd, content->at + content->len, content->room - 1 - content->len);
    while (got < 0 && errno == EINTR);
    return got;
}

// Room for one byte more than the maximum, at most: that byte proves that the file is too long.
static bool grow_content(struct content *content, size_t wanted, size_t maximum)
{
    size_t most = maximum > SIZE_MAX - 2 ? SIZE_MAX : maximum + 2;
    if (wanted > most) wanted = most;
    char *grown = realloc(content->at, wanted);
    if (!grown) return false;
    content->at = grown;
    content->room = wanted;
    return true;
}

static enum status read_all(int fd, const char *path, size_t maximum, struct content *content, struct error *error)
{
    struct stat info;
    if (fstat(fd, &info) < 0) return path_error(error, STATUS_IO, path, "cannot read", errno);
    if (S_ISDIR(info.st_mode)) return path_error(error, STATUS_IO, path, "cannot read", EISDIR);
    if (S_ISREG(info.st_mode) && (uint64_t)info.st_size > maximum) return too_long(error, path, maximum);

    // Two bytes over the size: the NUL, and one more so that the end is seen without growing.
    size_t room = S_ISREG(info.st_mode) && info.st_size > 0 ? (size_t)info.st_size + 2 : FIRST_ROOM;
    if (!grow_content(content, room, maximum)) return path_error(error, STATUS_NO_MEMORY, path, "no memory to read", 0);
    for (;;) {
        ssize_t got = read_some(fd, content);
        if (got < 0) return path_error(error, STATUS_IO, path, "cannot read", errno);
        if (got == 0) break;
        content->len += (size_t)got;
        if (content->len > maximum) return too_long(error, path, maximum);
        if (content->len + 1 == content->room && !grow_content(content, content->room * 2, maximum))
            return path_error(error, STATUS_NO_MEMORY, path, "no memory to read", 0);
    }
    content->at[content->len] = '\0';
    return STATUS_OK;
}

enum status file_read(const char *path, size_t maximum, char **ret_at, size_t *ret_len, struct error *reterr_error)
{
    bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return path_error(reterr_error, STATUS_IO, path, "cannot open", errno);

    struct content content = {0};
    enum status status = read_all(fd, path, maximum, &content, reterr_error);
    if (!is_stdin) close(fd);
    if (status) {
        free(content.at);
        return status;
    }
    *ret_at = content.at;
    *ret_len = content.len;
    return STATUS_OK;
}

// The names in one folder: `bytes` holds them NUL-terminated one after the other, each behind a byte with the entry's type, so that most
// need no stat; `names` points into it.
struct listing {
    char *bytes;
    const char **names;
    size_t byte_room, name_room;
    size_t byte_count, name_count;
};

// Walks the folder once and fills as much as there is room for; the counts tell what there is.
static int walk_folder(const char *folder, struct listing *listing)
{
    DIR *handle = opendir(folder);
    if (!handle) return errno;
    listing->byte_count = listing->name_count = 0;
    struct dirent *entry;
    while (errno = 0, (entry = readdir(handle))) {
        if (entry->d_name[0] == '.') continue;
        size_t len = strlen(entry->d_name) + 2;
        if (listing->byte_count + len <= listing->byte_room && listing->name_count < listing->name_room) {
            char *name = listing->bytes + listing->byte_count;
            *name++ = (char)entry->d_type;
            memcpy(name, entry->d_name, len - 1);
            listing->names[listing->name_count] = name;
        }
        listing->byte_count += len;
        listing->name_count++;
    }
    int failure = errno;
    closedir(handle);
    return failure;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum status read_folder(struct arena *arena, const char *folder, struct listing *listing, struct error *error)
{
    *listing = (struct listing){0};
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        int failure = walk_folder(folder, listing);
        if (failure) return path_error(error, STATUS_IO, folder, "cannot read folder", failure);
        if (listing->byte_count <= listing->byte_room && listing->name_count <= listing->name_room) {
            if (listing->name_count) qsort(listing->names, listing->name_count, sizeof *listing->names, compare_names);
            return STATUS_OK;
        }
        listing->byte_room = listing->byte_count;
        listing->name_room = listing->name_count;
        listing->bytes = arena_alloc(arena, listing->byte_room);
        listing->names = ARENA_ARRAY(arena, const char *, listing->name_room);
    }
    return path_error(error, STATUS_IO, folder, "folder keeps changing", 0);
}

// DT_DIR, DT_REG or anything else. Links to files count as files; links to folders are not followed, as they may lead in circles.
static unsigned char entry_type(const char *path, unsigned char listed)
{
    struct stat info;
    if (listed == DT_DIR || listed == DT_REG) return listed;
    if (listed == DT_UNKNOWN && lstat(path, &info) == 0 && S_ISDIR(info.st_mode)) return DT_DIR;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) ? DT_REG : DT_UNKNOWN;  // gone since: neither
}

static enum status list_folder(struct arena *arena, const char *folder, int depth, path_vec *paths, struct error *error)
{
    if (depth > MAX_NESTING) return path_error(error, STATUS_LIMIT, folder, "folders are nested too deeply", 0);
    struct listing listing;
    enum status status = read_folder(arena, folder, &listing, error);
    const char *separator = folder[0] && folder[strlen(folder) - 1] == '/' ? "" : "/";
    for (size_t i = 0; !status && i < listing.name_count; i++) {
        const char *path = arena_format(arena, "%s%s%s", folder, separator, listing.names[i]).at;
        unsigned char type = entry_type(path, (unsigned char)listing.names[i][-1]);
        if (type == DT_DIR) status = list_folder(arena, path, depth + 1, paths, error);
        else if (type == DT_REG) vec_push(arena, paths, path);
    }
    return status;
}

enum status file_list(struct arena *arena, const char *folder, path_vec *paths, struct error *reterr_error)
{
    return list_folder(arena, folder, 0, paths, reterr_error);
}

bool file_is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}
