// SPDX-License-Identifier: MIT
// A page nested deeper than the parser is trusted with, without its nesting.
//
// Elements that hold others become breaks between paragraphs, those within a line vanish; what has no depth (paragraphs, breaks, scripts,
// the head's elements) stays. Which part is furniture is lost with the nesting: some text too much instead of none at all. One pass over
// the bytes; a tag that does not end is text.
#include "article/page.h"

#include <strings.h>

static bool is_one_of(struct slice name, const char *const *names)
{
    for (; *names; names++)
        if (strlen(*names) == name.len && strncasecmp(*names, name.at, name.len) == 0)
            return true;
    return false;
}

// The length of the tag, quotes respected; 0 if it does not end.
static size_t tag_length(struct slice rest)
{
    char quote = 0;
    for (size_t i = 1; i < rest.len; i++) {
        char c = rest.at[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '>')
            return i + 1;
        else if ((c == '"' || c == '\'') && rest.at[i - 1] == '=')
            quote = c;
    }
    return 0;
}

static struct slice tag_name(struct slice tag)
{
    size_t begin = tag.len > 1 && tag.at[1] == '/' ? 2 : 1, end = begin;
    while (end < tag.len && ((tag.at[end] | 0x20) >= 'a') && ((tag.at[end] | 0x20) <= 'z'))
        end++;
    if (end < tag.len && tag.at[end] >= '1' && tag.at[end] <= '6')
        end++;
    return slice_make(tag.at + begin, end - begin);
}

// Behind the end tag of the element whose text is no markup, or the end.
static size_t raw_length(struct slice rest, struct slice name)
{
    for (size_t i = 1; i + name.len + 2 < rest.len; i++) {
        const char *at = memchr(rest.at + i, '<', rest.len - i);
        if (!at)
            break;
        i = (size_t)(at - rest.at);
        if (i + name.len + 2 < rest.len && at[1] == '/' && strncasecmp(at + 2, name.at, name.len) == 0)
            return i;
    }
    return rest.len;
}

struct slice page_flatten(struct arena *arena, struct slice page)
{
    static const char *const kept[] = {"p", "br", "h1", "h2", "h3", "title", "meta", "html", "head", "body", NULL};
    static const char *const raw[] = {"script", "style", NULL};
    static const char *const inside[] = {"a", "b", "i", "em", "strong", "span", "font", "u", "small", "big", "sup", "sub", "abbr", "cite",
                                         "code", "q", "s", "mark", "time", "label", NULL};
    VEC(char) out = {NULL, 0, 0};
    size_t at = 0;
    while (at < page.len) {
        struct slice rest = slice_make(page.at + at, page.len - at);
        size_t used = 1;
        struct slice kept_part = slice_make(rest.at, 1);
        bool comment = slice_starts(rest, SLICE("<!--"));
        if (comment) {
            const char *end = memmem(rest.at, rest.len, "-->", 3);
            used = end ? (size_t)(end - rest.at) + 3 : rest.len;
            kept_part.len = 0;
        } else if (rest.at[0] == '<' && (used = tag_length(rest)) != 0) {
            struct slice name = tag_name(slice_make(rest.at, used));
            if (is_one_of(name, raw) && rest.at[1] != '/')
                used = raw_length(rest, name);
            if (is_one_of(name, kept) || is_one_of(name, raw))
                kept_part = slice_make(rest.at, used);
            else
                kept_part = is_one_of(name, inside) ? (struct slice){NULL, 0} : SLICE("<p>");
        } else {
            const char *next = rest.len > 1 ? memchr(rest.at + 1, '<', rest.len - 1) : NULL;
            used = next ? (size_t)(next - rest.at) : rest.len;
            kept_part.len = used;
        }
        for (size_t i = 0; i < kept_part.len; i++)
            vec_push(arena, &out, kept_part.at[i]);
        at += used;
    }
    return slice_make(out.at, out.count);
}
