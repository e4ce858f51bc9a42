// SPDX-License-Identifier: MIT
// From instrument mentions to instruments: kind, status, how many, on what.
//
// The subject. In a head-initial language it follows the noun ("agreement on visas and on tourism") or stands right before it ("visa
// agreement"); in a head-final one it precedes the noun back to the clause's begin or the instrument before. Topics of the subject are
// consumed: they are no commitments. "Three memoranda" with three topics are three instruments of one topic each.
//
// Mentions of the same kind are one instrument unless their subjects or dates differ. A bare plural ("these agreements")
// joins what is there.
#include "resolve/work.h"

#include <stdlib.h>

#define INSTRUMENTS_A_REPORT 128
#define TOPICS_A_SUBJECT 40

struct candidate_instrument {
    struct instrument_claim claim;
    uint32_t topics[TOPICS_A_SUBJECT];
    uint32_t topic_count;
    uint32_t frame;
    uint32_t mention;
    bool plural, told;
    bool another;   // one more of the kind named before
    bool item;      // stands at the head of a list's item: no other item is the same
    bool fresh;     // none of those named before
    bool headline;  // only the headline has named it so far
};

typedef VEC(struct candidate_instrument) instrument_vec;

#define PRONOUN_REACH 4     // tokens of a clause in which its pronoun stands
#define LEAD_REACH 24       // items of a list that hang on the line above it
#define AMOUNT_REACH 16     // tokens between a document and a sum that it is worth
#define NAMED_REACH 4       // sentences behind a number of documents in which those are named
#define PARTY_REACH 6       // tokens between one of those between whom a document is and the next
#define ITEM_REACH 2        // sentences between a list's items, or between its lead and its first item
#define ITEM_TAIL 5         // tokens behind a document that closes its item: a stop, a short name in brackets
#define ORGAN_REACH 6       // tokens behind a document in which the ministries between which it is stand

#define AMONG_REACH 8       // tokens before "among them" where a clause opens with who says so

#define NOT_ONE UINT32_MAX  // a mention that is no candidate

static uint64_t topic_sectors(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    if (m->concept != CONCEPT_NONE)
        return work->world->concepts.at[m->concept].sectors;
    return UINT64_C(1) << m->code;
}

static bool is_topic(const struct mention *m)
{
    return m->kind == MENTION_TOPIC && !(m->flags & MENTION_INSIDE);
}

// "memoranda on standards, the anti-monopoly regulator and media": the field of an agency stands for the subject.
static bool is_agency_subject(const struct work *work, const struct mention *m)
{
    if (m->kind != MENTION_TOPIC || m->outer == MENTION_NONE)
        return false;
    return work_organ(work, work_mention(work, m->outer)) == ORGAN_AGENCY;
}

// "a memorandum on political consultations": the topic inside a meeting's or body's name, when the name itself is the subject.
static bool is_named_subject(const struct work *work, const struct mention *m, const struct mention *instrument)
{
    if (m->kind != MENTION_TOPIC || m->outer == MENTION_NONE)
        return false;
    const struct mention *outer = work_mention(work, m->outer);
    while (outer->outer != MENTION_NONE)
        outer = work_mention(work, outer->outer);
    bool series = outer->kind == MENTION_MEETING || outer->kind == MENTION_BODY;
    return series && outer->first >= instrument->last && outer->first - instrument->last <= 2;
}

// A gerund or infinitive that goes on from the noun ("three memoranda, covering …", "a memorandum to deepen …") opens the subject; behind
// "after" or "by" it is another deed.
static bool opens_subject(const struct work *work, const struct frame *frame)
{
    return (frame->flags & FRAME_NONFINITE) && frame->verb_first > 0 &&
           !(work_grammar(work, frame->verb_first - 1) & ~(GRAMMAR(AND) | GRAMMAR(DETERMINER) | GRAMMAR(PRONOUN)));
}

// A trigger within tokens [from, to) parts the subject off. Frames are ordered by first token.
static bool trigger_between(const struct work *work, uint32_t sentence, uint32_t from, uint32_t to)
{
    bool initial = work_pack(work, sentence)->config.head == HEAD_INITIAL;
    bool endings = pack_inflects(work_pack(work, sentence));
    uint32_t first, last;
    work_sentence_frames(work, sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct frame *frame = &work->document->frames.at[i];
        // a verbal noun in its case goes on with the subject: "a memorandum on the abolition of visas"
        if (endings && (frame->flags & FRAME_NOUN) && work_rule(work, i)->makes >= VALUE_UNSET)
            continue;
        // where verbs come last, one with a mark of topic behind it is part of the subject: "उद्यम के गठन से जुड़ा समझौता"
        uint64_t topic = GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR);
        bool noun = (frame->flags & (FRAME_NOUN | FRAME_NONFINITE)) && work_rule(work, i)->instrument.value >= VALUE_UNSET;
        if (!initial && !endings && noun && frame->last < to && (work_grammar(work, frame->last) & topic))
            continue;
        if (frame->first >= from && frame->last <= to && !(initial && frame->first > from && opens_subject(work, frame)))
            return true;
    }
    return false;
}

static void push_topic(const struct work *work, struct candidate_instrument *c, uint32_t index)
{
    if (c->topic_count == TOPICS_A_SUBJECT)
        return;
    c->topics[c->topic_count++] = index;
    c->claim.sectors |= topic_sectors(work, index);
}

// Only words of the noun group lie between two tokens: no verb, no comma before a new party.
static bool joined(const struct work *work, uint32_t from, uint32_t to)
{
    for (uint32_t token = from; token < to; token++) {
        uint64_t classes = work_grammar(work, token);
        if (classes & (GRAMMAR(THAT) | GRAMMAR(WHICH) | GRAMMAR(WHILE) | GRAMMAR(BUT) | GRAMMAR(AGENT)))
            return false;
        if (work->document->tokens.at[token].kind == TOKEN_PUNCT && slice_is(document_fold(work->document, token), ";"))
            return false;
    }
    return true;
}

