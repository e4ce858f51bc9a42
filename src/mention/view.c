// SPDX-License-Identifier: MIT
// The document as the finders see it: units, their lexicon kinds and grammar classes, and the small steps that all of them take.
//
// Two arrays with a cell a token are filled once: the lexicon kinds and the grammar classes of the group of spans that covers the
// token; and one with a cell a sentence: the kinds of all its tokens, so that a part passes over sentences that hold nothing for it.
// Every question of the kind "may this be a field word?" is then a mask, and only a positive answer looks at the spans.
// Invariant: a group lies within one sentence, so no walk that stays inside finder->first and finder->last can leave it.
#include "mention/finder.h"

#include <assert.h>
#include <string.h>

#define NAME_KINDS (PARTY_KINDS | KIND(CITY))
#define SMALL_KINDS (KIND(GRAMMAR) | KIND(ORDINARY))

// The span group that begins at `at`: what its place in the text changes of what its words say.
static void weigh_place(struct finder *finder, const struct pack *pack, const struct pack_group *group, uint32_t at)
{
    const struct span *span = &finder->spans[finder->covering[at]];
    uint8_t flags = finder->tokens[at].flags;
    if (span->first != at)
        return;
    if (group->states == 1)
        finder->named[group->state]++;
    if (span->last == at + 1 && (flags & TOKEN_INITIAL)) {
        finder->kinds[at] &= ~SMALL_KINDS;
        finder->classes[at] = 0;
    }
    // a name that is also a small word ("who", "us") is one only with its capital letter; src/glance/ relies on it
    if (span->last == at + 1 && (finder->kinds[at] & SMALL_KINDS) && !pack->config.plain_names && !(flags & TOKEN_CAPITAL))
        finder->kinds[at] &= ~NAME_KINDS;
    // an agent's mark that opens a longer form ("ने कहा") still marks who acts
    if (span->last > at + 1 && pack->config.case_marks == CASE_AFTER)
        finder->classes[at] |= pack_word_classes(pack, finder->tokens[at].word) & GRAMMAR(AGENT);
}

static void fill_sentence(struct finder *finder, uint32_t index)
{
    const struct document *document = finder->document;
    struct sentence *sentence = &document->sentences.at[index];
    const struct pack *pack = sentence->pack;
    const struct pack_group *groups = pack->groups.at;
    const struct token *tokens = finder->tokens;
    const uint32_t *covering = finder->covering;
    uint32_t *kinds = finder->kinds, here = 0;
    uint64_t *classes = finder->classes, here_classes = 0;
    bool marks_behind = pack->config.case_marks == CASE_AFTER;
    for (uint32_t t = sentence->first, last = sentence->last; t < last; t++) {
        const struct pack_group *group = &groups[document->groups[t]];
        uint32_t of = group->kinds, flags = tokens[t].flags;
        kinds[t] = of;
        classes[t] = group->classes;
        here |= of;
        if (tokens[t].kind == TOKEN_NUMBER || (of & KIND(NUMBER))) {
            finder->taken[t] = MAY_BE_ORDINAL;
            here |= tokens[t].kind == TOKEN_NUMBER ? HERE_NUMBERS : 0;
        } else if (!of && (flags & TOKEN_CAPITAL) && covering[t] == SPAN_NONE && roman_at(finder, t)) {
            finder->taken[t] = MAY_BE_ORDINAL;
            here |= HERE_ROMAN;
        }
        here_classes |= group->classes;
        bool name = (of & NAME_KINDS) && ((of & SMALL_KINDS) || group->states == 1);
        bool longer = marks_behind && t + 1 < last && covering[t + 1] == covering[t];
        if ((name || longer || (flags & TOKEN_INITIAL)) && of) {
            weigh_place(finder, pack, group, t);
            here_classes |= classes[t];
        }
    }
    finder->sentence_classes[index] = here_classes;
    sentence->kinds = here;
}

static void fill_cells(struct finder *finder)
{
    if (finder->world)
        finder->named = ARENA_ARRAY(finder->arena, uint32_t, finder->world->parties.count + 1);
    for (uint32_t s = 0; s < finder->document->sentences.count; s++)
        fill_sentence(finder, s);
}

#define TOKENS_A_MENTION 4

