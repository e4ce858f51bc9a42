// SPDX-License-Identifier: MIT
// What the reports of a session say together.
//
// For each of date, place and status the claims vote: who says that the session was held goes before who announces it; of those who only
// announce, the latest report; finer dates and places with a city before others; then what most say. What is outvoted is not lost: where
// those who say it was held differ, `disagree` says so. The claim that gave each value is kept beside it.
//
// A session is made again from its claims whenever one of them changes; as of a day in the past it is made from what was said until then,
// in a temporary table, by the same votes.
#include "register/votes.h"

#include <stdlib.h>

#define WHOLE_DAY 10        // bytes of the shortest date that names a day
#define CHAIRS_MAX 8        // that a session's line names: those whom most reports name

// Somebody who chaired, as one report names them.
struct named {
    struct slice person, latin, name, office, portfolio, party, local;
};
typedef VEC(struct named) named_vec;

struct voter {
    int64_t claim, document, ordinal;
    struct slice status, date, city, country, day, doc, local;
    const named_vec *chairs;            // NULL: to be read
};
typedef VEC(struct voter) voter_vec;

// One value and who gives it.
struct value {
    struct slice text, country;         // country: of places alone
    struct slice latest;                // "" where somebody says that it was held
    bool held;
    uint32_t votes;
    const struct voter *best;           // of those who give it
};

struct chair {
    struct slice key, name, office, portfolio, party;
    bool latin;                         // its name is one written in Latin letters
    struct slice doc, local;            // whose words prove it
    int64_t document;
    uint32_t named;                     // how often
};
typedef VEC(struct chair) chair_vec;

static bool is_held(const struct voter *voter)
{
    return slice_is(voter->status, "held");
}

static bool same(struct slice a, struct slice b)
{
    return (a.at != NULL) == (b.at != NULL) && slice_eq(a, b);
}

// None before any.
static int compare(struct slice a, struct slice b)
{
    if (!a.at || !b.at)
        return (a.at != NULL) - (b.at != NULL);
    return slice_compare(a, b);
}

static int by_document(const struct voter *a, const struct voter *b)
{
    int order = compare(a->day, b->day);
    if (order == 0)
        order = slice_compare(a->doc, b->doc);
    return order ? order : slice_compare(a->local, b->local);
}

// Who says that it was held first, then by days and documents.
static bool tells_before(const struct voter *a, const struct voter *b)
{
    return is_held(a) != is_held(b) ? is_held(a) : by_document(a, b) < 0;
}

enum subject { SUBJECT_DATE, SUBJECT_PLACE, SUBJECT_STATUS };

static bool is_better(enum subject subject, const struct value *a, const struct value *b)
{
    int order;
    if (subject == SUBJECT_STATUS && slice_is(a->text, "held") != slice_is(b->text, "held"))
        return slice_is(a->text, "held");
    if (subject != SUBJECT_STATUS && a->held != b->held)
        return a->held;
    if ((order = compare(a->latest, b->latest)) != 0)
        return order > 0;
    if (subject == SUBJECT_DATE && a->text.len != b->text.len)
        return a->text.len > b->text.len;
    if (subject == SUBJECT_PLACE && (a->text.at != NULL) != (b->text.at != NULL))
        return a->text.at != NULL;
    if (a->votes != b->votes)
        return a->votes > b->votes;
    if ((order = compare(a->text, b->text)) != 0)
        return order < 0;
    return tells_before(a->best, b->best);
}

// The value that wins, false if nobody gives one.
static bool elect(struct registry *registry, const voter_vec *voters, enum subject subject, struct value *ret_value)
{
    VEC(struct value) values = {0};
    for (uint32_t i = 0; i < voters->count; i++) {
        const struct voter *voter = &voters->at[i];
        struct slice text = subject == SUBJECT_DATE ? voter->date : subject == SUBJECT_PLACE ? voter->city : voter->status;
        struct slice country = subject == SUBJECT_PLACE ? voter->country : (struct slice){NULL, 0};
        uint32_t k = 0;
        if (!text.at && !country.at)
            continue;
        while (k < values.count && !(same(values.at[k].text, text) && same(values.at[k].country, country)))
            k++;
        if (k == values.count) {
            struct value value = {.text = text, .country = country, .latest = SLICE(""), .best = voter};
            vec_push(&registry->work, &values, value);
        }
        struct value *value = &values.at[k];
        value->votes++;
        value->held |= is_held(voter);
        value->latest = compare(voter->day, value->latest) > 0 ? voter->day : value->latest;
        value->best = tells_before(voter, value->best) ? voter : value->best;
    }
    for (uint32_t k = 0; k < values.count; k++) {
        if (subject != SUBJECT_STATUS && values.at[k].held)
            values.at[k].latest = SLICE("");
        if (k == 0 || is_better(subject, &values.at[k], ret_value))
            *ret_value = values.at[k];
    }
    return values.count > 0;
}

