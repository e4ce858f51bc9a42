// SPDX-License-Identifier: MIT
// Prints the record: a line a claim, and why a claim was made.
//
// Layout: a claim's line is its id and its fields in a fixed order. `why` prints that line, then the sentences it
// rests on, then the reasons in the order in which they came about: rules and lexicon entries with the file and line
// where they can be changed, the words that fired, and notes of the engine's own steps.
#include "base/emit.h"
#include "explain/explain.h"

static void add_index(struct buf *out, const char *key, char letter, uint32_t index)
{
    if (index != CLAIM_NONE)
        buf_addf(out, " %s:%c%u", key, letter, index + 1);
}

static void add_people(struct buf *out, const char *key, const index_vec *people)
{
    if (people->count)
        buf_addf(out, " %s:", key);
    for (uint32_t i = 0; i < people->count; i++)
        buf_addf(out, "%sp%u", i ? "," : "", people->at[i] + 1);
}

static void add_dated(struct buf *out, const char *key, struct date_range date)
{
    if (date_is_none(date))
        return;
    buf_addf(out, " %s:", key);
    explain_date(out, date);
}

void explain_party_claim(struct buf *out, const struct world *world, const struct party_claim *claim)
{
    explain_party(out, world, claim->party);
    buf_add_text(out, " party ");
    explain_text(out, world->parties.at[claim->party].name);
    buf_add_char(out, '\n');
}

void explain_person_claim(struct buf *out, const struct document *document, const struct world *world, uint32_t index)
{
    const struct person_claim *claim = &document->record.people.at[index];
    buf_addf(out, "p%u person ", index + 1);
    explain_words(out, document, claim->name_first, claim->name_last);
    buf_add_text(out, " office:");
    explain_code(out, CODES_OFFICE, claim->office);
    buf_add_text(out, " portfolio:");
    explain_sectors(out, claim->portfolio);
    buf_add_text(out, " party:");
    explain_party(out, world, claim->party);
    buf_add_char(out, '\n');
}

void explain_body_claim(struct buf *out, const struct document *document, const struct world *world, uint32_t index)
{
    const struct body_claim *claim = &document->record.bodies.at[index];
    buf_addf(out, "b%u body ", index + 1);
    explain_code(out, CODES_MEETING_TYPE, claim->type);
    buf_add_text(out, " parties:");
    explain_parties(out, world, &claim->parties);
    buf_add_char(out, ' ');
    explain_words(out, document, claim->name_first, claim->name_last);
    buf_add_char(out, '\n');
}

void explain_meeting_claim(struct buf *out, const struct document *document, const struct world *world, uint32_t index)
{
    const struct meeting_claim *claim = &document->record.meetings.at[index];
    buf_addf(out, "m%u meeting ", index + 1);
    explain_code(out, CODES_MEETING_TYPE, claim->type);
    buf_add_char(out, ' ');
    explain_code(out, CODES_MEETING_STATUS, claim->status);
    if (claim->ordinal)
        buf_addf(out, " ordinal:%d", (int)claim->ordinal);
    add_index(out, "body", 'b', claim->body);
    buf_add_text(out, " parties:");
    explain_parties(out, world, &claim->parties);
    add_dated(out, "date", claim->date);
    if (claim->city != 0xFFFF) {
        buf_add_text(out, " city:");
        buf_add(out, world->cities.at[claim->city].name);
    }
    if (claim->state != PARTY_NONE) {
        buf_add_text(out, " country:");
        explain_party(out, world, claim->state);
    }
    add_people(out, "chairs", &claim->chairs);
    add_people(out, "participants", &claim->participants);
    buf_add_char(out, '\n');
}

