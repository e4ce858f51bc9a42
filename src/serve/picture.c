// SPDX-License-Identifier: MIT
// Where the lines and dots of pictures stand.
//
// All pictures are 720 units wide. Days are counted from the civil calendar; an axis runs over whole years. Along it time goes from left to
// right in every language, as on any chart of the press; a picture's words are set by the template. Each picture has its rows in words
// on the same page, so what it leaves out for want of room is not lost.
#include "serve/picture.h"

#include "base/emit.h"
#include "base/map.h"
#include "serve/pages.h"

#include <math.h>
#include <stdlib.h>

#define WIDTH 720.0
#define LEFT 190.0          // of the axis: names stand before it
#define RIGHT 700.0
#define ROW 26.0
#define TIMELINE_ROWS 11
#define TIMELINE_THREADS 9
#define DOT_DISTANCE 12.0
#define HEAT_YEARS 30
#define HEAT_SECTORS 64
#define NETWORK_PARTIES 16

// ---- days and axes --------------------------------------------------------------------------------------------------------
// Days since 1 March of the year 0; a month or a year stands for its first day. False if it is no date.
static bool day_number(struct slice date, int64_t *ret_day)
{
    int64_t year = 0, month = 1, day = 1;
    bool read = date.len >= 4 && slice_to_int(slice_make(date.at, 4), &year) &&
                (date.len < 7 || slice_to_int(slice_make(date.at + 5, 2), &month)) &&
                (date.len < 10 || slice_to_int(slice_make(date.at + 8, 2), &day));
    if (!read || year < 1000 || month < 1 || month > 12)
        return false;
    int64_t shifted = (month + 9) % 12, counted = year - (month < 3);
    *ret_day = 365 * counted + counted / 4 - counted / 100 + counted / 400 + (153 * shifted + 2) / 5 + day - 1;
    return true;
}

// Where a date or range begins; what is only known to end then stands there.
static struct slice date_begin(struct slice date)
{
    if (slice_starts(date, SLICE("../")))
        return slice_make(date.at + 3, date.len - 3);
    if (slice_starts(date, SLICE("[")))
        return slice_make(date.at + 1, date.len - 1);
    return date;
}

struct axis {
    int64_t first_year, last_year, first, last;     // days
};

static int64_t new_year(int64_t year)
{
    char text[24];
    int64_t day = 0;
    struct slice date = slice_make(text, (size_t)(emit_number(text, (uint64_t)year) - text));
    day_number(date, &day);
    return day;
}

static void axis_take(struct axis *axis, struct slice date)
{
    int64_t year;
    if (date.len < 4 || !slice_to_int(slice_make(date.at, 4), &year) || year < 1000)
        return;
    if (axis->first_year == 0 || year < axis->first_year) {
        axis->first_year = year;
        axis->first = new_year(year);
    }
    if (year > axis->last_year) {
        axis->last_year = year;
        axis->last = new_year(year + 1);
    }
}

static double axis_place(const struct axis *axis, int64_t day, double from, double to)
{
    return axis->last > axis->first ? from + (to - from) * (double)(day - axis->first) / (double)(axis->last - axis->first) : from;
}

// Marks of years: all, or every second, fifth or tenth, so that at most ten stand there.
static void add_years(struct arena *arena, struct value *picture, const struct axis *axis, const char *key, double from, double to)
{
    static const int64_t steps[] = {1, 2, 5, 10, 20, 50};
    int64_t step = 100, years = axis->last_year - axis->first_year + 1;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && step == 100; i++)
        step = years / steps[i] <= 10 ? steps[i] : 100;
    for (int64_t year = axis->first_year; year <= axis->last_year + 1; year++) {
        if (year % step)
            continue;
        struct value *mark = value_add(arena, value_list(arena, picture, key));
        value_set_tenths(arena, mark, "at", axis_place(axis, new_year(year), from, to));
        value_set_int(arena, mark, "year", year);
    }
}

// ---- what was said ----------------------------------------------------------------------------------------------------------
// A day and a status, a day and a status, of one thread: "2024-05-01agreed;2025-02-11done".
static void read_thread(struct request *request, const struct value *row, picture_saying_vec *sayings)
{
    for (struct slice rest = value_text(row, "said"); rest.at && rest.len;) {
        struct slice status = slice_cut(&rest, ';'), day = {status.at, 0};
        while (status.len && (*status.at == '-' || (*status.at >= '0' && *status.at <= '9')))
            status = slice_make(status.at + 1, status.len - 1), day.len++;
        vec_push(request->arena, sayings, ((struct picture_saying){value_text(row, "id"), day, status}));
    }
}

