// SPDX-License-Identifier: MIT
// karar.h: reading a report and writing what was read.
//
// The document borrows its bytes, so the handle keeps a copy of them for as long as it lives. Output is put together
// in a buffer and handed to the sink in one piece: a record is small beside its report.
#include <stdlib.h>

#include "api/handles.h"
#include "explain/explain.h"
#include "report/record_arrow.h"
#include "report/record_csv.h"
#include "report/record_json.h"
#include "report/record_text.h"


// ---- reading ------------------------------------------------------------------------------------------------------
static karar_status read_options_of(const karar_engine *engine, const karar_read_options *options,
                                    struct read_options *ret_options, karar_error *error)
{
    struct read_options read = {.uri = SLICE("-"), .language = LANGUAGE_NONE, .hint = LANGUAGE_NONE};
    if (options && options->size < sizeof *options)
        return api_fail(error, STATUS_BAD_ARGUMENT, "karar_read_options.size is %zu, not %zu", options->size,
                        sizeof *options);
    if (options && options->uri)
        read.uri = slice_from(options->uri);
    if (options && options->publisher)
        read.publisher = slice_from(options->publisher);
    if (options && options->language_hint)
        read.hint = engine_language_find(engine->engine, slice_from(options->language_hint));
    if (options && options->language) {
        read.language = engine_language_find(engine->engine, slice_from(options->language));
        if (read.language == LANGUAGE_NONE)
            return api_fail(error, STATUS_BAD_ARGUMENT, "no language pack reads '%.60s'", options->language);
    }
    if (options && options->date && !date_parse_edtf(slice_from(options->date), &read.date))
        return api_fail(error, STATUS_BAD_ARGUMENT,
                        "'%.60s' is no date: write 2025-11-27, 2025-11, 2025 or two joined by /", options->date);
    *ret_options = read;
    return KARAR_OK;
}

karar_status karar_read(karar_engine *engine, const char *bytes, size_t len, const karar_read_options *options,
                        karar_report **report, karar_error *error)
{
    struct read_options read;
    struct error detail = {.byte = UINT64_MAX};
    if (!engine || !report || (!bytes && len))
        return api_fail(error, STATUS_BAD_ARGUMENT, "engine, bytes and report must be given");
    karar_status checked = read_options_of(engine, options, &read, error);
    if (checked)
        return checked;
    *report = NULL;
    if (options && options->facts_only && !engine_may_state(engine->engine, slice_make(bytes, len)))
        return KARAR_OK;
    karar_report *handle = calloc(1, sizeof *handle);
    if (!handle)
        return api_fail(error, STATUS_NO_MEMORY, "no memory for the report");
    handle->engine = engine->engine;
    handle->bytes = api_copy(slice_make(bytes, len));
    handle->uri = api_copy(read.uri);
    handle->publisher = api_copy(read.publisher);
    enum status status;
    if (handle->bytes && handle->uri && handle->publisher) {
        read.uri.at = handle->uri;
        read.publisher.at = handle->publisher;
        status = engine_read(engine->engine, slice_make(handle->bytes, len), &read, &handle->document, &detail);
    } else {
        status = error_set(&detail, STATUS_NO_MEMORY, "no memory for the report");
    }
    if (!status && handle->document.pack) {
        handle->language = api_copy(handle->document.pack->config.language);
        status = handle->language ? STATUS_OK : error_set(&detail, STATUS_NO_MEMORY, "no memory for the report");
    }
    if (status) {
        karar_report_free(handle);
        return api_error(error, &detail, status);
    }
    if (!date_is_none(handle->document.given_date))
        date_edtf(handle->document.given_date, handle->given_date);
    const struct date_range *published = &handle->document.published;
    date_edtf(date_is_none(*published) ? handle->document.given_date : *published, handle->date);
    *report = handle;
    return KARAR_OK;
}

void karar_report_free(karar_report *report)
{
    if (!report)
        return;
    engine_finish_document(&report->document);
    free(report->bytes);
    free(report->uri);
    free(report->publisher);
    free(report->language);
    free(report);
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
    return record->meetings.count + record->instruments.count + record->commitments.count;
}

// ---- writing ------------------------------------------------------------------------------------------------------
karar_status karar_report_write(const karar_report *report, const karar_write_options *options, karar_sink sink,
                                void *user, karar_error *error)
{
    karar_write_options defaults = {.size = sizeof defaults, .format = KARAR_JSON};
    if (!options)
        options = &defaults;
    if (!report || !sink || options->size < sizeof *options)
        return api_fail(error, STATUS_BAD_ARGUMENT, "report, sink and a whole karar_write_options must be given");
    const struct world *world = engine_world(report->engine);
    enum status status;
    struct buf out;
    buf_init(&out, API_MAX_OUTPUT);
    switch (options->format) {
    case KARAR_JSON:
    case KARAR_JSONL:
        status = record_json(&out, &report->document, world, options->format == KARAR_JSON);
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
        return api_fail(error, STATUS_BAD_ARGUMENT, "no format %d", (int)options->format);
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
    buf_init(&out, API_MAX_OUTPUT);
    explain_document(&out, &report->document, engine_world(report->engine));
    return api_flush(&out, sink, user, error);
}

karar_status karar_report_why(const karar_report *report, const char *claim, karar_sink sink, void *user,
                              karar_error *error)
{
    if (!report || !claim || !sink)
        return api_fail(error, STATUS_BAD_ARGUMENT, "report, claim and sink must be given");
    struct buf out;
    buf_init(&out, API_MAX_OUTPUT);
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
