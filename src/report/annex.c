// SPDX-License-Identifier: MIT
// Writes the annex of a record: where sentences stand, and by what names commitments call their topics.
//
// The record gives the words that fired, often one verb; who reads an account wants the sentence around them. And two gas pipelines are
// told apart by their names alone, which no lexicon holds.
//
// A name is a run of words at a topic that are written as names are: with a capital before a topic in small letters ("North-South gas
// pipeline"), all in capitals ("TAPI"), or a few in quotation marks (more are what somebody said). Words of parties, people, bodies and
// dates are none, nor is the first word of a sentence, nor anything in a headline. Scripts without capitals show no names: the words before
// and in the topic are handed on as hints, which the register holds against names that other reports give.
#include "report/annex.h"

#include <stdio.h>

#include "base/emit.h"
#include "unicode/char.h"
#include "unicode/utf8.h"

#define BEFORE_MAX 4u       // tokens before a topic that may name it
#define GROUPS_MAX 1024     // bytes of the concepts of one commitment
#define BEHIND_MAX 5u       // tokens behind it, within quotation marks or brackets
#define QUOTED_MAX 6u       // tokens of a name in quotation marks

struct annex {
    struct json json;
    const struct document *document;
    const struct world *world;
};

static void write_words(struct annex *annex, uint32_t first, uint32_t last)
{
    const struct document *document = annex->document;
    uint32_t begin = offset_map_source(&document->map, document->tokens.at[first].begin, false);
    uint32_t end = offset_map_source(&document->map, document->tokens.at[last - 1].end, true);
    emit_string(&annex->json, slice_make(document->stored.at + begin, end - begin));
}

static bool is_headline(const struct document *document, const struct sentence *sentence)
{
    return document->paragraphs.at[sentence->paragraph].role == PARAGRAPH_TITLE;
}

// All sentences, or those of headlines.
static void write_sentences(struct annex *annex, const char *key, bool headlines)
{
    const struct document *document = annex->document;
    emit_key(&annex->json, key);
    emit_array(&annex->json);
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct sentence *sentence = &document->sentences.at[i];
        if (sentence->first >= sentence->last || (headlines && !is_headline(document, sentence)))
            continue;
        emit_int(&annex->json, offset_map_source(&document->map, document->tokens.at[sentence->first].begin, false));
        emit_int(&annex->json, offset_map_source(&document->map, document->tokens.at[sentence->last - 1].end, true));
    }
    emit_array_end(&annex->json);
}

// ---- names ----------------------------------------------------------------------------------------------------------------
static bool has_case(const struct document *document, const struct token *token)
{
    size_t at = token->begin;
    enum script script = char_script(utf8_next(document->text.at, &at));
    return script == SCRIPT_LATIN || script == SCRIPT_CYRILLIC;
}

// The number of mentions that begin at the token or before: they are in the order of their first tokens.
static uint32_t first_mention_behind(const struct document *document, uint32_t token)
{
    uint32_t low = 0, high = document->mentions.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->mentions.at[middle].first <= token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// Mentions that may not name a topic; a topic is near its sentence's begin.
static bool names_something_else(const struct document *document, uint32_t token)
{
    for (uint32_t i = first_mention_behind(document, token); i > 0; i--) {
        const struct mention *mention = &document->mentions.at[i - 1];
        if (mention->sentence != document->tokens.at[token].sentence)
            return false;
        if (mention->kind != MENTION_TOPIC && mention->last > token)
            return true;
    }
    return false;
}

static bool is_joiner(const struct document *document, uint32_t token)
{
    return slice_is(document_fold(document, token), "-");
}

// Whether the token stands in quotation marks that hold a name: a few words, and the first with a capital where there are capitals.
static bool is_quoted_name(const struct document *document, uint32_t token)
{
    const struct token *tokens = document->tokens.at;
    uint32_t first = token, last = token + 1;
    if (!(tokens[token].flags & TOKEN_QUOTED))
        return false;
    while (first > 0 && last - first <= QUOTED_MAX && (tokens[first - 1].flags & TOKEN_QUOTED))
        first--;
    while (last < document->tokens.count && last - first <= QUOTED_MAX && (tokens[last].flags & TOKEN_QUOTED))
        last++;
    return last - first <= QUOTED_MAX && (tokens[first].kind == TOKEN_NUMBER || !has_case(document, &tokens[first]) ||
                                          (tokens[first].flags & (TOKEN_CAPITAL | TOKEN_ALL_CAPS)));
}

// Whether the token is written as a name. `plain`: what stands beside it is in small letters, so that a capital tells.
static bool is_name(const struct document *document, const struct sentence *sentence, uint32_t token, bool plain)
{
    const struct token *t = &document->tokens.at[token];
    if (t->kind != TOKEN_WORD && t->kind != TOKEN_NUMBER)
        return false;
    if (names_something_else(document, token))
        return false;
    if (t->kind == TOKEN_NUMBER || !has_case(document, t))
        return is_quoted_name(document, token);
    if ((t->flags & TOKEN_ALL_CAPS) || is_quoted_name(document, token))
        return true;
    return plain && token != sentence->first && (t->flags & TOKEN_CAPITAL);
}

static bool has_small_word(const struct document *document, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i < last; i++) {
        const struct token *t = &document->tokens.at[i];
        if (t->kind == TOKEN_WORD && has_case(document, t) && !(t->flags & (TOKEN_CAPITAL | TOKEN_ALL_CAPS)))
            return true;
    }
    return false;
}

