// SPDX-License-Identifier: MIT
// Bodies and meetings, by a cascade: body noun + what names it, ordinal + meeting noun, and the two linked.
//
// A noun is a span of a body word or a meeting word. It first grows to the left over what may qualify it (parties joined by hyphens,
// "X and Y between", field words, ordinals, "previous"), and a body also to the right (its fields, its parties, its acronym in
// brackets). Then neighbours are linked: a body and a meeting noun that stand side by side or are tied by a genitive become one
// meeting, whose type is the body's ("the 14th session of the Association Council", "आयोग की पांचवीं बैठक", "बैठक का 10वां दौर").
// A body that is itself an event (consultations, dialogue, summit), or that carries an ordinal, is a meeting, too.
// The acronym of a body becomes an alias: later it names the same body with the same parties.
// Invariant: nouns of a sentence are in text order and do not overlap after growing.
#include "mention/finder.h"


#include "unicode/utf8.h"

#define PREDICATE_REACH 8   // tokens behind a meeting in which a verb of being may tell which one it was
#define NOUN_STEPS 24       // units a noun may grow to one side
#define RELATIVE_STEPS 9    // units of a relative clause among which an ordinal is looked for
#define ALIAS_STEM 5        // letters by which an inflected word is known again

struct noun {
    uint32_t first, last;           // with what qualifies it
    uint32_t core_first, core_last; // the word itself
    uint32_t named_last;            // end of its name without the bracketed acronym
    uint32_t lexeme;
    uint32_t alias_first, alias_last;
    uint8_t type;
    bool body, event;
    uint16_t flags;
    int32_t ordinal;
    struct party_set parties;
};
typedef VEC(struct noun) noun_vec;

static bool plural_at(const struct finder *f, uint32_t at, enum lexicon_kind kind)
{
    uint32_t features = features_at(f, at, kind);
    return (features & FEATURE(PL)) && !(features & FEATURE(SG));
}

static bool eventful(uint8_t type) { return type == MEETING_CONSULTATIONS || type == MEETING_SUMMIT || type == MEETING_FORUM; }

// ---- growing to the left --------------------------------------------------------------------------------------------------

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
    const struct span_layer *triggers = &f->document->triggers;
    uint32_t at = triggers->covering[unit];
    return at != SPAN_NONE && triggers->at[at].last - triggers->at[at].first > 1;
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
static void grow_left(const struct finder *f, struct noun *n, uint32_t limit)
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

// ---- growing to the right -------------------------------------------------------------------------------------------------

static uint32_t parties_after(const struct finder *f, uint32_t at, struct party_set *set)
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

static void grow_right(const struct finder *f, struct noun *n)
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

// ---- nouns of a sentence --------------------------------------------------------------------------------------------------

// "The commission", "its fifth commission", "आयोग ने": a noun alone stands for the body named before where a small word, a number or the
// sentence's begin is on its left, so that "election commission" stays what it is.
static bool points_back(const struct finder *f, uint32_t at)
{
    if (!f->pack->config.plain_names && (f->tokens[at].flags & TOKEN_CAPITAL))
        return false;
    if (at == f->first)
        return true;
    uint32_t before = unit_first(f, at - 1);
    if (pack_inflects(f->pack) && f->document->triggers.covering &&
        f->document->triggers.covering[before] != SPAN_NONE)
        return true;    // "gathered the commission": where words are free in order, its verb may stand before
    return f->tokens[before].kind == TOKEN_PUNCT || classes_at(f, before) || (kinds_at(f, before) & KIND(NUMBER));
}

// What a word is found by: itself, or its stem where words inflect (acronyms do not).
static struct slice alias_key(const struct finder *f, uint32_t token)
{
    struct slice fold = document_fold(f->document, token);
    if (!pack_inflects(f->pack) || (f->tokens[token].flags & TOKEN_ALL_CAPS))
        return fold;
    return utf8_prefix(fold, ALIAS_STEM);
}

