// SPDX-License-Identifier: MIT
// karar.h: the register's handle.
//
// The register room knows rows, the report room knows how tables are written; here they meet. An answer is gathered in an arena before
// any of it goes to the caller's sink, so that a sink may take its time without holding up those who write to the register.
#include <stdlib.h>

#include "api/handles.h"
#include "api/pair.h"
#include "api/reread.h"
#include "register/register.h"
#include "report/rows.h"

#define TABLE_MEMORY ((size_t)1 << 30)

karar_status karar_register_open(const char *path, int create, karar_register **reg, karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    if (!path || !reg)
        return api_fail(error, STATUS_BAD_ARGUMENT, "path and register must be given");
    karar_register *handle = calloc(1, sizeof *handle);
    if (!handle)
        return api_fail(error, STATUS_NO_MEMORY, "no memory for the register");
    enum status status = registry_open(path, create != 0, &handle->registry, &detail);
    if (status) {
        free(handle);
        return api_error(error, &detail, status);
    }
    *reg = handle;
    return KARAR_OK;
}

karar_status karar_register_temporary(karar_register **reg, karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    if (!reg)
        return api_fail(error, STATUS_BAD_ARGUMENT, "a place for the register must be given");
    karar_register *handle = calloc(1, sizeof *handle);
    if (!handle)
        return api_fail(error, STATUS_NO_MEMORY, "no memory for the register");
    enum status status = registry_open_temporary(&handle->registry, &detail);
    if (status) {
        free(handle);
        return api_error(error, &detail, status);
    }
    *reg = handle;
    return KARAR_OK;
}

const char *karar_register_copy(const karar_register *reg)
{
    return reg ? registry_copy(reg->registry) : NULL;
}

void karar_register_close(karar_register *reg)
{
    if (!reg)
        return;
    registry_close(reg->registry);
    free(reg);
}

karar_status karar_register_add(karar_register *reg, const karar_report *report, const karar_add_options *options, int *is_new, char id[13],
                                karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    karar_add_options ours;
    if (!reg || !report || !is_new || !id)
        return api_fail(error, STATUS_BAD_ARGUMENT, "register, report and places for the answer must be given");
    karar_status checked = API_OPTIONS(ours, options, error);
    if (checked)
        return checked;
    struct buf json, annex;
    buf_init(&json, API_MAX_OUTPUT);
    buf_init(&annex, API_MAX_OUTPUT);
    enum status status = reread_document(&report->document, report->engine, &json, &annex);
    bool new_one = false;
    if (!status) {
        struct registry_document document = {
            .bytes = report->document.stored,
            .uri = report->document.uri,
            .author = slice_from(ours.author ? ours.author : "unknown"),
            .language = api_given(ours.language),
            .date = api_given(ours.date),
            .page_language = api_given(report->hint), .publisher = report->document.given_publisher,
            .reading = {buf_slice(&json), buf_slice(&annex), slice_from(KARAR_VERSION), engine_fingerprint(report->engine)},
        };
        status = registry_add(reg->registry, &document, &new_one, id, &detail);
    }
    buf_finish(&annex);
    buf_finish(&json);
    *is_new = new_one;
    return status ? api_error(error, &detail, status) : KARAR_OK;
}

karar_status karar_register_add_record(karar_register *reg, const char *json, size_t len, int *is_new, char id[13], karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    bool new_one = false;
    if (!reg || !json || !is_new || !id)
        return api_fail(error, STATUS_BAD_ARGUMENT, "register, record and places for the answer must be given");
    enum status status = registry_add_record(reg->registry, slice_make(json, len), slice_from(KARAR_VERSION), &new_one, id, &detail);
    *is_new = new_one;
    return status ? api_error(error, &detail, status) : KARAR_OK;
}

// ---- tables ---------------------------------------------------------------------------------------------------------------
// A table while it is gathered. The register's room must not be left by a longjmp, so a full arena is noted and the rest passed over.
struct gathering {
    struct arena arena;
    struct rows rows;
    int64_t skip;               // rows still to be left out
    enum status status;
};

static bool gather(void *user, const struct registry_row *row)
{
    struct gathering *gathering = user;
    if (gathering->skip > 0) {
        gathering->skip--;
        return true;
    }
    gathering->status = ARENA_CATCH(&gathering->arena);
    if (gathering->status)
        return false;
    rows_add(&gathering->rows, row->count, row->names, row->values, row->is_number);
    return true;
}

