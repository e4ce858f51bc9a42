// SPDX-License-Identifier: MIT
// Growing a noun of a body or a meeting over what belongs to it.
//
// To the left: what may qualify it (parties joined by hyphens, "X and Y between", field words, ordinals, "previous"). To the right, a body
// only: its fields, its parties; either its acronym in brackets.
#include "mention/bodies.h"

#define NOUN_STEPS 24       // units a noun may grow to one side

// What the walk to the left met last: decides what may follow.
enum met { MET_NOUN, MET_PARTY, MET_FIELD, MET_ORDINAL, MET_AND, MET_GENITIVE, MET_BETWEEN, MET_ABOUT, MET_HYPHEN, MET_COMMA, MET_OTHER };

struct walk {
    enum met met, before;   // `before`: what stood right of a joint
    bool tied;              // a genitive, "between" or "with" was crossed: parties to the left belong to the noun all the same
    bool fields;            // field words were crossed
    uint32_t doubtful;      // adjectives crossed since the last sure word
};

static bool takes_party(const struct finder *f, const struct walk *w, uint32_t unit, bool body)
{
    switch (w->met) {
    case MET_HYPHEN: case MET_GENITIVE: case MET_BETWEEN:
        return true;
    case MET_AND: case MET_COMMA:
        return w->before == MET_PARTY;
    case MET_PARTY:
        return party_role_at(f, unit) == PARTY_ROLE_PREFIX || (f->pack->config.case_marks == CASE_AFTER && !w->tied);
    default:
        // "Pakistan commission": a bare name qualifies in languages with prepositions; else it needs its mark
        // and "Pak China talks", where a prefix stands before the name
        // "India Russia summit": two bare names in a row
        if (f->pack->config.case_marks == CASE_AFTER && unit > f->first && (f->kinds[unit - 1] & PARTY_KINDS) &&
            party_at(f, unit_first(f, unit - 1)) != party_at(f, unit))
            return true;
        return f->pack->config.case_marks == CASE_BEFORE || party_role_at(f, unit) != PARTY_ROLE_NAME || body ||
               (unit > f->first && (f->kinds[unit - 1] & PARTY_KINDS) && party_role_at(f, unit_first(f, unit - 1)) == PARTY_ROLE_PREFIX);
    }
}

// Inside a trigger of several words: "X called off talks" names no meeting "called off".
static bool in_phrase(const struct finder *f, uint32_t unit)
{
    uint32_t group = trigger_at(f, unit);
    const struct span *trigger = group == SPAN_NONE ? NULL : &f->document->triggers.at[group];
    return trigger && trigger->last - trigger->first > 1;
}