// The claim that tells most.
static const struct voter *proof_of(const voter_vec *voters)
{
    const struct voter *best = &voters->at[0];
    for (uint32_t i = 1; i < voters->count; i++) {
        const struct voter *voter = &voters->at[i];
        int tells = (voter->city.at != NULL) + (voter->date.at != NULL), most = (best->city.at != NULL) + (best->date.at != NULL);
        if (is_held(voter) != is_held(best) ? is_held(voter) : tells != most ? tells > most : by_document(voter, best) < 0)
            best = voter;
    }
    return best;
}

// ---- texts ----------------------------------------------------------------------------------------------------------------
// A text that grows in the work arena.
struct text {
    VEC(char) bytes;
};

static void add(struct registry *registry, struct text *text, struct slice more)
{
    for (size_t i = 0; i < more.len; i++)
        vec_push(&registry->work, &text->bytes, more.at[i]);
}

static struct slice text_slice(const struct text *text)
{
    return text->bytes.count ? slice_make(text->bytes.at, text->bytes.count) : (struct slice){NULL, 0};
}

static int by_bytes(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

// Adds the values, each once and in order, if there are several: "Moscow or Islamabad".
static void add_differing(struct registry *registry, struct text *text, struct slice *values, uint32_t count)
{
    if (count)
        qsort(values, count, sizeof *values, by_bytes);
    if (count == 0 || slice_eq(values[0], values[count - 1]))
        return;
    if (text->bytes.count)
        add(registry, text, SLICE("; "));
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && slice_eq(values[i], values[i - 1]))
            continue;
        if (i > 0)
            add(registry, text, SLICE(" or "));
        add(registry, text, values[i]);
    }
}

// What those who say that it was held say differently: whole days, and cities.
static struct slice disagreement(struct registry *registry, const voter_vec *voters)
{
    struct text text = {0};
    struct slice *values = ARENA_ARRAY(&registry->work, struct slice, voters->count);
    for (int part = 0; part < 2; part++) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < voters->count; i++) {
            const struct voter *voter = &voters->at[i];
            struct slice value = part ? voter->city : voter->date;
            if (is_held(voter) && value.at && (part || value.len >= WHOLE_DAY))
                values[count++] = value;
        }
        add_differing(registry, &text, values, count);
    }
    return text_slice(&text);
}

// ---- chairs ---------------------------------------------------------------------------------------------------------------
// A name in Latin letters before one that was written over, then the later in the alphabet, which is mostly the longer.
static bool is_better_name(bool latin, struct slice name, const struct chair *than)
{
    return latin != than->latin ? latin : slice_compare(name, than->name) > 0;
}

static void add_chair(struct registry *registry, const struct voter *voter, const struct named *named, chair_vec *chairs)
{
    struct chair one = {
        .key = named->person.at ? named->person : named->latin, .name = named->latin, .latin = slice_eq(named->latin, named->name),
        .office = named->office, .portfolio = named->portfolio, .party = named->party, .doc = voter->doc, .document = voter->document,
        .local = named->local, .named = 1,
    };
    for (uint32_t i = 0; i < chairs->count; i++) {
        struct chair *chair = &chairs->at[i];
        if (!slice_eq(chair->key, one.key))
            continue;
        chair->named++;
        if (is_better_name(one.latin, one.name, chair)) {
            chair->name = one.name;
            chair->latin = one.latin;
        }
        chair->office = compare(one.office, chair->office) > 0 ? one.office : chair->office;
        chair->portfolio = compare(one.portfolio, chair->portfolio) > 0 ? one.portfolio : chair->portfolio;
        chair->party = compare(one.party, chair->party) > 0 ? one.party : chair->party;
        int order = slice_compare(one.doc, chair->doc);
        if (order < 0 || (order == 0 && slice_compare(one.local, chair->local) < 0)) {
            chair->doc = one.doc;
            chair->document = one.document;
            chair->local = one.local;
        }
        return;
    }
    vec_push(&registry->work, chairs, one);
}

