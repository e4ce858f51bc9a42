// SPDX-License-Identifier: MIT
// Instruments: the noun with its bracketed short form, how many there are, and the parties that stand beside it.
//
// The count is a number before the noun, over adjectives, parties and field words ("three new bilateral agreements", "आठ समझौते"). A
// year is no count. The mention's span is the noun alone: what it is about stays outside, for the frames to read.
#include "mention/finder.h"

#define COUNT_STEPS 6
#define PART_TOKENS 3   // of a number behind "of which", between "of" and the noun
#define THESE_REACH 4   // sentences between documents that are counted and "one of the documents"

// "तीस साल पुरानी संधि": the number counts the noun between it and the document, such as years.
static bool counts_another(const struct finder *f, uint32_t at, uint32_t first)
{
    const struct lexeme *ordinary = at < first ? lexeme_at(f, at, LEXICON_ORDINARY) : NULL;
    return at < first && ((ordinary && slice_is(ordinary->text, "noun")) || (f->kinds[at] & KIND(UNIT)));
}

// "Article 4 of the treaty", where the case alone says "of": the number is that of the part.
static bool numbers_a_part(const struct finder *f, uint32_t number_first)
{
    const struct lexeme *before = number_first > f->first ? lexeme_at(f, unit_first(f, number_first - 1), LEXICON_ORDINARY) : NULL;
    return before && slice_is(before->text, "part");
}

static void count_and_parties_before(const struct finder *f, uint32_t first, struct mention *m, uint32_t *ret_number)
{
    uint32_t at = first, number_first = 0;
    bool joint = false, genitive = false;
    for (int n = 0; n < COUNT_STEPS && at > f->first; n++) {
        if (n == 0 && at > f->first && (classes_at(f, unit_first(f, at - 1)) & GRAMMAR(ANOTHER)))
            m->flags |= MENTION_ANOTHER;
        if (n == 0 && at > f->first && (classes_at(f, unit_first(f, at - 1)) & GRAMMAR(EACH)))
            m->flags |= MENTION_EACH;
        // "10 साल के समझौते": a number behind a genitive counts something else
        bool other = genitive || counts_another(f, at, first);
        uint32_t count = other && f->pack->config.case_marks == CASE_AFTER ? 0 : cardinal_before(f, at, &number_first);
        if (count) {
            m->count = numbers_a_part(f, number_first) ? 0 : count;
            *ret_number = number_first;
            return;
        }
        uint32_t unit = unit_first(f, at - 1);
        uint64_t classes = classes_at(f, unit);
        uint16_t party = party_at(f, unit);
        if (party != PARTY_NONE) {
            // where marks stand behind, a bare name before the noun is the subject, unless it is half of a pair ("X-Y agreement")
            bool marks = f->pack->config.case_marks == CASE_AFTER && !f->pack->config.bare_genitives;
            bool bare = marks && party_role_at(f, unit) == PARTY_ROLE_NAME && !joint && !genitive;
            if (bare && !(unit > f->first && is_mark(f, unit - 1, '-')))
                return;
            party_set_add(&m->parties, party);
            joint = true;
        } else if ((classes & GRAMMAR(AND)) || is_mark(f, unit, '-')) {
            if (!joint && !(unit > f->first && (f->kinds[unit - 1] & FIELD_KINDS)))
                return;
        } else if (f->pack->config.case_marks == CASE_AFTER && (classes & (GRAMMAR(BETWEEN) | GRAMMAR(OF) | GRAMMAR(WITH)))) {
            if (genitive)
                return;
            genitive = true;
        } else if (!(f->kinds[unit] & (FIELD_KINDS | KIND(ORDINARY) | KIND(SIDE) | KIND(PLACE))) &&
                   !(f->covering[unit] == SPAN_NONE && f->tokens[unit].kind == TOKEN_WORD && n < 3) &&
                   !(features_at(f, unit, LEXICON_GRAMMAR) & FEATURE(GEN))) {
            return;
        }
        at = unit;
    }
}

// "The ministry of health of X": the small words and fields behind an organ's noun.
static bool of_organ(const struct finder *f, uint32_t at)
{
    uint32_t before = unit_first(f, at - 1);
    if (kinds_at(f, at) & FIELD_KINDS)
        return classes_at(f, before) & (GRAMMAR(OF) | GRAMMAR(AND));
    return (classes_at(f, at) & GRAMMAR(OF)) && (kinds_at(f, before) & (KIND(ORGAN) | FIELD_KINDS));
}

