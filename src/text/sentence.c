// SPDX-License-Identifier: MIT
// Where sentences end, and what stands in quotation marks or round brackets.
//
// Enclosed parts come first, since a stop inside brackets ends no sentence. Which side a quotation mark belongs to is told by the blanks
// around it, not by its shape: the press of the world uses every mark in every role ("low-high", mirrored, doubled single ones). Open
// marks are kept on a short stack; a part that is never closed ends with the paragraph and counts as quoted only if its mark looked like
// an opening one. Brackets that are never closed enclose nothing.
//
// A stop ends the sentence unless the text says otherwise:
//   - what follows begins with a small letter (an abbreviation that nobody listed, a question inside a sentence);
//   - the stop belongs to an initial or abbreviation: then only a paragraph's end, or a frequent word of the language with a capital
//     behind it ("… in the U.S. The …") ends the sentence;
//   - it follows the number that opens the sentence ("2. The delegation …"), or stands inside brackets;
//   - it follows a number of one or two digits in a language that writes its ordinals so (`ordinal-stop`);
//   - no blank follows and both sides look like part of an address.
// Closing marks behind a stop belong to the sentence. A sentence of more than TEXT_MAX_SENTENCE_TOKENS is cut at a mark of punctuation.
//
// All of it is linear in the number of tokens: the stack is short, and look-ahead passes only over closing marks and runs of stops.
#include "text/sentence.h"

#include <assert.h>

#include "pack/pack.h"
#include "pack/words.h"
#include "text/text.h"
#include "unicode/char.h"
#include "unicode/utf8.h"

enum { OPEN_MAX = 8, ENDS_MAX = 16, LOOK_AHEAD_MAX = 8 };
enum { WORDS_A_STOP = 60, CLOSED_WORDS = 6 };   // words between stops; the least words of a sentence that a word closes

// ---- enclosed parts -------------------------------------------------------------------------------------------------------
enum mark { MARK_NONE, MARK_DOUBLE, MARK_SINGLE, MARK_BRACKET };

struct open_mark {
    enum mark mark;
    uint32_t token;
    bool sure;      // blank before it, none behind it: it looks like an opening mark
};

static uint32_t token_char(const struct document *document, uint32_t index)
{
    size_t at = document->tokens.at[index].begin;
    return utf8_next(document->text.at, &at);
}

static enum mark mark_of(uint32_t c)
{
    switch (c) {
    case '"': case 0xAB: case 0xBB: case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x2033: case 0xFF02:
        return MARK_DOUBLE;
    case '\'': case '`': case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2039: case 0x203A: case 0xFF07:
        return MARK_SINGLE;
    case '(': case ')': case 0xFF08: case 0xFF09:
        return MARK_BRACKET;
    default:
        return MARK_NONE;
    }
}

static bool is_opening_bracket(uint32_t c) { return c == '(' || c == 0xFF08; }

static bool is_closing_mark(uint32_t c)
{
    return c == ')' || c == ']' || c == '}' || c == 0xFF09 || c == 0x203A || mark_of(c) == MARK_DOUBLE || mark_of(c) == MARK_SINGLE;
}

// Whether a blank, or nothing, follows the token; `last` is the end of the paragraph's tokens.
static bool space_after(const struct document *document, uint32_t index, uint32_t last)
{
    return index + 1 >= last || document->tokens.at[index + 1].flags & TOKEN_SPACE_BEFORE;
}

static void flag_between(struct document *document, uint32_t open, uint32_t close, enum mark mark)
{
    uint8_t flag = mark == MARK_BRACKET ? TOKEN_BRACKETED : TOKEN_QUOTED;
    for (uint32_t i = open + 1; i < close; i++)
        document->tokens.at[i].flags |= flag;
}

// Index in the stack of the innermost open mark of the kind, or `depth` if there is none.
static uint32_t find_open(const struct open_mark *stack, uint32_t depth, enum mark mark)
{
    for (uint32_t i = depth; i > 0; i--)
        if (stack[i - 1].mark == mark)
            return i - 1;
    return depth;
}

// A quotation mark opens where a blank or an opening bracket stands before it and none behind it. Between two blanks, or two letters, it
// closes what is open, else opens.
static bool opens(const struct document *document, uint32_t first, uint32_t index, uint32_t last, bool is_open)
{
    const struct token *token = &document->tokens.at[index];
    bool before = token->flags & TOKEN_SPACE_BEFORE, after = space_after(document, index, last);
    if (!before && index > first) {
        uint32_t c = token_char(document, index - 1);
        before = is_opening_bracket(c) || c == '[' || c == '-' || c == 0x2013 || c == 0x2014 || c == ':' || mark_of(c) == MARK_SINGLE;
    }
    return before != after ? before : !is_open;
}

