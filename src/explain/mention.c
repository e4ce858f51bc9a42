// SPDX-License-Identifier: MIT
// What the reading made of one mention: the triggers that govern it with what their rules say, and what the record took of it.
//
// Every kind has its own questions: of a topic, a document or a meeting, who governs it and what became of it; of a place or a date,
// whose it is; of a party, in which claims it stands; of a person, what that person does there.
#include "doc/party_set.h"
#include "explain/place.h"

enum { TRIGGERS_SHOWN = 4, CHAIN_SHOWN = 8 };

bool place_in_evidence(const evidence_vec *evidence, uint32_t first, uint32_t last)
{
    for (uint32_t i = 0; i < evidence->count; i++)
        if (evidence->at[i].first < last && evidence->at[i].last > first)
            return true;
    return false;
}

// ---- what governs it -----------------------------------------------------------------------------------------------------
void place_add_tense(struct buf *out, uint32_t flags)
{
    static const struct {
        uint32_t flag;
        const char *text;
    } tenses[] = {
        {FRAME_NOT, ", negated"}, {FRAME_IF, ", under a condition"}, {FRAME_MAY, ", as a mere possibility"},
        {FRAME_FUTURE, ", in the future"}, {FRAME_NONFINITE, ", in an open form (infinitive, gerund)"}, {FRAME_NOUN, ", as a noun"},
    };
    for (size_t i = 0; i < sizeof tenses / sizeof *tenses; i++)
        if (flags & tenses[i].flag)
            buf_add_text(out, tenses[i].text);
}

static void add_value(struct buf *out, const char *key, enum code_list list, uint8_t value, bool *any)
{
    if (value == VALUE_UNSET)
        return;
    buf_addf(out, "%s%s = ", *any ? ", " : "", key);
    explain_code(out, list, value);
    *any = true;
}

bool explain_says(struct buf *out, const struct rule *rule, uint8_t kind)
{
    static const char *const roles[] = {"-", "chair", "take-part", "say", "host", "sign", "arrive", "concern"};
    bool any = false;
    if (kind == MENTION_TOPIC)
        add_value(out, "commitment", CODES_STANCE, rule->commitment.value, &any);
    if (kind == MENTION_INSTRUMENT) {
        add_value(out, "instrument", CODES_INSTRUMENT_STATUS, rule->instrument.value, &any);
        add_value(out, "instrument.over", CODES_INSTRUMENT_STATUS, rule->instrument_over, &any);
    }
    if (kind == MENTION_MEETING || kind == MENTION_BODY) {
        add_value(out, "meeting", CODES_MEETING_STATUS, rule->meeting.value, &any);
        add_value(out, "meeting.over", CODES_MEETING_STATUS, rule->meeting_over, &any);
        add_value(out, "makes", CODES_MEETING_TYPE, rule->makes, &any);
    }
    if (kind == MENTION_PERSON && rule->role != ROLE_NONE && rule->role < sizeof roles / sizeof *roles) {
        buf_addf(out, "role = %s", roles[rule->role]);
        any = true;
    }
    return any;
}

// What the rule says of this kind of mention, or that it says nothing.
static void add_says(struct buf *out, const struct rule *rule, uint8_t kind)
{
    if (explain_says(out, rule, kind))
        return;
    buf_add_text(out, "says nothing of ");
    buf_add_text(out, kind == MENTION_TOPIC        ? "topics (no `commitment`)"
                      : kind == MENTION_INSTRUMENT ? "documents (no `instrument`)"
                      : kind == MENTION_PERSON     ? "persons (no `role`)"
                                                   : "meetings (no `meeting`)");
}

static void add_frame(struct buf *out, const struct place *place, const struct frame *frame)
{
    const struct rule *rule = &place->pack->rules.at[frame->rule];
    explain_words(out, place->document, frame->first, frame->last);
    buf_addf(out, " (rule %.*s, ", (int)rule->id.len, rule->id.at);
    explain_source(out, place->pack, rule->file, rule->line);
    buf_add_char(out, ')');
}

