// SPDX-License-Identifier: MIT
// Why some words of a report became no claim: for each place where they stand, how far the reading followed them, and what is missing in
// the pack to follow them further.
//
// The stages are asked in their order: is the paragraph read at all, does a lexicon hold the words, was a mention made of them, which
// trigger governs it, and what does that trigger's rule say. The first "no" is the answer; a pack editor finds the file to change beside
// it.
#include "explain/explain.h"

#include "clean/clean.h"
#include "unicode/word.h"

enum { WANTED_WORDS = 16, WANTED_BYTES = 96, PLACES_SHOWN = 5, LEAST_BYTES = 3 };

struct wanted {
    char folds[WANTED_WORDS][WORD_FOLD_ROOM(WANTED_BYTES)];
    size_t len[WANTED_WORDS];
    uint32_t count;
};

static bool read_wanted(struct slice words, struct wanted *wanted)
{
    wanted->count = 0;
    for (size_t offset = 0; wanted->count < WANTED_WORDS;) {
        enum word_kind kind;
        struct slice word = word_next(words, &offset, &kind);
        if (kind == WORD_NONE)
            break;
        if (word.len > WANTED_BYTES)
            return false;
        wanted->len[wanted->count] = word_fold(word, kind, wanted->folds[wanted->count]);
        wanted->count++;
    }
    return wanted->count > 0;
}

static bool stands_at(const struct document *document, uint32_t token, const struct wanted *wanted)
{
    if (document->tokens.count - token < wanted->count)
        return false;
    for (uint32_t i = 0; i < wanted->count; i++)
        if (!slice_eq(document_fold(document, token + i), slice_make(wanted->folds[i], wanted->len[i])))
            return false;
    return true;
}

// ---- one place --------------------------------------------------------------------------------------------------------------
static bool in_evidence(const evidence_vec *evidence, uint32_t first, uint32_t last)
{
    for (uint32_t i = 0; i < evidence->count; i++)
        if (evidence->at[i].first < last && evidence->at[i].last > first)
            return true;
    return false;
}

// Names the claims that rest on the tokens; false if there are none.
static bool tell_claims(struct buf *out, const struct document *document, uint32_t first, uint32_t last)
{
    const struct record *record = &document->record;
    size_t before = out->len;
#define TELL(letter, vec)                                                                                             \
    for (uint32_t i = 0; i < (vec).count; i++)                                                                        \
        if (in_evidence(&(vec).at[i].evidence, first, last))                                                          \
            buf_addf(out, "  it is part of %c%u\n", letter, i + 1)
    TELL('p', record->people);
    TELL('b', record->bodies);
    TELL('m', record->meetings);
    TELL('i', record->instruments);
    TELL('c', record->commitments);
#undef TELL
    return out->len > before;
}

static bool tell_spans(struct buf *out, const struct document *document, const struct pack *pack, const struct span_layer *layer,
                       uint32_t first, uint32_t last)
{
    bool found = false;
    for (uint32_t i = 0; i < layer->count && layer->at[i].first < last; i++) {
        if (layer->at[i].last <= first)
            continue;
        const struct lexeme *lexeme = &pack->lexemes.at[layer->at[i].lexeme];
        buf_add_text(out, lexeme->kind == LEXICON_TRIGGER ? "  trigger " : "  lexicon ");
        explain_words(out, document, layer->at[i].first, layer->at[i].last);
        buf_add_char(out, ' ');
        explain_source(out, pack, lexeme->file, lexeme->line);
        buf_add_char(out, '\n');
        found = true;
    }
    return found;
}

static void tell_governor(struct buf *out, const struct document *document, const struct pack *pack, uint32_t mention)
{
    uint32_t at = document->governed_by[mention];
    if (at == FRAME_NONE) {
        buf_add_text(out, "  no trigger governs it: a verb of its clause is in no rule (frames/*.rules), or a clause ends between them\n");
        return;
    }
    for (int steps = 0; at != FRAME_NONE && steps < 8; at = document->frames.at[at].outer, steps++) {
        const struct frame *frame = &document->frames.at[at];
        const struct rule *rule = &pack->rules.at[frame->rule];
        buf_addf(out, "  governed by %.*s ", (int)rule->id.len, rule->id.at);
        explain_words(out, document, frame->first, frame->last);
        buf_add_char(out, ' ');
        explain_source(out, pack, rule->file, rule->line);
        buf_addf(out, "%s%s\n",
                 rule->commitment.value == VALUE_UNSET || rule->commitment.value == CODE_NONE ? ", which gives sectors no stance" : "",
                 frame->flags & FRAME_NOT ? ", negated" : "");
    }
}

