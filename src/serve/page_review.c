// SPDX-License-Identifier: MIT
// Review: what reports say and nobody has looked at, a hundred reports at a time from the newest on, in these the most doubtful first; and
// decisions, from here and from any page.
//
// Doubtful is what somebody was not sure of, what sources tell differently, what was matched at a distance, what has no date, what one
// report alone tells. An item is shown with the sentence it rests on; accepted or rejected it is gone from the queue; who is not sure of it
// is not asked again, others are. Everything is a form, so it works by keyboard alone and without a script; with it, one letter does.
#include <string.h>

#include "serve/forms.h"
#include "serve/pages.h"
#include "serve/reading.h"
#include "serve/template.h"

#define REVIEW_ITEMS 20
#define REVIEW_REPORTS 100      // whose claims are weighed against each other: page_review
#define MOST_REPORTS 100000000

static void add_doubt(struct request *request, struct value *row, const char *column, const char *doubt)
{
    if (value_int(row, column) > 0)
        value_set_text(request->arena, value_add(request->arena, value_list(request->arena, row, "doubts")), "doubt", doubt);
}

static void number_items(struct request *request, struct value *items)
{
    int64_t number = 0;
    for (struct value *row = items->first; row; row = row->next)
        value_set_int(request->arena, row, "number", ++number);
}

static struct slice review_address(struct request *request, int64_t older)
{
    struct slice pair = request_query(request, "pair"), place = arena_format(request->arena, "/%s/review", request->language->tag);
    if (pair.len)
        place = arena_format(request->arena, "%s?pair=%s", place.at, template_encoded(request->arena, pair, false).at);
    return older > 0 ? arena_format(request->arena, "%s%colder=%lld", place.at, pair.len ? '&' : '?', (long long)older) : place;
}

// Which hundreds of reports there are, and which are shown.
static void add_hundreds(struct request *request, struct value *page, int64_t older)
{
    int64_t reports = value_int(ask_one(request, "page_state", &(struct asked){.limit = 1}), "documents");
    int64_t first = older * REVIEW_REPORTS + 1, last = first + REVIEW_REPORTS - 1;
    if (first <= reports)
        value_set(request->arena, page, "hundred", arena_format(request->arena, "%lld–%lld / %lld", (long long)first,
                                                                (long long)(last < reports ? last : reports), (long long)reports));
    if (last < reports)
        value_set(request->arena, page, "older", review_address(request, older + 1));
    if (older > 0)
        value_set(request->arena, page, "newer", review_address(request, older - 1));
}

void page_review(struct request *request, struct answer *answer)
{
    struct value *page = page_new(request);
    struct slice pair = request_query(request, "pair");
    int64_t older = 0;
    if (!slice_to_int(request_query(request, "older"), &older) || older < 0 || older > MOST_REPORTS / REVIEW_REPORTS)
        older = 0;
    struct slice author = forms_known_author(request);
    struct asked asked = {.limit = REVIEW_ITEMS, .pair = request_text(request, pair), .id = request_text(request, author),
                          .years = older};
    value_set(request->arena, page, "heading", page_word(request, "review.title"));
    add_hundreds(request, page, older);
    struct value *items = ask_rows(request, page, "items", "page_review", &asked);
    page_cut_claims(request, items, "claim");
    page_cut_quotes(request, items);
    for (struct value *row = items->first; row; row = row->next) {
        add_doubt(request, row, "differ", "differ");
        add_doubt(request, row, "far", "far");
        add_doubt(request, row, "undated", "undated");
        add_doubt(request, row, "single", "single");
        add_doubt(request, row, "unsure", "unsure");
        value_set(request->arena, row, "who", ui_pair(request->language, request->arena, value_text(row, "pair")));
        value_set(request->arena, row, "place_name", ui_place(request->language, request->arena, value_text(row, "place")));
        bool meeting = slice_is(value_text(row, "kind"), "meeting");
        value_set(request->arena, row, meeting ? "meeting_type" : "instrument_type", value_text(row, "type"));
    }
    number_items(request, items);
    forms_offer(request, page);
    if (pair.len || older > 0)
        value_set(request->arena, page, "here", review_address(request, older));
    page_send(request, answer, page, "review");
}

// "field=value" on lines, from the fields of the form that are called "value.field"; what was chosen several times is parted by blanks.
static const char *values_of(struct request *request)
{
    static const char prefix[] = "value.";
    struct slice text = SLICE(""), before = SLICE("");
    for (uint32_t i = 0; i < request->form.count; i++) {
        struct slice name = request->form.at[i].name, value = slice_trim(request->form.at[i].value);
        if (!slice_starts(name, SLICE(prefix)) || memchr(value.at, '\n', value.len))
            continue;
        struct slice field = slice_make(name.at + strlen(prefix), name.len - strlen(prefix));
        bool again = slice_eq(name, before);
        text = arena_format(request->arena, "%.*s%s%.*s%s%.*s", (int)text.len, text.at, again ? " " : text.len ? "\n" : "",
                            again ? 0 : (int)field.len, field.at, again ? "" : "=", (int)value.len, value.at ? value.at : "");
        before = name;
    }
    return request_text(request, text);
}

// Where one goes on to behind a claim that was added: to its words.
static struct slice added_claim(struct request *request, const karar_decision *decision, int64_t number)
{
    return arena_format(request->arena, "/%s/document/%s#%cd%lld", request->language->tag,
                        template_encoded(request->arena, slice_from(decision->target), true).at, *decision->field, (long long)number);
}

