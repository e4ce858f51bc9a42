// SPDX-License-Identifier: MIT
// What sounds like a commitment and is none: history, the whereas of a document, what somebody thinks should be done.
//
// A report tells of deeds long past as background, by a year or by what is counted from them. The lines of a preamble have no verb of
// their own. Advice needs somebody who gives it: a person, "both sides", or a verb of saying nearby.
#include "resolve/work.h"

#define HISTORY_DAYS 1000   // before the report: what was done or refused longer ago is told as background
#define SINCE_REACH 8       // tokens between "since" and its verb

// The report's day; of a report without one, the latest day that it names.
int64_t day_of_report(const struct work *work)
{
    if (!date_is_none(work->document->published))
        return date_day_number(work->document->published.first);
    int64_t latest = INT64_MIN;
    for (uint32_t i = 0; i < work->document->mentions.count; i++) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_DATE && !date_is_none(m->date) && date_day_number(m->date.first) > latest)
            latest = date_day_number(m->date.first);
    }
    return latest;
}

// The clause names a time long past: "trains began to run in 1976".
static bool is_history(const struct work *work, const struct frame *frame, int64_t today)
{
    uint32_t first, last;
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        bool inside = m->first >= frame->clause_first && m->first < frame->clause_last;
        if (m->kind == MENTION_DATE && inside && !date_is_none(m->date) && today != INT64_MIN &&
            date_day_number(date_last_day(m->date)) < today - HISTORY_DAYS)
            return true;
    }
    return false;
}

// A word for "since"; one that also is "with" only before a date or a number.
static bool is_since(const struct work *work, uint32_t token)
{
    uint64_t classes = work_grammar(work, token);
    if (!(classes & GRAMMAR(WITH)))
        return classes & GRAMMAR(SINCE);
    uint32_t first, last;
    bool number = work->document->tokens.at[token + 1].kind == TOKEN_NUMBER, date = false;
    work_sentence_mentions(work, work->document->tokens.at[token].sentence, &first, &last);
    for (uint32_t i = first; i < last && !date; i++)
        date = work_mention(work, i)->kind == MENTION_DATE && work_mention(work, i)->first == token + 1;
    return (classes & GRAMMAR(SINCE)) && (number || date);
}

// "77 years since relations were established": what is counted from.
static bool is_counted_from(const struct work *work, const struct frame *frame)
{
    uint32_t verb = frame->verb_first < frame->first ? frame->verb_first : frame->first;
    for (uint32_t token = verb; token > frame->clause_first && verb - token < SINCE_REACH; token--)
        if (is_since(work, token - 1))
            return true;
    return false;
}

// "Believing that trade …, desiring to …;": a line of a document's preamble, without a verb of its own.
static bool is_preamble(const struct work *work, const struct frame *frame)
{
    uint32_t first, last;
    if (!(frame->flags & FRAME_NONFINITE) || frame->outer != FRAME_NONE)
        return false;
    work_sentence_frames(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last; i++)
        if (!(work->document->frames.at[i].flags & (FRAME_NONFINITE | FRAME_NOUN)))
            return false;
    return work_pack(work, frame->sentence)->config.head == HEAD_INITIAL;
}

// "Its neighbours should open the border": nobody is there who says so.
static bool lacks_speaker(const struct work *work, const struct frame *frame)
{
    const struct document *document = work->document;
    uint32_t from = frame->sentence > 0 ? frame->sentence - 1 : 0, to = frame->sentence + 2, first, last;
    for (uint32_t s = from; s < to && s < document->sentences.count; s++) {
        work_sentence_mentions(work, s, &first, &last);
        for (uint32_t i = first; i < last; i++)
            if (work_mention(work, i)->kind == MENTION_PERSON || work_mention(work, i)->kind == MENTION_SIDES)
                return false;
        work_sentence_frames(work, s, &first, &last);
        for (uint32_t i = first; i < last; i++)
            if (work_rule(work, i)->role == ROLE_SAY)
                return false;
    }
    return true;
}

// One of those who deal, or what they do together, is in the sentence.
static bool names_dealing(const struct work *work, uint32_t sentence)
{
    uint32_t first, last;
    work_sentence_mentions(work, sentence, &first, &last);
    for (uint32_t i = first; i < last; i++) {
        const struct mention *m = work_mention(work, i);
        uint16_t party = m->kind == MENTION_PARTY ? m->code : m->kind == MENTION_PLACE ? m->state : PARTY_NONE;
        bool deals = party != PARTY_NONE && party_set_has(&work->dealing, party);
        if (deals || m->kind == MENTION_SIDES || m->kind == MENTION_PERSON || m->kind == MENTION_MEETING || m->kind == MENTION_INSTRUMENT ||
            is_government(work, m))
            return true;
    }
    return false;
}

