// SPDX-License-Identifier: MIT
// From topics under a trigger with a stance to commitments.
//
// Topics that hang on the same outermost frame with the same stance are one commitment with several sectors. A weak topic ("cooperation")
// counts only where its frame has no named field. Topics that are an instrument's subject are left out. A headline that repeats the body
// adds evidence, not a second commitment.
#include "resolve/candidates.h"

#define COMMITMENTS_A_REPORT 512

// A word of a field or a state, as lists of what is talked of have them.
static bool is_of_list(const struct work *work, uint32_t token, uint32_t sentence)
{
    uint32_t at = work->document->lexicon.covering[token];
    const struct lexeme *lexemes = work_pack(work, sentence)->lexemes.at;
    uint8_t kind = at == SPAN_NONE ? LEXICON_KIND_COUNT : lexemes[work->document->lexicon.at[at].lexeme].kind;
    return kind == LEXICON_SECTOR || kind == LEXICON_CONCEPT || kind == LEXICON_STATE;
}

// Right behind the verb, or in the list that begins there; a noun ("talks") needs its "on".
static bool is_object(const struct work *work, const struct frame *frame, const struct mention *m)
{
    const uint64_t marks = GRAMMAR(ON) | GRAMMAR(ABOUT);
    bool marked = !(frame->flags & FRAME_NOUN) || (work_grammar(work, frame->last - 1) & marks);
    for (uint32_t token = frame->last; token < m->first; token++) {
        marked |= (work_grammar(work, token) & marks) != 0;
        bool joins = work_grammar(work, token) & (GRAMMAR(AND) | GRAMMAR(DETERMINER) | marks);
        if (!joins && work->document->tokens.at[token].kind != TOKEN_PUNCT && !is_of_list(work, token, m->sentence))
            return false;
    }
    return marked && frame->last <= m->first;
}

// "They discussed Peru and Chile", "Peru was brought up": a state that does not deal is what is talked of.
static bool is_state_talked_of(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    uint32_t at = work->document->governed_by[index];
    if (m->kind != MENTION_PARTY || m->role != PARTY_ROLE_NAME || at == FRAME_NONE || party_set_has(&work->dealing, m->code) ||
        !work->world->parties.at[m->code].state || work_is_title(work, m->sentence) ||
        (m->flags & (MENTION_INSIDE | MENTION_WITH | MENTION_AGENT | MENTION_LOCATIVE | MENTION_ORIGIN)))
        return false;
    const struct frame *frame = &work->document->frames.at[at];
    if (work_rule(work, at)->commitment.value != STANCE_DISCUSSED || (frame->flags & FRAME_NOT))
        return false;
    bool subject = (frame->flags & FRAME_PASSIVE) && m->last <= frame->first;
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL;
    return final ? (m->flags & MENTION_SPOKEN_OF) != 0 : subject || is_object(work, frame, m);
}

// "Agreed to set up a working group on metals": what a body that is made is to work on.
static bool is_of_new_body(const struct work *work, const struct mention *m)
{
    uint32_t frame = m->outer == MENTION_NONE ? FRAME_NONE : work->document->governed_by[m->outer];
    bool alone = frame != FRAME_NONE && !(work_mention(work, m->outer)->flags & MENTION_INSIDE);     // not "opened the group's meeting"
    if (!alone || (m->flags & MENTION_WEAK) || work_mention(work, m->outer)->kind != MENTION_BODY || work_is_title(work, m->sentence))
        return false;
    const struct rule *rule = work_rule(work, frame);
    bool formed = rule->commitment.value == STANCE_AGREED && rule->meeting.value == CODE_NONE;  // a verb of forming, by which nobody sits
    return rule->commitment.value == STANCE_DONE || formed;
}

static bool is_open_topic(const struct work *work, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    bool inside = (m->flags & MENTION_INSIDE) && !is_of_new_body(work, m);
    bool topic = m->kind == MENTION_TOPIC && !inside && !work->consumed[index];
    return topic || is_state_talked_of(work, index);
}

static uint8_t sector_of(const struct mention *topic)
{
    return topic->kind == MENTION_TOPIC ? (uint8_t)topic->code : SECTOR_DIPLOMACY;
}

// "cooperation in", "ties in the field of", "cooperation to fight crime": a case mark or an infinitive right behind the weak word opens its
// field.
static bool opens_field(const struct work *work, const struct mention *weak)
{
    const uint64_t marks = GRAMMAR(IN) | GRAMMAR(ABOUT) | GRAMMAR(ON) | GRAMMAR(FOR) | GRAMMAR(TO);
    const struct sentence *sentence = &work->document->sentences.at[weak->sentence];
    return weak->last < sentence->last && (work_grammar(work, weak->last) & marks);
}

