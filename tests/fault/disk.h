// SPDX-License-Identifier: MIT
// A disk in memory for SQLite that fails when it is told to: a VFS for tests alone.
//
// Each file has two contents: what programs see, and what lies on the platter, which what was written reaches when it is synced. Calls
// are
// counted; from one of them on the disk misbehaves in one of the ways below. disk_restart is what comes after a kill (what was written
// is there) or a power cut (of what was not synced each sector is there or not, by dice, and the length of files with them).
//
// Several connections, also of several threads; nothing here waits for a lock. Memory that the disk itself wants is taken for granted.
#ifndef KARAR_TESTS_DISK_H
#define KARAR_TESTS_DISK_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DISK_FILES 16
#define DISK_SECTOR 512
#define DISK_REGIONS 64

enum disk_fault {
    DISK_ONCE,      // one call fails
    DISK_SHORT,     // one write puts half of it down and finds the disk full; other calls fail
    DISK_FULL,      // from here on nothing that would take room is written
    DISK_DEAD,      // from here on every call fails
    DISK_FAULTS
};

// Something done to a file and not synced yet. bytes NULL: it was cut to `at`.
struct disk_change {
    size_t at, len;
    unsigned char *bytes;
};

struct disk_file {
    char name[64];          // "": free
    unsigned char *bytes, *safe;
    size_t size, safe_size;
    bool is_there, is_safe; // a name in the folder; and on the platter
    bool is_read_only;
    struct disk_change *changes;
    size_t change_count;
    void *regions[DISK_REGIONS];    // the memory that WAL readers share
    int users;
    int readers;            // who hold a lock on it
    bool is_exclusive;      // one of them alone
    int shares[SQLITE_SHM_NLOCK];   // locks in its shared memory: how many, -1 one alone
};

struct disk {
    sqlite3_vfs vfs;
    struct disk_file files[DISK_FILES];
    int64_t calls;          // that were made
    int64_t fail_at;        // the call that fails, from 1; 0: none
    enum disk_fault fault;
    bool is_failing;
    bool is_read_only;      // nothing can be opened for writing, or made
    int64_t clock;          // milliseconds as SQLite counts them (Julian)
    uint64_t dice;
};

// More than 0 while the disk asks for memory of its own.
extern volatile int disk_takes_memory;

// Makes SQLite use the disk for all files that are opened from now on. Memory of the caller's, zeroed; is to live as long as SQLite.
void disk_mount(struct disk *disk);
// The files of another disk, as they lie there; counters and faults are forgotten.
void disk_copy(struct disk *to, const struct disk *from);
// What the file holds; NULL if it is not there.
const struct disk_file *disk_find(const struct disk *disk, const char *name);
void disk_put(struct disk *disk, const char *name, const void *bytes, size_t len);
// What the C library does with names; a name that was changed is on the platter at once.
bool disk_rename(struct disk *disk, const char *from, const char *to);
bool disk_unlink(struct disk *disk, const char *name);
// Nothing is open any more. No fault is set afterwards.
void disk_restart(struct disk *disk, bool power_cut);
void disk_empty(struct disk *disk);

#endif