// The head of a table without rows.
static bool gather_head(void *user, const struct registry_row *row)
{
    struct gathering *gathering = user;
    gathering->status = ARENA_CATCH(&gathering->arena);
    if (!gathering->status)
        rows_head(&gathering->rows, row->count, row->names);
    return false;
}

static void gathering_init(struct gathering *gathering)
{
    *gathering = (struct gathering){.status = STATUS_OK};
    arena_init(&gathering->arena, NULL, TABLE_MEMORY);
    rows_init(&gathering->rows, &gathering->arena);
}

static void write_table(struct buf *out, struct rows *rows, karar_table format, bool colour, uint32_t width)
{
    switch (format) {
    case KARAR_TABLE_JSON:
        rows_json(out, rows);
        buf_add_char(out, '\n');
        break;
    case KARAR_TABLE_CSV:
        rows_csv(out, rows);
        break;
    case KARAR_TABLE_CALENDAR:
        rows_calendar(out, rows);
        break;
    default:
        if (rows_count(rows))
            rows_text(out, rows, colour, width);
    }
}

static void write_rows(struct buf *out, struct gathering *gathering, karar_table format, bool colour, uint32_t width)
{
    gathering->status = ARENA_CATCH(&gathering->arena);
    if (!gathering->status)
        write_table(out, &gathering->rows, format, colour, width);
}

static karar_status close_table(struct gathering *gathering, struct buf *out, enum status status, const struct error *detail,
                                karar_sink sink,
                                void *user, karar_error *error)
{
    if (!status)
        status = gathering->status;
    arena_finish(&gathering->arena);
    if (status) {
        buf_finish(out);
        return api_error(error, detail, status);
    }
    return api_flush(out, sink, user, error);
}

// Room for what a question names, put in order.
struct names {
    char pair[PAIR_MAX], id[PAIR_MAX];
};

static struct registry_question question_of(const karar_question *question, struct names *names)
{
    return (struct registry_question){
        .pair = pair_in_order(question->pair, names->pair), .id = pair_in_order(question->id, names->id),
        .words = api_given(question->words), .as_of = api_given(question->as_of), .languages = api_given(question->languages),
        .years = question->years, .limit = question->limit,
    };
}

// The rows left out have to be found, too. SKIP_MAX keeps the sum in range.
#define SKIP_MAX INT32_MAX
static void pass_over(struct registry_question *ask, const karar_question *question, int64_t *ret_skip)
{
    *ret_skip = question->skip < 0 ? 0 : question->skip > SKIP_MAX ? SKIP_MAX : question->skip;
    if (*ret_skip == 0)
        return;
    if (registry_skips(question->name)) {
        ask->skip = *ret_skip;
        *ret_skip = 0;
        return;
    }
    int64_t limit = ask->limit <= 0 ? REGISTRY_USUAL_LIMIT : ask->limit < SKIP_MAX ? ask->limit : SKIP_MAX;
    ask->limit = limit + *ret_skip;
}

struct brief_part {
    const char *question;       // NULL: that of the part before
    const char *key, *title, *nothing;
    uint32_t shown;             // rows that a page for people shows; 0: all
};

// Writes the rows of one part of a brief; how many there are. A full arena is noted, as by gather.
static uint32_t write_part(struct buf *out, struct gathering *gathering, const karar_question *question, const struct brief_part *part)
{
    struct rows table;
    gathering->status = ARENA_CATCH(&gathering->arena);
    if (gathering->status)
        return 0;
    rows_take(&gathering->rows, slice_from(part->key), &table);
    const uint32_t count = rows_count(&table);
    const bool cut = question->format == KARAR_TABLE_TEXT && part->shown && count > part->shown;
    if (question->format == KARAR_TABLE_JSON)
        buf_addf(out, "\"%s\": ", part->key);
    else
        buf_addf(out, "\n%s\n", part->title);
    if (cut)
        rows_cut(&table, part->shown);
    if (count || question->format == KARAR_TABLE_JSON)
        write_table(out, &table, question->format, question->colour != 0, question->width);
    else
        buf_addf(out, "%s\n", part->nothing);
    if (cut)
        buf_addf(out, "… and %u more: karar commitments %s\n", count - part->shown, question->pair ? question->pair : "");
    gathering->rows.told = table.told;
    return count;
}