static int by_party(const void *a, const void *b)
{
    const struct chair *x = a, *y = b;
    int order = slice_compare(x->party, y->party);
    return order ? order : slice_compare(x->key, y->key);
}

static int by_named(const void *a, const void *b)
{
    const struct chair *x = a, *y = b;
    return x->named != y->named ? (x->named < y->named) - (x->named > y->named) : slice_compare(x->key, y->key);
}

static void read_named(struct registry *registry, sqlite3_stmt *row, int column, named_vec *named)
{
    struct named one = {
        .person = store_column_kept(registry, row, column), .latin = store_column_kept(registry, row, column + 1),
        .name = store_column_kept(registry, row, column + 2), .office = store_column_kept(registry, row, column + 3),
        .portfolio = store_column_kept(registry, row, column + 4), .party = store_column_kept(registry, row, column + 5),
        .local = store_column_kept(registry, row, column + 6),
    };
    vec_push(&registry->work, named, one);
}

static void gather_chairs(struct registry *registry, const voter_vec *voters, chair_vec *chairs)
{
    for (uint32_t i = 0; i < voters->count; i++) {
        const struct voter *voter = &voters->at[i];
        named_vec read = {0};
        sqlite3_stmt *statement = voter->chairs ? NULL : store_statement(registry, "vote_chairs");
        store_bind_int(statement, ":claim", voter->claim);
        store_bind_int(statement, ":document", voter->document);
        while (statement && store_step(registry, statement))
            read_named(registry, statement, 0, &read);
        const named_vec *named = voter->chairs ? voter->chairs : &read;
        for (uint32_t k = 0; k < named->count; k++)
            add_chair(registry, voter, &named->at[k], chairs);
    }
    if (chairs->count > CHAIRS_MAX) {
        qsort(chairs->at, chairs->count, sizeof *chairs->at, by_named);
        chairs->count = CHAIRS_MAX;
    }
    if (chairs->count)
        qsort(chairs->at, chairs->count, sizeof *chairs->at, by_party);
}

static struct slice digits_of(struct registry *registry, int64_t number)
{
    char *out = arena_alloc(&registry->work, 24), *at = out + 24;
    do
        *--at = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    return slice_make(at, (size_t)(out + 24 - at));
}

// "name (office sector, PARTY); …", and where each stands: [[document, "p1"], …]. Local ids are words of the record, without quotes.
static void write_chairs(struct registry *registry, const chair_vec *chairs, struct text *names, struct text *claims)
{
    for (uint32_t i = 0; i < chairs->count; i++) {
        const struct chair *chair = &chairs->at[i];
        if (i)
            add(registry, names, SLICE("; "));
        add(registry, names, chair->name);
        add(registry, names, SLICE(" ("));
        add(registry, names, chair->office);
        if (chair->portfolio.len) {
            add(registry, names, SLICE(" "));
            add(registry, names, chair->portfolio);
        }
        if (chair->party.len) {
            add(registry, names, SLICE(", "));
            add(registry, names, chair->party);
        }
        add(registry, names, SLICE(")"));
        add(registry, claims, i ? SLICE(",[") : SLICE("[["));
        add(registry, claims, digits_of(registry, chair->document));
        add(registry, claims, SLICE(",\""));
        for (size_t k = 0; k < chair->local.len; k++)
            if (chair->local.at[k] != '"' && chair->local.at[k] != '\\' && (unsigned char)chair->local.at[k] >= 0x20)
                add(registry, claims, slice_make(chair->local.at + k, 1));
        add(registry, claims, i + 1 < chairs->count ? SLICE("\"]") : SLICE("\"]]"));
    }
}

// ---- the session ----------------------------------------------------------------------------------------------------------
static uint32_t count_different(struct registry *registry, const voter_vec *voters)
{
    struct slice *dates = ARENA_ARRAY(&registry->work, struct slice, voters->count);
    uint32_t count = 0, different = 0;
    for (uint32_t i = 0; i < voters->count; i++)
        if (voters->at[i].date.at)
            dates[count++] = voters->at[i].date;
    if (count)
        qsort(dates, count, sizeof *dates, by_bytes);
    for (uint32_t i = 0; i < count; i++)
        different += i == 0 || !slice_eq(dates[i], dates[i - 1]);
    return different;
}

