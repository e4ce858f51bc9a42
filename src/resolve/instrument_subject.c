// SPDX-License-Identifier: MIT
// What a document is about.
//
// In a head-initial language the subject follows the noun ("agreement on visas and on tourism") or stands right before it ("visa
// agreement"); in a head-final one it precedes the noun back to the clause's begin or the instrument before. Without a subject of its own a
// document has the field of the ministries between which it is, of the topic that its pronoun stands for, or of the relative clause behind
// it. Topics of a subject are consumed: they are no commitments.
#include "resolve/instrument.h"

#define PARTY_REACH 6       // tokens between one of those between whom a document is and the next
#define ORGAN_REACH 6       // tokens behind a document in which the ministries between which it is stand
#define TOPIC_REACH 12      // tokens between a noun, or a topic of its subject, and the next topic behind it
#define LEADING_REACH 8     // … and before it, where heads come last

// A topic that stands for several fields ("economic partnership": trade, investment) makes a document one of its main field.
// What an organ is for by its own words ("customs service"), 0 if they do not tell or it is none.
static uint64_t organ_fields(const struct work *work, const struct mention *m)
{
    return work_organ(work, m) == UINT16_MAX ? 0 : work_pack(work, m->sentence)->lexemes.at[m->lexeme].classes;
}

// Of a topic, or of an organ that stands for one.
static uint64_t topic_sectors(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    return m->kind == MENTION_ORGAN ? organ_fields(work, m) : UINT64_C(1) << m->code;
}

bool is_topic(const struct mention *m)
{
    return m->kind == MENTION_TOPIC && !(m->flags & MENTION_INSIDE);
}

// "memoranda on standards, the anti-monopoly regulator and media": the field of an agency stands for the subject.
static bool is_agency_subject(const struct work *work, const struct mention *m, const struct mention *instrument)
{
    if (m->kind == MENTION_ORGAN)   // "cooperation of the customs services"
        return m->code == ORGAN_AGENCY && m->first >= instrument->last && m->first <= instrument->last + 1 && organ_fields(work, m);
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
    const uint64_t opens = GRAMMAR(AND) | GRAMMAR(DETERMINER) | GRAMMAR(PRONOUN) | GRAMMAR(ON) | GRAMMAR(ABOUT);    // "on buying arms"
    uint64_t before = frame->verb_first > 0 ? work_grammar(work, frame->verb_first - 1) : 0;
    if (pack_inflects(work_pack(work, frame->sentence)) && (before & GRAMMAR(AND)))
        return false;   // where an infinitive needs no mark: "to sign a treaty on visas and open a border post"
    return (frame->flags & FRAME_NONFINITE) && frame->verb_first > 0 &&
           !(work_grammar(work, frame->verb_first - 1) & ~opens);
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
        // where verbs come last, one with a mark of topic behind it is part of the subject: "on a venture's founding accord"
        uint64_t topic = GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR);
        bool noun = (frame->flags & (FRAME_NOUN | FRAME_NONFINITE)) && work_rule(work, i)->instrument.value >= VALUE_UNSET;
        if (!initial && !endings && noun && frame->last < to && (work_grammar(work, frame->last) & topic))
            continue;
        if (frame->first >= from && frame->last <= to && !(initial && frame->first > from && opens_subject(work, frame)))
            return true;
    }
    return false;
}

void add_topic(const struct work *work, struct candidate_instrument *c, uint32_t index)
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

