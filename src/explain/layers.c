// SPDX-License-Identifier: MIT
// Prints the layers of a document below the record: paragraphs, sentences with their tokens, spans, mentions, frames.
//
// Layout: a line an element, its number or tokens first, then what the stage decided, then the words. Token ranges
// are half open, as in the layers themselves; elements are named by their index, so that a line of one layer leads
// to the lines of another.
//
// Invariants: the output depends on the document alone: no address, no time, no locale.
#include "base/emit.h"
#include "clean/clean.h"
#include "explain/explain.h"

static const char *const role_names[] = {
    [PARAGRAPH_BODY] = "body", [PARAGRAPH_TITLE] = "title",         [PARAGRAPH_HEADING] = "heading",
    [PARAGRAPH_META] = "meta", [PARAGRAPH_FURNITURE] = "furniture",
};

static void add_language(struct buf *out, const struct pack *pack)
{
    if (pack)
        buf_add(out, pack->config.language);
    else
        buf_add_char(out, '-');
}

void explain_paragraphs(struct buf *out, const struct document *document)
{
    for (uint32_t i = 0; i < document->paragraphs.count; i++) {
        const struct paragraph *paragraph = &document->paragraphs.at[i];
        const char *why = paragraph->role == PARAGRAPH_FURNITURE ? clean_why(paragraph->why) : NULL;
        buf_addf(out, "%u %s ", i, role_names[paragraph->role]);
        add_language(out, paragraph->pack);
        buf_addf(out, " bytes %u-%u ", paragraph->begin, paragraph->end);
        if (why)
            buf_addf(out, "(%s) ", why);
        explain_text(out, slice_make(document->text.at + paragraph->begin, paragraph->end - paragraph->begin));
        buf_add_char(out, '\n');
    }
}

// Counts code points on the way through the text, so that all tokens together cost one pass.
struct cursor {
    uint32_t byte, point;
};

static uint32_t points_at(struct cursor *cursor, const struct document *document, uint32_t byte)
{
    for (; cursor->byte < byte; cursor->byte++)
        cursor->point += ((unsigned char)document->text.at[cursor->byte] & 0xC0) != 0x80;
    return cursor->point;
}

static void add_token(struct buf *out, const struct document *document, uint32_t index, struct cursor *cursor)
{
    static const char kinds[] = {[TOKEN_WORD] = 'w', [TOKEN_NUMBER] = 'n', [TOKEN_PUNCT] = 'p', [TOKEN_SYMBOL] = 's'};
    static const struct {
        uint8_t flag;
        const char *name;
    } flags[] = {
        {TOKEN_CAPITAL, " capital"}, {TOKEN_ALL_CAPS, " all-caps"},   {TOKEN_QUOTED, " quoted"},
        {TOKEN_BRACKETED, " bracketed"}, {TOKEN_ABBREVIATION, " abbreviation"},
        {TOKEN_INITIAL, " initial"},
    };
    const struct token *token = &document->tokens.at[index];
    uint32_t begin = points_at(cursor, document, token->begin), end = points_at(cursor, document, token->end);
    buf_addf(out, "  %u %c %u-%u %u-%u %s", index, kinds[token->kind], token->begin, token->end, begin, end,
             token->flags & TOKEN_SPACE_BEFORE ? "" : "+");
    explain_words(out, document, index, index + 1);
    buf_add_char(out, ' ');
    explain_text(out, document_fold(document, index));
    buf_addf(out, " %u", token->word);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (token->flags & flags[i].flag)
            buf_add_text(out, flags[i].name);
    buf_add_char(out, '\n');
}

// A token's line: number, kind (w n p s), bytes, code points, "+" where it touches the token before it, words, matching
// key, word id, flags.
void explain_sentences(struct buf *out, const struct document *document)
{
    struct cursor cursor = {0, 0};
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct sentence *sentence = &document->sentences.at[i];
        buf_addf(out, "%u paragraph %u ", i, sentence->paragraph);
        add_language(out, sentence->pack);
        buf_add_char(out, ' ');
        explain_tokens(out, sentence->first, sentence->last);
        buf_add_char(out, '\n');
        for (uint32_t token = sentence->first; token < sentence->last; token++)
            add_token(out, document, token, &cursor);
    }
}

