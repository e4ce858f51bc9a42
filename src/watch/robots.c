// SPDX-License-Identifier: MIT
// The rules are read anew for each question: they are short, questions are few, and nothing has to be kept in step.
//
// A group begins with one or more User-agent lines and holds the rules behind them; groups for the same agent add up. Patterns know "*" and
// a "$" at the end. Percent-encoded bytes are compared decoded on both sides, but for those whose decoding would change the meaning.
#include "watch/robots.h"

#include <strings.h>

struct line {
    struct slice key, value;
};

static bool next_line(struct slice *rest, struct line *ret_line)
{
    while (rest->len) {
        struct slice line = slice_cut(rest, '\n');
        line = slice_cut(&line, '#');
        const char *colon = line.len ? memchr(line.at, ':', line.len) : NULL;
        if (!colon)
            continue;
        size_t at = (size_t)(colon - line.at);
        *ret_line = (struct line){slice_trim(slice_make(line.at, at)), slice_trim(slice_make(colon + 1, line.len - at - 1))};
        return true;
    }
    return false;
}

static bool is_word(struct slice text, const char *word)
{
    return text.len == strlen(word) && strncasecmp(text.at, word, text.len) == 0;
}

// Goes over the rules of the agent's groups (or those for all) and hands each to `see`.
typedef void (*rule_seer)(void *user, const struct line *line);
static bool each_rule(struct slice rules, struct slice agent, bool for_all, rule_seer see, void *user)
{
    struct line line;
    bool in_group = false, naming = false, found = false;
    int seen = 0;
    rules.len = rules.len < ROBOTS_MAX_BYTES ? rules.len : ROBOTS_MAX_BYTES;
    if (slice_starts(rules, SLICE("\xEF\xBB\xBF")))
        rules = slice_make(rules.at + 3, rules.len - 3);
    while (seen < ROBOTS_MAX_RULES && next_line(&rules, &line)) {
        if (is_word(line.key, "user-agent")) {
            bool ours = for_all ? slice_is(line.value, "*")
                                : line.value.len == agent.len && strncasecmp(line.value.at, agent.at, agent.len) == 0;
            in_group = ours || (naming && in_group);
            found |= ours;
            naming = true;
            continue;
        }
        naming = false;
        if (in_group) {
            see(user, &line);
            seen++;
        }
    }
    return found;
}

static void each_rule_for(struct slice rules, struct slice agent, rule_seer see, void *user)
{
    if (!each_rule(rules, agent, false, see, user))
        each_rule(rules, agent, true, see, user);
}

// The next byte of an address, decoded where that changes nothing.
static unsigned char next_byte(struct slice *text)
{
    static const char digits[] = "0123456789ABCDEF0123456789abcdef";
    unsigned char c = (unsigned char)text->at[0];
    size_t used = 1;
    if (c == '%' && text->len >= 3) {
        int value = 0;
        for (int i = 1; i < 3 && value >= 0; i++) {
            char digit = text->at[i];
            const char *found = digit ? strchr(digits, digit) : NULL;
            value = found ? value * 16 + (int)(found - digits) % 16 : -1;
        }
        if (value >= 0 && !strchr("/*$%?#", value)) {
            c = (unsigned char)value;
            used = 3;
        }
    }
    *text = slice_make(text->at + used, text->len - used);
    return c;
}

// Whether the pattern fits the beginning of the path. At a mismatch the last "*" takes one byte more: no more than pattern times path.
static bool fits(struct slice pattern, struct slice path)
{
    struct slice star = {NULL, 0}, star_path = {NULL, 0};
    bool to_end = pattern.len && pattern.at[pattern.len - 1] == '$';
    pattern.len -= to_end;
    for (;;) {
        if (pattern.len && pattern.at[0] == '*') {
            star = pattern = slice_make(pattern.at + 1, pattern.len - 1);
            star_path = path;
            continue;
        }
        if (!pattern.len && (!to_end || !path.len))
            return true;
        struct slice one = pattern, other = path;
        if (pattern.len && path.len && next_byte(&one) == next_byte(&other)) {
            pattern = one;
            path = other;
            continue;
        }
        if (!star.at || !star_path.len)
            return false;
        next_byte(&star_path);
        pattern = star;
        path = star_path;
    }
}

struct verdict {
    struct slice path;
    size_t longest;
    bool allowed;
};

static void see_path(void *user, const struct line *line)
{
    struct verdict *verdict = user;
    bool allow = is_word(line->key, "allow");
    struct slice pattern = slice_make(line->value.at, line->value.len < ROBOTS_MAX_PATTERN ? line->value.len : ROBOTS_MAX_PATTERN);
    if ((!allow && !is_word(line->key, "disallow")) || !pattern.len || pattern.len < verdict->longest)
        return;
    if ((pattern.len > verdict->longest || allow) && fits(pattern, verdict->path)) {
        verdict->longest = pattern.len;
        verdict->allowed = allow;
    }
}

bool robots_allow(struct slice rules, struct slice agent, struct slice path)
{
    struct verdict verdict = {.path = path, .allowed = true};
    if (slice_is(path, "/robots.txt"))
        return true;
    each_rule_for(rules, agent, see_path, &verdict);
    return verdict.allowed;
}

static void see_delay(void *user, const struct line *line)
{
    int *delay = user;
    int64_t seconds;
    struct slice value = line->value;
    if (is_word(line->key, "crawl-delay") && slice_to_int(slice_cut(&value, '.'), &seconds) && seconds >= 0)
        *delay = seconds < 86400 ? (int)seconds : 86400;
}

int robots_delay(struct slice rules, struct slice agent)
{
    int delay = 0;
    each_rule_for(rules, agent, see_delay, &delay);
    return delay;
}
