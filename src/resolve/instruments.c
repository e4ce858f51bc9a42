// SPDX-License-Identifier: MIT
// From mentions of documents to the record's instruments: kind, status, how many, on what, between whom, when, for how much.
//
// Each mention that says something becomes a candidate and joins those before it, in the order of the text; then verbs that are the making
// of a document by themselves ("exchanged notes"). "Three memoranda" with three topics are written as three instruments of one topic each.
#include "resolve/instrument.h"

#include <stdlib.h>

#define REFER_REACH 3       // sentences between a document and "under the agreement" that means it
#define AMOUNT_REACH 16     // tokens between a document and a sum that it is worth

// "An agreement worth $355 million", "a loan agreement for EUR 40 million": sums in the clause behind the document, up to the next one.
static void find_amounts(const struct work *work, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t first, last, clause_first, clause_last;
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL;
    work_sentence_mentions(work, m->sentence, &first, &last);
    work_clause(work, m->first, &clause_first, &clause_last);
    for (uint32_t i = final ? c->mention : c->mention + 1; final ? i-- > first : i < last; final ? 0 : i++) {
        const struct mention *other = work_mention(work, i);
        bool far = final ? other->last + AMOUNT_REACH < m->first : other->first > m->last + AMOUNT_REACH;
        if (far || other->first < clause_first || other->first >= clause_last || (other->kind == MENTION_INSTRUMENT && other != m))
            return;
        if (other->kind == MENTION_AMOUNT)
            add_amount(work, &c->claim.amounts, i);
    }
}

// A day that cannot be that of a document: the years for which a programme is made, and what lies behind the report's day where it was
// signed; that is when something else of the clause is to be done.
static bool is_of_something_else(const struct work *work, const struct candidate_instrument *c, struct date_range date)
{
    struct date_range published = work->document->published;
    bool done = c->claim.status == INSTRUMENT_STATUS_SIGNED || c->claim.status == INSTRUMENT_STATUS_APPROVED;
    if (date.last.year > date.first.year && !date.first.month)
        return true;
    return done && !date_is_none(published) && published.first.day &&
           date_day_number(date_first_day(date)) > date_day_number(date_last_day(published));
}

// The date nearest to the token in its clause, if there is one.
static void take_date_of_clause(const struct work *work, struct candidate_instrument *c, uint32_t near)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t first, last, clause_first, clause_last, best = UINT32_MAX;
    work_sentence_mentions(work, m->sentence, &first, &last);
    work_clause(work, near, &clause_first, &clause_last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *date = work_mention(work, i);
        if (date->kind != MENTION_DATE || (date->flags & MENTION_DATELINE) || date->first < clause_first || date->first >= clause_last)
            continue;
        uint32_t far = date->first > near ? date->first - near : near - date->first;
        if (far < best && !date_is_none(date->date) && !work_is_edge(work, date) && !is_of_something_else(work, c, date->date)) {
            best = far;
            c->claim.date = date->date;
        }
    }
}

// "The treaty, which the two sides signed in 2017": the date may stand in the clause that tells what became of it.
static void find_date(const struct work *work, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    take_date_of_clause(work, c, m->first);
    bool told = c->frame != FRAME_NONE && work->document->frames.at[c->frame].sentence == m->sentence;
    if (told && date_is_none(c->claim.date) && work->document->frames.at[c->frame].first > m->last)
        take_date_of_clause(work, c, work->document->frames.at[c->frame].first);
    bool past = c->frame == FRAME_NONE || (work->document->frames.at[c->frame].flags & FRAME_PAST);
    struct date_range published = work->document->published;
    bool ahead = !date_is_none(c->claim.date) && !date_is_none(published) && published.first.day &&
                 date_day_number(date_first_day(c->claim.date)) > date_day_number(date_last_day(published));
    if (c->claim.status == INSTRUMENT_STATUS_IN_FORCE && ahead && !past)
        c->claim.status = INSTRUMENT_STATUS_PLANNED;    // "enters into force on 1 July"
}

// The same where there are no articles: a bare noun behind the mark that opens the sentence, and a document named shortly before.
static bool refers_without_article(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    uint64_t names = GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR) | GRAMMAR(OF) | GRAMMAR(BETWEEN) | GRAMMAR(WITH) | GRAMMAR(FROM);
    bool opens = m->first > sentence->first && m->first - sentence->first <= 3 && (work_grammar(work, m->first - 1) & GRAMMAR(UNDER));
    if (!pack_inflects(work_pack(work, m->sentence)) || !opens || m->parties.count || (m->flags & MENTION_PLURAL) ||
        m->last - m->first > 1 || m->last >= sentence->last || (work_grammar(work, m->last) & names))
        return false;
    for (uint32_t i = (uint32_t)(m - work->document->mentions.at); i-- > 0 && work_mention(work, i)->sentence + REFER_REACH >= m->sentence;)
        if (work_mention(work, i)->kind == MENTION_INSTRUMENT && work_mention(work, i)->code == m->code)
            return true;
    return false;
}

