// SPDX-License-Identifier: MIT
// Features of paragraphs, in two passes: over the pieces (marks, blanks, words), which needs no language, and over the tokens and the
// spans of the lexicon where the paragraph's language is known. layout.c decides by them; nothing is decided here.
//
// Whether a line speaks of the same things as the prose is told by its content words: a word counts as shared if the prose has a word
// with the same first letters (inflection changes the last ones). The words of the lines that are no prose are kept as hashes, and those
// marked that the prose has, too: with the few thousand words of a report hardly any two fall together, and an answer that is wrong once
// in a hundred words changes no decision.
//
// All passes are linear; spans are walked once beside the tokens.
#include "clean/look.h"

#include "clean/clean.h"
#include "clean/marks.h"
#include "pack/pack.h"
#include "unicode/char.h"
#include "unicode/utf8.h"

enum {
    STEM_CODE_POINTS = 5,      // first letters that two words must share
    CONTENT_CODE_POINTS = 4,   // shorter words are too common to tell anything
    STEMS = 1 << 16,           // stems are told apart by so many hashes
    PROSE_MAX_WORDS = 2000,    // prose words that are compared; a report's first pages say what it is about
    CHUNK = 8,                 // bytes looked at together
    SEEN_BYTES = 600,          // of a paragraph; a longer one is taken to go on as it began
    PLAIN_WORDS = 60,          // a paragraph of so many words is prose or a page's menu: its lexicon adds nothing
    NUMBERED_DIGITS = 2,
    SIGNED_WORDS = 12,         // of a line at least that one word behind its last stop may sign off
    YEAR_MIN = 1900, YEAR_MAX = 2100,
};

// ---- code points ----------------------------------------------------------------------------------------------------------
static bool is_word_char(enum char_class class) { return class == CHAR_LETTER || class == CHAR_DIGIT; }

// Most characters of most texts are ASCII letters and blanks.
static inline enum char_class class_of(uint32_t c)
{
    if ((c | 0x20) - 'a' < 26u)
        return CHAR_LETTER;
    return c == ' ' ? CHAR_SPACE : char_class(c);
}

// The begin of a paragraph, cut between characters.
static struct slice seen_part(struct slice line)
{
    if (line.len <= SEEN_BYTES)
        return line;
    line.len = SEEN_BYTES;
    while ((line.at[line.len] & 0xC0) == 0x80)
        line.len--;
    return line;
}

// The last code point that closes nothing, and whether it was followed by a closing mark.
static uint32_t last_mark(struct slice text, size_t begin, size_t end)
{
    while (end > begin) {
        uint32_t c = utf8_before(text.at, end);
        if (!mark_closes(c) || end - begin <= 4)
            return c;
        char bytes[4];
        end -= (size_t)utf8_put(c, bytes);
    }
    return 0;
}

// One word of the line: no blank in it. An address holds a stop or slash between letters or an underscore, or an @.
static bool is_address_word(struct slice word)
{
    bool inner = false;
    if (memchr(word.at, '@', word.len) || memchr(word.at, '_', word.len))
        return true;
    for (size_t i = 1; i + 1 < word.len; i++) {
        unsigned char a = (unsigned char)word.at[i - 1], b = (unsigned char)word.at[i + 1];
        if ((word.at[i] == '.' || word.at[i] == '/') && (a | 0x20) >= 'a' && (a | 0x20) <= 'z' && b >= 'a' && b <= 'z')
            inner = true;
    }
    return inner;
}

// Opens with a number of one or two digits and a stop or bracket: an item, or a numbered paragraph.
static bool opens_numbered(struct slice line)
{
    size_t at = 0;
    for (int digits = 0; at < line.len; digits++) {
        uint32_t c = utf8_next(line.at, &at);
        if (char_digit(c) >= 0)
            continue;
        if (digits == 0 && c == '(')
            digits--;
        else
            return digits > 0 && digits <= NUMBERED_DIGITS && (c == '.' || c == ')') && at < line.len && line.at[at] == ' ';
    }
    return false;
}

// The bracket at the line's end holds a colon: "(Photo: agency)".
static bool ends_in_credit(struct slice line)
{
    size_t end = line.len;
    while (end > 0 && (line.at[end - 1] == '.' || line.at[end - 1] == ' '))
        end--;
    if (end == 0 || line.at[end - 1] != ')')
        return false;
    for (size_t i = end - 1; i > 0; i--)
        if (line.at[i - 1] == '(')
            return memchr(line.at + i, ':', end - i) != NULL;
    return false;
}

