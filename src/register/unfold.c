// SPDX-License-Identifier: MIT
// One record into rows: its document's line, its claims, its people, their roles, its words for the full text.
//
// What people said of single claims is laid into the record first (amend.c); what is kept is the reader's own.
//
// The record is walked as the JSON that it is published as, so that a record of another engine could be registered as well; the annex
// (report/annex.h) may be missing. SQL over the JSON did the same and took four times as long, as each statement reads the text again.
//
// Making the rows and writing them are two steps. Rows are made in memory, without the file: while all is made again the threads that read
// reports do that, too, and compare them by a digest with those that the file has. The one who writes has only to bind values, in the order
// of the statements' columns, and that for reports of which something else is said than before. What is needed meanwhile is in the work
// arena, so that nothing is lost when that unwinds; the codes for full text are in a buffer of the register's.
//
// Each claim is written with the link that it would have alone: mostly it is the one that it will have, and need not be moved in the
// indexes of links when it is matched. That it was not matched yet is told by `how`, which is missing until then but where all is made
// again. Instruments of a new report come without: matching looks for those that have a link in an index that does not have `how`.
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "doc/date.h"
#include "register/amend.h"
#include "register/link.h"
#include "register/store.h"
#include "register/tree.h"
#include "register/written.h"

#define CODES_MAX 48            // codes of one list
#define CODES_TEXT 1024         // bytes of a joined list

// Begins and ends in the stored text, in order.
struct spans {
    int64_t *at;                // begin, end, begin, end …
    size_t count;               // of pairs
};

#define PAIRS_KEPT 8
struct counted_pair {
    char text[CODES_TEXT];
    size_t len;
    int64_t claims;
};

// One value of a row. Which document and which claim it is of, only the writer knows.
enum cell_kind { CELL_NULL, CELL_TEXT, CELL_NUMBER, CELL_DOCUMENT, CELL_CLAIM };
struct cell {
    const char *at;
    int64_t number;             // of a text: its bytes
    enum cell_kind kind;
};

struct row {
    enum row_kind kind;
    uint32_t first, count;      // of its cells
};

// All rows of one document: a claim's roles stand behind it.
struct ready {
    VEC(struct cell) cells;
    VEC(struct row) rows;
    struct slice language, title, published, day, publisher, codes;     // of the record's line
    struct digest digest;       // of all rows
};

struct unfolding {
    struct registry *registry;
    struct ready *ready;
    const struct tree *record_tree, *annex_tree;
    const struct node *record, *annex;      // NULL: none
    struct spans sentences, headlines;      // of the annex
    struct slice day;           // of the report; at NULL none
    struct slice doc;
    struct buf *codes;          // the register's
    bool alone;                 // claims are written with the links that they would have alone
};

// Rows on their way into the file.
struct writing {
    struct registry *registry;
    const struct ready *ready;
    int64_t document, claim;
    bool all;                   // everything is made again
    bool is_amended;            // by people: what the rows say is not the reader's alone
    size_t pair_count;
    struct counted_pair pairs[PAIRS_KEPT];
};

// ---- values of the record ---------------------------------------------------------------------------------------------------
static const struct node *node_at(const struct unfolding *u, const struct node *object, const char *key)
{
    return tree_at(u->record_tree, object, key);
}

static struct slice text_at(const struct unfolding *u, const struct node *object, const char *key)
{
    return tree_text(node_at(u, object, key));
}