// "… and a visa waiver agreement": the topic right before another instrument is that one's subject.
static bool qualifies_next(const struct work *work, uint32_t topic, uint32_t last)
{
    for (uint32_t i = topic + 1; i < last && work_mention(work, i)->first <= work_mention(work, topic)->last; i++)
        if (work_mention(work, i)->kind == MENTION_INSTRUMENT && work_mention(work, i)->first == work_mention(work, topic)->last)
            return true;
    return false;
}

// "A protocol amending the convention on taxes": the older one is what the newer is about.
static bool is_amended(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    uint32_t frame = work->document->governed_by[index];
    if (frame == FRAME_NONE || !(work->document->frames.at[frame].flags & FRAME_NONFINITE) || m->count)
        return false;
    for (uint32_t i = index; i-- > 0 && work_mention(work, i)->sentence == m->sentence;)
        if (work_mention(work, i)->kind == MENTION_INSTRUMENT)
            return work_mention(work, i)->last == work->document->frames.at[frame].first;
    return false;
}

// "An agreement between the ministry of A of X and the agency for B of Y on C": where those between whom it is end.
static uint32_t behind_parties(const struct work *work, uint32_t instrument, uint32_t last)
{
    const struct mention *m = work_mention(work, instrument);
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    uint32_t end = m->last;
    if (end >= sentence->last || !(work_grammar(work, end) & GRAMMAR(BETWEEN)))
        return end;
    for (uint32_t i = instrument + 1; i < last; i++) {
        const struct mention *next = work_mention(work, i);
        bool side = next->kind == MENTION_PARTY || next->kind == MENTION_ORGAN || next->kind == MENTION_PERSON ||
                    next->kind == MENTION_PLACE;
        if (next->last <= end || (next->kind == MENTION_TOPIC && (next->flags & MENTION_INSIDE)))
            continue;
        bool far = next->first > end + PARTY_REACH;
        for (uint32_t token = end; token < next->first && !far; token++)    // its subject begins
            far = work_grammar(work, token) & (GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR));
        if (!side || far)
            break;
        end = next->last;
    }
    return end;
}

static void subject_after(const struct work *work, struct candidate_instrument *c, uint32_t last, uint32_t clause_last)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t from = behind_parties(work, c->mention, last);
    for (uint32_t i = c->mention + 1; i < last; i++) {
        const struct mention *next = work_mention(work, i);
        if (next->last <= from)
            continue;
        if (next->first >= clause_last || (next->kind == MENTION_INSTRUMENT && !(next->flags & MENTION_INSIDE) && !is_amended(work, i)))
            break;
        if (!is_topic(next) && !is_named_subject(work, next, m) && !is_agency_subject(work, next))
            continue;
        if (is_topic(next) && qualifies_next(work, i, last))
            break;
        if (trigger_between(work, m->sentence, from, next->first) || !joined(work, from, next->first) || next->first - from > 12)
            break;
        push_topic(work, c, i);
        from = next->last;
    }
}

static void subject_before(const struct work *work, struct candidate_instrument *c, uint32_t first, uint32_t clause_first, uint32_t reach)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t to = m->first;
    if (to > clause_first && to > 0 && (work_grammar(work, to - 1) & GRAMMAR(WHICH)))
        to--;   // "जंगबंदी का जो समझौता": the relative word belongs to the noun
    for (uint32_t i = c->mention; i-- > first;) {
        const struct mention *before = work_mention(work, i);
        if (before->first < clause_first || (before->kind == MENTION_INSTRUMENT && !(before->flags & MENTION_INSIDE)))
            break;
        if (!is_topic(before) && !is_agency_subject(work, before))
            continue;
        if (before->last > to || to - before->last > reach)
            break;
        if (trigger_between(work, m->sentence, before->last, to) || !joined(work, before->last, to))
            break;
        if (reach == 1 && to == m->first && to > before->last && (work_grammar(work, before->last) & GRAMMAR(AND)))
            break;  // "on taxes and another on …": the topic before is another's
        push_topic(work, c, i);
        to = before->first;
    }
}

// "A memorandum between the ministries of culture": with no other subject, the field of those between whom it is.
static void subject_of_organs(const struct work *work, struct candidate_instrument *c, uint32_t last)
{
    const struct mention *m = work_mention(work, c->mention);
    bool between = m->last < work->document->sentences.at[m->sentence].last && (work_grammar(work, m->last) & GRAMMAR(BETWEEN));
    for (uint32_t i = c->mention + 1; between && i < last; i++) {
        const struct mention *next = work_mention(work, i);
        if (next->first > m->last + ORGAN_REACH)
            return;
        bool inside = next->kind == MENTION_TOPIC && next->outer != MENTION_NONE;
        uint16_t organ = inside ? work_organ(work, work_mention(work, next->outer)) : UINT16_MAX;
        if (organ == ORGAN_MINISTRY || (pack_inflects(work_pack(work, m->sentence)) && organ == ORGAN_AGENCY))
            push_topic(work, c, i);
    }
}

// "… the pipeline: an agreement on it was signed": the topic spoken of last before the document.
static void subject_by_pronoun(const struct work *work, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    bool about = m->last + 1 < sentence->last && (work_grammar(work, m->last) & (GRAMMAR(ON) | GRAMMAR(ABOUT)));
    if (!about || !(work_grammar(work, m->last + 1) & GRAMMAR(PRONOUN)))
        return;
    for (uint32_t i = c->mention; i-- > 0 && work_mention(work, i)->sentence + 1 >= m->sentence;)
        if (is_topic(work_mention(work, i)) && !(work_mention(work, i)->flags & MENTION_WEAK)) {
            c->claim.sectors |= topic_sectors(work, i);     // the topic stays free to be promised, too
            return;
        }
}

