// SPDX-License-Identifier: MIT
// The reading laid open: each layer of a document as stable text, and why a claim was made.
#ifndef KARAR_EXPLAIN_EXPLAIN_H
#define KARAR_EXPLAIN_EXPLAIN_H

#include "base/buf.h"
#include "doc/document.h"
#include "pack/pack.h"

// One printer a layer; a line an element, ended by a line end. Failure is the buffer's (buf.failed).
void explain_paragraphs(struct buf *out, const struct document *document);
void explain_sentences(struct buf *out, const struct document *document);
void explain_spans(struct buf *out, const struct document *document);
void explain_mentions(struct buf *out, const struct document *document, const struct world *world);
void explain_frames(struct buf *out, const struct document *document);
void explain_weighed(struct buf *out, const struct document *document, const struct world *world);
void explain_claims(struct buf *out, const struct document *document, const struct world *world);
// All of them, each under its heading.
void explain_document(struct buf *out, const struct document *document, const struct world *world);

// Why a claim was made: its id is a letter and a number ("m1") or a party's code ("PAK"). STATUS_NOT_FOUND if the
// record has none such.
enum status explain_why(struct buf *out, const struct document *document, const struct world *world,
                        struct slice claim);

// Why words of the report became no claim, or of which they are part: place by place, the first stage that did not follow them and where
// the pack could be changed. STATUS_NOT_FOUND if the report does not hold the words.
enum status explain_missing(struct buf *out, const struct document *document, const struct world *world, struct slice words);

// ---- shared by the printers ---------------------------------------------------------------------------------------
void explain_text(struct buf *out, struct slice text);  // in quotes, line ends and controls made visible
void explain_words(struct buf *out, const struct document *document, uint32_t first, uint32_t last);
const char *explain_mention_kind(unsigned kind);   // "-" for none
const char *explain_lexicon_name(unsigned kind);   // the file's stem, "-" for none
// What a mention's kind makes of its fields, each with a blank before it.
void explain_mention_value(struct buf *out, const struct document *document, const struct world *world, const struct mention *mention);
// A line with words of the pack that are written nearly like a folded word, nothing if there are none.
void explain_near(struct buf *out, const struct pack *pack, struct slice fold);
void explain_traits(struct buf *out, uint64_t traits);   // "nearest,marked", "-" for none
void explain_tokens(struct buf *out, uint32_t first, uint32_t last);   // "[12-15]"
void explain_parties(struct buf *out, const struct world *world, const struct party_set *parties);
void explain_party(struct buf *out, const struct world *world, uint16_t party);   // "-" for none
void explain_date(struct buf *out, struct date_range date);            // EDTF, "-" for none
void explain_code(struct buf *out, enum code_list list, unsigned code); // "-" for none
void explain_sectors(struct buf *out, uint64_t sectors);               // "trade,energy", "-" for none
// Where a lexicon entry or a rule stands: "packs/xx/lexicon/states.tsv:12".
void explain_source(struct buf *out, const struct pack *pack, uint16_t file, uint32_t line);
// What a rule says of topics, documents, meetings or persons (enum mention_kind), as keys and values; false, and nothing added, if nothing.
bool explain_says(struct buf *out, const struct rule *rule, uint8_t kind);
// One line a claim, without evidence and reasons.
void explain_party_claim(struct buf *out, const struct world *world, const struct party_claim *claim);
void explain_person_claim(struct buf *out, const struct document *document, const struct world *world, uint32_t index);
void explain_body_claim(struct buf *out, const struct document *document, const struct world *world, uint32_t index);
void explain_meeting_claim(struct buf *out, const struct document *document, const struct world *world, uint32_t index);
void explain_instrument_claim(struct buf *out, const struct document *document, const struct world *world,
                              uint32_t index);
void explain_commitment_claim(struct buf *out, const struct document *document, const struct world *world,
                              uint32_t index);

#endif