void explain_instrument_claim(struct buf *out, const struct document *document, const struct world *world,
                              uint32_t index)
{
    const struct instrument_claim *claim = &document->record.instruments.at[index];
    buf_addf(out, "i%u instrument ", index + 1);
    explain_code(out, CODES_INSTRUMENT_KIND, claim->kind);
    buf_add_char(out, ' ');
    explain_code(out, CODES_INSTRUMENT_STATUS, claim->status);
    buf_addf(out, " count:%u parties:", claim->count ? claim->count : 1);
    explain_parties(out, world, &claim->parties);
    buf_add_text(out, " sectors:");
    explain_sectors(out, claim->sectors);
    add_people(out, "signatories", &claim->signatories);
    add_dated(out, "date", claim->date);
    add_index(out, "meeting", 'm', claim->meeting);
    buf_add_text(out, " subject:");
    explain_words(out, document, claim->subject_first, claim->subject_last);
    buf_add_char(out, '\n');
}

void explain_commitment_claim(struct buf *out, const struct document *document, const struct world *world,
                              uint32_t index)
{
    const struct commitment_claim *claim = &document->record.commitments.at[index];
    buf_addf(out, "c%u commitment ", index + 1);
    explain_code(out, CODES_STANCE, claim->stance);
    buf_add_text(out, " sectors:");
    explain_sectors(out, claim->sectors);
    for (uint32_t i = 0; i < claim->concepts.count; i++) {
        buf_add_text(out, i ? "," : " concepts:");
        buf_add(out, world->concepts.at[claim->concepts.at[i]].id);
    }
    buf_add_text(out, " parties:");
    explain_parties(out, world, &claim->parties);
    if (claim->by != PARTY_NONE) {
        buf_add_text(out, " by:");
        explain_party(out, world, claim->by);
    }
    add_dated(out, "deadline", claim->deadline);
    add_index(out, "meeting", 'm', claim->meeting);
    buf_add_text(out, " topic:");
    explain_words(out, document, claim->topic_first, claim->topic_last);
    buf_add_char(out, '\n');
}

// ---- the record ---------------------------------------------------------------------------------------------------
void explain_claims(struct buf *out, const struct document *document, const struct world *world)
{
    const struct record *record = &document->record;
    for (uint32_t i = 0; i < record->parties.count; i++)
        explain_party_claim(out, world, &record->parties.at[i]);
    for (uint32_t i = 0; i < record->people.count; i++)
        explain_person_claim(out, document, world, i);
    for (uint32_t i = 0; i < record->bodies.count; i++)
        explain_body_claim(out, document, world, i);
    for (uint32_t i = 0; i < record->meetings.count; i++)
        explain_meeting_claim(out, document, world, i);
    for (uint32_t i = 0; i < record->instruments.count; i++)
        explain_instrument_claim(out, document, world, i);
    for (uint32_t i = 0; i < record->commitments.count; i++)
        explain_commitment_claim(out, document, world, i);
    for (uint32_t i = 0; i < record->cites.count; i++) {
        buf_add_text(out, "cites ");
        explain_words(out, document, record->cites.at[i].first, record->cites.at[i].last);
        buf_add_char(out, '\n');
    }
}

// ---- why ----------------------------------------------------------------------------------------------------------
static void add_evidence(struct buf *out, const struct document *document, const evidence_vec *evidence)
{
    buf_add_text(out, "says so:\n");
    for (uint32_t i = 0; i < evidence->count; i++) {
        buf_add_text(out, "  ");
        explain_words(out, document, evidence->at[i].first, evidence->at[i].last);
        buf_add_char(out, '\n');
    }
}

// What the rule says of the kind of claim, behind a colon; of meetings also who does what at them.
static void add_reason_says(struct buf *out, const struct rule *rule, uint8_t kind)
{
    size_t before = out->len;
    buf_add_text(out, ": ");
    bool any = explain_says(out, rule, kind);
    if (kind == MENTION_MEETING && rule->role != ROLE_NONE) {
        buf_add_text(out, any ? ", " : "");
        any |= explain_says(out, rule, MENTION_PERSON);
    }
    if (!any)
        out->len = before;
}