// "The agreement, under which citizens travel without visas, …": what a relative clause right behind the document speaks of.
static void subject_in_relative(const struct work *work, struct candidate_instrument *c, uint32_t last)
{
    const struct mention *m = work_mention(work, c->mention);
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    uint32_t from = m->last, relative = 0;
    for (uint32_t token = from; token <= from + 3 && token < sentence->last; token++)
        if (work_grammar(work, token) & GRAMMAR(WHICH))
            relative = token;
    bool comma = from < sentence->last && work->document->tokens.at[from].kind == TOKEN_PUNCT;
    if (!relative || !comma || work_pack(work, m->sentence)->config.head != HEAD_INITIAL)
        return;
    for (uint32_t i = c->mention + 1; i < last; i++) {
        const struct mention *next = work_mention(work, i);
        if (next->kind == MENTION_INSTRUMENT && !(next->flags & MENTION_INSIDE))
            return;
        for (uint32_t token = relative + 1; token < next->first && token < sentence->last; token++)
            if (work->document->tokens.at[token].kind == TOKEN_PUNCT)
                return;     // the clause is over
        if (is_topic(next) && !(next->flags & MENTION_WEAK))
            push_topic(work, c, i);
    }
}

// "From the agreement, under the agreement, trade will grow": where a mark makes it means or owner of what follows, that is no subject.
static bool stands_as_means(const struct work *work, const struct mention *m)
{
    const uint64_t marks = GRAMMAR(FROM) | GRAMMAR(WITH) | GRAMMAR(UNDER) | GRAMMAR(BY) | GRAMMAR(OF) | GRAMMAR(OBJECT) | GRAMMAR(AGENT) |
                           GRAMMAR(AFTER) | GRAMMAR(ON);
    return m->last < work->document->sentences.at[m->sentence].last && (work_grammar(work, m->last) & marks);
}

static void find_subject(const struct work *work, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t first, last, clause_first, clause_last;
    work_sentence_mentions(work, m->sentence, &first, &last);
    work_clause(work, m->first, &clause_first, &clause_last);
    for (uint32_t i = first; i < last; i++)  // the noun's own words ("visa agreement" as one name)
        if (work_mention(work, i)->kind == MENTION_TOPIC && work_mention(work, i)->outer == c->mention)
            push_topic(work, c, i);
    if (work_pack(work, m->sentence)->config.head == HEAD_INITIAL) {
        // only an adjective stands before a noun whose genitives follow it
        subject_before(work, c, first, clause_first, pack_inflects(work_pack(work, m->sentence)) ? 0 : 1);
        subject_after(work, c, last, clause_last);
        if (!c->topic_count)
            subject_of_organs(work, c, last);
        if (!c->topic_count)
            subject_by_pronoun(work, c);
        if (!c->topic_count && !c->claim.sectors)
            subject_in_relative(work, c, last);
    } else {
        subject_before(work, c, first, clause_first, 8);
        if (!c->topic_count && m->first <= clause_first + 2 && !stands_as_means(work, m))
            subject_after(work, c, last, clause_last);
    }
    if (c->topic_count) {
        uint32_t a = work_mention(work, c->topics[0])->first, b = 0;
        for (uint32_t i = 0; i < c->topic_count; i++) {
            const struct mention *topic = work_mention(work, c->topics[i]);
            a = topic->first < a ? topic->first : a;
            b = topic->last > b ? topic->last : b;
        }
        c->claim.subject_first = a;
        c->claim.subject_last = b;
    }
    // a weak topic ("cooperation") says nothing beside a named field
    uint64_t strong = 0;
    for (uint32_t i = 0; i < c->topic_count; i++)
        if (!(work_mention(work, c->topics[i])->flags & MENTION_WEAK))
            strong |= topic_sectors(work, c->topics[i]);
    if (strong)
        c->claim.sectors = strong;
}

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

static void find_date(const struct work *work, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t first, last, clause_first, clause_last, best = UINT32_MAX;
    work_sentence_mentions(work, m->sentence, &first, &last);
    work_clause(work, m->first, &clause_first, &clause_last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *date = work_mention(work, i);
        if (date->kind != MENTION_DATE || (date->flags & MENTION_DATELINE) || date->first < clause_first || date->first >= clause_last)
            continue;
        uint32_t far = date->first > m->first ? date->first - m->first : m->first - date->first;
        if (far < best && !date_is_none(date->date)) {
            best = far;
            c->claim.date = date->date;
        }
    }
}

// "The session closed with three memoranda": counted documents under a verb that says a meeting was held came out of it.
static bool came_of_meeting(const struct work *work, uint32_t index)
{
    uint32_t frame = work->document->governed_by[index];
    struct reading meeting = read_meeting(work, frame);
    const struct mention *m = work_mention(work, index);
    uint32_t before = m->first;
    while (before > 0 && (work_grammar(work, before - 1) & GRAMMAR(DETERMINER)))
        before--;
    bool with = before > 0 && work_pack(work, m->sentence)->config.head == HEAD_INITIAL && (work_grammar(work, before - 1) & GRAMMAR(WITH));
    bool title = work_is_title(work, m->sentence) && !with;     // "three papers on the table as the commission closes"
    return (m->count || with) && !title && meeting.value == MEETING_STATUS_HELD &&
           (work->document->frames.at[meeting.frame].flags & FRAME_PAST);
}

// The noun inside a verb that makes a document ("समझौता किया"): VALUE_UNSET if it is none.
static uint8_t status_if_issued(const struct work *work, uint32_t index)
{
    uint32_t frame = work->document->governed_by[index];
    if (frame == FRAME_NONE || work_rule(work, frame)->issues >= VALUE_UNSET)
        return VALUE_UNSET;
    const struct frame *f = &work->document->frames.at[frame];
    const struct mention *m = work_mention(work, index);
    if ((f->flags & (FRAME_NOT | FRAME_IF | FRAME_MAY)) || m->first < f->first || m->last > f->last)
        return VALUE_UNSET;
    return f->flags & (FRAME_FUTURE | FRAME_NONFINITE) ? INSTRUMENT_STATUS_PLANNED : INSTRUMENT_STATUS_SIGNED;
}