// A conjunction or comma right before the word makes it a thing of its own ("trade and bilateral relations").
static bool is_coordinate(const struct work *work, const struct mention *weak)
{
    const struct sentence *sentence = &work->document->sentences.at[weak->sentence];
    for (uint32_t token = weak->first; token > sentence->first && token + 2 > weak->first; token--)
        if (work_grammar(work, token - 1) & GRAMMAR(AND))
            return true;
    return false;
}

// What stands between picks one out of more: "cooperation in many fields, including energy".
static bool parted(const struct work *work, uint32_t from, uint32_t to)
{
    bool mark = false, picks = false;
    for (uint32_t token = from; token < to; token++) {
        mark |= work->document->tokens.at[token].kind == TOKEN_PUNCT;
        picks |= (work_grammar(work, token) & GRAMMAR(INCLUDING)) != 0;
    }
    return mark && picks;
}

// A weak topic gives way to the field that it is said of: one named before it in the same noun group or, where the language opens the field
// behind the word, after it. Both hang on the same frame.
static bool is_outdone(const struct work *work, uint32_t index, uint32_t frame)
{
    const struct mention *m = work_mention(work, index);
    uint32_t first, last;
    if (is_outdone_in_group(work, index) || is_levied(work, index))
        return true;
    if (!(m->flags & MENTION_WEAK))
        return false;
    bool final = work_pack(work, m->sentence)->config.head == HEAD_FINAL, coordinate = is_coordinate(work, m);
    work_sentence_mentions(work, m->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *other = work_mention(work, i);
        bool general = (other->flags & MENTION_WEAK) && (other->code == SECTOR_RELATIONS || m->code != SECTOR_RELATIONS);
        if (i == index || other->kind != MENTION_TOPIC || (other->flags & MENTION_INSIDE) || general)
            continue;
        if (read_commitment(work, work->document->governed_by[i]).frame != frame)
            continue;
        bool before = other->last <= m->first, near = before && m->first - other->last <= 1;
        bool named = other->last == m->first;   // "trade and energy cooperation"
        bool loose = !coordinate && (final || near) && !(other->flags & MENTION_WEAK);
        if (before ? named || loose : opens_field(work, m) && (final || !parted(work, m->last, other->first)))
            return true;
    }
    return false;
}

static void add_topic(const struct work *work, struct commitment_claim *claim, uint32_t index)
{
    const struct mention *m = work_mention(work, index);
    claim->sectors |= UINT64_C(1) << sector_of(m);
    if (m->concept != CONCEPT_NONE) {
        bool known = false;
        for (uint32_t i = 0; i < claim->concepts.count; i++)
            known |= claim->concepts.at[i] == m->concept;
        if (!known)
            vec_push(work->document->arena, &claim->concepts, m->concept);
    }
    if (claim->topic_first == claim->topic_last) {
        claim->topic_first = m->first;
        claim->topic_last = m->last;
    }
    claim->topic_first = m->first < claim->topic_first ? m->first : claim->topic_first;
    claim->topic_last = m->last > claim->topic_last ? m->last : claim->topic_last;
    add_evidence(work, &claim->evidence, m->first, m->last);
    add_lexeme_reason(work, &claim->reasons, index);
}

// Who promises, when the clause names just one party or person.
static uint16_t single_actor(const struct work *work, const struct frame *frame)
{
    uint32_t first, last;
    struct party_set actors = {.count = 0};
    // where the subject stands before its verb, nobody behind it acts, and nobody before the "that" of its content clause
    bool initial = work_pack(work, frame->sentence)->config.head == HEAD_INITIAL;
    uint32_t from = frame->clause_first, to = initial ? frame->last : frame->clause_last;
    for (uint32_t token = frame->first; token > from; token--)
        if (work_grammar(work, token - 1) & GRAMMAR(THAT))
            from = token;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->first < from || (m->first >= to && !(m->first < frame->clause_last && (m->flags & MENTION_AGENT))))
            continue;
        bool nobody = m->kind == MENTION_PERSON && !m->parties.count && m->entity >= work->document->people.count;
        if (m->kind == MENTION_SIDES || (initial && nobody && m->last <= frame->first))     // "the minister and Mr X agreed"
            return PARTY_NONE;
        bool bearer = initial || m->role != PARTY_ROLE_ADJECTIVE;     // where marks follow, an adjective bears none of who acts
        if (m->kind == MENTION_PARTY && bearer && !(m->flags & (MENTION_LOCATIVE | MENTION_INSIDE)))
            party_set_add(&actors, m->code);
        if (m->kind == MENTION_PERSON && m->entity < work->document->people.count)
            party_set_add(&actors, work->document->people.at[m->entity].party);
    }
    return actors.count == 1 ? actors.at[0] : PARTY_NONE;
}

