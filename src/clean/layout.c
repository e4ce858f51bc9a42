// SPDX-License-Identifier: MIT
// Which paragraphs belong to the report, and what each is: prose, title, heading, dateline or byline, furniture.
//
// A page has three zones: the head before the first prose paragraph, the middle, and the tail behind the last one. What prose is, is told
// by length, sentence ends and few separators; no word list is needed for it, and none for most menus and share bars. The packs' furniture
// words decide where form does not: they open lists of related stories and comment forms, or make up most of a line.
//
//   head    bars, breadcrumbs, lone words are furniture; lines with a date, bylines and names of ministries are META; the line that shares
//           most words with the prose is the title, so that a ticker's headline above it is not; what stands behind it is a heading.
//   middle  short lines are headings, unless they open like furniture, share no word with the prose, or follow the head of a list of
//           related stories; items of a list stay with the prose that leads into them.
//   tail    lines that end no sentence are furniture, but for items of a list that the prose opened.
// A comment form ends the report, whatever follows, unless hardly any prose stood before it; any other strong piece of furniture (a list of
// related stories, tags, login) ends it unless long prose returns. Share bars and notices end nothing: they stand anywhere.
//
// Invariants: each paragraph gets one role in one pass; `why` is set exactly for furniture; a text without any prose (a headline, a single
// sentence) keeps as BODY all that is not plainly furniture. All is linear in the text.
#include <assert.h>

#include "clean/clean.h"
#include "clean/look.h"
#include "pack/pack.h"

enum {
    PROSE_WORDS = 6,           // a sentence of fewer words is no prose of its own
    LONG_PROSE_WORDS = 20,     // brings the report back after furniture
    OPEN_PROSE_WORDS = 25,     // so long a line is prose even if no stop ends it
    FOREIGN_PROSE_WORDS = 25,  // in another language than the report's
    BAR_WORDS = 8,             // prose has at most one separator in so many words
    ONE_BAR_WORDS = 7,         // a line of so many words is no menu for one separator
    TITLE_WORDS = 3,
    META_REST_WORDS = 8,       // words beside the date in a dateline
    META_WORDS = 20,
    BYLINE_WORDS = 8,
    HEADING_WORDS = 18,
    CREDIT_WORDS = 30,
    STANDFIRST_WORDS = 60,     // a standfirst has fewer words, and the report behind it …
    STANDFIRST_SHARE = 4,      // … more than four times as many
    STRANGE_CONTENT = 3,       // so many content words, none of them in the prose: another story
};

// Why a paragraph is furniture: X(NAME, "words for explaining").
#define WHYS(X)                                                                                                         \
    X(BAR, "entries of a menu or a row of buttons")                                                                     \
    X(ADDRESS, "an address or a file name")                                                                             \
    X(WORDS, "words of page furniture")                                                                                 \
    X(CAPTION, "a caption or credit")                                                                                   \
    X(RELATED, "in a list of other stories")                                                                            \
    X(COMMENTS, "behind the comment form")                                                                              \
    X(AFTER, "behind the end of the report")                                                                            \
    X(LANGUAGE, "a short line in another language")                                                                     \
    X(LONE, "a lone word or section name")                                                                              \
    X(STRANGE, "shares no word with the report")                                                                        \
    X(TAIL, "a line without sentence end behind the last prose")
#define WHY_ENUM(name, text) WHY_##name,
enum why { WHY_NONE, WHYS(WHY_ENUM) WHY_COUNT };

const char *clean_why(uint32_t why)
{
#define WHY_TEXT(name, text) [WHY_##name] = text,
    static const char *const texts[WHY_COUNT] = {WHYS(WHY_TEXT)};
    return why < WHY_COUNT ? texts[why] : NULL;
}

struct layout {
    struct document *document;
    struct look *looks;
    bool *prose;
    uint32_t *prose_words_from;   // words of prose from paragraph i to the end; count + 1 cells
    uint32_t *long_prose_from;    // first paragraph at or behind i that is long prose, or count; count + 1 cells
    uint32_t *comments_from;      // the same for comment forms
    uint32_t count;
    uint32_t first_prose, last_prose;  // count if there is none
    uint32_t title;               // count if there is none
    bool related;                 // inside a list of other stories
    bool list, marked_list;       // inside a list that the prose opened; its items have bullets or numbers
};