// The widest stretch around a topic in which its name may stand.
static struct evidence stretch_of(const struct document *document, const struct sentence *sentence, struct evidence topic)
{
    struct evidence stretch = topic;
    for (uint32_t n = 0; n < BEFORE_MAX && stretch.first > sentence->first; n++) {
        const struct token *t = &document->tokens.at[stretch.first - 1];
        bool part = t->kind == TOKEN_WORD ? (t->flags & (TOKEN_CAPITAL | TOKEN_ALL_CAPS | TOKEN_QUOTED)) || !has_case(document, t)
                                          : t->kind == TOKEN_NUMBER || (t->flags & TOKEN_QUOTED) || is_joiner(document, stretch.first - 1);
        part = part || (t->kind == TOKEN_PUNCT && t->fold_len == 1 && memchr("\"'", document->folds[t->fold], 2));
        if (!part)
            break;
        stretch.first--;
    }
    for (uint32_t n = 0; n < BEHIND_MAX && stretch.last < sentence->last; n++) {
        const struct token *t = &document->tokens.at[stretch.last];
        bool part = (t->flags & TOKEN_QUOTED) || ((t->flags & TOKEN_BRACKETED) && (t->flags & TOKEN_ALL_CAPS));
        part = part || (t->kind == TOKEN_PUNCT && t->fold_len == 1 && memchr("\"'(", document->folds[t->fold], 3));
        if (!part)
            break;
        stretch.last++;
    }
    return stretch;
}

// Runs of words that are written as names, joined by hyphens.
static void write_names_at(struct annex *annex, struct evidence topic)
{
    const struct document *document = annex->document;
    const struct sentence *sentence = &document->sentences.at[document->tokens.at[topic.first].sentence];
    if (is_headline(document, sentence))
        return;
    bool plain = has_small_word(document, topic.first, topic.last);
    struct evidence stretch = stretch_of(document, sentence, topic);
    for (uint32_t i = stretch.first; i < stretch.last; i++) {
        if (!is_name(document, sentence, i, plain))
            continue;
        uint32_t last = i + 1;
        while (last < stretch.last && (is_name(document, sentence, last, plain) ||
                (is_joiner(document, last) && last + 1 < stretch.last && is_name(document, sentence, last + 1, plain))))
            last++;
        write_words(annex, i, last);
        i = last;
    }
}

static void write_hint_at(struct annex *annex, struct evidence topic)
{
    const struct document *document = annex->document;
    const struct sentence *sentence = &document->sentences.at[document->tokens.at[topic.first].sentence];
    uint32_t first = topic.first;
    if (has_case(document, &document->tokens.at[topic.first]))
        return;
    while (first > sentence->first && topic.first - first < BEFORE_MAX && document->tokens.at[first - 1].kind != TOKEN_PUNCT &&
            !names_something_else(document, first - 1))
        first--;
    write_words(annex, first, topic.last);
}

// ---- lists ----------------------------------------------------------------------------------------------------------------
// Whether a comma or a conjunction stands at the token.
static bool parts_things(const struct document *document, const struct pack *pack, uint32_t token)
{
    const struct span_layer *layer = &document->lexicon;
    if (document->tokens.at[token].kind == TOKEN_PUNCT)
        return slice_is(document_fold(document, token), ",");
    for (uint32_t at = layer->covering[token]; at != SPAN_NONE && at < layer->count && layer->at[at].first == token; at++) {
        const struct lexeme *lexeme = &pack->lexemes.at[layer->at[at].lexeme];
        if (lexeme->kind == LEXICON_GRAMMAR && (lexeme->classes & (GRAMMAR(AND) | GRAMMAR(OR))))
            return true;
    }
    return false;
}

