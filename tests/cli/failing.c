// SPDX-License-Identifier: MIT
// Files that fail for test_failing.py: loaded ahead of the C library (LD_PRELOAD), this counts what the program and the libraries in it
// ask of files in the folder KARAR_FAIL_FOLDER, and lets one of these calls, or all from there on, go wrong, as KARAR_FAIL says:
//
//   once:N     the N-th call fails
//   short:N    the N-th call reads or writes half of what was asked, as the system may; what is no reading or writing is done
//   full:N     from the N-th on nothing that takes room is written
//   denied:N   from the N-th on nothing can be opened for writing, renamed, removed or made
//   dead:N     from the N-th on every call fails
//   killed:N   the N-th call kills the process, before it does anything
//
// KARAR_FAIL_COUNT names a file that is told the number of calls at the end. The C library's own buffers are seen where the program fills,
// empties and closes them.
#undef _FILE_OFFSET_BITS        // both names of each call are ours
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 4096
#define SEEN __attribute__((visibility("default")))

enum kind { NEVER, ONCE, SHORT, FULL, DENIED, DEAD, KILLED };
enum what { OPENING, READING, WRITING, SYNCING, NAMING };

struct failing {
    enum kind kind;
    long at;
    atomic_long calls;
    char folder[1024];
    int told;
    atomic_bool ours[FILES];
};

static struct failing failing = {.told = -1};

// The C library's function of this name.
static void find(const char *name, void *function)
{
    void *address = dlsym(RTLD_NEXT, name);
    memcpy(function, &address, sizeof address);
}
#define USUAL(name) __typeof__(name) *usual; find(#name, &usual)

