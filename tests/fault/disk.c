// SPDX-License-Identifier: MIT
// A disk in memory: see disk.h.
//
// What the platter holds after a power cut is made by going through the changes that were not synced: each sector of each write is put
// down
// or not. That is more than disks do (they keep some order), so what survives here survives there.
#include "disk.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What SQLite holds for an open file.
struct open_file {
    sqlite3_file base;
    struct disk *disk;
    struct disk_file *file;
    bool is_temporary;
    int lock;                   // SQLite's name of the lock that it holds
    unsigned shared, exclusive; // locks in the memory that readers share, a bit each
};

// Threads of one program come one after the other.
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static pthread_mutex_t *take_turn(void)
{
    pthread_mutex_lock(&turn);
    return &turn;
}

static void end_turn(pthread_mutex_t **taken)
{
    pthread_mutex_unlock(*taken);
}
#define ONE_AT_A_TIME __attribute__((cleanup(end_turn), unused)) pthread_mutex_t *taken = take_turn()

static struct open_file *opened(sqlite3_file *file)
{
    return (struct open_file *)(void *)file;
}

// Memory of the disk's own, which memory_test.c lets be.
volatile int disk_takes_memory;     // volatile: compilers know that realloc reads no variable

static void *resized(void *old, size_t size)
{
    disk_takes_memory++;
    void *memory = realloc(old, size);
    disk_takes_memory--;
    if (!memory)
        abort();
    return memory;
}

static uint64_t throw(struct disk *disk, uint64_t sides)
{
    disk->dice ^= disk->dice << 13;
    disk->dice ^= disk->dice >> 7;
    disk->dice ^= disk->dice << 17;
    return (disk->dice >> 20) % sides;
}

// Counts a call. True: it is to fail.
static bool fails(struct disk *disk, bool takes_room)
{
    bool now = ++disk->calls == disk->fail_at;
    if (now)
        disk->is_failing = true;
    switch (disk->fault) {
    case DISK_FULL:
        return disk->is_failing && takes_room;
    case DISK_DEAD:
        return disk->is_failing;
    default:
        return now;
    }
}

// ---- contents -------------------------------------------------------------------------------------------------------------
static void put(unsigned char **bytes, size_t *size, size_t at, const unsigned char *from, size_t len)
{
    if (at + len > *size) {
        *bytes = resized(*bytes, at + len);
        memset(*bytes + *size, 0, at + len - *size);
        *size = at + len;
    }
    memcpy(*bytes + at, from, len);
}

static void note(struct disk_file *file, size_t at, const unsigned char *bytes, size_t len)
{
    file->changes = resized(file->changes, (file->change_count + 1) * sizeof *file->changes);
    struct disk_change *change = &file->changes[file->change_count++];
    *change = (struct disk_change){at, len, bytes ? resized(NULL, len + 1) : NULL};
    if (bytes)
        memcpy(change->bytes, bytes, len);
}

static void forget_changes(struct disk_file *file)
{
    for (size_t i = 0; i < file->change_count; i++)
        free(file->changes[i].bytes);
    free(file->changes);
    file->changes = NULL;
    file->change_count = 0;
}

static void make_safe(struct disk_file *file)
{
    file->safe = resized(file->safe, file->size + 1);
    if (file->size)
        memcpy(file->safe, file->bytes, file->size);
    file->safe_size = file->size;
    file->is_safe = true;
    forget_changes(file);
}

static void forget_regions(struct disk_file *file)
{
    for (int i = 0; i < DISK_REGIONS; i++) {
        free(file->regions[i]);
        file->regions[i] = NULL;
    }
}

static void forget(struct disk_file *file)
{
    forget_changes(file);
    forget_regions(file);
    free(file->bytes);
    free(file->safe);
    memset(file, 0, sizeof *file);
}

static struct disk_file *find(struct disk *disk, const char *name)
{
    for (int i = 0; i < DISK_FILES; i++)
        if (strcmp(disk->files[i].name, name) == 0)
            return &disk->files[i];
    return NULL;
}