// The body whose alias begins at `at`, NULL if there is none; sets the end of the words that repeat it.
static const struct alias *alias_at(const struct finder *f, uint32_t at, uint32_t *ret_last)
{
    if (!f->aliases.count || f->covering[at] != SPAN_NONE || f->tokens[at].kind != TOKEN_WORD)
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

static bool acronym_of_bracket(const struct finder *f, uint32_t at)
{
    return f->tokens[at].flags & TOKEN_BRACKETED && at > f->first && is_mark(f, at - 1, '(');
}

// The trigger tells of meetings and of nothing else (a verb of holding or hosting), or sets a time for whatever it governs.
static bool tells_of_meetings(const struct finder *f, uint32_t at)
{
    const struct span_layer *triggers = &f->document->triggers;
    uint32_t group = at < f->last && triggers->covering ? triggers->covering[at] : SPAN_NONE;
    for (uint32_t i = group; group != SPAN_NONE && i < triggers->count && triggers->at[i].first == triggers->at[group].first; i++) {
        const struct rule *rule = &f->pack->rules.at[f->pack->lexemes.at[triggers->at[i].lexeme].value];
        bool verb = (f->pack->config.head == HEAD_FINAL && !triggers->at[i].features) ||
                    (triggers->at[i].features & (FEATURE(PAST) | FEATURE(PRES) | FEATURE(FUT) | FEATURE(PART)));
        bool meetings_only = rule->instrument.value >= VALUE_UNSET && rule->commitment.value >= VALUE_UNSET;
        bool sets_time = !pack_inflects(f->pack) && rule->meeting.value == MEETING_STATUS_PLANNED && rule->governs == GOVERNS_BOTH;
        if (verb && rule->meeting.value < VALUE_UNSET && (meetings_only || sets_time))
            return true;
    }
    return false;
}

// Behind the auxiliaries that stand before a verb: "will be", "having been", "is to be".
static uint32_t skip_auxiliaries(const struct finder *f, uint32_t at)
{
    uint64_t auxiliary = GRAMMAR(WILL) | GRAMMAR(BE) | GRAMMAR(HAVE) | GRAMMAR(TO) | GRAMMAR(MAY) | GRAMMAR(MUST) | GRAMMAR(NOT);
    for (int n = 0; n < 4 && at < f->last && (classes_at(f, at) & auxiliary) && !tells_of_meetings(f, at); n++)
        at = unit_last(f, at);
    return at;
}

// An adjective here may stand for a subject: at the head of its clause, or behind a determiner, without which nothing more need be asked.
static bool may_open_subject(const struct finder *f, uint32_t at)
{
    bool inflects = pack_inflects(f->pack);
    if (!inflects && f->pack->config.head != HEAD_FINAL)
        return at > f->first && (f->classes[at - 1] & GRAMMAR(DETERMINER));
    uint64_t joints = GRAMMAR(AND) | GRAMMAR(BUT) | (inflects ? 0 : GRAMMAR(THAT));
    return at == f->first || f->tokens[at - 1].kind == TOKEN_PUNCT || (f->classes[at - 1] & joints);
}

// The verb whose subject is the adjective that ends at `last`, and whether the adjective may be a subject where it begins.
static uint32_t verb_of_subject(const struct finder *f, uint32_t at, uint32_t last, bool *ret_opens)
{
    if (pack_inflects(f->pack) || f->pack->config.head == HEAD_FINAL) {
        *ret_opens = may_open_subject(f, at);
        return last + ((classes_at(f, last) & (GRAMMAR(BE) | GRAMMAR(NOT))) != 0);
    }
    uint32_t opening = at;      // "the third", "a 38th", "the next one"
    while (opening > f->first && (classes_at(f, opening - 1) & GRAMMAR(DETERMINER)))
        opening--;
    *ret_opens = opening < at && (opening == f->first || f->tokens[opening - 1].kind == TOKEN_PUNCT ||
                                  (classes_at(f, opening - 1) & (GRAMMAR(AND) | GRAMMAR(BUT) | GRAMMAR(WHILE))));
    if (classes_at(f, last) & GRAMMAR(PRONOUN))
        last = unit_last(f, last);
    return skip_auxiliaries(f, last);
}

// "The second will be in Tokyo", "the first was on 5 May": nothing but "be" stands before a place or a date.
static bool is_told_where(const struct finder *f, uint32_t at, uint32_t verb)
{
    bool stands = verb > at && (classes_at(f, verb - 1) & GRAMMAR(BE)) && (classes_at(f, verb) & (GRAMMAR(IN) | GRAMMAR(ON)));
    if (pack_inflects(f->pack) || !stands)
        return false;
    uint32_t next = skip_determiners(f, unit_last(f, verb));
    return next < f->last && ((f->taken[next] & TAKEN_DATE) || (kinds_at(f, next) & (KIND(CITY) | KIND(STATE))));
}

#define VERB_REACH 12       // tokens between a noun that is left out and the verb that closes its clause

// Where verbs come last: "… and the next in Nairobi in May held-will-be", without the noun. No other thing may stand before the verb.
static bool closes_on_meeting(const struct finder *f, uint32_t at)
{
    if (f->pack->config.head != HEAD_FINAL)
        return false;
    uint32_t things = KIND(MEETING) | KIND(BODY) | KIND(INSTRUMENT) | KIND(OFFICE) | KIND(ORGAN) | FIELD_KINDS | KIND(UNIT);
    for (uint32_t next = at; next < f->last && next < at + VERB_REACH; next = unit_last(f, next)) {
        if (f->tokens[next].kind == TOKEN_PUNCT)
            return false;
        if (tells_of_meetings(f, next))
            return true;
        const struct lexeme *ordinary = lexeme_at(f, next, LEXICON_ORDINARY);
        bool noun = ordinary && slice_is(ordinary->text, "noun");
        bool known = f->kinds[next] & (KIND(GRAMMAR) | KIND(CITY) | KIND(ORDINARY) | PARTY_KINDS);
        if ((f->kinds[next] & things) || noun || !(known || (f->taken[next] & TAKEN_DATE)))
            return false;
    }
    return false;
}

// "The fifth round ended; the fourth was hosted by Tehran", "The next will be held in May": the noun of an adjective may be left out.
static bool session_left_out(const struct finder *f, uint32_t at, struct noun *n)
{
    if (!may_open_subject(f, at))
        return false;
    uint32_t last = unit_last(f, at);
    int32_t ordinal = ordinal_at(f, at, &last);
    uint64_t classes = classes_at(f, at);
    bool opens = false;
    if ((!ordinal && !(classes & (GRAMMAR(PREVIOUS) | GRAMMAR(NEXT)))) || (f->taken[at] & TAKEN_DATE))
        return false;
    uint32_t verb = verb_of_subject(f, at, last, &opens);
    const struct span *span = span_at(f, at, ordinal ? LEXICON_NUMBER : LEXICON_GRAMMAR);
    bool final = f->pack->config.head == HEAD_FINAL;
    if (!opens || !(final ? closes_on_meeting(f, last) : tells_of_meetings(f, verb) || is_told_where(f, at, verb)))
        return false;
    *n = (struct noun){.first = at, .last = last, .core_first = at, .core_last = last, .type = MEETING_SESSION, .event = true,
                       .ordinal = ordinal, .lexeme = span ? span->lexeme : UINT32_MAX};
    n->flags = classes & GRAMMAR(NEXT) ? MENTION_NEXT_REF : classes & GRAMMAR(PREVIOUS) ? MENTION_PAST_REF : 0;
    return true;
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

static void collect(const struct finder *f, noun_vec *nouns)
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
            grow_left(f, &n, limit);
            n.named_last = limit = n.last;
            if (!n.parties.count)
                n.parties = alias->parties;
            vec_push(f->arena, nouns, n);
            continue;
        }
        struct noun around;
        if (!(kinds & NOUN_KINDS) && body_around_parties(f, at, &around)) {
            grow_left(f, &around, limit);
            grow_right(f, &around);
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
        grow_left(f, &n, limit);
        grow_right(f, &n);
        if (n.event && !n.ordinal && !(n.flags & MENTION_PLURAL))
            n.ordinal = ordinal_told(f, &n);
        limit = n.last;
        vec_push(f->arena, nouns, n);
    }
}