// "The Treaty of Friendship of 1984 remains …": named by a year long past and nothing said of its end.
static bool is_of_old(const struct work *work, const struct candidate_instrument *c)
{
    struct date_range published = work->document->published;
    const struct mention *m = work_mention(work, c->mention);
    bool name = work->document->tokens.at[m->first].flags & TOKEN_CAPITAL;
    for (uint8_t i = 0; i < m->parties.count; i++)
        name &= work->world->parties.at[m->parties.at[i]].state;    // a UN convention is the whole world's
    return name && work_pack(work, m->sentence)->config.head == HEAD_INITIAL && !date_is_none(c->claim.date) && !date_is_none(published) &&
           c->claim.date.first.year < published.first.year;
}

// No rule tells the status, but the document has a particular: "under the 2010 agreement on visas" is in force, one with a past date was
// signed, one under a verb in the future is planned.
static void guess_status(const struct work *work, struct candidate_instrument *c, uint32_t flags)
{
    const struct mention *m = work_mention(work, c->mention);
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    struct date_range published = work->document->published;
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL, under = false;
    for (uint32_t step = 1; step <= 3; step++) {
        uint32_t token = final ? m->last + step - 1 : m->first - step;
        if (final ? token < sentence->last : m->first >= sentence->first + step)
            under |= (work_grammar(work, token) & GRAMMAR(UNDER)) != 0;
    }
    bool particular = c->claim.sectors || c->claim.parties.count > 1 || !date_is_none(c->claim.date);
    if (!particular || m->count)
        return;
    bool past = c->claim.parties.count > 1 && !date_is_none(c->claim.date) && !date_is_none(published) &&
                date_day_number(c->claim.date.first) <= date_day_number(published.first);
    if (under)
        c->claim.status = INSTRUMENT_STATUS_IN_FORCE;
    else if (flags & FRAME_FUTURE)
        c->claim.status = INSTRUMENT_STATUS_PLANNED;
    else if (past)
        c->claim.status = INSTRUMENT_STATUS_SIGNED;
    else if (is_of_old(work, c))
        c->claim.status = INSTRUMENT_STATUS_IN_FORCE;
    else
        return;
    c->told = true;
}

// "Under the agreement, tariffs fall": speaks of the document at hand and names no other.
static bool only_refers(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    uint64_t names = GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR) | GRAMMAR(OF) | GRAMMAR(BETWEEN) | GRAMMAR(WITH);
    uint32_t before = m->first;
    if (work_pack(work, m->sentence)->config.head != HEAD_INITIAL || m->parties.count || m->last >= sentence->last)
        return false;
    while (before > sentence->first && (work_grammar(work, before - 1) & GRAMMAR(DETERMINER)))
        before--;
    bool definite = before < m->first && before > sentence->first && (work_grammar(work, before - 1) & GRAMMAR(UNDER));
    return definite && !(work_grammar(work, m->last) & names) && work->document->tokens.at[m->last].kind == TOKEN_PUNCT;
}

// "The cabinet approved a treaty with Japan and one with Kenya": each is between that state and the one whose cabinet it is.
static void take_own_partner(const struct work *work, uint16_t partner, struct party_set *parties)
{
    uint16_t home = work_dateline_state(work);
    if (home == PARTY_NONE || home == partner || !party_set_has(&work->dealing, home))
        return;
    party_set_add(parties, home);
    party_set_add(parties, partner);
}

// "The ministers of culture of X and Y signed a memorandum on cooperation": a subject that names no field is of the field that both have.
static void take_common_field(const struct work *work, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t first, last, holders = 0;
    uint64_t common = 0;
    struct party_set parties = {.count = 0};
    for (uint32_t i = 0; i < c->topic_count; i++)
        if (!(work_mention(work, c->topics[i])->flags & MENTION_WEAK))
            return;
    bool signs = c->frame != FRAME_NONE && work_rule(work, c->frame)->role == ROLE_SIGN;
    if (!signs || !c->topic_count || c->claim.kind == INSTRUMENT_STATEMENT || m->count > 1)
        return;
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *who = work_mention(work, i);
        if (who->kind != MENTION_PERSON || who->entity >= work->document->people.count)
            continue;
        const struct person *person = &work->document->people.at[who->entity];
        common = holders++ ? common & person->portfolio : person->portfolio;
        party_set_add(&parties, person->party);
    }
    if (holders > 1 && parties.count > 1 && common && !(common & (UINT64_C(1) << SECTOR_DIPLOMACY)))
        c->claim.sectors = common;
}

// "They discussed the treaty of 2015": what is talked of and has a date long past is in no preparation.
static bool is_old(const struct work *work, const struct candidate_instrument *c)
{
    struct date_range published = work->document->published;
    bool talked = c->told && c->claim.status == INSTRUMENT_STATUS_PLANNED && c->frame != FRAME_NONE &&
                  work_rule(work, c->frame)->commitment.value == STANCE_DISCUSSED;
    return talked && !date_is_none(c->claim.date) && !date_is_none(published) && c->claim.date.first.year < published.first.year;
}

// "Joint Statement on …", "Communiqué of the third meeting of …" as the headline: the report is the document.
static bool is_own_title(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    return m->code == INSTRUMENT_STATEMENT && work_is_title(work, m->sentence) && m->first == sentence->first &&
           work_pack(work, m->sentence)->config.head == HEAD_INITIAL;
}

// "The Bridgetown Declaration salutes …", "the joint statement": a statement of which the text knows what it says has been made.
static bool is_quoted_statement(const struct work *work, const struct mention *m, uint32_t flags)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    if (m->code != INSTRUMENT_STATEMENT || (m->flags & MENTION_PLURAL) || (flags & (FRAME_FUTURE | FRAME_MAY | FRAME_NOT | FRAME_IF)) ||
        work_pack(work, m->sentence)->config.head != HEAD_INITIAL || pack_inflects(work_pack(work, m->sentence)))
        return false;
    uint32_t before = m->first;
    while (before > sentence->first && !work_grammar(work, before - 1) && (work->document->tokens.at[before - 1].flags & TOKEN_CAPITAL))
        before--;
    return before > sentence->first && (work_grammar(work, before - 1) & GRAMMAR(DETERMINER));
}

