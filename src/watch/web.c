// SPDX-License-Identifier: MIT
// libcurl, loaded when a watch begins: its thirty libraries would double the start of every other command.
//
// Proxies of the environment, .netrc, cookies and other protocols are off; TLS is what the library does by default. The address check sits
// where the socket is opened, behind the resolver. Bodies are counted as they come out of unpacking, so that a packed bomb stops at the
// maximum. A transfer belongs to the list of `web` from start to answer.
#include "watch/web.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/library.h"
#include "watch/address.h"

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#define CALLS(X) \
    X(curl_global_init) X(curl_easy_init) X(curl_easy_setopt) X(curl_easy_getinfo) X(curl_easy_cleanup) X(curl_easy_strerror) \
    X(curl_multi_init) X(curl_multi_setopt) X(curl_multi_add_handle) X(curl_multi_remove_handle) X(curl_multi_perform) \
    X(curl_multi_poll) X(curl_multi_info_read) X(curl_multi_cleanup) X(curl_slist_append) X(curl_slist_free_all) \
    X(curl_url) X(curl_url_set) X(curl_url_get) X(curl_url_cleanup) X(curl_free)

struct transfer {
    struct web *web;
    struct transfer *next, *before;
    CURL *handle;
    struct curl_slist *head;
    struct web_answer answer;
    size_t head_bytes;
    bool refused_address, too_long;
    char detail[CURL_ERROR_SIZE];
};

struct curl {
    CALLS(LIBRARY_POINTER)
};

struct web {
    struct curl curl;
    CURLM *multi;
    struct transfer *first;
    char agent[256];
    bool allow_private;
};

// ---- opening ------------------------------------------------------------------------------------------------------
static bool load(struct web *web)
{
    static const char *const names[] = {CALLS(LIBRARY_NAME)};
    return library_load("libcurl.so.4", names, sizeof names / sizeof *names, &web->curl);
}

enum status web_open(const struct web_options *options, struct web **ret_web, struct error *reterr_error)
{
    struct web *web = calloc(1, sizeof *web);
    if (!web)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory for the network");
    snprintf(web->agent, sizeof web->agent, "%.*s", (int)options->agent.len, options->agent.at);
    web->allow_private = options->allow_private;
    enum status status = STATUS_OK;
    if (!load(web))
        status = error_set(reterr_error, STATUS_NOT_FOUND, "libcurl is not installed: the package is libcurl4");
    else if (web->curl.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !(web->multi = web->curl.curl_multi_init()))
        status = error_set(reterr_error, STATUS_NO_MEMORY, "the network cannot be set up");
    if (status) {
        web_close(web);
        return status;
    }
    *ret_web = web;
    return STATUS_OK;
}

static void free_transfer(struct transfer *transfer)
{
    struct web *web = transfer->web;
    if (transfer->before)
        transfer->before->next = transfer->next;
    else if (web->first == transfer)
        web->first = transfer->next;
    if (transfer->next)
        transfer->next->before = transfer->before;
    if (transfer->handle) {
        web->curl.curl_multi_remove_handle(web->multi, transfer->handle);
        web->curl.curl_easy_cleanup(transfer->handle);
    }
    web->curl.curl_slist_free_all(transfer->head);
    web_answer_finish(&transfer->answer);
    free(transfer);
}

// The library stays loaded: it may have left a thread at a resolver.
void web_close(struct web *web)
{
    if (!web)
        return;
    while (web->first)      // each turn takes the first off the list: none stands before it
        free_transfer(web->first);
    if (web->multi)
        web->curl.curl_multi_cleanup(web->multi);
    free(web);
}

