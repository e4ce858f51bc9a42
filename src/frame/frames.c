// SPDX-License-Identifier: MIT
// The frame stage: each trigger becomes a frame with its tense, its clause and its governor; each mention gets the frame that governs it.
//
// A sentence without a trigger costs nothing here. When several rules share a trigger's words, each gives a frame of its own with the same
// bounds; the first of them governs, the others stand beside it (their roles count, their stances do not).
#include "frame/frames.h"

#include "frame/clause.h"
#include "frame/govern.h"

#define FRAMES_A_SENTENCE 64

struct sentence_frames {
    struct frame at[FRAMES_A_SENTENCE];
    uint32_t count;
};

// Features of all forms of one rule in the group of spans that begins at `at`.
static uint32_t group_features(const struct document *document, const struct pack *pack, uint32_t at, uint32_t rule)
{
    const struct span_layer *layer = &document->triggers;
    uint32_t features = 0, first = layer->at[at].first, last = layer->at[at].last;
    for (; at < layer->count && layer->at[at].first == first && layer->at[at].last == last; at++)
        if (pack->lexemes.at[layer->at[at].lexeme].value == rule)
            features |= layer->at[at].features;
    return features;
}

// "will meet … and hold talks", "was discussed and agreed": a verb right behind a conjunction shares the auxiliary of the one before.
static void inherit_auxiliary(const struct clause_view *view, const struct sentence_frames *frames, struct frame *frame,
                              uint32_t features)
{
    if (!frames->count || frame->first == view->first || !(clause_classes(view, frame->first - 1) & GRAMMAR(AND)))
        return;
    const struct frame *before = &frames->at[frames->count - 1];
    if (clause_boundary(view, before->last - 1, frame->first) == BOUNDARY_HARD)
        return;
    if ((features & FEATURE(INF)) && !(frame->flags & ~(uint32_t)FRAME_BACKGROUND))
        frame->flags |= before->flags & (FRAME_FUTURE | FRAME_MAY | FRAME_NONFINITE);
    if ((features & FEATURE(PART)) && (before->flags & FRAME_PASSIVE) && frame->flags == FRAME_PAST)
        frame->flags = before->flags & (FRAME_PASSIVE | FRAME_PAST | FRAME_FUTURE | FRAME_MAY | FRAME_NOT);
}

// A document is named in the sentence or the one before it; `mention` is the first of the sentence.
static bool names_document(const struct clause_view *view, uint32_t mention)
{
    uint32_t sentence = view->document->tokens.at[view->first].sentence;
    uint32_t first = view->document->sentences.at[sentence > 0 ? sentence - 1 : 0].first;   // "Among them are …"
    for (uint32_t i = mention; i < view->document->mentions.count && view->document->mentions.at[i].first < view->last; i++)
        if (view->document->mentions.at[i].kind == MENTION_INSTRUMENT)
            return true;
    for (uint32_t i = mention; i-- > 0 && view->document->mentions.at[i].first >= first;)
        if (view->document->mentions.at[i].kind == MENTION_INSTRUMENT)
            return true;
    return false;
}

static void add_frame(const struct clause_view *view, uint32_t span_index, uint32_t mention, struct sentence_frames *frames)
{
    const struct span *span = &view->document->triggers.at[span_index];
    uint32_t rule = view->pack->lexemes.at[span->lexeme].value;
    // what a document is about is told behind it; where verbs come last, the same words may end any other list ("among the topics were …")
    if (view->pack->rules.at[rule].role == ROLE_CONCERN && view->pack->config.head == HEAD_FINAL && !names_document(view, mention))
        return;
    for (uint32_t i = frames->count; i-- > 0 && frames->at[i].first == span->first;)
        if (frames->at[i].rule == rule)
            return;
    if (frames->count == FRAMES_A_SENTENCE)
        return;
    struct frame frame = {
        .rule = rule,
        .first = span->first,
        .last = span->last,
        .outer = FRAME_NONE,
        .sentence = view->document->tokens.at[span->first].sentence,
        .clause_first = clause_begin(view, span->first),
        .clause_last = clause_end(view, span->last - 1),
    };
    uint32_t features = group_features(view->document, view->pack, span_index, rule);
    frame.flags = clause_tense(view, span, features, &frame.verb_first, &frame.verb_last);
    if (frame.flags == CLAUSE_NO_VERB)
        return;
    inherit_auxiliary(view, frames, &frame, features);
    if (view->pack->rules.at[rule].background)
        frame.flags |= FRAME_BACKGROUND;
    frames->at[frames->count++] = frame;
}

// A rule that shares its words with the one before it governs nothing of its own.
static bool is_twin(const struct sentence_frames *frames, uint32_t i)
{
    return i > 0 && frames->at[i - 1].first == frames->at[i].first;
}

