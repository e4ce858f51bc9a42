// SPDX-License-Identifier: MIT
// One thread, one loop: begin looks that are due, start a request for each host that is free, wait, deal with what has come.
//
// A look is one reading of one list (a feed, a sitemap, a sitemap inside an index) with the pages that it brought. A list's ETag is noted
// only when all its pages are dealt with: a look that was cut short is taken up at the next one, which is then answered in full. A list is
// not asked for again while a look at it goes on. Times are milliseconds of the monotonic clock; in the state file, seconds since 1970.
#include "watch/watch.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "door/stream.h"
#include "watch/feed.h"
#include "watch/queue.h"
#include "watch/robots.h"
#include "watch/state.h"
#include "watch/web.h"

#define AGENT "karar"
#define MINUTE 60
#define WAIT_MOST 3600000       // ms

struct look {
    struct look *next, *parent; // parent: the look at the index that named this list
    const struct feed_settings *feed;
    char *url;
    int nesting;
    uint32_t lists;             // inside an index, that were taken
    uint32_t open;              // jobs and looks under this one that are not done
    int64_t taken;              // new pages
    bool answered;              // by the server, well: with a list or "not modified"
    bool unchanged;
    bool left;                  // some page has to be asked for again
    int64_t retry_after;        // seconds
    struct state_feed known;
    char etag[256], modified[64];
};

struct watch {
    const struct settings *settings;
    struct watch_calls calls;
    struct web *web;
    struct state *state;
    struct queue queue;
    struct look *looks;
    int64_t *due;               // of each feed, ms; INT64_MAX: under way, or done for this run
    uint32_t under_way;
    bool once, stopping;
    enum status status;
    struct error error;
};

static int64_t now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

__attribute__((format(printf, 3, 4)))
static void tell(struct watch *watch, const char *url, const char *format, ...)
{
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    watch->calls.fault(watch->calls.user, url, text);
}

static void fail(struct watch *watch, enum status status)
{
    if (!watch->status && status) {
        if (watch->error.status != status)
            error_set(&watch->error, status, "%s in the watch", status_name(status));
        watch->status = status;
    }
}

