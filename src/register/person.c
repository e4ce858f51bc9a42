// SPDX-License-Identifier: MIT
// The line of a person: offices over time, all spellings, and whose words prove it.
//
// Made from the claims that name the person whenever one of them changes. Offices are told with the first and the last day of the reports
// that say so, the latest first; the name is that of a report that writes it in Latin letters, if there is one.
#include <stdlib.h>

#include "register/store.h"

enum { OFFICES_MAX = 6, NAMES_MAX = 12 };     // that a line shows

struct held {
    struct slice office, portfolio, first, last;    // days; at NULL: none known
};

struct naming {
    struct slice name, latin, party, doc, local;
    int64_t document;
};

struct person {
    VEC(struct held) held;
    VEC(struct slice) names;
    VEC(int64_t) documents;
    struct naming best;
};

static bool same(struct slice a, struct slice b)
{
    return (a.at != NULL) == (b.at != NULL) && slice_eq(a, b);
}

static void add_office(struct registry *registry, struct person *person, struct slice office, struct slice portfolio, struct slice day)
{
    uint32_t i = 0;
    while (i < person->held.count && !(slice_eq(person->held.at[i].office, office) && slice_eq(person->held.at[i].portfolio, portfolio)))
        i++;
    if (i == person->held.count) {
        struct held held = {office, portfolio, {NULL, 0}, {NULL, 0}};
        vec_push(&registry->work, &person->held, held);
    }
    struct held *held = &person->held.at[i];
    if (day.at && (!held->first.at || slice_compare(day, held->first) < 0))
        held->first = day;
    if (day.at && (!held->last.at || slice_compare(day, held->last) > 0))
        held->last = day;
}

static void add_name(struct registry *registry, struct person *person, struct slice name)
{
    for (uint32_t i = 0; i < person->names.count; i++)
        if (slice_eq(person->names.at[i], name))
            return;
    vec_push(&registry->work, &person->names, name);
}

// Whether it proves more: written in Latin letters, then more than one word, then by documents.
static bool is_better(const struct naming *a, const struct naming *b)
{
    bool latin = slice_eq(a->name, a->latin), other = slice_eq(b->name, b->latin);
    bool full = memchr(a->latin.at, ' ', a->latin.len) != NULL, other_full = memchr(b->latin.at, ' ', b->latin.len) != NULL;
    if (latin != other)
        return latin;
    if (full != other_full)
        return full;
    int order = slice_compare(a->doc, b->doc);
    return order ? order < 0 : slice_compare(a->local, b->local) < 0;
}

static void add_claim(struct registry *registry, struct person *person, sqlite3_stmt *row)
{
    struct naming naming = {
        .name = store_column_kept(registry, row, 0), .latin = store_column_kept(registry, row, 1), .party = store_column_kept(registry,
                row, 2),
        .document = sqlite3_column_int64(row, 6), .local = store_column_kept(registry, row, 7), .doc = store_column_kept(registry, row, 8),
    };
    struct slice office = store_column_kept(registry, row, 3);
    if (office.at)
        add_office(registry, person, office, store_column_kept(registry, row, 4), store_column_kept(registry, row, 5));
    add_name(registry, person, naming.name);
    vec_push(&registry->work, &person->documents, naming.document);
    if (person->documents.count == 1 || is_better(&naming, &person->best))
        person->best = naming;
}

// ---- writing --------------------------------------------------------------------------------------------------------------
static int by_last_day(const void *a, const void *b)
{
    const struct held *x = a, *y = b;
    int order = (y->last.at != NULL) - (x->last.at != NULL);
    if (order == 0 && x->last.at)
        order = slice_compare(y->last, x->last);
    if (order == 0)
        order = slice_compare(x->office, y->office);
    return order ? order : slice_compare(x->portfolio, y->portfolio);
}

static int by_bytes(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

// Joins texts in the work arena; at NULL if there are none.
static struct slice join(struct registry *registry, const struct slice *texts, uint32_t count, struct slice between)
{
    size_t len = 0;
    for (uint32_t i = 0; i < count; i++)
        len += texts[i].len + between.len;
    char *out = count ? arena_alloc(&registry->work, len + 1) : NULL;
    len = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct slice parts[] = {i ? between : SLICE(""), texts[i]};
        for (int k = 0; k < 2; k++) {
            if (parts[k].len)
                memcpy(out + len, parts[k].at, parts[k].len);
            len += parts[k].len;
        }
    }
    return slice_make(out, len);
}

// "minister energy (2023-01-20/2025-11-27)".
static struct slice office_text(struct registry *registry, const struct held *held)
{
    struct slice none = SLICE("");
    struct slice parts[] = {
        held->office, held->portfolio.len ? SLICE(" ") : none, held->portfolio, held->last.at ? SLICE(" (") : none,
        held->last.at ? held->first : none, held->last.at && !same(held->first, held->last) ? SLICE("/") : none,
        held->last.at && !same(held->first, held->last) ? held->last : none, held->last.at ? SLICE(")") : none,
    };
    return join(registry, parts, sizeof parts / sizeof *parts, none);
}

static void write_line(struct registry *registry, struct slice id, struct person *person)
{
    struct slice offices[OFFICES_MAX];
    uint32_t shown = person->held.count < OFFICES_MAX ? person->held.count : OFFICES_MAX;
    uint32_t names = person->names.count < NAMES_MAX ? person->names.count : NAMES_MAX;
    int64_t reports = 0;
    if (person->held.count)
        qsort(person->held.at, person->held.count, sizeof *person->held.at, by_last_day);
    qsort(person->names.at, person->names.count, sizeof *person->names.at, by_bytes);
    qsort(person->documents.at, person->documents.count, sizeof *person->documents.at, by_number);
    for (uint32_t i = 0; i < shown; i++)
        offices[i] = office_text(registry, &person->held.at[i]);
    for (uint32_t i = 0; i < person->documents.count; i++)
        reports += i == 0 || person->documents.at[i] != person->documents.at[i - 1];
    sqlite3_stmt *statement = store_statement(registry, "person_insert_line");
    store_bind(statement, ":person", id);
    store_bind(statement, ":party", person->best.party);
    store_bind(statement, ":name", person->best.latin);
    store_bind(statement, ":offices", join(registry, offices, shown, SLICE("; ")));
    store_bind(statement, ":spellings", join(registry, person->names.at, names, SLICE(" | ")));
    store_bind_int(statement, ":reports", reports);
    store_bind_int(statement, ":document", person->best.document);
    store_bind(statement, ":local", person->best.local);
    store_run(registry, statement);
}

void person_line(struct registry *registry, struct slice id)
{
    struct person person = {0};
    sqlite3_stmt *statement = store_statement(registry, "person_claims");
    store_bind(statement, ":person", id);
    while (store_step(registry, statement))
        add_claim(registry, &person, statement);
    if (person.documents.count)
        write_line(registry, id, &person);
}

void person_lines(struct registry *registry)
{
    sqlite3_stmt *statement = store_statement(registry, "person_claims_all");
    struct slice id = {NULL, 0};
    struct person person = {0};
    bool more = store_step(registry, statement);
    while (more) {
        if (id.at && !slice_eq(id, store_column(statement, 9))) {
            write_line(registry, id, &person);
            rebuild_forget_work(registry);
            person = (struct person){0};
            id.at = NULL;
        }
        if (!id.at)
            id = store_column_kept(registry, statement, 9);
        add_claim(registry, &person, statement);
        more = store_step(registry, statement);
    }
    if (id.at && !registry->status)
        write_line(registry, id, &person);
}
