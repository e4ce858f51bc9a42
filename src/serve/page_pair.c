// SPDX-License-Identifier: MIT
// A pair of parties, one of its sessions, one of its threads.
//
// Each shows what the register's questions give, with its codes in the words of the page's language; what leads to the words of a report
// is a claim's document and number.
// The register is asked for each list apart: none needs another.
#include "serve/forms.h"
#include "serve/pages.h"
#include "serve/picture.h"

#define SESSIONS_MOST 2000
#define SESSIONS_SHOWN 30
#define PAIR_THREADS 2000
#define PAIR_THREADS_SHOWN 30
#define PAIR_INSTRUMENTS_SHOWN 20
#define STAGES_SHOWN 40
#define STAGES_MOST 1000

struct slice page_thread_name(struct request *request, struct slice id)
{
    struct slice rest = id;
    slice_cut(&rest, '/');
    if (!rest.at)
        return id;
    struct slice about = slice_cut(&rest, '/');
    struct slice key = arena_format(request->arena, "concept.%.*s", (int)about.len, about.at);
    struct slice name = ui_text(request->language, key.at, SLICE(""));
    if (name.len == 0)
        name = ui_code(request->language, request->arena, "sector", about);
    return rest.at ? arena_format(request->arena, "%.*s · %.*s", (int)name.len, name.at, (int)rest.len, rest.at) : name;
}

void page_name_threads(struct request *request, struct value *rows)
{
    for (struct value *row = rows->first; row; row = row->next)
        value_set(request->arena, row, "name", page_thread_name(request, value_text(row, "id")));
}

void page_cut_dates(struct request *request, struct value *row, const char *column, const char *key)
{
    for (struct slice rest = value_text(row, column); rest.at && rest.len;) {
        struct slice date = slice_trim(slice_cut(&rest, ','));
        if (date.len)
            value_set(request->arena, value_add(request->arena, value_list(request->arena, row, key)), "date", date);
    }
}

struct slice page_pair_of(struct request *request, const char *id)
{
    struct slice rest = slice_from(id);
    return arena_copy(request->arena, slice_cut(&rest, '/'));
}

// Keeps the open ones of a list of threads: what is done, dropped or superseded is no promise any more.
static void keep_open(struct value *threads)
{
    struct value **link = &threads->first;
    threads->last = NULL;
    threads->count = 0;
    while (*link) {
        struct slice fate = value_text(*link, "fate");
        if (slice_is(fate, "done") || slice_is(fate, "dropped") || slice_is(fate, "superseded")) {
            *link = (*link)->next;
            continue;
        }
        threads->last = *link;
        threads->count++;
        link = &(*link)->next;
    }
}

void page_finish_sessions(struct request *request, struct value *rows)
{
    for (struct value *row = rows->first; row; row = row->next) {
        struct slice rest = value_text(row, "id");
        slice_cut(&rest, '/');
        value_set(request->arena, row, "type", slice_cut(&rest, '/'));
        value_set(request->arena, row, "place_name", ui_place(request->language, request->arena, value_text(row, "place")));
        value_set_text(request->arena, row, "missing", slice_is(value_text(row, "status"), "not in register") ? "yes" : "");
        struct slice number = value_text(row, "number"), until = value_text(row, "until");
        if (until.len)
            value_set(request->arena, row, "number",
                      arena_format(request->arena, "%.*s–%.*s", (int)number.len, number.at, (int)until.len, until.at));
        page_cut_chairs(request, row);
    }
}

struct value *page_all_sessions(struct request *request, struct value *into, const char *pair)
{
    return ask_rows(request, into, "sessions", "page_sessions", &(struct asked){.pair = pair, .limit = SESSIONS_MOST});
}

struct value *page_sessions(struct request *request, struct value *page, const char *pair)
{
    struct value *rows = page_all_sessions(request, page, pair);
    page_finish_sessions(request, rows);
    if (rows->count > SESSIONS_SHOWN)
        page_reverse(rows, "type");     // many: the latest of each body first
    page_window(request, page, rows, SESSIONS_SHOWN, "sessions");
    return rows;
}

