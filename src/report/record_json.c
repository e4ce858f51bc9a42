// SPDX-License-Identifier: MIT
// Writes the record of one report as a JSON object. The names and their order are the record's specification:
// readers of our output rely on them, so fields are added here and never renamed.
//
// Layout: one function a kind of claim. Ids are the claim's letter and its place in the record from 1 (p1, b1, m1,
// i1, c1); parties go by their codes. Every claim closes with its evidence: bytes and code points of the stored
// text, and the words that stand there.
//
// Invariants: what the report does not say is null or an empty list; the order is the record's, so two readings give
// the same bytes.
#include "report/record_json.h"

#include <assert.h>
#include <stdio.h>

#include "base/emit.h"
#include "doc/codes.h"
#include "doc/date.h"
#include "name/latin.h"
#include "report/place.h"
#include "base/sha256.h"

#define RECORD_SCHEMA "karar.record/1"

struct writer {
    struct json json;
    struct places places;
    const struct document *document;
    const struct world *world;
};

// ---- values -------------------------------------------------------------------------------------------------------
static void write_code(struct json *json, const char *key, enum code_list list, unsigned code)
{
    emit_key(json, key);
    emit_text(json, code_text(list, code));
}

static void write_id(struct json *json, char letter, uint32_t index)
{
    char id[12];
    size_t first = sizeof id;
    if (index == CLAIM_NONE) {
        emit_null(json);
        return;
    }
    uint64_t rest = (uint64_t)index + 1;
    do
        id[--first] = (char)('0' + rest % 10);
    while (rest /= 10);
    id[--first] = letter;
    emit_string(json, slice_make(id + first, sizeof id - first));
}

static void write_party(struct writer *w, uint16_t party)
{
    if (party == PARTY_NONE)
        emit_null(&w->json);
    else
        emit_string(&w->json, w->world->parties.at[party].code);
}

static void write_parties(struct writer *w, const struct party_set *parties)
{
    emit_key(&w->json, "parties");
    emit_array(&w->json);
    for (uint8_t i = 0; i < parties->count; i++)
        write_party(w, parties->at[i]);
    emit_array_end(&w->json);
}

static void write_sectors(struct json *json, const char *key, uint64_t sectors)
{
    emit_key(json, key);
    emit_array(json);
    for (uint64_t left = sectors; left; left &= left - 1)
        emit_text(json, code_text(CODES_SECTOR, (unsigned)__builtin_ctzll(left)));
    emit_array_end(json);
}

static void write_date(struct json *json, const char *key, struct date_range date)
{
    char text[DATE_EDTF_SIZE];
    emit_key(json, key);
    emit_text(json, date_edtf(date, text) ? text : NULL);
}

static void write_words(struct writer *w, const char *key, uint32_t first, uint32_t last)
{
    emit_key(&w->json, key);
    if (first < last)
        emit_string(&w->json, place_of_tokens(&w->places, first, last).words);
    else
        emit_null(&w->json);
}

// A name in normal form, as the reader compared it: a letter that the page left escaped is no part of anybody's name.
static void write_name(struct writer *w, uint32_t first, uint32_t last)
{
    emit_key(&w->json, "name");
    emit_string(&w->json, document_words(w->document, first, last));
}

static void write_people(struct json *json, const char *key, const index_vec *people)
{
    emit_key(json, key);
    emit_array(json);
    for (uint32_t i = 0; i < people->count; i++)
        write_id(json, 'p', people->at[i]);
    emit_array_end(json);
}

#define PLACE_PIECE 160     // bytes of a place's names and numbers

static char *put(char *at, struct slice text)
{
    memcpy(at, text.at, text.len);
    return at + text.len;
}

// Places make up most of a record: on one line their names and numbers are put together in one go.
static void write_place_line(struct json *json, const struct place *place)
{
    char piece[PLACE_PIECE];
    static_assert(sizeof piece > 4 * EMIT_NUMBER_MAX + 64, "the names and four numbers");
    char *at = put(piece, SLICE("{\"begin\":"));
    at = emit_number(at, place->begin);
    at = put(at, SLICE(",\"end\":"));
    at = emit_number(at, place->end);
    at = put(at, SLICE(",\"char_begin\":"));
    at = emit_number(at, place->char_begin);
    at = put(at, SLICE(",\"char_end\":"));
    at = emit_number(at, place->char_end);
    at = put(at, SLICE(",\"quote\":"));
    emit_raw(json, slice_make(piece, (size_t)(at - piece)), true);
    emit_string(json, place->words);
    buf_add_char(json->out, '}');
}