// ---- one paragraph --------------------------------------------------------------------------------------------------------
static bool most_is_furniture(const struct look *look) { return look->covered * 2 >= look->words && look->covered > 0; }

static bool is_bar(const struct look *look)
{
    uint32_t separators = look->bars + look->gaps;
    if (separators == 1 && look->words >= ONE_BAR_WORDS)
        return false;  // a headline with the paper's name behind a bar
    return separators > 0 && separators * BAR_WORDS > look->words && !look->ends && !(look->numbered || (look->bullet && separators == 1));
}

static bool is_prose(const struct look *look)
{
    if ((look->bars + look->gaps) * BAR_WORDS > look->words || most_is_furniture(look))
        return false;
    if (look->label && look->words < LONG_PROSE_WORDS)
        return false;
    if (look->foreign && look->words < FOREIGN_PROSE_WORDS)
        return false;
    if (look->credit && look->words < CREDIT_WORDS && look->stops < 2)
        return false;
    if (look->calls && look->stops == 1 && look->words <= HEADING_WORDS)
        return false;  // a headline may call or ask
    if ((look->ends || look->colon) && look->words >= PROSE_WORDS)
        return true;
    return look->words >= OPEN_PROSE_WORDS || (look->stops >= 2 && look->words >= LONG_PROSE_WORDS);
}

static bool is_long_prose(const struct look *look)
{
    return look->ends && look->words >= LONG_PROSE_WORDS && !look->label && !look->foreign;
}

static bool is_dateline(const struct look *look)
{
    uint32_t rest = look->pieces > look->dates ? look->pieces - look->dates : 0;
    bool mostly_date = look->dates * 2 >= look->pieces;
    if (!look->has_date || look->words > META_WORDS || (look->stops > 0 && !mostly_date))
        return false;
    return mostly_date || (look->bars + look->gaps > 0 && rest <= META_REST_WORDS * 2) ||
           (rest <= META_REST_WORDS && (look->triggers == 0 || rest <= META_REST_WORDS / 2));
}

static bool is_byline(const struct look *look)
{
    bool editor = look->opening == FURNITURE_NEXT && look->label, writer = look->second_by && look->shared == 0 && look->triggers == 0;
    return (look->byline || editor || writer) && look->words <= BYLINE_WORDS && !look->ends;
}

// A line that names another story behind its label ("Also read: …"); the label alone opens a list of them.
static bool is_whole_story(const struct look *look)
{
    return !look->colon && look->words > look->longest + TITLE_WORDS;
}

// Furniture that form or words tell wherever the paragraph stands; WHY_NONE otherwise.
static enum why plain_furniture(const struct look *look)
{
    if (look->address || look->words == 0)
        return WHY_ADDRESS;
    if (look->opening == FURNITURE_RELATED && look->label)
        return WHY_RELATED;
    if ((look->opening == FURNITURE_CAPTION && look->label) ||
        (look->credit && look->words < CREDIT_WORDS && look->stops < 2 && look->triggers < 2))
        return WHY_CAPTION;
    if (most_is_furniture(look))
        return WHY_WORDS;
    if (is_bar(look))
        return WHY_BAR;
    if (look->opening != LOOK_NO_CLASS && look->opening != FURNITURE_MENU && look->label && !look->ends)
        return WHY_WORDS;
    // A phrase of three words and more is no accident in a short line.
    if (look->longest >= 3 && look->covered * 4 >= look->words && look->words < LONG_PROSE_WORDS)
        return WHY_WORDS;
    return WHY_NONE;
}

static void set_role(struct layout *layout, uint32_t index, enum paragraph_role role, enum why why)
{
    struct paragraph *paragraph = &layout->document->paragraphs.at[index];
    assert((role == PARAGRAPH_FURNITURE) == (why != WHY_NONE));
    paragraph->role = (uint8_t)role;
    paragraph->why = why;
}