struct value *page_stages(struct request *request, struct value *page, const char *key, const char *id)
{
    struct asked asked = {.id = id, .limit = STAGES_SHOWN + 1, .skip = page_skipped(request, key)};
    struct value *rows = ask_rows(request, page, key, "page_stages", &asked);
    page_turn(request, page, rows, STAGES_SHOWN, key);
    page_cut_claims(request, rows, "claim");
    page_cut_quotes(request, rows);
    return rows;
}

void page_pair(struct request *request, struct answer *answer, const char *id)
{
    struct value *page = page_new(request), *rows = value_object(request->arena);
    struct slice name = ui_pair(request->language, request->arena, slice_from(id));
    int64_t skip = page_skipped(request, "instruments");
    value_set(request->arena, page, "heading", name);
    value_set_text(request->arena, page, "pair", id);
    ask_rows(request, page, "bodies", "bodies", &(struct asked){.pair = id});
    ask_rows(request, page, "coming", "page_coming", &(struct asked){.pair = id, .limit = 10});
    struct value *sessions = page_sessions(request, page, id);
    struct value *threads = ask_rows(request, page, "threads", "commitments", &(struct asked){.pair = id, .limit = PAIR_THREADS});
    struct picture_said said;
    picture_read(request, ask_kept(request, rows, "pictures", "page_pictures", &(struct asked){.pair = id, .limit = PAIR_THREADS}), &said);
    picture_timeline(request, page, sessions, &said);
    picture_heat(request, page, &said, threads);
    keep_open(threads);
    page_window(request, page, threads, PAIR_THREADS_SHOWN, "threads");
    page_name_threads(request, threads);
    struct asked of_instruments = {.pair = id, .limit = PAIR_INSTRUMENTS_SHOWN + 1, .skip = skip};
    struct value *instruments = ask_rows(request, page, "instruments", "instruments", &of_instruments);
    page_turn(request, page, instruments, PAIR_INSTRUMENTS_SHOWN, "instruments");
    for (struct value *row = instruments->first; row; row = row->next)
        value_set(request->arena, row, "several", slice_is(value_text(row, "count"), "1") ? SLICE("") : value_text(row, "count"));
    page_send(request, answer, page, "pair");
}

// ---- a session --------------------------------------------------------------------------------------------------------------
static void cut_claim(struct request *request, struct value *row, const char *column, const char *document, const char *local)
{
    struct slice rest = value_text(row, column), first = slice_cut(&rest, '/');
    value_set(request->arena, row, document, first);
    value_set(request->arena, row, local, rest.at ? rest : SLICE(""));
}

// Values of one field that differ from report to report; one alone is no disagreement.
static void add_disagreement(struct request *request, struct value *page, const char *id)
{
    struct value *all = ask_rows(request, value_object(request->arena), "rows", "page_disagree", &(struct asked){.id = id});
    for (const struct value *row = all->first; row; row = row->next) {
        bool other = false;
        for (const struct value *seen = all->first; seen; seen = seen->next)
            other |= seen != row && slice_eq(value_text(seen, "field"), value_text(row, "field"));
        if (!other)
            continue;
        struct value *shown = value_add(request->arena, value_list(request->arena, page, "disagree"));
        bool date = slice_is(value_text(row, "field"), "date");
        value_set(request->arena, shown, date ? "date" : "place",
                  date ? value_text(row, "value") : ui_place(request->language, request->arena, value_text(row, "value")));
        struct value *claims = value_list(request->arena, shown, "claims");
        for (struct slice rest = value_text(row, "claims"); rest.at && rest.len;)
            value_set(request->arena, value_add(request->arena, claims), "claim", slice_cut(&rest, ','));
        page_cut_claims(request, claims, "claim");
    }
}

// What was promised before and was due when the session met.
static void add_due(struct request *request, struct value *page, const char *pair, struct slice day)
{
    if (day.len != 10)
        return;
    struct asked asked = {.pair = pair, .as_of = arena_copy(request->arena, day).at, .limit = PAIR_THREADS};
    page_name_threads(request, ask_rows(request, page, "due", "brief_due", &asked));
}