// "year id fields;year id fields" of all instruments.
static void read_instruments(struct request *request, const struct value *row, picture_saying_vec *sayings)
{
    for (struct slice rest = value_text(row, "said"); rest.at && rest.len;) {
        struct slice sectors = slice_cut(&rest, ';'), year = slice_cut(&sectors, ' ');
        struct slice id = sectors.at ? slice_cut(&sectors, ' ') : SLICE("");
        vec_push(request->arena, sayings, ((struct picture_saying){id, year, sectors.at ? sectors : SLICE("")}));
    }
}

void picture_read(struct request *request, const struct value *rows, struct picture_said *ret_said)
{
    *ret_said = (struct picture_said){0};
    for (const struct value *row = rows->first; row; row = row->next) {
        if (slice_is(value_text(row, "part"), "stage"))
            read_thread(request, row, &ret_said->threads);
        else
            read_instruments(request, row, &ret_said->instruments);
    }
}

// ---- the timeline of a pair -----------------------------------------------------------------------------------------------
static struct value *add_line(struct request *request, struct value *lines, struct slice name)
{
    struct value *line = value_add(request->arena, lines);
    double y = 30 + ROW * (double)(lines->count - 1);
    value_set(request->arena, line, "name", name);
    value_set_tenths(request->arena, line, "y", y);
    value_set_tenths(request->arena, line, "name_y", y + 4);
    return line;
}

// Dots that would stand on one another are left out; *last_x is where the one before stands.
static void add_dot(struct request *request, struct value *line, const struct picture_saying *saying, struct slice number,
        const struct axis *axis, double *last_x)
{
    struct slice date = saying->day;
    int64_t day;
    double x = day_number(date, &day) ? axis_place(axis, day, LEFT, RIGHT) : 0;
    if (x < *last_x + DOT_DISTANCE)
        return;
    struct value *dot = value_add(request->arena, value_list(request->arena, line, "dots"));
    value_set_tenths(request->arena, dot, "x", x);
    value_set(request->arena, dot, "place_y", value_text(line, "y"));
    value_set(request->arena, dot, "target", saying->id);
    value_set(request->arena, dot, "status", saying->told);
    value_set(request->arena, dot, "ordinal", number);
    value_set(request->arena, dot, "day", date);
    if (!value_find(line, "x1"))
        value_set_tenths(request->arena, line, "x1", x);
    value_set_tenths(request->arena, line, "x2", x);
    *last_x = x;
}

// Sessions stand together by their body, numbered ones first.
static void add_bodies(struct request *request, struct value *lines, const struct value *sessions, const struct axis *axis)
{
    const struct value *first = NULL;
    struct value *line = NULL;
    double last_x = 0;
    for (const struct value *row = sessions->first; row; row = row->next) {
        if (!value_find(row, "number") || !value_find(row, "date"))
            continue;
        if (!first || !slice_eq(value_text(first, "type"), value_text(row, "type"))) {
            if (lines->count == TIMELINE_ROWS)
                return;
            first = row;
            line = add_line(request, lines, ui_code(request->language, request->arena, "meeting", value_text(row, "type")));
            last_x = 0;
        }
        struct picture_saying held = {value_text(row, "id"), date_begin(value_text(row, "date")), value_text(row, "status")};
        add_dot(request, line, &held, value_text(row, "number"), axis, &last_x);
    }
}

// What is said of one thread.
struct run {
    const struct picture_saying *first, *end;
    uint32_t months;
    bool drawn;
};
typedef VEC(struct run) run_vec;

static struct slice month_of(const struct picture_saying *saying)
{
    return slice_make(saying->day.at, saying->day.len < 7 ? saying->day.len : 7);
}

// Those that were spoken of in most months are drawn, as many as there is room for.
static run_vec pick_threads(struct request *request, const picture_saying_vec *sayings, uint32_t room)
{
    run_vec runs = {0};
    for (uint32_t i = 0; i < sayings->count; i++) {
        const struct picture_saying *saying = &sayings->at[i];
        bool begins = i == 0 || !slice_eq(saying[-1].id, saying->id);
        if (begins)
            vec_push(request->arena, &runs, ((struct run){.first = saying}));
        struct run *run = &runs.at[runs.count - 1];
        run->end = saying + 1;
        run->months += begins || !slice_eq(month_of(saying - 1), month_of(saying));
    }
    for (uint32_t picked = 0; picked < room && picked < TIMELINE_THREADS; picked++) {
        struct run *most = NULL;
        for (uint32_t i = 0; i < runs.count; i++)
            if (!runs.at[i].drawn && (!most || runs.at[i].months > most->months))
                most = &runs.at[i];
        if (!most)
            break;
        most->drawn = true;
    }
    return runs;
}

