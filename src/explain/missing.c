// SPDX-License-Identifier: MIT
// Why some words of a report became no claim, or not the claim that was looked for: for each place where they stand, how far the reading
// followed them, and what in the pack would take it further.
//
// The stages are asked in their order: is the paragraph read at all, does a lexicon hold the words, what were they read as, which trigger
// governs that, what does the trigger's rule say, and what did the record make of it. A pack editor finds the file to change beside each
// answer. What the record made of a mention is what the resolve stage noted when it decided (document.fates), not a second opinion.
#include "base/emit.h"
#include "clean/clean.h"
#include "explain/place.h"
#include "unicode/word.h"

enum { GOVERNED_SHOWN = 6, WANTED_WORDS = 16, WANTED_BYTES = 96, PLACES_SHOWN = 5, LEAST_BYTES = 3 };

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

// ---- claims --------------------------------------------------------------------------------------------------------------
// Names the claims that rest on the words, each with its line.
static void tell_claims(const struct place *place)
{
    const struct record *record = &place->document->record;
    struct buf *out = place->out;
#define TELL(vec, printer)                                                                                            \
    for (uint32_t i = 0; i < (vec).count; i++)                                                                        \
        if (place_in_evidence(&(vec).at[i].evidence, place->first, place->last)) {                                          \
            buf_add_text(out, "  it is part of ");                                                                     \
            printer(out, place->document, place->world, i);                                                           \
        }
    TELL(record->people, explain_person_claim)
    TELL(record->bodies, explain_body_claim)
    TELL(record->meetings, explain_meeting_claim)
    TELL(record->instruments, explain_instrument_claim)
    TELL(record->commitments, explain_commitment_claim)
#undef TELL
}

// ---- words ---------------------------------------------------------------------------------------------------------------
static void tell_span(const struct place *place, const struct span *span)
{
    const struct lexeme *lexeme = &place->pack->lexemes.at[span->lexeme];
    struct buf *out = place->out;
    buf_add_text(out, "  ");
    explain_words(out, place->document, span->first, span->last);
    if (lexeme->kind == LEXICON_TRIGGER) {
        buf_add_text(out, " is a trigger of rule ");
        buf_add(out, place->pack->rules.at[lexeme->value].id);
    } else if (lexeme->kind == LEXICON_ORDINARY) {
        buf_add_text(out, " is an ordinary word, no part of a name");
    } else {
        buf_addf(out, " is in %s as ", explain_lexicon_name(lexeme->kind));
        emit_plain(out, lexeme->text);
    }
    buf_add_text(out, ", ");
    explain_source(out, place->pack, lexeme->file, lexeme->line);
    buf_add_char(out, '\n');
}

static void tell_spans(const struct place *place, const struct span_layer *layer)
{
    for (uint32_t i = 0; i < layer->count && layer->at[i].first < place->last; i++) {
        const struct span *span = &layer->at[i];
        uint8_t kind = place->pack->lexemes.at[span->lexeme].kind;
        // of several words, the small ones between them are not what is asked about
        bool small = (kind == LEXICON_GRAMMAR || kind == LEXICON_ORDINARY) && place->last - place->first > 1;
        if (span->last > place->first && !small)
            tell_span(place, span);
    }
}

static bool is_known(const struct document *document, uint32_t token)
{
    return document->lexicon.covering[token] != SPAN_NONE || document->triggers.covering[token] != SPAN_NONE;
}

static bool in_mention(const struct document *document, uint32_t token)
{
    for (uint32_t i = 0; i < document->mentions.count; i++)
        if (document->mentions.at[i].first <= token && token < document->mentions.at[i].last)
            return true;
    return false;
}

// Words that no table holds and that are no part of a name either.
static void tell_unknown(const struct place *place)
{
    for (uint32_t token = place->first; token < place->last; token++) {
        if (place->document->tokens.at[token].kind != TOKEN_WORD || is_known(place->document, token) || in_mention(place->document, token))
            continue;
        buf_add_text(place->out, "  ");
        explain_words(place->out, place->document, token, token + 1);
        buf_add_text(place->out, " is in no lexicon and no rule: a row of lexicon/*.tsv or a trigger of frames/*.rules makes it known\n");
        explain_near(place->out, place->pack, document_fold(place->document, token));
    }
}

// What a trigger among the words governs.
static void tell_governed(const struct place *place, uint32_t index)
{
    const struct document *document = place->document;
    uint32_t shown = 0;
    buf_add_text(place->out, "  ");
    explain_words(place->out, document, document->frames.at[index].first, document->frames.at[index].last);
    place_add_tense(place->out, document->frames.at[index].flags);
    for (uint32_t i = 0; i < document->mentions.count && shown < GOVERNED_SHOWN; i++) {
        const struct mention *m = &document->mentions.at[i];
        bool told = m->kind == MENTION_TOPIC || m->kind == MENTION_INSTRUMENT || m->kind == MENTION_MEETING || m->kind == MENTION_BODY;
        if (!told || (m->flags & MENTION_INSIDE) || document->governed_by[i] != index)
            continue;
        buf_add_text(place->out, shown++ ? ", " : " governs ");
        explain_words(place->out, document, m->first, m->last);
        buf_addf(place->out, " (%s)", explain_mention_kind(m->kind));
    }
    for (uint32_t i = 0; i < document->frames.count && shown < GOVERNED_SHOWN; i++) {
        if (document->frames.at[i].outer != index)
            continue;
        buf_add_text(place->out, shown++ ? ", " : " governs ");
        explain_words(place->out, document, document->frames.at[i].first, document->frames.at[i].last);
        buf_add_text(place->out, " (trigger)");
    }
    buf_add_text(place->out, shown ? "\n" : " governs nothing here\n");
}

