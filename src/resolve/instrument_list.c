// SPDX-License-Identifier: MIT
// Documents of a list and documents that are counted.
//
// An item names a document and no verb: its status is that of the number that it belongs to ("seven documents, among which are …"), of the
// line above the list, or of the item before. What is named out of a number leaves the rest of it.
#include "resolve/instrument.h"

#define AMONG_REACH 8       // tokens before "among them" where a clause opens with who says so
#define ITEM_HEAD 4         // tokens of an item before the document at its head: a number, an article
#define ITEM_REACH 2        // sentences between a list's items, or between its lead and its first item
#define ITEM_TAIL 5         // tokens behind a document that closes its item: a stop, a short name in brackets
#define LEAD_REACH 24       // items of a list that hang on the line above it
#define NAMED_REACH 4       // sentences behind a number of documents in which those are named

// "2. An agreement on …", "– a treaty on …": the sentence is an item of a list, with the document at its head.
bool heads_item(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    // where heads come last, the document closes its item
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL;
    bool head = final ? m->last + ITEM_TAIL >= sentence->last : m->first <= sentence->first + ITEM_HEAD;
    return head && document_opens_item(work->document, m->sentence);
}

// The instrument that the mention became, if its status is told; else NULL.
static const struct candidate_instrument *told_at(const instrument_vec *all, const uint32_t *place, uint32_t mention)
{
    return place[mention] != NOT_ONE && all->at[place[mention]].told ? &all->at[place[mention]] : NULL;
}

static void share_status(struct candidate_instrument *c, const struct candidate_instrument *whole)
{
    c->claim.status = whole->claim.status;
    c->told = true;
}

// Where verbs come last: "in the signed papers a treaty is included": the documents in whose clause it is; NULL if none are told.
static const struct candidate_instrument *holder_of(const struct work *work, const instrument_vec *all, const uint32_t *place,
                                                    uint32_t mention)
{
    const struct mention *m = work_mention(work, mention);
    uint32_t clause_first, clause_last;
    if (work_pack(work, m->sentence)->config.head != HEAD_FINAL)
        return NULL;
    work_clause(work, m->first, &clause_first, &clause_last);
    for (uint32_t i = mention; i-- > 0 && work_mention(work, i)->first >= clause_first && work_mention(work, i)->sentence == m->sentence;) {
        const struct candidate_instrument *whole = told_at(all, place, i);
        if (whole && whole->plural && (work_grammar(work, work_mention(work, i)->last) & GRAMMAR(IN)))
            return whole;
    }
    return NULL;
}

// "Seven documents were exchanged, among which are a protocol on sport and …": what the relative clause names shares the total's state.
static void inherit_from_number(const struct work *work, const instrument_vec *all, const uint32_t *place, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t clause_first, clause_last;
    work_clause(work, m->first, &clause_first, &clause_last);
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL, among = false;
    for (uint32_t token = clause_first; token < m->first && token < clause_first + (final ? AMONG_REACH : 1); token++)
        among |= (work_grammar(work, token) & (GRAMMAR(WHICH) | GRAMMAR(INCLUDING))) != 0;
    bool part = m->flags & MENTION_PART;
    const struct candidate_instrument *holder = among || part ? NULL : holder_of(work, all, place, c->mention);
    if (holder)
        share_status(c, holder);
    if (!among && !part)
        return;
    // "They signed ten papers. Among them are …": the number may stand in the sentence before
    uint32_t opens = part ? NAMED_REACH : clause_first == work->document->sentences.at[m->sentence].first;
    for (uint32_t i = c->mention; i-- > 0 && work_mention(work, i)->sentence + opens >= m->sentence;) {
        const struct candidate_instrument *whole = told_at(all, place, i);
        if (!whole || !whole->plural || (!part && work_mention(work, i)->last > clause_first))
            continue;
        share_status(c, whole);
        if (part && date_is_none(c->claim.date))
            c->claim.date = whole->claim.date;
        // "among the nine are agreements on tourism, ports and fish"
        c->each = final && c->topic_count > 1 && whole->claim.count > c->topic_count && !m->count;
        return;
    }
}

// The colon of the sentence before the token, UINT32_MAX if there is none.
static uint32_t colon_before(const struct work *work, uint32_t token)
{
    const struct document *document = work->document;
    uint32_t first = document->sentences.at[document->tokens.at[token].sentence].first;
    for (; token > first; token--)
        if (document->tokens.at[token - 1].kind == TOKEN_PUNCT && slice_is(document_fold(document, token - 1), ":"))
            return token - 1;
    return UINT32_MAX;
}

