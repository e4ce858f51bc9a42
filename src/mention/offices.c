// SPDX-License-Identifier: MIT
// Offices: an office word with its field, its party and the further offices of the same holder.
//
// Around the office word stand, in any order that the language allows: field words ("Energy Minister", "Minister for Energy", "उद्योग एवं
// व्यापार मंत्री"), a bracket ("Secretary (West)"), the party ("Russia's", "of Nepal", "रूस के", "российский"), and another office
// ("Deputy Prime Minister and Industry Minister", "adviser to the Prime Minister"). Where heads come first the first office is the
// holder's; where they come last and a genitive ties two offices, the last one is.
// A row of the lexicon that holds for some states only wins where the party is one of them.
#include "mention/people.h"

#include "unicode/utf8.h"


#define AGENCY_LETTERS 3     // of an agency that is called by its letters, at most where a full name follows
#define CHAIN_STEPS 8
#define PARTY_STEPS 5
#define LIST_STEPS 32       // parties of a plural and their joints
#define TITLE_WORDS 6       // capitalised words that may name an unknown field: "Commissioner for Neighbourhood Policy"

const struct span *office_choose(const struct finder *f, uint32_t at, uint16_t party)
{
    uint32_t group = f->covering[at];
    const struct span *plain = NULL, *special = NULL;
    for (uint32_t i = group; i < f->span_count && f->spans[i].first == f->spans[group].first; i++) {
        const struct lexeme *lexeme = &f->pack->lexemes.at[f->spans[i].lexeme];
        if (lexeme->kind != LEXICON_OFFICE)
            continue;
        bool suits = false;
        for (uint8_t p = 0; p < lexeme->party_count; p++)
            suits |= lexeme->parties[p] == party;
        if (!lexeme->party_count && !plain)
            plain = &f->spans[i];
        else if (suits)
            special = &f->spans[i];
        else if (!plain && !special && lexeme->party_count && party == PARTY_NONE)
            special = &f->spans[i];
    }
    return special && (party != PARTY_NONE || !plain) ? special : plain ? plain : span_at(f, at, LEXICON_OFFICE);
}

// No further row of the lexicon has the office word, for another state or for all.
static bool is_only_row(const struct finder *f, uint32_t at)
{
    uint32_t rows = 0;
    for (uint32_t i = f->covering[at]; i < f->span_count && f->spans[i].first == f->spans[f->covering[at]].first; i++)
        rows += f->pack->lexemes.at[f->spans[i].lexeme].kind == LEXICON_OFFICE;
    return rows == 1;
}

// An unknown field in capitals: "European Neighbourhood Policy and Enlargement Negotiations". Ends at the first small word that is
// neither "and" nor "of". Only where something other than a name must follow: the run is closed by a comma, a bracket or a small word.
static uint32_t title_words(const struct finder *f, uint32_t at)
{
    uint32_t good = at, words = 0;
    at = skip_determiners(f, at);
    while (at < f->last && words < TITLE_WORDS) {
        bool joint = (classes_at(f, at) & (GRAMMAR(AND) | GRAMMAR(OF))) || is_mark(f, at, '&') || is_joint(f, at);
        if (!joint && !(f->tokens[at].flags & TOKEN_CAPITAL))
            break;
        at = unit_last(f, at);
        if (!joint) {
            good = at;
            words++;
        }
    }
    return good;
}

// "For International Economics Mike P.", "for Growth, Energy and the Environment Jose W.": a field in capitals that ends where a given name
// begins; returns that place, `at` if no given name closes the run.
static uint32_t title_until_name(const struct finder *f, uint32_t at)
{
    uint32_t words = 0, limit = at + 2 * TITLE_WORDS;
    for (uint32_t t = skip_determiners(f, at); t < f->last && t < limit; t = unit_last(f, t)) {
        const struct lexeme *name = lexeme_at(f, t, LEXICON_NAME);
        if (name && (name->value == NAME_GIVEN || name->value == NAME_KNOWN) && unit_first(f, t) == t)
            return words && !(classes_at(f, t - 1) & GRAMMAR(AND)) ? t : at;    // "…, and X" is another person
        bool joint = (classes_at(f, t) & (GRAMMAR(AND) | GRAMMAR(OF) | GRAMMAR(DETERMINER) | GRAMMAR(FOR))) || is_mark(f, t, '&') ||
                     is_mark(f, t, ',') || is_joint(f, t);
        if (!joint && (!(f->tokens[t].flags & TOKEN_CAPITAL) || (f->taken[t] & (TAKEN_DATE | TAKEN_BODY))))
            return at;
        if (kinds_at(f, t) & (PARTY_KINDS | KIND(OFFICE)))
            return at;
        words += !joint;
    }
    return at;
}