static void parties_behind(const struct finder *f, uint32_t last, struct mention *m)
{
    if (f->pack->config.case_marks == CASE_AFTER)
        return;
    bool mark = classes_at(f, last) & (GRAMMAR(BETWEEN) | GRAMMAR(WITH)), endings = pack_inflects(f->pack);
    uint64_t authors = GRAMMAR(FROM) | GRAMMAR(BY) | GRAMMAR(OF) | GRAMMAR(AGENT);      // "joint statement by X and Y"
    mark |= m->code == INSTRUMENT_STATEMENT && !endings && (classes_at(f, last) & authors);
    // where endings tell the case, the parties or their governments may follow without a word between
    if (!mark && !(endings && (party_at(f, last) != PARTY_NONE || (kinds_at(f, last) & KIND(ORGAN)))))
        return;
    uint32_t at = mark ? skip_determiners(f, unit_last(f, last)) : last;
    // "between the government of X and the ministry of health of Y"
    bool organs = endings || (mark && f->pack->config.case_marks == CASE_BEFORE);
    for (int n = 0; n < COUNT_STEPS * 2 && at < f->last; n++) {
        uint16_t party = party_at(f, at);
        if (party != PARTY_NONE)
            party_set_add(&m->parties, party);
        else if (!is_mark(f, at, ',') && !(classes_at(f, at) & (GRAMMAR(AND) | GRAMMAR(DETERMINER))) &&
                 !(organs && (kinds_at(f, at) & KIND(ORGAN))) && !(organs && n && of_organ(f, at)))
            return;
        at = unit_last(f, at);
    }
}

// The short form in brackets behind the noun belongs to it: "memorandum of understanding (MoU)".
static uint32_t with_short_form(const struct finder *f, uint32_t last)
{
    uint32_t end = skip_brackets(f, last, 4);
    if (end == last)
        return last;
    for (uint32_t t = last + 1; t + 1 < end; t++)
        if (f->tokens[t].kind != TOKEN_WORD && !is_joint(f, t))
            return last;
    return end;
}

static const struct pack_form *form_of_kind(const struct finder *f, uint32_t node, enum lexicon_kind kind)
{
    uint32_t count = 0;
    const struct pack_form *forms = pack_forms(f->pack, node, &count);
    for (uint32_t i = 0; i < count; i++)
        if (f->pack->lexemes.at[forms[i].lexeme].kind == kind)
            return &forms[i];
    return NULL;
}

// "The papers deal with tourism": a noun that is the verb of a longer trigger is no document.
static bool opens_verb(const struct finder *f, uint32_t at)
{
    const struct span_layer *triggers = &f->document->triggers;
    bool infinitive = at > f->first && (classes_at(f, at - 1) & (GRAMMAR(TO) | GRAMMAR(WILL) | GRAMMAR(MUST) | GRAMMAR(MAY)));
    bool active = f->pack->config.head == HEAD_INITIAL && !pack_inflects(f->pack);
    if (infinitive && active && unit_last(f, at) == at + 1 && (classes_at(f, at + 1) & GRAMMAR(WITH)) &&
        !(features_at(f, at, LEXICON_INSTRUMENT) & FEATURE(PL)))
        return true;    // "to deal with"
    bool field = at > f->first && (f->kinds[at - 1] & FIELD_KINDS);     // "major energy deals with firms"
    if (f->pack->config.head == HEAD_FINAL || triggers->covering[at] == SPAN_NONE || field)
        return false;   // where verbs come last, the first word is what they govern ("समझौता किया")
    const struct span *span = &triggers->at[triggers->covering[at]];
    return span->first == at && span->last > unit_last(f, at) && (span->features & (FEATURE(PRES) | FEATURE(PAST) | FEATURE(GER)));
}

// "Reached agreement on the text of a treaty": the noun is the verb's, if the document that is meant stands right behind the trigger.
static bool is_of_trigger(const struct finder *f, uint32_t at)
{
    const struct span_layer *triggers = &f->document->triggers;
    const struct span *span = triggers->covering[at] == SPAN_NONE ? NULL : &triggers->at[triggers->covering[at]];
    if (f->pack->config.head == HEAD_FINAL || !span || span->first == at || unit_last(f, at) >= span->last || span->last >= f->last)
        return false;
    return kinds_at(f, skip_determiners(f, span->last)) & KIND(INSTRUMENT);
}

