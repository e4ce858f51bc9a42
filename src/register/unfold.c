// SPDX-License-Identifier: MIT
// One record into rows: its document's line, its claims, its people, their roles, its words for the full text.
//
// The record is walked as the JSON that it is published as, so that a record of another engine could be registered as well; the annex
// (report/annex.h) may be missing. SQL over the JSON did the same and took four times as long, as each statement reads the text again.
//
// Nothing here takes arena memory: the trees of jansson and the buffers would be lost when an arena unwinds. Parameters are bound in the
// order of the statements' columns.
#include <jansson.h>
#include <stdlib.h>

#include "base/buf.h"
#include "doc/date.h"
#include "register/store.h"

#define CODES_MAX 48            // codes of one list
#define CODES_TEXT 1024         // bytes of a joined list
#define WORDS_OF_CODES ((size_t)1 << 20)

struct unfolding {
    struct registry *registry;
    int64_t document;
    json_t *record, *annex;
    json_t *sentences;          // of the annex: begin, end, begin, end …
    struct slice day;           // of the report; at NULL none
    char day_text[DATE_EDTF_SIZE];
    char doc[13];
    struct buf codes;
    sqlite3_stmt *row;          // that is being bound
    int column;
};

// ---- values of the record ---------------------------------------------------------------------------------------------------
static struct slice text_of(const json_t *value)
{
    return json_is_string(value) ? slice_make(json_string_value(value), json_string_length(value)) : (struct slice){NULL, 0};
}

static struct slice text_at(const json_t *object, const char *key)
{
    return text_of(json_object_get(object, key));
}