static struct disk_file *make(struct disk *disk, const char *name)
{
    struct disk_file *file = find(disk, name);
    if (!file) {
        file = find(disk, "");
        assert(file && strlen(name) < sizeof file->name);
        snprintf(file->name, sizeof file->name, "%s", name);
    }
    file->is_there = true;
    return file;
}

// ---- a file's methods ------------------------------------------------------------------------------------------------------
// Who holds a lock on a file or in its memory is counted; nobody waits.
static void give_back(struct open_file *open, int kind)
{
    if (open->lock == SQLITE_LOCK_EXCLUSIVE && kind < SQLITE_LOCK_EXCLUSIVE)
        open->file->is_exclusive = false;
    if (open->lock && !kind)
        open->file->readers--;
    open->lock = kind;
}

static int disk_close(sqlite3_file *file)
{
    ONE_AT_A_TIME;
    struct open_file *open = opened(file);
    give_back(open, SQLITE_LOCK_NONE);
    open->file->users--;
    if (open->is_temporary)
        forget(open->file);
    return SQLITE_OK;
}

static int disk_read(sqlite3_file *file, void *into, int amount, sqlite3_int64 offset)
{
    ONE_AT_A_TIME;
    struct open_file *open = opened(file);
    const struct disk_file *on = open->file;
    size_t len = (size_t)amount, at = (size_t)offset, there = at < on->size ? on->size - at : 0;
    bool fail = fails(open->disk, false);
    if (there)
        memcpy(into, on->bytes + at, fail ? len / 2 < there ? len / 2 : there : there < len ? there : len);
    if (fail)
        return SQLITE_IOERR_READ;
    if (there >= len)
        return SQLITE_OK;
    memset((unsigned char *)into + there, 0, len - there);
    return SQLITE_IOERR_SHORT_READ;
}

static int disk_write(sqlite3_file *file, const void *from, int amount, sqlite3_int64 offset)
{
    ONE_AT_A_TIME;
    struct open_file *open = opened(file);
    size_t len = (size_t)amount, at = (size_t)offset;
    bool fail = fails(open->disk, at + len > open->file->size);
    if (fail && open->disk->fault != DISK_SHORT)
        return open->disk->fault == DISK_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    if (fail)
        len /= 2;
    put(&open->file->bytes, &open->file->size, at, from, len);
    note(open->file, at, from, len);
    return fail ? SQLITE_FULL : SQLITE_OK;
}

static int disk_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    ONE_AT_A_TIME;
    struct open_file *open = opened(file);
    if (fails(open->disk, false))
        return SQLITE_IOERR_TRUNCATE;
    if ((size_t)size < open->file->size) {
        open->file->size = (size_t)size;
        note(open->file, (size_t)size, NULL, 0);
    }
    return SQLITE_OK;
}

static bool ends_in(const char *name, const char *end)
{
    size_t len = strlen(name), tail = strlen(end);
    return len >= tail && strcmp(name + len - tail, end) == 0;
}

// Names that were made or taken away are so on the platter.
static void sync_folder(struct disk *disk)
{
    for (int i = 0; i < DISK_FILES; i++) {
        struct disk_file *file = &disk->files[i];
        file->is_safe = file->is_there;
        if (file->name[0] && !file->is_there && file->users == 0)
            forget(file);
    }
}

// As on Unix, the first sync of a journal syncs its folder, too.
static int disk_sync(sqlite3_file *file, int flags)
{
    ONE_AT_A_TIME;
    struct open_file *open = opened(file);
    (void)flags;
    if (fails(open->disk, false))
        return SQLITE_IOERR_FSYNC;
    bool was_safe = open->file->is_safe;
    make_safe(open->file);
    if (!was_safe && (ends_in(open->file->name, "-wal") || ends_in(open->file->name, "-journal")))
        sync_folder(open->disk);
    return SQLITE_OK;
}

static int disk_size(sqlite3_file *file, sqlite3_int64 *size)
{
    ONE_AT_A_TIME;
    struct open_file *open = opened(file);
    if (fails(open->disk, false))
        return SQLITE_IOERR_FSTAT;
    *size = (sqlite3_int64)open->file->size;
    return SQLITE_OK;
}