// The brief: the questions a desk officer asks before a session, under one another. The rows of one question stand under several heads: its
// first column says under which.
static karar_status brief(karar_register *reg, const karar_question *question, karar_sink sink, void *user, uint64_t *rows,
                          karar_error *error)
{
    static const struct brief_part parts[] = {
        {"brief_sessions", "sessions", "LAST SESSIONS OF THE COMMISSION", "none in the register", 0},
        {NULL, "meetings", "OTHER MEETINGS", "none in the register", 0},
        {NULL, "next", "NEXT", "nothing is announced in the register", 0},
        {"brief_threads", "past_due", "PROMISES PAST DUE", "none", 0},
        {NULL, "open", "OPEN PROMISES BY SECTOR", "none", 0},
        {NULL, "talked", "ONLY DISCUSSED OR SUPPORTED", "nothing", 8},
        {"brief_instruments", "instruments", "INSTRUMENTS", "none", 20},
    };
    struct error detail = {.byte = UINT64_MAX};
    struct names names;
    struct registry_question ask = question_of(question, &names);
    struct gathering gathering;
    struct buf out;
    enum status status = STATUS_OK;
    bool json = question->format == KARAR_TABLE_JSON, csv = question->format == KARAR_TABLE_CSV;
    struct rows tables[sizeof parts / sizeof *parts];
    int table_count = 0;
    buf_init(&out, API_MAX_OUTPUT);
    gathering_init(&gathering);
    if (json)
        buf_add_text(&out, "{\n");
    else if (!csv)
        buf_addf(&out, "%.*s as of %s\n", (int)ask.pair.len, ask.pair.at ? ask.pair.at : "", question->as_of ? question->as_of : "today");
    *rows = 0;
    status = registry_hold(reg->registry, &detail);     // all of it is of one moment
    for (size_t i = 0; !status && !gathering.status && i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].question) {
            rows_next(&gathering.rows);
            ask.limit = strcmp(parts[i].question, "brief_instruments") == 0 ? parts[i].shown : question->limit;
            status = registry_ask(reg->registry, parts[i].question, &ask, gather, &gathering, &detail);
        }
        if (status || gathering.status)
            break;
        if (csv) {      // all in one table, its first column says under which head
            if (parts[i].question && !rows_count(&gathering.rows))
                status = registry_head(reg->registry, parts[i].question, gather_head, &gathering, &detail);
            if (parts[i].question && !gathering.status) {
                *rows += rows_count(&gathering.rows);
                tables[table_count++] = gathering.rows;
            }
            continue;
        }
        if (json && i)
            buf_add_text(&out, ",\n");
        *rows += write_part(&out, &gathering, question, &parts[i]);
    }
    registry_release(reg->registry);
    if (!status && *rows == 0)
        status = pair_check(ask.pair, &detail);
    if (json)
        buf_add_text(&out, "}\n");
    if (csv && !status && !gathering.status)
        rows_csv_joined(&out, tables, table_count);
    return close_table(&gathering, &out, status, &detail, sink, user, error);
}

karar_status karar_register_ask(karar_register *reg, const karar_question *question, karar_sink sink, void *user, uint64_t *rows,
                                karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    karar_question ours;
    karar_status checked = API_OPTIONS(ours, question, error);
    if (checked)
        return checked;
    if (!reg || !ours.name || !sink || !rows)
        return api_fail(error, STATUS_BAD_ARGUMENT, "register, question, sink and rows must be given");
    if (strcmp(ours.name, "brief") == 0)
        return brief(reg, &ours, sink, user, rows, error);
    struct names names;
    struct registry_question ask = question_of(&ours, &names);
    struct gathering gathering;
    struct buf out;
    buf_init(&out, API_MAX_OUTPUT);
    gathering_init(&gathering);
    pass_over(&ask, &ours, &gathering.skip);
    enum status status = registry_ask(reg->registry, ours.name, &ask, gather, &gathering, &detail);
    *rows = rows_count(&gathering.rows);
    if (!status && *rows == 0)
        status = pair_check(ask.pair, &detail);
    if (!status && *rows == 0 && ours.format == KARAR_TABLE_CSV)
        status = registry_head(reg->registry, ours.name, gather_head, &gathering, &detail);
    if (!status && !gathering.status)
        write_rows(&out, &gathering, ours.format, ours.colour != 0, ours.width);
    return close_table(&gathering, &out, status, &detail, sink, user, error);
}

// ---- rows ------------------------------------------------------------------------------------------------------------------
#define MAX_ROW_COLUMNS 64

struct handing {
    karar_row_sink sink;
    void *user;
    int stopped;
    int64_t skip;               // rows still to be left out
};