static uint32_t party_behind(const struct finder *f, uint32_t at, bool envoy, struct party_set *parties)
{
    uint32_t good = at;
    uint64_t classes = classes_at(f, at);
    bool mark = classes & (GRAMMAR(OF) | GRAMMAR(FROM) | (envoy ? GRAMMAR(TO) | GRAMMAR(IN) | GRAMMAR(FOR) : 0));
    if (f->pack->config.case_marks == CASE_AFTER)
        return at;
    if (!mark && !pack_inflects(f->pack))
        return at;
    at = mark ? skip_determiners(f, unit_last(f, at)) : at;
    if (classes & GRAMMAR(FROM)) {      // "opposite number from Moscow"
        const struct lexeme *city = lexeme_at(f, at, LEXICON_CITY);
        if (city && f->world->cities.at[city->value].capital) {
            party_set_add(parties, f->world->cities.at[city->value].state);
            return unit_last(f, at);
        }
    }
    for (int n = 0; n < LIST_STEPS && at < f->last; n++) {
        uint16_t party = party_at(f, at);
        bool others = !mark && party != PARTY_NONE && party_role_at(f, at) == PARTY_ROLE_ADJECTIVE && unit_last(f, at) < f->last &&
                      f->covering[unit_last(f, at)] == SPAN_NONE && f->tokens[unit_last(f, at)].kind == TOKEN_WORD &&
                      !(f->tokens[unit_last(f, at)].flags & TOKEN_CAPITAL);     // "the president of the branch in X"
        if (others)
            break;
        if (party != PARTY_NONE && ((classes & (GRAMMAR(OF) | GRAMMAR(FROM))) || !mark)) {
            party_set_add(parties, party);
            good = at = unit_last(f, at);
        } else if (party != PARTY_NONE) {
            return unit_last(f, at);     // "ambassador to Nepal", "envoy for Nepal": where he serves, not whom
        } else if (parties->count && is_mark(f, at, ',') && at + 1 < f->last && (classes_at(f, at + 1) & GRAMMAR(AND)) &&
                   party_at(f, skip_determiners(f, unit_last(f, at + 1))) != PARTY_NONE) {
            at = skip_determiners(f, unit_last(f, at + 1));     // "of A, B, and C"
        } else if (parties->count && ((classes_at(f, at) & GRAMMAR(AND)) || is_mark(f, at, ',')) &&
                   party_at(f, skip_determiners(f, unit_last(f, at))) != PARTY_NONE) {
            at = skip_determiners(f, unit_last(f, at));
        } else {
            break;
        }
    }
    return good;
}

// "The ministers of both countries, X and Y", "of the six states: A, B, …": a mark opens the row of those whose office it is.
static uint32_t states_of_sides(const struct finder *f, uint32_t at, struct party_set *parties)
{
    struct party_set row = *parties;
    bool opens = is_mark(f, at, ':') || is_mark(f, at, '-') || is_mark(f, at, ',') || is_mark(f, at, '(');
    if (!opens || party_at(f, at + 1) == PARTY_NONE || party_role_at(f, at + 1) != PARTY_ROLE_NAME)
        return at;
    uint32_t end = party_behind(f, at + 1, false, &row);
    if (row.count < 2)
        return at;
    *parties = row;
    return end;
}

// Where endings tell the genitive: of which organ ("the spokesman [of the] ministry"), or of how many sides ("the ministers [of] both
// countries X and Y").
static uint32_t genitive_behind(const struct finder *f, uint32_t at, struct office_chain *chain)
{
    uint32_t kinds = kinds_at(f, at);
    if ((kinds & KIND(SIDE)) && chain->many) {
        chain->plural = true;
        return states_of_sides(f, unit_last(f, at), &chain->parties);
    }
    // "the chairman of the CES of X": the letters of an agency that no lexicon has
    bool letters = f->tokens[at].kind == TOKEN_WORD && (f->tokens[at].flags & TOKEN_ALL_CAPS) && f->covering[at] == SPAN_NONE;
    // "… of the Federation PESKOV Dmitri Sergeyevich – spokesman": the surname of the next one in a list
    bool surname = letters && at + 2 < f->last && utf8_count(document_fold(f->document, at)) > AGENCY_LETTERS && is_patronymic(f, at + 2);
    if (letters && !surname && at + 1 < f->last && !(f->tokens[at + 1].flags & TOKEN_ALL_CAPS))
        return at + 1;
    bool capital = f->tokens[at].kind == TOKEN_WORD && (f->tokens[at].flags & TOKEN_CAPITAL) && f->covering[at] == SPAN_NONE;
    if (capital && at + 1 < f->last && (f->tokens[at + 1].flags & TOKEN_CAPITAL) && (kinds_at(f, at + 1) & KIND(PLACE)))
        return unit_last(f, at + 1);    // "the head of the Udmurt Republic"
    bool counted = (kinds & KIND(NUMBER)) != 0;     // "of the second department"
    bool adjective = at + 1 < f->last && (f->covering[at] == SPAN_NONE || counted) && !(f->tokens[at].flags & TOKEN_CAPITAL) &&
                     f->tokens[at].kind == TOKEN_WORD && (kinds_at(f, at + 1) & KIND(ORGAN));     // "of the Asian department"
    if (adjective)
        kinds = kinds_at(f, ++at);
    uint32_t end = kinds & (KIND(ORGAN) | KIND(PLACE)) ? unit_last(f, at) : at;
    return end > at && (kinds & KIND(ORGAN)) ? fields_after(f, end, &chain->portfolio) : end;
}

