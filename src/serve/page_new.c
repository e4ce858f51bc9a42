// SPDX-License-Identifier: MIT
// What is new: reports and decisions in the order in which they came, as a page and as an Atom feed (RFC 4287).
//
// A feed reader keeps no cookie: the feeds' addresses carry the token.
// The feed is XML by the same templates, whose escaping is that of XML, too.
// What came in last stands first; what a report says of older days does not matter here.
#include "serve/pages.h"

#define NEW_REPORTS 40
#define NEW_DECISIONS 20

static struct value *gather(struct request *request)
{
    struct value *page = page_new(request);
    value_set(request->arena, page, "heading", page_word(request, "new.title"));
    value_set(request->arena, page, "token", request->visitor.feed_key);
    struct value *reports = ask_rows(request, page, "reports", "page_added", &(struct asked){.limit = NEW_REPORTS});
    for (struct value *row = reports->first; row; row = row->next)
        if (slice_is(value_text(row, "added_by"), "unknown"))
            value_set(request->arena, row, "added_by", SLICE(""));
    if (reports->first)
        value_set(request->arena, page, "updated", value_text(reports->first, "added"));
    return page;
}

void page_added(struct request *request, struct answer *answer)
{
    struct value *page = gather(request);
    ask_rows(request, page, "decisions", "page_decided", &(struct asked){.limit = NEW_DECISIONS});
    page_send(request, answer, page, "new");
}

void page_feed(struct request *request, struct answer *answer)
{
    struct value *page = gather(request);
    struct slice host = request_header(request, "Host");
    value_set(request->arena, page, "base", arena_format(request->arena, "%s://%.*s", request->server->proxy[0] ? "https" : "http",
                                                         (int)host.len, host.at ? host.at : ""));
    page_send(request, answer, page, "feed");
    answer->type = "application/atom+xml; charset=utf-8";
}
