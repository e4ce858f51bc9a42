// SPDX-License-Identifier: MIT
// What a document without a subject of its own is about, as the text around it tells.
//
// "In this regard a memorandum was signed": what the sentence before speaks of. "In the joint statement they pledged more trade": what the
// statement says. "… signed a deal, under which gas will flow", "Under the deal, gas will flow": what is done under it. Else the one field
// that is spoken of around. The topics stay free to be promised, too; where they name many fields none is the subject.
#include "resolve/instrument.h"

#define FIELDS_A_MATTER 2   // of more fields none is what the document is about
#define RELATIVE_REACH 3    // tokens between a document and the relative word, and between that and its mark
#define OPENING_WORDS 3     // tokens before a document that opens its sentence
#define LAST_REACH 3        // sentences behind a document in which "under the deal" means it

// Fields of the strong topics of mentions [first, last), 0 where they are many or a document of its own stands among them.
static uint64_t fields_of(const struct work *work, uint32_t first, uint32_t last)
{
    uint64_t fields = 0;
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_INSTRUMENT && !(m->flags & MENTION_INSIDE))
            break;
        if (is_topic(m) && !(m->flags & (MENTION_WEAK | MENTION_PLIGHT)))
            fields |= UINT64_C(1) << m->code;
    }
    uint32_t count = 0;
    for (uint64_t left = fields; left; left &= left - 1)
        count++;
    return count <= FIELDS_A_MATTER ? fields : 0;
}

// The word that points back at a matter ("in this regard") stands in the clause.
static bool points_back(const struct work *work, uint32_t first, uint32_t last)
{
    const uint64_t both = GRAMMAR(ABOUT) | GRAMMAR(PRONOUN);
    for (uint32_t token = first; token < last; token++)
        if ((work_grammar(work, token) & both) == both)
            return true;
    return false;
}

static uint64_t matter_before(const struct work *work, const struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t clause_first, clause_last, first, last;
    work_clause(work, m->first, &clause_first, &clause_last);
    if (!m->sentence || !points_back(work, clause_first, clause_last))
        return 0;
    work_sentence_mentions(work, m->sentence - 1, &first, &last);
    uint64_t fields = fields_of(work, first, last);
    for (uint32_t i = first; !fields && i < last; i++)  // of many the one that it opens with
        if (is_topic(work_mention(work, i)) && !(work_mention(work, i)->flags & (MENTION_WEAK | MENTION_PLIGHT)))
            return UINT64_C(1) << work_mention(work, i)->code;
    return fields;
}

// What a statement says, in the sentence that quotes it.
static uint64_t matter_stated(const struct work *work, const struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    if (c->claim.kind != INSTRUMENT_STATEMENT || work_is_title(work, m->sentence) || !is_source(work, c->mention))
        return 0;
    uint32_t first, last;
    work_sentence_mentions(work, m->sentence, &first, &last);
    while (first < last && work_mention(work, first)->first < m->last)
        first++;
    return sentence->last > m->last ? fields_of(work, first, last) : 0;
}

// "A memorandum, under which …": where verbs come last, what the relative clause behind the document's own clause speaks of.
static uint64_t matter_under(const struct work *work, const struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    if (work_pack(work, m->sentence)->config.head != HEAD_FINAL)
        return 0;
    uint32_t mark = 0, first, last;
    for (uint32_t token = m->last; token + 1 < sentence->last && !mark; token++) {
        bool which = work_grammar(work, token) & GRAMMAR(WHICH);
        for (uint32_t near = token + 1; which && near <= token + RELATIVE_REACH && near < sentence->last; near++)
            mark = work_grammar(work, near) & (GRAMMAR(UNDER) | GRAMMAR(IN)) ? near : mark;
    }
    if (!mark)
        return 0;
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = c->mention + 1; i < last && work_mention(work, i)->first < mark; i++)
        if (work_mention(work, i)->kind == MENTION_INSTRUMENT || work_mention(work, i)->kind == MENTION_MEETING)
            return 0;   // the clause is that one's
    while (first < last && work_mention(work, first)->first < mark)
        first++;
    return fields_of(work, first, last);
}