// "They spoke of an agreement", "praised the treaty": talk of a document of which nothing particular is told makes none.
static bool only_talked_of(const struct work *work, const struct candidate_instrument *c, uint32_t frame)
{
    if (frame == FRAME_NONE || c->claim.sectors || c->claim.count || c->claim.parties.count > 1 || !date_is_none(c->claim.date))
        return false;
    bool vague = c->claim.kind == INSTRUMENT_AGREEMENT || c->claim.kind == INSTRUMENT_DOCUMENT || c->claim.kind == INSTRUMENT_CONTRACT;
    uint8_t stance = work_rule(work, frame)->commitment.value;
    return vague && (stance == STANCE_DISCUSSED || stance == STANCE_SUPPORTED);
}

// "2. An agreement on …", "– a treaty on …": the sentence is an item of a list, with the document at its head.
static bool heads_item(const struct work *work, const struct mention *m)
{
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    // where heads come last, the document closes its item
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL;
    bool head = final ? m->last + ITEM_TAIL >= sentence->last : m->first <= sentence->first + 4;
    return head && document_opens_item(work->document, m->sentence);
}

static bool from_mention(const struct work *work, uint32_t index, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, index);
    if (m->kind != MENTION_INSTRUMENT || (m->flags & MENTION_INSIDE))
        return false;
    set_fate(work, index, FATE_REFERS);
    if (is_amended(work, index) || only_refers(work, m))
        return false;
    struct reading reading = read_instrument(work, work->document->governed_by[index]);
    set_fate(work, index, FATE_NO_VALUE);
    if (reading.value == CODE_NONE)
        return false;
    bool praised = reading.frame != FRAME_NONE && work_rule(work, reading.frame)->commitment.value == STANCE_SUPPORTED;
    if (m->code == INSTRUMENT_STATEMENT && reading.value == INSTRUMENT_STATUS_IN_FORCE && praised)
        reading.value = INSTRUMENT_STATUS_SIGNED;   // a statement that is welcomed has been made, and is not carried out
    if (reading.value == VALUE_UNSET && came_of_meeting(work, index))
        reading.value = INSTRUMENT_STATUS_SIGNED;
    if (reading.value == VALUE_UNSET)
        reading.value = status_if_issued(work, index);
    bool paper = m->code == INSTRUMENT_AGREEMENT || m->code == INSTRUMENT_MOU || m->code == INSTRUMENT_DOCUMENT;
    bool irreal = (reading.flags & (FRAME_FUTURE | FRAME_MAY | FRAME_NOT | FRAME_IF)) || work_is_title(work, m->sentence);
    if (reading.value == VALUE_UNSET && m->count > 1 && paper && !irreal && work_pack(work, m->sentence)->config.head == HEAD_INITIAL)
        reading.value = INSTRUMENT_STATUS_SIGNED;   // who counts documents has them: "eighteen accords were laid on the table"
    if (reading.value == VALUE_UNSET && (is_own_title(work, m) || is_quoted_statement(work, m, reading.flags)))
        reading.value = INSTRUMENT_STATUS_SIGNED;
    *c = (struct candidate_instrument){
        .claim = {.kind = (uint8_t)m->code, .status = reading.value, .count = m->count, .meeting = CLAIM_NONE},
        .frame = reading.frame,
        .mention = index,
        .plural = m->flags & MENTION_PLURAL,
        .told = reading.value < VALUE_UNSET,
        .fresh = m->flags & MENTION_ANOTHER,
        .headline = work_is_title(work, m->sentence),
        .another = m->lexeme != UINT32_MAX && work_pack(work, m->sentence)->lexemes.at[m->lexeme].value == INSTRUMENT_SAME,
    };
    if (m->parties.count > 1)
        c->claim.parties = m->parties;
    else if (m->parties.count == 1 && (work->dealing.count > 2 || !party_set_has(&work->dealing, m->parties.at[0])))
        take_own_partner(work, m->parties.at[0], &c->claim.parties);
    find_subject(work, c);
    find_amounts(work, c);
    find_date(work, c);
    take_common_field(work, c);
    if (is_old(work, c))
        c->claim.status = INSTRUMENT_STATUS_SIGNED;
    if (!c->told)
        guess_status(work, c, reading.flags);
    if (only_talked_of(work, c, reading.frame))
        return false;
    // else it says nothing
    return c->told || c->claim.sectors || c->claim.count || !date_is_none(c->claim.date) || heads_item(work, m);
}

// What was approved, or came into force, had been signed before: one document with two dates.
static bool is_approval(const struct candidate_instrument *a, const struct candidate_instrument *b)
{
    bool later = a->claim.status == INSTRUMENT_STATUS_APPROVED || a->claim.status == INSTRUMENT_STATUS_IN_FORCE;
    return later && b->claim.status == INSTRUMENT_STATUS_SIGNED && a->told && b->told;
}

static bool differs(const struct candidate_instrument *a, const struct candidate_instrument *b)
{
    uint64_t x = a->claim.sectors, y = b->claim.sectors;
    if (x && y && !(x & y))
        return true;
    if (a->claim.parties.count > 1 && b->claim.parties.count > 1 && !party_set_within(&a->claim.parties, &b->claim.parties) &&
        !party_set_within(&b->claim.parties, &a->claim.parties))
        return true;
    if (is_approval(a, b) || is_approval(b, a))
        return false;
    return !date_is_none(a->claim.date) && !date_is_none(b->claim.date) && !date_overlaps(a->claim.date, b->claim.date);
}

static bool is_generic(const struct candidate_instrument *c)
{
    return !c->claim.sectors && (c->claim.kind == INSTRUMENT_DOCUMENT || c->claim.kind == INSTRUMENT_AGREEMENT || c->plural);
}