static int by_bytes(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

// The codes of a list, each once; what is too much is left out.
static struct slice join_codes(const struct tree *tree, const struct node *list, char separator, bool sorted, char out[CODES_TEXT])
{
    struct slice codes[CODES_MAX];
    size_t found = 0, len = 0;
    for (const struct node *value = tree_first(tree, list); value; value = tree_next(tree, value)) {
        struct slice code = tree_text(value);
        if (code.at && found < CODES_MAX)
            codes[found++] = code;
    }
    if (sorted)
        qsort(codes, found, sizeof *codes, by_bytes);
    for (size_t i = 0; i < found; i++) {
        if ((sorted && i > 0 && slice_eq(codes[i], codes[i - 1])) || len + codes[i].len + 1 > CODES_TEXT)
            continue;
        if (len > 0)
            out[len++] = separator;
        memcpy(out + len, codes[i].at, codes[i].len);
        len += codes[i].len;
    }
    return slice_make(out, len);
}

// What the annex has under a key for one claim.
static const struct node *annexed(const struct unfolding *u, const char *key, struct slice local)
{
    return tree_at_slice(u->annex_tree, tree_at(u->annex_tree, u->annex, key), local);
}

// Names as the annex gives them, joined by "|"; at NULL: none.
static struct slice join_names(const struct unfolding *u, const char *key, struct slice local, char out[CODES_TEXT])
{
    struct slice names = join_codes(u->annex_tree, annexed(u, key, local), '|', true, out);
    return names.len ? names : (struct slice){NULL, 0};
}

static struct spans read_spans(const struct unfolding *u, const char *key)
{
    const struct node *list = tree_at(u->annex_tree, u->annex, key);
    struct spans spans = {.at = list && list->count ? ARENA_ARRAY(&u->registry->work, int64_t, list->count) : NULL};
    size_t count = 0;
    for (const struct node *value = spans.at ? tree_first(u->annex_tree, list) : NULL; value; value = tree_next(u->annex_tree, value))
        if (!tree_int(value, &spans.at[count++]))
            spans.at[count - 1] = 0;
    spans.count = count / 2;
    return spans;
}

// The first or last day of an EDTF date, as EDTF; at NULL: none.
static struct slice edge_of(struct slice text, bool last, char out[DATE_EDTF_SIZE])
{
    struct date_range range;
    if (!text.at || !date_parse_edtf(text, &range) || !range.first.year)
        return (struct slice){NULL, 0};
    struct date date = last ? date_last_day(range) : date_first_day(range);
    return slice_make(out, (size_t)date_edtf((struct date_range){.first = date}, out));
}

// ---- rows -----------------------------------------------------------------------------------------------------------------
static void row_begin(struct unfolding *u, enum row_kind kind)
{
    struct row row = {kind, u->ready->cells.count, 0};
    vec_push(&u->registry->work, &u->ready->rows, row);
}

static void put(struct unfolding *u, struct cell cell)
{
    vec_push(&u->registry->work, &u->ready->cells, cell);
    u->ready->rows.at[u->ready->rows.count - 1].count++;
}

// A text that stays as long as the rows do; at NULL: none.
static void put_text(struct unfolding *u, struct slice text)
{
    put(u, (struct cell){text.at, (int64_t)text.len, text.at ? CELL_TEXT : CELL_NULL});
}

// One that does not.
static void put_copy(struct unfolding *u, struct slice text)
{
    put_text(u, text.at ? arena_copy(&u->registry->work, text) : text);
}

static void put_int(struct unfolding *u, int64_t value)
{
    put(u, (struct cell){NULL, value, CELL_NUMBER});
}

static void put_number(struct unfolding *u, const struct node *value)
{
    int64_t number = 0;
    bool is_number = tree_int(value, &number);
    put(u, (struct cell){NULL, number, is_number ? CELL_NUMBER : CELL_NULL});
}

// The number of the span in which a byte lies; `count` if there is none.
static size_t span_around(const struct spans *spans, int64_t byte)
{
    size_t low = 0, high = spans->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spans->at[middle * 2] <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low && byte >= 0 && spans->at[low * 2 - 1] > byte ? low - 1 : spans->count;
}

static int64_t begin_of(const struct unfolding *u, const struct node *evidence)
{
    int64_t begin;
    return tree_int(node_at(u, evidence, "begin"), &begin) ? begin : -1;
}

// Its first words, and those that people see: the first that are no headline, with the sentence around them.
static void put_evidence(struct unfolding *u, const struct node *claim, bool anchored)
{
    const struct node *first = tree_first(u->record_tree, node_at(u, claim, "evidence")), *shown = first;
    for (const struct node *evidence = first; evidence; evidence = tree_next(u->record_tree, evidence)) {
        int64_t begin = begin_of(u, evidence);
        if (span_around(&u->headlines, begin) == u->headlines.count && span_around(&u->sentences, begin) < u->sentences.count) {
            shown = evidence;
            break;
        }
    }
    if (anchored)
        put_number(u, node_at(u, first, "begin"));
    put_number(u, node_at(u, shown, "begin"));
    put_number(u, node_at(u, shown, "end"));
    put_text(u, text_at(u, shown, "quote"));
    size_t sentence = span_around(&u->sentences, begin_of(u, shown));
    for (int end = 0; end < 2; end++) {
        if (sentence == u->sentences.count)
            put(u, (struct cell){0});
        else
            put_int(u, u->sentences.at[sentence * 2 + (size_t)end]);
    }
}

// ---- claims ---------------------------------------------------------------------------------------------------------------
// What differs between the kinds of claims.
struct claim_part {
    const char *kind, *type_key, *status_key, *date_key, *subject_key;
    int part;
    struct slice about;
};

static void add_codes(struct unfolding *u, struct slice codes)
{
    if (!codes.len)
        return;
    if (u->codes->len)
        buf_add_char(u->codes, ' ');
    buf_add(u->codes, codes);
}

static struct slice body_name(const struct unfolding *u, const struct node *claim)
{
    struct slice id = text_at(u, claim, "body");
    for (const struct node *body = tree_first(u->record_tree, node_at(u, u->record, "bodies")); body; body = tree_next(u->record_tree,
            body)) {
        if (id.at && slice_eq(text_at(u, body, "id"), id))
            return text_at(u, body, "name");
    }
    return (struct slice){NULL, 0};
}

// The day of a commitment in a report without a date: that of the meeting it belongs to.
static struct slice meeting_day(const struct unfolding *u, struct slice id, char out[DATE_EDTF_SIZE])
{
    for (const struct node *meeting = tree_first(u->record_tree, node_at(u, u->record,
            "meetings")); meeting; meeting = tree_next(u->record_tree, meeting)) {
        if (id.at && slice_eq(text_at(u, meeting, "id"), id))
            return edge_of(text_at(u, meeting, "date"), true, out);
    }
    return (struct slice){NULL, 0};
}

static int64_t day_number(struct slice text)
{
    struct date_range range;
    return text.at && date_parse_edtf(text, &range) && range.first.year ? date_day_number(range.first) : NO_DAY;
}

// The day by which it is looked for when claims are matched; at NULL: none.
static struct slice own_day(const char *kind, struct slice date, struct slice first, struct slice said)
{
    static const struct slice none = {NULL, 0};
    struct date_range range;
    if (slice_is(slice_from(kind), "meeting"))
        return first;
    if (slice_is(slice_from(kind), "commitment"))
        return none;
    if (!first.at || !date_parse_edtf(date, &range))
        return said;
    return date_day_number(date_last_day(range)) - date_day_number(date_first_day(range)) >= COARSE_DAYS ? said : first;
}

// How firm: as questions rank claims. Among instruments one that tells its day and its subject goes before others.
static void put_weight(struct unfolding *u, const struct claim_part *part, const struct node *claim)
{
    static const struct {
        const char *kind, *status;
        int firm;
    } weights[] = {
        {"instrument", "ended", 7}, {"instrument", "in-force", 6}, {"instrument", "approved", 5}, {"instrument", "signed", 4},
        {"instrument", "agreed", 3}, {"instrument", "planned", 2}, {"commitment", "agreed", 4}, {"commitment", "planned", 4},
        {"commitment", "done", 4}, {"commitment", "proposed", 3}, {"commitment", "supported", 2}, {"commitment", "discussed", 1},
    };
    bool is_instrument = strcmp(part->kind, "instrument") == 0;
    int firm = is_instrument ? 1 : 0;
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++)
        if (strcmp(weights[i].kind, part->kind) == 0 && slice_is(text_at(u, claim, part->status_key), weights[i].status))
            firm = weights[i].firm;
    if (is_instrument)
        firm = firm * 4 + (text_at(u, claim, part->date_key).at ? 2 : 0) + (text_at(u, claim, part->subject_key).at ? 1 : 0);
    put_int(u, firm);
}