static void add_threads(struct request *request, struct value *lines, const run_vec *runs, const struct axis *axis)
{
    for (uint32_t i = 0; i < runs->count && lines->count < TIMELINE_ROWS; i++) {
        const struct run *run = &runs->at[i];
        if (!run->drawn)
            continue;
        struct value *line = add_line(request, lines, page_thread_name(request, run->first->id));
        double last_x = 0;
        value_set(request->arena, line, "thread", run->first->id);
        for (const struct picture_saying *saying = run->first; saying < run->end; saying++)
            add_dot(request, line, saying, SLICE(""), axis, &last_x);
    }
}

void picture_timeline(struct request *request, struct value *page, const struct value *sessions, const struct picture_said *said)
{
    struct arena *arena = request->arena;
    struct axis axis = {0};
    run_vec runs = pick_threads(request, &said->threads, TIMELINE_ROWS);
    for (uint32_t i = 0; i < runs.count; i++) {
        if (!runs.at[i].drawn)
            continue;
        axis_take(&axis, runs.at[i].first->day);        // in the order of time
        axis_take(&axis, runs.at[i].end[-1].day);
    }
    for (const struct value *row = sessions->first; row; row = row->next)
        axis_take(&axis, date_begin(value_text(row, "date")));
    if (said->threads.count + sessions->count < 2)
        return;
    struct value *picture = value_object(arena), *lines = value_list(arena, picture, "lines");
    add_bodies(request, lines, sessions, &axis);
    if (lines->count + TIMELINE_THREADS > TIMELINE_ROWS)
        runs = pick_threads(request, &said->threads, TIMELINE_ROWS - lines->count);
    add_threads(request, lines, &runs, &axis);
    double bottom = 30 + ROW * (double)lines->count;
    value_set_tenths(arena, picture, "height", bottom + 24);
    value_set_tenths(arena, picture, "bottom", bottom);
    value_set_tenths(arena, picture, "label", bottom + 16);
    add_years(arena, picture, &axis, "years", LEFT, RIGHT);
    picture->key = "timeline";
    value_adopt(page, picture);
}

// ---- fields by years ------------------------------------------------------------------------------------------------------
struct heat_row {
    struct slice sector;
    uint32_t things[HEAT_YEARS];
};
struct heat {
    struct heat_row rows[HEAT_SECTORS];
    uint32_t sector_count;
    int64_t first_year;
};

static int by_name(const void *a, const void *b)
{
    return slice_compare(((const struct heat_row *)a)->sector, ((const struct heat_row *)b)->sector);
}

static void heat_count(struct heat *heat, struct slice sectors, int64_t year, uint32_t things)
{
    if (year < heat->first_year || year >= heat->first_year + HEAT_YEARS)
        return;
    for (struct slice rest = sectors; rest.at && rest.len;) {
        struct slice sector = slice_cut(&rest, ' ');
        uint32_t at = 0;
        while (at < heat->sector_count && !slice_eq(heat->rows[at].sector, sector))
            at++;
        if (sector.len == 0 || at == HEAT_SECTORS)
            continue;
        if (at == heat->sector_count)
            heat->rows[heat->sector_count++].sector = sector;
        heat->rows[at].things[year - heat->first_year] += things;
    }
}

static void add_heat_row(struct arena *arena, struct value *page, const struct heat *heat, uint32_t at, int64_t years)
{
    struct value *line = value_add(arena, value_list(arena, page, "heat")), *cells = value_list(arena, line, "cells");
    value_set(arena, line, "sector", heat->rows[at].sector);
    for (int64_t year = 0; year < years; year++) {
        struct value *cell = value_add(arena, cells);
        uint32_t things = heat->rows[at].things[year];
        int shade = things <= 2 ? (int)things : things < 5 ? 3 : things < 10 ? 4 : 5;
        value_set(arena, cell, "shade", arena_format(arena, "h%d", shade));
        if (things)
            value_set_int(arena, cell, "things", things);
    }
}

static int64_t year_of(const struct picture_saying *saying)
{
    int64_t year = 0;
    return saying->day.len >= 4 && slice_to_int(slice_make(saying->day.at, 4), &year) ? year : 0;
}

