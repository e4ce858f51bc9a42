// SPDX-License-Identifier: MIT
// The frame stage: each trigger becomes a frame with its tense, its clause and its governor; each mention gets the frame that governs it.
//
// A sentence without a trigger costs nothing here. When several rules share a trigger's words, each gives a frame of its own with the same
// bounds; the first of them governs, the others stand beside it (their roles count, their stances do not).
#include "frame/frames.h"

#include "frame/clause.h"
#include "frame/govern.h"

#define FRAMES_A_SENTENCE 64
#define DATELINE_TOKENS 14  // of a dateline and the mark that closes it

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

// The verb's bare form stands right behind a comma or a conjunction, with at most an adverb between: it has no subject of its own.
static bool continues_list(const struct clause_view *view, uint32_t verb)
{
    for (uint32_t back = 1; back <= 2 && verb >= view->first + back; back++) {
        uint8_t boundary = view->boundary[verb - back - view->first];
        if (boundary == BOUNDARY_AND || boundary == BOUNDARY_COMMA)
            return true;
        if (clause_classes(view, verb - back))
            return false;
    }
    return false;
}

// "agreed to expand trade, build roads, and open …": the verb of the list that carries the auxiliary; NULL if there is none.
static const struct frame *head_of_list(const struct clause_view *view, const struct sentence_frames *frames, const struct frame *frame)
{
    for (uint32_t i = frames->count; i-- > 0;) {
        const struct frame *before = &frames->at[i];
        if (clause_boundary(view, before->last - 1, frame->first) == BOUNDARY_HARD)
            return NULL;
        if (!(before->flags & FRAME_NOUN) && (before->flags & (FRAME_FUTURE | FRAME_MUST | FRAME_MAY | FRAME_NONFINITE)))
            return before;
    }
    return NULL;
}

// "… and launch a fund": a bare form that could be a noun is a verb in a list of infinitives when something follows that it can govern.
static bool is_verb_of_list(const struct clause_view *view, const struct sentence_frames *frames, const struct frame *frame,
                            uint32_t features)
{
    bool bare = (features & FEATURE(INF)) && !(features & (FEATURE(PART) | FEATURE(GER)));
    if (!bare || frame->first == view->first || !continues_list(view, frame->first) || clause_is_punct(view, frame->last))
        return false;
    uint64_t next = clause_classes(view, frame->last);
    bool behind_and = view->boundary[frame->first - 1 - view->first] == BOUNDARY_AND;
    return ((next & GRAMMAR(DETERMINER)) || (behind_and && !next)) && head_of_list(view, frames, frame) != NULL;
}

// "… to ensure peace, enhance trade": the infinitive of a verb that no rule knows, at `token`.
static bool is_unknown_infinitive(const struct clause_view *view, uint32_t token)
{
    const struct document *document = view->document;
    if (!(clause_classes(view, token) & GRAMMAR(TO)) || token + 1 >= view->last || clause_is_punct(view, token + 1))
        return false;
    bool known = clause_classes(view, token + 1) || document->triggers.covering[token + 1] != SPAN_NONE ||
                 document->lexicon.covering[token + 1] != SPAN_NONE;
    return !known && !(document->tokens.at[token + 1].flags & TOKEN_CAPITAL);
}

// The head's auxiliary is the list's, unless the list is of infinitives under the head: "will discuss an agenda to ensure …, enhance …".
static uint32_t flags_of_list(const struct clause_view *view, const struct frame *head, uint32_t end)
{
    for (uint32_t token = head->last; token < end; token++)
        if (is_unknown_infinitive(view, token))
            return FRAME_NONFINITE;
    return head->flags & (FRAME_FUTURE | FRAME_MUST | FRAME_MAY | FRAME_NONFINITE);
}

