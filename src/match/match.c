// SPDX-License-Identifier: MIT
// Matching: the leftmost longest form at each place of a sentence, once for the lexicon and once for the triggers.
//
// Both families live in one trie, so a place is walked once; the walk remembers the last node at which a form of each family ended. A
// family takes its match if the place is not covered by that family's match before it. All entries that end at the node become spans
// with equal bounds, a group, one behind the other.
//
// Most words of a report begin no form: their step from the root is one look at a node, and the walk ends there. A word that is in no
// lexicon has id 0 and costs a comparison.
//
// Nodes, edges and forms of words are seldom in the cache, and each tells where the next one lies; waiting for them was two thirds of this
// stage's time. So the second steps of all walks are made first, in passes over the whole text: one asks for the edges that the first
// words' nodes lead to, the next one makes the steps and asks for their nodes, the last one for those nodes' forms.
//
// Invariants
//   1. Spans of a layer are ordered by `first`; groups do not overlap.
//   2. covering[token] is the first span of the group that covers the token, or SPAN_NONE.
//   3. A group lies within one sentence.
#include "match/match.h"

#include <assert.h>

#include "pack/trie.h"

#define MATCH_MAX_SPANS (1u << 26)
#define EMPHATICS 4 // words of a pack that stress the word before them

typedef VEC(struct span) span_vec;

// One family while it is filled.
struct family {
    span_vec spans;
    uint32_t *covering;
    uint32_t covered;        // tokens before it are covered by a match of this family, or were passed
    uint32_t node, last;     // longest match at the place being walked; node TRIE_ROOT: none
};

struct matcher {
    struct document *document;
    struct family lexicon, triggers;
    uint32_t *seconds;          // a cell a token: the node behind its word and the next one; 0 none
    uint32_t *pending;          // scratch of as many cells
    uint32_t emphatics[EMPHATICS];  // of the pack at work: words that may stand inside a trigger; 0 none
    uint64_t may_stress;        // bit (word & 63) of these
};

static void add_spans(struct document *document, struct family *family, uint32_t first, const struct pack_form *forms, uint32_t count)
{
    uint32_t group = family->spans.count;
    for (uint32_t i = 0; i < count; i++) {
        struct span span = {first, family->last, forms[i].lexeme, forms[i].features};
        vec_push_max(document->arena, &family->spans, span, MATCH_MAX_SPANS);
    }
    for (uint32_t token = first; token < family->last; token++)
        family->covering[token] = group;
    family->covered = family->last;
}

