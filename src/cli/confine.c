// SPDX-License-Identifier: MIT
// Landlock keeps the process from writing anywhere but where its command writes, and from the network; seccomp from calls that reading
// reports never makes, most of them doors through which kernels were broken into. A parser that is led astray by a hostile file can then
// neither change nor send anything. Where reports lie is for people to say, so reading is not restricted.
//
// Landlock is called by number: Debian's headers know its first version, kernels have later ones, and each says which. libseccomp knows
// the numbers of calls on every processor. Systems without either run as before, with less.
#include "cli/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// ---- Landlock, as its fourth to sixth version wants to be asked -------------------------------------------------------------
#define CALL_CREATE 444
#define CALL_ADD 445
#define CALL_RESTRICT 446
#define CREATE_VERSION 1u
#define RULE_FOLDER 1

#define FS_WRITE (UINT64_C(1) << 1)
#define FS_REMOVE_AND_MAKE (UINT64_C(0x1FF) << 4)   // folders, files, devices, sockets, pipes, links
#define FS_REFER (UINT64_C(1) << 13)                // version 2: from folder to folder
#define FS_TRUNCATE (UINT64_C(1) << 14)             // version 3
#define NET_BIND (UINT64_C(1) << 0)                 // version 4
#define NET_CONNECT (UINT64_C(1) << 1)
#define SCOPE_ABSTRACT_AND_SIGNALS UINT64_C(3)      // version 6: other programs' sockets without a file, and signals to them

struct ruleset {
    uint64_t files, net, scoped;
};

struct folder_rule {
    uint64_t allowed;
    int32_t folder;
} __attribute__((packed));

static void allow(int rules, const char *path, uint64_t allowed)
{
    struct folder_rule rule = {allowed, open(path, O_PATH | O_CLOEXEC)};
    if (rule.folder < 0)
        return;
    syscall(CALL_ADD, rules, RULE_FOLDER, &rule, 0);
    close(rule.folder);
}

static unsigned lock_land(const struct confinement *confinement)
{
    static const size_t sizes[] = {0, 8, 8, 8, 16, 16, 24};     // of struct ruleset, by version
    long version = syscall(CALL_CREATE, NULL, 0, CREATE_VERSION);
    if (version < 1)
        return 0;
    version = version < 6 ? version : 6;
    struct ruleset asked = {.files = FS_WRITE | FS_REMOVE_AND_MAKE | (version >= 2 ? FS_REFER : 0) | (version >= 3 ? FS_TRUNCATE : 0)};
    asked.net = (confinement->connects ? 0 : NET_CONNECT) | (confinement->listens ? 0 : NET_BIND);
    asked.scoped = SCOPE_ABSTRACT_AND_SIGNALS;
    long rules = syscall(CALL_CREATE, &asked, sizes[version], 0);
    if (rules < 0)
        return 0;
    for (int i = 0; i < confinement->folder_count; i++)
        allow((int)rules, confinement->folders[i], asked.files);
    allow((int)rules, "/dev/null", FS_WRITE | (asked.files & FS_TRUNCATE));      // what pdftotext says goes there
    long refused = syscall(CALL_RESTRICT, rules, 0);
    close((int)rules);
    return refused ? 0 : CONFINED_FILES | (version >= 4 ? CONFINED_TCP : 0);
}

// ---- seccomp ------------------------------------------------------------------------------------------------------------------
static unsigned lock_calls(const struct confinement *confinement)
{
    static const char *const never[] = {
#ifndef __SANITIZE_ADDRESS__    // whose search for leaks traces its own process
        "ptrace",
#endif
        "process_vm_readv", "process_vm_writev", "kcmp", "perf_event_open", "bpf", "userfaultfd", "io_uring_setup",
                "io_uring_enter",
        "io_uring_register", "add_key", "request_key", "keyctl", "mount", "umount2", "move_mount", "open_tree", "fsopen", "fsconfig",
                "fsmount", "fspick",
        "mount_setattr", "pivot_root", "chroot", "setns", "unshare", "init_module", "finit_module", "delete_module", "kexec_load",
                "kexec_file_load",
        "open_by_handle_at", "acct", "swapon", "swapoff", "reboot", "settimeofday", "clock_settime", "adjtimex", "clock_adjtime",
                "quotactl", "syslog",
        "sethostname", "setdomainname", "iopl", "ioperm", "nfsservctl", "vhangup", "modify_ldt", "vmsplice", "migrate_pages",
                "move_pages", "mbind",
    };
    bool network = confinement->connects || confinement->listens;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return 0;
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        int number = seccomp_syscall_resolve_name(never[i]);
        if (number != __NR_SCMP_ERROR)
            seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0);     // one that this processor lacks is none
    }
    // Sockets of this machine alone; with the network also those of its kind and the one that tells addresses. Never raw packets and
    // the like.
    int refused = network ? seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_GT, AF_NETLINK))
                          : seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_NE, AF_UNIX));
    if (!refused)
        refused = seccomp_load(filter);
    seccomp_release(filter);
    return refused ? 0 : CONFINED_CALLS;
}

unsigned confine(const struct confinement *confinement)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return 0;
    unsigned done = lock_land(confinement);
    return done | lock_calls(confinement);
}