// Triggers among the words: what each governs, or that it was no verb here.
static bool tell_triggers(const struct place *place)
{
    const struct document *document = place->document;
    bool any = false;
    for (uint32_t i = 0; i < document->frames.count; i++)
        if (document->frames.at[i].first < place->last && document->frames.at[i].last > place->first) {
            tell_governed(place, i);
            any = true;
        }
    bool trigger = false;
    for (uint32_t token = place->first; token < place->last; token++)
        trigger |= document->triggers.covering[token] != SPAN_NONE;
    if (trigger && !any)
        buf_add_text(place->out, "  the trigger is no verb here: its form is a noun or an adjective, too, and has no auxiliary\n");
    return trigger;
}

static void tell_place(const struct place *place)
{
    const struct document *document = place->document;
    const struct sentence *sentence = &document->sentences.at[document->tokens.at[place->first].sentence];
    const struct paragraph *paragraph = &document->paragraphs.at[sentence->paragraph];
    bool read = false;
    buf_addf(place->out, "bytes %u-%u ", document->tokens.at[place->first].begin, document->tokens.at[place->last - 1].end);
    explain_words(place->out, document, place->first, place->last);
    buf_add_char(place->out, '\n');
    if (paragraph->role == PARAGRAPH_FURNITURE) {
        buf_addf(place->out, "  the paragraph is page furniture (%s): nothing is read from it\n", clean_why(paragraph->why));
        return;
    }
    tell_claims(place);
    tell_unknown(place);
    tell_spans(place, &document->lexicon);
    tell_spans(place, &document->triggers);
    for (uint32_t i = 0; i < document->mentions.count; i++)
        if (document->mentions.at[i].first < place->last && document->mentions.at[i].last > place->first) {
            place_tell_mention(place, i);
            read = true;
        }
    read |= tell_triggers(place);
    bool known = false;
    for (uint32_t token = place->first; token < place->last; token++)
        known |= is_known(document, token);
    if (known && !read)
        buf_add_text(place->out, "  known, but nothing was made of it: it stands for nothing by itself here\n");
}

// ---- the report ------------------------------------------------------------------------------------------------------------
// What keeps the whole record empty.
static void tell_document(struct buf *out, const struct document *document)
{
    bool seen[1024] = {false};
    uint32_t parties = 0;
    if (document->verdict == VERDICT_NO_SIGN)
        buf_add_text(out, "the record is empty: nothing shows that governments deal (offices, a body, a document or talks by "
                          "name beside two states, or states that agree)\n");
    if (document->verdict == VERDICT_DISORDER)
        buf_add_text(out, "the record is empty: the words stand in no order that makes sentences (words that mark a case stand side by "
                          "side, often)\n");
    if (document->verdict != VERDICT_FEW_PARTIES)
        return;
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *m = &document->mentions.at[i];
        if (m->kind == MENTION_PARTY && m->code < sizeof seen && !seen[m->code]) {
            seen[m->code] = true;
            parties++;
        }
    }
    buf_addf(out, "the record is empty: a dealing has two parties at least, and the report names %u", parties);
    buf_add_text(out, parties > 1 ? ", of which fewer than two stand where those who deal stand\n" : "\n");
}

// The words are no words of a sentence: where do they stand?
static enum status tell_raw(struct buf *out, const struct document *document, struct slice words)
{
    const char *at = words.len < LEAST_BYTES ? NULL : memmem(document->text.at, document->text.len, words.at, words.len);
    if (!at)
        return STATUS_NOT_FOUND;
    uint32_t byte = (uint32_t)(at - document->text.at);
    buf_addf(out, "bytes %u-%u ", byte, byte + (uint32_t)words.len);
    explain_text(out, words);
    buf_add_char(out, '\n');
    for (uint32_t i = 0; i < document->tokens.count; i++) {
        if (document->tokens.at[i].end <= byte)
            continue;
        if (document->tokens.at[i].begin >= byte + words.len)
            break;
        buf_add_text(out, "  a part of ");
        explain_words(out, document, i, i + 1);
        buf_add_text(out, ": ask for the whole word\n");
        return out->failed;
    }
    buf_add_text(out, "  no pack reads the language of this paragraph, or nothing but furniture stands there\n");
    return out->failed;
}

enum status explain_missing(struct buf *out, const struct document *document, const struct world *world, struct slice words)
{
    struct wanted wanted;
    uint32_t places = 0;
    if (!read_wanted(words, &wanted))
        return STATUS_NOT_FOUND;
    for (uint32_t token = 0; token < document->tokens.count && places < PLACES_SHOWN; token++) {
        if (!stands_at(document, token, &wanted))
            continue;
        const struct sentence *sentence = &document->sentences.at[document->tokens.at[token].sentence];
        struct place place = {out, document, world, sentence->pack, token, token + wanted.count};
        tell_place(&place);
        places++;
    }
    if (places == 0 && tell_raw(out, document, words))
        return STATUS_NOT_FOUND;
    tell_document(out, document);
    return out->failed;
}
