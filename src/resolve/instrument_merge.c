// SPDX-License-Identifier: MIT
// Which mentions of documents are one document.
//
// Mentions of the same kind are one unless their subjects, parties, dates or numbers differ; a vague word ("the documents", a headline's
// "pact") is any of those told of before. The last one named is tried first.
#include "resolve/instrument.h"

#define INSTRUMENTS_A_REPORT 128
#define PAIR_REACH 4        // tokens between two documents that an "and" joins

// What was approved, or came into force, had been signed before: one document with two dates.
static bool is_approval(const struct candidate_instrument *a, const struct candidate_instrument *b)
{
    bool later = a->claim.status == INSTRUMENT_STATUS_APPROVED || a->claim.status == INSTRUMENT_STATUS_IN_FORCE;
    return later && b->claim.status == INSTRUMENT_STATUS_SIGNED && a->told && b->told;
}

static bool differs(const struct candidate_instrument *a, const struct candidate_instrument *b)
{
    uint64_t x = a->claim.sectors, y = b->claim.sectors;
    if (x && y && !(x & y) && !a->loose && !b->loose)
        return true;
    if (a->claim.parties.count > 1 && b->claim.parties.count > 1 && !party_set_within(&a->claim.parties, &b->claim.parties) &&
        !party_set_within(&b->claim.parties, &a->claim.parties))
        return true;
    if (is_approval(a, b) || is_approval(b, a))
        return false;
    return !date_is_none(a->claim.date) && !date_is_none(b->claim.date) && !date_overlaps(a->claim.date, b->claim.date);
}

bool is_vague(const struct candidate_instrument *c)
{
    return c->claim.kind == INSTRUMENT_DOCUMENT || c->claim.kind == INSTRUMENT_AGREEMENT;
}

bool is_generic(const struct candidate_instrument *c)
{
    return !c->claim.sectors && (c->claim.kind == INSTRUMENT_DOCUMENT || c->claim.kind == INSTRUMENT_AGREEMENT || c->plural);
}

static bool in_one_sentence(const struct work *work, const struct candidate_instrument *a, const struct candidate_instrument *b)
{
    return a->mention != MENTION_NONE && b->mention != MENTION_NONE &&
           work_mention(work, a->mention)->sentence == work_mention(work, b->mention)->sentence;
}

// "X and Y ink rare metals pact" above a report of one memorandum: a headline's word for a document is the vaguest.
static bool is_headline_for(const struct candidate_instrument *old, const struct candidate_instrument *c)
{
    if (old->mention == MENTION_NONE || c->mention == MENTION_NONE || old->plural || c->plural || old->claim.kind != INSTRUMENT_AGREEMENT)
        return false;
    return old->headline && old->told && c->told && c->claim.kind != INSTRUMENT_STATEMENT && !c->headline;
}

// "The texts, on trade and on media": a definite plural that names no kind.
static bool takes_up_number(const struct work *work, const struct candidate_instrument *c)
{
    if (c->mention == MENTION_NONE || c->claim.kind != INSTRUMENT_DOCUMENT || !c->plural || c->claim.count)
        return false;
    const struct mention *m = work_mention(work, c->mention);
    bool initial = work_pack(work, m->sentence)->config.head == HEAD_INITIAL && !pack_inflects(work_pack(work, m->sentence));
    bool inner = initial && m->first > work->document->sentences.at[m->sentence].first;
    return inner && (work_grammar(work, m->first - 1) & GRAMMAR(DETERMINER));
}

static bool counts_differ(const struct candidate_instrument *a, const struct candidate_instrument *b)
{
    return a->claim.count && b->claim.count && a->claim.count != b->claim.count;
}

