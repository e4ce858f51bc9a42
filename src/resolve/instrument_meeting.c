// SPDX-License-Identifier: MIT
// At which meeting a document was concluded.
//
// That of its own sentence, else the first of the report that fits: it was held, between those who concluded the document, and no day of
// the one speaks against the day of the other. A document of another year stays by itself: it is what the meeting looked back on.
#include "resolve/instrument.h"

static bool fits(const struct meeting_claim *meeting, const struct instrument_claim *document)
{
    return meeting->status == MEETING_STATUS_HELD && party_set_within(&document->parties, &meeting->parties) &&
           (date_is_none(document->date) || date_is_none(meeting->date) || date_overlaps(document->date, meeting->date));
}

void find_meeting(const struct work *work, struct candidate_instrument *c)
{
    const struct record *record = &work->document->record;
    if (c->claim.status != INSTRUMENT_STATUS_SIGNED && c->claim.status != INSTRUMENT_STATUS_AGREED)
        return;
    bool named = c->mention != MENTION_NONE;
    uint32_t sentence = named ? work_mention(work, c->mention)->sentence : work->document->frames.at[c->frame].sentence;
    uint32_t own = work_sentence_meeting(work, sentence);
    if (own != CLAIM_NONE) {
        c->claim.meeting = fits(&record->meetings.at[own], &c->claim) ? own : CLAIM_NONE;
        return;
    }
    for (uint32_t i = 0; i < record->meetings.count && c->claim.meeting == CLAIM_NONE; i++)
        if (fits(&record->meetings.at[i], &c->claim))
            c->claim.meeting = i;
}
