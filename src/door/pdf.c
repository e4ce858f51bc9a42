// SPDX-License-Identifier: MIT
// PDF: pdftotext of Poppler, run as a process of its own.
//
// Readers of PDF are large and meet hostile files: a process of its own keeps a crash, a loop or a flood of memory out of ours, by
// limits on memory, processor time and output. It also keeps Poppler's licence (GPL) to itself. Where the program is missing, the
// document is named and left out. The document goes in by an unlinked file in memory, since PDFs are read from the end.
#include "door/open.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PDF_MEMORY ((rlim_t)1 << 30)
#define PDF_SECONDS 20
#define PDF_TEXT ((size_t)8 << 20)

static bool write_all(int file, struct slice bytes)
{
    while (bytes.len) {
        ssize_t done = write(file, bytes.at, bytes.len);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        bytes = slice_make(bytes.at + done, bytes.len - (size_t)done);
    }
    return lseek(file, 0, SEEK_SET) == 0;
}

static void read_all(int file, struct buf *text)
{
    char piece[16384];
    for (;;) {
        ssize_t got = read(file, piece, sizeof piece);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0 || text->failed)
            return;
        for (ssize_t i = 0; i < got; i++)
            piece[i] = piece[i] == '\f' ? '\n' : piece[i];
        buf_add(text, slice_make(piece, (size_t)got));
    }
}

static bool start(int in, int out, pid_t *ret_child)
{
    char name[] = "pdftotext", quiet[] = "-q", how[] = "-enc", what[] = "UTF-8", from[] = "-", to[] = "-";
    char *const words[] = {name, quiet, how, what, from, to, NULL};
    char place[] = "PATH=/usr/local/bin:/usr/bin:/bin";
    char *const environment[] = {place, NULL};
    const struct rlimit memory = {PDF_MEMORY, PDF_MEMORY}, seconds = {PDF_SECONDS, PDF_SECONDS};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    int failed = posix_spawnp(ret_child, name, &actions, NULL, words, environment);
    posix_spawn_file_actions_destroy(&actions);
    if (failed)
        return false;
    prlimit(*ret_child, RLIMIT_AS, &memory, NULL);
    prlimit(*ret_child, RLIMIT_CPU, &seconds, NULL);
    return true;
}

enum status pdf_open(struct slice bytes, struct buf *text, struct error *reterr_error)
{
    int ends[2], state = 0;
    pid_t child = 0;
    int file = memfd_create("pdf", MFD_CLOEXEC);
    if (file < 0 || !write_all(file, bytes) || pipe2(ends, O_CLOEXEC) != 0) {
        if (file >= 0)
            close(file);
        return error_set(reterr_error, STATUS_IO, "no way to hand a PDF to pdftotext");
    }
    bool started = start(file, ends[1], &child);
    close(file);
    close(ends[1]);
    buf_init(text, PDF_TEXT);
    if (started)
        read_all(ends[0], text);
    close(ends[0]);
    if (!started)
        return error_set(reterr_error, STATUS_NOT_FOUND, "PDF is read by pdftotext, which is not installed");
    if (text->failed)
        kill(child, SIGKILL);
    while (waitpid(child, &state, 0) < 0 && errno == EINTR)
        continue;
    if (text->failed)
        return error_set(reterr_error, text->failed, "a PDF with more than 8 MiB of text");
    if (!WIFEXITED(state) || WEXITSTATUS(state) != 0)
        return error_set(reterr_error, STATUS_IO, "pdftotext could not read this PDF");
    if (slice_trim(buf_slice(text)).len == 0)
        return error_set(reterr_error, STATUS_EMPTY, "a PDF without a text layer");
    return STATUS_OK;
}