static bool hand_on(void *user, const struct registry_row *row)
{
    struct handing *handing = user;
    if (handing->skip > 0) {
        handing->skip--;
        return true;
    }
    const char *texts[MAX_ROW_COLUMNS];
    size_t lengths[MAX_ROW_COLUMNS], count = row->count < MAX_ROW_COLUMNS ? (size_t)row->count : MAX_ROW_COLUMNS;
    for (size_t i = 0; i < count; i++) {
        texts[i] = row->values[i].at;
        lengths[i] = row->values[i].len;
    }
    karar_row ours = {count, row->names, texts, lengths};
    handing->stopped = handing->sink(handing->user, &ours);
    return handing->stopped == 0;
}

karar_status karar_register_rows(karar_register *reg, const karar_question *question, karar_row_sink sink, void *user, karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    karar_question ours;
    karar_status checked = API_OPTIONS(ours, question, error);
    if (checked)
        return checked;
    if (!reg || !ours.name || !sink)
        return api_fail(error, STATUS_BAD_ARGUMENT, "register, question and sink must be given");
    struct names names;
    struct registry_question ask = question_of(&ours, &names);
    struct handing handing = {.sink = sink, .user = user};
    pass_over(&ask, &ours, &handing.skip);
    enum status status = registry_ask(reg->registry, ours.name, &ask, hand_on, &handing, &detail);
    if (!status && handing.stopped)
        return api_fail(error, STATUS_IO, "the rows were not wanted to the end");
    return status ? api_error(error, &detail, status) : KARAR_OK;
}

karar_status karar_register_backup(karar_register *reg, const char *path, karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    if (!reg || !path || !*path)
        return api_fail(error, STATUS_BAD_ARGUMENT, "the register and a path must be given");
    enum status status = registry_backup(reg->registry, path, &detail);
    return status ? api_error(error, &detail, status) : KARAR_OK;
}

karar_status karar_register_read_only(karar_register *reg, karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    if (!reg)
        return api_fail(error, STATUS_BAD_ARGUMENT, "the register must be given");
    enum status status = registry_read_only(reg->registry, &detail);
    return status ? api_error(error, &detail, status) : KARAR_OK;
}

// ---- decisions, rebuild, verify -------------------------------------------------------------------------------------------
// The reader of a decision, and what it read last.
struct rereader {
    const karar_engine *engine;
    struct buf json, annex;
};

static enum status read_for_decision(void *user, const struct registry_document *document, struct registry_reading *ret_reading,
                                     struct error *reterr_error)
{
    struct rereader *rereader = user;
    buf_clear(&rereader->json);
    buf_clear(&rereader->annex);
    if (document->language.len && engine_language_find(rereader->engine->engine, document->language) == LANGUAGE_NONE)
        return error_set(reterr_error, STATUS_BAD_ARGUMENT, "no pack reads the language %.*s", (int)document->language.len,
                         document->language.at);
    return reread_stored(rereader->engine, document, &rereader->json, &rereader->annex, ret_reading, reterr_error);
}

karar_status karar_register_decide(karar_register *reg, const karar_decision *decision, int64_t *number, karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    karar_decision ours;
    karar_status checked = API_OPTIONS(ours, decision, error);
    if (checked)
        return checked;
    if (!reg || !ours.action || !number)
        return api_fail(error, STATUS_BAD_ARGUMENT, "register, decision and a place for its number must be given");
    int action = 0;
    while (action < DECISION_COUNT && strcmp(registry_action_name((enum decision_action)action), ours.action) != 0)
        action++;
    if (action == DECISION_COUNT)
        return api_fail(error, STATUS_BAD_ARGUMENT, "'%.20s' is no decision: accept, reject, unsure, edit, add, merge, split, judge, "
                        "settle, undo", ours.action);
    char target[PAIR_MAX];
    struct registry_decision asked = {
        .action = (enum decision_action)action, .target = pair_in_order(ours.target, target), .field = api_given(ours.field),
        .value = api_given(ours.value), .author = api_given(ours.author), .reason = api_given(ours.reason),
        .words = api_given(ours.words), .nth = ours.nth,
    };
    struct rereader rereader = {.engine = ours.engine};
    buf_init(&rereader.json, API_MAX_OUTPUT);
    buf_init(&rereader.annex, API_MAX_OUTPUT);
    asked.read = ours.engine ? read_for_decision : NULL;
    asked.user = &rereader;
    enum status status = registry_decide(reg->registry, &asked, number, &detail);
    buf_finish(&rereader.json);
    buf_finish(&rereader.annex);
    return status ? api_error(error, &detail, status) : KARAR_OK;
}

