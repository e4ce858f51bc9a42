// SPDX-License-Identifier: MIT
// Which claims speak of the same instrument. Scope: the parties.
//
// Two claims are one instrument if they are of one kind (or one is an unspecified document, or both count the same number), their subjects
// share a sector or have none, and their days lie within SIGNING_DAYS; an instrument that was only planned waits PLANNED_DAYS for its
// signature. Two claims of one report are never one. Claims are gone through in the order of their days.
//
// How far a new claim reaches: before its day nothing changes, so what was known then is put together from the links that claims have. From
// its day on they are matched again, beside what they were matched to before, until on some day all that can still be meant stands the same
// in both. A claim without any day may mean every instrument; where there are such, the scope is matched whole.
#include "register/link.h"

#include <stdlib.h>

#include "doc/date.h"

enum { SIGNING_DAYS = 5, PLANNED_DAYS = 400 };

// What is known of an instrument while claims are gathered into it.
struct instrument {
    const struct claim_row *first;
    int64_t last_document, day;     // of the claim that joined it last
    int64_t made;                   // day of the first
    bool signed_yet;
    struct slice base, link;
};
typedef VEC(struct instrument) instrument_vec;

// Instruments in the order in which claims first told of them, while claims go by in the order of their days.
struct line {
    instrument_vec known;
    uint32_t open;      // none before it can be meant by a claim with a day
};

static int64_t day_of(const struct claim_row *row)
{
    return row->first_day != NO_DAY && !link_is_coarse(row) ? row->first_day : row->said;
}

static bool share_word(struct slice a, struct slice b)
{
    for (struct slice rest = a; rest.len;) {
        struct slice word = slice_cut(&rest, ' ');
        for (struct slice others = b; others.len;)
            if (slice_eq(word, slice_cut(&others, ' ')))
                return true;
    }
    return false;
}

static bool is_firm(const struct claim_row *row)
{
    return slice_is(row->status, "signed") || slice_is(row->status, "in-force") || slice_is(row->status, "approved") ||
            slice_is(row->status, "ended");
}

// What the two have in common, in words; at NULL: they are two.
static struct slice same_instrument(struct registry *registry, const struct instrument *known, const struct claim_row *row)
{
    static const struct slice none = {NULL, 0};
    const struct claim_row *first = known->first;
    if (known->last_document == row->document)
        return none;
    bool kinds = slice_eq(first->type, row->type) || slice_is(first->type, "document") || slice_is(row->type, "document");
    bool packets = first->count > 1 && first->count == row->count;
    bool topics = share_word(first->sectors, row->sectors);
    bool bare = first->sectors.len == 0 && row->sectors.len == 0;
    const char *subject = topics ? "shared sector" : bare ? "no subject" : "the same number of documents";
    if (known->day == NO_DAY || day_of(row) == NO_DAY)
        return kinds && topics && first->count == row->count ? link_text(registry, "kind and %s; a day is missing", subject) : none;
    int64_t apart = day_of(row) - known->day;
    apart = apart < 0 ? -apart : apart;
    if (apart <= SIGNING_DAYS && (packets || (kinds && first->count == row->count && (topics || bare))))
        return link_text(registry, "%s, %s; %lld days apart (at most %d)", kinds ? "kind" : "a packet", subject, (long long)apart,
                SIGNING_DAYS);
    if (apart > SIGNING_DAYS && kinds && topics && first->count == row->count && (!known->signed_yet || !is_firm(row)) &&
            apart <= PLANNED_DAYS)
        return link_text(registry, "kind, %s; planned and signed %lld days apart (at most %d)", subject, (long long)apart, PLANNED_DAYS);
    return none;
}

// What the instrument would be called if this report were the only one: its kind, its day, and the first of its sectors.
static struct slice natural_instrument(struct registry *registry, struct slice scope, const struct claim_row *row)
{
    char day[DATE_EDTF_SIZE] = "undated";
    struct slice rest = row->sectors, sector = slice_cut(&rest, ' ');
    if (day_of(row) != NO_DAY)
        date_edtf((struct date_range){.first = date_from_day_number(day_of(row))}, day);
    return link_text(registry, "%.*s/%.*s/%s%s%.*s", (int)scope.len, scope.at, (int)row->type.len, row->type.at ? row->type.at : "", day,
            sector.len ? "/" : "", (int)sector.len, sector.at ? sector.at : "");
}

// A second instrument of the same kind, day and sector gets a number.
static struct instrument *new_instrument(struct registry *registry, const struct claim_row *row, instrument_vec *known)
{
    struct slice base = row->natural;
    int again = 1;
    for (uint32_t k = known->count; k > 0 && known->at[k - 1].made == day_of(row); k--)
        again += slice_eq(known->at[k - 1].base, base);
    struct instrument new_one = {.first = row, .day = NO_DAY, .made = day_of(row), .base = base, .link = again == 1 ? base
                                 : link_text(registry, "%.*s/%d", (int)base.len, base.at, again)};
    vec_push(&registry->work, known, new_one);
    return &known->at[known->count - 1];
}