static bool step_left(const struct finder *f, struct noun *n, struct walk *w, uint32_t unit)
{
    bool after = f->pack->config.case_marks == CASE_AFTER;
    uint64_t classes = classes_at(f, unit);
    uint32_t kinds = f->kinds[unit], ignored = 0;
    int32_t ordinal = 0;
    if (f->taken[unit] & (TAKEN_DATE | TAKEN_DATELINE))
        return false;
    if (kinds & PARTY_KINDS) {
        if (!takes_party(f, w, unit, n->body))
            return false;
        party_set_add(&n->parties, party_at(f, unit));
        w->met = MET_PARTY;
    } else if ((kinds & KIND(OFFICE)) && n->body && after && w->met == MET_GENITIVE) {
        w->met = MET_OTHER;     // "committee of the prime ministers": of whom stands further left
        w->doubtful++;
        return true;
    } else if (kinds & FIELD_KINDS) {
        if (w->met == MET_GENITIVE || w->met == MET_BETWEEN || w->met == MET_PARTY || (w->met == MET_AND && w->before != MET_FIELD))
            return false;
        if (!n->body && w->met == MET_ABOUT)
            return false;
        w->met = MET_FIELD;
        w->fields = true;
    } else if ((ordinal = ordinal_before(f, unit_last(f, unit), &ignored)) != 0) {
        if (w->met == MET_PARTY && !after && w->tied)
            return false;
        if (!n->ordinal)
            n->ordinal = ordinal;
        w->met = MET_ORDINAL;
    } else if ((classes & (GRAMMAR(PREVIOUS) | GRAMMAR(NEXT))) && w->met != MET_PARTY) {
        n->flags |= classes & GRAMMAR(PREVIOUS) ? MENTION_PAST_REF : MENTION_NEXT_REF;
        w->met = MET_OTHER;
    } else {
        w->before = w->met == MET_AND || w->met == MET_COMMA || w->met == MET_HYPHEN ? w->before : w->met;
        if (is_joint(f, unit) || (is_mark(f, unit, '-') && w->met == MET_PARTY && unit > f->first && (f->kinds[unit - 1] & PARTY_KINDS)))
            w->met = MET_HYPHEN;
        else if (classes & GRAMMAR(AND) && (w->met == MET_PARTY || w->met == MET_FIELD))
            w->met = MET_AND;
        else if (is_mark(f, unit, ',') && ((w->met == MET_PARTY && w->tied) || (w->met == MET_FIELD && n->body)))
            w->met = MET_COMMA;
        else if (after && (classes & GRAMMAR(OF)) && w->met != MET_PARTY && w->met != MET_AND)
            w->met = MET_GENITIVE, w->tied = true;
        else if (after && (classes & (GRAMMAR(BETWEEN) | GRAMMAR(WITH))) && w->met != MET_PARTY && w->met != MET_AND)
            w->met = MET_BETWEEN, w->tied = true;
        else if (!after && features_at(f, unit, LEXICON_GRAMMAR) & FEATURE(GEN) && (classes & GRAMMAR(DETERMINER)))
            w->met = MET_GENITIVE, w->tied = true;
        else if (after && n->body && (classes & GRAMMAR(ABOUT)) && w->met != MET_PARTY)
            w->met = MET_ABOUT;
        else if (after && n->body && (classes & GRAMMAR(DETERMINER)) && unit > f->first && (classes_at(f, unit - 1) & GRAMMAR(ABOUT)))
            w->met = MET_OTHER;
        else if ((kinds & KIND(ORDINARY)) || (kinds & KIND(SIDE)) || (!kinds && f->tokens[unit].kind == TOKEN_WORD &&
                w->met != MET_PARTY && !in_phrase(f, unit)))
            w->doubtful++, w->met = MET_OTHER;
        else
            return false;
        return w->doubtful <= 2;
    }
    w->doubtful = 0;
    return true;
}

// Grows the noun to the left down to `limit`. Joints and adjectives count only when a sure word follows.
void noun_grow_left(const struct finder *f, struct noun *n, uint32_t limit)
{
    struct walk w = {.met = MET_NOUN};
    uint32_t at = n->first;
    for (int steps = 0; steps < NOUN_STEPS && at > limit; steps++) {
        uint32_t unit = unit_first(f, at - 1), ordinal_first = 0;
        if (unit < limit)
            break;
        if ((is_mark(f, unit, '\'') || is_mark(f, unit, '"')) && !(f->kinds[unit] & KIND(GRAMMAR))) {
            at = unit;      // a quoted name: the second "2+2" meeting
            continue;
        }
        if (unit + 1 == at && ordinal_before(f, at, &ordinal_first) && ordinal_first >= limit && ordinal_first < unit) {
            // a number and its suffix are two units
            if (!n->ordinal)
                n->ordinal = ordinal_before(f, at, &ordinal_first);
            w.met = MET_ORDINAL;
            w.doubtful = 0;
            n->first = at = ordinal_first;
            continue;
        }
        if (pack_inflects(f->pack) && is_mark(f, unit, ',') && !n->ordinal && ordinal_before(f, unit, &ordinal_first) &&
            ordinal_first >= limit) {   // "the next, seventh, session"
            n->ordinal = ordinal_before(f, unit, &ordinal_first);
            w = (struct walk){.met = MET_ORDINAL};
            n->first = at = ordinal_first;
            continue;
        }
        if (!step_left(f, n, &w, unit))
            break;
        at = unit;
        bool sure = w.met == MET_PARTY || w.met == MET_FIELD || w.met == MET_ORDINAL || (w.met == MET_OTHER && !w.doubtful);
        // fields alone stay outside a meeting noun: "energy talks" speaks of energy
        if (sure && (n->body || w.met != MET_FIELD))
            n->first = at;
    }
    // the walk met them from right to left; readers want them as written
    for (uint8_t i = 0; i < n->parties.count / 2; i++) {
        uint16_t swap = n->parties.at[i];
        n->parties.at[i] = n->parties.at[n->parties.count - 1 - i];
        n->parties.at[n->parties.count - 1 - i] = swap;
    }
}