static int by_number(const void *a, const void *b)
{
    const struct voter *x = a, *y = b;
    int order = (x->document > y->document) - (x->document < y->document);
    return order ? order : (x->claim > y->claim) - (x->claim < y->claim);
}

static uint32_t count_reports(voter_vec *voters)
{
    uint32_t reports = 0;
    qsort(voters->at, voters->count, sizeof *voters->at, by_number);
    for (uint32_t i = 0; i < voters->count; i++)
        reports += i == 0 || voters->at[i].document != voters->at[i - 1].document;
    return reports;
}

// What a session's claims say together; false: none says anything of it. The texts are the claims' or in the work arena.
static bool elect_session(struct registry *registry, struct slice id, voter_vec *voters, struct session_line *line)
{
    struct value date, place, status;
    struct text names = {0}, claims = {0};
    chair_vec chairs = {0};
    *line = (struct session_line){.id = id, .reports = count_reports(voters)};
    if (!elect(registry, voters, SUBJECT_STATUS, &status))
        return false;
    for (uint32_t i = 0; i < voters->count; i++) {
        line->said_on = compare(voters->at[i].day, line->said_on) > 0 ? voters->at[i].day : line->said_on;
        line->ordinal = voters->at[i].ordinal > line->ordinal ? voters->at[i].ordinal : line->ordinal;
    }
    line->status = status.text;
    line->status_claim = status.best->claim;
    if (elect(registry, voters, SUBJECT_DATE, &date)) {
        line->date = date.text;
        line->date_claim = date.best->claim;
    }
    if (elect(registry, voters, SUBJECT_PLACE, &place)) {
        line->city = place.text;
        line->country = place.country;
        line->place_claim = place.best->claim;
    }
    gather_chairs(registry, voters, &chairs);
    write_chairs(registry, &chairs, &names, &claims);
    line->chairs = text_slice(&names);
    line->chair_claims = text_slice(&claims);
    line->announced = count_different(registry, voters);
    line->proof = proof_of(voters)->claim;
    line->disagree = disagreement(registry, voters);
    return true;
}

static void bind_number(sqlite3_stmt *statement, const char *name, int64_t number)
{
    if (number)
        store_bind_int(statement, name, number);
}

static void write_line(struct registry *registry, const char *into, const struct session_line *line)
{
    sqlite3_stmt *statement = store_statement(registry, into);
    store_bind(statement, ":id", line->id);
    store_bind(statement, ":status", line->status);
    store_bind_int(statement, ":status_claim", line->status_claim);
    bind_number(statement, ":ordinal", line->ordinal);
    store_bind(statement, ":date", line->date);
    bind_number(statement, ":date_claim", line->date_claim);
    store_bind(statement, ":city", line->city);
    store_bind(statement, ":country", line->country);
    bind_number(statement, ":place_claim", line->place_claim);
    store_bind(statement, ":chairs", line->chairs);
    store_bind(statement, ":chair_claims", line->chair_claims);
    store_bind_int(statement, ":announced", line->announced);
    store_bind_int(statement, ":reports", line->reports);
    store_bind(statement, ":said_on", line->said_on);
    store_bind_int(statement, ":proof", line->proof);
    store_bind(statement, ":disagree", line->disagree);
    store_run(registry, statement);
}

static void write_session(struct registry *registry, const char *into, struct slice id, voter_vec *voters)
{
    struct session_line line;
    if (elect_session(registry, id, voters, &line))
        write_line(registry, into, &line);
}

static void read_voter(struct registry *registry, sqlite3_stmt *row, voter_vec *voters)
{
    struct voter voter = {
        .claim = sqlite3_column_int64(row, 0), .document = sqlite3_column_int64(row, 1), .ordinal = sqlite3_column_int64(row, 2),
        .status = store_column_kept(registry, row, 3), .date = store_column_kept(registry, row, 4), .city = store_column_kept(registry,
                row, 5),
        .country = store_column_kept(registry, row, 6), .day = store_column_kept(registry, row, 7), .doc = store_column_kept(registry,
                row, 8),
        .local = store_column_kept(registry, row, 9),
    };
    vec_push(&registry->work, voters, voter);
}