static void govern_sentence(struct document *document, const struct clause_view *view, const struct sentence_frames *frames,
                            uint32_t *mention)
{
    uint32_t base = document->frames.count, primary[FRAMES_A_SENTENCE], count = 0;
    struct frame heads[FRAMES_A_SENTENCE];
    for (uint32_t i = 0; i < frames->count; i++)
        if (!is_twin(frames, i)) {
            primary[count] = base + i;
            heads[count++] = frames->at[i];
        }
    govern_frames(view, heads, count, 0);
    for (uint32_t i = 0, head = 0; i < frames->count; i++) {
        struct frame frame = frames->at[i];
        if (!is_twin(frames, i))
            head++;
        frame.outer = heads[head - 1].outer == FRAME_NONE ? FRAME_NONE : primary[heads[head - 1].outer];
        vec_push(document->arena, &document->frames, frame);
    }
    for (; *mention < document->mentions.count && document->mentions.at[*mention].first < view->last; ++*mention) {
        const struct mention *m = &document->mentions.at[*mention];
        uint32_t governor = m->first < view->first ? FRAME_NONE : govern_mention(view, heads, count, m);
        document->governed_by[*mention] = governor == FRAME_NONE ? FRAME_NONE : primary[governor];
    }
}

// ---- lists ------------------------------------------------------------------------------------------------------------
// "The sides agreed: – to open …; – to resume …": the frame of the lead to which the items belong.
struct lead {
    uint32_t frame;         // FRAME_NONE: no list is open
    uint32_t paragraph;     // the last one of the list
};

// The last frame from `base` on that says something of what follows.
static uint32_t leading_frame(const struct document *document, const struct pack *pack, uint32_t base)
{
    for (uint32_t i = document->frames.count; i-- > base;) {
        const struct frame *frame = &document->frames.at[i];
        const struct rule *rule = &pack->rules.at[frame->rule];
        bool says = rule->commitment.value < VALUE_UNSET || rule->instrument.value < VALUE_UNSET;
        if (says && rule->commitment.value != CODE_NONE && !(frame->flags & (FRAME_NOT | FRAME_IF)))
            return i;
    }
    return FRAME_NONE;
}

// What nothing in the item governs is governed by the lead.
static void join_list(struct document *document, const struct sentence *sentence, const struct lead *lead, uint32_t base, uint32_t mention)
{
    for (uint32_t i = base; i < document->frames.count; i++) {
        struct frame *frame = &document->frames.at[i];
        if (frame->outer == FRAME_NONE && (frame->flags & (FRAME_NONFINITE | FRAME_NOUN)))
            frame->outer = lead->frame;
    }
    for (; mention < document->mentions.count && document->mentions.at[mention].first < sentence->last; mention++)
        if (document->governed_by[mention] == FRAME_NONE && document->mentions.at[mention].first >= sentence->first)
            document->governed_by[mention] = lead->frame;
}

// Opens, goes on with or closes a list at a sentence whose frames begin at `base` and whose mentions begin at `mention`.
static void follow_list(struct document *document, uint32_t index, uint32_t base, uint32_t mention, struct lead *lead)
{
    const struct sentence *sentence = &document->sentences.at[index];
    bool begins = index == 0 || document->sentences.at[index - 1].paragraph != sentence->paragraph;
    bool item = lead->frame != FRAME_NONE && sentence->paragraph <= lead->paragraph + 1 && document_opens_item(document, index);
    if (item) {
        join_list(document, sentence, lead, base, mention);
        lead->paragraph = sentence->paragraph;
        return;
    }
    if (begins)
        lead->frame = FRAME_NONE;
    const struct token *last = &document->tokens.at[sentence->last - 1];
    if (last->kind == TOKEN_PUNCT && slice_is(document_fold(document, sentence->last - 1), ":"))
        *lead = (struct lead){.frame = leading_frame(document, sentence->pack, base), .paragraph = sentence->paragraph};
}

void frame_run(struct document *document)
{
    document->governed_by = ARENA_ARRAY(document->arena, uint32_t, document->mentions.count);
    for (uint32_t i = 0; i < document->mentions.count; i++)
        document->governed_by[i] = FRAME_NONE;
    struct clause_view *view = ARENA_NEW(document->arena, struct clause_view);
    struct sentence_frames *frames = ARENA_NEW(document->arena, struct sentence_frames);
    struct lead lead = {.frame = FRAME_NONE};
    uint32_t span = 0, mention = 0;
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct sentence *sentence = &document->sentences.at[i];
        while (span < document->triggers.count && document->triggers.at[span].first < sentence->first)
            span++;
        bool silent = span == document->triggers.count || document->triggers.at[span].first >= sentence->last;
        if (span == document->triggers.count && lead.frame == FRAME_NONE)
            break;
        uint8_t role = document->paragraphs.at[sentence->paragraph].role;
        if (role == PARAGRAPH_FURNITURE || role == PARAGRAPH_META || (silent && lead.frame == FRAME_NONE))
            continue;
        while (mention < document->mentions.count && document->mentions.at[mention].first < sentence->first)
            mention++;
        uint32_t base = document->frames.count, from = mention;
        if (silent) {
            follow_list(document, i, base, from, &lead);
            continue;
        }
        clause_view_init(view, document, sentence);
        frames->count = 0;
        for (; span < document->triggers.count && document->triggers.at[span].first < sentence->last; span++)
            add_frame(view, span, mention, frames);
        govern_sentence(document, view, frames, &mention);
        follow_list(document, i, base, from, &lead);
    }
}