// ---- a request ----------------------------------------------------------------------------------------------------
static curl_socket_t open_socket(void *user, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct transfer *transfer = user;
    if (purpose != CURLSOCKTYPE_IPCXN || (!transfer->web->allow_private && !address_is_public(&address->addr))) {
        transfer->refused_address = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t on_body(char *at, size_t size, size_t count, void *user)
{
    struct transfer *transfer = user;
    buf_add(&transfer->answer.body, slice_make(at, size * count));
    transfer->too_long |= transfer->answer.body.failed == STATUS_LIMIT;
    return transfer->answer.body.failed ? 0 : size * count;
}

static void keep(char *place, size_t room, struct slice value)
{
    *place = 0;
    for (size_t i = 0; i < value.len; i++)
        if ((unsigned char)value.at[i] < ' ' || value.at[i] == 0x7F)
            return;
    if (value.len < room)
        snprintf(place, room, "%.*s", (int)value.len, value.at);
}

static void keep_charset(struct transfer *transfer, struct slice mime)
{
    for (size_t i = 0; i + 8 < mime.len; i++)
        if (strncasecmp(mime.at + i, "charset=", 8) == 0) {
            struct slice rest = slice_make(mime.at + i + 8, mime.len - i - 8), value = slice_trim(slice_cut(&rest, ';'));
            if (value.len >= 2 && value.at[0] == '"' && value.at[value.len - 1] == '"')
                value = slice_make(value.at + 1, value.len - 2);
            keep(transfer->answer.charset, sizeof transfer->answer.charset, value);
            return;
        }
}

static size_t on_head(char *at, size_t size, size_t count, void *user)
{
    struct transfer *transfer = user;
    struct slice rest = slice_make(at, size * count), key;
    transfer->head_bytes += size * count;
    if (transfer->head_bytes > WEB_MAX_HEAD) {
        transfer->too_long = true;
        return 0;
    }
    key = slice_cut(&rest, ':');
    rest = slice_trim(rest);
    if (key.len == 4 && strncasecmp(key.at, "etag", 4) == 0)
        keep(transfer->answer.etag, sizeof transfer->answer.etag, rest);
    else if (key.len == 13 && strncasecmp(key.at, "last-modified", 13) == 0)
        keep(transfer->answer.modified, sizeof transfer->answer.modified, rest);
    else if (key.len == 12 && strncasecmp(key.at, "content-type", 12) == 0)
        keep_charset(transfer, rest);
    return size * count;
}

static bool add_head(struct transfer *transfer, const char *name, const char *value)
{
    char line[400];
    if (!*value)
        return true;
    snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *longer = transfer->web->curl.curl_slist_append(transfer->head, line);
    transfer->head = longer ? longer : transfer->head;
    return longer != NULL;
}

static bool set_options(struct transfer *transfer, const struct web_request *request)
{
    struct web *web = transfer->web;
    CURL *handle = transfer->handle;
    const struct {
        CURLoption option;
        long value;
    } numbers[] = {
        {CURLOPT_NOSIGNAL, 1}, {CURLOPT_FOLLOWLOCATION, 0}, {CURLOPT_CONNECTTIMEOUT, WEB_CONNECT_SECONDS}, {CURLOPT_TIMEOUT, WEB_SECONDS},
        {CURLOPT_LOW_SPEED_LIMIT, WEB_SLOW_BYTES}, {CURLOPT_LOW_SPEED_TIME, WEB_SLOW_SECONDS}, {CURLOPT_DISALLOW_USERNAME_IN_URL, 1},
        {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS}, {CURLOPT_MAXCONNECTS, 16},
    };
    const struct {
        CURLoption option;
        const void *value;
    } others[] = {
        {CURLOPT_URL, request->url}, {CURLOPT_PROTOCOLS_STR, "http,https"}, {CURLOPT_PROXY, ""}, {CURLOPT_USERAGENT, web->agent},
        {CURLOPT_ACCEPT_ENCODING, "gzip, deflate"}, {CURLOPT_HTTPHEADER, transfer->head}, {CURLOPT_PRIVATE, transfer},
        {CURLOPT_ERRORBUFFER, transfer->detail}, {CURLOPT_WRITEDATA, transfer}, {CURLOPT_HEADERDATA, transfer},
        {CURLOPT_OPENSOCKETDATA, transfer},
    };
    bool set = true;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        set &= web->curl.curl_easy_setopt(handle, numbers[i].option, numbers[i].value) == CURLE_OK;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        set &= web->curl.curl_easy_setopt(handle, others[i].option, others[i].value) == CURLE_OK;
    set &= web->curl.curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK;
    set &= web->curl.curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_head) == CURLE_OK;
    set &= web->curl.curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket) == CURLE_OK;
    return set;
}

enum status web_start(struct web *web, const struct web_request *request)
{
    struct transfer *transfer = calloc(1, sizeof *transfer);
    if (!transfer)
        return STATUS_NO_MEMORY;
    transfer->web = web;
    transfer->answer.user = request->user;
    buf_init(&transfer->answer.body, request->maximum);
    transfer->next = web->first;
    if (web->first)
        web->first->before = transfer;
    web->first = transfer;
    transfer->handle = web->curl.curl_easy_init();
    bool ready = transfer->handle && add_head(transfer, "Accept", "application/rss+xml, application/atom+xml, text/html, */*;q=0.5") &&
                 add_head(transfer, "If-None-Match", request->etag) && add_head(transfer, "If-Modified-Since", request->modified) &&
                 set_options(transfer, request) && web->curl.curl_multi_add_handle(web->multi, transfer->handle) == CURLM_OK;
    if (ready)
        return STATUS_OK;
    free_transfer(transfer);
    return STATUS_NO_MEMORY;
}