static int by_own_day(const void *a, const void *b)
{
    const struct claim_row *x = a, *y = b;
    int64_t one = day_of(x) == NO_DAY ? INT64_MAX : day_of(x), other = day_of(y) == NO_DAY ? INT64_MAX : day_of(y);
    return one != other ? (one < other ? -1 : 1) : link_in_order(x, y, true);
}

// What a claim adds to what is known of its instrument.
static void join(struct instrument *instrument, const struct claim_row *row)
{
    if (day_of(row) != NO_DAY)
        instrument->day = day_of(row);
    instrument->signed_yet |= is_firm(row);
    instrument->last_document = row->document;
}

// The next claim in the order of days. An instrument that nothing of the last PLANNED_DAYS spoke of can only be meant by a report without a
// day, so that the search looks back over a stretch of time, not over all.
static struct instrument *place(struct registry *registry, struct line *line, struct claim_row *row)
{
    struct instrument *found = NULL;
    instrument_vec *known = &line->known;
    while (day_of(row) != NO_DAY && line->open < known->count && known->at[line->open].day < day_of(row) - PLANNED_DAYS)
        line->open++;
    for (uint32_t k = known->count; k > (day_of(row) == NO_DAY ? 0 : line->open) && !found; k--) {
        row->reason = same_instrument(registry, &known->at[k - 1], row);
        found = row->reason.at ? &known->at[k - 1] : NULL;
    }
    if (!found) {
        found = new_instrument(registry, row, known);
        row->reason = SLICE("the first to tell of it");
    }
    row->found = found->link;
    return found;
}

void link_instruments(struct registry *registry, struct slice scope, claim_row_vec *rows)
{
    struct line line = {0};
    if (rows->count)
        qsort(rows->at, rows->count, sizeof *rows->at, by_own_day);
    for (uint32_t i = 0; i < rows->count; i++) {
        struct claim_row *row = &rows->at[i];
        row->natural = natural_instrument(registry, scope, row);
        if (!row->rejected)
            join(place(registry, &line, row), row);
    }
}

// ---- one report more ------------------------------------------------------------------------------------------------------
static void read_between(struct registry *registry, struct slice scope, int64_t first, int64_t last, claim_row_vec *rows)
{
    uint32_t before = rows->count;
    sqlite3_stmt *statement = store_statement(registry, "instruments_between");
    store_bind(statement, ":scope", scope);
    store_bind(statement, ":from", link_day(registry, first));
    store_bind(statement, ":until", link_day(registry, last));
    link_read(registry, statement, rows);
    for (uint32_t i = before; i < rows->count; i++)
        rows->at[i].natural = natural_instrument(registry, scope, &rows->at[i]);
}

static struct instrument *find_link(struct line *line, struct slice link)
{
    for (uint32_t k = line->known.count; k > 0; k--)
        if (slice_eq(line->known.at[k - 1].link, link))
            return &line->known.at[k - 1];
    return NULL;
}

// The next claim, to the instrument that it was matched to before.
static void replay(struct registry *registry, struct line *line, const struct claim_row *row)
{
    struct instrument *instrument = find_link(line, link_before(row));
    if (!instrument) {
        struct instrument first = {.first = row, .day = NO_DAY, .made = day_of(row), .base = row->natural, .link = link_before(row)};
        vec_push(&registry->work, &line->known, first);
        instrument = &line->known.at[line->known.count - 1];
    }
    join(instrument, row);
}

// Whether the claim is of the kind, day and sector that gave the instrument its id: then the first claim to tell of it is of that day.
static bool shares_name(const struct claim_row *row)
{
    struct slice link = link_before(row), rest = {link.at + row->natural.len, link.len - row->natural.len};
    int64_t number;
    if (link.len < row->natural.len || memcmp(link.at, row->natural.at, row->natural.len) != 0)
        return false;
    return rest.len == 0 || (rest.at[0] == '/' && slice_to_int(slice_make(rest.at + 1, rest.len - 1), &number));
}

// Adds the claims from before the stretch that told of its instruments.
static void read_history(struct registry *registry, struct slice scope, claim_row_vec *rows, int64_t first)
{
    struct line seen = {0};
    uint32_t count = rows->count;
    for (int turn = 0; turn < 2; turn++) {
        for (uint32_t i = 0; i < count; i++) {
            if (find_link(&seen, link_before(&rows->at[i])) || (turn == 0 && !shares_name(&rows->at[i])))
                continue;
            struct instrument one = {.link = link_before(&rows->at[i])};
            vec_push(&registry->work, &seen.known, one);
            if (turn == 0)
                continue;
            claim_row_vec all = {0};
            sqlite3_stmt *statement = store_statement(registry, "matched_claims");
            store_bind(statement, ":kind", SLICE("instrument"));
            store_bind(statement, ":scope", scope);
            store_bind(statement, ":link", one.link);
            link_read(registry, statement, &all);
            for (uint32_t k = 0; k < all.count; k++) {
                all.at[k].natural = natural_instrument(registry, scope, &all.at[k]);
                if (day_of(&all.at[k]) < first)
                    vec_push(&registry->work, rows, all.at[k]);
            }
        }
    }
}