// One side alone cannot agree: it undertakes. Where the doer has a mark of its own, a past verb without one is of nobody in particular.
static bool agrees_alone(const struct work *work, const struct frame *frame)
{
    uint32_t first, last;
    if (single_actor(work, frame) == PARTY_NONE)
        return false;
    if (work_pack(work, frame->sentence)->config.head != HEAD_FINAL || !(frame->flags & FRAME_PAST))
        return true;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool inside = m->first >= frame->clause_first && m->first < frame->clause_last;
        if (inside && (m->flags & MENTION_AGENT) && (m->kind == MENTION_PARTY || m->kind == MENTION_PERSON))
            return true;
    }
    return false;
}

// The frame is the one above, or stands below it.
static bool hangs_on(const struct work *work, uint32_t frame, uint32_t above)
{
    for (uint32_t steps = 0; frame != FRAME_NONE && steps < 16; steps++, frame = work->document->frames.at[frame].outer)
        if (frame == above)
            return true;
    return false;
}

// "Will sign an agreement on trade", "the memorandum on water was initialled", "called off a meeting on fish": what is done, planned or
// refused is the document or the meeting, not its subject. Where verbs come last, what a meeting did is told beside its name.
static bool is_of_occasion(const struct work *work, const struct reading *reading)
{
    const struct frame *frame = &work->document->frames.at[reading->frame];
    uint32_t first, last;
    bool planned = reading->value == STANCE_PLANNED, done = reading->value == STANCE_DONE, refused = reading->value == STANCE_REFUSED;
    bool initial = work_pack(work, frame->sentence)->config.head == HEAD_INITIAL;
    if (!planned && !done && !refused)
        return false;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        uint32_t governor = work->document->governed_by[i];
        bool met = m->kind == MENTION_MEETING && initial && !is_setting(work, m) && hangs_on(work, governor, reading->frame);
        if ((m->kind == MENTION_INSTRUMENT && !refused) || met)
            return true;
    }
    return false;
}

static struct date_range deadline_of(const struct work *work, const struct frame *frame, uint8_t stance)
{
    struct date_range none = {0};
    uint32_t first, last;
    if (stance != STANCE_PLANNED && stance != STANCE_AGREED && stance != STANCE_PROPOSED)
        return none;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool inside = m->first >= frame->clause_first && m->first < frame->clause_last;
        if (m->kind != MENTION_DATE || !inside || (m->flags & MENTION_DATELINE) || date_is_none(m->date))
            continue;
        struct date_range published = work->document->published;
        if (date_is_none(published) || date_day_number(m->date.first) > date_day_number(published.first))
            return m->date;
    }
    return none;
}

static struct commitment_claim *same_commitment(struct work *work, const struct reading *reading, const uint32_t *frames)
{
    struct record *record = &work->document->record;
    for (uint32_t i = record->commitments.count; i-- > 0;)
        if (frames[i] == reading->frame && record->commitments.at[i].stance == reading->value)
            return &record->commitments.at[i];
    return NULL;
}

// The meeting the sentence speaks of, else the report's first.
static uint32_t meeting_of(const struct work *work, uint32_t sentence)
{
    uint32_t own = work_sentence_meeting(work, sentence);
    return own != CLAIM_NONE ? own : work->document->record.meetings.count ? 0 : CLAIM_NONE;
}

// A commitment that says no more than an earlier one gives it its evidence.
static bool fold_repeated(struct work *work, struct commitment_claim *claim)
{
    struct record *record = &work->document->record;
    for (uint32_t i = 0; i + 1 < record->commitments.count; i++) {
        struct commitment_claim *old = &record->commitments.at[i];
        if (old->stance != claim->stance || old->sectors != claim->sectors || claim->concepts.count || old->by != claim->by)
            continue;
        for (uint32_t k = 0; k < claim->evidence.count; k++)
            add_evidence(work, &old->evidence, claim->evidence.at[k].first, claim->evidence.at[k].last);
        return true;
    }
    return false;
}