// The number of all engines; 0: they do not read alike, or nobody knows.
static uint64_t common_reader(karar_engine *const *engines, uint32_t count)
{
    uint64_t reader = engine_fingerprint(engines[0]->engine);
    for (uint32_t i = 1; i < count; i++)
        if (engine_fingerprint(engines[i]->engine) != reader)
            return 0;
    return reader;
}

karar_status karar_register_rebuild(karar_register *reg, karar_engine *const *engines, uint32_t engine_count, int read_all,
                                    karar_progress progress, void *progress_user, karar_table format, karar_sink sink, void *user,
                                    uint64_t *differences, karar_error *error)
{
    static const char *const changed[] = {"change", "what", "id", "said"};
    struct error detail = {.byte = UINT64_MAX};
    if (!reg || !engines || engine_count == 0 || !sink || !differences)
        return api_fail(error, STATUS_BAD_ARGUMENT, "register, engines, sink and a place for the differences must be given");
    struct registry_readers readers;
    struct reread *reread = reread_start(reg->registry, engines, engine_count, &readers);
    if (!reread)
        return api_fail(error, STATUS_NO_MEMORY, "no memory or no threads to read reports again");
    readers.reader = read_all ? 0 : common_reader(engines, engine_count);
    struct gathering gathering;
    struct buf out;
    buf_init(&out, API_MAX_OUTPUT);
    gathering_init(&gathering);
    enum status status = registry_rebuild(reg->registry, &readers, progress, progress_user, gather, &gathering, &detail);
    reread_finish(reread);
    *differences = rows_count(&gathering.rows);
    if (!status && *differences == 0)
        gather_head(&gathering, &(struct registry_row){sizeof changed / sizeof *changed, changed, NULL, NULL});
    if (!status && !gathering.status)
        write_rows(&out, &gathering, format, false, 0);
    return close_table(&gathering, &out, status, &detail, sink, user, error);
}

struct feeding {
    karar_feed feed;
    void *user;
};

static enum status next_line(void *user, struct slice *ret_line, struct error *reterr_error)
{
    const struct feeding *feeding = user;
    const char *line = NULL;
    size_t len = 0;
    int more = feeding->feed(feeding->user, &line, &len);
    if (more < 0)
        return error_set(reterr_error, STATUS_IO, "the lines cannot be read to their end; nothing was imported");
    *ret_line = more ? slice_make(line ? line : "", line ? len : 0) : (struct slice){NULL, 0};
    return STATUS_OK;
}

karar_status karar_register_import(karar_register *reg, karar_feed feed, void *feed_user, karar_engine *const *engines,
                                   uint32_t engine_count, karar_progress progress, void *progress_user, uint64_t *documents,
                                   uint64_t *decisions, karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    if (!reg || !feed || !engines || engine_count == 0 || !documents || !decisions)
        return api_fail(error, STATUS_BAD_ARGUMENT, "register, lines, engines and places for the counts must be given");
    struct registry_readers readers;
    struct reread *reread = reread_start(reg->registry, engines, engine_count, &readers);
    if (!reread)
        return api_fail(error, STATUS_NO_MEMORY, "no memory or no threads to read reports");
    struct feeding feeding = {feed, feed_user};
    struct registry_lines lines = {next_line, &feeding};
    struct registry_imported counts = {0};
    enum status status = registry_import(reg->registry, &lines, &readers, progress, progress_user, &counts, &detail);
    reread_finish(reread);
    *documents = counts.documents;
    *decisions = counts.decisions;
    return status ? api_error(error, &detail, status) : KARAR_OK;
}

karar_status karar_register_verify(karar_register *reg, karar_table format, karar_sink sink, void *user, uint64_t *documents,
                                   uint64_t *spans,
                                   uint64_t *faults, karar_error *error)
{
    struct error detail = {.byte = UINT64_MAX};
    static const char *const found[] = {"document", "where", "fault"};
    struct registry_verified counts = {0};
    if (!reg || !sink || !documents || !spans || !faults)
        return api_fail(error, STATUS_BAD_ARGUMENT, "register, sink and places for the counts must be given");
    struct gathering gathering;
    struct buf out;
    buf_init(&out, API_MAX_OUTPUT);
    gathering_init(&gathering);
    enum status status = registry_verify(reg->registry, gather, &gathering, &counts, &detail);
    *documents = counts.documents;
    *spans = counts.spans;
    *faults = counts.faults;
    if (!status && *faults == 0)
        gather_head(&gathering, &(struct registry_row){sizeof found / sizeof *found, found, NULL, NULL});
    if (!status && !gathering.status)
        write_rows(&out, &gathering, format, false, 0);
    return close_table(&gathering, &out, status, &detail, sink, user, error);
}