// "Under the agreement, tariffs fall": speaks of the document at hand and names no other.
static bool only_refers(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    uint64_t names = GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR) | GRAMMAR(OF) | GRAMMAR(BETWEEN) | GRAMMAR(WITH);
    uint32_t before = work_with_articles(work, m);
    if (refers_without_article(work, m))
        return true;
    if (work_pack(work, m->sentence)->config.head != HEAD_INITIAL || m->parties.count || m->last >= sentence->last)
        return false;
    bool definite = before < m->first && before > sentence->first && (work_grammar(work, before - 1) & GRAMMAR(UNDER));
    return definite && !(work_grammar(work, m->last) & names) && work->document->tokens.at[m->last].kind == TOKEN_PUNCT;
}

// "Praised the treaty", "reviewed the agreement": talk of a document of which nothing particular is told makes none.
static bool only_talked_of(const struct work *work, const struct candidate_instrument *c, uint32_t frame)
{
    if (frame == FRAME_NONE || c->claim.sectors || c->claim.count || c->claim.parties.count > 1 || !date_is_none(c->claim.date))
        return false;
    bool vague = is_vague(c) || c->claim.kind == INSTRUMENT_CONTRACT;
    uint8_t stance = work_rule(work, frame)->commitment.value;
    bool talk = stance == STANCE_SUPPORTED || (stance == STANCE_DISCUSSED && c->claim.status == INSTRUMENT_STATUS_IN_FORCE);
    return vague && talk && !bears_name(work, work_mention(work, c->mention));
}

// What a document is about that was not signed is no promise either, unless the verb speaks of such, too.
static void consume_subject(const struct work *work, uint32_t index, uint32_t frame)
{
    uint8_t stance = frame == FRAME_NONE ? VALUE_UNSET : work_rule(work, frame)->commitment.value;
    if (stance < VALUE_UNSET && stance != CODE_NONE)
        return;
    struct candidate_instrument c = {.mention = index, .frame = FRAME_NONE};
    find_subject(work, &c);
    for (uint32_t i = 0; i < c.topic_count; i++)
        work->consumed[c.topics[i]] = true;
}

// "If they had signed the treaty, …": a condition stands before it, with no mark between.
static bool is_supposed(const struct work *work, const struct mention *m)
{
    uint32_t first = work->document->sentences.at[m->sentence].first;
    bool initial = work_pack(work, m->sentence)->config.head == HEAD_INITIAL && !pack_inflects(work_pack(work, m->sentence));
    for (uint32_t token = m->first; initial && token > first && work->document->tokens.at[token - 1].kind == TOKEN_WORD; token--)
        if ((work_grammar(work, token - 1) & GRAMMAR(IF)) || (token - 1 == first && (work_grammar(work, first) & GRAMMAR(HAVE))))
            return true;    // "had they signed the treaty, …", too
    return false;
}

// What experts think will or should be agreed.
static bool is_foreseen(const struct work *work, const struct mention *m, uint8_t status)
{
    bool ahead = status == INSTRUMENT_STATUS_PLANNED || status == INSTRUMENT_STATUS_PROPOSED;
    return ahead && is_said_by_outsider(work, m->sentence);
}

static bool from_mention(const struct work *work, uint32_t index, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, index);
    if (m->kind != MENTION_INSTRUMENT || (m->flags & MENTION_INSIDE))
        return false;
    set_fate(work, index, FATE_REFERS);
    if (is_amended(work, index) || only_refers(work, m))
        return false;
    struct reading reading = read_status(work, index);
    set_fate(work, index, FATE_NO_VALUE);
    if (reading.value == CODE_NONE || is_supposed(work, m) || is_foreseen(work, m, reading.value)) {
        consume_subject(work, index, reading.frame);
        return false;
    }
    *c = (struct candidate_instrument){
        .claim = {.kind = (uint8_t)m->code, .status = reading.value, .count = m->count, .meeting = CLAIM_NONE},
        .frame = reading.frame,
        .mention = index,
        .plural = m->flags & MENTION_PLURAL,
        .told = reading.value < VALUE_UNSET && !(m->flags & MENTION_PART),      // a part shares the state of the whole number
        .fresh = m->flags & (MENTION_ANOTHER | MENTION_PART),
        .part = m->flags & MENTION_PART,
        .headline = work_is_title(work, m->sentence),
        .another = m->lexeme != UINT32_MAX && work_pack(work, m->sentence)->lexemes.at[m->lexeme].value == INSTRUMENT_SAME,
    };
    find_subject(work, c);
    find_parties(work, c);
    find_amounts(work, c);
    find_date(work, c);
    take_common_field(work, c);
    find_matter(work, c);
    settle_status(work, c, reading.flags);
    if (only_talked_of(work, c, reading.frame))
        return false;
    // else it says nothing
    return c->told || c->claim.sectors || c->claim.count || !date_is_none(c->claim.date) || heads_item(work, m);
}

