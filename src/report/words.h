// SPDX-License-Identifier: MIT
// Codes, dates and numbers of a record in plain words, for people.
#ifndef KARAR_REPORT_WORDS_H
#define KARAR_REPORT_WORDS_H

#include "base/buf.h"
#include "doc/codes.h"
#include "doc/date.h"

// "working group" for "working-group"; a few codes have words of their own.
void words_code(struct buf *out, enum code_list list, unsigned code);
void words_concept(struct buf *out, struct slice id);          // "freight train"
void words_sectors(struct buf *out, uint64_t sectors);         // "trade, energy and health"
void words_date(struct buf *out, struct date_range date);      // "25–27 November 2025"; nothing if there is none
void words_ordinal(struct buf *out, int32_t ordinal);          // "10th"
void words_instrument(struct buf *out, unsigned kind, uint32_t count);  // "3 memoranda of understanding"
void words_meeting(struct buf *out, unsigned type, int32_t ordinal);    // "10th session of the commission"
// The joint before the item `index` of a list of `count`: "", ", " or " and ".
const char *words_joint(uint32_t index, uint32_t count);

#endif