// "Two texts were initialled and await vetting: an agreement on …, and an accord on …": what a colon lists shares the total's state, unless
// a verb behind the colon tells another.
static void inherit_over_colon(const struct work *work, const instrument_vec *all, const uint32_t *place, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t colon = colon_before(work, m->first);
    bool own = c->frame != FRAME_NONE && work->document->frames.at[c->frame].first > colon;
    if (colon == UINT32_MAX || own)
        return;
    for (uint32_t i = c->mention; i-- > 0 && work_mention(work, i)->sentence == m->sentence;) {
        const struct candidate_instrument *whole = told_at(all, place, i);
        if (!whole || !whole->plural || work_mention(work, i)->last > colon)
            continue;
        share_status(c, whole);
        return;
    }
}

// The documents of a list are what its lead says of them ("Signed were: …"); each item takes it from the one before.
static void inherit_from_list(const struct work *work, const instrument_vec *all, const uint32_t *place, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    if (!heads_item(work, m))
        return;
    for (uint32_t i = c->mention; i-- > 0 && work_mention(work, i)->sentence + ITEM_REACH >= m->sentence;) {
        const struct candidate_instrument *before = told_at(all, place, i);
        if (!before || work_mention(work, i)->sentence == m->sentence)
            continue;
        if (!before->plural && !heads_item(work, work_mention(work, i))) {
            if (document_opens_item(work->document, work_mention(work, i)->sentence))
                continue;   // "a protocol on the ratification of the treaty": the document at the item's head tells
            return;
        }
        share_status(c, before);
        return;
    }
}

// Some verb of the sentence tells what became of documents.
static bool tells_of_documents(const struct work *work, uint32_t sentence)
{
    uint32_t first, last;
    work_sentence_frames(work, sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        uint8_t value = work_rule(work, i)->instrument.value;
        if (value < VALUE_UNSET && value != CODE_NONE)
            return true;
    }
    return false;
}

// "The following were signed:" and a list: an item without a verb shares the state of the documents that the line above the list names.
static void inherit_from_lead(const struct work *work, const instrument_vec *all, const uint32_t *place, struct candidate_instrument *c)
{
    const struct document *document = work->document;
    uint32_t sentence = work_mention(work, c->mention)->sentence, first, last;
    for (uint32_t steps = 0; steps < LEAD_REACH; steps++, sentence--) {
        uint32_t end = document->sentences.at[sentence].last;
        bool lead = steps && end && slice_is(document_fold(document, end - 1), ":");
        if (lead || !sentence)
            break;
        if (tells_of_documents(work, sentence))
            return;     // an item with a verb of its own, or other text
    }
    work_sentence_mentions(work, sentence, &first, &last);
    for (uint32_t i = first; i < last && i < c->mention; i++) {
        const struct candidate_instrument *whole = told_at(all, place, i);
        if (!whole || !(whole->plural || whole->claim.kind == INSTRUMENT_DOCUMENT))
            continue;
        share_status(c, whole);
        return;
    }
}

// A dash between blanks within the tokens stands for the verb: "X signed a treaty, and the ministers of Y – an accord".
static bool has_dash(const struct work *work, uint32_t from, uint32_t to)
{
    for (uint32_t token = from; token < to; token++)
        if (slice_is(document_fold(work->document, token), "-") && (work->document->tokens.at[token].flags & TOKEN_SPACE_BEFORE))
            return true;
    return false;
}

// Only words of one list stand between the tokens: a comma or an "and", and no verb that tells anything by itself.
static bool are_listed(const struct work *work, uint32_t sentence, uint32_t from, uint32_t to)
{
    uint32_t first, last;
    bool joined = false, dash = pack_inflects(work_pack(work, sentence)) && has_dash(work, from, to);
    work_sentence_frames(work, sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct frame *frame = &work->document->frames.at[i];
        if (frame->first >= from && frame->first < to && !(frame->flags & (FRAME_NONFINITE | FRAME_NOUN)))
            return false;
    }
    for (uint32_t token = from; token < to; token++) {
        struct slice mark = document_fold(work->document, token);
        joined |= (work_grammar(work, token) & GRAMMAR(AND)) || slice_is(mark, ",") || slice_is(mark, ";");
        uint64_t parts = GRAMMAR(WHICH) | GRAMMAR(THAT) | (dash ? 0 : GRAMMAR(WHILE) | GRAMMAR(BUT));
        if (work_grammar(work, token) & parts)
            return false;
    }
    return joined;
}