static void write_place(struct json *json, const struct place *place)
{
    if (!json->pretty) {
        write_place_line(json, place);
        return;
    }
    emit_object(json);
    emit_key(json, "begin");
    emit_int(json, place->begin);
    emit_key(json, "end");
    emit_int(json, place->end);
    emit_key(json, "char_begin");
    emit_int(json, place->char_begin);
    emit_key(json, "char_end");
    emit_int(json, place->char_end);
    emit_key(json, "quote");
    emit_string(json, place->words);
    emit_object_end(json);
}

static void write_evidence(struct writer *w, const evidence_vec *evidence)
{
    emit_key(&w->json, "evidence");
    emit_array(&w->json);
    for (uint32_t i = 0; i < evidence->count; i++) {
        struct place place = place_of_tokens(&w->places, evidence->at[i].first, evidence->at[i].last);
        write_place(&w->json, &place);
    }
    emit_array_end(&w->json);
}

// ---- the document -------------------------------------------------------------------------------------------------
static void write_text_range(struct writer *w, const char *key, struct text_range range)
{
    emit_key(&w->json, key);
    if (range.begin < range.end)
        emit_string(&w->json, place_of_text(&w->places, range.begin, range.end).words);
    else
        emit_null(&w->json);
}

// The runs of paragraphs that are no page furniture.
static void write_body(struct writer *w)
{
    const struct document *document = w->document;
    emit_key(&w->json, "body");
    emit_array(&w->json);
    for (uint32_t i = 0; i < document->paragraphs.count; i++) {
        if (document->paragraphs.at[i].role == PARAGRAPH_FURNITURE)
            continue;
        uint32_t begin = document->paragraphs.at[i].begin;
        while (i + 1 < document->paragraphs.count && document->paragraphs.at[i + 1].role != PARAGRAPH_FURNITURE)
            i++;
        struct place place = place_of_text(&w->places, begin, document->paragraphs.at[i].end);
        emit_object(&w->json);
        emit_key(&w->json, "begin");
        emit_int(&w->json, place.begin);
        emit_key(&w->json, "end");
        emit_int(&w->json, place.end);
        emit_key(&w->json, "char_begin");
        emit_int(&w->json, place.char_begin);
        emit_key(&w->json, "char_end");
        emit_int(&w->json, place.char_end);
        emit_object_end(&w->json);
    }
    emit_array_end(&w->json);
}

static bool cited_before(struct writer *w, uint32_t cite, struct slice words)
{
    for (uint32_t i = 0; i < cite; i++) {
        struct evidence before = w->document->record.cites.at[i];
        if (slice_eq(place_of_tokens(&w->places, before.first, before.last).words, words))
            return true;
    }
    return false;
}

// `cites` names each source once, `citations` says where each is named.
static void write_cites(struct writer *w)
{
    struct json *json = &w->json;
    const struct record *record = &w->document->record;
    emit_key(json, "cites");
    emit_array(json);
    for (uint32_t i = 0; i < record->cites.count; i++) {
        struct place place = place_of_tokens(&w->places, record->cites.at[i].first, record->cites.at[i].last);
        if (!cited_before(w, i, place.words))
            emit_string(json, place.words);
    }
    emit_array_end(json);
    emit_key(json, "citations");
    emit_array(json);
    for (uint32_t i = 0; i < record->cites.count; i++) {
        struct place place = place_of_tokens(&w->places, record->cites.at[i].first, record->cites.at[i].last);
        write_place(json, &place);
    }
    emit_array_end(json);
}