void sentence_mark_enclosed(struct document *document, uint32_t first, uint32_t last)
{
    struct open_mark stack[OPEN_MAX];
    uint32_t depth = 0;
    for (uint32_t i = first; i < last; i++) {
        const struct token *token = &document->tokens.at[i];
        if (token->kind != TOKEN_PUNCT && token->kind != TOKEN_SYMBOL)
            continue;
        uint32_t c = token_char(document, i);
        enum mark mark = mark_of(c);
        if (mark == MARK_NONE)
            continue;
        uint32_t open = find_open(stack, depth, mark);
        if (mark == MARK_BRACKET ? is_opening_bracket(c) : opens(document, first, i, last, open < depth)) {
            bool sure = token->flags & TOKEN_SPACE_BEFORE && !space_after(document, i, last);
            if (depth < OPEN_MAX)
                stack[depth++] = (struct open_mark){mark, i, sure};
        } else if (open < depth) {
            flag_between(document, stack[open].token, i, mark);
            depth = open;
        }
    }
    for (uint32_t i = 0; i < depth; i++)
        if (stack[i].mark == MARK_DOUBLE && stack[i].sure) {
            flag_between(document, stack[i].token, last, MARK_DOUBLE);
            break;
        }
}

// ---- sentence ends --------------------------------------------------------------------------------------------------------
struct cut {
    struct document *document;
    const struct pack *pack;
    uint32_t ends[ENDS_MAX];     // the pack's sentence ends as code points
    uint32_t end_count;
    uint32_t last;               // behind the paragraph's last token
    uint32_t begin;              // first token of the open sentence
    uint32_t item;               // number of the last item of a list whose lines ran together
    bool looked;                 // whether the paragraph holds such a list has been asked
};

bool sentence_stop_may_abbreviate(uint32_t code_point)
{
    return code_point == '.' || code_point == 0x06D4;
}

static bool is_ellipsis(uint32_t c) { return c == 0x2026; }

// Dandas end sentences and do nothing else.
static bool is_final(uint32_t c) { return c == 0x0964 || c == 0x0965; }

static bool is_stop(const struct cut *cut, uint32_t index)
{
    const struct token *token = &cut->document->tokens.at[index];
    if (token->kind != TOKEN_PUNCT && token->kind != TOKEN_SYMBOL)
        return false;
    uint32_t c = token_char(cut->document, index);
    for (uint32_t i = 0; i < cut->end_count; i++)
        if (cut->ends[i] == c)
            return true;
    return false;
}

static bool is_word(const struct token *token) { return token->kind == TOKEN_WORD; }

// A word with a small first letter, in a script that has capitals.
static bool is_lower(const struct cut *cut, const struct token *token)
{
    return is_word(token) && !(token->flags & TOKEN_CAPITAL) && !cut->pack->config.plain_names;
}

static bool is_frequent(const struct cut *cut, uint32_t index)
{
    struct slice fold = document_fold(cut->document, index);
    for (uint32_t i = 0; i < cut->pack->config.profile.count; i++)
        if (slice_eq(cut->pack->config.profile.at[i], fold))
            return true;
    return false;
}

// Behind an abbreviation the sentence goes on, unless a frequent word with a capital shows that a new one begins.
static bool abbreviation_ends(const struct cut *cut, uint32_t next)
{
    const struct token *token = &cut->document->tokens.at[next];
    return is_word(token) && token->flags & TOKEN_CAPITAL && token->flags & TOKEN_SPACE_BEFORE && is_frequent(cut, next);
}

// Both sides of a stop without a blank look like an address (example.org/page) or a file's name.
static bool is_address(const struct cut *cut, uint32_t stop, uint32_t next)
{
    const struct token *a = &cut->document->tokens.at[stop - 1], *b = &cut->document->tokens.at[next];
    if (b->flags & TOKEN_SPACE_BEFORE || next != stop + 1)
        return false;
    unsigned char before = (unsigned char)cut->document->text.at[a->end - 1], after = (unsigned char)cut->document->text.at[b->begin];
    bool small_after = (after >= 'a' && after <= 'z') || (after >= '0' && after <= '9');
    return before < 0x80 && (small_after || after == '/' || after == '_');
}