static void set_furniture(struct layout *layout, uint32_t index, enum why why)
{
    set_role(layout, index, PARAGRAPH_FURNITURE, why);
}

// ---- head -----------------------------------------------------------------------------------------------------------------
// A line that could be the title: not furniture, no dateline, more than a word or two.
static bool may_be_title(const struct look *look)
{
    return look->words >= TITLE_WORDS && !look->foreign && !is_dateline(look) && !is_byline(look) && plain_furniture(look) == WHY_NONE &&
           look->stops <= 2;
}

// The line of the head that shares most with the prose. If none shares anything, the last that could be a title: menus come first.
static uint32_t find_title(const struct layout *layout)
{
    uint32_t best = layout->count, fallback = layout->count, most = 0;
    for (uint32_t i = 0; i < layout->first_prose; i++) {
        const struct look *look = &layout->looks[i];
        if (!may_be_title(look))
            continue;
        fallback = i;
        uint32_t score = look->shared * 4 / (look->content ? look->content : 1) + look->shared * 2;
        if (score > most) {
            most = score;
            best = i;
        }
    }
    return best < layout->count ? best : fallback;
}

static void head_line(struct layout *layout, uint32_t index)
{
    const struct look *look = &layout->looks[index];
    enum why why = plain_furniture(look);
    if (index == layout->title)
        set_role(layout, index, PARAGRAPH_TITLE, WHY_NONE);
    else if (look->words <= META_WORDS && (is_dateline(look) || is_byline(look)))
        set_role(layout, index, PARAGRAPH_META, WHY_NONE);
    else if (why != WHY_NONE)
        set_furniture(layout, index, why);
    else if (!look->ends && (look->organ || look->outlet) && look->triggers == 0 && look->words <= BYLINE_WORDS)
        set_role(layout, index, PARAGRAPH_META, WHY_NONE);
    else if (look->foreign)
        set_furniture(layout, index, WHY_LANGUAGE);
    else if (!look->ends && (look->words < TITLE_WORDS || (look->capitals && look->shared == 0)))
        set_furniture(layout, index, WHY_LONE);
    else if (look->shared == 0 && look->content >= STRANGE_CONTENT)
        set_furniture(layout, index, WHY_STRANGE);
    else if (!look->ends && index < layout->title && look->shared * 2 < look->content)
        set_furniture(layout, index, WHY_STRANGE);
    else
        set_role(layout, index, look->ends ? PARAGRAPH_BODY : PARAGRAPH_HEADING, WHY_NONE);
}

// ---- middle and tail ------------------------------------------------------------------------------------------------------
static bool is_item(const struct look *look) { return look->bullet || look->numbered; }

// "Three documents were signed:" before items: however short, and though no prose follow.
static bool leads_list(const struct layout *layout, uint32_t index)
{
    const struct look *look = &layout->looks[index];
    return look->colon && look->triggers > 0 && index + 1 < layout->count && is_item(&layout->looks[index + 1]);
}