// What was known when the day began.
static void read_line(struct registry *registry, struct slice scope, int64_t day, struct line *line)
{
    claim_row_vec rows = {0};
    read_between(registry, scope, day - PLANNED_DAYS, day - 1, &rows);
    read_history(registry, scope, &rows, day - PLANNED_DAYS);
    if (rows.count)
        qsort(rows.at, rows.count, sizeof *rows.at, by_own_day);
    for (uint32_t i = 0; i < rows.count; i++)
        replay(registry, line, &rows.at[i]);
}

static uint32_t next_open(const struct line *line, uint32_t from, int64_t day)
{
    while (from < line->known.count && line->known.at[from].day < day - PLANNED_DAYS)
        from++;
    return from;
}

static bool is_same(const struct instrument *x, const struct instrument *y)
{
    return slice_eq(x->link, y->link) && x->first->id == y->first->id && x->day == y->day && x->last_document == y->last_document &&
            x->signed_yet == y->signed_yet;
}

// Whether the instrument that the claim was matched to stood the same before, or the claim was the first to tell of it then, too: then it
// belongs to it for the same reason.
static bool stands_the_same(struct line *before, const struct instrument *found, const struct claim_row *row)
{
    const struct instrument *known = find_link(before, found->link);
    return known ? is_same(known, found) : found->first == row;
}

// Whether from this day on both lines go on alike: all that can still be meant is the same.
static bool go_on_alike(const struct line *a, const struct line *b, int64_t day)
{
    uint32_t i = 0, k = 0;
    for (;;) {
        i = next_open(a, i, day);
        k = next_open(b, k, day);
        if (i == a->known.count || k == b->known.count)
            return i == a->known.count && k == b->known.count;
        const struct instrument *x = &a->known.at[i++], *y = &b->known.at[k++];
        if (!is_same(x, y))
            return false;
    }
}

// Matches from a day on, with new claims of that day.
static void match_from(struct registry *registry, struct slice scope, int64_t day, const struct claim_row *fresh, uint32_t count,
        link_vec *touched)
{
    struct line before = {0}, now = {0};
    bool alike = false;
    read_line(registry, scope, day, &before);
    for (uint32_t i = 0; i < before.known.count; i++)
        vec_push(&registry->work, &now.known, before.known.at[i]);
    for (int64_t from = day; !alike && !registry->status; from += PLANNED_DAYS + 1) {
        claim_row_vec rows = {0};
        read_between(registry, scope, from, from + PLANNED_DAYS, &rows);
        for (uint32_t i = 0; from == day && i < count; i++)
            vec_push(&registry->work, &rows, fresh[i]);
        if (rows.count == 0)
            return;         // so long a time without a claim: nothing known can be meant any more
        qsort(rows.at, rows.count, sizeof *rows.at, by_own_day);
        for (uint32_t i = 0; i < rows.count && !alike; i++) {
            struct claim_row *row = &rows.at[i];
            alike = day_of(row) > day && (i == 0 || day_of(row) != day_of(row - 1)) && go_on_alike(&before, &now, day_of(row));
            if (alike) {
                rows.count = i;
                break;
            }
            struct instrument *found = place(registry, &now, row);
            row->fixed = link_before(row).at && slice_eq(link_before(row), row->found) && stands_the_same(&before, found, row);
            if (link_before(row).at)
                replay(registry, &before, row);
            join(found, row);
        }
        link_store(registry, &rows, touched);
    }
}

void link_instruments_added(struct registry *registry, struct slice scope, claim_row_vec *fresh, link_vec *touched)
{
    sqlite3_stmt *statement = store_statement(registry, "instruments_undated");
    store_bind(statement, ":scope", scope);
    bool undated = store_step(registry, statement) && sqlite3_column_int(statement, 0) != 0;
    if (statement)
        sqlite3_reset(statement);
    if (undated) {
        link_scope(registry, SLICE("instrument"), scope, false, touched);
        return;
    }
    if (fresh->count)
        qsort(fresh->at, fresh->count, sizeof *fresh->at, by_own_day);
    for (uint32_t i = 0; i < fresh->count; i++)
        fresh->at[i].natural = natural_instrument(registry, scope, &fresh->at[i]);
    for (uint32_t i = 0, next; i < fresh->count && !registry->status; i = next) {
        claim_row_vec of_day = {0}, rejected = {0};
        for (next = i; next < fresh->count && day_of(&fresh->at[next]) == day_of(&fresh->at[i]); next++)
            vec_push(&registry->work, fresh->at[next].rejected ? &rejected : &of_day, fresh->at[next]);
        link_store(registry, &rejected, touched);
        if (of_day.count)
            match_from(registry, scope, day_of(&fresh->at[i]), of_day.at, of_day.count, touched);
    }
}