static bool is_vague(const struct candidate_instrument *c)
{
    return c->claim.kind == INSTRUMENT_DOCUMENT || c->claim.kind == INSTRUMENT_AGREEMENT;
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
static bool bare_number(const struct work *work, const struct candidate_instrument *c)
{
    if (c->mention == MENTION_NONE || c->claim.kind != INSTRUMENT_DOCUMENT || !c->plural || c->claim.count)
        return false;
    const struct mention *m = work_mention(work, c->mention);
    bool initial = work_pack(work, m->sentence)->config.head == HEAD_INITIAL && !pack_inflects(work_pack(work, m->sentence));
    bool inner = initial && m->first > work->document->sentences.at[m->sentence].first;
    return inner && (work_grammar(work, m->first - 1) & GRAMMAR(DETERMINER));
}

static struct candidate_instrument *find_same(const struct work *work, instrument_vec *all, const struct candidate_instrument *c)
{
    for (uint32_t i = all->count; i-- > 0;) {
        struct candidate_instrument *old = &all->at[i];
        bool counts_differ = old->claim.count && c->claim.count && old->claim.count != c->claim.count;
        // "have signed 38 agreements … an agreement on water is to be signed"; "fourteen documents, among them a treaty"
        bool ahead = c->claim.status == INSTRUMENT_STATUS_PLANNED || c->claim.status == INSTRUMENT_STATUS_PROPOSED;
        bool another = old->told && c->told && ahead && c->claim.sectors && !old->claim.sectors && old->claim.count > 1 &&
                       c->claim.count != old->claim.count;
        bool bare = c->claim.kind == INSTRUMENT_DOCUMENT && !c->claim.sectors;     // "the documents" of a language whose plural looks alike
        bool part = c->told && !c->plural && !bare && c->claim.count <= 1 && old->plural && old->claim.count > 1;
        bool same_papers = bare_number(work, c) && old->plural && old->told && !old->claim.sectors;
        if (same_papers && !counts_differ && !differs(old, c))
            return old;     // "will sign three memoranda … the texts, on standards and media"
        // "a protocol and four papers"
        bool further = c->told && c->claim.count > 1 && is_vague(c) && !old->plural && old->claim.kind != c->claim.kind;
        // "a declaration and a number of other documents"
        bool named = !old->plural && old->claim.kind != INSTRUMENT_DOCUMENT;
        bool rest = c->told && c->plural && c->claim.kind == INSTRUMENT_DOCUMENT && named && in_one_sentence(work, old, c);
        // a headline names one of several that the text counts
        bool counted = c->told && c->claim.count > 1 && !c->claim.sectors && old->claim.sectors && !old->plural && old->claim.count <= 1;
        // "updated the roadmap and initialled an agreement"
        bool beside = c->told && old->told && c->claim.kind == INSTRUMENT_AGREEMENT && old->claim.kind != INSTRUMENT_AGREEMENT &&
                      old->claim.kind != INSTRUMENT_DOCUMENT && !c->plural && !old->plural && in_one_sentence(work, old, c) &&
                      work->document->governed_by[c->mention] != work->document->governed_by[old->mention];
        if (another || part || further || rest || beside || c->fresh || counted || (old->item && c->item))
            continue;
        bool these = c->plural && !c->claim.sectors && old->plural && is_vague(old);    // "two arrangements … both memoranda"
        if ((old->claim.kind == c->claim.kind || these) && !differs(old, c) && !counts_differ)
            return old;
        if (is_headline_for(old, c) && !counts_differ && !differs(old, c))
            return old;
        if (is_generic(c) && !counts_differ && !differs(old, c) && (c->told ? old->told : true))
            return old;
        if (is_generic(old) && old->plural && !counts_differ && !differs(old, c) && (c->plural || c->claim.count > 1))
            return old;
    }
    return NULL;
}

static uint8_t later_status(uint8_t a, uint8_t b)
{
    static const uint8_t rank[INSTRUMENT_STATUS_COUNT] = {
        [INSTRUMENT_STATUS_PROPOSED] = 0, [INSTRUMENT_STATUS_PLANNED] = 1,  [INSTRUMENT_STATUS_AGREED] = 2, [INSTRUMENT_STATUS_SIGNED] = 3,
        [INSTRUMENT_STATUS_APPROVED] = 4, [INSTRUMENT_STATUS_IN_FORCE] = 5, [INSTRUMENT_STATUS_ENDED] = 6,
    };
    if (a >= INSTRUMENT_STATUS_COUNT || b >= INSTRUMENT_STATUS_COUNT)
        return a >= INSTRUMENT_STATUS_COUNT ? b : a;
    return rank[a] >= rank[b] ? a : b;
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

static void join(const struct work *work, struct candidate_instrument *old, const struct candidate_instrument *c)
{
    bool these = c->plural && old->plural && !c->claim.sectors;
    bool titled = old->mention != MENTION_NONE && work_is_title(work, work_mention(work, old->mention)->sentence);
    bool again = these || (is_generic(c) && c->told && old->plural);
    if (again && titled && c->mention != MENTION_NONE)
        old->mention = c->mention;      // what is named out of a number stands near the text's words, not the headline's
    if (is_vague(old) && (is_generic(old) || these || is_headline_for(old, c)) && c->claim.kind != INSTRUMENT_DOCUMENT)
        old->claim.kind = c->claim.kind;
    old->claim.status = later_status(old->claim.status, c->claim.status);
    old->told |= c->told;
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
    old->claim.sectors |= c->claim.sectors;
    for (uint32_t i = 0; i < c->claim.amounts.count && old->claim.amounts.count < AMOUNTS_A_CLAIM; i++)
        vec_push(work->document->arena, &old->claim.amounts, c->claim.amounts.at[i]);
    if (date_is_none(old->claim.date))
        old->claim.date = c->claim.date;
    party_set_add_all(&old->claim.parties, &c->claim.parties);
    note_sources(work, old, c);
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

// "Four documents, among them a protocol on rice and a plan for tourism": those that are named leave the rest of the number, if any.
static void take_named_out(const struct work *work, instrument_vec *all)
{
    for (uint32_t i = 0; i < all->count; i++)       // "two treaties, one on taxes and another on …": one is left to the first
        for (uint32_t k = i; all->at[i].another && k-- > 0;)
            if (all->at[k].plural && all->at[k].claim.count > 1 && all->at[k].claim.sectors) {
                all->at[k].claim.count--;
                break;
            }
    for (uint32_t i = 0; i < all->count; i++) {
        struct candidate_instrument *whole = &all->at[i];
        uint32_t named = 0;
        if (!is_generic(whole) || !whole->plural)
            continue;
        bool vague = is_vague(whole);
        for (uint32_t k = 0; k < all->count && (vague || whole->claim.sectors == 0); k++) {
            const struct candidate_instrument *part = &all->at[k];
            bool titled = part->mention != MENTION_NONE && work_is_title(work, work_mention(work, part->mention)->sentence);
            if (k == i || (k < i && !(titled && part->claim.sectors)))
                continue;
            named += part->claim.count > 1 && part->claim.count < whole->claim.count ? part->claim.count - 1 : 0;
            named += part->told && !part->plural && part->claim.status == whole->claim.status && are_near(work, whole, part) &&
                     (vague || part->claim.kind == whole->claim.kind);
        }
        if (named && named >= whole->claim.count)
            whole->told = false;
        else if (named)
            whole->claim.count -= named;
    }
}

// As many single topics as documents, or a plural of which no number is told: one document a topic.
static bool is_split(const struct work *work, const struct candidate_instrument *c, uint32_t *parts, uint32_t *ret_count)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < c->topic_count; i++) {
        const struct mention *m = work_mention(work, c->topics[i]);
        bool known = m->flags & MENTION_WEAK;
        for (uint32_t k = 0; k < count; k++)
            known |= work_mention(work, parts[k])->code == m->code;
        if (!known)
            parts[count++] = c->topics[i];
    }
    const struct mention *m = c->mention == MENTION_NONE ? NULL : work_mention(work, c->mention);
    bool each = m && count > 1 && !c->claim.count && ((m->flags & MENTION_EACH) || (c->plural && (m->flags & MENTION_PLURAL)));
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

// "Seven documents were exchanged, among which are a protocol on sport and …": what the relative clause names shares the total's state.
static void inherit_status(const struct work *work, const instrument_vec *all, const uint32_t *place, uint32_t index,
                           struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, index);
    uint32_t clause_first, clause_last;
    work_clause(work, m->first, &clause_first, &clause_last);
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL, among = false;
    for (uint32_t token = clause_first; token < m->first && token < clause_first + (final ? AMONG_REACH : 1); token++)
        among |= (work_grammar(work, token) & (GRAMMAR(WHICH) | GRAMMAR(INCLUDING))) != 0;
    if (!among)
        return;
    // "They signed ten papers. Among them are …": the number may stand in the sentence before
    uint32_t opens = clause_first == work->document->sentences.at[m->sentence].first && m->sentence > 0;
    for (uint32_t i = index; i-- > 0 && work_mention(work, i)->sentence + opens >= m->sentence;) {
        const struct candidate_instrument *whole = place[i] == NOT_ONE ? NULL : &all->at[place[i]];
        if (!whole || !whole->told || !whole->plural || work_mention(work, i)->last > clause_first)
            continue;
        c->claim.status = whole->claim.status;
        c->told = true;
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
static void inherit_over_colon(const struct work *work, const instrument_vec *all, const uint32_t *place, uint32_t index,
                               struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, index);
    uint32_t colon = colon_before(work, m->first);
    bool own = c->frame != FRAME_NONE && work->document->frames.at[c->frame].first > colon;
    if (colon == UINT32_MAX || own || work_pack(work, m->sentence)->config.head != HEAD_INITIAL)
        return;
    for (uint32_t i = index; i-- > 0 && work_mention(work, i)->sentence == m->sentence;) {
        const struct candidate_instrument *whole = place[i] == NOT_ONE ? NULL : &all->at[place[i]];
        if (!whole || !whole->told || !whole->plural || work_mention(work, i)->last > colon)
            continue;
        c->claim.status = whole->claim.status;
        c->told = true;
        return;
    }
}

// The documents of a list are what its lead says of them ("Signed were: …"); each item takes it from the one before.
static void inherit_from_list(const struct work *work, const instrument_vec *all, const uint32_t *place, uint32_t index,
                              struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, index);
    if (!heads_item(work, m))
        return;
    for (uint32_t i = index; i-- > 0 && work_mention(work, i)->sentence + ITEM_REACH >= m->sentence;) {
        const struct candidate_instrument *before = place[i] == NOT_ONE ? NULL : &all->at[place[i]];
        if (!before || !before->told || work_mention(work, i)->sentence == m->sentence)
            continue;
        if (!before->plural && !heads_item(work, work_mention(work, i)))
            return;
        c->claim.status = before->claim.status;
        c->told = true;
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
static void inherit_from_lead(const struct work *work, const instrument_vec *all, const uint32_t *place, uint32_t index,
                              struct candidate_instrument *c)
{
    const struct document *document = work->document;
    uint32_t sentence = work_mention(work, index)->sentence, first, last;
    for (uint32_t steps = 0; steps < LEAD_REACH; steps++, sentence--) {
        uint32_t end = document->sentences.at[sentence].last;
        bool lead = steps && end && slice_is(document_fold(document, end - 1), ":");
        if (lead || !sentence)
            break;
        if (tells_of_documents(work, sentence))
            return;     // an item with a verb of its own, or other text
    }
    work_sentence_mentions(work, sentence, &first, &last);
    for (uint32_t i = first; i < last && i < index; i++) {
        const struct candidate_instrument *whole = place[i] == NOT_ONE ? NULL : &all->at[place[i]];
        if (!whole || !whole->told || !(whole->plural || whole->claim.kind == INSTRUMENT_DOCUMENT))
            continue;
        c->claim.status = whole->claim.status;
        c->told = true;
        return;
    }
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
            push_topic(work, c, i);
    }
    return true;
}

// Returns the instrument's place in `all`, NOT_ONE if there is no room.
static uint32_t collect(const struct work *work, instrument_vec *all, const struct candidate_instrument *c)
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

// A pronoun or a number stands where the subject of the frame should: "most of them", "one of them", "two".
static bool refers_back(const struct work *work, const struct frame *frame)
{
    for (uint32_t token = frame->clause_first; token < frame->first; token++)
        if (work_grammar(work, token) & (GRAMMAR(PRONOUN) | GRAMMAR(DETERMINER)))
            return true;
    return false;
}

// The document that stands before the trigger as its subject; a bare "the documents" is the last ones spoken of.
static struct candidate_instrument *concerned(const struct work *work, instrument_vec *all, const uint32_t *place,
                                              const struct frame *frame)
{
    uint32_t first, last, subject = MENTION_NONE;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_INSTRUMENT && m->first >= frame->clause_first && m->last <= frame->first)
            subject = i;
    }
    bool relative = false;      // "three memoranda, which cover …": those before the relative clause
    uint32_t opening = frame->clause_first > 0 ? frame->clause_first - 1 : 0;
    for (uint32_t token = opening; token < frame->first && token < opening + 4; token++)
        relative |= (work_grammar(work, token) & GRAMMAR(WHICH)) != 0;
    for (uint32_t i = last; relative && subject == MENTION_NONE && i-- > first;)
        if (work_mention(work, i)->last <= frame->clause_first && work_mention(work, i)->kind == MENTION_INSTRUMENT && place[i] != NOT_ONE)
            return &all->at[place[i]];
    for (uint32_t i = first; subject == MENTION_NONE && i < last; i++) {    // "Most of them concern …": those of the sentence before
        const struct mention *m = work_mention(work, i);
        if ((m->kind == MENTION_MEETING || m->kind == MENTION_BODY) && m->first < frame->first)
            return NULL;
    }
    for (uint32_t i = first; subject == MENTION_NONE && i-- > 0 && work_mention(work, i)->sentence + 1 == frame->sentence;)
        if (place[i] != NOT_ONE && all->at[place[i]].told && refers_back(work, frame))
            return &all->at[place[i]];
    if (subject == MENTION_NONE)
        return NULL;
    if (place[subject] != NOT_ONE)
        return &all->at[place[subject]];
    for (uint32_t i = subject; i-- > 0;)
        if (place[i] != NOT_ONE && all->at[place[i]].told)
            return &all->at[place[i]];
    return NULL;
}