// Each thread once a year, in the fields that it has now.
static void count_threads(struct request *request, struct heat *heat, const picture_saying_vec *sayings, const struct value *threads)
{
    VEC(struct slice) sectors = {0};
    struct map places;
    map_init(&places, request->arena, threads->count + 1);
    for (const struct value *row = threads->first; row; row = row->next) {
        map_put(&places, value_text(row, "id"), sectors.count);
        vec_push(request->arena, &sectors, value_text(row, "sectors"));
    }
    for (uint32_t i = 0; i < sayings->count; i++) {
        const struct picture_saying *saying = &sayings->at[i];
        if (i > 0 && slice_eq(saying[-1].id, saying->id) && year_of(saying - 1) == year_of(saying))
            continue;
        uint32_t place = map_get(&places, saying->id, UINT32_MAX);
        if (place != UINT32_MAX)
            heat_count(heat, sectors.at[place], year_of(saying), 1);
    }
}

// Each instrument once a year, too.
static void count_instruments(struct request *request, struct heat *heat, const picture_saying_vec *sayings)
{
    struct map seen;
    map_init(&seen, request->arena, sayings->count + 1);
    for (uint32_t i = 0; i < sayings->count; i++) {
        const struct picture_saying *saying = &sayings->at[i];
        uint32_t before = seen.count;
        // year and id stand together in what the register told
        map_put(&seen, slice_make(saying->day.at, (size_t)(saying->id.at + saying->id.len - saying->day.at)), 1);
        if (seen.count > before)
            heat_count(heat, saying->told, year_of(saying), 1);
    }
}

void picture_heat(struct request *request, struct value *page, const struct picture_said *said, const struct value *threads)
{
    struct heat *heat = ARENA_NEW(request->arena, struct heat);
    struct axis axis = {0};
    for (uint32_t i = 0; i < said->threads.count; i++)
        axis_take(&axis, said->threads.at[i].day);
    for (uint32_t i = 0; i < said->instruments.count; i++)
        if (said->instruments.at[i].told.len)
            axis_take(&axis, said->instruments.at[i].day);
    if (!axis.first_year)
        return;
    heat->first_year = axis.first_year > axis.last_year - HEAT_YEARS ? axis.first_year : axis.last_year - HEAT_YEARS + 1;
    count_threads(request, heat, &said->threads, threads);
    count_instruments(request, heat, &said->instruments);
    if (!heat->sector_count)
        return;
    qsort(heat->rows, heat->sector_count, sizeof *heat->rows, by_name);
    struct value *years = value_list(request->arena, page, "heat_years");
    for (int64_t year = heat->first_year; year <= axis.last_year; year++)
        value_set_int(request->arena, value_add(request->arena, years), "year", year);
    for (uint32_t i = 0; i < heat->sector_count; i++)
        add_heat_row(request->arena, page, heat, i, axis.last_year - heat->first_year + 1);
}

// ---- how a deadline slipped -----------------------------------------------------------------------------------------------
#define SLIPS_TOP 20.0
#define SLIPS_BOTTOM 260.0
#define SLIPS_LEFT 70.0

void picture_slips(struct request *request, struct value *page, const struct value *stages)
{
    struct arena *arena = request->arena;
    struct axis axis = {0};
    uint32_t count = 0;
    for (const struct value *stage = stages->first; stage; stage = stage->next) {
        if (!value_find(stage, "date") || !value_find(stage, "day"))
            continue;
        axis_take(&axis, value_text(stage, "day"));
        axis_take(&axis, value_text(stage, "date"));
        count++;
    }
    if (count < 2)
        return;
    struct value *picture = value_object(arena), *dots = value_list(arena, picture, "dots");
    struct slice path = SLICE("");
    for (const struct value *stage = stages->first; stage; stage = stage->next) {
        int64_t said, due;
        if (!day_number(value_text(stage, "day"), &said) || !day_number(value_text(stage, "date"), &due))
            continue;
        double x = axis_place(&axis, said, SLIPS_LEFT, RIGHT), y = axis_place(&axis, due, SLIPS_BOTTOM, SLIPS_TOP);
        struct value *dot = value_add(arena, dots);
        value_set_tenths(arena, dot, "x", x);
        value_set_tenths(arena, dot, "y", y);
        value_set(arena, dot, "said", value_text(stage, "day"));
        value_set(arena, dot, "due", value_text(stage, "date"));
        path = arena_format(arena, "%s%c%.1f %.1f", path.at, path.len ? 'L' : 'M', x, y);
    }
    value_set(arena, picture, "path", path);
    add_years(arena, picture, &axis, "years", SLIPS_LEFT, RIGHT);
    add_years(arena, picture, &axis, "heights", SLIPS_BOTTOM, SLIPS_TOP);
    picture->key = "slips";
    value_adopt(page, picture);
}