static void middle_line(struct layout *layout, uint32_t index)
{
    const struct look *look = &layout->looks[index];
    enum why why = plain_furniture(look);
    bool tail = index > layout->last_prose;
    if (why != WHY_NONE) {
        layout->related = (why == WHY_RELATED && !is_whole_story(look)) || (layout->related && why != WHY_CAPTION);
        layout->list = false;
        set_furniture(layout, index, why);
    } else if (layout->related && !look->ends) {
        set_furniture(layout, index, WHY_RELATED);
    } else if (look->foreign && !is_dateline(look)) {
        set_furniture(layout, index, WHY_LANGUAGE);
    } else if (is_dateline(look) || is_byline(look) || (look->outlet && look->words <= TITLE_WORDS)) {
        set_role(layout, index, PARAGRAPH_META, WHY_NONE);
    } else if (look->ends || (look->numbered && look->words >= PROSE_WORDS) ||
               (layout->list && (is_item(look) || !layout->marked_list)) || leads_list(layout, index)) {
        set_role(layout, index, PARAGRAPH_BODY, WHY_NONE);
    } else if (tail) {
        bool cut_off = look->words >= PROSE_WORDS * 2 && !is_item(look) && look->triggers > 0 && look->shared * 2 >= look->content &&
                       layout->prose[index - 1];
        if (cut_off)
            set_role(layout, index, PARAGRAPH_BODY, WHY_NONE);
        else
            set_furniture(layout, index, look->words < TITLE_WORDS ? WHY_LONE : WHY_TAIL);
    } else if (look->shared == 0 && look->content >= STRANGE_CONTENT && !(look->colon && look->triggers > 0)) {
        set_furniture(layout, index, WHY_STRANGE);
    } else if (look->colon) {
        set_role(layout, index, PARAGRAPH_BODY, WHY_NONE);
    } else {
        set_role(layout, index, look->words <= HEADING_WORDS ? PARAGRAPH_HEADING : PARAGRAPH_BODY, WHY_NONE);
    }
}

// The prose, or an item of a list, leads into a list if it ends in a colon; items keep the list open. Where they have bullets or numbers,
// a line without ends it.
static void follow_list(struct layout *layout, uint32_t index)
{
    const struct look *look = &layout->looks[index];
    const struct paragraph *paragraph = &layout->document->paragraphs.at[index];
    if (paragraph->role != PARAGRAPH_BODY || (layout->prose[index] && !is_item(look)))
        layout->list = layout->marked_list = false;
    if (paragraph->role == PARAGRAPH_BODY && look->colon)
        layout->list = true;
    layout->marked_list |= layout->list && is_item(look);
}

// ---- where the report ends ------------------------------------------------------------------------------------------------
// A piece of furniture that usually stands behind the report.
static bool is_strong(const struct look *look, enum why why)
{
    uint8_t class = look->opening != LOOK_NO_CLASS && look->label ? look->opening : look->strongest;
    if (why != WHY_RELATED && why != WHY_WORDS && why != WHY_BAR)
        return false;
    switch (class) {
    case FURNITURE_RELATED:
        return !is_whole_story(look);
    case FURNITURE_COMMENT: case FURNITURE_LOGIN: case FURNITURE_COPYRIGHT: case FURNITURE_NEXT: case FURNITURE_TAGS:
        return true;
    default:
        return false;
    }
}

static bool is_comment_form(const struct look *look)
{
    return (look->opening == FURNITURE_COMMENT && look->label) || (look->strongest == FURNITURE_COMMENT && most_is_furniture(look));
}

// The paragraph at which the report goes on behind the furniture at `index`: the next one where nothing ended, `count` where the report
// did.
static uint32_t resume_after(const struct layout *layout, uint32_t index)
{
    const struct look *look = &layout->looks[index];
    enum why why = plain_furniture(look);
    uint32_t behind = layout->prose_words_from[index + 1], before = layout->prose_words_from[0] - behind;
    if (why == WHY_NONE || index < layout->first_prose)
        return index + 1;
    if (is_comment_form(look))  // long prose behind it is a comment, unless the form is a link under a standfirst
        return before >= STANDFIRST_WORDS || behind <= before * STANDFIRST_SHARE ? layout->count : index + 1;
    if (behind > before || !is_strong(look, why))
        return index + 1;
    uint32_t resume = layout->long_prose_from[index];
    return resume > layout->comments_from[index] ? layout->count : resume;
}

// Furniture from `begin` to `end`, datelines too: they are other stories' dates.
static void furniture_run(struct layout *layout, uint32_t begin, uint32_t end)
{
    uint32_t comments = layout->comments_from[begin];
    for (uint32_t i = begin; i < end; i++) {
        enum why why = plain_furniture(&layout->looks[i]);
        set_furniture(layout, i, why != WHY_NONE ? why : i > comments ? WHY_COMMENTS : WHY_AFTER);
    }
}

