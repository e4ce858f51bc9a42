// SPDX-License-Identifier: MIT
// Short names of bodies: the acronym that a body's name gave in brackets, and the noun that stands for it later ("the commission").
//
// Aliases are gathered over all sentences before bodies are found, so that a headline may use what the text explains; where one stands
// alone it names the same body with the same parties. They are found by their first word, in languages that inflect by its stem.
#include "mention/bodies.h"

#include "unicode/utf8.h"

#define ALIAS_STEM 5        // letters by which an inflected word is known again

// "The commission", "its fifth commission", "आयोग ने": a noun alone stands for the body named before where a small word, a number or the
// sentence's begin is on its left, so that "election commission" stays what it is.
static bool points_back(const struct finder *f, uint32_t at)
{
    bool name = !f->pack->config.plain_names && (f->tokens[at].flags & TOKEN_CAPITAL);
    if (at == f->first)
        return true;
    uint32_t before = unit_first(f, at - 1), ordinal_first = 0;
    if (name)   // "the Commission will next meet", "the sixth Council", and not "the Security Council"
        return ordinal_before(f, at, &ordinal_first) != 0 || (classes_at(f, before) & GRAMMAR(DETERMINER));
    if (pack_inflects(f->pack) && trigger_at(f, before) != SPAN_NONE)
        return true;    // "gathered the commission": where words are free in order, its verb may stand before
    // and behind the session's own noun: "a meeting of-the-commission"
    return f->tokens[before].kind == TOKEN_PUNCT || classes_at(f, before) || (kinds_at(f, before) & (KIND(NUMBER) | KIND(MEETING)));
}

// What a word is found by: itself, or its stem where words inflect (acronyms do not).
static struct slice alias_key(const struct finder *f, uint32_t token)
{
    struct slice fold = document_fold(f->document, token);
    if (!pack_inflects(f->pack) || (f->tokens[token].flags & TOKEN_ALL_CAPS))
        return fold;
    return utf8_prefix(fold, ALIAS_STEM);
}

static void add_alias(struct finder *f, const struct alias *alias)
{
    struct slice key = alias_key(f, alias->first);
    if (map_put(&f->alias_by_word, key, f->aliases.count) != f->aliases.count)
        return;
    f->alias_begins |= alias_bit(key);
    vec_push(f->arena, &f->aliases, *alias);
}

// The body whose alias begins at `at`, NULL if there is none; sets the end of the words that repeat it.
const struct alias *alias_at(const struct finder *f, uint32_t at, uint32_t *ret_last)
{
    if (!may_be_alias(f, at))
        return NULL;
    uint32_t index = map_get(&f->alias_by_word, alias_key(f, at), UINT32_MAX);
    if (index == UINT32_MAX)
        return NULL;
    const struct alias *alias = &f->aliases.at[index];
    if (alias->noun && !points_back(f, at))
        return NULL;
    uint32_t last = at + 1;
    for (uint32_t t = alias->first + 1; t < alias->last && last < f->last; t++, last++)
        if (!slice_eq(document_fold(f->document, t), document_fold(f->document, last)))
            break;
    *ret_last = is_mark(f, last - 1, '-') ? last - 1 : last;
    return alias;
}

// An alias is one to three uncovered words joined by hyphens, in capitals where the language has them.
static bool is_alias(const struct finder *f, const struct noun *n)
{
    if (n->alias_first >= n->alias_last || n->alias_last - n->alias_first > 3)
        return false;
    for (uint32_t t = n->alias_first; t < n->alias_last; t++) {
        bool word = (t - n->alias_first) % 2 == 0;
        if (!word && !is_joint(f, t))
            return false;
        if (word && (f->tokens[t].kind != TOKEN_WORD || f->tokens[t].fold_len < 2 || f->covering[t] != SPAN_NONE))
            return false;
        if (word && !f->pack->config.plain_names && !(f->tokens[t].flags & TOKEN_ALL_CAPS))
            return false;
    }
    return true;
}

// The last word of a body's name of several words ("joint commission") may stand for it later.
static void note_noun(struct finder *f, const struct noun *n)
{
    uint32_t word = n->core_last - 1;
    bool several = n->core_last - n->core_first > 1 || (n->body && needs_two(f, word));
    bool whole = n->body && several && !(n->flags & MENTION_PLURAL) && !eventful(n->type);
    if (!whole || f->tokens[word].kind != TOKEN_WORD || (f->tokens[word].flags & TOKEN_ALL_CAPS))
        return;
    struct alias alias = {.first = word, .last = word + 1, .lexeme = n->lexeme, .type = n->type, .body = true, .noun = true,
                          .parties = n->parties};
    add_alias(f, &alias);
}

// Only the name of a body, and one with a bracket behind it, give a short name.
static bool may_give_alias(const struct finder *f)
{
    if (!(f->here & NOUN_KINDS))
        return false;
    if ((f->here & KIND(BODY)) || f->aliases.count || (pack_inflects(f->pack) && (f->here & PARTY_KINDS)))
        return true;
    for (uint32_t at = f->first; at < f->last; at++)
        if (is_mark(f, at, '('))
            return true;
    return false;
}

void bodies_find_aliases(struct finder *f)
{
    if (!may_give_alias(f))
        return;
    noun_vec nouns = {0};
    nouns_collect(f, &nouns);
    for (uint32_t i = 0; i < nouns.count; i++) {
        const struct noun *n = &nouns.at[i];
        note_noun(f, n);
        if (!is_alias(f, n))
            continue;
        struct alias alias = {.first = n->alias_first, .last = n->alias_last, .lexeme = n->lexeme, .type = n->type,
                              .body = n->body, .event = n->event, .parties = n->parties};
        add_alias(f, &alias);
    }
}