// "وزیراعظم پاکستان X", "صدر ایران نے": a state right behind the office, where its holder's name or the mark of who acts follows.
static uint32_t state_of_title(const struct finder *f, uint32_t at, struct party_set *parties)
{
    uint16_t party = party_at(f, at);
    uint32_t end = at < f->last ? unit_last(f, at) : at;
    if (kinds_at(f, at) & (KIND(ORGAN) | KIND(PLACE) | KIND(CITY))) {   // "سیکریٹری وزارت خزانہ X", "گورنر پنجاب X"
        uint64_t ignored = 0;
        end = kinds_at(f, at) & KIND(ORGAN) ? fields_after(f, end, &ignored) : end;
        uint32_t name = end;
        while (name < f->last && (kinds_at(f, name) & KIND(HONORIFIC)))
            name = unit_last(f, name);
        return name_from(f, name) > name ? end : at;
    }
    if (party == PARTY_NONE || parties->count || party_role_at(f, at) != PARTY_ROLE_NAME)
        return at;
    if (name_from(f, end) == end && !(classes_at(f, end) & GRAMMAR(AGENT)))
        return at;
    party_set_add(parties, party);
    return end;
}

// A genitive stands before the office, so that whose it is has been said: "इटली की प्रधानमंत्री जॉर्जिया मेलोनी".
static bool is_owned(const struct finder *f, uint32_t core)
{
    uint32_t at = core;
    for (int n = 0; n < 3 && at > f->first; n++) {
        at = unit_first(f, at - 1);
        if (classes_at(f, at) & GRAMMAR(OF))
            return at > f->first && party_at(f, unit_first(f, at - 1)) != PARTY_NONE;
        if (!(f->kinds[at] & (FIELD_KINDS | KIND(ORDINARY))))
            return false;
    }
    return false;
}

// "Speaker of Morocco's House of Representatives": over the organ of the party whose genitive ends at `at`.
static uint32_t over_organ(const struct finder *f, uint32_t at)
{
    uint64_t ignored = 0;
    if (f->pack->config.case_marks != CASE_BEFORE || !(features_at(f, at, LEXICON_GRAMMAR) & FEATURE(GEN)))
        return at;
    uint32_t organ = fields_after(f, unit_last(f, at), &ignored);
    if (kinds_at(f, organ) & KIND(ORGAN))
        return unit_last(f, organ);
    uint32_t title = title_words(f, unit_last(f, at));      // "of Peru's Supreme Water Council, X, …"
    return title > unit_last(f, at) + 1 && is_mark(f, title, ',') ? title : at;
}

// "Permanent Secretary in Kenya's Ministry of Energy", "director at the Kenyan Ministry of Finance": over the organ behind the mark, with
// the state whose it is; `at` if there is none.
static uint32_t organ_behind(const struct finder *f, uint32_t at, struct office_chain *chain)
{
    if (f->pack->config.case_marks != CASE_BEFORE || pack_inflects(f->pack) || !(classes_at(f, at) & GRAMMAR(IN)))
        return at;
    uint32_t organ = skip_determiners(f, unit_last(f, at));
    uint16_t party = party_at(f, organ);
    if (party != PARTY_NONE) {
        organ = unit_last(f, organ);
        if (features_at(f, organ, LEXICON_GRAMMAR) & FEATURE(GEN))
            organ = unit_last(f, organ);
    }
    if (!(kinds_at(f, organ) & KIND(ORGAN)))
        return at;
    uint32_t end = unit_last(f, organ), of = classes_at(f, end) & GRAMMAR(OF) ? unit_last(f, end) : end;
    uint64_t ignored = 0;
    uint32_t fields = of > end ? fields_after(f, of, &ignored) : end;
    if (party != PARTY_NONE && !chain->parties.count)
        party_set_add(&chain->parties, party);
    return fields > of ? fields : end;
}