// One row of `claim`; false: the record gives it no id.
static bool add_claim(struct unfolding *u, const struct node *claim, const struct claim_part *part)
{
    char pair[CODES_TEXT], sectors[CODES_TEXT], concepts[CODES_TEXT], names[CODES_TEXT], hints[CODES_TEXT], scope[CODES_TEXT * 2];
    char first[DATE_EDTF_SIZE], last[DATE_EDTF_SIZE], met[DATE_EDTF_SIZE];
    bool is_meeting = slice_is(slice_from(part->kind), "meeting"), is_commitment = slice_is(slice_from(part->kind), "commitment");
    const struct node *place = node_at(u, claim, "place");
    struct slice local = text_at(u, claim, "id"), date = text_at(u, claim, part->date_key), meeting = text_at(u, claim, "meeting");
    struct slice type = part->type_key ? text_at(u, claim, part->type_key) : (struct slice){NULL, 0};
    struct slice parties = join_codes(u->record_tree, node_at(u, claim, "parties"), '-', true, pair);
    struct slice first_day = edge_of(date, false, first), last_day = edge_of(date, true, last);
    struct slice day = u->day.at ? u->day : is_commitment ? meeting_day(u, meeting, met) : edge_of(date, true, met);
    if (!local.at)
        return false;
    row_begin(u, ROW_CLAIM);
    put(u, (struct cell){.kind = CELL_DOCUMENT});
    put_text(u, u->doc);
    put_text(u, local);
    put_int(u, part->part);
    put_text(u, slice_from(part->kind));
    put_copy(u, parties);
    put_text(u, type);
    put_text(u, text_at(u, claim, part->status_key));
    put_number(u, node_at(u, claim, "ordinal"));
    put_text(u, date);
    put_copy(u, first_day);
    put_copy(u, last_day);
    put_text(u, text_at(u, place, "city"));
    put_text(u, text_at(u, place, "country"));
    put_text(u, is_meeting ? body_name(u, claim) : (struct slice){NULL, 0});
    put_number(u, node_at(u, claim, "count"));
    put_text(u, part->subject_key ? text_at(u, claim, part->subject_key) : (struct slice){NULL, 0});
    struct slice sector_codes = join_codes(u->record_tree, node_at(u, claim, "sectors"), ' ', !is_commitment, sectors);
    struct slice concept_codes = join_codes(u->record_tree, node_at(u, claim, "concepts"), ' ', false, concepts);
    put_copy(u, sector_codes);
    put_copy(u, concept_codes);
    put_text(u, part->about);
    put_copy(u, is_commitment ? join_names(u, "names", local, names) : (struct slice){NULL, 0});
    put_copy(u, is_commitment ? join_names(u, "hints", local, hints) : (struct slice){NULL, 0});
    put_text(u, is_commitment ? tree_text(annexed(u, "listed", local)) : (struct slice){NULL, 0});
    put_text(u, text_at(u, claim, "by"));
    put_text(u, meeting);
    put_copy(u, day);
    put_evidence(u, claim, true);
    put_number(u, node_at(u, claim, "decision"));
    int len = is_meeting ? snprintf(scope, sizeof scope, "%.*s/%.*s", (int)parties.len, parties.at, (int)type.len, type.at ? type.at : "")
                         : snprintf(scope, sizeof scope, "%.*s", (int)parties.len, parties.at);
    put_copy(u, slice_make(scope, (size_t)len));
    put_copy(u, own_day(part->kind, date, first_day, day));
    put_weight(u, part, claim);
    if (u->alone || is_meeting || is_commitment) {
        struct claim_row row = {
            .doc = u->doc, .local = local, .part = part->part, .type = type, .status = text_at(u, claim, part->status_key),
                    .date = date,
            .first = first_day, .first_day = day_number(first_day), .last_day = day_number(last_day), .said = day_number(day),
            .sectors = sector_codes, .about = part->about,
        };
        tree_int(node_at(u, claim, "ordinal"), &row.ordinal);
        tree_int(node_at(u, claim, "count"), &row.count);
        link_alone(u->registry, slice_from(part->kind), slice_make(scope, (size_t)len), &row);
        put_copy(u, row.natural);
        put_copy(u, row.found);
        put_copy(u, u->alone ? row.reason : (struct slice){NULL, 0});
    }
    if (part->part == 0) {
        add_codes(u, sector_codes);
        add_codes(u, concept_codes);
        add_codes(u, type);
    }
    return true;
}