// ---- linking --------------------------------------------------------------------------------------------------------------

static bool stays_alone(const struct noun *n)
{
    return !n->body && (n->type == MEETING_VISIT || n->type == MEETING_CALL);
}

// Nothing, a genitive mark, or a genitive and a determiner lies between the two.
static bool linked(const struct finder *f, const struct noun *a, const struct noun *b)
{
    if (stays_alone(a) || stays_alone(b))
        return false;
    uint32_t at = a->last;
    while (is_mark(f, at, '"') || is_mark(f, at, '\''))     // a quoted name, or the genitive of a plural
        at++;
    if (at == b->first)
        return true;
    if (!(classes_at(f, at) & GRAMMAR(OF)) && !(features_at(f, at, LEXICON_GRAMMAR) & FEATURE(GEN)))
        return false;
    return skip_determiners(f, unit_last(f, at)) == b->first;
}

// Two bodies are linked only when one is part of the other's name; a body beside a body is another body.
static bool may_join(const struct noun *a, const struct noun *b) { return !(a->body && b->body && !a->event && !b->event); }

static void add_body(struct finder *f, const struct noun *n)
{
    struct mention *m = finder_add(f, MENTION_BODY, n->first, n->last);
    m->code = n->type;
    m->ordinal = n->ordinal;
    m->lexeme = n->lexeme;
    m->parties = n->parties;
    m->flags = n->flags;
    for (uint32_t t = n->first; t < n->last; t++)
        f->taken[t] |= TAKEN_BODY;
}