static bool and_between(const struct work *work, uint32_t from, uint32_t to)
{
    bool found = false;
    for (uint32_t token = from; token < to; token++)
        found |= (work_grammar(work, token) & GRAMMAR(AND)) != 0;
    return found;
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
bool is_amended(const struct work *work, uint32_t index)
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

// Where endings tell the case, a comma right behind "documents" closes the phrase, unless a word that opens a subject follows: "…, among
// them on".
static bool closes_behind(const struct work *work, const struct mention *m, uint32_t from)
{
    const uint64_t opens = GRAMMAR(ON) | GRAMMAR(ABOUT) | GRAMMAR(FOR) | GRAMMAR(INCLUDING) | GRAMMAR(WHICH) | GRAMMAR(AMONG) |
                           GRAMMAR(AND);
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    if (m->code != INSTRUMENT_DOCUMENT || !pack_inflects(work_pack(work, m->sentence)))
        return false;
    if (from + 1 >= sentence->last || !slice_is(document_fold(work->document, from), ","))
        return false;
    uint32_t first, last;
    work_sentence_frames(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)     // "…, touching upon trade", "…, signed in May on trade"
        if (work->document->frames.at[i].first > from && work->document->frames.at[i].first <= from + 2)
            return false;
    return !(work_grammar(work, from + 1) & opens);
}

static void subject_after(const struct work *work, struct candidate_instrument *c, uint32_t last, uint32_t clause_last)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t from = behind_parties(work, c->mention, last), before = c->topic_count;
    if (closes_behind(work, m, from))
        return;
    for (uint32_t i = c->mention + 1; i < last; i++) {
        const struct mention *next = work_mention(work, i);
        if (next->last <= from)
            continue;
        if (next->first >= clause_last || (next->kind == MENTION_INSTRUMENT && !(next->flags & MENTION_INSIDE) && !is_amended(work, i)))
            break;
        if (!is_topic(next) && !is_named_subject(work, next, m) && !is_agency_subject(work, next, m))
            continue;
        if (is_topic(next) && qualifies_next(work, i, last))
            break;
        bool comma = from < next->first && slice_is(document_fold(work->document, from), ",");
        if (before && before == c->topic_count && (and_between(work, from, next->first) || (comma && work_is_title(work, m->sentence))))
            break;  // "a visa agreement with Peru, and health insurance", "a trade deal, eye flights": it has a subject in front
        if (trigger_between(work, m->sentence, from, next->first) || !joined(work, from, next->first) || next->first - from > TOPIC_REACH)
            break;
        add_topic(work, c, i);
        from = next->last;
    }
}

// Where heads come last, a colon parts what stands before the document from its words: "rain in the north: X and Y sign pact".
static bool parted_by_colon(const struct work *work, uint32_t sentence, uint32_t from, uint32_t to)
{
    bool parted = false;
    for (uint32_t token = from; token < to && work_pack(work, sentence)->config.head == HEAD_FINAL; token++)
        parted |= work->document->tokens.at[token].kind == TOKEN_PUNCT && slice_is(document_fold(work->document, token), ":");
    return parted;
}

// Where heads come last, a participle right before the document and its number describes it ("the on-tourism-prepared two accords"): the
// first token of that; else the document's.
static uint32_t before_participle(const struct work *work, const struct mention *m)
{
    uint32_t first, last, at = m->first;
    if (work_pack(work, m->sentence)->config.head != HEAD_FINAL)
        return at;
    work_sentence_frames(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct frame *frame = &work->document->frames.at[i];
        bool participle = (frame->flags & (FRAME_NOUN | FRAME_PAST | FRAME_NONFINITE)) && !(frame->flags & FRAME_NOT);
        bool number = frame->verb_last + 1 == m->first && m->count > 1;
        if (participle && (frame->verb_last == m->first || number) && frame->first < at && frame->last <= m->first)
            at = frame->first;
    }
    return at;
}

static void subject_before(const struct work *work, struct candidate_instrument *c, uint32_t first, uint32_t clause_first, uint32_t reach)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t to = before_participle(work, m);
    if (to > clause_first && to > 0 && (work_grammar(work, to - 1) & GRAMMAR(WHICH)))
        to--;   // "the truce's which accord …": the relative word belongs to the noun
    for (uint32_t i = c->mention; i-- > first;) {
        const struct mention *before = work_mention(work, i);
        if (before->first < clause_first || (before->kind == MENTION_INSTRUMENT && !(before->flags & MENTION_INSIDE)))
            break;
        if (!is_topic(before) && !is_agency_subject(work, before, m))
            continue;
        if (before->last > to || to - before->last > reach || parted_by_colon(work, m->sentence, before->last, to))
            break;
        if (trigger_between(work, m->sentence, before->last, to) || !joined(work, before->last, to))
            break;
        if (reach == 1 && to == m->first && to > before->last && (work_grammar(work, before->last) & GRAMMAR(AND)))
            break;  // "on taxes and another on …": the topic before is another's
        add_topic(work, c, i);
        to = before->first;
    }
}