void page_session(struct request *request, struct answer *answer, const char *id)
{
    struct value *session = ask_one(request, "page_session", &(struct asked){.id = id}), *page = page_new(request);
    if (!session)
        return;
    const char *pair = page_pair_of(request, id).at;
    struct slice kind = ui_code(request->language, request->arena, "meeting", value_text(session, "type"));
    struct slice number = value_text(session, "ordinal");
    struct slice date = ui_date(request->language, request->arena, value_text(session, "date"), false);
    struct slice which = number.len ? ui_fill(request->arena, page_word(request, "session.number"), number) : date;
    struct slice who = ui_pair(request->language, request->arena, slice_from(pair));
    value_set(request->arena, page, "heading",
              arena_format(request->arena, "%.*s: %.*s%s%.*s", (int)who.len, who.at, (int)kind.len, kind.at,
                           which.len ? page_word(request, "list.comma").at : "", (int)which.len, which.at ? which.at : ""));
    value_set_text(request->arena, page, "pair", pair);
    value_set(request->arena, page, "pair_name", who);
    value_set(request->arena, session, "place_name", ui_place(request->language, request->arena, value_text(session, "place")));
    cut_claim(request, session, "date_claim", "date_document", "date_local");
    cut_claim(request, session, "place_claim", "place_document", "place_local");
    cut_claim(request, session, "status_claim", "status_document", "status_local");
    page_cut_chairs(request, session);
    page_cut_machine(request, session);
    session->key = "session";
    struct value *chairs = ask_rows(request, page, "people", "page_chairs", &(struct asked){.id = id});
    page_cut_claims(request, chairs, "claim");
    add_disagreement(request, page, id);
    struct value *deeds = ask_rows(request, page, "deeds", "page_session_deeds", &(struct asked){.id = id});
    page_cut_claims(request, deeds, "claim");
    for (struct value *row = deeds->first; row; row = row->next) {
        bool instrument = slice_is(value_text(row, "kind"), "instrument");
        struct value *same = value_add(request->arena, value_list(request->arena, page, instrument ? "instruments" : "commitments"));
        same->first = row->first;
        same->last = row->last;
    }
    if (value_find(page, "commitments"))
        page_name_threads(request, value_find(page, "commitments"));
    add_due(request, page, pair, value_text(session, "last_day"));
    page_stages(request, page, "told", id);
    value_adopt(page, session);
    forms_offer_decisions(request, page, id, SLICE("status date place chairs"));
    page_send(request, answer, page, "session");
}

// ---- a thread ---------------------------------------------------------------------------------------------------------------
// The fields of a thread, each a link of its own.
static void cut_fields(struct request *request, struct value *thread)
{
    for (struct slice rest = value_text(thread, "sectors"); rest.at && rest.len;)
        value_set(request->arena, value_add(request->arena, value_list(request->arena, thread, "fields")), "field", slice_cut(&rest, ' '));
}

void page_thread(struct request *request, struct answer *answer, const char *id)
{
    const char *pair = page_pair_of(request, id).at;
    struct value *thread = ask_one(request, "commitments", &(struct asked){.pair = pair, .id = id}), *page = page_new(request);
    value_set(request->arena, page, "heading", page_thread_name(request, slice_from(id)));
    value_set_text(request->arena, page, "pair", pair);
    value_set(request->arena, page, "pair_name", ui_pair(request->language, request->arena, slice_from(pair)));
    struct value *stages = page_stages(request, page, "stages", id);
    if (!thread && !stages->count)
        return;
    if (thread) {
        page_cut_dates(request, thread, "deadlines", "dates");
        cut_fields(request, thread);
        picture_slips(request, page, ask_rows(request, value_object(request->arena), "rows", "page_deadlines", &(struct asked){.id = id,
                .limit = STAGES_MOST}));
        page_cut_machine(request, thread);
        thread->key = "thread";
        value_adopt(page, thread);
    }
    forms_offer_decisions(request, page, id, SLICE("stance topic sectors deadline fate"));
    page_send(request, answer, page, "thread");
}