// "will meet … and hold talks", "was discussed and agreed": a verb right behind a conjunction shares the auxiliary of the one before.
static void inherit_auxiliary(const struct clause_view *view, const struct sentence_frames *frames, struct frame *frame,
                              uint32_t features)
{
    if (!frames->count || frame->first == view->first)
        return;
    bool initial = view->pack->config.head == HEAD_INITIAL && !pack_inflects(view->pack);
    if (initial && (features & FEATURE(INF)) && !(frame->flags & ~(uint32_t)FRAME_BACKGROUND) && continues_list(view, frame->first)) {
        const struct frame *head = head_of_list(view, frames, frame);
        if (head)
            frame->flags |= flags_of_list(view, head, frame->first);
        return;
    }
    if (!(clause_classes(view, frame->first - 1) & GRAMMAR(AND)))
        return;
    const struct frame *before = &frames->at[frames->count - 1];
    if (clause_boundary(view, before->last - 1, frame->first) == BOUNDARY_HARD)
        return;
    if ((features & FEATURE(INF)) && !(frame->flags & ~(uint32_t)FRAME_BACKGROUND))
        frame->flags |= before->flags & (FRAME_FUTURE | FRAME_MUST | FRAME_MAY | FRAME_NONFINITE);
    if ((features & FEATURE(PART)) && (before->flags & FRAME_PASSIVE) && frame->flags == FRAME_PAST)
        frame->flags = before->flags & (FRAME_PASSIVE | FRAME_PAST | FRAME_FUTURE | FRAME_MUST | FRAME_MAY | FRAME_NOT);
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

// A party, a person, both sides or a body stand right before the token; `mention` is the first of the sentence.
static bool follows_actor(const struct clause_view *view, uint32_t token, uint32_t mention)
{
    for (uint32_t i = mention; i < view->document->mentions.count && view->document->mentions.at[i].last <= token; i++) {
        const struct mention *m = &view->document->mentions.at[i];
        bool acts = m->kind == MENTION_PARTY || m->kind == MENTION_PERSON || m->kind == MENTION_SIDES || m->kind == MENTION_BODY ||
                    m->kind == MENTION_ORGAN;
        if (m->last == token && acts)
            return true;
    }
    return false;
}

// A trigger that is an auxiliary alone ("will") speaks for a verb of no rule; where a trigger or no verb follows it says nothing.
static bool lacks_verb(const struct clause_view *view, const struct span *span, uint32_t mention)
{
    const struct span_layer *triggers = &view->document->triggers;
    uint32_t at = span->last;
    if (view->pack->config.head == HEAD_FINAL || pack_inflects(view->pack))
        return false;
    for (uint32_t token = span->first; token < span->last; token++)
        if (!(clause_classes(view, token) & GRAMMAR(WILL)))
            return false;
    uint64_t more = GRAMMAR(BE) | GRAMMAR(HAVE) | GRAMMAR(NOT);
    while (at < view->last && (clause_classes(view, at) & more) && triggers->covering[at] == SPAN_NONE)
        at++;
    for (uint32_t token = at; token < view->last && token < at + 3; token++)
        if (triggers->covering[token] != SPAN_NONE)
            return true;
    return at >= view->last || view->document->tokens.at[at].kind != TOKEN_WORD || clause_classes(view, at) ||
           !follows_actor(view, span->first, mention);
}

// "A UN-led mission", "the G7-backed fund": a verb joined to the word before it by a hyphen describes a thing and tells no deed.
static bool is_compound(const struct clause_view *view, const struct span *span)
{
    const struct token *tokens = view->document->tokens.at;
    if (span->first < view->first + 2 || !clause_is_punct(view, span->first - 1))
        return false;
    bool hyphen = slice_is(document_fold(view->document, span->first - 1), "-");
    return hyphen && !(tokens[span->first - 1].flags & TOKEN_SPACE_BEFORE) && !(tokens[span->first].flags & TOKEN_SPACE_BEFORE);
}

// "An action plan on fish", "a letter of intent", "agreed minutes": a word within a document's name is no verb. Where verbs come last, what
// closes the name may be ("accord-made").
static bool is_within_name(const struct clause_view *view, const struct span *span)
{
    const struct span_layer *lexicon = &view->document->lexicon;
    uint32_t group = lexicon->covering[span->first];
    if (group == SPAN_NONE)
        return false;
    uint32_t first = lexicon->at[group].first;
    bool inner = view->pack->config.head == HEAD_INITIAL && first < span->first;
    if (!inner && span->last >= lexicon->at[group].last)
        return false;
    for (; group < lexicon->count && lexicon->at[group].first == first; group++)
        if (view->pack->lexemes.at[lexicon->at[group].lexeme].kind == LEXICON_INSTRUMENT)
            return true;
    return false;
}

// Where verbs come last, a trigger of light verbs alone that closes the verb group of the one before it ("accord | was") belongs to it.
static bool closes_other(const struct clause_view *view, const struct span *span, const struct sentence_frames *frames)
{
    const struct frame *before = frames->count ? &frames->at[frames->count - 1] : NULL;
    if (view->pack->config.head != HEAD_FINAL || !before || before->last > span->first || before->verb_last < span->last)
        return false;
    for (uint32_t token = span->first; token < span->last; token++)
        if (!(clause_classes(view, token) & CLAUSE_VERBAL) || (clause_classes(view, token) & GRAMMAR(SAID)))
            return false;
    return true;
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
    if (frames->count == FRAMES_A_SENTENCE || is_compound(view, span) || is_within_name(view, span) ||
        lacks_verb(view, span, mention) || closes_other(view, span, frames))
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
    if (frame.flags == CLAUSE_NO_VERB) {
        if (!is_verb_of_list(view, frames, &frame, features))
            return;
        frame.flags = 0;
    }
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

static bool has_comma(const struct clause_view *view, uint32_t first, uint32_t last)
{
    for (uint32_t token = first; token < last; token++)
        if (view->boundary[token - view->first] == BOUNDARY_COMMA)
            return true;
    return false;
}

// The token is the sentence's first, or the first behind its dateline.
static bool opens_text(const struct clause_view *view, uint32_t token)
{
    if (token == view->first)
        return true;
    struct slice mark = document_fold(view->document, token - 1);
    return token < view->first + DATELINE_TOKENS && clause_is_punct(view, token - 1) && (slice_is(mark, ":") || slice_is(mark, "-") ||
                                                                                         slice_is(mark, "—") || slice_is(mark, "–"));
}

// "Winding up the fifth session, the ministers agreed …": a participle that opens the sentence tells a deed in the tense of the verb behind
// its comma. That verb's frame, or NULL.
static const struct frame *main_of_circumstance(const struct clause_view *view, const struct sentence_frames *frames,
                                                const struct frame *frame)
{
    bool opens = (frame->flags & FRAME_NONFINITE) && !(frame->flags & FRAME_NOUN) && frame->verb_first == frame->first &&
                 opens_text(view, frame->first);
    if (!opens || view->pack->config.head != HEAD_INITIAL)
        return NULL;
    for (uint32_t i = 0; i < frames->count; i++) {
        const struct frame *behind = &frames->at[i];
        bool finite = !(behind->flags & (FRAME_NONFINITE | FRAME_NOUN | FRAME_ATTRIBUTE | FRAME_NOT | FRAME_IF));
        if (behind->first > frame->last && finite)
            return clause_boundary(view, frame->last - 1, behind->verb_first) < BOUNDARY_THAT &&
                   has_comma(view, frame->last, behind->verb_first) ? behind : NULL;
    }
    return NULL;
}

// "Second: to approve a memorandum with …": in the list of what a cabinet decided an infinitive that opens its line is the deed itself.
static bool is_decision(const struct clause_view *view, const struct frame *frame)
{
    const struct rule *rule = &view->pack->rules.at[frame->rule];
    bool document = rule->instrument.value == INSTRUMENT_STATUS_APPROVED || rule->instrument.value == INSTRUMENT_STATUS_SIGNED;
    if (!(frame->flags & FRAME_NONFINITE) || !document || view->pack->config.head != HEAD_INITIAL || frame->verb_first > view->first + 3)
        return false;
    uint8_t role = view->document->paragraphs.at[view->document->sentences.at[frame->sentence].paragraph].role;
    bool numbered = false;
    for (uint32_t token = view->first; token < frame->verb_first; token++)
        numbered |= clause_is_punct(view, token);
    return role == PARAGRAPH_BODY && numbered && (clause_classes(view, frame->verb_first) & GRAMMAR(TO));
}

// "Ended the session by signing a treaty": a gerund behind "by" tells a deed in the tense of the verb above it. That verb, or NULL.
static const struct frame *main_of_means(const struct clause_view *view, const struct frame *heads, const struct frame *frame,
                                         uint32_t outer)
{
    if (view->pack->config.head != HEAD_INITIAL || pack_inflects(view->pack) || !(frame->flags & FRAME_NONFINITE) || outer == FRAME_NONE ||
        frame->first == view->first || !(clause_classes(view, frame->first - 1) & GRAMMAR(BY)))
        return NULL;
    const struct rule *rule = &view->pack->rules.at[frame->rule];
    const struct frame *main = &heads[outer];
    bool tells = rule->instrument.value < VALUE_UNSET && !(main->flags & (FRAME_NONFINITE | FRAME_NOUN | FRAME_NOT | FRAME_IF));
    return tells ? main : NULL;
}

static void govern_sentence(struct document *document, const struct clause_view *view, const struct sentence_frames *frames,
                            uint32_t *mention)
{
    uint32_t base = document->frames.count, primary[FRAMES_A_SENTENCE] = {0}, count = 0;
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
        if (heads[head - 1].outer == FRAME_NONE && is_decision(view, &frame))
            frame.flags = (frame.flags & ~(uint32_t)FRAME_NONFINITE) | FRAME_PAST;
        const struct frame *main = heads[head - 1].outer == FRAME_NONE ? main_of_circumstance(view, frames, &frame) : NULL;
        if (main)
            frame.flags = (frame.flags & ~(uint32_t)FRAME_NONFINITE) | (main->flags & (FRAME_PAST | FRAME_FUTURE | FRAME_MAY));
        frame.outer = heads[head - 1].outer == FRAME_NONE ? FRAME_NONE : primary[heads[head - 1].outer];
        const struct frame *means = main_of_means(view, heads, &frame, heads[head - 1].outer);
        if (means) {
            frame.flags = (frame.flags & ~(uint32_t)FRAME_NONFINITE) | (means->flags & (FRAME_PAST | FRAME_FUTURE | FRAME_MAY));
            frame.outer = FRAME_NONE;
        }
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
    struct clause_view *view = arena_take(document->arena, sizeof *view);
    struct sentence_frames *frames = arena_take(document->arena, sizeof *frames);
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