// Where one goes on who said nowhere: what was merged has no page of its own any more, what took it in has one.
static struct slice usual_place(struct request *request, const karar_decision *decision)
{
    bool merge = strcmp(decision->action, "merge") == 0 && decision->value, split = strcmp(decision->action, "split") == 0;
    const char *thing = merge ? decision->value : split ? decision->target : NULL;
    bool is_thing = thing && *thing >= 'A' && *thing <= 'Z';
    return arena_format(request->arena, "/%s/%s", request->language->tag,
                        is_thing ? template_encoded(request->arena, slice_from(thing), true).at : "review");
}

// "Moscow, RUS" of "ماسکو، روس": the register knows codes, a reader the names in their own language. What is no such name stays as it is.
static struct slice place_in_codes(struct request *request, struct slice place)
{
    static const char arabic[] = "\xD8\x8C";    // ARABIC COMMA
    const char *comma = memchr(place.at, ',', place.len), *other = memmem(place.at, place.len, arabic, strlen(arabic));
    struct slice city = place, country = place;
    if (comma || other) {
        const char *cut = comma ? comma : other;
        city = slice_trim(slice_make(place.at, (size_t)(cut - place.at)));
        cut += comma ? 1 : strlen(arabic);
        country = slice_trim(slice_make(cut, (size_t)(place.at + place.len - cut)));
    }
    struct slice city_code = ui_code_of(request->language, "city", city), country_code = ui_code_of(request->language, "party", country);
    if (!comma && !other)
        return country_code.len ? country_code : place;
    city = city_code.len ? city_code : city;
    country = country_code.len ? country_code : country;
    return arena_format(request->arena, "%.*s, %.*s", (int)city.len, city.at, (int)country.len, country.at);
}

// The value of a field as the register writes it, of what somebody wrote in words of the page. Ends in NUL.
static const char *in_codes(struct request *request, const char *field, const char *value)
{
    static const struct {
        const char *field, *prefix;
    } coded[] = {{"status", "status"}, {"stance", "status"}, {"fate", "fate"}, {"kind", "instrument"}, {"sectors", "sector"}};
    if (strcmp(field, "place") == 0)
        return request_text(request, place_in_codes(request, slice_from(value)));
    for (size_t i = 0; i < sizeof coded / sizeof *coded; i++) {
        struct slice code = strcmp(field, coded[i].field) == 0 ? ui_code_of(request->language, coded[i].prefix,
                slice_from(value)) : SLICE("");
        if (code.len)
            return request_text(request, code);
    }
    return value;
}

// What others decided about the same since the form was made, as the list `decided` of a page of its own; NULL: nothing. Of an edit of a
// thing
// only what they said of the same field.
static struct value *decided_meanwhile(struct request *request, const karar_decision *decision, const char *author)
{
    struct asked asked = {.id = decision->target, .limit = REVIEW_ITEMS};
    struct slice seen = request_form(request, "seen");
    if (!decision->target || !slice_to_int(seen, &asked.years))
        return NULL;
    struct value *page = page_new(request), *rows = ask_rows(request, value_object(request->arena), "rows", "page_decided_since", &asked);
    struct value *list = value_list(request->arena, page, "decided");
    bool one_field = decision->action && strcmp(decision->action, "edit") == 0 && decision->field;
    for (struct value *row = rows->first; row; row = row->next) {
        bool same_field = !one_field || slice_is(value_text(row, "field"), decision->field);
        if (same_field && !slice_is(value_text(row, "author"), author))
            value_share(request->arena, list, row);
        value_set(request->arena, page, "seen", value_text(row, "number"));
    }
    return list->count ? page : NULL;
}

static void tell_conflict(struct request *request, struct answer *answer, struct value *page)
{
    struct value *sent = value_list(request->arena, page, "sent");
    for (uint32_t i = 0; i < request->form.count; i++) {
        const struct parameter *parameter = &request->form.at[i];
        if (slice_is(parameter->name, "seen"))
            continue;
        struct value *row = value_add(request->arena, sent);
        value_set(request->arena, row, "name", parameter->name);
        value_set(request->arena, row, "value", parameter->value);
    }
    value_set(request->arena, page, "heading", page_word(request, "conflict.title"));
    value_set(request->arena, page, "back", request_form(request, "back"));
    answer->status = 409;
    answer->is_private = true;
    page_send(request, answer, page, "conflict");
}

void page_decide(struct request *request, struct answer *answer)
{
    karar_error error = {.byte = UINT64_MAX};
    int64_t number = 0;
    const char *author = forms_genuine(request, answer) ? forms_author(request, answer) : NULL;
    if (!author)
        return;
    karar_decision decision = {
        .size = sizeof decision, .action = request_told(request, "action"), .target = request_told(request, "target"),
        .field = request_told(request, "field"),
        .value = request_told(request, "value"), .author = author, .reason = request_told(request, "reason"),
        .words = request_told(request, "words"),
    };
    const char *values = values_of(request);
    if (values)
        decision.value = values;
    else if (decision.field && decision.value && slice_is(slice_from(decision.action ? decision.action : ""), "edit"))
        decision.value = in_codes(request, decision.field, decision.value);
    if (!slice_to_int(slice_trim(request_form(request, "nth")), &decision.nth))
        decision.nth = 0;
    // Before the writer's handle is held: asking may unwind. Two decisions of one moment are both kept.
    struct value *conflict = decided_meanwhile(request, &decision, author);
    if (conflict) {
        tell_conflict(request, answer, conflict);
        return;
    }
    karar_status status = reading_decide(request->server, &decision, &number, &error);
    if (status)
        forms_refuse_as(request, answer, error.text);
    else if (slice_is(slice_from(decision.action), "add"))
        answer_redirect(answer, added_claim(request, &decision, number));
    else
        forms_go_on(request, answer, usual_place(request, &decision));
}