static int by_bytes(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

// The codes of a list, each once; what is too much is left out.
static struct slice join_codes(const json_t *list, char separator, bool sorted, char out[CODES_TEXT])
{
    struct slice codes[CODES_MAX];
    size_t found = 0, len = 0, index;
    const json_t *value;
    json_array_foreach(list, index, value) {
        struct slice code = text_of(value);
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
static const json_t *annexed(const struct unfolding *u, const char *key, struct slice local)
{
    char id[32];
    if (local.len >= sizeof id)
        return NULL;
    memcpy(id, local.at, local.len);
    id[local.len] = '\0';
    return json_object_get(json_object_get(u->annex, key), id);
}

// Names as the annex gives them, joined by "|"; at NULL: none.
static struct slice join_names(const struct unfolding *u, const char *key, struct slice local, char out[CODES_TEXT])
{
    struct slice names = join_codes(annexed(u, key, local), '|', true, out);
    return names.len ? names : (struct slice){NULL, 0};
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

// ---- binding --------------------------------------------------------------------------------------------------------------
static void row_begin(struct unfolding *u, const char *statement)
{
    u->row = store_statement(u->registry, statement);
    u->column = 0;
}

static void put_text(struct unfolding *u, struct slice text)
{
    u->column++;
    if (u->row && text.at)
        sqlite3_bind_text64(u->row, u->column, text.at, text.len, SQLITE_STATIC, SQLITE_UTF8);
}

static void put_int(struct unfolding *u, int64_t value)
{
    u->column++;
    if (u->row)
        sqlite3_bind_int64(u->row, u->column, value);
}

static void put_number(struct unfolding *u, const json_t *value)
{
    u->column++;
    if (u->row && json_is_integer(value))
        sqlite3_bind_int64(u->row, u->column, json_integer_value(value));
}

// Where in a list of begins and ends a byte lies: the index of its begin, or -1.
static int64_t span_around(const json_t *spans, int64_t byte)
{
    size_t low = 0, high = json_array_size(spans) / 2;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (json_integer_value(json_array_get(spans, middle * 2)) <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low && byte >= 0 && json_integer_value(json_array_get(spans, low * 2 - 1)) > byte ? (int64_t)low * 2 - 2 : -1;
}

static int64_t begin_of(const json_t *evidence)
{
    const json_t *begin = json_object_get(evidence, "begin");
    return json_is_integer(begin) ? json_integer_value(begin) : -1;
}

// Its first words, and those that people see: the first that are no headline, with the sentence around them.
static void put_evidence(struct unfolding *u, const json_t *claim, bool anchored)
{
    const json_t *list = json_object_get(claim, "evidence"), *first = json_array_get(list, 0), *shown = first, *headlines, *evidence;
    size_t index;
    headlines = json_object_get(u->annex, "headlines");
    json_array_foreach(list, index, evidence) {
        if (span_around(headlines, begin_of(evidence)) < 0 && span_around(u->sentences, begin_of(evidence)) >= 0) {
            shown = evidence;
            break;
        }
    }
    if (anchored)
        put_number(u, json_object_get(first, "begin"));
    put_number(u, json_object_get(shown, "begin"));
    put_number(u, json_object_get(shown, "end"));
    put_text(u, text_at(shown, "quote"));
    int64_t sentence = span_around(u->sentences, begin_of(shown));
    put_number(u, sentence < 0 ? NULL : json_array_get(u->sentences, (size_t)sentence));
    put_number(u, sentence < 0 ? NULL : json_array_get(u->sentences, (size_t)sentence + 1));
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
    if (u->codes.len)
        buf_add_char(&u->codes, ' ');
    buf_add(&u->codes, codes);
}

static struct slice body_name(const struct unfolding *u, const json_t *claim)
{
    struct slice id = text_at(claim, "body");
    const json_t *body;
    size_t index;
    json_array_foreach(json_object_get(u->record, "bodies"), index, body) {
        if (id.at && slice_eq(text_at(body, "id"), id))
            return text_at(body, "name");
    }
    return (struct slice){NULL, 0};
}

// The day of a commitment in a report without a date: that of the meeting it belongs to.
static struct slice meeting_day(const struct unfolding *u, struct slice id, char out[DATE_EDTF_SIZE])
{
    const json_t *meeting;
    size_t index;
    json_array_foreach(json_object_get(u->record, "meetings"), index, meeting) {
        if (id.at && slice_eq(text_at(meeting, "id"), id))
            return edge_of(text_at(meeting, "date"), true, out);
    }
    return (struct slice){NULL, 0};
}

// One row of `claim`; its number, 0 if it is not new.
static int64_t add_claim(struct unfolding *u, const json_t *claim, const struct claim_part *part)
{
    char pair[CODES_TEXT], sectors[CODES_TEXT], concepts[CODES_TEXT], names[CODES_TEXT], hints[CODES_TEXT], scope[CODES_TEXT * 2];
    char first[DATE_EDTF_SIZE], last[DATE_EDTF_SIZE], met[DATE_EDTF_SIZE];
    bool is_meeting = slice_is(slice_from(part->kind), "meeting"), is_commitment = slice_is(slice_from(part->kind), "commitment");
    const json_t *place = json_object_get(claim, "place");
    struct slice local = text_at(claim, "id"), date = text_at(claim, part->date_key), meeting = text_at(claim, "meeting");
    struct slice type = part->type_key ? text_at(claim, part->type_key) : (struct slice){NULL, 0};
    struct slice parties = join_codes(json_object_get(claim, "parties"), '-', true, pair);
    struct slice day = u->day.at ? u->day : is_commitment ? meeting_day(u, meeting, met) : edge_of(date, true, met);
    if (!local.at)
        return 0;
    row_begin(u, "claim_insert");
    put_int(u, u->document);
    put_text(u, slice_from(u->doc));
    put_text(u, local);
    put_int(u, part->part);
    put_text(u, slice_from(part->kind));
    put_text(u, parties);
    put_text(u, type);
    put_text(u, text_at(claim, part->status_key));
    put_number(u, json_object_get(claim, "ordinal"));
    put_text(u, date);
    put_text(u, edge_of(date, false, first));
    put_text(u, edge_of(date, true, last));
    put_text(u, text_at(place, "city"));
    put_text(u, text_at(place, "country"));
    put_text(u, is_meeting ? body_name(u, claim) : (struct slice){NULL, 0});
    put_number(u, json_object_get(claim, "count"));
    put_text(u, part->subject_key ? text_at(claim, part->subject_key) : (struct slice){NULL, 0});
    struct slice sector_codes = join_codes(json_object_get(claim, "sectors"), ' ', !is_commitment, sectors);
    struct slice concept_codes = join_codes(json_object_get(claim, "concepts"), ' ', false, concepts);
    put_text(u, sector_codes);
    put_text(u, concept_codes);
    put_text(u, part->about);
    put_text(u, is_commitment ? join_names(u, "names", local, names) : (struct slice){NULL, 0});
    put_text(u, is_commitment ? join_names(u, "hints", local, hints) : (struct slice){NULL, 0});
    put_text(u, is_commitment ? text_of(annexed(u, "listed", local)) : (struct slice){NULL, 0});
    put_text(u, text_at(claim, "by"));
    put_text(u, meeting);
    put_text(u, day);
    put_evidence(u, claim, true);
    int len = is_meeting ? snprintf(scope, sizeof scope, "%.*s/%.*s", (int)parties.len, parties.at, (int)type.len, type.at ? type.at : "")
                         : snprintf(scope, sizeof scope, "%.*s", (int)parties.len, parties.at);
    put_text(u, slice_make(scope, (size_t)len));
    if (part->part == 0) {
        add_codes(u, sector_codes);
        add_codes(u, concept_codes);
        add_codes(u, type);
    }
    if (!store_run(u->registry, u->row))
        return 0;
    return sqlite3_changes(u->registry->db) ? sqlite3_last_insert_rowid(u->registry->db) : 0;
}

static void add_roles(struct unfolding *u, int64_t claim, const json_t *people, const char *role)
{
    const json_t *person;
    size_t index;
    json_array_foreach(people, index, person) {
        row_begin(u, "role_insert");
        put_int(u, claim);
        put_text(u, text_of(person));
        put_text(u, slice_from(role));
        store_run(u->registry, u->row);
    }
}

static void add_meetings(struct unfolding *u)
{
    static const struct claim_part part = {.kind = "meeting", .type_key = "type", .status_key = "status", .date_key = "date"};
    const json_t *claim;
    size_t index;
    json_array_foreach(json_object_get(u->record, "meetings"), index, claim) {
        int64_t id = add_claim(u, claim, &part);
        if (id == 0)
            continue;
        add_roles(u, id, json_object_get(claim, "chairs"), "chair");
        add_roles(u, id, json_object_get(claim, "participants"), "participant");
    }
}

static void add_instruments(struct unfolding *u)
{
    static const struct claim_part part = {.kind = "instrument", .type_key = "kind", .status_key = "status", .date_key = "date",
                                           .subject_key = "subject"};
    const json_t *claim;
    size_t index;
    json_array_foreach(json_object_get(u->record, "instruments"), index, claim) {
        int64_t id = add_claim(u, claim, &part);
        if (id)
            add_roles(u, id, json_object_get(claim, "signatories"), "signatory");
    }
}

// A row for each thing that a commitment is about: its concepts, else its sectors, else "other".
static void add_commitments(struct unfolding *u)
{
    const json_t *claim, *about;
    size_t index, number;
    json_array_foreach(json_object_get(u->record, "commitments"), index, claim) {
        struct claim_part part = {.kind = "commitment", .status_key = "stance", .date_key = "deadline", .subject_key = "topic"};
        const json_t *things = json_object_get(claim, "concepts");
        if (json_array_size(things) == 0)
            things = json_object_get(claim, "sectors");
        if (json_array_size(things) == 0) {
            part.about = SLICE("other");
            add_claim(u, claim, &part);
        }
        json_array_foreach(things, number, about) {
            part.part = (int)number;
            part.about = text_of(about);
            add_claim(u, claim, &part);
        }
    }
}

static void add_people(struct unfolding *u)
{
    char portfolio[CODES_TEXT];
    const json_t *person;
    size_t index;
    json_array_foreach(json_object_get(u->record, "people"), index, person) {
        struct slice name = text_at(person, "name"), latin = text_at(person, "latin"), party = text_at(person, "party");
        if (!name.len)
            continue;
        row_begin(u, "person_insert");
        put_int(u, u->document);
        put_text(u, slice_from(u->doc));
        put_text(u, text_at(person, "id"));
        put_text(u, name);
        put_text(u, latin.at ? latin : name);
        put_text(u, text_at(person, "office"));
        put_text(u, join_codes(json_object_get(person, "portfolio"), ' ', true, portfolio));
        put_text(u, party.at ? party : SLICE(""));
        put_text(u, u->day);
        put_evidence(u, person, false);
        store_run(u->registry, u->row);
    }
}

// ---- the document ---------------------------------------------------------------------------------------------------------
static void run_words(struct unfolding *u, const char *statement, struct slice title, struct slice codes)
{
    sqlite3_stmt *words = store_statement(u->registry, statement);
    store_bind_int(words, ":document", u->document);
    store_bind(words, ":title", title);
    store_bind(words, ":codes", codes);
    store_run(u->registry, words);
}

static bool same(struct slice a, struct slice b)
{
    return (a.at != NULL) == (b.at != NULL) && slice_eq(a, b);
}

// Writes the record and its full text, as far as they are not there already: a rebuild mostly finds them as they are.
static void put_record(struct unfolding *u, struct slice json, struct slice annex, struct slice engine)
{
    const json_t *document = json_object_get(u->record, "document");
    struct slice title = text_at(document, "title"), published = text_at(document, "published"), codes = buf_slice(&u->codes);
    if (!codes.at)
        codes = SLICE("");
    sqlite3_stmt *before = store_statement(u->registry, "record_find");
    store_bind_int(before, ":document", u->document);
    bool known = store_step(u->registry, before);
    bool same_words = known && same(store_column(before, 1), title) && same(store_column(before, 2), codes);
    bool same_record = same_words && slice_eq(store_column(before, 0), engine) && slice_eq(store_column(before, 3), json) &&
            same(store_column(before, 4), annex);
    if (known && !same_words)
        run_words(u, "words_delete", store_column(before, 1), store_column(before, 2));
    if (before)
        sqlite3_reset(before);
    if (!same_record) {
        row_begin(u, "record_insert");
        put_int(u, u->document);
        put_text(u, engine);
        put_text(u, text_at(document, "lang"));
        put_text(u, title);
        put_text(u, published);
        put_text(u, u->day);
        put_text(u, text_at(document, "publisher"));
        put_text(u, codes);
        put_text(u, json);
        put_text(u, annex);
        store_run(u->registry, u->row);
    }
    if (!same_words)
        run_words(u, "words_insert", title, codes);
}

static void add_party_codes(struct unfolding *u)
{
    const json_t *party;
    size_t index;
    json_array_foreach(json_object_get(u->record, "parties"), index, party)
        add_codes(u, text_at(party, "id"));
}

void unfold_record(struct registry *registry, int64_t document, struct slice hash, struct slice json, struct slice annex,
        struct slice engine)
{
    struct unfolding u = {.registry = registry, .document = document};
    if (registry->status)
        return;
    u.record = json_loadb(json.at, json.len, JSON_ALLOW_NUL, NULL);
    u.annex = annex.at ? json_loadb(annex.at, annex.len, JSON_ALLOW_NUL, NULL) : NULL;
    u.sentences = json_object_get(u.annex, "sentences");
    buf_init(&u.codes, WORDS_OF_CODES);
    if (json_is_object(u.record) && hash.len >= 19) {
        memcpy(u.doc, hash.at + 7, 12);
        u.day = edge_of(text_at(json_object_get(u.record, "document"), "published"), true, u.day_text);
        add_party_codes(&u);
        add_meetings(&u);
        add_instruments(&u);
        add_commitments(&u);
        add_people(&u);
        put_record(&u, json, annex, engine);
    } else {
        store_fail(registry, STATUS_BAD_ARGUMENT, "the record of a report is no karar.record/1");
    }
    buf_finish(&u.codes);
    json_decref(u.annex);
    json_decref(u.record);
}