// The instrument that the words of these tokens are, NULL if they are none.
static const struct pack_form *form_along(const struct finder *f, uint32_t first, uint32_t last)
{
    uint32_t node = 0;
    for (uint32_t token = first; token < last; token++)
        if (!pack_step(f->pack, &node, f->tokens[token].word))
            return NULL;
    return form_of_kind(f, node, LEXICON_INSTRUMENT);
}

// The instrument word that begins here; or, where the lexicon has a whole name as a field ("economic and trade agreement"), the one that
// closes or opens it ("readmission agreement", "agreement [on] readmission"). NULL if there is none.
static const struct pack_form *instrument_at(const struct finder *f, uint32_t at)
{
    uint32_t last = unit_last(f, at);
    if (f->kinds[at] & KIND(INSTRUMENT))
        return form_along(f, at, last);
    if (!(f->kinds[at] & FIELD_KINDS) || last - at < 2 || f->spans[f->covering[at]].first != at)
        return NULL;
    const struct pack_form *form = form_along(f, last - 1, last);
    return form || f->pack->config.head == HEAD_FINAL ? form : form_along(f, at, at + 1);
}

// "… and another on tourism": the kind of the document named before in the sentence; INSTRUMENT_SAME if it is none, or no subject follows.
static uint16_t kind_before(const struct finder *f, uint32_t last)
{
    if (!(classes_at(f, last) & (GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR))))
        return INSTRUMENT_SAME;
    for (uint32_t i = f->document->mentions.count; i-- > 0 && f->document->mentions.at[i].sentence == f->sentence;)
        if (f->document->mentions.at[i].kind == MENTION_INSTRUMENT)
            return f->document->mentions.at[i].code;
    return INSTRUMENT_SAME;
}

// The documents counted last, not more than `reach` sentences back, more than `count`; NULL if there are none.
static const struct mention *counted_before(const struct finder *f, uint32_t count, uint32_t reach)
{
    for (uint32_t i = f->document->mentions.count; i-- > 0 && f->document->mentions.at[i].sentence + reach >= f->sentence;) {
        const struct mention *m = &f->document->mentions.at[i];
        if (m->kind == MENTION_INSTRUMENT && !(m->flags & MENTION_PART))
            return m->count > count ? m : NULL;
    }
    return NULL;
}

// The number that stands at `at`: its value and the token behind it; 0 if there is none.
static uint32_t number_at(const struct finder *f, uint32_t at, uint32_t *ret_last)
{
    for (uint32_t end = at + 1; end <= at + PART_TOKENS && end <= f->last; end++) {
        uint32_t first = 0, count = cardinal_before(f, end, &first);
        if (count && first == at) {
            *ret_last = end;
            return count;
        }
    }
    return 0;
}

static void add_part_of(struct finder *f, uint32_t first, uint32_t last, uint32_t count, const struct mention *whole)
{
    struct mention of = *whole;
    struct mention *m = finder_add(f, MENTION_INSTRUMENT, first, last);
    m->code = of.code;
    m->lexeme = of.lexeme;
    m->parties = of.parties;
    m->count = count;
    m->flags |= MENTION_PART;
}

// A number of documents out of those counted before, if it counts nothing else and is not more than `*left`.
static bool add_part(struct finder *f, uint32_t first, uint32_t last, uint32_t next, uint32_t count, uint32_t *left)
{
    const uint32_t counted = KIND(INSTRUMENT) | KIND(UNIT) | KIND(NUMBER) | KIND(SIDE) | KIND(OFFICE) | KIND(MEETING) | KIND(MONTH);
    const struct mention *whole = counted_before(f, count, 1);
    if (!whole || (kinds_at(f, next) & counted) || (next < f->last && party_at(f, next) != PARTY_NONE) || count > *left)
        return false;
    *left = (*left < whole->count ? *left : whole->count) - count;
    add_part_of(f, first, last, count, whole);
    return true;
}

// "… thirteen on energy, four on fish and two on health": the numbers that go on behind the first.
static void more_parts_find(struct finder *f, uint32_t at, uint32_t left)
{
    uint32_t count, last = 0;
    for (; at + 1 < f->last && !(kinds_at(f, at) & KIND(INSTRUMENT)); at = unit_last(f, at)) {
        bool joins = (classes_at(f, at) & (GRAMMAR(AND) | GRAMMAR(BUT) | GRAMMAR(WHILE))) || is_mark(f, at, ',');
        if (joins && (count = number_at(f, unit_last(f, at), &last)))
            add_part(f, unit_last(f, at), last, last, count, &left);
    }
}