// "… took place in 2023. Enditem": one word behind the last stop of a long line closes the wire's copy, not a sentence.
static bool is_signed_off(struct slice line, uint32_t words)
{
    size_t at = line.len;
    while (at > 0 && line.at[at - 1] != ' ')
        at--;
    return words >= SIGNED_WORDS && at > 1 && mark_ends_sentence(last_mark(line, 0, at - 1));
}

// How the paragraph begins and ends; `line` is its begin.
static void look_at_ends(struct slice text, const struct paragraph *paragraph, struct slice line, struct look *look)
{
    uint32_t last = last_mark(text, paragraph->begin, paragraph->end);
    size_t first = 0;
    struct slice whole = slice_make(text.at + paragraph->begin, paragraph->end - paragraph->begin);
    look->ends = mark_ends_sentence(last) || is_signed_off(whole, look->words);
    look->stops += look->ends;
    look->calls = last == '!' || last == '?' || last == 0x061F;
    look->colon = last == ':';
    look->bullet = mark_is_bullet(utf8_next(line.at, &first)) && look->words > 0;
    look->numbered = opens_numbered(line);
    look->credit = ends_in_credit(whole);
}

// What is told of a paragraph by its characters, while they are looked at.
struct characters {
    struct slice line;          // the paragraph's begin, as far as it is looked at
    bool addresses;             // all words so far are addresses
    uint32_t letters, upper;
};

// The words of a line are runs without a blank that hold a letter or digit.
static void end_word(struct characters *seen, size_t begin, size_t end)
{
    seen->addresses = seen->addresses && is_address_word(slice_make(seen->line.at + begin, end - begin));
}

// Angle quotes part entries between blanks only: «in quotation» they stand close to their words.
static bool is_bar(const struct characters *seen, uint32_t c, bool behind_blank, size_t end)
{
    bool close = !behind_blank || end >= seen->line.len || seen->line.at[end] != ' ';
    return mark_separates(c) && !((c == 0xAB || c == 0xBB) && close);
}

// From `at` on, where a word may begin, character by character.
static void look_at_characters(struct characters *seen, size_t at, struct look *look)
{
    struct slice line = seen->line;
    bool in_word = false;
    size_t word_begin = at;
    uint32_t blanks = at > 0, before = 0;
    enum char_class class_before = CHAR_SPACE;
    while (at < line.len) {
        size_t here = at;
        uint32_t c = utf8_next(line.at, &at);
        enum char_class class = class_of(c);
        if (class == CHAR_SPACE) {
            look->gaps += (++blanks == 2 && here > 1) + (c == '\t');
            look->stops += mark_ends_sentence(before);
        } else {
            if (blanks) {
                if (in_word)
                    end_word(seen, word_begin, here);
                in_word = false;
                word_begin = here;
            }
            blanks = 0;
            look->words += is_word_char(class) && !in_word;
            in_word |= is_word_char(class);
            seen->letters += class == CHAR_LETTER;
            seen->upper += class == CHAR_LETTER && (c < 0x80 ? c < 'a' : char_is_upper(c));
            look->bars += class != CHAR_LETTER && here > 0 && is_bar(seen, c, class_before == CHAR_SPACE, at);
        }
        if (class != CHAR_SPACE || class_before != CHAR_SPACE)
            before = c;
        class_before = class;
    }
    if (in_word)
        end_word(seen, word_begin, line.len);
}

// The last character of a piece ends a sentence.
static bool piece_stops(const struct document *document, const struct token *piece)
{
    unsigned char last = (unsigned char)document->text.at[piece->end - 1];
    if (last < 0x80)
        return mark_ends_sentence(last);
    return piece->kind != TOKEN_WORD && mark_ends_sentence(utf8_before(document->text.at, piece->end));
}