// Whether two topics of one sentence have a comma or a conjunction between them: "steel mills and insulin" are two things, "a freight train
// with sixteen wagons" is one.
static bool are_listed(const struct document *document, struct evidence a, struct evidence b)
{
    const struct sentence *sentence = &document->sentences.at[document->tokens.at[a.first].sentence];
    if (document->tokens.at[b.first].sentence != document->tokens.at[a.first].sentence || !sentence->pack)
        return false;
    for (uint32_t token = a.last < b.first ? a.last : b.last, last = a.last < b.first ? b.first : a.first; token < last; token++)
        if (parts_things(document, sentence->pack, token))
            return true;
    return false;
}

// The concept of the topic that was found at these tokens; CONCEPT_NONE: none.
static uint16_t concept_at(const struct document *document, struct evidence topic)
{
    for (uint32_t i = first_mention_behind(document, topic.first); i > 0; i--) {
        const struct mention *mention = &document->mentions.at[i - 1];
        if (mention->first < topic.first)
            break;
        if (mention->kind == MENTION_TOPIC && mention->last == topic.last && mention->concept != CONCEPT_NONE)
            return mention->concept;
    }
    return CONCEPT_NONE;
}

// The concepts of a commitment in groups: those of one thing, then, behind a "|", those of the next.
static void write_groups(struct annex *annex, const struct commitment_claim *claim, const char *id)
{
    const evidence_vec *evidence = &claim->evidence;
    char groups[GROUPS_MAX];
    size_t len = 0;
    uint32_t before = 0;
    bool several = false;
    for (uint32_t k = 1; k < evidence->count; k++) {
        if (evidence->at[k].first >= evidence->at[k].last)
            continue;
        uint16_t concept = concept_at(annex->document, evidence->at[k]);
        if (concept == CONCEPT_NONE)
            continue;
        bool apart = before && are_listed(annex->document, evidence->at[before], evidence->at[k]);
        struct slice name = annex->world->concepts.at[concept].id;
        if (len + name.len + 1 > sizeof groups)
            break;
        if (len)
            groups[len++] = apart ? '|' : ' ';
        memcpy(groups + len, name.at, name.len);
        len += name.len;
        several |= apart;
        before = k;
    }
    if (several) {
        emit_key(&annex->json, id);
        emit_string(&annex->json, slice_make(groups, len));
    }
}

static void write_listed(struct annex *annex)
{
    const struct record *record = &annex->document->record;
    emit_key(&annex->json, "listed");
    emit_object(&annex->json);
    for (uint32_t i = 0; i < record->commitments.count; i++) {
        char id[16];
        snprintf(id, sizeof id, "c%u", i + 1);
        write_groups(annex, &record->commitments.at[i], id);
    }
    emit_object_end(&annex->json);
}

static void write_for_each(struct annex *annex, const char *key, void (*write)(struct annex *, struct evidence))
{
    const struct record *record = &annex->document->record;
    emit_key(&annex->json, key);
    emit_object(&annex->json);
    for (uint32_t i = 0; i < record->commitments.count; i++) {
        const struct commitment_claim *claim = &record->commitments.at[i];
        char id[16];
        snprintf(id, sizeof id, "c%u", i + 1);
        emit_key(&annex->json, id);
        emit_array(&annex->json);
        for (uint32_t k = claim->evidence.count > 1; k < claim->evidence.count; k++)  // the first is the verb
            if (claim->evidence.at[k].first < claim->evidence.at[k].last)
                write(annex, claim->evidence.at[k]);
        emit_array_end(&annex->json);
    }
    emit_object_end(&annex->json);
}

enum status annex_json(struct buf *out, const struct document *document, const struct world *world)
{
    struct annex annex = {.document = document, .world = world};
    emit_init(&annex.json, out, false);
    emit_object(&annex.json);
    write_sentences(&annex, "sentences", false);
    write_sentences(&annex, "headlines", true);
    write_for_each(&annex, "names", write_names_at);
    write_for_each(&annex, "hints", write_hint_at);
    write_listed(&annex);
    emit_object_end(&annex.json);
    return out->failed;
}