// Fields of the strong topics of a sentence.
static uint64_t fields_of_sentence(const struct work *work, uint32_t sentence)
{
    uint64_t fields = 0;
    uint32_t first, last;
    work_sentence_mentions(work, sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (is_topic(m) && !(m->flags & (MENTION_WEAK | MENTION_PLIGHT)))
            fields |= UINT64_C(1) << m->code;
    }
    return fields;
}

// The one field of which its sentence speaks, or, if that speaks of none, the sentence before. Statements and protocols are of anything.
static uint64_t matter_around(const struct work *work, const struct candidate_instrument *c)
{
    uint32_t sentence = work_mention(work, c->mention)->sentence;
    if (c->claim.kind == INSTRUMENT_STATEMENT || c->claim.kind == INSTRUMENT_PROTOCOL || c->claim.kind == INSTRUMENT_DOCUMENT)
        return 0;
    uint64_t fields = fields_of_sentence(work, sentence);
    if (!fields && sentence)
        fields = fields_of_sentence(work, sentence - 1);
    return fields & (fields - 1) ? 0 : fields;
}

void find_matter(const struct work *work, struct candidate_instrument *c)
{
    if (c->topic_count || c->claim.sectors || c->mention == MENTION_NONE || c->claim.count > 1)
        return;
    c->claim.sectors = matter_before(work, c);
    if (!c->claim.sectors)
        c->claim.sectors = matter_stated(work, c);
    if (!c->claim.sectors)
        c->claim.sectors = matter_under(work, c);
    if (!c->claim.sectors)
        c->claim.sectors = matter_around(work, c);
    c->loose = c->claim.sectors != 0;
}

// A noun that opens its sentence and adds nothing to the document told of before: "under the deal, gas will flow".
static bool goes_on_about_last(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    bool bare = m->kind == MENTION_INSTRUMENT && m->parties.count < 2 && m->count < 2 && !(m->flags & MENTION_INSIDE);
    return bare && m->first <= sentence->first + OPENING_WORDS && stands_under(work, m);
}

// What the rest of the sentence speaks of is what the document is about, unless that has a subject or is any of several.
static void give_matter(const struct work *work, struct candidate_instrument *last, uint32_t first, uint32_t end)
{
    if (last->claim.sectors || last->claim.count > 1 || last->claim.kind == INSTRUMENT_STATEMENT)
        return;
    last->claim.sectors = fields_of(work, first, end);
    last->loose |= last->claim.sectors && !last->topic_count;
}

// "Under the deal, gas will flow" behind a document that has no subject: what is done under it is what it is about.
void tell_matter_of_last(const struct work *work, instrument_vec *all, const uint32_t *place, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    if (!goes_on_about_last(work, m))
        return;
    for (uint32_t i = index; i-- > 0 && work_mention(work, i)->sentence + LAST_REACH >= m->sentence;) {
        if (place[i] == NOT_ONE || !all->at[place[i]].told)
            continue;
        struct candidate_instrument *last = &all->at[place[i]];
        uint32_t first, end;
        work_sentence_mentions(work, m->sentence, &first, &end);
        if (last->claim.kind == m->code || m->code == INSTRUMENT_AGREEMENT || m->code == INSTRUMENT_DOCUMENT)
            give_matter(work, last, index + 1, end);
        return;
    }
}

// Words that stand for the document open the sentence: "under it", "its purpose is".
static bool opens_under_pronoun(const struct work *work, const struct sentence *sentence)
{
    const uint64_t both = GRAMMAR(UNDER) | GRAMMAR(PRONOUN);
    for (uint32_t token = sentence->first; token < sentence->last && token <= sentence->first + OPENING_WORDS; token++)
        if ((work_grammar(work, token) & both) == both)
            return true;
    return false;
}

// "They signed a deal. Under it, gas will flow."
void tell_matter_by_pronoun(const struct work *work, instrument_vec *all, const uint32_t *place)
{
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        uint32_t next = work_mention(work, i)->sentence + 1, first, end;
        if (place[i] == NOT_ONE || !all->at[place[i]].told || next >= work->document->sentences.count ||
            !opens_under_pronoun(work, &work->document->sentences.at[next]))
            continue;
        work_sentence_mentions(work, next, &first, &end);
        give_matter(work, &all->at[place[i]], first, end);
    }
}