// The first token from `next` on that is no opening mark or dash; `cut->last` if none is near.
static uint32_t skip_opening(const struct cut *cut, uint32_t next)
{
    uint32_t limit = next + LOOK_AHEAD_MAX < cut->last ? next + LOOK_AHEAD_MAX : cut->last;
    for (; next < limit; next++) {
        uint32_t c = token_char(cut->document, next);
        bool dash = c == '-' || c == 0x2013 || c == 0x2014;
        if (!dash && c != '[' && !mark_of(c))
            return next;
    }
    return cut->last;
}

// The sentence goes on behind the stop: with a small letter, a comma, a colon.
static bool goes_on(const struct cut *cut, uint32_t next)
{
    uint32_t word = skip_opening(cut, next);
    if (word == cut->last)
        return false;
    const struct token *token = &cut->document->tokens.at[word];
    uint32_t c = token_char(cut->document, word);
    return is_lower(cut, token) || c == ',' || c == ';' || c == ':' || c == 0x060C || c == 0x061B;
}

static bool names_party(const struct cut *cut, uint32_t index)
{
    const struct pack_group *group = pack_word_group(cut->pack, cut->document->tokens.at[index].word);
    return (group->kinds >> LEXICON_STATE | group->kinds >> LEXICON_ORGANISATION) & 1;
}

// A stop that the language also writes for a hyphen joins two names of parties with no blank.
static bool joins_names(const struct cut *cut, uint32_t stop, uint32_t next)
{
    bool blank = (cut->document->tokens.at[stop].flags & TOKEN_SPACE_BEFORE) || space_after(cut->document, stop, cut->last);
    const struct token *token = &cut->document->tokens.at[stop];
    struct slice stops = cut->pack->config.hyphen_stops;
    const char *text = cut->document->text.at + token->begin;
    bool stroke = stop > cut->begin && stops.len && memmem(stops.at, stops.len, text, token->end - token->begin);
    return stroke && next == stop + 1 && !blank && names_party(cut, stop - 1) && names_party(cut, next);
}

static void read_as_hyphen(struct cut *cut, uint32_t stop)
{
    struct token *token = &cut->document->tokens.at[stop];
    char *fold = cut->document->folds + token->fold;
    if (token->fold_len != 1)
        return;
    *fold = '-';
    token->word = words_get(&cut->pack->words, SLICE("-"), map_hash(SLICE("-")));
}

// Does the stop at tokens [stop, next) end the sentence? `next` is the token behind its closing marks; at the paragraph's end the
// question is not put.
static bool stop_ends(const struct cut *cut, uint32_t stop, uint32_t next, bool several)
{
    uint32_t c = token_char(cut->document, stop);
    const struct token *token = &cut->document->tokens.at[stop], *follows = &cut->document->tokens.at[next];
    if (is_final(c))
        return true;
    if (token->flags & TOKEN_BRACKETED && follows->flags & TOKEN_BRACKETED)
        return false;
    if (stop == cut->begin)
        return false;
    if (goes_on(cut, next))
        return false;
    if (is_ellipsis(c) || (several && c == '.'))
        return follows->flags & TOKEN_CAPITAL || (cut->pack->config.plain_names && !(token->flags & TOKEN_SPACE_BEFORE));
    if (!sentence_stop_may_abbreviate(c))
        return true;
    const struct token *before = &cut->document->tokens.at[stop - 1];
    // "the 10. session": of a short number, where stops make ordinals; years and amounts end a sentence
    if (cut->pack->config.ordinal_stop && c == '.' && !several && next == stop + 1 && before->kind == TOKEN_NUMBER &&
        before->fold_len <= 2 && !(token->flags & TOKEN_SPACE_BEFORE) && is_word(follows))
        return false;
    if (before->kind == TOKEN_NUMBER && stop == cut->begin + 1 && !(token->flags & TOKEN_SPACE_BEFORE))
        return false;
    return !is_address(cut, stop, next);
}

static bool closes_here(const struct cut *cut, uint32_t index)
{
    const struct token *token = &cut->document->tokens.at[index];
    if (token->kind != TOKEN_PUNCT && token->kind != TOKEN_SYMBOL)
        return false;
    uint32_t c = token_char(cut->document, index);
    if (!is_closing_mark(c))
        return false;
    // A mark behind a blank opens the next sentence.
    return !(token->flags & TOKEN_SPACE_BEFORE) || space_after(cut->document, index, cut->last);
}

static void close_sentence(struct cut *cut, uint32_t last)
{
    struct document *document = cut->document;
    struct sentence sentence = {.first = cut->begin, .last = last, .pack = cut->pack};
    for (uint32_t i = cut->begin; i < last; i++)
        document->tokens.at[i].sentence = document->sentences.count;
    vec_push(document->arena, &document->sentences, sentence);
    cut->begin = last;
}