static int disk_lock(sqlite3_file *file, int kind)
{
    ONE_AT_A_TIME;
    struct open_file *open = opened(file);
    if (fails(open->disk, false))
        return SQLITE_IOERR_LOCK;
    if (open->lock >= kind)
        return SQLITE_OK;
    if (open->lock < SQLITE_LOCK_EXCLUSIVE && open->file->is_exclusive)
        return SQLITE_BUSY;
    if (kind == SQLITE_LOCK_EXCLUSIVE && open->file->readers > (open->lock ? 1 : 0))
        return SQLITE_BUSY;
    open->file->readers += open->lock == 0;
    open->file->is_exclusive = kind == SQLITE_LOCK_EXCLUSIVE;
    open->lock = kind;
    return SQLITE_OK;
}

static int disk_unlock(sqlite3_file *file, int kind)
{
    ONE_AT_A_TIME;
    if (opened(file)->lock > kind)
        give_back(opened(file), kind);
    return SQLITE_OK;
}

static int disk_check_lock(sqlite3_file *file, int *is_locked)
{
    (void)file;
    *is_locked = 0;
    return SQLITE_OK;
}

static int disk_control(sqlite3_file *file, int operation, void *argument)
{
    (void)file, (void)operation, (void)argument;
    return SQLITE_NOTFOUND;
}

static int disk_sector(sqlite3_file *file)
{
    (void)file;
    return DISK_SECTOR;
}

static int disk_traits(sqlite3_file *file)
{
    (void)file;
    return 0;       // no write is atomic, none is safe from the one beside it
}

static int disk_share(sqlite3_file *file, int region, int size, int extend, void volatile **memory)
{
    ONE_AT_A_TIME;
    struct open_file *open = opened(file);
    if (fails(open->disk, false))
        return SQLITE_IOERR_SHMMAP;
    assert(region < DISK_REGIONS);
    if (!open->file->regions[region] && extend)
        open->file->regions[region] = memset(resized(NULL, (size_t)size), 0, (size_t)size);
    *memory = open->file->regions[region];
    return SQLITE_OK;
}

static int disk_share_lock(sqlite3_file *file, int first, int count, int flags)
{
    ONE_AT_A_TIME;
    struct open_file *open = opened(file);
    unsigned bits = ((1u << count) - 1) << first;
    bool wants = (flags & SQLITE_SHM_LOCK) != 0, alone = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    if (wants && fails(open->disk, false))
        return SQLITE_IOERR_SHMLOCK;
    for (int i = first; wants && i < first + count; i++)
        if (alone ? open->file->shares[i] != 0 : open->file->shares[i] < 0)
            return SQLITE_BUSY;
    for (int i = first; i < first + count; i++) {
        unsigned bit = 1u << i;
        if (wants && !((alone ? open->exclusive : open->shared) & bit))
            open->file->shares[i] += alone ? -1 : 1;
        if (!wants && ((alone ? open->exclusive : open->shared) & bit))
            open->file->shares[i] -= alone ? -1 : 1;
    }
    unsigned *held = alone ? &open->exclusive : &open->shared;
    *held = wants ? *held | bits : *held & ~bits;
    return SQLITE_OK;
}

static void disk_share_barrier(sqlite3_file *file)
{
    (void)file;
}

static int disk_share_end(sqlite3_file *file, int forget_it)
{
    ONE_AT_A_TIME;
    struct open_file *open = opened(file);
    (void)forget_it;
    for (int i = 0; i < SQLITE_SHM_NLOCK; i++)
        open->file->shares[i] -= (int)(open->shared >> i & 1) - (int)(open->exclusive >> i & 1);
    open->shared = open->exclusive = 0;
    if (opened(file)->file->users == 1)
        forget_regions(opened(file)->file);
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2, .xClose = disk_close, .xRead = disk_read, .xWrite = disk_write, .xTruncate = disk_truncate, .xSync = disk_sync,
    .xFileSize = disk_size, .xLock = disk_lock, .xUnlock = disk_unlock, .xCheckReservedLock = disk_check_lock,
            .xFileControl = disk_control,
    .xSectorSize = disk_sector, .xDeviceCharacteristics = disk_traits, .xShmMap = disk_share, .xShmLock = disk_share_lock,
    .xShmBarrier = disk_share_barrier, .xShmUnmap = disk_share_end,
};