static void write_document(struct writer *w)
{
    struct json *json = &w->json;
    const struct document *document = w->document;
    char id[SHA256_ID_SIZE];
    sha256_id(document->stored, id);

    emit_key(json, "document");
    emit_object(json);
    emit_key(json, "id");
    emit_text(json, id);
    emit_key(json, "uri");
    emit_string(json, document->uri);
    emit_key(json, "lang");
    if (document->pack)
        emit_string(json, document->pack->config.language);
    else
        emit_null(json);
    write_text_range(w, "title", document->title);
    write_date(json, "published", date_is_none(document->published) ? document->given_date : document->published);
    if (document->given_publisher.len) {
        emit_key(json, "publisher");
        emit_string(json, document->given_publisher);
    } else {
        write_text_range(w, "publisher", document->publisher);
    }
    write_cites(w);
    write_body(w);
    emit_object_end(json);
}

// ---- the claims ---------------------------------------------------------------------------------------------------
static void write_party_claim(struct writer *w, const struct party_claim *claim)
{
    const struct party *party = &w->world->parties.at[claim->party];
    emit_key(&w->json, "id");
    emit_string(&w->json, party->code);
    emit_key(&w->json, "kind");
    emit_text(&w->json, party->state ? "state" : "organisation");
    emit_key(&w->json, "name");
    emit_string(&w->json, party->name);
    write_evidence(w, &claim->evidence);
}

static void write_latin(struct writer *w, const struct person_claim *claim)
{
    char latin[LATIN_MAX];
    emit_key(&w->json, "latin");
    size_t len = latin_name(w->document, claim->name_first, claim->name_last, latin);
    if (len)
        emit_string(&w->json, slice_make(latin, len));
    else
        emit_null(&w->json);
}

static void write_person(struct writer *w, const struct person_claim *claim)
{
    write_name(w, claim->name_first, claim->name_last);
    write_latin(w, claim);
    write_code(&w->json, "office", CODES_OFFICE, claim->office);
    write_sectors(&w->json, "portfolio", claim->portfolio);
    emit_key(&w->json, "party");
    write_party(w, claim->party);
    write_evidence(w, &claim->evidence);
}

static void write_body_claim(struct writer *w, const struct body_claim *claim)
{
    write_code(&w->json, "type", CODES_MEETING_TYPE, claim->type);
    write_words(w, "name", claim->name_first, claim->name_last);
    write_parties(w, &claim->parties);
    write_evidence(w, &claim->evidence);
}

static void write_meeting_place(struct writer *w, const struct meeting_claim *claim)
{
    struct json *json = &w->json;
    bool city = claim->city != 0xFFFF;
    uint16_t state = claim->state == PARTY_NONE && city ? w->world->cities.at[claim->city].state : claim->state;
    emit_key(json, "place");
    if (!city && state == PARTY_NONE) {
        emit_null(json);
        return;
    }
    emit_object(json);
    emit_key(json, "city");
    if (city)
        emit_string(json, w->world->cities.at[claim->city].name);
    else
        emit_null(json);
    emit_key(json, "country");
    write_party(w, state);
    emit_object_end(json);
}

static void write_meeting(struct writer *w, const struct meeting_claim *claim)
{
    struct json *json = &w->json;
    write_code(json, "type", CODES_MEETING_TYPE, claim->type);
    write_code(json, "status", CODES_MEETING_STATUS, claim->status);
    emit_key(json, "body");
    write_id(json, 'b', claim->body);
    emit_key(json, "ordinal");
    if (claim->ordinal > 0)
        emit_int(json, claim->ordinal);
    else
        emit_null(json);
    write_parties(w, &claim->parties);
    write_date(json, "date", claim->date);
    write_meeting_place(w, claim);
    write_people(json, "chairs", &claim->chairs);
    write_people(json, "participants", &claim->participants);
    write_evidence(w, &claim->evidence);
}

// A whole number as it is, another with at most six decimals.
static void write_value(struct json *json, double value)
{
    char text[64];
    int len = snprintf(text, sizeof text, "%.6f", value);
    while (len > 0 && text[len - 1] == '0')
        len--;
    len -= len > 0 && text[len - 1] == '.';
    emit_raw(json, slice_make(text, (size_t)(len > 0 ? len : 0)), false);
}