static bool tell_mentions(struct buf *out, const struct document *document, const struct pack *pack, uint32_t first, uint32_t last)
{
    bool found = false;
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *m = &document->mentions.at[i];
        if (m->first >= last || m->last <= first)
            continue;
        buf_addf(out, "  %s ", explain_mention_kind(m->kind));
        explain_words(out, document, m->first, m->last);
        buf_addf(out, "%s%s\n", m->flags & MENTION_INSIDE ? ", part of a longer one" : "",
                 m->flags & MENTION_WEAK ? ", a general word that counts only where no field is named beside it" : "");
        if (!(m->flags & MENTION_INSIDE) && m->kind != MENTION_PARTY && m->kind != MENTION_DATE && m->kind != MENTION_PLACE)
            tell_governor(out, document, pack, i);
        found = true;
    }
    return found;
}

static void tell_place(struct buf *out, const struct document *document, uint32_t first, uint32_t last)
{
    const struct sentence *sentence = &document->sentences.at[document->tokens.at[first].sentence];
    const struct paragraph *paragraph = &document->paragraphs.at[sentence->paragraph];
    buf_addf(out, "bytes %u-%u ", document->tokens.at[first].begin, document->tokens.at[last - 1].end);
    explain_words(out, document, first, last);
    buf_add_char(out, '\n');
    if (paragraph->role == PARAGRAPH_FURNITURE) {
        buf_addf(out, "  the paragraph is page furniture (%s): nothing is read from it\n", clean_why(paragraph->why));
        return;
    }
    if (tell_claims(out, document, first, last))
        return;
    bool known = tell_spans(out, document, sentence->pack, &document->lexicon, first, last);
    known |= tell_spans(out, document, sentence->pack, &document->triggers, first, last);
    if (!known)
        buf_add_text(out, "  in no lexicon and no rule: a row in lexicon/*.tsv or a trigger in frames/*.rules makes it known\n");
    else if (!tell_mentions(out, document, sentence->pack, first, last))
        buf_add_text(out, "  known, but nothing was made of it: the words beside it do not ask for it\n");
}

// What keeps the whole record empty.
static void tell_document(struct buf *out, const struct document *document)
{
    const struct record *record = &document->record;
    if (record->meetings.count + record->instruments.count + record->commitments.count > 0)
        return;
    bool seen[1024] = {false};
    uint32_t parties = 0;
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *m = &document->mentions.at[i];
        if (m->kind == MENTION_PARTY && m->code < sizeof seen && !seen[m->code]) {
            seen[m->code] = true;
            parties++;
        }
    }
    if (parties < 2)
        buf_addf(out, "the record is empty: a dealing has two parties at least, and the report names %u\n", parties);
    else
        buf_add_text(out, "the record is empty: nothing shows that governments deal (offices, a body, a document or talks by "
                          "name beside two states, or states that agree)\n");
}

enum status explain_missing(struct buf *out, const struct document *document, struct slice words)
{
    struct wanted wanted;
    uint32_t places = 0;
    if (!read_wanted(words, &wanted))
        return STATUS_NOT_FOUND;
    for (uint32_t token = 0; token < document->tokens.count && places < PLACES_SHOWN; token++) {
        if (!stands_at(document, token, &wanted))
            continue;
        tell_place(out, document, token, token + wanted.count);
        places++;
    }
    if (places == 0 && (words.len < LEAST_BYTES || memmem(document->text.at, document->text.len, words.at, words.len) == NULL))
        return STATUS_NOT_FOUND;
    if (places == 0)
        buf_add_text(out, "the words stand in a paragraph whose language no pack reads, or are a part of longer words\n");
    tell_document(out, document);
    return out->failed;
}