// "Have signed 38 agreements … an agreement on water is to be signed"; "fourteen documents, among them a treaty".
static bool is_part_of(const struct candidate_instrument *c, const struct candidate_instrument *old)
{
    bool ahead = c->claim.status == INSTRUMENT_STATUS_PLANNED || c->claim.status == INSTRUMENT_STATUS_PROPOSED;
    bool number = old->claim.count > 1;
    if (c->told && old->told && ahead && number && c->claim.sectors && !old->claim.sectors && c->claim.count != old->claim.count)
        return true;
    bool made = old->claim.status == INSTRUMENT_STATUS_SIGNED || old->claim.status == INSTRUMENT_STATUS_APPROVED;
    if (c->told && old->told && ahead && made && c->plural && !old->plural && !old->headline)
        return true;    // "signed a memorandum … several agreements are expected"
    bool bare = c->claim.kind == INSTRUMENT_DOCUMENT && !c->claim.sectors;     // "the documents" of a language whose plural looks alike
    return c->told && !c->plural && !bare && c->claim.count <= 1 && (old->plural || old->part) && number;
}

// "A protocol and four papers", "a declaration and a number of other documents"; or a headline names one of several that the text counts.
static bool is_number_beside(const struct work *work, const struct candidate_instrument *c, const struct candidate_instrument *old)
{
    if (!c->told || old->plural)
        return false;
    bool further = c->claim.count > 1 && is_vague(c) && old->claim.kind != c->claim.kind;
    bool others = c->plural && c->claim.kind == INSTRUMENT_DOCUMENT && old->claim.kind != INSTRUMENT_DOCUMENT;
    bool rest = others && in_one_sentence(work, old, c);
    bool counted = c->claim.count > 1 && !c->claim.sectors && old->claim.sectors && old->claim.count <= 1;
    return further || rest || counted;
}

// "Updated the roadmap and initialled an agreement": under verbs of their own.
static bool stands_beside(const struct work *work, const struct candidate_instrument *c, const struct candidate_instrument *old)
{
    bool single = c->told && old->told && !c->plural && !old->plural;
    bool named = old->claim.kind != INSTRUMENT_AGREEMENT && old->claim.kind != INSTRUMENT_DOCUMENT;
    return single && named && c->claim.kind == INSTRUMENT_AGREEMENT && in_one_sentence(work, old, c) &&
           work->document->governed_by[c->mention] != work->document->governed_by[old->mention];
}

// "Agreements and memoranda were signed": an "and" joins the two nouns.
bool are_coordinated(const struct work *work, const struct candidate_instrument *old, const struct candidate_instrument *c)
{
    if (!in_one_sentence(work, old, c))
        return false;
    uint32_t from = work_mention(work, old->mention)->last, to = work_mention(work, c->mention)->first;
    bool joined = false;
    for (uint32_t token = from; token < to && to - from <= PAIR_REACH; token++)
        joined |= (work_grammar(work, token) & GRAMMAR(AND)) != 0;
    return joined;
}

// … and of two kinds they are two documents; a number before the first alone counts both: "five agreements and memoranda".
static bool is_pair(const struct work *work, const struct candidate_instrument *c, const struct candidate_instrument *old)
{
    return c->claim.kind != old->claim.kind && (old->claim.count < 2 || c->claim.count) && are_coordinated(work, old, c);
}

// "The framework agreement … energy deals with firms": several of another matter are not the one that was named.
static bool are_others(const struct candidate_instrument *c, const struct candidate_instrument *old)
{
    return c->plural && !old->plural && !old->headline && c->claim.sectors && (c->claim.sectors & ~old->claim.sectors);
}

// The document at the head of a list's item is none that another item names.
static bool is_of_other_item(const struct work *work, const struct candidate_instrument *c, const struct candidate_instrument *old)
{
    bool other = c->item && old->mention != MENTION_NONE && !in_one_sentence(work, old, c);
    return other && document_opens_item(work->document, work_mention(work, old->mention)->sentence);
}

