// SPDX-License-Identifier: MIT
// What pages say about themselves in words of the trade: JSON-LD (schema.org), and the names of classes that mark furniture.
//
// JSON-LD may be an object, an array, or a graph of both; every object that has a datePublished or a headline speaks of the article. The
// walk is bounded in depth. Class names are split into words at hyphens, underscores and capitals: "relatedNews" marks furniture.
#include <jansson.h>
#include <strings.h>

#include "article/page.h"

enum { JSON_DEPTH = 8 };

static struct slice text_of(const json_t *value)
{
    return json_is_string(value) ? slice_make(json_string_value(value), json_string_length(value)) : (struct slice){NULL, 0};
}

static void take_object(struct page *page, const json_t *object, int depth)
{
    const char *key;
    json_t *value;
    size_t i;
    if (depth > JSON_DEPTH)
        return;
    if (json_is_array(object)) {
        json_array_foreach(object, i, value)
            take_object(page, value, depth + 1);
        return;
    }
    if (!json_is_object(object))
        return;
    if (json_object_get(object, "datePublished") || json_object_get(object, "articleBody")) {
        const json_t *publisher = json_object_get(object, "publisher");
        fact_date(page, text_of(json_object_get(object, "datePublished")), 10);
        fact_set(page, &page->title, text_of(json_object_get(object, "headline")), 7);
        fact_set(page, &page->language, text_of(json_object_get(object, "inLanguage")), 5);
        fact_set(page, &page->publisher, text_of(json_object_get(publisher, "name")), 7);
        struct slice body = slice_trim(text_of(json_object_get(object, "articleBody")));
        if (body.len > page->body.value.len)
            page->body.value = arena_copy(page->arena, body);
    }
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
        if (json_is_object(value) || json_is_array(value))
            take_object(page, value, depth + 1);
}

void facts_from_json(struct page *page, struct slice script)
{
    json_error_t fault;
    json_t *root = json_loadb(script.at, script.len, 0, &fault);
    jmp_buf outer;
    memcpy(&outer, &page->arena->unwind, sizeof outer);
    enum status status = ARENA_CATCH(page->arena);
    if (root && !status)
        take_object(page, root, 0);
    json_decref(root);
    memcpy(&page->arena->unwind, &outer, sizeof outer);
    if (status)
        arena_fail(page->arena, status);
}

static bool is_furniture(const char *at, size_t len)
{
    static const char *const words[] = {
        "ad", "ads", "advert", "advertisement", "adsense", "banner", "breadcrumb", "breadcrumbs", "byline", "caption", "comment",
                "comments",
        "comentarios", "cookie", "cookies", "copyright", "disqus", "footer", "foot", "hidden", "login", "masthead", "menu", "metadata",
                "modal",
        "nav", "navbar", "navigation", "newsletter", "pager", "pagination", "paginator", "popular", "popup", "postmeta", "print", "promo",
        "recommend", "recommended", "related", "reply", "respond", "search", "share", "sharing", "sharedaddy", "sidebar", "signup", "skip",
        "social", "sponsor", "sponsored", "subscribe", "subscription", "tags", "taglist", "toolbar", "topnav", "trending", "widget",
                "complementary",
        "contentinfo",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == len && strncasecmp(words[i], at, len) == 0)
            return true;
    return false;
}

bool names_furniture(struct slice names)
{
    for (size_t i = 0; i < names.len;) {
        size_t begin = i;
        while (i < names.len && ((names.at[i] >= 'a' && names.at[i] <= 'z') || (i == begin && names.at[i] >= 'A' && names.at[i] <= 'Z')))
            i++;
        if (i > begin && is_furniture(names.at + begin, i - begin))
            return true;
        i += i == begin;
    }
    return false;
}