// What organs of this class do is what a document of theirs is about, which names no other subject.
static bool stands_for_field(const struct work *work, const struct mention *document, uint16_t organ)
{
    bool inflects = pack_inflects(work_pack(work, document->sentence));
    return organ == ORGAN_MINISTRY || (inflects && (organ == ORGAN_AGENCY || organ == ORGAN_COURT || organ == ORGAN_PARLIAMENT));
}

// "A memorandum between the ministries of culture": with no other subject, the field of those between whom it is.
static void subject_of_organs(const struct work *work, struct candidate_instrument *c, uint32_t last)
{
    const struct mention *m = work_mention(work, c->mention);
    bool between = m->last < work->document->sentences.at[m->sentence].last && (work_grammar(work, m->last) & GRAMMAR(BETWEEN));
    // where endings say "of", the ministries may stand right behind: "the programme of the ministries of defence of X and Y"
    for (uint32_t i = c->mention + 1; pack_inflects(work_pack(work, m->sentence)) && i < last && !between; i++)
        between = work_mention(work, i)->kind == MENTION_ORGAN && work_mention(work, i)->first == m->last;
    for (uint32_t i = c->mention + 1; between && i < last; i++) {
        const struct mention *next = work_mention(work, i);
        if (next->first > m->last + ORGAN_REACH)
            return;
        bool inside = next->kind == MENTION_TOPIC && next->outer != MENTION_NONE, self = organ_fields(work, next) != 0;
        uint16_t organ = inside ? work_organ(work, work_mention(work, next->outer)) : self ? next->code : UINT16_MAX;
        if (stands_for_field(work, m, organ))
            add_topic(work, c, i);
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
    if (!relative || !comma || m->code == INSTRUMENT_STATEMENT || work_pack(work, m->sentence)->config.head != HEAD_INITIAL)
        return;
    for (uint32_t i = c->mention + 1; i < last; i++) {
        const struct mention *next = work_mention(work, i);
        if (next->kind == MENTION_INSTRUMENT && !(next->flags & MENTION_INSIDE))
            return;
        for (uint32_t token = relative + 1; token < next->first && token < sentence->last; token++)
            if (work->document->tokens.at[token].kind == TOKEN_PUNCT)
                return;     // the clause is over
        if (is_topic(next) && !(next->flags & MENTION_WEAK))
            add_topic(work, c, i);
    }
}

// "A memorandum on political consultations": consultations between ministries, named and without a field, are of diplomacy.
static void subject_of_consultations(const struct work *work, struct candidate_instrument *c, uint32_t last)
{
    const struct mention *m = work_mention(work, c->mention);
    for (uint32_t i = c->mention + 1; i < last && work_mention(work, i)->first <= m->last + 2; i++) {
        const struct mention *next = work_mention(work, i);
        bool talks = next->kind == MENTION_BODY || next->kind == MENTION_MEETING;
        bool about = m->last < next->first && (work_grammar(work, m->last) & (GRAMMAR(ON) | GRAMMAR(ABOUT)));
        if (talks && about && next->code == MEETING_CONSULTATIONS)
            c->claim.sectors |= UINT64_C(1) << SECTOR_DIPLOMACY;
    }
}

// "From the agreement, under the agreement, trade will grow": where a mark makes it means or owner of what follows, that is no subject.
static bool stands_as_means(const struct work *work, const struct mention *m)
{
    const uint64_t marks = GRAMMAR(FROM) | GRAMMAR(WITH) | GRAMMAR(UNDER) | GRAMMAR(BY) | GRAMMAR(OF) | GRAMMAR(OBJECT) | GRAMMAR(AGENT) |
                           GRAMMAR(AFTER) | GRAMMAR(ON);
    return m->last < work->document->sentences.at[m->sentence].last && (work_grammar(work, m->last) & marks);
}

// Another document follows in the clause: what stands between is that one's, where subjects stand in front.
static bool document_follows(const struct work *work, uint32_t index, uint32_t last, uint32_t clause_last)
{
    for (uint32_t i = index + 1; i < last && work_mention(work, i)->first < clause_last; i++)
        if (work_mention(work, i)->kind == MENTION_INSTRUMENT && !(work_mention(work, i)->flags & MENTION_INSIDE))
            return true;
    return false;
}

// Where verbs come last, what each of a number is on may be told behind the verb: "three papers were signed: on sport, trade and fish",
// "two treaties were signed, one on sport and one on fish". As many fields as documents must stand there, and no other verb or document.
static void subject_behind_verb(const struct work *work, struct candidate_instrument *c, uint32_t last)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t frame = work->document->governed_by[c->mention], topics[TOPICS_A_SUBJECT], first_frame, last_frame;
    if (m->count < 2 || frame == FRAME_NONE || work->document->frames.at[frame].first < m->last)
        return;
    uint32_t from = work->document->frames.at[frame].verb_last;
    work_sentence_frames(work, m->sentence, &first_frame, &last_frame);
    for (uint32_t i = first_frame; i < last_frame; i++)
        if (work->document->frames.at[i].first >= from)
            return;
    for (uint32_t i = c->mention + 1; i < last; i++) {
        const struct mention *next = work_mention(work, i);
        if (next->kind == MENTION_INSTRUMENT && next->first >= from)
            c->topic_count = TOPICS_A_SUBJECT;
        else if (is_topic(next) && next->first >= from)
            add_topic(work, c, i);
    }
    if (c->topic_count < TOPICS_A_SUBJECT && distinct_topics(work, c, topics) == m->count)
        return;
    c->topic_count = 0;
    c->claim.sectors = 0;
}