static void add_reason_source(struct buf *out, const struct reason *reason)
{
    const struct pack *pack = reason->pack;
    if (!pack)
        return;
    if (reason->kind == REASON_RULE) {
        const struct rule *rule = &pack->rules.at[reason->index];
        buf_add_text(out, "rule ");
        buf_add(out, rule->id);
        buf_add_char(out, ' ');
        explain_source(out, pack, rule->file, rule->line);
    } else if (reason->kind == REASON_LEXEME) {
        const struct lexeme *lexeme = &pack->lexemes.at[reason->index];
        buf_add_text(out, "word ");
        emit_plain(out, lexeme->text);
        buf_add_char(out, ' ');
        explain_source(out, pack, lexeme->file, lexeme->line);
    }
}

static void add_reasons(struct buf *out, const struct document *document, const reason_vec *reasons, uint8_t kind)
{
    if (reasons->count)
        buf_add_text(out, "because:\n");
    for (uint32_t i = 0; i < reasons->count; i++) {
        const struct reason *reason = &reasons->at[i];
        buf_add_text(out, "  ");
        if (reason->kind == REASON_NOTE)
            buf_add_text(out, reason->note ? reason->note : "-");
        else
            add_reason_source(out, reason);
        if (reason->first < reason->last) {
            buf_add_char(out, ' ');
            explain_words(out, document, reason->first, reason->last);
        }
        if (reason->kind == REASON_RULE && reason->pack)
            add_reason_says(out, &reason->pack->rules.at[reason->index], kind);
        if (reason->kind != REASON_NOTE && reason->note)
            buf_addf(out, " (%s)", reason->note);
        buf_add_char(out, '\n');
    }
}

static void add_grounds(struct buf *out, const struct document *document, const evidence_vec *evidence,
                        const reason_vec *reasons, uint8_t kind)
{
    add_evidence(out, document, evidence);
    add_reasons(out, document, reasons, kind);
}

// ---- what belongs to a meeting ------------------------------------------------------------------------------------
// How well the mention says the meeting's date or place: 0 not at all.
static int says_it(const struct mention *m, const struct meeting_claim *claim, uint8_t kind)
{
    bool dateline = m->flags & MENTION_DATELINE;
    if (m->kind != kind)
        return 0;
    if (kind == MENTION_PLACE) {
        bool same = claim->city != CITY_NONE ? m->city == claim->city : m->state == claim->state;
        return same ? dateline ? 1 : (m->flags & MENTION_LOCATIVE) ? 3 : 2 : 0;
    }
    char said[DATE_EDTF_SIZE], claimed[DATE_EDTF_SIZE];
    if (!date_edtf(m->date, said) || !date_edtf(claim->date, claimed) || !date_overlaps(m->date, claim->date))
        return 0;
    return dateline ? 1 : strcmp(said, claimed) == 0 ? 3 : 2;
}

// The mention that was taken for the date or the place; else the first of those that say it best, for a meeting may have it from another
// one. MENTION_NONE: it was reckoned.
static uint32_t said_by(const struct document *document, uint32_t index, uint8_t kind)
{
    const struct meeting_claim *claim = &document->record.meetings.at[index];
    uint32_t found = MENTION_NONE;
    int best = 0;
    for (uint32_t i = 0; i < document->weighed.count; i++) {
        const struct weighed *weighed = &document->weighed.at[i];
        if (weighed->meeting == index && weighed->taken && says_it(&document->mentions.at[weighed->mention], claim, kind) > 1)
            return weighed->mention;
    }
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        int now = says_it(&document->mentions.at[i], claim, kind);
        found = now > best ? i : found;
        best = now > best ? now : best;
    }
    return found;
}

// Why it was taken for the meeting before all others: the traits by which it weighed most.
static void add_traits(struct buf *out, const struct document *document, uint32_t meeting, uint32_t mention)
{
    for (uint32_t i = 0; i < document->weighed.count; i++) {
        const struct weighed *weighed = &document->weighed.at[i];
        if (weighed->meeting != meeting || weighed->mention != mention || !weighed->taken)
            continue;
        buf_addf(out, ", weighs %+d: ", (int)weighed->weight);
        explain_traits(out, weighed->traits);
        return;
    }
}