static void add_roles(struct unfolding *u, const struct node *people, const char *role)
{
    for (const struct node *person = tree_first(u->record_tree, people); person; person = tree_next(u->record_tree, person)) {
        row_begin(u, ROW_ROLE);
        put(u, (struct cell){.kind = CELL_CLAIM});
        put_text(u, tree_text(person));
        put_text(u, slice_from(role));
    }
}

static void add_meetings(struct unfolding *u)
{
    static const struct claim_part part = {.kind = "meeting", .type_key = "type", .status_key = "status", .date_key = "date"};
    for (const struct node *claim = tree_first(u->record_tree, node_at(u, u->record,
            "meetings")); claim; claim = tree_next(u->record_tree, claim)) {
        if (!add_claim(u, claim, &part))
            continue;
        add_roles(u, node_at(u, claim, "chairs"), "chair");
        add_roles(u, node_at(u, claim, "participants"), "participant");
    }
}

static void add_instruments(struct unfolding *u)
{
    static const struct claim_part part = {.kind = "instrument", .type_key = "kind", .status_key = "status", .date_key = "date",
                                           .subject_key = "subject"};
    for (const struct node *claim = tree_first(u->record_tree, node_at(u, u->record,
            "instruments")); claim; claim = tree_next(u->record_tree, claim)) {
        if (add_claim(u, claim, &part))
            add_roles(u, node_at(u, claim, "signatories"), "signatory");
    }
}

// A row for each thing that a commitment is about: its concepts, else its sectors, else "other".
static void add_commitments(struct unfolding *u)
{
    const struct tree *tree = u->record_tree;
    for (const struct node *claim = tree_first(tree, node_at(u, u->record, "commitments")); claim; claim = tree_next(tree, claim)) {
        struct claim_part part = {.kind = "commitment", .status_key = "stance", .date_key = "deadline", .subject_key = "topic"};
        const struct node *about = tree_first(tree, node_at(u, claim, "concepts"));
        if (!about)
            about = tree_first(tree, node_at(u, claim, "sectors"));
        part.about = about ? tree_text(about) : SLICE("other");
        add_claim(u, claim, &part);
        for (about = tree_next(tree, about); about; about = tree_next(tree, about)) {
            part.part++;
            part.about = tree_text(about);
            add_claim(u, claim, &part);
        }
    }
}