// What parts a trigger of the same sentence from the mention.
static void tell_parted(const struct place *place, const struct mention *m, const struct frame *frame)
{
    const struct document *document = place->document;
    uint32_t end = document->sentences.at[m->sentence].last, from = FRAME_NONE;
    buf_add_text(place->out, "      not ");
    add_frame(place->out, place, frame);
    if (m->first >= frame->clause_last) {
        buf_add_text(place->out, ": its clause ends before ");
        from = frame->clause_last;
    } else if (m->last <= frame->clause_first) {
        buf_add_text(place->out, ": its clause begins at ");
        from = frame->clause_first;
    } else {
        buf_addf(place->out, ": it governs what stands %s it (`governs` in its rule)", m->first >= frame->last ? "before" : "behind");
    }
    if (from != FRAME_NONE)
        explain_words(place->out, document, from, from + 2 < end ? from + 2 : end);
    buf_add_char(place->out, '\n');
}

// No trigger governs the mention: which stand in its sentence, and what parts each from it.
static void tell_no_governor(const struct place *place, const struct mention *m)
{
    const struct document *document = place->document;
    uint32_t shown = 0;
    buf_add_text(place->out, "    no trigger governs it\n");
    for (uint32_t i = 0; i < document->frames.count && shown < TRIGGERS_SHOWN; i++)
        if (document->frames.at[i].sentence == m->sentence) {
            tell_parted(place, m, &document->frames.at[i]);
            shown++;
        }
    if (!shown)
        buf_add_text(place->out, "      its sentence has no trigger: its verb is in no rule of frames/*.rules\n");
}

static void tell_governors(const struct place *place, uint32_t mention)
{
    const struct mention *m = &place->document->mentions.at[mention];
    uint32_t at = place->document->governed_by[mention];
    if (at == FRAME_NONE) {
        tell_no_governor(place, m);
        return;
    }
    for (int steps = 0; at != FRAME_NONE && steps < CHAIN_SHOWN; at = place->document->frames.at[at].outer, steps++) {
        const struct frame *frame = &place->document->frames.at[at];
        buf_add_text(place->out, steps ? "    which stands under " : "    governed by ");
        add_frame(place->out, place, frame);
        place_add_tense(place->out, frame->flags);
        buf_add_text(place->out, ": ");
        add_says(place->out, &place->pack->rules.at[frame->rule], m->kind);
        buf_add_char(place->out, '\n');
    }
}

// ---- what became of it -----------------------------------------------------------------------------------------------------
// The chain above the mention has a value at all, so that tense or polarity must have taken it away; or a rule that says "-".
static bool chain_says(const struct place *place, uint32_t mention, bool *ret_guarded)
{
    const struct mention *m = &place->document->mentions.at[mention];
    bool says = false;
    *ret_guarded = false;
    uint32_t at = place->document->governed_by[mention];
    for (int steps = 0; at != FRAME_NONE && steps < CHAIN_SHOWN; at = place->document->frames.at[at].outer, steps++) {
        const struct rule *rule = &place->pack->rules.at[place->document->frames.at[at].rule];
        uint8_t value = m->kind == MENTION_TOPIC        ? rule->commitment.value
                        : m->kind == MENTION_INSTRUMENT ? rule->instrument.value
                                                        : rule->meeting.value;
        says |= value != VALUE_UNSET;
        *ret_guarded |= value == CODE_NONE;
    }
    return says;
}

static const char *no_value(const struct place *place, uint32_t mention)
{
    bool guarded, says = chain_says(place, mention, &guarded);
    uint8_t kind = place->document->mentions.at[mention].kind;
    if (guarded)
        return "no claim: a rule says `-` of it, which keeps it from being read as something that it is not";
    if (says)
        return "no claim: under this tense or negation there is none (the rule's .future .may .not .nonfinite .must, or "
               "shared/modality.tsv)";
    if (kind == MENTION_TOPIC)
        return "no claim: nothing tells how firm it is; a rule with `commitment` must govern it";
    if (kind == MENTION_INSTRUMENT)
        return "no claim: nothing tells what became of it; a rule with `instrument` must govern it";
    return "no claim: nothing tells whether it was held; a rule with `meeting` must govern it";
}

