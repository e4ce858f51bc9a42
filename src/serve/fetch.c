// SPDX-License-Identifier: MIT
// One address, asked on behalf of a person.
//
// The address is written by somebody who may not reach this machine's network, so all that web.h promises matters here: the check is made
// on the network address that is about to be connected to, for the first address and anew for each redirect. Nobody is led from https to
// http. robots.txt is not asked: a person opens one page, as a browser would.
#include "serve/fetch.h"

#include <karar/karar.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "watch/web.h"

#define LOOK_MILLISECONDS 1000

static int64_t seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

// One question and its answer, which the caller finishes where STATUS_OK.
static enum status ask(struct web *web, const char *url, int64_t until, int stop, struct web_answer *ret_answer, struct error *reterr_error)
{
    struct web_request request = {.url = url, .etag = "", .modified = "", .maximum = FETCH_MAX_BODY};
    enum status status = web_start(web, &request);
    if (status)
        return error_set(reterr_error, status, "no memory to ask for the address");
    while (!web_next(web, ret_answer)) {
        if (web_wait(web, stop, LOOK_MILLISECONDS))
            return error_set(reterr_error, STATUS_IO, "the server ended before the address answered");
        if (seconds_now() > until)
            return error_set(reterr_error, STATUS_IO, "the address did not answer within %d seconds", FETCH_SECONDS);
    }
    return STATUS_OK;
}

// The address that a redirect leads to, into *url; or what is wrong with it.
static enum status follow(const struct web *web, const struct web_answer *answer, char **url, struct error *reterr_error)
{
    struct web_place place;
    if (!web_place(web, *url, slice_from(answer->location), &place))
        return error_set(reterr_error, STATUS_IO, "the address leads on to one that is none");
    bool weaker = strncmp(*url, "https:", 6) == 0 && strncmp(place.url, "https:", 6) != 0;
    char *next = weaker ? NULL : strdup(place.url);
    web_place_finish(&place);
    if (weaker)
        return error_set(reterr_error, STATUS_IO, "the address leads from https to http");
    if (!next)
        return error_set(reterr_error, STATUS_NO_MEMORY, "no memory to ask for the address");
    free(*url);
    *url = next;
    return STATUS_OK;
}

// Takes the answer's body if it is a document. *ret_again: it leads on.
static enum status take(const struct web *web, struct web_answer *answer, struct fetched *fetched, bool *ret_again,
                        struct error *reterr_error)
{
    *ret_again = answer->result == WEB_ANSWERED && answer->code >= 300 && answer->code < 400 && answer->location;
    if (*ret_again)
        return follow(web, answer, &fetched->url, reterr_error);
    if (answer->result != WEB_ANSWERED)
        return error_set(reterr_error, answer->result == WEB_REFUSED ? STATUS_BAD_ARGUMENT : STATUS_IO, "%s", answer->reason);
    if (answer->code != 200)
        return error_set(reterr_error, STATUS_IO, "the address answers %ld", answer->code);
    if (!answer->body.len)
        return error_set(reterr_error, STATUS_IO, "the address answers with nothing");
    fetched->body = answer->body;
    answer->body = (struct buf){0};
    snprintf(fetched->charset, sizeof fetched->charset, "%s", answer->charset);
    return STATUS_OK;
}

enum status fetch(const struct fetch_options *options, struct slice address, struct fetched *ret_fetched, struct error *reterr_error)
{
    char agent[64];
    struct web *web = NULL;
    struct web_place place;
    snprintf(agent, sizeof agent, "karar/%s", karar_version());
    *ret_fetched = (struct fetched){.url = NULL};
    enum status status = web_open(&(struct web_options){slice_from(agent), options->allow_private}, &web, reterr_error);
    if (status)
        return status;
    if (!web_place(web, NULL, address, &place)) {
        web_close(web);
        return error_set(reterr_error, STATUS_BAD_ARGUMENT, "an address begins with http:// or https:// and names a host, no user");
    }
    ret_fetched->url = strdup(place.url);
    web_place_finish(&place);
    if (!ret_fetched->url)
        status = error_set(reterr_error, STATUS_NO_MEMORY, "no memory to ask for the address");
    int64_t until = seconds_now() + FETCH_SECONDS;
    bool again = true;
    for (int asked = 0; !status && again; asked++) {
        struct web_answer answer;
        if (asked > FETCH_MAX_REDIRECTS)
            status = error_set(reterr_error, STATUS_IO, "the address leads on too often");
        else
            status = ask(web, ret_fetched->url, until, options->stop, &answer, reterr_error);
        if (status)
            break;
        status = take(web, &answer, ret_fetched, &again, reterr_error);
        web_answer_finish(&answer);
    }
    web_close(web);
    return status;
}

void fetched_finish(struct fetched *fetched)
{
    buf_finish(&fetched->body);
    free(fetched->url);
    *fetched = (struct fetched){.url = NULL};
}