// "The text is ready, and it will be signed in May": a verb that governs a pronoun tells of the document spoken of last.
static void tell_by_pronoun(const struct work *work, instrument_vec *all, const uint32_t *place)
{
    for (uint32_t f = 0; f < work->document->frames.count; f++) {
        const struct frame *frame = &work->document->frames.at[f];
        struct reading reading = read_instrument(work, f);
        bool final = work_pack(work, frame->sentence)->config.head == HEAD_FINAL, pronoun = false, own = false;
        if (!final || reading.frame != f || reading.value >= VALUE_UNSET || (frame->flags & FRAME_NOUN))
            continue;
        for (uint32_t token = frame->clause_first; token < frame->first && token < frame->clause_first + PRONOUN_REACH; token++)
            pronoun |= (work_grammar(work, token) & GRAMMAR(PRONOUN)) && token + 1 < frame->last &&
                       (work_grammar(work, token + 1) & (GRAMMAR(ON) | GRAMMAR(OF) | GRAMMAR(OBJECT)));
        uint32_t first, last, found = MENTION_NONE;
        work_sentence_mentions(work, frame->sentence, &first, &last);
        for (uint32_t i = first; i < last; i++) {
            const struct mention *m = work_mention(work, i);
            own |= m->kind == MENTION_INSTRUMENT && m->first >= frame->clause_first && m->first < frame->clause_last;
        }
        for (uint32_t i = last; pronoun && !own && found == MENTION_NONE && i-- > 0;) {
            const struct mention *m = work_mention(work, i);
            if (m->sentence + 1 < frame->sentence)
                break;
            if (m->kind == MENTION_INSTRUMENT && m->last <= frame->clause_first && place[i] != NOT_ONE)
                found = i;
        }
        if (found == MENTION_NONE)
            continue;
        struct candidate_instrument *c = &all->at[place[found]];
        c->claim.status = c->told ? later_status(c->claim.status, reading.value) : reading.value;
        c->told = true;
        add_rule_reason(work, &c->claim.reasons, f);
    }
}