const char *explain_lexicon_name(unsigned kind)
{
#define LEXICON_NAME(name, text) [LEXICON_##name] = text,
    static const char *const names[] = {LEXICON_KINDS(LEXICON_NAME)};
    return kind < LEXICON_KIND_COUNT ? names[kind] : "-";
}

static void add_features(struct buf *out, uint32_t features)
{
#define FEATURE_NAME(name, text) text,
    static const char *const names[] = {FEATURES(FEATURE_NAME)};
    for (unsigned i = 0; i < FEATURE_COUNT; i++)
        if (features >> i & 1)
            buf_addf(out, " %s", names[i]);
}

static void add_spans(struct buf *out, const struct document *document, const struct span_layer *layer)
{
    for (uint32_t i = 0; i < layer->count; i++) {
        const struct span *span = &layer->at[i];
        const struct pack *pack = document->sentences.at[document->tokens.at[span->first].sentence].pack;
        const struct lexeme *lexeme = &pack->lexemes.at[span->lexeme];
        explain_tokens(out, span->first, span->last);
        buf_addf(out, " %s ", explain_lexicon_name(lexeme->kind));
        if (lexeme->kind == LEXICON_TRIGGER)
            buf_add(out, pack->rules.at[lexeme->value].id);
        else
            emit_plain(out, lexeme->text);
        add_features(out, span->features);
        buf_add_char(out, ' ');
        explain_words(out, document, span->first, span->last);
        buf_add_char(out, ' ');
        explain_source(out, pack, lexeme->file, lexeme->line);
        buf_add_char(out, '\n');
    }
}

void explain_spans(struct buf *out, const struct document *document)
{
    add_spans(out, document, &document->lexicon);
    add_spans(out, document, &document->triggers);
}

// ---- mentions -----------------------------------------------------------------------------------------------------
const char *explain_mention_kind(unsigned kind)
{
    static const char *const names[MENTION_KIND_COUNT] = {
        [MENTION_PARTY] = "party",     [MENTION_PERSON] = "person",         [MENTION_BODY] = "body",
        [MENTION_MEETING] = "meeting", [MENTION_INSTRUMENT] = "instrument", [MENTION_TOPIC] = "topic",
        [MENTION_DATE] = "date",       [MENTION_PLACE] = "place",           [MENTION_SIDES] = "sides",
        [MENTION_SOURCE] = "source",   [MENTION_ORGAN] = "organ",     [MENTION_AMOUNT] = "amount",
    };
    return kind < MENTION_KIND_COUNT && names[kind] ? names[kind] : "-";
}

