// SPDX-License-Identifier: MIT
// A file an order: "karar order 1", a line, then its parts, each as "LENGTH:BYTES," ("-" alone: none): date, language, author, how many
// inputs, and of each its name and its bytes.
//
// A file is written under another name, brought to the disk and renamed before the order is confirmed, and removed when it was worked off.
// What was begun is begun anew: reports that came in already are known. Names begin with the time, so that they sort by it.
#include "serve/orders.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

#define HEAD "karar order 1\n"
#define FILE_ENDING ".order"
#define MAX_ORDER ((size_t)20 << 20)        // bytes of a file: a request's and a little
#define MAX_LEFT 1024                       // files that are looked at

struct orders {
    char *path;             // of the folder
    int folder;             // -1: it is not there yet
    bool is_ours;           // what others left is worked off by us
    pthread_mutex_t making; // of the folder
};

static void open_folder(struct orders *orders)
{
    orders->folder = open(orders->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    orders->is_ours = orders->folder >= 0 && flock(orders->folder, LOCK_EX | LOCK_NB) == 0;
}

enum status orders_open(const char *register_path, struct orders **ret_orders, struct error *reterr_error)
{
    struct orders *orders = calloc(1, sizeof *orders);
    if (orders && asprintf(&orders->path, "%s" ORDERS_ENDING, register_path) < 0)
        orders->path = NULL;
    if (!orders || !orders->path) {
        free(orders);
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory for the server");
    }
    pthread_mutex_init(&orders->making, NULL);
    open_folder(orders);
    *ret_orders = orders;
    return STATUS_OK;
}

void orders_close(struct orders *orders)
{
    if (!orders)
        return;
    if (orders->folder >= 0)
        close(orders->folder);
    pthread_mutex_destroy(&orders->making);
    free(orders->path);
    free(orders);
}

// ---- writing --------------------------------------------------------------------------------------------------------------
static void add_part(struct buf *out, struct slice part)
{
    if (!part.at) {
        buf_add_text(out, "-");
        return;
    }
    buf_addf(out, "%zu:", part.len);
    buf_add(out, part);
    buf_add_char(out, ',');
}

static void write_order(struct buf *out, const struct adding_order *order)
{
    char count[16];
    snprintf(count, sizeof count, "%u", (unsigned)order->count);
    buf_add_text(out, HEAD);
    add_part(out, slice_from(order->date));
    add_part(out, slice_from(order->language));
    add_part(out, slice_from(order->author));
    add_part(out, slice_from(count));
    for (uint32_t i = 0; i < order->count; i++) {
        add_part(out, order->inputs[i].name);
        add_part(out, order->inputs[i].bytes);
    }
}

static bool write_all(int file, struct slice bytes)
{
    for (size_t done = 0; done < bytes.len;) {
        ssize_t wrote = write(file, bytes.at + done, bytes.len - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return false;
        done += (size_t)wrote;
    }
    return true;
}

static bool write_file(struct orders *orders, const char *name, struct slice bytes)
{
    char unfinished[128];
    snprintf(unfinished, sizeof unfinished, "%s.new", name);
    int file = openat(orders->folder, unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    bool written = write_all(file, bytes) && fsync(file) == 0;
    written = close(file) == 0 && written;
    written = written && renameat(orders->folder, unfinished, orders->folder, name) == 0 && fsync(orders->folder) == 0;
    if (!written) {
        unlinkat(orders->folder, unfinished, 0);
        unlinkat(orders->folder, name, 0);
    }
    return written;
}

enum status orders_keep(struct orders *orders, const char *id, const struct adding_order *order, struct error *reterr_error)
{
    struct timespec now;
    struct buf out;
    char name[96];
    pthread_mutex_lock(&orders->making);
    if (orders->folder < 0) {
        mkdir(orders->path, 0700);
        open_folder(orders);
    }
    pthread_mutex_unlock(&orders->making);
    clock_gettime(CLOCK_REALTIME, &now);
    snprintf(name, sizeof name, "%012lld%09ld-%s" FILE_ENDING, (long long)now.tv_sec, now.tv_nsec, id);
    buf_init(&out, MAX_ORDER);
    write_order(&out, order);
    bool full = out.failed != STATUS_OK;
    bool written = !full && orders->folder >= 0 && write_file(orders, name, buf_slice(&out));
    buf_finish(&out);
    if (written)
        return STATUS_OK;
    return error_set(reterr_error, full ? STATUS_NO_MEMORY : STATUS_IO,
                     "what was sent cannot be kept beside the register (%.200s): is the disk full, or the folder not writable?",
                     orders->path);
}

// ---- reading --------------------------------------------------------------------------------------------------------------
// Names in the order of time; the caller frees them and the list.
static char **list_names(struct orders *orders, uint32_t *ret_count)
{
    int copy = dup(orders->folder);
    DIR *folder = copy >= 0 ? fdopendir(copy) : NULL;
    char **names = calloc(MAX_LEFT, sizeof *names);
    *ret_count = 0;
    if (folder)
        rewinddir(folder);
    else if (copy >= 0)
        close(copy);
    for (struct dirent *entry; folder && names && *ret_count < MAX_LEFT && (entry = readdir(folder));) {
        struct slice name = slice_from(entry->d_name);
        if (!slice_ends(name, SLICE(FILE_ENDING)))
            continue;
        names[*ret_count] = strdup(entry->d_name);      // one that there is no memory for waits for the next start
        *ret_count += names[*ret_count] != NULL;
    }
    if (folder)
        closedir(folder);
    return names;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// NULL: there is no such part. At "-" a slice at NULL.
static bool read_part(struct slice *rest, struct slice *ret_part)
{
    *ret_part = (struct slice){NULL, 0};
    if (rest->len && rest->at[0] == '-') {
        *rest = slice_make(rest->at + 1, rest->len - 1);
        return true;
    }
    const char *colon = rest->len ? memchr(rest->at, ':', rest->len < 12 ? rest->len : 12) : NULL;
    int64_t len;
    if (!colon || !slice_to_int(slice_make(rest->at, (size_t)(colon - rest->at)), &len) || len < 0)
        return false;
    size_t head = (size_t)(colon + 1 - rest->at);
    if ((size_t)len >= rest->len - head || colon[1 + len] != ',')
        return false;
    *ret_part = slice_make(colon + 1, (size_t)len);
    *rest = slice_make(rest->at + head + (size_t)len + 1, rest->len - head - (size_t)len - 1);
    return true;
}

// Texts of an order end in NUL in its own places.
struct kept {
    char *texts[3];
    struct adding_input *inputs;
};

static bool read_order(struct slice bytes, struct kept *kept, struct adding_order *order)
{
    struct slice rest = bytes, part;
    int64_t count = 0;
    if (!slice_starts(rest, SLICE(HEAD)))
        return false;
    rest = slice_make(rest.at + strlen(HEAD), rest.len - strlen(HEAD));
    for (int i = 0; i < 3; i++) {
        if (!read_part(&rest, &part))
            return false;
        kept->texts[i] = part.at ? strndup(part.at, part.len) : NULL;
        if (part.at && !kept->texts[i])
            return false;
    }
    if (!read_part(&rest, &part) || !slice_to_int(part, &count) || count < 1 || count > ADDING_MAX_INPUTS)
        return false;
    kept->inputs = calloc((size_t)count, sizeof *kept->inputs);
    for (int64_t i = 0; kept->inputs && i < count; i++)
        if (!read_part(&rest, &kept->inputs[i].name) || !kept->inputs[i].name.at || !read_part(&rest, &kept->inputs[i].bytes))
            return false;
    *order = (struct adding_order){kept->inputs, (uint32_t)count, kept->texts[0], kept->texts[1], kept->texts[2]};
    return kept->inputs && rest.len == 0;
}

// The id in a file's name; false: it has none.
static bool id_of(const char *name, char id[ADDING_ID_LENGTH + 1])
{
    const char *dash = strchr(name, '-');
    if (!dash || strlen(dash + 1) != ADDING_ID_LENGTH + strlen(FILE_ENDING) || strspn(dash + 1, "0123456789abcdef") != ADDING_ID_LENGTH)
        return false;
    memcpy(id, dash + 1, ADDING_ID_LENGTH);
    id[ADDING_ID_LENGTH] = '\0';
    return true;
}

static bool take_file(struct orders *orders, const char *name, bool (*take)(void *, const char *, const struct adding_order *), void *user)
{
    char path[4352], id[ADDING_ID_LENGTH + 1], *bytes = NULL;
    struct kept kept = {{NULL, NULL, NULL}, NULL};
    struct adding_order order;
    size_t len = 0;
    bool go_on = true;
    int used = snprintf(path, sizeof path, "%s/%s", orders->path, name);
    if (used < 0 || (size_t)used >= sizeof path || !id_of(name, id))
        return true;
    if (file_read(path, MAX_ORDER, &bytes, &len, NULL) == STATUS_OK && read_order(slice_make(bytes, len), &kept, &order))
        go_on = take(user, id, &order);
    for (int i = 0; i < 3; i++)
        free(kept.texts[i]);
    free(kept.inputs);
    free(bytes);
    return go_on;
}

void orders_left(struct orders *orders, bool (*take)(void *user, const char *id, const struct adding_order *order), void *user)
{
    uint32_t count = 0;
    bool go_on = true;
    if (!orders->is_ours)
        return;
    char **names = list_names(orders, &count);
    if (names)
        qsort(names, count, sizeof *names, by_name);
    for (uint32_t i = 0; i < count; i++) {
        go_on = go_on && take_file(orders, names[i], take, user);
        free(names[i]);
    }
    free(names);
}

void orders_forget(struct orders *orders, const char *id)
{
    uint32_t count = 0;
    char **names = orders->folder >= 0 ? list_names(orders, &count) : NULL, known[ADDING_ID_LENGTH + 1];
    for (uint32_t i = 0; i < count; i++) {
        if (id_of(names[i], known) && strcmp(known, id) == 0)
            unlinkat(orders->folder, names[i], 0);
        free(names[i]);
    }
    free(names);
}