// ---- the disk's methods ----------------------------------------------------------------------------------------------------
static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
    ONE_AT_A_TIME;
    struct disk *disk = vfs->pAppData;
    struct open_file *open = opened(file);
    char temporary[32];
    memset(open, 0, sizeof *open);
    if (fails(disk, false))
        return SQLITE_CANTOPEN;
    open->is_temporary = !name;
    if (!name) {
        snprintf(temporary, sizeof temporary, "temporary-%llu", (unsigned long long)disk->calls);
        name = temporary;
    }
    struct disk_file *found = find(disk, name);
    if ((!found || !found->is_there) && (!(flags & SQLITE_OPEN_CREATE) || disk->is_read_only))
        return SQLITE_CANTOPEN;
    if (found && found->is_there && (disk->is_read_only || found->is_read_only))
        flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    open->disk = disk;
    open->file = make(disk, name);
    open->file->users++;
    open->base.pMethods = &methods;
    if (ret_flags)
        *ret_flags = flags;
    return SQLITE_OK;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    ONE_AT_A_TIME;
    struct disk *disk = vfs->pAppData;
    struct disk_file *file = find(disk, name);
    if (fails(disk, false) || disk->is_read_only)
        return SQLITE_IOERR_DELETE;
    if (!file || !file->is_there)
        return SQLITE_IOERR_DELETE_NOENT;
    file->is_there = false;
    file->size = 0;
    note(file, 0, NULL, 0);
    if (sync)
        sync_folder(disk);
    return SQLITE_OK;
}

static int disk_access(sqlite3_vfs *vfs, const char *name, int flags, int *is_there)
{
    ONE_AT_A_TIME;
    struct disk *disk = vfs->pAppData;
    const struct disk_file *file = find(disk, name);
    if (fails(disk, false))
        return SQLITE_IOERR_ACCESS;
    *is_there = file && file->is_there && (flags != SQLITE_ACCESS_READWRITE || !(disk->is_read_only || file->is_read_only));
    return SQLITE_OK;
}

static int disk_full_name(sqlite3_vfs *vfs, const char *name, int room, char *full)
{
    (void)vfs;
    snprintf(full, (size_t)room, "%s", name);
    return SQLITE_OK;
}

static int disk_random(sqlite3_vfs *vfs, int count, char *bytes)
{
    ONE_AT_A_TIME;
    for (int i = 0; i < count; i++)
        bytes[i] = (char)throw(vfs->pAppData, 256);
    return count;
}

static int disk_sleep(sqlite3_vfs *vfs, int microseconds)
{
    ((struct disk *)vfs->pAppData)->clock += microseconds / 1000;
    return microseconds;
}

static int disk_clock(sqlite3_vfs *vfs, sqlite3_int64 *milliseconds)
{
    *milliseconds = ((struct disk *)vfs->pAppData)->clock;
    return SQLITE_OK;
}

static int disk_day(sqlite3_vfs *vfs, double *days)
{
    *days = (double)((struct disk *)vfs->pAppData)->clock / 86400000.0;
    return SQLITE_OK;
}

static int disk_last_error(sqlite3_vfs *vfs, int room, char *text)
{
    (void)vfs, (void)room, (void)text;
    return 0;
}

// The register asks the C library for names beside its file (the linker leads these calls here).
static struct disk *mounted;
int __wrap_access(const char *name, int how);
int __wrap_rename(const char *from, const char *to);
int __wrap_unlink(const char *name);

int __wrap_access(const char *name, int how)
{
    (void)how;
    return disk_find(mounted, name) ? 0 : -1;
}

int __wrap_rename(const char *from, const char *to)
{
    return disk_rename(mounted, from, to) ? 0 : -1;
}

