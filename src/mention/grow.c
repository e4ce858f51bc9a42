// SPDX-License-Identifier: MIT
// Growing a noun of a body or a meeting over what belongs to it.
//
// To the left: what may qualify it (parties joined by hyphens, "X and Y between", field words, ordinals, "previous"). To the right, a body
// only: its fields, its parties; either its acronym in brackets.
#include "mention/bodies.h"

#define DOUBTFUL_MAX 2      // adjectives between two sure words
#define NOUN_STEPS 24       // units a noun may grow to one side

// What the walk to the left met last: decides what may follow.
enum met { MET_NOUN, MET_PARTY, MET_FIELD, MET_ORDINAL, MET_AND, MET_GENITIVE, MET_BETWEEN, MET_ABOUT, MET_HYPHEN, MET_COMMA, MET_OTHER };

struct walk {
    enum met met, before;   // `before`: what stood right of a joint
    bool tied;              // a genitive, "between" or "with" was crossed: parties to the left belong to the noun all the same
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
        // and "the India-Russia annual summit": a pair joined by a hyphen
        if (f->pack->config.case_marks == CASE_AFTER && unit > f->first + 1 && is_mark(f, unit - 1, '-') &&
            (f->kinds[unit - 2] & PARTY_KINDS))
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

// "For the second day sits the commission": a verb that tells something itself, and is no participle, qualifies nothing.
// "Kenya, Togo hold third committee": a bare form, too, where its rule speaks of meetings alone.
static bool is_finite(const struct finder *f, uint32_t unit)
{
    uint32_t group = trigger_at(f, unit), features = group == SPAN_NONE ? 0 : f->document->triggers.at[group].features;
    const struct rule *rule = group == SPAN_NONE ? NULL : rule_of(f, group);
    bool holds = rule && rule->meeting.value < VALUE_UNSET && rule->commitment.value == VALUE_UNSET;
    if (holds && (features & FEATURE(INF)) && f->pack->config.head == HEAD_INITIAL && !pack_inflects(f->pack))
        return true;
    return (features & (FEATURE(PAST) | FEATURE(PRES) | FEATURE(FUT))) && !(features & (FEATURE(PART) | FEATURE(INF) | FEATURE(GER)));
}

// What joins the noun to a word further left; MET_NOUN if the unit joins nothing here.
static enum met joint_at(const struct finder *f, const struct noun *n, const struct walk *w, uint32_t unit)
{
    uint64_t classes = classes_at(f, unit);
    bool party = w->met == MET_PARTY, field = w->met == MET_FIELD;
    bool party_before = unit > f->first && (f->kinds[unit - 1] & PARTY_KINDS);
    if (is_joint(f, unit) || (is_mark(f, unit, '-') && party && party_before))
        return MET_HYPHEN;
    if ((classes & GRAMMAR(AND)) && (party || field))
        return MET_AND;
    if (is_mark(f, unit, ',') && ((party && w->tied) || (field && n->body)))
        return MET_COMMA;
    bool row = w->met == MET_ORDINAL && pack_inflects(f->pack) && unit > f->first && is_mark(f, unit, ',');
    if (row && (classes_at(f, unit_first(f, unit - 1)) & (GRAMMAR(PREVIOUS) | GRAMMAR(NEXT))))
        return MET_COMMA;   // "the next, seventh session"
    if (f->pack->config.case_marks != CASE_AFTER)
        return (classes & GRAMMAR(DETERMINER)) && (features_at(f, unit, LEXICON_GRAMMAR) & FEATURE(GEN)) ? MET_GENITIVE : MET_NOUN;
    if ((classes & GRAMMAR(OF)) && !party && w->met != MET_AND)
        return MET_GENITIVE;
    if ((classes & (GRAMMAR(BETWEEN) | GRAMMAR(WITH))) && !party && w->met != MET_AND)
        return MET_BETWEEN;
    if (n->body && (classes & GRAMMAR(ABOUT)) && !party)
        return MET_ABOUT;
    bool about = unit > f->first && (classes_at(f, unit - 1) & GRAMMAR(ABOUT));
    return n->body && (classes & GRAMMAR(DETERMINER)) && about ? MET_OTHER : MET_NOUN;
}

// An adjective, or a word of no lexicon that may be one.
static bool may_qualify(const struct finder *f, const struct walk *w, uint32_t unit)
{
    const struct lexeme *ordinary = pack_inflects(f->pack) ? lexeme_at(f, unit, LEXICON_ORDINARY) : NULL;
    if (ordinary && slice_is(ordinary->text, "noun"))
        return false;   // "the first day of-the-summit": a noun whose genitive this one is
    if ((f->kinds[unit] & (KIND(ORDINARY) | KIND(SIDE))) || (f->classes[unit] & GRAMMAR(OCCASION)))     // "the next time round"
        return true;
    if (pack_inflects(f->pack) && (classes_at(f, unit) & GRAMMAR(DETERMINER)))
        return true;    // "the last such meeting"
    return !f->kinds[unit] && f->tokens[unit].kind == TOKEN_WORD && w->met != MET_PARTY && !in_phrase(f, unit) && !is_finite(f, unit);
}

// Over a word that belongs to the noun only if a sure one follows further left.
static bool step_over_doubtful(const struct finder *f, const struct noun *n, struct walk *w, uint32_t unit)
{
    enum met joint = joint_at(f, n, w, unit);
    if (joint == MET_NOUN && !may_qualify(f, w, unit))
        return false;
    if (w->met != MET_AND && w->met != MET_COMMA && w->met != MET_HYPHEN)
        w->before = w->met;
    w->doubtful += joint == MET_NOUN;
    w->tied |= joint == MET_GENITIVE || joint == MET_BETWEEN;
    w->met = joint == MET_NOUN ? MET_OTHER : joint;
    return w->doubtful <= DOUBTFUL_MAX;
}

static bool takes_field(const struct noun *n, const struct walk *w)
{
    if (w->met == MET_GENITIVE || w->met == MET_BETWEEN || w->met == MET_PARTY || (w->met == MET_AND && w->before != MET_FIELD))
        return false;
    return n->body || w->met != MET_ABOUT;
}

// Over the unit if it may qualify the noun; false if the walk ends before it.
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
        if (!takes_field(n, w))
            return false;
        w->met = MET_FIELD;
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
        return step_over_doubtful(f, n, w, unit);
    }
    w->doubtful = 0;
    return true;
}

