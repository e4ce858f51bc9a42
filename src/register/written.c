// SPDX-License-Identifier: MIT
// Digests of what the file has of a document.
//
// A rebuild asks of each document whether its record and its rows are still what a reader made: of one that it has just read, or, without
// reading, of all documents of a range at once. Rows count in whatever order they stand.
#include "register/written.h"

enum { RECORD_TEXTS = 9, RECORD_SEED = 13 };

static uint64_t column_hash(uint64_t hash, sqlite3_stmt *statement, int column)
{
    if (sqlite3_column_type(statement, column) == SQLITE_INTEGER)
        return mixed(hash, (uint64_t)sqlite3_column_int64(statement, column));
    return mixed_text(hash, store_column(statement, column));
}

// A row as row_hash has it before its claim's number: columns from one on, but for one.
static uint64_t written_hash(sqlite3_stmt *statement, enum row_kind kind, int column, int but)
{
    uint64_t hash = kind;
    int count = sqlite3_column_count(statement);
    for (int i = column; i < count; i++)
        if (i != but)
            hash = column_hash(hash, statement, i);
    return hash;
}

enum { ID, REJECTED, FIRST };       // columns of claims_written and look_claims: `document` is the third

// Whether a claim stands where it is matched if nobody merges bodies, and is not rejected by nobody.
static bool is_placed(const struct registry *registry, sqlite3_stmt *claim)
{
    struct slice kind = store_column(claim, FIRST + CLAIM_KIND), pair = store_column(claim, FIRST + CLAIM_PAIR);
    struct slice scope = store_column(claim, FIRST + CLAIM_SCOPE);
    if (!registry->has_rejects && sqlite3_column_int(claim, REJECTED))
        return false;
    if (!slice_is(kind, "meeting"))
        return slice_eq(scope, pair);
    struct slice type = store_column(claim, FIRST + CLAIM_TYPE);
    return registry->has_merges || (scope.len == pair.len + 1 + type.len && memcmp(scope.at, pair.at, pair.len) == 0 &&
            scope.at[pair.len] == '/' && (!type.len || memcmp(scope.at + pair.len + 1, type.at, type.len) == 0));
}

static void add_written(struct digest *digest, uint64_t hash, uint64_t claim)
{
    digest->rows += mixed(hash, claim);
    digest->count++;
}

// Numbers of claims follow one another as they were written; the first and last of a document.
struct numbers {
    int64_t first, last;
};

static void add_roles_written(struct registry *registry, struct digest *digest, struct numbers claims)
{
    sqlite3_stmt *statement = store_statement(registry, "roles_written");
    store_bind_int(statement, ":from", claims.first);
    store_bind_int(statement, ":until", claims.last);
    while (store_step(registry, statement))
        add_written(digest, written_hash(statement, ROW_ROLE, 2, -1),
                (uint64_t)(sqlite3_column_int64(statement, 0) - claims.first + 1));
}

static sqlite3_stmt *written(struct registry *registry, const char *name, int64_t document)
{
    sqlite3_stmt *statement = store_statement(registry, name);
    store_bind_int(statement, ":document", document);
    return statement;
}

struct digest written_rows(struct registry *registry, int64_t document)
{
    struct digest digest = {0};
    struct numbers claims = {0, -1};
    sqlite3_stmt *statement = written(registry, "claims_written", document);
    while (store_step(registry, statement)) {
        claims.last = sqlite3_column_int64(statement, ID);
        claims.first = digest.count ? claims.first : claims.last;
        add_written(&digest, written_hash(statement, ROW_CLAIM, FIRST + 1, FIRST + CLAIM_SCOPE),
                (uint64_t)(claims.last - claims.first + 1));
        digest.rows += !is_placed(registry, statement);     // by nobody
    }
    add_roles_written(registry, &digest, claims);
    statement = written(registry, "people_written", document);
    while (store_step(registry, statement))
        add_written(&digest, written_hash(statement, ROW_PERSON, 1, -1), 0);
    statement = written(registry, "pairs_written", document);
    while (store_step(registry, statement))
        digest.pairs += pair_hash(store_column(statement, 0)) * (uint64_t)sqlite3_column_int64(statement, 1);
    return digest;
}

int64_t written_number(const struct digest *digest)
{
    return (int64_t)mixed(mixed(mixed(11, digest->rows), digest->pairs), digest->count);
}

int64_t written_record_number(const struct record_line *line)
{
    const struct slice texts[RECORD_TEXTS] = {line->engine, line->language, line->title, line->published, line->day, line->publisher,
            line->codes, line->json, line->annex};
    uint64_t hash = RECORD_SEED;
    for (size_t i = 0; i < RECORD_TEXTS; i++)
        hash = mixed_text(hash, texts[i]);
    return (int64_t)hash;
}