// ---- answers ------------------------------------------------------------------------------------------------------
static void tell_result(struct transfer *transfer, CURLcode code)
{
    struct web *web = transfer->web;
    struct web_answer *answer = &transfer->answer;
    char *location = NULL;
    curl_off_t seconds = 0;
    web->curl.curl_easy_getinfo(transfer->handle, CURLINFO_RESPONSE_CODE, &answer->code);
    web->curl.curl_easy_getinfo(transfer->handle, CURLINFO_RETRY_AFTER, &seconds);
    web->curl.curl_easy_getinfo(transfer->handle, CURLINFO_REDIRECT_URL, &location);
    answer->retry_after = seconds;
    if (location)
        answer->location = strdup(location);
    if (transfer->too_long) {
        answer->result = WEB_REFUSED;
        snprintf(answer->reason, sizeof answer->reason, "the answer is longer than %zu KiB", answer->body.maximum >> 10);
    } else if (transfer->refused_address && code == CURLE_COULDNT_CONNECT) {
        answer->result = WEB_REFUSED;
        snprintf(answer->reason, sizeof answer->reason,
                 "the address lies in a private network, which is refused unless that is allowed (allow-private)");
    } else if (code) {
        bool hopeless = code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT || code == CURLE_LOGIN_DENIED;
        answer->result = hopeless ? WEB_REFUSED : WEB_FAILED;
        const char *told = *transfer->detail ? transfer->detail : web->curl.curl_easy_strerror(code);
        snprintf(answer->reason, sizeof answer->reason, "%.150s", told);
    }
}

bool web_next(struct web *web, struct web_answer *ret_answer)
{
    int running = 0, queued = 0;
    web->curl.curl_multi_perform(web->multi, &running);
    for (;;) {
        CURLMsg *message = web->curl.curl_multi_info_read(web->multi, &queued);
        if (!message)
            return false;
        if (message->msg != CURLMSG_DONE)
            continue;
        void *user = NULL;
        CURLcode code = message->data.result;
        web->curl.curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &user);
        struct transfer *transfer = user;
        tell_result(transfer, code);
        *ret_answer = transfer->answer;
        transfer->answer = (struct web_answer){.user = NULL};
        free_transfer(transfer);
        return true;
    }
}

void web_answer_finish(struct web_answer *answer)
{
    buf_finish(&answer->body);
    free(answer->location);
    answer->location = NULL;
}

bool web_wait(struct web *web, int wake, int milliseconds)
{
    struct curl_waitfd other = {.fd = wake, .events = CURL_WAIT_POLLIN};
    int count = 0;
    web->curl.curl_multi_poll(web->multi, &other, wake >= 0, milliseconds, &count);
    return wake >= 0 && other.revents != 0;
}

// ---- addresses ----------------------------------------------------------------------------------------------------
static char *part(const struct web *web, CURLU *url, CURLUPart which, unsigned flags)
{
    char *text = NULL;
    return web->curl.curl_url_get(url, which, &text, flags) == CURLUE_OK ? text : NULL;
}

static char *join(const char *a, const char *b, const char *c, const char *d, const char *e)
{
    char *text = NULL;
    return asprintf(&text, "%s%s%s%s%s", a, b, c, d, e) < 0 ? NULL : text;
}

// False also where a part is missing.
static bool take_parts(const struct web *web, CURLU *url, struct web_place *place)
{
    char *whole = part(web, url, CURLUPART_URL, 0), *scheme = part(web, url, CURLUPART_SCHEME, 0);
    char *host = part(web, url, CURLUPART_HOST, 0), *port = part(web, url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    char *path = part(web, url, CURLUPART_PATH, 0), *query = part(web, url, CURLUPART_QUERY, 0);
    char *user = part(web, url, CURLUPART_USER, 0);
    bool good = whole && scheme && host && port && path && !user && strlen(whole) <= WEB_MAX_URL &&
                (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0);
    if (good) {
        place->url = strdup(whole);
        place->host = join(scheme, "://", host, ":", port);
        place->path = join(path, query ? "?" : "", query ? query : "", "", "");
        good = place->url && place->host && place->path;
    }
    char *const parts[] = {whole, scheme, host, port, path, query, user};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        web->curl.curl_free(parts[i]);
    return good;
}

bool web_place(const struct web *web, const char *base, struct slice address, struct web_place *ret_place)
{
    address = slice_trim(address);
    *ret_place = (struct web_place){NULL, NULL, NULL};
    char *text = address.len && address.len <= WEB_MAX_URL ? strndup(address.at, address.len) : NULL;
    CURLU *url = text ? web->curl.curl_url() : NULL;
    bool good = url && (!base || web->curl.curl_url_set(url, CURLUPART_URL, base, 0) == CURLUE_OK) &&
                web->curl.curl_url_set(url, CURLUPART_URL, text, CURLU_URLENCODE) == CURLUE_OK &&
                web->curl.curl_url_set(url, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK && take_parts(web, url, ret_place);
    if (url)
        web->curl.curl_url_cleanup(url);
    free(text);
    if (!good)
        web_place_finish(ret_place);
    return good;
}

void web_place_finish(struct web_place *place)
{
    free(place->url);
    free(place->host);
    free(place->path);
    *place = (struct web_place){NULL, NULL, NULL};
}