// "His first visit" counts the visitor's visits, not sessions of anything.
static bool is_counted(uint8_t type) { return type != MEETING_VISIT && type != MEETING_CALL; }

// "The session, which was the seventh, …": a relative clause right behind the noun that says which one of a row it is; 0 if none does.
static int32_t ordinal_in_relative(const struct finder *f, uint32_t at)
{
    for (int n = 0; n < 4 && at < f->last && f->tokens[at].kind != TOKEN_PUNCT && !(classes_at(f, at) & GRAMMAR(WHICH)) &&
                    !(f->kinds[at] & (KIND(MEETING) | KIND(BODY))); n++)
        at = unit_last(f, at);      // "was set at that session which was the seventh"
    at += is_mark(f, at, ',');
    if (!(classes_at(f, at) & GRAMMAR(WHICH)))
        return 0;
    at = unit_last(f, at);
    for (int n = 0; n < RELATIVE_STEPS && at < f->last && f->tokens[at].kind != TOKEN_PUNCT; n++, at = unit_last(f, at)) {
        uint32_t last;
        int32_t ordinal = ordinal_at(f, at, &last);
        if (!ordinal)
            continue;
        bool noun = last < f->last && (classes_at(f, unit_last(f, last)) & GRAMMAR(BE));    // "the seventh link was"
        return noun || (classes_at(f, last) & GRAMMAR(BE)) || is_mark(f, last, ',') ? ordinal : 0;
    }
    return 0;
}

static void add_meeting(struct finder *f, const struct noun *n, uint32_t first, uint32_t last)
{
    int32_t ordinal = n->ordinal ? n->ordinal : ordinal_in_relative(f, last);
    struct mention *m = finder_add(f, MENTION_MEETING, first, last);
    m->code = n->type;
    m->ordinal = is_counted(n->type) ? ordinal : 0;
    m->lexeme = n->lexeme;
    m->parties = n->parties;
    m->flags = n->flags;
    for (uint32_t t = first; t < last; t++)
        f->taken[t] |= TAKEN_MEETING;
}

// Parties that stand beside a meeting noun: "talks between X and Y", "meeting with X", "summit of X".
static void parties_beside(const struct finder *f, struct noun *n)
{
    if (f->pack->config.case_marks == CASE_AFTER || n->last >= f->last)
        return;
    uint64_t classes = classes_at(f, n->last);
    bool with = classes & (GRAMMAR(BETWEEN) | GRAMMAR(WITH) | GRAMMAR(OF) | GRAMMAR(TO));
    if (with)
        parties_after(f, unit_last(f, n->last), &n->parties);
    else if (pack_inflects(f->pack) && (kinds_at(f, n->last) & PARTY_KINDS))
        parties_after(f, n->last, &n->parties);
}