// Where to cut a sentence that is too long: behind the last mark of punctuation of its second half, else at the limit.
static uint32_t long_cut(const struct cut *cut)
{
    uint32_t limit = cut->begin + TEXT_MAX_SENTENCE_TOKENS, half = cut->begin + TEXT_MAX_SENTENCE_TOKENS / 2;
    for (uint32_t i = limit; i > half; i--)
        if (cut->document->tokens.at[i - 1].kind == TOKEN_PUNCT)
            return i;
    return limit;
}

// Behind the stop at `stop`: further stops and closing marks that belong to it. *ret_several: more than one stop.
static uint32_t stop_run(const struct cut *cut, uint32_t stop, bool *ret_several)
{
    uint32_t next = stop + 1;
    *ret_several = false;
    while (next < cut->last && is_stop(cut, next) && !(cut->document->tokens.at[next].flags & TOKEN_SPACE_BEFORE)) {
        *ret_several = true;
        next++;
    }
    uint32_t limit = next + LOOK_AHEAD_MAX;
    while (next < cut->last && next < limit && closes_here(cut, next))
        next++;
    return next;
}

// ---- lines that ran together ----------------------------------------------------------------------------------------------
// The value of the number that opens a list's item at `at`: a short number with a stop or bracket right behind it and a capital word after
// a blank; 0 if none does.
static uint32_t item_number(const struct cut *cut, uint32_t at)
{
    const struct token *number = &cut->document->tokens.at[at];
    if (number->kind != TOKEN_NUMBER || number->fold_len > 2 || at + 2 >= cut->last)
        return 0;
    const struct token *stop = number + 1, *word = number + 2;
    uint32_t c = token_char(cut->document, at + 1), value = 0;
    bool joined = !(stop->flags & TOKEN_SPACE_BEFORE), apart = word->flags & TOKEN_SPACE_BEFORE;
    if ((c != '.' && c != ')') || !joined || !apart || !is_word(word) || !(word->flags & TOKEN_CAPITAL))
        return 0;
    struct slice fold = document_fold(cut->document, at);
    for (size_t i = 0; i < fold.len; i++)
        value = value * 10 + (uint32_t)(fold.at[i] - '0');
    return value;
}

// "… documents signed in May 1. An agreement on … 2. A treaty on …": the next item of a list whose line breaks were lost. That there is a
// list is asked once a paragraph: its second item must follow.
static bool opens_item(struct cut *cut, uint32_t at)
{
    if (item_number(cut, at) != cut->item + 1)
        return false;
    if (!cut->looked) {
        cut->looked = true;
        uint32_t second = at + 3;
        while (second < cut->last && item_number(cut, second) != 2)
            second++;
        if (second >= cut->last)
            cut->item = UINT32_MAX - 1;     // no list: no number opens an item any more
    }
    return item_number(cut, at) == cut->item + 1;
}

static bool is_clock(const struct cut *cut, uint32_t at)
{
    const struct token *token = &cut->document->tokens.at[at];
    return token->kind == TOKEN_NUMBER && memchr(document_fold(cut->document, at).at, ':', token->fold_len);
}

static bool has_figures(const struct cut *cut, uint32_t at, uint32_t least, uint32_t most)
{
    const struct token *token = &cut->document->tokens.at[at];
    return token->kind == TOKEN_NUMBER && token->fold_len >= least && token->fold_len <= most;
}

// "Talks began in the Kremlin 8 May 2025 10:10 Moscow, Kremlin The guest …": day, month, year and clock in one row are the stamp of a page
// whose line breaks were lost. Returns the stamp's first token, `clock` if there is none.
static uint32_t stamp_begin(const struct cut *cut, uint32_t clock)
{
    uint32_t at = clock;
    if (at > cut->begin && is_word(&cut->document->tokens.at[at - 1]) && cut->document->tokens.at[at - 1].fold_len > 4)
        at--;       // the word for "year"
    if (at < cut->begin + 3 || !has_figures(cut, at - 1, 4, 4) || !is_word(&cut->document->tokens.at[at - 2]))
        return clock;
    return has_figures(cut, at - 3, 1, 2) ? at - 3 : clock;
}

