// SPDX-License-Identifier: MIT
// Documents while they are gathered: what the parts of the work on instruments share.
#ifndef KARAR_RESOLVE_INSTRUMENT_H
#define KARAR_RESOLVE_INSTRUMENT_H

#include "resolve/work.h"

#define TOPICS_A_SUBJECT 40

struct candidate_instrument {
    struct instrument_claim claim;
    uint32_t topics[TOPICS_A_SUBJECT];
    uint32_t topic_count;
    uint32_t frame;
    uint32_t mention;
    bool plural, told;
    bool part;      // a number picked out of those counted before
    bool each;      // named out of a number by its subjects: one document a subject
    bool another;   // one more of the kind named before
    bool item;      // stands at the head of a list's item: no other item is the same
    bool fresh;     // none of those named before
    bool headline;  // only the headline has named it so far
    bool loose;     // its fields are those of the text around it: no other fields make it another document
    bool weak;      // its status rests on "under the treaty" alone: any other word tells more
};
typedef VEC(struct candidate_instrument) instrument_vec;

// The candidates so far, and for each mention its place among them.
#define NOT_ONE UINT32_MAX  // a mention that is no candidate

// ---- subject -----------------------------------------------------------------------------------------------------------
bool is_topic(const struct mention *mention);   // not one inside another name
// "A protocol amending the convention on taxes": the older document is what the newer is about.
bool is_amended(const struct work *work, uint32_t mention);
void add_topic(const struct work *work, struct candidate_instrument *candidate, uint32_t mention);
void find_subject(const struct work *work, struct candidate_instrument *candidate);
// A subject that names no field is of the field that those who sign have in common.
void take_common_field(const struct work *work, struct candidate_instrument *candidate);

// ---- parties -----------------------------------------------------------------------------------------------------------
// Between whom it is, if anything tells; else its parties stay empty, and all who deal are meant.
void find_parties(const struct work *work, struct candidate_instrument *candidate);

// ---- meeting -----------------------------------------------------------------------------------------------------------
// At which meeting it was concluded, once its parties and its date are settled.
void find_meeting(const struct work *work, struct candidate_instrument *candidate);

// ---- matter ------------------------------------------------------------------------------------------------------------
// Fields of a document that has no subject of its own, by what the text around it tells.
void find_matter(const struct work *work, struct candidate_instrument *candidate);
void tell_matter_of_last(const struct work *work, instrument_vec *all, const uint32_t *place, uint32_t mention);
void tell_matter_by_pronoun(const struct work *work, instrument_vec *all, const uint32_t *place);

// ---- status ------------------------------------------------------------------------------------------------------------
// What verbs and words say of the mention; value as in struct reading.
struct reading read_status(const struct work *work, uint32_t mention);
// Once the particulars are known; `flags` are those of the reading.
void settle_status(const struct work *work, struct candidate_instrument *candidate, uint32_t flags);
bool is_source(const struct work *work, uint32_t mention);  // the report speaks out of it: "according to the joint statement"
bool stands_under(const struct work *work, const struct mention *mention);  // "under the treaty"
bool bears_name(const struct work *work, const struct mention *mention);    // "the Cooperation Agreement": capitals name one document
uint8_t later_status(uint8_t a, uint8_t b);     // of two enum instrument_status, which comes later in a document's life

// ---- lists and numbers -------------------------------------------------------------------------------------------------
bool heads_item(const struct work *work, const struct mention *mention);
// A document of which no verb tells shares the status of the number or list that it is named out of.
void inherit_status(const struct work *work, const instrument_vec *all, const uint32_t *place, struct candidate_instrument *candidate);
// Topics of the subject of which no two have one field, into `ret_topics` of TOPICS_A_SUBJECT cells; returns how many.
uint32_t distinct_topics(const struct work *work, const struct candidate_instrument *candidate, uint32_t *ret_topics);
// Those that are named leave the rest of a number, if any.
void take_named_out(const struct work *work, instrument_vec *all);

// ---- merging -----------------------------------------------------------------------------------------------------------
bool is_vague(const struct candidate_instrument *candidate);    // its noun says no more than "document"
bool is_generic(const struct candidate_instrument *candidate);  // and nothing else does
// "Agreements and memoranda were signed": an "and" joins the two nouns.
bool are_coordinated(const struct work *work, const struct candidate_instrument *first, const struct candidate_instrument *second);
// Returns the instrument's place in `all`, NOT_ONE if there is no room.
uint32_t collect_instrument(const struct work *work, instrument_vec *all, const struct candidate_instrument *candidate);

// ---- what is said later ------------------------------------------------------------------------------------------------
void tell_by_pronoun(const struct work *work, instrument_vec *all, const uint32_t *place);
// "… but the envoy denied this": what was told before is not told.
void take_back_denied(const struct work *work, instrument_vec *all);
void take_concerns(const struct work *work, instrument_vec *all, const uint32_t *place);

#endif