// "The memoranda cover customs and tourism": what the verb governs is their subject.
static void take_concerns(const struct work *work, instrument_vec *all, const uint32_t *place)
{
    for (uint32_t f = 0; f < work->document->frames.count; f++) {
        const struct frame *frame = &work->document->frames.at[f];
        if (work_rule(work, f)->role != ROLE_CONCERN || (frame->flags & FRAME_NOT))
            continue;
        struct candidate_instrument *of = concerned(work, all, place, frame);
        uint32_t first, last;
        work_sentence_mentions(work, frame->sentence, &first, &last);
        for (uint32_t i = first; of && i < last; i++) {
            const struct mention *m = work_mention(work, i);
            if (!is_topic(m) || work->document->governed_by[i] != f || (m->flags & MENTION_WEAK))
                continue;
            push_topic(work, of, i);
            add_evidence(work, &of->claim.evidence, m->first, m->last);
            of->claim.subject_first = of->claim.subject_last ? of->claim.subject_first : m->first;
            of->claim.subject_last = m->last;
        }
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
        bool said = from_mention(work, i, &c);
        if (said && !c.told)
            inherit_status(work, all, place, i, &c);
        if (said && !c.told)
            inherit_from_lead(work, all, place, i, &c);
        if (said)
            inherit_over_colon(work, all, place, i, &c);
        c.item = said && heads_item(work, work_mention(work, i));
        if (said && !c.told)
            inherit_from_list(work, all, place, i, &c);
        place[i] = said ? collect(work, all, &c) : NOT_ONE;
    }
    for (uint32_t i = 0; i < document->frames.count; i++)
        if (from_frame(work, i, &c))
            collect(work, all, &c);
    tell_by_pronoun(work, all, place);
    take_concerns(work, all, place);
    take_named_out(work, all);
    for (uint32_t i = 0; i < all->count; i++)
        if (all->at[i].told)
            emit(work, &all->at[i]);
}
