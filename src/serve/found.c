// SPDX-License-Identifier: MIT
// Counting what a search found.
//
// The register hands out two hundred reports at most and all that they say; it is counted here, in one pass with a map for each facet: the
// same in SQL sorts the claims once for each facet, and took three times as long. Claims come in the order of their reports, so that a
// value counts a report once if it remembers the last one that had it.
#include "serve/found.h"

#include <stdlib.h>

#include "base/emit.h"
#include "base/map.h"
#include "base/vec.h"

#define REPORTS_SHOWN 50u
#define THINGS_MOST 120u
#define VALUES_MOST 12u         // of a facet
#define THREADS_MOST 12u        // whose fates are asked: those that are spoken of most

// Columns of page_search.
enum { PART, NUMBER, DOCUMENT, DAY, LANGUAGE, TITLE, PUBLISHER, KIND, TYPE, PAIR, LINK, SECTORS, SUBJECT, COLUMNS };

struct report {
    const struct slice *cells;
    bool speaks;                // of what was asked for
};
struct said {
    const struct slice *cells;
    uint32_t report;
    struct slice fate;          // of its thread; empty: not asked
};
struct counted {
    struct slice value;
    uint32_t reports, last;     // `last`: the report that was counted last
    const struct said *latest;  // of a thing: its latest claim
    struct slice day, subjects;
};
typedef VEC(struct counted) counted_vec;
struct counter {
    struct map places;
    counted_vec values;
};
struct found {
    struct request *request;
    VEC(struct report) reports;
    VEC(struct said) said;
};

static struct counter *counter_new(struct request *request)
{
    struct counter *counter = ARENA_NEW(request->arena, struct counter);
    map_init(&counter->places, request->arena, 64);
    return counter;
}

// The value's place, counted once for the report.
static struct counted *count(struct found *found, struct counter *counter, struct slice value, uint32_t report)
{
    uint32_t place = map_get(&counter->places, value, UINT32_MAX);
    if (place == UINT32_MAX) {
        place = counter->values.count;
        map_put(&counter->places, value, place);
        vec_push(found->request->arena, &counter->values, ((struct counted){.value = value, .last = UINT32_MAX}));
    }
    struct counted *counted = &counter->values.at[place];
    counted->reports += counted->last != report;
    counted->last = report;
    return counted;
}

static int by_reports(const void *a, const void *b)
{
    const struct counted *x = a, *y = b;
    return x->reports != y->reports ? (x->reports < y->reports ? 1 : -1) : slice_compare(x->value, y->value);
}

static int by_value_falling(const void *a, const void *b)
{
    return slice_compare(((const struct counted *)b)->value, ((const struct counted *)a)->value);
}

static int by_reports_and_day(const void *a, const void *b)
{
    const struct counted *x = a, *y = b;
    if (x->reports != y->reports)
        return x->reports < y->reports ? 1 : -1;
    int order = slice_compare(y->day, x->day);
    return order ? order : slice_compare(x->value, y->value);
}

static void sort(counted_vec *values, int (*order)(const void *, const void *))
{
    if (values->count)
        qsort(values->at, values->count, sizeof *values->at, order);
}

// ---- reading ----------------------------------------------------------------------------------------------------------------
// Reports come first, the newest first; what they say stands in the same order.
static void read_cells(struct found *found, const struct ask_cells *cells)
{
    uint32_t report = 0;
    for (uint32_t row = 0; row < cells->rows; row++) {
        const struct slice *at = cells->at + (size_t)row * cells->columns;
        if (slice_is(at[PART], "report")) {
            vec_push(found->request->arena, &found->reports, ((struct report){.cells = at}));
            continue;
        }
        while (report < found->reports.count && !slice_eq(found->reports.at[report].cells[NUMBER], at[NUMBER]))
            report++;
        if (report < found->reports.count)
            vec_push(found->request->arena, &found->said, ((struct said){.cells = at, .report = report, .fate = SLICE("")}));
    }
}