static struct commitment_claim *new_commitment(struct work *work, const struct reading *reading)
{
    struct record *record = &work->document->record;
    const struct frame *frame = &work->document->frames.at[reading->frame];
    struct commitment_claim claim = {
        .stance = reading->value,
        .parties = work->dealing,
        .by = single_actor(work, frame),
        .deadline = deadline_of(work, frame, reading->value),
        .meeting = meeting_of(work, frame->sentence),
    };
    add_evidence(work, &claim.evidence, frame->first, frame->verb_last > frame->last ? frame->verb_last : frame->last);
    add_rule_reason(work, &claim.reasons, reading->frame);
    vec_push(work->document->arena, &record->commitments, claim);
    return &record->commitments.at[record->commitments.count - 1];
}

// Headline and body say the same: keep the first, with the evidence of both. What only the headline says is said there for short, and the
// body, where it tells of commitments at all, says it better: it goes to the end, where it shows that governments deal until that is
// settled.
static void fold_all(struct work *work, const uint32_t *frames)
{
    struct record *record = &work->document->record;
    uint32_t all = record->commitments.count, titles = 0;
    while (titles < all && work_is_title(work, work->document->frames.at[frames[titles]].sentence))
        titles++;
    if (titles == all)
        titles = 0;
    struct commitment_claim *headline = ARENA_ARRAY(work->document->arena, struct commitment_claim, titles);
    for (uint32_t i = 0; i < titles; i++)
        headline[i] = record->commitments.at[i];
    work->commitments = 0;
    for (uint32_t i = titles; i < all; i++) {
        record->commitments.at[work->commitments] = record->commitments.at[i];
        record->commitments.count = work->commitments + 1;
        if (!fold_repeated(work, &record->commitments.at[work->commitments]))
            work->commitments++;
    }
    record->commitments.count = work->commitments;
    for (uint32_t i = 0; i < titles; i++)
        record->commitments.at[record->commitments.count++] = headline[i];
}

// The sums and quantities that hang on the frame of a commitment are its own: "pledged a grant of 22 million euros for …".
static void take_amounts(struct work *work, const uint32_t *frames)
{
    struct record *record = &work->document->record;
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        if (work_mention(work, i)->kind != MENTION_AMOUNT)
            continue;
        struct reading reading = read_commitment(work, work->document->governed_by[i]);
        for (uint32_t k = 0; k < record->commitments.count && reading.value < VALUE_UNSET; k++)
            if (frames[k] == reading.frame)
                add_amount(work, &record->commitments.at[k].amounts, i);
    }
}

// "Reaffirmed their resolve to strengthen ties": of relations as a whole nothing is done by that.
static bool is_reaffirmed(const struct work *work, const struct reading *reading)
{
    uint32_t outer = work->document->frames.at[reading->frame].outer;
    bool noun = work->document->frames.at[reading->frame].flags & FRAME_NOUN;
    return noun && outer != FRAME_NONE && work_rule(work, outer)->yields && work_rule(work, outer)->commitment.value == STANCE_SUPPORTED;
}

// A word that points back at what was said ("this was agreed", "came to terms on this") stands beside the verb.
static bool points_back(const struct work *work, const struct frame *frame)
{
    const struct sentence *sentence = &work->document->sentences.at[frame->sentence];
    const uint64_t both = GRAMMAR(PRONOUN) | GRAMMAR(DETERMINER);
    bool subject = (frame->flags & FRAME_PASSIVE) && frame->verb_first > sentence->first &&
                   (work_grammar(work, frame->verb_first - 1) & both) == both;
    bool object = frame->last < sentence->last && (work_grammar(work, frame->last) & both) == both &&
                  (frame->last + 1 >= sentence->last || work->document->lexicon.covering[frame->last + 1] != SPAN_NONE ||
                   work->document->tokens.at[frame->last + 1].kind == TOKEN_PUNCT);
    return subject || object;
}

// "Ports will be built. This was agreed in Oslo": where verbs come first, the frame of the next sentence that tells of what this one says
// that the two agreed on it; FRAME_NONE.
static uint32_t agreed_behind(const struct work *work, uint32_t index)
{
    const struct document *document = work->document;
    uint32_t first, last;
    if (index + 1 >= document->sentences.count || work_is_title(work, index) || !document->sentences.at[index + 1].pack ||
        document->sentences.at[index].paragraph != document->sentences.at[index + 1].paragraph)
        return FRAME_NONE;
    const struct pack *pack = work_pack(work, index + 1);
    if (pack->config.head != HEAD_INITIAL || pack_inflects(pack))
        return FRAME_NONE;
    work_sentence_frames(work, index + 1, &first, &last);
    for (uint32_t f = first; f < last; f++) {
        const struct frame *frame = &document->frames.at[f];
        const uint32_t open = FRAME_NOT | FRAME_IF | FRAME_MAY | FRAME_FUTURE | FRAME_NONFINITE | FRAME_NOUN;
        bool agreed = work_rule(work, f)->commitment.value == STANCE_AGREED && (frame->flags & FRAME_PAST) && !(frame->flags & open);
        if (agreed && points_back(work, frame))
            return f;
    }
    return FRAME_NONE;
}

