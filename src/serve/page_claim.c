// SPDX-License-Identifier: MIT
// One claim of a report: its words, what the reader says and what people say beside each other, and the forms to decide on it; the form for
// a claim that the reader passed over; the queue and the outcome of two people who judge apart.
//
// A form has one field for each value of the claim, called "value." and the field's name; page_decide puts them together again. Which
// fields there are, and which codes, the register tells.
#include "serve/forms.h"
#include "serve/pages.h"
#include "serve/template.h"

#define JUDGED_ITEMS 10
#define SHOWN_DIFFERENCES 100
#define SHOWN_DECISIONS 30

// By which words of the interface a field's codes are called.
static const struct {
    const char *field, *prefix;
} worded[] = {
    {"type", "meeting"}, {"kind", "instrument"}, {"status", "status"}, {"stance", "status"}, {"sectors", "sector"},
};

static const char *prefix_of(struct slice field)
{
    for (size_t i = 0; i < sizeof worded / sizeof *worded; i++)
        if (slice_is(field, worded[i].field))
            return worded[i].prefix;
    return NULL;
}

static bool has_word(struct slice words, struct slice word)
{
    while (words.at && words.len)
        if (slice_eq(slice_cut(&words, ' '), word))
            return true;
    return false;
}

static void add_option(struct request *request, struct value *options, const char *prefix, struct slice code, struct slice chosen)
{
    struct value *option = value_add(request->arena, options);
    value_set(request->arena, option, "code", code);
    value_set(request->arena, option, "label", ui_code(request->language, request->arena, prefix, code));
    value_set_text(request->arena, option, "chosen", has_word(chosen, code) ? "yes" : "");
}

// The codes that a field may have as `options`; all codes of the interface's words where the list is "*".
static void add_options(struct request *request, struct value *field, struct slice codes, struct slice chosen)
{
    const char *prefix = prefix_of(value_text(field, "field"));
    if (!codes.len || !prefix)
        return;
    struct value *options = value_list(request->arena, field, "options");
    if (!slice_is(codes, "*")) {
        while (codes.at && codes.len)
            add_option(request, options, prefix, slice_cut(&codes, ' '), chosen);
        return;
    }
    size_t len = strlen(prefix);
    value_set_text(request->arena, field, "many", "yes");
    for (uint32_t i = 0; i < page_word_count; i++) {
        const char *key = page_text(&page_word_keys, i);
        if (strncmp(key, prefix, len) == 0 && key[len] == '.' && strcmp(key + len, ".all") != 0)
            add_option(request, options, prefix, slice_from(key + len + 1), chosen);
    }
}

// A value as a person reads it.
struct slice page_shown(struct request *request, struct slice field, struct slice value)
{
    struct arena *arena = request->arena;
    const char *prefix = prefix_of(field);
    struct slice text = SLICE("");
    if (!value.len || slice_is(value, "none"))
        return page_word(request, "claim.none");
    if (slice_is(field, "date") || slice_is(field, "deadline"))
        return ui_date(request->language, arena, value, false);
    if (slice_is(field, "place"))
        return ui_place(request->language, arena, value);
    if (slice_is(field, "parties"))
        prefix = "party";
    else if (slice_is(field, "concepts"))
        prefix = "concept";
    if (!prefix)
        return value;
    for (struct slice rest = value; rest.at && rest.len;) {
        struct slice word = ui_code(request->language, arena, prefix, slice_cut(&rest, ' ')), comma = page_word(request, "list.comma");
        text = arena_format(arena, "%.*s%.*s%.*s", (int)text.len, text.at, text.len ? (int)comma.len : 0, comma.at, (int)word.len, word.at);
    }
    return text;
}

static void finish_fields(struct request *request, struct value *fields)
{
    for (struct value *row = fields->first; row; row = row->next) {
        struct slice field = value_text(row, "field"), now = value_text(row, "now"), machine = value_text(row, "machine");
        value_set(request->arena, row, "now_shown", page_shown(request, field, now));
        value_set(request->arena, row, "machine_shown", page_shown(request, field, machine));
        add_options(request, row, value_text(row, "codes"), now);
    }
}

// "field=value" on lines as rows of field and what is shown of it.
static void add_told(struct request *request, struct value *row, const char *key, struct slice lines)
{
    struct value *list = value_list(request->arena, row, key);
    while (lines.at && lines.len) {
        struct slice value = slice_cut(&lines, '\n'), field = slice_cut(&value, '=');
        struct value *one = value_add(request->arena, list);
        if (slice_is(field, "verdict")) {
            value_set(request->arena, one, "verdict", value);
            continue;
        }
        value_set(request->arena, one, "field", field);
        value_set(request->arena, one, "told", page_shown(request, field, value.at ? value : SLICE("")));
    }
}