static void add_people(struct unfolding *u)
{
    char portfolio[CODES_TEXT];
    for (const struct node *person = tree_first(u->record_tree, node_at(u, u->record,
            "people")); person; person = tree_next(u->record_tree, person)) {
        struct slice name = text_at(u, person, "name"), latin = text_at(u, person, "latin"), party = text_at(u, person, "party");
        if (!name.len)
            continue;
        row_begin(u, ROW_PERSON);
        put(u, (struct cell){.kind = CELL_DOCUMENT});
        put_text(u, u->doc);
        put_text(u, text_at(u, person, "id"));
        put_text(u, name);
        put_text(u, latin.at ? latin : name);
        put_text(u, text_at(u, person, "office"));
        put_copy(u, join_codes(u->record_tree, node_at(u, person, "portfolio"), ' ', true, portfolio));
        put_text(u, party.at ? party : SLICE(""));
        put_text(u, u->day);
        put_evidence(u, person, false);
    }
}

// ---- digests ----------------------------------------------------------------------------------------------------------------
// All of a row but its scope, which merges by people change: of a row in the file it is looked at apart. `claim` is its number in the
// document, as it is of its roles.
static uint64_t row_hash(const struct ready *ready, const struct row *row, uint32_t claim)
{
    uint64_t hash = row->kind;
    uint32_t count = row->kind == ROW_CLAIM ? CLAIM_COMPARED : row->count;
    for (uint32_t i = 1; i < count; i++) {      // but for the first, the document's or claim's number
        const struct cell *cell = &ready->cells.at[row->first + i];
        if (row->kind == ROW_CLAIM && i == CLAIM_SCOPE)
            continue;
        if (cell->kind == CELL_NUMBER)
            hash = mixed(hash, (uint64_t)cell->number);
        else
            hash = mixed_text(hash, slice_make(cell->at, cell->at ? (size_t)cell->number : 0));
    }
    return mixed(hash, row->kind == ROW_PERSON ? 0 : claim);
}

static struct digest digest_of(const struct ready *ready)
{
    struct digest digest = {0};
    uint32_t claim = 0;         // one more than the number of the last
    for (uint32_t i = 0; i < ready->rows.count; i++) {
        const struct row *row = &ready->rows.at[i];
        claim += row->kind == ROW_CLAIM;
        digest.rows += row_hash(ready, row, claim);
        digest.count++;
        const struct cell *pair = &ready->cells.at[row->first + CLAIM_PAIR];
        if (row->kind == ROW_CLAIM)
            digest.pairs += pair_hash(slice_make(pair->at, pair->at ? (size_t)pair->number : 0));
    }
    return digest;
}

static void add_party_codes(struct unfolding *u)
{
    for (const struct node *party = tree_first(u->record_tree, node_at(u, u->record,
            "parties")); party; party = tree_next(u->record_tree, party))
        add_codes(u, text_at(u, party, "id"));
}

// The day of a report. Of one that only tells its month or year (a joint statement of "2023") that of the last meeting that it says was
// held then, if it tells that finer; else the last day that its date can mean.
static struct slice day_of_report(const struct unfolding *u, struct slice published, char out[DATE_EDTF_SIZE])
{
    struct date_range range, met;
    struct slice last = edge_of(published, true, out);
    int64_t found = NO_DAY;
    if (!last.at || !date_parse_edtf(published, &range))
        return last;
    const int64_t from = date_day_number(date_first_day(range)), until = date_day_number(date_last_day(range));
    const struct node *meetings = until - from >= COARSE_DAYS ? node_at(u, u->record, "meetings") : NULL;
    for (const struct node *meeting = tree_first(u->record_tree, meetings); meeting; meeting = tree_next(u->record_tree, meeting)) {
        struct slice date = text_at(u, meeting, "date");
        if (!slice_is(text_at(u, meeting, "status"), "held") || !date.at || !date_parse_edtf(date, &met) || !met.first.year)
            continue;
        const int64_t begin = date_day_number(date_first_day(met)), end = date_day_number(date_last_day(met));
        if (begin >= from && end <= until && end - begin < COARSE_DAYS && end > found)
            found = end;
    }
    return found == NO_DAY ? last : slice_make(out, (size_t)date_edtf((struct date_range){.first = date_from_day_number(found)}, out));
}