// The same by the pieces into which the text stage has cut the paragraph, which know most of it already. Stops at the first piece that is
// cut off or stands apart by more than one blank; returns where the characters have to be looked at from there on, or, where capitals must
// be counted, from the begin.
static size_t look_at_pieces(const struct document *document, const struct paragraph *paragraph, struct characters *seen, struct look *look)
{
    const struct token *pieces = document->tokens.at;
    size_t base = paragraph->begin, limit = base + seen->line.len, word_begin = base, end = base;
    uint32_t words = 0, stops = 0, bars = 0, bars_here = 0;
    bool in_word = false, small = false;    // small: a word that begins with no capital
    for (uint32_t i = paragraph->first; i < paragraph->last && pieces[i].end <= limit; i++) {
        const struct token *piece = &pieces[i];
        bool blank = i > paragraph->first && (piece->flags & TOKEN_SPACE_BEFORE);
        if (piece->begin != end + blank || (blank && document->text.at[end] != ' ' && document->text.at[end] != '\n'))
            break;
        if (blank) {
            words += in_word;
            bars += bars_here;
            bars_here = 0;
            stops += piece_stops(document, piece - 1);
            if (in_word && seen->addresses)
                end_word(seen, word_begin - base, end - base);
            in_word = false;
            word_begin = piece->begin;
        }
        end = piece->end;
        if (piece->kind == TOKEN_WORD || piece->kind == TOKEN_NUMBER) {
            in_word = true;
            small |= piece->kind == TOKEN_WORD && !(piece->flags & TOKEN_CAPITAL) && document->folds[piece->fold] != '\'';
            continue;
        }
        size_t at = piece->begin;
        uint32_t c = utf8_next(document->text.at, &at);
        in_word |= c >= 0x80 && is_word_char(char_class(c));    // a letter that is an apostrophe, too
        bars_here += piece->begin > base && is_bar(seen, c, blank || i == paragraph->first, end - base);
    }
    if (!small) {
        seen->addresses = true;
        return 0;
    }
    look->words = words;
    look->stops = stops;
    look->bars = bars;
    seen->upper = 0;
    seen->letters = 1;
    if (end < limit)
        return word_begin - base;
    look->words += in_word;
    look->bars += bars_here;
    if (in_word)
        end_word(seen, word_begin - base, end - base);
    return seen->line.len;
}

static void look_at_line(const struct document *document, const struct paragraph *paragraph, struct look *look)
{
    struct slice whole = slice_make(document->text.at + paragraph->begin, paragraph->end - paragraph->begin);
    struct characters seen = {.line = seen_part(whole), .addresses = true};
    look_at_characters(&seen, look_at_pieces(document, paragraph, &seen, look), look);
    look->words = (uint32_t)(look->words * (uint64_t)whole.len / seen.line.len);
    look->address = look->words > 0 && seen.addresses;
    look->capitals = seen.letters > 1 && seen.upper == seen.letters;
    look_at_ends(document->text, paragraph, seen.line, look);
}

void clean_look(struct document *document)
{
    document->looks = ARENA_ARRAY(document->arena, struct look, document->paragraphs.count);
    for (uint32_t i = 0; i < document->paragraphs.count; i++)
        look_at_line(document, &document->paragraphs.at[i], &document->looks[i]);
}

// ---- tokens and spans -----------------------------------------------------------------------------------------------------
static uint32_t number_value(struct slice fold)
{
    int64_t value = 0;
    return slice_to_int(fold, &value) && value >= 0 && value <= UINT32_MAX ? (uint32_t)value : 0;
}

// Numbers with inner marks that look like a date (12.05.2024, 12/5/24) or a time (11:15).
static bool is_date_number(struct slice fold, bool *ret_full)
{
    uint32_t marks = 0, colons = 0;
    for (size_t i = 0; i < fold.len; i++) {
        marks += fold.at[i] == '.' || fold.at[i] == '/';
        colons += fold.at[i] == ':';
    }
    *ret_full = marks == 2 && colons == 0;
    return *ret_full || (colons > 0 && marks == 0);
}

static void note_furniture(const struct lexeme *lexeme, const struct span *span, uint32_t words_before, struct look *look)
{
    uint32_t words = span->last - span->first;
    look->covered += words;
    if (words > look->longest) {
        look->longest = words;
        look->strongest = (uint8_t)lexeme->value;
    }
    if (words_before == 0)
        look->opening = (uint8_t)lexeme->value;
}

// Kinds of words that tell something of a paragraph.
#define TELLING                                                                                                         \
    (UINT32_C(1) << LEXICON_FURNITURE | UINT32_C(1) << LEXICON_GRAMMAR | UINT32_C(1) << LEXICON_MONTH |                 \
     UINT32_C(1) << LEXICON_WEEKDAY | UINT32_C(1) << LEXICON_SOURCE | UINT32_C(1) << LEXICON_ORGAN)