uint32_t parties_after(const struct finder *f, uint32_t at, struct party_set *set)
{
    uint32_t good = at;
    at = skip_determiners(f, at);
    for (int n = 0; n < NOUN_STEPS && at < f->last; n++) {
        uint16_t party = party_at(f, at);
        if (party != PARTY_NONE) {
            party_set_add(set, party);
            good = at = unit_last(f, at);
        } else if (good != at && !is_mark(f, at, ',') && !is_mark(f, at, '-') &&
                   !(classes_at(f, at) & (GRAMMAR(AND) | GRAMMAR(DETERMINER) | GRAMMAR(OF)))) {
            break;
        } else if (kinds_at(f, at) & KIND(GRAMMAR) || is_mark(f, at, ',') || is_mark(f, at, '-') ||
                   (pack_inflects(f->pack) && (kinds_at(f, at) & KIND(ORGAN)))) {
            at = unit_last(f, at);      // "between the government of X and the government of Y", where no "of" is needed
        } else {
            break;
        }
    }
    return good;
}

// The name's last words, of which the lexicon holds all, are "on trade".
static bool names_field(const struct finder *f, uint32_t last)
{
    uint64_t before = last >= f->first + 2 ? word_classes(f, last - 2) : 0;
    return before & (GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR));
}

void noun_grow_right(const struct finder *f, struct noun *n)
{
    uint64_t ignored = 0;
    n->named_last = n->last;
    for (int round = 0; round < 5 && n->last < f->last; round++) {
        uint32_t at = n->last, end = skip_brackets(f, at, BRACKET_TOKENS);
        uint64_t classes = classes_at(f, at);
        if (end > at) {
            if (n->alias_first == n->alias_last && !(f->taken[at + 1] & TAKEN_DATE)) {
                n->alias_first = at + 1;
                n->alias_last = end - 1;
            }
            n->last = end;
            continue;
        }
        if (!n->body || f->pack->config.case_marks == CASE_AFTER)
            break;
        if (classes & (GRAMMAR(OF) | GRAMMAR(BETWEEN))) {
            end = parties_after(f, unit_last(f, at), &n->parties);
            if (end == unit_last(f, at) && (classes & GRAMMAR(OF)))
                end = fields_after(f, unit_last(f, at), &ignored);
        } else if (classes & (GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR) | GRAMMAR(TO))) {
            end = fields_after(f, unit_last(f, at), &ignored);
        } else if (pack_inflects(f->pack) && (kinds_at(f, at) & PARTY_KINDS)) {
            end = parties_after(f, at, &n->parties);
            end = end == at ? n->last : end;
        } else if (pack_inflects(f->pack) && is_mark(f, at, ',') && names_field(f, n->last) && (kinds_at(f, at + 1) & FIELD_KINDS)) {
            end = fields_after(f, at, &ignored);    // "the commission on trade, economic and scientific cooperation"
        } else {
            break;
        }
        if (end == n->last || end == unit_last(f, at))
            break;
        n->last = n->named_last = end;
    }
}