static void tell_fate(const struct place *place, uint32_t mention)
{
    static const char *const texts[] = {
        [FATE_SUBJECT] = "no claim of its own: it is what a document is about",
        [FATE_OUTDONE] = "no claim: a general word (`weak`, `means`) gives way to the field named beside it",
        [FATE_PLIGHT] = "no claim: such a thing (`plight`) is talked of, and nobody plans or supports it",
        [FATE_NOTHING_OWN] = "no claim: it has no number, date, place or persons of its own in its clause, and fits no other meeting",
        [FATE_INSIDE_VISIT] = "no claim: the meeting that took place inside the visit stands for it",
        [FATE_FEW_PARTIES] = "no claim: fewer than two parties are known for it",
        [FATE_JOINED] = "taken for the same as one named elsewhere in the report: nothing that must not differ (number, day, place, "
                        "parties) parts them",
        [FATE_REFERS] = "no claim: it only points to a document named elsewhere",
    };
    uint8_t fate = place->document->fates ? place->document->fates[mention] : FATE_NONE;
    const struct mention *m = &place->document->mentions.at[mention];
    const char *text = fate == FATE_NO_VALUE ? no_value(place, mention) : fate < sizeof texts / sizeof *texts ? texts[fate] : NULL;
    bool claimed = false;
    for (uint32_t i = 0; i < place->document->record.meetings.count; i++)
        claimed |= place_in_evidence(&place->document->record.meetings.at[i].evidence, m->first, m->last);
    for (uint32_t i = 0; i < place->document->record.instruments.count; i++)
        claimed |= place_in_evidence(&place->document->record.instruments.at[i].evidence, m->first, m->last);
    if (fate == FATE_NOTHING_OWN && m->kind == MENTION_BODY)
        text = "no session of the body: it has no number, and no trigger says that it sat";
    if (text && !(claimed && fate != FATE_SUBJECT && fate != FATE_JOINED))
        buf_addf(place->out, "    %s\n", text);
}

static void tell_city(const struct place *place, const struct mention *m)
{
    const struct record *record = &place->document->record;
    bool taken = false;
    if (m->flags & MENTION_DATELINE) {
        buf_add_text(place->out, "    the place of the dateline: where the report was written, and no meeting's place unless it says "
                                 "\"here\"\n");
        return;
    }
    for (uint32_t i = 0; i < record->meetings.count; i++) {
        const struct meeting_claim *claim = &record->meetings.at[i];
        if (m->city == CITY_NONE ? claim->state != m->state : claim->city != m->city)
            continue;
        buf_addf(place->out, "    the place of m%u\n", i + 1);
        taken = true;
    }
    if (taken)
        return;
    if (!(m->flags & MENTION_LOCATIVE))
        buf_add_text(place->out, "    no meeting's place: no word or ending beside it marks it as where something happens (`in` of "
                                 "grammar.tsv)\n");
    else
        buf_add_text(place->out, "    no meeting's place: no meeting is spoken of in its clause, or that one has another place\n");
}

static void tell_date(const struct place *place, const struct mention *m)
{
    const struct record *record = &place->document->record;
    bool taken = false;
    if (m->flags & MENTION_DATELINE)
        buf_add_text(place->out, "    the day of the report\n");
    if (date_is_none(m->date)) {
        buf_add_text(place->out, "    no day that can be reckoned: neither it nor a dateline tells the year (or give --date)\n");
        return;
    }
    for (uint32_t i = 0; i < record->meetings.count; i++)
        if (!date_is_none(record->meetings.at[i].date) && date_overlaps(record->meetings.at[i].date, m->date)) {
            buf_addf(place->out, "    within the date of m%u\n", i + 1);
            taken = true;
        }
    for (uint32_t i = 0; i < record->instruments.count; i++)
        if (!date_is_none(record->instruments.at[i].date) && date_overlaps(record->instruments.at[i].date, m->date)) {
            buf_addf(place->out, "    within the date of i%u\n", i + 1);
            taken = true;
        }
    for (uint32_t i = 0; i < record->commitments.count; i++)
        if (!date_is_none(record->commitments.at[i].deadline) && date_overlaps(record->commitments.at[i].deadline, m->date)) {
            buf_addf(place->out, "    the deadline of c%u\n", i + 1);
            taken = true;
        }
    if (!taken && !(m->flags & MENTION_DATELINE))
        buf_add_text(place->out, "    the date of nothing: what its clause speaks of has another one, or is not in the record\n");
}