static void add_said(struct buf *out, const struct document *document, const char *what, uint32_t meeting, uint32_t mention)
{
    buf_addf(out, "%s: ", what);
    if (mention == MENTION_NONE) {
        buf_add_text(out, "in no words of its own\n");
        return;
    }
    const struct mention *m = &document->mentions.at[mention];
    explain_words(out, document, m->first, m->last);
    buf_addf(out, ", bytes %u-%u%s", document->tokens.at[m->first].begin, document->tokens.at[m->last - 1].end,
             m->flags & MENTION_DATELINE ? " (the dateline)" : "");
    add_traits(out, document, meeting, mention);
    buf_add_char(out, '\n');
}

static void add_cast(struct buf *out, const struct document *document, const char *what, const index_vec *people)
{
    for (uint32_t i = 0; i < people->count; i++) {
        const struct person_claim *person = &document->record.people.at[people->at[i]];
        buf_addf(out, "%s: p%u ", what, people->at[i] + 1);
        explain_words(out, document, person->name_first, person->name_last);
        buf_add_char(out, '\n');
    }
}

// When, where and who, in the words of the report.
static void add_particulars(struct buf *out, const struct document *document, uint32_t index)
{
    const struct meeting_claim *claim = &document->record.meetings.at[index];
    if (!date_is_none(claim->date))
        add_said(out, document, "when", index, said_by(document, index, MENTION_DATE));
    if (claim->city != CITY_NONE || claim->state != PARTY_NONE)
        add_said(out, document, "where", index, said_by(document, index, MENTION_PLACE));
    add_cast(out, document, "chairs", &claim->chairs);
    add_cast(out, document, "takes part", &claim->participants);
}

static enum status why_party(struct buf *out, const struct document *document, const struct world *world,
                             struct slice code)
{
    for (uint32_t i = 0; i < document->record.parties.count; i++) {
        const struct party_claim *claim = &document->record.parties.at[i];
        if (!slice_eq(world->parties.at[claim->party].code, code))
            continue;
        explain_party_claim(out, world, claim);
        add_grounds(out, document, &claim->evidence, &claim->reasons, MENTION_PARTY);
        return out->failed;
    }
    return STATUS_NOT_FOUND;
}

enum status explain_why(struct buf *out, const struct document *document, const struct world *world, struct slice claim)
{
    const struct record *record = &document->record;
    int64_t number = 0;
    if (claim.len < 2 || !slice_to_int(slice_make(claim.at + 1, claim.len - 1), &number) || number < 1)
        return why_party(out, document, world, claim);
    uint64_t index = (uint64_t)number - 1;
    switch (claim.at[0]) {
#define WHY(letter, vec, printer, kind)                                                                               \
    case letter:                                                                                                      \
        if (index >= (vec).count)                                                                                     \
            return STATUS_NOT_FOUND;                                                                                  \
        printer(out, document, world, (uint32_t)index);                                                               \
        add_grounds(out, document, &(vec).at[index].evidence, &(vec).at[index].reasons, kind);                        \
        if ((kind) == MENTION_MEETING)                                                                                \
            add_particulars(out, document, (uint32_t)index);                                              \
        return out->failed
    WHY('p', record->people, explain_person_claim, MENTION_PERSON);
    WHY('b', record->bodies, explain_body_claim, MENTION_BODY);
    WHY('m', record->meetings, explain_meeting_claim, MENTION_MEETING);
    WHY('i', record->instruments, explain_instrument_claim, MENTION_INSTRUMENT);
    WHY('c', record->commitments, explain_commitment_claim, MENTION_TOPIC);
#undef WHY
    default:
        return why_party(out, document, world, claim);   // G7, G20: codes that end in a number
    }
}