// "Signed were a treaty on deepening ties, an accord on fish and a plan": what stands in one list shares the state and is a document apart.
static void inherit_from_sibling(const struct work *work, const instrument_vec *all, const uint32_t *place, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    if (is_vague(c) && !c->topic_count)
        return;     // "the agreement" again
    for (uint32_t i = c->mention; i-- > 0 && work_mention(work, i)->sentence == m->sentence;) {
        const struct mention *before = work_mention(work, i);
        if (before->kind != MENTION_INSTRUMENT || (before->flags & MENTION_INSIDE))
            continue;
        const struct candidate_instrument *sibling = told_at(all, place, i);
        bool paper = sibling && sibling->claim.kind == INSTRUMENT_DOCUMENT;     // "papers, a treaty on …"
        if (sibling && are_listed(work, m->sentence, before->last, m->first)) {
            bool one_field = !sibling->loose && (sibling->claim.sectors & c->claim.sectors);
            bool again = paper || sibling->plural || sibling->claim.status != c->claim.status || one_field;
            c->fresh |= !c->plural && c->claim.count < 2 && !(c->told && again);
            if (!c->told)
                share_status(c, sibling);
        }
        return;
    }
}

// Where verbs come last: "X an accord on fish, while Y a treaty signed": a document without a verb shares the one that the clauses behind
// it end with.
static void inherit_from_verb_behind(const struct work *work, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t first, last;
    bool bare = work->document->governed_by[c->mention] == FRAME_NONE;
    if (!bare || work_is_title(work, m->sentence) || work_pack(work, m->sentence)->config.head != HEAD_FINAL)
        return;
    work_sentence_frames(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        struct reading reading = read_instrument(work, i);
        if (work->document->frames.at[i].first < m->last || reading.value >= VALUE_UNSET || reading.value == CODE_NONE)
            continue;
        c->told = work_rule(work, i)->role == ROLE_SIGN;
        c->claim.status = c->told ? reading.value : c->claim.status;
        return;
    }
}

// "One more agreement concerns transport": what is one more of those told of shares their state.
static void inherit_as_another(const struct work *work, const instrument_vec *all, const uint32_t *place, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    for (uint32_t i = c->mention; (m->flags & MENTION_ANOTHER) && i-- > 0 && work_mention(work, i)->sentence + 1 >= m->sentence;) {
        const struct candidate_instrument *before = told_at(all, place, i);
        if (!before)
            continue;
        share_status(c, before);
        return;
    }
}

void inherit_status(const struct work *work, const instrument_vec *all, const uint32_t *place, struct candidate_instrument *c)
{
    if (!c->told)
        inherit_from_number(work, all, place, c);
    if (!c->told)
        inherit_from_lead(work, all, place, c);
    inherit_over_colon(work, all, place, c);    // nearer than a verb before the colon
    if (!c->told)
        inherit_from_list(work, all, place, c);
    inherit_from_sibling(work, all, place, c);
    if (!c->told)
        inherit_as_another(work, all, place, c);
    if (!c->told)
        inherit_from_verb_behind(work, c);
}

// Both may be of the same parties; of a document of which none are told, all who deal are.
static bool share_parties(const struct work *work, const struct candidate_instrument *a, const struct candidate_instrument *b)
{
    const struct party_set *x = a->claim.parties.count ? &a->claim.parties : &work->dealing;
    const struct party_set *y = b->claim.parties.count ? &b->claim.parties : &work->dealing;
    return party_set_within(x, y) || party_set_within(y, x);
}

// What is named out of a number stands not far behind it.
static bool are_near(const struct work *work, const struct candidate_instrument *whole, const struct candidate_instrument *part)
{
    if (whole->mention == MENTION_NONE || part->mention == MENTION_NONE)
        return true;
    struct date_range a = whole->claim.date, b = part->claim.date;
    if (!date_is_none(a) && !date_is_none(b) && !date_overlaps(a, b))
        return false;
    return work_mention(work, part->mention)->sentence <= work_mention(work, whole->mention)->sentence + NAMED_REACH;
}

// "Two treaties, one on taxes and another on …": one is left to the first.
static void leave_one_to_first(instrument_vec *all)
{
    for (uint32_t i = 0; i < all->count; i++)
        for (uint32_t k = i; all->at[i].another && k-- > 0;)
            if (all->at[k].plural && all->at[k].claim.count > 1 && all->at[k].claim.sectors) {
                all->at[k].claim.count--;
                break;
            }
}