// ---- who signed with whom -------------------------------------------------------------------------------------------------
#define NETWORK_MIDDLE 200.0
#define NETWORK_RADIUS 150.0

static uint32_t find_node(struct slice *nodes, uint32_t *count, struct slice party)
{
    for (uint32_t i = 0; i < *count; i++)
        if (slice_eq(nodes[i], party))
            return i;
    if (*count == NETWORK_PARTIES)
        return NETWORK_PARTIES;
    nodes[*count] = party;
    return (*count)++;
}

static double node_x(uint32_t node, uint32_t count, double radius)
{
    return WIDTH / 2 + radius * sin(2 * M_PI * node / count);
}

static double node_y(uint32_t node, uint32_t count, double radius)
{
    return NETWORK_MIDDLE - radius * cos(2 * M_PI * node / count);
}

static void add_nodes(struct request *request, struct value *picture, const struct slice *nodes, uint32_t count)
{
    struct arena *arena = request->arena;
    for (uint32_t i = 0; i < count; i++) {
        struct value *node = value_add(arena, value_list(arena, picture, "nodes"));
        double x = node_x(i, count, NETWORK_RADIUS + 16);
        value_set(arena, node, "party", nodes[i]);
        value_set_tenths(arena, node, "x", node_x(i, count, NETWORK_RADIUS));
        value_set_tenths(arena, node, "y", node_y(i, count, NETWORK_RADIUS));
        value_set_tenths(arena, node, "name_x", x);
        value_set_tenths(arena, node, "name_y", node_y(i, count, NETWORK_RADIUS + 16) + 4);
        value_set_text(arena, node, "anchor", x < WIDTH / 2 - 5 ? "end" : x > WIDTH / 2 + 5 ? "start" : "middle");
    }
}

void picture_network(struct request *request, struct value *page)
{
    struct arena *arena = request->arena;
    struct value *pairs = ask_kept(request, value_object(arena), "rows", "page_network", &(struct asked){.limit = 24});
    struct slice nodes[NETWORK_PARTIES];
    uint32_t count = 0, *ends = ARENA_ARRAY(arena, uint32_t, 2 * (size_t)pairs->count + 1), at = 0;
    for (const struct value *pair = pairs->first; pair; pair = pair->next, at++) {
        struct slice second = value_text(pair, "id"), first = slice_cut(&second, '-');
        bool two = value_int(pair, "instruments") > 0 && !memchr(second.at, '-', second.len);
        ends[2 * at] = two ? find_node(nodes, &count, first) : NETWORK_PARTIES;
        ends[2 * at + 1] = two ? find_node(nodes, &count, second) : NETWORK_PARTIES;
    }
    if (count < 3)
        return;
    struct value *picture = value_object(arena), *edges = value_list(arena, picture, "edges");
    at = 0;
    for (const struct value *pair = pairs->first; pair; pair = pair->next, at++) {
        if (ends[2 * at] == NETWORK_PARTIES || ends[2 * at + 1] == NETWORK_PARTIES)
            continue;
        struct value *edge = value_add(arena, edges);
        value_set(arena, edge, "pair", value_text(pair, "id"));
        value_set(arena, edge, "name", ui_pair(request->language, arena, value_text(pair, "id")));
        value_set(arena, edge, "instruments", value_text(pair, "instruments"));
        value_set_tenths(arena, edge, "x1", node_x(ends[2 * at], count, NETWORK_RADIUS));
        value_set_tenths(arena, edge, "y1", node_y(ends[2 * at], count, NETWORK_RADIUS));
        value_set_tenths(arena, edge, "x2", node_x(ends[2 * at + 1], count, NETWORK_RADIUS));
        value_set_tenths(arena, edge, "y2", node_y(ends[2 * at + 1], count, NETWORK_RADIUS));
        value_set_tenths(arena, edge, "wide", 1 + 1.5 * log2((double)value_int(pair, "instruments") + 1));
    }
    add_nodes(request, picture, nodes, count);
    picture->key = "network";
    value_adopt(page, picture);
}