void finder_init(struct finder *finder, struct document *document)
{
    *finder = (struct finder){
        .document = document,
        .arena = document->arena,
        .world = document->pack ? document->pack->world : NULL,
        .tokens = document->tokens.at,
        .spans = document->lexicon.at,
        .covering = document->lexicon.covering,
        .token_count = document->tokens.count,
        .span_count = document->lexicon.count,
        .dateline_state = PARTY_NONE,
        .delegation_party = PARTY_NONE,
    };
    uint32_t room = finder->token_count / TOKENS_A_MENTION + 1;     // of most reports, so that no mention is moved as they grow
    document->mentions.room = room < MENTIONS_MAX ? room : MENTIONS_MAX;
    document->mentions.at = arena_take(finder->arena, document->mentions.room * sizeof *document->mentions.at);
    // every token is of a sentence, so that both are filled
    finder->kinds = arena_take(finder->arena, finder->token_count * sizeof *finder->kinds);
    finder->classes = arena_take(finder->arena, finder->token_count * sizeof *finder->classes);
    finder->sentence_classes = arena_take(finder->arena, document->sentences.count * sizeof *finder->sentence_classes);
    finder->sentence_mentions = ARENA_ARRAY(finder->arena, uint32_t, document->sentences.count);
    finder->taken = ARENA_ARRAY(finder->arena, uint8_t, finder->token_count);
    map_init(&finder->alias_by_word, finder->arena, 8);
    map_init(&finder->name_words, finder->arena, 24);
    fill_cells(finder);
}

bool is_verb(const struct finder *f, uint32_t at)
{
    uint32_t span = trigger_at(f, at);
    uint32_t features = span == SPAN_NONE ? 0 : f->document->triggers.at[span].features;
    return features & (FEATURE(PAST) | FEATURE(PRES) | FEATURE(FUT) | FEATURE(INF) | FEATURE(PART) | FEATURE(GER));
}

void finder_take(struct finder *f, uint32_t first, uint32_t last, uint8_t taken)
{
    for (uint32_t t = first; t < last; t++)
        f->taken[t] |= taken;
}

struct mention *finder_add(struct finder *finder, enum mention_kind kind, uint32_t first, uint32_t last)
{
    assert(first < last);
    struct mention *mention = vec_add_max(finder->arena, &finder->document->mentions, MENTIONS_MAX);
    memset(mention, 0, sizeof *mention);
    mention->kind = (uint8_t)kind;
    mention->code = CODE_NONE;
    mention->first = first;
    mention->last = last;
    mention->sentence = finder->tokens[first].sentence;
    mention->outer = MENTION_NONE;
    mention->lexeme = UINT32_MAX;
    mention->entity = MENTION_NONE;
    mention->concept = CONCEPT_NONE;
    mention->state = PARTY_NONE;
    mention->city = CITY_NONE;
    return mention;
}

const struct span *span_of_kind(const struct finder *finder, uint32_t at, enum lexicon_kind kind)
{
    const struct span *span = &finder->spans[finder->covering[at]];
    while (finder->pack->lexemes.at[span->lexeme].kind != kind)
        span++;
    return span;
}

uint32_t features_of_kind(const struct finder *finder, uint32_t at, enum lexicon_kind kind)
{
    uint32_t features = 0, first = finder->covering[at];
    for (uint32_t i = first; i < finder->span_count && finder->spans[i].first == finder->spans[first].first; i++)
        if (finder->pack->lexemes.at[finder->spans[i].lexeme].kind == kind)
            features |= finder->spans[i].features;
    return features;
}

uint64_t word_classes(const struct finder *finder, uint32_t at)
{
    if (at < finder->first || at >= finder->last)
        return 0;
    return pack_word_classes(finder->pack, finder->tokens[at].word);
}

uint32_t skip_brackets(const struct finder *finder, uint32_t at, uint32_t most)
{
    if (!is_mark(finder, at, '('))
        return at;
    for (uint32_t end = at + 1; end < finder->last && end <= at + most; end++)
        if (is_mark(finder, end, ')'))
            return end + 1;
    return at;
}

uint32_t skip_determiners(const struct finder *finder, uint32_t at)
{
    for (int n = 0; n < 3 && (classes_at(finder, at) & GRAMMAR(DETERMINER)); n++)
        at = unit_last(finder, at);
    return at;
}

uint16_t party_at(const struct finder *finder, uint32_t at)
{
    if (!(kinds_at(finder, at) & PARTY_KINDS))
        return PARTY_NONE;
    const struct lexeme *best = lexeme_at(finder, at, LEXICON_STATE);
    if (!best)
        return lexeme_at(finder, at, LEXICON_ORGANISATION)->value;
    // a form of several states ("Congolese") means the one that the text names elsewhere
    uint32_t group = finder->covering[at];
    for (uint32_t i = group; i < finder->span_count && finder->spans[i].first == finder->spans[group].first; i++) {
        const struct lexeme *lexeme = &finder->pack->lexemes.at[finder->spans[i].lexeme];
        if (lexeme->kind == LEXICON_STATE && finder->named[lexeme->value] > finder->named[best->value])
            best = lexeme;
    }
    return best->value;
}

