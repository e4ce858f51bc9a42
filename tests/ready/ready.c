// SPDX-License-Identifier: MIT
// A program that is ready before it is asked for: loaded ahead of its libraries (LD_PRELOAD), this stops it in front of main(), where all
// of them are bound, and lets a copy go on for each run that ready.py asks for. Of what one short run of the program takes, binding its
// libraries is three quarters; the tests of the command line run it two thousand times.
//
// The socket KARAR_READY_SOCKET is asked with one packet a run: the number of arguments, the arguments, the folder and the environment,
// each ended by a NUL, and the run's three streams with it. It answers the copy's process number, then how waitpid() saw it end.
#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define ASKED_MAX ((size_t)1 << 17)
#define WORDS_MAX 4096

typedef int program_main(int argc, char **argv, char **environment);
typedef int program_start(program_main *main, int argc, char **argv, void (*init)(void), void (*fini)(void), void (*rtld_fini)(void),
                          void *stack_end);

struct asked {
    char text[ASKED_MAX];
    char *words[WORDS_MAX + 1];
    int argument_count;
    char *folder, **environment;
    int streams[3];
};

static program_main *original;      // the C library asks for main by its address alone

// False: nobody asks any more.
static bool receive(int socket, struct asked *asked)
{
    union {
        char bytes[CMSG_SPACE(sizeof asked->streams)];
        struct cmsghdr aligned;
    } control;
    struct iovec part = {.iov_base = asked->text, .iov_len = ASKED_MAX};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t length = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    if (length <= 0)
        return false;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (!header || header->cmsg_len != CMSG_LEN(sizeof asked->streams) || asked->text[length - 1] || message.msg_flags & MSG_TRUNC)
        abort();
    memcpy(asked->streams, CMSG_DATA(header), sizeof asked->streams);
    int count = 0;
    char *at = asked->text + strlen(asked->text) + 1;
    asked->argument_count = atoi(asked->text);
    for (char *end = asked->text + length; at < end && count < WORDS_MAX; at += strlen(at) + 1)
        asked->words[count++] = at;
    if (at != asked->text + length || count < asked->argument_count + 1)
        abort();
    asked->words[count] = NULL;
    asked->folder = asked->words[asked->argument_count];
    asked->words[asked->argument_count] = NULL;
    asked->environment = asked->words + asked->argument_count + 1;
    return true;
}

static int wait_for_runs(int argc, char **argv, char **environment)
{
    static struct asked asked;      // of the copy that goes on, like its arguments
    const char *told = getenv("KARAR_READY_SOCKET");
    if (!told)
        return original(argc, argv, environment);
    int socket = atoi(told);
    while (receive(socket, &asked)) {
        pid_t copy = fork();
        if (copy == 0) {
            for (int stream = 0; stream < 3; stream++)
                if (dup2(asked.streams[stream], stream) < 0)
                    abort();
            for (int stream = 0; stream < 3; stream++)
                close(asked.streams[stream]);
            close(socket);
            if (chdir(asked.folder))
                abort();
            environ = asked.environment;
            return original(asked.argument_count, asked.words, asked.environment);
        }
        for (int stream = 0; stream < 3; stream++)
            close(asked.streams[stream]);
        int status;
        if (copy < 0 || send(socket, &copy, sizeof copy, MSG_NOSIGNAL) < 0 || waitpid(copy, &status, 0) != copy
            || send(socket, &status, sizeof status, MSG_NOSIGNAL) < 0)
            abort();
    }
    return 0;
}

// Stands before the C library's own.
int __libc_start_main(program_main *main, int argc, char **argv, void (*init)(void), void (*fini)(void), void (*rtld_fini)(void),
                      void *stack_end);

__attribute__((visibility("default"))) int __libc_start_main(program_main *main, int argc, char **argv, void (*init)(void),
                                                             void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
    program_start *start;
    *(void **)&start = dlsym(RTLD_NEXT, "__libc_start_main");
    original = main;
    return start(wait_for_runs, argc, argv, init, fini, rtld_fini, stack_end);
}