static int64_t lesser(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t greater(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

// Doubled at each failure, up to a day.
static int64_t backoff(int64_t seconds, int64_t failures)
{
    while (failures-- > 0 && seconds < WATCH_MAX_BACKOFF)
        seconds *= 2;
    return lesser(seconds, WATCH_MAX_BACKOFF);
}

// ---- looks --------------------------------------------------------------------------------------------------------
static struct look *look_new(struct watch *watch, const struct feed_settings *feed, struct look *parent, const char *url)
{
    struct look *look = calloc(1, sizeof *look);
    if (!look || !(look->url = strdup(url))) {
        free(look);
        fail(watch, STATUS_NO_MEMORY);
        return NULL;
    }
    look->feed = feed;
    look->parent = parent;
    look->nesting = parent ? parent->nesting + 1 : 0;
    look->known = state_feed(watch->state, slice_from(url));
    look->next = watch->looks;
    watch->looks = look;
    if (parent)
        parent->open++;
    return look;
}

static void look_free(struct watch *watch, struct look *look)
{
    struct look **at = &watch->looks;
    while (*at != look)
        at = &(*at)->next;
    *at = look->next;
    free(look->url);
    free(look);
}

// Notes what the look brought and when the next one is due.
static void look_note(struct watch *watch, struct look *look)
{
    struct state_feed feed = look->known;
    int64_t wait = look->feed->interval;
    feed.failures = look->answered ? 0 : feed.failures + 1;
    if (!look->answered)
        wait = backoff(wait, feed.failures);
    wait = greater(wait, lesser(look->retry_after, WATCH_MAX_BACKOFF));
    feed.next = (int64_t)time(NULL) + wait;
    if (look->answered && !look->unchanged) {
        snprintf(feed.etag, sizeof feed.etag, "%s", look->left ? "" : look->etag);
        snprintf(feed.modified, sizeof feed.modified, "%s", look->left ? "" : look->modified);
    }
    fail(watch, state_set_feed(watch->state, slice_from(look->url), &feed, &watch->error));
    if (!look->parent)
        watch->due[look->feed - watch->settings->feeds.at] = watch->once ? INT64_MAX : now_ms() + wait * 1000;
}

// One of the look's jobs is done; the last one ends it, and so on upward.
static void look_release(struct watch *watch, struct look *look)
{
    while (look && --look->open == 0) {
        struct look *parent = look->parent;
        if (parent)
            parent->left |= look->left || !look->answered;
        look_note(watch, look);
        look_free(watch, look);
        look = parent;
    }
}

// ---- jobs ---------------------------------------------------------------------------------------------------------
static void job_done(struct watch *watch, struct job *job)
{
    struct look *look = job->look;
    job_free(job);
    if (look)
        look_release(watch, look);
}

// Not dealt with: the next look takes it up.
static void job_left(struct watch *watch, struct job *job)
{
    if (job->look)
        job->look->left = true;
    job_done(watch, job);
}

static void page_done(struct watch *watch, struct job *job)
{
    fail(watch, state_set_page_done(watch->state, slice_from(job->first), &watch->error));
    job_done(watch, job);
}

static void page_failed(struct watch *watch, struct job *job)
{
    bool last = false;
    fail(watch, state_page_failed(watch->state, slice_from(job->first), &last, &watch->error));
    if (last)
        tell(watch, job->first, "failed %d times: not asked for again", STATE_MAX_TRIES);
    else
        job->look->left = true;
    job_done(watch, job);
}

// Puts the job into its host's queue. False: it cannot be asked at all, and is told.
static bool enqueue(struct watch *watch, struct job *job, const char *host_name)
{
    struct host *host = queue_host(&watch->queue, host_name, WATCH_MAX_HOSTS);
    if (host)
        host_give(host, job);
    else
        tell(watch, job->url, "more than %u hosts", WATCH_MAX_HOSTS);
    return host != NULL;
}

static void look_begin(struct watch *watch, struct look *look)
{
    struct web_place place;
    struct job *job = NULL;
    look->open = 1;
    if (!web_place(watch->web, NULL, slice_from(look->url), &place))
        tell(watch, look->url, "no address that can be asked for");
    else if (!(job = job_new(JOB_LIST, look, place.url, place.path)))
        fail(watch, STATUS_NO_MEMORY);
    else if (!enqueue(watch, job, place.host)) {
        job_free(job);
        job = NULL;
    }
    web_place_finish(&place);
    if (!job)
        look_release(watch, look);
}

static void begin_due(struct watch *watch)
{
    for (uint32_t i = 0; i < watch->settings->feeds.count && !watch->status; i++) {
        const struct feed_settings *feed = &watch->settings->feeds.at[i];
        if (watch->due[i] > now_ms())
            continue;
        watch->due[i] = INT64_MAX;
        struct look *look = look_new(watch, feed, NULL, feed->url.at);
        if (look)
            look_begin(watch, look);
    }
}

// ---- starting requests --------------------------------------------------------------------------------------------
static void ask(struct watch *watch, struct host *host, struct job *job)
{
    bool conditional = job->kind == JOB_LIST;
    struct web_request request = {
        .url = job->url,
        .etag = conditional ? job->look->known.etag : "",
        .modified = conditional ? job->look->known.modified : "",
        .maximum = job->kind == JOB_ROBOTS ? ROBOTS_MAX_BYTES : job->kind == JOB_LIST ? FEED_MAX_BYTES : WATCH_MAX_PAGE,
        .user = job,
    };
    job->host = host;
    if (web_start(watch->web, &request)) {
        job_left(watch, job);
        fail(watch, STATUS_NO_MEMORY);
        return;
    }
    host->asked = job;
    watch->under_way++;
}

static void ask_robots(struct watch *watch, struct host *host)
{
    char url[WEB_MAX_URL];
    snprintf(url, sizeof url, "%s/robots.txt", host->name);
    struct job *job = job_new(JOB_ROBOTS, NULL, url, "/robots.txt");
    if (job)
        ask(watch, host, job);
    else
        fail(watch, STATUS_NO_MEMORY);
}

// What waits for a host that cannot be asked soon is left for the next look.
static void leave_all(struct watch *watch, struct host *host)
{
    struct job *job;
    while ((job = host_take(host)))
        job_left(watch, job);
}

static bool may_ask(struct watch *watch, const struct host *host, struct job *job)
{
    if (!host->rules || robots_allow(slice_make(host->rules, host->rules_len), SLICE(AGENT), slice_from(job->path)))
        return true;
    if (job->kind == JOB_PAGE) {
        tell(watch, job->url, "robots.txt does not allow it");
        page_done(watch, job);
    } else {
        tell(watch, job->url, "robots.txt does not allow this list to be read");
        job_done(watch, job);
    }
    return false;
}

// Starts the next request to this host, if its time has come.
static void start_host(struct watch *watch, struct host *host)
{
    int64_t now = now_ms();
    if (host->asked || !host->first)
        return;
    if (host->robots == ROBOTS_CLOSED && now < host->robots_until) {
        leave_all(watch, host);
        return;
    }
    if (host->free_at > now) {
        if (watch->once && host->free_at > now + WATCH_PATIENCE * 1000)
            leave_all(watch, host);
        return;
    }
    if (host->robots == ROBOTS_UNKNOWN || now >= host->robots_until) {
        ask_robots(watch, host);
        return;
    }
    while (host->first && !watch->status) {
        struct job *job = host_take(host);
        if (job->kind == JOB_PAGE && state_page_done(watch->state, slice_from(job->first))) {
            job_done(watch, job);       // listed twice
        } else if (may_ask(watch, host, job)) {
            ask(watch, host, job);
            return;
        }
    }
}

static void start_all(struct watch *watch)
{
    for (uint32_t i = 0; i < watch->queue.hosts.count && watch->under_way < WATCH_MAX_REQUESTS && !watch->status; i++)
        start_host(watch, watch->queue.hosts.at[i]);
}

// ---- answers: redirects and failures ------------------------------------------------------------------------------
// Sends the job on to where the answer points. NULL if it went; else what is wrong with that.
static const char *follow(struct watch *watch, struct job *job, const struct web_answer *answer)
{
    struct web_place place;
    if (++job->redirects > WATCH_MAX_REDIRECTS)
        return "redirected too often";
    if (!answer->location || !web_place(watch->web, job->url, slice_from(answer->location), &place))
        return "redirected to an address that is none";
    const char *wrong = NULL;
    char *url = strdup(place.url), *path = strdup(place.path);
    if (strncmp(job->url, "https:", 6) == 0 && strncmp(place.url, "https:", 6) != 0) {
        wrong = "redirected from https to http";
    } else if (!url || !path) {
        wrong = "no memory";
    } else {
        free(job->url);
        free(job->path);
        job->url = url;
        job->path = path;
        url = path = NULL;
        if (job->kind == JOB_ROBOTS)
            ask(watch, job->host, job);
        else
            wrong = enqueue(watch, job, place.host) ? NULL : "too many hosts";
    }
    free(url);
    free(path);
    web_place_finish(&place);
    return wrong;
}

// The pause behind a request; longer if the host asks for it.
static void free_host(struct watch *watch, struct host *host, int64_t retry_after)
{
    int64_t pause = watch->settings->pause;
    if (host->rules)
        pause = greater(pause, lesser(robots_delay(slice_make(host->rules, host->rules_len), SLICE(AGENT)), 10 * MINUTE));
    pause = greater(pause, lesser(retry_after, WATCH_MAX_BACKOFF));
    host->free_at = now_ms() + pause * 1000;
}

// 429 and 503: the host is left alone for a while, then asked once more.
static void retry_later(struct watch *watch, struct job *job, struct host *host, const struct web_answer *answer)
{
    int64_t wait = answer->retry_after > 0 ? answer->retry_after : backoff(MINUTE, job->tries);
    tell(watch, job->url, "the server is busy (%ld): not asked for %lld s", answer->code, (long long)wait);
    free_host(watch, host, wait);
    job->look->retry_after = greater(job->look->retry_after, wait);
    if (++job->tries < STATE_MAX_TRIES)
        host_give_back(host, job);
    else
        job_left(watch, job);
}

// ---- answers: robots.txt ------------------------------------------------------------------------------------------
static void take_robots(struct watch *watch, struct job *job, struct web_answer *answer)
{
    struct host *host = job->host;
    bool redirect = answer->result == WEB_ANSWERED && answer->code >= 300 && answer->code < 400;
    if (redirect && !follow(watch, job, answer))
        return;
    bool gone = answer->result == WEB_ANSWERED && answer->code >= 300 && answer->code < 500 && answer->code != 429;
    bool found = answer->result == WEB_ANSWERED && answer->code >= 200 && answer->code < 300;
    // a file that is too long counts as far as it came
    bool too_long = answer->result == WEB_REFUSED && answer->body.failed == STATUS_LIMIT;
    free(host->rules);
    host->rules = NULL;
    host->rules_len = 0;
    if (found || gone || too_long) {
        host->robots = ROBOTS_KNOWN;
        host->robots_until = now_ms() + WATCH_ROBOTS_SECONDS * INT64_C(1000);
        host->failures = 0;
        if ((found || too_long) && answer->body.len) {
            host->rules = answer->body.at;
            host->rules_len = answer->body.len;
            answer->body.at = NULL;
            answer->body.len = answer->body.room = 0;
        }
    } else {
        int64_t wait = greater(backoff(10 * MINUTE, host->failures++), lesser(answer->retry_after, WATCH_MAX_BACKOFF));
        host->robots = ROBOTS_CLOSED;
        host->robots_until = now_ms() + wait * 1000;
        if (*answer->reason)
            tell(watch, job->url, "%s", answer->reason);
        else
            tell(watch, job->url, "answered %ld: nothing is asked of this host", answer->code);
    }
    free_host(watch, host, 0);
    job_free(job);
}

// ---- answers: lists -----------------------------------------------------------------------------------------------
static bool wanted(const struct feed_settings *feed, const struct feed_item *item, const char *url)
{
    if (feed->since.len && item->date.len && slice_compare(item->date, feed->since) < 0)
        return false;
    return item->is_list || !feed->match.len || strstr(url, feed->match.at) != NULL;
}

static void take_page_of(struct watch *watch, struct look *look, const struct feed_item *item, const struct web_place *place)
{
    const struct look *top = look;
    while (top->parent)
        top = top->parent;
    if (state_page_done(watch->state, slice_from(place->url)))
        return;
    if (top->taken >= look->feed->limit) {
        look->left = true;
        return;
    }
    struct job *job = job_new(JOB_PAGE, look, place->url, place->path);
    if (!job || !(job->first = strdup(place->url))) {
        job_free(job);
        fail(watch, STATUS_NO_MEMORY);
        return;
    }
    snprintf(job->date, sizeof job->date, "%.*s", (int)item->date.len, item->date.len ? item->date.at : "");
    if (!enqueue(watch, job, place->host)) {
        job_free(job);
        return;
    }
    look->open++;
    for (struct look *up = look; up; up = up->parent)
        up->taken++;
}

static void take_list_of(struct watch *watch, struct look *look, const struct web_place *place)
{
    struct look *top = look;
    while (top->parent)
        top = top->parent;
    if (look->nesting >= WATCH_MAX_NESTING || top->lists >= WATCH_MAX_LISTS) {
        tell(watch, place->url, look->nesting >= WATCH_MAX_NESTING ? "sitemaps nested too deep"
                                                                  : "more sitemaps than are read at one look");
        look->left = true;
        return;
    }
    for (const struct look *other = watch->looks; other; other = other->next)
        if (strcmp(other->url, place->url) == 0)
            return;     // it leads to itself, or is being read already
    struct look *inner = look_new(watch, look->feed, look, place->url);
    top->lists++;
    if (inner)
        look_begin(watch, inner);
}

static void take_items(struct watch *watch, struct job *job, const feed_item_vec *items)
{
    for (uint32_t i = 0; i < items->count && !watch->status; i++) {
        struct web_place place;
        const struct feed_item *item = &items->at[i];
        if (!web_place(watch->web, job->url, item->url, &place))
            continue;
        if (wanted(job->look->feed, item, place.url)) {
            if (item->is_list)
                take_list_of(watch, job->look, &place);
            else
                take_page_of(watch, job->look, item, &place);
        }
        web_place_finish(&place);
    }
}

// Sitemaps are often stored packed, whatever HTTP says.
static enum status unpack(struct slice *bytes, struct stream **ret_stream, struct error *error)
{
    *ret_stream = NULL;
    if (!slice_starts(*bytes, SLICE("\x1F\x8B")))
        return STATUS_OK;
    enum status status = stream_open_memory(*bytes, ret_stream, error);
    if (status)
        return status;
    *bytes = stream_look(*ret_stream, FEED_MAX_BYTES + 1);
    if (bytes->len > FEED_MAX_BYTES)
        return error_set(error, STATUS_LIMIT, "a list of more than 16 MiB");
    return stream_status(*ret_stream, error);
}

static void read_list(struct watch *watch, struct job *job, struct slice bytes)
{
    struct arena arena;
    struct stream *stream = NULL;
    struct error error = {.byte = UINT64_MAX};
    feed_item_vec items = {NULL, 0, 0};
    arena_init(&arena, NULL, FEED_MEMORY);
    enum status status = unpack(&bytes, &stream, &error);
    if (!status) {
        enum status caught = ARENA_CATCH(&arena);
        status = caught ? error_set(&error, caught, "%s while reading a list", status_name(caught))
                        : feed_read(&arena, bytes, &items, &error);
    }
    if (status) {
        tell(watch, job->url, "%s", error.text);
    } else {
        job->look->answered = true;
        take_items(watch, job, &items);
    }
    stream_close(stream);
    arena_finish(&arena);
}

static void take_list(struct watch *watch, struct job *job, const struct web_answer *answer)
{
    struct look *look = job->look;
    if (answer->code == 304) {
        look->answered = look->unchanged = true;
    } else if (answer->code == 200) {
        snprintf(look->etag, sizeof look->etag, "%s", answer->etag);
        snprintf(look->modified, sizeof look->modified, "%s", answer->modified);
        read_list(watch, job, buf_slice(&answer->body));
    } else {
        tell(watch, job->url, "answered %ld", answer->code);
    }
    job_done(watch, job);
}

// ---- answers: pages -----------------------------------------------------------------------------------------------
static void take_page(struct watch *watch, struct job *job, const struct web_answer *answer)
{
    if (answer->code != 200) {
        tell(watch, job->url, "answered %ld", answer->code);
        if (answer->code >= 500)
            page_failed(watch, job);
        else
            page_done(watch, job);
        return;
    }
    struct watch_page page = {.url = job->url, .charset = answer->charset, .date = job->date, .bytes = buf_slice(&answer->body)};
    if (watch->calls.page(watch->calls.user, &page) == WATCH_TAKEN) {
        page_done(watch, job);
    } else {
        watch->stopping = true;
        job_left(watch, job);
    }
}

// ---- answers ------------------------------------------------------------------------------------------------------
static void take_answer(struct watch *watch, struct web_answer *answer)
{
    struct job *job = answer->user;
    struct host *host = job->host;
    watch->under_way--;
    host->asked = NULL;
    if (job->kind == JOB_ROBOTS) {
        take_robots(watch, job, answer);
        return;
    }
    free_host(watch, host, 0);
    if (answer->result != WEB_ANSWERED) {
        tell(watch, job->url, "%s", answer->reason);
        if (job->kind == JOB_LIST)
            job_done(watch, job);
        else if (answer->result == WEB_REFUSED)
            page_done(watch, job);
        else
            page_failed(watch, job);
    } else if (answer->code == 429 || answer->code == 503) {
        retry_later(watch, job, host, answer);
    } else if (answer->code >= 300 && answer->code < 400 && answer->code != 304) {
        const char *wrong = follow(watch, job, answer);
        if (wrong) {
            tell(watch, job->url, "%s", wrong);
            if (job->kind == JOB_PAGE)
                page_done(watch, job);
            else
                job_done(watch, job);
        }
    } else if (job->kind == JOB_LIST) {
        take_list(watch, job, answer);
    } else {
        take_page(watch, job, answer);
    }
}

// Milliseconds until something is to be begun.
static int64_t next_event(const struct watch *watch)
{
    int64_t now = now_ms(), next = now + WAIT_MOST;
    for (uint32_t i = 0; i < watch->settings->feeds.count; i++)
        next = lesser(next, watch->due[i]);
    for (uint32_t i = 0; i < watch->queue.hosts.count && watch->under_way < WATCH_MAX_REQUESTS; i++) {
        const struct host *host = watch->queue.hosts.at[i];
        if (host->first && !host->asked)
            next = lesser(next, host->free_at);
    }
    return greater(next - now, 0);
}

enum status watch_run(struct watch *watch, bool once, int wake, struct error *reterr_error)
{
    struct web_answer answer;
    int64_t now = now_ms(), clock = (int64_t)time(NULL);
    watch->once = once;
    for (uint32_t i = 0; i < watch->settings->feeds.count; i++) {
        const struct feed_settings *feed = &watch->settings->feeds.at[i];
        struct state_feed known = state_feed(watch->state, feed->url);
        int64_t wait = lesser(greater(known.next - clock, 0), greater(WATCH_MAX_BACKOFF, feed->interval));  // whatever the clock did
        watch->due[i] = once && !known.failures ? now : now + wait * 1000;
        if (once && known.failures && wait) {
            tell(watch, feed->url.at, "failed %lld times: not looked at for %lld s", (long long)known.failures, (long long)wait);
            watch->due[i] = INT64_MAX;
        }
    }
    for (;;) {
        begin_due(watch);
        start_all(watch);
        while (!watch->stopping && !watch->status && web_next(watch->web, &answer)) {
            take_answer(watch, &answer);
            web_answer_finish(&answer);
        }
        start_all(watch);
        if (watch->status || watch->stopping || (once && !watch->looks))
            break;
        if (web_wait(watch->web, wake, (int)next_event(watch)))
            break;
    }
    if (watch->status && reterr_error)
        *reterr_error = watch->error;
    return watch->status;
}

// ---- opening ------------------------------------------------------------------------------------------------------
enum status watch_open(const struct settings *settings, const char *state_path, const char *version, const struct watch_calls *calls,
                       struct watch **ret_watch, struct error *reterr_error)
{
    char agent[256];
    struct watch *watch = calloc(1, sizeof *watch);
    if (!watch || !(watch->due = calloc(settings->feeds.count, sizeof *watch->due))) {
        free(watch);
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory for the watch");
    }
    watch->settings = settings;
    watch->calls = *calls;
    queue_init(&watch->queue);
    snprintf(agent, sizeof agent, AGENT "/%s%s%.*s%s", version, settings->contact.len ? " (" : "", (int)settings->contact.len,
             settings->contact.len ? settings->contact.at : "", settings->contact.len ? ")" : "");
    struct web_options options = {.agent = slice_from(agent), .allow_private = settings->allow_private};
    enum status status = web_open(&options, &watch->web, reterr_error);
    if (!status)
        status = state_open(state_path, &watch->state, reterr_error);
    if (status) {
        watch_close(watch);
        return status;
    }
    *ret_watch = watch;
    return STATUS_OK;
}

void watch_close(struct watch *watch)
{
    if (!watch)
        return;
    queue_finish(&watch->queue);
    web_close(watch->web);
    while (watch->looks)
        look_free(watch, watch->looks);
    state_close(watch->state);
    free(watch->due);
    free(watch);
}