// "The mayor of Nairobi", "the governor of Lagos": whoever governs a city is of its state.
static uint32_t city_behind(const struct finder *f, uint32_t at, struct office_chain *chain)
{
    uint32_t city = classes_at(f, at) & GRAMMAR(OF) ? skip_determiners(f, unit_last(f, at)) : at;
    const struct lexeme *office = lexeme_at(f, chain->core, LEXICON_OFFICE);
    const struct lexeme *name = city > at && office && office->value == OFFICE_GOVERNOR ? lexeme_at(f, city, LEXICON_CITY) : NULL;
    if (!name || f->pack->config.case_marks != CASE_BEFORE)
        return at;
    if (!chain->parties.count)
        party_set_add(&chain->parties, f->world->cities.at[name->value].state);
    return unit_last(f, city);
}

// "X, Commissioner for Employment | Services": the name stands before the office, so that one more word in capitals belongs to its field.
static uint32_t over_title(const struct finder *f, const struct office_chain *chain, uint32_t from, uint32_t end)
{
    uint32_t before = chain->core > f->first ? unit_first(f, chain->core - 1) : chain->core;
    if (before > f->first && (features_at(f, before, LEXICON_GRAMMAR) & FEATURE(GEN)))
        before = unit_first(f, unit_first(f, before - 1) - (unit_first(f, before - 1) > f->first));
    bool named = is_mark(f, before, ',') && before > f->first && !(f->kinds[before - 1] & KIND(OFFICE)) &&
                 (f->tokens[before - 1].flags & TOKEN_CAPITAL);
    uint32_t title = named && end < f->last && (f->tokens[end].flags & TOKEN_CAPITAL) ? title_words(f, from) : end;
    bool closed = is_mark(f, title, ',') || is_mark(f, title, '.');
    return title == end + 1 || (from == end && closed) ? title : end;      // what is longer may be a name
}

// "X, Secretary for Productive Development", "Secretary of Digital Government Carla Huerta": the field of an office whose own words end in
// "of" or "for", in capitals, where the name stands before the office or begins behind the field with a given name.
static uint32_t field_in_capitals(const struct finder *f, const struct office_chain *chain, uint32_t at)
{
    uint64_t ignored = 0;
    uint32_t fields = fields_after(f, at, &ignored), name = title_until_name(f, at);
    if (name > at)
        return name;
    uint32_t titled = over_title(f, chain, at, at);
    return titled > fields ? titled : at;
}

#define FRONT_UNITS 5       // of "on the Kenyan side" before its comma

// "For Kenya, Energy Minister X …", "On the Kenyan side, X …", "Kenya's X": the state that stands before the name or office at `first`.
uint16_t party_put_before(const struct finder *f, uint32_t first)
{
    if (f->pack->config.case_marks != CASE_BEFORE || pack_inflects(f->pack) || first < f->first + 2)
        return PARTY_NONE;
    if (features_at(f, first - 1, LEXICON_GRAMMAR) & FEATURE(GEN))
        return party_at(f, unit_first(f, first - 2));
    uint16_t party = PARTY_NONE;
    uint32_t at = first - 1;
    if (!is_mark(f, at, ','))
        return PARTY_NONE;
    for (int n = 0; n < FRONT_UNITS && at > f->first; n++) {
        at = unit_first(f, at - 1);
        if (party == PARTY_NONE)
            party = party_at(f, at);
        uint64_t classes = classes_at(f, at);
        bool opens = at == f->first || f->tokens[at - 1].kind == TOKEN_PUNCT || (classes_at(f, at - 1) & GRAMMAR(AND));
        if (classes & (GRAMMAR(FOR) | GRAMMAR(ON))) {
            // not "On Taiwan, X said"
            bool side = (classes & GRAMMAR(FOR)) || (n && party_at(f, unit_first(f, first - 2)) == PARTY_NONE);
            return opens && side && party != PARTY_NONE && f->world->parties.at[party].state ? party : PARTY_NONE;
        }
        if (f->tokens[at].kind == TOKEN_PUNCT || is_verb(f, at))
            return PARTY_NONE;
    }
    return PARTY_NONE;
}