// The same of a statement's columns.
static int64_t record_number(sqlite3_stmt *statement, int column)
{
    uint64_t hash = RECORD_SEED;
    for (int i = 0; i < RECORD_TEXTS; i++)
        hash = mixed_text(hash, store_column(statement, column + i));
    return (int64_t)hash;
}

bool written_is_record(struct registry *registry, int64_t document, int64_t number)
{
    sqlite3_stmt *statement = written(registry, "record_line", document);
    bool same = store_step(registry, statement) && record_number(statement, 0) == number;
    if (statement)
        sqlite3_reset(statement);
    return same;
}

// ---- many at once -----------------------------------------------------------------------------------------------------------
// Rows of one table in the order of their documents.
struct cursor {
    sqlite3_stmt *statement;
    int column;                 // that names the document
    bool more;
};

static struct cursor cursor_open(struct registry *registry, const char *name, const struct look *look, int column)
{
    struct cursor cursor = {store_statement(registry, name), column, false};
    store_bind_int(cursor.statement, ":from", look->from);
    store_bind_int(cursor.statement, ":until", look->until);
    cursor.more = store_step(registry, cursor.statement);
    return cursor;
}

// Whether the row at hand is the document's; rows of documents before it are passed over.
static bool cursor_at(struct registry *registry, struct cursor *cursor, int64_t document)
{
    while (cursor->more && sqlite3_column_int64(cursor->statement, cursor->column) < document)
        cursor->more = store_step(registry, cursor->statement);
    return cursor->more && sqlite3_column_int64(cursor->statement, cursor->column) == document;
}

static void cursor_next(struct registry *registry, struct cursor *cursor)
{
    cursor->more = store_step(registry, cursor->statement);
}

struct claim_read {
    uint64_t hash;
    int64_t id;
};
typedef VEC(struct claim_read) claim_read_vec;

struct looking {
    struct registry *registry;
    struct cursor claims, people, pairs;
    claim_read_vec read;        // those of one document
};

static struct digest look_at_rows(struct looking *looking, int64_t document)
{
    struct registry *registry = looking->registry;
    struct digest digest = {0};
    struct numbers numbers = {INT64_MAX, 0};
    looking->read.count = 0;
    for (struct cursor *claims = &looking->claims; cursor_at(registry, claims, document); cursor_next(registry, claims)) {
        struct claim_read claim = {written_hash(claims->statement, ROW_CLAIM, FIRST + 1, FIRST + CLAIM_SCOPE),
                sqlite3_column_int64(claims->statement, ID)};
        digest.rows += !is_placed(registry, claims->statement);
        numbers.first = claim.id < numbers.first ? claim.id : numbers.first;
        numbers.last = claim.id > numbers.last ? claim.id : numbers.last;
        vec_push(&registry->work, &looking->read, claim);
    }
    for (uint32_t i = 0; i < looking->read.count; i++)
        add_written(&digest, looking->read.at[i].hash, (uint64_t)(looking->read.at[i].id - numbers.first + 1));
    if (looking->read.count)
        add_roles_written(registry, &digest, numbers);
    for (struct cursor *people = &looking->people; cursor_at(registry, people, document); cursor_next(registry, people))
        add_written(&digest, written_hash(people->statement, ROW_PERSON, 1, -1), 0);
    for (struct cursor *pairs = &looking->pairs; cursor_at(registry, pairs, document); cursor_next(registry, pairs))
        digest.pairs += pair_hash(store_column(pairs->statement, 1)) * (uint64_t)sqlite3_column_int64(pairs->statement, 2);
    return digest;
}

void written_look(struct registry *registry, struct look *look)
{
    enum { DOCUMENT, LINE, READER = LINE + RECORD_TEXTS, RECORD, ROWS, AMENDED };    // columns
    struct looking looking = {.registry = registry, .claims = cursor_open(registry, "look_claims", look, FIRST),
            .people = cursor_open(registry, "look_people", look, 0), .pairs = cursor_open(registry, "look_pairs", look, 0)};
    sqlite3_stmt *records = store_statement(registry, "look_records");
    store_bind_int(records, ":from", look->from);
    store_bind_int(records, ":until", look->until);
    look->count = 0;
    while (store_step(registry, records)) {
        int64_t document = sqlite3_column_int64(records, DOCUMENT);
        struct digest digest = look_at_rows(&looking, document);
        struct registry_has has = {.is_known = true, .has_record = sqlite3_column_type(records, LINE) != SQLITE_NULL,
                .record = record_number(records, LINE), .rows = written_number(&digest), .reader = sqlite3_column_int64(records, READER)};
        has.is_noted = has.has_record && sqlite3_column_int64(records, RECORD) == has.record &&
                sqlite3_column_int64(records, ROWS) == has.rows;
        bool is_alike = has.is_noted && has.reader == (int64_t)look->reader && !sqlite3_column_int(records, AMENDED);
        look->documents[look->count++] = (struct looked){document, has, is_alike};
    }
}
