// SPDX-License-Identifier: MIT
// What the parts of the resolve stage share while they turn one document's mentions and frames into its record.
#ifndef KARAR_RESOLVE_WORK_H
#define KARAR_RESOLVE_WORK_H

#include "doc/document.h"
#include "doc/party_set.h"
#include "pack/pack.h"

struct work {
    struct document *document;
    const struct world *world;
    struct party_set dealing;     // parties that deal with each other in this report, weightiest first
    uint16_t home;                // the state whose press writes, PARTY_NONE where nobody deals
    uint32_t commitments;         // of the record, those to keep; the ones behind them only show that governments deal
    uint32_t government_signs;    // weight of what shows that governments deal: offices, standing bodies, "both sides"
    uint32_t *person_claim;       // a cell a person: its claim, CLAIM_NONE
    uint32_t *mention_meeting;    // a cell a mention: meeting claim it became, CLAIM_NONE
    evidence_vec visits;          // of visits that are told by the meeting inside them
    bool *consumed;               // a cell a mention: topic that is an instrument's subject
    uint32_t *mention_from, *frame_from;    // a cell a sentence, and one more: the first of it or behind
    uint32_t *person_first;       // a cell a person: its first mention …
    uint32_t *person_next;        // … and a cell a mention of a person: the next one of the same; MENTION_NONE behind the last
    uint32_t dateline;            // its place's mention, MENTION_NONE
};

// A word of a trigger.
static inline bool work_in_trigger(const struct work *work, uint32_t token)
{
    return work->document->triggers.covering && work->document->triggers.covering[token] != SPAN_NONE;
}

// ---- lookups -----------------------------------------------------------------------------------------------------------
static inline struct mention *work_mention(const struct work *work, uint32_t index) { return &work->document->mentions.at[index]; }
static inline const struct pack *work_pack(const struct work *work, uint32_t sentence)
{
    return work->document->sentences.at[sentence].pack;
}
static inline const struct rule *work_rule(const struct work *work, uint32_t frame)
{
    const struct frame *f = &work->document->frames.at[frame];
    return &work_pack(work, f->sentence)->rules.at[f->rule];
}
// Fills what every part asks for again and again: what a sentence holds, where a person is named, the dateline.
void work_index(struct work *work);
// First mention of a sentence and the one behind its last.
static inline void work_sentence_mentions(const struct work *work, uint32_t sentence, uint32_t *ret_first, uint32_t *ret_last)
{
    *ret_first = work->mention_from[sentence];
    *ret_last = work->mention_from[sentence + 1];
}
// The first meeting of the record that a sentence speaks of; CLAIM_NONE if it speaks of none, or if meetings are not resolved yet.
uint32_t work_sentence_meeting(const struct work *work, uint32_t sentence);
// First frame of a sentence and the one behind its last.
static inline void work_sentence_frames(const struct work *work, uint32_t sentence, uint32_t *ret_first, uint32_t *ret_last)
{
    *ret_first = work->frame_from[sentence];
    *ret_last = work->frame_from[sentence + 1];
}
// Clause of a token: of the frame that covers it, else the whole sentence.
void work_clause(const struct work *work, uint32_t token, uint32_t *ret_first, uint32_t *ret_last);
static inline bool work_is_title(const struct work *work, uint32_t sentence)
{
    const struct document *document = work->document;
    return document->paragraphs.at[document->sentences.at[sentence].paragraph].role == PARAGRAPH_TITLE;
}
// The place of the report's dateline, NULL without one, and its state, PARTY_NONE without one.
const struct mention *work_dateline(const struct work *work);
uint16_t work_dateline_state(const struct work *work);
// "Since 2019", "by the end of June", "June's end by": the date is where something begins or must have ended.
bool work_is_edge(const struct work *work, const struct mention *date);
// First token of the mention with the articles before it.
uint32_t work_with_articles(const struct work *work, const struct mention *mention);
// enum organ_class of an organ's mention, UINT16_MAX for any other.
static inline uint16_t work_organ(const struct work *work, const struct mention *mention)
{
    bool organ = mention->kind == MENTION_ORGAN && mention->lexeme != UINT32_MAX;
    return organ ? work_pack(work, mention->sentence)->lexemes.at[mention->lexeme].value : UINT16_MAX;
}
// An organ that acts for the state as a whole: government, ministry, parliament.
static inline bool is_government(const struct work *work, const struct mention *mention)
{
    uint16_t organ = work_organ(work, mention);
    return organ == ORGAN_GOVERNMENT || organ == ORGAN_MINISTRY || organ == ORGAN_PARLIAMENT;
}
// Grammar classes of the token in its sentence's pack.
static inline uint64_t work_grammar(const struct work *work, uint32_t token)
{
    const struct document *document = work->document;
    return work_pack(work, document->tokens.at[token].sentence)->groups.at[document->groups[token]].classes;
}

// ---- values of a chain of frames ---------------------------------------------------------------------------------------
struct reading {
    uint8_t value;      // code, CODE_NONE (no claim) or VALUE_UNSET (no frame says anything)
    uint32_t frame;     // the frame that gave it, FRAME_NONE
    uint32_t flags;     // its flags with those it inherits
};
struct reading read_commitment(const struct work *work, uint32_t frame);
// The day of the report as far as it is known, INT64_MIN if not, and whether the reading is no promise though it sounds like one.
int64_t day_of_report(const struct work *work);
bool is_no_promise(const struct work *work, const struct reading *reading, int64_t today);
// Experts, analysts or critics speak in the sentence: for no government.
bool is_said_by_outsider(const struct work *work, uint32_t sentence);
struct reading read_instrument(const struct work *work, uint32_t frame);
struct reading read_meeting(const struct work *work, uint32_t frame);
// Of a session whose noun may stand before the verb that settles or plans what the governed verb behind does to it.
struct reading read_session(const struct work *work, uint32_t frame);

// ---- evidence and reasons ----------------------------------------------------------------------------------------------
void add_evidence(const struct work *work, evidence_vec *evidence, uint32_t first, uint32_t last);
void add_rule_reason(const struct work *work, reason_vec *reasons, uint32_t frame);
void add_lexeme_reason(const struct work *work, reason_vec *reasons, uint32_t mention);
// What became of the mention, for explaining; never changes what is read.
void set_fate(const struct work *work, uint32_t mention, enum mention_fate fate);
void add_note(const struct work *work, reason_vec *reasons, const char *note, uint32_t first, uint32_t last);

#define AMOUNTS_A_CLAIM 8
void add_amount(const struct work *work, amount_vec *amounts, uint32_t mention);

// A topic of means whose noun group names the field that it is for.
bool is_outdone_in_group(const struct work *work, uint32_t index);
bool is_levied(const struct work *work, uint32_t index);

// Two parties with at most a conjunction, hyphen or comma between them.
bool are_paired(const struct work *work, const struct mention *a, const struct mention *b);

// ---- the parts, in their order -----------------------------------------------------------------------------------------
void resolve_cast(struct work *work);         // dealing parties, people, bodies
bool words_in_disorder(const struct work *work);    // nobody says anything with them
void resolve_meetings(struct work *work);
void resolve_instruments(struct work *work);
void resolve_commitments(struct work *work);
void resolve_parties(struct work *work);      // from all claims; drops what the report does not bear out

#endif