static void tell_party(const struct place *place, const struct mention *m)
{
    const struct record *record = &place->document->record;
    const char *joint = "    party of ";
#define TELL(letter, vec)                                                                                             \
    for (uint32_t i = 0; i < (vec).count; i++)                                                                        \
        if (party_set_has(&(vec).at[i].parties, m->code)) {                                                           \
            buf_addf(place->out, "%s%c%u", joint, letter, i + 1);                                                     \
            joint = " ";                                                                                              \
        }
    TELL('m', record->meetings)
    TELL('i', record->instruments)
    TELL('c', record->commitments)
#undef TELL
    if (*joint == ' ' && joint[1] == '\0')
        buf_add_char(place->out, '\n');
    else
        buf_add_text(place->out, "    no party of a claim: it stands nowhere as one that deals (beside another state, in the name of a "
                                 "body or document, as whose office or people act)\n");
}

static bool has_person(const index_vec *people, uint32_t claim)
{
    for (uint32_t i = 0; i < people->count; i++)
        if (people->at[i] == claim)
            return true;
    return false;
}

// The claim of the person that the mention stands for, CLAIM_NONE.
static uint32_t claim_of_person(const struct document *document, const struct mention *m)
{
    if (m->entity >= document->people.count)
        return CLAIM_NONE;
    const struct person *person = &document->people.at[m->entity];
    for (uint32_t i = 0; i < document->record.people.count; i++)
        if (document->record.people.at[i].name_first == person->name_first && document->record.people.at[i].name_last == person->name_last)
            return i;
    return CLAIM_NONE;
}

static void tell_person(const struct place *place, const struct mention *m)
{
    const struct record *record = &place->document->record;
    uint32_t claim = claim_of_person(place->document, m);
    bool chairs = false;
    if (claim == CLAIM_NONE) {
        buf_add_text(place->out, "    nobody of the record: a name, an office and a party that deals are needed\n");
        return;
    }
    for (uint32_t i = 0; i < record->meetings.count; i++) {
        bool chair = has_person(&record->meetings.at[i].chairs, claim);
        chairs |= chair;
        if (chair || has_person(&record->meetings.at[i].participants, claim))
            buf_addf(place->out, "    p%u: %s m%u\n", claim + 1, chair ? "chairs" : "takes part in", i + 1);
    }
    if (chairs)
        return;
    buf_addf(place->out, "    p%u: chairs nothing; a rule with `role = chair` must hold in a clause with the name\n", claim + 1);
    for (uint32_t i = 0; i < place->document->frames.count; i++) {
        const struct frame *frame = &place->document->frames.at[i];
        bool away = m->first >= frame->clause_last || m->last <= frame->clause_first;
        if (frame->sentence == m->sentence && away && place->pack->rules.at[frame->rule].role == ROLE_CHAIR)
            tell_parted(place, m, frame);
    }
}

void place_tell_mention(const struct place *place, uint32_t index)
{
    const struct mention *m = &place->document->mentions.at[index];
    struct buf *out = place->out;
    buf_add_text(out, "  ");
    explain_words(out, place->document, m->first, m->last);
    buf_addf(out, " is read as %s:", explain_mention_kind(m->kind));
    explain_mention_value(out, place->document, place->world, m);
    buf_add_text(out, m->flags & MENTION_INSIDE ? ", part of a longer one\n" : "\n");
    if (m->flags & MENTION_INSIDE)
        return;
    switch (m->kind) {
    case MENTION_PLACE: tell_city(place, m); break;
    case MENTION_DATE: tell_date(place, m); break;
    case MENTION_PARTY: tell_party(place, m); break;
    case MENTION_PERSON:
        tell_person(place, m);
        tell_governors(place, index);
        break;
    case MENTION_TOPIC: case MENTION_INSTRUMENT: case MENTION_MEETING: case MENTION_BODY:
        tell_governors(place, index);
        tell_fate(place, index);
        break;
    default: break;
    }
}
