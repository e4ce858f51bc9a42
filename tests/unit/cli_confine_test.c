// SPDX-License-Identifier: MIT
// What a confined process can still do and what not, tried in a child each: writing inside and outside, the network, calls that no reader
// makes. What the kernel here cannot do is skipped, and said.
#include "cli/confine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HELD = 0, BROKEN = 1, UNABLE = 2 };

struct place {
    char inside[64], outside[64], file[96];
};

// Runs a trial in a child; what it found.
static int tried(const struct place *place, int (*trial)(const struct place *))
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(trial(place));
    int state = 0;
    assert_int_equal(waitpid(child, &state, 0), child);
    assert_true(WIFEXITED(state));
    return WEXITSTATUS(state);
}

static unsigned go_inside(const struct place *place, bool connects, bool listens)
{
    return confine(&(struct confinement){.folders = {place->inside, "/no/such/folder"}, .folder_count = 2, .connects = connects,
            .listens = listens});
}

static int can_write(const char *folder, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0)
        return 0;
    close(file);
    return 1;
}

static int files(const struct place *place)
{
    char moved[128], made[128];
    if (!(go_inside(place, false, false) & CONFINED_FILES))
        return UNABLE;
    snprintf(moved, sizeof moved, "%s/moved", place->outside);
    snprintf(made, sizeof made, "%s/new", place->inside);
    if (!can_write(place->inside, "new") || unlink(made) != 0)
        return BROKEN;
    int old = open(place->file, O_RDONLY);              // reading goes on
    if (old < 0 || access("/etc/passwd", R_OK) != 0)
        return BROKEN;
    close(old);
    if (can_write(place->outside, "new") || open(place->file, O_WRONLY) >= 0 || unlink(place->file) == 0 || rename(place->file,
            moved) == 0 ||
            mkdir(moved, 0700) == 0 || symlink("/", moved) == 0 || truncate(place->file, 0) == 0)
        return BROKEN;
    int nothing = open("/dev/null", O_WRONLY);
    return nothing >= 0 ? HELD : BROKEN;
}

static int no_network(const struct place *place)
{
    unsigned done = go_inside(place, false, false);
    if (!(done & CONFINED_CALLS))
        return UNABLE;
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM || socket(AF_INET6, SOCK_DGRAM, 0) >= 0 || socket(AF_PACKET, SOCK_RAW,
            0) >= 0)
        return BROKEN;
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? HELD : BROKEN;
}

static int try_socket(int (*how)(int, const struct sockaddr *, socklen_t), unsigned short port)
{
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int at = socket(AF_INET, SOCK_STREAM, 0);
    if (at < 0)
        return -1;
    int code = how(at, (struct sockaddr *)&there, sizeof there) == 0 ? 0 : errno;
    close(at);
    return code;
}

static int only_connects(const struct place *place)
{
    if (!(go_inside(place, true, false) & CONFINED_TCP))
        return UNABLE;
    int connecting = try_socket(connect, 1), binding = try_socket(bind, 0);
    return connecting != EACCES && connecting != EPERM && connecting >= 0 && binding == EACCES ? HELD : BROKEN;
}

static int only_listens(const struct place *place)
{
    if (!(go_inside(place, false, true) & CONFINED_TCP))
        return UNABLE;
    return try_socket(connect, 1) == EACCES && try_socket(bind, 0) == 0 && socket(AF_PACKET, SOCK_RAW, 0) < 0 ? HELD : BROKEN;
}

static int no_odd_calls(const struct place *place)
{
    if (!(go_inside(place, false, false) & CONFINED_CALLS))
        return UNABLE;
    if (unshare(CLONE_NEWUSER) == 0 || errno != EPERM)
        return BROKEN;
    if (syscall(SYS_keyctl, 0, 0, 0, 0, 0) >= 0 || errno != EPERM)
        return BROKEN;
    return syscall(SYS_bpf, 0, NULL, 0) < 0 && errno == EPERM ? HELD : BROKEN;
}

static int programs_too(const struct place *place)
{
    char command[256];
    if (!(go_inside(place, false, false) & CONFINED_FILES))
        return UNABLE;
    snprintf(command, sizeof command, "echo x 2>/dev/null > %s/by-a-program", place->outside);
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    int state = 0;
    if (child < 0 || waitpid(child, &state, 0) != child || !WIFEXITED(state) || WEXITSTATUS(state) == 127)
        return BROKEN;
    return WEXITSTATUS(state) != 0 && access(place->file, F_OK) == 0 ? HELD : BROKEN;
}

static void test_confinement(void **state)
{
    static const struct {
        const char *name;
        int (*trial)(const struct place *);
    } trials[] = {
        {"files", files}, {"no network", no_network}, {"only connects", only_connects}, {"only listens", only_listens},
        {"no odd calls", no_odd_calls}, {"programs too", programs_too},
    };
    struct place place = {"/tmp/karar-inside-XXXXXX", "/tmp/karar-outside-XXXXXX", ""};
    (void)state;
    assert_non_null(mkdtemp(place.inside));
    assert_non_null(mkdtemp(place.outside));
    snprintf(place.file, sizeof place.file, "%s/file", place.outside);
    assert_true(can_write(place.outside, "file"));
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        int found = tried(&place, trials[i].trial);
        if (found == UNABLE)
            print_message("# %s: not tried, this kernel cannot\n", trials[i].name);
        else if (found != HELD)
            fail_msg("%s: not held", trials[i].name);
    }
    unlink(place.file);
    rmdir(place.inside);
    rmdir(place.outside);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_confinement)};
    return cmocka_run_group_tests_name("confine", tests, NULL, NULL);
}