// "One of the signed documents", "of the documents one", "of them one document": the number out of those that the noun at [at, last) means;
// 0 if it means none. Fills the tokens that stand for the part.
static uint32_t number_of_these(const struct finder *f, uint32_t at, uint32_t last, uint32_t *ret_first, uint32_t *ret_last)
{
    const uint64_t of = GRAMMAR(OF) | GRAMMAR(FROM) | GRAMMAR(AMONG);
    *ret_first = at;
    *ret_last = last;
    if (f->pack->config.head == HEAD_FINAL) {
        uint32_t count = cardinal_before(f, at, ret_first);
        if (!count && (classes_at(f, last) & GRAMMAR(AMONG)))
            return number_at(f, unit_last(f, last), ret_last);
        bool among = count && *ret_first > f->first && (classes_at(f, unit_first(f, *ret_first - 1)) & GRAMMAR(AMONG));
        return among ? count : 0;
    }
    uint32_t before = at;
    while (before > f->first && before + PART_TOKENS > at && !(classes_at(f, before - 1) & of))
        before--;
    bool bare = before == at && !pack_inflects(f->pack);    // "one of documents" is no choice out of those named
    if (before <= f->first || bare || !(classes_at(f, before - 1) & of))
        return 0;
    return cardinal_before(f, unit_first(f, before - 1), ret_first);
}

// The noun names no documents of its own, but a number of those counted before.
static bool part_of_these_find(struct finder *f, uint32_t at, uint32_t last, uint16_t kind)
{
    uint32_t first, end, count = number_of_these(f, at, last, &first, &end);
    const struct mention *whole = count ? counted_before(f, count, THESE_REACH) : NULL;
    if (!whole || (kind != INSTRUMENT_DOCUMENT && kind != whole->code))
        return false;
    uint32_t others = whole->count - count;
    add_part_of(f, first, end, count, whole);
    if (f->pack->config.head == HEAD_FINAL)
        more_parts_find(f, end, others);
    return true;
}

// "(Ten papers.) One paper is of fish, one of trade and two of sport": with numbers behind it, the one is a part of
// those counted before, too.
static struct mention *parts_beside_find(struct finder *f, struct mention *one, uint32_t others)
{
    struct document *d = f->document;
    uint32_t self = (uint32_t)(one - d->mentions.at);
    one->flags |= MENTION_PART;
    more_parts_find(f, one->last, others);
    if (d->mentions.count == self + 1)
        d->mentions.at[self].flags &= (uint16_t)~MENTION_PART;
    return &d->mentions.at[self];
}

// "Nineteen treaties, of which thirteen concern energy", "two of them on fish": a number beside "of them" that counts nothing else stands
// for documents. Where verbs come last the number stands behind.
static void part_find(struct finder *f, uint32_t at)
{
    uint32_t behind = unit_last(f, at), first = 0, last = 0, left = UINT32_MAX, count;
    if (behind < f->last && is_mark(f, behind, ','))
        behind++;
    if ((count = number_at(f, behind, &last))) {
        if (add_part(f, behind, last, last, count, &left))
            more_parts_find(f, last, left);
    } else if ((count = cardinal_before(f, at, &first))) {
        if (add_part(f, first, at, behind, count, &left))
            more_parts_find(f, behind, left);
    }
}

// "Nine treaties, including one on fish": the number counts documents where their subject follows.
static void part_included_find(struct finder *f, uint32_t at)
{
    uint32_t first = unit_last(f, at), last = first, left = UINT32_MAX, count = first < f->last ? number_at(f, first, &last) : 0;
    if (count && f->pack->config.head == HEAD_INITIAL && (classes_at(f, last) & (GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR))))
        if (add_part(f, first, last, last, count, &left))
            more_parts_find(f, last, left);
}

// "Of the nineteen treaties that were signed, thirteen concern energy": a number in front, and one behind a comma.
static void part_of_number_find(struct finder *f, uint32_t before, uint32_t at)
{
    uint32_t count, last = 0, left = UINT32_MAX;
    while (before > f->first && (classes_at(f, before - 1) & GRAMMAR(DETERMINER)))
        before--;
    bool opens = before == f->first + 1 && (classes_at(f, f->first) & (GRAMMAR(OF) | GRAMMAR(FROM)));
    for (; opens && at + 1 < f->last; at = unit_last(f, at))
        if (is_mark(f, at, ',') && (count = number_at(f, at + 1, &last)) && add_part(f, at + 1, last, last, count, &left)) {
            more_parts_find(f, last, left);
            return;
        }
}