void votes_renew(struct registry *registry, struct slice id)
{
    voter_vec voters = {0};
    sqlite3_stmt *statement = store_statement(registry, "vote_claims");
    store_bind(statement, ":id", id);
    while (store_step(registry, statement))
        read_voter(registry, statement, &voters);
    struct session_line line;
    const bool is_told = voters.count && !registry->status && elect_session(registry, id, &voters, &line);
    if (is_told)
        write_line(registry, "session_update", &line);
    if (is_told && sqlite3_changes(registry->db) > 0)
        return;
    statement = store_statement(registry, "session_clear");
    store_bind(statement, ":id", id);
    store_run(registry, statement);
    if (is_told)
        write_line(registry, "session_insert", &line);
}

// Sessions one after the other, from a statement whose rows are in the order of their links, once for each chair.
struct reading_votes {
    struct registry *registry;
    sqlite3_stmt *statement;
    voter_vec voters;
    struct slice id;
    bool more;
};

enum { VOTE_LINK = 10, VOTE_CHAIR = 11, VOTE_CHAIR_LOCAL = 17 };     // columns

// The claims of the next session, in the work arena; false: there is none.
static bool next_session(struct reading_votes *votes)
{
    struct registry *registry = votes->registry;
    named_vec *chairs = NULL;           // of the claim that was read last
    votes->voters = (voter_vec){0};
    votes->id = votes->more ? store_column_kept(registry, votes->statement, VOTE_LINK) : (struct slice){NULL, 0};
    for (; votes->more && slice_eq(votes->id, store_column(votes->statement, VOTE_LINK));
            votes->more = store_step(registry, votes->statement)) {
        voter_vec *voters = &votes->voters;
        if (!voters->count || voters->at[voters->count - 1].claim != sqlite3_column_int64(votes->statement, 0)) {
            read_voter(registry, votes->statement, voters);
            voters->at[voters->count - 1].chairs = chairs = ARENA_NEW(&registry->work, named_vec);
        }
        if (sqlite3_column_type(votes->statement, VOTE_CHAIR_LOCAL) != SQLITE_NULL)
            read_named(registry, votes->statement, VOTE_CHAIR, chairs);
    }
    return votes->voters.count > 0 && !registry->status;
}

void votes_renew_all(struct registry *registry)
{
    struct reading_votes votes = {.registry = registry, .statement = store_statement(registry, "vote_claims_all")};
    votes.more = store_step(registry, votes.statement);
    for (rebuild_forget_work(registry); next_session(&votes); rebuild_forget_work(registry))
        write_session(registry, "session_insert", votes.id, &votes.voters);
}

void votes_of_scope(struct registry *registry, struct slice scope, session_line_vec *lines)
{
    struct session_line line;
    struct reading_votes votes = {.registry = registry, .statement = store_statement(registry, "vote_claims_scope")};
    store_bind(votes.statement, ":scope", scope);
    votes.more = store_step(registry, votes.statement);
    while (next_session(&votes))
        if (elect_session(registry, votes.id, &votes.voters, &line))
            vec_push(&registry->work, lines, line);
}

void votes_write(struct registry *registry, const session_line_vec *lines)
{
    for (uint32_t i = 0; i < lines->count && !registry->status; i++)
        write_line(registry, "session_insert", &lines->at[i]);
}

void votes_as_of(struct registry *registry, const char *sessions, struct slice pair, struct slice day)
{
    link_vec ids = {0};
    sqlite3_stmt *statement = store_statement(registry, sessions);
    store_bind(statement, ":pair", pair);
    store_bind(statement, ":as_of", day);
    while (store_step(registry, statement))
        vec_push(&registry->work, &ids, store_column_kept(registry, statement, 0));
    for (uint32_t i = 0; i < ids.count && !registry->status; i++) {
        voter_vec voters = {0};
        statement = store_statement(registry, "session_then_copy");
        store_bind(statement, ":id", ids.at[i]);
        store_bind(statement, ":as_of", day);
        store_run(registry, statement);
        if (registry->status || sqlite3_changes(registry->db) > 0)
            continue;
        statement = store_statement(registry, "vote_claims");
        store_bind(statement, ":id", ids.at[i]);
        store_bind(statement, ":as_of", day);
        while (store_step(registry, statement))
            read_voter(registry, statement, &voters);
        if (voters.count)
            write_session(registry, "session_then_insert", ids.at[i], &voters);
    }
}