// From the topics found: the tokens they span and their fields. A weak topic ("cooperation") says nothing beside a named field, nor a means
// ("technology") beside the field of its noun group.
static void settle_subject(const struct work *work, struct candidate_instrument *c)
{
    uint64_t strong = 0;
    for (uint32_t i = 0; i < c->topic_count; i++) {
        const struct mention *topic = work_mention(work, c->topics[i]);
        if (!i || topic->first < c->claim.subject_first)
            c->claim.subject_first = topic->first;
        if (topic->last > c->claim.subject_last)
            c->claim.subject_last = topic->last;
        if (!(topic->flags & MENTION_WEAK) && !is_outdone_in_group(work, c->topics[i]))
            strong |= topic_sectors(work, c->topics[i]);
    }
    if (strong)
        c->claim.sectors = strong;
}

// The noun's own words ("visa agreement" as one name). Relations as a whole ("programme of strategic partnership") are the subject only of
// a document that names no field beside them.
static void subject_within(const struct work *work, struct candidate_instrument *c, uint32_t first, uint32_t last, bool relations)
{
    for (uint32_t i = first; i < last; i++) {
        const struct mention *topic = work_mention(work, i);
        if (topic->kind == MENTION_TOPIC && topic->outer == c->mention && (topic->code == SECTOR_RELATIONS) == relations)
            add_topic(work, c, i);
    }
}

