// SPDX-License-Identifier: MIT
// The nouns of bodies and meetings of a sentence, each with what qualifies it.
//
// A noun is a form of the lexicon, an alias, a form that holds its states inside, or an ordinal whose noun is left out.
// Invariant: nouns are in text order and do not overlap after growing.
#include "mention/bodies.h"

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
    if (!form_over_states(f, at, LEXICON_BODY, &spread))
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

void nouns_collect(const struct finder *f, noun_vec *nouns)
{
    uint32_t limit = f->first;
    for (uint32_t at = f->first; at < f->last; at = unit_last(f, at)) {
        uint32_t kinds = f->kinds[at], alias_last = 0;
        if (at < limit)
            continue;
        const struct alias *alias = alias_at(f, at, &alias_last);
        if (alias && !acronym_of_bracket(f, at)) {
            struct noun n = {.first = at, .last = alias_last, .core_first = at, .core_last = alias_last, .lexeme = alias->lexeme,
                             .type = alias->type, .body = alias->body, .event = alias->event};
            noun_grow_left(f, &n, limit);
            n.named_last = limit = n.last;
            if (!n.parties.count)
                n.parties = alias->parties;
            vec_push(f->arena, nouns, n);
            continue;
        }
        struct noun around;
        if (!(kinds & NOUN_KINDS) && body_around_parties(f, at, &around)) {
            noun_grow_left(f, &around, limit);
            noun_grow_right(f, &around);
            limit = around.last;
            vec_push(f->arena, nouns, around);
            continue;
        }
        struct noun left_out;
        if (!(kinds & NOUN_KINDS) && session_left_out(f, at, &left_out)) {
            limit = left_out.last;
            vec_push(f->arena, nouns, left_out);
        }
        if (!(kinds & NOUN_KINDS))
            continue;
        struct noun n = {.first = at, .last = unit_last(f, at)};
        n.core_first = n.first;
        n.core_last = n.last;
        n.body = kinds & KIND(BODY);
        enum lexicon_kind kind = n.body ? LEXICON_BODY : LEXICON_MEETING;
        n.type = (uint8_t)lexeme_at(f, at, kind)->value;
        n.event = (kinds & KIND(MEETING)) || eventful(n.type);
        n.lexeme = span_at(f, at, kind)->lexeme;
        if (plural_at(f, at, kind))
            n.flags |= MENTION_PLURAL;
        if (!n.body && lexeme_at(f, at, kind)->attribute == MEETING_IS_ROUND)
            n.flags |= MENTION_ROUND;
        for (uint32_t t = at; t < n.core_last; t++) {   // "next meeting" may be one form of the lexicon
            uint64_t classes = n.core_last - at > 1 ? word_classes(f, t) : 0;
            if (classes & GRAMMAR(PREVIOUS))
                n.flags |= MENTION_PAST_REF;
            if (classes & GRAMMAR(NEXT))
                n.flags |= MENTION_NEXT_REF;
        }
        noun_grow_left(f, &n, limit);
        noun_grow_right(f, &n);
        if (n.event && !n.ordinal && !(n.flags & MENTION_PLURAL))
            n.ordinal = ordinal_told(f, &n);
        limit = n.last;
        vec_push(f->arena, nouns, n);
    }
}