// Makes the second steps of the walks that begin at the tokens, whatever sentence these are of.
static void make_seconds(const struct matcher *matcher, const struct trie *trie, uint32_t begin, uint32_t end)
{
    const struct token *tokens = matcher->document->tokens.at;
    uint32_t count = 0, found = 0;
    for (uint32_t at = begin; at < end; at++) {
        uint32_t next = at + 1 < end ? tokens[at + 1].word : 0;
        const struct trie_node *node = &trie->nodes.at[trie_node_of(trie, tokens[at].word)];
        __builtin_prefetch(&trie->forms[node->form]);
        matcher->seconds[at] = 0;
        if (next && (node->next_words >> (next & 63) & 1)) {
            trie_prefetch(trie, tokens[at].word, next);
            matcher->pending[count++] = at;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = matcher->pending[i], second = trie_step(trie, tokens[at].word, tokens[at + 1].word);
        matcher->seconds[at] = second;
        matcher->pending[found] = second;
        found += second != 0;
        __builtin_prefetch(&trie->nodes.at[second]);
    }
    for (uint32_t i = 0; i < found; i++)
        __builtin_prefetch(&trie->forms[trie->nodes.at[matcher->pending[i]].form]);
}

static bool is_emphatic(const struct matcher *matcher, uint32_t word)
{
    bool found = false;
    for (uint32_t i = 0; (matcher->may_stress >> (word & 63) & 1) && i < EMPHATICS; i++)
        found |= matcher->emphatics[i] == word;
    return found && word != 0;
}

// Behind an emphatic word at `at` - 1, which is passed over: triggers that end behind those found so far. `node` is that of the words
// before it.
static void walk_over(struct matcher *matcher, const struct trie *trie, uint32_t at, uint32_t end, uint32_t node)
{
    const struct token *tokens = matcher->document->tokens.at;
    while (at < end && tokens[at].word != 0) {
        uint32_t next = trie_step(trie, node, tokens[at].word);
        if (next == 0 && !is_emphatic(matcher, tokens[at].word))
            return;
        at++;
        node = next ? next : node;
        bool longer = matcher->triggers.node == TRIE_ROOT || at > matcher->triggers.last;
        if (next && longer && trie->nodes.at[node].trigger_count != 0) {
            matcher->triggers.node = node;
            matcher->triggers.last = at;
        }
    }
}

// The longest forms that begin at token `first`, whose step from the root led to `node`. "Promised also that" is the trigger "promised
// that", but no form of the lexicon.
static void walk(struct matcher *matcher, const struct trie *trie, uint32_t first, uint32_t end, uint32_t node)
{
    const struct token *tokens = matcher->document->tokens.at;
    uint32_t stressed = 0, stressed_node = TRIE_ROOT;
    matcher->lexicon.node = matcher->triggers.node = TRIE_ROOT;
    for (uint32_t at = first + 1;; at++) {
        const struct trie_node *here = &trie->nodes.at[node];
        if (here->lexicon_count | here->trigger_count)
            __builtin_prefetch(&trie->forms[here->form]);
        if (here->lexicon_count != 0) {
            matcher->lexicon.node = node;
            matcher->lexicon.last = at;
        }
        if (here->trigger_count != 0) {
            matcher->triggers.node = node;
            matcher->triggers.last = at;
        }
        if (here->next_words == 0 || at >= end || tokens[at].word == 0)
            break;
        if (is_emphatic(matcher, tokens[at].word)) {
            stressed = at;
            stressed_node = node;
        }
        node = at == first + 1 ? matcher->seconds[first] : trie_step(trie, node, tokens[at].word);
        if (node == 0)
            break;
    }
    if (stressed_node != TRIE_ROOT)
        walk_over(matcher, trie, stressed + 1, end, stressed_node);
}

static uint32_t find_word(const struct pack *pack, struct slice fold)
{
    return words_get(&pack->words, fold, map_hash(fold));
}

static void take_emphatics(struct matcher *matcher, const struct pack *pack)
{
    matcher->may_stress = 0;
    for (uint32_t i = 0; i < EMPHATICS; i++) {
        uint32_t word = i < pack->config.emphatics.count ? find_word(pack, pack->config.emphatics.at[i]) : 0;
        matcher->emphatics[i] = word;
        matcher->may_stress |= word ? UINT64_C(1) << (word & 63) : 0;
    }
}

static void match_sentence(struct matcher *matcher, const struct sentence *sentence)
{
    struct document *document = matcher->document;
    const struct trie *trie = sentence->pack->trie;
    const struct token *tokens = document->tokens.at;
    struct family *lexicon = &matcher->lexicon, *triggers = &matcher->triggers;
    for (uint32_t i = sentence->first; i < sentence->last; i++) {
        uint32_t word = tokens[i].word, next = i + 1 < sentence->last ? tokens[i + 1].word : 0;
        if (word == 0 || (i < lexicon->covered && i < triggers->covered))
            continue;
        if (next && (matcher->seconds[i] || is_emphatic(matcher, next))) {
            walk(matcher, trie, i, sentence->last, word);
        } else {
            const struct trie_node *alone = &trie->nodes.at[trie_node_of(trie, word)];
            lexicon->node = alone->lexicon_count ? word : TRIE_ROOT;
            triggers->node = alone->trigger_count ? word : TRIE_ROOT;
            lexicon->last = triggers->last = i + 1;
        }
        if (lexicon->node != TRIE_ROOT && i >= lexicon->covered) {
            const struct trie_node *end = &trie->nodes.at[lexicon->node];
            add_spans(document, lexicon, i, trie->forms + end->form, end->lexicon_count);
            for (uint32_t token = i; token < lexicon->last; token++)
                document->groups[token] = end->group;
        }
        if (triggers->node != TRIE_ROOT && i >= triggers->covered) {
            const struct trie_node *end = &trie->nodes.at[triggers->node];
            add_spans(document, triggers, i, trie->forms + end->form + end->lexicon_count, end->trigger_count);
        }
    }
}

// The sentences from `first` on that are of one pack, matched; returns the one behind them.
static uint32_t match_sentences(struct matcher *matcher, uint32_t first)
{
    const struct sentence *sentences = matcher->document->sentences.at;
    const struct pack *pack = sentences[first].pack;
    uint32_t last = first + 1;
    while (last < matcher->document->sentences.count && sentences[last].pack == pack)
        last++;
    if (pack == NULL)
        return last;
    assert(sentences[last - 1].last <= matcher->document->tokens.count);
    take_emphatics(matcher, pack);
    make_seconds(matcher, pack->trie, sentences[first].first, sentences[last - 1].last);
    for (uint32_t i = first; i < last; i++)
        match_sentence(matcher, &sentences[i]);
    return last;
}

static uint32_t *new_covering(const struct document *document)
{
    uint32_t *covering = ARENA_ARRAY(document->arena, uint32_t, document->tokens.count);
    memset(covering, 0xFF, document->tokens.count * sizeof *covering);
    return covering;
}

void match_run(struct document *document)
{
    static_assert(SPAN_NONE == UINT32_MAX, "new_covering fills bytes");
    struct matcher matcher = {.document = document};
    matcher.lexicon.covering = new_covering(document);
    matcher.triggers.covering = new_covering(document);
    document->groups = ARENA_ARRAY(document->arena, uint16_t, document->tokens.count);
    matcher.seconds = arena_take(document->arena, document->tokens.count * sizeof *matcher.seconds);
    matcher.pending = arena_take(document->arena, document->tokens.count * sizeof *matcher.pending);
    for (uint32_t i = 0; i < document->sentences.count;)
        i = match_sentences(&matcher, i);
    document->lexicon = (struct span_layer){matcher.lexicon.spans.at, matcher.lexicon.spans.count, matcher.lexicon.covering};
    document->triggers = (struct span_layer){matcher.triggers.spans.at, matcher.triggers.spans.count, matcher.triggers.covering};
}