static void note_span(const struct pack *pack, const struct span *span, uint32_t words_before, struct look *look)
{
    const struct lexeme *lexeme = &pack->lexemes.at[span->lexeme];
    switch (lexeme->kind) {
    case LEXICON_FURNITURE:
        note_furniture(lexeme, span, words_before, look);
        break;
    case LEXICON_GRAMMAR:
        look->grammar++;
        look->byline |= words_before == 0 && lexeme->classes & GRAMMAR(BY);
        look->second_by |= words_before == 1 && lexeme->classes & GRAMMAR(BY);
        break;
    case LEXICON_MONTH: case LEXICON_WEEKDAY:
        look->dates++;
        break;
    case LEXICON_SOURCE:
        look->outlet |= lexeme->value == SOURCE_OUTLET;
        break;
    case LEXICON_ORGAN:
        look->organ = true;
        break;
    default:
        break;
    }
}

// A month is a date with a number beside it only; numbers alone are one if a year stands among three of them (2019-06-23).
static void note_number(struct slice fold, uint32_t *numbers, bool *has_year, struct look *look)
{
    bool full = false;
    uint32_t value = number_value(fold);
    if (is_date_number(fold, &full)) {
        look->dates++;
        look->has_date |= full;
        return;
    }
    ++*numbers;
    look->dates++;
    *has_year |= value >= YEAR_MIN && value <= YEAR_MAX && fold.len == 4;
}

static void look_at_tokens(const struct document *document, uint32_t first, uint32_t last, const struct pack *pack, uint32_t *span,
                           uint32_t *trigger, struct look *look)
{
    const struct span_layer *lexicon = &document->lexicon, *triggers = &document->triggers;
    uint32_t numbers = 0, after_opening = first;
    bool has_year = false, has_month = false;
    for (uint32_t i = first; i < last; i++) {
        const struct token *token = &document->tokens.at[i];
        uint32_t before = look->pieces - numbers;
        for (; *span < lexicon->count && lexicon->at[*span].first <= i; ++*span) {
            const struct span *here = &lexicon->at[*span];
            bool was_open = look->opening != LOOK_NO_CLASS;
            if (!(pack->groups.at[document->groups[here->first]].kinds & TELLING))
                continue;
            note_span(pack, here, before, look);
            has_month |= pack->lexemes.at[here->lexeme].kind == LEXICON_MONTH;
            if (!was_open && look->opening != LOOK_NO_CLASS)
                after_opening = here->last;
        }
        if (token->kind == TOKEN_NUMBER)
            note_number(document_fold(document, i), &numbers, &has_year, look);
        look->pieces += token->kind == TOKEN_WORD || token->kind == TOKEN_NUMBER;
    }
    uint32_t trigger_begin = *trigger;
    while (*trigger < triggers->count && triggers->at[*trigger].first < last)
        ++*trigger;
    look->triggers = *trigger - trigger_begin;
    look->has_date |= (has_month && numbers > 0) || (has_year && numbers == 3);
    if (look->opening != LOOK_NO_CLASS) {
        struct slice mark = after_opening < last ? document_fold(document, after_opening) : slice_make("", 0);
        look->label = after_opening >= last || slice_is(mark, ":") || slice_is(mark, "-") || slice_is(mark, "(") || slice_is(mark, "|");
    }
}

// Passes over the spans and triggers of a paragraph that needs no look at its words.
static void pass_over(const struct document *document, uint32_t last, uint32_t *span, uint32_t *trigger)
{
    while (*span < document->lexicon.count && document->lexicon.at[*span].first < last)
        ++*span;
    while (*trigger < document->triggers.count && document->triggers.at[*trigger].first < last)
        ++*trigger;
}

void look_at_paragraphs(const struct document *document)
{
    uint32_t count = document->paragraphs.count, sentence = 0, span = 0, trigger = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct paragraph *paragraph = &document->paragraphs.at[i];
        struct look *look = &document->looks[i];
        look->opening = look->strongest = LOOK_NO_CLASS;
        look->foreign = document->pack && paragraph->pack != document->pack;
        uint32_t begin = sentence;
        while (sentence < document->sentences.count && document->sentences.at[sentence].paragraph == i)
            sentence++;
        if (sentence == begin)
            continue;
        uint32_t first = document->sentences.at[begin].first, last = document->sentences.at[sentence - 1].last;
        if (look->words >= PLAIN_WORDS && look->bars + look->gaps == 0)
            pass_over(document, last, &span, &trigger);
        else
            look_at_tokens(document, first, last, paragraph->pack, &span, &trigger, look);
    }
}

