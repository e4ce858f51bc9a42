// SPDX-License-Identifier: MIT
// karar.h: reading a report and writing what was read.
//
// The document borrows its bytes, so the handle keeps a copy of them behind itself for as long as it lives. Output is put together
// in a buffer and handed to the sink in one piece: a record is small beside its report. Facts are made when one is first asked for.
#include "api/handles.h"
#include "doc/party_set.h"
#include "explain/explain.h"
#include "report/claim_row.h"
#include "report/place.h"
#include "report/record_arrow.h"
#include "report/record_csv.h"
#include "report/record_json.h"
#include "report/record_text.h"

// ---- reading ------------------------------------------------------------------------------------------------------
static karar_status read_options_of(const karar_engine *engine, const karar_read_options *options, struct read_options *ret_options,
                                    karar_error *error)
{
    struct read_options read = {.uri = SLICE("-"), .language = LANGUAGE_NONE, .hint = LANGUAGE_NONE};
    if (options->uri)
        read.uri = slice_from(options->uri);
    if (options->publisher)
        read.publisher = slice_from(options->publisher);
    if (options->language_hint)
        read.hint = engine_language_find(engine->engine, slice_from(options->language_hint));
    if (options->language) {
        read.language = engine_language_find(engine->engine, slice_from(options->language));
        if (read.language == LANGUAGE_NONE)
            return api_fail(error, STATUS_BAD_ARGUMENT, "no language pack reads '%.60s'", options->language);
    }
    if (options->date && !date_parse_edtf(slice_from(options->date), &read.date))
        return api_fail(error, STATUS_BAD_ARGUMENT,
                        "'%.60s' is no date: write 2025-11-27, 2025-11, 2025 or two joined by /", options->date);
    *ret_options = read;
    return KARAR_OK;
}

// Copies to *next, with a NUL behind, and moves *next on.
static struct slice keep(char **next, struct slice text)
{
    char *at = *next;
    if (text.len)
        memcpy(at, text.at, text.len);
    at[text.len] = '\0';
    *next = at + text.len + 1;
    return slice_make(at, text.len);
}

// The handle with its own copies of the strings, which *bytes and *read then mean.
static karar_report *new_report(const karar_engine *engine, struct slice *bytes, struct read_options *read)
{
    const struct allocator *allocator = engine_allocator(engine->engine);
    size_t size = sizeof(karar_report) + bytes->len + read->uri.len + read->publisher.len + 3;
    karar_report *report = bytes->len < SIZE_MAX / 4 ? allocator->resize(allocator->user, NULL, 0, size) : NULL;
    if (!report)
        return NULL;
    *report = (karar_report){.engine = engine->engine, .size = size};
    char *next = (char *)(report + 1);
    *bytes = keep(&next, *bytes);
    read->uri = keep(&next, read->uri);
    read->publisher = keep(&next, read->publisher);
    return report;
}

static void note_dates(karar_report *report)
{
    const struct document *document = &report->document;
    date_edtf(document->given_date, report->given_date);
    date_edtf(date_is_none(document->published) ? document->given_date : document->published, report->date);
}

karar_status karar_read(karar_engine *engine, const char *bytes, size_t len, const karar_read_options *options,
                        karar_report **report, karar_error *error)
{
    struct read_options read;
    karar_read_options ours;
    struct error detail = {.byte = UINT64_MAX};
    struct slice text = slice_make(bytes, len);
    if (!engine || !report || (!bytes && len))
        return api_fail(error, STATUS_BAD_ARGUMENT, "engine, bytes and report must be given");
    *report = NULL;
    karar_status checked = API_OPTIONS(ours, options, error);
    if (!checked)
        checked = read_options_of(engine, &ours, &read, error);
    if (checked)
        return checked;
    if (ours.facts_only && !engine_may_state(engine->engine, text))
        return KARAR_OK;
    karar_report *handle = new_report(engine, &text, &read);
    if (!handle)
        return api_fail(error, STATUS_NO_MEMORY, "no memory for the report");
    enum status status = engine_read(engine->engine, text, &read, &handle->document, &detail);
    if (status) {
        karar_report_free(handle);
        return api_error(error, &detail, status);
    }
    if (handle->document.pack)
        handle->language = engine->tags[engine_language_find(engine->engine, handle->document.pack->config.language)];
    if (read.hint != LANGUAGE_NONE)
        handle->hint = engine->tags[read.hint];
    note_dates(handle);
    *report = handle;
    return KARAR_OK;
}