__attribute__((constructor)) static void begin(void)
{
    static const char *const kinds[] = {"never", "once", "short", "full", "denied", "dead", "killed"};
    const char *told = getenv("KARAR_FAIL"), *folder = getenv("KARAR_FAIL_FOLDER"), *count = getenv("KARAR_FAIL_COUNT");
    const char *colon = told ? strchr(told, ':') : NULL;
    if (!colon || !folder)
        return;
    snprintf(failing.folder, sizeof failing.folder, "%s", folder);
    for (int kind = NEVER; kind <= KILLED; kind++)
        if (strlen(kinds[kind]) == (size_t)(colon - told) && strncmp(told, kinds[kind], (size_t)(colon - told)) == 0)
            failing.kind = (enum kind)kind;
    failing.at = strtol(colon + 1, NULL, 10);
    if (count)
        failing.told = open(count, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

__attribute__((destructor)) static void end(void)
{
    if (failing.told >= 0)
        dprintf(failing.told, "%ld\n", atomic_load(&failing.calls));
}

static bool is_inside(const char *path)
{
    size_t len = strlen(failing.folder);
    return len && strncmp(path, failing.folder, len) == 0;
}

static bool is_ours(int file)
{
    return file >= 0 && file < FILES && atomic_load(&failing.ours[file]);
}

// Counts a call; true: it is to fail, errno says how. `*ret_half`: it is to do half of what was asked.
static bool fails(enum what what, bool *ret_half)
{
    long now = atomic_fetch_add(&failing.calls, 1) + 1;
    if (ret_half)
        *ret_half = failing.kind == SHORT && now == failing.at;
    switch (failing.kind) {
    case ONCE:
        errno = EIO;
        return now == failing.at;
    case FULL:
        errno = ENOSPC;
        return now >= failing.at && what == WRITING;
    case DENIED:
        errno = EACCES;
        return now >= failing.at && what == NAMING;
    case DEAD:
        errno = EIO;
        return now >= failing.at;
    case KILLED:
        if (now == failing.at)
            kill(getpid(), SIGKILL);
        return false;
    default:
        return false;
    }
}

static enum what opening(int flags)
{
    return (flags & O_ACCMODE) == O_RDONLY && !(flags & O_CREAT) ? OPENING : NAMING;
}

static int remember(int file)
{
    if (file >= 0 && file < FILES)
        atomic_store(&failing.ours[file], true);
    return file;
}

// ---- by name ---------------------------------------------------------------------------------------------------------------
#define OPEN(name)                                                      \
    SEEN int name(const char *path, int flags, ...)                     \
    {                                                                   \
        USUAL(name);                                                    \
        va_list arguments;                                              \
        va_start(arguments, flags);                                     \
        mode_t mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;  \
        va_end(arguments);                                              \
        if (!is_inside(path) || flags & O_PATH)                         \
            return usual(path, flags, mode);                            \
        return fails(opening(flags), NULL) ? -1 : remember(usual(path, flags, mode)); \
    }
OPEN(open)
OPEN(open64)

#define STREAM(name)                                                    \
    SEEN FILE *name(const char *restrict path, const char *restrict mode) \
    {                                                                   \
        USUAL(name);                                                    \
        if (!is_inside(path))                                           \
            return usual(path, mode);                                   \
        if (fails(strpbrk(mode, "wa+") ? NAMING : OPENING, NULL))       \
            return NULL;                                                \
        FILE *stream = usual(path, mode);                               \
        if (stream)                                                     \
            remember(fileno(stream));                                   \
        return stream;                                                  \
    }
STREAM(fopen)
STREAM(fopen64)

SEEN int rename(const char *from, const char *to)
{
    USUAL(rename);
    return is_inside(to) && fails(NAMING, NULL) ? -1 : usual(from, to);
}

SEEN int unlink(const char *path)
{
    USUAL(unlink);
    return is_inside(path) && fails(NAMING, NULL) ? -1 : usual(path);
}

SEEN int mkdir(const char *path, mode_t mode)
{
    USUAL(mkdir);
    return is_inside(path) && fails(NAMING, NULL) ? -1 : usual(path, mode);
}

// ---- by number -------------------------------------------------------------------------------------------------------------
#define MOVE(name, what, ...)                                           \
    {                                                                   \
        USUAL(name);                                                    \
        bool half = false;                                              \
        if (is_ours(file) && fails(what, &half))                        \
            return -1;                                                  \
        size_t wanted = half && len > 1 ? len / 2 : len;                \
        return usual(__VA_ARGS__);                                      \
    }

SEEN ssize_t read(int file, void *bytes, size_t len)
MOVE(read, READING, file, bytes, wanted)
SEEN ssize_t write(int file, const void *bytes, size_t len)
MOVE(write, WRITING, file, bytes, wanted)
SEEN ssize_t pread(int file, void *bytes, size_t len, off_t at)
MOVE(pread, READING, file, bytes, wanted, at)
SEEN ssize_t pread64(int file, void *bytes, size_t len, off64_t at)
MOVE(pread64, READING, file, bytes, wanted, at)
SEEN ssize_t pwrite(int file, const void *bytes, size_t len, off_t at)
MOVE(pwrite, WRITING, file, bytes, wanted, at)
SEEN ssize_t pwrite64(int file, const void *bytes, size_t len, off64_t at)
MOVE(pwrite64, WRITING, file, bytes, wanted, at)

SEEN int fsync(int file)
{
    USUAL(fsync);
    return is_ours(file) && fails(SYNCING, NULL) ? -1 : usual(file);
}

SEEN int fdatasync(int file)
{
    USUAL(fdatasync);
    return is_ours(file) && fails(SYNCING, NULL) ? -1 : usual(file);
}

SEEN int ftruncate(int file, off_t len)
{
    USUAL(ftruncate);
    return is_ours(file) && fails(SYNCING, NULL) ? -1 : usual(file, len);
}

SEEN int ftruncate64(int file, off64_t len)
{
    USUAL(ftruncate64);
    return is_ours(file) && fails(SYNCING, NULL) ? -1 : usual(file, len);
}

SEEN int close(int file)
{
    USUAL(close);
    if (file >= 0 && file < FILES)
        atomic_store(&failing.ours[file], false);
    return usual(file);
}

// ---- the C library's buffers -----------------------------------------------------------------------------------------------
SEEN size_t fwrite(const void *restrict bytes, size_t size, size_t count, FILE *restrict stream)
{
    USUAL(fwrite);
    return is_ours(fileno(stream)) && fails(WRITING, NULL) ? usual(bytes, size, count / 2, stream) : usual(bytes, size, count, stream);
}

SEEN int fflush(FILE *stream)
{
    USUAL(fflush);
    return stream && is_ours(fileno(stream)) && fails(WRITING, NULL) ? EOF : usual(stream);
}

SEEN int fclose(FILE *stream)
{
    USUAL(fclose);
    int file = fileno(stream);
    bool fail = is_ours(file) && fails(WRITING, NULL);
    int saved = errno;
    if (file >= 0 && file < FILES)
        atomic_store(&failing.ours[file], false);
    int closed = usual(stream);
    errno = fail ? saved : errno;
    return fail ? EOF : closed;
}