// ---- what lines share with the prose --------------------------------------------------------------------------------------
// Hash of a content word's first letters, or UINT32_MAX if the token is no content word.
static uint32_t stem_of(const struct document *document, uint32_t token)
{
    if (document->tokens.at[token].kind != TOKEN_WORD)
        return UINT32_MAX;
    struct slice fold = document_fold(document, token), stem = {fold.at, 0};
    uint32_t count = 0;
    if (fold.len < CONTENT_CODE_POINTS)
        return UINT32_MAX;
    if ((bytes_load_short(fold.at, fold.len < CHUNK ? fold.len : CHUNK) & BYTES_OF(0x80)) == 0)    // ASCII: nothing to be decoded
        stem.len = count = fold.len < STEM_CODE_POINTS ? (uint32_t)fold.len : STEM_CODE_POINTS;
    for (; stem.len < fold.len && count < STEM_CODE_POINTS; count++)
        utf8_next(fold.at, &stem.len);
    if (count < CONTENT_CODE_POINTS)
        return UINT32_MAX;
    uint64_t hash = slice_hash(stem);
    return (uint32_t)(hash ^ hash >> 32) % STEMS;
}

// The stems of the lines that are no prose, in open addressing; their number is small, so that little memory is touched.
struct stems {
    uint32_t *slots;        // stem + 1, and SHARED when the prose has it; 0: empty
    uint32_t mask;
    uint64_t begins[4];     // a bit for the first four bytes of each word: most words of the prose end here
};
#define STEM_SHARED UINT32_C(0x80000000)

// The bit of `begins` for a word of four bytes and more.
static uint32_t begin_bit(struct slice fold)
{
    uint32_t bytes;
    memcpy(&bytes, fold.at, sizeof bytes);
    return bytes * UINT32_C(0x9E3779B1) >> 24;
}

static bool may_be_stem(const struct stems *stems, struct slice fold)
{
    uint32_t bit = fold.len >= CONTENT_CODE_POINTS ? begin_bit(fold) : 0;
    return fold.len >= CONTENT_CODE_POINTS && (stems->begins[bit / 64] >> bit % 64 & 1);
}

// The slot of a stem, or the empty one where it belongs.
static uint32_t *find_stem(const struct stems *stems, uint32_t stem)
{
    uint32_t at = stem & stems->mask;
    while (stems->slots[at] != 0 && (stems->slots[at] & ~STEM_SHARED) != stem + 1)
        at = (at + 1) & stems->mask;
    return &stems->slots[at];
}

static struct stems stems_of_others(const struct document *document, const bool *prose, uint32_t tokens)
{
    struct stems stems = {.mask = 15};
    while (stems.mask < tokens * 2)
        stems.mask = stems.mask * 2 + 1;
    stems.slots = ARENA_ARRAY(document->arena, uint32_t, stems.mask + 1);
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct sentence *sentence = &document->sentences.at[i];
        for (uint32_t t = sentence->first; !prose[sentence->paragraph] && t < sentence->last; t++) {
            uint32_t stem = stem_of(document, t);
            if (stem == UINT32_MAX)
                continue;
            uint32_t bit = begin_bit(document_fold(document, t));
            stems.begins[bit / 64] |= UINT64_C(1) << bit % 64;
            *find_stem(&stems, stem) = stem + 1;
        }
    }
    return stems;
}

void look_compare(const struct document *document, struct look *looks, const bool *prose)
{
    uint32_t tokens = 0, words = 0;
    for (uint32_t i = 0; i < document->paragraphs.count; i++)
        tokens += prose[i] ? 0 : document->paragraphs.at[i].last - document->paragraphs.at[i].first;
    if (tokens == 0)
        return;
    struct stems stems = stems_of_others(document, prose, tokens);
    for (uint32_t i = 0; i < document->sentences.count && words < PROSE_MAX_WORDS; i++) {
        const struct sentence *sentence = &document->sentences.at[i];
        if (!prose[sentence->paragraph])
            continue;
        for (uint32_t t = sentence->first; t < sentence->last; t++, words++) {
            uint32_t stem = may_be_stem(&stems, document_fold(document, t)) ? stem_of(document, t) : UINT32_MAX;
            uint32_t *slot = stem != UINT32_MAX ? find_stem(&stems, stem) : NULL;
            if (slot && *slot)
                *slot |= STEM_SHARED;
        }
    }
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct sentence *sentence = &document->sentences.at[i];
        if (prose[sentence->paragraph])
            continue;
        struct look *look = &looks[sentence->paragraph];
        for (uint32_t t = sentence->first; t < sentence->last; t++) {
            uint32_t stem = stem_of(document, t);
            if (stem == UINT32_MAX)
                continue;
            look->content++;
            look->shared += (*find_stem(&stems, stem) & STEM_SHARED) != 0;
        }
    }
}