void karar_report_free(karar_report *report)
{
    if (!report)
        return;
    const struct allocator *allocator = engine_allocator(report->engine);
    engine_finish_document(&report->document);
    allocator->resize(allocator->user, report, report->size, 0);
}

const char *karar_report_language(const karar_report *report)
{
    return report ? report->language : NULL;
}

const char *karar_report_given_date(const karar_report *report)
{
    return report && *report->given_date ? report->given_date : NULL;
}

const char *karar_report_date(const karar_report *report)
{
    return report && *report->date ? report->date : NULL;
}

int karar_report_has_party(const karar_report *report, const char *code)
{
    const struct world *world = report && code ? engine_world(report->engine) : NULL;
    for (uint32_t i = 0; world && i < report->document.record.parties.count; i++)
        if (slice_is(world->parties.at[report->document.record.parties.at[i].party].code, code))
            return 1;
    return 0;
}

const char *karar_csv_head(void)
{
    return RECORD_CSV_HEAD;
}

uint32_t karar_report_facts(const karar_report *report)
{
    if (!report)
        return 0;
    const struct record *record = &report->document.record;
    return claim_row_count(record);
}

// ---- facts --------------------------------------------------------------------------------------------------------
// Codes joined by blanks, a NUL behind.
struct joined {
    char at[1024];
    size_t len;
};

static void join(struct joined *joined, struct slice code)
{
    if (joined->len + code.len + 2 > sizeof joined->at)
        return;     // more parties than a report can name
    if (joined->len)
        joined->at[joined->len++] = ' ';
    memcpy(joined->at + joined->len, code.at, code.len);
    joined->len += code.len;
}

static const char *keep_text(struct arena *arena, struct slice text)
{
    return text.len ? arena_copy(arena, text).at : NULL;
}

static karar_fact fact_of(const karar_report *report, const struct places *places, uint32_t n)
{
    const struct world *world = engine_world(report->engine);
    struct arena *arena = report->document.arena;
    struct claim_row row = claim_row_at(&report->document, world, n);
    struct joined parties = {.len = 0}, sectors = {.len = 0};
    char date[DATE_EDTF_SIZE];
    for (uint16_t party = 0; party < world->parties.count; party++)
        if (party_set_has(row.parties, party))
            join(&parties, world->parties.at[party].code);
    for (unsigned sector = 0; sector < SECTOR_COUNT; sector++)
        if (row.sectors >> sector & 1)
            join(&sectors, slice_from(code_text(CODES_SECTOR, sector)));
    karar_fact fact = {
        .size = sizeof fact, .id = arena_format(arena, "%c%u", row.letter, row.index + 1).at, .kind = row.kind, .type = row.type,
        .status = row.status, .parties = arena_copy(arena, slice_make(parties.at, parties.len)).at,
        .date = keep_text(arena, slice_make(date, (size_t)date_edtf(row.date, date))), .city = keep_text(arena, row.city),
        .sectors = arena_copy(arena, slice_make(sectors.at, sectors.len)).at, .ordinal = (uint32_t)row.ordinal,
    };
    if (row.evidence->count) {
        struct place place = place_of_tokens(places, row.evidence->at[0].first, row.evidence->at[0].last);
        fact.quote = arena_copy(arena, place.words).at;
        fact.quote_len = place.words.len;
        fact.begin = place.begin;
        fact.end = place.end;
        fact.char_begin = place.char_begin;
        fact.char_end = place.char_end;
    }
    return fact;
}

// All facts at once: where they stand in the text is worked out in one pass over it.
static enum status make_facts(karar_report *report)
{
    struct places places;
    uint32_t count = karar_report_facts(report);
    enum status status = places_init(&places, &report->document);
    if (status)
        return status;
    status = ARENA_CATCH(report->document.arena);
    if (!status) {
        karar_fact *facts = ARENA_ARRAY(report->document.arena, karar_fact, count);
        for (uint32_t i = 0; i < count; i++)
            facts[i] = fact_of(report, &places, i);
        report->facts = facts;
    }
    places_finish(&places);
    return status;
}

