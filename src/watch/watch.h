// SPDX-License-Identifier: MIT
// The watch: feeds are looked at when their time has come, new pages are asked for, politely, and handed to whoever reads them.
//
// To one host goes one request at a time, with a pause behind it; robots.txt is asked first; Retry-After is kept. What was dealt with
// is noted in a state file, so that a run goes on where the last one ended, however it ended.
#ifndef KARAR_WATCH_WATCH_H
#define KARAR_WATCH_WATCH_H

#include <stdbool.h>

#include "watch/settings.h"

#define WATCH_MAX_PAGE ((size_t)8 << 20)        // bytes of a page, unpacked
#define WATCH_MAX_REDIRECTS 5
#define WATCH_MAX_LISTS 100u                    // sitemaps that one index leads to, at one look
#define WATCH_MAX_NESTING 2                     // indexes inside indexes
#define WATCH_MAX_HOSTS 4096u
#define WATCH_MAX_REQUESTS 16u                  // under way at once, to different hosts
#define WATCH_MAX_BACKOFF (24 * 3600)           // seconds
#define WATCH_ROBOTS_SECONDS (24 * 3600)        // so long robots.txt is believed
#define WATCH_PATIENCE 60                       // seconds that a run which ends by itself waits for a host

struct watch_page {
    const char *url;            // where it was found in the end
    const char *charset;        // as HTTP declares it; "" none
    const char *date;           // YYYY-MM-DD, as the feed has it; "" none
    struct slice bytes;
};

enum watch_verdict {
    WATCH_TAKEN,                // never asked for again
    WATCH_STOP,                 // the program cannot go on; the page stays new
};

struct watch_calls {
    enum watch_verdict (*page)(void *user, const struct watch_page *page);
    // Something was left out. `url`: a feed's, page's or host's.
    void (*fault)(void *user, const char *url, const char *text);
    void *user;
};

struct watch;
// The settings must outlive the watch.
enum status watch_open(const struct settings *settings, const char *state_path, const char *version, const struct watch_calls *calls,
                       struct watch **ret_watch, struct error *reterr_error);
void watch_close(struct watch *watch);
// once: every feed is looked at once, as far as the last run's back-off permits. Otherwise on and on. Both end when `wake` (a file
// descriptor, -1 none) can be read. STATUS_OK also after WATCH_STOP. A failure is one of the state file or of memory.
enum status watch_run(struct watch *watch, bool once, int wake, struct error *reterr_error);

#endif