// Fields, brackets and the party behind the office word.
static uint32_t grow_behind(const struct finder *f, uint32_t at, bool takes, struct office_chain *chain)
{
    bool after = f->pack->config.case_marks == CASE_AFTER;
    if (!after && at < f->last && (word_classes(f, at - 1) & GRAMMAR(OF)) && party_at(f, at) != PARTY_NONE) {
        uint32_t end = over_organ(f, unit_last(f, at));     // "secretary of Peru's Supreme Water Council"
        if (end > unit_last(f, at)) {
            party_set_add(&chain->parties, party_at(f, at));
            at = end;
        }
    }
    if (!after && at < f->last && !pack_inflects(f->pack) && (word_classes(f, at - 1) & (GRAMMAR(OF) | GRAMMAR(FOR))))
        at = field_in_capitals(f, chain, at);
    for (int round = 0; round < 5 && at < f->last; round++) {
        uint32_t end = skip_brackets(f, at, BRACKET_TOKENS);
        if (end == at)
            end = organ_behind(f, at, chain);
        if (end == at)
            end = over_organ(f, party_behind(f, at, chain->envoy, &chain->parties));
        if (end == at && pack_inflects(f->pack))
            end = genitive_behind(f, at, chain);
        if (end == at && !after && chain->plural && (classes_at(f, at) & GRAMMAR(OF))) {    // "the ministers of the two countries, X and Y"
            uint32_t of = unit_last(f, at);
            end = kinds_at(f, of) & KIND(SIDE) ? unit_last(f, of) : at;
        }

        if (end == at)
            end = city_behind(f, at, chain);
        uint64_t classes = classes_at(f, at);
        if (end == at && !after && (classes & (GRAMMAR(OF) | GRAMMAR(FOR) | GRAMMAR(ON)))) {
            uint32_t from = unit_last(f, at);
            uint32_t name = f->pack->config.plain_names || pack_inflects(f->pack) ? from : title_until_name(f, from);
            end = fields_after(f, from, &chain->portfolio);
            if (name > end && !chain->plural)
                end = name;
            else if (end > from)
                end = over_title(f, chain, from, end);
            if (end == from && (classes & (GRAMMAR(OF) | GRAMMAR(FOR))) && !f->pack->config.plain_names &&
                !(kinds_at(f, skip_determiners(f, from)) & (KIND(OFFICE) | KIND(CITY) | PARTY_KINDS)))
                end = title_words(f, from);
            if (end == from)
                end = at;
        }
        if (end == at && takes && ((pack_inflects(f->pack) && !is_mark(f, at, ',')) || (after && !chain->portfolio))) {
            end = fields_after(f, at, &chain->portfolio);
        }
        if (end == at && !after && (classes & GRAMMAR(AND)) && (kinds_at(f, unit_last(f, at)) & FIELD_KINDS)) {
            end = fields_after(f, unit_last(f, at), &chain->portfolio);     // "Minister of Industry | and Commerce | X"
            uint32_t name = end + is_mark(f, end, ',');
            if (name_from(f, name) == name && !(pack_inflects(f->pack) && party_at(f, end) != PARTY_NONE))
                end = at;
        }
        if (end == at && after && ((classes & GRAMMAR(AND)) || is_mark(f, at, ',')) && (kinds_at(f, unit_last(f, at)) & FIELD_KINDS)) {
            end = fields_after(f, at, &chain->portfolio);   // "وزیر تجارت و صنعت X", "وزیر زراعت، خوراک اور جنگلات X"
            if (name_from(f, end) == end)
                end = at;
        }
        if (end == at && after && !is_owned(f, chain->core))
            end = state_of_title(f, at, &chain->parties);
        if (end == at)
            break;
        at = end;
    }
    return at;
}

// "The Indian delegation was led by X, the Nepalese one - by minister Y", "from Nepal - minister Y", "on the Nepalese side - Y": a dash
// stands for what was said before. The party before it, PARTY_NONE.
static uint16_t party_before_dash(const struct finder *f, uint32_t at)
{
    if (!pack_inflects(f->pack) || at <= f->first + 1 || !is_mark(f, at - 1, '-') || !has_space_before(f, at - 1))
        return PARTY_NONE;
    uint32_t unit = unit_first(f, at - 2);
    bool side = kinds_at(f, unit) & (KIND(SIDE) | KIND(OFFICE));
    const struct lexeme *office = lexeme_at(f, unit, LEXICON_OFFICE);
    if (side && unit > f->first && (!office || office->value == OFFICE_DELEGATION))
        unit = unit_first(f, unit - 1);
    uint16_t party = party_at(f, unit);
    bool opens = unit == f->first || f->tokens[unit - 1].kind == TOKEN_PUNCT;   // "Peru was represented by X, Chile - by minister Y"
    if (party == PARTY_NONE || party_role_at(f, unit) == PARTY_ROLE_ADJECTIVE || opens)
        return party;
    return unit > f->first && (classes_at(f, unit_first(f, unit - 1)) & (GRAMMAR(FROM) | GRAMMAR(FOR))) ? party : PARTY_NONE;
}

