// SPDX-License-Identifier: MIT
// Organs, topics, sides and sources: what the lexicon says outright, but for an organ's field words, which belong to its name.
//
// A ministry's fields stand before it, behind it, or in a list ("Ministry of Trade and Industry", "विदेश, वाणिज्य एवं ऊर्जा
// मंत्रालय"). They become part of the ORGAN mention, and the topics inside it speak of no field. Where a form names several sectors,
// each is a topic of its own with the same bounds; a sector and a concept on the same words are one topic.
#include "mention/finder.h"

static void find_organ(struct finder *f, uint32_t at)
{
    const struct lexeme *lexeme = lexeme_at(f, at, LEXICON_ORGAN);
    uint32_t last = unit_last(f, at), first = at;
    uint32_t features = features_at(f, at, LEXICON_ORGAN);
    uint64_t sectors = 0;
    if (lexeme->value == ORGAN_MINISTRY || lexeme->value == ORGAN_AGENCY) {
        bool bends = features & (FEATURE(NOM) | FEATURE(GEN) | FEATURE(DAT) | FEATURE(ACC) | FEATURE(INS) | FEATURE(LOC));
        if (bends || !pack_inflects(f->pack))   // an adjective agrees with its noun, and a short form that does not bend has none
            first = fields_before(f, at, (features & FEATURE(PL)) && !(features & FEATURE(SG)), &sectors);
        bool after = f->pack->config.case_marks == CASE_AFTER;
        uint32_t from = last;
        if (!after && (classes_at(f, last) & (GRAMMAR(OF) | GRAMMAR(FOR))))
            from = unit_last(f, last);
        bool direct = pack_inflects(f->pack) || (after && !sectors);
        uint32_t end = from > last || direct ? fields_after(f, from, &sectors) : last;
        if (end > from)
            last = end;
    }
    for (uint32_t t = first; t < last; t++)
        if (f->taken[t] & TAKEN_OFFICE)
            return;
    struct mention *m = finder_add(f, MENTION_ORGAN, first, last);
    m->code = lexeme->value;
    m->lexeme = span_at(f, at, LEXICON_ORGAN)->lexeme;
    finder_take(f, first, last, TAKEN_ORGAN);
}

static uint32_t strength_flags(const struct lexeme *sector)
{
    static const uint32_t flags[] = {[SECTOR_FIELD] = 0, [SECTOR_WEAK] = MENTION_WEAK, [SECTOR_PLIGHT] = MENTION_PLIGHT,
                                     [SECTOR_MEANS] = MENTION_MEANS, [SECTOR_LEVY] = MENTION_LEVY};
    return flags[sector->attribute];
}

static void add_topic(struct finder *f, uint32_t at, const struct span *span, const struct lexeme *lexeme)
{
    struct mention *m = finder_add(f, MENTION_TOPIC, at, span->last);
    m->lexeme = span->lexeme;
    if (lexeme->kind == LEXICON_CONCEPT) {
        m->concept = lexeme->value;
        m->code = f->world->concepts.at[lexeme->value].sector;
        m->flags |= f->world->concepts.at[lexeme->value].event ? MENTION_EVENT : 0;
        const struct lexeme *sector = lexeme_at(f, at, LEXICON_SECTOR);     // its words may be means or a plight, too
        m->flags |= sector ? strength_flags(sector) & ~(uint32_t)MENTION_WEAK : 0;
        return;
    }
    m->code = lexeme->value;
    m->flags |= strength_flags(lexeme);
}

