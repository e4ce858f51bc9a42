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
// stage's time. So the first steps of a walk are made some tokens early, sentences being too short to begin anew with each: what the first
// word's node leads to is asked for, then the second step is made and its node asked for, then that one's forms.
//
// Invariants
//   1. Spans of a layer are ordered by `first`; groups do not overlap.
//   2. covering[token] is the first span of the group that covers the token, or SPAN_NONE.
//   3. A group lies within one sentence.
#include "match/match.h"

#include <assert.h>

#include "pack/trie.h"

#define MATCH_MAX_SPANS (1u << 26)
#define FAR 10      // tokens ahead: what the node of a word leads to
#define NEAR 5      // tokens ahead: the second step
#define SOON 2      // tokens ahead: the forms of the second step's node
#define SECONDS 8   // second steps that are kept: a power of two, more than NEAR
#define EMPHATICS 4 // words of a pack that stress the word before them
static_assert(SECONDS > NEAR && (SECONDS & (SECONDS - 1)) == 0, "a ring");

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
    const struct trie *trie;    // of the seconds
    uint32_t reached;           // the token behind the sentence before
    uint32_t seconds[SECONDS];  // [token % SECONDS]: the node behind the token's word and the next one; 0 none
    uint32_t emphatics[EMPHATICS];  // of the same pack: words that may stand inside a trigger; 0 none
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

// Asks for the forms of the token's word, and for its edge to the next one.
ALWAYS_INLINE void look_far(const struct matcher *matcher, const struct trie *trie, uint32_t at)
{
    const struct token *tokens = matcher->document->tokens.at;
    if (at + 1 >= matcher->document->tokens.count)
        return;
    uint32_t first = trie_node_of(trie, tokens[at].word);
    const struct trie_node *node = &trie->nodes.at[first];
    __builtin_prefetch(&trie->forms[node->form]);
    if (node->next_words >> (tokens[at + 1].word & 63) & 1)
        trie_prefetch(trie, first, tokens[at + 1].word);
}

// Makes the second step of a walk that would begin at the token, whatever sentence that is of, and asks for its node.
ALWAYS_INLINE void look_near(struct matcher *matcher, const struct trie *trie, uint32_t at)
{
    const struct token *tokens = matcher->document->tokens.at;
    bool two = at + 1 < matcher->document->tokens.count;
    uint32_t first = two ? trie_node_of(trie, tokens[at].word) : TRIE_ROOT, second = 0;
    if (first != TRIE_ROOT && tokens[at + 1].word)
        second = trie_step(trie, first, tokens[at + 1].word);
    if (second)
        __builtin_prefetch(&trie->nodes.at[second]);
    matcher->seconds[at % SECONDS] = second;
}

// Asks for the forms of the second step's node.
ALWAYS_INLINE void look_soon(const struct matcher *matcher, const struct trie *trie, uint32_t at)
{
    uint32_t second = matcher->seconds[at % SECONDS];
    if (second)
        __builtin_prefetch(&trie->forms[trie->nodes.at[second].form]);
}

static bool is_emphatic(const struct matcher *matcher, uint32_t word)
{
    bool found = false;
    for (uint32_t i = 0; i < EMPHATICS; i++)
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
        node = at == first + 1 ? matcher->seconds[first % SECONDS] : trie_step(trie, node, tokens[at].word);
        if (node == 0)
            break;
    }
    if (stressed_node != TRIE_ROOT)
        walk_over(matcher, trie, stressed + 1, end, stressed_node);
}

// At the begin of a document, and where another language begins: second steps of another trie mean nothing in this one.
ALWAYS_INLINE void begin_ahead(struct matcher *matcher, const struct trie *trie, uint32_t first)
{
    for (uint32_t i = 0; i < FAR; i++)
        look_far(matcher, trie, first + i);
    for (uint32_t i = 0; i < NEAR; i++)
        look_near(matcher, trie, first + i);
    matcher->trie = trie;
}

static uint32_t find_word(const struct pack *pack, struct slice fold)
{
    return words_get(&pack->words, fold, map_hash(fold));
}

static void take_emphatics(struct matcher *matcher, const struct pack *pack)
{
    for (uint32_t i = 0; i < EMPHATICS; i++)
        matcher->emphatics[i] = i < pack->config.emphatics.count ? find_word(pack, pack->config.emphatics.at[i]) : 0;
}

static void match_sentence(struct matcher *matcher, const struct sentence *sentence)
{
    struct document *document = matcher->document;
    const struct trie *trie = sentence->pack->trie;
    const struct token *tokens = document->tokens.at;
    struct family *lexicon = &matcher->lexicon, *triggers = &matcher->triggers;
    if (trie != matcher->trie)
        take_emphatics(matcher, sentence->pack);
    if (trie != matcher->trie || sentence->first != matcher->reached)
        begin_ahead(matcher, trie, sentence->first);
    matcher->reached = sentence->last;
    for (uint32_t i = sentence->first; i < sentence->last; i++) {
        uint32_t word = tokens[i].word;
        look_far(matcher, trie, i + FAR);
        look_near(matcher, trie, i + NEAR);
        look_soon(matcher, trie, i + SOON);
        if (word == 0 || (i < lexicon->covered && i < triggers->covered))
            continue;
        uint32_t node = trie_step(trie, TRIE_ROOT, word);
        if (node == 0)
            continue;
        walk(matcher, trie, i, sentence->last, node);
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
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct sentence *sentence = &document->sentences.at[i];
        assert(sentence->last <= document->tokens.count);
        if (sentence->pack != NULL)
            match_sentence(&matcher, sentence);
    }
    document->lexicon = (struct span_layer){matcher.lexicon.spans.at, matcher.lexicon.spans.count, matcher.lexicon.covering};
    document->triggers = (struct span_layer){matcher.triggers.spans.at, matcher.triggers.spans.count, matcher.triggers.covering};
}