// The party that stands before the chain: "Norway's", "Norwegian", "नॉर्वे के", "on behalf of Japan", over determiners and adjectives; a
// bare name where case marks stand in front of names, or where the pack says so.
static uint32_t party_before(const struct finder *f, uint32_t first, struct office_chain *chain)
{
    bool after = f->pack->config.case_marks == CASE_AFTER, bare = f->pack->config.bare_genitives;
    uint32_t good = first, at = first;
    struct party_set found = {.count = 0};      // from right to left
    bool genitive = false, joint = true;
    uint16_t topic = party_before_dash(f, at);
    if (topic != PARTY_NONE) {
        party_set_add(&chain->parties, topic);
        return first;
    }
    for (int n = 0; n < PARTY_STEPS + 3 && at > f->first; n++) {
        uint32_t unit = unit_first(f, at - 1);
        uint64_t classes = classes_at(f, unit);
        uint16_t party = party_at(f, unit);
        if (party != PARTY_NONE) {
            bool name = party_role_at(f, unit) == PARTY_ROLE_NAME;
            if (!joint || (name && after && !genitive && !bare))
                break;
            if (name && !after && !genitive && pack_inflects(f->pack))
                break;
            party_set_add(&found, party);
            good = unit;
            joint = false;
        } else if (!joint && ((classes & GRAMMAR(AND)) || is_mark(f, unit, ',') || is_joint(f, unit)) && chain->plural) {
            joint = true;
        } else if (good != first) {
            break;
        } else if ((features_at(f, unit, LEXICON_GRAMMAR) & FEATURE(GEN)) || is_mark(f, unit, '\'')) {
            genitive = true;
        } else if (after && !genitive && (classes & (GRAMMAR(OF) | GRAMMAR(AGENT))) && (classes & GRAMMAR(OF) || unit + 1 < at)) {
            genitive = true;
        } else if (bare && chain->envoy && at == first && (kinds_at(f, unit) & KIND(CITY))) {
            // "Norway's Lima ambassador": where an envoy serves stands unmarked, too
        } else if (classes & GRAMMAR(PRONOUN) || (classes & GRAMMAR(DETERMINER))) {
            // "his counterpart", "their ministers": whose it is the context tells
            chain->theirs = true;
        } else if (!(f->kinds[unit] & KIND(ORDINARY)) && !(classes & (GRAMMAR(PREVIOUS) | GRAMMAR(NEXT))) &&
                   !(f->kinds[unit] & KIND(HONORIFIC))) {
            break;
        }
        at = unit;
    }
    while (found.count)
        party_set_add(&chain->parties, found.at[--found.count]);
    return good;
}

// The next office word of the same holder, with nothing but a joint, a genitive, fields and adjectives between; UINT32_MAX if none.
static uint32_t next_office(const struct finder *f, uint32_t at, bool *ret_tied)
{
    uint64_t classes = classes_at(f, at);
    *ret_tied = false;
    uint32_t next = at;
    if ((classes & GRAMMAR(AND)) || is_mark(f, at, ',') || is_mark(f, at, '/') || is_mark(f, at, '-') || is_mark(f, at, '&')) {
        next = unit_last(f, at);
        if (is_mark(f, at, ',') && (classes_at(f, next) & GRAMMAR(AND)))
            next = unit_last(f, next);
    } else if (classes & (GRAMMAR(OF) | GRAMMAR(TO))) {
        *ret_tied = true;
        next = unit_last(f, at);
    }
    next = skip_determiners(f, next);
    for (int n = 0; n < 6 && next < f->last; n++) {     // fields and adjectives before the next office word
        if (kinds_at(f, next) & KIND(OFFICE))
            return next;
        if (!(kinds_at(f, next) & (FIELD_KINDS | KIND(ORDINARY))) && !(n && (classes_at(f, next) & GRAMMAR(AND))))
            return UINT32_MAX;
        next = unit_last(f, next);
    }
    return UINT32_MAX;
}

static bool plural_office(const struct finder *f, uint32_t at)
{
    uint32_t features = features_at(f, at, LEXICON_OFFICE);
    return (features & FEATURE(PL)) && !(features & FEATURE(SG));
}