// ---- fates ------------------------------------------------------------------------------------------------------------------
// The threads that are spoken of most, as a list in JSON.
static const char *threads_spoken_of(struct found *found)
{
    struct counter *threads = counter_new(found->request);
    for (uint32_t i = 0; i < found->said.count; i++) {
        struct said *said = &found->said.at[i];
        if (said->cells[LINK].at && slice_is(said->cells[KIND], "commitment"))
            count(found, threads, said->cells[LINK], i);        // each claim counts
    }
    sort(&threads->values, by_reports);
    struct buf *out = &found->request->rows;
    struct json json;
    buf_clear(out);
    emit_init(&json, out, false);
    emit_array(&json);
    for (uint32_t i = 0; i < threads->values.count && i < THREADS_MOST; i++)
        emit_string(&json, threads->values.at[i].value);
    emit_array_end(&json);
    return threads->values.count ? arena_copy(found->request->arena, buf_slice(out)).at : NULL;
}

static void add_fates(struct found *found, const struct asked *asked)
{
    struct asked of_threads = {.id = threads_spoken_of(found), .as_of = asked->as_of};
    if (!of_threads.id)
        return;
    struct ask_cells fates = ask_cells(found->request, "page_fates", &of_threads);
    struct map places;
    map_init(&places, found->request->arena, fates.rows + 1);
    for (uint32_t row = 0; row < fates.rows; row++)
        map_put(&places, fates.at[(size_t)row * fates.columns], row);
    for (uint32_t i = 0; i < found->said.count; i++) {
        struct said *said = &found->said.at[i];
        bool thread = said->cells[LINK].at && slice_is(said->cells[KIND], "commitment");
        uint32_t row = thread ? map_get(&places, said->cells[LINK], UINT32_MAX) : UINT32_MAX;
        if (row != UINT32_MAX)
            said->fate = fates.at[(size_t)row * fates.columns + 1];
    }
}

// Only what speaks of threads of one fate, if that is asked; only reports that say anything of what is asked.
static void narrow(struct found *found, struct slice fate, bool narrowed)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < found->said.count; i++) {
        if (fate.len && !slice_eq(found->said.at[i].fate, fate))
            continue;
        found->reports.at[found->said.at[i].report].speaks = true;
        found->said.at[kept++] = found->said.at[i];
    }
    found->said.count = kept;
    for (uint32_t i = 0; i < found->reports.count; i++)
        found->reports.at[i].speaks |= !narrowed && !fate.len;
}

// ---- facets -----------------------------------------------------------------------------------------------------------------
enum { OF_LANGUAGE, OF_PAIR, OF_SECTOR, OF_KIND, OF_YEAR, OF_FATE, FACETS };
static const char *const facet_names[FACETS] = {"in", "pair", "sector", "kind", "year", "fate"};

static void count_said(struct found *found, struct counter **counters, const struct said *said)
{
    const struct slice *cells = said->cells;
    if (memchr(cells[PAIR].at, '-', cells[PAIR].len))
        count(found, counters[OF_PAIR], cells[PAIR], said->report);
    for (struct slice rest = cells[SECTORS]; rest.at && rest.len;) {
        struct slice sector = slice_cut(&rest, ' ');
        if (sector.len)
            count(found, counters[OF_SECTOR], sector, said->report);
    }
    count(found, counters[OF_KIND], cells[KIND], said->report);
    if (said->fate.len)
        count(found, counters[OF_FATE], said->fate, said->report);
}

static void add_counted(struct found *found, struct value *page)
{
    struct counter *counters[FACETS];
    for (size_t i = 0; i < FACETS; i++)
        counters[i] = counter_new(found->request);
    for (uint32_t i = 0; i < found->reports.count; i++) {
        const struct report *report = &found->reports.at[i];
        if (!report->speaks)
            continue;
        if (report->cells[LANGUAGE].len)
            count(found, counters[OF_LANGUAGE], report->cells[LANGUAGE], i);
        if (report->cells[DAY].len >= 4)
            count(found, counters[OF_YEAR], slice_make(report->cells[DAY].at, 4), i);
    }
    for (uint32_t i = 0; i < found->said.count; i++)
        count_said(found, counters, &found->said.at[i]);
    struct arena *arena = found->request->arena;
    struct value *rows = value_list(arena, page, "counted");
    for (size_t facet = 0; facet < FACETS; facet++) {
        counted_vec *values = &counters[facet]->values;
        sort(values, facet == OF_YEAR ? by_value_falling : by_reports);
        for (uint32_t i = 0; i < values->count && i < VALUES_MOST; i++) {
            struct value *row = value_add(arena, rows);
            value_set_text(arena, row, "facet", facet_names[facet]);
            value_set(arena, row, "value", values->at[i].value);
            value_set_int(arena, row, "reports", values->at[i].reports);
        }
    }
}