int __wrap_unlink(const char *name)
{
    return disk_unlink(mounted, name) ? 0 : -1;
}

void disk_mount(struct disk *disk)
{
    mounted = disk;
    disk->vfs = (sqlite3_vfs){
        .iVersion = 2, .szOsFile = sizeof(struct open_file), .mxPathname = 63, .zName = "disk", .pAppData = disk, .xOpen = disk_open,
        .xDelete = disk_delete, .xAccess = disk_access, .xFullPathname = disk_full_name, .xRandomness = disk_random, .xSleep = disk_sleep,
        .xCurrentTime = disk_day, .xGetLastError = disk_last_error, .xCurrentTimeInt64 = disk_clock,
    };
    disk->clock = INT64_C(212640000000000);      // in 2026
    disk->dice = UINT64_C(0x9E3779B97F4A7C15);
    int code = sqlite3_vfs_register(&disk->vfs, 1);
    assert(code == SQLITE_OK);
    (void)code;
}

// ---- from outside ------------------------------------------------------------------------------------------------------------
const struct disk_file *disk_find(const struct disk *disk, const char *name)
{
    for (int i = 0; i < DISK_FILES; i++)
        if (strcmp(disk->files[i].name, name) == 0 && disk->files[i].is_there)
            return &disk->files[i];
    return NULL;
}

void disk_put(struct disk *disk, const char *name, const void *bytes, size_t len)
{
    struct disk_file *file = make(disk, name);
    put(&file->bytes, &file->size, 0, bytes, len);
    file->size = len;
    make_safe(file);
}

bool disk_rename(struct disk *disk, const char *from, const char *to)
{
    struct disk_file *file = find(disk, from), *old = find(disk, to);
    if (fails(disk, false) || !file || !file->is_there)
        return false;
    if (old)
        forget(old);
    snprintf(file->name, sizeof file->name, "%s", to);
    file->is_safe = true;
    return true;
}

bool disk_unlink(struct disk *disk, const char *name)
{
    return disk_delete(&disk->vfs, name, 0) == SQLITE_OK;
}

void disk_empty(struct disk *disk)
{
    for (int i = 0; i < DISK_FILES; i++)
        forget(&disk->files[i]);
}

void disk_copy(struct disk *to, const struct disk *from)
{
    disk_empty(to);
    for (int i = 0; i < DISK_FILES; i++)
        if (from->files[i].name[0] && from->files[i].is_there)
            disk_put(to, from->files[i].name, from->files[i].bytes, from->files[i].size);
    to->calls = to->fail_at = 0;
    to->is_failing = to->is_read_only = false;
}

// Of what was not synced some is on the platter, sector by sector.
static void cut_power(struct disk *disk, struct disk_file *file)
{
    for (size_t i = 0; i < file->change_count; i++) {
        const struct disk_change *change = &file->changes[i];
        if (!change->bytes && throw(disk, 2)) {
            file->safe_size = change->at < file->safe_size ? change->at : file->safe_size;
            continue;
        }
        for (size_t at = 0; change->bytes && at < change->len;) {
            size_t left = DISK_SECTOR - (change->at + at) % DISK_SECTOR, len = left < change->len - at ? left : change->len - at;
            if (throw(disk, 2))
                put(&file->safe, &file->safe_size, change->at + at, change->bytes + at, len);
            at += len;
        }
    }
    bool is_there = file->is_safe == file->is_there ? file->is_there : throw(disk, 2) != 0;
    file->size = 0;
    if (file->safe_size)
        put(&file->bytes, &file->size, 0, file->safe, file->safe_size);
    file->is_there = is_there;
}

void disk_restart(struct disk *disk, bool power_cut)
{
    for (int i = 0; i < DISK_FILES; i++) {
        struct disk_file *file = &disk->files[i];
        if (!file->name[0])
            continue;
        assert(file->users == 0);
        forget_regions(file);
        if (power_cut)
            cut_power(disk, file);
        if (file->is_there)
            make_safe(file);
        else
            forget(file);
    }
    disk->fail_at = 0;
    disk->is_failing = disk->is_read_only = false;
}
