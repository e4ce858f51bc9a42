// SPDX-License-Identifier: MIT
// The nouns of bodies and meetings of a sentence, each with what qualifies it.
//
// A noun is a form of the lexicon, an alias, a form that holds its states inside, or an ordinal whose noun is left out.
// Invariant: nouns are in text order and do not overlap after growing.
#include "mention/bodies.h"

#define ROUNDS_MAX 200      // a greater number behind "round" is a year or a quantity
#define PREDICATE_REACH 8   // tokens behind a meeting in which a verb of being may tell which one it was

static bool plural_at(const struct finder *f, uint32_t at, enum lexicon_kind kind)
{
    uint32_t features = features_at(f, at, kind);
    return (features & FEATURE(PL)) && !(features & FEATURE(SG));
}

static bool acronym_of_bracket(const struct finder *f, uint32_t at)
{
    return f->tokens[at].flags & TOKEN_BRACKETED && at > f->first && is_mark(f, at - 1, '(');
}

// "The intergovernmental Mongolian-Vietnamese commission": on success the noun holds the whole, with its parties.
static bool body_around_parties(const struct finder *f, uint32_t at, struct noun *n)
{
    struct spread spread;
    if (!pack_inflects(f->pack) || !form_over_states(f, at, LEXICON_BODY, &spread))
        return false;
    *n = (struct noun){.first = at, .core_first = at, .last = spread.last, .core_last = spread.last, .body = true, .lexeme = spread.lexeme,
                       .parties = spread.parties};
    n->type = (uint8_t)f->pack->lexemes.at[spread.lexeme].value;
    n->event = eventful(n->type);
    return true;
}

// "The meeting became the second in this format": which one it was, told of it behind a verb of being.
static int32_t ordinal_told(const struct finder *f, const struct noun *n)
{
    for (uint32_t at = n->last; pack_inflects(f->pack) && at + 1 < f->last && at < n->last + PREDICATE_REACH; at++) {
        if (f->tokens[at].kind != TOKEN_WORD || (f->kinds[at] & (KIND(BODY) | KIND(MEETING))))
            return 0;
        if (!(classes_at(f, at) & (GRAMMAR(BE) | GRAMMAR(VERB))))
            continue;
        uint32_t last = unit_last(f, at + 1);
        int32_t ordinal = ordinal_at(f, at + 1, &last);
        bool alone = last >= f->last || !(kinds_at(f, last) & (KIND(BODY) | KIND(MEETING) | KIND(MONTH) | KIND(UNIT)));
        return ordinal && alone ? ordinal : 0;
    }
    return 0;
}

static void grow(const struct finder *f, struct noun *n, uint32_t limit)
{
    noun_grow_left(f, n, limit);
    noun_grow_right(f, n);
}

// A short name keeps the parties of the name that it stands for, unless it names its own.
static void read_alias(const struct finder *f, const struct alias *alias, uint32_t at, uint32_t last, uint32_t limit, struct noun *n)
{
    *n = (struct noun){.first = at, .last = last, .core_first = at, .core_last = last, .named_last = last, .lexeme = alias->lexeme,
                       .type = alias->type, .body = alias->body, .event = alias->event};
    noun_grow_left(f, n, limit);
    if (!n->parties.count)
        n->parties = alias->parties;
}

// "Next meeting" may be one form of the lexicon.
static uint16_t refs_inside(const struct finder *f, uint32_t first, uint32_t last)
{
    uint16_t flags = 0;
    for (uint32_t t = first; t < last && last - first > 1; t++) {
        uint64_t classes = word_classes(f, t);
        if (classes & GRAMMAR(PREVIOUS))
            flags |= MENTION_PAST_REF;
        if (classes & GRAMMAR(NEXT))
            flags |= MENTION_NEXT_REF;
    }
    return flags;
}

// "Round four", "round 4 of the talks": where prepositions join words, the number may stand behind.
static void number_behind(const struct finder *f, struct noun *n)
{
    uint32_t first = 0, end = n->last < f->last ? unit_last(f, n->last) : n->last;
    uint32_t number = end > n->last && f->pack->config.case_marks == CASE_BEFORE ? cardinal_before(f, end, &first) : 0;
    if (!number || first != n->last || number > ROUNDS_MAX || (kinds_at(f, end) & (KIND(UNIT) | KIND(MEETING) | KIND(INSTRUMENT))))
        return;
    n->ordinal = (int32_t)number;
    n->last = n->core_last = end;
}

// False where the word is a body only between two parties ("the X-Y commission"), and none or one stands in its name.
static bool read_form(const struct finder *f, uint32_t at, uint32_t limit, struct noun *n)
{
    *n = (struct noun){.first = at, .last = unit_last(f, at), .core_first = at, .core_last = unit_last(f, at)};
    n->body = f->kinds[at] & KIND(BODY);
    enum lexicon_kind kind = n->body ? LEXICON_BODY : LEXICON_MEETING;
    const struct lexeme *lexeme = lexeme_at(f, at, kind);
    n->type = (uint8_t)lexeme->value;
    n->event = (f->kinds[at] & KIND(MEETING)) || eventful(n->type);
    n->lexeme = span_at(f, at, kind)->lexeme;
    n->flags = refs_inside(f, at, n->core_last);
    if (plural_at(f, at, kind))
        n->flags |= MENTION_PLURAL;
    if (!n->body && lexeme->attribute == MEETING_IS_ROUND)
        n->flags |= MENTION_ROUND;
    if (n->flags & MENTION_ROUND)
        number_behind(f, n);
    grow(f, n, limit);
    if (n->event && !n->ordinal && !(n->flags & MENTION_PLURAL))
        n->ordinal = ordinal_told(f, n);
    return n->parties.count > 1 || !needs_two(f, at);
}

// The noun whose word begins at `at`, grown to the left down to `limit`; false if there is none.
static bool read_noun(const struct finder *f, uint32_t at, uint32_t limit, struct noun *n)
{
    uint32_t last = 0;
    const struct alias *alias = alias_at(f, at, &last);
    if (alias && !acronym_of_bracket(f, at)) {
        read_alias(f, alias, at, last, limit, n);
        return true;
    }
    if (f->kinds[at] & NOUN_KINDS) {
        return read_form(f, at, limit, n);
    }
    if (body_around_parties(f, at, n)) {
        grow(f, n, limit);
        return true;
    }
    bool adjective = (f->classes[at] & (GRAMMAR(PREVIOUS) | GRAMMAR(NEXT))) || may_be_ordinal(f, at);
    return adjective && session_left_out(f, at, n);
}

// Whether a noun may begin with the token; most words let nothing begin.
static bool may_begin(const struct finder *f, uint32_t at)
{
    return (f->kinds[at] & NOUN_KINDS) || (f->classes[at] & (GRAMMAR(PREVIOUS) | GRAMMAR(NEXT))) || may_be_ordinal(f, at);
}

void nouns_collect(const struct finder *f, noun_vec *nouns)
{
    uint32_t limit = f->first;
    bool states = pack_inflects(f->pack) && (f->here & PARTY_KINDS);    // a noun may stand around them
    for (uint32_t at = f->first; at < f->last; at++) {
        struct noun n;
        if (at < limit || !(states || may_begin(f, at) || may_be_alias(f, at)) || unit_first(f, at) != at || !read_noun(f, at, limit, &n))
            continue;
        limit = n.last;
        vec_push(f->arena, nouns, n);
    }
}