// The form for a claim that is passed over: its kind and words came by the form of the report's page.
static void show_new(struct request *request, struct answer *answer)
{
    struct slice kind = request_query(request, "kind");
    const char *id = request_text(request, request_query(request, "document"));
    struct value *report = id ? ask_one(request, "page_document", &(struct asked){.id = id}) : NULL, *page = page_new(request);
    struct value *fields = ask_rows(request, page, "fields", "page_fields_of_kind", &(struct asked){.id = request_text(request, kind)});
    if (!report || !fields->count)
        return;
    finish_fields(request, fields);
    value_set(request->arena, page, "heading", page_word(request, "claim.add"));
    value_set(request->arena, page, "document", value_text(report, "document"));
    value_set(request->arena, page, "title", value_text(report, "title"));
    value_set(request->arena, page, "language", value_text(report, "language"));
    value_set(request->arena, page, "kind", kind);
    value_set(request->arena, page, "words", request_query(request, "words"));
    value_set(request->arena, page, "nth", request_query(request, "nth"));
    forms_offer(request, page);
    value_set_text(request->arena, page, "place_example", "Moscow, RUS");
    page_send(request, answer, page, "claim_new");
}

static void show_decided(struct request *request, struct value *page, const char *id)
{
    struct asked asked = {.id = id, .limit = SHOWN_DECISIONS};
    struct value *decided = ask_rows(request, page, "decided", "page_decisions_of_claim", &asked);
    for (struct value *row = decided->first; row; row = row->next) {
        struct slice action = value_text(row, "action"), field = value_text(row, "field"), value = value_text(row, "value");
        if (slice_is(action, "judge"))
            add_told(request, row, "judged", value);
        else if (slice_is(action, "edit"))
            value_set(request->arena, row, "told", page_shown(request, field, value));
    }
}

void page_claim(struct request *request, struct answer *answer)
{
    if (slice_is(request->argument, "new")) {
        show_new(request, answer);
        return;
    }
    struct arena *arena = request->arena;
    const char *id = arena_copy(arena, request->argument).at;
    struct value *page = page_new(request);
    struct value *claims = ask_rows(request, page, "claims", "page_claim", &(struct asked){.id = id, .limit = 1}), *claim = claims->first;
    if (!claim)
        return;
    page_cut_quotes(request, claims);
    struct slice kind = ui_code(request->language, arena, "kind", value_text(claim, "kind"));
    value_set(arena, page, "heading", arena_format(arena, "%.*s: %s", (int)kind.len, kind.at, id));
    value_set_text(arena, page, "claim", id);
    value_set(arena, page, "state", value_text(claim, "state"));
    value_set(arena, page, "added_by", value_text(claim, "added_by"));
    value_set(arena, page, "name", value_text(claim, "name"));
    struct value *fields = ask_rows(request, page, "fields", "page_claim_fields", &(struct asked){.id = id});
    finish_fields(request, fields);
    show_decided(request, page, id);
    forms_offer(request, page);
    if (slice_is(value_text(claim, "state"), "added"))      // the undo takes this page away, too
        value_set(arena, page, "here", arena_format(arena, "/%s/document/%s", request->language->tag, value_text(claim, "document").at));
    value_set_text(arena, page, "place_example", "Moscow, RUS");
    page_send(request, answer, page, "claim");
}

// ---- two who judge apart ----------------------------------------------------------------------------------------------------
void page_judge(struct request *request, struct answer *answer)
{
    struct value *page = page_new(request);
    struct slice pair = request_query(request, "pair"), author = forms_known_author(request);
    value_set(request->arena, page, "heading", page_word(request, "judge.title"));
    forms_offer(request, page);
    struct slice query = page_query(request);
    value_set(request->arena, page, "here",
              arena_format(request->arena, "%.*s%.*s", (int)request->path.len, request->path.at, (int)query.len, query.at));
    struct asked asked = {.limit = JUDGED_ITEMS, .pair = request_text(request, pair), .id = request_text(request, author)};
    struct value *items = ask_rows(request, page, "items", "page_judge", &asked);
    page_cut_quotes(request, items);
    int64_t number = 0;
    for (struct value *row = items->first; row; row = row->next) {
        value_set_int(request->arena, row, "number", ++number);
        finish_fields(request, ask_rows(request, row, "fields", "page_claim_fields", &(struct asked){.id = value_text(row, "claim").at}));
    }
    value_set_text(request->arena, page, "place_example", "Moscow, RUS");
    page_send(request, answer, page, "judge");
}

void page_agreement(struct request *request, struct answer *answer)
{
    struct value *page = page_new(request);
    value_set(request->arena, page, "heading", page_word(request, "agreement.title"));
    ask_rows(request, page, "agreement", "agreement", &(struct asked){.limit = 0});
    struct value *rows = ask_rows(request, page, "differences", "differences", &(struct asked){.limit = SHOWN_DIFFERENCES});
    page_cut_quotes(request, rows);
    for (struct value *row = rows->first; row; row = row->next) {
        value_set(request->arena, row, "who", ui_pair(request->language, request->arena, value_text(row, "pair")));
        add_told(request, row, "mine", value_text(row, "reviewer_says"));
        add_told(request, row, "theirs", value_text(row, "other_says"));
    }
    page_send(request, answer, page, "agreement");
}