static void find_topic(struct finder *f, uint32_t at)
{
    uint32_t group = f->covering[at];
    uint64_t named = 0;
    const struct lexeme *concept = lexeme_at(f, at, LEXICON_CONCEPT);
    if (concept) {
        add_topic(f, at, span_at(f, at, LEXICON_CONCEPT), concept);
        named = f->world->concepts.at[concept->value].sectors;
    }
    for (uint32_t i = group; i < f->span_count && f->spans[i].first == f->spans[group].first; i++) {
        const struct lexeme *lexeme = &f->pack->lexemes.at[f->spans[i].lexeme];
        if (lexeme->kind != LEXICON_SECTOR || (named >> lexeme->value & 1))
            continue;
        named |= UINT64_C(1) << lexeme->value;
        add_topic(f, at, &f->spans[i], lexeme);
    }
}

// The longest field whose words stand at [at, end) inside a longer form.
static struct span field_within(const struct finder *f, uint32_t at, uint32_t end)
{
    struct span found = {.first = at, .last = at};
    uint32_t node = 0, count = 0;
    for (uint32_t token = at; token < end && pack_step(f->pack, &node, f->tokens[token].word); token++) {
        const struct pack_form *forms = pack_forms(f->pack, node, &count);
        for (uint32_t i = 0; i < count; i++) {
            const struct lexeme *lexeme = &f->pack->lexemes.at[forms[i].lexeme];
            bool sector = lexeme->kind == LEXICON_SECTOR && lexeme->attribute == SECTOR_FIELD;
            if (lexeme->kind == LEXICON_CONCEPT || (sector && found.last <= token))
                found = (struct span){at, token + 1, forms[i].lexeme, forms[i].features};
        }
    }
    return found;
}

// "Cultural exchange programme": the lexicon knows the document by its whole name, whose words tell its field.
static void find_fields_of_document(struct finder *f, uint32_t at, uint32_t end)
{
    while (at < end) {
        struct span field = field_within(f, at, end);
        if (field.last > at)
            add_topic(f, at, &field, &f->pack->lexemes.at[field.lexeme]);
        at = field.last > at ? field.last : at + 1;
    }
}

static void find_simple(struct finder *f, uint32_t at, enum lexicon_kind kind, enum mention_kind mention)
{
    const struct span *span = span_at(f, at, kind);
    struct mention *m = finder_add(f, mention, at, span->last);
    m->code = f->pack->lexemes.at[span->lexeme].value;
    m->lexeme = span->lexeme;
}

void topics_find(struct finder *f)
{
    const uint32_t wanted = KIND(ORGAN) | FIELD_KINDS | KIND(INSTRUMENT) | KIND(SIDE) | KIND(SOURCE);
    if (!(f->here & wanted))
        return;
    for (uint32_t at = f->first, next; at < f->last; at = next) {
        uint32_t kinds = f->kinds[at];
        next = at + 1;      // the words of a unit are all of its kinds, or none
        if (!(kinds & wanted))
            continue;
        next = unit_last(f, at);
        if ((f->taken[at] & TAKEN_NAME))
            continue;
        // "ties between universities": organs that are many and a field as well are what is spoken of
        uint32_t number = features_at(f, at, LEXICON_ORGAN) & (FEATURE(PL) | FEATURE(SG));
        const struct lexeme *organ = kinds & KIND(ORGAN) ? lexeme_at(f, at, LEXICON_ORGAN) : NULL;
        bool opened = organ && organ->value == ORGAN_EMBASSY;   // "a trade office": where it is a field, it is to be opened or closed
        if (organ && !((kinds & FIELD_KINDS) && (number == FEATURE(PL) || opened)))
            find_organ(f, at);
        if (kinds & FIELD_KINDS)
            find_topic(f, at);
        else if (kinds & KIND(INSTRUMENT))
            find_fields_of_document(f, at, next);
        if (kinds & KIND(SIDE))
            find_simple(f, at, LEXICON_SIDE, MENTION_SIDES);
        const struct lexeme *source = kinds & KIND(SOURCE) ? lexeme_at(f, at, LEXICON_SOURCE) : NULL;
        if (source && source->value == SOURCE_OUTLET)
            find_simple(f, at, LEXICON_SOURCE, MENTION_SOURCE);
    }
}