// "Hospitals were made a target": nobody of those who deal is there, nor in the sentence before, to have done it.
static bool lacks_agent(const struct work *work, uint32_t sentence)
{
    const struct sentence *sentences = work->document->sentences.at;
    bool before = sentence > 0 && sentences[sentence - 1].paragraph == sentences[sentence].paragraph;
    return !document_opens_item(work->document, sentence) && !names_dealing(work, sentence) &&
           !(before && names_dealing(work, sentence - 1));
}

// "The law deals with gas", "concerning trade": what something is about is talked of only where people or talks are that deal with it.
static bool is_mere_subject(const struct work *work, const struct frame *frame)
{
    uint32_t first, last;
    if (work_pack(work, frame->sentence)->rules.at[frame->rule].role != ROLE_CONCERN ||
        work_pack(work, frame->sentence)->config.head != HEAD_INITIAL || pack_inflects(work_pack(work, frame->sentence)))
        return false;   // where words inflect, "what concerns …" puts a matter in front
    work_sentence_mentions(work, frame->sentence, &first, &last);
    for (uint32_t i = first; i < last && work_mention(work, i)->first < frame->first; i++) {
        const struct mention *m = work_mention(work, i);
        bool talks = m->kind == MENTION_MEETING || m->kind == MENTION_BODY || m->kind == MENTION_SIDES || m->kind == MENTION_PERSON;
        if (talks && m->first >= frame->clause_first)
            return false;
    }
    return true;
}

#define SPEAKER_REACH 3     // tokens between experts and what says that they speak

static bool names_source(const struct work *work, uint32_t token, const struct pack *pack, enum source_class class)
{
    const struct span_layer *lexicon = &work->document->lexicon;
    uint32_t at = lexicon->covering[token];
    for (; at < lexicon->count && lexicon->at[at].first <= token && token < lexicon->at[at].last; at++) {
        const struct lexeme *lexeme = &pack->lexemes.at[lexicon->at[at].lexeme];
        if (lexeme->kind == LEXICON_SOURCE && lexeme->value == class)
            return true;
    }
    return false;
}

// "According to experts", "analysts say": who speaks for no government promises nothing.
bool is_said_by_outsider(const struct work *work, uint32_t index)
{
    const struct sentence *sentence = &work->document->sentences.at[index];
    if (!(sentence->kinds & UINT32_C(1) << LEXICON_SOURCE))
        return false;
    for (uint32_t token = sentence->first; token < sentence->last; token++) {
        if (!names_source(work, token, sentence->pack, SOURCE_OUTSIDER))
            continue;
        uint32_t from = token > sentence->first + SPEAKER_REACH ? token - SPEAKER_REACH : sentence->first;
        for (uint32_t at = from; at < token + SPEAKER_REACH + 1 && at < sentence->last; at++)
            if ((work_grammar(work, at) & GRAMMAR(SAID)) || names_source(work, at, sentence->pack, SOURCE_SAID))
                return true;
    }
    return false;
}

// "Trade provides jobs": a verb in the present describes; only headlines tell deeds so.
static bool is_description(const struct work *work, const struct frame *frame)
{
    const uint32_t told = FRAME_PAST | FRAME_FUTURE | FRAME_MAY | FRAME_NONFINITE | FRAME_NOUN | FRAME_PASSIVE;
    const struct pack *pack = work_pack(work, frame->sentence);
    return pack->config.head == HEAD_INITIAL && !pack_inflects(pack) && !(frame->flags & told) && !work_is_title(work, frame->sentence) &&
           frame->sentence > 0;
}

// Where words inflect, "they try to give up the heritage": an infinitive of which no known verb tells that it was decided.
static bool is_open_refusal(const struct work *work, const struct frame *frame)
{
    return (frame->flags & FRAME_NONFINITE) && !(frame->flags & FRAME_NOUN) && frame->outer == FRAME_NONE &&
           pack_inflects(work_pack(work, frame->sentence)) && !document_opens_item(work->document, frame->sentence);
}

bool is_no_promise(const struct work *work, const struct reading *reading, int64_t today)
{
    const struct frame *frame = &work->document->frames.at[reading->frame];
    bool deed = (reading->value == STANCE_DONE || reading->value == STANCE_REFUSED) && !(reading->flags & FRAME_FUTURE);
    if (reading->value == STANCE_REFUSED && is_open_refusal(work, frame))
        return true;
    if (reading->value == STANCE_DONE && lacks_agent(work, frame->sentence))
        return true;
    if (deed && (is_history(work, frame, today) || is_counted_from(work, frame)))
        return true;
    if (reading->value == STANCE_DONE && is_description(work, frame))
        return true;
    if (is_said_by_outsider(work, frame->sentence))
        return true;
    if (reading->value == STANCE_DISCUSSED && is_mere_subject(work, frame))
        return true;
    if (reading->value == STANCE_SUPPORTED && is_preamble(work, frame))
        return true;
    return reading->value == STANCE_PROPOSED && (reading->flags & FRAME_MUST) && lacks_speaker(work, frame);
}