// Makes the rows of a record, with what people said of it laid in already. They borrow the texts, the register's trees and its work arena.
static void make_rows(struct registry *registry, struct slice hash, struct slice json, struct slice annex, bool alone, struct ready *ready)
{
    char day[DATE_EDTF_SIZE];
    bool reads = !registry->status && store_read_tree(registry, &registry->record_tree, json);
    struct unfolding u = {
        .registry = registry, .ready = ready, .record_tree = &registry->record_tree, .annex_tree = &registry->annex_tree,
        .codes = &registry->codes, .alone = alone, .record = reads ? tree_root(&registry->record_tree) : NULL,
    };
    *ready = (struct ready){.codes = SLICE("")};
    u.annex = annex.at && store_read_tree(registry, &registry->annex_tree, annex) ? tree_root(&registry->annex_tree) : NULL;
    if (registry->status)
        return;
    if (!u.record || u.record->kind != NODE_OBJECT || hash.len < 19) {
        store_fail(registry, STATUS_BAD_ARGUMENT, "the record of a report is no karar.record/1");
        return;
    }
    const struct node *document = node_at(&u, u.record, "document");
    u.sentences = read_spans(&u, "sentences");
    u.headlines = read_spans(&u, "headlines");
    buf_clear(u.codes);
    u.doc = arena_copy(&registry->work, slice_make(hash.at + 7, 12));
    ready->language = text_at(&u, document, "lang");
    ready->title = text_at(&u, document, "title");
    ready->published = text_at(&u, document, "published");
    ready->publisher = text_at(&u, document, "publisher");
    u.day = day_of_report(&u, ready->published, day);
    if (u.day.at)
        u.day = arena_copy(&registry->work, u.day);
    ready->day = u.day;
    add_party_codes(&u);
    add_meetings(&u);
    add_instruments(&u);
    add_commitments(&u);
    add_people(&u);
    if (u.codes->len)
        ready->codes = buf_slice(u.codes);
    ready->digest = digest_of(ready);
}

// ---- writing --------------------------------------------------------------------------------------------------------------
static void write_pairs(struct writing *w)
{
    for (size_t i = 0; i < w->pair_count; i++) {
        sqlite3_stmt *statement = store_statement(w->registry, "pair_add");
        store_bind(statement, ":pair", slice_make(w->pairs[i].text, w->pairs[i].len));
        store_bind_int(statement, ":document", w->document);
        store_bind_int(statement, ":claims", w->pairs[i].claims);
        store_run(w->registry, statement);
    }
    w->pair_count = 0;
}

// The pairs that the claims were of, each with how many; written when there are more than are kept, and at the end.
static void count_pair(struct writing *w, struct slice pair)
{
    for (size_t i = 0; i < w->pair_count; i++) {
        if (slice_eq(slice_make(w->pairs[i].text, w->pairs[i].len), pair)) {
            w->pairs[i].claims++;
            return;
        }
    }
    if (pair.len > CODES_TEXT)
        return;         // join_codes makes none such
    if (w->pair_count == PAIRS_KEPT)
        write_pairs(w);
    struct counted_pair *counted = &w->pairs[w->pair_count++];
    counted->claims = 1;
    counted->len = pair.len;
    if (pair.len)
        memcpy(counted->text, pair.at, pair.len);
}

static struct slice cell_text(const struct cell *cell)
{
    return slice_make(cell->at, cell->at ? (size_t)cell->number : 0);
}

static sqlite3_stmt *bind_row(const struct writing *w, const struct row *row, const char *name)
{
    sqlite3_stmt *statement = store_statement(w->registry, name);
    for (uint32_t i = 0; statement && i < row->count; i++) {
        const struct cell *cell = &w->ready->cells.at[row->first + i];
        int column = (int)i + 1;
        if (cell->kind == CELL_TEXT)
            sqlite3_bind_text64(statement, column, cell->at, (sqlite3_uint64)cell->number, SQLITE_STATIC, SQLITE_UTF8);
        else if (cell->kind != CELL_NULL)
            sqlite3_bind_int64(statement, column, cell->kind == CELL_NUMBER ? cell->number
                               : cell->kind == CELL_CLAIM ? w->claim : w->document);
    }
    return statement;
}

// Who that is: whom a fuller name means that is known already, others once all of a report's people are known; when all is made again, who
// the spelling alone is, which mostly stays.
static void write_person(const struct writing *w, const struct row *row)
{
    const struct cell *cells = &w->ready->cells.at[row->first];
    struct slice person = {NULL, 0}, party = cell_text(&cells[PERSON_PARTY]), latin = cell_text(&cells[PERSON_LATIN]);
    struct slice how = {NULL, 0};
    bool single = false;
    if (w->all) {
        person = people_alone(w->registry, party, latin, &single);
        how = SLICE("name");
    } else {
        person = people_settled(w->registry, party, latin, &how);
    }
    sqlite3_stmt *statement = bind_row(w, row, "person_insert");
    store_bind(statement, ":person", person);
    store_bind(statement, ":how", how);
    store_bind_int(statement, ":single", single);
    if (store_run(w->registry, statement) && w->all && sqlite3_changes(w->registry->db))
        people_note(w->registry, party, latin, single);
}

