// SPDX-License-Identifier: MIT
// Reading a password: never from the command line, which every user of the machine can see.
//
// From a terminal it is read without being shown, twice, so that a slip is noticed. From a pipe or a file it is the first line.
// Whatever ends the reading, the terminal shows again what is typed; a signal that ends the program is held up until then.
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/cli.h"

// A line without its end; false: there is none, or it is too long.
static bool read_line(char *ret_line)
{
    size_t len = 0;
    char c;
    ssize_t got;
    while ((got = read(STDIN_FILENO, &c, 1)) == 1 && c != '\n')
        if (len < PASSWORD_ROOM)
            ret_line[len++] = c;
    if (len == PASSWORD_ROOM || (got != 1 && len == 0))
        return false;
    if (len && ret_line[len - 1] == '\r')
        len--;
    ret_line[len] = '\0';
    return len == strlen(ret_line);
}

static bool ask_once(const char *prompt, char *ret_line)
{
    fprintf(stderr, "%s: ", prompt);
    fflush(stderr);
    bool read = read_line(ret_line);
    fputc('\n', stderr);
    return read;
}

static bool ask_twice(const char *prompt, char *ret_password, bool *ret_same)
{
    char again[PASSWORD_ROOM] = "";
    bool read = ask_once(prompt, ret_password) && ask_once("The same again", again);
    *ret_same = read && strcmp(ret_password, again) == 0;
    explicit_bzero(again, sizeof again);
    return read;
}

bool password_read(const char *prompt, char ret_password[PASSWORD_ROOM])
{
    struct termios shown, hidden;
    bool same = true, read;
    if (isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &shown) == 0) {
        sigset_t held, before;
        sigemptyset(&held);
        sigaddset(&held, SIGINT);
        sigaddset(&held, SIGTERM);
        sigaddset(&held, SIGHUP);
        sigprocmask(SIG_BLOCK, &held, &before);
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
        read = ask_twice(prompt, ret_password, &same);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        sigprocmask(SIG_SETMASK, &before, NULL);
    } else {
        read = read_line(ret_password);
    }
    if (!read)
        complain(NULL, "no password: type it, or give it as the first line of standard input");
    else if (!same)
        complain(NULL, "the two are not the same; nothing was changed");
    return read && same;
}