// The chain of nouns from `i` on that are linked becomes one meeting; returns the noun behind it.
static uint32_t add_chain(struct finder *f, noun_vec *nouns, uint32_t i)
{
    uint32_t end = i + 1;
    struct noun whole = nouns->at[i];
    bool body = whole.body, counted = !whole.body && whole.ordinal;
    while (end < nouns->count && linked(f, &nouns->at[end - 1], &nouns->at[end]) && may_join(&nouns->at[end - 1], &nouns->at[end])) {
        const struct noun *n = &nouns->at[end++];
        // a body names the type; between two meeting nouns the one that is no mere "session" does
        bool summit = whole.type == MEETING_FORUM && n->type == MEETING_SUMMIT && !body;    // "the summit of the conference"
        if ((n->body && !body) || (n->body == body && whole.type == MEETING_SESSION) || summit) {
            whole.type = n->type;
            whole.lexeme = n->lexeme;
        }
        body |= n->body;
        whole.event |= n->event || !n->body;
        if (n->ordinal && (!whole.ordinal || (!n->body && !counted)))
            whole.ordinal = n->ordinal;
        counted |= !n->body && n->ordinal;
        whole.flags |= n->flags & (MENTION_PAST_REF | MENTION_NEXT_REF | MENTION_ROUND);
        party_set_add_all(&whole.parties, &n->parties);
        whole.last = n->last;
    }
    for (uint32_t k = i; k < end; k++)
        if (nouns->at[k].body) {
            struct noun named = nouns->at[k];
            if (!named.parties.count)
                named.parties = whole.parties;
            add_body(f, &named);
        }
    if (!body || whole.event || whole.ordinal || (whole.flags & (MENTION_PAST_REF | MENTION_NEXT_REF) && end - i > 1)) {
        if (!body || end - i > 1)
            parties_beside(f, &whole);
        add_meeting(f, &whole, whole.first, whole.last);
    }
    return end;
}

void bodies_find(struct finder *f)
{
    noun_vec nouns = {0};
    // a noun may stand around its parties where words inflect, and be left out behind an ordinal, which may be Roman, or "the next"
    bool ordinal = f->here & (KIND(NUMBER) | HERE_NUMBERS | HERE_CAPITALS);
    bool adjective = ordinal || (f->here_classes & (GRAMMAR(PREVIOUS) | GRAMMAR(NEXT)));
    if (!(f->here & NOUN_KINDS) && !f->aliases.count && !adjective && !pack_inflects(f->pack))
        return;
    collect(f, &nouns);
    for (uint32_t i = 0; i < nouns.count;)
        i = add_chain(f, &nouns, i);
}

// ---- aliases --------------------------------------------------------------------------------------------------------------

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
    bool whole = n->body && n->core_last - n->core_first > 1 && !(n->flags & MENTION_PLURAL) && !eventful(n->type);
    if (!whole || f->tokens[word].kind != TOKEN_WORD || (f->tokens[word].flags & TOKEN_ALL_CAPS))
        return;
    struct alias alias = {.first = word, .last = word + 1, .lexeme = n->lexeme, .type = n->type, .body = true, .noun = true,
                          .parties = n->parties};
    if (map_put(&f->alias_by_word, alias_key(f, word), f->aliases.count) == f->aliases.count)
        vec_push(f->arena, &f->aliases, alias);
}

void bodies_find_aliases(struct finder *f)
{
    if (!(f->here & NOUN_KINDS))
        return;
    noun_vec nouns = {0};
    collect(f, &nouns);
    for (uint32_t i = 0; i < nouns.count; i++) {
        const struct noun *n = &nouns.at[i];
        note_noun(f, n);
        if (!is_alias(f, n))
            continue;
        struct alias alias = {.first = n->alias_first, .last = n->alias_last, .lexeme = n->lexeme, .type = n->type,
                              .body = n->body, .event = n->event, .parties = n->parties};
        uint32_t index = map_put(&f->alias_by_word, alias_key(f, n->alias_first), f->aliases.count);
        if (index == f->aliases.count)
            vec_push(f->arena, &f->aliases, alias);
    }
}