static void add_mention_flags(struct buf *out, const struct mention *mention)
{
    static const struct {
        uint32_t flag;
        const char *name;
    } flags[] = {
        {MENTION_PLURAL, "plural"}, {MENTION_PLIGHT, "plight"}, {MENTION_ORIGIN, "origin"},
        {MENTION_LOCATIVE, "locative"}, {MENTION_AGENT, "agent"}, {MENTION_WITH, "with"},
        {MENTION_PAST_REF, "previous"}, {MENTION_NEXT_REF, "next"}, {MENTION_WEAK, "weak"},
        {MENTION_DATELINE, "dateline"}, {MENTION_SPOKEN_OF, "spoken-of"}, {MENTION_MEANS, "means"},
        {MENTION_LEVY, "levy"},
        {MENTION_EVENT, "event"},
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (mention->flags & flags[i].flag)
            buf_addf(out, " %s", flags[i].name);
    if (mention->flags & MENTION_INSIDE)
        buf_addf(out, " inside:%d", mention->outer == MENTION_NONE ? -1 : (int)mention->outer);
}

static void add_person_of(struct buf *out, const struct document *document, const struct world *world, uint32_t entity)
{
    if (entity >= document->people.count)
        return;
    const struct person *person = &document->people.at[entity];
    buf_addf(out, " person:%u name:", entity);
    explain_words(out, document, person->name_first, person->name_last);
    buf_add_text(out, " office:");
    explain_code(out, CODES_OFFICE, person->office);
    buf_add_text(out, " of:");
    explain_party(out, world, person->party);
}

static void add_topic(struct buf *out, const struct world *world, const struct mention *mention)
{
    buf_add_char(out, ' ');
    explain_code(out, CODES_SECTOR, mention->code);
    if (mention->concept != 0xFFFF) {
        buf_add_char(out, ' ');
        buf_add(out, world->concepts.at[mention->concept].id);
    }
}

static void add_place(struct buf *out, const struct world *world, const struct mention *mention)
{
    buf_add_char(out, ' ');
    if (mention->city != 0xFFFF) {
        buf_add(out, world->cities.at[mention->city].name);
        buf_add_char(out, ' ');
    }
    explain_party(out, world, mention->state);
}

// What the mention's kind makes of its fields.
void explain_mention_value(struct buf *out, const struct document *document, const struct world *world,
                           const struct mention *mention)
{
    static const char *const sides[] = {[SIDE_BOTH] = " both", [SIDE_ALL] = " all", [SIDE_ONE] = " one"};
    switch (mention->kind) {
    case MENTION_PARTY:
        buf_add_char(out, ' ');
        explain_party(out, world, mention->code);
        break;
    case MENTION_PERSON:
        add_person_of(out, document, world, mention->entity);
        break;
    case MENTION_BODY: case MENTION_MEETING:
        buf_add_char(out, ' ');
        if (mention->code == MEETING_SESSION)
            buf_add_text(out, "session");
        else
            explain_code(out, CODES_MEETING_TYPE, mention->code);
        break;
    case MENTION_INSTRUMENT:
        buf_add_char(out, ' ');
        explain_code(out, CODES_INSTRUMENT_KIND, mention->code);
        if (mention->count)
            buf_addf(out, " count:%u", mention->count);
        break;
    case MENTION_TOPIC:
        add_topic(out, world, mention);
        break;
    case MENTION_DATE:
        buf_add_char(out, ' ');
        explain_date(out, mention->date);
        break;
    case MENTION_PLACE:
        add_place(out, world, mention);
        break;
    case MENTION_AMOUNT:
        buf_addf(out, " %.12g", mention->value);
        break;
    case MENTION_SIDES:
        buf_add_text(out, mention->code <= SIDE_ONE ? sides[mention->code] : " -");
        break;
    default:
        break;
    }
    if (mention->ordinal)
        buf_addf(out, " ordinal:%d", (int)mention->ordinal);
    if (mention->parties.count) {
        buf_add_text(out, " parties:");
        explain_parties(out, world, &mention->parties);
    }
}

void explain_mentions(struct buf *out, const struct document *document, const struct world *world)
{
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const struct mention *mention = &document->mentions.at[i];
        buf_addf(out, "%u ", i);
        explain_tokens(out, mention->first, mention->last);
        buf_addf(out, " %s", explain_mention_kind(mention->kind));
        explain_mention_value(out, document, world, mention);
        add_mention_flags(out, mention);
        if (document->governed_by && document->governed_by[i] != FRAME_NONE)
            buf_addf(out, " frame:%u", document->governed_by[i]);
        buf_add_char(out, ' ');
        explain_words(out, document, mention->first, mention->last);
        buf_add_char(out, '\n');
    }
}

