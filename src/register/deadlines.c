// SPDX-License-Identifier: MIT
// The SQL aggregate deadlines(day, edtf): what became of the deadlines of a promise, each with the day on which it was named.
//
// Days are gone through in order. A deadline that lies within the one before is no new one: it was narrowed ("March", then "15 March"), or
// told more loosely; but once the old one is past, to name a later end is to put it off. Deadlines that two sources name on one day are a
// disagreement, not a slip; the one that most name goes on, of several the finer. A deadline that begins after the one before has ended is
// a slip. One that comes earlier was brought forward: it takes the other's place and is none.
//
// The answer is JSON: "slips", "missed" (a deadline for each slip), "current" (the deadline that holds), "history" (those that were
// replaced, and it), "disagree" (NULL if sources agree). Rows come in any order; what is no date is passed over.
#include <stdlib.h>

#include "base/buf.h"
#include "base/emit.h"
#include "doc/date.h"
#include "register/store.h"

#define NAMED_MAX 20000u        // deadlines of one promise; further ones are passed over
#define STORY_MAX ((size_t)1 << 20)
#define NO_SAYING INT64_MIN

struct named {
    int64_t said, first, last;  // days since 1970
    char edtf[DATE_EDTF_SIZE];
    uint32_t times;             // after merging: how often on that day
};

struct story {
    struct named *named;
    uint32_t count, room;
    bool failed;
};

static void step(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    struct story *story = sqlite3_aggregate_context(context, sizeof *story);
    const char *day = (const char *)sqlite3_value_text(values[0]), *edtf = (const char *)sqlite3_value_text(values[1]);
    struct date_range said, range;
    if (!story || !edtf || story->count == NAMED_MAX || !date_parse_edtf(slice_from(edtf), &range) || !range.first.year)
        return;
    if (story->count == story->room) {
        uint32_t room = story->room ? story->room * 2 : 16;
        struct named *more = realloc(story->named, room * sizeof *more);
        story->failed |= more == NULL;
        if (!more)
            return;
        story->named = more;
        story->room = room;
    }
    struct named *named = &story->named[story->count++];
    *named = (struct named){.said = NO_SAYING, .first = date_day_number(date_first_day(range)),
            .last = date_day_number(date_last_day(range)), .times = 1};
    if (day && date_parse_edtf(slice_from(day), &said) && said.first.year)
        named->said = date_day_number(said.first);
    date_edtf(range, named->edtf);
}

static int in_order(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    if (x->said != y->said)
        return x->said < y->said ? -1 : 1;
    return strcmp(x->edtf, y->edtf);
}

// One entry for what was named several times on one day.
static void merge_same(struct story *story)
{
    uint32_t kept = 0;
    if (story->count)
        qsort(story->named, story->count, sizeof *story->named, in_order);
    for (uint32_t i = 0; i < story->count; i++) {
        if (kept > 0 && in_order(&story->named[kept - 1], &story->named[i]) == 0)
            story->named[kept - 1].times++;
        else
            story->named[kept++] = story->named[i];
    }
    story->count = kept;
}

static bool nested(const struct named *a, const struct named *b)
{
    return (a->first >= b->first && a->last <= b->last) || (b->first >= a->first && b->last <= a->last);
}

static bool finer(const struct named *a, const struct named *b)
{
    int64_t span_a = a->last - a->first, span_b = b->last - b->first;
    return span_a != span_b ? span_a < span_b : a->last > b->last;
}

// The deadline that goes on from one day: one that agrees with what held before, else the one that most name.
static const struct named *chosen(const struct named *day, uint32_t count, const struct named *current)
{
    const struct named *best = NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (!best) {
            best = &day[i];
            continue;
        }
        bool agrees = current && nested(&day[i], current), best_agrees = current && nested(best, current);
        if (agrees != best_agrees ? agrees : day[i].times != best->times ? day[i].times > best->times : finer(&day[i], best))
            best = &day[i];
    }
    return best;
}

static void add_item(struct buf *list, const char *separator, const char *item)
{
    if (list->len)
        buf_add_text(list, separator);
    buf_add_text(list, item);
}

static void note_disagreement(struct buf *out, const struct named *day, uint32_t count)
{
    bool apart = false;
    for (uint32_t i = 1; i < count; i++)
        apart |= !nested(&day[i - 1], &day[i]);
    for (uint32_t i = 0; apart && i < count; i++)
        add_item(out, i ? " or " : "; ", day[i].edtf);
}

static void tell(sqlite3_context *context, const struct named *current, int64_t slips, const struct buf *missed, struct buf *history,
                 struct buf *disagree)
{
    struct buf out;
    struct json json;
    buf_init(&out, STORY_MAX);
    emit_init(&json, &out, false);
    emit_object(&json);
    emit_key(&json, "slips");
    emit_int(&json, slips);
    emit_key(&json, "missed");
    emit_array(&json);
    for (struct slice rest = buf_slice(missed); rest.len;)
        emit_string(&json, slice_cut(&rest, ' '));
    emit_array_end(&json);
    emit_key(&json, "current");
    emit_text(&json, current ? current->edtf : NULL);
    emit_key(&json, "history");
    emit_string(&json, buf_slice(history));
    emit_key(&json, "disagree");
    emit_text(&json, disagree->len ? disagree->at : NULL);
    emit_object_end(&json);
    if (out.failed || missed->failed || history->failed || disagree->failed)
        sqlite3_result_error_nomem(context);
    else
        sqlite3_result_text64(context, out.at, out.len, SQLITE_TRANSIENT, SQLITE_UTF8);
    buf_finish(&out);
}

static void finish(sqlite3_context *context)
{
    struct story none = {0}, *story = sqlite3_aggregate_context(context, 0);
    const struct named *current = NULL;
    struct buf missed, history, disagree;
    int64_t slips = 0;
    story = story ? story : &none;
    buf_init(&missed, STORY_MAX);
    buf_init(&history, STORY_MAX);
    buf_init(&disagree, STORY_MAX);
    merge_same(story);
    for (uint32_t i = 0, end; i < story->count; i = end) {
        for (end = i + 1; end < story->count && story->named[end].said == story->named[i].said; end++)
            continue;
        note_disagreement(&disagree, &story->named[i], end - i);
        const struct named *next = chosen(&story->named[i], end - i, current);
        bool late = current && (next->first > current->last || (next->said > current->last && next->last > current->last));
        if (current && !late && nested(next, current) && !finer(next, current))
            continue;       // told more loosely, or again
        slips += late;
        if (late)
            add_item(&missed, " ", current->edtf);
        if (!current || strcmp(current->edtf, next->edtf) != 0)
            add_item(&history, ", ", next->edtf);
        current = next;
    }
    if (story->failed)
        sqlite3_result_error_nomem(context);
    else
        tell(context, current, slips, &missed, &history, &disagree);
    buf_finish(&missed);
    buf_finish(&history);
    buf_finish(&disagree);
    free(story->named);
}

int deadlines_add(sqlite3 *db)
{
    return sqlite3_create_function(db, "deadlines", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, NULL, step, finish);
}