// ---- the whole ------------------------------------------------------------------------------------------------------------
static void measure(struct layout *layout)
{
    struct arena *arena = layout->document->arena;
    uint32_t count = layout->count;
    look_at_paragraphs(layout->document);
    layout->looks = layout->document->looks;
    layout->prose = ARENA_ARRAY(arena, bool, count);
    layout->prose_words_from = ARENA_ARRAY(arena, uint32_t, count + 1);
    layout->long_prose_from = ARENA_ARRAY(arena, uint32_t, count + 1);
    layout->comments_from = ARENA_ARRAY(arena, uint32_t, count + 1);
    layout->first_prose = layout->last_prose = count;
    layout->long_prose_from[count] = layout->comments_from[count] = count;
    for (uint32_t i = count; i > 0; i--) {
        const struct look *look = &layout->looks[i - 1];
        bool prose = layout->prose[i - 1] = is_prose(look);
        layout->prose_words_from[i - 1] = layout->prose_words_from[i] + (prose ? look->words : 0);
        layout->long_prose_from[i - 1] = prose && is_long_prose(look) ? i - 1 : layout->long_prose_from[i];
        layout->comments_from[i - 1] = is_comment_form(look) ? i - 1 : layout->comments_from[i];
        if (prose && layout->last_prose == count)
            layout->last_prose = i - 1;
        if (prose)
            layout->first_prose = i - 1;
    }
    look_compare(layout->document, layout->looks, layout->prose);
    layout->title = count;
}

// No prose at all: a headline, a sentence or two, or a page that is nothing but furniture.
static void without_prose(struct layout *layout)
{
    for (uint32_t i = 0; i < layout->count; i++) {
        const struct look *look = &layout->looks[i];
        enum why why = plain_furniture(look);
        if (layout->count > 1 && is_dateline(look))
            set_role(layout, i, PARAGRAPH_META, WHY_NONE);
        else if (why != WHY_NONE && (layout->count > 1 || why == WHY_WORDS))
            set_furniture(layout, i, why);
        else
            set_role(layout, i, PARAGRAPH_BODY, WHY_NONE);
    }
}

static void body(struct layout *layout)
{
    for (uint32_t i = layout->first_prose; i < layout->count;) {
        uint32_t next = resume_after(layout, i);
        if (next > i + 1) {
            furniture_run(layout, i, next);
            layout->related = layout->list = layout->marked_list = false;
            i = next;
            continue;
        }
        if (layout->prose[i]) {
            set_role(layout, i, PARAGRAPH_BODY, WHY_NONE);
            layout->related = false;
        } else {
            middle_line(layout, i);
        }
        follow_list(layout, i);
        i++;
    }
}

// The newspaper that a line of the head names, if one does.
static void find_publisher(struct layout *layout)
{
    struct document *document = layout->document;
    for (uint32_t i = 0; i < document->lexicon.count; i++) {
        const struct span *span = &document->lexicon.at[i];
        const struct sentence *sentence = &document->sentences.at[document->tokens.at[span->first].sentence];
        if (sentence->paragraph >= layout->first_prose)
            return;
        const struct lexeme *lexeme = &sentence->pack->lexemes.at[span->lexeme];
        if (document->paragraphs.at[sentence->paragraph].role == PARAGRAPH_META && lexeme->kind == LEXICON_SOURCE &&
            lexeme->value == SOURCE_OUTLET) {
            document->publisher.begin = document->tokens.at[span->first].begin;
            document->publisher.end = document->tokens.at[span->last - 1].end;
            return;
        }
    }
}

void clean_layout(struct document *document)
{
    struct layout layout = {.document = document, .count = document->paragraphs.count};
    measure(&layout);
    if (layout.first_prose == layout.count) {
        without_prose(&layout);
        return;
    }
    layout.title = find_title(&layout);
    for (uint32_t i = 0; i < layout.first_prose; i++)
        head_line(&layout, i);
    body(&layout);
    if (layout.title < layout.count) {
        const struct paragraph *title = &document->paragraphs.at[layout.title];
        document->title = (struct text_range){title->begin, title->end};
    }
    find_publisher(&layout);
}