uint8_t party_role_at(const struct finder *finder, uint32_t at)
{
    const struct lexeme *lexeme = lexeme_at(finder, at, LEXICON_STATE);
    if (!lexeme)
        lexeme = lexeme_at(finder, at, LEXICON_ORGANISATION);
    return lexeme ? lexeme->attribute : PARTY_ROLE_NAME;
}

uint64_t sectors_at(const struct finder *finder, uint32_t at)
{
    uint64_t sectors = 0;
    const struct lexeme *sector = lexeme_at(finder, at, LEXICON_SECTOR), *concept = lexeme_at(finder, at, LEXICON_CONCEPT);
    if (sector)
        sectors |= UINT64_C(1) << sector->value;
    if (concept)
        sectors |= finder->world->concepts.at[concept->value].sectors;
    return sectors;
}

uint32_t fields_before(const struct finder *finder, uint32_t from, bool plural, uint64_t *sectors)
{
    bool genitives = finder->pack->config.case_marks == CASE_AFTER;
    uint32_t good = from, at = from;
    bool closed = plural, joint = true;     // joint: a field may stand here
    for (int n = 0; n < 24 && at > finder->first; n++) {
        uint32_t unit = unit_first(finder, at - 1);
        if (kinds_at(finder, unit) & FIELD_KINDS) {
            *sectors |= sectors_at(finder, unit);
            good = unit;
            joint = false;
        } else if (kinds_at(finder, unit) & KIND(ORDINARY) && at == good) {
            // an adjective counts only when a field stands before or behind it
        } else if (classes_at(finder, unit) & GRAMMAR(AND)) {
            if (joint && at != from)
                break;
            closed = joint = true;
        } else if (is_mark(finder, unit, ',') || is_mark(finder, unit, '/') || is_joint(finder, unit)) {
            if (joint || (is_mark(finder, unit, ',') && !closed))
                break;
            joint = true;
        } else if (genitives && at == from && (classes_at(finder, unit) & GRAMMAR(OF))) {
            joint = true;
        } else {
            break;
        }
        at = unit;
    }
    return good;
}

uint32_t fields_after(const struct finder *finder, uint32_t from, uint64_t *sectors)
{
    uint32_t good = from, at = skip_determiners(finder, from);
    for (int n = 0; n < 32 && at < finder->last; n++) {
        uint32_t next = unit_last(finder, at);
        if (kinds_at(finder, at) & FIELD_KINDS) {
            *sectors |= sectors_at(finder, at);
            good = next;
        } else if (!(classes_at(finder, at) & (GRAMMAR(AND) | GRAMMAR(DETERMINER))) && !is_mark(finder, at, ',') &&
                   !is_mark(finder, at, '/') && !is_joint(finder, at) && !(kinds_at(finder, at) & KIND(ORDINARY)) &&
                   !((classes_at(finder, at) & GRAMMAR(OF)) && (kinds_at(finder, next) & FIELD_KINDS))) {
            break;
        }
        at = next;
    }
    return good;
}

// The row holds for the first of the states, or for any.
static bool suits(const struct lexeme *lexeme, const struct party_set *states)
{
    bool suits = lexeme->party_count == 0;
    for (uint8_t i = 0; i < lexeme->party_count; i++)
        suits |= lexeme->parties[i] == states->at[0];
    return suits;
}

bool form_over_states(const struct finder *f, uint32_t at, enum lexicon_kind kind, struct spread *ret)
{
    uint32_t node = 0;
    bool found = false;
    if (!pack_inflects(f->pack))
        return false;
    *ret = (struct spread){.last = at};
    for (uint32_t t = at; t < f->last && t < at + SPREAD_TOKENS; t++) {
        bool state = t > at && party_at(f, t) != PARTY_NONE && party_role_at(f, t) != PARTY_ROLE_NAME;
        if (state)
            party_set_add(&ret->parties, party_at(f, t));
        if (state || (ret->parties.count && is_mark(f, t, '-') && !found)) {
            t = unit_last(f, t) - 1;
            continue;
        }
        if (!f->tokens[t].word || !pack_step(f->pack, &node, f->tokens[t].word))
            break;
        uint32_t count;
        const struct pack_form *forms = pack_forms(f->pack, node, &count);
        for (uint32_t i = 0; ret->parties.count && i < count; i++) {
            const struct lexeme *lexeme = &f->pack->lexemes.at[forms[i].lexeme];
            if (lexeme->kind != kind || !suits(lexeme, &ret->parties))
                continue;
            ret->lexeme = forms[i].lexeme;
            ret->last = t + 1;
            found = true;
        }
    }
    return found;
}