// "The agreement of 2021 and the agreement on arms of 2017": where prepositions mark cases, a noun in the singular right behind "and" is
// one document more.
static bool is_named_second(const struct work *work, const struct candidate_instrument *c, const struct candidate_instrument *old)
{
    if (c->mention == MENTION_NONE || c->plural || old->plural || c->claim.count > 1 || old->claim.count > 1 ||
        !in_one_sentence(work, old, c) || work_pack(work, work_mention(work, c->mention)->sentence)->config.case_marks != CASE_BEFORE ||
        work_mention(work, old->mention)->last >= work_mention(work, c->mention)->first)
        return false;
    uint32_t token = work_with_articles(work, work_mention(work, c->mention));
    return token > work_mention(work, old->mention)->last && (work_grammar(work, token - 1) & GRAMMAR(AND)) &&
           work->document->governed_by[c->mention] == work->document->governed_by[old->mention];
}

static bool stands_apart(const struct work *work, const struct candidate_instrument *c, const struct candidate_instrument *old)
{
    bool two = c->fresh || is_of_other_item(work, c, old) || are_others(c, old) || is_pair(work, c, old) || is_named_second(work, c, old);
    return two || is_part_of(c, old) || is_number_beside(work, c, old) || stands_beside(work, c, old);
}

// What is stated or planned jointly is called no treaty: "the joint statement … the compact that they signed".
static bool is_never_called(const struct candidate_instrument *c, const struct candidate_instrument *old)
{
    const struct candidate_instrument *agreement = c->claim.kind == INSTRUMENT_AGREEMENT ? c : old;
    const struct candidate_instrument *other = agreement == c ? old : c;
    bool paper = other->claim.kind == INSTRUMENT_STATEMENT || other->claim.kind == INSTRUMENT_PLAN;
    return agreement->claim.kind == INSTRUMENT_AGREEMENT && paper && !agreement->plural && !agreement->headline;
}

// The words of both may mean one thing: the same kind, or one of them so vague that it takes up the other.
static bool may_be_same(const struct candidate_instrument *c, const struct candidate_instrument *old)
{
    if (is_never_called(c, old))
        return false;
    // "the gas agreements … the contracts on gas": one thing under two names
    bool names = (c->claim.kind == INSTRUMENT_CONTRACT && old->claim.kind == INSTRUMENT_AGREEMENT) ||
                 (c->claim.kind == INSTRUMENT_AGREEMENT && old->claim.kind == INSTRUMENT_CONTRACT);
    if (names && c->plural == old->plural && (c->claim.sectors & old->claim.sectors))
        return true;
    bool these = c->plural && !c->claim.sectors && old->plural && is_vague(old);    // "two arrangements … both memoranda"
    if (old->claim.kind == c->claim.kind || these || is_headline_for(old, c))
        return true;
    if (is_generic(c) && (!c->told || old->told))
        return true;
    return is_generic(old) && old->plural && (c->plural || c->claim.count > 1);
}

static struct candidate_instrument *find_same(const struct work *work, instrument_vec *all, const struct candidate_instrument *c)
{
    bool texts = takes_up_number(work, c);
    for (uint32_t i = all->count; i-- > 0;) {
        struct candidate_instrument *old = &all->at[i];
        if (counts_differ(old, c) || differs(old, c))
            continue;
        if (texts && old->plural && old->told && !old->claim.sectors)
            return old;     // "will sign three memoranda … the texts, on standards and media"
        if (!stands_apart(work, c, old) && may_be_same(c, old))
            return old;
    }
    return NULL;
}

static void note_sources(const struct work *work, struct candidate_instrument *to, const struct candidate_instrument *c)
{
    if (c->mention != MENTION_NONE) {
        const struct mention *m = work_mention(work, c->mention);
        add_evidence(work, &to->claim.evidence, m->first, m->last);
        add_lexeme_reason(work, &to->claim.reasons, c->mention);
    } else {
        const struct frame *frame = &work->document->frames.at[c->frame];
        add_evidence(work, &to->claim.evidence, frame->first, frame->last);
    }
    if (c->claim.subject_first < c->claim.subject_last)
        add_evidence(work, &to->claim.evidence, c->claim.subject_first, c->claim.subject_last);
    add_rule_reason(work, &to->claim.reasons, c->frame);
}