static void write_amounts(struct writer *w, const amount_vec *amounts)
{
    struct json *json = &w->json;
    emit_key(json, "amounts");
    emit_array(json);
    for (uint32_t i = 0; i < amounts->count; i++) {
        const struct amount_claim *amount = &amounts->at[i];
        const struct lexeme *unit = &amount->pack->lexemes.at[amount->lexeme];
        struct evidence words = {amount->first, amount->last};
        emit_object(json);
        emit_key(json, "value");
        write_value(json, amount->value);
        emit_key(json, "unit");
        emit_string(json, unit->text);
        emit_key(json, "type");
        emit_text(json, unit->attribute == UNIT_CURRENCY ? "currency" : "measure");
        write_evidence(w, &(evidence_vec){.at = &words, .count = 1});
        emit_object_end(json);
    }
    emit_array_end(json);
}

static void write_instrument(struct writer *w, const struct instrument_claim *claim)
{
    struct json *json = &w->json;
    write_code(json, "kind", CODES_INSTRUMENT_KIND, claim->kind);
    write_code(json, "status", CODES_INSTRUMENT_STATUS, claim->status);
    emit_key(json, "count");
    emit_int(json, claim->count ? claim->count : 1);
    write_parties(w, &claim->parties);
    write_words(w, "subject", claim->subject_first, claim->subject_last);
    write_sectors(json, "sectors", claim->sectors);
    write_people(json, "signatories", &claim->signatories);
    write_date(json, "date", claim->date);
    write_amounts(w, &claim->amounts);
    emit_key(json, "meeting");
    write_id(json, 'm', claim->meeting);
    write_evidence(w, &claim->evidence);
}

static void write_commitment(struct writer *w, const struct commitment_claim *claim)
{
    struct json *json = &w->json;
    write_code(json, "stance", CODES_STANCE, claim->stance);
    write_parties(w, &claim->parties);
    emit_key(json, "by");
    write_party(w, claim->by);
    write_sectors(json, "sectors", claim->sectors);
    write_words(w, "topic", claim->topic_first, claim->topic_last);
    emit_key(json, "concepts");
    emit_array(json);
    for (uint32_t i = 0; i < claim->concepts.count; i++)
        emit_string(json, w->world->concepts.at[claim->concepts.at[i]].id);
    emit_array_end(json);
    write_amounts(w, &claim->amounts);
    write_date(json, "deadline", claim->deadline);
    emit_key(json, "meeting");
    write_id(json, 'm', claim->meeting);
    write_evidence(w, &claim->evidence);
}

// One list of claims: an object each, its id first (parties write their own).
#define WRITE_LIST(w, key, letter, vec, function)                                                                     \
    do {                                                                                                              \
        emit_key(&(w)->json, key);                                                                                    \
        emit_array(&(w)->json);                                                                                       \
        for (uint32_t i = 0; i < (vec).count; i++) {                                                                  \
            emit_object(&(w)->json);                                                                                  \
            if ((letter) != 0) {                                                                                      \
                emit_key(&(w)->json, "id");                                                                           \
                write_id(&(w)->json, letter, i);                                                                      \
            }                                                                                                         \
            function(w, &(vec).at[i]);                                                                                \
            emit_object_end(&(w)->json);                                                                              \
        }                                                                                                             \
        emit_array_end(&(w)->json);                                                                                   \
    } while (0)

enum status record_json(struct buf *out, const struct document *document, const struct world *world, bool pretty)
{
    struct writer writer = {.document = document, .world = world}, *w = &writer;
    const struct record *record = &document->record;
    enum status status = places_init(&w->places, document);
    if (status)
        return status;

    emit_init(&w->json, out, pretty);
    emit_object(&w->json);
    emit_key(&w->json, "schema");
    emit_text(&w->json, RECORD_SCHEMA);
    write_document(w);
    WRITE_LIST(w, "parties", 0, record->parties, write_party_claim);
    WRITE_LIST(w, "people", 'p', record->people, write_person);
    WRITE_LIST(w, "bodies", 'b', record->bodies, write_body_claim);
    WRITE_LIST(w, "meetings", 'm', record->meetings, write_meeting);
    WRITE_LIST(w, "instruments", 'i', record->instruments, write_instrument);
    WRITE_LIST(w, "commitments", 'c', record->commitments, write_commitment);
    emit_object_end(&w->json);
    places_finish(&w->places);
    return out->failed;
}