// Where marks follow, "[of] X and Y foreign minister A and B" may have one form for both numbers: two states before it and two names behind
// it show that two hold the office.
static bool held_by_two(const struct finder *f, uint32_t at)
{
    uint64_t fields = 0;
    if (f->pack->config.case_marks != CASE_AFTER)
        return false;
    uint32_t of = fields_before(f, at, false, &fields);
    if (of < f->first + 4 || !(classes_at(f, of - 1) & GRAMMAR(OF)))
        return false;
    uint32_t state = unit_first(f, of - 2);
    if (state < f->first + 2 || party_at(f, state) == PARTY_NONE || !(classes_at(f, state - 1) & GRAMMAR(AND)) ||
        party_at(f, unit_first(f, state - 2)) == PARTY_NONE)
        return false;
    uint32_t first = skip_honorifics(f, unit_last(f, at)), end = name_from(f, first);
    if (end == first || !(classes_at(f, end) & GRAMMAR(AND)))
        return false;
    uint32_t second = skip_honorifics(f, unit_last(f, end));
    return party_at(f, second) == PARTY_NONE && name_from(f, second) > second;
}

// Only one who serves abroad is sent "to Nepal"; a minister "to Nepal" is on his way.
static bool is_envoy(const struct finder *f, uint32_t at)
{
    uint16_t office = lexeme_at(f, at, LEXICON_OFFICE)->value;
    return office == OFFICE_AMBASSADOR || office == OFFICE_OFFICIAL || office == OFFICE_MILITARY;
}

// "The head [of the] Paraguayan foreign ministry": an office with the adjective of one state inside its words.
static bool office_around_party(const struct finder *f, uint32_t at, struct office_chain *chain)
{
    struct spread spread;
    if (!form_over_states(f, at, LEXICON_OFFICE, &spread) || spread.parties.count != 1)
        return false;
    const struct lexeme *lexeme = &f->pack->lexemes.at[spread.lexeme];
    chain->lexeme = spread.lexeme;
    chain->office = (uint8_t)lexeme->value;
    chain->portfolio = lexeme->classes;
    chain->last = spread.last;
    party_set_add(&chain->parties, spread.parties.at[0]);
    return true;
}

// A trigger of chairing or leading covers the office word: "the co-chairman of the commission".
static bool names_chair(const struct finder *f, uint32_t at)
{
    uint32_t group = trigger_at(f, at);
    for (uint32_t i = group, end = triggers_end(f, group); i < end; i++)
        if (rule_of(f, i)->role == ROLE_CHAIR)
            return true;
    return false;
}

// The row of deputy ministers that the word at `prefix` and the tokens [first, last) are together; UINT32_MAX if the lexicon has none.
static uint32_t row_of(const struct finder *f, uint32_t prefix, uint32_t first, uint32_t last)
{
    uint32_t node = 0, count = 0;
    if (!pack_step(f->pack, &node, f->tokens[prefix].word))
        return UINT32_MAX;
    for (uint32_t token = first; token < last; token++)
        if (!pack_step(f->pack, &node, f->tokens[token].word))
            return UINT32_MAX;
    const struct pack_form *forms = pack_forms(f->pack, node, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct lexeme *lexeme = &f->pack->lexemes.at[forms[i].lexeme];
        if (lexeme->kind == LEXICON_OFFICE && lexeme->value == OFFICE_DEPUTY_MINISTER && !lexeme->party_count)
            return forms[i].lexeme;
    }
    return UINT32_MAX;
}

// "Deputy trade and industry minister": a row of the word before the fields and the office word, which stand together there; the fields
// may be part of the office's own form.
static uint32_t row_around_fields(const struct finder *f, uint32_t fields, uint32_t at)
{
    uint32_t last = unit_last(f, at);
    if (fields <= f->first || f->tokens[fields - 1].kind != TOKEN_WORD || unit_last(f, fields - 1) != fields)
        return UINT32_MAX;
    uint32_t row = fields < at ? row_of(f, fields - 1, at, last) : UINT32_MAX;
    return row == UINT32_MAX && last - at > 1 ? row_of(f, fields - 1, last - 1, last) : row;
}

// "Norwater president X": a word of no lexicon with its capital right before the office is the name of what he heads, which is no state.
static bool is_of_unknown(const struct finder *f, const struct office_chain *chain, uint8_t office)
{
    if (office != OFFICE_HEAD_OF_STATE || chain->parties.count || f->pack->config.case_marks != CASE_BEFORE || pack_inflects(f->pack) ||
        chain->first <= f->first + 1 || f->paragraph_role != PARAGRAPH_BODY || (f->tokens[chain->first].flags & TOKEN_CAPITAL))
        return false;
    uint32_t name = chain->first - 1;
    return f->tokens[name].kind == TOKEN_WORD && (f->tokens[name].flags & TOKEN_CAPITAL) && f->covering[name] == SPAN_NONE &&
           trigger_at(f, name) == SPAN_NONE;
}