// Behind the clock the place of the stamp may stand: names parted by commas, before the next capital word.
static uint32_t stamp_end(const struct cut *cut, uint32_t clock)
{
    const struct token *tokens = cut->document->tokens.at;
    uint32_t at = clock + 1, end = at;
    for (int names = 0; names < 3 && at + 1 < cut->last && is_word(&tokens[at]) && (tokens[at].flags & TOKEN_CAPITAL); names++) {
        if (names && is_word(&tokens[at + 1]) && (tokens[at + 1].flags & TOKEN_CAPITAL))
            return at + 1;
        if (token_char(cut->document, at + 1) != ',')
            break;
        at += 2;
    }
    return end;
}

static struct cut cut_of(struct document *document, uint32_t first, uint32_t last, const struct pack *pack)
{
    struct cut cut = {.document = document, .pack = pack, .last = last, .begin = first};
    for (uint32_t i = 0; i < pack->config.sentence_ends.count && cut.end_count < ENDS_MAX; i++) {
        size_t at = 0;
        if (pack->config.sentence_ends.at[i].len)
            cut.ends[cut.end_count++] = utf8_next(pack->config.sentence_ends.at[i].at, &at);
    }
    return cut;
}

// The paragraph has hardly a stop: as many words stand between two as no writer would put there.
static bool lacks_stops(const struct cut *cut)
{
    uint32_t stops = 0;
    if (!cut->pack->config.closers.count || cut->last - cut->begin <= WORDS_A_STOP)
        return false;
    for (uint32_t i = cut->begin; i < cut->last; i++)
        stops += is_stop(cut, i);
    return (cut->last - cut->begin) / (stops + 1) > WORDS_A_STOP;
}

// In a paragraph without stops: the word closes its sentence, and what follows opens a new one.
static bool closer_ends(const struct cut *cut, uint32_t index)
{
    const uint64_t goes_on = GRAMMAR(THAT) | GRAMMAR(WHICH) | GRAMMAR(AND) | GRAMMAR(OR) | GRAMMAR(BUT) | GRAMMAR(WHILE) |
                             GRAMMAR(BECAUSE) | GRAMMAR(BE) | GRAMMAR(DO) | GRAMMAR(VERB) | GRAMMAR(NOT) | GRAMMAR(MAY) | GRAMMAR(OF) |
                             GRAMMAR(IN) | GRAMMAR(ON);
    const struct token *next = &cut->document->tokens.at[index + 1];
    if (index + 1 - cut->begin < CLOSED_WORDS || !is_word(next) || (pack_word_classes(cut->pack, next->word) & goes_on))
        return false;
    struct slice fold = document_fold(cut->document, index);
    for (uint32_t i = 0; i < cut->pack->config.closers.count; i++)
        if (slice_eq(cut->pack->config.closers.at[i], fold))
            return true;
    return false;
}

void sentence_cut(struct document *document, uint32_t first, uint32_t last, uint32_t paragraph, const struct pack *pack)
{
    struct cut cut = cut_of(document, first, last, pack);
    uint32_t first_sentence = document->sentences.count;
    bool closers = lacks_stops(&cut);
    for (uint32_t i = first; i < cut.last;) {
        uint32_t next = i + 1;
        bool ends = false, several;
        const struct token *token = &document->tokens.at[i];
        if (is_word(token)) {
            ends = token->flags & TOKEN_ABBREVIATION && next < cut.last && abbreviation_ends(&cut, next);
            ends |= closers && next < cut.last && closer_ends(&cut, i);
        } else if (opens_item(&cut, i)) {
            if (i > cut.begin)
                close_sentence(&cut, i);
            cut.item++;
            next = i + 2;
        } else if (is_clock(&cut, i) && stamp_begin(&cut, i) < i) {
            uint32_t begin = stamp_begin(&cut, i);
            if (begin > cut.begin)
                close_sentence(&cut, begin);
            next = stamp_end(&cut, i);
            ends = next < cut.last;
        } else if (is_stop(&cut, i)) {
            next = stop_run(&cut, i, &several);
            bool joins = next < cut.last && joins_names(&cut, i, next);
            if (joins)
                read_as_hyphen(&cut, i);
            ends = next < cut.last && !joins && stop_ends(&cut, i, next, several);
        }
        if (ends)
            close_sentence(&cut, next);
        i = next;
        while (i - cut.begin > TEXT_MAX_SENTENCE_TOKENS)
            close_sentence(&cut, long_cut(&cut));
    }
    if (cut.begin < cut.last)
        close_sentence(&cut, cut.last);
    assert(cut.begin == cut.last);
    for (uint32_t i = first_sentence; i < document->sentences.count; i++)
        document->sentences.at[i].paragraph = paragraph;
}
