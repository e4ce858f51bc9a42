// SPDX-License-Identifier: MIT
// Standard output and standard error. Every byte of output goes through output_sink, so that a full disk or a closed
// pipe is noticed where it happens and told once.
//
// A closed pipe (`karar read … | head`) is the reader's right: the command stops, says nothing and ends well. Any
// other failure is a message and EXIT_FAILED. SIGPIPE is ignored by main, so that a write returns EPIPE.
//
// Invariant: output->failed is errno of the first failed write and never changes after.
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/emit.h"
#include "cli/cli.h"

#define DEFAULT_COLUMNS 80
#define MOST_COLUMNS 110    // longer lines are hard to read
#define COMPLAINT_MAX 4096

static bool note(struct output *output, bool written)
{
    if (!written && !output->failed)
        output->failed = errno ? errno : EIO;
    return !output->failed;
}

int output_sink(void *output, const char *bytes, size_t len)
{
    struct output *out = output;
    return out->failed || (len > 0 && !note(out, fwrite(bytes, 1, len, stdout) == len));
}

void output_text(struct output *output, const char *text)
{
    output_sink(output, text, strlen(text));
}

bool output_flush(struct output *output)
{
    return !output->failed && note(output, fflush(stdout) == 0);
}

enum exit_code output_close(struct output *output, enum exit_code code)
{
    if (output_flush(output))
        return code;
    if (output->failed == EPIPE)
        return code == EXIT_FAILED ? EXIT_OK : code;
    char reason[128];
    complain(NULL, "standard output: %s", strerror_r(output->failed, reason, sizeof reason));
    return EXIT_FAILED;
}

bool output_colour(const struct arguments *arguments)
{
    const char *when = arguments->value[OPTION_COLOR];
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    if (when && strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    if (no_colour && *no_colour)
        return false;
    return isatty(STDOUT_FILENO) && terminal && strcmp(terminal, "dumb") != 0;
}

uint32_t output_width(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return DEFAULT_COLUMNS;
    return size.ws_col < MOST_COLUMNS ? size.ws_col : MOST_COLUMNS;
}

// ---- standard error -----------------------------------------------------------------------------------------------
static void write_complaint(const char *where, const char *text)
{
    struct buf line;
    buf_init(&line, 4 * COMPLAINT_MAX);
    buf_add_text(&line, "karar: ");
    if (where) {
        emit_plain(&line, slice_from(where));
        buf_add_text(&line, ": ");
    }
    emit_plain(&line, slice_from(text));
    buf_add_char(&line, '\n');
    if (!line.failed)
        fwrite(line.at, 1, line.len, stderr);
    buf_finish(&line);
}

void complain(const char *where, const char *format, ...)
{
    char text[COMPLAINT_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    write_complaint(where, text);
}

enum exit_code complain_usage(const struct command *command)
{
    complain(NULL, "usage: karar %s %s", command->name, command->usage);
    return EXIT_USAGE;
}

// The pack's file and line, where the error is in a pack; else the input and its byte.
void complain_error(const char *where, const karar_error *error)
{
    const char *text = *error->text ? error->text : karar_status_text(error->status);
    char place[PATH_MAX + sizeof error->file + 32];
    // the input that a fault elsewhere keeps from being read is named, too
    const char *report = where && *error->file ? where : "", *joint = *report ? ": " : "";
    if (*error->file && error->line)
        snprintf(place, sizeof place, "%s%s%s:%u:%u", report, joint, error->file, error->line, error->column);
    else if (*error->file)
        snprintf(place, sizeof place, "%s%s%s", report, joint, error->file);
    if (*error->file)
        where = place;
    if (error->byte != UINT64_MAX)
        complain(where, "%s (byte %llu)", text, (unsigned long long)error->byte);
    else
        complain(where, "%s", text);
}

enum exit_code exit_code_of(karar_status status)
{
    switch (status) {
    case KARAR_OK:
        return EXIT_OK;
    case KARAR_NOT_FOUND:
        return EXIT_NOTHING;
    case KARAR_BAD_ARGUMENT:
        return EXIT_USAGE;
    case KARAR_NO_MEMORY:
        return EXIT_FAILED;
    default:
        return EXIT_INPUT;
    }
}