// "At the festival films will be shown", "before the exercise": it is only where or when something else happens.
static bool is_occasion_of_another(const struct work *work, const struct mention *m)
{
    const uint64_t marks = GRAMMAR(IN) | GRAMMAR(ON) | GRAMMAR(DURING) | GRAMMAR(BEFORE) | GRAMMAR(AFTER) | GRAMMAR(FOR);
    const struct sentence *sentence = &work->document->sentences.at[m->sentence];
    if (work_pack(work, m->sentence)->config.head == HEAD_FINAL)
        return m->last < sentence->last && (work_grammar(work, m->last) & marks);
    uint32_t before = work_with_articles(work, m);
    return before > sentence->first && (work_grammar(work, before - 1) & marks);
}

// "Exercises will be held", "a festival took place": where no verb of a stance governs it, verbs of meetings tell of an event.
static struct reading read_event(const struct work *work, uint32_t index)
{
    struct reading reading = read_meeting(work, work->document->governed_by[index]);
    bool held = reading.value == MEETING_STATUS_HELD, planned = reading.value == MEETING_STATUS_PLANNED;
    bool told = (held || planned) && !is_occasion_of_another(work, work_mention(work, index));
    reading.value = !told ? VALUE_UNSET : held ? STANCE_DONE : STANCE_PLANNED;
    return reading;
}

void resolve_commitments(struct work *work)
{
    struct document *document = work->document;
    uint32_t *frames = ARENA_ARRAY(document->arena, uint32_t, COMMITMENTS_A_REPORT);
    if (work->dealing.count < 2)
        return;
    int64_t today = day_of_report(work);
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        if (!is_open_topic(work, i)) {
            if (work->consumed[i])
                set_fate(work, i, FATE_SUBJECT);
            continue;
        }
        struct reading reading = read_commitment(work, document->governed_by[i]);
        if (reading.value == VALUE_UNSET && (document->mentions.at[i].flags & MENTION_EVENT))
            reading = read_event(work, i);
        bool open = reading.value == STANCE_PLANNED || reading.value >= VALUE_UNSET || reading.value == CODE_NONE;
        uint32_t agreed = open && !work->consumed[i] ? agreed_behind(work, document->mentions.at[i].sentence) : FRAME_NONE;
        if (agreed != FRAME_NONE)
            reading = (struct reading){STANCE_AGREED, agreed, document->frames.at[agreed].flags};
        if (reading.value == STANCE_AGREED && agreed == FRAME_NONE && agrees_alone(work, &document->frames.at[reading.frame]))
            reading.value = STANCE_PLANNED;
        if (reading.value < VALUE_UNSET && reading.value != CODE_NONE && is_no_promise(work, &reading, today))
            reading.value = CODE_NONE;
        if (reading.value == STANCE_PLANNED && sector_of(&document->mentions.at[i]) == SECTOR_RELATIONS && is_reaffirmed(work, &reading))
            reading.value = STANCE_SUPPORTED;
        bool definite = document->mentions.at[i].concept != CONCEPT_NONE;   // "will launch a freight train, he said after talks"
        if (reading.value < VALUE_UNSET && !definite && is_of_occasion(work, &reading)) {
            set_fate(work, i, FATE_SUBJECT);
            continue;
        }
        bool ended = reading.value == STANCE_DISCUSSED || reading.value == STANCE_AGREED || reading.value == STANCE_PROPOSED;
        bool plight = !ended && (document->mentions.at[i].flags & MENTION_PLIGHT);
        if (reading.value >= VALUE_UNSET || plight || is_outdone(work, i, reading.frame)) {
            set_fate(work, i, reading.value >= VALUE_UNSET ? FATE_NO_VALUE : plight ? FATE_PLIGHT : FATE_OUTDONE);
            continue;
        }
        struct commitment_claim *claim = same_commitment(work, &reading, frames);
        if (!claim) {
            if (document->record.commitments.count == COMMITMENTS_A_REPORT)
                break;
            frames[document->record.commitments.count] = reading.frame;
            claim = new_commitment(work, &reading);
        }
        add_topic(work, claim, i);
    }
    take_amounts(work, frames);
    fold_all(work, frames);
}
