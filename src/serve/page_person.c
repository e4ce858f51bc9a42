// SPDX-License-Identifier: MIT
// A person: offices over time, every spelling, what they chaired and signed; and a party: with whom it deals, who acts for it.
//
// Both are found by their ids, as all things are.
// Offices are what reports call a person on their day, not an official list: from the first to the last report that says so.
#include "serve/forms.h"
#include "serve/pages.h"

#define PERSON_ROWS 200

void page_person(struct request *request, struct answer *answer, const char *id)
{
    struct value *person = ask_one(request, "page_person", &(struct asked){.id = id}), *page = page_new(request);
    if (!person)
        return;
    struct asked asked = {.id = id, .limit = PERSON_ROWS};
    value_set(request->arena, page, "heading", value_text(person, "name"));
    struct value *offices = ask_rows(request, page, "offices", "page_offices", &asked);
    page_cut_claims(request, offices, "claim");
    for (struct value *row = offices->first; row; row = row->next)
        if (slice_eq(value_text(row, "first"), value_text(row, "last")))
            value_set(request->arena, row, "last", SLICE(""));
    page_cut_claims(request, ask_rows(request, page, "spellings", "page_spellings", &asked), "claim");
    page_stages(request, page, "told", id);
    page_cut_machine(request, person);
    person->key = "person";
    value_adopt(page, person);
    forms_offer_decisions(request, page, id, SLICE("name offices"));
    page_send(request, answer, page, "person");
}

void page_party(struct request *request, struct answer *answer, const char *id)
{
    struct value *page = page_new(request);
    struct asked asked = {.id = id, .limit = PERSON_ROWS};
    struct value *pairs = ask_rows(request, page, "pairs", "page_party_pairs", &asked);
    struct value *people = ask_rows(request, page, "people", "page_party_people", &asked);
    if (!pairs->count && !people->count)
        return;
    for (struct value *row = pairs->first; row; row = row->next)
        value_set(request->arena, row, "name", ui_pair(request->language, request->arena, value_text(row, "id")));
    value_set(request->arena, page, "heading", ui_code(request->language, request->arena, "party", slice_from(id)));
    page_send(request, answer, page, "party");
}
