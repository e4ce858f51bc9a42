// SPDX-License-Identifier: MIT
// Shared helpers of the resolve stage: look-ups in the layers, party sets, evidence.
//
// Evidence is kept as token ranges, without doubles; the writers turn it into bytes and code points. Reasons name the rules and lexicon
// rows that fired, so that a claim can be explained without reading again.
#include "resolve/work.h"

#include <assert.h>

#define EVIDENCE_A_CLAIM 16
#define REASONS_A_CLAIM 24

static void index_sentences(struct work *work)
{
    const struct document *document = work->document;
    uint32_t sentences = document->sentences.count, mention = 0, frame = 0;
    work->mention_from = arena_take(document->arena, ((size_t)sentences + 1) * sizeof *work->mention_from);
    work->frame_from = arena_take(document->arena, ((size_t)sentences + 1) * sizeof *work->frame_from);
    for (uint32_t i = 0; i <= sentences; i++) {     // both layers are ordered by their first token
        uint32_t first = i < sentences ? document->sentences.at[i].first : document->tokens.count;
        while (mention < document->mentions.count && document->mentions.at[mention].first < first)
            mention++;
        while (frame < document->frames.count && document->frames.at[frame].first < first)
            frame++;
        work->mention_from[i] = mention;
        work->frame_from[i] = frame;
    }
}

// The dateline, and which mentions are of one person.
static void index_mentions(struct work *work)
{
    const struct document *document = work->document;
    uint32_t people = document->people.count;
    work->dateline = MENTION_NONE;
    work->person_first = ARENA_ARRAY(document->arena, uint32_t, people);
    work->person_next = ARENA_ARRAY(document->arena, uint32_t, document->mentions.count);
    for (uint32_t i = 0; i < people; i++)
        work->person_first[i] = MENTION_NONE;
    for (uint32_t i = document->mentions.count; i-- > 0;) {
        const struct mention *m = work_mention(work, i);
        if (m->kind == MENTION_PLACE && (m->flags & MENTION_DATELINE))
            work->dateline = i;
        if (m->kind != MENTION_PERSON || m->entity >= people)
            continue;
        work->person_next[i] = work->person_first[m->entity];
        work->person_first[m->entity] = i;
    }
}

void work_index(struct work *work)
{
    index_sentences(work);
    index_mentions(work);
}

uint32_t work_sentence_meeting(const struct work *work, uint32_t sentence)
{
    for (uint32_t i = work->mention_from[sentence]; i < work->mention_from[sentence + 1]; i++)
        if (work->mention_meeting[i] != CLAIM_NONE)
            return work->mention_meeting[i];
    return CLAIM_NONE;
}

void work_clause(const struct work *work, uint32_t token, uint32_t *ret_first, uint32_t *ret_last)
{
    const struct document *document = work->document;
    const struct sentence *sentence = &document->sentences.at[document->tokens.at[token].sentence];
    *ret_first = sentence->first;
    *ret_last = sentence->last;
    for (uint32_t i = work->frame_from[document->tokens.at[token].sentence]; i < document->frames.count; i++) {
        const struct frame *frame = &document->frames.at[i];
        if (frame->first >= sentence->last)
            break;
        if (frame->clause_first <= token && token < frame->clause_last) {
            *ret_first = frame->clause_first;
            *ret_last = frame->clause_last;
            return;
        }
    }
}

const struct mention *work_dateline(const struct work *work)
{
    return work->dateline == MENTION_NONE ? NULL : work_mention(work, work->dateline);
}

uint16_t work_dateline_state(const struct work *work)
{
    const struct mention *dateline = work_dateline(work);
    return dateline ? dateline->state : PARTY_NONE;
}

uint32_t work_with_articles(const struct work *work, const struct mention *m)
{
    uint32_t token = m->first, first = work->document->sentences.at[m->sentence].first;
    while (token > first && (work_grammar(work, token - 1) & GRAMMAR(DETERMINER)))
        token--;
    return token;
}

#define EDGE_BEFORE 5       // tokens between a mark and its date: "by the end of May 2026"
#define EDGE_BEHIND 3       // where case marks stand behind: "May 2026's end by"

