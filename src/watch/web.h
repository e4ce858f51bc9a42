// SPDX-License-Identifier: MIT
// HTTP with limits: many requests under way at once, each bounded in time and size, none to a private address unless that is allowed.
// Redirects are told and not followed: whoever asks decides whether the new address may be asked.
#ifndef KARAR_WATCH_WEB_H
#define KARAR_WATCH_WEB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

#define WEB_MAX_URL 2048u                   // bytes
#define WEB_MAX_HEAD ((size_t)64 << 10)     // bytes of an answer's head
#define WEB_CONNECT_SECONDS 15L
#define WEB_SECONDS 60L                     // a whole request
#define WEB_SLOW_SECONDS 20L                // so long may less than WEB_SLOW_BYTES a second arrive
#define WEB_SLOW_BYTES 64L

struct web;

struct web_options {
    struct slice agent;         // User-Agent
    bool allow_private;
};

// STATUS_NOT_FOUND: libcurl is not installed. One handle a thread.
enum status web_open(const struct web_options *options, struct web **ret_web, struct error *reterr_error);
// Gives up what is under way.
void web_close(struct web *web);

struct web_request {
    const char *url;
    const char *etag, *modified;    // of the copy that is there; "" none
    size_t maximum;                 // bytes of the unpacked body
    void *user;
};
enum status web_start(struct web *web, const struct web_request *request);

enum web_result {
    WEB_ANSWERED,       // `code` tells
    WEB_FAILED,         // no answer, or it broke off: another time it may work
    WEB_REFUSED,        // private address, too long, or not HTTP: another time is the same
};

struct web_answer {
    void *user;
    enum web_result result;
    long code;                      // 200, 304, …
    struct buf body;
    char *location;                 // of a redirect, absolute; NULL none
    int64_t retry_after;            // seconds; 0 none
    char etag[256], modified[64], charset[64];      // "" none; one too long is left out
    char reason[160];               // of FAILED and REFUSED
};
// The next request that has ended; the caller frees it with web_answer_finish.
bool web_next(struct web *web, struct web_answer *ret_answer);
void web_answer_finish(struct web_answer *answer);
// Until something happens, `wake` (a file descriptor, -1 none) can be read (true), or the milliseconds have passed.
bool web_wait(struct web *web, int wake, int milliseconds);

// An address, absolute or seen from `base` (NULL: absolute), in normal form without fragment. False if it is no http or https address,
// holds a name and password, or is too long. Strings are malloc'ed.
struct web_place {
    char *url, *host, *path;        // host: with scheme and port; path: with its query
};
bool web_place(const struct web *web, const char *base, struct slice address, struct web_place *ret_place);
void web_place_finish(struct web_place *place);

#endif