static void write_row(struct writing *w, const struct row *row)
{
    if (row->kind == ROW_CLAIM) {
        bool new = store_run(w->registry, bind_row(w, row, "claim_insert")) && sqlite3_changes(w->registry->db);
        w->claim = new ? sqlite3_last_insert_rowid(w->registry->db) : 0;
        if (new)
            count_pair(w, cell_text(&w->ready->cells.at[row->first + CLAIM_PAIR]));
    } else if (row->kind == ROW_PERSON) {
        write_person(w, row);
    } else if (w->claim) {
        store_run(w->registry, bind_row(w, row, "role_insert"));
    }
}

// Whether the file has these rows already. Where people merged bodies, scopes are told by the merges, which are laid over them next.
static bool are_written(const struct writing *w)
{
    struct digest found = written_rows(w->registry, w->document);
    return written_number(&w->ready->digest) == written_number(&found);
}

static void run_words(const struct writing *w, const char *statement, struct slice title, struct slice codes)
{
    sqlite3_stmt *words = store_statement(w->registry, statement);
    store_bind_int(words, ":document", w->document);
    store_bind(words, ":title", title);
    store_bind(words, ":codes", codes);
    store_run(w->registry, words);
}

static bool same(struct slice a, struct slice b)
{
    return (a.at != NULL) == (b.at != NULL) && slice_eq(a, b);
}

// What of a record and its full text the file has already: a rebuild mostly finds them as they are.
struct kept {
    bool words, record;
};

// Words that are others now are taken out of the full text.
static struct kept compare_record(const struct writing *w, const struct registry_reading *reading)
{
    const struct ready *ready = w->ready;
    sqlite3_stmt *before = store_statement(w->registry, "record_find");
    struct kept kept = {0};
    store_bind_int(before, ":document", w->document);
    bool known = store_step(w->registry, before);
    kept.words = known && same(store_column(before, 1), ready->title) && same(store_column(before, 2), ready->codes);
    kept.record = kept.words && slice_eq(store_column(before, 0), reading->engine) && slice_eq(store_column(before, 3), reading->json) &&
            same(store_column(before, 4), reading->annex);
    if (known && !kept.words)
        run_words(w, "words_delete", store_column(before, 1), store_column(before, 2));
    if (before)
        sqlite3_reset(before);
    return kept;
}

// `is_first`: the file is known to have none.
static void write_record(const struct writing *w, const struct registry_reading *reading, bool is_first)
{
    const struct ready *ready = w->ready;
    struct kept kept = {0};
    if (!is_first)
        kept = compare_record(w, reading);
    if (!kept.record) {
        sqlite3_stmt *statement = store_statement(w->registry, "record_insert");
        store_bind_int(statement, ":document", w->document);
        store_bind(statement, ":engine", reading->engine);
        store_bind(statement, ":language", ready->language);
        store_bind(statement, ":title", ready->title);
        store_bind(statement, ":published", ready->published);
        store_bind(statement, ":day", ready->day);
        store_bind(statement, ":publisher", ready->publisher);
        store_bind(statement, ":codes", ready->codes);
        store_bind(statement, ":json", reading->json);
        store_bind(statement, ":annex", reading->annex);
        store_run(w->registry, statement);
    }
    if (!kept.words)
        run_words(w, "words_insert", ready->title, ready->codes);
}

// ---- what a record was made by ----------------------------------------------------------------------------------------------
// Columns of derivation_find, and of look_records behind those of the record.
enum { MADE_READER, MADE_RECORD, MADE_ROWS };

static sqlite3_stmt *written(struct registry *registry, const char *name, int64_t document)
{
    sqlite3_stmt *statement = store_statement(registry, name);
    store_bind_int(statement, ":document", document);
    return statement;
}

static int64_t record_number_of(const struct ready *ready, const struct registry_reading *reading)
{
    return written_record_number(&(struct record_line){reading->engine, ready->language, ready->title, ready->published, ready->day,
            ready->publisher, ready->codes, reading->json, reading->annex});
}