bool work_is_edge(const struct work *work, const struct mention *date)
{
    const struct sentence *sentence = &work->document->sentences.at[date->sentence];
    const uint64_t marks = GRAMMAR(SINCE) | GRAMMAR(UNTIL);
    if (work_pack(work, date->sentence)->config.case_marks == CASE_AFTER) {
        for (uint32_t token = date->last; token < sentence->last && token < date->last + EDGE_BEHIND; token++) {
            uint64_t classes = work_grammar(work, token);
            if ((classes & marks) || (token > date->last && classes))
                return classes & marks;
        }
        return false;
    }
    // Over a word other than "the end of" only a mark that marks nothing else reaches the date: "with" and "about" are some packs' "since".
    bool near = true;
    uint64_t behind = 0;
    for (uint32_t token = date->first; token > sentence->first && token + EDGE_BEFORE > date->first; token--) {
        uint64_t classes = work_grammar(work, token - 1);
        if (classes & (marks | GRAMMAR(BY)))
            return near || !(classes & ~marks);
        if (classes & ~(GRAMMAR(DETERMINER) | GRAMMAR(OF)))
            return false;
        near = near && (classes || (behind & GRAMMAR(OF)));
        behind = classes;
    }
    return false;
}

void add_evidence(const struct work *work, evidence_vec *evidence, uint32_t first, uint32_t last)
{
    assert(first < last && last <= work->document->tokens.count);
    for (uint32_t i = 0; i < evidence->count; i++)
        if (evidence->at[i].first <= first && last <= evidence->at[i].last)
            return;
    if (evidence->count < EVIDENCE_A_CLAIM)
        vec_push(work->document->arena, evidence, ((struct evidence){first, last}));
}

static void add_reason(const struct work *work, reason_vec *reasons, struct reason reason)
{
    for (uint32_t i = 0; i < reasons->count; i++)
        if (reasons->at[i].kind == reason.kind && reasons->at[i].index == reason.index && reasons->at[i].first == reason.first)
            return;
    if (reasons->count < REASONS_A_CLAIM)
        vec_push(work->document->arena, reasons, reason);
}

void add_rule_reason(const struct work *work, reason_vec *reasons, uint32_t frame)
{
    if (frame == FRAME_NONE)
        return;
    const struct frame *f = &work->document->frames.at[frame];
    add_reason(work, reasons,
               (struct reason){.kind = REASON_RULE, .index = f->rule, .pack = work_pack(work, f->sentence), .first = f->first,
                               .last = f->verb_last > f->last ? f->verb_last : f->last});
}

void add_lexeme_reason(const struct work *work, reason_vec *reasons, uint32_t mention)
{
    const struct mention *m = work_mention(work, mention);
    if (m->lexeme == UINT32_MAX)
        return;
    add_reason(work, reasons,
               (struct reason){.kind = REASON_LEXEME, .index = m->lexeme, .pack = work_pack(work, m->sentence), .first = m->first,
                               .last = m->last});
}

void set_fate(const struct work *work, uint32_t mention, enum mention_fate fate)
{
    if (mention != MENTION_NONE)
        work->document->fates[mention] = (uint8_t)fate;
}

void add_note(const struct work *work, reason_vec *reasons, const char *note, uint32_t first, uint32_t last)
{
    add_reason(work, reasons, (struct reason){.kind = REASON_NOTE, .note = note, .first = first, .last = last});
}

void add_amount(const struct work *work, amount_vec *amounts, uint32_t mention)
{
    const struct mention *m = work_mention(work, mention);
    for (uint32_t i = 0; i < amounts->count; i++)
        if (amounts->at[i].first == m->first)
            return;
    if (amounts->count < AMOUNTS_A_CLAIM)
        vec_push(work->document->arena, amounts,
                 ((struct amount_claim){m->value, work_pack(work, m->sentence), m->lexeme, m->first, m->last}));
}

bool are_paired(const struct work *work, const struct mention *a, const struct mention *b)
{
    uint32_t last = b->first;       // "X and the Y": an article is no distance, nor is "X and the government of Y"
    if (b > a + 1 && b[-1].kind == MENTION_ORGAN && b[-1].last == b->first && b[-1].first > a->last && is_government(work, &b[-1]))
        last = b[-1].first;
    while (last > a->last + 1 && (work_grammar(work, last - 1) & GRAMMAR(DETERMINER)))
        last--;
    if (last < a->last || last - a->last > 2)
        return false;
    const struct document *document = work->document;
    for (uint32_t token = a->last; token < last; token++)
        if (document->text.at[document->tokens.at[token].begin] == '/')    // "the G7/G20 sherpa"
            return false;
    for (uint32_t token = a->last; token < last; token++)
        if (work->document->tokens.at[token].kind == TOKEN_WORD && !(work_grammar(work, token) & (GRAMMAR(AND) | GRAMMAR(WITH))))
            return false;
    return true;
}