karar_status karar_report_fact(karar_report *report, uint32_t n, karar_fact *fact, karar_error *error)
{
    if (!report || !fact || fact->size < sizeof fact->size || fact->size > API_MAX_OPTIONS)
        return api_fail(error, STATUS_BAD_ARGUMENT, "report and a fact with its size must be given");
    if (n >= karar_report_facts(report))
        return api_fail(error, STATUS_NOT_FOUND, "the report has %u facts", karar_report_facts(report));
    enum status status = report->facts ? STATUS_OK : make_facts(report);
    if (status)
        return api_fail(error, status, "%s for the facts", status_name(status));
    size_t size = fact->size;
    memset(fact, 0, size);
    memcpy(fact, &report->facts[n], size < sizeof *fact ? size : sizeof *fact);
    fact->size = size;
    return KARAR_OK;
}

// ---- writing ------------------------------------------------------------------------------------------------------
karar_status karar_report_write(const karar_report *report, const karar_write_options *options, karar_sink sink,
                                void *user, karar_error *error)
{
    karar_write_options ours;
    if (!report || !sink)
        return api_fail(error, STATUS_BAD_ARGUMENT, "report and sink must be given");
    karar_status checked = API_OPTIONS(ours, options, error);
    if (checked)
        return checked;
    const struct world *world = engine_world(report->engine);
    enum status status;
    struct buf out;
    buf_init_in(&out, API_MAX_OUTPUT, engine_allocator(report->engine));
    switch (ours.format) {
    case KARAR_JSON:
    case KARAR_JSONL:
        status = record_json(&out, &report->document, world, ours.format == KARAR_JSON);
        buf_add_char(&out, '\n');
        break;
    case KARAR_CSV:
        status = record_csv(&out, &report->document, world);
        break;
    case KARAR_ARROW:
        status = record_arrow(&out, &report->document, world);
        break;
    case KARAR_TEXT:
        status = record_text(&out, &report->document, world,
                             (struct text_style){.colour = options->colour != 0, .width = options->width});
        break;
    default:
        buf_finish(&out);
        return api_fail(error, STATUS_BAD_ARGUMENT, "no format %d", (int)ours.format);
    }
    if (status && !out.failed)
        out.failed = status;
    return api_flush(&out, sink, user, error);
}

static karar_status write_part(void (*write)(struct buf *out), karar_sink sink, void *user, karar_error *error)
{
    struct buf out;
    if (!sink)
        return api_fail(error, STATUS_BAD_ARGUMENT, "sink must be given");
    buf_init(&out, API_MAX_OUTPUT);
    write(&out);
    return api_flush(&out, sink, user, error);
}

karar_status karar_arrow_head(karar_sink sink, void *user, karar_error *error)
{
    return write_part(record_arrow_head, sink, user, error);
}

karar_status karar_arrow_tail(karar_sink sink, void *user, karar_error *error)
{
    return write_part(record_arrow_tail, sink, user, error);
}

karar_status karar_report_explain(const karar_report *report, karar_sink sink, void *user, karar_error *error)
{
    if (!report || !sink)
        return api_fail(error, STATUS_BAD_ARGUMENT, "report and sink must be given");
    struct buf out;
    buf_init_in(&out, API_MAX_OUTPUT, engine_allocator(report->engine));
    explain_document(&out, &report->document, engine_world(report->engine));
    return api_flush(&out, sink, user, error);
}

karar_status karar_report_why(const karar_report *report, const char *claim, karar_sink sink, void *user,
                              karar_error *error)
{
    if (!report || !claim || !sink)
        return api_fail(error, STATUS_BAD_ARGUMENT, "report, claim and sink must be given");
    struct buf out;
    buf_init_in(&out, API_MAX_OUTPUT, engine_allocator(report->engine));
    enum status status = explain_why(&out, &report->document, engine_world(report->engine), slice_from(claim));
    if (status == STATUS_NOT_FOUND) {
        buf_clear(&out);
        status = explain_missing(&out, &report->document, engine_world(report->engine), slice_from(claim));
    }
    if (status == STATUS_NOT_FOUND) {
        buf_finish(&out);
        return api_fail(error, status, "no claim '%.60s' in this report, and no such words", claim);
    }
    return api_flush(&out, sink, user, error);
}