uint32_t distinct_topics(const struct work *work, const struct candidate_instrument *c, uint32_t *ret_topics)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < c->topic_count; i++) {
        const struct mention *m = work_mention(work, c->topics[i]);
        bool known = m->flags & MENTION_WEAK;
        for (uint32_t k = 0; k < count; k++)
            known |= work_mention(work, ret_topics[k])->code == m->code;
        if (!known)
            ret_topics[count++] = c->topics[i];
    }
    return count;
}

// How many documents of a number the candidate names.
static uint32_t parts_named(const struct work *work, const struct candidate_instrument *part, uint32_t whole)
{
    uint32_t topics[TOPICS_A_SUBJECT], count = part->each ? distinct_topics(work, part, topics) : 0;
    uint32_t several = part->claim.count > 1 && part->claim.count < whole ? part->claim.count : 1;
    return count > several ? count : several;
}

// "Of which thirteen …": the text itself says what the number holds.
static bool has_parts(const instrument_vec *all, uint32_t whole)
{
    for (uint32_t i = whole + 1; i < all->count; i++)
        if (all->at[i].part || all->at[i].plural)
            return all->at[i].part;
    return false;
}

// "Of them two accords are on schools, one accord on rice": it stands in a sentence with such a number.
static bool is_beside_part(const struct work *work, const instrument_vec *all, const struct candidate_instrument *c)
{
    for (uint32_t i = 0; c->mention != MENTION_NONE && i < all->count; i++) {
        const struct candidate_instrument *part = &all->at[i];
        if (part->part && part->mention != MENTION_NONE &&
            work_mention(work, part->mention)->sentence == work_mention(work, c->mention)->sentence)
            return true;
    }
    return false;
}

// "Four accords on cooperation": cooperation alone is no field of any one of them.
static bool names_no_field(const struct candidate_instrument *whole)
{
    return !(whole->claim.sectors & ~(UINT64_C(1) << SECTOR_RELATIONS));
}

// "One paper was signed, a treaty on trade", "the document of the day became a treaty": a paper without a subject is the document that its
// sentence goes on to name.
static void leave_paper_to_named(const struct work *work, instrument_vec *all)
{
    for (uint32_t i = 0; i + 1 < all->count; i++) {
        struct candidate_instrument *paper = &all->at[i];
        const struct candidate_instrument *named = &all->at[i + 1];
        bool bare = paper->told && paper->claim.kind == INSTRUMENT_DOCUMENT && !paper->plural && paper->claim.count <= 1 &&
                    !paper->topic_count && paper->mention != MENTION_NONE;
        if (!bare || named->mention == MENTION_NONE || !named->told || named->plural || named->claim.status != paper->claim.status ||
            work_mention(work, named->mention)->sentence != work_mention(work, paper->mention)->sentence ||
            named->mention < paper->mention || are_coordinated(work, paper, named) || !share_parties(work, paper, named))
            continue;
        paper->told = false;
    }
}

// "Four documents, among them a protocol on rice and a plan for tourism": those that are named leave the rest of the number, if any.
void take_named_out(const struct work *work, instrument_vec *all)
{
    leave_one_to_first(all);
    leave_paper_to_named(work, all);
    for (uint32_t i = 0; i < all->count; i++) {
        struct candidate_instrument *whole = &all->at[i];
        uint32_t named = 0;
        if (!names_no_field(whole) || !whole->plural)
            continue;
        bool vague = is_vague(whole), parts = has_parts(all, i);
        for (uint32_t k = 0; k < all->count; k++) {
            const struct candidate_instrument *part = &all->at[k];
            bool titled = part->mention != MENTION_NONE && work_is_title(work, work_mention(work, part->mention)->sentence);
            if (k == i || (k < i && !(titled && part->claim.sectors)) || are_coordinated(work, whole, part))
                continue;
            if ((parts && !part->part && !is_beside_part(work, all, part)) || !share_parties(work, whole, part))
                continue;
            if (part->claim.kind == INSTRUMENT_STATEMENT && whole->claim.kind != INSTRUMENT_DOCUMENT)
                continue;
            bool belongs = part->told && part->claim.status == whole->claim.status && are_near(work, whole, part);
            if (belongs && (vague || part->claim.kind == whole->claim.kind) && (!part->plural || part->claim.count > 1))
                named += parts_named(work, part, whole->claim.count);
        }
        if (named && named >= whole->claim.count)
            whole->told = false;
        else if (named)
            whole->claim.count -= named;
    }
}
