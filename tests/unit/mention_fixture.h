// SPDX-License-Identifier: MIT
// For tests of the mention stage: a text read with an embedded pack, and what was found in it as one line a mention.
#ifndef KARAR_TESTS_MENTION_FIXTURE_H
#define KARAR_TESTS_MENTION_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "engine/engine.h"

#define DESCRIBED_MAX 4096

struct described {
    char text[DESCRIBED_MAX];
    size_t len;
};

__attribute__((format(printf, 2, 3)))
static inline void describe(struct described *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(out->text + out->len, sizeof out->text - out->len, format, arguments);
    va_end(arguments);
    assert_true(len >= 0 && out->len + (size_t)len < sizeof out->text);
    out->len += (size_t)len;
}

static inline void describe_words(struct described *out, const struct document *d, uint32_t first, uint32_t last)
{
    struct slice words = document_words(d, first, last);
    describe(out, "%.*s", (int)words.len, words.at);
}

static inline void describe_party(struct described *out, const struct world *world, uint16_t party)
{
    if (party != PARTY_NONE)
        describe(out, " %.*s", (int)world->parties.at[party].code.len, world->parties.at[party].code.at);
}

static inline void describe_mention(struct described *out, const struct document *d, const struct world *world, const struct mention *m)
{
    describe_words(out, d, m->first, m->last);
    describe(out, " =");
    const char *code = NULL;
    char edtf[DATE_EDTF_SIZE] = "";
    switch (m->kind) {
    case MENTION_PARTY:
        describe_party(out, world, m->code);
        if (m->role == PARTY_ROLE_CAPITAL)
            describe(out, " capital");
        break;
    case MENTION_PERSON:
        code = code_text(CODES_OFFICE, m->code);
        break;
    case MENTION_BODY: case MENTION_MEETING:
        code = m->code == MEETING_SESSION ? "session" : code_text(CODES_MEETING_TYPE, m->code);
        break;
    case MENTION_INSTRUMENT:
        code = code_text(CODES_INSTRUMENT_KIND, m->code);
        break;
    case MENTION_TOPIC:
        code = code_text(CODES_SECTOR, m->code);
        break;
    case MENTION_DATE:
        date_edtf(m->date, edtf);
        code = edtf[0] ? edtf : m->date_missing_year ? "no year" : "none";
        break;
    case MENTION_AMOUNT: {
        struct slice unit = d->sentences.at[m->sentence].pack->lexemes.at[m->lexeme].text;
        describe(out, " %.10g %.*s", m->value, (int)unit.len, unit.at);
        break;
    }
    case MENTION_PLACE:
        if (m->city != 0xFFFF)
            describe(out, " %.*s", (int)world->cities.at[m->city].name.len, world->cities.at[m->city].name.at);
        describe_party(out, world, m->state);
        break;
    default:
        break;
    }
    if (code)
        describe(out, " %s", code);
    if (m->ordinal)
        describe(out, " #%d", (int)m->ordinal);
    if (m->count)
        describe(out, " x%u", (unsigned)m->count);
    for (uint8_t i = 0; i < m->parties.count; i++)
        describe_party(out, world, m->parties.at[i]);
    static const struct {
        uint16_t flag;
        const char *text;
    } flags[] = {
        {MENTION_INSIDE, "inside"}, {MENTION_PLURAL, "plural"}, {MENTION_LOCATIVE, "in"}, {MENTION_AGENT, "agent"},
        {MENTION_PAST_REF, "previous"}, {MENTION_NEXT_REF, "next"}, {MENTION_DATELINE, "dateline"},
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (m->flags & flags[i].flag)
            describe(out, " %s", flags[i].text);
    describe(out, "\n");
}

// Reads `text` as `language`, a report of `published` (EDTF, NULL: unknown).
static inline void fixture_read(struct engine *engine, const char *language, const char *published, const char *text,
                                struct document *ret_document)
{
    struct read_options options = {.uri = SLICE("test"), .language = engine_language_find(engine, slice_from(language))};
    struct error error = {0};
    assert_int_not_equal(options.language, LANGUAGE_NONE);
    if (published)
        assert_true(date_parse_edtf(slice_from(published), &options.date));
    assert_int_equal(engine_read(engine, slice_from(text), &options, ret_document, &error), STATUS_OK);
}

// The mentions of the kind, a line each, must be `want`.
static inline void expect_mentions(struct engine *engine, const char *language, const char *published, const char *text,
                                   enum mention_kind kind, const char *want)
{
    struct document d;
    struct described found = {.len = 0};
    found.text[0] = 0;
    fixture_read(engine, language, published, text, &d);
    for (uint32_t i = 0; i < d.mentions.count; i++)
        if (d.mentions.at[i].kind == kind)
            describe_mention(&found, &d, engine_world(engine), &d.mentions.at[i]);
    engine_finish_document(&d);
    assert_string_equal(found.text, want);
}

// The named people of the report, a line each: name | office | party | how many mentions.
static inline void expect_people(struct engine *engine, const char *language, const char *text, const char *want)
{
    struct document d;
    struct described found = {.len = 0};
    found.text[0] = 0;
    fixture_read(engine, language, "2024-03-12", text, &d);
    for (uint32_t i = 0; i < d.people.count; i++) {
        const struct person *p = &d.people.at[i];
        if (p->name_first == p->name_last)
            continue;
        const char *office = code_text(CODES_OFFICE, p->office);
        describe_words(&found, &d, p->name_first, p->name_last);
        describe(&found, " | %s |", office ? office : "-");
        describe_party(&found, engine_world(engine), p->party);
        describe(&found, " | %u\n", (unsigned)p->mentions);
    }
    engine_finish_document(&d);
    assert_string_equal(found.text, want);
}

static inline int fixture_engine(void **state)
{
    struct error error = {0};
    struct engine *engine = NULL;
    if (engine_create(NULL, 0, NULL, &engine, &error))
        return -1;
    *state = engine;
    return 0;
}

// An engine that reads the toy language, too. KARAR_ROOT in the environment names the source folder.
static inline int fixture_toy_engine(void **state)
{
    char folder[4096];
    const char *root = getenv("KARAR_ROOT"), *folders[] = {folder};
    struct error error = {0};
    struct engine *engine = NULL;
    int len = snprintf(folder, sizeof folder, "%s/packs/toy", root ? root : ".");
    if (len < 0 || (size_t)len >= sizeof folder || engine_create(folders, 1, NULL, &engine, &error))
        return -1;
    *state = engine;
    return 0;
}

static inline int fixture_engine_end(void **state)
{
    engine_destroy(*state);
    return 0;
}

#endif
