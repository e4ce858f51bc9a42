// SPDX-License-Identifier: MIT
// What comes from the network to `karar watch`, and its settings: by the first byte a feed or sitemap, a robots.txt, or a feeds file.
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "watch/feed.h"
#include "watch/robots.h"
#include "watch/settings.h"

static void read_feed(struct arena *arena, struct slice bytes)
{
    feed_item_vec items = {0};
    struct error error = {0};
    if (feed_read(arena, bytes, &items, &error) != STATUS_OK)
        fuzz_check(error.text[0]);
    for (uint32_t i = 0; i < items.count; i++) {
        fuzz_check(items.at[i].url.len <= FEED_MAX_VALUE);
        fuzz_check(items.at[i].date.len == 0 || items.at[i].date.len == 10);
    }
}

static void read_settings(struct arena *arena, struct slice bytes)
{
    char path[64];
    struct settings settings;
    struct error error = {0};
    int file = memfd_create("fuzz", 0);
    fuzz_check(file >= 0 && write(file, bytes.at, bytes.len) == (ssize_t)bytes.len);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (settings_read(arena, path, &settings, &error) != STATUS_OK)
        fuzz_check(error.text[0] && error.file[0]);
    close(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena arena;
    if (!len)
        return 0;
    struct slice rest = {(const char *)bytes + 1, len - 1};
    arena_init(&arena, NULL, FEED_MEMORY);
    enum status caught = ARENA_CATCH(&arena);
    if (!caught) {
        if (bytes[0] == 'r') {
            fuzz_check(robots_delay(rest, SLICE("karar")) >= 0);
            robots_allow(rest, SLICE("karar"), SLICE("/private/open?x=1"));
        } else if (bytes[0] == 's') {
            read_settings(&arena, rest);
        } else {
            read_feed(&arena, rest);
        }
    }
    arena_finish(&arena);
    return 0;
}
