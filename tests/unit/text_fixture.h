// SPDX-License-Identifier: MIT
// For tests of clean and text: a document read with one pack, up to the tokens or the layout.
#ifndef KARAR_TESTS_TEXT_FIXTURE_H
#define KARAR_TESTS_TEXT_FIXTURE_H

#include "pack_fixture.h"

#include "clean/clean.h"
#include "ingest/ingest.h"
#include "text/text.h"

// A tiny pack of a script with capitals.
#define FIXTURE_CAPITALS                                                                                                \
    "format = 1\nlanguage = x-caps\nname = caps\nscript = Latn\ndirection = ltr\nhead = initial\ncase-marks = before\n" \
    "names = capitalised\nsentence-ends = . ! ? …\nprofile = the in of\n"
// A tiny pack of a script without; dandas and full stops end sentences.
#define FIXTURE_PLAIN                                                                                                   \
    "format = 1\nlanguage = x-plain\nname = plain\nscript = Deva\ndirection = ltr\nhead = final\ncase-marks = after\n"  \
    "names = plain\nsentence-ends = । . ? !\nprofile = का की\n"

static inline struct pack *fixture_tiny(struct fixture *fixture, const char *conf, const char *abbreviations)
{
    pack_file_vec files = {0};
    fixture_file(fixture, &files, "tiny/pack.conf", conf);
    fixture_file(fixture, &files, "tiny/abbreviations.txt", abbreviations);
    return fixture_pack(fixture, &files);
}

// The document of a text, cut into paragraphs that all have `pack`.
static inline struct document *fixture_clean(struct fixture *fixture, const struct pack *pack, struct slice text)
{
    struct document *document = ARENA_NEW(&fixture->arena, struct document);
    struct error error = {0};
    document->arena = &fixture->arena;
    document->pack = pack;
    assert_int_equal(ingest_text(document, text, &error), STATUS_OK);
    clean_text(document);
    for (uint32_t i = 0; i < document->paragraphs.count; i++) {
        document->paragraphs.at[i].pack = pack;
        document->paragraphs.at[i].language = 0;
    }
    return document;
}

static inline struct document *fixture_tokens(struct fixture *fixture, const struct pack *pack, struct slice text)
{
    struct document *document = fixture_clean(fixture, pack, text);
    text_cut(document);
    clean_look(document);
    text_run(document);
    return document;
}

// Fails unless paragraphs, sentences and tokens are what their headers promise.
static inline void fixture_check_layers(const struct document *document)
{
    uint32_t end = 0, token = 0;
    for (uint32_t i = 0; i < document->paragraphs.count; i++) {
        const struct paragraph *paragraph = &document->paragraphs.at[i];
        assert_true(paragraph->begin >= end && paragraph->end > paragraph->begin);
        end = paragraph->end;
    }
    assert_true(end <= document->text.len);
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct sentence *sentence = &document->sentences.at[i];
        const struct paragraph *paragraph = &document->paragraphs.at[sentence->paragraph];
        assert_int_equal(sentence->first, token);
        assert_true(sentence->last > sentence->first && sentence->last - sentence->first <= TEXT_MAX_SENTENCE_TOKENS);
        end = paragraph->begin;
        for (; token < sentence->last; token++) {
            const struct token *at = &document->tokens.at[token];
            assert_true(at->begin >= end && at->end > at->begin && at->end <= paragraph->end);
            assert_int_equal(at->sentence, i);
            end = at->end;
        }
    }
    assert_int_equal(token, document->tokens.count);
}

#endif