// Whether the file says already by whom the record and its rows were made.
static bool is_noted(const struct writing *w, const struct registry_reading *reading)
{
    if (w->is_amended)
        return false;
    sqlite3_stmt *statement = written(w->registry, "derivation_find", w->document);
    bool noted = store_step(w->registry, statement) && sqlite3_column_int64(statement, MADE_READER) == (int64_t)reading->reader &&
            sqlite3_column_int64(statement, MADE_RECORD) == record_number_of(w->ready, reading) &&
            sqlite3_column_int64(statement, MADE_ROWS) == written_number(&w->ready->digest);
    if (statement)
        sqlite3_reset(statement);
    return noted;
}

static void note_reader(const struct writing *w, const struct registry_reading *reading)
{
    sqlite3_stmt *statement = written(w->registry, "derivation_insert", w->document);
    store_bind_int(statement, ":reader", w->is_amended ? 0 : (int64_t)reading->reader);
    store_bind_int(statement, ":record", record_number_of(w->ready, reading));
    store_bind_int(statement, ":rows", written_number(&w->ready->digest));
    store_run(w->registry, statement);
}

// ---- rows that a thread makes ahead of the writer ---------------------------------------------------------------------------
// A register without a file: matching and trees want one for their memory.
struct registry_ready {
    struct registry maker;
    struct ready rows;
    bool is_compared;           // with what the file has:
    bool has_rows, has_record, has_noted;
    bool is_first;              // it has no record yet
};

struct registry_ready *registry_ready_new(const struct registry *registry)
{
    struct registry_ready *ready = calloc(1, sizeof *ready);
    if (!ready)
        return NULL;
    ready->maker.sounds = registry->sounds;
    arena_init(&ready->maker.work, NULL, REGISTRY_MEMORY);
    buf_init(&ready->maker.codes, STORE_CODES_MEMORY);
    return ready;
}

void registry_ready_free(struct registry_ready *ready)
{
    if (!ready)
        return;
    arena_finish(&ready->maker.work);
    buf_finish(&ready->maker.codes);
    tree_finish(&ready->maker.record_tree);
    tree_finish(&ready->maker.annex_tree);
    free(ready);
}

// Compares a reading and its rows with what the file has, by their digests.
static void compare(struct registry_ready *ready, const struct registry_has *has, const struct registry_reading *reading)
{
    ready->is_compared = has->is_known;
    ready->is_first = !has->has_record;
    ready->has_rows = has->rows == written_number(&ready->rows.digest);
    ready->has_record = has->has_record && has->record == record_number_of(&ready->rows, reading);
    ready->has_noted = ready->has_rows && ready->has_record && has->is_noted && has->reader == (int64_t)reading->reader;
}

enum status registry_ready_make(struct registry_ready *ready, const struct registry_document *stored,
        const struct registry_reading *reading, struct error *reterr_error)
{
    struct registry *maker = &ready->maker;
    maker->status = STATUS_OK;
    arena_reset(&maker->work);
    enum status unwound = ARENA_CATCH(&maker->work);
    if (unwound)
        store_fail(maker, unwound, "while a report's facts were laid out");
    else
        make_rows(maker, stored->hash, reading->json, reading->annex, true, &ready->rows);
    if (!maker->status)
        compare(ready, &stored->has, reading);
    if (maker->status && reterr_error)
        *reterr_error = maker->error;
    return maker->status;
}

// ---- the document ---------------------------------------------------------------------------------------------------------
void unfold_record(struct registry *registry, int64_t document, struct slice hash, const struct registry_reading *reading, bool all)
{
    struct writing w;
    struct ready rows;
    memset(&w, 0, offsetof(struct writing, pairs));     // the texts of pairs are written before they are read
    w.registry = registry;
    w.document = document;
    w.all = all;
    if (registry->status)
        return;
    struct slice amended = amend_record(registry, hash, reading->json);
    w.is_amended = amended.at != reading->json.at;
    bool is_made = reading->ready && !w.is_amended;
    if (!is_made)
        make_rows(registry, hash, amended, reading->annex, all, &rows);
    w.ready = is_made ? &reading->ready->rows : &rows;
    bool is_compared = is_made && reading->ready->is_compared;
    if (!registry->keeps_rows || !(is_compared ? reading->ready->has_rows : are_written(&w))) {
        registry->written++;
        if (registry->keeps_rows)
            derive_forget(registry, document, true);
        for (uint32_t i = 0; i < w.ready->rows.count && !registry->status; i++)
            write_row(&w, &w.ready->rows.at[i]);
        write_pairs(&w);
    }
    if (!is_compared || !reading->ready->has_record)
        write_record(&w, reading, is_compared && reading->ready->is_first);
    if (reading->reader && !(registry->keeps_rows && (is_compared ? reading->ready->has_noted : is_noted(&w, reading))))
        note_reader(&w, reading);
}