// An ordinal of two units, a number and its suffix, or one between commas ("the next, seventh, session"), that ends before `at`.
static bool step_over_ordinal(const struct finder *f, struct noun *n, struct walk *w, uint32_t at, uint32_t limit)
{
    uint32_t unit = unit_first(f, at - 1), first = 0;
    int32_t ordinal = unit + 1 == at ? ordinal_before(f, at, &first) : 0;
    if (ordinal && first >= limit && first < unit) {
        w->met = MET_ORDINAL;
        w->doubtful = 0;
    } else {
        bool apart = pack_inflects(f->pack) && is_mark(f, unit, ',') && !n->ordinal;
        ordinal = apart ? ordinal_before(f, unit, &first) : 0;
        if (!ordinal || first < limit)
            return false;
        *w = (struct walk){.met = MET_ORDINAL};
    }
    if (!n->ordinal)
        n->ordinal = ordinal;
    n->first = first;
    return true;
}

// Parties were met from right to left; readers want them as written.
static void turn_round(struct party_set *set)
{
    for (uint8_t i = 0; i < set->count / 2; i++) {
        uint16_t swap = set->at[i];
        set->at[i] = set->at[set->count - 1 - i];
        set->at[set->count - 1 - i] = swap;
    }
}

// Joints and adjectives count only when a sure word follows.
void noun_grow_left(const struct finder *f, struct noun *n, uint32_t limit)
{
    struct walk w = {.met = MET_NOUN};
    uint32_t at = n->first;
    for (int steps = 0; steps < NOUN_STEPS && at > limit; steps++) {
        uint32_t unit = unit_first(f, at - 1);
        if (unit < limit)
            break;
        if ((is_mark(f, unit, '\'') || is_mark(f, unit, '"')) && !(f->kinds[unit] & KIND(GRAMMAR))) {
            at = unit;      // a quoted name: the second "2+2" meeting
            continue;
        }
        if (step_over_ordinal(f, n, &w, at, limit)) {
            at = n->first;
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
    turn_round(&n->parties);
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

// "The forum «Peru – Chile»": the end of a quoted name of states alone, with them in the set; `at` if none begins here.
static uint32_t quoted_parties(const struct finder *f, uint32_t at, struct party_set *set)
{
    struct party_set named = {.count = 0};
    uint32_t end = is_mark(f, at, '"') ? parties_after(f, at + 1, &named) : at;
    if (named.count < 2 || !is_mark(f, end, '"'))
        return at;
    party_set_add_all(set, &named);
    return end + 1;
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
        uint32_t quoted = quoted_parties(f, at, &n->parties);
        if (quoted > at) {
            n->last = n->named_last = quoted;
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