// ---- things and reports -----------------------------------------------------------------------------------------------------
static void add_things(struct found *found, struct value *page, const char *as_of)
{
    struct arena *arena = found->request->arena;
    struct counter *things = counter_new(found->request);
    for (uint32_t i = 0; i < found->said.count; i++) {
        const struct said *said = &found->said.at[i];
        struct slice day = said->cells[DAY], subject = said->cells[SUBJECT];
        if (!said->cells[LINK].at || (as_of && (!day.at || slice_compare(day, slice_from(as_of)) > 0)))
            continue;
        struct counted *thing = count(found, things, said->cells[LINK], said->report);
        if (!thing->latest || slice_compare(day, thing->day) > 0) {
            thing->latest = said;
            thing->day = day.at ? day : SLICE("");
        }
        if (subject.len && (!thing->subjects.len || !memmem(thing->subjects.at, thing->subjects.len, subject.at, subject.len)))
            thing->subjects = thing->subjects.len ? arena_format(arena, "%.*s,%.*s", (int)thing->subjects.len, thing->subjects.at,
                    (int)subject.len, subject.at)
                                                  : subject;
    }
    sort(&things->values, by_reports_and_day);
    struct value *rows = value_list(arena, page, "things");
    for (uint32_t i = 0; i < things->values.count && i < THINGS_MOST; i++) {
        const struct counted *thing = &things->values.at[i];
        struct value *row = value_add(arena, rows);
        value_set(arena, row, "id", thing->value);
        value_set(arena, row, "kind", thing->latest->cells[KIND]);
        value_set(arena, row, "type", thing->latest->cells[TYPE].at ? thing->latest->cells[TYPE] : SLICE(""));
        value_set(arena, row, "day", thing->day);
        value_set_int(arena, row, "reports", thing->reports);
        value_set(arena, row, "subjects", thing->subjects.at ? thing->subjects : SLICE(""));
    }
}

static int by_day_falling(const void *a, const void *b)
{
    const struct report *x = a, *y = b;
    int order = slice_compare(y->cells[DAY], x->cells[DAY]);    // without a day: last
    return order ? order : (x->cells < y->cells ? -1 : x->cells > y->cells);
}

static void add_reports(struct found *found, struct value *page)
{
    static const struct {
        const char *key;
        int column;
    } shown[] = {{"document", DOCUMENT}, {"day", DAY}, {"language", LANGUAGE}, {"title", TITLE}, {"publisher", PUBLISHER}};
    struct arena *arena = found->request->arena;
    struct value *rows = value_list(arena, page, "reports");
    if (found->reports.count)
        qsort(found->reports.at, found->reports.count, sizeof *found->reports.at, by_day_falling);
    for (uint32_t i = 0; i < found->reports.count && rows->count < REPORTS_SHOWN; i++) {
        if (!found->reports.at[i].speaks)
            continue;
        struct value *row = value_add(arena, rows);
        for (size_t k = 0; k < sizeof shown / sizeof *shown; k++) {
            struct slice cell = found->reports.at[i].cells[shown[k].column];
            if (cell.at)
                value_set(arena, row, shown[k].key, cell);
        }
    }
}

void found_ask(struct request *request, struct value *page, const struct asked *asked, struct slice fate, bool narrowed)
{
    struct found found = {.request = request};
    struct ask_cells cells = ask_cells(request, "page_search", asked);
    if (cells.rows && cells.columns != COLUMNS)
        arena_fail(request->arena, STATUS_BAD_ARGUMENT);
    read_cells(&found, &cells);
    add_fates(&found, asked);
    narrow(&found, fate, narrowed);
    add_counted(&found, page);
    add_things(&found, page, asked->as_of ? asked->as_of : request_as_of(request));
    add_reports(&found, page);
}