// "The president of the Storting of Norway": who heads a parliament is its speaker. `behind`: the token behind the office word.
static bool is_of_parliament(const struct finder *f, uint32_t behind)
{
    if (!(classes_at(f, behind) & GRAMMAR(OF)) || f->pack->config.head != HEAD_INITIAL)
        return false;
    uint32_t organ = unit_last(f, behind);
    while (organ < f->last && ((classes_at(f, organ) & GRAMMAR(DETERMINER)) || party_at(f, organ) != PARTY_NONE))
        organ = unit_last(f, organ);
    const struct lexeme *lexeme = organ < f->last ? lexeme_at(f, organ, LEXICON_ORGAN) : NULL;
    return lexeme && lexeme->value == ORGAN_PARLIAMENT;
}

void office_read(const struct finder *f, uint32_t at, struct office_chain *chain)
{
    *chain = (struct office_chain){.first = at, .last = unit_last(f, at), .core = at, .envoy = is_envoy(f, at)};
    chain->card = at > f->first && is_patronymic(f, at - 1);
    if (office_around_party(f, at, chain))
        return;
    chain->plural = plural_office(f, at) || held_by_two(f, at);
    chain->many = features_at(f, at, LEXICON_OFFICE) & FEATURE(PL);
    bool takes = lexeme_at(f, at, LEXICON_OFFICE)->attribute;
    uint32_t fields = takes ? fields_before(f, at, chain->plural, &chain->portfolio) : at;
    chain->last = grow_behind(f, chain->last, takes, chain);
    // a form of the singular and of the plural is plural where it is of several
    chain->plural |= chain->many && chain->parties.count > 1 && pack_inflects(f->pack);
    // further offices of the same holder
    uint32_t head = at;
    // the head of a delegation and the chairman of a session have an office of their own
    bool led = lexeme_at(f, at, LEXICON_OFFICE)->value == OFFICE_DELEGATION || names_chair(f, at);
    for (int n = 0; n < CHAIN_STEPS && !chain->plural; n++) {
        bool tied = false;
        uint32_t next = next_office(f, chain->last, &tied);
        if (next == UINT32_MAX || (chain->card && !tied))
            break;
        if (lexeme_at(f, head, LEXICON_OFFICE)->value == OFFICE_COUNTERPART && f->pack->config.head == HEAD_INITIAL) {
            if (classes_at(f, chain->last + is_mark(f, chain->last, ',')) & GRAMMAR(AND))
                break;          // "as host, and President X": another person
            if (next == chain->last)
                head = next;    // "his counterpart National Security Advisor X"
        }
        if (plural_office(f, next) && !tied)
            break;
        struct office_chain other = {.plural = false, .core = next, .envoy = is_envoy(f, next)};
        uint32_t end = grow_behind(f, unit_last(f, next), lexeme_at(f, next, LEXICON_OFFICE)->attribute, &other);
        if (other.parties.count && chain->parties.count && !tied)
            break;
        party_set_add_all(&chain->parties, &other.parties);
        uint16_t office = lexeme_at(f, next, LEXICON_OFFICE)->value, held = lexeme_at(f, head, LEXICON_OFFICE)->value;
        if (led && !tied && office != OFFICE_DELEGATION && (held == OFFICE_DELEGATION || held == OFFICE_OFFICIAL))
            head = next;        // "the head of the Indian delegation, Minister X"
        led |= office == OFFICE_DELEGATION;
        if (tied && f->pack->config.head == HEAD_FINAL && f->pack->config.case_marks == CASE_AFTER)
            head = next;
        chain->last = end;
    }
    uint32_t around = head == at ? row_around_fields(f, fields, at) : UINT32_MAX;
    fields -= around != UINT32_MAX;
    chain->first = party_before(f, fields, chain);
    uint16_t front = chain->parties.count || chain->theirs ? PARTY_NONE : party_put_before(f, chain->first);
    if (front != PARTY_NONE)
        party_set_add(&chain->parties, front);
    uint16_t party = chain->parties.count ? chain->parties.at[0] : PARTY_NONE;
    chain->core = head;
    chain->lexeme = around != UINT32_MAX ? around : office_choose(f, head, party)->lexeme;
    const struct lexeme *lexeme = &f->pack->lexemes.at[chain->lexeme];
    chain->office = is_of_unknown(f, chain, (uint8_t)lexeme->value) ? OFFICE_BUSINESS : (uint8_t)lexeme->value;
    if (chain->office == OFFICE_HEAD_OF_STATE && is_of_parliament(f, unit_last(f, at)))
        chain->office = OFFICE_SPEAKER;
    chain->portfolio |= lexeme->classes;
    // a row for one party alone names it: "US Trade Representative"
    if (party == PARTY_NONE && lexeme->party_count == 1 && is_only_row(f, head))
        party_set_add(&chain->parties, lexeme->parties[0]);
    if (fields < chain->first)
        chain->first = fields;
}