// A verb that is the making of a document by itself ("declared jointly", "exchanged notes") and names none.
static bool from_frame(const struct work *work, uint32_t index, struct candidate_instrument *c)
{
    const struct frame *frame = &work->document->frames.at[index];
    uint8_t kind = work_rule(work, index)->issues;
    uint32_t first, last;
    if (kind >= VALUE_UNSET || (frame->flags & (FRAME_NOT | FRAME_IF | FRAME_MAY)))
        return false;
    *c = (struct candidate_instrument){
        .claim = {.kind = kind, .meeting = CLAIM_NONE,
                  .status = frame->flags & (FRAME_FUTURE | FRAME_NONFINITE) ? INSTRUMENT_STATUS_PLANNED : INSTRUMENT_STATUS_SIGNED},
        .frame = index,
        .mention = MENTION_NONE,
        .told = true,
    };
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_INSTRUMENT && m->first >= frame->clause_first && m->first < frame->clause_last)
            return false;
        if (is_topic(m) && work->document->governed_by[i] == index)
            add_topic(work, c, i);
    }
    return true;
}

// As many single topics as documents, or a plural of which no number is told: one document a topic.
static bool is_split(const struct work *work, const struct candidate_instrument *c, uint32_t *parts, uint32_t *ret_count)
{
    uint32_t count = distinct_topics(work, c, parts);
    const struct mention *m = c->mention == MENTION_NONE ? NULL : work_mention(work, c->mention);
    bool each = m && count > 1 && !c->claim.count && (c->each || (m->flags & MENTION_EACH) || (c->plural && (m->flags & MENTION_PLURAL)));
    *ret_count = count;
    return each || (c->claim.count > 1 && count == c->claim.count);
}

static int by_index(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void emit(struct work *work, struct candidate_instrument *c)
{
    struct document *document = work->document;
    uint32_t parts[TOPICS_A_SUBJECT], count = 0;
    if (!c->claim.parties.count)
        party_set_add_all(&c->claim.parties, &work->dealing);
    find_meeting(work, c);
    qsort(c->topics, c->topic_count, sizeof *c->topics, by_index);  // in the order of the text
    for (uint32_t i = 0; i < c->topic_count; i++)
        work->consumed[c->topics[i]] = true;
    if (!is_split(work, c, parts, &count)) {
        if (!c->claim.count)
            c->claim.count = 1;
        vec_push(document->arena, &document->record.instruments, c->claim);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct mention *topic = work_mention(work, parts[i]);
        struct instrument_claim one = c->claim;
        one.count = 1;
        one.sectors = UINT64_C(1) << topic->code;
        one.subject_first = topic->first;
        one.subject_last = topic->last;
        vec_push(document->arena, &document->record.instruments, one);
    }
}

void resolve_instruments(struct work *work)
{
    struct document *document = work->document;
    instrument_vec *all = ARENA_NEW(document->arena, instrument_vec);
    work->consumed = ARENA_ARRAY(document->arena, bool, document->mentions.count);
    if (work->dealing.count < 2)
        return;
    struct candidate_instrument c;
    uint32_t *place = ARENA_ARRAY(document->arena, uint32_t, document->mentions.count);
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        place[i] = NOT_ONE;
        tell_matter_of_last(work, all, place, i);
        if (!from_mention(work, i, &c))
            continue;
        c.item = heads_item(work, work_mention(work, i));
        inherit_status(work, all, place, &c);
        place[i] = collect_instrument(work, all, &c);
    }
    for (uint32_t i = 0; i < document->frames.count; i++)
        if (from_frame(work, i, &c))
            collect_instrument(work, all, &c);
    tell_by_pronoun(work, all, place);
    tell_matter_by_pronoun(work, all, place);
    take_back_denied(work, all);
    take_concerns(work, all, place);
    take_named_out(work, all);
    for (uint32_t i = 0; i < all->count; i++)
        if (all->at[i].told)
            emit(work, &all->at[i]);
}