// "Signed a treaty … under the treaty, tariffs fall": what only rests on a document does not change its state.
static void join_status(struct candidate_instrument *old, const struct candidate_instrument *c)
{
    bool other = old->told && c->told && old->weak != c->weak;
    if (other)
        old->claim.status = old->weak ? c->claim.status : old->claim.status;
    else
        old->claim.status = later_status(old->claim.status, c->claim.status);
    old->weak = old->told && c->told ? old->weak && c->weak : old->told ? old->weak : c->weak;
    old->told |= c->told;
}

// Fields of a subject outweigh those of the text around; of two texts around the first tells.
static void join_fields(struct candidate_instrument *old, const struct candidate_instrument *c)
{
    if (c->loose && old->claim.sectors)
        return;
    if (old->loose && c->claim.sectors)
        old->claim.sectors = 0;
    old->loose = c->claim.sectors ? c->loose : old->loose;
    old->claim.sectors |= c->claim.sectors;
}

static void join(const struct work *work, struct candidate_instrument *old, const struct candidate_instrument *c)
{
    bool these = c->plural && old->plural && !c->claim.sectors;
    bool titled = old->mention != MENTION_NONE && work_is_title(work, work_mention(work, old->mention)->sentence);
    bool again = these || (is_generic(c) && c->told && old->plural);
    if (again && titled && c->mention != MENTION_NONE)
        old->mention = c->mention;      // what is named out of a number stands near the text's words, not the headline's
    bool counted = old->claim.count > 1 && are_coordinated(work, old, c);
    // "the list of documents signed … our agreements": a plural without number or field names no kind
    bool loose = old->claim.kind == INSTRUMENT_DOCUMENT && c->plural && !c->claim.count && !c->claim.sectors && !old->headline;
    bool vague = is_vague(old) && (is_generic(old) || these || is_headline_for(old, c));
    if (!counted && !loose && vague && c->claim.kind != INSTRUMENT_DOCUMENT)
        old->claim.kind = c->claim.kind;
    join_status(old, c);
    old->plural &= c->plural || old->claim.count > 1;
    old->headline &= c->headline;
    if (!old->claim.count)
        old->claim.count = c->claim.count;
    for (uint32_t i = 0; i < c->topic_count && old->topic_count < TOPICS_A_SUBJECT; i++)
        old->topics[old->topic_count++] = c->topics[i];
    if (old->claim.subject_first == old->claim.subject_last) {
        old->claim.subject_first = c->claim.subject_first;
        old->claim.subject_last = c->claim.subject_last;
    }
    join_fields(old, c);
    for (uint32_t i = 0; i < c->claim.amounts.count && old->claim.amounts.count < AMOUNTS_A_CLAIM; i++)
        vec_push(work->document->arena, &old->claim.amounts, c->claim.amounts.at[i]);
    if (date_is_none(old->claim.date))
        old->claim.date = c->claim.date;
    party_set_add_all(&old->claim.parties, &c->claim.parties);
    note_sources(work, old, c);
}

// Returns the instrument's place in `all`, NOT_ONE if there is no room.
uint32_t collect_instrument(const struct work *work, instrument_vec *all, const struct candidate_instrument *c)
{
    struct candidate_instrument *same = find_same(work, all, c);
    if (same) {
        join(work, same, c);
        if (same->told)
            set_fate(work, c->mention, FATE_JOINED);
        return (uint32_t)(same - all->at);
    }
    if (all->count == INSTRUMENTS_A_REPORT)
        return NOT_ONE;
    vec_push(work->document->arena, all, *c);
    note_sources(work, &all->at[all->count - 1], c);
    return all->count - 1;
}