// ---- frames -------------------------------------------------------------------------------------------------------
void explain_frames(struct buf *out, const struct document *document)
{
    static const struct {
        uint32_t flag;
        const char *name;
    } flags[] = {
        {FRAME_FUTURE, "future"}, {FRAME_MUST, "must"}, {FRAME_MAY, "may"}, {FRAME_NOT, "not"}, {FRAME_NONFINITE, "nonfinite"},
        {FRAME_PASSIVE, "passive"},
        {FRAME_IF, "if"}, {FRAME_PAST, "past"}, {FRAME_NOUN, "noun"}, {FRAME_BACKGROUND, "background"}, {FRAME_ATTRIBUTE, "attribute"},
    };
    for (uint32_t i = 0; i < document->frames.count; i++) {
        const struct frame *frame = &document->frames.at[i];
        const struct pack *pack = document->sentences.at[frame->sentence].pack;
        buf_addf(out, "%u ", i);
        explain_tokens(out, frame->first, frame->last);
        buf_add_char(out, ' ');
        buf_add(out, pack->rules.at[frame->rule].id);
        for (size_t f = 0; f < sizeof flags / sizeof *flags; f++)
            if (frame->flags & flags[f].flag)
                buf_addf(out, " %s", flags[f].name);
        if (frame->outer != FRAME_NONE)
            buf_addf(out, " under:%u", frame->outer);
        buf_add_text(out, " clause");
        explain_tokens(out, frame->clause_first, frame->clause_last);
        buf_add_char(out, ' ');
        explain_words(out, document, frame->first, frame->last);
        buf_add_char(out, '\n');
    }
}

// ---- weighed dates and places -------------------------------------------------------------------------------------
static const char *const trait_words[] = {
#define WORDS(name, words) [TRAIT_##name] = words,
    TRAITS(WORDS)
#undef WORDS
};

void explain_traits(struct buf *out, uint64_t traits)
{
    bool some = false;
    for (unsigned trait = TRAIT_ANY + 1; trait < TRAIT_COUNT; trait++) {
        if (!(traits >> trait & 1))
            continue;
        buf_addf(out, "%s%s", some ? "," : "", trait_words[trait]);
        some = true;
    }
    if (!some)
        buf_add_char(out, '-');
}

void explain_weighed(struct buf *out, const struct document *document, const struct world *world)
{
    static const char *const by[] = {[WEIGH_DATE] = "date", [WEIGH_PLACE] = "place", [WEIGH_DATE_AROUND] = "date-around",
                                     [WEIGH_PLACE_AROUND] = "place-around"};
    for (uint32_t i = 0; i < document->weighed.count; i++) {
        const struct weighed *weighed = &document->weighed.at[i];
        const struct mention *mention = &document->mentions.at[weighed->mention];
        if (weighed->meeting == CLAIM_NONE)
            buf_add_text(out, "- ");
        else
            buf_addf(out, "m%u ", weighed->meeting + 1);
        buf_addf(out, "at:%u %s %+d%s", weighed->first, by[weighed->by], (int)weighed->weight, weighed->taken ? " taken " : " ");
        explain_traits(out, weighed->traits);
        buf_addf(out, " %s", explain_mention_kind(mention->kind));
        explain_mention_value(out, document, world, mention);
        buf_add_char(out, ' ');
        explain_words(out, document, mention->first, mention->last);
        buf_add_char(out, '\n');
    }
}

// ---- all ----------------------------------------------------------------------------------------------------------
void explain_document(struct buf *out, const struct document *document, const struct world *world)
{
    buf_add_text(out, "# paragraphs\n");
    explain_paragraphs(out, document);
    buf_add_text(out, "# sentences\n");
    explain_sentences(out, document);
    buf_add_text(out, "# spans\n");
    explain_spans(out, document);
    buf_add_text(out, "# mentions\n");
    explain_mentions(out, document, world);
    buf_add_text(out, "# frames\n");
    explain_frames(out, document);
    buf_add_text(out, "# weighed\n");
    explain_weighed(out, document, world);
    buf_add_text(out, "# claims\n");
    explain_claims(out, document, world);
}