void find_subject(const struct work *work, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t first, last, clause_first, clause_last;
    work_sentence_mentions(work, m->sentence, &first, &last);
    work_clause(work, m->first, &clause_first, &clause_last);
    subject_within(work, c, first, last, false);
    bool initial = work_pack(work, m->sentence)->config.head == HEAD_INITIAL;
    // "thirteen on energy and two on fish", "the scholarship programme for students"
    if ((m->flags & MENTION_PART) || (c->topic_count && initial))
        subject_after(work, c, last, clause_last);
    if (c->topic_count) {
        settle_subject(work, c);
        return;
    }
    if (initial) {
        // only an adjective stands before a noun whose genitives follow it
        if (!c->another)    // "the other on …"
            subject_before(work, c, first, clause_first, pack_inflects(work_pack(work, m->sentence)) ? 0 : 1);
        subject_after(work, c, last, clause_last);
        if (!c->topic_count)
            subject_of_organs(work, c, last);
        if (!c->topic_count)
            subject_by_pronoun(work, c);
        if (!c->topic_count && !c->claim.sectors)
            subject_of_consultations(work, c, last);
        if (!c->topic_count && !c->claim.sectors)
            subject_in_relative(work, c, last);
    } else {
        subject_before(work, c, first, clause_first, LEADING_REACH);
        if (!c->topic_count && m->first <= clause_first + 2 && !stands_as_means(work, m) &&
            !document_follows(work, c->mention, last, clause_last))
            subject_after(work, c, last, clause_last);
        if (!c->topic_count)
            subject_behind_verb(work, c, last);
    }
    if (!c->topic_count && !c->claim.sectors)
        subject_within(work, c, first, last, true);
    settle_subject(work, c);
}

// "The ministries of culture of X and Y signed a memorandum": the one field of the ministries that stand before the verb of signing.
static uint64_t field_of_signing_organs(const struct work *work, const struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    const struct frame *frame = &work->document->frames.at[c->frame];
    uint32_t first, last;
    uint64_t fields = 0;
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *topic = work_mention(work, i);
        bool inside = topic->kind == MENTION_TOPIC && topic->outer != MENTION_NONE, self = organ_fields(work, topic) != 0;
        bool before = topic->first >= frame->clause_first && topic->last <= frame->first;
        uint16_t organ = inside ? work_organ(work, work_mention(work, topic->outer)) : self ? topic->code : UINT16_MAX;
        if (before && stands_for_field(work, m, organ))
            fields |= topic_sectors(work, i);
    }
    return fields & (fields - 1) || fields == UINT64_C(1) << SECTOR_DIPLOMACY ? 0 : fields;
}

// "The ministers of culture of X and Y signed a memorandum on cooperation": a subject that names no field is of the field that both have.
void take_common_field(const struct work *work, struct candidate_instrument *c)
{
    const struct mention *m = work_mention(work, c->mention);
    uint32_t first, last, holders = 0;
    uint64_t common = 0;
    struct party_set parties = {.count = 0};
    for (uint32_t i = 0; i < c->topic_count; i++)
        if (!(work_mention(work, c->topics[i])->flags & MENTION_WEAK))
            return;
    bool signs = c->frame != FRAME_NONE && work_rule(work, c->frame)->role == ROLE_SIGN;
    if (signs && !c->topic_count && !c->claim.sectors && m->count < 2 && c->claim.kind != INSTRUMENT_STATEMENT)
        c->claim.sectors = field_of_signing_organs(work, c);
    if (!signs || !c->topic_count || c->claim.kind == INSTRUMENT_STATEMENT || m->count > 1)
        return;
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *who = work_mention(work, i);
        if (who->kind == MENTION_PERSON && who->entity == MENTION_NONE && who->parties.count > 1 && (who->flags & MENTION_PLURAL)) {
            common = holders ? common & who->portfolio : who->portfolio;
            holders += 2;
            party_set_add_all(&parties, &who->parties);
        }
        if (who->kind != MENTION_PERSON || who->entity >= work->document->people.count)
            continue;
        const struct person *person = &work->document->people.at[who->entity];
        common = holders++ ? common & person->portfolio : person->portfolio;
        party_set_add(&parties, person->party);
    }
    if (holders > 1 && parties.count > 1 && common && !(common & (UINT64_C(1) << SECTOR_DIPLOMACY)))
        c->claim.sectors = common;
}