// "The text of an economic agreement", "the agreement's document": a vague word and what it is the paper of are one.
static bool is_text_of_another(const struct finder *f, uint32_t at, uint32_t last)
{
    if (f->pack->config.head == HEAD_FINAL) {
        uint32_t mark = at > f->first ? unit_first(f, at - 1) : at;
        return mark > f->first && mark < at && (classes_at(f, mark) & GRAMMAR(OF)) &&
               (f->kinds[mark - 1] & KIND(INSTRUMENT));
    }
    if (!(classes_at(f, last) & GRAMMAR(OF)))
        return false;
    uint32_t next = skip_determiners(f, unit_last(f, last));
    for (int n = 0; n < COUNT_STEPS && next < f->last; n++, next = unit_last(f, next)) {
        if (instrument_at(f, next))
            return true;
        if (!(f->kinds[next] & (FIELD_KINDS | KIND(ORDINARY))) && f->covering[next] != SPAN_NONE && party_at(f, next) == PARTY_NONE)
            return false;
    }
    return false;
}

void instruments_find(struct finder *f)
{
    for (uint32_t at = f->first; (f->here_classes & GRAMMAR(AMONG)) && !(f->here & KIND(INSTRUMENT)) && at < f->last; at = unit_last(f, at))
        if (classes_at(f, at) & GRAMMAR(AMONG))
            part_find(f, at);
    if (!(f->here & (KIND(INSTRUMENT) | FIELD_KINDS)))
        return;
    uint64_t among = f->here & KIND(INSTRUMENT) ? GRAMMAR(AMONG) : 0;
    uint64_t including = f->here & KIND(INSTRUMENT) ? GRAMMAR(INCLUDING) : 0;
    for (uint32_t at = f->first, next; at < f->last; at = next) {
        next = at + 1;      // the words of a unit are all of its kinds, or none
        if (!(f->kinds[at] & (KIND(INSTRUMENT) | FIELD_KINDS)) && !(f->classes[at] & (among | including)))
            continue;
        next = unit_last(f, at);
        if (f->classes[at] & among)
            part_find(f, at);
        if (f->classes[at] & including)
            part_included_find(f, at);
        if (!(f->kinds[at] & (KIND(INSTRUMENT) | FIELD_KINDS)))
            continue;
        const struct pack_form *form = instrument_at(f, at);
        if (!form || (f->taken[at] & TAKEN_BODY) || opens_verb(f, at) || is_of_trigger(f, at))
            continue;
        uint32_t last = with_short_form(f, unit_last(f, at));
        uint16_t kind = f->pack->lexemes.at[form->lexeme].value;
        if (kind == INSTRUMENT_SAME)
            kind = kind_before(f, last);
        if (kind == INSTRUMENT_SAME || (kind == INSTRUMENT_DOCUMENT && is_text_of_another(f, at, last)))
            continue;
        if (part_of_these_find(f, at, last, kind))
            continue;
        const struct mention *whole = f->pack->config.head == HEAD_FINAL ? counted_before(f, 1, THESE_REACH) : NULL;
        uint32_t others = whole && whole->code == kind ? whole->count - 1 : 0;
        struct mention *m = finder_add(f, MENTION_INSTRUMENT, at, last);
        m->code = kind;
        m->lexeme = form->lexeme;
        uint32_t features = form->features, number_first = at;
        count_and_parties_before(f, at, m, &number_first);
        if (m->count > 1 && (features & FEATURE(SG)) && !(features & FEATURE(PL)) && f->pack->config.head == HEAD_INITIAL &&
            !pack_inflects(f->pack))
            m->count = 0;   // "a 123 agreement": a number that is its name
        parties_behind(f, last, m);
        if (m->count == 1 && others)
            m = parts_beside_find(f, m, others);
        bool few = m->count > 1 && pack_inflects(f->pack);      // "three" with the singular's genitive
        if (few || ((features & FEATURE(PL)) && (!(features & FEATURE(SG)) || m->count > 1)))
            m->flags |= MENTION_PLURAL;
        if (m->count > 1 && f->pack->config.head == HEAD_INITIAL)
            part_of_number_find(f, number_first, last);
        while (next < last)
            next = unit_last(f, next);
    }
}
